//! Who: the operator, recipients, places abroad, and how somebody is reached.

use std::collections::BTreeSet;

use super::{Both, Edit, Verdict};
use crate::diff::cues::Cue;
use crate::diff::fold::folded;
use crate::diff::marks::{Mark, Side, What};
use crate::diff::source::{Fact, Source};
use crate::diff::{ChangeKind, Nature};
use crate::document::Kind;

/// Another company that operates.
pub(super) fn controller(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
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

pub(super) fn abroad(edit: &Edit<'_>) -> Option<Verdict> {
    // One character is all that parts 境内 from 境外.
    // A country that was named before is news only where something is kept there or sent there.
    let news = |side: &Side<'_>, known: &BTreeSet<&str>, mark: &Mark| {
        let phrase = side.phrase(&mark.range);
        side.says_in(Cue::Place, &phrase)
            || side.says_in(Cue::Abroad, &phrase)
            || !known.contains(mark.key.as_str())
    };
    let [before, after] = [edit.old, edit.new].map(|side| side.words_of(Cue::Country));
    let (mut gained, mut lost) = (edit.gained(What::Abroad), edit.lost(What::Abroad));
    gained.retain(|mark| news(edit.new, &before, mark));
    lost.retain(|mark| news(edit.old, &after, mark));
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

pub(super) fn recipient(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    let nature = edit.nature(What::Recipient)?;
    // Names that only went to another clause.
    let (gained, lost) = (edit.gained(What::Recipient), edit.lost(What::Recipient));
    let moved = |marks: &[&Mark], gained| {
        let mut marks = marks.iter();
        marks.all(|mark| edit.is_elsewhere(both, mark, gained))
    };
    if moved(&gained, true) && moved(&lost, false) {
        return None;
    }
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

pub(super) fn contact(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
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
