//! The policy: its contents beside its text, sensitive clauses and terms marked.
//!
//! `[data-zq-document]` holds the policy and only its characters, every one of them in order.
//! Labels such as 敏感 are therefore drawn by the style sheet from attributes.

use crate::html::Attribute;
use crate::{Html, sheet, text};
use zhiqing_policy::document::Passage;
use zhiqing_policy::{Clause, Document, Heading, Kind, Table};

/// The policy sheet. `version` is the site's name for the policy that is shown.
pub fn policy(document: &Document, version: &str) -> Html {
    let mut html = Html::default();
    sheet::open(&mut html, "sheet policy", text::POLICY, None);
    html.open("p", &[("class", "lead")]);
    html.text(text::VERSION);
    html.text(" ");
    html.text(version);
    html.text(" · ");
    html.text(text::POLICY_LEGEND);
    html.close("p");
    contents(&mut html, document);
    html.open(
        "article",
        &[("class", "document"), ("data-zq-document", "")],
    );
    self::document(&mut html, document);
    html.close("article");
    sheet::close_without_foot(&mut html);
    html
}

/// The policy sheet where the policy could not be fetched.
pub fn policy_missing() -> Html {
    let mut html = Html::default();
    sheet::open(
        &mut html,
        "sheet policy",
        text::POLICY,
        Some(text::POLICY_MISSING),
    );
    sheet::close_without_foot(&mut html);
    html
}

fn contents(html: &mut Html, document: &Document) {
    let headings = || {
        document
            .outline
            .iter()
            .filter(|heading| (1..=2).contains(&heading.level))
    };
    if headings().next().is_none() {
        return;
    }
    html.open("details", &[("class", "contents")]);
    html.leaf("summary", &[], text::CONTENTS);
    html.open("ol", &[]);
    for heading in headings() {
        html.open(
            "li",
            &[(
                "class",
                if heading.level == 1 {
                    "first"
                } else {
                    "second"
                },
            )],
        );
        let link = [
            ("type", "button"),
            ("class", "link"),
            ("data-zq", "goto"),
            ("data-zq-goto", heading.id.as_str()),
        ];
        html.open("button", &link);
        heading_text(html, heading);
        html.close("button");
        html.close("li");
    }
    html.close("ol");
    html.close("details");
}

fn document(html: &mut Html, document: &Document) {
    let mut passages = document.passages().peekable();
    let mut tables = document.tables.iter().peekable();
    while let Some(passage) = passages.next() {
        match passage {
            Passage::Heading(heading) => {
                let name = match heading.level {
                    0 => "h3",
                    1 => "h4",
                    2 => "h5",
                    _ => "h6",
                };
                html.open(name, &[("id", &heading.id)]);
                heading_text(html, heading);
                html.close(name);
            }
            Passage::Contents(line) => html.leaf("p", &[("class", "toc")], &line.text),
            Passage::Clause(clause) => {
                while tables
                    .peek()
                    .is_some_and(|table| table.end_line < clause.line)
                {
                    tables.next();
                }
                match tables.peek() {
                    Some(table) if table.line <= clause.line => {
                        let mut cells = vec![clause];
                        while let Some(Passage::Clause(next)) = passages.peek() {
                            if next.line > table.end_line {
                                break;
                            }
                            cells.push(next);
                            passages.next();
                        }
                        self::table(html, table, &cells);
                    }
                    _ => paragraph(html, "p", clause),
                }
            }
        }
    }
}

fn heading_text(html: &mut Html, heading: &Heading) {
    html.text(&heading.label);
    // 一、 carries its own space; 1. and (一) do not.
    if !heading.label.is_empty() && !heading.label.ends_with(['、', '）', '】']) {
        html.text(" ");
    }
    html.text(&heading.title);
}

/// Cells in source order, as many a row as the header has; a table whose cells do not come out
/// even is shown as paragraphs, so that nothing is lost.
fn table(html: &mut Html, table: &Table, cells: &[&Clause]) {
    let columns = table.header.len();
    if columns == 0 || !cells.len().is_multiple_of(columns) {
        cells.iter().for_each(|cell| paragraph(html, "p", cell));
        return;
    }
    html.open("div", &[("class", "scroll"), ("tabindex", "0")]);
    html.open("table", &[]);
    for row in cells.chunks(columns) {
        // Rows that name each of their cells (权限名称：位置) have no row of column names.
        let names = row
            .iter()
            .zip(&table.header)
            .all(|(cell, name)| cell.text == *name);
        html.open("tr", &[]);
        for cell in row {
            paragraph(html, if names { "th" } else { "td" }, cell);
        }
        html.close("tr");
    }
    html.close("table");
    html.close("div");
}

fn paragraph(html: &mut Html, name: &'static str, clause: &Clause) {
    let mut attributes: Vec<Attribute<'_>> = vec![("id", &clause.id)];
    if clause.kinds.contains(&Kind::Sensitive) {
        attributes.push(("class", "sensitive"));
        attributes.push(("data-label", text::SENSITIVE));
    }
    html.open(name, &attributes);
    let mut rest = clause.text.as_str();
    let mut at = 0;
    for term in clause.terms.iter().filter(|term| term.sensitive) {
        let skip = (term.start as usize).saturating_sub(at);
        let before = byte_of(rest, skip);
        let Some(marked) = rest[before..].strip_prefix(term.text.as_str()) else {
            continue;
        };
        html.text(&rest[..before]);
        html.leaf("mark", &[], &term.text);
        at = term.start as usize + term.text.chars().count();
        rest = marked;
    }
    html.text(rest);
    html.close(name);
}

/// Where the `n`th character of `text` begins.
fn byte_of(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
}
