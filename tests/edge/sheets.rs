//! The sheets in the page.

use crate::page::{App, Page, answer, code, ids, local, pretend, refused};
use crate::sample::{document, notice};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::{State, Technology};

async fn show(app: &App, view: &str) {
    let shown = app.show(view).expect("a view");
    JsFuture::from(shown).await.expect("it is shown");
}

#[wasm_bindgen_test]
async fn each_view_is_shown_by_its_name() {
    let page = Page::new();
    let app = page.start().await;
    for view in ["preferences", "rights", "policy"] {
        show(&app, view).await;
        assert_eq!(page.view().as_deref(), Some(view));
        page.press(&app, "close");
        assert_eq!(page.view(), None);
    }
    assert_eq!(page.banners(), 0);
    show(&app, "banner").await;
    assert_eq!(page.banners(), 1);
    for bad in ["nonsense", "", "step", "Policy"] {
        assert_eq!(refused(app.show(bad)), "argument", "{bad}");
    }
    assert_eq!(page.view(), None);
    page.posts(0).await;
}

#[wasm_bindgen_test]
async fn escape_closes_the_sheet_in_view_and_leaves_the_one_below() {
    let page = Page::new();
    let app = page.start().await;
    show(&app, "rights").await;
    page.press(&app, "preferences");
    assert_eq!(page.view().as_deref(), Some("preferences"));
    page.escape();
    assert_eq!(page.view().as_deref(), Some("rights"));
    page.escape();
    assert_eq!(page.view(), None);
    page.posts(0).await;
}

#[wasm_bindgen_test]
async fn a_page_whose_focus_and_cookies_throw_stops_no_decision() {
    let page = Page::new();
    let put_back = crate::page::spiteful();
    let app = page.start().await;
    show(&app, "preferences").await;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    let view = page.view();
    page.posts(1).await;
    app.reject().expect("it refuses");
    page.posts(2).await;
    let removed = JsFuture::from(app.removed()).await;
    put_back.call0(&JsValue::NULL).expect("it ends");
    assert_eq!(view, None);
    assert_eq!(page.decisions().len(), 2);
    assert!(removed.expect("plain data").is_object());
}

#[wasm_bindgen_test]
async fn what_is_switched_on_is_granted_when_it_is_saved_and_not_before() {
    let page = Page::new();
    let app = page.start().await;
    show(&app, "preferences").await;
    for id in ["analytics", "ads", "identity", "child"] {
        assert!(!page.input("data-zq-purpose", id).checked(), "{id}");
    }
    page.tap("data-zq-purpose", "analytics");
    page.tap("data-zq-purpose", "ads");
    page.tap("data-zq-purpose", "ads");
    page.tap("data-zq-technology", "etag");
    page.tap("data-zq-purpose", "service");
    page.tap("data-zq-purpose", "child");
    page.posts(0).await;
    assert_eq!(page.jar(), None);
    page.press(&app, "save");
    assert_eq!(page.view(), None);
    page.posts(1).await;
    let decision = page.jar().expect("a decision");
    let states = ["analytics", "ads", "identity", "child"].map(|id| decision.grants(id));
    assert_eq!(states, [true, false, false, false]);
    let refused: Vec<_> = decision.refused().iter().map(Technology::name).collect();
    assert_eq!(refused, ["etag"]);

    show(&app, "preferences").await;
    assert!(page.input("data-zq-purpose", "analytics").checked());
    assert!(page.input("data-zq-technology", "etag").checked());
    assert!(!page.input("data-zq-purpose", "ads").checked());
}

#[wasm_bindgen_test]
async fn closing_the_preferences_decides_nothing() {
    let page = Page::new();
    let app = page.start().await;
    show(&app, "preferences").await;
    page.tap("data-zq-purpose", "analytics");
    page.press(&app, "close");
    page.posts(0).await;
    assert_eq!(page.jar(), None);
    show(&app, "preferences").await;
    assert!(!page.input("data-zq-purpose", "analytics").checked());
}

