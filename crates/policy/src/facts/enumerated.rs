//! Recipients that are enumerated beside the words that something is given to them: in the sentence
//! behind (`这包括我们的甲、乙`), behind a colon, or in a bracket behind who has no name of its own
//! (`与代理（例如甲、乙）分享`).

use super::classes::{has_end, is_nobody, is_vague, plain, without_owner};
use super::cues::{denies_giving, of_us};
use super::givings;
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_stop, starts};
use super::scan::Hit;
use super::takers::{is_ours, is_trade};
use crate::text::trim;

/// Who receives, in a word that says no more.
const OTHERS: [&str; 8] = [
    "第三方",
    "合作伙伴",
    "合作方",
    "供应商",
    "服务商",
    "提供商",
    "关联公司",
    "合作机构",
];
const GIVES: [&str; 4] = ["共享", "分享", "披露", "提供"];

/// The classes of the enumeration that the word opens, each by itself, and where it ends.
pub(super) fn told<'a>(passage: &Passage<'a>, hit: Hit) -> Option<(Vec<&'a str>, usize)> {
    if passage.foreign || passage.under.terms {
        return None;
    }
    let text = passage.text;
    let room = hit.start().saturating_sub(passage.start);
    let left = before(text, hit.start(), 150.min(room));
    let start = behind_sentence(passage, left, hit)
        .or_else(|| behind_colon(passage, left, hit))
        .or_else(|| in_bracket(passage, left, hit))?;
    let list = after(text, start, 450);
    let list = &list[..end(list)];
    let classes = members(list)?;
    Some((classes, start + list.len()))
}

/// `我们会与合作伙伴共享订单。这包括我们的甲、乙`
fn behind_sentence(passage: &Passage<'_>, left: &str, hit: Hit) -> Option<usize> {
    const OPENS: [&str; 8] = [
        "这包括",
        "其中包括",
        "他们包括",
        "这些第三方包括",
        "该等第三方包括",
        "上述第三方包括",
        "这些合作伙伴包括",
        "第三方包括",
    ];
    if !left.contains("包括") {
        return None;
    }
    let near = left.rsplit(|c| is_comma(c) || c == '：').next()?;
    let near = near.trim_start();
    let list = OPENS.iter().find_map(|open| near.strip_prefix(open))?;
    let list = list.strip_prefix("但不限于").unwrap_or(list);
    let start = hit.start() - near.len();
    let said = before(passage.text, start, 450).trim_end();
    let said = if start <= passage.start {
        passage.previous
    } else {
        said
    };
    let said = said.trim_end().strip_suffix('。')?;
    let said = said.rsplit(is_stop).next().unwrap_or(said);
    gives(said).then_some(hit.start() - list.len())
}

/// `我们会向第三方分享信息，以实现您需要的服务：甲、乙`
fn behind_colon(passage: &Passage<'_>, left: &str, hit: Hit) -> Option<usize> {
    let (_, list) = left.rsplit_once('：')?;
    if list.contains(is_comma) {
        return None;
    }
    let start = hit.start() - list.len();
    let room = start.saturating_sub(passage.start);
    let said = before(passage.text, start - "：".len(), 450.min(room));
    let said = said.rsplit(is_stop).next().unwrap_or(said);
    (!lists_data(said) && gives(said)).then_some(start)
}

/// Whether what leads a list in says that data follows: `分享以下信息`.
pub(super) fn lists_data(led: &str) -> bool {
    let data = ["信息", "数据", "资料", "内容"];
    let led = data.iter().find_map(|data| led.strip_suffix(data));
    led.is_some_and(|led| ends(led.trim_end_matches("个人"), &["以下", "如下", "下列"]))
}

/// `可能与代理（例如甲、乙）分享您的订单`
fn in_bracket(passage: &Passage<'_>, left: &str, hit: Hit) -> Option<usize> {
    const OPENS: [&str; 5] = ["例如", "比如", "包括", "包含", "如"];
    let open = left.rfind(['（', '('])?;
    let inside = left[open..].trim_start_matches(['（', '(']);
    let list = OPENS.iter().find_map(|open| inside.strip_prefix(open))?;
    if !ends(&left[..open], &["代理", "代理人"]) || list.contains([')', '）']) {
        return None;
    }
    let text = passage.text;
    let right = after(text, hit.end(), 300);
    let outside = &right[right.find(['）', ')'])?..];
    let outside = outside.trim_start_matches(['）', ')', '等']);
    let at = hit.start() - (left.len() - open);
    let room = at.saturating_sub(passage.start);
    let said = before(text, at, 450.min(room));
    let said = said.rsplit(is_comma).next().unwrap_or(said);
    let ours = is_ours(said) && !denies_giving(said) && has(said, &["与", "向"]);
    (ours && starts(outside, &GIVES)).then_some(hit.start() - list.len())
}

