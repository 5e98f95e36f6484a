//! When what waits is tried again, and by whom.

use crate::page::{App, Page, dispatch, hide, keys, local, pretend, wait};
use js_sys::Date;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::Record;

/// Until when the server wants to be left alone, and until when a tab sends.
const LATER: &str = "zq.demo.later";
const SENDER: &str = "zq.demo.sender";

fn accept(app: &App) {
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
}

fn reject(app: &App) {
    app.reject().expect("it refuses");
}

/// What lies in local storage, as a moment.
fn moment(key: &str) -> Option<f64> {
    local().get_item(key).expect("storage")?.parse().ok()
}

fn set_moment(key: &str, from_now: f64) {
    let moment = (Date::now() + from_now).to_string();
    local().set_item(key, &moment).expect("storage");
}

/// Waits until nothing waits to be sent any more.
async fn empty(page: &Page) {
    for _ in 0..200 {
        if page.lying().await.is_empty() {
            return;
        }
        wait(25).await;
    }
    panic!("{:?}", page.lying().await);
}

/// A page on which one decision was made, and its record was not taken.
async fn waiting(network: &str, retry_after: Option<&str>) -> (Page, App) {
    let page = Page::new();
    let app = page.start().await;
    page.set_network(network);
    if let Some(value) = retry_after {
        page.set_retry_after(value);
    }
    accept(&app);
    page.posts(1).await;
    (page, app)
}

#[wasm_bindgen_test]
async fn a_failure_is_tried_again_and_later_each_time() {
    for network in [
        "down", "thrown", "500", "503", "429", "401", "400", "413", "unknown", "portal",
    ] {
        let page = Page::new();
        page.set_chance(0.37);
        page.set_speed(2000.0);
        let app = page.start().await;
        page.set_network(network);
        accept(&app);
        for _ in 0..200 {
            if page.retries().len() > 10 {
                break;
            }
            wait(25).await;
        }
        let seconds: Vec<f64> = page.retries()[..11].iter().map(|ms| ms / 370.0).collect();
        let doubled = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
        assert_eq!(seconds[..9], doubled, "{network}");
        // Never more than five minutes.
        assert_eq!(seconds[9..], [300.0, 300.0], "{network}");
        page.set_network("up");
        empty(&page).await;
        // After a success it begins anew.
        let tries = page.retries().len();
        page.set_network(network);
        reject(&app);
        for _ in 0..200 {
            if page.retries().len() > tries {
                break;
            }
            wait(25).await;
        }
        assert_eq!(page.retries()[tries], 370.0, "{network}");
    }
}

#[wasm_bindgen_test]
async fn a_server_that_does_not_answer_is_given_up_for_this_time() {
    let page = Page::new();
    page.set_speed(100.0);
    let app = page.start().await;
    page.set_network("hung");
    accept(&app);
    page.posts(1).await;
    assert!(!page.post(0).aborted());
    page.set_network("up");
    empty(&page).await;
    assert!(page.post(0).aborted());
    let last = page.count() - 1;
    assert!(last >= 1);
    assert_eq!(page.record(last).id, page.record(0).id);
}

#[wasm_bindgen_test]
async fn retry_after_is_waited_for_whatever_happens() {
    let (page, app) = waiting("503", Some("2")).await;
    let until = moment(LATER).expect("it is kept");
    assert!((until - Date::now() - 2000.0).abs() < 500.0);
    page.set_network("up");
    reject(&app);
    dispatch("online", None);
    dispatch("pageshow", Some(true));
    dispatch("pagehide", Some(false));
    page.posts(1).await;
    page.leave();
    let _app = page.start().await;
    page.posts(1).await;
    // Both are safe meanwhile.
    let lying = page.lying().await;
    let safe = |line: &String| line.ends_with(" 0 database");
    assert!(lying.len() == 2 && lying.iter().all(safe), "{lying:?}");
    for _ in 0..200 {
        if page.count() > 1 {
            break;
        }
        wait(25).await;
    }
    assert!(Date::now() >= until);
    page.posts(3).await;
    let sequences = [1, 2].map(|at| page.record(at).sequence);
    assert_eq!(sequences, [1, 2]);
    assert_eq!(moment(LATER), None);
}

