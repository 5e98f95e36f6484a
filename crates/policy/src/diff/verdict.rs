//! What kind of change a change is: drawn from the words that changed, and from what they are in
//! their clause.

use std::ops::Range;

use super::cues::{self, Cue};
use super::fold::folded;
use super::marks::{Mark, Side, What};
use super::source::{Fact, Source};
use super::words::Hunk;
use super::{ChangeKind, Nature};
use crate::document::Kind;

/// Kind and nature of a change.
pub(super) type Verdict = (ChangeKind, Nature);

/// Clauses that tell what is done with data.
const PROCESSING: [Kind; 11] = [
    Kind::Collection,
    Kind::Sensitive,
    Kind::Sharing,
    Kind::Transfer,
    Kind::Disclosure,
    Kind::CrossBorder,
    Kind::Profiling,
    Kind::Tracking,
    Kind::Permission,
    Kind::Sdk,
    Kind::Marketing,
];

/// Both documents, for what only the whole text tells.
pub(super) struct Both<'s, 'd> {
    pub(super) old: &'s Source<'d>,
    pub(super) new: &'s Source<'d>,
}

/// An edited clause.
pub(super) struct Edit<'s> {
    pub(super) old: &'s Side<'s>,
    pub(super) new: &'s Side<'s>,
    pub(super) hunks: &'s [Hunk],
    /// One character for another: what it makes of a name may be the name that was meant.
    small: bool,
}

impl<'s> Edit<'s> {
    pub(super) fn new(old: &'s Side<'s>, new: &'s Side<'s>, hunks: &'s [Hunk]) -> Self {
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
    fn gained(&self, what: What) -> Vec<&'s Mark> {
        let places: Vec<&Range<usize>> = self.hunks.iter().map(|hunk| &hunk.new).collect();
        fresh(self.new, self.old, what, &places)
    }

