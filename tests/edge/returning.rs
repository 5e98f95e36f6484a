//! What no page deletes at once goes in the end, and what comes back is deleted again and told.

use crate::page::{
    App, Page, cookies, database, document, heard, hide, keys, local, stored, text, wait, without,
};
use crate::sample;
use js_sys::{Promise, Reflect};
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Storage;
use zhiqing_consent::{Glob, Mode, Notice, Technology, Use};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = caches, js_name = open)]
    fn open_cache(name: &str) -> Promise;
    #[wasm_bindgen(js_namespace = caches, js_name = delete)]
    fn delete_cache(name: &str) -> Promise;
    #[wasm_bindgen(js_namespace = indexedDB, js_name = deleteDatabase)]
    fn delete_database(name: &str) -> JsValue;
}

/// The sample site under a name of its own: a module of an earlier test that still waits for its server
/// looks at its own decision alone.
fn notice() -> Notice {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    Notice {
        site: format!("site{}", NEXT.fetch_add(1, Ordering::Relaxed)),
        ..sample::notice()
    }
}

/// The same, where the tool of "analytics" keeps databases, too.
fn with_databases() -> Notice {
    let mut notice = notice();
    notice.trackers[1].uses.push(Use {
        technology: Technology::IndexedDb,
        patterns: vec![Glob::new("Hm-*"), Glob::new("exact")],
    });
    notice
}

/// `removed | kept | returned`, each sorted.
async fn told(app: &App) -> String {
    let told = JsFuture::from(app.removed()).await.expect("plain data");
    lists(&told)
}

fn lists(told: &JsValue) -> String {
    let word = |row: &JsValue, name: &str| {
        let word = Reflect::get(row, &name.into()).expect("an object");
        word.as_string()
            .or_else(|| word.as_f64().map(|times| format!("×{times}")))
    };
    let lists = ["removed", "kept", "returned"].map(|list| {
        let rows = Reflect::get(told, &list.into()).expect("an object");
        let mut rows: Vec<String> = js_sys::Array::from(&rows)
            .iter()
            .map(|row| {
                let words = ["technology", "key", "times"].map(|name| word(&row, name));
                words.into_iter().flatten().collect::<Vec<_>>().join(" ")
            })
            .collect();
        rows.sort();
        rows.join(", ")
    });
    lists.join(" | ")
}

/// The names of all databases and caches.
async fn names() -> String {
    let names = JsFuture::from(stored()).await.expect("a list");
    names.as_string().expect("names")
}

async fn opened(name: &str) -> JsValue {
    JsFuture::from(database(name)).await.expect("a database")
}

fn close(database: &JsValue) {
    let close = Reflect::get(database, &"close".into()).expect("a method");
    let close: js_sys::Function = close.unchecked_into();
    close.call0(database).expect("it closes");
}

async fn accepted(notice: &Notice) -> (Page, App) {
    let page = Page::of(notice);
    let app = page.start().await;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    (page, app)
}

fn withdraw(app: &App) {
    app.withdraw(&JsValue::UNDEFINED).expect("it withdraws");
}

/// Waits until it is so, for some seconds.
async fn until(what: &str, so: impl AsyncFn() -> bool) {
    for _ in 0..200 {
        if so().await {
            return;
        }
        wait(25).await;
    }
    panic!("in vain: {what}");
}

#[wasm_bindgen_test]
async fn databases_and_caches_are_deleted_and_others_stay() {
    let (_page, app) = accepted(&with_databases()).await;
    for name in ["Hm-1", "exact", "offline"] {
        close(&opened(name).await);
    }
    for name in ["Hm-cache", "pages"] {
        JsFuture::from(open_cache(name)).await.expect("a cache");
    }
    withdraw(&app);
    let gone = "indexed_db Hm-1, indexed_db Hm-cache, indexed_db exact";
    assert_eq!(told(&app).await, format!("{gone} |  | "));
    assert_eq!(names().await, "offline pages");
    delete_database("offline");
    JsFuture::from(delete_cache("pages"))
        .await
        .expect("it goes");
}

