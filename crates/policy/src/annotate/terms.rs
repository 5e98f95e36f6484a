//! Terms: data named in a clause, from the lexicon in `data/terms.tsv` and from the policy's own
//! definition of what is sensitive, which widens what is marked.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::annotate::lexicon::{self, Matcher};
use crate::document::{Category, Term};
use crate::structure::draft::Draft;
use crate::text::sentences;

struct Datum {
    /// `None`: read over.
    category: Option<Category>,
    sensitive: bool,
}

struct Lexicon {
    data: Vec<Datum>,
    matcher: Matcher,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut data = Vec::new();
    let mut words = Vec::new();
    for mut row in lexicon::rows(include_str!("../../data/terms.tsv")) {
        let category = category(row.next().unwrap_or_default());
        let sensitive = row.next() == Some("!");
        let _source = row.next();
        let number = u32::try_from(data.len()).unwrap_or(u32::MAX);
        words.extend(
            row.next()
                .unwrap_or_default()
                .split(' ')
                .map(|word| (word, number)),
        );
        data.push(Datum {
            category,
            sensitive,
        });
    }
    Lexicon {
        data,
        matcher: Matcher::new(words),
    }
});

fn category(name: &str) -> Option<Category> {
    Some(match name {
        "biometric" => Category::Biometric,
        "religion" => Category::Religion,
        "specific_identity" => Category::SpecificIdentity,
        "health" => Category::Health,
        "financial_account" => Category::FinancialAccount,
        "location_track" => Category::LocationTrack,
        "minor" => Category::Minor,
        "id_document" => Category::IdDocument,
        "contact" => Category::Contact,
        "device_id" => Category::DeviceId,
        "browsing" => Category::Browsing,
        "transaction" => Category::Transaction,
        "other_sensitive" => Category::OtherSensitive,
        _ => return None,
    })
}

/// What a policy itself calls sensitive, beyond the law.
#[derive(Debug, Default)]
pub(crate) struct Widening {
    /// Data of the lexicon.
    data: HashSet<u32>,
    /// Words the lexicon does not have.
    words: Matcher,
}

/// Most words of its own that a policy may add: every one costs time at each character.
const OWN: usize = 256;

/// How policies call sensitive data.
const SENSITIVE: [&str; 5] = [
    "敏感个人信息",
    "个人敏感信息",
    "敏感信息",
    "个人敏感数据",
    "敏感个人数据",
];

impl Widening {
    /// Reads the definitions in a document: `敏感个人信息：…包括甲、乙等` and `甲、乙属于敏感信息`.
    pub(crate) fn read<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut data = HashSet::new();
        let mut own: HashMap<String, u32> = HashMap::new();
        for text in texts {
            for listed in definition(text) {
                data.extend(known(listed));
                for item in items(listed).filter(|item| known(item).next().is_none()) {
                    if own.len() >= OWN {
                        break;
                    }
                    own.insert(item.to_owned(), 0);
                }
            }
            for (_, sentence) in sentences(text) {
                data.extend(declared(sentence).into_iter().flat_map(known));
            }
        }
        Self {
            data,
            words: Matcher::new(own.iter().map(|(word, number)| (word.as_str(), *number))),
        }
    }
}

