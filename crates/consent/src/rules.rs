//! The rules of asking: what an act of a person may grant, and when a person may be asked.
//!
//! The one place in which they are decided, numbered as in `docs/rules.md`:
//!
//! 1. nothing is preselected (the interface shows [`granted`](Decision::grants) and nothing else);
//! 2. "accept all" grants general consents only, every separate consent has its own step;
//! 3. basic functions never wait for extended consents;
//! 4. after a refusal nobody is asked again for 48 hours, unless the policy changed materially or
//!    the person starts it;
//! 5. a new version asks about what changed, and the old choices stand until it is answered;
//! 6. below the age of consent everything extended stays off until a guardian agreed;
//! 7. GPC turns ads and third-party sharing off, and is no choice: it grants nothing, writes nothing,
//!    and an explicit choice that is made under it wins over it;
//! 8. before a decision nothing optional is allowed, and no identifier exists.

use crate::{Basis, Choice, Decision, Event, Notice, Purpose, State, Technologies, Tier};

/// For how long nobody is asked again after a refusal: 48 hours (GB/T 35273-2020 annex C).
pub const REST_AFTER_REFUSAL: u64 = 48 * 60 * 60;

/// What a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// "Accept all": every general purpose, and no other. Separate consents given before stand.
    AcceptAll,
    /// "Refuse all": nothing that is asked about is granted.
    RejectAll,
    /// The preferences as they stand when saved.
    Save {
        /// Ids that are switched on.
        granted: Vec<String>,
        /// Ids of purposes whose own step was passed just now.
        confirmed: Vec<String>,
        /// Technologies that are refused.
        refused: Technologies,
    },
    /// One purpose answered in a step of its own; the others stay as they were.
    Item {
        /// Id of the purpose.
        purpose: String,
        /// The answer.
        granted: bool,
    },
    /// Some purposes of general consent are granted; the others stay as they were.
    Grant {
        /// Ids.
        purposes: Vec<String>,
    },
    /// What was granted is withdrawn (PIPL 15); `None` for everything.
    Withdraw {
        /// Ids, or `None` for all.
        purposes: Option<Vec<String>>,
    },
}

/// When an act happened, and what the browser signalled then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: u64,
    /// Whether Global Privacy Control was on.
    pub gpc: bool,
}

impl From<u64> for Moment {
    fn from(seconds: u64) -> Self {
        Self {
            seconds,
            gpc: false,
        }
    }
}

/// The decision after `act`, which happened at `moment`.
///
/// An act on everything (accept all, refuse all, save, withdraw) denies what it does not grant; an
/// act on some purposes leaves the others as they were, unset ones included. To withdraw some leaves
/// what was granted, and what changed since and is not answered yet. Choices made on
/// another version of the policy are not carried over: nobody consented to the new one by
/// answering something else (rule 5, PIPL 14). Where nothing changed materially for a purpose, the
/// choice on it [stands](Decision::stands). Refused technologies stay refused.
///
/// What is granted while Global Privacy Control is on is granted despite it (rule 7): only what this
/// act itself answers, or what was granted so before.
pub fn decide(
    notice: &Notice,
    before: Option<&Decision>,
    act: &Act,
    moment: impl Into<Moment>,
) -> Decision {
    let moment = moment.into();
    let was = |purpose: &Purpose| {
        let standing = before.filter(|before| before.stands(notice, &purpose.id));
        standing.and_then(|before| before.state(&purpose.id))
    };
    let had = |purpose: &Purpose| was(purpose) == Some(State::Granted);
    let lists = |ids: &[String], purpose: &Purpose| ids.contains(&purpose.id);
    let state = |granted: bool| {
        Some(if granted {
            State::Granted
        } else {
            State::Denied
        })
    };
    let answer = |purpose: &Purpose| match act {
        Act::AcceptAll => state(purpose.basis == Basis::General || had(purpose)),
        Act::RejectAll => state(false),
        Act::Save {
            granted, confirmed, ..
        } => {
            let may = may_grant_without_step(purpose)
                || had(purpose)
                || (may_grant_in_step(purpose) && lists(confirmed, purpose));
            state(may && lists(granted, purpose))
        }
        Act::Item {
            purpose: id,
            granted,
        } if purpose.id == *id => state(*granted && may_grant_in_step(purpose)),
        Act::Grant { purposes } if lists(purposes, purpose) && may_grant_without_step(purpose) => {
            state(true)
        }
        Act::Withdraw { purposes } if purposes.as_ref().is_none_or(|ids| lists(ids, purpose)) => {
            state(false)
        }
        // What changed since and was not answered stays open; what never was answered is denied.
        Act::Withdraw { .. } if before.is_none_or(|before| before.stands(notice, &purpose.id)) => {
            state(had(purpose))
        }
        Act::Item { .. } | Act::Grant { .. } | Act::Withdraw { .. } => was(purpose),
    };
    let refused = match act {
        Act::Save { refused, .. } => *refused,
        _ => before.map(Decision::refused).unwrap_or_default(),
    };
    let answers = |id: &str| match act {
        // "Accept all" answers nothing that needs a step of its own (rule 2).
        Act::AcceptAll => notice.purpose(id).is_some_and(may_grant_without_step),
        // What a save keeps of those is no answer either, unless its step was passed just now.
        Act::Save { confirmed, .. } => {
            confirmed.iter().any(|one| one == id)
                || notice.purpose(id).is_some_and(may_grant_without_step)
        }
        Act::Item { purpose, .. } => purpose == id,
        Act::Grant { purposes } => purposes.iter().any(|granted| granted == id),
        Act::RejectAll | Act::Withdraw { .. } => false,
    };
    let so_before = |id: &str| before.is_some_and(|before| was_despite(before, id));
    Decision::new(notice, moment.seconds, answer, refused)
        .despite_signal(notice, |id| (moment.gpc && answers(id)) || so_before(id))
}

