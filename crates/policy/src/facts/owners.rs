//! Whose a contact is: one right behind the name of a company is that company's.

use super::cues::of_us;
use super::names;
use super::operator;
use super::passage::Passage;
use super::phones;
use super::reach::{after, before, ends, has, is_comma, is_filler, starts};
use super::scan::{Found, Hit, Topic};

/// Who is told to own a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nobody is named: the operator.
    Untold,
    /// The company of this name, which may be the operator. `shared` tells whether the section is
    /// one about those who receive data.
    Company { name: String, shared: bool },
    /// Somebody whom the text calls a receiver or the like.
    Other,
}

impl Owner {
    /// Whether the contact reaches the operator, whose name may be told only behind it.
    pub(super) fn is_operator(&self, operator: Option<&str>) -> bool {
        match (self, operator) {
            (Self::Untold, _) => true,
            (Self::Company { shared, .. }, None) => !shared,
            (Self::Company { name, .. }, Some(operator)) => same(name, operator),
            (Self::Other, _) => false,
        }
    }
}

/// Calls somebody else by what he does for the operator; a colon stands behind.
const OTHERS: [&str; 9] = [
    "接收方",
    "接收者",
    "受托方",
    "受托人",
    "第三方",
    "合作方",
    "合作伙伴",
    "供应商",
    "服务商",
];
/// Authorities, whose telephone may be told for complaints.
const AUTHORITIES: [&str; 14] = [
    "法院",
    "仲裁委员会",
    "仲裁机构",
    "检察院",
    "派出所",
    "公安机关",
    "消费者协会",
    "消协",
    "网信办",
    "监管部门",
    "主管部门",
    "监督管理局",
    "税务局",
    "通信管理局",
];
/// Those who manage the house where the reader lives.
const HOUSES: [&str; 5] = [
    "物业",
    "物业管理处",
    "物业服务处",
    "物业服务中心",
    "物业管理中心",
];
/// What may stand between such a word and its colon.
const NAMED: [&str; 10] = [
    "名称",
    "姓名",
    "名称或姓名",
    "名称或者姓名",
    "联系方式",
    "联系电话",
    "联系邮箱",
    "电话",
    "邮箱",
    "地址",
];
/// How labels of contacts end.
const LABELS: [&str; 18] = [
    "联系方式",
    "联系人",
    "电话",
    "热线",
    "手机",
    "传真",
    "客服",
    "邮箱",
    "邮件",
    "地址",
    "住所",
    "住所地",
    "邮编",
    "邮政编码",
    "网址",
    "官网",
    "聯絡方式",
    "電話",
];

/// Reads the owners of the contacts of one passage, which are asked for in the order of the text.
#[derive(Debug)]
pub(super) struct Owners<'a, 'p> {
    passage: &'p Passage<'a>,
    companies: &'p [Hit],
    /// Where the last contact ended, and whose it was.
    last: Option<(usize, Owner)>,
}

impl<'a, 'p> Owners<'a, 'p> {
    pub(super) fn of(passage: &'p Passage<'a>, found: &'p Found) -> Self {
        Self {
            passage,
            companies: found.of(Topic::Company),
            last: None,
        }
    }

    /// The owner of the contact from `start` to `end`.
    pub(super) fn next(&mut self, start: usize, end: usize) -> Owner {
        let owner = self.behind(end).unwrap_or_else(|| self.look(start));
        self.last = Some((end, owner.clone()));
        owner
    }

