//! Device permissions: the purpose behind one is asked about just in time.

use crate::page::{App, Page, answer, ids, local, refused};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::State;

fn ask(app: &App, id: &str) -> Promise {
    app.permission(id).expect("a known permission")
}

/// A decision that was made some seconds ago.
fn decided(seconds_ago: u32, granted: &str, denied: &str) {
    let at = js_sys::Date::now() / 1000.0 - f64::from(seconds_ago);
    let kept = format!(r#"{{"decision":"1~demo~2026.11~{at:.0}~{granted}~{denied}~"}}"#);
    local().set_item("zq.demo", &kept).expect("storage");
}

#[wasm_bindgen_test]
async fn what_is_granted_already_is_granted_at_once() {
    let page = Page::new();
    let app = page.start().await;
    assert_eq!(answer(&ask(&app, "clipboard")).await, "granted");
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    assert_eq!(answer(&ask(&app, "location")).await, "granted");
    assert_eq!(page.view(), None);
}

#[wasm_bindgen_test]
async fn a_permission_that_is_none_is_an_error() {
    let page = Page::new();
    let app = page.start().await;
    assert_eq!(refused(app.permission("nonsense")), "argument");
    assert_eq!(refused(app.permission("")), "argument");
    assert_eq!(page.view(), None);
}

/// What the promise comes to and what is decided, when the step for `id` ends with this.
async fn case(id: &str, end: &str, expected: &str, decision: Option<State>) {
    let page = Page::new();
    let app = page.start().await;
    let asked = ask(&app, id);
    assert_eq!(answer(&asked).await, "pending");
    assert_eq!(page.view().as_deref(), Some("step"), "{id}");
    match end {
        "escape" => page.escape(),
        hook => page.press(&app, hook),
    }
    assert_eq!(answer(&asked).await, expected, "{id} {end}");
    assert_eq!(page.view(), None, "{id} {end}");
    let purpose = match id {
        "camera" => "identity",
        "location" => "analytics",
        _ => "child",
    };
    let found = page.jar().and_then(|decision| decision.state(purpose));
    assert_eq!(found, decision, "{id} {end}");
}

#[wasm_bindgen_test]
async fn the_answer_is_the_persons() {
    use State::{Denied, Granted};
    case("camera", "save", "granted", Some(Granted)).await;
    case("camera", "refuse", "denied", Some(Denied)).await;
    case("camera", "close", "denied", None).await;
    case("camera", "escape", "denied", None).await;
    case("location", "save", "granted", Some(Granted)).await;
    case("location", "refuse", "denied", Some(Denied)).await;
    case("contacts", "close", "denied", None).await;
}

#[wasm_bindgen_test]
async fn the_step_says_what_follows_from_refusing_this_permission() {
    for (id, words) in [("camera", "不能刷脸"), ("location", "没有analytics")] {
        let page = Page::new();
        let app = page.start().await;
        let _asked = ask(&app, id);
        let sheet = page.sheet().and_then(|sheet| sheet.text_content());
        assert!(sheet.is_some_and(|sheet| sheet.contains(words)), "{id}");
    }
}

/// Whether the person is asked again after this.
async fn rests(seconds_ago: u32, granted: &str, denied: &str, active: bool, again: bool) {
    let page = Page::new();
    decided(seconds_ago, granted, denied);
    page.set_tapped(active);
    let app = page.start().await;
    let found = answer(&ask(&app, "camera")).await;
    let about = format!("{seconds_ago} {granted} {denied} {active}");
    assert_eq!(found, if again { "pending" } else { "denied" }, "{about}");
    assert_eq!(page.view().is_some(), again, "{about}");
}

#[wasm_bindgen_test]
async fn after_a_refusal_a_function_rests_for_48_hours_and_a_person_does_not() {
    const HOUR: u32 = 3600;
    rests(0, "", "identity", false, false).await;
    rests(HOUR, "analytics", "ads.identity", false, false).await;
    rests(48 * HOUR - 60, "", "identity", false, false).await;
    rests(48 * HOUR + 60, "", "identity", false, true).await;
    rests(0, "", "identity", true, true).await;
    // Another purpose was refused, this one was never asked about.
    rests(0, "", "ads", false, true).await;
}

#[wasm_bindgen_test]
async fn a_refused_step_is_not_opened_again_at_once() {
    let page = Page::new();
    let app = page.start().await;
    let asked = ask(&app, "camera");
    page.press(&app, "refuse");
    assert_eq!(answer(&asked).await, "denied");
    assert_eq!(answer(&ask(&app, "camera")).await, "denied");
    assert_eq!(page.view(), None);
}

#[wasm_bindgen_test]
async fn a_step_that_another_decision_takes_away_is_answered_all_the_same() {
    for (act, camera, location) in [
        ("reject", "denied", "denied"),
        ("accept", "denied", "granted"),
        ("withdraw", "denied", "denied"),
    ] {
        let page = Page::new();
        let app = page.start().await;
        let asked = [ask(&app, "camera"), ask(&app, "location")];
        match act {
            "reject" => app.reject(),
            "accept" => app.accept(&JsValue::UNDEFINED),
            _ => app.withdraw(&JsValue::UNDEFINED),
        }
        .expect("it decides");
        assert_eq!(page.view(), None, "{act}");
        assert_eq!(answer(&asked[0]).await, camera, "{act}, camera");
        assert_eq!(answer(&asked[1]).await, location, "{act}, location");
    }
}

#[wasm_bindgen_test]
async fn a_guardians_consent_is_not_given_by_a_tap_of_the_person() {
    let page = Page::new();
    let app = page.start().await;
    let asked = ask(&app, "contacts");
    // The sheet offers no such control, but a page's own link may carry the hook.
    let link = crate::page::document().create_element("a").expect("a link");
    let _ = app.act("save", &link).expect("it acts");
    assert_ne!(answer(&asked).await, "granted");
    let granted = page.jar().is_some_and(|decision| decision.grants("child"));
    assert!(!granted);
}

#[wasm_bindgen_test]
async fn two_functions_that_ask_at_once_are_both_answered() {
    let page = Page::new();
    let app = page.start().await;
    let asked = [ask(&app, "camera"), ask(&app, "location")];
    page.press(&app, "refuse");
    page.press(&app, "save");
    assert_eq!(answer(&asked[1]).await, "denied");
    assert_eq!(answer(&asked[0]).await, "granted");
    assert_eq!(page.view(), None);
    app.accept(&ids(&["analytics"])).expect("it accepts");
    assert_eq!(answer(&ask(&app, "location")).await, "granted");
}

#[wasm_bindgen_test]
async fn functions_that_ask_about_one_purpose_share_its_step() {
    for (end, answered) in [("save", "granted"), ("refuse", "denied")] {
        let page = Page::new();
        let app = page.start().await;
        let asked = [ask(&app, "camera"), ask(&app, "camera")];
        page.press(&app, end);
        assert_eq!(page.view(), None, "{end}: nobody is asked the same twice");
        assert_eq!(answer(&asked[0]).await, answered);
        assert_eq!(answer(&asked[1]).await, answered);
    }
}

#[wasm_bindgen_test]
async fn a_step_that_was_closed_is_not_put_again_by_the_page_itself() {
    let page = Page::new();
    let app = page.start().await;
    let asked = ask(&app, "camera");
    page.escape();
    assert_eq!(answer(&asked).await, "denied");
    assert_eq!(answer(&ask(&app, "camera")).await, "denied");
    assert_eq!(page.view(), None);
    page.set_tapped(true);
    let again = ask(&app, "camera");
    assert_eq!(answer(&again).await, "pending");
}

/// What was decided before a page accepts a separate purpose.
enum Before {
    Nothing,
    /// The step was put, and ended so on this page.
    Ended(&'static str),
    /// The same, on a page that was left since.
    EndedElsewhere(&'static str),
    /// So many seconds ago: what was granted, what was denied.
    Decided(u32, &'static str, &'static str),
}

/// Whether accepting a separate purpose opens its step, after a tap or not.
async fn opens(before: Before, tapped: bool, opened: bool) {
    let page = Page::new();
    if let Before::Decided(seconds_ago, granted, denied) = before {
        decided(seconds_ago, granted, denied);
    }
    let mut app = page.start().await;
    if let Before::Ended(end) | Before::EndedElsewhere(end) = before {
        app.accept(&ids(&["analytics", "identity"]))
            .expect("it asks");
        page.press(&app, end);
    }
    if let Before::EndedElsewhere(_) = before {
        app = page.start().await;
    }
    page.set_tapped(tapped);
    app.accept(&ids(&["identity"])).expect("it asks or rests");
    let about = match before {
        Before::Nothing => "nothing".to_owned(),
        Before::Ended(end) => end.to_owned(),
        Before::EndedElsewhere(end) => format!("{end} elsewhere"),
        Before::Decided(ago, granted, denied) => format!("{ago} s ago {granted}, not {denied}"),
    };
    assert_eq!(page.view().is_some(), opened, "{about}, tapped: {tapped}");
}

#[wasm_bindgen_test]
async fn a_page_that_accepts_for_the_person_rests_after_a_refusal_too() {
    use Before::{Decided, Ended, EndedElsewhere, Nothing};
    const DAYS: u32 = 24 * 3600;
    const ALL: &str = "analytics.ads.identity.child";
    opens(Nothing, false, true).await;
    opens(Ended("close"), false, false).await;
    opens(Ended("close"), true, true).await;
    opens(EndedElsewhere("close"), false, true).await;
    opens(Ended("refuse"), false, false).await;
    opens(EndedElsewhere("refuse"), false, false).await;
    opens(EndedElsewhere("refuse"), true, true).await;
    opens(Decided(60, "", ALL), false, false).await;
    opens(Decided(60, "", ALL), true, true).await;
    opens(Decided(2 * DAYS + 60, "", ALL), false, true).await;
    // "Accept all" grants no separate consent, and refuses none.
    opens(Decided(60, "analytics.ads", "identity.child"), false, true).await;
}
