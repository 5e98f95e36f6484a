//! Levels of headings, and the section each clause stands under.
//!
//! The levels are relative: a style seen again returns to its level, a new style opens one further
//! in, and counting on (（二） after （一）) decides where the same style stands at two levels. What
//! markup says (`##`, `<h2>`) comes before that.

mod counts;

use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::numbering::{Label, Style, coarsest};
use counts::{around, parts_words};

/// What the level of a heading is told from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sign {
    style: Style,
    number: u32,
    /// Level of its markup, if it has any.
    markup: Option<u8>,
    /// Whether it is words alone that end in a colon: 位置信息：
    closed: bool,
    bold: bool,
    rank: Rank,
}

/// Where words alone stand among their like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// The title of a further text: what follows stands inside it.
    Document,
    /// Inside those of a lower one; 0 stands outside everything.
    Depth(u8),
}

impl Default for Rank {
    /// Where nothing tells.
    fn default() -> Self {
        Self::Depth(1)
    }
}

impl Sign {
    pub(crate) fn of(line: &Line<'_>, rank: Rank) -> Self {
        let (style, number) = line
            .label
            .map_or((Style::Plain, 0), |label| (label.style, label.number));
        let markup = match line.hint {
            Hint::Heading(level) => Some(level),
            _ => None,
        };
        let plain = style == Style::Plain && markup.is_none();
        Self {
            style,
            number,
            markup,
            closed: plain && line.words().ends_with(['：', ':']),
            bold: line.bold,
            rank,
        }
    }
}

/// A heading that is still open.
#[derive(Debug)]
struct Open {
    sign: Sign,
    /// Its place in the outline.
    index: usize,
}

/// The headings above the current line.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    open: Vec<Open>,
    /// Place of the document's title, which heads whatever no other heading does.
    title: Option<usize>,
    /// Last number of each style among the clauses under the current heading.
    items: Vec<(Style, u32)>,
    /// The style of the document's outermost numbers, when they are counted once through.
    top: Option<Style>,
    /// The style that goes on around numbers of a coarser one.
    around: Option<Style>,
    /// Whether headings have numbers of two parts: 2.3.
    dotted: bool,
    /// Whether the last heading or clause leads to what comes next: nothing stands below it, or it
    /// ends in a colon.
    leads: bool,
    /// How many of the open ones are titles of texts, which only another one closes.
    base: usize,
    /// Whether markup tells the sections, inside which all else stands.
    marked: bool,
    /// All headings, and how many of them were opened.
    signs: Vec<Sign>,
    opened: usize,
}

/// Fewest headings by which markup tells the sections of a text.
const SECTIONS: usize = 3;
/// Deepest level: what is nested further stands at it.
const DEEPEST: usize = 32;

impl Outline {
    /// `signs` are those of all headings, in order.
    pub(crate) fn new(signs: impl IntoIterator<Item = Sign>) -> Self {
        let signs: Vec<Sign> = signs.into_iter().collect();
        let marked = signs.iter().filter(|sign| sign.markup.is_some()).count();
        let styles = signs.iter().filter(|sign| sign.number > 0);
        let coarsest = coarsest(styles.map(|sign| sign.style));
        let around = coarsest.and_then(|style| around(&signs, style));
        let top = coarsest.filter(|style| {
            let once = |text: &[Sign]| {
                let ones = text
                    .iter()
                    .filter(|sign| sign.style == *style && sign.number == 1);
                ones.count() <= 1
            };
            // Where markup tells the sections, numbers outside it count something inside them.
            let mut texts = signs.split(|sign| sign.rank == Rank::Document);
            texts.all(|text| once(text) && !parts_words(text, *style))
                && marked == 0
                && around.is_none()
        });
        let dotted = signs.iter().any(|sign| sign.style == Style::Dotted(2));
        Self {
            top,
            around,
            dotted,
            marked: marked >= SECTIONS,
            signs,
            ..Self::default()
        }
    }

