//! From a file to lines: encodings, plain text with Markdown's signs, HTML.

pub(crate) mod lines;

/// What markup says of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hint {
    #[default]
    None,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// The first block of a list's item.
    Item,
    /// The caption of a table or figure.
    Caption,
}

/// A run of text of an HTML page that stands on a line of its own.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) number: u32,
    pub(crate) column: u32,
    pub(crate) text: String,
    pub(crate) breaks: Vec<(u32, u32)>,
    pub(crate) emphasis: Vec<(u32, u32)>,
    pub(crate) gap: bool,
    pub(crate) depth: u8,
    pub(crate) hint: Hint,
}

/// What the structure is read from: lines, and the tables that markup has told.
pub(crate) struct Source<'a> {
    pub(crate) lines: Vec<lines::Line<'a>>,
    pub(crate) grids: Vec<crate::structure::tables::Span>,
}
