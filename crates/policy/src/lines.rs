//! Text to numbered lines, blank ones left out.

use crate::numbering::{self, Label};
use crate::text::{is_blank, is_sentence_mark, trim};

/// A line that holds something.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// 1-based line of the source.
    pub(crate) number: u32,
    /// Its text, trimmed.
    pub(crate) text: &'a str,
    /// Blank characters before the text.
    pub(crate) indent: usize,
    /// Characters in `text`.
    pub(crate) length: usize,
    /// Numbering or bullet at its start.
    pub(crate) label: Option<Label>,
}

impl<'a> Line<'a> {
    fn new(number: u32, raw: &'a str) -> Option<Self> {
        let text = trim(raw);
        if text.is_empty() {
            return None;
        }
        Some(Self {
            number,
            text,
            indent: raw.chars().take_while(|&c| is_blank(c)).count(),
            length: text.chars().count(),
            label: numbering::read(text),
        })
    }

    /// The text after the label, trimmed.
    pub(crate) fn rest(&self) -> &'a str {
        self.label
            .as_ref()
            .map_or(self.text, |label| trim(&self.text[label.length..]))
    }

    /// Whether the text after the label has a mark that only sentences have.
    pub(crate) fn has_sentence_mark(&self) -> bool {
        self.rest().contains(is_sentence_mark)
    }
}

/// Splits at `\n`, `\r\n` and a lone `\r`, which all count as one line break.
pub(crate) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut number = 0_u32;
    for block in text.split('\n') {
        let block = block.strip_suffix('\r').unwrap_or(block);
        for raw in block.split('\r') {
            number = number.saturating_add(1);
            lines.extend(Line::new(number, raw));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_whatever_ends_them() {
        let found: Vec<_> = split("甲\r\n\r\n\u{a0}乙 \r丙\n\u{feff}\n丁")
            .iter()
            .map(|l| (l.number, l.text, l.indent))
            .collect();
        assert_eq!(
            found,
            [(1, "甲", 0), (3, "乙", 1), (4, "丙", 0), (6, "丁", 0)]
        );
    }
}
