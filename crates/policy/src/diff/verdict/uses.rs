//! What is done: data, purposes, technologies, and what stands in fields and enumerations.

use std::collections::HashSet;
use std::ops::Range;

use super::whole::chief;
use super::{Both, Edit, PROCESSING, Verdict};
use crate::diff::cues::{self, Cue};
use crate::diff::fold::folded;
use crate::diff::marks::{Mark, Side, What};
use crate::diff::words::Hunk;
use crate::diff::{ChangeKind, Nature};
use crate::document::Kind;

/// The value of a field: `目的：…`, `信息种类：…`, the cell under such a name.
pub(super) fn field(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
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
            let known: HashSet<char> = other.unit.words.chars().collect();
            let mut chars: Vec<char> = words
                .collect::<String>()
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect();
            if matches!(first, Cue::FieldPurpose | Cue::FieldData) {
                // Said with the words that were there it is the same aim.
                chars.retain(|c| !known.contains(c));
            }
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
    let given = edit.does(&[Kind::Sharing, Kind::Sdk])
        || edit.is_under(Cue::Give)
        || edit.is_under(Cue::Kit);
    let kind = match first {
        Cue::FieldPurpose => ChangeKind::Purpose,
        // Of a table of terms: how long it is kept is told now of data that was named before.
        Cue::FieldData if edit.new.is_kept() && is_known(both, edit) => ChangeKind::Retention,
        Cue::FieldData => ChangeKind::Data,
        Cue::FieldWho => ChangeKind::Recipient,
        // How a recipient is reached, or how it gets the data, is one of the facts about it (PIPL 23).
        Cue::FieldWay | Cue::FieldContact if given => ChangeKind::Recipient,
        Cue::FieldContact => ChangeKind::Contact,
        _ => return None,
    };
    Some((kind, nature))
}

/// Whether both texts name all the data that was put in or taken out of the clause.
fn is_known(both: &Both<'_, '_>, edit: &Edit<'_>) -> bool {
    let (gained, lost) = (edit.gained(What::Datum), edit.lost(What::Datum));
    !(gained.is_empty() && lost.is_empty())
        && gained.iter().all(|mark| both.old.names_kin(&mark.key))
        && lost.iter().all(|mark| both.new.names_kin(&mark.key))
}

pub(super) fn technology(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    let nature = edit.nature(What::Technology)?;
    let marks = [edit.gained(What::Technology), edit.lost(What::Technology)].concat();
    let new = marks
        .iter()
        .any(|mark| both.old.uses(&mark.key) != both.new.uses(&mark.key));
    (new || edit.does(&[Kind::Tracking])).then_some((ChangeKind::Technology, nature))
}

pub(super) fn data(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
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
    let gained = edit.gained(What::Datum);
    let ways = || {
        let way = |side: &Side<'_>, mark: &&Mark| is_way(edit, side, mark);
        gained.iter().all(|mark| way(edit.new, mark))
            && edit
                .lost(What::Datum)
                .iter()
                .all(|mark| way(edit.old, mark))
    };
    let nature = edit
        .nature(What::Permission)
        .or_else(|| edit.nature(What::Datum).filter(|_| !ways()))?;
    let novel = gained.is_empty() || gained.iter().any(|mark| !both.old.names_datum(&mark.key));
    // A datum that the policy names anyway, for something else.
    if !novel && nature == Nature::Added && aims(edit).0 {
        return Some((ChangeKind::Purpose, Nature::Added));
    }
    Some((ChangeKind::Data, nature))
}

