//! Terms: data named in a clause, from the lexicon in `data/terms.tsv` and from the policy's own
//! definition of what is sensitive, which widens what is marked.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon;
use crate::document::{Category, Term};
use crate::needles::Needles;
use crate::structure::draft::Draft;
use crate::text::{length, sentences};

mod widening;

pub(super) use widening::Widening;

/// When a datum is sensitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sensitive {
    Always,
    /// Where a sentence tells that a place is found by positioning.
    Precise,
    /// Where the policy says so.
    Named,
}

/// What a word of the lexicon stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Datum(Category),
    /// Read over.
    Nothing,
    /// Tells that a place is precise, and is no datum.
    Precise,
}

/// A row of the lexicon.
#[derive(Debug)]
struct Row {
    meaning: Meaning,
    sensitive: Sensitive,
    /// The groups it belongs to, and those it names as wholes.
    member: Vec<&'static str>,
    head: Vec<&'static str>,
}

struct Lexicon {
    rows: Vec<Row>,
    needles: Needles,
}

/// A word found, by its bytes, and its row.
#[derive(Clone, Debug)]
struct Found {
    at: Range<usize>,
    row: u16,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut rows: Vec<Row> = Vec::new();
    let mut words = Vec::new();
    for mut row in lexicon::rows(include_str!("../../data/terms.tsv")) {
        let mut next = || row.next().unwrap_or_default();
        let (meaning, sign, _source, groups) = (meaning(next()), next(), next(), next());
        let number = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let Some(meaning) = meaning else {
            continue;
        };
        for short in next().split(' ') {
            let names = lexicon::expand(short).into_iter();
            words.extend(names.map(|name| (name.replace('_', " "), number)));
        }
        let groups = groups.split(' ').filter(|group| *group != "-");
        let (head, member): (Vec<_>, Vec<_>) = groups.partition(|group| group.starts_with('='));
        rows.push(Row {
            meaning,
            sensitive: match sign {
                "!" => Sensitive::Always,
                "?" => Sensitive::Precise,
                _ => Sensitive::Named,
            },
            member,
            head: head.iter().map(|group| &group[1..]).collect(),
        });
    }
    // Where one name is written in two rows the first holds; a word that tells that a place is precise
    // may name a datum too.
    let precise = |row: u16| rows[usize::from(row)].meaning == Meaning::Precise;
    let mut seen = HashSet::new();
    let fresh = words
        .iter()
        .filter(|(name, row)| seen.insert((name.as_str(), precise(*row))));
    let needles = Needles::new(fresh.map(|(name, row)| (name.as_str(), *row)));
    Lexicon { rows, needles }
});

fn meaning(name: &str) -> Option<Meaning> {
    Some(match name {
        "skip" => Meaning::Nothing,
        "precise" => Meaning::Precise,
        name => Meaning::Datum(category(name)?),
    })
}

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

impl Lexicon {
    fn row(&self, found: &Found) -> Option<&Row> {
        self.rows.get(usize::from(found.row))
    }

    /// The words in a text: the longest, none overlapping. Words that only tell that a place is
    /// precise are given too, wherever they stand.
    fn read(&self, text: &str) -> (Vec<Found>, Vec<usize>) {
        let mut found: Vec<Found> = Vec::new();
        let mut precise = Vec::new();
        self.needles.each_whole(text, |at, row| {
            let Some(of) = self.rows.get(usize::from(row)) else {
                return;
            };
            if of.meaning == Meaning::Precise {
                precise.push(at.start);
            } else {
                push_longest(&mut found, Found { at, row });
            }
        });
        (found, precise)
    }
}

/// Words come in the order of their begins and the longest first.
fn push_longest(found: &mut Vec<Found>, next: Found) {
    if found.last().is_none_or(|last| last.at.end <= next.at.start) {
        found.push(next);
    }
}

/// Marks the terms of a clause: longest match, none overlapping.
pub(super) fn mark(draft: &Draft, widening: &Widening) -> Vec<Term> {
    let text = &draft.text;
    let (mut known, precise) = LEXICON.read(text);
    let own = widening.own(text);
    if !own.is_empty() {
        let covered = |found: &Found| {
            let at = own.partition_point(|own| own.end < found.at.end);
            own.get(at).is_some_and(|own| covers(own, &found.at))
        };
        known.retain(|found| !covered(found));
    }
    // A name that the policy gave itself yields to a longer one of the lexicon.
    let own = own.into_iter().filter(|own| {
        let at = known.partition_point(|found| found.at.end <= own.start);
        known.get(at).is_none_or(|found| found.at.start >= own.end)
    });
    let own: Vec<(Range<usize>, Category, bool)> =
        own.map(|at| (at, Category::OtherSensitive, true)).collect();
    let mut ends = Vec::new();
    if !precise.is_empty() {
        let mut end = 0;
        ends.extend(sentences(text).map(|(_, sentence)| {
            end += sentence.len();
            end
        }));
    }
    let sentence = |at: usize| ends.partition_point(|&end| end <= at);
    let precise: Vec<usize> = precise.into_iter().map(sentence).collect();
    let is_precise = |at: usize| precise.binary_search(&sentence(at)).is_ok();
    let known = known.iter().filter_map(|found| {
        let row = LEXICON.row(found)?;
        let Meaning::Datum(category) = row.meaning else {
            return None;
        };
        let sensitive = widening.widens(found.row)
            || match row.sensitive {
                Sensitive::Always => true,
                Sensitive::Precise => is_precise(found.at.start),
                Sensitive::Named => false,
            };
        Some((found.at.clone(), category, sensitive))
    });
    let mut all: Vec<_> = known.chain(own).collect();
    all.sort_by_key(|(at, ..)| at.start);
    let (mut chars, mut bytes) = (0, 0);
    let terms = all.into_iter().map(|(at, category, sensitive)| {
        chars += length(&text[bytes..at.start]);
        bytes = at.start;
        Term {
            line: draft.line_at(chars as usize),
            start: chars,
            text: text[at].to_owned(),
            category,
            sensitive,
        }
    });
    terms.collect()
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests;
