//! What holds before an answer: the cookie `zq` says it, and only the subject's last record proves it.
//!
//! Whoever can write cookies can write `zq`, a page of another host of the same domain for one. A grant
//! that it names goes on in a record only where the subject's last record has it, too, on the same
//! version of the policy. It may say less than the record: a refusal on a page with scripts counts.
//! This holds as far as the subject is the person's own: see [`identity`](super::identity) for a secret
//! that somebody else put there.

use zhiqing_consent::rules::Conditions;
use zhiqing_consent::{Decision, Notice, Purpose, Record, State, cookie};
use zhiqing_view::Draft;

/// What a request shows of earlier answers.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// What the pages show: a general consent that the cookie names, since the person sees its switch
    /// and sends it; a separate one only where it is proven.
    shown: Option<Decision>,
    /// What an answer goes on from.
    proven: Option<Decision>,
    /// Whether the cookie names a separate consent that is not shown.
    leaves_out: bool,
}

impl Standing {
    /// What the cookie claims, held against the subject's last record.
    pub(crate) fn of(notice: &Notice, claimed: Option<Decision>, last: Option<&Record>) -> Self {
        let Some(claimed) = claimed else {
            return Self::default();
        };
        let last = last.filter(|record| record.policy.version == claimed.policy_version());
        let choices = last.map_or(&[][..], |record| &record.choices);
        let is_recorded = |purpose: &Purpose| {
            let mut choices = choices.iter();
            choices.any(|it| it.purpose == purpose.id && it.state == State::Granted)
        };
        let is_shown = |purpose: &Purpose| !purpose.basis.needs_own_step() || is_recorded(purpose);
        let mut granted = notice.asked().filter(|purpose| claimed.grants(&purpose.id));
        Self {
            leaves_out: granted.any(|purpose| !is_shown(purpose)),
            shown: granting(notice, &claimed, is_shown),
            proven: granting(notice, &claimed, is_recorded),
        }
    }

    /// Where the ledger cannot be asked: the page shows what the cookie says, by which the site acts,
    /// and nothing is proven.
    pub(crate) fn unasked(claimed: Option<Decision>) -> Self {
        Self {
            shown: claimed,
            ..Self::default()
        }
    }

    /// Whether the person has answered before.
    pub(crate) const fn is_answered(&self) -> bool {
        self.shown.is_some()
    }

    /// What the controls show: what holds now, and so nothing that Global Privacy Control turns off.
    pub(crate) fn draft(&self, notice: &Notice, gpc: bool) -> Draft {
        let under = Conditions {
            guarded: false,
            gpc,
        };
        Draft::standing(notice, self.shown.as_ref(), under)
    }

    /// What the list of the choices that stand is made from. None where it could only say that nothing
    /// is granted, and the person has agreed to something on a page with scripts.
    pub(crate) fn listed(&self) -> Option<&Decision> {
        let shown = self.shown.as_ref();
        shown.filter(|decision| decision.grants_any() || !self.leaves_out)
    }

    /// The decision that an answer goes on from.
    pub(crate) const fn proven(&self) -> Option<&Decision> {
        self.proven.as_ref()
    }

    /// Whether a consent stands that an answer about something else leaves as it is, with Global Privacy
    /// Control and without it (rule 7).
    pub(crate) fn keeps(&self, notice: &Notice, purpose: &Purpose) -> bool {
        let proven = self.proven.as_ref();
        proven.is_some_and(|it| it.grants(&purpose.id) && it.stands(notice, &purpose.id))
    }
}

/// The decision with no other grants than on these purposes: the others are as if they were never
/// answered. What was refused stays refused.
fn granting(
    notice: &Notice,
    decision: &Decision,
    may: impl Fn(&Purpose) -> bool,
) -> Option<Decision> {
    let mut narrowed = notice.clone();
    let keeps = |purpose: &Purpose| !decision.grants(&purpose.id) || may(purpose);
    narrowed.purposes.retain(keeps);
    // A decision is read only as far as its notice asks.
    cookie::decode(&narrowed, &cookie::encode(&notice.site, decision))
}
