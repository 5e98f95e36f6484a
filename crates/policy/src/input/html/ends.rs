//! Where elements end: by their end tags, by what cannot stand in them, by the end of another.

use super::grid::Frame;
use super::reader::{HEADINGS, LISTS, Reader};
use super::tags::{Kind, Tag};
use crate::input::{Hint, Source};

impl Reader<'_> {
    /// An end tag.
    pub(super) fn end(&mut self, tag: Tag, key: u32) {
        if self.raw.take().is_some() {
            return;
        }
        if self.stack.was_too_deep(tag) {
            if !matches!(tag.kind(), Kind::Inline | Kind::Unseen) {
                self.boundary(gap(tag));
            }
            return;
        }
        let scope = self.stack.scope();
        let found = match tag.kind() {
            // Any of them ends any other.
            Kind::Heading(_) => self.stack.last_of(&HEADINGS),
            _ => self.stack.find(tag, key),
        };
        match tag.kind() {
            Kind::Frame | Kind::Raw(_) => {}
            Kind::Void => {
                if tag == Tag::Br {
                    self.line_break();
                }
            }
            Kind::Inline | Kind::Unseen => {
                if let Some(index) = found.filter(|_| found > scope) {
                    self.end_inline(index);
                }
            }
            Kind::Table => {
                let table = self.stack.last(Tag::Table);
                if let Some(index) = found.filter(|_| found > table || tag == Tag::Table) {
                    self.boundary(gap(tag));
                    self.close(index, true, false);
                }
            }
            _ => {
                let within = match tag {
                    Tag::Li => scope.max(self.stack.last_of(&LISTS)),
                    _ => scope,
                };
                if let Some(index) = found.filter(|_| found > within) {
                    self.boundary(gap(tag));
                    self.close(index, true, true);
                } else if tag == Tag::P {
                    self.boundary(true);
                }
            }
        }
    }

    fn end_inline(&mut self, index: usize) {
        if index + 1 == self.stack.len() {
            self.close(index, true, true);
            return;
        }
        if self.stack.end_within(index) {
            if self.hidden.as_ref().is_some_and(|h| h.index == index) {
                self.end_hidden(true);
            }
        } else {
            self.boundary(false);
            self.close(index, true, true);
        }
    }

    /// A paragraph ends where a block begins, `</p>` or not.
    pub(super) fn end_paragraph(&mut self) {
        let paragraph = self.stack.last(Tag::P);
        if let Some(index) = paragraph.filter(|_| paragraph > self.stack.scope()) {
            self.boundary(true);
            self.close(index, true, true);
        }
    }

    /// An item ends where the next of its list begins.
    pub(super) fn end_item(&mut self, tag: Tag) {
        let open = match tag {
            Tag::Li => self.stack.last(Tag::Li),
            _ => self.stack.last_of(&[Tag::Dt, Tag::Dd]),
        };
        if let Some(index) =
            open.filter(|_| open > self.stack.scope().max(self.stack.last_of(&LISTS)))
        {
            self.boundary(false);
            self.close(index, true, true);
        }
    }

    pub(super) fn line_break(&mut self) {
        if self.hidden.as_ref().is_none_or(|hidden| !hidden.in_line) {
            self.flow.line_break();
        }
    }

    /// The innermost table, if it is looked at.
    pub(super) fn frame(&mut self) -> Option<&mut Frame> {
        let table = self.stack.last(Tag::Table)?;
        self.frames.last_mut().filter(|frame| frame.index == table)
    }

    /// Ends the elements from this place on, innermost first; `own` if the first of them by its own
    /// end tag or as if by it. Formatting goes on behind a block, not behind a cell.
    pub(super) fn close(&mut self, index: usize, own: bool, carrying: bool) {
        while self.stack.len() > index {
            let Some(element) = self.stack.pop() else {
                break;
            };
            let place = self.stack.len();
            match element.tag {
                Tag::Table => {
                    self.flow.boundary(true);
                    if let Some(frame) = self.frames.pop_if(|frame| frame.index == place) {
                        frame.close(&self.flow.blocks, &mut self.tables);
                    }
                }
                Tag::Tr => {
                    if let Some(frame) = self.frame() {
                        frame.end_row();
                    }
                }
                Tag::Thead | Tag::Tbody | Tag::Tfoot => {
                    if let Some(frame) = self.frame() {
                        frame.group(false);
                    }
                }
                Tag::Li | Tag::Dt | Tag::Dd => self.item = false,
                _ => {}
            }
            if self.spent == Some(place) {
                self.spent = None;
            }
            if self.hidden.as_ref().is_some_and(|h| h.index == place) {
                let loose = matches!(element.tag.kind(), Kind::Inline | Kind::Unseen);
                self.end_hidden(own && place == index || !loose);
            }
            if place > index {
                self.stack.carry(element);
            }
        }
        self.stack.reopen(carrying);
    }

    /// The edge of a block element.
    pub(super) fn boundary(&mut self, gap: bool) {
        if let Some(hidden) = &mut self.hidden
            && hidden.in_line
        {
            hidden.in_line = false;
            self.flow.boundary(gap);
            hidden.blocks = self.flow.blocks.len();
            hidden.tables = self.tables.len();
            hidden.edge = self.flow.edge();
            return;
        }
        if self.flow.begun() && matches!(self.flow.hint(), Hint::Heading(_)) {
            self.spent = self.stack.last_of(&HEADINGS);
        }
        self.flow.boundary(gap);
    }

    /// A hidden element ends. One that began within a line and was never closed hides that line's
    /// rest, as far as anybody can tell, and not what came after.
    fn end_hidden(&mut self, own: bool) {
        let Some(hidden) = self.hidden.take().filter(|h| own && !h.in_line) else {
            return;
        };
        self.flow.rewind(hidden.blocks, hidden.edge);
        self.tables.truncate(hidden.tables);
        self.item = hidden.item;
    }

    /// Ends the document. A hidden element that is open still was never closed: of what follows it
    /// only the first block is taken to be its own.
    pub(super) fn finish(mut self) -> Source {
        self.boundary(true);
        let unclosed = self.hidden.take();
        self.close(0, true, false);
        let mut blocks = self.flow.blocks;
        if let Some(hidden) = unclosed
            && hidden.block
            && hidden.blocks + 1 < blocks.len()
            && self
                .tables
                .iter()
                .all(|grid| grid.blocks.start != hidden.blocks)
        {
            blocks.remove(hidden.blocks);
            for grid in &mut self.tables {
                grid.lose(hidden.blocks);
            }
        }
        Source {
            blocks,
            tables: self.tables,
        }
    }
}

/// Whether the edge of this element is a gap.
pub(super) fn gap(tag: Tag) -> bool {
    match tag.kind() {
        Kind::Block { gap } => gap,
        Kind::Item => false,
        Kind::Table => matches!(tag, Tag::Table | Tag::Caption),
        _ => true,
    }
}
