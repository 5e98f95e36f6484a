//! When somebody may be asked: rule 4.

use super::*;

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

#[test]
fn a_notice_that_asks_nothing_is_not_shown() {
    let mut notice = notice();
    notice.purposes.truncate(1);
    assert!(!may_ask(&notice, None, Asker::Page, 0));
}