    fn lost(&self, what: What) -> Vec<&'s Mark> {
        let places: Vec<&Range<usize>> = self.hunks.iter().map(|hunk| &hunk.old).collect();
        fresh(self.old, self.new, what, &places)
    }

    /// What stands on the words that changed, in the old clause and in the new one.
    fn touched(&self, what: What) -> (Vec<&'s Mark>, Vec<&'s Mark>) {
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
    fn exchanged(&self, what: What) -> (Vec<&'s Mark>, Vec<&'s Mark>) {
        let (lost, gained) = self.touched(what);
        let only = |marks: &[&'s Mark], others: &[&'s Mark]| {
            let fresh = |mark: &&&Mark| !others.iter().any(|other| other.key == mark.key);
            marks.iter().filter(fresh).copied().collect()
        };
        (only(&lost, &gained), only(&gained, &lost))
    }

    /// Whether 不 was taken out before what stays, or put in: the place of what stays, in the old
    /// clause.
    fn flipped(&self) -> Option<(Nature, usize)> {
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
    fn nature(&self, what: What) -> Option<Nature> {
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

    /// Whether either version does one of these.
    fn does(&self, kinds: &[Kind]) -> bool {
        self.old.has(kinds) || self.new.has(kinds)
    }

    fn is_under(&self, cue: Cue) -> bool {
        self.old.is_under(cue) || self.new.is_under(cue)
    }

    /// Whether every word that changed stands in a date.
    fn is_date(&self) -> bool {
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
    let known: std::collections::HashSet<&str> = other
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

/// The kind of an edited clause's change.
pub(super) fn edited(both: &Both<'_, '_>, edit: &Edit<'_>) -> Verdict {
    if edit.is_date() {
        return (ChangeKind::Wording, Nature::Dated);
    }
    controller(both, edit)
        .or_else(|| abroad(edit))
        .or_else(|| field(edit))
        .or_else(|| recipient(both, edit))
        .or_else(|| technology(both, edit))
        .or_else(|| Some((ChangeKind::Minors, edit.nature(What::Age)?)))
        .or_else(|| contact(both, edit))
        .or_else(|| data(both, edit))
        .or_else(|| term(both, edit))
        .or_else(|| purpose(edit))
        .or_else(|| rights(edit))
        .or_else(|| permission(edit))
        .or_else(|| member(edit))
        .unwrap_or((ChangeKind::Wording, Nature::Reworded))
}

/// Another company that operates.
fn controller(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    let operators = [both.old, both.new].map(|source| source.document.facts.operator.as_deref());
    let named = edit.nature(What::Operator).is_some() && operators[0] != operators[1];
    let presented = || {
        let introduces = |side: &Side<'_>, marks: &[&Mark]| {
            marks
                .iter()
                .any(|mark| side.says(Cue::Operator, &mark.range))
        };
        let (gained, lost) = (edit.gained(What::Recipient), edit.lost(What::Recipient));
        introduces(edit.old, &lost)
            && introduces(edit.new, &gained)
            && !edit.does(&[Kind::Sharing, Kind::Sdk, Kind::CrossBorder])
    };
    (named || presented()).then_some((ChangeKind::Controller, Nature::Changed))
}

fn abroad(edit: &Edit<'_>) -> Option<Verdict> {
    // One character is all that parts 境内 from 境外.
    let (gained, lost) = (edit.gained(What::Abroad), edit.lost(What::Abroad));
    let denied =
        |side: &Side<'_>, marks: &[&Mark]| marks.iter().all(|mark| side.denies(&mark.range));
    let nature = match (gained.is_empty(), lost.is_empty()) {
        (false, false) => Nature::Changed,
        (false, true) if denied(edit.new, &gained) => Nature::Removed,
        (true, false) if denied(edit.old, &lost) => Nature::Added,
        (false, true) => Nature::Added,
        (true, false) => Nature::Removed,
        // 不向境外 became 向境外.
        (true, true) if let Some((nature, at)) = edit.flipped() => {
            let text = &edit.old.unit.text;
            let near = at..text.len().min(at + 48);
            let mut places = edit
                .old
                .marks
                .iter()
                .filter(|mark| mark.what == What::Abroad);
            places
                .any(|mark| near.contains(&mark.range.start))
                .then_some(nature)?
        }
        // What was promised to stay in the mainland is not any more.
        (true, true) => {
            let promised = edit.does(&[Kind::Storage, Kind::CrossBorder])
                && !edit.lost(What::Mainland).is_empty()
                && edit.gained(What::Mainland).is_empty()
                && !edit
                    .new
                    .marks
                    .iter()
                    .any(|mark| mark.what == What::Mainland);
            promised.then_some(Nature::Added)?
        }
    };
    Some((ChangeKind::ThirdCountry, nature))
}

/// The value of a field: `目的：…`, `信息种类：…`, the cell under such a name.
fn field(edit: &Edit<'_>) -> Option<Verdict> {
    if edit.small {
        return None;
    }
    let fields = |hunk: &Hunk| {
        let (old, new) = (edit.old.field(&hunk.old), edit.new.field(&hunk.new));
        if old == new { old } else { None }
    };
    let first = fields(edit.hunks.first()?)?;
    if edit.hunks.iter().any(|hunk| fields(hunk) != Some(first)) {
        return None;
    }
    let novel =
        |side: &Side<'_>, ranges: &mut dyn Iterator<Item = &Range<usize>>, other: &Side<'_>| {
            let words = ranges.map(|range| folded(&side.unit.text[range.clone()]));
            let known: std::collections::HashSet<char> = other.unit.words.chars().collect();
            let mut chars: Vec<char> = words
                .collect::<String>()
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect();
            chars.retain(|c| !known.contains(c));
            chars.len() >= 2
        };
    let gained = novel(
        edit.new,
        &mut edit.hunks.iter().map(|hunk| &hunk.new),
        edit.old,
    );
    let lost = novel(
        edit.old,
        &mut edit.hunks.iter().map(|hunk| &hunk.old),
        edit.new,
    );
    let nature = match (gained, lost) {
        (true, true) => Nature::Changed,
        (true, false) => Nature::Added,
        (false, true) => Nature::Removed,
        (false, false) => return None,
    };
    let kind = match first {
        Cue::FieldPurpose => ChangeKind::Purpose,
        Cue::FieldData => ChangeKind::Data,
        Cue::FieldWho => ChangeKind::Recipient,
        _ => return None,
    };
    Some((kind, nature))
}

fn recipient(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    let nature = edit.nature(What::Recipient)?;
    let known = |source: &Source<'_>, marks: &[&Mark]| {
        let operator = source.document.facts.operator.as_deref().map(folded);
        marks
            .iter()
            .all(|mark| Some(&mark.key) == operator.as_ref())
    };
    let own = known(both.old, &edit.lost(What::Recipient))
        && known(both.new, &edit.gained(What::Recipient));
    // Who may be complained to receives nothing.
    let elsewhere = edit.does(&[Kind::Rights, Kind::Contact, Kind::Security])
        && !edit.does(&[
            Kind::Sharing,
            Kind::Sdk,
            Kind::CrossBorder,
            Kind::Transfer,
            Kind::Disclosure,
        ])
        && ![Cue::Give, Cue::Class, Cue::Kit]
            .into_iter()
            .any(|cue| edit.is_under(cue));
    (!own && !elsewhere).then_some((ChangeKind::Recipient, nature))
}

fn technology(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    let nature = edit.nature(What::Technology)?;
    let marks = [edit.gained(What::Technology), edit.lost(What::Technology)].concat();
    let new = marks
        .iter()
        .any(|mark| both.old.uses(&mark.key) != both.new.uses(&mark.key));
    (new || edit.does(&[Kind::Tracking])).then_some((ChangeKind::Technology, nature))
}

fn contact(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    let nature = edit.nature(What::Contact)?;
    let own = |source: &Source<'_>, side: &Side<'_>| {
        let mut facts = source.facts_on(side.unit.line, side.unit.end_line);
        facts.any(|fact| matches!(fact, Fact::Contact(_)))
    };
    let theirs = !own(both.old, edit.old)
        && !own(both.new, edit.new)
        && edit
            .new
            .marks
            .iter()
            .any(|mark| mark.what == What::Recipient);
    // How a recipient is reached is one of the facts about it (PIPL 23).
    Some(match theirs {
        true => (ChangeKind::Recipient, Nature::Changed),
        false => (ChangeKind::Contact, nature),
    })
}

fn data(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    if !edit.does(&PROCESSING)
        && edit.does(&[
            Kind::Rights,
            Kind::Withdrawal,
            Kind::Contact,
            Kind::Update,
            Kind::Definition,
        ])
    {
        return None;
    }
    let nature = edit
        .nature(What::Permission)
        .or_else(|| edit.nature(What::Datum))?;
    let gained = edit.gained(What::Datum);
    let novel = gained.is_empty() || gained.iter().any(|mark| !both.old.names_datum(&mark.key));
    // A datum that the policy names anyway, for something else.
    if !novel && nature == Nature::Added && aims(edit).0 {
        return Some((ChangeKind::Purpose, Nature::Added));
    }
    Some((ChangeKind::Data, nature))
}

/// A term that became another: how long data is kept, or how long an answer takes.
fn term(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    let (lost, gained) = edit.exchanged(What::Term);
    let kind = gained
        .iter()
        .find_map(|mark| term_kind(both.new, edit.new, mark))
        .or_else(|| {
            lost.iter()
                .find_map(|mark| term_kind(both.old, edit.old, mark))
        })?;
    // Of a notice in advance, more is better.
    let ahead = |side: &Side<'_>, marks: &[&Mark]| {
        marks
            .iter()
            .any(|mark| side.says(Cue::Advance, &mark.range))
    };
    let ahead = kind == ChangeKind::Rights && (ahead(edit.new, &gained) || ahead(edit.old, &lost));
    let longest = |marks: &[&Mark]| marks.iter().map(|mark| mark.count).max();
    let nature = match (longest(&lost), longest(&gained)) {
        (None, None) => return None,
        // Told in other words than numbers before or after: nobody can say which is longer.
        (None, _) if edit.hunks.iter().all(|hunk| hunk.old.is_empty()) => Nature::Added,
        (_, None) if edit.hunks.iter().all(|hunk| hunk.new.is_empty()) => Nature::Removed,
        (Some(old), Some(new)) if new != old => match (new > old) != ahead {
            true => Nature::Longer,
            false => Nature::Shorter,
        },
        _ => Nature::Changed,
    };
    Some((kind, nature))
}

fn term_kind(source: &Source<'_>, side: &Side<'_>, mark: &Mark) -> Option<ChangeKind> {
    let mut facts = source.facts_on(side.unit.line, side.unit.end_line);
    let due = facts.find_map(|fact| match fact {
        Fact::Deadline(deadline) if !deadline.what.contains("retention") => Some(()),
        _ => None,
    });
    let (keep, answer) = (
        side.says(Cue::Keep, &mark.range),
        side.says(Cue::Answer, &mark.range),
    );
    let rights = side.has(&[Kind::Rights, Kind::Withdrawal, Kind::Contact]);
    match (keep, answer) {
        (true, false) if due.is_none() || side.has(&[Kind::Storage]) && !rights => {
            Some(ChangeKind::Retention)
        }
        (_, true) if due.is_some() => Some(ChangeKind::Rights),
        (true, true) if side.has(&[Kind::Storage]) && !rights => Some(ChangeKind::Retention),
        (_, true) => Some(ChangeKind::Rights),
        _ if due.is_some() => Some(ChangeKind::Rights),
        _ if side.is_under(Cue::Keep) => Some(ChangeKind::Retention),
        _ if side.has(&[Kind::Storage]) => Some(ChangeKind::Retention),
        _ if rights => Some(ChangeKind::Rights),
        _ => None,
    }
}

/// Whether the new clause has an aim that the old one had not, and the other way round. An aim told
/// with the same words in another order is the same.
fn aims(edit: &Edit<'_>) -> (bool, bool) {
    let other = |marks: Vec<&Mark>, side: &Side<'_>| {
        // What is said not to be done is no aim.
        let phrases = side
            .unit
            .words
            .split([',', '.', ';'])
            .filter(|phrase| !phrase.contains('不'));
        let known: std::collections::HashSet<char> = phrases.flat_map(str::chars).collect();
        marks.iter().any(|mark| {
            let words = mark.key.chars().filter(|c| c.is_alphanumeric());
            words.filter(|c| !known.contains(c)).count() >= 2
        })
    };
    (
        other(edit.gained(What::Purpose), edit.old),
        other(edit.lost(What::Purpose), edit.new),
    )
}

