//! Classes of recipients: `（2）与关联公司共享：…`, `供应商、服务提供商。…`, `提供给物流公司`.

use std::collections::HashSet;

use super::cues::{Cue, cues};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_filler, is_stop, starts, tidy};
use super::scan::{Found, Hit, Topic};
use crate::document::RecipientFact;
use crate::text::trim;

/// The classes named so far.
#[derive(Debug, Default)]
pub(super) struct Recipients {
    found: Vec<RecipientFact>,
    /// Those of the line that was read last.
    line: u32,
    known: HashSet<String>,
}

impl Recipients {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let hits = found.of(Topic::Recipient);
        if hits.is_empty() || !passage.is_prose() || passage.is_title {
            return;
        }
        // Hits come in the order of their ends: the first tells whether one is in the opening.
        let opens = hits[0].end() <= passage.start + OPENING;
        if opens && let Some(class) = head(passage, hits) {
            self.add(class, passage.line());
            return;
        }
        if passage.role.is_none() {
            return;
        }
        let mut last = 0;
        for hit in hits {
            let verb = passage.text[..hit.end()].ends_with([':', '：']);
            if hit.start() < last || verb {
                continue;
            }
            if let Some((class, end)) = inline(passage, *hit) {
                self.add(class, passage.line_at(hit.start()));
                last = end;
            }
        }
    }

    /// Adds a class, once a line.
    pub(super) fn add(&mut self, class: &str, line: u32) {
        if line != self.line {
            self.known.clear();
            self.line = line;
        }
        if self.known.insert(class.to_owned()) {
            self.found.push(RecipientFact {
                class: class.to_owned(),
                line,
            });
        }
    }

    pub(super) fn finish(mut self) -> Vec<RecipientFact> {
        self.found.sort_by_key(|fact| fact.line);
        self.found
    }
}

/// Bytes in which a passage names the class it opens with.
const OPENING: usize = 150;

/// Ways to say that something is given to somebody.
const GIVING: [&str; 9] = [
    "提供给",
    "共享给",
    "分享给",
    "披露给",
    "发送给",
    "传输给",
    "转移给",
    "告知给",
    "传递给",
];

/// The class that a passage opens with.
fn head<'a>(passage: &Passage<'a>, hits: &[Hit]) -> Option<&'a str> {
    let body = &passage.text[passage.start..];
    let open = after(body, 0, OPENING);
    let heading = passage.role.is_none();
    let marks = [open.find(['。', '：', ':', '，', '；']), open.find("——")];
    let cut = marks.into_iter().flatten().min();
    let whole = heading && body.len() <= 90;
    let end = match cut {
        Some(end) => end,
        None if whole => body.len(),
        None => return None,
    };
    let opening = tidy(&open[..end]);
    let comma = open[end..].starts_with('，');
    // `与…共享：` names the class between the two words.
    let verb = [
        "共享",
        "分享",
        "合作",
        "共同处理",
        "提供",
        "披露",
        "处理",
        "的共享",
        "共享信息",
        "共享您的个人信息",
        "提供信息",
    ]
    .iter()
    .filter_map(|verb| opening.strip_suffix(verb))
    .min_by_key(|rest| rest.len())
    .and_then(|rest| {
        ["与", "向", "委托", "和", "跟"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
    })
    .or_else(|| {
        ["共享给", "提供给", "委托给"]
            .iter()
            .find_map(|word| opening.split_once(word).map(|(_, rest)| rest))
    })
    .filter(|_| !has(opening, &["不会", "不得", "不向", "不与"]))
    .map(|class| class.trim_end_matches(['间', '之', '进', '行']));
    let bare = verb.is_none();
    let class = tidy(verb.unwrap_or(opening));
    let class = class.strip_prefix("我们的").unwrap_or(class);
    let class = plain(class);
    // The class ends on a word for somebody who receives.
    let is_end = |hit: &Hit| class.ends_with(&passage.text[hit.start()..hit.end()]);
    let sure = hits.iter().any(is_end);
    if !sure && (bare || !has_end(class)) {
        return None;
    }
    // 关联公司：指受同一方控制的… defines a word.
    let defined = starts(
        open[end..].trim_start_matches(['：', ':', '。', '，', ' ']),
        &["指", "是指", "系指", "是由"],
    ) || open[end..].starts_with("：是");
    let statement = defined
        || starts(
            class,
            &["上述", "该", "这些", "此", "其他人", "任何", "前述"],
        )
        || (bare && starts(class, cues(Cue::RecipientSays)))
        || has(class, &["您", "不会", "包括"])
        || class.contains("是");
    let numbered = passage.start > 0 && !heading;
    let sharing = passage.under.sharing || !bare;
    let fits = class.chars().count() <= 40 && !(comma && bare && !numbered);
    let enough = if sure {
        !heading || sharing
    } else {
        sharing && !bare
    };
    (fits && !statement && enough && class.len() >= 6).then_some(class)
}