    fn look(&self, start: usize) -> Owner {
        let Passage { text, under, .. } = *self.passage;
        if let Some(name) = phones::hotline(text, start) {
            let shared = true;
            return Owner::Company { name, shared };
        }
        let lead = before(text, start, 240);
        let lead = lead.rsplit('。').next().unwrap_or(lead);
        let alone = start == lead.len() && is_labels(&text[self.passage.start.min(start)..start]);
        if let Some(body) = body_before(lead) {
            if ends(body, &AUTHORITIES) {
                return Owner::Other;
            }
            // Unless the operator manages houses itself.
            if ends(body, &HOUSES) {
                let (name, shared) = ("物业".to_owned(), true);
                return Owner::Company { name, shared };
            }
        }
        if calls_other(lead) || alone && calls_other(after(self.passage.previous, 0, 150)) {
            return Owner::Other;
        }
        let end = self.last.as_ref().map_or(0, |(end, _)| *end).min(start);
        if let Some((from, name)) = self.company(start).filter(|(from, _)| *from >= end) {
            // Under such a heading the operator gives its own, by whatever name.
            let shared = under.sharing || under.kits;
            let ours = under.contact && !shared;
            return if !is_its_own(&text[from..start], &name) {
                Owner::Untold
            } else if has(&name, &["我们委托", "我们已委托", "受我们委托"]) {
                Owner::Other
            } else if ours {
                Owner::Untold
            } else {
                Owner::Company { name, shared }
            };
        }
        match &self.last {
            Some((end, owner)) if *end <= start && is_labels(&text[*end..start]) => owner.clone(),
            _ => Owner::Untold,
        }
    }

    /// The company of whose place the contact is: `位于某市某路1号的某某公司`.
    fn behind(&self, end: usize) -> Option<Owner> {
        let Passage { text, under, .. } = *self.passage;
        let from = end + text[end..].strip_prefix('的').map(|_| "的".len())?;
        let hit = self.companies.iter().find(|hit| hit.start() >= from)?;
        let shared = under.sharing || under.kits;
        (names::start(text, hit.end()) <= from && hit.end() - from <= 90).then(|| {
            let name = text[from..hit.end()].to_owned();
            Owner::Company { name, shared }
        })
    }

    /// The last company named before `start`: where its name ends, and the name.
    fn company(&self, start: usize) -> Option<(usize, String)> {
        let text = self.passage.text;
        let until = self.companies.partition_point(|hit| hit.start() < start);
        let under = self.passage.under;
        let hit = self.companies[..until].iter().rev().take(4).find(|hit| {
            // An English name may be the operator's own beside the Chinese one.
            hit.end() <= start
                && (hit.word < operator::BODIES
                    || hit.word >= operator::ENGLISH && (under.sharing || under.kits))
        })?;
        let end = hit.end() + names::branch(text, hit.end());
        let name = &text[names::start(text, hit.end())..end];
        (end <= start).then(|| (end, name.to_owned()))
    }
}

/// What stands right before the label of a contact: `法院电话：`.
fn body_before(lead: &str) -> Option<&str> {
    let label = lead.trim_end_matches(|c| is_filler(c) || matches!(c, '：' | ':' | '为' | '是'));
    let label = LABELS.iter().find_map(|word| label.strip_suffix(word))?;
    let name = label.strip_suffix("联系").unwrap_or(label);
    Some(name.trim_end_matches(['的', '举', '报', '投', '诉']))
}

/// Whether one of [`OTHERS`] with its colon is in the text, and nothing behind it speaks of the
/// operator.
fn calls_other(text: &str) -> bool {
    has(text, &OTHERS)
        && OTHERS.iter().any(|word| {
            text.rmatch_indices(word).take(3).any(|(at, _)| {
                let rest = text[at + word.len()..].trim_start_matches(['的', '*']);
                let label = NAMED.iter().filter_map(|name| rest.strip_prefix(name));
                let colon = label
                    .chain([rest])
                    .any(|rest| rest.trim_start_matches(is_filler).starts_with(['：', ':']));
                colon && !of_us(rest) && !has(rest, &["本公司", "我司"])
            })
        })
}