fn purpose(edit: &Edit<'_>) -> Option<Verdict> {
    let told = |side: &Side<'_>| {
        side.marks
            .iter()
            .any(|mark| matches!(mark.what, What::Datum | What::Recipient))
    };
    if !edit.does(&PROCESSING) && !told(edit.old) && !told(edit.new) && !edit.is_under(Cue::Collect)
    {
        return None;
    }
    if edit.does(&[Kind::Rights, Kind::Security])
        && !edit.does(&[Kind::Collection, Kind::Sharing, Kind::Profiling, Kind::Sdk])
    {
        return None;
    }
    let nature = match aims(edit) {
        (true, true) => Nature::Changed,
        (true, false) => Nature::Added,
        (false, true) => Nature::Removed,
        (false, false) => return None,
    };
    Some((ChangeKind::Purpose, nature))
}

fn rights(edit: &Edit<'_>) -> Option<Verdict> {
    let speaks = edit.does(&[Kind::Rights, Kind::Withdrawal]) || edit.is_under(Cue::Claim);
    if !speaks || edit.small {
        return None;
    }
    let nature = match edit.nature(What::Right) {
        Some(nature @ (Nature::Removed | Nature::Added)) => nature,
        Some(_) => Nature::Changed,
        None => {
            let how = edit.nature(What::How).is_some()
                || edit.hunks.iter().any(|hunk| {
                    is_quoted(&edit.old.unit.text, &hunk.old)
                        && is_quoted(&edit.new.unit.text, &hunk.new)
                });
            how.then_some(Nature::Changed)?
        }
    };
    Some((ChangeKind::Rights, nature))
}

