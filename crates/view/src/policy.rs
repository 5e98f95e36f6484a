//! The policy: its contents beside its text, sensitive clauses and terms marked.
//!
//! `[data-zq-document]` holds the policy and only its characters, every one of them in order.
//! Labels such as 敏感 are therefore drawn by the style sheet from attributes.

use crate::html::Attribute;
use crate::rights::contacts;
use crate::{Html, sheet, text::Texts};
use zhiqing_consent::Notice;
use zhiqing_policy::document::Passage;
use zhiqing_policy::{Clause, Document, Heading, Kind, Table};

/// The policy sheet. `version` is the site's name for the policy that is shown.
pub fn policy(texts: Texts<'_>, document: &Document, version: &str) -> Html {
    let mut html = Html::default();
    sheet::open(&mut html, texts, "sheet policy", texts.get("policy"), None);
    let version = texts.fill("policy_version", &[("version", version)]);
    html.write(
        texts,
        r#"<p class="lead">{} · [policy_legend]</p>"#,
        &[&version],
    );
    contents(&mut html, texts, document);
    html.markup(r#"<article class="document" data-zq-document>"#);
    self::document(&mut html, texts, document, ["h3", "h4", "h5", "h6"]);
    html.close("article");
    sheet::close_without_foot(&mut html);
    html
}

/// The policy sheet where the policy could not be fetched: the operator can still be asked.
pub fn policy_missing(notice: &Notice) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    let note = Some(texts.get("policy_missing"));
    sheet::open(
        &mut html,
        texts,
        "sheet policy missing",
        texts.get("policy"),
        note,
    );
    if !notice.contacts.is_empty() {
        // With a stop for keys, because nothing else in this sheet can be scrolled by them.
        html.write(
            texts,
            r#"<section class="group" tabindex="0" aria-labelledby="zq-contact"><h3 id="zq-contact">[contact]</h3><dl class="card" part="card">"#,
            &[],
        );
        contacts(&mut html, notice);
        html.markup("</dl></section>");
    }
    sheet::close_without_foot(&mut html);
    html
}

fn contents(html: &mut Html, texts: Texts<'_>, document: &Document) {
    let headings = || {
        document
            .outline
            .iter()
            .filter(|heading| (1..=2).contains(&heading.level))
    };
    if headings().next().is_none() {
        return;
    }
    html.write(
        texts,
        r#"<details class="contents"><summary>[contents]</summary><ol>"#,
        &[],
    );
    for heading in headings() {
        let class = match heading.level {
            1 => "first",
            _ => "second",
        };
        html.write(
            texts,
            r#"<li class="{}"><button type="button" class="link" data-zq="goto" data-zq-goto="{}">"#,
            &[class, &heading.id],
        );
        heading_text(html, heading);
        html.markup("</button></li>");
    }
    html.markup("</ol></details>");
}

