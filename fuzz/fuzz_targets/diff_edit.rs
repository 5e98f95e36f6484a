//! Two texts that differ in one paragraph: the ids of all other paragraphs stay.
//!
//! The paragraphs are made of the input's lines, but told apart and ended so that each is a clause
//! of its own whatever stands beside it: which lines make a clause is not the question here.

#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use zhiqing_policy::{Document, parse};

fuzz_target!(|input: (u8, &str)| {
    let (at, text) = input;
    let mut known = HashSet::new();
    let mut paragraphs: Vec<String> = text
        .split(['\n', '\r'])
        .map(paragraph)
        .filter(|words| known.insert(words.clone()))
        .take(24)
        .collect();
    let at = usize::from(at) % paragraphs.len();
    let before = parse(&paragraphs.join("\n\n"));
    paragraphs[at] = "庚辛壬癸，这一段是新写的。".to_owned();
    let after = parse(&paragraphs.join("\n\n"));
    // Two texts in which not every paragraph is a clause of its own are not compared.
    if !alone(&before, &paragraphs) || !alone(&after, &paragraphs) {
        return;
    }
    for (index, (old, new)) in before.clauses.iter().zip(&after.clauses).enumerate() {
        if index != at {
            assert_eq!(old.id, new.id, "{}", old.text);
        }
    }
});

/// Words without numbers, markup and marks that would join it with another line.
fn paragraph(line: &str) -> String {
    let words: String = line
        .chars()
        .filter(|c| c.is_alphanumeric() && !c.is_ascii_digit())
        .collect();
    format!("您，{words}。")
}

fn alone(document: &Document, paragraphs: &[String]) -> bool {
    document.outline.is_empty()
        && document.contents.is_empty()
        && document.clauses.len() == paragraphs.len()
}
