//! Rule 1 of the rules of asking, as far as it is a matter of what is on the screen.

use super::markup::{Tag, control, tags};
use super::sample::{decided, notice, notices, save_all};
use crate::{
    Delivery, Draft, Entry, Form, Held, Rights, Step, Store, Stored, Way, banner, form_page, held,
    preferences, rights, step, stored,
};
use proptest::prelude::*;
use zhiqing_consent::notice::PreviousVersion;
use zhiqing_consent::rules::Act;
use zhiqing_consent::{Basis, Glob, Notice, Technology, Tracker, Use};

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

/// What a placeholder offers and says for a purpose, where a technology is refused or not.
#[track_caller]
fn placed(purpose: Option<&str>, refused: Option<Technology>, load: Option<&str>, says: &str) {
    let notice = notice();
    let shown = Held {
        purpose: purpose.and_then(|id| notice.purpose(id)),
        refused,
        ..Held::default()
    };
    let html = held(&notice, shown).into_string();
    let tags = tags(&html);
    let found = tags.iter().find(|tag| tag.get("data-zq") == Some("load"));
    assert_eq!(
        found.and_then(|tag| tag.get("data-zq-purpose")),
        load.and(purpose)
    );
    if let Some(key) = load {
        assert!(html.contains(&format!(">{}<", notice.texts[key])), "{html}");
    }
    assert!(html.contains(&notice.texts[says]), "{html}");
    control(&html, "preferences");
}

#[test]
fn a_placeholder_agrees_only_where_one_tap_may() {
    let general = Some("held_agree");
    placed(Some("ads"), None, general, "held_agree");
    placed(Some("identity"), None, Some("held_ask"), "held_step");
    placed(Some("signature"), None, Some("held_ask"), "held_step");
    placed(Some("child"), None, None, "step_guardian");
    placed(Some("ads"), Some(Technology::Pixel), None, "pixel");
    placed(Some("nothing"), None, None, "held_unknown");
    placed(None, None, None, "held_unknown");
}

