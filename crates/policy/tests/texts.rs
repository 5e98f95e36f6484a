//! Outline, tables and facts of five policies of our own, each in the manner of a published one: a
//! change of a rule shows here what it changes in a whole text.

use std::fmt::Write as _;

use zhiqing_policy::{Document, parse, to_text};

/// What is read from a policy, line by line.
fn summary(document: &Document) -> String {
    let mut text = String::new();
    let or_none = |words: &Option<String>| words.clone().unwrap_or_else(|| "–".to_owned());
    let mut add = |line: std::fmt::Arguments<'_>| {
        let _ = writeln!(text, "{line}");
    };
    add(format_args!(
        "title {}; effective {}; updated {}; {} clauses",
        or_none(&document.title),
        or_none(&document.effective_date),
        or_none(&document.updated_date),
        document.clauses.len()
    ));
    for heading in &document.outline {
        let indent = "  ".repeat(usize::from(heading.level));
        add(format_args!(
            "{:>4} {indent}[{}] {}",
            heading.line, heading.label, heading.title
        ));
    }
    for table in &document.tables {
        add(format_args!(
            "{:>4} table to {}: {:?}, {} rows",
            table.line,
            table.end_line,
            table.header,
            table.rows.len()
        ));
    }
    let facts = &document.facts;
    add(format_args!("operator {}", or_none(&facts.operator)));
    for fact in &facts.contacts {
        add(format_args!(
            "{:>4} {:?} {}",
            fact.line, fact.kind, fact.value
        ));
    }
    for fact in &facts.deadlines {
        add(format_args!(
            "{:>4} {} {} {:?}",
            fact.line, fact.what, fact.count, fact.unit
        ));
    }
    for fact in &facts.minors {
        add(format_args!(
            "{:>4} age {} {}",
            fact.line, fact.age, fact.inclusive
        ));
    }
    for fact in &facts.technologies {
        add(format_args!("{:>4} {}", fact.line, fact.name));
    }
    for fact in &facts.permissions {
        let (purpose, refusal) = (or_none(&fact.purpose), or_none(&fact.refusal));
        add(format_args!(
            "{:>4} permission {} | {purpose} | {refusal}",
            fact.line, fact.name
        ));
    }
    for fact in &facts.sdks {
        let (purpose, data) = (or_none(&fact.purpose), or_none(&fact.data));
        add(format_args!(
            "{:>4} SDK {} | {purpose} | {data}",
            fact.line, fact.name
        ));
    }
    for fact in &facts.recipients {
        add(format_args!("{:>4} to {}", fact.line, fact.class));
    }
    text
}

#[track_caller]
fn read(text: &str) -> String {
    let document = parse(text);
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(squeeze(&to_text(&document)), squeeze(text));
    summary(&document)
}

#[test]
fn a_local_life_app() {
    insta::assert_snapshot!(read(include_str!(
        "../../../policy-text/local-life/policy.txt"
    )));
}

#[test]
fn a_shop_of_pages_and_mini_programs() {
    insta::assert_snapshot!(read(include_str!("../../../policy-text/h5-shop/policy.md")));
}

#[test]
fn a_live_shopping_site() {
    insta::assert_snapshot!(read(include_str!(
        "../../../policy-text/live-shopping/policy.txt"
    )));
}

#[test]
fn a_car_hire() {
    insta::assert_snapshot!(read(include_str!(
        "../../../policy-text/car-hire/policy.txt"
    )));
}

#[test]
fn a_platform_of_travel_benefits() {
    let sample = include_str!("../../../policy-text/travel-benefits/policy.txt");
    insta::assert_snapshot!(read(sample));
}
