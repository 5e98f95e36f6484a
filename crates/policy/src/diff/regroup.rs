//! Clauses that were split, or joined from several: what reads the same when it is read as one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::align::{Alignment, Pair};
use super::units::Unit;

impl Alignment<'_> {
    /// Runs of units that say the same when they are read as one: a line that was broken elsewhere, a
    /// list that now stands line by line. What is cheap to see is seen: from either end of a gap.
    pub(super) fn regroup(&mut self, pairs: &[Pair]) -> Vec<Pair> {
        let gaps = self.gaps(pairs);
        let runs = |gaps: &[usize], taken: &[Option<usize>]| {
            let mut runs: HashMap<usize, Vec<Range<usize>>> = HashMap::new();
            for at in (0..taken.len()).filter(|&at| taken[at].is_none()) {
                let runs = runs.entry(gaps[at]).or_default();
                match runs.last_mut() {
                    Some(run) if run.end == at => run.end += 1,
                    _ => runs.push(at..at + 1),
                }
            }
            runs
        };
        let old = runs(&gaps.old, &self.to_new);
        let mut new = runs(&gaps.new, &self.to_old);
        let mut found = Vec::new();
        for (gap, old) in old {
            let Some(new) = new.remove(&gap) else {
                continue;
            };
            for (old, new) in old.into_iter().zip(new) {
                let (heads, old, new) = self.same_together(old, new, false);
                found.extend(heads);
                let (tails, ..) = self.same_together(old, new, true);
                found.extend(tails);
            }
        }
        for pair in &found {
            for at in pair.old.clone() {
                self.to_new[at] = Some(pair.new.start);
            }
            for at in pair.new.clone() {
                self.to_old[at] = Some(pair.old.start);
            }
        }
        found
    }

    /// Groups at the start of two runs (or at their end) that read the same, and what is left.
    fn same_together(
        &self,
        mut old: Range<usize>,
        mut new: Range<usize>,
        from_end: bool,
    ) -> (Vec<Pair>, Range<usize>, Range<usize>) {
        let mut found = Vec::new();
        let mut left = Reading::of(&self.old[old.clone()], from_end);
        let mut right = Reading::of(&self.new[new.clone()], from_end);
        while left.is_open() && right.is_open() {
            let count = left.rest.len().min(right.rest.len());
            if left.cut(count) != right.cut(count) {
                break;
            }
            if left.rest.is_empty() && right.rest.is_empty() {
                found.push(Pair {
                    old: take(&mut old, left.units, from_end),
                    new: take(&mut new, right.units, from_end),
                    same: true,
                    moved: false,
                });
                (left.units, right.units) = (0, 0);
            }
        }
        (found, old, new)
    }
}

/// Takes so many off a range.
fn take(range: &mut Range<usize>, count: usize, from_end: bool) -> Range<usize> {
    let taken = match from_end {
        true => range.end - count..range.end,
        false => range.start..range.start + count,
    };
    match from_end {
        true => range.end = taken.start,
        false => range.start = taken.end,
    }
    taken
}

/// Units read as one text, from either end.
struct Reading<'u> {
    units_left: &'u [Unit],
    from_end: bool,
    /// The unit that is being read, and what is left of it.
    unit: Cow<'u, str>,
    rest: Range<usize>,
    /// How many were begun.
    units: usize,
}

impl<'u> Reading<'u> {
    fn of(units_left: &'u [Unit], from_end: bool) -> Self {
        Self {
            units_left,
            from_end,
            unit: Cow::default(),
            rest: 0..0,
            units: 0,
        }
    }

    /// Whether there is something to read; opens the next unit where one was read to its end.
    fn is_open(&mut self) -> bool {
        if self.rest.is_empty() {
            let next = match self.from_end {
                true => self.units_left.split_last(),
                false => self.units_left.split_first(),
            };
            let Some((unit, rest)) = next else {
                return false;
            };
            self.units_left = rest;
            self.units += 1;
            self.unit = match unit.number.as_str() {
                "" => Cow::Borrowed(&unit.words),
                number => Cow::Owned(format!("{number}{}", unit.words)),
            };
            self.rest = 0..self.unit.len();
        }
        true
    }

    /// Reads so many bytes.
    fn cut(&mut self, count: usize) -> &[u8] {
        let read = take(&mut self.rest, count, self.from_end);
        &self.unit.as_bytes()[read]
    }
}
