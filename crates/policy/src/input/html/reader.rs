//! Tags and text to blocks and tables: the rules of WHATWG HTML 13.2.6 that a reader sees.

use html5gum::State;

use super::ends::gap;
use super::flow::{Edge, Flow};
use super::grid::Frame;
use super::open::{Manner, Stack};
use super::style::Attributes;
use super::tags::{Kind, Tag};
use crate::input::{Grid, Hint};

/// Tables inside tables that are looked at; those deeper are text.
const TABLES: usize = 64;

pub(super) const HEADINGS: [Tag; 6] = [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6];
pub(super) const LISTS: [Tag; 5] = [Tag::Ul, Tag::Ol, Tag::Dl, Tag::Menu, Tag::Dir];
const GROUPS: [Tag; 3] = [Tag::Thead, Tag::Tbody, Tag::Tfoot];

/// An element that is not shown. Whether it really ends where it should is only known at its end,
/// so that what it holds is read as usual and dropped then.
pub(super) struct Hidden {
    pub(super) index: usize,
    /// Whether it began within a line. Then what stands in it up to the first line's end is not
    /// shown in any case.
    pub(super) in_line: bool,
    /// Whether it is a block element.
    pub(super) block: bool,
    /// What had been read when it began.
    pub(super) blocks: usize,
    pub(super) edge: Edge,
    pub(super) tables: usize,
    pub(super) item: bool,
}

