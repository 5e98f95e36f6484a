//! The rules of `data/kinds/`, read once: what words make a sentence state a kind.

use std::sync::LazyLock;

use super::pattern::{Pattern, Set, Vocabulary, Words};
use super::sentence::Grammar;
use super::weights::Weights;
use crate::document::Kind;

/// How the rules of a kind are read.
#[derive(Debug)]
pub(super) struct KindRules {
    pub(super) kind: Kind,
    /// Whether an act that is negated is none.
    pub(super) negated: bool,
    /// Whether the items of a list have it from the sentence that opens the list.
    pub(super) items: bool,
    /// Whether all below a heading has it that speaks of it.
    pub(super) section: bool,
    /// Whether what states nothing by itself has it from the opening of its list, or from its
    /// heading.
    pub(super) silent: bool,
}

/// A rule that gives a kind, or takes it back.
#[derive(Debug)]
pub(super) struct Rule {
    /// Index in [`Rules::kinds`].
    pub(super) kind: usize,
    /// Whether it gives the kind whatever the words weigh.
    pub(super) decides: bool,
    pub(super) pattern: Pattern,
}

/// Rules, found by what a sentence must have.
#[derive(Debug, Default)]
pub(super) struct Index {
    rules: Vec<Rule>,
    /// By a set that the sentence must have.
    by_set: Vec<Vec<u16>>,
    /// Those that ask for no word, only for a place.
    by_place: Vec<u16>,
}

/// All rules.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) kinds: Vec<KindRules>,
    pub(super) rules: Index,
    /// Whoever fits one of these does not state the kind after all.
    pub(super) vetoes: Index,
    /// A heading that fits one of these speaks of the kind.
    pub(super) titles: Vec<Rule>,
    pub(super) words: Words,
    pub(super) grammar: Grammar,
    /// What words and rules weigh.
    pub(super) weights: Weights,
}

/// A file of rules and what is in it.
type File = (&'static str, &'static str);

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../data/kinds/", $name, ".txt")))),*]
    };
}

/// Lists of words that all rules may use.
const WORDS: File = files!["words"][0];

const KINDS: [File; 23] = files![
    "collection",
    "sharing",
    "transfer",
    "disclosure",
    "cross_border",
    "profiling",
    "tracking",
    "permission",
    "sdk",
    "storage",
    "security",
    "rights",
    "withdrawal",
    "minors",
    "update",
    "contact",
    "exception",
    "liability",
    "deemed_consent",
    "refusal",
    "marketing",
    "separate_consent",
    "definition",
];

/// The kinds of the rules in their order, as the contract and the labels write them.
#[cfg(any(test, feature = "learn"))]
pub(super) const NAMES: [&str; KINDS.len()] = {
    let mut names = [""; KINDS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = KINDS[at].0;
        at += 1;
    }
    names
};

/// What words and rules weigh.
const WEIGHTS: &str = include_str!("../../data/kinds/weights.txt");

/// The rules as they are compiled in. What is wrong in a file is found by a test.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::read(WORDS, &KINDS, WEIGHTS).0);

