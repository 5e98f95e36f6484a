//! Ranks of headings that have neither a number nor markup: told by what stands directly above what,
//! by the parts that every policy has, and by the end of a count.

mod parts;

use std::ops::Range;

use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::headings::words::{is_dated, leads_on};
use crate::structure::numbering::{Style, coarsest};
use crate::structure::outline::Rank;
use crate::structure::titles;
use crate::text::has_any;
use parts::{is_annex, is_part, is_within};

/// Ranks of the headings on these lines. What markup has told to be a heading is left to it.
pub(crate) fn of(lines: &[Line<'_>], heads: &[usize]) -> Vec<Rank> {
    let mut ranks = vec![Rank::default(); heads.len()];
    let marked = |head: &usize| matches!(lines[*head].hint, Hint::Heading(_));
    if heads.iter().any(marked) {
        return ranks;
    }
    let heads = Heads { lines, heads };
    let mut start = 0;
    // Whether one is such a title takes a look at all the others.
    const TITLES: usize = 16;
    let titles = (0..heads.heads.len()).filter(|&at| heads.names_a_text(at));
    for at in titles.take(TITLES) {
        if heads.opens_document(at) {
            ranks[at] = Rank::Document;
            heads.rank(start, at, &mut ranks);
            start = at + 1;
        }
    }
    heads.rank(start, heads.heads.len(), &mut ranks);
    ranks
}

struct Heads<'l, 'a> {
    lines: &'l [Line<'a>],
    heads: &'l [usize],
}