pub(super) struct Reader<'a> {
    pub(super) flow: Flow<'a>,
    pub(super) stack: Stack,
    pub(super) frames: Vec<Frame>,
    pub(super) tables: Vec<Grid>,
    /// The element whose text is read to its end tag and not shown.
    pub(super) raw: Option<Tag>,
    pub(super) hiding: bool,
    pub(super) hidden: Option<Hidden>,
    /// Whether the next block is the first of a list item.
    pub(super) item: bool,
    /// A heading whose line is over although its end tag has not come.
    pub(super) spent: Option<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a str, hiding: bool) -> Self {
        Self {
            flow: Flow::new(source),
            stack: Stack::new(),
            frames: Vec::new(),
            tables: Vec::new(),
            raw: None,
            hiding,
            hidden: None,
            item: false,
            spent: None,
        }
    }

    /// Text at this offset of the source; `written` as for [`Flow::push`].
    pub(super) fn text(&mut self, text: &str, offset: usize, written: bool) {
        if self.raw.is_some() || self.hidden.as_ref().is_some_and(|hidden| hidden.in_line) {
            return;
        }
        if self.flow.begun() {
            self.flow.push(text, offset, written, self.stack.look());
            return;
        }
        let blocks = self.flow.blocks.len();
        self.flow.describe(self.hint(), self.depth());
        self.flow.push(text, offset, written, self.stack.look());
        if self.flow.begun() || self.flow.blocks.len() > blocks {
            self.item = false;
        }
    }

    fn hint(&self) -> Hint {
        let heading = self.stack.last_of(&HEADINGS);
        if heading.is_some() && heading != self.spent && heading > self.stack.scope() {
            let tag = heading.and_then(|at| self.stack.get(at)).map(|e| e.tag);
            if let Some(Kind::Heading(level)) = tag.map(Tag::kind) {
                return Hint::Heading(level);
            }
        }
        let caption = self.stack.last(Tag::Caption);
        let figure = self.stack.last(Tag::Figcaption);
        if caption.is_some() && caption == self.stack.scope() || figure > self.stack.scope() {
            return Hint::Caption;
        }
        if self.item { Hint::Item } else { Hint::None }
    }

    fn depth(&self) -> u8 {
        let depth: usize = LISTS.iter().map(|&tag| self.stack.count(tag)).sum();
        u8::try_from(depth).unwrap_or(u8::MAX)
    }

    /// A start tag. Gives the state in which the tokenizer goes on, if it is a special one.
    pub(super) fn start(
        &mut self,
        tag: Tag,
        key: u32,
        attributes: &Attributes,
        closed: bool,
    ) -> Option<State> {
        if let Some(svg) = self.stack.last(Tag::Svg) {
            if !tag.breaks_out() {
                // Drawings nest, and there alone `/>` ends an element.
                if tag == Tag::Svg && !closed {
                    self.open(tag, key, attributes, false, true);
                }
                return None;
            }
            let first = self.first_svg(svg);
            self.close(first, false, true);
        }
        match tag.kind() {
            Kind::Frame => {}
            Kind::Void => self.void(tag),
            Kind::Raw(state) => {
                self.raw = Some(tag);
                return Some(state);
            }
            Kind::RawShown(state) => {
                self.block(tag, key, attributes, true);
                return Some(state);
            }
            Kind::Table => self.table_part(tag, attributes, closed),
            Kind::Inline => {
                self.open(tag, key, attributes, closed, true);
            }
            Kind::Unseen => {
                if !(tag == Tag::Svg && closed) {
                    self.open(tag, key, attributes, false, true);
                }
            }
            Kind::Heading(_) => {
                self.end_paragraph();
                // Headings do not stand directly in headings.
                let top = self.stack.len().checked_sub(1);
                if let Some(top) = top.filter(|_| top == self.stack.last_of(&HEADINGS)) {
                    self.boundary(true);
                    self.close(top, false, true);
                }
                self.block(tag, key, attributes, true);
            }
            Kind::Item => {
                self.end_item(tag);
                self.block(tag, key, attributes, false);
                self.item = true;
            }
            Kind::Block { gap } => {
                self.block(tag, key, attributes, gap);
            }
            Kind::List => {
                self.block(tag, key, attributes, true);
            }
        }
        None
    }

    /// Where the outermost of the drawings that hold this one stands: they stand one in another.
    fn first_svg(&self, last: usize) -> usize {
        (last + 1).saturating_sub(self.stack.count(Tag::Svg))
    }

    fn void(&mut self, tag: Tag) {
        match tag {
            Tag::Br => self.line_break(),
            Tag::Hr => {
                self.end_paragraph();
                self.boundary(true);
            }
            _ => {}
        }
    }

    /// Begins a block element, after the paragraph that it ends.
    fn block(&mut self, tag: Tag, key: u32, attributes: &Attributes, gap: bool) -> Option<usize> {
        self.end_paragraph();
        self.boundary(gap);
        self.open(tag, key, attributes, false, false)
    }

    fn table_part(&mut self, tag: Tag, attributes: &Attributes, closed: bool) {
        let table = self.stack.last(Tag::Table);
        if tag == Tag::Table {
            self.end_paragraph();
            // A table stands in a cell of another, never between its cells.
            if let Some(index) = table.filter(|_| table == self.stack.scope()) {
                self.boundary(true);
                self.close(index, true, false);
            }
            self.boundary(true);
            if let Some(index) = self.open(tag, 0, attributes, closed, false)
                && self.frames.len() < TABLES
            {
                let frame = Frame::new(index, self.tables.len(), attributes.presentation);
                self.frames.push(frame);
            }
            return;
        }
        self.boundary(gap(tag));
        let Some(table) = table else {
            return;
        };
        let row = self.stack.last(Tag::Tr).filter(|&at| at > table);
        let group = self.stack.last_of(&GROUPS).filter(|&at| at > table);
        let base = match tag {
            Tag::Td | Tag::Th => row.or(group).unwrap_or(table),
            Tag::Tr => group.unwrap_or(table),
            _ => table,
        };
        self.close(base + 1, true, false);
        self.open(tag, 0, attributes, closed, false);
        let block = self.flow.blocks.len();
        // What is hidden takes no place in the table around it.
        let shown = self.hidden.as_ref().is_none_or(|h| h.index < table);
        let Some(frame) = self.frame().filter(|_| shown) else {
            return;
        };
        match tag {
            Tag::Tr => frame.begin_row(),
            Tag::Td | Tag::Th => frame.cell(block, tag == Tag::Th, attributes),
            Tag::Thead | Tag::Tbody | Tag::Tfoot => frame.group(tag == Tag::Thead),
            _ => {}
        }
    }

    /// Opens an element; one that the author closed at once (`/>`) can hide nothing.
    fn open(
        &mut self,
        tag: Tag,
        key: u32,
        attributes: &Attributes,
        closed: bool,
        in_line: bool,
    ) -> Option<usize> {
        let manner = Manner::of(tag, attributes);
        let index = self.stack.push(tag, key, manner)?;
        let unseen = tag.kind() == Kind::Unseen;
        let hidden = self.hiding && (attributes.hidden || attributes.style.hidden) && !closed;
        if (hidden || unseen) && self.hidden.is_none() {
            self.hidden = Some(Hidden {
                index,
                in_line,
                block: !in_line,
                blocks: self.flow.blocks.len(),
                edge: self.flow.edge(),
                tables: self.tables.len(),
                item: self.item,
            });
        }
        Some(index)
    }
}
