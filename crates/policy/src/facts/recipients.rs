//! Classes of recipients: `（2）与关联公司共享：…`, `供应商、服务提供商。…`, `提供给物流公司`.

use std::collections::HashSet;

use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_filler, is_stop, starts, tidy};
use super::scan::{Found, Hit, Topic};
use super::words::{self, Sure};
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
        if let Some(class) = head(passage, hits) {
            self.add(class, passage.line());
            return;
        }
        if passage.role.is_none() {
            return;
        }
        let mut last = 0;
        for hit in hits {
            if hit.start() < last {
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

/// What a class does not begin with: the rest of a sentence, or a word for what was named before.
const SAYS: [&str; 46] = [
    "我们", "您", "你", "如", "若", "包括", "可能", "不会", "对于", "通过", "将", "为", "除", "在",
    "当", "根据", "基于", "经", "该", "此", "上述", "这些", "以", "请", "于", "目前", "其中",
    "此外", "就", "对", "因", "但", "某些", "任何", "并", "向", "与", "由", "前述", "也", "本",
    "只有", "某", "一旦", "有关", "即",
];
/// Words for somebody who was named before or is nobody in particular.
const VAGUE: [&str; 22] = [
    "上述",
    "该",
    "此",
    "这些",
    "其",
    "任何",
    "前述",
    "某些",
    "我们",
    "您",
    "你",
    "其他人",
    "以下",
    "第三方",
    "其他第三方",
    "相关第三方",
    "另一",
    "这类",
    "同一",
    "公众",
    "他人",
    "哪些",
];
const NOT: [&str; 17] = [
    "不会",
    "不得",
    "不向",
    "不与",
    "未经",
    "不将",
    "禁止",
    "除",
    "不应",
    "不能",
    "不提供",
    "如果",
    "如您",
    "若",
    "是否",
    "无需",
    "并非",
];

/// The class that a passage opens with.
fn head<'a>(passage: &Passage<'a>, hits: &[Hit]) -> Option<&'a str> {
    let body = &passage.text[passage.start..];
    let open = after(body, 0, 150);
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
    let rank = hits
        .iter()
        .filter(|hit| class.ends_with(&passage.text[hit.start()..hit.end()]))
        .map(|hit| words::recipient(hit.word));
    let sure = rank.fold(None, |best, sure| {
        if sure == Sure::Own {
            Some(sure)
        } else {
            best.or(Some(sure))
        }
    })?;
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
        || (bare && starts(class, &SAYS))
        || has(class, &["您", "不会", "包括"])
        || class.contains("是");
    let numbered = passage.start > 0 && !heading;
    let sharing = passage.under.sharing || !bare;
    let fits = class.chars().count() <= 40 && !(comma && bare && !numbered);
    let enough = sure == Sure::Own && (!heading || sharing)
        || sharing && !bare
        || (sure == Sure::Own && numbered);
    (fits && !statement && enough && class.len() >= 6).then_some(class)
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
    let left = before(text, hit.start(), 120);
    let clause = left.rsplit(is_stop).next().unwrap_or(left);
    let near = clause.rsplit(is_comma).next().unwrap_or(clause);
    let sentence = before(text, hit.start(), 300);
    let sentence = sentence.rsplit(is_stop).next().unwrap_or(sentence);
    if has(near, &NOT) || has(sentence, &["不会将", "不会把", "不会向", "不会与"]) {
        return None;
    }
    // 合作伙伴包括 A、B 及 C。
    if let Some(found) = listed(text, hit) {
        return Some(found);
    }
    if !passage.under.sharing || words::recipient(hit.word) != Sure::Own {
        return None;
    }
    let (end, right) = list_end(text, hit.end());
    let giving = [
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
    let (open, verb) = giving
        .iter()
        .chain(&["委托", "与", "向"])
        .filter_map(|word| near.rfind(word).map(|at| (at + word.len(), *word)))
        .max()?;
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
        _ => !right.starts_with('的'),
    };
    let start = hit.start() - near.len() + open;
    let class = trim(&text[start..end]);
    let class = class.strip_prefix("我们的").unwrap_or(class);
    let class = plain(class.trim_start_matches(is_filler));
    let vague = starts(class, &VAGUE)
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
    let last = words::LISTED.iter().any(|word| class.ends_with(word));
    let named = class.chars().count() <= 80
        && class.len() >= 6
        && last
        && !starts(class, &VAGUE)
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
