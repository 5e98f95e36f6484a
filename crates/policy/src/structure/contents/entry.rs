//! The words of an entry, and whether two have nearly the same.

use crate::input::lines::Line;
use crate::structure::numbering;
use crate::text::{is_blank, is_sentence_mark};

/// Most characters of two lines that are compared.
const COMPARED: usize = 64;

/// Whether a line begins and ends with the same words as an [entry], for two thirds of the longer.
pub(super) fn are_alike(a: &str, b: &Line<'_>) -> bool {
    // Most lines of the same number have nothing in common, and are told apart here.
    let han = |text: &str| {
        let first = text.chars().next();
        first.filter(|c| ('\u{4e00}'..'\u{a000}').contains(c))
    };
    if let (Some(first), Some(second)) = (han(a), han(b.rest()))
        && first != second
    {
        return false;
    }
    let b = entry(b);
    let alike = words_of(a).zip(words_of(b)).take(2).filter(|(a, b)| a == b);
    if alike.count() < 2 {
        return false;
    }
    // Items of a list are alike because they are sentences of one pattern.
    if words_of(a).any(is_sentence_mark) {
        return false;
    }
    let written = |text: &str, room: &mut [char; COMPARED]| {
        let slots = room.iter_mut().zip(words_of(text));
        slots.map(|(slot, c)| *slot = c).count()
    };
    let mut rooms = [['\0'; COMPARED]; 2];
    let lengths = [written(a, &mut rooms[0]), written(b, &mut rooms[1])];
    let (a, b) = (&rooms[0][..lengths[0]], &rooms[1][..lengths[1]]);
    let begin = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - begin;
    let ends = a.iter().rev().zip(b.iter().rev()).take(rest);
    let end = ends.take_while(|(a, b)| a == b).count();
    begin >= 2 && begin + end >= 4 && (begin + end) * 3 >= a.len().max(b.len()) * 2
}

/// The characters of an [entry] without blanks and stars.
pub(super) fn words<'l>(line: &'l Line<'_>) -> impl Iterator<Item = char> + 'l {
    words_of(entry(line))
}

fn words_of(entry: &str) -> impl Iterator<Item = char> + '_ {
    entry.chars().filter(|&c| is_word(c))
}

pub(super) fn is_word(c: char) -> bool {
    !is_blank(c) && c != '*'
}

/// Stands in rows between an entry and its page number.
pub(super) fn is_leader(c: char) -> bool {
    matches!(c, '.' | '…' | '·' | '-')
}

/// The words of an entry or heading without closing punctuation, dot leaders and page number, and
/// without the link that Markdown makes of it.
pub(super) fn entry<'l>(line: &'l Line<'_>) -> &'l str {
    let mut words = line.rest();
    if let Some((linked, _)) = words
        .strip_prefix('[')
        .filter(|_| words.ends_with(')'))
        .and_then(|inner| inner.split_once("]("))
    {
        words = linked;
        if let Some(label) = numbering::read(words) {
            words = &words[label.length..];
        }
    }
    // Most end in words.
    let words_end = |c: char| ('\u{4e00}'..'\u{a000}').contains(&c);
    if words.ends_with(words_end) {
        return words;
    }
    let bare = words.trim_end_matches(|c: char| c.is_ascii_digit() || is_blank(c));
    if bare.ends_with(is_leader) {
        words = bare;
    }
    words.trim_end_matches(|c: char| {
        let closes = matches!(
            c,
            '；' | ';' | '。' | '.' | '…' | '·' | '-' | '，' | ',' | '、'
        );
        closes || matches!(c, '：' | ':') || is_blank(c)
    })
}
