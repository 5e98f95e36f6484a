//! The policy's JSON, read as far as its sheet shows it: what it states about itself is not asked here.

use crate::json::Value;
use crate::read::{Fields, read, whole};
use zhiqing_policy::document::{ContentsLine, Facts};
use zhiqing_policy::{Category, Clause, Document, Heading, Kind, Table, Term};

/// Reads a document.
///
/// # Errors
/// The place of what is wrong, and what it should be.
pub(crate) fn read_document(value: &Value) -> Result<Document, String> {
    read(value, |document| Document {
        title: document.optional("title"),
        effective_date: document.optional("effective_date"),
        updated_date: document.optional("updated_date"),
        outline: document.list("outline", |heading| Heading {
            id: heading.text("id"),
            level: u8::try_from(heading.number("level")).unwrap_or(u8::MAX),
            label: heading.text("label"),
            title: heading.text("title"),
            line: heading.number("line"),
            column: heading.number_or("column", 1),
            markup: None,
        }),
        contents: document.list("contents", |line| ContentsLine {
            line: line.number("line"),
            column: line.number_or("column", 1),
            text: line.text("text"),
            markup: None,
        }),
        clauses: document.list("clauses", clause),
        tables: document.list("tables", |table| Table {
            line: table.number("line"),
            end_line: table.number("end_line"),
            header: table.texts("header"),
            rows: rows(table.items("rows")),
            clauses: pair(table.value("clauses")),
        }),
        facts: Facts::default(),
    })
}

fn clause(clause: &Fields<'_>) -> Clause {
    let kinds = clause.texts("kinds");
    Clause {
        id: clause.text("id"),
        section: clause.optional("section"),
        line: clause.number("line"),
        column: clause.number_or("column", 1),
        end_line: clause.number("end_line"),
        text: clause.text("text"),
        // The sheet marks this one alone.
        kinds: match kinds.iter().any(|kind| kind == "sensitive") {
            true => vec![Kind::Sensitive],
            false => Vec::new(),
        },
        terms: clause.list("terms", |term| Term {
            line: term.number("line"),
            start: term.number("start"),
            text: term.text("text"),
            // Marked as sensitive or not, whatever it names.
            category: Category::OtherSensitive,
            sensitive: term.flag("sensitive"),
        }),
        head: clause.has("head").then(|| pair(clause.value("head"))),
        emphasis: clause.optional_list("emphasis", |clause| {
            clause.items("emphasis").iter().map(pair).collect()
        }),
        markup: None,
    }
}

/// The cells of a table.
fn rows(rows: &[Value]) -> Vec<Vec<String>> {
    let text = |cell: &Value| cell.text().unwrap_or_default().to_owned();
    let mut all = Vec::new();
    for row in rows {
        if let Value::List(cells) = row {
            all.push(cells.iter().map(text).collect());
        }
    }
    all
}

/// Two whole numbers; what is none is 0.
fn pair(value: &Value) -> [u32; 2] {
    let Value::List(list) = value else {
        return [0, 0];
    };
    [0, 1].map(|at: usize| list.get(at).and_then(whole).unwrap_or_default())
}
