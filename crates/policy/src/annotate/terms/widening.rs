//! What a policy itself calls sensitive, beyond the law.

use std::collections::HashSet;
use std::ops::Range;

use super::{Found, LEXICON, Meaning};
use crate::needles::Needles;
use crate::text::{sentences, trim};

/// Data that a policy calls sensitive.
#[derive(Debug, Default)]
pub(in crate::annotate) struct Widening {
    /// Rows of the lexicon.
    rows: HashSet<u16>,
    /// Words the lexicon does not have.
    words: Option<Needles>,
}

/// Most words of its own that a policy may add.
const OWN: usize = 256;

/// How policies call sensitive data, the longest first.
const SENSITIVE: [&str; 8] = [
    "个人敏感信息",
    "敏感个人信息",
    "敏感个人数据",
    "个人敏感数据",
    "敏感类信息",
    "敏感信息",
    "敏感数据",
    "敏感个人资料",
];

/// Between the name and the data that it names.
const NAMES: [&str; 11] = [
    "主要包括",
    "具体包括",
    "包括但不限于",
    "包括",
    "包含",
    "例如",
    "比如",
    "诸如",
    "譬如",
    "如",
    "指",
];

/// What only begins like one of them.
const NO_NAMES: [&str; 3] = ["如果", "如何", "如有"];

/// Most bytes of a list: what stands farther from the name is another matter, and is not read again for
/// each name.
const LIST: usize = 400;

/// Between data and the name under which they fall.
const FALLS: [&str; 16] = [
    "属于",
    "均属",
    "列为",
    "列入",
    "视为",
    "作为",
    "归为",
    "归入",
    "定为",
    "按照",
    "按",
    "构成",
    "认定为",
    "均为",
    "为",
    "是",
];

impl Widening {
    /// Reads the definitions in a document: `敏感个人信息：…包括甲、乙等`, `甲、乙属于敏感信息`,
    /// `甲、乙等敏感信息`, `按敏感信息对待`, 【敏感】 before a clause.
    pub(in crate::annotate) fn read<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut rows = HashSet::new();
        let mut own: HashSet<&str> = HashSet::new();
        for text in texts {
            if !text.contains("敏感") {
                continue;
            }
            if marked(text) {
                rows.extend(known(text));
            }
            for listed in definition(text) {
                rows.extend(known(listed));
                for item in items(listed).filter(|item| known(item).next().is_none()) {
                    if own.len() < OWN {
                        own.insert(item);
                    }
                }
            }
            for (_, sentence) in sentences(text) {
                for listed in declared(sentence) {
                    rows.extend(known(listed));
                }
            }
        }
        Self {
            rows: with_members(rows),
            words: (!own.is_empty()).then(|| Needles::new(own.into_iter().map(|word| (word, 0)))),
        }
    }

    /// Whether data of this row are called sensitive.
    pub(super) fn widens(&self, row: u16) -> bool {
        self.rows.contains(&row)
    }

    /// Where the policy's own words stand.
    pub(super) fn own(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        if let Some(words) = &self.words {
            words.each_whole(text, |at, _| {
                if found.last().is_none_or(|last| last.end <= at.start) {
                    found.push(at);
                }
            });
        }
        found
    }
}

/// A datum that names a whole group stands for all its members.
fn with_members(mut rows: HashSet<u16>) -> HashSet<u16> {
    let of = |row: u16| LEXICON.rows.get(usize::from(row));
    let groups: Vec<&str> = rows
        .iter()
        .filter_map(|&row| of(row))
        .flat_map(|row| row.head.iter().copied())
        .collect();
    for (number, row) in (0..).zip(&LEXICON.rows) {
        let named = |group: &&str| groups.contains(group);
        if row.member.iter().any(named) || row.head.iter().any(named) {
            rows.insert(number);
        }
    }
    rows
}

/// Whether a clause is marked as one about sensitive data: `【敏感】`.
fn marked(text: &str) -> bool {
    let head = text.split(['】', ']']).next().unwrap_or_default();
    head.len() < text.len()
        && head.contains(['【', '['])
        && head.chars().count() < 16
        && head.contains("敏感")
}

