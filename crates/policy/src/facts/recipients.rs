//! Classes of recipients: `（2）与关联公司共享：…`, `供应商、服务提供商。…`, `提供给物流公司`.

use std::collections::HashSet;

use super::classes::{
    has_end, is_again, is_chosen, is_nobody, is_vague, members, plain, same_end, same_kind,
    same_trade, without_owner,
};
use super::cues::{Cue, cues, of_us};
use super::givings;
use super::passage::Passage;
use super::reach::{after, ends, has, is_comma, starts, tidy};
use super::scan::{Found, Hit, Topic};
use super::{enumerated, takers, words};
use crate::document::RecipientFact;

/// The classes named so far.
#[derive(Debug, Default)]
pub(super) struct Recipients {
    found: Vec<RecipientFact>,
    /// The class that the last heading named: its section speaks of it again.
    headed: String,
    /// Whether the items read now are led in by words of giving.
    leads: bool,
    /// Whether the paragraphs read now are led in as types of partners.
    types: bool,
    known: HashSet<String>,
    /// The same named so far, without 第三方 before them.
    told: HashSet<String>,
}

impl Recipients {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let hits = found.of(Topic::Recipient);
        let heading = passage.role.is_none();
        if heading || passage.start > 0 {
            self.headed.clear();
        }
        let types = !heading && std::mem::take(&mut self.types);
        let types = types && !passage.text.ends_with(['：', ':']);
        if passage.text.ends_with(['：', ':']) {
            self.types = !heading && givings::types(passage.text);
            self.leads = givings::leads(passage.text);
        } else if passage.start == 0 || heading {
            self.leads = false;
        }
        if !passage.is_prose() || passage.is_title {
            return;
        }
        let leads = self.leads && passage.start > 0 || types;
        let known = self.found.len();
        if hits.is_empty() {
            let class = Some(passage).filter(|_| leads).and_then(item);
            class
                .into_iter()
                .for_each(|class| self.add_members(class, passage.line()));
            self.types |= types && self.found.len() > known;
            return;
        }
        // What the clause opens with, and what it named last.
        let (mut last, mut said, mut named) = (0, "", "");
        // Hits come in the order of their begins: the first tells whether one is in the opening.
        let opens = hits[0].start() <= passage.start + OPENING;
        if opens && let Some((class, end)) = head(passage, hits, self.leads, types) {
            if !is_again(class, &self.headed) {
                self.add_members(class, passage.line());
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
            let stands = !words::is_recipient(hit.word, "verb") && !goes_on(passage.text, *hit);
            if hit.start() < last || !stands {
                continue;
            }
            let with = words::is_recipient(hit.word, "with");
            let inline = (!with).then(|| givings::inline(passage, &hits[at..]));
            let inline = inline.flatten();
            let item = || givings::example(passage, *hit);
            let inline = inline.or_else(|| if self.leads { item() } else { None });
            if let Some((class, end)) = inline {
                let again =
                    is_again(class, named) || same_end(class, said) || same_kind(class, said);
                named = class;
                if !is_again(class, &self.headed) && !is_again(class, said) && !again {
                    let line = passage.line_at(hit.start());
                    self.add_members(class, line);
                }
                last = end;
            } else if let Some((classes, end)) =
                takers::told(passage, &hits[at..]).or_else(|| enumerated::told(passage, *hit))
            {
                let line = passage.line_at(hit.start());
                for class in classes {
                    self.add_taker(class, said, line);
                }
                last = end;
            }
        }
        self.types |= types && self.found.len() > known;
    }

    /// Adds a class that is told in passing, if it was not named before.
    fn add_taker(&mut self, class: &str, said: &str, line: u32) {
        let told = self.told.contains(bare(class));
        let again = is_again(class, &self.headed) || is_again(class, said);
        let alike = same_end(class, said) && !class.contains('的') || same_trade(class, said);
        if !told && !again && !alike {
            self.add(class, line);
        }
    }

    /// Adds a class, or each of those that a list joins.
    fn add_members(&mut self, class: &str, line: u32) {
        // 关联公司包括甲公司及其分、子公司 tells names, not classes.
        if has(class, &["有限公司", "有限责任", "股份公司"]) {
            return;
        }
        match members(class) {
            Some(members) => members
                .into_iter()
                .for_each(|member| self.add(member, line)),
            None => self.add(class, line),
        }
    }

