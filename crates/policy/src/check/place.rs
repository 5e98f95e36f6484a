//! Where words of a clause stand in the file.
//!
//! A clause holds the non-blank characters of its lines in order, without the tags of HTML and with its
//! entities resolved. Both are walked side by side, once for all findings of a clause.

use std::ops::Range;

use crate::input::lines;
use crate::text::is_blank;

/// Columns of a line: 1-based, in Unicode scalar values, `end` behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Line of the file, 1-based.
    pub line: u32,
    /// Column of the first character.
    pub start: u32,
    /// Column behind the last character on that line.
    pub end: u32,
}

/// The lines of a file, and the place to which the last walk began: on a line as long as the file, the next
/// one need not begin at its start.
pub(super) struct Lines<'s> {
    lines: Vec<&'s str>,
    last: Place<'s>,
}

/// A place on a line.
#[derive(Clone, Copy)]
struct Place<'s> {
    line: u32,
    column: u32,
    /// The line from there on.
    rest: &'s str,
}

impl<'s> Lines<'s> {
    pub(super) fn of(source: &'s str) -> Self {
        let mut all = Vec::new();
        lines::each(source, |line| all.push(line));
        Self {
            lines: all,
            last: Place {
                line: 0,
                column: 1,
                rest: "",
            },
        }
    }

    /// The place of a line and a column.
    fn place(&mut self, line: u32, column: u32) -> Place<'s> {
        if self.last.line != line || self.last.column > column {
            let rest = (line as usize).checked_sub(1);
            let rest = rest.and_then(|index| self.lines.get(index));
            self.last = Place {
                line,
                column: 1,
                rest: rest.unwrap_or(&""),
            };
        }
        while self.last.column < column && self.last.step().is_some() {}
        self.last
    }

    /// The spans of ranges of characters of `text`, which stands from a place on, up to a line. They must be
    /// in order of their starts. `None` where the file does not read like the text.
    pub(super) fn spans(
        &mut self,
        text: &str,
        (line, column): (u32, u32),
        end_line: u32,
        ranges: &[Range<usize>],
    ) -> Vec<Option<Span>> {
        let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
        let mut places = Vec::with_capacity(last);
        let mut walk = Walk {
            at: self.place(line, column),
            lines: &self.lines,
            end_line,
            lost: line == 0,
        };
        for c in text.chars().take(last) {
            places.push(if is_blank(c) { None } else { walk.to(c) });
        }
        let span = |range: &Range<usize>| {
            let words = places.get(range.clone())?;
            let (line, start) = *words.first()?.as_ref()?;
            let on_line = |place: &&Option<(u32, u32)>| place.is_some_and(|(l, _)| l == line);
            let (_, end) = words.iter().rev().find(on_line)?.as_ref()?;
            Some(Span {
                line,
                start,
                end: end + 1,
            })
        };
        ranges.iter().map(span).collect()
    }
}

impl Place<'_> {
    fn step(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        self.column += 1;
        Some(c)
    }
}

/// Goes through the file's characters, past blanks and tags.
struct Walk<'l, 's> {
    lines: &'l [&'s str],
    at: Place<'s>,
    end_line: u32,
    lost: bool,
}

/// Characters that may stand between two of the text without being in it: a tag's, for the most part.
const FOREIGN: usize = 2000;

impl Walk<'_, '_> {
    /// The place of the next character if it is this one. What is not is passed, up to a limit; then the
    /// walk is lost and gives no place any more.
    fn to(&mut self, c: char) -> Option<(u32, u32)> {
        let mut passed = 0;
        while !self.lost {
            let place = (self.at.line, self.at.column);
            let Some(found) = self.at.rest.chars().next() else {
                if self.at.line >= self.end_line {
                    break;
                }
                self.at = Place {
                    line: self.at.line + 1,
                    column: 1,
                    rest: self.lines.get(self.at.line as usize).unwrap_or(&""),
                };
                continue;
            };
            if found == c {
                self.at.step();
                return Some(place);
            }
            if let Some(length) = entity(self.at.rest, c) {
                for _ in 0..length {
                    self.at.step();
                }
                return Some(place);
            }
            if found == '<' && self.at.rest.chars().take(FOREIGN).any(|c| c == '>') {
                while self.at.step().is_some_and(|c| c != '>') {}
                continue;
            }
            self.at.step();
            passed += usize::from(!is_blank(found));
            if passed > FOREIGN {
                break;
            }
        }
        self.lost = true;
        None
    }
}

/// Characters of the entity with which the text begins, if it may stand for `c`.
fn entity(text: &str, c: char) -> Option<usize> {
    const LONGEST: usize = 10;
    let body = text.strip_prefix('&')?;
    let length = body.chars().take(LONGEST).position(|c| c == ';')?;
    let blank = ["nbsp", "ensp", "emsp", "thinsp"]
        .iter()
        .any(|name| body.starts_with(name));
    (!blank && !is_blank(c)).then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(source: &str, (line, column): (u32, u32), text: &str, words: &str, span: [u32; 3]) {
        let start = text[..text.find(words).unwrap()].chars().count();
        let range = start..start + words.chars().count();
        let mut end_line = 0;
        lines::each(source, |_| end_line += 1);
        let mut lines = Lines::of(source);
        let found = lines.spans(text, (line, column), end_line, &[range]);
        let [line, start, end] = span;
        assert_eq!(found, [Some(Span { line, start, end })], "{source}");
    }

    #[test]
    fn words_are_found_in_text_markdown_and_html() {
        case("甲乙丙丁", (1, 1), "甲乙丙丁", "丙丁", [1, 3, 5]);
        case("\t甲  乙\n  丙 丁", (1, 2), "甲 乙丙丁", "丙丁", [2, 3, 6]);
        case("甲乙\n丙丁", (1, 1), "甲乙丙丁", "乙丙", [1, 2, 3]);
        case("甲乙\r丙\r\n丁", (1, 1), "甲乙丙丁", "丙丁", [2, 1, 2]);
        case("甲乙\r丙\r\n丁", (1, 1), "甲乙丙丁", "丁", [3, 1, 2]);
        case(
            "<p>甲<b>乙&nbsp;</b>丙</p>",
            (1, 4),
            "甲乙 丙",
            "丙",
            [1, 19, 20],
        );
        case("<p>&ldquo;甲&rdquo;乙", (1, 4), "“甲”乙", "乙", [1, 19, 20]);
    }

    #[test]
    fn a_text_that_does_not_stand_there_has_no_place() {
        let mut lines = Lines::of("甲乙");
        let whole = Range { start: 0, end: 2 };
        assert_eq!(lines.spans("丙丁", (1, 1), 1, &[whole]), [None]);
    }
}
