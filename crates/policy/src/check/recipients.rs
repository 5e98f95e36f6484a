//! Recipients told as classes only: neither a name nor a list, nor the promise to tell them.

use super::absent::{first, is_present};
use super::reading::Reading;
use super::{Found, Rule};

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let rule = Rule::NoRecipientDetails;
    // A kit that is named is a recipient that is.
    if !reading.document.facts.sdks.is_empty() || is_present(reading, rule) {
        return;
    }
    if let Some(spot) = first(reading, rule, "states", "not") {
        found.push(Found::at(rule, spot));
    }
}