/// Taps the switch of a separate purpose and ends its step like this.
async fn step(end: &str, on: bool) {
    let page = Page::new();
    let app = page.start().await;
    show(&app, "preferences").await;
    page.tap("data-zq-purpose", "analytics");
    page.tap("data-zq-purpose", "identity");
    assert_eq!(page.view().as_deref(), Some("step"), "{end}");
    assert_eq!(page.jar(), None);
    match end {
        "escape" => page.escape(),
        hook => page.press(&app, hook),
    }
    assert_eq!(page.view().as_deref(), Some("preferences"), "{end}");
    assert_eq!(
        page.input("data-zq-purpose", "identity").checked(),
        on,
        "{end}"
    );
    assert!(
        page.input("data-zq-purpose", "analytics").checked(),
        "{end}"
    );
    assert_eq!(
        page.jar(),
        None,
        "a step of the preferences decides nothing yet"
    );
    page.press(&app, "save");
    let decision = page.jar().expect("a decision");
    assert_eq!(decision.grants("identity"), on, "{end}");
    assert!(decision.grants("analytics"));
    let choice = decision.choices().iter().find(|c| c.purpose == "identity");
    assert_eq!(choice.map(|choice| choice.separate), Some(on));
}

#[wasm_bindgen_test]
async fn a_separate_purpose_is_switched_on_by_its_step_alone() {
    step("save", true).await;
    step("refuse", false).await;
    step("close", false).await;
    step("escape", false).await;
}

#[wasm_bindgen_test]
async fn a_separate_purpose_is_switched_off_without_a_step() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&"identity".into()).expect("it asks");
    page.press(&app, "save");
    assert_eq!(
        page.jar().and_then(|d| d.state("identity")),
        Some(State::Granted)
    );
    show(&app, "preferences").await;
    assert!(page.input("data-zq-purpose", "identity").checked());
    page.tap("data-zq-purpose", "identity");
    assert_eq!(page.view().as_deref(), Some("preferences"));
    page.press(&app, "save");
    assert_eq!(
        page.jar().and_then(|d| d.state("identity")),
        Some(State::Denied)
    );
}

#[wasm_bindgen_test]
async fn the_policy_in_the_page_is_the_policys_text() {
    let page = Page::new();
    let app = page.start().await;
    show(&app, "policy").await;
    let shown = page.find("[data-zq-document]").text_content();
    let bare = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let text = zhiqing_policy::to_text(&document());
    assert_eq!(bare(&shown.expect("text")), bare(&text));
    assert!(text.contains("<b>“用于”</b>&amp;"));
}

#[wasm_bindgen_test]
async fn a_policy_that_cannot_be_fetched_is_an_error_and_a_sheet_that_says_so() {
    let notice = crate::page::json(&notice());
    for text in [None, Some("garbage"), Some("{}"), Some("null")] {
        let page = Page::with_files(&[
            ("notice.json", Some(&notice)),
            ("policy/2026.11.json", text),
        ]);
        let app = page.start().await;
        let shown = JsFuture::from(app.show("policy").expect("a view")).await;
        assert_eq!(code(&shown.expect_err("no policy")), "policy", "{text:?}");
        assert_eq!(page.view().as_deref(), Some("policy"));
    }
}

#[wasm_bindgen_test]
async fn the_rights_show_what_stands_and_withdraw_it() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    show(&app, "rights").await;
    let granted = page.find(".granted").text_content().expect("text");
    assert_eq!(granted, "名为analytics名为ads");
    page.press(&app, "withdraw");
    assert!(page.jar().is_some_and(|decision| !decision.grants_any()));
}

#[wasm_bindgen_test]
async fn a_word_that_is_the_pages_own_does_nothing() {
    let page = Page::new();
    let app = page.start().await;
    let link = crate::page::document().create_element("a").expect("a link");
    for hook in ["", "nonsense", "save", "refuse", "close", "goto", "receipt"] {
        let acted = app.act(hook, &link).expect("it acts");
        assert_eq!(answer(&acted).await, "", "{hook}");
        assert_eq!(page.view(), None, "{hook}");
    }
    page.posts(0).await;
}

