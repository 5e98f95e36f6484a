//! Classes of recipients: `（2）与关联公司共享：…`, `供应商、服务提供商。…`, `提供给物流公司`.

use std::collections::HashSet;

use super::cues::{Cue, cues};
use super::givings;
use super::passage::Passage;
use super::reach::{after, ends, has, starts, tidy};
use super::scan::{Found, Hit, Topic};
use crate::document::RecipientFact;
use crate::text::trim;

/// The classes named so far.
#[derive(Debug, Default)]
pub(super) struct Recipients {
    found: Vec<RecipientFact>,
    /// Those of the line that was read last.
    line: u32,
    /// The class that the last heading named: its section speaks of it again.
    headed: String,
    known: HashSet<String>,
}

impl Recipients {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let hits = found.of(Topic::Recipient);
        let heading = passage.role.is_none();
        if heading {
            self.headed.clear();
        }
        if hits.is_empty() || !passage.is_prose() || passage.is_title {
            return;
        }
        // Hits come in the order of their begins: the first tells whether one is in the opening.
        let opens = hits[0].start() <= passage.start + OPENING;
        if opens && let Some(class) = head(passage, hits) {
            self.add(class, passage.line());
            if heading {
                class.clone_into(&mut self.headed);
            }
            return;
        }
        if heading {
            return;
        }
        let mut last = 0;
        for hit in hits {
            let verb = passage.text[..hit.end()].ends_with([':', '：', '。']);
            if hit.start() < last || verb {
                continue;
            }
            if let Some((class, end)) = givings::inline(passage, *hit) {
                let again = class.ends_with(&self.headed) || self.headed.ends_with(class);
                if self.headed.is_empty() || !again {
                    self.add(class, passage.line_at(hit.start()));
                }
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
    // Among kits, 服务提供方：某某公司 is a field of one.
    let field = bare && passage.under.kits && open[end..].starts_with(['：', ':']);
    (fits && !statement && !field && enough && class.len() >= 6).then_some(class)
}

/// Whether a class ends as such names do.
pub(super) fn has_end(class: &str) -> bool {
    ends(class, cues(Cue::RecipientLast))
}

/// A class without the brackets and the 等 behind it.
pub(super) fn plain(class: &str) -> &str {
    let class = class.trim_end_matches(['等', '类']);
    match class.rfind(['（', '(']) {
        Some(open) if open > 0 && class.ends_with(['）', ')']) => trim(&class[..open]),
        _ => class,
    }
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
        case(
            "#共享\n我们可能与我们的合作伙伴及第三方供应商、承包商（例如短信平台）分享信息。",
            &["合作伙伴及第三方供应商、承包商"],
        );
        case(
            "统计结果会提供给广告商或其他合作伙伴，用于分析。",
            &["广告商或其他合作伙伴"],
        );
        case(
            "#共享\n我们将其与我们的关联方及合作机构进行共享。",
            &["关联方及合作机构"],
        );
        case("#共享\n我们会委托云服务提供商处理数据。", &["云服务提供商"]);
        case("#共享\n我们会与支付机构共享订单。", &["支付机构"]);
        case("#共享\n我们不会与任何广告商共享订单。", &[]);
        case("#共享\n我们会提供给上述合作伙伴。", &[]);
    }

    #[test]
    fn a_section_does_not_name_its_class_again() {
        case(
            "#与关联公司共享\n我们可能与我们的关联公司共享信息，也会提供给物流公司。",
            &["关联公司", "物流公司"],
        );
    }

    #[test]
    fn others_are_none() {
        case("我们有合作伙伴。", &[]);
        case("您的订单将交给商家。", &[]);
        case("", &[]);
    }
}
