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
//! 7. GPC is no choice: it grants nothing, writes nothing, and an explicit choice wins over it;
//! 8. before a decision nothing optional is allowed, and no identifier exists.

use crate::{Basis, Decision, Event, Method, Notice, Purpose, State, Technology, Tier};
use std::collections::BTreeSet;

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
        refused: BTreeSet<Technology>,
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

/// The decision after `act`, which happened `now` (seconds since 1970).
///
/// An act on everything (accept all, refuse all, save, withdraw) denies what it does not grant; an
/// act on some purposes leaves the others as they were, unset ones included.
pub fn decide(notice: &Notice, before: Option<&Decision>, act: &Act, now: u64) -> Decision {
    let was = |purpose: &Purpose| before.and_then(|before| before.state(&purpose.id));
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
        Act::Item { .. } | Act::Grant { .. } => was(purpose),
        Act::Withdraw { purposes } => {
            state(had(purpose) && purposes.as_ref().is_some_and(|ids| !lists(ids, purpose)))
        }
    };
    let refused = match act {
        Act::Save { refused, .. } => refused.clone(),
        _ => before
            .map(|before| before.refused().clone())
            .unwrap_or_default(),
    };
    Decision::new(notice, now, answer, refused)
}

/// Rule 2: only a general consent can be one of several on a switch or under "accept all".
fn may_grant_without_step(purpose: &Purpose) -> bool {
    purpose.basis == Basis::General
}

/// Rule 6: a guardian's consent is not given by a tap of the person who holds the phone.
fn may_grant_in_step(purpose: &Purpose) -> bool {
    matches!(
        purpose.basis,
        Basis::General | Basis::Separate | Basis::Written
    )
}

/// Whether a purpose may be acted on now (rules 3, 6 and 8).
///
/// `guarded` is true for a person under the site's age of consent whose guardian has not agreed.
pub fn is_allowed(purpose: &Purpose, decision: Option<&Decision>, guarded: bool) -> bool {
    if !purpose.basis.is_asked() {
        return purpose.tier == Tier::Basic || !guarded;
    }
    !(guarded && purpose.tier == Tier::Extended)
        && decision.is_some_and(|decision| decision.grants(&purpose.id))
}

/// Who wants to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The page, as it loads.
    Page,
    /// The page, because a function needs a purpose just now.
    Function,
    /// The person, by a tap of their own.
    Person,
}

/// Whether the notice may be shown unasked, or a purpose asked about (rules 4 and 5).
///
/// `material` says that the policy changed materially since the decision.
pub fn may_ask(
    notice: &Notice,
    decision: Option<&Decision>,
    material: bool,
    asker: Asker,
    now: u64,
) -> bool {
    let Some(decision) = decision else {
        return notice.asked().next().is_some();
    };
    match asker {
        Asker::Person => true,
        Asker::Page => material || !decision.covers(notice),
        Asker::Function => {
            let refused = decision
                .choices()
                .iter()
                .any(|choice| choice.state == State::Denied);
            // A clock that was set back does not make the rest longer than it is.
            material || !refused || now.abs_diff(decision.decided_at()) >= REST_AFTER_REFUSAL
        }
    }
}