#[wasm_bindgen_test]
async fn preferences_that_are_open_follow_what_is_decided_meanwhile() {
    let page = Page::new();
    let app = page.start().await;
    show(&app, "preferences").await;
    let asked = app.permission("camera").expect("a permission");
    page.press(&app, "save");
    assert_eq!(answer(&asked).await, "granted");
    assert_eq!(page.view().as_deref(), Some("preferences"));
    page.press(&app, "save");
    let decision = page.jar().expect("a decision");
    assert!(decision.grants("identity"), "saving undoes nothing");
}

/// A page on which the browser's signal turns off the separate consent that was given before it, and
/// the preferences are open.
async fn silenced() -> (Page, App) {
    let mut notice = notice();
    let identity = notice.purposes.iter_mut().find(|p| p.id == "identity");
    identity.expect("a purpose").gpc = true;
    let page = Page::of(&notice);
    pretend("globalPrivacyControl", &true.into());
    let at = js_sys::Date::now() / 1000.0 - 60.0;
    let kept = format!(r#"{{"decision":"1~demo~2026.11~{at:.0}~analytics.identity~ads.child~"}}"#);
    local().set_item("zq.demo", &kept).expect("storage");
    let app = page.start().await;
    show(&app, "preferences").await;
    assert!(!page.input("data-zq-purpose", "identity").checked());
    (page, app)
}

/// What a save makes of the consent that the signal turns off, after this in the preferences: a tap on
/// its switch and the end of each step, with `off` for a tap that switches it off again.
async fn saved_under_the_signal(acts: &[&str], granted: bool, by_step: bool) {
    let (page, app) = silenced().await;
    page.tap("data-zq-technology", "etag");
    for act in acts {
        page.tap("data-zq-purpose", "identity");
        if *act != "off" {
            page.press(&app, act);
        }
    }
    page.press(&app, "save");
    let decision = page.jar().expect("a decision");
    assert_eq!(decision.grants("identity"), granted, "{acts:?}");
    let cookie = crate::page::cookies();
    assert_eq!(
        cookie.contains("~etag~identity"),
        by_step,
        "{acts:?}: {cookie}"
    );
}

#[wasm_bindgen_test]
async fn a_separate_consent_that_the_signal_turns_off_outlives_a_save_unless_it_is_answered() {
    saved_under_the_signal(&[], true, false).await;
    saved_under_the_signal(&["close"], true, false).await;
    saved_under_the_signal(&["save"], true, true).await;
    saved_under_the_signal(&["refuse"], false, false).await;
    saved_under_the_signal(&["save", "off"], false, false).await;
}

#[wasm_bindgen_test]
async fn what_is_agreed_to_under_the_signal_in_a_step_over_the_preferences_is_on_there() {
    let (page, app) = silenced().await;
    app.accept(&ids(&["identity"])).expect("it asks");
    assert_eq!(
        page.view().as_deref(),
        Some("step"),
        "what is turned off is asked about"
    );
    page.press(&app, "save");
    assert_eq!(page.view().as_deref(), Some("preferences"));
    assert!(page.input("data-zq-purpose", "identity").checked());
    page.press(&app, "save");
    assert!(
        page.jar()
            .is_some_and(|decision| decision.grants("identity"))
    );
}

#[wasm_bindgen_test]
async fn what_is_refused_in_a_step_over_the_preferences_is_off_there() {
    let page = Page::new();
    let app = page.start().await;
    show(&app, "preferences").await;
    page.tap("data-zq-purpose", "analytics");
    let asked = app.permission("location").expect("a permission");
    page.press(&app, "refuse");
    assert_eq!(answer(&asked).await, "denied");
    assert!(!page.input("data-zq-purpose", "analytics").checked());
}