/// Whether a datum is only the way to use a right: the e-mail box to write to.
fn is_way(edit: &Edit<'_>, side: &Side<'_>, mark: &Mark) -> bool {
    let asks =
        edit.does(&[Kind::Rights, Kind::Withdrawal, Kind::Contact]) || edit.is_under(Cue::Claim);
    let names_way = || {
        cues::find(&mark.key)
            .iter()
            .any(|(cue, _)| *cue == Cue::How)
    };
    asks && names_way() && !side.says(Cue::Collect, &mark.range)
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
        let known: HashSet<char> = phrases.flat_map(str::chars).collect();
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

pub(super) fn purpose(edit: &Edit<'_>) -> Option<Verdict> {
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

/// What was promised not to be done is done now, or not before one is asked; or the other way round.
pub(super) fn permission(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
    let marks = |what: What| {
        // A clause may ask several times, each time for something else.
        let (mut lost, mut gained) = match what {
            What::Consent => edit.exchanged(what),
            _ => (edit.lost(what), edit.gained(what)),
        };
        gained.retain(|mark| !edit.is_elsewhere(both, mark, true));
        lost.retain(|mark| !edit.is_elsewhere(both, mark, false));
        (gained, lost)
    };
    let (denied, undenied) = marks(What::Deny);
    let (mut asked, mut unasked) = marks(What::Consent);
    asked.retain(|mark| is_condition(edit.new, mark));
    unasked.retain(|mark| is_condition(edit.old, mark));
    let flipped = edit.flipped().map(|(nature, _)| nature);
    let asks = unasked.is_empty() && !asked.is_empty();
    let refrains = flipped == Some(Nature::Removed) || undenied.is_empty() && !denied.is_empty();
    let wider = flipped == Some(Nature::Added)
        || denied.is_empty() && !undenied.is_empty()
        || asked.is_empty() && !unasked.is_empty();
    let nature = match (wider, asks || refrains) {
        (true, false) => Nature::Added,
        (false, true) => Nature::Removed,
        _ => return None,
    };
    let kind = done(edit, [&denied, &undenied])?;
    // Being asked first is a right (PIPL 44); what is done stays the same.
    Some(match asks && !refrains {
        true => (ChangeKind::Rights, Nature::Added),
        false => (kind, nature),
    })
}

/// Whether consent is what must come first, and not what is refused or taken back.
fn is_condition(side: &Side<'_>, mark: &Mark) -> bool {
    let before = side.unit.text[..mark.range.start].trim_end_matches(['您', '你', '的']);
    let refused = ["不", "拒绝", "收回", "撤回", "撤销", "取消"];
    !refused.iter().any(|word| before.ends_with(word))
}

/// What is not done, or was not: by the clause, and of data by the words behind 不.
fn done(edit: &Edit<'_>, [denied, undenied]: [&[&Mark]; 2]) -> Option<ChangeKind> {
    let does = edit.old.kinds.union(&edit.new.kinds).copied();
    let stated = chief(does.filter(|kind| PROCESSING.contains(kind)));
    let told_above = || match () {
        () if edit.is_under(Cue::Give) => Some(ChangeKind::Recipient),
        () if edit.is_under(Cue::Collect) => Some(ChangeKind::Data),
        () => None,
    };
    let behind = edit.flipped().map(|(_, at)| (edit.old, at..at));
    let place = behind
        .or_else(|| Some((edit.new, denied.first()?.range.clone())))
        .or_else(|| Some((edit.old, undenied.first()?.range.clone())));
    let said = place.and_then(|(side, at)| {
        let rest = at.start..side.phrase(&at).end;
        let says = |cue| side.says_in(cue, &rest);
        match () {
            () if says(Cue::Give) => Some(ChangeKind::Recipient),
            () if says(Cue::Collect) => Some(ChangeKind::Data),
            () if says(Cue::Aim) || says(Cue::Use) => Some(ChangeKind::Purpose),
            () => None,
        }
    });
    match stated.or_else(told_above)? {
        ChangeKind::Data => said.or(Some(ChangeKind::Data)),
        kind => Some(kind),
    }
}

/// A member of an enumeration that no list of data knows.
pub(super) fn member(edit: &Edit<'_>) -> Option<Verdict> {
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
    let all = |holds: &dyn Fn(&Hunk) -> bool| edit.hunks.iter().all(holds);
    let nature = match (gained, lost) {
        (true, false) if all(&|hunk| hunk.old.is_empty()) => Nature::Added,
        (false, true) if all(&|hunk| hunk.new.is_empty()) => Nature::Removed,
        _ if all(&|hunk| is_object(edit.old, &hunk.old) && is_object(edit.new, &hunk.new)) => {
            Nature::Changed
        }
        _ => return None,
    };
    Some((ChangeKind::Data, nature))
}

/// Whether the words are what is collected: `收集您的〔城市〕，`.
fn is_object(side: &Side<'_>, range: &Range<usize>) -> bool {
    let text = &side.unit.text;
    let short = (2..=12).contains(&text[range.clone()].chars().count());
    let before = &text[..range.start];
    let after = text[range.end..].chars().next();
    let ends = after
        .is_none_or(|c| is_between(c) || matches!(c, '，' | '。' | '；' | ',' | ';' | '（' | '('));
    let owned = ["您的", "你的", "收集", "获取", "采集", "、"]
        .iter()
        .any(|word| before.ends_with(word));
    let aim = side.marks.iter().any(|mark| {
        mark.what == What::Purpose && mark.range.start <= range.start && range.end <= mark.range.end
    });
    short && ends && owned && !aim && side.says(Cue::Collect, range)
}

fn is_between(c: char) -> bool {
    matches!(c, '、' | '和' | '及' | '或' | '/' | '以')
}