/// Rule 2: only a general consent can be one of several on a switch or under "accept all".
fn may_grant_without_step(purpose: &Purpose) -> bool {
    purpose.basis == Basis::General
}

/// Whether agreeing in a step of its own grants a purpose (rule 6): a guardian's consent is not
/// given by a tap of the person who holds the phone.
pub fn may_grant_in_step(purpose: &Purpose) -> bool {
    matches!(
        purpose.basis,
        Basis::General | Basis::Separate | Basis::Written
    )
}

/// What holds beside the decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The person is under the site's age of consent, and no guardian has agreed (rule 6).
    pub guarded: bool,
    /// The browser signals Global Privacy Control (rule 7).
    pub gpc: bool,
}

/// Whether a purpose may be acted on now (rules 3, 6, 7 and 8).
pub fn is_allowed(purpose: &Purpose, decision: Option<&Decision>, under: Conditions) -> bool {
    if !purpose.basis.is_asked() {
        return purpose.tier == Tier::Basic || !under.guarded;
    }
    !(under.guarded && purpose.tier == Tier::Extended)
        && decision.is_some_and(|decision| {
            decision.grants(&purpose.id) && !is_silenced(purpose, decision, under.gpc)
        })
}

/// Whether Global Privacy Control turns off what was granted before it was on (rule 7).
pub fn is_silenced(purpose: &Purpose, decision: &Decision, gpc: bool) -> bool {
    gpc && purpose.gpc && decision.grants(&purpose.id) && !was_despite(decision, &purpose.id)
}

fn was_despite(decision: &Decision, purpose: &str) -> bool {
    let mut despite = decision.granted_despite_signal().iter();
    despite.any(|id| id == purpose)
}

/// Who wants to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker<'a> {
    /// The page, as it loads, about everything. The guard asks this before the module is here
    /// (`unanswered` in `www/guard/banner.js`).
    Page,
    /// The page, because a function needs this purpose just now.
    Function(&'a str),
    /// The person, by a tap of their own.
    Person,
}

/// Whether the notice may be shown unasked, or a purpose asked about (rules 4 and 5).
///
/// What changed materially the notice tells for each version before it; a version that it does not
/// name is taken to have changed in everything.
pub fn may_ask(notice: &Notice, decision: Option<&Decision>, asker: Asker<'_>, now: u64) -> bool {
    let Some(decision) = decision else {
        return notice.asked().next().is_some();
    };
    match asker {
        Asker::Person => true,
        Asker::Page => !decision.stands_on(notice) || !decision.covers(notice),
        Asker::Function(purpose) => {
            let refused = decision.state(purpose) == Some(State::Denied);
            // A clock that was set back does not make the rest longer than it is.
            let material = !decision.stands(notice, purpose);
            material || !refused || now.abs_diff(decision.decided_at()) >= REST_AFTER_REFUSAL
        }
    }
}

/// What a record calls the step from one decision to the next: the table in `docs/rules.md`.
///
/// What was granted on an earlier version counts as far as it [stands](Decision::stands); a
/// withdrawal alone is about whatever was granted before.
pub fn event(notice: &Notice, before: Option<&Decision>, after: &Decision, act: &Act) -> Event {
    let withdraws = matches!(act, Act::Withdraw { .. });
    let choices = before.map_or(&[][..], Decision::choices).iter();
    let counts = |id: &str| withdraws || before.is_some_and(|before| before.stands(notice, id));
    let before_of: Vec<&Choice> = choices.filter(|choice| counts(&choice.purpose)).collect();
    let granted = |choice: &&&Choice| choice.state == State::Granted;
    let had: Vec<&str> = before_of
        .iter()
        .filter(granted)
        .map(|choice| choice.purpose.as_str())
        .collect();
    match (!had.is_empty(), after.grants_any()) {
        (false, true) => Event::Given,
        (false, false) => Event::Refused,
        (true, false) if *act == Act::RejectAll => Event::Refused,
        (true, false) => Event::Withdrawn,
        (true, true) => {
            let same = before_of.into_iter().eq(after.choices())
                && before.is_some_and(|before| before.refused() == after.refused());
            let lost = had.iter().any(|id| !after.grants(id));
            let mut now = after.choices().iter();
            let gained =
                now.any(|c| c.state == State::Granted && !had.contains(&c.purpose.as_str()));
            match (same, lost, gained) {
                (true, ..) => Event::Renewed,
                (false, true, false) => Event::Withdrawn,
                _ => Event::Changed,
            }
        }
    }
}

/// Whether something that was allowed before is not any more: a purpose, or a technology. What it
/// left behind is erased then, and the rights tell of it.
pub fn takes_back(before: Option<&Decision>, after: &Decision) -> bool {
    let refuses_more = |before: &Decision| !after.refused().is_subset(before.refused());
    before.map_or(!after.refused().is_empty(), |before| {
        loses_purpose(before, after) || refuses_more(before)
    })
}

fn loses_purpose(before: &Decision, after: &Decision) -> bool {
    let mut granted = before
        .choices()
        .iter()
        .filter(|choice| choice.state == State::Granted);
    granted.any(|choice| !after.grants(&choice.purpose))
}

#[cfg(test)]
pub(crate) mod tests;
