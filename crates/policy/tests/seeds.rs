//! The five real policies, where they are at hand, against what a reading of them gives
//! (`tests/expected`). They are not part of the project, so nothing of their text is repeated here:
//! lines, labels and digests stand for it.

use std::collections::HashSet;
use std::path::Path;

use sha2::{Digest, Sha256};
use zhiqing_policy::{Clause, Document, Kind, decode_vec, parse, to_text};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");

/// First 12 hexadecimal digits of the SHA-256 of a text without its blanks.
fn digest(text: &str) -> String {
    let squeezed = squeeze(text);
    let digest = Sha256::digest(squeezed.as_bytes());
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The document, or `None` where the folder is not there.
#[track_caller]
fn seed(number: &str) -> Option<(String, Document)> {
    let Ok(folder) = Path::new(FOLDER).read_dir() else {
        println!("seeds not present: {FOLDER}");
        return None;
    };
    let file = folder
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(number))
        });
    let bytes =
        std::fs::read(file.expect("the seed is in its folder")).expect("the seed can be read");
    let text = decode_vec(bytes).expect("the seed is text");
    let document = parse(&text);
    Some((text, document))
}

/// The rows of an expected file whose first column is `name`, without it.
fn expected<'a>(file: &'a str, name: &str) -> Vec<Vec<&'a str>> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|row| row[0] == name)
        .map(|row| row[1..].to_vec())
        .collect()
}

/// Compares as text, so that a difference shows the rows that differ.
#[track_caller]
fn same(what: &str, found: &[String], expected: &[Vec<&str>]) {
    let expected: Vec<String> = expected.iter().map(|row| row.join("\t")).collect();
    let missing: Vec<_> = expected.iter().filter(|row| !found.contains(row)).collect();
    let extra: Vec<_> = found.iter().filter(|row| !expected.contains(row)).collect();
    assert!(
        missing.is_empty() && extra.is_empty() && found == expected,
        "{what}: missing {missing:#?}, not expected {extra:#?}"
    );
}

fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

/// The clause that begins on a line, or goes on over it.
#[track_caller]
fn clause<'a>(document: &'a Document, line: &str) -> &'a Clause {
    let line: u32 = line.parse().expect("a line");
    document
        .clauses
        .iter()
        .find(|clause| (clause.line..=clause.end_line).contains(&line))
        .unwrap_or_else(|| panic!("no clause on line {line}"))
}

#[track_caller]
fn structure(number: &str, file: &str) {
    let Some((text, document)) = seed(number) else {
        return;
    };
    assert!(
        squeeze(&to_text(&document)) == squeeze(&text),
        "characters are preserved"
    );
    let title = document.title.as_deref().map(digest);
    assert_eq!(or_dash(title), expected(file, "title")[0][0], "title");

    let outline: Vec<String> = document
        .outline
        .iter()
        .map(|heading| {
            let label = if heading.label.is_empty() {
                "-"
            } else {
                &heading.label
            };
            format!(
                "{}\t{}\t{label}\t{}",
                heading.line,
                heading.level,
                digest(&heading.title)
            )
        })
        .collect();
    same("outline", &outline, &expected(file, "heading"));

    let contents: Vec<String> = document
        .contents
        .iter()
        .map(|line| line.line.to_string())
        .collect();
    same("contents", &contents, &expected(file, "contents"));

    let joined: Vec<String> = document
        .clauses
        .iter()
        .filter(|clause| clause.end_line > clause.line)
        .filter(|clause| {
            !document
                .tables
                .iter()
                .any(|table| (table.line..=table.end_line).contains(&clause.line))
        })
        .map(|clause| format!("{}\t{}", clause.line, clause.end_line))
        .collect();
    same("joined", &joined, &expected(file, "joined"));

    for row in expected(file, "section") {
        let clause = clause(&document, row[0]);
        let section = clause
            .section
            .as_deref()
            .and_then(|id| document.outline.iter().find(|heading| heading.id == id));
        assert_eq!(
            or_dash(section.map(|heading| heading.line)),
            row[1],
            "section of line {}",
            row[0]
        );
    }
    for row in expected(file, "head") {
        let clause = clause(&document, row[0]);
        let head = clause.head.map(|[start, end]| {
            let words: String = clause
                .text
                .chars()
                .take(end as usize)
                .skip(start as usize)
                .collect();
            digest(&words)
        });
        assert_eq!(or_dash(head), row[1], "head of line {}", row[0]);
    }

    let mut tables = Vec::new();
    for table in &document.tables {
        let names: Vec<String> = table.header.iter().map(|name| digest(name)).collect();
        tables.push(format!(
            "{}\t{}\t{}",
            table.line,
            table.end_line,
            names.join("\t")
        ));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| digest(cell)).collect();
            tables.push(cells.join("\t"));
        }
    }
    let rows: Vec<Vec<&str>> = file
        .lines()
        .filter_map(|line| {
            line.strip_prefix("table\t")
                .or_else(|| line.strip_prefix("row\t"))
        })
        .map(|row| row.split('\t').collect())
        .collect();
    same("tables", &tables, &rows);
    ids_and_marks(&document);
}