/// How long after it is told so the server is left alone, in seconds; `None` where nothing was told.
async fn left_alone(told: &str) -> Option<f64> {
    let (_page, _app) = waiting("429", Some(told)).await;
    moment(LATER).map(|until| ((until - Date::now()) / 1000.0).ceil())
}

#[wasm_bindgen_test]
async fn retry_after_is_seconds_or_a_moment_and_an_hour_at_most() {
    let after = |seconds: f64| {
        let date = Date::new(&(Date::now() + seconds * 1000.0).into());
        String::from(date.to_utc_string())
    };
    assert_eq!(left_alone("120").await, Some(120.0));
    let moment = left_alone(&after(60.0)).await.expect("a moment");
    assert!((58.0..=60.0).contains(&moment), "{moment}");
    assert_eq!(left_alone("99999999999").await, Some(3600.0));
    assert_eq!(left_alone(&after(1e7)).await, Some(3600.0));
    for nothing in ["0", "-5", "soon", "1.5 s", "", &after(-60.0)] {
        assert_eq!(left_alone(nothing).await, None, "{nothing}");
    }
}

#[wasm_bindgen_test]
async fn a_clock_that_was_set_back_keeps_nothing_from_being_sent() {
    let page = Page::new();
    set_moment(LATER, 2.0 * 3_600_000.0);
    set_moment(SENDER, 2.0 * 3_600_000.0);
    page.unlock();
    let app = page.start().await;
    accept(&app);
    page.posts(1).await;
    empty(&page).await;
    assert_eq!(keys(), "zq.demo zq.demo.receipt");
}

#[wasm_bindgen_test]
async fn without_a_network_it_goes_when_that_is_there_again() {
    let page = Page::new();
    page.set_chance(0.0);
    let app = page.start().await;
    pretend("onLine", &false.into());
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    wait(200).await;
    page.posts(1).await;
    pretend("onLine", &true.into());
    page.set_network("up");
    dispatch("online", None);
    page.posts(2).await;
    empty(&page).await;
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_sends_what_waits() {
    let page = Page::new();
    // Nothing else will try again in time.
    page.set_speed(0.01);
    let app = page.start().await;
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    page.set_network("up");
    dispatch("pageshow", Some(false));
    page.posts(1).await;
    dispatch("pageshow", Some(true));
    page.posts(2).await;
    empty(&page).await;
}

#[wasm_bindgen_test]
async fn who_leaves_sends_what_waits_at_once_and_in_order() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("held");
    accept(&app);
    reject(&app);
    page.posts(1).await;
    // Not even moved yet.
    accept(&app);
    dispatch("pagehide", Some(false));
    hide();
    page.posts(2).await;
    let all = page.post(1);
    assert!(all.keepalive());
    assert_eq!(all.authorization(), page.post(0).authorization());
    let value = js_sys::JSON::parse(&all.body()).expect("JSON");
    let records: Vec<Record> = serde_wasm_bindgen::from_value(value).expect("records");
    let sequences: Vec<u64> = records.iter().map(|it| it.sequence).collect();
    assert_eq!(sequences, [1, 2, 3]);
    // Nobody knows what came of it.
    page.leave();
    assert_eq!(page.lying().await.len(), 3);
    page.set_network("up");
    let _app = page.start().await;
    page.posts(5).await;
    empty(&page).await;
}

