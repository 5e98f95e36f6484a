//! Units that only one of the documents has, put together where they are one change: a section, a
//! table, an entry of several lines, a list with the sentence that leads it in.

use std::ops::Range;

use super::change::{ChangeKind, Nature};
use super::marks::Side;
use super::source::Source;
use super::units::{Role, Unit};
use super::verdict::{self, Verdict};

/// Units that are one change.
pub(super) struct Run {
    pub(super) units: Range<usize>,
    pub(super) verdict: Verdict,
}

/// The runs among those units that are marked as missing elsewhere.
pub(super) fn of(
    there: &Source<'_>,
    elsewhere: &Source<'_>,
    missing: &[bool],
    nature: Nature,
) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    // Where the units end that are missing one after the other.
    let mut end = 0;
    while at < missing.len() {
        if !missing[at] {
            at += 1;
            continue;
        }
        if end <= at {
            end = at + missing[at..].iter().take_while(|missing| **missing).count();
        }
        let rest = &there.units[at..end];
        let length = together(rest);
        let verdicts: Vec<Verdict> = rest[..length]
            .iter()
            .map(|unit| match unit.is_heading() {
                // A heading states nothing.
                true => (ChangeKind::Wording, nature),
                false => verdict::whole(there, elsewhere, &Side::of(there, unit), nature),
            })
            .collect();
        let section = rest[0].is_heading();
        for (range, verdict) in split(&verdicts, section) {
            runs.push(Run {
                units: at + range.start..at + range.end,
                verdict,
            });
        }
        at += length;
    }
    runs
}

/// How many of the units belong together.
fn together(units: &[Unit]) -> usize {
    let Some((first, rest)) = units.split_first() else {
        return 0;
    };
    let more = match first.role {
        Role::Heading(level) => {
            let inside = |unit: &&Unit| match unit.role {
                Role::Heading(other) => other > level,
                _ => true,
            };
            rest.iter().take_while(inside).count()
        }
        Role::Row { table, row: 0 } => {
            let inside = |unit: &&Unit| matches!(unit.role, Role::Row { table: other, .. } if other == table);
            rest.iter().take_while(inside).count()
        }
        Role::Row { .. } => 0,
        Role::Text if is_field(first) => rest.iter().take_while(|unit| is_field(unit)).count(),
        Role::Text if first.words.ends_with(':') => {
            let style = |unit: &Unit| -> Option<String> {
                let number = unit
                    .number
                    .chars()
                    .filter(|c| !c.is_alphanumeric())
                    .collect();
                (unit.role == Role::Text && !unit.number.is_empty()).then_some(number)
            };
            let item = rest.first().and_then(style);
            let inside = |unit: &&Unit| item.is_some() && style(unit) == item;
            rest.iter().take_while(inside).count()
        }
        Role::Text => 0,
    };
    1 + more
}

/// `使用目的：显示地图`, a line of an entry.
fn is_field(unit: &Unit) -> bool {
    let name = unit.words.split(':').next().unwrap_or_default();
    let length = name.chars().count();
    unit.role == Role::Text
        && unit.number.is_empty()
        && length < unit.words.chars().count()
        && (2..=12).contains(&length)
        && !name.contains([',', '.', ';'])
        && unit.words.chars().count() < 160
}

/// One change for units of one kind; a section that states several things is one for each. What
/// states nothing goes with its neighbour.
fn split(verdicts: &[Verdict], section: bool) -> Vec<(Range<usize>, Verdict)> {
    let stated = |verdict: &&Verdict| verdict.0 != ChangeKind::Wording;
    let gravest = verdicts
        .iter()
        .filter(stated)
        .min_by_key(|verdict| verdict.0);
    let Some(&gravest) = gravest else {
        let first = verdicts.first().copied().unwrap_or_default();
        return vec![(0..verdicts.len(), first)];
    };
    if !section {
        return vec![(0..verdicts.len(), gravest)];
    }
    let mut runs: Vec<(Range<usize>, Verdict)> = Vec::new();
    for (at, &verdict) in verdicts.iter().enumerate() {
        match runs.last_mut() {
            Some((range, of)) if *of == verdict || verdict.0 == ChangeKind::Wording => {
                range.end = at + 1
            }
            Some((range, of)) if of.0 == ChangeKind::Wording => {
                range.end = at + 1;
                *of = verdict;
            }
            _ => runs.push((at..at + 1, verdict)),
        }
    }
    runs
}