#[wasm_bindgen_test]
async fn a_browser_that_lists_no_databases_deletes_those_whose_names_are_known() {
    let (_page, app) = accepted(&with_databases()).await;
    for name in ["Hm-1", "exact"] {
        close(&opened(name).await);
    }
    let restore = without("indexedDB", "databases");
    withdraw(&app);
    let told = told(&app).await;
    restore.call0(&JsValue::NULL).expect("it is put back");
    assert_eq!(told, "indexed_db exact |  | ");
    assert_eq!(names().await, "Hm-1");
    delete_database("Hm-1");
}

#[wasm_bindgen_test]
async fn a_database_that_is_open_is_told_and_goes_once_it_is_closed() {
    let (page, app) = accepted(&with_databases()).await;
    let held = opened("Hm-held").await;
    withdraw(&app);
    assert_eq!(told(&app).await, " | indexed_db Hm-held | ");
    let _ = app.show("rights").expect("it shows");
    let shows = || page.sheet().and_then(|sheet| sheet.text_content());
    assert!(shows().is_some_and(|words| words.contains("Hm-held")));
    close(&held);
    until("it goes", async || {
        told(&app).await == "indexed_db Hm-held |  | "
    })
    .await;
    assert_eq!(names().await, "");
}

#[wasm_bindgen_test]
async fn what_is_stored_again_is_deleted_again_and_told() {
    let (_page, app) = accepted(&notice()).await;
    local().set_item("Hm_1", "1").expect("storage");
    let heard = heard();
    withdraw(&app);
    assert_eq!(told(&app).await, "local_storage Hm_1 |  | ");
    local().set_item("Hm_1", "2").expect("storage");
    document().set_cookie("Hm_2=1; Path=/").expect("cookies");
    let again = "cookie Hm_2, local_storage Hm_1 |  | local_storage Hm_1 ×1";
    until("the second look", async || told(&app).await == again).await;
    assert_eq!(local().get_item("Hm_1"), Ok(None));
    assert!(!cookies().contains("Hm_2"));
    assert_eq!(lists(&heard.get(heard.length() - 1)), again);

    local().set_item("Hm_1", "3").expect("storage");
    hide();
    let again = "cookie Hm_2, local_storage Hm_1 |  | local_storage Hm_1 ×2";
    wait(100).await;
    assert_eq!(told(&app).await, again);
    assert_eq!(local().get_item("Hm_1"), Ok(None));
}

#[wasm_bindgen_test]
async fn what_is_there_at_the_next_load_is_deleted_and_told() {
    let (page, app) = accepted(&notice()).await;
    local().set_item("Hm_1", "1").expect("storage");
    withdraw(&app);
    assert_eq!(told(&app).await, "local_storage Hm_1 |  | ");
    drop(app);
    local().set_item("Hm_1", "2").expect("storage");
    local().set_item("cart", "2").expect("storage");
    let app = page.start().await;
    let expected = "local_storage Hm_1 |  | local_storage Hm_1 ×1";
    assert_eq!(told(&app).await, expected);
    assert_eq!(local().get_item("Hm_1"), Ok(None));
    assert_eq!(local().get_item("cart"), Ok(Some("2".into())));
}

#[wasm_bindgen_test]
async fn what_the_browsers_signal_turns_off_is_deleted_at_the_next_load() {
    let (page, app) = accepted(&notice()).await;
    drop(app);
    for key in ["Hm_1", "z1"] {
        local().set_item(key, "1").expect("storage");
    }
    crate::page::pretend("globalPrivacyControl", &true.into());
    let app = page.start().await;
    assert_eq!(told(&app).await, "local_storage z1 |  | ");
    assert_eq!(local().get_item("Hm_1"), Ok(Some("1".into())));
}

