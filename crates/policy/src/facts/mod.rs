//! Facts: what the text states about its operator, its terms and what it uses on the device.
//! Where a fact is not plainly stated, nothing is said.

mod contacts;
mod dates;
mod deadlines;
mod devices;
mod minors;
mod operator;
mod recipients;
mod technologies;

use crate::document::{Document, Facts};
use crate::structure::draft::Draft;

/// Draws the facts into the document; its tables must be in place.
pub(crate) fn draw(document: &mut Document, drafts: &[&Draft]) {
    (document.effective_date, document.updated_date) = dates::find(drafts);
    let (permissions, sdks) = devices::find(drafts, &document.tables);
    document.facts = Facts {
        operator: operator::find(drafts),
        contacts: contacts::find(drafts),
        deadlines: deadlines::find(drafts),
        minors: minors::find(drafts),
        technologies: technologies::find(drafts),
        permissions,
        sdks,
        recipients: recipients::find(drafts),
    };
}

/// Drafts of single lines, for tests.
#[cfg(test)]
fn drafts(text: &str) -> Vec<Draft> {
    use crate::structure::draft::Role;
    crate::input::lines::split(text)
        .iter()
        .map(|line| Draft::of(line, Role::Paragraph))
        .collect()
}

/// Runs a finder over the lines of a text, for tests.
#[cfg(test)]
fn over<T>(text: &str, find: impl FnOnce(&[&Draft]) -> T) -> T {
    let drafts = drafts(text);
    find(&drafts.iter().collect::<Vec<_>>())
}
