//! What a whole policy must say, and nowhere does: each rule's file lists the ways to say it (`[present]`).
//! One that is enough is enough: to call something absent that is there would be worse than to miss it.

use super::reading::{Reading, Sentence, Spot};
use super::{Found, Rule};

/// Who it is, how to reach them, since when.
pub(super) fn find_who(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let document = reading.document;
    let dated = document.effective_date.is_some() || document.updated_date.is_some();
    if !dated && is_missing(reading, Rule::NoEffectiveDate) {
        found.push(Found::absent(Rule::NoEffectiveDate));
    }
    let facts = &document.facts;
    for (rule, told) in [
        (Rule::NoOperator, facts.operator.is_some()),
        (Rule::NoContact, !facts.contacts.is_empty()),
    ] {
        if !told && is_missing(reading, rule) {
            found.push(match last(reading, rule, "blank") {
                Some(spot) => Found::at(rule, spot).case("blank"),
                None => Found::absent(rule),
            });
        }
    }
}

/// What holds for whoever handles personal data.
pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let minors = !reading.document.facts.minors.is_empty();
    for (rule, told) in [
        (Rule::NoRights, false),
        (Rule::NoRetention, false),
        (Rule::NoWithdrawal, false),
        (Rule::NoMinors, minors),
    ] {
        if !told && is_missing(reading, rule) {
            found.push(section(reading, rule));
        }
    }
    // A way out is due only where there is something to get out of.
    if let Some(spot) = first(reading, Rule::NoRefusalOption, "states", "not")
        && is_missing(reading, Rule::NoRefusalOption)
    {
        found.push(Found::at(Rule::NoRefusalOption, spot));
    }
}

/// Something missing: where the section is in which it belongs, or nowhere.
pub(super) fn section(reading: &Reading<'_>, rule: Rule) -> Found {
    let about = rule.guide().patterns("section");
    let title = reading.sentences().find_map(|sentence| {
        let is_title = reading.parts[sentence.part].is_heading();
        let words = is_title.then(|| about.find(&sentence.glance))??;
        Some(sentence.spot(&words))
    });
    match title {
        Some(spot) => Found::at(rule, spot).case("here"),
        None => Found::absent(rule),
    }
}

/// Whether the text does not say it, and does not break off before a section about it.
pub(super) fn is_missing(reading: &Reading<'_>, rule: Rule) -> bool {
    !is_present(reading, rule) && !reading.is_cut_off(rule)
}

/// Whether the text says it, in a heading or in a sentence.
fn is_present(reading: &Reading<'_>, rule: Rule) -> bool {
    let guide = rule.guide();
    let (present, empty) = (guide.patterns("present"), guide.patterns("empty"));
    reading
        .sentences()
        .any(|sentence| present.hold(&sentence.glance) && !empty.hold(&sentence.glance))
}

/// Whether a sentence has one of a list's patterns.
pub(super) fn says(reading: &Reading<'_>, rule: Rule, list: &str) -> bool {
    let patterns = rule.guide().patterns(list);
    reading
        .sentences()
        .any(|sentence| patterns.hold(&sentence.glance))
}

/// The words of the last clause's sentence that has one of a list's patterns: names and contacts are left
/// blank where they belong, which is at the end.
fn last(reading: &Reading<'_>, rule: Rule, list: &str) -> Option<Spot> {
    let patterns = rule.guide().patterns(list);
    let in_clause = |sentence: &Sentence<'_>| !reading.parts[sentence.part].is_heading();
    let found = reading
        .sentences()
        .filter(in_clause)
        .filter_map(|sentence| {
            let words = patterns.find(&sentence.glance)?;
            Some(sentence.spot(&words))
        });
    found.last()
}

/// The words of the first clause's sentence that has one of a list's patterns, and none of another's.
pub(super) fn first(reading: &Reading<'_>, rule: Rule, list: &str, not: &str) -> Option<Spot> {
    let guide = rule.guide();
    let (patterns, not) = (guide.patterns(list), guide.patterns(not));
    let in_clause = |sentence: &Sentence<'_>| !reading.parts[sentence.part].is_heading();
    reading.sentences().filter(in_clause).find_map(|sentence| {
        let words = patterns.find(&sentence.glance)?;
        (!not.hold(&sentence.glance)).then(|| sentence.spot(&words))
    })
}
