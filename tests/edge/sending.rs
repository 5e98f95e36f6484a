//! The outbox: a record is kept before it is sent, and until it is acknowledged.

use crate::page::{App, Page, json, text};
use crate::sample::notice;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn accept(app: &App) {
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
}

fn reject(app: &App) {
    app.reject().expect("it refuses");
}

/// Ids of the records in the outbox that wait to be sent, oldest first.
async fn pending(page: &Page) -> Vec<String> {
    waiting(&page.lying().await)
}

fn waiting(lines: &[String]) -> Vec<String> {
    with(lines, |status| status == "0")
}

fn with(lines: &[String], is: impl Fn(&str) -> bool) -> Vec<String> {
    let rows = lines.iter().filter_map(|line| {
        let mut words = line.split(' ');
        let (id, status) = (words.next()?, words.next()?);
        is(status).then(|| id.to_owned())
    });
    rows.collect()
}

/// Ids of the records that the server returned.
async fn returned(page: &Page) -> Vec<String> {
    with(&page.lying().await, |status| status != "0")
}

/// Ids of the records that were posted, in order.
fn posted(page: &Page) -> Vec<String> {
    let ids = (0..page.count()).map(|at| page.record(at).id.as_str().to_owned());
    ids.collect()
}

/// Whether the rights tell the person to wait for a receipt.
fn says_that_the_receipt_comes(page: &Page, app: &App) -> bool {
    let _ = app.show("rights").expect("a view");
    let sheet = page.sheet().and_then(|sheet| sheet.text_content());
    page.press(app, "close");
    sheet.expect("a sheet").contains("receipt_waiting")
}

#[wasm_bindgen_test]
async fn a_record_is_kept_before_the_server_hears_of_it_and_until_it_answers() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("held");
    accept(&app);
    page.posts(1).await;
    let id = posted(&page);
    let kept = page.post(0).kept();
    let kept: Vec<String> = kept.lines().map(str::to_owned).collect();
    assert_eq!(waiting(&kept), id);
    assert!(page.post(0).cookie().contains("zq=1~demo~"));
    assert_eq!(pending(&page).await, id);
    page.release();
    page.posts(1).await;
    assert_eq!(pending(&page).await, [""; 0]);
}

#[wasm_bindgen_test]
async fn what_could_not_be_sent_goes_with_the_next_decision_and_in_order() {
    for network in ["down", "503", "429"] {
        let page = Page::new();
        let app = page.start().await;
        page.set_network(network);
        accept(&app);
        page.posts(1).await;
        assert_eq!(pending(&page).await, posted(&page), "{network}");
        // Only where it did not get through at all: it may have been refused for its `keepalive`.
        assert_eq!(page.post(0).retried(), network == "down");
        assert!(page.jar().is_some(), "the choice stands without the server");
        page.set_network("up");
        reject(&app);
        page.posts(3).await;
        let ids = posted(&page);
        assert_eq!(ids[1], ids[0], "{network}");
        assert_eq!(page.post(1).body(), page.post(0).body());
        assert_ne!(ids[2], ids[1]);
        assert_eq!(page.record(2).previous, Some(page.record(1).id));
        assert_eq!(pending(&page).await, [""; 0]);
    }
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_is_kept_aside_and_in_nobodys_way() {
    for status in ["409", "422"] {
        let page = Page::new();
        let app = page.start().await;
        page.set_network(status);
        accept(&app);
        assert!(says_that_the_receipt_comes(&page, &app), "{status}");
        page.posts(1).await;
        assert!(!says_that_the_receipt_comes(&page, &app), "{status}");
        page.set_network("up");
        reject(&app);
        page.posts(2).await;
        let ids = posted(&page);
        assert_ne!(
            ids[1], ids[0],
            "{status}: the returned record is not sent again"
        );
        assert_eq!(returned(&page).await, ids[..1], "{status}");
        assert_eq!(pending(&page).await, [""; 0]);
    }
}

#[wasm_bindgen_test]
async fn what_could_not_be_sent_goes_when_the_browser_is_online_again() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    page.set_network("up");
    let online = web_sys::Event::new("online").expect("an event");
    let window = web_sys::window().expect("a window");
    window.dispatch_event(&online).expect("it is heard");
    page.posts(2).await;
    assert_eq!(posted(&page)[0], posted(&page)[1]);
    assert!(app.receipt().is_object());
}

#[wasm_bindgen_test]
async fn what_could_not_be_sent_goes_at_the_next_start() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    page.leave();
    page.set_network("up");
    let app = page.start().await;
    page.posts(2).await;
    assert_eq!(page.post(1).body(), page.post(0).body());
    assert_eq!(page.post(1).authorization(), page.post(0).authorization());
    assert!(app.receipt().is_object());
}

#[wasm_bindgen_test]
async fn decisions_in_a_row_are_each_sent_in_order() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("held");
    accept(&app);
    reject(&app);
    accept(&app);
    page.posts(1).await;
    page.set_network("up");
    page.release();
    page.posts(3).await;
    let sequences: Vec<u64> = (0..3).map(|at| page.record(at).sequence).collect();
    assert_eq!(sequences, [1, 2, 3]);
    assert_eq!(pending(&page).await, [""; 0]);
}

#[wasm_bindgen_test]
async fn the_receipt_is_there_once_the_server_has_answered() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("held");
    accept(&app);
    page.posts(1).await;
    assert!(app.receipt().is_null());
    page.release();
    page.posts(1).await;
    let receipt = app.receipt();
    let expected = format!(r#"{{"record":{},"index":0}}"#, page.post(0).body());
    assert_eq!(text(&receipt), expected);
    // It belongs to the last record: a new one has none yet.
    reject(&app);
    assert!(app.receipt().is_null());
    page.release();
    page.posts(2).await;
}

#[wasm_bindgen_test]
async fn records_go_where_the_notice_says() {
    let page = Page::of(&zhiqing_consent::Notice {
        report: format!("{}/v1", web_sys::window().expect("a window").origin()),
        ..notice()
    });
    let app = page.start().await;
    accept(&app);
    page.posts(1).await;
    assert!(json(&page.record(0)).contains("zhiqing/1"));
}
