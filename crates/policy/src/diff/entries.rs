//! One entry for one change: what was edited, added, removed, moved, numbered anew.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::align::Pair;
use super::change::{Change, ChangeKind, Nature, Place};
use super::excerpt::replaced;
use super::fold::folded;
use super::marks::Side;
use super::runs;
use super::source::Source;
use super::units::{Role, Unit, joined};
use super::verdict::{self, Both, Edit, Verdict};
use super::words;

/// A change, and the units that it is made of.
pub(super) struct Entry {
    pub(super) change: Change,
    pub(super) old: Vec<Range<usize>>,
    pub(super) new: Vec<Range<usize>>,
    /// A table whose columns changed, as its number in the new document.
    columns: Option<usize>,
}

/// All changes.
pub(super) fn entries(old: &Source<'_>, new: &Source<'_>, pairs: &[Pair]) -> Vec<Entry> {
    let both = Both { old, new };
    let mut entries: Vec<Entry> = pairs
        .iter()
        .filter(|pair| !pair.same)
        .filter_map(|pair| edited(&both, pair))
        .collect();
    entries = same_replacements(one_for_columns(entries));
    let free = |count: usize, taken: &mut dyn Iterator<Item = Range<usize>>| {
        let mut free = vec![true; count];
        taken.flatten().for_each(|at| free[at] = false);
        free
    };
    let removed = free(
        old.units.len(),
        &mut pairs.iter().map(|pair| pair.old.clone()),
    );
    let added = free(
        new.units.len(),
        &mut pairs.iter().map(|pair| pair.new.clone()),
    );
    for run in runs::of(old, new, &removed, Nature::Removed) {
        entries.push(whole(old, run, Nature::Removed));
    }
    for run in runs::of(new, old, &added, Nature::Added) {
        entries.push(whole(new, run, Nature::Added));
    }
    let moved = moved(old, new, pairs);
    let steady = moved.is_empty() && !removed.contains(&true) && !added.contains(&true);
    entries.extend(moved);
    // Where something was put in or taken out, the numbers behind it follow of themselves.
    if steady {
        entries.extend(renumbered(old, new, pairs));
    }
    entries
}

/// Material changes first, each part in the order of the text.
pub(super) fn in_order(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| {
        let change = &entry.change;
        let line = |place: &Option<Place>| place.as_ref().map(|place| place.line);
        (
            !change.material,
            line(&change.after).or(line(&change.before)),
            line(&change.before),
        )
    });
}

fn entry((kind, nature): Verdict, before: Option<Place>, after: Option<Place>) -> Change {
    let mut change = Change {
        kind,
        nature,
        before,
        after,
        ..Change::default()
    };
    change.material = change.reason().material;
    change
}

fn ids(source: &Source<'_>, units: &[Unit]) -> Vec<String> {
    let parts = units.iter().flat_map(|unit| &unit.parts);
    parts
        .filter_map(|(at, _)| source.document.clauses.get(*at))
        .map(|clause| clause.id.clone())
        .collect()
}

fn edited(both: &Both<'_, '_>, pair: &Pair) -> Option<Entry> {
    let (a, b) = (
        joined(&both.old.units[pair.old.clone()])?,
        joined(&both.new.units[pair.new.clone()])?,
    );
    let hunks = words::hunks((&a.text, a.label), (&b.text, b.label));
    if hunks.is_empty() {
        return None;
    }
    let (old, new) = (Side::of(both.old, &a), Side::of(both.new, &b));
    let verdict = verdict::edited(both, &Edit::new(&old, &new, &hunks));
    let before = place(both.old, &a, hunks.iter().map(|hunk| &hunk.old));
    let after = place(both.new, &b, hunks.iter().map(|hunk| &hunk.new));
    let mut change = entry(verdict, Some(before), Some(after));
    change.words = hunks.iter().map(|hunk| replaced(hunk, &a, &b)).collect();
    change.clauses = [
        ids(both.old, &both.old.units[pair.old.clone()]),
        ids(both.new, &both.new.units[pair.new.clone()]),
    ];
    let columns = match (a.role, b.role) {
        (Role::Row { .. }, Role::Row { table, .. }) if a.parts.len() != b.parts.len() => {
            Some(table)
        }
        _ => None,
    };
    Some(Entry {
        change,
        old: vec![pair.old.clone()],
        new: vec![pair.new.clone()],
        columns,
    })
}

/// Where a change stands: of a row in which one cell changed, that cell.
fn place<'h>(
    source: &Source<'_>,
    unit: &Unit,
    hunks: impl Iterator<Item = &'h Range<usize>>,
) -> Place {
    let part = |at: usize| unit.parts.partition_point(|&(_, from)| from <= at);
    let mut touched: Vec<usize> = hunks
        .flat_map(|hunk| [part(hunk.start), part(hunk.end)])
        .collect();
    touched.dedup();
    let is_row = matches!(unit.role, Role::Row { .. });
    let cell = match touched[..] {
        [part] if is_row && part > 0 => unit.parts.get(part - 1),
        _ => None,
    };
    let cell = cell.and_then(|(at, _)| source.document.clauses.get(*at));
    match cell {
        Some(cell) => Place {
            line: cell.line,
            text: cell.text.clone(),
        },
        None => Place {
            line: unit.line,
            text: unit.text.clone(),
        },
    }
}

