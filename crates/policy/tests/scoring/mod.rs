//! Kinds and terms against labels that people made by reading: how many are found, how many of the
//! found are right.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use zhiqing_policy::{Category, Clause, Document, Kind, Term, decode_vec, parse};

/// Found and labelled, found alone, labelled alone.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) right: u32,
    pub(crate) wrong: u32,
    pub(crate) missed: u32,
}

impl Count {
    /// The share of what was found that is labelled.
    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.wrong)
    }

    /// The share of what is labelled that was found.
    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.missed)
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        let (right, rest) = (2 * self.right, self.wrong + self.missed);
        share(right, rest)
    }

    fn add(&mut self, found: bool, labelled: bool) {
        match (found, labelled) {
            (true, true) => self.right += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }
}

fn share(part: u32, rest: u32) -> f64 {
    f64::from(part) / f64::from((part + rest).max(1))
}

/// What a label says of a line or sentence.
#[derive(Debug, Default)]
pub(crate) struct Label {
    /// Line of the policy, or of the file of sentences.
    pub(crate) line: u32,
    /// The sentence; empty for a line of a policy.
    pub(crate) sentence: String,
    pub(crate) kinds: BTreeSet<String>,
    /// Words, category, whether sensitive.
    pub(crate) terms: Vec<(String, String, bool)>,
}

/// What was found where something else is labelled.
#[derive(Debug)]
pub(crate) struct Miss {
    pub(crate) set: String,
    pub(crate) line: u32,
    /// The kind or the term.
    pub(crate) what: String,
    /// It was found and is not labelled, or the other way round.
    pub(crate) found: bool,
    pub(crate) text: String,
}

/// The scores of a set of labels.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    pub(crate) labels: usize,
    pub(crate) kinds: BTreeMap<String, Count>,
    /// Sensitive terms, by category.
    pub(crate) categories: BTreeMap<String, Count>,
    /// Sensitive terms, whatever their category.
    pub(crate) sensitive: Count,
    pub(crate) misses: Vec<Miss>,
}

impl Scores {
    /// The mean of F1 over the kinds that are labelled or found.
    pub(crate) fn macro_f1(&self) -> f64 {
        let scores: Vec<f64> = self.kinds.values().map(|count| count.f1()).collect();
        scores.iter().sum::<f64>() / scores.len().max(1) as f64
    }
}

/// The folder of labels.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/labels"))
}

/// The folder of the five policies, where it is.
pub(crate) fn seeds() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/seeds"
    ));
    folder.is_dir().then_some(folder)
}

/// Reads labels: of sentences, or of the lines of a policy.
pub(crate) fn labels(text: &str, sentences: bool) -> Vec<Label> {
    let list = |text: &str, sign: char| -> Vec<String> {
        let items = text.split(sign).map(str::trim);
        items
            .filter(|item| !item.is_empty() && *item != "-")
            .map(str::to_owned)
            .collect()
    };
    let mut all = Vec::new();
    for (index, row) in (1..).zip(text.lines()) {
        if row.is_empty() || row.starts_with('#') {
            continue;
        }
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let line = if sentences {
            index
        } else {
            next().parse().unwrap_or(0)
        };
        let kinds = list(next(), ',').into_iter().collect();
        if sentences {
            next();
        }
        let terms = list(next(), ';').into_iter().filter_map(|term| {
            let (word, category) = term.rsplit_once('=')?;
            let sensitive = category.ends_with('!') || !sentences;
            let category = category.trim_end_matches('!');
            Some((word.to_owned(), category.to_owned(), sensitive))
        });
        all.push(Label {
            line,
            kinds,
            terms: terms.collect(),
            sentence: if sentences {
                next().to_owned()
            } else {
                String::new()
            },
        });
    }
    all
}

/// Each sentence is a policy of its own.
pub(crate) fn of_sentences(set: &str, labels: &[Label]) -> Scores {
    let mut scores = Scores::default();
    for label in labels {
        let document = parse(&label.sentence);
        let clauses: Vec<&Clause> = document.clauses.iter().collect();
        score(&mut scores, set, label, &clauses, None, &label.sentence);
    }
    scores
}

