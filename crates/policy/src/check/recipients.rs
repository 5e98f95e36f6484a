//! Recipients told as classes only: neither a name nor a list, nor the promise to tell them.

use super::absent::is_missing;
use super::reading::Reading;
use super::{Found, Rule};
use crate::text::Glance;

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let rule = Rule::NoRecipientDetails;
    // A kit that is named is a recipient that is.
    if !reading.document.facts.sdks.is_empty() || !is_missing(reading, rule) {
        return;
    }
    let guide = rule.guide();
    let entrusted = guide.patterns("entrusted");
    // The last clause that is about those who only work for the operator.
    let mut works = None;
    let given = reading.sentences().find_map(|sentence| {
        let part = &reading.parts[sentence.part];
        let words = guide.patterns("states").find(&sentence.glance)?;
        if part.is_heading()
            || works == Some(sentence.part)
            || guide.patterns("not").hold(&sentence.glance)
        {
            return None;
        }
        if entrusted.hold(&Glance::at(&part.folded)) {
            works = Some(sentence.part);
            return None;
        }
        Some(sentence.spot(&words))
    });
    found.extend(given.map(|spot| Found::at(rule, spot)));
}