/// The sentences of a defining clause from where they begin to list.
fn definition(text: &str) -> impl Iterator<Item = &str> {
    let head: String = text.chars().take(24).collect();
    let defines = SENSITIVE.iter().any(|name| {
        head.split_once(name).is_some_and(|(before, after)| {
            let after = after.trim_start_matches(['】', '”', '"', '》', ' ']);
            before.chars().count() <= 8
                && ["：", ":", "指", "是指", "包括", "，指"]
                    .iter()
                    .any(|sign| after.starts_with(sign))
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

/// What a sentence says to belong to sensitive data.
fn declared(sentence: &str) -> Option<&str> {
    let (before, after) = sentence.split_once("属于")?;
    let after = after.trim_start_matches(['您', '你', '的']);
    let named = SENSITIVE.iter().any(|name| after.starts_with(name));
    (named && !before.ends_with(['不', '非'])).then_some(before)
}

/// Data of the lexicon named in a text.
fn known(text: &str) -> impl Iterator<Item = u32> {
    let chars = lexicon::fold(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let word = LEXICON.matcher.at(&chars, at).next();
        found.extend(word.map(|(_, number)| number));
        at += word.map_or(1, |(length, _)| length);
    }
    found.into_iter()
}

/// The members of `甲、乙、丙等…`, those that can be the name of a datum.
fn items(listed: &str) -> impl Iterator<Item = &str> {
    let end = listed
        .find(['等', '（', '(', '。', '，', '；'])
        .unwrap_or(listed.len());
    let members: Vec<&str> = listed[..end]
        .split(['、', '和', '及', '或'])
        .map(crate::text::trim)
        .collect();
    // One member alone is no list but the rest of a sentence.
    let several = members.len() > 1;
    members
        .into_iter()
        .filter(move |member| several && (2..=10).contains(&member.chars().count()))
}

/// Marks the terms of a clause: longest match, none overlapping.
pub(crate) fn mark(draft: &Draft, widening: &Widening) -> Vec<Term> {
    let original: Vec<char> = draft.text.chars().collect();
    let chars = lexicon::fold(&draft.text);
    let mut terms = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let known = LEXICON
            .matcher
            .at(&chars, at)
            .next()
            .and_then(|(length, number)| {
                let datum = LEXICON.data.get(number as usize)?;
                Some((
                    length,
                    datum.category,
                    datum.sensitive || widening.data.contains(&number),
                ))
            });
        let own = widening.words.at(&chars, at).next();
        let own = own.map(|(length, _)| (length, Some(Category::OtherSensitive), true));
        let Some((length, category, sensitive)) =
            own.into_iter().chain(known).max_by_key(|found| found.0)
        else {
            at += 1;
            continue;
        };
        if let Some(category) = category {
            terms.push(Term {
                line: draft.line_at(at),
                start: u32::try_from(at).unwrap_or(u32::MAX),
                text: original[at..at + length].iter().collect(),
                category,
                sensitive,
            });
        }
        at += length;
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;
    use crate::structure::draft::Role;

    #[track_caller]
    fn case(definition: &str, text: &str, expected: &[(&str, u32, bool)]) {
        let widening = Widening::read([definition].into_iter());
        let lines = lines::split(text);
        let draft = lines
            .first()
            .map_or_else(Draft::default, |line| Draft::of(line, Role::Paragraph));
        let found = mark(&draft, &widening);
        let found: Vec<_> = found
            .iter()
            .map(|t| (t.text.as_str(), t.start, t.sensitive))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_longest_name_is_marked_once() {
        case(
            "",
            "录入人脸信息与指纹",
            &[("人脸信息", 2, true), ("指纹", 7, true)],
        );
        case("", "生成设备指纹", &[("设备指纹", 2, false)]);
        case("", "读取gps位置", &[("gps位置", 2, true)]);
        case(
            "",
            "填写身份证号，上传证件照片",
            &[("身份证号", 2, false), ("证件照片", 9, true)],
        );
        case("", "征得儿童监护人同意", &[]);
        case("", "", &[]);
    }

    #[test]
    fn a_policy_widens_what_is_sensitive_by_its_own_words() {
        let own = "【敏感信息】：包括家谱资料、手机号码、交易信息等。";
        case(
            own,
            "提供手机号与家谱资料",
            &[("手机号", 2, true), ("家谱资料", 6, true)],
        );
        case("", "提供手机号与家谱资料", &[("手机号", 2, false)]);
        case(
            "您的订单信息、姓名均属于敏感信息。",
            "展示订单信息",
            &[("订单信息", 2, true)],
        );
        case(
            "订单信息不属于敏感信息。",
            "展示订单信息",
            &[("订单信息", 2, false)],
        );
        case(
            "敏感个人信息保护：包括姓名、手机号。",
            "姓名",
            &[("姓名", 0, false)],
        );
    }

    #[test]
    fn terms_know_their_line_in_joined_clauses() {
        let lines = lines::split("\n\n我们读取通讯录，\n以及人脸信息。");
        let mut draft = Draft::of(&lines[0], Role::Paragraph);
        draft.append(&lines[1]);
        let lines: Vec<_> = mark(&draft, &Widening::default())
            .iter()
            .map(|t| (t.line, t.start))
            .collect();
        assert_eq!(lines, [(3, 4), (4, 10)]);
    }

    #[test]
    fn every_line_of_the_lexicon_is_read() {
        for row in lexicon::rows(include_str!("../../data/terms.tsv")) {
            let columns: Vec<&str> = row.collect();
            assert_eq!(columns.len(), 4, "{columns:?}");
            assert!(
                category(columns[0]).is_some() || columns[0] == "skip",
                "{columns:?}"
            );
            assert!(matches!(columns[1], "!" | "-"), "{columns:?}");
            assert_eq!(columns[1] == "!", columns[2] != "-", "{columns:?}");
            assert!(
                columns[3].split(' ').all(|word| !word.is_empty()),
                "{columns:?}"
            );
        }
    }
}
