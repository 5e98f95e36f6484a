//! What a record calls a step, and what takes something back.

use super::*;

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