impl Rules {
    /// Reads the files, and tells what could not be read: file, line, what is wrong.
    fn read(words: File, files: &[File], weights: &str) -> (Self, Vec<String>) {
        let mut vocabulary = Vocabulary::default();
        let mut errors = Vec::new();
        let mut kinds = Vec::new();
        let mut rules = Vec::new();
        let mut vetoes = Vec::new();
        let mut titles = Vec::new();
        for &(name, text) in [&words].into_iter().chain(files) {
            let kind = kind(name);
            let mut read = KindRules {
                kind: kind.unwrap_or(Kind::Sensitive),
                negated: false,
                items: false,
                section: false,
                silent: false,
            };
            for (index, line) in text.lines().enumerate() {
                let line = line.split('\t').next().unwrap_or_default().trim();
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let (sign, rest) = line.split_once(' ').unwrap_or((line, ""));
                let done = match (sign, kind) {
                    ("list", _) => match rest.split_once(' ') {
                        Some((name, words)) => vocabulary.list(name, words.trim()),
                        None => Err("a list is: list NAME words".to_owned()),
                    },
                    ("flags", Some(_)) => read.flags(rest),
                    ("title", Some(_)) if rest.starts_with('[') => {
                        Err("a heading has nothing around it".to_owned())
                    }
                    ("+" | "=" | "-" | "title", Some(_)) => {
                        vocabulary.pattern(rest).map(|pattern| {
                            let rule = Rule {
                                kind: kinds.len(),
                                decides: sign == "=",
                                pattern,
                            };
                            match sign {
                                "-" => vetoes.push(rule),
                                "title" => titles.push(rule),
                                _ => rules.push(rule),
                            }
                        })
                    }
                    _ => Err(format!("`{sign}` opens no line here")),
                };
                if let Err(error) = done {
                    errors.push(format!("data/kinds/{name}.txt:{}: {error}", index + 1));
                }
            }
            if kind.is_some() {
                kinds.push(read);
            }
        }
        let mut named = |name: &str| match vocabulary.named(name) {
            Some(set) => set,
            None => {
                errors.push(format!("data/kinds/words.txt: no list is named {name}"));
                0
            }
        };
        let grammar = Grammar {
            not: named("not"),
            affirms: named("affirms"),
            unless: named("unless"),
        };
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let weights = Weights::read(weights, &names, &mut vocabulary).unwrap_or_else(|error| {
            errors.push(format!("data/kinds/weights.txt: {error}"));
            Weights::default()
        });
        let words = vocabulary.finish();
        let rules = Self {
            kinds,
            rules: Index::new(rules, words.sets),
            vetoes: Index::new(vetoes, words.sets),
            titles,
            words,
            grammar,
            weights,
        };
        (rules, errors)
    }
}

impl Index {
    fn new(rules: Vec<Rule>, sets: usize) -> Self {
        let mut index = Self {
            by_set: vec![Vec::new(); sets],
            ..Self::default()
        };
        for (number, rule) in (0..).zip(&rules) {
            match key(&rule.pattern) {
                Some(set) => index.by_set[usize::from(set)].push(number),
                None => index.by_place.push(number),
            }
        }
        index.rules = rules;
        index
    }

    /// The rules that a sentence may fit that has words of these sets.
    pub(super) fn of(&self, touched: &[Set]) -> impl Iterator<Item = &Rule> {
        let by_set = touched
            .iter()
            .flat_map(|&set| &self.by_set[usize::from(set)]);
        let numbers = by_set.chain(&self.by_place);
        numbers.map(|&number| &self.rules[usize::from(number)])
    }
}

impl KindRules {
    fn flags(&mut self, flags: &str) -> Result<(), String> {
        for flag in flags.split(' ') {
            match flag {
                "negated" => self.negated = true,
                "items" => self.items = true,
                "section" => self.section = true,
                "silent" => self.silent = true,
                _ => {
                    return Err(format!(
                        "`{flag}` is no flag: negated, items, section, silent"
                    ));
                }
            }
        }
        Ok(())
    }
}

/// The set by which a pattern is found: its act is rarer than who acts.
fn key(pattern: &Pattern) -> Option<Set> {
    let acts = pattern.elements.iter().find(|element| element.act);
    acts.or(pattern.elements.last()).map(|element| element.set)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_files_is_read() {
        let (rules, errors) = Rules::read(WORDS, &KINDS, WEIGHTS);
        assert!(errors.is_empty(), "{errors:#?}");
        assert_eq!(rules.kinds.len(), KINDS.len());
        for (index, kind) in rules.kinds.iter().enumerate() {
            let some = rules.rules.rules.iter().any(|rule| rule.kind == index);
            assert!(some, "{:?} has no rule", kind.kind);
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        let words = "list not 不\nlist affirms 不仅\nlist unless 除";
        let wrong = "# remark\nflags loud\n+ @nobody\n* 甲\nlist a\ntitle [under 甲]";
        let (_, errors) = Rules::read(("words", words), &[("sharing", wrong)], "sharing\nx");
        assert_eq!(
            errors,
            [
                "data/kinds/sharing.txt:2: `loud` is no flag: negated, items, section, silent",
                "data/kinds/sharing.txt:3: no list is named @nobody",
                "data/kinds/sharing.txt:4: `*` opens no line here",
                "data/kinds/sharing.txt:5: a list is: list NAME words",
                "data/kinds/sharing.txt:6: a heading has nothing around it",
                "data/kinds/weights.txt: not every kind has the points that it begins with",
            ]
        );
        let (_, errors) = Rules::read(("words", "+ 甲"), &[], "");
        assert_eq!(errors[0], "data/kinds/words.txt:1: `+` opens no line here");
        assert!(errors[1].ends_with("no list is named not"), "{errors:?}");
    }
}