    /// Adds a class, once: at the line that first names it.
    pub(super) fn add(&mut self, class: &str, line: u32) {
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

/// The class that a passage opens with, and where the opening ends. `leads` tells whether words of
/// giving lead the item in, which then may be the class and nothing else; so may a paragraph below
/// `合作伙伴包括以下类型：`, which `types` tells.
fn head<'a>(
    passage: &Passage<'a>,
    hits: &[Hit],
    leads: bool,
    types: bool,
) -> Option<(&'a str, usize)> {
    let body = &passage.text[passage.start..];
    let body = body.strip_prefix("如：").filter(|_| types).unwrap_or(body);
    let start = passage.text.len() - body.len();
    let open = after(body, 0, OPENING);
    let heading = passage.role.is_none();
    let marks = [open.find(['。', '：', ':', '，', '；']), open.find("——")];
    let cut = marks.into_iter().flatten().min();
    let third = |hit: &Hit| words::is_recipient(hit.word, "third");
    let listed = leads || passage.under.sharing && third(&hits[0]);
    let item = heading || types || passage.start > 0 && listed;
    let whole = item && body.len() <= 90;
    let end = match cut {
        Some(end) => end,
        None if whole => body.len(),
        None => return None,
    };
    let opening = tidy(&open[..end]);
    if let Some(class) = role(passage, opening, &open[end..], hits) {
        return Some(class);
    }
    // 为实现…而与…共享: what for stands before.
    let aimed = || Some(opening.split_once("而")?.1).filter(|rest| starts(rest, &["与", "向"]));
    let opening = Some(opening)
        .filter(|opening| opening.starts_with('为'))
        .and_then(|_| aimed())
        .unwrap_or(opening);
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
        ["与", "向", "委托", "和", "跟", "同"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
    })
    .or_else(|| {
        // Few openings have it.
        let to = opening
            .contains('给')
            .then_some(["共享给", "提供给", "委托给"]);
        let mut rests = to.iter().flatten().map(|word| opening.split_once(word));
        rests.find_map(|told| told.map(|(_, rest)| rest))
    })
    .filter(|_| !has(opening, &["不会", "不得", "不向", "不与", "请勿"]))
    .filter(|_| !givings::is_yours(opening))
    .map(|class| class.trim_end_matches(['间', '之', '进', '行']));
    let bare = verb.is_none();
    if bare && passage.under.terms {
        return None;
    }
    let class = tidy(verb.unwrap_or(opening));
    let class = plain(without_owner(class));
    // The class ends on a word for somebody who receives.
    let is_end = |hit: &Hit| {
        class
            .strip_suffix(&passage.text[hit.start()..hit.end()])
            .is_some_and(|rest| !rest.is_empty() || !words::is_recipient(hit.word, "weak"))
            && !words::is_recipient(hit.word, "with")
            && (!third(hit) || passage.under.sharing || !bare)
    };
    let sure = hits.iter().any(is_end);
    if !sure && (bare || !has_end(class) || is_nobody(class)) {
        return None;
    }
    let defined = is_defined(
        after(body, end, 240),
        class,
        passage.under.sharing || verb.is_some(),
    );
    let statement = defined
        || starts(
            class,
            &[
                "上述",
                "该",
                "这些",
                "此",
                "其他人",
                "任何",
                "前述",
                "以下",
                "下列",
            ],
        )
        || (bare && !is_chosen(class) && starts(class, cues(Cue::RecipientSays)))
        || has(class, &["不会", "包括", "主要指", "主要是指"])
        || (!is_chosen(class) && class.contains('您'))
        || (bare && has(class, &["者为", "方为", "体为", "有限公司"]))
        || class.contains("是");
    let numbered = (types || passage.start > 0) && !heading;
    let sharing = passage.under.sharing || !bare;
    let fits = class.chars().count() <= 40 && !(comma && bare && !numbered);
    let enough = if sure {
        !heading || sharing
    } else {
        sharing && !bare
    };
    // Among kits, 服务提供方：某某公司 is a field of one.
    let field = bare && passage.under.kits && open[end..].starts_with(['：', ':']);
    (fits && !statement && !field && enough && class.len() >= 6).then_some((class, start + end))
}