/// Whether a place lies between quotation marks: the name of a page or button.
fn is_quoted(text: &str, range: &Range<usize>) -> bool {
    let opens = |c: char| matches!(c, '“' | '「' | '【' | '[');
    let closes = |c: char| matches!(c, '”' | '」' | '】' | ']');
    let mut before = text[..range.start].chars().rev().take(40);
    let mut after = text[range.end..].chars().take(40);
    before.find(|&c| opens(c) || closes(c)).is_some_and(opens)
        && after.find(|&c| opens(c) || closes(c)).is_some_and(closes)
}

/// What was promised not to be done is done now, or not before one is asked; or the other way round.
fn permission(edit: &Edit<'_>) -> Option<Verdict> {
    let (denied, undenied) = (edit.gained(What::Deny), edit.lost(What::Deny));
    let (asked, unasked) = (edit.gained(What::Consent), edit.lost(What::Consent));
    let flipped = edit.flipped().map(|(nature, _)| nature);
    let narrower = flipped == Some(Nature::Removed)
        || undenied.is_empty() && !denied.is_empty()
        || unasked.is_empty() && !asked.is_empty();
    let wider = flipped == Some(Nature::Added)
        || denied.is_empty() && !undenied.is_empty()
        || asked.is_empty() && !unasked.is_empty();
    let nature = match (wider, narrower) {
        (true, false) => Nature::Added,
        (false, true) => Nature::Removed,
        _ => return None,
    };
    let does = edit.old.kinds.union(&edit.new.kinds).copied();
    let stated = chief(does.filter(|kind| PROCESSING.contains(kind)));
    let told_above = || match () {
        () if edit.is_under(Cue::Give) => Some(ChangeKind::Recipient),
        () if edit.is_under(Cue::Collect) => Some(ChangeKind::Data),
        () => None,
    };
    Some((stated.or_else(told_above)?, nature))
}

