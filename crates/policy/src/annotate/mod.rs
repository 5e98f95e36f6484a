//! Drafts to clauses: ids, kinds and terms, then the facts.

use std::collections::BTreeSet;

use crate::document::{Clause, Document, Kind};
use crate::facts;
use crate::structure::draft::{Draft, Role};
use crate::structure::identity::Identities;
use crate::structure::{Structure, runin};
use crate::text::length;

pub(crate) mod kinds;
pub(crate) mod lexicon;
mod terms;

use terms::Widening;

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
    let mut clauses_of = Vec::with_capacity(clauses.len());
    for (draft, section) in clauses {
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
        let section = section.and_then(|at| document.outline.get(at));
        let from = draft.label.map_or(0, |label| label.length);
        // 法律规定的其他情形 stands under many a heading, and each keeps its name when another goes.
        let leans_on = match (&draft.leans_on, section) {
            (Some(place), _) => place,
            (None, Some(section)) if from > 0 => section.title.as_str(),
            _ => "",
        };
        let head = (draft.role == Role::Paragraph)
            .then(|| runin::head(&draft.text, draft.label))
            .flatten()
            .map(|head| {
                let start = length(&draft.text[..head.start]);
                [start, start + length(&draft.text[head])]
            });
        clauses_of.push(Clause {
            id: ids.name("c", &draft.text[from..], leans_on),
            section: section.map(|section| section.id.clone()),
            line: draft.line(),
            column: draft.column,
            end_line: draft.end_line(),
            emphasis: emphasis(&draft),
            head,
            text: draft.text,
            kinds,
            terms,
            markup: draft.markup,
        });
    }
    document.clauses = clauses_of;
    document
}

/// Parts that the policy emphasises: told by HTML, or between Markdown's stars.
fn emphasis(draft: &Draft) -> Vec<[u32; 2]> {
    let mut found: Vec<[u32; 2]> = draft
        .emphasis
        .iter()
        .map(|&(from, to)| [from, to])
        .collect();
    if found.is_empty() && draft.text.contains("**") {
        let mut at = 0;
        let mut parts = draft.text.split("**").enumerate().peekable();
        while let Some((index, part)) = parts.next() {
            let end = at + length(part);
            if index % 2 == 1 && end > at && parts.peek().is_some() {
                found.push([at, end]);
            }
            at = end + 2;
        }
    }
    found
}