#[track_caller]
fn ids_and_marks(document: &Document) {
    let ids: HashSet<&str> = document
        .clauses
        .iter()
        .map(|clause| clause.id.as_str())
        .collect();
    assert_eq!(ids.len(), document.clauses.len());
    assert!(
        document
            .clauses
            .iter()
            .any(|clause| clause.terms.iter().any(|term| term.sensitive))
    );
    for clause in &document.clauses {
        let sensitive = clause.terms.iter().any(|term| term.sensitive);
        assert_eq!(
            clause.kinds.contains(&Kind::Sensitive),
            sensitive,
            "line {}",
            clause.line
        );
    }
}

/// A fact's enumerator as the JSON has it.
fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).expect("plain data");
    value.as_str().expect("a word").to_owned()
}

#[track_caller]
fn facts(number: &str, file: &str) {
    let Some((_, document)) = seed(number) else {
        return;
    };
    let facts = &document.facts;
    let one = |name: &str| expected(file, name)[0][0].to_owned();
    assert_eq!(
        or_dash(facts.operator.as_deref().map(digest)),
        one("operator"),
        "operator"
    );
    assert_eq!(
        or_dash(document.effective_date.as_deref()),
        one("effective"),
        "effective date"
    );
    assert_eq!(
        or_dash(document.updated_date.as_deref()),
        one("updated"),
        "updated date"
    );

    let found: Vec<String> = facts
        .contacts
        .iter()
        .map(|contact| {
            format!(
                "{}\t{}\t{}",
                word(contact.kind),
                contact.line,
                digest(&contact.value)
            )
        })
        .collect();
    same("contacts", &found, &expected(file, "contact"));
    let found: Vec<String> = facts
        .deadlines
        .iter()
        .map(|due| {
            format!(
                "{}\t{}\t{}\t{}",
                due.what,
                due.count,
                word(due.unit),
                due.line
            )
        })
        .collect();
    same("deadlines", &found, &expected(file, "deadline"));
    let found: Vec<String> = facts
        .minors
        .iter()
        .map(|rule| format!("{}\t{}\t{}", rule.age, rule.inclusive, rule.line))
        .collect();
    same("minors", &found, &expected(file, "minors"));
    let found: Vec<String> = facts
        .technologies
        .iter()
        .map(|technology| format!("{}\t{}", technology.name, technology.line))
        .collect();
    let (mut found, mut rows) = (found, expected(file, "technology"));
    found.sort();
    rows.sort_by_key(|row| row.join("\t"));
    same("technologies", &found, &rows);
    let found: Vec<String> = facts
        .sdks
        .iter()
        .map(|sdk| format!("{}\t{}", sdk.line, digest(&sdk.name)))
        .collect();
    same("kits", &found, &expected(file, "sdk"));

    // A permission's name is the policy's own: what is expected is a word of it.
    for row in expected(file, "permission") {
        assert!(
            facts
                .permissions
                .iter()
                .any(|permission| permission.line.to_string() == row[0]
                    && permission.name.contains(row[1])),
            "permission {row:?}, found {:#?}",
            facts.permissions
        );
    }
    let lines: HashSet<String> = expected(file, "permission")
        .iter()
        .map(|row| row[0].to_owned())
        .collect();
    let extra: Vec<_> = facts
        .permissions
        .iter()
        .filter(|permission| !lines.contains(&permission.line.to_string()))
        .collect();
    assert!(extra.is_empty(), "permissions not expected: {extra:#?}");
    // More classes may be named on a line; every line that names one is known.
    let found: HashSet<String> = facts
        .recipients
        .iter()
        .map(|recipient| recipient.line.to_string())
        .collect();
    for row in expected(file, "recipient") {
        assert!(
            found.contains(row[0]),
            "recipients on line {}, found {:#?}",
            row[0],
            facts.recipients
        );
    }
}

macro_rules! seeds {
    ($($name:ident = $number:literal;)*) => {$(
        mod $name {
            const EXPECTED: &str = include_str!(concat!("expected/", $number, ".tsv"));

            #[test]
            fn structure() {
                super::structure($number, EXPECTED);
            }

            #[test]
            fn facts() {
                super::facts($number, EXPECTED);
            }
        }
    )*};
}

seeds! {
    local_life = "000";
    generic_page = "001";
    richest = "002";
    live_shopping = "003";
    car_hire = "004";
}
