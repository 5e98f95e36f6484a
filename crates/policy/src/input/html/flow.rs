//! Runs of text to blocks: blanks collapsed, lines and emphasis kept track of.

use super::place::Place;
use super::style::Space;
use crate::input::{Block, Hint};
use crate::text::{is_blank, position};

/// How a run of text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) emphasised: bool,
    pub(super) space: Space,
    /// Whether it links to elsewhere.
    pub(super) away: bool,
}

/// Blanks met and not yet written, for it is not known whether text follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Held {
    #[default]
    Nothing,
    Blank,
    /// A run with a line break in it.
    Break,
}

/// What stands before the next block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    None,
    Line,
    Gap,
}

pub(super) struct Flow<'a> {
    place: Place<'a>,
    pub(super) blocks: Vec<Block>,
    /// The block being written; nothing of it is certain until a character is seen in it.
    open: Block,
    /// Whether that block has a character that is not blank.
    begun: bool,
    /// Characters in its text.
    length: u32,
    /// Line of its last character.
    line: u32,
    /// Whether characters without emphasis follow the last emphasised range.
    plain: bool,
    /// Whether it holds more than a link to elsewhere.
    unlinked: bool,
    held: Held,
    /// Blanks met where all of them count.
    kept: String,
    edge: Edge,
}

impl<'a> Flow<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            place: Place::new(source),
            blocks: Vec::new(),
            open: Block::default(),
            begun: false,
            length: 0,
            line: 0,
            plain: true,
            unlinked: false,
            held: Held::Nothing,
            kept: String::new(),
            edge: Edge::Gap,
        }
    }

    /// Whether the block being written holds something to be seen.
    pub(super) fn begun(&self) -> bool {
        self.begun
    }

    /// What the block being written is; to be told before its first character.
    pub(super) fn describe(&mut self, hint: Hint, depth: u8) {
        self.open.hint = hint;
        self.open.depth = depth;
    }

    /// What the block being written is.
    pub(super) fn hint(&self) -> Hint {
        self.open.hint
    }

    /// Text that begins at this offset of the source. `written` is false where a character
    /// reference stands in its place there.
    pub(super) fn push(&mut self, text: &str, offset: usize, written: bool, look: Look) {
        let mut done = 0;
        while let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
            let blanks = rest.bytes().take_while(|&byte| is_space(byte)).count();
            if blanks > 0 {
                self.blanks(&rest.as_bytes()[..blanks], look.space);
                done += blanks;
                continue;
            }
            let run = position(rest.as_bytes(), is_space).unwrap_or(rest.len());
            let at = if written { offset + done } else { offset };
            self.run(&rest[..run], at, written, look);
            done += run;
        }
    }

    fn blanks(&mut self, blanks: &[u8], space: Space) {
        if space == Space::Collapsed {
            if blanks.contains(&b'\n') {
                self.held = Held::Break;
            } else if self.held == Held::Nothing {
                self.held = Held::Blank;
            }
            return;
        }
        for &byte in blanks {
            if byte == b'\n' {
                self.line_break();
            } else if space == Space::Lines {
                self.held = Held::Blank;
            } else {
                self.kept.push(char::from(byte));
            }
        }
    }

    /// Text without ASCII white space.
    fn run(&mut self, run: &str, offset: usize, written: bool, look: Look) {
        self.settle(run);
        let seen = if self.begun {
            Some(0)
        } else {
            run.find(|c| !is_blank(c))
        };
        if let Some(at) = seen {
            let line = self.place.line(if written { offset + at } else { offset });
            if !self.begun {
                self.begun = true;
                self.open.number = line;
                self.open.column = self.place.column();
                self.open.gap = self.edge == Edge::Gap;
            } else if line != self.line {
                let at = u32::try_from(self.open.text.len()).unwrap_or(u32::MAX);
                self.open.breaks.push((at, line));
            }
            self.line = line;
        }
        let start = self.length;
        let chars = u32::try_from(run.chars().count()).unwrap_or(u32::MAX);
        self.open.text.push_str(run);
        self.length = self.length.saturating_add(chars);
        let blank = || run.chars().all(is_blank);
        self.unlinked = self.unlinked || !look.away && !blank();
        if look.emphasised {
            match self.open.emphasis.last_mut() {
                Some(last) if !self.plain => last.1 = self.length,
                _ => self.open.emphasis.push((start, self.length)),
            }
            self.plain = false;
        } else if !blank() {
            self.plain = true;
        }
    }

    /// Writes the blanks that turn out to stand between two runs.
    fn settle(&mut self, next: &str) {
        let held = std::mem::take(&mut self.held);
        if self.open.text.is_empty() {
            self.kept.clear();
            return;
        }
        if !self.kept.is_empty() {
            self.length = self
                .length
                .saturating_add(u32::try_from(self.kept.len()).unwrap_or(u32::MAX));
            self.open.text.push_str(&self.kept);
            self.kept.clear();
        } else if held == Held::Blank || held == Held::Break && !self.joins(next) {
            self.open.text.push(' ');
            self.length = self.length.saturating_add(1);
        }
    }

    /// Whether a line break before this run is no blank: CSS Text 3, 4.1.3, between characters as
    /// wide as Han. The quotation marks and dashes that Chinese shares with Latin count as wide too.
    fn joins(&self, next: &str) -> bool {
        self.open.text.chars().next_back().is_some_and(is_wide)
            && next.chars().next().is_some_and(is_wide)
    }

    /// `<br>`: ends the line; on an empty line it leaves an empty line.
    pub(super) fn line_break(&mut self) {
        let edge = if self.begun { Edge::Line } else { Edge::Gap };
        self.flush();
        self.edge = self.edge.max(edge);
    }

    /// The edge of an element with lines of its own.
    pub(super) fn boundary(&mut self, gap: bool) {
        self.flush();
        self.edge = self.edge.max(if gap { Edge::Gap } else { Edge::Line });
    }

    /// What stands before the block being written.
    pub(super) fn edge(&self) -> Edge {
        self.edge
    }

    /// Forgets all blocks but the first, and what stood between.
    pub(super) fn rewind(&mut self, blocks: usize, edge: Edge) {
        self.discard();
        self.blocks.truncate(blocks);
        self.edge = edge;
    }

    /// Forgets the block being written.
    fn discard(&mut self) {
        self.open.text.clear();
        self.open.breaks.clear();
        self.open.emphasis.clear();
        self.begun = false;
        self.length = 0;
        self.plain = true;
        self.unlinked = false;
        self.held = Held::Nothing;
        self.kept.clear();
    }

    fn flush(&mut self) {
        if self.begun {
            self.open.linked = !self.unlinked;
            // A copy is as long as the text; what is being written keeps its room.
            self.blocks.push(self.open.clone());
            self.edge = Edge::None;
            if self.open.hint == Hint::Item {
                self.open.hint = Hint::None;
            }
        } else if !self.open.text.is_empty() {
            // No-break spaces alone are how editors write an empty line.
            self.edge = Edge::Gap;
        }
        self.discard();
    }
}

/// ASCII white space as HTML knows it.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x2e80..=0x303e | 0x3041..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f | 0xff01..=0xff60 | 0xffe0..=0xffe6 | 0x2_0000..=0x3_ffff)
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '※' | '①'..='⑳')
}
