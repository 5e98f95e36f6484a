//! The document as the checks read it: headings and clauses in order, folded to one spelling and split
//! into sentences.

use std::ops::Range;

use super::contents;
use crate::document::{Clause, Document, Heading, Passage};
use crate::text::{Glance, is_blank};

/// A heading or clause.
pub(super) struct Part<'d> {
    pub(super) what: What<'d>,
    /// Its text, [folded].
    pub(super) folded: String,
    /// Index of the part that is the heading above it.
    pub(super) under: Option<usize>,
    /// Whether it is a table's cell.
    pub(super) cell: bool,
}

/// What ends a sentence.
const ENDS: [char; 4] = ['。', '！', '？', '；'];

pub(super) enum What<'d> {
    Heading(&'d Heading),
    Clause(&'d Clause),
}

impl Part<'_> {
    pub(super) fn line(&self) -> u32 {
        match self.what {
            What::Heading(heading) => heading.line,
            What::Clause(clause) => clause.line,
        }
    }

    pub(super) fn end_line(&self) -> u32 {
        match self.what {
            What::Heading(heading) => heading.line,
            What::Clause(clause) => clause.end_line,
        }
    }

    pub(super) fn column(&self) -> u32 {
        match self.what {
            What::Heading(heading) => heading.column,
            What::Clause(clause) => clause.column,
        }
    }

    /// Its words as written; a heading's without its label.
    pub(super) fn text(&self) -> &str {
        match self.what {
            What::Heading(heading) => &heading.title,
            What::Clause(clause) => &clause.text,
        }
    }

    pub(super) fn is_heading(&self) -> bool {
        matches!(self.what, What::Heading(_))
    }

    /// Level of a heading.
    pub(super) fn level(&self) -> Option<u8> {
        match self.what {
            What::Heading(heading) => Some(heading.level),
            What::Clause(_) => None,
        }
    }

    /// Its sentences, folded, as ranges of bytes.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        self.folded.split_inclusive(ENDS).map(move |sentence| {
            let start = at;
            at += sentence.len();
            start..at
        })
    }
}

/// Parts before a line that may reach over it: the cells of a row.
const PARTS_BACK: usize = 16;
/// Parts on one line that are looked through: a page without breaks has all of them there.
const PARTS_ON: usize = 1000;

/// All parts, and how they hang together.
pub(super) struct Reading<'d> {
    pub(super) document: &'d Document,
    pub(super) parts: Vec<Part<'d>>,
    /// The lines of the table of contents, [folded]: they are no parts.
    pub(super) contents: Vec<String>,
}

impl<'d> Reading<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let mut parts: Vec<Part<'d>> = Vec::new();
        let mut contents = Vec::new();
        let mut listed = contents::listed(document).into_iter();
        let mut tables = document.tables.iter().peekable();
        let mut heading = None;
        let mut clause_index = 0_u32;
        for passage in document.passages() {
            let (what, text, cell) = match passage {
                Passage::Heading(heading) if listed.next().unwrap_or(false) => {
                    contents.push(folded(&heading.title));
                    continue;
                }
                Passage::Heading(heading) => (What::Heading(heading), &heading.title, false),
                Passage::Clause(clause) => {
                    let index = clause_index;
                    clause_index += 1;
                    while tables.next_if(|table| table.clauses[1] <= index).is_some() {}
                    let cell = tables.peek().is_some_and(|table| table.clauses[0] <= index);
                    (What::Clause(clause), &clause.text, cell)
                }
                Passage::Contents(line) => {
                    contents.push(folded(&line.text));
                    continue;
                }
            };
            let part = Part {
                folded: folded(text),
                under: heading,
                cell,
                what,
            };
            if part.is_heading() {
                heading = Some(parts.len());
            }
            parts.push(part);
        }
        Self {
            document,
            parts,
            contents,
        }
    }

    /// Indexes of the parts that hold a line, from a part on.
    pub(super) fn at_line(&self, line: u32, from: usize) -> Vec<usize> {
        let begins = self.parts.partition_point(|part| part.line() < line);
        let before = begins.saturating_sub(PARTS_BACK)..begins;
        let before = before.filter(|&index| self.parts[index].end_line() >= line);
        let on = begins.max(from)..self.parts.len();
        let on = on.take_while(|&index| self.parts[index].line() == line);
        before.chain(on.take(PARTS_ON)).collect()
    }

    /// The line on which the part of some words begins.
    pub(super) fn line_of(&self, spot: &Spot) -> u32 {
        self.parts[spot.part].line()
    }

    /// Every sentence of every heading and clause.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        self.parts.iter().enumerate().flat_map(|(part, read)| {
            read.sentences().map(move |range| Sentence {
                part,
                start: range.start,
                glance: Glance::at(&read.folded[range]),
            })
        })
    }
}

