//! The views as they are written, a line for each tag.

use super::sample::{decided, document, notice, save_all};
use crate::{Draft, Html, Rights, Step, banner, policy, preferences, rights, step};
use std::collections::BTreeSet;
use zhiqing_consent::rules::Act;
use zhiqing_consent::{Notice, Technology};

fn lines(html: &Html) -> String {
    html.as_str().replace("><", ">\n<")
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
fn the_preferences_at_first() {
    insta::assert_snapshot!(lines(&preferences(&notice(), &Draft::default(), None)));
}

#[test]
fn the_preferences_with_a_draft() {
    let draft = Draft {
        granted: ["analytics", "identity"].map(String::from).into(),
        confirmed: ["identity".to_owned()].into(),
        refused: BTreeSet::from([Technology::Cookie, Technology::Etag]),
    };
    let note = Some(crate::text::NOT_KEPT);
    insta::assert_snapshot!(lines(&preferences(&notice(), &draft, note)));
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
    insta::assert_snapshot!(lines(&policy(&document(), "2026.11")));
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
        ..Rights::default()
    };
    insta::assert_snapshot!(lines(&rights(&notice, shown)));
}

#[test]
fn the_rights_with_something_granted_removed_and_kept() {
    let notice = notice();
    let decision = decided(&notice, &save_all(&notice));
    let shown = Rights {
        decision: Some(&decision),
        receipt: true,
        removed: &["Hm_lvt_1".into(), "cna".into()],
        kept: &["_uab（浏览器不让删除）".into()],
        note: Some(crate::text::KEPT_IN_COOKIE),
    };
    insta::assert_snapshot!(lines(&rights(&notice, shown)));
}
