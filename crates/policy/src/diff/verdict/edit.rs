//! An edited clause, and what stands on the words that changed.

use std::collections::HashSet;
use std::ops::Range;

use super::Both;
use crate::diff::Nature;
use crate::diff::cues::Cue;
use crate::diff::fold::folded;
use crate::diff::marks::{Mark, Side, What};
use crate::diff::words::Hunk;
use crate::document::Kind;

/// An edited clause.
pub(in crate::diff) struct Edit<'s> {
    pub(in crate::diff) old: &'s Side<'s>,
    pub(in crate::diff) new: &'s Side<'s>,
    pub(in crate::diff) hunks: &'s [Hunk],
    /// One character for another: what it makes of a name may be the name that was meant.
    pub(super) small: bool,
}

impl<'s> Edit<'s> {
    pub(in crate::diff) fn new(old: &'s Side<'s>, new: &'s Side<'s>, hunks: &'s [Hunk]) -> Self {
        let length = |side: &Side<'_>, range: &Range<usize>| {
            let text = folded(&side.unit.text[range.clone()]);
            match text.contains(|c: char| c.is_ascii_alphanumeric()) {
                true => usize::MAX,
                false => text.chars().count(),
            }
        };
        let small = match hunks {
            [hunk] => length(old, &hunk.old) <= 1 && length(new, &hunk.new) <= 1,
            _ => false,
        };
        Self {
            old,
            new,
            hunks,
            small,
        }
    }

    /// What the new clause has and the old one had not.
    pub(super) fn gained(&self, what: What) -> Vec<&'s Mark> {
        let places: Vec<&Range<usize>> = self.hunks.iter().map(|hunk| &hunk.new).collect();
        fresh(self.new, self.old, what, &places)
    }

    pub(super) fn lost(&self, what: What) -> Vec<&'s Mark> {
        let places: Vec<&Range<usize>> = self.hunks.iter().map(|hunk| &hunk.old).collect();
        fresh(self.old, self.new, what, &places)
    }

    /// The sentences that were put in or taken out, if nothing else changed.
    pub(super) fn sentences(&self) -> Option<(Nature, Side<'s>)> {
        let whole = |side: &Side<'_>, range: &Range<usize>| {
            let text = &side.unit.text;
            let ends = |c: char| matches!(c, '。' | '；' | '！' | '？' | ';');
            let before = text[side.unit.label..range.start].trim_end();
            let open = before.is_empty() || before.ends_with(ends);
            open && text[range.clone()].trim_end().ends_with(ends)
        };
        match self.hunks {
            [hunk] if hunk.old.is_empty() && whole(self.new, &hunk.new) => {
                Some((Nature::Added, self.new.part(&hunk.new)))
            }
            [hunk] if hunk.new.is_empty() && whole(self.old, &hunk.old) => {
                Some((Nature::Removed, self.old.part(&hunk.old)))
            }
            _ => None,
        }
    }

    /// What stands on the words that changed, in the old clause and in the new one.
    pub(super) fn touched(&self, what: What) -> (Vec<&'s Mark>, Vec<&'s Mark>) {
        let on = |side: &'s Side<'s>, places: Vec<&Range<usize>>| {
            let marks = side.marks.iter().filter(|mark| mark.what == what);
            marks
                .filter(|mark| is_touched(&mark.range, &places))
                .collect()
        };
        (
            on(self.old, self.hunks.iter().map(|hunk| &hunk.old).collect()),
            on(self.new, self.hunks.iter().map(|hunk| &hunk.new).collect()),
        )
    }

    /// What stands only on the words that were taken out, and only on those that were put in: for terms,
    /// ages and addresses, which may stand in a clause several times.
    pub(super) fn exchanged(&self, what: What) -> (Vec<&'s Mark>, Vec<&'s Mark>) {
        let (lost, gained) = self.touched(what);
        let only = |marks: &[&'s Mark], others: &[&'s Mark]| {
            let known: HashSet<&str> = others.iter().map(|mark| mark.key.as_str()).collect();
            let fresh = |mark: &&&Mark| !known.contains(mark.key.as_str());
            marks.iter().filter(fresh).copied().collect()
        };
        (only(&lost, &gained), only(&gained, &lost))
    }

    /// Whether 不 was taken out before what stays, or put in: the place of what stays, in the old
    /// clause.
    pub(super) fn flipped(&self) -> Option<(Nature, usize)> {
        let denies =
            |side: &Side<'_>, range: &Range<usize>| side.unit.text[range.clone()].ends_with('不');
        self.hunks.iter().find_map(|hunk| {
            match (denies(self.old, &hunk.old), denies(self.new, &hunk.new)) {
                (true, false) => Some((Nature::Added, hunk.old.end)),
                (false, true) => Some((Nature::Removed, hunk.old.end)),
                _ => None,
            }
        })
    }

    /// How a thing changed that is named in the clause; `None` if it did not. A name that one
    /// character made or unmade was misspelt.
    pub(super) fn nature(&self, what: What) -> Option<Nature> {
        let (lost, gained) = match what {
            What::Age | What::Contact => self.exchanged(what),
            _ => (self.lost(what), self.gained(what)),
        };
        let denied = |side: &Side<'_>, marks: &[&Mark]| {
            !marks.is_empty() && marks.iter().all(|mark| side.denies(&mark.range))
        };
        match (gained.is_empty(), lost.is_empty()) {
            (true, true) => None,
            (false, false) => Some(Nature::Changed),
            _ if self.small => None,
            (false, true) if denied(self.new, &gained) => Some(Nature::Removed),
            (false, true) => Some(Nature::Added),
            (true, false) if denied(self.old, &lost) => Some(Nature::Added),
            (true, false) => Some(Nature::Removed),
        }
    }

    /// Whether the whole text says a phrase of the old clause elsewhere now (`gained` is false), or
    /// did say one of the new clause elsewhere before.
    pub(super) fn is_elsewhere(&self, both: &Both<'_, '_>, mark: &Mark, gained: bool) -> bool {
        let (side, here, there) = match gained {
            true => (self.new, both.new, both.old),
            false => (self.old, both.old, both.new),
        };
        let phrase = folded(&side.unit.text[side.phrase(&mark.range)]);
        let count = there.says_phrase(&phrase);
        count > 0 && count >= here.says_phrase(&phrase)
    }

    /// Whether either version does one of these.
    pub(super) fn does(&self, kinds: &[Kind]) -> bool {
        self.old.has(kinds) || self.new.has(kinds)
    }

    pub(super) fn is_under(&self, cue: Cue) -> bool {
        self.old.is_under(cue) || self.new.is_under(cue)
    }

    /// Whether every word that changed stands in a date.
    pub(super) fn is_date(&self) -> bool {
        let dated = |side: &Side<'_>, range: &Range<usize>| {
            range.is_empty()
                || side.marks.iter().any(|mark| {
                    mark.what == What::Date
                        && mark.range.start <= range.start
                        && range.end <= mark.range.end
                })
        };
        !self.hunks.is_empty()
            && self
                .hunks
                .iter()
                .all(|hunk| dated(self.old, &hunk.old) && dated(self.new, &hunk.new))
    }
}

/// Marks on the changed words of `side` that the `other` version does not have.
fn fresh<'s>(
    side: &'s Side<'s>,
    other: &Side<'_>,
    what: What,
    places: &[&Range<usize>],
) -> Vec<&'s Mark> {
    let known: HashSet<&str> = other
        .marks
        .iter()
        .filter(|mark| mark.what == what)
        .map(|mark| mark.key.as_str())
        .collect();
    let marks = side.marks.iter().filter(|mark| mark.what == what);
    marks
        .filter(|mark| is_touched(&mark.range, places) && !known.contains(mark.key.as_str()))
        .collect()
}

fn is_touched(range: &Range<usize>, places: &[&Range<usize>]) -> bool {
    let after = places.partition_point(|place| place.end <= range.start);
    places[after..]
        .iter()
        .take_while(|place| place.start < range.end)
        .any(|place| !place.is_empty())
}