/// A member of an enumeration that no list of data knows.
fn member(edit: &Edit<'_>) -> Option<Verdict> {
    let named = [edit.old, edit.new]
        .iter()
        .any(|side| side.marks.iter().any(|mark| mark.what == What::Datum));
    let told = edit.does(&PROCESSING)
        || edit.is_under(Cue::Collect) && (named || !edit.is_under(Cue::Claim));
    if edit.small || !told {
        return None;
    }
    let collects =
        edit.does(&[Kind::Collection, Kind::Sdk, Kind::Sensitive]) || edit.is_under(Cue::Collect);
    let side = |side: &Side<'_>, range: &Range<usize>| {
        let text = &side.unit.text;
        let words = text[range.clone()].trim_matches(is_between);
        let short =
            (2..=16).contains(&words.chars().count()) && !words.contains(['，', '。', '；', ',']);
        let listed = text[range.clone()].starts_with(is_between)
            || text[range.clone()].ends_with(is_between)
            || text[..range.start].ends_with(is_between)
            || text[range.end..].starts_with(is_between);
        let datum = cues::find(words)
            .iter()
            .any(|(cue, place)| *cue == Cue::Datum && place.end == words.len());
        short && (listed && collects || datum)
    };
    let gained = edit.hunks.iter().any(|hunk| side(edit.new, &hunk.new));
    let lost = edit.hunks.iter().any(|hunk| side(edit.old, &hunk.old));
    let only = |empty: fn(&Hunk) -> bool| edit.hunks.iter().all(empty);
    let nature = match (gained, lost) {
        (true, false) if only(|hunk| hunk.old.is_empty()) => Nature::Added,
        (false, true) if only(|hunk| hunk.new.is_empty()) => Nature::Removed,
        _ => return None,
    };
    Some((ChangeKind::Data, nature))
}

fn is_between(c: char) -> bool {
    matches!(c, '、' | '和' | '及' | '或' | '/' | '以')
}

/// A whole clause that only one of the documents has; `there` is the one that has it, `elsewhere`
/// the other.
pub(super) fn whole(
    there: &Source<'_>,
    elsewhere: &Source<'_>,
    side: &Side<'_>,
    nature: Nature,
) -> Verdict {
    let marks = |what: What| side.marks.iter().filter(move |mark| mark.what == what);
    let whole = 0..side.unit.text.len();
    let facts = || there.facts_on(side.unit.line, side.unit.end_line);
    let kind = stated(there, elsewhere, side);
    let done = matches!(
        kind,
        ChangeKind::Purpose
            | ChangeKind::Data
            | ChangeKind::Recipient
            | ChangeKind::ThirdCountry
            | ChangeKind::Technology
    );
    let denied = done
        && facts().next().is_none()
        && match kind {
            ChangeKind::ThirdCountry => marks(What::Abroad).all(|mark| side.denies(&mark.range)),
            _ => side.unit.text.chars().count() < 120 && side.denies(&whole),
        };
    // One more exception is one right less.
    let taken = kind == ChangeKind::Rights
        && (side.has(&[Kind::Exception, Kind::DeemedConsent]) || side.is_under(Cue::Refuse));
    match (denied || taken, nature) {
        (true, Nature::Added) => (kind, Nature::Removed),
        (true, Nature::Removed) => (kind, Nature::Added),
        _ => (kind, nature),
    }
}