/// What of `Hm_1`, `cart` and `zqx` a refusal leaves in local storage.
async fn left_by_a_refusal(notice: &Notice) -> String {
    let page = Page::of(notice);
    let keys = ["Hm_1", "cart", "zqx"];
    for key in keys {
        local().set_item(key, "1").expect("storage");
    }
    let app = page.start().await;
    app.reject().expect("it refuses");
    told(&app).await;
    let there = |store: &Storage, key: &str| store.get_item(key) != Ok(None);
    let left = keys.into_iter().filter(|key| there(&local(), key));
    left.collect::<Vec<_>>().join(" ")
}

#[wasm_bindgen_test]
async fn what_goes_follows_the_gate() {
    let mode = |mode| Notice { mode, ..notice() };
    assert_eq!(left_by_a_refusal(&mode(Mode::Listed)).await, "cart zqx");
    // What nobody declared may be necessary: it is not written any more, and not deleted.
    assert_eq!(left_by_a_refusal(&mode(Mode::Strict)).await, "cart zqx");
    assert_eq!(
        left_by_a_refusal(&mode(Mode::Report)).await,
        "Hm_1 cart zqx"
    );
    // Two claim it: it may stay where both may store it.
    let mut shared = notice();
    shared.trackers[0].uses.push(Use {
        technology: Technology::LocalStorage,
        patterns: vec![Glob::new("Hm_1")],
    });
    assert_eq!(left_by_a_refusal(&shared).await, "cart zqx");
}

#[wasm_bindgen_test]
async fn nothing_goes_before_a_decision() {
    let page = Page::new();
    local().set_item("Hm_1", "1").expect("storage");
    let app = page.start().await;
    wait(50).await;
    assert_eq!(told(&app).await, " |  | ");
    assert_eq!(local().get_item("Hm_1"), Ok(Some("1".into())));
}

#[wasm_bindgen_test]
async fn cookies_of_odd_names_go() {
    const SET: [&str; 6] = [
        "Hm_1=1; Path=/",
        "Hm_会 员\"x\"=1; Path=/",
        "Hm_partitioned=1; Path=/; Secure; SameSite=None; Partitioned",
        "Hm_secure=1; Path=/; Secure",
        "nameless",
        "session=1; Path=/",
    ];
    let mut notice = notice();
    notice.trackers[1].uses[0].patterns.push(Glob::new(""));
    let (_page, app) = accepted(&notice).await;
    for line in SET {
        document().set_cookie(line).expect("cookies");
    }
    assert!(
        cookies().contains("Hm_会 员") && cookies().contains("nameless"),
        "{}",
        cookies()
    );
    assert!(cookies().contains("Hm_partitioned"), "{}", cookies());
    // It would know where they lie.
    let restore = without("window", "cookieStore");
    withdraw(&app);
    let told = told(&app).await;
    restore.call0(&JsValue::NULL).expect("it is put back");
    assert!(told.ends_with(" |  | "), "{told}");
    assert!(!cookies().contains("Hm_"), "{}", cookies());
    assert!(!cookies().contains("nameless"), "{}", cookies());
    assert!(cookies().contains("session=1"), "{}", cookies());
}

#[wasm_bindgen_test]
async fn ten_thousand_keys_are_deleted_and_a_hundred_are_told() {
    let (page, app) = accepted(&notice()).await;
    for number in 0..10_000 {
        let key = format!("Hm_{number}");
        local().set_item(&key, "1").expect("storage");
    }
    withdraw(&app);
    let told = JsFuture::from(app.removed()).await.expect("plain data");
    assert!(text(&told).len() < 10_000);
    let removed = Reflect::get(&told, &"removed".into()).expect("a list");
    assert_eq!(js_sys::Array::from(&removed).length(), 100);
    page.posts(2).await;
    let left = keys();
    assert!(left.split(' ').all(|key| key.starts_with("zq.")), "{left}");
}