/// Whether a class ends as such names do.
fn has_end(class: &str) -> bool {
    ends(class, cues(Cue::RecipientLast))
}

/// A class without the brackets and the 等 behind it.
fn plain(class: &str) -> &str {
    let class = class.trim_end_matches(['等', '类']);
    match class.rfind(['（', '(']) {
        Some(open) if open > 0 && class.ends_with(['）', ')']) => trim(&class[..open]),
        _ => class,
    }
}

/// The class around a word in the midst of a sentence, and where it ends.
fn inline<'a>(passage: &Passage<'a>, hit: Hit) -> Option<(&'a str, usize)> {
    let text = passage.text;
    // 合作伙伴包括 A、B 及 C。
    let list = listed(text, hit);
    if list.is_none() && !passage.under.sharing {
        return None;
    }
    let left = before(text, hit.start(), 90);
    let near = left.rsplit(is_comma).next().unwrap_or(left);
    let giving = near.rfind('给').map(|at| (at + "给".len(), "给"));
    let others = ["委托", "与", "向"];
    let others = others
        .iter()
        .filter_map(|word| near.rfind(word).map(|at| (at + word.len(), *word)));
    let verb = others.chain(giving).max();
    if list.is_none() && verb.is_none() {
        return None;
    }
    let sentence = before(text, hit.start(), 300);
    let sentence = sentence.rsplit(is_stop).next().unwrap_or(sentence);
    if has(near, cues(Cue::RecipientNot))
        || has(sentence, &["不会将", "不会把", "不会向", "不会与"])
    {
        return None;
    }
    if list.is_some() {
        return list;
    }
    let (open, verb) = verb?;
    let (end, right) = list_end(text, hit.end());
    let shares = [
        "共享", "分享", "提供", "披露", "传输", "发送", "联合", "合作", "共同",
    ];
    let fits = match verb {
        "与" | "向" => starts(right.trim_start(), &shares),
        "委托" => starts(
            right.trim_start(),
            &[
                "为", "处理", "向", "提供", "进行", "来", "代", "协助", "完成", "开展", "收集",
                "对",
            ],
        ),
        _ => !right.starts_with('的') && ends(&near[..open], &GIVING),
    };
    let start = hit.start() - near.len() + open;
    let class = trim(&text[start..end]);
    let class = class.strip_prefix("我们的").unwrap_or(class);
    let class = plain(class.trim_start_matches(is_filler));
    let vague = starts(class, cues(Cue::RecipientVague))
        && !starts(
            class,
            &[
                "第三方支付",
                "第三方物流",
                "第三方服务",
                "第三方商",
                "第三方合作",
                "第三方广告",
                "第三方机构",
            ],
        );
    let named = class.chars().count() <= 40
        && !class.contains(['，', '。', '“', '《'])
        && !has(class, &["信息", "您", "如", "用于"]);
    (fits && named && !vague && class.len() >= 6).then_some((class, end))
}