/// A whole run of units that only one of the documents has.
fn whole(source: &Source<'_>, run: runs::Run, nature: Nature) -> Entry {
    let units = &source.units[run.units.clone()];
    let texts: Vec<&str> = units.iter().map(|unit| unit.text.as_str()).collect();
    let place = Some(Place {
        line: units.first().map_or(0, |unit| unit.line),
        text: texts.join("\n"),
    });
    let ids = ids(source, units);
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let change = match nature {
        Nature::Removed => {
            old.push(run.units);
            Change {
                clauses: [ids, Vec::new()],
                ..entry(run.verdict, place, None)
            }
        }
        _ => {
            new.push(run.units);
            Change {
                clauses: [Vec::new(), ids],
                ..entry(run.verdict, None, place)
            }
        }
    };
    Entry {
        change,
        old,
        new,
        columns: None,
    }
}

/// A table that got or lost a column has it in every row: one change, told at its first row.
fn one_for_columns(entries: Vec<Entry>) -> Vec<Entry> {
    let mut first: HashMap<usize, usize> = HashMap::new();
    let mut told: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let at = entry.columns.and_then(|table| first.get(&table).copied());
        match at {
            Some(at) => join(&mut told[at], entry),
            None => {
                if let Some(table) = entry.columns {
                    first.insert(table, told.len());
                }
                told.push(entry);
            }
        }
    }
    told
}

/// A name, a number or a date that was replaced by the same words in several places is one change,
/// told at the first.
fn same_replacements(entries: Vec<Entry>) -> Vec<Entry> {
    let mut first: HashMap<Vec<(String, String)>, Vec<usize>> = HashMap::new();
    let mut told: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let key = replacement(&entry.change);
        if key.is_empty() {
            told.push(entry);
            continue;
        }
        let same = first.get(&key).and_then(|places| {
            let fits = |at: &&usize| {
                let (one, other) = (told[**at].change.kind, entry.change.kind);
                let general = |kind| {
                    matches!(
                        kind,
                        ChangeKind::Wording | ChangeKind::Controller | ChangeKind::Contact
                    )
                };
                one == other || general(one) || general(other)
            };
            places.iter().find(fits).copied()
        });
        match same {
            Some(at) => join(&mut told[at], entry),
            None => {
                first.entry(key).or_default().push(told.len());
                told.push(entry);
            }
        }
    }
    told
}

/// What was replaced by what; the dates of a version are all one.
fn replacement(change: &Change) -> Vec<(String, String)> {
    if change.nature == Nature::Dated {
        return vec![("date".into(), "date".into())];
    }
    let mut words: Vec<(String, String)> = change
        .words
        .iter()
        .map(|words| (folded(&words.old), folded(&words.new)))
        .collect();
    words.sort_unstable();
    words.dedup();
    match words
        .iter()
        .all(|(old, new)| !old.is_empty() && !new.is_empty())
    {
        true => words,
        false => Vec::new(),
    }
}

/// Adds a further place to a change; the graver kind holds.
fn join(first: &mut Entry, more: Entry) {
    let change = &mut first.change;
    let line = |place: &Option<Place>| place.as_ref().map(|place| place.line);
    change
        .also
        .push([line(&more.change.before), line(&more.change.after)]);
    if (more.change.material, std::cmp::Reverse(more.change.kind))
        > (change.material, std::cmp::Reverse(change.kind))
    {
        (change.kind, change.nature) = (more.change.kind, more.change.nature);
        change.material = more.change.material;
    }
    for (ids, more) in change.clauses.iter_mut().zip(more.change.clauses) {
        ids.extend(more);
    }
    first.old.extend(more.old);
    first.new.extend(more.new);
}

/// Runs that stand elsewhere now: each is one change.
fn moved(old: &Source<'_>, new: &Source<'_>, pairs: &[Pair]) -> Vec<Entry> {
    let mut runs: Vec<Pair> = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.moved) {
        match runs.last_mut() {
            Some(run) if run.old.end == pair.old.start && run.new.end == pair.new.start => {
                run.old.end = pair.old.end;
                run.new.end = pair.new.end;
            }
            _ => runs.push(pair.clone()),
        }
    }
    let told = |run: Pair| same(old, new, (run.old, run.new), Nature::Moved);
    runs.into_iter().map(told).collect()
}

/// All that got another number: one change, told at the first.
fn renumbered(old: &Source<'_>, new: &Source<'_>, pairs: &[Pair]) -> Option<Entry> {
    let mut found = pairs.iter().filter(|pair| {
        pair.same
            && pair.old.len() == 1
            && pair.new.len() == 1
            && old.units[pair.old.start].number != new.units[pair.new.start].number
    });
    let first = found.next()?;
    let mut entry = same(
        old,
        new,
        (first.old.clone(), first.new.clone()),
        Nature::Renumbered,
    );
    for pair in found {
        let lines = [
            old.units[pair.old.start].line,
            new.units[pair.new.start].line,
        ];
        entry.change.also.push(lines.map(Some));
        entry.old.push(pair.old.clone());
        entry.new.push(pair.new.clone());
    }
    Some(entry)
}

fn same(
    old: &Source<'_>,
    new: &Source<'_>,
    (before, after): (Range<usize>, Range<usize>),
    nature: Nature,
) -> Entry {
    let first = |source: &Source<'_>, at: usize| {
        source.units.get(at).map(|unit| Place {
            line: unit.line,
            text: unit.text.clone(),
        })
    };
    let mut change = entry(
        (ChangeKind::Wording, nature),
        first(old, before.start),
        first(new, after.start),
    );
    change.clauses = [
        ids(old, &old.units[before.clone()]),
        ids(new, &new.units[after.clone()]),
    ];
    Entry {
        change,
        old: vec![before],
        new: vec![after],
        columns: None,
    }
}

/// For each unit the index of its change.
pub(super) fn by_unit(
    entries: &[Entry],
    side: impl Fn(&Entry) -> &[Range<usize>],
) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        for at in side(entry).iter().cloned().flatten() {
            found.entry(at).or_insert(index);
        }
    }
    found
}