/// A sentence, folded.
pub(super) struct Sentence<'r> {
    pub(super) part: usize,
    /// Where it begins in its part's folded text, in bytes.
    pub(super) start: usize,
    pub(super) glance: Glance<'r>,
}

impl Sentence<'_> {
    pub(super) fn text(&self) -> &str {
        self.glance.text()
    }

    /// Words of this sentence as words of its part.
    pub(super) fn spot(&self, words: &Range<usize>) -> Spot {
        Spot {
            part: self.part,
            words: self.start + words.start..self.start + words.end,
        }
    }
}

/// Words of a part: bytes of its folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) part: usize,
    pub(super) words: Range<usize>,
}

/// One spelling for what policies write in several: no blanks, no stars of emphasis, 您 for 你, one kind of
/// quotation mark, full-width punctuation, half-width small Latin letters and digits.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter_map(fold).collect()
}

fn fold(c: char) -> Option<char> {
    Some(match c {
        '*' | '\u{200b}'..='\u{200d}' => return None,
        '你' => '您',
        '帐' => '账',
        '“' | '”' | '「' | '」' | '『' | '』' | '＂' => '"',
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        '!' => '！',
        '?' => '？',
        '０'..='９' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => {
            let half = u32::from(c) - 0xfee0;
            char::from_u32(half).map_or(c, |c| c.to_ascii_lowercase())
        }
        c if is_blank(c) => return None,
        c => c.to_ascii_lowercase(),
    })
}

/// Leads from a folded text back to the text itself.
pub(super) struct Unfolding {
    /// Of every character that folding keeps: its first byte in the folded text, its index and its first
    /// byte in the text.
    kept: Vec<(usize, usize, usize)>,
}

impl Unfolding {
    pub(super) fn of(text: &str) -> Self {
        let mut at = 0;
        let mut kept = Vec::new();
        for (index, (byte, c)) in text.char_indices().enumerate() {
            if let Some(folded) = fold(c) {
                kept.push((at, index, byte));
                at += folded.len_utf8();
            }
        }
        Self { kept }
    }

    /// Bytes of the folded text as characters of the text and as its bytes, without blanks at their ends.
    pub(super) fn range(&self, text: &str, words: &Range<usize>) -> (Range<usize>, Range<usize>) {
        let at = |byte: usize| self.kept.partition_point(|&(folded, ..)| folded < byte);
        let (first, behind) = (at(words.start), at(words.end));
        let inside = self.kept.get(first..behind).unwrap_or_default();
        let (Some(&(_, start, from)), Some(&(_, last, to))) = (inside.first(), inside.last())
        else {
            return (0..0, 0..0);
        };
        let length = text[to..].chars().next().map_or(0, char::len_utf8);
        (start..last + 1, from..to + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_where_they_were_written() {
        let text = "  你 **登录** ，即视为同意";
        let fold = folded(text);
        assert_eq!(fold, "您登录，即视为同意");
        let at = fold.find("登录，").unwrap();
        let words = at..at + "登录，".len();
        let (chars, bytes) = Unfolding::of(text).range(text, &words);
        assert_eq!(&text[bytes], "登录** ，");
        assert_eq!(chars, 6..12);
    }

    #[test]
    fn widths_are_one() {
        assert_eq!(folded("ＡＰＰ,（１５）Days"), "app，（15）days");
    }
}
