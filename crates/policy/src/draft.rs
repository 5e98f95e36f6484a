//! A clause while it is being built: it still knows which line each of its characters came from.

use crate::numbering::Label;

/// A paragraph, item or cell before it is annotated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// The joined text.
    pub(crate) text: String,
    /// For each source line, the offset (in characters) at which its part of the text begins.
    segments: Vec<(u32, u32)>,
    length: u32,
    pub(crate) label: Option<Label>,
    pub(crate) role: Role,
}

/// What a clause is besides a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    #[default]
    Paragraph,
    /// A cell of a table's body.
    Cell,
    /// A table's caption or column name, which states nothing.
    Caption,
}

impl Draft {
    pub(crate) fn new(line: u32, text: &str, label: Option<Label>, role: Role) -> Self {
        let mut draft = Self {
            label,
            role,
            ..Self::default()
        };
        draft.append(line, text);
        draft
    }

    /// Joins another line. Chinese needs nothing between; two Latin words need a blank.
    pub(crate) fn append(&mut self, line: u32, text: &str) {
        let glued = self
            .text
            .chars()
            .next_back()
            .is_some_and(|c| c.is_ascii_alphanumeric())
            && text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if glued {
            self.text.push(' ');
            self.length += 1;
        }
        self.segments.push((self.length, line));
        self.text.push_str(text);
        self.length = self
            .length
            .saturating_add(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    }

    /// First line of the source.
    pub(crate) fn line(&self) -> u32 {
        self.segments.first().map_or(0, |&(_, line)| line)
    }

    /// Last line of the source.
    pub(crate) fn end_line(&self) -> u32 {
        self.segments.last().map_or(0, |&(_, line)| line)
    }

    /// Line on which the character at this offset stands.
    pub(crate) fn line_at(&self, offset: usize) -> u32 {
        let after = self
            .segments
            .partition_point(|&(start, _)| start as usize <= offset);
        self.segments[..after]
            .last()
            .map_or(self.line(), |&(_, line)| line)
    }

    /// Whether lines were joined already.
    pub(crate) fn is_joined(&self) -> bool {
        self.segments.len() > 1
    }
}
