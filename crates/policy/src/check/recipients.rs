//! Recipients told as classes only: neither a name nor a list, nor the promise to tell them.

use super::absent::{first, is_present};
use super::reading::Reading;
use super::{Found, Rule};

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let rule = Rule::NoRecipientDetails;
    let facts = &reading.document.facts;
    // A kit with what it is for and what it takes is an entry of a list.
    let listed = facts
        .sdks
        .iter()
        .any(|kit| kit.purpose.is_some() || kit.data.is_some());
    if listed || is_present(reading, rule) {
        return;
    }
    if let Some(spot) = first(reading, rule, "states", "not") {
        found.push(Found::at(rule, spot));
    }
}
