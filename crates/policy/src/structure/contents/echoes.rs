//! Where entries lead: the lines further down that have their words, or their number and words like
//! theirs.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::LONGEST;
use super::entry::{are_alike, entry, is_leader, is_word, words};
use super::rest::counts_on;
use crate::input::lines::Line;
use crate::structure::numbering::Label;
use crate::text::{Blanks, Holds, is_sentence_mark, length};

/// Where a line's words come again.
pub(super) struct Echoes {
    /// For each line the next one with the same words.
    next: Vec<Next>,
    /// Numbers, each with the lines that have it.
    by_number: Vec<(u64, u32)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The line has no words, or too many for an entry.
    Unfit,
    Nowhere,
    Line(u32),
}

impl Echoes {
    pub(super) fn new(lines: &[&Line<'_>]) -> Self {
        let mut next = vec![Next::Unfit; lines.len()];
        let mut by_key: Vec<(u64, u32)> = Vec::with_capacity(lines.len());
        let mut by_number = Vec::new();
        let mut bare = String::new();
        for (index, line) in (0_u32..).zip(lines) {
            if let Some(key) = key(line, &mut bare) {
                by_key.push((key, index));
            }
            if let Some(label) = line.label.filter(|label| label.number > 0) {
                by_number.push((numbered(label), index));
            }
        }
        by_number.sort_unstable();
        let mut below =
            HashMap::with_capacity_and_hasher(by_key.len(), BuildHasherDefault::<Hashed>::new());
        for (key, index) in by_key.into_iter().rev() {
            let line = below.insert(key, index);
            next[index as usize] = line.map_or(Next::Nowhere, Next::Line);
        }
        Self { next, by_number }
    }

    /// Whether there may be a line that `index` leads to: of most lines there is none, and no need to
    /// look closer.
    pub(super) fn may_lead(&self, lines: &[&Line<'_>], index: usize) -> bool {
        match self.next.get(index) {
            None | Some(Next::Unfit) => false,
            Some(Next::Nowhere) => lines[index].label.is_some_and(|label| label.number > 0),
            Some(Next::Line(_)) => true,
        }
    }

    /// Index of the next line with the same words; for numbered lines one of the same number whose
    /// words are alike will do, since entries and headings drift apart over the versions.
    pub(super) fn of(&self, lines: &[&Line<'_>], index: usize) -> Option<usize> {
        let next = self.next.get(index).filter(|next| **next != Next::Unfit)?;
        let here = u32::try_from(index).ok()?;
        let number = |index: usize| lines[index].label.map_or(0, |label| label.number);
        if let Next::Line(other) = *next {
            let other = other as usize;
            let style = |index: usize| lines[index].label.map(|label| label.style);
            let alike = number(index) == number(other) || style(index) != style(other);
            if alike || number(index) == 0 || number(other) == 0 {
                return Some(other);
            }
        }
        let label = lines[index].label.filter(|label| label.number > 0)?;
        let numbered = numbered(label);
        let after = self
            .by_number
            .partition_point(|entry| *entry <= (numbered, here));
        let entry = entry(lines[index]);
        self.by_number[after..]
            .iter()
            .take(4)
            .take_while(|other| other.0 == numbered)
            .map(|other| other.1 as usize)
            .find(|&other| are_alike(entry, lines[other]))
    }

    /// For an entry that counts on from the one above it, the next line after `last` that has its
    /// words and its number.
    pub(super) fn behind(&self, lines: &[&Line<'_>], index: usize, last: usize) -> Option<usize> {
        const MOST: usize = 8;
        if !counts_on(lines[index - 1], lines[index]) {
            return None;
        }
        let number = |index: usize| lines[index].label.map(|label| (label.style, label.number));
        let mut at = index;
        for _ in 0..MOST {
            let Some(Next::Line(next)) = self.next.get(at) else {
                return None;
            };
            at = *next as usize;
            if at > last && number(at) == number(index) {
                return Some(at);
            }
        }
        None
    }

    /// For an entry that counts on from the one above it, the next line after `last` of the same
    /// number that at least begins alike.
    pub(super) fn drifted(&self, lines: &[&Line<'_>], index: usize, last: usize) -> Option<usize> {
        let label = lines[index].label?;
        if !counts_on(lines[index - 1], lines[index]) {
            return None;
        }
        let numbered = numbered(label);
        let last = u32::try_from(last).ok()?;
        let after = self
            .by_number
            .partition_point(|entry| *entry <= (numbered, last));
        let (_, other) = self
            .by_number
            .get(after)
            .filter(|entry| entry.0 == numbered)?;
        let other = *other as usize;
        if words(lines[index]).any(is_sentence_mark) {
            return None;
        }
        let begin = words(lines[index])
            .zip(words(lines[other]))
            .take_while(|(a, b)| a == b)
            .count();
        (begin >= 4).then_some(other)
    }
}

/// A number with its style, as one that is compared at once.
fn numbered(label: Label) -> u64 {
    u64::from(label.style.code()) << 32 | u64::from(label.number)
}

/// Of what is a hash already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A hash of the words of a line that could be an entry. `bare` is room to write them down without
/// blanks and stars.
fn key(line: &Line<'_>, bare: &mut String) -> Option<u64> {
    // What is far too long needs no look, unless most of it is a link or leads to a page number.
    let leads = || {
        line.text
            .ends_with(|c: char| c.is_ascii_digit() || is_leader(c))
    };
    let links = || {
        let last = line.text.as_bytes().last();
        last.is_some_and(u8::is_ascii_punctuation) && line.text.contains("](")
    };
    let long = line.length as usize > LONGEST + LONGEST / 4;
    if long && (line.length as usize > 2 * LONGEST || !leads()) && !links() {
        return None;
    }
    let mut entry = entry(line);
    let spaced = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(false, |any, &byte| any | (byte == b' ') | (byte == b'*'))
    };
    let odd = line.holds.blanks == Blanks::Odd;
    if odd || line.holds != Holds::default() && spaced(entry.as_bytes()) {
        bare.clear();
        bare.extend(entry.chars().filter(|&c| is_word(c)));
        entry = bare;
    }
    let short = entry.len() <= LONGEST || length(entry) as usize <= LONGEST;
    (short && !entry.is_empty()).then(|| hash(entry.as_bytes()))
}

/// Rotated and multiplied, eight bytes at a time, as is enough where nothing is gained by two lines
/// that share a hash.
fn hash(bytes: &[u8]) -> u64 {
    let mix =
        |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words
        .iter()
        .fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    rest.iter()
        .fold(hash, |hash, byte| mix(hash, u64::from(*byte)))
}
