//! A new version of the policy: rule 5.

use super::*;

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
