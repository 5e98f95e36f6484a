//! Permissions asked for without a purpose.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Reading, Spot};
use super::{Found, Rule};
use crate::document::PermissionFact;
use crate::text::Glance;

const RULE: Rule = Rule::PermissionWithoutPurpose;

/// Parts on either side that may tell the purpose: of a table whose cells nothing parts, for one.
const BESIDE: usize = 2;

/// Bytes of a text that may be such a cell.
const CELL: usize = 150;

/// Names that are looked for, and places of them: devices have no more permissions, and a text of nothing
/// but names shall not be read once for each.
const MOST: usize = 200;

/// One finding for all that a clause asks for together.
pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let facts = &reading.document.facts.permissions;
    let silent: Vec<&PermissionFact> = facts.iter().filter(|p| p.purpose.is_none()).collect();
    if silent.is_empty() {
        return;
    }
    let guide = RULE.guide();
    let (listed, aim) = (guide.patterns("listed"), guide.patterns("aim"));
    let mut seen = BTreeSet::new();
    let names = silent.iter().map(|permission| &*permission.name);
    let mut untold: Vec<(&str, Vec<&str>)> = names
        .filter(|name| seen.insert(*name))
        .take(MOST)
        .map(|name| (name, words(name)))
        .collect();
    for sentence in reading.sentences() {
        if listed.hold(&sentence.glance) {
            // What each is for stands in a list of its own.
            return;
        }
        if aim.hold(&sentence.glance) {
            untold.retain(|(_, words)| !sentence.glance.sees(words));
        }
    }
    let mut asked: BTreeMap<usize, (Spot, Vec<&str>)> = BTreeMap::new();
    let untold: BTreeSet<&str> = untold.into_iter().map(|(name, _)| name).collect();
    let silent = silent.iter().filter(|p| untold.contains(&*p.name));
    for permission in silent.take(MOST) {
        if let Some(spot) = place(reading, permission) {
            let (all, names) = asked
                .entry(spot.part)
                .or_insert_with(|| (spot.clone(), Vec::new()));
            all.words.start = all.words.start.min(spot.words.start);
            all.words.end = all.words.end.max(spot.words.end);
            names.push(&permission.name);
        }
    }
    for (spot, names) in asked.into_values() {
        found.push(Found::at(RULE, spot).detail(names.join("、")));
    }
}

/// The words that speak of a permission: a row of the file, or its name alone.
fn words(name: &str) -> Vec<&str> {
    let rows = RULE.guide().words("same");
    let row = rows.iter().map(|row| row.split('|').collect::<Vec<_>>());
    row.into_iter()
        .find(|row| row.contains(&name))
        .unwrap_or_else(|| vec![name])
}

/// Where it is asked for, in words of asking, with no purpose beside it.
fn place(reading: &Reading<'_>, permission: &PermissionFact) -> Option<Spot> {
    let guide = RULE.guide();
    let (asks, aim) = (guide.patterns("asks"), guide.patterns("aim"));
    let taken_back = guide.patterns("not");
    let spot = reading
        .at_line(permission.line, 0)
        .into_iter()
        .find_map(|index| {
            let part = &reading.parts[index];
            let mut sentences = part.sentences();
            sentences.find_map(|range| {
                let sentence = &part.folded[range.clone()];
                let at = sentence.find(&*permission.name)?;
                let glance = Glance::at(sentence);
                (asks.hold(&glance) && !taken_back.hold(&glance)).then(|| Spot {
                    part: index,
                    words: range.start + at..range.start + at + permission.name.len(),
                })
            })
        })?;
    if reading.parts[spot.part].folded.contains('。') {
        return Some(spot);
    }
    let from = spot.part.saturating_sub(BESIDE);
    let to = (spot.part + BESIDE + 1).min(reading.parts.len());
    let beside = &reading.parts[from..to];
    let told = beside
        .iter()
        .filter(|part| part.folded.len() < CELL)
        .any(|part| aim.hold(&Glance::at(&part.folded)));
    (!told).then_some(spot)
}
