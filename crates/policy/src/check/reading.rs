//! The document as the checks read it: headings and clauses in order, folded to one spelling and split
//! into sentences.

use std::ops::Range;

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
        self.folded
            .split_inclusive(['。', '！', '？', '；'])
            .map(move |sentence| {
                let start = at;
                at += sentence.len();
                start..at
            })
    }
}

/// Parts before a line that may reach over it: the cells of a row.
const PARTS_BACK: usize = 16;
/// Parts on one line that are looked through: a page without breaks has them all there.
const PARTS_ON: usize = 2000;

/// All parts, and how they hang together.
pub(super) struct Reading<'d> {
    pub(super) document: &'d Document,
    pub(super) parts: Vec<Part<'d>>,
}

impl<'d> Reading<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let mut parts: Vec<Part<'d>> = Vec::new();
        let mut tables = document.tables.iter().peekable();
        let mut heading = None;
        let mut clause_index = 0_u32;
        for passage in document.passages() {
            let (what, text, cell) = match passage {
                Passage::Heading(heading) => (What::Heading(heading), &heading.title, false),
                Passage::Clause(clause) => {
                    let index = clause_index;
                    clause_index += 1;
                    while tables.next_if(|table| table.clauses[1] <= index).is_some() {}
                    let cell = tables.peek().is_some_and(|table| table.clauses[0] <= index);
                    (What::Clause(clause), &clause.text, cell)
                }
                Passage::Contents(_) => continue,
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
        Self { document, parts }
    }

    /// Indexes of the parts that hold a line, few of them where a page is one long line.
    pub(super) fn at_line(&self, line: u32) -> impl Iterator<Item = usize> {
        let begins = self.parts.partition_point(|part| part.line() < line);
        let before = begins.saturating_sub(PARTS_BACK)..begins;
        let holds = move |index: &usize| self.parts[*index].end_line() >= line;
        let on = (begins..self.parts.len()).take_while(move |&i| self.parts[i].line() == line);
        before.filter(holds).chain(on.take(PARTS_ON))
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

/// A range of bytes of the folded text as a range of characters of the text itself, without blanks at its
/// ends.
pub(super) fn unfolded(text: &str, words: &Range<usize>) -> Range<usize> {
    let mut at = 0;
    let mut range = None;
    for (index, c) in text.chars().enumerate() {
        let Some(c) = fold(c) else { continue };
        if at >= words.end {
            break;
        }
        if at >= words.start {
            let start = range.map_or(index, |(start, _)| start);
            range = Some((start, index + 1));
        }
        at += c.len_utf8();
    }
    range.map_or(0..0, |(start, end)| start..end)
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
        let range = unfolded(text, &(at..at + "登录，".len()));
        let words: String = text.chars().skip(range.start).take(range.len()).collect();
        assert_eq!(words, "登录** ，");
    }

    #[test]
    fn widths_are_one() {
        assert_eq!(folded("ＡＰＰ,（１５）Days"), "app，（15）days");
    }
}
