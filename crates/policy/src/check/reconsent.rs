//! New consent to changes: promised anywhere, or not where the policy tells how it changes.

use super::absent::{first, says};
use super::reading::{Part, Reading, Sentence, Spot};
use super::{Found, Rule};
use crate::text::Glance;

const RULE: Rule = Rule::NoReconsent;

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    if says(reading, RULE, "present") || reading.is_cut_off(RULE) {
        return;
    }
    let guide = RULE.guide();
    let (heading, near) = (guide.patterns("heading"), guide.patterns("near"));
    // Whether each part is a heading about changes.
    let about: Vec<bool> = reading
        .parts
        .iter()
        .map(|part| part.is_heading() && heading.hold(&Glance::at(&part.folded)))
        .collect();
    let under = |part: &Part<'_>| part.under.is_some_and(|above| about[above]);
    let mut first_under = None;
    // The part in which the policy's own changes are spoken of.
    let mut speaks = None;
    for sentence in reading.sentences() {
        let part = &reading.parts[sentence.part];
        if part.is_heading() {
            continue;
        }
        let stated = states(&sentence);
        if stated.is_some() {
            speaks = Some(sentence.part);
        }
        if !under(part) && speaks != Some(sentence.part) {
            continue;
        }
        if near.hold(&sentence.glance) {
            return;
        }
        if first_under.is_none() && under(part) {
            first_under = stated;
        }
    }
    let anywhere = || first(reading, RULE, "states", "not");
    // A short item of a list may have been taken for a heading.
    let in_headings = || reading.sentences().find_map(|sentence| states(&sentence));
    match first_under.or_else(anywhere).or_else(in_headings) {
        Some(spot) => found.push(Found::at(RULE, spot)),
        None if says(reading, RULE, "purpose") => {}
        None => found.push(Found::absent(RULE).case("silent")),
    }
}

/// The words by which a sentence says that the policy changes.
fn states(sentence: &Sentence<'_>) -> Option<Spot> {
    let guide = RULE.guide();
    let words = guide.patterns("states").find(&sentence.glance)?;
    (!guide.patterns("not").hold(&sentence.glance)).then(|| sentence.spot(&words))
}
