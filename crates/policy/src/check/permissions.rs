//! Permissions asked for without a purpose.

use super::reading::{Reading, Spot};
use super::{Found, Rule};
use crate::document::PermissionFact;

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let rule = Rule::PermissionWithoutPurpose;
    let facts = &reading.document.facts.permissions;
    let silent: Vec<&PermissionFact> = facts.iter().filter(|p| p.purpose.is_none()).collect();
    if silent.is_empty() {
        return;
    }
    let guide = rule.guide();
    let (listed, aim) = (guide.patterns("listed"), guide.patterns("aim"));
    let mut told = vec![false; silent.len()];
    for sentence in reading.sentences() {
        if listed.hold(&sentence.glance) {
            // What each is for stands in a list of its own.
            return;
        }
        if !aim.hold(&sentence.glance) {
            continue;
        }
        for (permission, told) in silent.iter().zip(&mut told) {
            *told |= sentence.text().contains(&permission.name);
        }
    }
    for (permission, told) in silent.iter().zip(told) {
        if let Some(spot) = asked(reading, permission).filter(|_| !told) {
            found.push(Found::at(rule, spot).detail(&permission.name));
        }
    }
}

/// Where it is asked for, in words of asking.
fn asked(reading: &Reading<'_>, permission: &PermissionFact) -> Option<Spot> {
    let asks = Rule::PermissionWithoutPurpose.guide().patterns("asks");
    let first = reading
        .parts
        .partition_point(|part| part.end_line() < permission.line);
    let parts = reading.parts[first..].iter().enumerate();
    let mut parts = parts.take_while(|(_, part)| part.line() <= permission.line);
    parts.find_map(|(index, part)| {
        let mut sentences = part.sentences();
        sentences.find_map(|range| {
            let sentence = &part.folded[range.clone()];
            let at = sentence.find(&*permission.name)?;
            asks.hold(&crate::text::Glance::at(sentence)).then(|| Spot {
                part: first + index,
                words: range.start + at..range.start + at + permission.name.len(),
            })
        })
    })
}