/// The text itself: what `[data-zq-document]` holds. `headings` are the elements of its title and of the
/// levels below, so that they follow on what stands above them.
pub(crate) fn document(
    html: &mut Html,
    texts: Texts<'_>,
    document: &Document,
    headings: [&'static str; 4],
) {
    let mut passages = document.passages().peekable();
    let mut tables = document.tables.iter().peekable();
    let mut index = 0;
    while let Some(passage) = passages.next() {
        match passage {
            Passage::Heading(heading) => {
                let name = headings[usize::from(heading.level).min(3)];
                html.open(name, &[("id", &heading.id)]);
                heading_text(html, heading);
                html.close(name);
            }
            Passage::Contents(line) => html.leaf("p", &[("class", "toc")], &line.text),
            Passage::Clause(first) => {
                while tables.peek().is_some_and(|table| table.clauses[0] < index) {
                    tables.next();
                }
                let table = tables.peek().filter(|table| table.clauses[0] == index);
                index += 1;
                match table {
                    Some(table) => {
                        let mut cells = vec![first];
                        while index < table.clauses[1]
                            && let Some(&Passage::Clause(cell)) = passages.peek()
                        {
                            cells.push(cell);
                            passages.next();
                            index += 1;
                        }
                        self::table(html, texts, table, &cells);
                    }
                    None => clause(html, texts, "p", &[], first),
                }
            }
        }
    }
}

/// A heading with its number.
pub(crate) fn heading_text(html: &mut Html, heading: &Heading) {
    html.text(&heading.label);
    // 一、 carries its own space; 1. and (一) do not.
    if !heading.label.is_empty() && !heading.label.ends_with(['、', '）', '】']) {
        html.text(" ");
    }
    html.text(&heading.title);
}

/// A cell of a table: its text, and its clause unless it is empty or another cell spans its place.
type Cell<'a> = (&'a str, Option<&'a Clause>);

/// A table of more columns than this is stacked on a narrow screen: a cell below the other.
const BESIDE: usize = 3;

/// The table with each clause in its cell. Clauses that no cell asks for stand below, so that
/// nothing is lost.
fn table(html: &mut Html, texts: Texts<'_>, table: &Table, mut clauses: &[&Clause]) {
    // Rows that name each of their cells (权限名称：位置) have no row of column names.
    let named = table.header.iter().find(|name| !name.is_empty());
    let named = named
        .zip(clauses.first())
        .is_none_or(|(name, first)| !says(first, name));
    let mut grid: Vec<Vec<Cell<'_>>> = Vec::new();
    let header = (!named).then_some(&table.header);
    for row in header.into_iter().chain(&table.rows) {
        let mut cells: Vec<Cell<'_>> = Vec::new();
        let before = clauses.len();
        for text in row {
            let mut own = None;
            if let Some((first, rest)) = clauses.split_first()
                && (says(first, text) || named && value(first, text))
            {
                own = Some(*first);
                clauses = rest;
            }
            cells.push((text, own));
        }
        if clauses.len() < before {
            grid.push(cells);
        }
    }
    if !grid.is_empty() {
        let class = match table.header.len() > BESIDE {
            true => "scroll stack",
            false => "scroll",
        };
        html.write(texts, r#"<div class="{}" tabindex="0"><table>"#, &[class]);
        for at in 0..grid.len() {
            html.open("tr", &[]);
            row(html, texts, &grid, at, header);
            html.close("tr");
        }
        html.markup("</table></div>");
    }
    for rest in clauses {
        clause(html, texts, "p", &[], rest);
    }
}

/// Writes the row `at`: a cell that spans others has their place, too.
fn row(
    html: &mut Html,
    texts: Texts<'_>,
    grid: &[Vec<Cell<'_>>],
    at: usize,
    header: Option<&Vec<String>>,
) {
    let (above, below) = grid.split_at(at);
    let Some((row, below)) = below.split_first() else {
        return;
    };
    for (column, (words, own)) in row.iter().enumerate() {
        let spanned = |cell: &Cell<'_>| cell.1.is_none() && cell.0 == *words;
        let (before, after) = row.split_at(column);
        let name = match at {
            0 => None,
            _ => header.and_then(|header| header.get(column)),
        };
        let name = name.map_or("", String::as_str);
        let Some(own) = own else {
            let says = |cell: Option<&Cell<'_>>| cell.is_some_and(|cell| cell.0 == *words);
            let left = says(before.last());
            let above = says(above.last().and_then(|row| row.get(column)));
            if words.is_empty() || !left && !above {
                html.leaf("td", &[], "");
            } else if !left && column > 0 {
                // Only a stack has a place for it, where nothing can span rows.
                html.markup("<td hidden");
                if !name.is_empty() {
                    html.write(texts, r#" data-name="{}""#, &[name]);
                }
                html.write(texts, r#" data-label="[same]"></td>"#, &[]);
            }
            continue;
        };
        let columns = 1 + after.iter().skip(1).take_while(|c| spanned(c)).count();
        let rows = below.iter().take_while(|row| {
            let place = row.get(column..column + columns);
            place.is_some_and(|cells| cells.iter().all(spanned))
        });
        let (columns, rows) = (columns.to_string(), (1 + rows.count()).to_string());
        let mut attributes: Vec<Attribute<'_>> = Vec::new();
        let element = match (header, at, column) {
            (Some(_), 0, _) => {
                attributes.push(("scope", "col"));
                "th"
            }
            (_, _, 0) => {
                attributes.push(("scope", "row"));
                "th"
            }
            _ => "td",
        };
        if !name.is_empty() {
            attributes.push(("data-name", name));
        }
        if columns != "1" {
            attributes.push(("colspan", &columns));
        }
        if rows != "1" {
            attributes.push(("rowspan", &rows));
        }
        clause(html, texts, element, &attributes, own);
    }
}

/// Whether a clause is the cell that says `text`; a column's name is without Markdown's stars.
fn says(clause: &Clause, text: &str) -> bool {
    let starred = clause.text.strip_prefix("**");
    let bare = starred.and_then(|rest| rest.strip_suffix("**"));
    clause.text == text || bare == Some(text)
}

/// Whether a clause is `name：value`, and `text` its value.
fn value(clause: &Clause, text: &str) -> bool {
    let name = clause.text.strip_suffix(text);
    name.is_some_and(|name| name.contains(['：', ':']))
}

const HEAD: u8 = 1;
const BOLD: u8 = 2;
const MARK: u8 = 4;
const SIGN: u8 = 8;

/// What a part of a clause can be, outermost first.
const PARTS: [(u8, &str, &[Attribute<'_>]); 4] = [
    (HEAD, "span", &[("class", "head")]),
    (BOLD, "b", &[]),
    (MARK, "mark", &[]),
    // Characters of the policy, but not words: kept, and neither seen nor heard.
    (SIGN, "span", &[("class", "md"), ("aria-hidden", "true")]),
];

/// Writes a clause as an element. Whatever its ranges say, its characters are all there.
fn clause(
    html: &mut Html,
    texts: Texts<'_>,
    name: &'static str,
    more: &[Attribute<'_>],
    clause: &Clause,
) {
    let mut attributes: Vec<Attribute<'_>> = vec![("id", &clause.id)];
    if clause.kinds.contains(&Kind::Sensitive) {
        attributes.push(("class", "sensitive"));
        attributes.push(("data-label", texts.get("sensitive")));
    }
    attributes.extend_from_slice(more);
    html.open(name, &attributes);

    let text = clause.text.as_str();
    // What each byte is a part of. Ranges begin and end with a character, so parts do, too.
    let mut parts = vec![0; text.len()];
    let mut set = |from: usize, to: usize, part: u8| {
        for byte in parts.get_mut(from..to).unwrap_or_default() {
            *byte |= part;
        }
    };
    if let Some([from, to]) = clause.head {
        set(byte_of(text, from), byte_of(text, to), HEAD);
    }
    for &[from, to] in &clause.emphasis {
        let (from, to) = (byte_of(text, from), byte_of(text, to));
        set(from, to, BOLD);
        if text[..from].ends_with("**") && text[to..].starts_with("**") {
            set(from - 2, from, SIGN);
            set(to, to + 2, SIGN);
        }
    }
    for term in clause.terms.iter().filter(|term| term.sensitive) {
        let from = byte_of(text, term.start);
        if text[from..].starts_with(&term.text) {
            set(from, from + term.text.len(), MARK);
        }
    }

    let mut rest = text;
    for run in parts.chunk_by(|a, b| a == b) {
        let (words, after) = rest.split_at(run.len());
        for (part, name, attributes) in &PARTS {
            if run[0] & part != 0 {
                html.open(name, attributes);
            }
        }
        html.text(words);
        for (part, name, _) in PARTS.iter().rev() {
            if run[0] & part != 0 {
                html.close(name);
            }
        }
        rest = after;
    }
    html.close(name);
}

/// Where the `n`th character of `text` begins.
fn byte_of(text: &str, n: u32) -> usize {
    let at = text.char_indices().nth(n as usize);
    at.map_or(text.len(), |(at, _)| at)
}
