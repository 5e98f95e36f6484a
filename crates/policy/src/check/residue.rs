//! What a template or an editor left in the text.

use std::ops::Range;

use super::reading::Reading;
use super::{Found, Rule};
use crate::numerals;
use crate::text::Glance;

/// Characters of words that are quoted in a message.
const QUOTED: usize = 20;

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let guide = Rule::TemplateResidue.guide();
    for sentence in reading.sentences() {
        let text = sentence.text();
        let words = guide
            .patterns("find")
            .find(&sentence.glance)
            .filter(|_| !guide.patterns("spare").hold(&sentence.glance))
            .or_else(|| placeholder(text))
            .or_else(|| bracketed(text));
        if let Some(words) = words {
            let quoted: String = text[words.clone()].chars().take(QUOTED).collect();
            found.push(Found::at(Rule::TemplateResidue, sentence.spot(&words)).detail(quoted));
        }
    }
}

/// The brackets of templates.
const BRACKETS: [(char, char); 4] = [('[', ']'), ('【', '】'), ('［', '］'), ('{', '}')];

/// A placeholder in brackets that was not filled in. A label in brackets opens a sentence that goes on; a
/// link's words have its address behind them.
fn placeholder(text: &str) -> Option<Range<usize>> {
    const LONGEST: usize = 14;
    let words = Rule::TemplateResidue.guide().patterns("placeholder");
    BRACKETS.iter().find_map(|&(open, close)| {
        text.match_indices(open).find_map(|(at, _)| {
            let inside = &text[at + open.len_utf8()..];
            let ends = |&(_, c): &(usize, char)| c == close;
            let (end, _) = inside.char_indices().take(LONGEST + 1).find(ends)?;
            let behind = &inside[end + close.len_utf8()..];
            let label = at == 0 && behind.starts_with(|c: char| c == '：' || c.is_ascii_digit());
            let address = behind.strip_prefix('（');
            let link = address.is_some_and(|a| a.starts_with(|c: char| c.is_ascii_graphic()));
            let named = link || label || !words.hold(&Glance::at(&inside[..end]));
            (!named).then(|| at..text.len() - behind.len())
        })
    })
}

/// A number in the brackets of a template, before what it counts: `[2026]年`, `【15】个工作日`. Goes on over
/// the next ones of the same date.
fn bracketed(text: &str) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    for (at, _) in text.match_indices(['[', '【', '［']) {
        if let Some(end) = number(text, at) {
            match &mut found {
                Some(range) if range.end == at => range.end = end,
                Some(_) => break,
                None => found = Some(at..end),
            }
        }
    }
    found
}

/// Where a bracketed number and its unit end.
fn number(text: &str, at: usize) -> Option<usize> {
    const UNITS: [&str; 9] = [
        "年",
        "月",
        "日",
        "天",
        "个工作日",
        "个月",
        "小时",
        "工作日",
        "个自然日",
    ];
    const LONGEST: usize = 6;
    let open = text[at..].chars().next()?;
    let inside = &text[at + open.len_utf8()..];
    let close = inside
        .char_indices()
        .take(LONGEST)
        .find(|&(_, c)| matches!(c, ']' | '】' | '］'))?;
    let digits: Vec<char> = inside[..close.0].chars().collect();
    let (_, length) = numerals::read(&digits)?;
    let behind = &inside[close.0 + close.1.len_utf8()..];
    let unit = UNITS.iter().find(|unit| behind.starts_with(**unit))?;
    (length == digits.len()).then(|| text.len() - behind.len() + unit.len())
}
