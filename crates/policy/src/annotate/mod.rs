//! Drafts to clauses: ids, kinds and terms, then the facts.

use crate::document::{Category, Clause, Document, Kind, Term};
use crate::facts;
use crate::structure::draft::{Draft, Role};
use crate::structure::identity::Identities;
use crate::structure::{Structure, runin};
use crate::text::{between_stars, length};

mod kinds;
mod leads;
#[cfg(any(test, feature = "learn"))]
pub mod learn;
pub(crate) mod lexicon;
mod pattern;
mod places;
mod rules;
mod sentence;
mod terms;
mod weights;

use places::{Places, Stands};
use terms::Widening;

/// Draws the facts and names the clauses.
pub(crate) fn finish(structure: Structure) -> Document {
    document(structure, |_, _, _| (Vec::new(), Vec::new()))
}

/// The same, and marks every clause with its kinds and terms.
pub(crate) fn annotate(structure: Structure) -> Document {
    let texts = structure
        .clauses
        .iter()
        .map(|(draft, _)| draft.text.as_str());
    let widening = Widening::read(texts);
    let mut reader = kinds::Reader::new(&structure.document);
    document(structure, |draft, section, stands| {
        let mut terms = match draft.role {
            Role::Caption => Vec::new(),
            _ => terms::mark(draft, &widening),
        };
        // Where the operator can be reached its own number stands, which is no person's datum.
        if stands.contact {
            let contacts = terms
                .iter_mut()
                .filter(|term| term.category == Category::Contact);
            contacts.for_each(|term| term.sensitive = false);
        }
        let kinds = reader.of(draft, section, stands, &terms);
        (kinds, terms)
    })
}

/// Drafts to clauses; `mark` is told the place of a clause's heading in the outline, and what the
/// facts tell of where it stands.
fn document(
    structure: Structure,
    mut mark: impl FnMut(&Draft, Option<usize>, Stands) -> (Vec<Kind>, Vec<Term>),
) -> Document {
    let Structure {
        mut document,
        clauses,
    } = structure;
    {
        let drafts: Vec<&Draft> = clauses.iter().map(|(draft, _)| draft).collect();
        facts::draw(&mut document, &drafts);
    }
    let places = Places::new(&mut document);
    let mut ids = Identities::with_capacity(clauses.len());
    // Each clause takes the room of its draft: of a long text neither is small.
    let named = clauses.into_iter().map(|(draft, section)| {
        let (kinds, terms) = mark(&draft, section, places.of(&draft));
        let section = section.and_then(|at| document.outline.get(at));
        let from = draft.label.map_or(0, |label| label.length);
        // 法律规定的其他情形 stands under many a heading, and each keeps its name when another goes.
        let leans_on = match (&draft.leans_on, section) {
            (Some(place), _) => place,
            (None, Some(section)) if from > 0 => section.title.as_str(),
            _ => "",
        };
        Clause {
            id: ids.name("c", &draft.text[from..], draft.holds.blanks, leans_on),
            section: section.map(|section| section.id.clone()),
            line: draft.line(),
            column: draft.column,
            end_line: draft.end_line(),
            emphasis: emphasis(&draft),
            head: head(&draft),
            text: draft.text,
            kinds,
            terms,
            markup: draft.markup,
        }
    });
    document.clauses = named.collect();
    document.facts.contacts = places.into_contacts();
    document
}

/// The run-in head, in characters.
fn head(draft: &Draft) -> Option<[u32; 2]> {
    if draft.role != Role::Paragraph {
        return None;
    }
    let head = runin::head(&draft.text, draft.label)?;
    let start = length(&draft.text[..head.start]);
    Some([start, start + length(&draft.text[head])])
}

/// Parts that the policy emphasises: told by HTML, or between Markdown's stars.
fn emphasis(draft: &Draft) -> Vec<[u32; 2]> {
    let mut found: Vec<[u32; 2]> = draft
        .emphasis
        .iter()
        .map(|&(from, to)| [from, to])
        .collect();
    if found.is_empty() && draft.holds.stars {
        let mut at = 0;
        let mut parts = between_stars(&draft.text).enumerate().peekable();
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