/// Where an enumeration that goes on behind a recipient ends, and what follows.
fn list_end(text: &str, from: usize) -> (usize, &str) {
    let right = after(text, from, 120);
    let group = ["等第三方", "等合作伙伴", "等合作方", "等机构"]
        .iter()
        .find(|word| right.starts_with(*word));
    if let Some(word) = group {
        let end = from + word.len();
        return (end, after(text, end, 30));
    }
    (from, right)
}

/// `…包括A、B及C。` behind a recipient that the list explains.
fn listed(text: &str, hit: Hit) -> Option<(&str, usize)> {
    let right = after(text, hit.end(), 300);
    let open = [
        "主要包括",
        "包括但不限于",
        "包括",
        "包含",
        "主要有",
        "有以下",
        "分为",
        "类型包括",
        "的类型包括",
        "（包括",
        "（如",
        "(包括",
    ]
    .iter()
    .filter_map(|word| right.strip_prefix(word))
    .min_by_key(|rest| rest.len())?;
    let open = open.strip_prefix("但不限于").unwrap_or(open);
    let types = ["以下几类", "以下类型", "以下几种", "以下", "如下", "下列"]
        .iter()
        .find_map(|word| open.strip_prefix(word))
        .unwrap_or(open);
    let list = types.trim_start_matches(['：', ':', ' ']);
    let list = &list[..list
        .find(|c| is_stop(c) || matches!(c, '，' | '）' | ')' | '：'))
        .unwrap_or(list.len())];
    let class = plain(trim(list));
    let last = cues(Cue::RecipientLast)
        .iter()
        .any(|word| class.ends_with(word));
    let named = class.chars().count() <= 80
        && class.len() >= 6
        && last
        && !starts(class, cues(Cue::RecipientVague))
        && !has(class, &["您", "信息", "我们"]);
    named
        .then(|| {
            (
                class,
                hit.end() + right.len() - (open.len().min(right.len()))
                    + class.len().min(open.len()),
            )
        })
        .map(|(class, end)| (class, text.floor_char_boundary(end.min(text.len()))))
        .filter(|_| !ends(class, &["个人"]))
}

#[cfg(test)]
mod tests {
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let found = over(text).facts.recipients;
        assert_eq!(
            found
                .iter()
                .map(|fact| fact.class.as_str())
                .collect::<Vec<_>>(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn classes_are_what_clauses_and_headings_open_with() {
        case("（2）与关联公司共享：为了方便您。", &["关联公司"]);
        case(
            "（1）广告服务类的合作伙伴。我们会提供信息。",
            &["广告服务类的合作伙伴"],
        );
        case(
            "（1）广告、分析服务类的授权合作伙伴——统计。",
            &["广告、分析服务类的授权合作伙伴"],
        );
        case("供应商、服务提供商。为了履约。", &["供应商、服务提供商"]);
        case("#与授权合作伙伴共享\n正文", &["授权合作伙伴"]);
        case("关联公司：指受同一方控制的公司。", &[]);
        case("#关联公司\n指受同一方控制的公司。", &[]);
    }

    #[test]
    fn classes_are_listed_in_sentences() {
        case(
            "我们的合作伙伴包括广告平台、物流公司及其他供应商。",
            &["广告平台、物流公司及其他供应商"],
        );
        case("#共享\n我们会将订单提供给物流公司。", &["物流公司"]);
        case("#共享\n我们会委托云服务提供商处理数据。", &["云服务提供商"]);
        case("#共享\n我们会与支付机构共享订单。", &["支付机构"]);
        case("#共享\n我们不会与任何广告商共享订单。", &[]);
        case("#共享\n我们会提供给上述合作伙伴。", &[]);
    }

    #[test]
    fn others_are_none() {
        case("我们有合作伙伴。", &[]);
        case("您的订单将交给商家。", &[]);
        case("", &[]);
    }
}
