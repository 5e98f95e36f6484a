//! What is kept, and what is made of it when it is read again.

use crate::page::{Page, cookies, document, keys, local, session, text};
use crate::sample::notice;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::{Decision, Event, State, cookie, record::SCHEMA};

#[wasm_bindgen_test]
async fn the_cookie_is_the_decision_as_the_server_reads_it() {
    let page = Page::new();
    let app = page.start().await;
    let before = js_sys::Date::now() / 1000.0;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    let value = cookie::named(&cookies(), cookie::NAME)
        .next()
        .expect("the cookie zq")
        .to_owned();
    assert_eq!(page.decisions(), [value.as_str()]);
    let decision = cookie::decode(&notice(), &value).expect("a decision");
    assert!(decision.covers(&notice()));
    assert_eq!(decision.policy_version(), "2026.11");
    let seconds = u32::try_from(decision.decided_at()).expect("this century");
    assert!((f64::from(seconds) - before).abs() < 5.0, "{seconds}");
    assert_eq!(cookie::encode("demo", &decision), value);
}

#[wasm_bindgen_test]
async fn garbage_is_as_nothing() {
    for garbage in [
        "",
        "garbage",
        "null",
        "5",
        "[]",
        "{}",
        r#"{"decision":5}"#,
        r#"{"decision":"accepted","sequence":"many"}"#,
        r#"{"secret":"short","pending":"none"}"#,
        r#"{"sequence":-1,"pending":null}"#,
        r#"{"decision":null,"pending":{}}"#,
    ] {
        let page = Page::new();
        local().set_item("zq.demo", garbage).expect("storage");
        document()
            .set_cookie("zq=garbage; Path=/")
            .expect("cookies");
        let app = page.start().await;
        page.posts(0).await;
        assert!(app.receipt().is_null(), "{garbage}");
        app.accept(&JsValue::UNDEFINED).expect("it accepts");
        page.posts(1).await;
        let record = page.record(0);
        assert_eq!(record.check(&notice()), Ok(()), "{garbage}");
        assert_eq!(
            (record.schema.as_str(), record.sequence),
            (SCHEMA, 1),
            "{garbage}"
        );
        assert_eq!(
            (record.event, record.previous),
            (Event::Given, None),
            "{garbage}"
        );
        assert!(app.receipt().is_object(), "{garbage}");
    }
}

/// What stands after one more purpose is granted on top of what was kept.
async fn case(jar: Option<&str>, kept: Option<&str>, expected: &[&str]) {
    let page = Page::new();
    if let Some(jar) = jar {
        let jar = format!("zq={jar}; Path=/");
        document().set_cookie(&jar).expect("cookies");
    }
    if let Some(kept) = kept {
        let kept = format!(r#"{{"decision":"{kept}"}}"#);
        local().set_item("zq.demo", &kept).expect("storage");
    }
    let app = page.start().await;
    app.accept(&crate::page::ids(&["ads"])).expect("it accepts");
    let granted = |decision: &Decision| {
        let granted = decision
            .choices()
            .iter()
            .filter(|c| c.state == State::Granted);
        granted.map(|c| c.purpose.clone()).collect::<Vec<_>>()
    };
    let decision = page.jar().expect("a decision");
    assert_eq!(granted(&decision), expected, "{jar:?} {kept:?}");
}

#[wasm_bindgen_test]
async fn of_cookie_and_storage_the_later_decision_stands() {
    let older = "1~demo~2026.11~1000~analytics~identity~";
    let newer = "1~demo~2026.11~2000~identity~analytics~";
    case(None, None, &["ads"]).await;
    case(Some(older), None, &["analytics", "ads"]).await;
    case(None, Some(older), &["analytics", "ads"]).await;
    case(Some(older), Some(newer), &["ads", "identity"]).await;
    case(Some(newer), Some(older), &["ads", "identity"]).await;
    case(Some("garbage"), Some(older), &["analytics", "ads"]).await;
    case(Some(older), Some("garbage"), &["analytics", "ads"]).await;
    case(Some("1~other~2026.11~3000~identity~~"), None, &["ads"]).await;
}

#[wasm_bindgen_test]
async fn everything_kept_begins_with_zq() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    page.posts(1).await;
    assert_eq!(keys(), "zq.demo zq.demo.receipt");
    assert_eq!(session().length(), Ok(0));
    assert!(cookies().starts_with("zq=") && !cookies().contains(';'));
}

#[wasm_bindgen_test]
async fn where_storage_is_full_the_decision_lies_in_the_cookie_and_the_person_is_told() {
    let page = Page::new();
    let app = page.start().await;
    page.spoil("setItem", true);
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    page.posts(1).await;
    assert!(page.jar().is_some_and(|decision| decision.grants("ads")));
    assert!(app.receipt().is_object());
    app.reject().expect("it refuses");
    page.posts(2).await;
    assert_eq!(page.record(1).previous, Some(page.record(0).id));
    let _ = app.show("preferences").expect("it shows");
    let note = page.find(".note").text_content();
    assert_eq!(note.as_deref(), Some(crate::sample::KEPT_IN_COOKIE));
}

#[wasm_bindgen_test]
async fn what_a_receipt_brings_puts_no_earlier_decision_back() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("held");
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    page.posts(1).await;
    // Another tab decides, and this one hears of it a moment later.
    let other = r#"{"decision":"later","sequence":7}"#;
    local().set_item("zq.demo", other).expect("storage");
    page.release();
    page.posts(1).await;
    assert_eq!(local().get_item("zq.demo"), Ok(Some(other.into())));
    assert!(app.receipt().is_null(), "it is another decision's");
    // That one may have its own already.
    assert_eq!(local().get_item("zq.demo.receipt"), Ok(None));
}

#[wasm_bindgen_test]
async fn a_receipt_that_an_earlier_version_kept_is_still_there() {
    let page = Page::new();
    let kept = r#"{"previous":"1","receipt":{"record":{"id":"1"}},"removal":{"removed":
        [{"technology":"cookie","key":"old"}],"kept":[]}}"#;
    local().set_item("zq.demo", kept).expect("storage");
    let app = page.start().await;
    assert!(app.receipt().is_object());
    let removed = wasm_bindgen_futures::JsFuture::from(app.removed()).await;
    assert!(text(&removed.expect("plain data")).contains("\"old\""));
    app.reject().expect("it refuses");
    assert!(app.receipt().is_null());
    page.posts(1).await;
    assert!(app.receipt().is_object());
}
