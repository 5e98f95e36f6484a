//! Whether the text is a privacy policy at all.

use super::identity::names_its_subject;
use std::collections::BTreeSet;
use zhiqing_policy::{Document, Kind};

/// What every privacy policy does, whatever else it says.
const CORE: [Kind; 7] = [
    Kind::Collection,
    Kind::Sharing,
    Kind::Storage,
    Kind::Security,
    Kind::Rights,
    Kind::Minors,
    Kind::Tracking,
];
/// A policy that its title does not call one has at least this many of them.
const ENOUGH: usize = 3;

/// Why the text does not look like a privacy policy; empty where it does.
pub(super) fn of(document: &Document) -> Vec<String> {
    let mut doubts = Vec::new();
    if document.clauses.is_empty() {
        doubts.push("it has no text".to_owned());
        return doubts;
    }
    let titles = document
        .outline
        .iter()
        .map(|heading| heading.title.as_str());
    let mut texts = titles.chain(document.clauses.iter().map(|clause| clause.text.as_str()));
    if !texts.any(names_its_subject) {
        doubts.push(
            "it speaks neither of privacy (隐私) nor of personal information (个人信息)".to_owned(),
        );
    }
    let clauses = document.clauses.iter();
    let does: BTreeSet<Kind> = clauses
        .flat_map(|clause| clause.kinds.iter().copied())
        .collect();
    let core = CORE.iter().filter(|kind| does.contains(kind)).count();
    let named = document.title.as_deref().is_some_and(names_its_subject);
    if core < if named { 1 } else { ENOUGH } {
        doubts.push(format!(
            "of what privacy policies tell (collecting, sharing, storing, securing, rights, minors, tracking) it tells {core}"
        ));
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weather_report_is_no_policy() {
        let doubts = of(&zhiqing_policy::parse(
            "天气预报\n明天晴，最高气温二十度。\n",
        ));
        assert_eq!(doubts.len(), 2, "{doubts:?}");
        assert_eq!(of(&zhiqing_policy::parse("")).len(), 1);
    }

    #[test]
    fn a_policy_is_one() {
        let text = "某某隐私政策\n一、收集\n我们收集您的手机号信息。\n二、保存\n信息存储在中国境内的服务器。\n\
                    三、权利\n您有权访问、更正、删除您的个人信息。\n";
        assert_eq!(of(&zhiqing_policy::parse(text)), Vec::<String>::new());
    }
}