    /// Whether a heading begins a count that goes on outside the one it stands in: （一） behind 1、, if
    /// 2、 comes before （二） and 3、 does not come behind it.
    fn counts_outside(&mut self, sign: Sign) -> bool {
        let left = &self.signs[self.opened..];
        let Some(at) = left.iter().position(|other| *other == sign) else {
            return false;
        };
        let at = self.opened + at;
        self.opened = at + 1;
        let inner = at.checked_sub(1).map(|before| self.signs[before]);
        let Some(inner) = inner.filter(|inner| inner.number > 0 && inner.style > sign.style) else {
            return false;
        };
        if sign.number != 1 || sign.markup.is_some() || Some(inner.style) == self.around {
            return false;
        }
        let mut behind = self.signs[at + 1..].iter();
        let mut last = inner.number;
        // Up to the next of the same count: whether the inner one counts on.
        let mut counts_on = |number: u32| -> Option<bool> {
            let before = last;
            for other in behind
                .by_ref()
                .take_while(|other| other.style >= sign.style)
            {
                if other.style == sign.style {
                    return (other.number == number).then_some(last > before);
                }
                if other.style == inner.style {
                    if other.number != last + 1 {
                        return None;
                    }
                    last = other.number;
                }
            }
            None
        };
        counts_on(2) == Some(true) && counts_on(3) == Some(false)
    }

    /// Opens the document's title, at this place of the outline: nothing above it heads what follows.
    pub(crate) fn title(&mut self, index: usize) {
        self.title = Some(index);
        self.open.clear();
    }

    /// Opens a heading, at this place of the outline, and gives its level: 1 for the outermost.
    pub(crate) fn heading(&mut self, sign: Sign, index: usize) -> u8 {
        if sign.rank == Rank::Document {
            self.open.clear();
            self.base = 0;
        }
        let from = self.outer(sign).max(self.base);
        if self.counts_outside(sign) {
            let inner =
                |open: &Open| open.sign.style > sign.style && open.sign.style < Style::Plain;
            while self.open.len() > from && self.open.last().is_some_and(inner) {
                self.open.pop();
            }
        }
        self.keep_place(sign);
        self.items.clear();
        match self.place(sign, from) {
            Some(at) => self.open.truncate(at),
            // Its elder siblings were clauses: it stands where its style usually stands.
            None if sign.number != 1 && sign.style != Style::Plain => {
                // Under words without a number, 2.5 counts what they head.
                let around = self.around;
                let counts = |open: &Open| {
                    open.sign.style == Style::Plain && sign.style > Style::HanParen
                        || Some(open.sign.style) == around
                };
                while self.open.len() > from
                    && self
                        .open
                        .last()
                        .is_some_and(|open| open.sign.style > sign.style && !counts(open))
                {
                    self.open.pop();
                }
            }
            None => {}
        }
        self.open.truncate(DEEPEST);
        self.open.push(Open { sign, index });
        self.base = self.base.max(usize::from(sign.rank == Rank::Document));
        self.leads = true;
        u8::try_from(self.open.len()).unwrap_or(u8::MAX)
    }

    /// 2.2.1 stands below the rank of 2.3, also where 2.2 is a clause: that place is kept open, under
    /// the heading that the clause stands under.
    fn keep_place(&mut self, sign: Sign) {
        let outer = Style::Dotted(2);
        let clause = self.items.iter().find(|(style, _)| *style == outer);
        let (Some(&(_, number)), Some(above)) = (clause, self.open.last()) else {
            return;
        };
        let held = |open: &Open| matches!(open.sign.style, Style::Dotted(_));
        if sign.style == Style::Dotted(3) && self.dotted && !self.open.iter().any(held) {
            let index = above.index;
            let sign = Sign {
                style: outer,
                number,
                ..sign
            };
            self.open.push(Open { sign, index });
        }
    }

    /// Where the headings begin among which the new one finds its place: below those whose markup
    /// outranks its own. What its own markup outranks is closed.
    fn outer(&mut self, sign: Sign) -> usize {
        let Some(level) = sign.markup else { return 0 };
        // What no markup told to be a heading stands inside what it did, but for numbers that are coarser.
        let inside = |open: &Sign| {
            sign.style == Style::Plain || open.style == Style::Plain || open.style > sign.style
        };
        let deeper = |open: &Open| match open.sign.markup {
            Some(other) => other > level,
            None => inside(&open.sign),
        };
        if let Some(at) = self.open.iter().position(deeper) {
            self.open.truncate(at);
        }
        let outer = |open: &Open| open.sign.markup.is_some_and(|other| other < level);
        self.open.iter().rposition(outer).map_or(0, |at| at + 1)
    }

