//! Starting: the notice is read, or the page learns why not.

use crate::page::{Page, code, json, text};
use crate::sample::notice;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_start_asks_nothing_keeps_nothing_and_sends_nothing() {
    let page = Page::new();
    let app = page.start().await;
    page.posts(0).await;
    assert_eq!(page.view(), None);
    assert_eq!(page.decisions(), [""; 0]);
    assert_eq!(crate::page::local().length(), Ok(0));
    assert_eq!(crate::page::cookies(), "");
    assert!(app.receipt().is_null());
    let removed = JsFuture::from(app.removed()).await.expect("plain data");
    assert_eq!(text(&removed), r#"{"removed":[],"kept":[],"returned":[]}"#);
}

/// Starts with this in place of `notice.json`; `None` where nothing answers.
async fn refuses(files: &[(&str, Option<&str>)]) {
    let page = Page::with_files(files);
    let error = page.try_start().await.err();
    let error = error.unwrap_or_else(|| panic!("it started with {files:?}"));
    assert_eq!(code(&error), "notice", "{files:?}");
    assert_eq!(page.count(), 0);
    assert_eq!(crate::page::local().length(), Ok(0));
}

#[wasm_bindgen_test]
async fn a_notice_that_cannot_be_read_starts_nothing() {
    refuses(&[]).await;
    refuses(&[("notice.json", None)]).await;
    let good = json(&notice());
    let cut = &good[..good.len() / 2];
    let spoiled = good.replace("\"general\"", "\"assumed\"");
    let missing = good.replace("\"purposes\"", "\"porpoises\"");
    for garbage in [
        "",
        "<!doctype html>",
        "[]",
        "null",
        "{}",
        cut,
        &spoiled,
        &missing,
    ] {
        refuses(&[("notice.json", Some(garbage))]).await;
    }
}

#[wasm_bindgen_test]
async fn a_guard_that_is_older_than_the_notice_takes_the_notice_over() {
    let page = Page::new();
    let _app = page.start().await;
    assert_eq!(page.renewed(), "");
    let page = Page::new();
    page.built_from("sha256:of another notice");
    let _app = page.start().await;
    let told = page.renewed();
    assert!(told.starts_with(r#"["2026.11",[["#), "{told}");
    assert!(told.contains(r#"["analytics",1],["ads",2]"#), "{told}");
    assert!(told.ends_with(",true]"), "{told}");
}
