//! Kinds: what a clause does, by the phrase rules in `data/kinds.tsv`. A first cut: rules look at
//! one sentence at a time and know no grammar.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::annotate::lexicon::{self, Matcher};
use crate::document::{Kind, Term};
use crate::text::sentences;

struct Rule {
    kind: Kind,
    /// Each with whether it must be absent, and the numbers of its phrases.
    columns: Vec<(bool, Vec<u32>)>,
}

struct Rules {
    rules: Vec<Rule>,
    phrases: usize,
    matcher: Matcher,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut rules = Vec::new();
    for mut row in lexicon::rows(include_str!("../../data/kinds.tsv")) {
        let Some(kind) = row.next().and_then(kind) else {
            continue;
        };
        let columns = row
            .map(|column| {
                let phrases = column.strip_prefix('!');
                let next = |phrase| {
                    let fresh = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                    *numbers.entry(phrase).or_insert(fresh)
                };
                (
                    phrases.is_some(),
                    phrases.unwrap_or(column).split('|').map(next).collect(),
                )
            })
            .collect();
        rules.push(Rule { kind, columns });
    }
    Rules {
        rules,
        phrases: numbers.len(),
        matcher: Matcher::new(numbers),
    }
});

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "collection" => Kind::Collection,
        "sharing" => Kind::Sharing,
        "transfer" => Kind::Transfer,
        "disclosure" => Kind::Disclosure,
        "cross_border" => Kind::CrossBorder,
        "profiling" => Kind::Profiling,
        "tracking" => Kind::Tracking,
        "permission" => Kind::Permission,
        "sdk" => Kind::Sdk,
        "storage" => Kind::Storage,
        "security" => Kind::Security,
        "rights" => Kind::Rights,
        "withdrawal" => Kind::Withdrawal,
        "minors" => Kind::Minors,
        "update" => Kind::Update,
        "contact" => Kind::Contact,
        "exception" => Kind::Exception,
        "liability" => Kind::Liability,
        "deemed_consent" => Kind::DeemedConsent,
        "refusal" => Kind::Refusal,
        "marketing" => Kind::Marketing,
        "separate_consent" => Kind::SeparateConsent,
        "definition" => Kind::Definition,
        _ => return None,
    })
}

/// The kinds of a clause, in the order of [`Kind`].
pub(crate) fn of(text: &str, terms: &[Term]) -> Vec<Kind> {
    let mut kinds = BTreeSet::new();
    if terms.iter().any(|term| term.sensitive) {
        kinds.insert(Kind::Sensitive);
    }
    let mut present = vec![false; RULES.phrases];
    for (_, sentence) in sentences(text) {
        let chars = lexicon::fold(sentence);
        present.fill(false);
        for at in 0..chars.len() {
            for (_, number) in RULES.matcher.at(&chars, at) {
                present[number as usize] = true;
            }
        }
        for rule in &RULES.rules {
            let holds = |(absent, phrases): &(bool, Vec<u32>)| {
                phrases.iter().any(|&phrase| present[phrase as usize]) != *absent
            };
            if !kinds.contains(&rule.kind) && rule.columns.iter().all(holds) {
                kinds.insert(rule.kind);
            }
        }
    }
    kinds.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[Kind]) {
        assert_eq!(of(text, &[]), expected, "{text}");
    }

    #[test]
    fn clauses_state_what_they_do() {
        case("我们会收集您的昵称信息。", &[Kind::Collection]);
        case(
            "经您单独同意，我们才把上述信息提供给第三方。",
            &[Kind::Sharing, Kind::SeparateConsent],
        );
        case("数据存储在中国境内，期限为一年。", &[Kind::Storage]);
        case(
            "您继续使用即视为您同意本条款的全部内容。",
            &[Kind::DeemedConsent],
        );
        case("如您拒绝，将无法使用该功能。", &[Kind::Refusal]);
        case(
            "您可以回复T退订广告。",
            &[Kind::Withdrawal, Kind::Marketing],
        );
        case("由此产生的后果，我们不承担责任。", &[Kind::Liability]);
        case("下列情形无需征得您的同意：", &[Kind::Exception]);
        case("页面使用ETag。", &[Kind::Tracking]);
        case("欢迎光临。", &[]);
        case("", &[]);
    }

    #[test]
    fn every_rule_is_read() {
        let rows = lexicon::rows(include_str!("../../data/kinds.tsv"));
        let mut count = 0;
        for mut row in rows {
            count += 1;
            assert!(row.next().and_then(kind).is_some());
            assert!(row.clone().count() > 0);
            assert!(row.all(|column| {
                column
                    .trim_start_matches('!')
                    .split('|')
                    .all(|p| !p.is_empty())
            }));
        }
        assert_eq!(count, RULES.rules.len());
    }
}
