//! What a policy arrives as: bytes in some encoding, and HTML beside plain text. Everything here
//! ends in text or in [`Block`]s; telling headings from clauses is the work of what follows.

use std::ops::Range;

use crate::structure::grid;
use crate::structure::tables::Span;
use crate::text::is_blank;

pub(crate) mod encoding;
pub(crate) mod html;
pub(crate) mod lines;
mod signs;
mod tags;

/// A run of text that stands on a line (or several) of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// 1-based line of the source on which its first non-blank character stands.
    pub(crate) number: u32,
    /// 1-based column of that character, in characters.
    pub(crate) column: u32,
    /// The text as a browser lays it out: runs of ASCII white space are one blank, there is none
    /// at either end, and none at all where a source line breaks between two Chinese characters.
    /// No-break and ideographic spaces stay. Character references are resolved.
    pub(crate) text: String,
    /// Byte offsets in `text` at which a further source line begins, with that line's number.
    pub(crate) breaks: Vec<(u32, u32)>,
    /// Emphasised ranges of `text` in characters, in order, no two of them touching.
    pub(crate) emphasis: Vec<(u32, u32)>,
    /// Whether more than a line break stands before it: an empty line, or the edge of an element
    /// that browsers set apart from its surroundings.
    pub(crate) gap: bool,
    /// Depth of list nesting, 0 outside lists, at most 255.
    pub(crate) depth: u8,
    /// What its element says it is.
    pub(crate) hint: Hint,
    /// Whether it is nothing but a link to another page.
    pub(crate) linked: bool,
}

impl Block {
    /// The same without the no-break and ideographic spaces that indent a paragraph.
    fn trimmed(mut self) -> Self {
        let words = crate::text::trim(&self.text);
        if words.is_empty() || words.len() == self.text.len() {
            return self;
        }
        let from = self.text.len() - self.text.trim_start_matches(is_blank).len();
        let to = from + words.len();
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let before = small(self.text[..from].chars().count());
        let length = small(words.chars().count());
        self.text.truncate(to);
        self.text.drain(..from);
        // A line that only indents is none of the paragraph's.
        let (from, to) = (small(from), small(to));
        self.breaks.retain(|(at, _)| *at < to);
        for (at, _) in &mut self.breaks {
            *at = at.saturating_sub(from);
        }
        for (start, end) in &mut self.emphasis {
            *start = start.saturating_sub(before).min(length);
            *end = end.saturating_sub(before).min(length);
        }
        self.emphasis.retain(|(start, end)| start < end);
        self
    }
}

/// What the element around a block says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Nothing.
    #[default]
    None,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// The first block of a list item, term or description.
    Item,
    /// A table's or a figure's caption.
    Caption,
}

/// A table. Each of its blocks belongs to one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// From the first cell's first block to the last cell's last.
    pub(crate) blocks: Range<usize>,
    /// Cells in source order.
    pub(crate) cells: Vec<GridCell>,
}

/// A cell and the slots it takes (WHATWG HTML, 4.9.12.1, forming a table).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GridCell {
    /// Its blocks; an empty range for an empty cell.
    pub(crate) blocks: Range<usize>,
    /// Row of its first slot, from 0.
    pub(crate) row: u32,
    /// Column of its first slot, from 0.
    pub(crate) column: u32,
    /// Rows it spans, never beyond its row group.
    pub(crate) rows: u32,
    /// Columns it spans.
    pub(crate) columns: u32,
    /// Whether it is a `<th>` or stands in a `<thead>`.
    pub(crate) header: bool,
}

/// A source read into blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// In source order.
    pub(crate) blocks: Vec<Block>,
    /// In source order, none inside another.
    pub(crate) tables: Vec<Grid>,
}

/// What the structure is read from: lines, and the tables that markup has told.
pub(crate) struct Input<'a> {
    pub(crate) lines: Vec<lines::Line<'a>>,
    pub(crate) tables: Vec<Span>,
}

/// Reads plain text, Markdown or HTML, whichever the text is.
pub(crate) fn read(text: &str) -> Input<'_> {
    if !html::looks_like_html(text) {
        return Input {
            lines: lines::split(text),
            tables: Vec::new(),
        };
    }
    if let Some(shown) = html::verbatim::of(text) {
        let lines = lines::split(&shown.text).into_iter();
        return Input {
            lines: lines.map(|line| line.moved(&shown)).collect(),
            tables: Vec::new(),
        };
    }
    let Source { blocks, tables } = html::read(text);
    let lines = lines::of_blocks(blocks);
    let mut spans: Vec<Span> = Vec::with_capacity(tables.len());
    for table in &tables {
        spans.extend(grid::span(table, &lines, spans.last()));
    }
    Input {
        lines,
        tables: spans,
    }
}