/// What a record calls the step from one decision to the next.
pub fn event(before: Option<&Decision>, after: &Decision, method: Method) -> Event {
    let had = before.is_some_and(Decision::grants_any);
    match (had, after.grants_any()) {
        (false, true) => Event::Given,
        (false, false) => Event::Refused,
        (true, false) if method == Method::RejectAll => Event::Refused,
        (true, false) => Event::Withdrawn,
        (true, true) => {
            let same = before.is_some_and(|before| {
                before.choices() == after.choices() && before.refused() == after.refused()
            });
            let lost = before.is_some_and(|before| {
                before
                    .choices()
                    .iter()
                    .any(|c| c.state == State::Granted && !after.grants(&c.purpose))
            });
            let gained = after.choices().iter().any(|c| {
                c.state == State::Granted && !before.is_some_and(|b| b.grants(&c.purpose))
            });
            match (same, lost, gained) {
                (true, ..) => Event::Renewed,
                (false, true, false) => Event::Withdrawn,
                _ => Event::Changed,
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::notice::{PolicyRef, Rights};

    pub(crate) fn notice() -> Notice {
        let purpose = |id: &str, tier, basis| Purpose {
            id: id.into(),
            name: id.into(),
            description: String::new(),
            tier,
            basis,
            clauses: vec![],
            data: vec![],
            recipients: vec![],
            refusal: String::new(),
        };
        Notice {
            site: "demo".into(),
            digest: crate::digest::of_bytes(b"notice"),
            name: "Demo".into(),
            operator: None,
            contacts: vec![],
            locale: "zh-CN".into(),
            mode: crate::Mode::Listed,
            policy: PolicyRef {
                version: "2026.11".into(),
                digest: crate::digest::of_bytes(b"policy"),
            },
            report: "/v1".into(),
            purposes: vec![
                purpose("service", Tier::Basic, Basis::None),
                purpose("analytics", Tier::Extended, Basis::General),
                purpose("ads", Tier::Extended, Basis::General),
                purpose("identity", Tier::Extended, Basis::Separate),
            ],
            recipients: vec![],
            trackers: vec![],
            permissions: vec![],
            technologies: Technology::ALWAYS_OFFERED.to_vec(),
            minors: None,
            rights: Rights::default(),
        }
    }

    fn ids(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn save(granted: &str, confirmed: &str) -> Act {
        Act::Save {
            granted: ids(granted),
            confirmed: ids(confirmed),
            refused: BTreeSet::new(),
        }
    }

    fn holding(granted: &str) -> Option<Decision> {
        (!granted.is_empty())
            .then(|| decide(&notice(), None, &save(granted, granted), 0))
            .or_else(|| Some(decide(&notice(), None, &Act::RejectAll, 0)))
    }

    #[track_caller]
    fn case(before: Option<&str>, act: &Act, after: &str) {
        let before = before.and_then(holding);
        let decision = decide(&notice(), before.as_ref(), act, 1);
        let granted: Vec<String> = decision
            .choices()
            .iter()
            .filter(|choice| choice.state == State::Granted)
            .map(|choice| choice.purpose.clone())
            .collect();
        assert_eq!(granted, ids(after), "{act:?}");
        let on_some = matches!(act, Act::Item { .. } | Act::Grant { .. });
        assert_eq!(
            decision.covers(&notice()),
            !on_some || before.is_some(),
            "{act:?}"
        );
        for choice in decision.choices() {
            assert_eq!(
                choice.separate,
                choice.state == State::Granted && choice.purpose == "identity"
            );
        }
    }

    #[test]
    fn an_act_grants_what_it_may_and_nothing_else() {
        let item = |purpose: &str, granted| Act::Item {
            purpose: purpose.into(),
            granted,
        };
        let withdraw = |ids_: &str| Act::Withdraw {
            purposes: Some(ids(ids_)),
        };
        let grant = |ids_: &str| Act::Grant {
            purposes: ids(ids_),
        };
        //   before                    act                            after
        case(None, &Act::AcceptAll, "analytics ads");
        case(Some(""), &Act::AcceptAll, "analytics ads");
        case(Some("identity"), &Act::AcceptAll, "analytics ads identity");
        case(None, &Act::RejectAll, "");
        case(Some("analytics identity"), &Act::RejectAll, "");
        case(None, &save("analytics", ""), "analytics");
        case(None, &save("identity", ""), "");
        case(None, &save("identity", "identity"), "identity");
        case(None, &save("", "identity"), "");
        case(Some("identity"), &save("identity ads", ""), "ads identity");
        case(Some("identity"), &save("ads", ""), "ads");
        case(None, &save("service nonsense", "nonsense"), "");
        case(None, &item("identity", true), "identity");
        case(Some("ads"), &item("identity", true), "ads identity");
        case(Some("ads identity"), &item("identity", false), "ads");
        case(None, &item("nonsense", true), "");
        case(None, &grant("analytics"), "analytics");
        case(Some("ads"), &grant("analytics"), "analytics ads");
        case(None, &grant("identity"), "");
        case(Some("analytics ads"), &withdraw("ads"), "analytics");
        case(Some("analytics ads"), &Act::Withdraw { purposes: None }, "");
        case(None, &Act::Withdraw { purposes: None }, "");
    }

    #[test]
    fn answering_one_purpose_leaves_the_others_open() {
        let act = Act::Item {
            purpose: "identity".into(),
            granted: false,
        };
        let decision = decide(&notice(), None, &act, 1);
        assert_eq!(decision.state("identity"), Some(State::Denied));
        assert_eq!(decision.state("ads"), None);
        assert!(may_ask(&notice(), Some(&decision), false, Asker::Page, 2));
        let complete = decision.complete(&notice());
        assert!(
            complete.iter().all(|choice| choice.state == State::Denied),
            "{complete:?}"
        );
        assert_eq!(complete.len(), 3);
    }

    #[test]
    fn a_guardians_consent_is_not_given_by_the_person() {
        let mut notice = notice();
        notice.purposes[3].basis = Basis::Guardian;
        let granted = vec!["identity".to_owned()];
        for act in [
            Act::AcceptAll,
            save("identity", "identity"),
            Act::Item {
                purpose: "identity".into(),
                granted: true,
            },
            Act::Grant { purposes: granted },
        ] {
            assert!(
                !decide(&notice, None, &act, 1).grants("identity"),
                "{act:?}"
            );
        }
    }

    #[test]
    fn refused_technologies_outlive_acts_that_do_not_speak_of_them() {
        let refused = BTreeSet::from([Technology::Etag]);
        let act = Act::Save {
            granted: vec![],
            confirmed: vec![],
            refused: refused.clone(),
        };
        let before = decide(&notice(), None, &act, 1);
        for act in [
            Act::AcceptAll,
            Act::RejectAll,
            Act::Withdraw { purposes: None },
        ] {
            assert_eq!(
                decide(&notice(), Some(&before), &act, 2).refused(),
                &refused
            );
        }
        assert!(
            decide(&notice(), Some(&before), &save("", ""), 2)
                .refused()
                .is_empty()
        );
    }

    #[test]
    fn what_is_allowed() {
        let notice = notice();
        #[track_caller]
        fn case(notice: &Notice, id: &str, granted: Option<&str>, guarded: bool, allowed: bool) {
            let decision = granted.and_then(holding);
            let purpose = notice.purpose(id).expect("a purpose of the notice");
            assert_eq!(
                is_allowed(purpose, decision.as_ref(), guarded),
                allowed,
                "{id} {granted:?}"
            );
        }
        //                     decision            guarded allowed
        case(&notice, "service", None, false, true);
        case(&notice, "service", Some(""), false, true);
        case(&notice, "service", None, true, true);
        case(&notice, "analytics", None, false, false);
        case(&notice, "analytics", Some(""), false, false);
        case(&notice, "analytics", Some("ads"), false, false);
        case(&notice, "analytics", Some("analytics"), false, true);
        case(&notice, "analytics", Some("analytics"), true, false);
    }

    #[test]
    fn nobody_is_asked_again_too_soon() {
        #[track_caller]
        fn case(before: Option<&str>, material: bool, asker: Asker, later: u64, ask: bool) {
            let before = before.and_then(holding);
            let now = before.as_ref().map_or(0, Decision::decided_at) + later;
            assert_eq!(
                may_ask(&notice(), before.as_ref(), material, asker, now),
                ask
            );
        }
        const SOON: u64 = REST_AFTER_REFUSAL - 1;
        const LATE: u64 = REST_AFTER_REFUSAL;
        //   decision            material asker            later ask
        case(None, false, Asker::Page, 0, true);
        case(None, false, Asker::Function, 0, true);
        case(Some(""), false, Asker::Page, SOON, false);
        case(Some(""), false, Asker::Page, LATE, false);
        case(Some(""), true, Asker::Page, SOON, true);
        case(Some(""), false, Asker::Function, SOON, false);
        case(Some(""), false, Asker::Function, LATE, true);
        case(Some(""), true, Asker::Function, SOON, true);
        case(Some(""), false, Asker::Person, 0, true);
        case(
            Some("analytics ads identity"),
            false,
            Asker::Page,
            LATE,
            false,
        );
        case(
            Some("analytics ads identity"),
            false,
            Asker::Function,
            SOON,
            true,
        );
    }

    #[test]
    fn a_notice_that_asks_nothing_is_not_shown() {
        let mut notice = notice();
        notice.purposes.truncate(1);
        assert!(!may_ask(&notice, None, false, Asker::Page, 0));
    }

    #[test]
    fn each_step_has_its_name() {
        #[track_caller]
        fn case(before: Option<&str>, after: &str, method: Method, name: Event) {
            let before = before.and_then(holding);
            let after = holding(after).expect("a decision");
            assert_eq!(event(before.as_ref(), &after, method), name);
        }
        case(None, "ads", Method::Save, Event::Given);
        case(None, "", Method::RejectAll, Event::Refused);
        case(Some(""), "ads", Method::Save, Event::Given);
        case(Some(""), "", Method::Save, Event::Refused);
        case(Some("ads"), "", Method::RejectAll, Event::Refused);
        case(Some("ads"), "", Method::Api, Event::Withdrawn);
        case(Some("ads analytics"), "ads", Method::Save, Event::Withdrawn);
        case(Some("ads"), "ads analytics", Method::Save, Event::Changed);
        case(Some("ads"), "analytics", Method::Save, Event::Changed);
        case(Some("ads"), "ads", Method::Save, Event::Renewed);
    }
}
