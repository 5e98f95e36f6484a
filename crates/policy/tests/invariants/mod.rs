//! What holds for every document, whatever it was read from: asked by the properties and by the
//! fuzz targets.

use std::collections::HashSet;

use zhiqing_policy::{Document, Passage, to_text};

/// The text's visible characters.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .collect()
}

/// What holds for a document of plain text or Markdown: what holds for every one, every character
/// is kept in order, and every place is where it is said to be.
///
/// # Panics
/// Where something does not hold.
#[track_caller]
pub(crate) fn of_text(text: &str, document: &Document) {
    assert_eq!(visible(&to_text(document)), visible(text), "characters");
    let lines = lines(text);
    of_any(lines.len(), document);
    let at = |line: u32, column: u32| lines[line as usize - 1].get(column as usize - 1);
    for clause in &document.clauses {
        let first = clause.text.chars().next();
        assert_eq!(at(clause.line, clause.column), first.as_ref(), "{clause:?}");
        for term in &clause.terms {
            let first = term.text.chars().next().expect("not empty");
            assert!(lines[term.line as usize - 1].contains(&first), "{term:?}");
        }
    }
    for heading in &document.outline {
        let first = at(heading.line, heading.column);
        assert!(first.is_some_and(|c| !c.is_whitespace()), "{heading:?}");
    }
}

/// The lines as the crate counts them.
fn lines(text: &str) -> Vec<Vec<char>> {
    text.replace("\r\n", "\n")
        .split(['\n', '\r'])
        .map(|line| line.chars().collect())
        .collect()
}

/// What holds for a document of so many lines.
///
/// # Panics
/// Where something does not hold.
#[track_caller]
pub(crate) fn of_any(lines: usize, document: &Document) {
    places(lines, document);
    identities(document);
    parts(document);
    tables(document);
    facts(lines, document);
    let json = serde_json::to_string(document).expect("plain data");
    let again: Document = serde_json::from_str(&json).expect("what it wrote");
    assert!(again == *document, "JSON reads back as the same document");
}

fn places(lines: usize, document: &Document) {
    let mut last = (1, 0);
    let mut count = 0;
    for passage in document.passages() {
        count += 1;
        let (line, column, end) = match passage {
            Passage::Heading(heading) => (heading.line, heading.column, heading.line),
            Passage::Contents(entry) => (entry.line, entry.column, entry.line),
            Passage::Clause(clause) => (clause.line, clause.column, clause.end_line),
        };
        assert!(column >= 1, "{passage:?}");
        assert!((line, column) > last, "{passage:?} stands after {last:?}");
        assert!(line <= end && end as usize <= lines, "{passage:?}");
        // What joined lines end with is behind all that stood on earlier ones.
        last = if end > line { (end, 0) } else { (line, column) };
    }
    let held = document.outline.len() + document.contents.len() + document.clauses.len();
    assert_eq!(count, held, "every passage is walked");
}

fn identities(document: &Document) {
    let headings: HashSet<&str> = document.outline.iter().map(|h| h.id.as_str()).collect();
    let clauses: HashSet<&str> = document.clauses.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(headings.len(), document.outline.len(), "ids of headings");
    assert_eq!(clauses.len(), document.clauses.len(), "ids of clauses");
    for clause in &document.clauses {
        let section = clause.section.as_deref();
        assert!(section.is_none_or(|id| headings.contains(id)), "{clause:?}");
    }
}

/// Terms, head and emphasis lie in their clause, in order, and do not overlap.
fn parts(document: &Document) {
    for clause in &document.clauses {
        let chars: Vec<char> = clause.text.chars().collect();
        let mut end = 0;
        for term in &clause.terms {
            let start = term.start as usize;
            let length = term.text.chars().count();
            assert!(length > 0 && start >= end, "{clause:?}");
            end = start + length;
            let found: String = chars.get(start..end).expect("in the text").iter().collect();
            assert_eq!(found, term.text, "{clause:?}");
            let lines = clause.line..=clause.end_line;
            assert!(lines.contains(&term.line), "{clause:?}");
        }
        let in_text = |[from, to]: [u32; 2]| from < to && to as usize <= chars.len();
        assert!(clause.head.is_none_or(in_text), "{clause:?}");
        let emphasis = &clause.emphasis;
        assert!(emphasis.iter().all(|&part| in_text(part)), "{clause:?}");
        let apart = emphasis.windows(2).all(|pair| pair[0][1] <= pair[1][0]);
        assert!(apart, "{clause:?}");
        assert!(
            clause.kinds.windows(2).all(|pair| pair[0] < pair[1]),
            "{clause:?}"
        );
        assert!(!clause.text.trim().is_empty(), "{clause:?}");
    }
}

fn tables(document: &Document) {
    let mut end = 0;
    for table in &document.tables {
        let [from, to] = table.clauses;
        assert!(end <= from && from <= to, "{table:?} after {end}");
        end = to;
        let cells = document
            .clauses
            .get(from as usize..to as usize)
            .expect("its cells are clauses");
        let within = |line| (table.line..=table.end_line).contains(&line);
        let stands = |c: &zhiqing_policy::Clause| within(c.line) && within(c.end_line);
        assert!(cells.iter().all(stands), "{table:?}");
        let width = table.header.len();
        assert!(table.rows.iter().all(|row| row.len() == width), "{table:?}");
    }
}

fn facts(lines: usize, document: &Document) {
    let facts = &document.facts;
    let places = facts
        .contacts
        .iter()
        .map(|fact| fact.line)
        .chain(facts.deadlines.iter().map(|fact| fact.line))
        .chain(facts.minors.iter().map(|fact| fact.line))
        .chain(facts.technologies.iter().map(|fact| fact.line))
        .chain(facts.permissions.iter().map(|fact| fact.line))
        .chain(facts.sdks.iter().map(|fact| fact.line))
        .chain(facts.recipients.iter().map(|fact| fact.line));
    for line in places {
        assert!((1..=lines).contains(&(line as usize)), "{facts:?}");
    }
    for date in [&document.effective_date, &document.updated_date] {
        let iso = |date: &String| {
            let parts: Vec<&str> = date.split('-').collect();
            parts.iter().map(|part| part.len()).eq([4, 2, 2])
                && parts.iter().all(|part| part.parse::<u16>().is_ok())
        };
        assert!(date.as_ref().is_none_or(iso), "{date:?}");
    }
}
