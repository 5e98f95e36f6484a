//! What changed between two versions of a policy.
//!
//! The straight line: each document becomes `units`, which `align` pairs by identity and by
//! likeness; `words` tells what differs inside a pair; the words that changed, and what they are in
//! their sentence (`marks`), give each change its kind (`verdict`), and kind and nature tell whether
//! it is `material`. What belongs together becomes one of the `entries`.

mod align;
mod change;
mod cues;
mod entries;
mod excerpt;
mod fold;
mod likeness;
mod marks;
mod material;
mod numbers;
mod places;
mod regroup;
mod runs;
mod side_by_side;
mod source;
#[cfg(test)]
mod tests;
mod units;
mod verdict;
mod words;

pub use change::{Change, ChangeKind, Diff, Nature, Passage, Place, Replaced, Row};
pub use material::Reason;

use crate::document::Document;
use source::Source;

/// Compares two versions of a policy. Numbers, blanks, the width of signs and the breaking of lines
/// do not count; what only moved is told as one change of wording. Time grows with the length of
/// the texts.
///
/// ```
/// use zhiqing_policy::{diff::{self, ChangeKind}, parse};
///
/// let old = parse("隐私政策\n一、收集\n登录时我们会收集您的手机号码。\n");
/// let new = parse("隐私政策\n一、收集\n登录时我们会收集您的手机号码、人脸信息。\n");
/// let diff = diff::compare(&old, &new);
/// assert!(diff.material);
/// assert_eq!(diff.changes.len(), 1);
/// assert_eq!(diff.changes[0].kind, ChangeKind::Data);
/// assert_eq!(diff.changes[0].words[0].new, "、人脸信息");
/// ```
pub fn compare(old: &Document, new: &Document) -> Diff {
    let (old, new) = (Source::of(old), Source::of(new));
    let pairs = align::align(&old.units, &new.units);
    let mut entries = entries::entries(&old, &new, &pairs);
    entries::in_order(&mut entries);
    let rows = side_by_side::rows(&old, &new, &pairs, &entries);
    let changes: Vec<Change> = entries.into_iter().map(|entry| entry.change).collect();
    Diff {
        material: changes.iter().any(|change| change.material),
        changes,
        rows,
    }
}
