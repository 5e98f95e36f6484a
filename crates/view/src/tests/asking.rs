//! Rule 1 of the rules of asking, as far as it is a matter of what is on the screen.

use super::markup::{Tag, control, tags};
use super::sample::{decided, notice, notices, save_all};
use crate::{Draft, Rights, Step, Stored, banner, preferences, rights, step};
use proptest::prelude::*;
use zhiqing_consent::rules::Act;
use zhiqing_consent::{Basis, Notice};

fn inputs(html: &str, hook: &str) -> Vec<Tag> {
    let inputs = tags(html).into_iter().filter(|tag| tag.name == "input");
    inputs.filter(|tag| tag.has(hook)).collect()
}

/// The switch of each purpose of the notice, in its order.
#[track_caller]
fn switches(notice: &Notice, draft: &Draft) -> Vec<Tag> {
    let html = preferences(notice, draft, &Stored::default(), None).into_string();
    let mut switches = inputs(&html, "data-zq-purpose");
    assert_eq!(switches.len(), notice.purposes.len());
    let place = |tag: &Tag| {
        let id = tag.get("data-zq-purpose");
        notice
            .purposes
            .iter()
            .position(|p| Some(p.id.as_str()) == id)
    };
    assert!(switches.iter().all(|tag| place(tag).is_some()));
    switches.sort_by_key(place);
    switches
}

proptest! {
    #[test]
    fn nothing_is_preselected(notice in notices()) {
        let switches = switches(&notice, &Draft::default());
        for (purpose, switch) in notice.purposes.iter().zip(switches) {
            prop_assert_eq!(switch.has("checked"), purpose.basis == Basis::None);
        }
        let html = preferences(&notice, &Draft::default(), &Stored::default(), None).into_string();
        for technology in inputs(&html, "data-zq-technology") {
            prop_assert!(!technology.has("checked"));
        }
    }

    #[test]
    fn what_nobody_can_choose_here_is_disabled_and_nothing_else(notice in notices()) {
        let everything = Draft {
            granted: notice.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
            ..Draft::default()
        };
        for draft in [Draft::default(), everything] {
            for (purpose, switch) in notice.purposes.iter().zip(switches(&notice, &draft)) {
                let fixed = matches!(purpose.basis, Basis::None | Basis::Guardian);
                prop_assert_eq!(switch.has("disabled"), fixed, "{:?}", purpose.basis);
            }
        }
    }

    #[test]
    fn a_draft_is_shown_as_it_is(notice in notices(), chosen in any::<u16>()) {
        let on = |at: usize| chosen >> at & 1 == 1;
        let granted = notice.purposes.iter().enumerate().filter(|(at, _)| on(*at));
        let refused = notice.technologies.iter().enumerate().filter(|(at, _)| on(*at));
        let draft = Draft {
            granted: granted.map(|(_, purpose)| purpose.id.clone()).collect(),
            refused: refused.map(|(_, &technology)| technology).collect(),
            ..Draft::default()
        };
        for (at, switch) in switches(&notice, &draft).iter().enumerate() {
            let always = !notice.purposes[at].basis.is_asked();
            prop_assert_eq!(switch.has("checked"), always || on(at));
        }
        let html = preferences(&notice, &draft, &Stored::default(), None).into_string();
        for (at, tag) in inputs(&html, "data-zq-technology").iter().enumerate() {
            prop_assert_eq!(tag.has("checked"), on(at));
        }
    }

    #[test]
    fn each_technology_of_the_notice_has_its_control(notice in notices()) {
        let html = preferences(&notice, &Draft::default(), &Stored::default(), None).into_string();
        let controls = inputs(&html, "data-zq-technology");
        let names: Vec<_> = controls.iter().map(|tag| tag.get("data-zq-technology")).collect();
        let wanted: Vec<_> = notice.technologies.iter().map(|t| Some(t.name())).collect();
        prop_assert_eq!(names, wanted);
        prop_assert!(controls.iter().all(|tag| !tag.has("disabled")));
    }

    #[test]
    fn refusing_looks_like_accepting(notice in notices()) {
        let html = banner(&notice).into_string();
        let [refuse, accept, choose] =
            ["reject-all", "accept-all", "preferences"].map(|hook| control(&html, hook));
        prop_assert_eq!(refuse.get("class"), accept.get("class"));
        prop_assert_eq!(choose.get("class"), accept.get("class"));
        for purpose in notice.asked().filter(|purpose| purpose.basis != Basis::Guardian) {
            let html = step(&notice, Step { purpose, refusal: None }).into_string();
            let [refuse, agree] = ["refuse", "save"].map(|hook| control(&html, hook));
            prop_assert_eq!(refuse.get("class"), agree.get("class"));
            prop_assert_eq!(agree.get("data-zq-purpose"), Some(purpose.id.as_str()));
        }
    }

    #[test]
    fn a_guardians_consent_is_nobody_elses_to_give(notice in notices()) {
        for purpose in notice.asked().filter(|purpose| purpose.basis == Basis::Guardian) {
            let html = step(&notice, Step { purpose, refusal: None }).into_string();
            let has = |hook| tags(&html).iter().any(|tag| tag.get("data-zq") == Some(hook));
            prop_assert!(!has("save") && !has("refuse") && has("close"));
        }
    }
}

#[test]
fn withdrawing_is_offered_as_plainly_as_changing_once_something_is_granted() {
    let notice = notice();
    let shown = |act: Option<&Act>| {
        let decision = act.map(|act| decided(&notice, act));
        let shown = Rights {
            decision: decision.as_ref(),
            ..Rights::default()
        };
        rights(&notice, shown).into_string()
    };
    let granted = shown(Some(&save_all(&notice)));
    let [withdraw, change] = ["withdraw", "preferences"].map(|hook| control(&granted, hook));
    assert_eq!(withdraw.get("class"), change.get("class"));
    for nothing in [None, Some(&Act::RejectAll)] {
        assert!(!shown(nothing).contains("withdraw"));
    }
}
