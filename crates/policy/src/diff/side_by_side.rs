//! Both texts side by side, in the order of the new one; what was removed stands where it stood.

use super::align::Pair;
use super::change::{Passage, Row};
use super::entries::{Entry, by_unit};
use super::source::Source;
use super::units::{Role, Unit, joined};
use super::words;

pub(super) fn rows(
    old: &Source<'_>,
    new: &Source<'_>,
    pairs: &[Pair],
    entries: &[Entry],
) -> Vec<Row> {
    let before = by_unit(entries, |entry| &entry.old);
    let after = by_unit(entries, |entry| &entry.new);
    let mut gone = vec![true; old.units.len()];
    for pair in pairs {
        gone[pair.old.clone()].fill(false);
    }
    let mut pairs = pairs.iter().peekable();
    let mut rows = Vec::with_capacity(new.units.len());
    let mut next_old = 0;
    let mut at = 0;
    let removed = |from: usize, to: usize, rows: &mut Vec<Row>| {
        for at in (from..to).filter(|&at| gone[at]) {
            rows.push(Row {
                old: Some(passage(&old.units[at])),
                new: None,
                change: before.get(&at).copied(),
            });
        }
    };
    while at < new.units.len() {
        let change = after.get(&at).copied();
        match pairs.next_if(|pair| pair.new.start <= at) {
            Some(pair) => {
                if !pair.moved && pair.old.start >= next_old {
                    removed(next_old, pair.old.start, &mut rows);
                    next_old = pair.old.end;
                }
                let change = change.or_else(|| before.get(&pair.old.start).copied());
                rows.push(both(old, new, pair, change));
                at = pair.new.end.max(at + 1);
            }
            None => {
                rows.push(Row {
                    old: None,
                    new: Some(passage(&new.units[at])),
                    change,
                });
                at += 1;
            }
        }
    }
    removed(next_old, old.units.len(), &mut rows);
    rows
}

fn both(old: &Source<'_>, new: &Source<'_>, pair: &Pair, change: Option<usize>) -> Row {
    let a = joined(&old.units[pair.old.clone()]);
    let b = joined(&new.units[pair.new.clone()]);
    let (Some(a), Some(b)) = (a, b) else {
        return Row::default();
    };
    let (mut left, mut right) = (passage(&a), passage(&b));
    if !pair.same {
        for hunk in words::hunks((&a.text, a.label), (&b.text, b.label)) {
            if !hunk.old.is_empty() {
                left.marks.push(hunk.old);
            }
            if !hunk.new.is_empty() {
                right.marks.push(hunk.new);
            }
        }
    }
    Row {
        old: Some(left),
        new: Some(right),
        change,
    }
}

fn passage(unit: &Unit) -> Passage {
    Passage {
        line: unit.line,
        heading: match unit.role {
            Role::Heading(level) => Some(level),
            _ => None,
        },
        text: unit.text.clone(),
        marks: Vec::new(),
    }
}