/// Labelled lines of a policy.
pub(crate) fn of_policy(scores: &mut Scores, set: &str, text: &str, labels: &[Label]) {
    let document: Document = parse(text);
    for label in labels {
        let on = |clause: &&Clause| (clause.line..=clause.end_line).contains(&label.line);
        let clauses: Vec<&Clause> = document.clauses.iter().filter(on).collect();
        let line = text.lines().nth(label.line.saturating_sub(1) as usize);
        score(
            scores,
            set,
            label,
            &clauses,
            Some(label.line),
            line.unwrap_or_default(),
        );
    }
}

/// The five policies, those of them that are there.
pub(crate) fn of_seeds() -> Option<Scores> {
    let mut scores = Scores::default();
    let mut files: Vec<PathBuf> = fs::read_dir(seeds()?)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let number: String = name.chars().take(3).collect();
        let Ok(table) = fs::read_to_string(folder().join(format!("{number}.tsv"))) else {
            continue;
        };
        let text = decode_vec(fs::read(&file).unwrap_or_default()).unwrap_or_default();
        of_policy(
            &mut scores,
            &number,
            &text,
            &every_line(&text, labels(&table, false)),
        );
    }
    Some(scores)
}

/// What is not labelled in a policy is labelled as nothing.
fn every_line(text: &str, labels: Vec<Label>) -> Vec<Label> {
    let mut labels: BTreeMap<u32, Label> = labels
        .into_iter()
        .map(|label| (label.line, label))
        .collect();
    for line in (1..).take(text.lines().count()) {
        labels.entry(line).or_insert_with(|| Label {
            line,
            ..Label::default()
        });
    }
    labels.into_values().collect()
}

fn score(
    scores: &mut Scores,
    set: &str,
    label: &Label,
    clauses: &[&Clause],
    line: Option<u32>,
    text: &str,
) {
    scores.labels += 1;
    let found: BTreeSet<String> = clauses
        .iter()
        .flat_map(|clause| clause.kinds.iter().map(|kind| name(*kind)))
        .collect();
    let mut miss = |what: String, found: bool| {
        scores.misses.push(Miss {
            set: set.to_owned(),
            line: label.line,
            what,
            found,
            text: text.trim().to_owned(),
        });
    };
    for kind in found.union(&label.kinds) {
        let (is_found, labelled) = (found.contains(kind), label.kinds.contains(kind));
        let count = scores.kinds.entry(kind.clone()).or_default();
        count.add(is_found, labelled);
        if is_found != labelled {
            miss(kind.clone(), is_found);
        }
    }
    let terms: Vec<&Term> = clauses
        .iter()
        .flat_map(|clause| &clause.terms)
        .filter(|term| term.sensitive && line.is_none_or(|line| term.line == line))
        .collect();
    let sensitive: Vec<&(String, String, bool)> =
        label.terms.iter().filter(|term| term.2).collect();
    let alike = |term: &Term, word: &str| term.text.contains(word) || word.contains(&term.text);
    for term in &terms {
        let category = category(term.category);
        let same = sensitive.iter().any(|(word, _, _)| alike(term, word));
        let exact = sensitive
            .iter()
            .any(|(word, named, _)| alike(term, word) && *named == category);
        scores.sensitive.add(true, same);
        scores
            .categories
            .entry(category)
            .or_default()
            .add(true, exact);
        if !same {
            miss(format!("sensitive term {}", term.text), true);
        }
    }
    for (word, named, _) in sensitive {
        let same = terms.iter().any(|term| alike(term, word));
        let exact = terms
            .iter()
            .any(|term| alike(term, word) && category(term.category) == *named);
        if !same {
            scores.sensitive.add(false, true);
            miss(format!("sensitive term {word}"), false);
        }
        if !exact {
            scores
                .categories
                .entry(named.clone())
                .or_default()
                .add(false, true);
        }
    }
}

/// A kind as the labels write it.
fn name(kind: Kind) -> String {
    text(serde_json::to_value(kind))
}

fn category(category: Category) -> String {
    text(serde_json::to_value(category))
}

fn text(value: serde_json::Result<serde_json::Value>) -> String {
    match value {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
