//! What real policies do to their text, one test a quirk, in sentences of our own. The names follow
//! the list of quirks of the five policies that the parser was begun with.

use zhiqing_policy::{Document, decode, parse, to_text};

/// Label, title and level of the headings.
fn outline(text: &str) -> Vec<(String, String, u8)> {
    let document = parse(text);
    let heading = |h: zhiqing_policy::Heading| (h.label, h.title, h.level);
    document.outline.into_iter().map(heading).collect()
}

#[track_caller]
fn headings(text: &str, expected: &[(&str, &str, u8)]) {
    let found = outline(text);
    let found: Vec<(&str, &str, u8)> = found
        .iter()
        .map(|(label, title, level)| (label.as_str(), title.as_str(), *level))
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// First line, last line and text of the clauses.
#[track_caller]
fn clauses(text: &str, expected: &[(u32, u32, &str)]) {
    let document = parse(text);
    let found: Vec<(u32, u32, &str)> = document
        .clauses
        .iter()
        .map(|clause| (clause.line, clause.end_line, clause.text.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

fn head_of(document: &Document, index: usize) -> Option<String> {
    let clause = &document.clauses[index];
    let [start, end] = clause.head?;
    let words = clause.text.chars().skip(start as usize);
    Some(words.take((end - start) as usize).collect())
}

mod local_life;

mod generic_page;

mod richest;

mod live_shopping;
mod others;

mod car_hire;

#[test]
fn every_character_comes_back() {
    for text in [
        "## **一、范围** ##\n---\n| 甲 | 乙 |\n|--|--|\n| 丙 | **丁** |\n\n***\n1\\. 戊",
        "***\n甲",
        "#\n|\n||",
    ] {
        let squeeze = |text: &str| {
            text.chars()
                .filter(|c| !c.is_whitespace())
                .collect::<String>()
        };
        assert_eq!(squeeze(&to_text(&parse(text))), squeeze(text));
    }
}