#[wasm_bindgen_test]
async fn who_leaves_overtakes_nothing_that_another_tab_put_in() {
    let page = Page::new();
    let app = page.start().await;
    accept(&app);
    page.posts(1).await;
    empty(&page).await;
    // It follows one that is nowhere in sight, as in the database.
    page.set_network("held");
    reject(&app);
    page.posts(2).await;
    let key = format!("zq.demo.{}", page.record(1).id.as_str());
    let bearer = page.post(1).authorization().replace("Bearer ", "");
    page.leave();
    let other = Page::new();
    let unseen = page.record(0).id;
    let entry = format!("{bearer} 0 {}", page.post(1).body());
    local().set_item(&key, &entry).expect("storage");
    let receipt = |id: &str| {
        let receipt = format!(r#"{{"record":{{"id":"{id}"}}}}"#);
        let kept = local().set_item("zq.demo.receipt", &receipt);
        kept.expect("storage");
    };
    set_moment(SENDER, 20_000.0);
    other.unlock();
    let _app = other.start().await;
    receipt("01920000-0000-7000-8000-000000000000");
    dispatch("pagehide", Some(false));
    other.posts(0).await;
    receipt(unseen.as_str());
    dispatch("pagehide", Some(false));
    other.posts(1).await;
    assert!(other.post(0).body().starts_with('['));
}

#[wasm_bindgen_test]
async fn without_anything_that_waits_nothing_is_sent_when_the_person_leaves() {
    let page = Page::new();
    let app = page.start().await;
    dispatch("pagehide", Some(false));
    accept(&app);
    page.posts(1).await;
    empty(&page).await;
    dispatch("pagehide", Some(false));
    hide();
    page.posts(1).await;
}

/// Two tabs of one site decide in turns; the most requests that were under way at a time.
async fn two_tabs(locks: bool) {
    let page = Page::new();
    if !locks {
        page.unlock();
        page.set_chance(0.05);
    }
    let tabs = [page.start().await, page.start().await];
    page.set_network("held");
    for _ in 0..3 {
        accept(&tabs[0]);
        reject(&tabs[1]);
    }
    for sent in 1..=6 {
        page.posts(sent).await;
        page.release();
    }
    empty(&page).await;
    page.posts(6).await;
    let records: Vec<Record> = (0..6).map(|at| page.record(at)).collect();
    let sequences: Vec<u64> = records.iter().map(|it| it.sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 4, 5, 6], "locks: {locks}");
    for (before, after) in records.iter().zip(&records[1..]) {
        assert_eq!(after.previous.as_ref(), Some(&before.id));
    }
    assert_eq!(keys(), "zq.demo zq.demo.receipt zq.demo.removal");
}

#[wasm_bindgen_test]
async fn of_two_tabs_one_sends_at_a_time() {
    two_tabs(true).await;
    two_tabs(false).await;
}

#[wasm_bindgen_test]
async fn a_lease_of_a_tab_that_is_gone_ends_by_itself() {
    let page = Page::new();
    page.unlock();
    page.set_chance(0.1);
    set_moment(SENDER, 1500.0);
    let app = page.start().await;
    accept(&app);
    page.posts(0).await;
    wait(500).await;
    page.posts(0).await;
    page.posts(1).await;
    empty(&page).await;
    assert_eq!(moment(SENDER), None);
}

#[wasm_bindgen_test]
async fn a_tab_that_leaves_lets_the_others_send() {
    for locks in [true, false] {
        let page = Page::new();
        if !locks {
            page.unlock();
            page.set_chance(0.05);
        }
        let [first, second] = [page.start().await, page.start().await];
        page.set_network("held");
        accept(&first);
        page.posts(1).await;
        page.set_network("up");
        accept(&second);
        page.posts(1).await;
        // Both hear of it; what waits goes at once, and the lock is free.
        dispatch("pagehide", Some(true));
        empty(&page).await;
        assert!(page.count() > 2, "locks: {locks}");
    }
}

#[wasm_bindgen_test]
async fn a_lock_that_is_never_given_stops_nobody() {
    let page = Page::new();
    page.freeze();
    page.set_speed(100.0);
    let app = page.start().await;
    accept(&app);
    reject(&app);
    empty(&page).await;
    page.posts(2).await;
    assert_eq!(page.record(1).previous, Some(page.record(0).id));
}
