//! What the facts tell of the place where a clause stands.

use std::ops::Range;

use crate::document::{Contact, Document};
use crate::structure::draft::Draft;

/// What a clause is by where it stands, whatever its words say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stands {
    /// A contact of the operator stands in it.
    pub(super) contact: bool,
    /// It belongs to a list of third-party kits.
    pub(super) kits: bool,
}

/// Where contacts stand and kits are listed.
#[derive(Debug)]
pub(super) struct Places {
    contacts: Vec<Contact>,
    /// Lines of lists of kits, from the first to behind the last.
    kits: Vec<Range<u32>>,
}

/// Most contacts of a line that are looked for in a clause.
const CONTACTS: usize = 64;

/// Fewest kits that are a list, and most lines that one of them takes.
const KITS: usize = 3;
const KIT_LINES: u32 = 16;

impl Places {
    /// Takes the contacts of the document, until they are [given back](Self::into_contacts).
    pub(super) fn new(document: &mut Document) -> Self {
        let lines: Vec<u32> = document.facts.sdks.iter().map(|kit| kit.line).collect();
        Self {
            contacts: std::mem::take(&mut document.facts.contacts),
            kits: lists(lines),
        }
    }

    pub(super) fn of(&self, draft: &Draft) -> Stands {
        Stands {
            contact: self.has_contact(draft),
            kits: self.is_of_kits(draft.line()),
        }
    }

    pub(super) fn into_contacts(self) -> Vec<Contact> {
        self.contacts
    }

    /// Many clauses may stand on a line, as in HTML: where a contact stands its words tell.
    fn has_contact(&self, draft: &Draft) -> bool {
        let from = self
            .contacts
            .partition_point(|contact| contact.line < draft.line());
        let here = self.contacts[from..]
            .iter()
            .take_while(|contact| contact.line <= draft.end_line());
        here.take(CONTACTS)
            .any(|contact| draft.text.contains(&contact.value))
    }

    fn is_of_kits(&self, line: u32) -> bool {
        let at = self.kits.partition_point(|list| list.end <= line);
        self.kits.get(at).is_some_and(|list| list.contains(&line))
    }
}

/// Kits that follow each other closely are a list, and what stands between them is said of the one
/// before: its purpose, its data, where its own policy is. The last one takes as many lines as the
/// one before it.
fn lists(mut kits: Vec<u32>) -> Vec<Range<u32>> {
    kits.sort_unstable();
    kits.dedup();
    kits.chunk_by(|kit, next| next - kit <= KIT_LINES)
        .filter_map(|list| match *list {
            [first, .., before, last] if list.len() >= KITS => Some(first..last + (last - before)),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(kits: &[u32], expected: &[(u32, u32)]) {
        let found: Vec<_> = lists(kits.to_vec())
            .iter()
            .map(|list| (list.start, list.end))
            .collect();
        assert_eq!(found, expected, "{kits:?}");
    }

    #[test]
    fn kits_close_to_each_other_are_a_list() {
        case(&[], &[]);
        case(&[4, 8], &[]);
        case(&[4, 8, 12], &[(4, 16)]);
        // Many on one line are one.
        case(&[4, 4, 4], &[]);
        case(&[20, 4, 8, 12, 90, 92, 93], &[(4, 28), (90, 94)]);
    }
}