impl<'a> Heads<'_, 'a> {
    fn line(&self, at: usize) -> &Line<'a> {
        &self.lines[self.heads[at]]
    }

    fn words(&self, at: usize) -> &str {
        self.line(at).words().trim_end_matches(['：', ':'])
    }

    /// Whether it is words alone.
    fn plain(&self, at: usize) -> bool {
        self.line(at).label.is_none()
    }

    /// Whether it is words alone that close without a colon.
    fn open(&self, at: usize) -> bool {
        self.plain(at) && !self.line(at).words().ends_with(['：', ':'])
    }

    fn number(&self, at: usize) -> Option<(Style, u32)> {
        let label = self.line(at).label?;
        (label.number > 0).then_some((label.style, label.number))
    }

    /// Whether nothing stands between a heading and the one above it.
    fn below(&self, at: usize) -> bool {
        at > 0 && self.heads[at - 1] + 1 == self.heads[at]
    }

    /// Whether a heading stands directly over another, both without a number. More than three in a
    /// row are a list.
    fn over(&self, at: usize, end: usize) -> bool {
        const MOST: usize = 3;
        let joined =
            |at: usize| at + 1 < end && self.open(at) && self.open(at + 1) && self.below(at + 1);
        joined(at) && {
            let behind = (at + 1..end).take(MOST).take_while(|&at| joined(at));
            let before = (0..at).rev().take(MOST).take_while(|&at| joined(at));
            behind.count() + before.count() + 1 < MOST
        }
    }

    /// Whether a heading has words like the title of a further text: 某某服务协议.
    fn names_a_text(&self, at: usize) -> bool {
        at >= 2
            && self.plain(at)
            && self.line(at).gap
            && !self.below(at)
            && (titles::names_a_text(self.words(at)) || self.dates_a_policy(at))
    }

    /// Whether it is named like a policy and its date stands right below it, as below a title.
    fn dates_a_policy(&self, at: usize) -> bool {
        const DATE: u32 = 40;
        let next = self.lines.get(self.heads[at] + 1);
        next.is_some_and(|next| {
            next.length <= DATE && next.label.is_none() && is_dated(next.words())
        }) && titles::names_a_policy(self.words(at))
    }

    /// Whether it is one: no count goes on behind it, and a new one or a heading begins.
    fn opens_document(&self, at: usize) -> bool {
        let numbers = |heads: Range<usize>| heads.filter_map(|other| self.number(other));
        let style = numbers(0..at).map(|(style, _)| style).min();
        let next = numbers(at..self.heads.len())
            .find(|(other, _)| style.is_none_or(|style| *other == style));
        let heads = at + 1 < self.heads.len() && self.below(at + 1);
        next.map_or(heads, |(_, number)| {
            number == 1 || style.is_some_and(|style| self.counts_anew(at, style, number))
        })
    }

    /// Whether the first numbers behind a heading are those of paragraphs: 一、 to 三、 state, 四、 is
    /// a heading again.
    fn counts_anew(&self, at: usize, style: Style, until: u32) -> bool {
        let mut next = 1;
        for line in &self.lines[self.heads[at] + 1..] {
            if let Some(label) = line.label.filter(|label| label.style == style) {
                if label.number != next {
                    return false;
                }
                next += 1;
                if next > until {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the numbers of a text only part what its words alone head: （1） is no outermost one
    /// where words stand before it.
    fn parts_inside(&self, start: usize, end: usize, style: Style) -> bool {
        style >= Style::ArabicParen
            && (start..end)
                .find(|&at| self.open(at) || self.number(at).is_some())
                .is_some_and(|at| self.open(at))
    }

    /// Ranks the headings of one text.
    fn rank(&self, start: usize, end: usize, ranks: &mut [Rank]) {
        let numbers = (start..end).filter_map(|at| Some((at, self.number(at)?)));
        let coarsest = coarsest(numbers.clone().map(|(_, (style, _))| style));
        let coarsest = coarsest.filter(|style| !self.parts_inside(start, end, *style));
        let tops: Vec<(usize, u32)> = numbers
            .filter(|(_, (style, _))| Some(*style) == coarsest)
            .map(|(at, (_, number))| (at, number))
            .collect();
        let first = tops.first().map_or(end, |(at, _)| *at);
        let last = tops.last().map_or(start, |(at, _)| *at);
        // Inside a count that goes on behind it, a heading stands under the number above it.
        let free = |at: usize| {
            let next = tops.partition_point(|(top, _)| *top < at);
            let counted = at > start && self.below(at) && self.number(at - 1).is_some();
            tops.get(next).is_none_or(|(_, number)| *number == 1) && !counted
        };
        let part = |at: usize| self.plain(at) && is_part(self.words(at)) && free(at);
        let nested = (start..end).any(|at| part(at) && self.over(at, end))
            && (start..end).filter(|at| part(*at)).count() > 1;
        if nested {
            self.nest(start, end, part, ranks);
        } else if coarsest.is_some() {
            // A text that begins with words alone has those for its parts already.
            let after = if (start..first).any(|at| self.plain(at)) {
                last
            } else {
                first
            };
            let found = (after + 1..end).find(|&at| part(at));
            // With words alone nowhere inside the count, those behind it stand beside it. An annex
            // may follow anything.
            let bare = !(first..last).any(|at| self.plain(at) && !free(at));
            if let Some(mut from) = found {
                if bare && from > last && free(last + 1) && !is_annex(self.words(from)) {
                    from = last + 1;
                }
                for at in (from..end).filter(|&at| self.plain(at) && free(at)) {
                    if bare || part(at) {
                        ranks[at] = Rank::Depth(0);
                    }
                }
            }
        }
        self.stack(start, end, ranks);
        self.announce(start, end, ranks);
    }

    /// What stands right below 这些信息包括： is inside the part that says so, up to the next part.
    fn announce(&self, start: usize, end: usize, ranks: &mut [Rank]) {
        const LISTS: [&str; 6] = [
            "以下用途",
            "以下目的",
            "以下方式",
            "以下情形",
            "以下情况",
            "如下",
        ];
        let part = |at: usize| {
            let words = self.words(at);
            self.open(at) && (is_part(words) || has_any(words, &["如何", "怎样"]))
        };
        let announced = |at: usize| {
            let before = self.heads[at] - 1;
            let words = self.lines[before].words();
            let leads = || words.strip_suffix(['：', ':']).is_some_and(leads_on);
            self.heads[at - 1] < before && (leads() || has_any(words, &LISTS))
        };
        let mut at = start + 1;
        while at < end {
            let inner = |at: &usize| !part(*at) && self.number(*at).is_none();
            if let Rank::Depth(above) = ranks[at - 1]
                && part(at - 1)
                && self.open(at)
                && inner(&at)
                && announced(at)
            {
                let next = at + (at..end).take_while(inner).count();
                // Without a part behind them nothing tells where they end.
                if next < end && part(next) {
                    ranks[at..next].fill(Rank::Depth(above + 1));
                }
                at = next;
            }
            at += 1;
        }
    }

    /// The parts of a policy stand above what is between them, where one plainly does.
    fn nest(&self, start: usize, end: usize, part: impl Fn(usize) -> bool, ranks: &mut [Rank]) {
        let mut above = None;
        for at in (start..end).filter(|&at| part(at)) {
            let child = at > start && self.over(at - 1, end);
            let within = above.is_some_and(|above| is_within(self.words(at), self.words(above)));
            if !child && !within {
                ranks[at] = Rank::Depth(0);
                above = Some(at);
            }
        }
    }

    /// What stands directly below another heading stands inside it. So does the next one: what is divided
    /// has two parts at least; and those after it that are named like them.
    fn stack(&self, start: usize, end: usize, ranks: &mut [Rank]) {
        // The first inside, and how many.
        let mut inside: Option<(usize, u8)> = None;
        let mut count = 0;
        for at in start..end {
            let Rank::Depth(depth) = ranks[at] else {
                continue;
            };
            if !self.plain(at) {
                inside = None;
            } else if at > start && self.over(at - 1, end) {
                if let Rank::Depth(above) = ranks[at - 1] {
                    ranks[at] = Rank::Depth(above + 1);
                    inside = (above >= depth).then_some((at, above + 1));
                    count = 1;
                }
            } else if let Some((elder, deep)) = inside {
                let words = self.words(at);
                let alike = parts::alike(words, self.words(elder));
                let second = count == 1 && !is_part(words);
                if depth > 0 && self.open(at) && !self.over(at, end) && (second || alike) {
                    ranks[at] = Rank::Depth(deep);
                    count += 1;
                } else {
                    inside = None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
