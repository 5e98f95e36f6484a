//! Classes of recipients: `（2）与关联公司共享：…`, `供应商、服务提供商。…`, `提供给物流公司`.

use std::collections::HashSet;

use super::classes::{has_end, is_again, is_nobody, members, plain, same_end, same_trade};
use super::cues::{Cue, cues};
use super::givings;
use super::passage::Passage;
use super::reach::{after, has, starts, tidy};
use super::scan::{Found, Hit, Topic};
use super::{takers, words};
use crate::document::RecipientFact;

/// The classes named so far.
#[derive(Debug, Default)]
pub(super) struct Recipients {
    found: Vec<RecipientFact>,
    /// Those of the line that was read last.
    line: u32,
    /// The class that the last heading named: its section speaks of it again.
    headed: String,
    /// Whether the items read now are led in by words of giving.
    leads: bool,
    known: HashSet<String>,
    /// All classes named so far, without 第三方 before them.
    told: HashSet<String>,
}

impl Recipients {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let hits = found.of(Topic::Recipient);
        let heading = passage.role.is_none();
        if heading || passage.start > 0 {
            self.headed.clear();
        }
        if passage.text.ends_with(['：', ':']) {
            self.leads = givings::leads(passage.text);
        } else if passage.start == 0 || heading {
            self.leads = false;
        }
        if hits.is_empty() || !passage.is_prose() || passage.is_title {
            return;
        }
        // What the clause opens with, and what it named last.
        let (mut last, mut said, mut named) = (0, "", "");
        // Hits come in the order of their begins: the first tells whether one is in the opening.
        let opens = hits[0].start() <= passage.start + OPENING;
        if opens && let Some((class, end)) = head(passage, hits) {
            if !is_again(class, &self.headed) {
                self.add_members(class, hits, passage.text, passage.line());
            }
            // What stands alone before a colon is the head of the paragraphs below.
            let alone = passage.text[end..].trim_end().chars().count() <= 1;
            if heading || alone {
                class.clone_into(&mut self.headed);
            }
            (last, said) = (end, class);
        }
        if heading {
            return;
        }
        for (at, hit) in hits.iter().enumerate() {
            if hit.start() < last || words::is_recipient(hit.word, "verb") {
                continue;
            }
            let with = words::is_recipient(hit.word, "with");
            let inline = (!with).then(|| givings::inline(passage, &hits[at..]));
            let inline = inline.flatten();
            let item = || givings::example(passage, *hit).filter(|_| self.leads);
            if let Some((class, end)) = inline.or_else(item) {
                let again = is_again(class, named) || same_end(class, said);
                named = class;
                if !is_again(class, &self.headed) && !is_again(class, said) && !again {
                    let line = passage.line_at(hit.start());
                    self.add_members(class, &hits[at..], passage.text, line);
                }
                last = end;
            } else if let Some((classes, end)) = takers::told(passage, &hits[at..]) {
                let line = passage.line_at(hit.start());
                for class in classes {
                    self.add_taker(class, said, line);
                }
                last = end;
            }
        }
    }

    /// Adds a class that is told in passing, if it was not named before.
    fn add_taker(&mut self, class: &str, said: &str, line: u32) {
        let told = self.told.contains(bare(class));
        let again = is_again(class, &self.headed) || is_again(class, said);
        if !told && !again && !same_end(class, said) && !same_trade(class, said) {
            self.add(class, line);
        }
    }

    /// Adds a class, or both of `关联公司或支付机构`.
    fn add_members(&mut self, class: &str, hits: &[Hit], text: &str, line: u32) {
        match members(class, hits, text) {
            Some(members) => members
                .into_iter()
                .for_each(|member| self.add(member, line)),
            None => self.add(class, line),
        }
    }

    /// Adds a class, once a line.
    pub(super) fn add(&mut self, class: &str, line: u32) {
        if line != self.line {
            self.known.clear();
            self.line = line;
        }
        if self.known.insert(class.to_owned()) {
            self.told.insert(bare(class).to_owned());
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

/// A class without the words that say only that somebody else is meant.
fn bare(class: &str) -> &str {
    let words = ["第三方", "合作"];
    let bare = words.iter().find_map(|word| class.strip_prefix(word));
    bare.filter(|bare| bare.len() >= 9).unwrap_or(class)
}

/// Bytes in which a passage names the class it opens with.
const OPENING: usize = 150;

/// The class that a passage opens with, and where the opening ends.
fn head<'a>(passage: &Passage<'a>, hits: &[Hit]) -> Option<(&'a str, usize)> {
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
    .filter(|_| !has(opening, &["不会", "不得", "不向", "不与", "请勿"]))
    .filter(|_| !givings::is_yours(opening))
    .map(|class| class.trim_end_matches(['间', '之', '进', '行']));
    let bare = verb.is_none();
    if bare && passage.under.terms {
        return None;
    }
    let class = tidy(verb.unwrap_or(opening));
    let class = plain(givings::without_owner(class));
    // The class ends on a word for somebody who receives.
    let is_end = |hit: &Hit| {
        class
            .strip_suffix(&passage.text[hit.start()..hit.end()])
            .is_some_and(|rest| !rest.is_empty() || !words::is_recipient(hit.word, "weak"))
            && !words::is_recipient(hit.word, "with")
    };
    let sure = hits.iter().any(is_end);
    if !sure && (bare || !has_end(class) || is_nobody(class)) {
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
        || (bare && has(class, &["者为", "方为", "体为", "有限公司"]))
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
    (fits && !statement && !field && enough && class.len() >= 6)
        .then_some((class, passage.start + end))
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

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
            &["广告商", "其他合作伙伴"],
        );
        case(
            "#共享\n我们将其与我们的关联方及合作机构进行共享。",
            &["关联方", "合作机构"],
        );
        case("#共享\n我们会委托云服务提供商处理数据。", &["云服务提供商"]);
        case("#共享\n我们会与支付机构共享订单。", &["支付机构"]);
        case(
            "#共享\n为便于配送，我们会与供应商、服务提供商及其他合作伙伴共享订单。",
            &["供应商、服务提供商及其他合作伙伴"],
        );
        case(
            "订单会提供给商户主体或相关第三方，用于对账。",
            &["商户主体或相关第三方"],
        );
        case("您提供给经办单位的资料，由其保管。", &[]);
        case("如您将密码提供给其他商家，须自担风险。", &[]);
        case("您可以把文章分享给好友或第三方平台，随时查看。", &[]);
        case("有关资料将提供给对方，用于核对。", &[]);
        case("合并时，信息会转移给继受方。", &["继受方"]);
        case("#共享\n我们不会与任何广告商共享订单。", &[]);
        case("#共享\n我们会提供给上述合作伙伴。", &[]);
    }

    #[test]
    fn a_bracket_gives_examples_of_the_class_before_it() {
        case(
            "#共享\n我们还与第三方平台（包括由学校办的平台）合作。",
            &["第三方平台"],
        );
        case(
            "提供给任何接收方（包括关联公司）之前，会先告知。",
            &["关联公司"],
        );
        case(
            "我们的供应商（如物流公司、快递公司）众多。",
            &["物流公司、快递公司"],
        );
        case("我们从合作伙伴（如广告商、代理商）处获取标识。", &[]);
        case(
            "#披露\n在以下情况下，我们可能披露您的信息：\n（1）您另行同意（例如咨询机构）；",
            &["咨询机构"],
        );
        case(
            "以下情况下，我们不披露您的信息：\n（1）您未同意（例如咨询机构）；",
            &[],
        );
    }

    #[test]
    fn what_words_mean_receives_nothing() {
        case("#术语与定义\n关联公司：与我们受同一方控制的公司。", &[]);
        case("本站的经营者为某某有限公司及其关联公司。", &[]);
    }

    #[test]
    fn a_clause_goes_on_after_the_class_it_opens_with() {
        case(
            "（3）与业务合作伙伴共享。信息会共享给物流公司，也会提供给合作伙伴。",
            &["业务合作伙伴", "物流公司"],
        );
        case(
            "#共享\n（4）短信服务提供方：我们会向第三方服务商提供手机号。",
            &["短信服务提供方"],
        );
    }

    #[test]
    fn a_section_does_not_name_its_class_again() {
        case(
            "#与关联公司共享\n我们可能与我们的关联公司共享信息，也会提供给物流公司。",
            &["关联公司", "物流公司"],
        );
    }

    #[test]
    fn what_is_shared_may_hold_a_bracket() {
        case(
            "#共享\n我们会与供应商共享设备（型号、系统）的数据。",
            &["供应商"],
        );
        case("#共享\n我们只与守约的供应商进行合作。", &[]);
        case("#共享\n我们会向供应商等第三方提供订单。", &["供应商"]);
        case(
            "我们须将设备编号共享给我们指定的第三方供应商，以便维修。",
            &["第三方供应商"],
        );
    }

    #[test]
    fn a_bracket_of_bodies_belongs_to_the_class_before_it() {
        case(
            "信息会提交有权机关（包括某某银行、某某局及其下设机构）核对。",
            &["有权机关"],
        );
    }

    #[test]
    fn an_item_head_names_the_class_of_its_paragraphs() {
        case(
            "（2）与业务合作伙伴共享：\n我们会将订单提供给合作伙伴。\n（3）其他\n订单会提供给合作伙伴。",
            &["业务合作伙伴", "合作伙伴"],
        );
        case("（1）展会联合承办方：我们会告知时间。", &["展会联合承办方"]);
        case("（1）提供方：某某公司。", &[]);
    }

    #[test]
    fn others_are_none() {
        case("我们有合作伙伴。", &[]);
        case("您的订单将交给商家。", &[]);
        case("", &[]);
    }
}
