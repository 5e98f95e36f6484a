//! Looking around a place in a text: every look has an end, so that no text can make a finder walk
//! far from each of many places. Offsets are in bytes and lie at the start of a character.

use std::ops::Range;

use crate::numerals;
use crate::text::{has_any, is_blank};

/// The text just before `at`, at most `bytes` of it.
pub(super) fn before(text: &str, at: usize, bytes: usize) -> &str {
    &text[text.ceil_char_boundary(at.saturating_sub(bytes))..at]
}

/// The text from `at` on, at most `bytes` of it.
pub(super) fn after(text: &str, at: usize, bytes: usize) -> &str {
    &text[at..text.floor_char_boundary(at.saturating_add(bytes).min(text.len()))]
}

/// Whether one of the words is in the text.
pub(super) fn has(text: &str, words: &[&str]) -> bool {
    has_any(text, words)
}

/// Whether the text starts with one of the words.
pub(super) fn starts(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Whether the text ends with one of the words.
pub(super) fn ends(text: &str, words: &[&str]) -> bool {
    // Most words are told apart by their last byte, in less time than it takes to compare.
    let last = text.as_bytes().last();
    let mut words = words.iter();
    words.any(|word| (word.is_empty() || word.as_bytes().last() == last) && text.ends_with(word))
}

/// Ends a sentence; `|` ends a cell of a table that was not read as one.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | ';' | '!' | '|')
}

/// Ends a part of a sentence.
pub(super) fn is_comma(c: char) -> bool {
    is_stop(c) || matches!(c, '，' | ',')
}

/// The run around `at` that no character of `ends` cuts, at most `back` and `ahead` bytes long.
pub(super) fn around(
    text: &str,
    at: usize,
    (back, ahead): (usize, usize),
    ends: impl Fn(char) -> bool,
) -> Range<usize> {
    let start = at - last_part(before(text, at, back), &ends).len();
    start..at + first_part(after(text, at, ahead), ends).len()
}

/// Whether this byte begins a Han character, as UTF-8: those have three bytes, and none ends a part.
fn begins_han(byte: u8) -> bool {
    (0xe4..0xea).contains(&byte)
}

/// The text before the first character of `ends`.
pub(super) fn first_part(text: &str, ends: impl Fn(char) -> bool) -> &str {
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if begins_han(byte) {
            at += 3;
            continue;
        }
        match text[at..].chars().next() {
            Some(c) if !ends(c) => at += c.len_utf8(),
            _ => break,
        }
    }
    &text[..at]
}

/// The text behind the last character of `ends`.
pub(super) fn last_part(text: &str, ends: impl Fn(char) -> bool) -> &str {
    let mut at = text.len();
    while at > 0 {
        if at >= 3 && begins_han(text.as_bytes()[at - 3]) {
            at -= 3;
            continue;
        }
        match text[..at].chars().next_back() {
            Some(c) if !ends(c) => at -= c.len_utf8(),
            _ => break,
        }
    }
    &text[at..]
}

/// Blanks, brackets and the marks of Markdown that stand between a label and what it labels.
pub(super) fn is_filler(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '[' | ']' | '【' | '】' | '［' | '］' | '〔' | '〕' | '*' | '_' | '\\' | '\u{200b}'
        )
}

/// Trims quotes, fillers and the marks that end a part of a sentence.
pub(super) fn tidy(text: &str) -> &str {
    text.trim_matches(|c| {
        is_filler(c)
            || matches!(
                c,
                '，' | ','
                    | '；'
                    | ';'
                    | '。'
                    | '：'
                    | ':'
                    | '、'
                    | '|'
                    | '—'
                    | '-'
                    | '“'
                    | '”'
                    | '"'
                    | '「'
                    | '」'
                    | '《'
                    | '》'
            )
    })
}

/// Trims what a value of a table or of `name：value` may carry around it.
pub(super) fn value(text: &str) -> &str {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let text = text.trim_end_matches(|c| {
        !han(c)
            && (matches!(c, '；' | ';' | '。' | '，' | ',' | '|')
                || is_filler(c) && c != ']' && c != '】')
    });
    if text.starts_with(han) {
        return text;
    }
    text.trim_start_matches(|c| is_filler(c) && !matches!(c, '[' | ']' | '【' | '】'))
        .trim_start_matches(['：', ':', '|', '，', '；'])
        .trim_start_matches(is_blank)
}

/// Reads a number at the start of the text: its value and its bytes.
pub(super) fn number(text: &str) -> Option<(u32, usize)> {
    let mut chars = ['\0'; 9];
    let mut count = 0;
    for (slot, c) in chars.iter_mut().zip(text.chars()) {
        *slot = c;
        count += 1;
    }
    let (value, length) = numerals::read(&chars[..count])?;
    Some((value, text.chars().take(length).map(char::len_utf8).sum()))
}

/// Reads the number that ends at `end`: its value and where it begins. `None` where more digits
/// stand before it than a number has.
pub(super) fn number_before(text: &str, end: usize) -> Option<(u32, usize)> {
    let left = before(text, end, 30);
    let last = left.chars().next_back()?;
    let arabic = numerals::digit(last).is_some();
    if !arabic && !numerals::is_han(last) {
        return None;
    }
    let same = |c: char| {
        if arabic {
            numerals::digit(c).is_some()
        } else {
            numerals::is_han(c)
        }
    };
    let run: usize = left
        .chars()
        .rev()
        .take_while(|&c| same(c))
        .map(char::len_utf8)
        .sum();
    let start = end - run;
    let (value, length) = number(&text[start..end])?;
    (length == run).then_some((value, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_end_at_characters() {
        let text = "甲乙丙丁";
        assert_eq!(before(text, 6, 4), "乙");
        assert_eq!(before(text, 6, 100), "甲乙");
        assert_eq!(after(text, 6, 4), "丙");
        assert_eq!(after(text, 12, 4), "");
        assert_eq!(around("甲，乙丙", 6, (9, 9), is_comma), 6..12);
        for (text, first, last) in [
            ("", "", ""),
            ("甲a、乙", "甲a、乙", "甲a、乙"),
            ("é甲，b乙，", "é甲", ""),
            ("，甲;\u{20000}é", "", "\u{20000}é"),
        ] {
            assert_eq!(first_part(text, is_comma), first, "{text}");
            assert_eq!(last_part(text, is_comma), last, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_from_both_sides() {
        assert_eq!(number("十五日"), Some((15, 6)));
        assert_eq!(number("１５天"), Some((15, 6)));
        assert_eq!(number_before("共十五", 9), Some((15, 3)));
        assert_eq!(number_before("共15", 5), Some((15, 3)));
        assert_eq!(number_before("1234567890123", 13), None);
        assert_eq!(number_before("共", 3), None);
        assert_eq!(number_before("", 0), None);
    }
}
