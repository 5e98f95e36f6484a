//! A clause while it is being built: it still knows which line each of its characters came from.

use crate::input::lines::Line;
use crate::structure::numbering::{self, Label};
use crate::text::{Blanks, Holds, between_stars, length};

/// A paragraph, item or cell before it is annotated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// The joined text.
    pub(crate) text: String,
    /// The first source line, its column, and the line of the first character of each further part:
    /// most clauses have none.
    line: u32,
    pub(crate) column: u32,
    parts: Vec<(u32, u32)>,
    length: u32,
    /// What the text holds, or more.
    pub(crate) holds: Holds,
    pub(crate) label: Option<Label>,
    pub(crate) role: Role,
    /// Emphasised ranges of the text, in characters.
    pub(crate) emphasis: Vec<(u32, u32)>,
    /// Markup that is not text: a Markdown table's bars, a rule between paragraphs.
    pub(crate) markup: Option<Box<[String; 2]>>,
    /// Of a cell: its column and its row, which make it another than a cell of the same text.
    pub(crate) leans_on: Option<Box<str>>,
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
    /// A whole line.
    pub(crate) fn of(line: &Line<'_>, role: Role) -> Self {
        let mut draft = Self {
            line: line.number,
            column: line.column,
            role,
            ..Self::default()
        };
        if role == Role::Paragraph {
            draft.label = line.label_of_text();
        }
        draft.append(line);
        draft
    }

    /// A text on a line, for tests.
    #[cfg(test)]
    pub(crate) fn new(line: u32, text: &str, role: Role) -> Self {
        Self {
            text: text.to_owned(),
            line,
            column: 1,
            length: length(text),
            holds: Holds::of(text),
            role,
            ..Self::default()
        }
    }

    /// A part of a line.
    pub(crate) fn part(line: &Line<'_>, part: &str, role: Role) -> Self {
        Self {
            text: part.to_owned(),
            line: line.number,
            column: line.column,
            length: length(part),
            holds: line.holds,
            role,
            ..Self::default()
        }
    }

    /// Adds a blank before what is joined next.
    pub(crate) fn space(&mut self) {
        self.text.push(' ');
        self.length = self.length.saturating_add(1);
        self.holds.blanks = self.holds.blanks.max(Blanks::Spaces);
    }

    /// Joins another line. Chinese needs nothing between; two Latin words need a blank.
    pub(crate) fn append(&mut self, line: &Line<'_>) {
        let [before, after] = line.tags.as_deref().cloned().unwrap_or_default();
        if self.text.is_empty() {
            if !before.is_empty() {
                self.markup.get_or_insert_default()[0].push_str(&before);
            }
        } else {
            // What stands between joined lines stays between them.
            let above = self
                .markup
                .as_deref_mut()
                .map(|[_, after]| std::mem::take(after));
            for tag in [above.unwrap_or_default(), before] {
                self.text.push_str(&tag);
                self.length = self.length.saturating_add(length(&tag));
            }
        }
        if !after.is_empty() {
            self.markup.get_or_insert_default()[1].push_str(&after);
        }
        let latin = |c: char| c.is_ascii_alphanumeric();
        if self.text.chars().next_back().is_some_and(latin) && line.text.starts_with(latin) {
            self.space();
        }
        self.holds = self.holds.and(line.holds);
        let start = self.length;
        if line.number != self.line {
            self.parts.push((start, line.number));
        }
        if let Some(rich) = &line.rich {
            let mut at = (0, 0);
            for &(byte, number) in &rich.breaks {
                at.1 += length(&line.text[at.0..byte as usize]);
                at.0 = byte as usize;
                self.parts.push((start + at.1, number));
            }
            let moved = rich
                .emphasis
                .iter()
                .map(|&(from, to)| (start + from, start + to));
            self.emphasis.extend(moved);
        }
        self.text.push_str(&line.text);
        self.length = self.length.saturating_add(line.length_with_signs());
    }

    /// The same without the stars by which Markdown emphasises; `None` if it has none.
    pub(crate) fn without_stars(&self) -> Option<Self> {
        if !self.holds.stars || between_stars(&self.text).nth(1).is_none() {
            return None;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut parts = self.parts.clone();
        let (mut at, mut dropped) = (0, 0);
        let mut later = parts.iter_mut().peekable();
        for piece in between_stars(&self.text) {
            text.push_str(piece);
            at += length(piece);
            while let Some(part) = later.next_if(|part| part.0 <= at) {
                part.0 -= dropped.min(part.0);
            }
            at += 2;
            dropped += 2;
        }
        Some(Self {
            length: length(&text),
            holds: self.holds,
            label: self.label.or_else(|| numbering::read(&text)),
            text,
            line: self.line,
            column: self.column,
            parts,
            role: self.role,
            ..Self::default()
        })
    }

    /// First line of the source.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    /// Last line of the source.
    pub(crate) fn end_line(&self) -> u32 {
        self.parts.last().map_or(self.line, |&(_, line)| line)
    }

    /// Line on which the character at this offset stands.
    pub(crate) fn line_at(&self, offset: usize) -> u32 {
        let after = self
            .parts
            .partition_point(|&(start, _)| start as usize <= offset);
        self.parts[..after]
            .last()
            .map_or(self.line, |&(_, line)| line)
    }

    /// Whether lines were joined already.
    pub(crate) fn is_joined(&self) -> bool {
        !self.parts.is_empty()
    }
}