/// Whether what stands between a company and a contact leaves the contact the company's: labels, its
/// place, or what it does for the operator (`由某某公司提供，电话：…`).
fn is_its_own(text: &str, name: &str) -> bool {
    const DOES: [&str; 6] = ["提供", "处理", "承运", "承办", "代为", "负责"];
    if text.len() > 300 {
        return false;
    }
    let does = starts(text, &DOES);
    // Who provides the whole of it may be reached for it, by whatever name.
    let whole = ["本产品", "本应用", "本服务", "本软件", "本平台", "本网站"];
    if does && starts(name, &whole) && !names::is_partial(name, "由") {
        return false;
    }
    // Who does something may be told only to say whom to ask instead.
    if does && (of_us(text) || has(text, &["本", "您", "你", "我司", "如", "请", "若", "咨询"]))
    {
        return false;
    }
    let mut labels = String::new();
    for (at, part) in text.split_inclusive(is_comma).enumerate() {
        let place = is_place(part) && !of_us(part) && !has(part, &["您", "你", "我司"]);
        if !(place || does && at == 0) {
            labels.push_str(part);
        }
    }
    is_labels(&labels)
}

/// Whether a part of a sentence tells where a company is: `（注册地址：某市某路1号，`.
fn is_place(part: &str) -> bool {
    if !part.ends_with(is_comma) {
        return false;
    }
    let part = part.trim_start_matches(|c| is_filler(c) || matches!(c, '（' | '('));
    let label = ["地址", "住所", "注册地", "位于", "所在地"];
    let found = label.iter().filter_map(|word| part.find(word)).min();
    found.is_some_and(|at| part[..at].chars().count() <= 8) && !has(part, &["电话", "邮箱", "邮件"])
}

/// Whether a text is nothing but labels of contacts, short contacts and brackets that close in it.
fn is_labels(text: &str) -> bool {
    let mark = |c: char| {
        is_filler(c)
            || matches!(
                c,
                '，' | ','
                    | '；'
                    | ';'
                    | '：'
                    | ':'
                    | '、'
                    | '/'
                    | '|'
                    | '.'
                    | '“'
                    | '”'
                    | '"'
                    | '）'
                    | ')'
            )
    };
    let opens = |c: char| matches!(c, '（' | '(');
    if text.len() > 150 {
        return false;
    }
    let mut rest = text.trim_start_matches(mark);
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix(opens) {
            // What a closed bracket adds belongs to the name before it, and so does the land that
            // stands first in an open one: （日本；邮箱：….
            let close = inside.find(['）', ')']).unwrap_or_else(|| land(inside));
            rest = inside[close..].trim_start_matches(mark);
            continue;
        }
        let end = rest.find(|c| mark(c) || opens(c)).unwrap_or(rest.len());
        let piece = rest[..end].trim_end_matches(['为', '是']);
        let label = ends(piece, &LABELS)
            && piece.chars().count() <= 14
            && piece.chars().all(char::is_alphanumeric)
            && !of_us(piece)
            && !has(piece, &["本", "您", "你", "我司"]);
        if !label && !piece.is_ascii() && !starts(piece, &["以下简称", "下称", "简称"]) {
            return false;
        }
        rest = rest[end..].trim_start_matches(mark);
    }
    true
}

/// Bytes of the land or place with which a bracket opens.
fn land(inside: &str) -> usize {
    const LONGEST: usize = 6;
    let first = inside.split(is_comma).next().unwrap_or(inside);
    let han = |c: char| ('\u{4e00}'..'\u{a000}').contains(&c);
    let short = first.len() < inside.len() && first.chars().count() <= LONGEST;
    let named = short && first.chars().all(han) && !of_us(first) && !ends(first, &LABELS);
    if named { first.len() } else { 0 }
}

/// Characters with which two spellings of one name begin alike.
const ALIKE: usize = 6;

/// Whether two names are one company's: the same, the longer and the shorter form of one, or two
/// spellings of it.
fn same(name: &str, operator: &str) -> bool {
    let plain = |name: &str| -> String {
        let kept = name.chars().filter(|&c| !is_filler(c));
        kept.map(|c| match c {
            '(' => '（',
            ')' => '）',
            c => c.to_ascii_lowercase(),
        })
        .collect()
    };
    let (name, operator) = (plain(name), plain(operator));
    let alike = name.chars().zip(operator.chars());
    name.contains(&operator)
        || operator.contains(&name)
        || alike.take_while(|(one, other)| one == other).count() >= ALIKE
}

#[cfg(test)]
mod tests;
