//! What kind of change a change is: drawn from the words that changed, and from what they are in
//! their clause.

mod edit;
mod parties;
mod terms;
mod uses;
mod whole;

use super::marks::What;
use super::source::Source;
use super::{ChangeKind, Nature};
use crate::document::Kind;

pub(super) use edit::Edit;
pub(super) use whole::whole;

/// Kind and nature of a change.
pub(super) type Verdict = (ChangeKind, Nature);

/// Clauses that tell what is done with data.
const PROCESSING: [Kind; 11] = [
    Kind::Collection,
    Kind::Sensitive,
    Kind::Sharing,
    Kind::Transfer,
    Kind::Disclosure,
    Kind::CrossBorder,
    Kind::Profiling,
    Kind::Tracking,
    Kind::Permission,
    Kind::Sdk,
    Kind::Marketing,
];

/// Both documents, for what only the whole text tells.
pub(super) struct Both<'s, 'd> {
    pub(super) old: &'s Source<'d>,
    pub(super) new: &'s Source<'d>,
}

/// The kind of an edited clause's change.
pub(super) fn edited(both: &Both<'_, '_>, edit: &Edit<'_>) -> Verdict {
    if edit.is_date() {
        return (ChangeKind::Wording, Nature::Dated);
    }
    if let Some((nature, part)) = edit.sentences() {
        let verdict = match nature {
            Nature::Added => whole(both.new, both.old, &part, nature),
            _ => whole(both.old, both.new, &part, nature),
        };
        return match verdict.0 {
            ChangeKind::Wording => uses::permission(both, edit).unwrap_or(verdict),
            _ => verdict,
        };
    }
    parties::controller(both, edit)
        .or_else(|| parties::abroad(edit))
        .or_else(|| uses::field(both, edit))
        .or_else(|| parties::recipient(both, edit))
        .or_else(|| uses::technology(both, edit))
        .or_else(|| Some((ChangeKind::Minors, edit.nature(What::Age)?)))
        .or_else(|| parties::contact(both, edit))
        .or_else(|| uses::data(both, edit))
        .or_else(|| terms::term(both, edit))
        .or_else(|| uses::purpose(edit))
        .or_else(|| terms::rights(edit))
        .or_else(|| uses::permission(both, edit))
        .or_else(|| uses::member(edit))
        .or_else(|| terms::storage_place(edit))
        .unwrap_or((ChangeKind::Wording, Nature::Reworded))
}
