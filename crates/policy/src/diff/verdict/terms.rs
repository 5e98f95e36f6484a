//! How long and where data is kept, what a person can ask for, and how long that takes.

use std::ops::Range;

use super::{Both, Edit, Verdict};
use crate::diff::cues::Cue;
use crate::diff::marks::{Mark, Side, What};
use crate::diff::source::{Fact, Source};
use crate::diff::{ChangeKind, Nature};
use crate::document::Kind;

/// A term that became another: how long data is kept, or how long an answer takes.
pub(super) fn term(both: &Both<'_, '_>, edit: &Edit<'_>) -> Option<Verdict> {
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

pub(super) fn rights(edit: &Edit<'_>) -> Option<Verdict> {
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

/// Another place of storage in the mainland: a name in brackets, or before 省, 市 and the like.
pub(super) fn storage_place(edit: &Edit<'_>) -> Option<Verdict> {
    if edit.small {
        return None;
    }
    let place = |side: &Side<'_>, range: &Range<usize>| {
        let text = &side.unit.text;
        let unit = |c: char| matches!(c, '省' | '市' | '县' | '区' | '州');
        let named = text[range.clone()].ends_with(unit) || text[range.end..].starts_with(unit);
        let opens = text[..range.start]
            .chars()
            .rev()
            .take(12)
            .find(|c| "（()）".contains(*c));
        let closes = text[range.end..]
            .chars()
            .take(12)
            .find(|c| "（()）".contains(*c));
        let bracketed = matches!((opens, closes), (Some('（' | '('), Some('）' | ')')));
        let kept = side.has(&[Kind::Storage]) || side.says(Cue::Mainland, range);
        !range.is_empty() && kept && (named || bracketed) && side.says(Cue::Place, range)
    };
    let all = edit
        .hunks
        .iter()
        .all(|hunk| place(edit.old, &hunk.old) && place(edit.new, &hunk.new));
    all.then_some((ChangeKind::Retention, Nature::Reworded))
}
