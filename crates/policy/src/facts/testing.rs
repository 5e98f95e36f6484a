//! What the tests of the extractors share.

use super::draw;
use crate::document::{ContactKind, Document, Heading, Table};
use crate::structure::draft::{Draft, Role};

/// The document of single lines, for tests: a line that starts with `#` is a heading, of a level for each.
pub(super) fn over(text: &str) -> Document {
    let mut document = Document::default();
    let mut drafts = Vec::new();
    for line in crate::input::lines::split(text) {
        let title = line.text.trim_start_matches('#');
        let level = line.text.len() - title.len();
        if level > 0 {
            document.outline.push(Heading {
                level: u8::try_from(level).unwrap_or(u8::MAX),
                title: title.to_owned(),
                line: line.number,
                ..Heading::default()
            });
        } else {
            drafts.push(Draft::of(&line, Role::Paragraph));
        }
    }
    draw(&mut document, &drafts.iter().collect::<Vec<_>>());
    document
}

/// The contacts of one kind in single lines, for tests.
pub(super) fn contacts_of(text: &str, kind: ContactKind) -> Vec<String> {
    let contacts = over(text).facts.contacts.into_iter();
    let same = contacts.filter(|contact| contact.kind == kind);
    same.map(|contact| contact.value).collect()
}

/// The document of one table of cells, each on a line of its own, for tests.
pub(super) fn over_table(lead: &str, header: &[&str], rows: &[&[&str]]) -> Document {
    let mut drafts = vec![Draft::new(1, lead, Role::Paragraph)];
    let mut line = 1;
    for (cell, role) in header.iter().map(|cell| (cell, Role::Caption)).chain(
        rows.iter()
            .flat_map(|row| row.iter().map(|cell| (cell, Role::Cell))),
    ) {
        line += 1;
        drafts.push(Draft::new(line, cell, role));
    }
    let text = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect();
    let mut document = Document {
        tables: vec![Table {
            line: 2,
            end_line: line,
            header: text(header),
            rows: rows.iter().map(|row| text(row)).collect(),
            clauses: [1, line],
        }],
        ..Document::default()
    };
    draw(&mut document, &drafts.iter().collect::<Vec<_>>());
    document
}

/// Name, purpose, data and line of a kit.
pub(super) type Kit<'a> = (&'a str, Option<&'a str>, Option<&'a str>, u32);

/// Asks for the kits that single lines name.
#[track_caller]
pub(super) fn kits_are(text: &str, expected: &[Kit<'_>]) {
    let found = over(text).facts.sdks;
    let found: Vec<Kit<'_>> = found
        .iter()
        .map(|kit| {
            let (purpose, data) = (kit.purpose.as_deref(), kit.data.as_deref());
            (kit.name.as_str(), purpose, data, kit.line)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// Asks for the classes of recipients that single lines name.
#[track_caller]
pub(super) fn recipients_are(text: &str, expected: &[&str]) {
    let found = over(text).facts.recipients;
    let found: Vec<_> = found.iter().map(|fact| fact.class.as_str()).collect();
    assert_eq!(found, expected, "{text}");
}