/// The class that an item is, which no word list knows, where words of giving lead it in.
fn item<'a>(passage: &Passage<'a>) -> Option<&'a str> {
    let open = after(passage.text, passage.start, 75);
    let end = open.find(|c| is_comma(c) || matches!(c, '：' | ':' | '（' | '('));
    let class = without_owner(plain(tidy(&open[..end.unwrap_or(open.len())])));
    let says = starts(class, cues(Cue::RecipientSays)) || has(class, &["您", "是", "不", "会"]);
    // 运营主体：某某有限公司 is a field.
    let says = says || has(&passage.text[passage.start..], &["有限公司"]);
    let named = class.len() >= 6 && class.chars().count() <= 16 && !says;
    (named && givings::is_party(class) && !is_vague(class)).then_some(class)
}

/// Who is named behind the label of those who receive: `接收方类型：物流公司；`.
fn role<'a>(
    passage: &Passage<'a>,
    label: &str,
    behind: &str,
    hits: &[Hit],
) -> Option<(&'a str, usize)> {
    const ROLES: [&str; 10] = [
        "接收方",
        "接收者",
        "受托方",
        "受托人",
        "合作方",
        "共享方",
        "共享对象",
        "提供对象",
        "委托对象",
        "合作伙伴",
    ];
    let value = behind.strip_prefix(['：', ':'])?;
    let kinds = ["类型", "类别"];
    let bare = kinds.iter().find_map(|kind| label.strip_suffix(kind));
    if !ROLES.contains(&bare.unwrap_or(label)) || passage.under.kits {
        return None;
    }
    let end = value.find(|c| is_comma(c) || matches!(c, ' ' | '（' | '('));
    let class = tidy(&value[..end.unwrap_or(value.len())]);
    let at = passage.text.len() - passage.text.split_once(class)?.1.len();
    let ends = |hit: &Hit| hit.end() == at && !words::is_recipient(hit.word, "third");
    let class = &passage.text[at - class.len()..at];
    let one = !of_us(class) && !has(class, &["有限", "集团", "您", "信息", "的"]);
    (one && class.len() >= 6 && hits.iter().any(ends)).then_some((class, at))
}

/// Whether a third party without another name is part of a longer name: 境外第三方 of 境外第三方机构.
fn goes_on(text: &str, hit: Hit) -> bool {
    const BEHIND: [&str; 14] = [
        "提供", "披露", "共享", "分享", "传输", "发送", "进行", "等", "和", "及", "或", "与",
        "用于", "以",
    ];
    let right = after(text, hit.end(), 6);
    words::is_recipient(hit.word, "third")
        && right.starts_with(char::is_alphanumeric)
        && !starts(right, &BEHIND)
}

/// Whether what stands behind a class says what the word means: `关联公司：指受同一方控制的…`,
/// `关联公司：本政策中，关联公司指…`, `关联公司：与我们同受控制的公司。`
fn is_defined(behind: &str, class: &str, shared: bool) -> bool {
    let told = behind.trim_start_matches(['：', ':', '。', '，', ' ']);
    if starts(told, &["指", "是指", "系指", "是由", "一种", "一类"]) || behind.starts_with("：是")
    {
        return true;
    }
    let sentence = told.split(['。', '；', '（', '(']).next().unwrap_or(told);
    let again = sentence.split_once(class).map(|(_, rest)| rest);
    let means = again.is_some_and(|rest| starts(rest, &["指", "是指", "系指", "均指", "的定义"]));
    // Who receives may be told by such words where sharing is spoken of.
    let someone = [
        "公司",
        "企业",
        "机构",
        "组织",
        "实体",
        "主体",
        "法人",
        "自然人",
        "个人",
    ];
    means
        || !shared
            && behind.starts_with(['：', ':'])
            && sentence.contains('的')
            && ends(sentence.trim_end(), &someone)
            && !has(
                sentence,
                &["我们会", "我们将", "我们可能", "提供给", "共享", "，"],
            )
}

#[cfg(test)]
mod tests;