/// What a clause states, as a kind of change.
fn stated(there: &Source<'_>, elsewhere: &Source<'_>, side: &Side<'_>) -> ChangeKind {
    let has = |what: What| side.marks.iter().any(|mark| mark.what == what);
    let facts = || there.facts_on(side.unit.line, side.unit.end_line);
    let given = [Kind::Sharing, Kind::Sdk, Kind::Transfer, Kind::Disclosure];
    let operators = [there, elsewhere].map(|source| source.document.facts.operator.as_deref());
    let technology = side.marks.iter().any(|mark| {
        mark.what == What::Technology && there.uses(&mark.key) && !elsewhere.uses(&mark.key)
    });
    let novel = side
        .marks
        .iter()
        .any(|mark| mark.what == What::Datum && !elsewhere.names_datum(&mark.key));
    if has(What::Operator) && operators[0] != operators[1] && !side.has(&given) {
        return ChangeKind::Controller;
    }
    if facts().any(|fact| matches!(fact, Fact::Kit(_))) {
        return ChangeKind::Recipient;
    }
    if side.has(&[Kind::CrossBorder, Kind::Storage]) && has(What::Abroad)
        || side.has(&given) && has(What::Abroad)
    {
        return ChangeKind::ThirdCountry;
    }
    if side.has(&given) && has(What::Recipient)
        || facts().any(|fact| matches!(fact, Fact::Recipient(_)))
    {
        return ChangeKind::Recipient;
    }
    if technology {
        return ChangeKind::Technology;
    }
    if facts().any(|fact| matches!(fact, Fact::Contact(_))) && !side.has(&[Kind::Rights]) {
        return ChangeKind::Contact;
    }
    if side.has(&[Kind::Minors]) || facts().any(|fact| matches!(fact, Fact::Minors)) {
        return ChangeKind::Minors;
    }
    if facts().any(|fact| matches!(fact, Fact::Permission(_))) {
        return ChangeKind::Data;
    }
    let rights = side.has(&[Kind::Rights, Kind::Withdrawal]);
    if side.has(&[Kind::Collection, Kind::Permission]) || side.has(&[Kind::Sensitive]) && !rights {
        return match !novel && has(What::Purpose) {
            true => ChangeKind::Purpose,
            false => ChangeKind::Data,
        };
    }
    if has(What::Recipient) && side.is_under(Cue::Give) {
        return ChangeKind::Recipient;
    }
    if has(What::Right) && side.is_under(Cue::Claim) && !side.has(&PROCESSING) {
        return ChangeKind::Rights;
    }
    if side.has(&[Kind::Exception, Kind::DeemedConsent]) {
        return ChangeKind::Rights;
    }
    if side.lead.contains(&Kind::Storage) && !side.has(&given) {
        return ChangeKind::Retention;
    }
    chief(side.kinds.iter().copied()).unwrap_or_else(|| unstated(side, novel))
}

/// A clause that no rule of kinds knows: told by where it stands.
fn unstated(side: &Side<'_>, novel: bool) -> ChangeKind {
    let has = |what: What| side.marks.iter().any(|mark| mark.what == what);
    if has(What::Term) && side.is_under(Cue::Keep) {
        ChangeKind::Retention
    } else if has(What::Datum) && (novel || side.is_under(Cue::Collect)) {
        match !novel && has(What::Purpose) {
            true => ChangeKind::Purpose,
            false => ChangeKind::Data,
        }
    } else if has(What::Right) && side.is_under(Cue::Claim) {
        ChangeKind::Rights
    } else if has(What::Purpose) && side.is_under(Cue::Collect) {
        ChangeKind::Purpose
    } else {
        ChangeKind::Wording
    }
}

/// The kind of change that clauses of these kinds make, the gravest first.
fn chief(kinds: impl Iterator<Item = Kind> + Clone) -> Option<ChangeKind> {
    let order = [
        (Kind::CrossBorder, ChangeKind::ThirdCountry),
        (Kind::Sdk, ChangeKind::Recipient),
        (Kind::Sharing, ChangeKind::Recipient),
        (Kind::Transfer, ChangeKind::Recipient),
        (Kind::Disclosure, ChangeKind::Recipient),
        (Kind::Minors, ChangeKind::Minors),
        (Kind::Tracking, ChangeKind::Technology),
        (Kind::Collection, ChangeKind::Data),
        (Kind::Permission, ChangeKind::Data),
        (Kind::Profiling, ChangeKind::Purpose),
        (Kind::Marketing, ChangeKind::Purpose),
        (Kind::Rights, ChangeKind::Rights),
        (Kind::Withdrawal, ChangeKind::Rights),
        (Kind::Storage, ChangeKind::Retention),
        (Kind::Sensitive, ChangeKind::Data),
        (Kind::Contact, ChangeKind::Contact),
    ];
    order
        .into_iter()
        .find(|(kind, _)| kinds.clone().any(|other| other == *kind))
        .map(|(_, change)| change)
}
