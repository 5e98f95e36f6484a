//! `[data-zq-document]` holds the policy and only its characters, every one of them in order.

use super::hostile_text::hostile;
use super::markup::{content, tags};
use super::sample::document;
use crate::policy;
use proptest::collection::vec;
use proptest::prelude::*;
use zhiqing_policy::{
    Category, Clause, ContentsLine, Document, Heading, Kind, Table, Term, to_text,
};

/// The article and nothing around it.
#[track_caller]
fn article(html: &str) -> &str {
    let (_, inside) = html.split_once("data-zq-document>").expect("the document");
    inside.split_once("</article>").expect("its end").0
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn headings() -> impl Strategy<Value = Heading> {
    (0..6u8, hostile(), hostile(), hostile(), 0..20u32).prop_map(
        |(level, id, label, title, line)| Heading {
            id,
            level,
            label,
            title,
            line,
        },
    )
}

/// Terms stand where they say, or anywhere, or overlap: a document may come from anybody's file.
fn clauses() -> impl Strategy<Value = Clause> {
    let spans = vec((0..12usize, 0..6usize, any::<bool>(), any::<bool>()), 0..4);
    (
        hostile(),
        vec(hostile(), 1..4),
        spans,
        any::<bool>(),
        0..20u32,
    )
        .prop_map(|(id, texts, spans, sensitive, line)| {
            let text = texts.concat();
            let term = |(start, length, sensitive, astray): (usize, usize, bool, bool)| Term {
                line,
                start: u32::try_from(start).expect("small"),
                text: match astray {
                    true => "astray".into(),
                    false => text.chars().skip(start).take(length).collect(),
                },
                category: Category::Biometric,
                sensitive,
            };
            let terms = spans.into_iter().map(term).collect();
            let kinds = sensitive.then_some(Kind::Sensitive).into_iter().collect();
            Clause {
                id,
                section: None,
                line,
                end_line: line,
                text,
                kinds,
                terms,
            }
        })
}

fn tables() -> impl Strategy<Value = Table> {
    (0..20u32, 0..6u32, 0..4usize).prop_map(|(line, more, columns)| Table {
        line,
        end_line: line + more,
        header: vec!["栏".into(); columns],
        rows: vec![],
    })
}

prop_compose! {
    /// Any document, its lines in order or not.
    fn documents()(
        mut outline in vec(headings(), 0..5),
        mut contents in vec((0..20u32, hostile()), 0..3),
        mut clauses in vec(clauses(), 0..12),
        mut tables in vec(tables(), 0..3),
        sorted in prop::bool::weighted(0.8),
    ) -> Document {
        if sorted {
            outline.sort_by_key(|heading| heading.line);
            contents.sort_by_key(|(line, _)| *line);
            clauses.sort_by_key(|clause| clause.line);
            tables.sort_by_key(|table| table.line);
        }
        let contents = contents.into_iter().map(|(line, text)| ContentsLine { line, text });
        Document { outline, contents: contents.collect(), clauses, tables, ..Document::default() }
    }
}

proptest! {
    #[test]
    fn every_character_is_there_once_and_in_order(document in documents(), version in hostile()) {
        let html = policy(&document, &version);
        content(html.as_str());
        let found = content(article(html.as_str()));
        let expected = to_text(&document).replace('\0', "\u{fffd}");
        prop_assert_eq!(bare(&found), bare(&expected));
    }
}

#[test]
fn a_table_that_comes_out_even_is_one_and_one_that_does_not_is_paragraphs() {
    let html = policy(&document(), "1");
    let count = |name: &str| {
        tags(html.as_str())
            .iter()
            .filter(|t| t.name == name)
            .count()
    };
    assert_eq!(
        (count("table"), count("tr"), count("th"), count("td")),
        (1, 2, 2, 2)
    );
    assert_eq!(
        bare(&content(article(html.as_str()))),
        bare(&to_text(&document()))
    );
}

#[test]
fn only_sensitive_terms_are_marked() {
    let html = policy(&document(), "1").into_string();
    let marks: Vec<&str> = html
        .split("<mark>")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("</mark>")?.0))
        .collect();
    assert_eq!(marks, ["人脸信息", "银行账户"]);
}
