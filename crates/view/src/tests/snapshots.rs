//! The views as they are written, a line for each tag.

use super::sample::{decided, document, notice, save_all};
use crate::{
    Delivery, Draft, Entry, Held, Html, Rights, Step, Store, Stored, Texts, banner, handle, held,
    policy, policy_missing, preferences, rights, step,
};
use zhiqing_consent::removal::{NotRemoved, Reason, Removed, Returned};
use zhiqing_consent::rules::Act;
use zhiqing_consent::{Basis, Notice, Place, Removal, Technologies, Technology};

fn lines(html: &Html) -> String {
    html.as_str().replace("><", ">\n<")
}

/// Something of ours, of a tracker, of nobody, in each store.
fn list() -> Stored {
    let entry = |store, key: &str| Entry {
        store,
        key: key.into(),
    };
    Stored {
        entries: vec![
            entry(Store::Cookie, "Hm_lvt_1"),
            entry(Store::Cookie, "zq"),
            entry(Store::Local, "Hm_lvt_1"),
            entry(Store::Cache, "pages"),
        ],
        sure: true,
        deleted: Some(2),
        left: vec!["session".into()],
    }
}

fn step_of(notice: &Notice, purpose: &str, refusal: Option<&str>) -> Html {
    let purpose = notice.purpose(purpose).expect("a purpose");
    step(notice, Step { purpose, refusal })
}

#[test]
fn the_banner() {
    insta::assert_snapshot!(lines(&banner(&notice())));
}

#[test]
fn the_banner_over_the_page_where_nothing_general_is_asked() {
    let mut notice = notice();
    notice
        .purposes
        .retain(|purpose| purpose.basis != Basis::General);
    notice.banner.place = Place::Over;
    insta::assert_snapshot!(lines(&banner(&notice)));
}

#[test]
fn the_handle() {
    insta::assert_snapshot!(lines(&handle(&notice())));
}

#[test]
fn the_preferences_at_first() {
    insta::assert_snapshot!(lines(&preferences(
        &notice(),
        &Draft::default(),
        &Stored::default(),
        None
    )));
}

#[test]
fn the_preferences_with_a_draft() {
    let draft = Draft {
        granted: ["analytics", "identity"].map(String::from).into(),
        confirmed: ["identity".to_owned()].into(),
        refused: Technologies::from([Technology::Cookie, Technology::Etag]),
        ..Draft::default()
    };
    let note = Some("只在本页有效");
    insta::assert_snapshot!(lines(&preferences(&notice(), &draft, &list(), note)));
}

#[test]
fn the_step_of_a_separate_consent() {
    insta::assert_snapshot!(lines(&step_of(&notice(), "identity", None)));
}

#[test]
fn the_step_of_a_device_permission() {
    insta::assert_snapshot!(lines(&step_of(&notice(), "ads", Some("不能使用相机"))));
}

#[test]
fn the_step_of_a_guardians_consent() {
    insta::assert_snapshot!(lines(&step_of(&notice(), "child", None)));
}

#[test]
fn the_policy() {
    insta::assert_snapshot!(lines(&policy(Texts::of(&notice()), &document(), "2026.11")));
}

#[test]
fn a_policy_that_cannot_be_fetched_leaves_the_operator_to_ask() {
    insta::assert_snapshot!(lines(&policy_missing(&notice())));
    let nobody = Notice {
        contacts: vec![],
        ..notice()
    };
    assert!(!policy_missing(&nobody).as_str().contains("<dl"));
}

#[test]
fn the_rights_before_a_decision() {
    insta::assert_snapshot!(lines(&rights(&notice(), Rights::default())));
}

#[test]
fn the_rights_after_a_refusal_with_nothing_to_call() {
    let notice = Notice {
        operator: None,
        contacts: vec![],
        ..notice()
    };
    let decision = decided(&notice, &Act::RejectAll);
    let shown = Rights {
        decision: Some(&decision),
        receipt: Delivery::Waiting,
        ..Rights::default()
    };
    insta::assert_snapshot!(lines(&rights(&notice, shown)));
}

#[test]
fn the_rights_with_something_granted_removed_and_kept() {
    let notice = notice();
    let decision = decided(&notice, &save_all(&notice));
    let technology = Technology::Cookie;
    let removed = |key: &str| Removed {
        technology,
        key: key.into(),
    };
    let kept = |technology, key: &str, reason| NotRemoved {
        technology,
        key: key.into(),
        reason,
    };
    let removal = Removal {
        removed: vec![removed("Hm_lvt_1"), removed("cna")],
        kept: vec![
            kept(technology, "_uab", Reason::Undeletable),
            kept(technology, "far", Reason::Unreachable),
            kept(Technology::IndexedDb, "events", Reason::Open),
        ],
        returned: vec![Returned {
            technology,
            key: "cna".into(),
            times: 3,
        }],
    };
    let shown = Rights {
        decision: Some(&decision),
        receipt: Delivery::Here,
        returned: false,
        gpc: false,
        removal: Some(&removal),
        note: Some("选择记在 Cookie 里"),
    };
    insta::assert_snapshot!(lines(&rights(&notice, shown)));
}

#[test]
fn the_placeholder_of_a_general_consent() {
    let notice = notice();
    let shown = Held {
        place: "player.example.cn/v/1",
        purpose: notice.purpose("ads"),
        opens: true,
        ..Held::default()
    };
    insta::assert_snapshot!(lines(&held(&notice, shown)));
}

#[test]
fn the_placeholder_of_a_guardians_consent() {
    let notice = notice();
    let shown = Held {
        own: true,
        place: "shop.example.cn/v/1",
        purpose: notice.purpose("child"),
        ..Held::default()
    };
    insta::assert_snapshot!(lines(&held(&notice, shown)));
}
