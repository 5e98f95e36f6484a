//! The kind of a clause that only one of the documents has.

use super::{PROCESSING, Verdict};
use crate::diff::cues::Cue;
use crate::diff::marks::{Side, What};
use crate::diff::source::{Fact, Source};
use crate::diff::{ChangeKind, Nature};
use crate::document::Kind;

/// A whole clause that only one of the documents has; `there` is the one that has it, `elsewhere`
/// the other.
pub(in crate::diff) fn whole(
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
    // Of sentences by themselves, facts and kinds of the whole clause tell nothing.
    let facts = || {
        let facts = there.facts_on(side.unit.line, side.unit.end_line);
        facts.filter(|_| side.whole)
    };
    let plain = side.kinds.is_empty();
    let given = [Kind::Sharing, Kind::Sdk, Kind::Transfer, Kind::Disclosure];
    let operators = [there, elsewhere].map(|source| source.document.facts.operator.as_deref());
    let technology = side.marks.iter().any(|mark| {
        let used = there.uses(&mark.key) && !elsewhere.uses(&mark.key);
        mark.what == What::Technology && (used || plain)
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
    if side.whole && side.is_kept() {
        let mut data = side.marks.iter().filter(|mark| mark.what == What::Datum);
        return match data.any(|mark| !elsewhere.names_kin(&mark.key)) {
            true => ChangeKind::Data,
            false => ChangeKind::Retention,
        };
    }
    let leaves = side.has(&[Kind::CrossBorder, Kind::Storage])
        || side.has(&given)
        || side.speaks(Cue::Place);
    if has(What::Abroad) && leaves {
        return ChangeKind::ThirdCountry;
    }
    let receives = side.has(&given) || plain && side.speaks(Cue::Give);
    if has(What::Recipient) && receives || facts().any(|fact| matches!(fact, Fact::Recipient(_))) {
        return ChangeKind::Recipient;
    }
    // An entry of a list of recipients, whatever else it tells of the one that it begins with.
    let begins = |what: What| {
        let mut marks = side.marks.iter();
        marks.any(|mark| mark.what == what && mark.range.start <= side.unit.label)
    };
    if side.whole
        && begins(What::Recipient)
        && (side.is_under(Cue::Give) || side.is_under(Cue::Kit))
    {
        return ChangeKind::Recipient;
    }
    if technology {
        return ChangeKind::Technology;
    }
    let reached =
        facts().any(|fact| matches!(fact, Fact::Contact(_))) || plain && has(What::Contact);
    if reached && !side.has(&[Kind::Rights]) {
        return ChangeKind::Contact;
    }
    if side.has(&[Kind::Minors])
        || facts().any(|fact| matches!(fact, Fact::Minors))
        || plain && has(What::Age)
    {
        return ChangeKind::Minors;
    }
    let opens = plain && has(What::Permission);
    if opens || facts().any(|fact| matches!(fact, Fact::Permission(_))) {
        return ChangeKind::Data;
    }
    let takes = side.speaks(Cue::Collect);
    let entitles = side
        .marks
        .iter()
        .any(|mark| mark.what == What::Right && mark.key.starts_with("有权"));
    if entitles && !takes {
        return ChangeKind::Rights;
    }
    let rights = side.has(&[Kind::Rights, Kind::Withdrawal]);
    let names = has(What::Datum) || side.speaks(Cue::Datum);
    if side.has(&[Kind::Collection, Kind::Permission])
        || side.has(&[Kind::Sensitive]) && !rights
        || plain && takes && names
    {
        // What data are put to, and not which: `（2）推荐附近的商家` in a list of uses.
        let uses = side.has(&[Kind::Profiling, Kind::Marketing]) && !takes && !has(What::Datum);
        return match uses || has(What::Purpose) && (!novel || !takes && side.speaks(Cue::Use)) {
            true => ChangeKind::Purpose,
            false => ChangeKind::Data,
        };
    }
    if has(What::Recipient) && side.is_under(Cue::Give) {
        return ChangeKind::Recipient;
    }
    let kept = side.has(&[Kind::Storage]) && has(What::Term);
    if kept && !side.speaks(Cue::Answer) && !side.speaks(Cue::May) {
        return ChangeKind::Retention;
    }
    if has(What::Right)
        && side.is_under(Cue::Claim)
        && !side.has(&PROCESSING)
        && (side.whole || side.speaks(Cue::May))
    {
        return ChangeKind::Rights;
    }
    if side.has(&[Kind::Exception, Kind::DeemedConsent]) {
        return ChangeKind::Rights;
    }
    if side.lead.contains(&Kind::Storage) && !side.has(&given) {
        return ChangeKind::Retention;
    }
    let chief = chief(side.kinds.iter().copied());
    // What leads in a list tells nothing that its items do not; what is agreed with those who work on
    // the data is no term of keeping.
    let leads = side.unit.words.ends_with(':')
        && ![What::Datum, What::Recipient, What::Purpose, What::Term]
            .into_iter()
            .any(has);
    let agreed =
        chief == Some(ChangeKind::Retention) && side.is_under(Cue::Give) && !has(What::Term);
    match leads || agreed {
        true => ChangeKind::Wording,
        false => chief.unwrap_or_else(|| unstated(side, novel)),
    }
}

/// A clause that no rule of kinds knows: told by its words, and by where it stands.
fn unstated(side: &Side<'_>, novel: bool) -> ChangeKind {
    let has = |what: What| side.marks.iter().any(|mark| mark.what == what);
    let mut terms = side.marks.iter().filter(|mark| mark.what == What::Term);
    let kept = terms.any(|mark| side.says(Cue::Keep, &mark.range) || side.is_under(Cue::Keep));
    let answered = has(What::Term) && side.speaks(Cue::Answer);
    let used =
        has(What::Purpose) && (side.speaks(Cue::Use) || side.whole && side.is_under(Cue::Collect));
    let entitled = side.speaks(Cue::May) || side.whole && side.is_under(Cue::Claim);
    if kept && !answered {
        ChangeKind::Retention
    } else if used
        && (!novel || side.speaks(Cue::Use))
        && (side.speaks(Cue::Datum) || side.is_under(Cue::Collect))
    {
        ChangeKind::Purpose
    } else if has(What::Datum) && side.whole && (novel || side.is_under(Cue::Collect)) {
        ChangeKind::Data
    } else if answered || has(What::Right) && entitled {
        ChangeKind::Rights
    } else {
        ChangeKind::Wording
    }
}

/// The kind of change that clauses of these kinds make, the gravest first.
pub(super) fn chief(kinds: impl IntoIterator<Item = Kind>) -> Option<ChangeKind> {
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
    let rank = |kind: Kind| order.iter().position(|(other, _)| *other == kind);
    let first = kinds.into_iter().filter_map(rank).min()?;
    order.get(first).map(|(_, change)| *change)
}