/// Whether a sentence says that the operator gives something to others.
fn gives(sentence: &str) -> bool {
    sentence.split(is_comma).any(|part| {
        let Some(to) = part.find(['与', '向', '给', '和']) else {
            return false;
        };
        let who = &part[to..];
        has(who, &GIVES) && has(who, &OTHERS) && is_ours(&part[..to]) && !denies_giving(part)
    }) && !givings::never(sentence)
}

/// Where a list ends: at the first comma outside of brackets.
fn end(list: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in list.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => return at,
            '）' | ')' => depth -= 1,
            '：' if depth == 0 => return at,
            c if depth == 0 && is_comma(c) => return at,
            _ => {}
        }
    }
    list.len()
}

/// The classes of a list; none where one of its members says something else.
fn members(list: &str) -> Option<Vec<&str>> {
    /// How who receives may be called besides.
    const PLACES: [&str; 4] = ["数据中心", "存储设施", "呼叫中心", "客服中心"];
    let mut classes = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut cut = |start: usize, end: usize| -> Option<bool> {
        let joins = ["以及", "及", "和", "或者", "或"];
        let member = trim(&list[start..end]);
        let member = joins
            .iter()
            .find_map(|join| member.strip_prefix(join))
            .unwrap_or(member);
        let member = plain(without_owner(trim(member.trim_end_matches('以'))));
        if member.is_empty() {
            return Some(true);
        }
        if !has_end(member) && !ends(member, &PLACES) {
            return Some(false);
        }
        // `提供统计服务的合作伙伴` is told by what it does, `为您送货的骑手` is not.
        let told = member.rsplit_once('的');
        let class = told.filter(|(told, _)| {
            let whole = &member[..told.len() + "的".len()];
            !is_trade(whole) || told.contains(['（', '('])
        });
        let class = class.map_or(member, |(_, class)| class);
        let named = (2..=16).contains(&class.chars().count())
            && !is_nobody(class)
            && !of_us(class)
            && !has(class, &["您", "信息", "有限公司", "、", "（", "("]);
        if !named {
            return None;
        }
        if class.len() >= 6 && !is_vague(class) {
            classes.push(class);
        }
        Some(true)
    };
    for (at, c) in list.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '、' | '和' | '及' | '或' if depth == 0 && cut(start, at)? => {
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    (cut(start, list.len())? && classes.len() > 1).then_some(classes)
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn the_sentence_behind_enumerates_them() {
        let expected = &["合作伙伴", "配送供应商", "数据中心", "客服和营销服务商"];
        let list = "这包括我们的配送供应商、数据中心、客服和营销服务商，例如某某公司。";
        case(
            &format!("#共享\n我们会与合作伙伴共享订单。{list}"),
            expected,
        );
        case(
            &format!("#共享\n我们会与合作伙伴共享订单。\n{list}"),
            expected,
        );
        case(
            "#共享\n我们不会与合作伙伴共享订单。\n这包括我们的配送供应商、数据中心。",
            &[],
        );
        case(
            "我们会与合作伙伴讨论订单。\n这包括我们的配送供应商、广告商。",
            &[],
        );
        case(
            "#共享\n我们会与合作伙伴共享信息。这包括您向供应商、广告商提供的地址。",
            &["合作伙伴"],
        );
    }

    #[test]
    fn a_colon_leads_them_in() {
        case(
            "#共享\n我们可能向合作伙伴分享您的信息，以便您使用这些服务：提供收款服务的支付机构、提供统计服务（如计数）的广告商和其他服务提供商，详见清单。",
            &[
                "合作伙伴",
                "提供收款服务的支付机构",
                "广告商",
                "其他服务提供商",
            ],
        );
        case(
            "#共享\n我们可能向合作伙伴分享以下信息：订单、供应商、广告商。",
            &["合作伙伴"],
        );
    }

    #[test]
    fn a_bracket_tells_what_kind_of_agents_they_are() {
        case(
            "我们可能将您的信息与关联公司及代理（例如为我们发送短信的通讯服务提供商、以及为您提供地图的地图服务供应商）分享。",
            &["关联公司", "通讯服务提供商", "地图服务供应商"],
        );
        case(
            "我们不会与代理（例如通讯服务提供商、地图服务供应商）分享订单。",
            &[],
        );
    }
}
