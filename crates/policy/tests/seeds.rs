//! The five real policies, where they are at hand. They are not part of the project, so nothing of
//! their text is repeated here: only what is expected of them.

use std::collections::HashSet;
use std::path::Path;

use zhiqing_policy::{Document, Kind, Unit, decode, parse, to_text};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");

/// What is expected of a policy. Counts and lengths stand for the words, which are not ours to copy.
struct Expected {
    number: &'static str,
    headings: usize,
    contents: usize,
    tables: usize,
    operator: Option<usize>,
    effective: Option<&'static str>,
    updated: Option<&'static str>,
    deadlines: &'static [(&'static str, u32, Unit, u32)],
    technologies: &'static [&'static str],
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
    let text = decode(&bytes).expect("the seed is text");
    let document = parse(&text);
    Some((text, document))
}

#[track_caller]
fn case(expected: &Expected) {
    let Some((text, document)) = seed(expected.number) else {
        return;
    };
    let squeeze = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    assert!(
        squeeze(&to_text(&document)) == squeeze(&text),
        "characters are preserved"
    );
    assert!(document.title.is_some());
    assert_eq!(document.outline.len(), expected.headings);
    assert_eq!(document.contents.len(), expected.contents);
    assert_eq!(document.tables.len(), expected.tables);
    assert_eq!(
        document
            .facts
            .operator
            .as_ref()
            .map(|name| name.chars().count()),
        expected.operator
    );
    assert_eq!(document.effective_date.as_deref(), expected.effective);
    assert_eq!(document.updated_date.as_deref(), expected.updated);
    let deadlines: Vec<_> = document
        .facts
        .deadlines
        .iter()
        .map(|d| (d.what.as_str(), d.count, d.unit, d.line))
        .collect();
    assert_eq!(deadlines, expected.deadlines);
    let technologies: Vec<&str> = document
        .facts
        .technologies
        .iter()
        .map(|t| t.name.as_str())
        .collect();
    assert_eq!(technologies, expected.technologies);
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

#[test]
fn local_life_000() {
    case(&Expected {
        number: "000",
        headings: 26,
        contents: 0,
        tables: 0,
        operator: None,
        effective: None,
        updated: None,
        deadlines: &[
            ("shutdown_notice", 30, Unit::Day, 110),
            ("response", 30, Unit::Day, 128),
        ],
        technologies: &["cookie", "pixel", "beacon"],
    });
}

#[test]
fn generic_page_001() {
    case(&Expected {
        number: "001",
        headings: 20,
        contents: 7,
        tables: 0,
        operator: None,
        effective: Some("2023-11-01"),
        updated: Some("2023-11-01"),
        deadlines: &[("response", 15, Unit::Day, 115)],
        technologies: &[],
    });
}

#[test]
fn richest_002() {
    case(&Expected {
        number: "002",
        headings: 45,
        contents: 10,
        tables: 1,
        operator: Some(14),
        effective: None,
        updated: None,
        deadlines: &[
            ("shutdown_notice", 30, Unit::Day, 108),
            ("shutdown_notice", 30, Unit::Day, 152),
            ("response", 15, Unit::WorkingDay, 217),
        ],
        technologies: &[
            "cookie",
            "flash_cookie",
            "local_storage",
            "beacon",
            "pixel",
            "email_pixel",
            "etag",
        ],
    });
}

#[test]
fn live_shopping_003() {
    case(&Expected {
        number: "003",
        headings: 23,
        contents: 8,
        tables: 0,
        operator: Some(14),
        effective: None,
        updated: None,
        deadlines: &[("response", 15, Unit::Day, 107)],
        technologies: &[
            "cookie",
            "flash_cookie",
            "local_storage",
            "beacon",
            "pixel",
            "email_pixel",
        ],
    });
}

#[test]
fn car_hire_004() {
    case(&Expected {
        number: "004",
        headings: 32,
        contents: 7,
        tables: 4,
        operator: Some(12),
        effective: Some("2020-07-01"),
        updated: Some("2020-06-30"),
        deadlines: &[
            ("shutdown_notice", 30, Unit::Day, 618),
            ("response", 15, Unit::Day, 726),
            ("response", 30, Unit::Day, 844),
        ],
        technologies: &["fingerprint"],
    });
}