#[test]
fn a_placeholder_says_whose_it_is() {
    #[track_caller]
    fn case(place: &str, own: bool, purpose: &str, vendor: &str) {
        let mut notice = notice();
        let tracker = |vendor: &str, purpose: &str, technology, pattern: &str| Tracker {
            id: vendor.into(),
            vendor: vendor.into(),
            purpose: purpose.into(),
            uses: vec![Use {
                technology,
                patterns: vec![Glob::new(pattern)],
            }],
            signals: Default::default(),
        };
        notice.trackers = vec![
            tracker("甲", "ads", Technology::Iframe, "player.example.cn/*"),
            tracker(
                "乙",
                "analytics",
                Technology::Request,
                "player.example.cn/*",
            ),
            tracker("丙", "ads", Technology::Cookie, "*"),
        ];
        let shown = Held {
            place,
            own,
            purpose: notice.purpose(purpose),
            ..Held::default()
        };
        let html = held(&notice, shown).into_string();
        let what = notice.texts["held_what"].replace("{vendor}", vendor);
        assert!(html.contains(&what), "{vendor}: {html}");
    }
    case("player.example.cn/v", false, "ads", "甲");
    case("player.example.cn/v", true, "ads", "甲");
    case("player.example.cn/v", false, "analytics", "乙");
    case("video.example.com/v", false, "ads", "video.example.com");
    case("shop.example.cn/v", true, "ads", "云游");
    case("", false, "ads", "云游");
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

/// What the rights and the form say of these choices, where the signal is on or not and what `changed`
/// names changed since: items of the list, and the sentence in their place.
#[track_caller]
fn listed(act: &Act, gpc: bool, changed: &[&str], items: &[&str], says: Option<&str>) {
    let mut notice = notice();
    let decision = decided(&notice, act);
    if !changed.is_empty() {
        let version = std::mem::replace(&mut notice.policy.version, "2026.12".into());
        let ask_again = changed.iter().map(|id| (*id).to_owned()).collect();
        notice.previous = vec![PreviousVersion { version, ask_again }];
    }
    let shown = Rights {
        decision: Some(&decision),
        gpc,
        ..Rights::default()
    };
    let draft = Draft::default();
    let form = Form {
        draft: &draft,
        decision: Some(&decision),
        way: Way::default(),
        rendered_ms: 0,
        gpc,
        told: None,
    };
    for html in [rights(&notice, shown), form_page(&notice, &form)] {
        let html = html.into_string();
        for purpose in notice.asked() {
            let item = format!("<li>{}</li>", purpose.name);
            let wanted = items.contains(&purpose.id.as_str());
            assert_eq!(html.contains(&item), wanted, "{item} in {html}");
        }
        for key in ["nothing_granted", "all_silenced"] {
            let is_said = html.contains(&notice.texts[key]);
            assert_eq!(is_said, says == Some(key), "{key} in {html}");
        }
        let withdraws = html.contains("withdraw\"");
        assert_eq!(withdraws, decision.grants_any(), "{html}");
    }
}

#[test]
fn what_is_listed_is_what_the_gate_allows() {
    let notice = notice();
    let all = save_all(&notice);
    let ads = Act::Grant {
        purposes: vec!["ads".into()],
    };
    let every = ["analytics", "ads", "identity", "signature"];
    listed(&all, false, &[], &every, None);
    listed(
        &all,
        true,
        &[],
        &["analytics", "identity", "signature"],
        None,
    );
    // Until they are answered again the old choices stand.
    listed(&all, false, &every, &every, None);
    listed(&ads, true, &[], &[], Some("all_silenced"));
    listed(&Act::RejectAll, true, &[], &[], Some("nothing_granted"));
}

#[test]
fn of_a_receipt_is_said_where_it_is_and_nothing_where_none_is_expected() {
    let notice = notice();
    let decision = decided(&notice, &Act::RejectAll);
    for (receipt, waiting, here) in [
        (Delivery::Absent, false, false),
        (Delivery::Waiting, true, false),
        (Delivery::Here, false, true),
    ] {
        let shown = Rights {
            decision: Some(&decision),
            receipt,
            ..Rights::default()
        };
        let html = rights(&notice, shown).into_string();
        assert_eq!(html.contains(&notice.texts["receipt_waiting"]), waiting);
        assert_eq!(html.contains("data-zq=\"receipt\""), here);
    }
}

#[test]
fn of_a_record_that_the_server_returned_is_said_beside_any_receipt() {
    let notice = notice();
    for receipt in [Delivery::Absent, Delivery::Waiting, Delivery::Here] {
        for returned in [false, true] {
            let shown = Rights {
                receipt,
                returned,
                ..Rights::default()
            };
            let html = rights(&notice, shown).into_string();
            assert_eq!(html.contains(&notice.texts["record_returned"]), returned);
        }
    }
}

#[test]
fn what_remembers_the_choices_and_their_records_is_ours_and_has_no_button() {
    #[track_caller]
    fn case(store: Store, key: &str, ours: bool) {
        let notice = notice();
        let entries = vec![Entry {
            store,
            key: key.replace("SITE", &notice.site),
        }];
        let shown = Stored {
            entries,
            ..Stored::default()
        };
        let html = stored(&notice, &shown).into_string();
        assert_eq!(html.contains(&notice.texts["stored_ours"]), ours, "{key}");
        assert_eq!(html.contains("data-zq=\"delete\""), !ours, "{key}");
    }
    let record = "zq.SITE.01920000-0000-7000-8000-000000000000";
    case(Store::Cookie, "zq", true);
    case(Store::Local, "zq.SITE", true);
    case(Store::Local, "zq.act.SITE", true);
    case(Store::Local, record, true);
    case(Store::Local, "zq.SITE.later", true);
    case(Store::Local, "zq.SITE2", false);
    case(Store::Local, "zq.other.SITE", false);
    case(Store::Local, "zqSITE", false);
    case(Store::Database, "zq.SITE", true);
    case(Store::Database, record, false);
    case(Store::Database, "zq", false);
    case(Store::Session, "zq.SITE", false);
    case(Store::Cache, "zq.SITE", false);
}
