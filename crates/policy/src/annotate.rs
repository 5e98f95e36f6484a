//! Drafts to clauses: ids, kinds and terms, then the facts.

use std::collections::BTreeSet;

use crate::document::{Clause, Document, Kind};
use crate::draft::{Draft, Role};
use crate::identity::Identities;
use crate::structure::Structure;
use crate::terms::Widening;
use crate::{facts, kinds, terms};

/// Marks every clause and draws the facts.
pub(crate) fn annotate(structure: Structure) -> Document {
    let Structure {
        mut document,
        clauses,
    } = structure;
    let widening = Widening::read(clauses.iter().map(|(draft, _)| draft.text.as_str()));
    let drafts: Vec<&Draft> = clauses.iter().map(|(draft, _)| draft).collect();
    facts::draw(&mut document, &drafts);
    let reached: BTreeSet<u32> = document
        .facts
        .contacts
        .iter()
        .map(|contact| contact.line)
        .collect();
    let mut ids = Identities::default();
    document.clauses = clauses
        .into_iter()
        .map(|(draft, section)| {
            let states = draft.role != Role::Caption;
            let terms = if states {
                terms::mark(&draft, &widening)
            } else {
                Vec::new()
            };
            let mut kinds = if states {
                kinds::of(&draft.text, &terms)
            } else {
                Vec::new()
            };
            // A bare address or number is a contact although no word says so.
            let lines = draft.line()..=draft.end_line();
            let reached = reached.range(lines).next().is_some();
            if states && reached && !kinds.contains(&Kind::Contact) {
                kinds.push(Kind::Contact);
                kinds.sort();
            }
            Clause {
                id: ids.name("c", &draft.text),
                section,
                line: draft.line(),
                end_line: draft.end_line(),
                text: draft.text,
                kinds,
                terms,
            }
        })
        .collect();
    document
}