/// The sentences of a defining clause from where they begin to list.
fn definition(text: &str) -> impl Iterator<Item = &str> {
    let head: String = text.chars().take(24).collect();
    let defines = SENSITIVE.iter().any(|name| {
        head.split_once(name).is_some_and(|(before, after)| {
            let after = after.trim_start_matches(['】', '”', '"', '》', ' ', '*']);
            let signs = [
                "：",
                ":",
                "指",
                "是指",
                "包括",
                "，指",
                "，是指",
                "主要包括",
            ];
            before.chars().count() <= 8 && signs.iter().any(|sign| after.starts_with(sign))
        })
    });
    sentences(text)
        .filter(move |_| defines)
        .filter_map(|(_, sentence)| {
            let (at, opening) = ["包括", "例如", "包含"]
                .iter()
                .filter_map(|opening| sentence.find(opening).map(|at| (at, *opening)))
                .min()?;
            Some(&sentence[at + opening.len()..])
        })
}

/// The parts of a sentence that list what it calls sensitive.
fn declared(sentence: &str) -> Vec<&str> {
    let mut listed = Vec::new();
    // Where the name before ends.
    let mut behind = 0;
    let mut from = 0;
    while let Some(at) = sentence[from..].find("敏感") {
        let at = from + at;
        from = at + "敏感".len();
        let Some(name) = SENSITIVE.iter().find_map(|name| {
            let start = at.checked_sub(name.find("敏感")?)?;
            let found = sentence.get(start..)?.starts_with(name);
            found.then_some(start..start + name.len())
        }) else {
            continue;
        };
        let before = sentence.get(behind..name.start).unwrap_or_default();
        listed.extend(listed_before(last_of(before)));
        listed.extend(listed_behind(first_of(&sentence[name.end..])));
        behind = name.end;
    }
    listed
}

fn first_of(text: &str) -> &str {
    let end = (0..=LIST.min(text.len())).rev();
    let end = end.into_iter().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

fn last_of(text: &str) -> &str {
    let mut start = text.len().saturating_sub(LIST)..=text.len();
    let start = start.find(|&at| text.is_char_boundary(at));
    &text[start.unwrap_or(text.len())..]
}

/// `敏感信息（如甲、乙）`, `敏感信息包括甲、乙`.
fn listed_behind(after: &str) -> Option<&str> {
    let after = after.trim_start_matches(['】', '”', '"', ' ', '*', '，', ',']);
    let bracket = after.starts_with(['（', '(']);
    let after = after.trim_start_matches(['（', '(', '：', ':']);
    // `如您的…` names, `如您拒绝…` opens a condition.
    let condition = after.starts_with("如您") && !after.starts_with("如您的");
    if condition || NO_NAMES.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    let opening = NAMES.iter().find(|name| after.starts_with(**name))?;
    let list = &after[opening.len()..];
    let end = if bracket {
        list.find(['）', ')'])
    } else {
        list.find(['，', ','])
    };
    Some(&list[..end.unwrap_or(list.len())])
}

/// `甲、乙属于敏感信息`, `甲、乙等敏感信息`, `甲、乙按敏感信息对待`.
fn listed_before(before: &str) -> Option<&str> {
    let own = before
        .trim_end_matches(['您', '你', '的', '“', '"', ' ', '*', '【'])
        .trim_end_matches("用户");
    if let Some(list) = own.strip_suffix("等") {
        return last_part(list).next();
    }
    let list = FALLS.iter().find_map(|verb| own.strip_suffix(verb))?;
    let denied = list.ends_with(['不', '非', '并', '未']) || list.ends_with("不再");
    // `…、住宿信息等，这些都属于敏感信息`: the part itself may name none.
    let named = |part: &&str| known(part).next().is_some();
    (!denied).then(|| last_part(list).take(2).find(named))?
}

/// The parts of a text between commas and colons, the last first: what stands in another part is another
/// matter.
fn last_part(text: &str) -> impl Iterator<Item = &str> {
    text.rsplit(['，', '：', ':', ','])
}

/// Data of the lexicon named in a text.
fn known(text: &str) -> impl Iterator<Item = u16> {
    let (found, _) = LEXICON.read(text);
    found.into_iter().filter_map(|found: Found| {
        let row = LEXICON.row(&found)?;
        matches!(row.meaning, Meaning::Datum(_)).then_some(found.row)
    })
}

/// The members of `甲、乙、丙等…`, those that can be the name of a datum.
fn items(listed: &str) -> impl Iterator<Item = &str> {
    let end = listed
        .find(['等', '（', '(', '。', '，', '；'])
        .unwrap_or(listed.len());
    let members: Vec<&str> = listed[..end]
        .split(['、', '和', '及', '或'])
        .map(trim)
        .collect();
    // One member alone is no list but the rest of a sentence.
    let several = members.len() > 1;
    members
        .into_iter()
        .filter(move |member| several && (2..=10).contains(&member.chars().count()))
}
