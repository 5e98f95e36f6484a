//! All choices at one moment.

use crate::{Notice, Record, Technologies};
use serde::{Deserialize, Serialize};

/// A choice on one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The person agreed.
    Granted,
    /// The person did not agree.
    Denied,
}

impl State {
    /// The contract's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Denied => "denied",
        }
    }
}

/// The choice on one purpose, as a record has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Id of the purpose.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{1,64}$"))]
    pub purpose: String,
    /// Granted or denied.
    pub state: State,
    /// Whether it was given in a step of its own (单独同意).
    pub separate: bool,
}

/// All choices of a person at one moment.
///
/// It is made from a [`Notice`] and so cannot hold a purpose that the notice lacks. Purposes that
/// were not answered yet are [unset](Decision::state), which the gate treats as denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    policy_version: String,
    decided_at: u64,
    choices: Vec<Choice>,
    refused: Technologies,
    despite_signal: Vec<String>,
}

impl Decision {
    /// The decision that answers each purpose `notice` asks about as `answer` does; `None` leaves
    /// it unset. Use the [rules](crate::rules), which know what an act may grant.
    pub(crate) fn new(
        notice: &Notice,
        decided_at: u64,
        answer: impl Fn(&crate::Purpose) -> Option<State>,
        refused: Technologies,
    ) -> Self {
        let choices = notice.asked().filter_map(|purpose| {
            let state = answer(purpose)?;
            let separate = state == State::Granted && purpose.basis.needs_own_step();
            Some(Choice {
                purpose: purpose.id.clone(),
                state,
                separate,
            })
        });
        let choices = choices.collect();
        let refused = refused
            .iter()
            .filter(|technology| notice.technologies.contains(technology))
            .collect();
        Self {
            policy_version: notice.policy.version.clone(),
            decided_at,
            choices,
            refused,
            despite_signal: Vec::new(),
        }
    }

    /// The same decision, where these purposes were granted while the browser signalled Global
    /// Privacy Control: what it does not grant, and what the signal does not concern, is dropped.
    pub(crate) fn despite_signal(
        mut self,
        notice: &Notice,
        granted: impl Fn(&str) -> bool,
    ) -> Self {
        let concerned = notice.asked().filter(|purpose| purpose.gpc);
        let ids = concerned
            .map(|purpose| purpose.id.as_str())
            .filter(|id| self.grants(id) && granted(id))
            .map(str::to_owned)
            .collect();
        self.despite_signal = ids;
        self
    }

    /// Ids of purposes that were granted although the browser signalled Global Privacy Control: the
    /// explicit choice wins over the signal (rule 7). In the order of the notice.
    pub fn granted_despite_signal(&self) -> &[String] {
        &self.despite_signal
    }

    /// A decision read back from where it was kept: what `notice` does not ask about is dropped.
    pub(crate) fn restored(
        notice: &Notice,
        policy_version: &str,
        decided_at: u64,
        state: impl Fn(&str) -> Option<State>,
        refused: Technologies,
    ) -> Self {
        let answer = |purpose: &crate::Purpose| state(&purpose.id);
        let decision = Self::new(notice, decided_at, answer, refused);
        Self {
            policy_version: policy_version.to_owned(),
            ..decision
        }
    }

    /// The decision that a record reports, made `decided_at` (seconds since 1970): what it reports as
    /// denied may have been unset. What was granted although the browser signalled Global Privacy Control
    /// is not in a record, so the signal turns it off.
    pub fn of_record(notice: &Notice, record: &Record, decided_at: u64) -> Self {
        let version = &record.policy.version;
        Self::of_choices(
            notice,
            version,
            decided_at,
            &record.choices,
            record.technologies,
        )
    }

    /// The same, of what the record says of it.
    pub fn of_choices(
        notice: &Notice,
        policy_version: &str,
        decided_at: u64,
        choices: &[Choice],
        refused: Technologies,
    ) -> Self {
        let state = |purpose: &str| {
            let mut choices = choices.iter();
            let choice = choices.find(|choice| choice.purpose == purpose);
            choice.map(|choice| choice.state)
        };
        Self::restored(notice, policy_version, decided_at, state, refused)
    }

    /// Whether a record of this decision would say what `record` says of choices and technologies.
    pub fn is_reported_by(&self, notice: &Notice, record: &Record) -> bool {
        self.policy_version == record.policy.version
            && self.refused == record.technologies
            && self.complete(notice) == record.choices
    }

    /// Version of the policy that was decided on.
    pub fn policy_version(&self) -> &str {
        &self.policy_version
    }

    /// Whether it was made on the version of the policy that `notice` asks about.
    pub fn is_on(&self, notice: &Notice) -> bool {
        self.policy_version == notice.policy.version
    }

    /// Whether a choice on this purpose stands on `notice`: it was made on its version of the policy,
    /// or on an earlier one since which nothing changed materially for the purpose (rule 5). Nothing
    /// is known of a version that the notice does not name.
    pub fn stands(&self, notice: &Notice, purpose: &str) -> bool {
        self.is_on(notice)
            || notice
                .previous
                .iter()
                .find(|previous| previous.version == self.policy_version)
                .is_some_and(|previous| !previous.ask_again.iter().any(|id| id == purpose))
    }

    /// Whether a choice on any purpose stands on `notice`.
    pub fn stands_on(&self, notice: &Notice) -> bool {
        notice
            .asked()
            .all(|purpose| self.stands(notice, &purpose.id))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn decided_at(&self) -> u64 {
        self.decided_at
    }

    /// Whether it was made before `now` (seconds since 1970), give or take a day for clocks that
    /// are wrong. What claims to come from the future would outlive every later decision.
    pub fn is_past(&self, now: u64) -> bool {
        self.decided_at < now.saturating_add(24 * 60 * 60)
    }

    /// The choices, in the notice's order.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The choices as a record wants them: on every purpose that `notice` asks about, with what is
    /// unset as denied, because nothing may be done with it.
    pub fn complete(&self, notice: &Notice) -> Vec<Choice> {
        let choice = |purpose: &crate::Purpose| {
            let known = self
                .choices
                .iter()
                .find(|choice| choice.purpose == purpose.id)
                .cloned();
            let purpose = purpose.id.clone();
            known.unwrap_or(Choice {
                purpose,
                state: State::Denied,
                separate: false,
            })
        };
        notice.asked().map(choice).collect()
    }

    /// The refused technologies.
    pub fn refused(&self) -> Technologies {
        self.refused
    }

    /// The choice on a purpose; `None` while it is unset.
    pub fn state(&self, purpose: &str) -> Option<State> {
        self.choices
            .iter()
            .find(|choice| choice.purpose == purpose)
            .map(|choice| choice.state)
    }

    /// Whether the person granted this purpose.
    pub fn grants(&self, purpose: &str) -> bool {
        self.state(purpose) == Some(State::Granted)
    }

    /// Whether anything is granted.
    pub fn grants_any(&self) -> bool {
        self.choices
            .iter()
            .any(|choice| choice.state == State::Granted)
    }

    /// Whether every purpose that `notice` asks about is decided.
    pub fn covers(&self, notice: &Notice) -> bool {
        notice
            .asked()
            .all(|purpose| self.state(&purpose.id).is_some())
    }
}
