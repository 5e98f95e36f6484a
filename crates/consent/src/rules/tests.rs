//! The rules as tables: one line a row.

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
        retention: String::new(),
        gpc: matches!(id, "ads" | "identity"),
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
        previous: vec![],
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
        banner: Default::default(),
        texts: Default::default(),
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
    case(None, &withdraw("ads"), "");
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
    assert!(may_ask(&notice(), Some(&decision), Asker::Page, 2));
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
        let under = Conditions {
            guarded,
            gpc: false,
        };
        assert_eq!(
            is_allowed(purpose, decision.as_ref(), under),
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

/// What is allowed under the signal after `acts`, each with whether the signal was on.
#[track_caller]
fn under_signal(acts: &[(Act, bool)], allowed: &str) {
    let notice = notice();
    let mut decision = None;
    for (at, (act, gpc)) in acts.iter().enumerate() {
        let moment = Moment {
            seconds: at as u64,
            gpc: *gpc,
        };
        decision = Some(decide(&notice, decision.as_ref(), act, moment));
    }
    let under = Conditions {
        guarded: false,
        gpc: true,
    };
    let found: Vec<&str> = notice
        .asked()
        .filter(|purpose| is_allowed(purpose, decision.as_ref(), under))
        .map(|purpose| purpose.id.as_str())
        .collect();
    assert_eq!(found.join(" "), allowed, "{acts:?}");
}

#[test]
fn the_signal_turns_ads_off_until_an_explicit_choice() {
    let grant = |id: &str| Act::Grant { purposes: ids(id) };
    let step = |id: &str| Act::Item {
        purpose: id.into(),
        granted: true,
    };
    let withdraw = |id: &str| Act::Withdraw {
        purposes: Some(ids(id)),
    };
    under_signal(&[], "");
    // Given before the signal was on: off. Nothing else is.
    under_signal(&[(Act::AcceptAll, false)], "analytics");
    // Given under it: the explicit choice wins, and goes on to win.
    under_signal(&[(Act::AcceptAll, true)], "analytics ads");
    under_signal(
        &[(Act::AcceptAll, false), (Act::AcceptAll, true)],
        "analytics ads",
    );
    under_signal(&[(grant("ads"), true), (step("identity"), false)], "ads");
    under_signal(
        &[(save("ads", ""), true), (withdraw("analytics"), true)],
        "ads",
    );
    // An answer about something else is none about ads.
    under_signal(
        &[(Act::AcceptAll, false), (step("identity"), true)],
        "analytics identity",
    );
    under_signal(
        &[(Act::AcceptAll, false), (grant("analytics"), true)],
        "analytics",
    );
    under_signal(
        &[(Act::AcceptAll, false), (withdraw("analytics"), true)],
        "",
    );
    // "Accept all" does not switch on what needs a step of its own, even where it was granted once.
    under_signal(
        &[(step("identity"), false), (Act::AcceptAll, true)],
        "analytics ads",
    );
    under_signal(&[(step("identity"), true)], "identity");
    // What is refused later is off whatever was said before.
    under_signal(&[(Act::AcceptAll, true), (Act::RejectAll, true)], "");
    under_signal(
        &[
            (Act::AcceptAll, true),
            (Act::RejectAll, true),
            (Act::AcceptAll, false),
        ],
        "analytics",
    );
}

#[test]
fn nobody_is_asked_again_too_soon() {
    #[track_caller]
    fn case(before: Option<&str>, material: bool, asker: Asker<'_>, later: u64, ask: bool) {
        let before = before.and_then(holding);
        let now = before.as_ref().map_or(0, Decision::decided_at) + later;
        let mut notice = notice();
        if material {
            notice.policy.version = "2027.1".into();
        }
        assert_eq!(may_ask(&notice, before.as_ref(), asker, now), ask);
    }
    const SOON: u64 = REST_AFTER_REFUSAL - 1;
    const LATE: u64 = REST_AFTER_REFUSAL;
    const ALL: Option<&str> = Some("analytics ads identity");
    let needs = Asker::Function("identity");
    //   decision  material asker        later ask
    case(None, false, Asker::Page, 0, true);
    case(None, false, needs, 0, true);
    case(Some(""), false, Asker::Page, SOON, false);
    case(Some(""), false, Asker::Page, LATE, false);
    case(Some(""), true, Asker::Page, SOON, true);
    case(Some(""), false, needs, SOON, false);
    case(Some(""), false, needs, LATE, true);
    case(Some(""), true, needs, SOON, true);
    case(Some(""), false, Asker::Person, 0, true);
    case(Some("identity"), false, needs, SOON, true);
    case(Some("ads"), false, needs, SOON, false);
    case(ALL, false, Asker::Page, LATE, false);
}

/// The notice a version later, since which these purposes changed materially.
fn later(ask_again: &str) -> Notice {
    let mut notice = notice();
    let earlier = std::mem::replace(&mut notice.policy.version, "2027.1".into());
    notice.previous = vec![crate::PreviousVersion {
        version: earlier,
        ask_again: ids(ask_again),
    }];
    notice
}

#[test]
fn only_what_changed_materially_is_asked_again() {
    #[track_caller]
    fn case(before: &str, ask_again: &str, asker: Asker<'_>, ask: bool) {
        let before = holding(before);
        let soon = before.as_ref().map_or(0, Decision::decided_at) + 1;
        let notice = later(ask_again);
        assert_eq!(
            may_ask(&notice, before.as_ref(), asker, soon),
            ask,
            "{ask_again}"
        );
    }
    let needs = Asker::Function("identity");
    //   decision      changed     asker        ask
    case("ads", "", Asker::Page, false);
    case("ads", "ads", Asker::Page, true);
    case("", "ads", Asker::Page, true);
    case("ads", "service", Asker::Page, false);
    case("ads", "ads", needs, false);
    case("ads", "identity", needs, true);
    case("ads", "", Asker::Person, true);
    // A version that the notice does not name.
    let mut notice = later("");
    notice.previous.clear();
    assert!(may_ask(&notice, holding("ads").as_ref(), Asker::Page, 1));
}

#[test]
fn the_other_choices_stand() {
    #[track_caller]
    fn case(act: &Act, ask_again: &str, granted: &str, unset: &str) {
        let notice = later(ask_again);
        let decision = decide(&notice, holding("ads identity").as_ref(), act, 1);
        assert!(decision.is_on(&notice));
        let of = |state: Option<State>| {
            let purposes = notice
                .asked()
                .filter(|purpose| decision.state(&purpose.id) == state);
            purposes
                .map(|purpose| purpose.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Some(State::Granted)), ids(granted), "{act:?}");
        assert_eq!(of(None), ids(unset), "{act:?}");
    }
    let item = Act::Item {
        purpose: "analytics".into(),
        granted: true,
    };
    let withdraw = |ids_: &str| Act::Withdraw {
        purposes: Some(ids(ids_)),
    };
    //   act                        changed     granted                   unset
    case(&item, "", "analytics ads identity", "");
    case(&item, "ads", "analytics identity", "ads");
    case(&item, "ads identity", "analytics", "ads identity");
    case(&Act::AcceptAll, "ads", "analytics ads identity", "");
    case(&Act::AcceptAll, "identity", "analytics ads", "");
    case(&save("identity", ""), "ads", "identity", "");
    case(&save("identity", ""), "identity", "", "");
    case(&withdraw("ads"), "", "identity", "");
    // What changed and was not answered stays open.
    case(&withdraw("ads"), "identity", "", "identity");
    case(&withdraw("ads"), "ads analytics", "identity", "analytics");
    case(&Act::Withdraw { purposes: None }, "identity", "", "");
    // Refusing all refuses what stood, too.
    case(&Act::RejectAll, "ads", "", "");
}

#[test]
fn a_choice_on_an_older_policy_is_no_choice_on_this_one() {
    #[track_caller]
    fn case(act: &Act, granted: &str) {
        let older = holding("ads identity");
        let mut notice = notice();
        notice.policy.version = "2027.1".into();
        let decision = decide(&notice, older.as_ref(), act, 1);
        assert!(decision.is_on(&notice));
        for choice in decision.complete(&notice) {
            let expected = ids(granted).contains(&choice.purpose);
            assert_eq!(
                choice.state == State::Granted,
                expected,
                "{act:?} {choice:?}"
            );
        }
    }
    let item = Act::Item {
        purpose: "analytics".into(),
        granted: true,
    };
    case(&item, "analytics");
    case(
        &Act::Grant {
            purposes: ids("analytics"),
        },
        "analytics",
    );
    case(&Act::AcceptAll, "analytics ads");
    case(&save("ads identity", ""), "ads");
    case(&save("ads identity", "identity"), "ads identity");
    case(&Act::RejectAll, "");
}

#[test]
fn a_notice_that_asks_nothing_is_not_shown() {
    let mut notice = notice();
    notice.purposes.truncate(1);
    assert!(!may_ask(&notice, None, Asker::Page, 0));
}

#[test]
fn each_step_has_its_name() {
    #[track_caller]
    fn case(before: Option<&str>, after: &str, act: &Act, name: Event) {
        let before = before.and_then(holding);
        let after = holding(after).expect("a decision");
        assert_eq!(event(&notice(), before.as_ref(), &after, act), name);
    }
    let save = &save("", "");
    let withdraw = &Act::Withdraw { purposes: None };
    case(None, "ads", save, Event::Given);
    case(None, "", &Act::RejectAll, Event::Refused);
    case(Some(""), "ads", save, Event::Given);
    case(Some(""), "", save, Event::Refused);
    case(Some("ads"), "", &Act::RejectAll, Event::Refused);
    case(Some("ads"), "", withdraw, Event::Withdrawn);
    case(Some("ads analytics"), "ads", save, Event::Withdrawn);
    case(Some("ads"), "ads analytics", save, Event::Changed);
    case(Some("ads"), "analytics", save, Event::Changed);
    case(Some("ads"), "ads", save, Event::Renewed);
}

#[test]
fn the_first_answer_on_a_new_version_is_a_first_answer() {
    #[track_caller]
    fn case(act: &Act, name: Event) {
        let older = holding("ads identity");
        let mut notice = notice();
        notice.policy.version = "2027.1".into();
        let after = decide(&notice, older.as_ref(), act, 1);
        let event = event(&notice, older.as_ref(), &after, act);
        assert_eq!(event, name, "{act:?}");
    }
    case(&Act::AcceptAll, Event::Given);
    case(&save("ads", ""), Event::Given);
    case(&save("", ""), Event::Refused);
    case(&Act::RejectAll, Event::Refused);
    case(&Act::Withdraw { purposes: None }, Event::Withdrawn);
}

#[test]
fn what_stands_on_a_new_version_counts_in_the_name_of_a_step() {
    #[track_caller]
    fn case(before: &str, ask_again: &str, act: &Act, name: Event) {
        let (notice, before) = (later(ask_again), holding(before));
        let after = decide(&notice, before.as_ref(), act, 1);
        let event = event(&notice, before.as_ref(), &after, act);
        assert_eq!(event, name, "{before:?} {act:?}");
    }
    let item = |purpose: &str, granted| Act::Item {
        purpose: purpose.into(),
        granted,
    };
    let withdraw = &Act::Withdraw { purposes: None };
    //   decision          changed act                    event
    case("ads", "", &save("", ""), Event::Withdrawn);
    case("ads", "", &item("ads", false), Event::Withdrawn);
    case("ads analytics", "", &save("ads", ""), Event::Withdrawn);
    case("ads", "", &item("identity", false), Event::Renewed);
    case("ads", "", &save("ads", ""), Event::Renewed);
    case("ads", "", &Act::AcceptAll, Event::Changed);
    case("ads", "", &Act::RejectAll, Event::Refused);
    case("", "", &save("ads", ""), Event::Given);
    // What changed is answered for the first time.
    case("ads", "ads", &save("ads", ""), Event::Given);
    case("ads", "ads", &save("", ""), Event::Refused);
    case(
        "ads analytics",
        "ads",
        &save("ads analytics", ""),
        Event::Changed,
    );
    case(
        "ads analytics",
        "ads",
        &save("analytics", ""),
        Event::Changed,
    );
    case("ads analytics", "ads", &item("ads", false), Event::Changed);
    case("ads", "ads", withdraw, Event::Withdrawn);
}

#[test]
fn what_takes_something_back() {
    #[track_caller]
    fn case(before: Option<&str>, after: &str, refused: &[Technology], takes: bool) {
        let act = Act::Save {
            granted: ids(after),
            confirmed: ids(after),
            refused: refused.iter().copied().collect(),
        };
        let before = before.and_then(holding);
        let after = decide(&notice(), before.as_ref(), &act, 1);
        assert_eq!(takes_back(before.as_ref(), &after), takes, "{act:?}");
    }
    case(None, "ads", &[], false);
    case(None, "ads", &[Technology::Etag], true);
    case(Some("ads"), "ads analytics", &[], false);
    case(Some("ads"), "analytics", &[], true);
    case(Some("ads"), "", &[], true);
    case(Some("ads"), "ads", &[Technology::Cookie], true);
}
