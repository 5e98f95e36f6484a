//! What an act grants: rules 2 and 6.

use super::*;

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
    let refused = Technologies::from([Technology::Etag]);
    let act = Act::Save {
        granted: vec![],
        confirmed: vec![],
        refused,
    };
    let before = decide(&notice(), None, &act, 1);
    for act in [
        Act::AcceptAll,
        Act::RejectAll,
        Act::Withdraw { purposes: None },
    ] {
        assert_eq!(decide(&notice(), Some(&before), &act, 2).refused(), refused);
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
