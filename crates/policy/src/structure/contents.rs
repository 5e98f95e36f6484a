//! The table of contents, told from the body by its echo: every line of it comes again further
//! down, as a heading with text of its own below it.

mod rest;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::numbering::Style;
use crate::text::{Holds, is_blank, is_sentence_mark, length, squeeze};
use rest::{begins_again, counts_on, goes_on, is_contents, is_link, is_listed};

/// Characters of a line that may still be an entry.
const LONGEST: usize = 50;
/// Most plain lines between two entries that may be entries too.
const UNSURE: usize = 3;

/// The tables of contents of a text.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// Index ranges of the lines that they take.
    pub(crate) ranges: Vec<Range<usize>>,
    /// Indices of the lines that their entries lead to: headings, however they are worded.
    pub(crate) targets: Vec<usize>,
}

/// Finds the tables of contents. Tags and rules between entries part nothing.
pub(crate) fn find(lines: &[Line<'_>], rules: impl Fn(usize) -> bool) -> Contents {
    let places: Vec<usize> = (0..lines.len()).filter(|&index| !rules(index)).collect();
    let kept: Vec<&Line<'_>> = places.iter().map(|&index| &lines[index]).collect();
    let mut found = among(&kept);
    for range in &mut found.ranges {
        *range = places[range.start]..places[range.end - 1] + 1;
    }
    for target in &mut found.targets {
        *target = places[*target];
    }
    found
}

fn among(lines: &[&Line<'_>]) -> Contents {
    let echoes = Echoes::new(lines);
    let mut found = Contents::default();
    let marked = lines
        .iter()
        .any(|line| matches!(line.hint, Hint::Heading(_)));
    let mut start = 0;
    while start < lines.len() {
        let titled = is_titled(lines, start);
        if !titled && !echoes.may_lead(lines, start) {
            start += 1;
            continue;
        }
        let mut end = start;
        let (mut entries, mut targets) = (Vec::new(), Vec::new());
        // Entries that lead nowhere: all, and the last ones whose looks alone do not tell them from
        // what follows the contents.
        let (mut lost, mut unsure) = (0, 0);
        while let Some(line) = lines.get(end) {
            // Where an entry and its heading have drifted far apart, counting on from entries that have
            // not is enough.
            let numbered = line.label.is_some_and(|label| label.number > 0);
            let links = is_link(line);
            if !(numbered || titled || links || marked) {
                break;
            }
            let last = targets.last().copied();
            let drifted = || echoes.drifted(lines, end, last?);
            // 十、其他 behind 九、联系 does not lead to 3. 其他 further up.
            let echo = echoes.of(lines, end).map(|target| match last {
                Some(last) if target <= last => echoes.behind(lines, end, last).unwrap_or(target),
                _ => target,
            });
            let Some(target) = echo.or_else(drifted) else {
                let before = targets.first().is_none_or(|first| end < *first);
                if !before || unsure == UNSURE || !goes_on(lines, start..end, titled) {
                    break;
                }
                lost += 1;
                unsure = if is_listed(line) { 0 } else { unsure + 1 };
                end += 1;
                continue;
            };
            let leads = links || matches!(lines[target].hint, Hint::Heading(_));
            if !(numbered || titled || leads) || targets.last().is_some_and(|last| target <= *last)
            {
                break;
            }
            entries.push(end);
            targets.push(target);
            unsure = 0;
            end += 1;
        }
        end -= unsure;
        lost -= unsure;
        let again = || titled && begins_again(lines, start..end);
        if again() || is_contents(&entries, &targets, end) && (titled || lost <= targets.len()) {
            let first = if titled && is_bare_title(lines[start - 1].words()) {
                start - 1
            } else {
                start
            };
            found.ranges.push(first..end);
            found.targets.extend(targets);
        }
        start = end.max(start + 1);
    }
    found
}

fn is_bare_title(text: &str) -> bool {
    // Three bytes a character, and some blanks and brackets: nothing longer needs a closer look.
    let latin = |byte: u8| matches!(byte, b'c' | b'C');
    let may = || text.contains('目') || text.contains('索') || text.bytes().any(latin);
    if text.len() > 96 || !may() {
        return false;
    }
    let text = squeeze(text).to_lowercase();
    let text = text.trim_matches(['【', '】', ':', '：']);
    // 《某某隐私政策》目录 is the contents of this text, 第三方SDK目录 is another list.
    let own = |text: &str| {
        text.ends_with(['》', '本'])
            || ["政策", "协议", "声明", "指引"]
                .iter()
                .any(|end| text.ends_with(end))
    };
    matches!(text, "目录" | "目次" | "contents" | "索引")
        || text.strip_suffix("目录").is_some_and(own)
}

fn announces(text: &str) -> bool {
    is_bare_title(text)
        || (text.ends_with(['：', ':'])
            && ["以下内容", "如下内容", "目录"]
                .iter()
                .any(|w| text.contains(w)))
}

/// Whether the text says that contents begin here: 目录, perhaps with a sentence below it.
fn is_titled(lines: &[&Line<'_>], start: usize) -> bool {
    let Some(above) = start.checked_sub(1).map(|above| lines[above].words()) else {
        return false;
    };
    let below_title = || {
        let title = start.checked_sub(2).map(|title| lines[title].words());
        above.ends_with(['：', ':']) && title.is_some_and(is_bare_title)
    };
    announces(above) || below_title()
}

/// Where a line's words come again.
struct Echoes {
    /// For each line the next one with the same words.
    next: Vec<Next>,
    /// Numbers, each with the lines that have it.
    by_number: Vec<((Style, u32), u32)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The line has no words, or too many for an entry.
    Unfit,
    Nowhere,
    Line(u32),
}

impl Echoes {
    fn new(lines: &[&Line<'_>]) -> Self {
        let mut next = vec![Next::Unfit; lines.len()];
        let mut by_key: Vec<(u64, u32)> = Vec::with_capacity(lines.len());
        let mut by_number = Vec::new();
        let mut bare = String::new();
        for (index, line) in (0_u32..).zip(lines) {
            if let Some(key) = key(line, &mut bare) {
                by_key.push((key, index));
            }
            if let Some(label) = line.label.filter(|label| label.number > 0) {
                by_number.push(((label.style, label.number), index));
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
    fn may_lead(&self, lines: &[&Line<'_>], index: usize) -> bool {
        match self.next.get(index) {
            None | Some(Next::Unfit) => false,
            Some(Next::Nowhere) => lines[index].label.is_some_and(|label| label.number > 0),
            Some(Next::Line(_)) => true,
        }
    }

    /// Index of the next line with the same words; for numbered lines one of the same number whose
    /// words are alike will do, since entries and headings drift apart over the versions.
    fn of(&self, lines: &[&Line<'_>], index: usize) -> Option<usize> {
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
        let numbered = (label.style, label.number);
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
    fn behind(&self, lines: &[&Line<'_>], index: usize, last: usize) -> Option<usize> {
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
    fn drifted(&self, lines: &[&Line<'_>], index: usize, last: usize) -> Option<usize> {
        let label = lines[index].label?;
        if !counts_on(lines[index - 1], lines[index]) {
            return None;
        }
        let numbered = (label.style, label.number);
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
    let long = line.length as usize > LONGEST + LONGEST / 4;
    if long && !line.text.contains("](") && (line.length as usize > 2 * LONGEST || !leads()) {
        return None;
    }
    let mut entry = entry(line);
    if line.holds != Holds::default() {
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

/// Most characters of two lines that are compared.
const COMPARED: usize = 64;

/// Whether a line begins and ends with the same words as an [entry], for two thirds of the longer.
fn are_alike(a: &str, b: &Line<'_>) -> bool {
    // Most lines of the same number have nothing in common, and are told apart here.
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
fn words<'l>(line: &'l Line<'_>) -> impl Iterator<Item = char> + 'l {
    words_of(entry(line))
}

fn words_of(entry: &str) -> impl Iterator<Item = char> + '_ {
    entry.chars().filter(|&c| is_word(c))
}

fn is_word(c: char) -> bool {
    !is_blank(c) && c != '*'
}

/// Stands in rows between an entry and its page number.
fn is_leader(c: char) -> bool {
    matches!(c, '.' | '…' | '·' | '-')
}

/// The words of an entry or heading without closing punctuation, dot leaders and page number, and
/// without the link that Markdown makes of it.
fn entry<'l>(line: &'l Line<'_>) -> &'l str {
    let mut words = line.rest();
    if let Some((linked, _)) = words
        .strip_prefix('[')
        .filter(|_| words.ends_with(')'))
        .and_then(|inner| inner.split_once("]("))
    {
        words = linked;
        if let Some(label) = crate::structure::numbering::read(words) {
            words = &words[label.length..];
        }
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

#[cfg(test)]
mod tests;