    /// The open heading whose place a new one takes, none if it stands inside them all.
    fn place(&self, sign: Sign, from: usize) -> Option<usize> {
        if self.top.is_some_and(|top| sign.style <= top) && sign.markup.is_none() {
            return Some(self.base);
        }
        if sign.style == Style::Plain
            && let Some(level) = sign.markup
        {
            // Words alone are told apart by their markup alone.
            let same = |open: &Open| open.sign.markup == Some(level);
            let first = self.open[from..].iter().position(same)?;
            return Some(from + first);
        }
        let same = self.same(sign, from);
        if same.is_none() && sign.markup.is_some() {
            // Under a heading of the same markup that has no number, or one of a finer style, it
            // does not stand: 二、 is not inside 前言, though both are <h2>.
            let level = sign.markup;
            let closed = |open: &Open| {
                open.sign.markup == level
                    && (open.sign.style == Style::Plain || open.sign.style > sign.style)
            };
            return self.open[from..]
                .iter()
                .position(closed)
                .map(|at| from + at);
        }
        same
    }

    /// Where an open heading of the same count stands: counted on, else counted past, innermost
    /// first. A count that begins again inside another one opens a level of its own.
    fn same(&self, sign: Sign, from: usize) -> Option<usize> {
        let Sign { style, number, .. } = sign;
        let find = |fits: &dyn Fn(u32) -> bool| {
            self.open[from..]
                .iter()
                .rposition(|open| open.sign.style == style && fits(open.sign.number))
                .map(|at| from + at)
        };
        if style == Style::Plain && sign.markup.is_none() {
            return self.plain(sign, from);
        }
        if number == 0 {
            return find(&|_| true);
        }
        if let Style::Dotted(parts) = style {
            // 1.2 says its level itself: it stands beside every other of as many parts.
            return find(&|_| true).or_else(|| {
                let finer =
                    |open: &Open| matches!(open.sign.style, Style::Dotted(other) if other > parts);
                self.open[from..].iter().position(finer).map(|at| from + at)
            });
        }
        let on =
            find(&|last| last.saturating_add(1) == number).or_else(|| find(&|last| last < number));
        let again = || {
            let innermost = find(&|_| true)?;
            // Twice at most: a text that numbers everything `1.` must not sink ever deeper.
            let count = self
                .open
                .iter()
                .filter(|open| open.sign.style == style)
                .count();
            (count >= 2 || innermost + 1 == self.open.len()).then_some(innermost)
        };
        on.or_else(again)
    }

    /// Where words alone stand. 邮件推送： stands inside 我们发送的信息 if that leads to it, or if that alone
    /// is emphasised; others like it follow there.
    fn plain(&self, sign: Sign, from: usize) -> Option<usize> {
        let Rank::Depth(depth) = sign.rank else {
            return Some(from);
        };
        if depth == 0 {
            return Some(from);
        }
        let plain = |open: &Open| open.sign.style == Style::Plain;
        let beside = |open: &Open| {
            let apart = self.marked && open.sign.markup.is_some();
            plain(open) && !apart && matches!(open.sign.rank, Rank::Depth(other) if other >= depth)
        };
        let open = &self.open[from..];
        let find = |fits: &dyn Fn(&Open) -> bool| open.iter().rposition(fits).map(|at| from + at);
        if !sign.closed {
            let first = open
                .iter()
                .position(|open| beside(open) && !open.sign.closed);
            return first.map(|at| from + at).or_else(|| find(&beside));
        }
        let last = find(&plain)?;
        let above = self.open[last].sign;
        let marked = self.marked && above.markup.is_some();
        let inside = marked || !above.closed && (self.leads || above.bold && !sign.bold);
        Some(last + usize::from(inside))
    }

    /// Place in the outline of the heading a clause stands under. A numbered clause that counts on
    /// from a heading is that heading's sibling, so it stands under the heading above.
    /// `leads` says that it ends in a colon.
    pub(crate) fn section(&mut self, label: Option<Label>, leads: bool) -> Option<usize> {
        self.leads = leads;
        if let Some(label) = label.filter(|label| label.number > 0) {
            let item = self
                .items
                .iter_mut()
                .find(|(style, _)| *style == label.style);
            let counted_on = item
                .as_ref()
                .is_some_and(|(_, last)| last.saturating_add(1) == label.number);
            let sibling = self.open.iter().rposition(|open| {
                open.sign.style == label.style && open.sign.number.saturating_add(1) == label.number
            });
            match (item, sibling) {
                (Some(item), _) if counted_on => item.1 = label.number,
                (_, Some(at)) => {
                    self.open.truncate(at);
                    self.items.clear();
                    self.items.push((label.style, label.number));
                }
                (Some(item), None) => item.1 = label.number,
                (None, None) => self.items.push((label.style, label.number)),
            }
        }
        self.open.last().map(|open| open.index).or(self.title)
    }
}

#[cfg(test)]
mod tests;
