//! A withdrawal erases what the withdrawn trackers stored, says so, and touches nothing else.

use crate::page::{App, Page, cookies, document, ids, local, session, text};
use crate::sample::notice;
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::Glob;

const KEYS: [&str; 6] = ["Hm_1", "zebra", "zq.other", "zqx", "cart", "session1"];

/// Puts every key into every store, as if trackers and page had done it.
fn store() {
    for key in KEYS {
        document()
            .set_cookie(&format!("{key}=1; Path=/"))
            .expect("cookies");
        local().set_item(key, "1").expect("storage");
        session().set_item(key, "1").expect("storage");
    }
}

/// Which of the keys are still there: in cookies, local and session storage.
fn left() -> [String; 3] {
    let jar = cookies();
    let in_jar = |key: &str| {
        jar.split("; ")
            .any(|pair| pair.starts_with(&format!("{key}=")))
    };
    let within = |store: web_sys::Storage, key: &str| store.get_item(key) != Ok(None);
    let list = |has: &dyn Fn(&str) -> bool| {
        KEYS.into_iter()
            .filter(|key| has(key))
            .collect::<Vec<_>>()
            .join(" ")
    };
    [
        list(&in_jar),
        list(&|key| within(local(), key)),
        list(&|key| within(session(), key)),
    ]
}

/// `zhiqing.removed()` as JSON.
async fn told(app: &App) -> String {
    text(&JsFuture::from(app.removed()).await.expect("plain data"))
}

/// `technology key` of what was removed, sorted, and how much could not be.
async fn removed(app: &App) -> (Vec<String>, usize) {
    let removed = told(app).await;
    let removed = JSON::parse(&removed).expect("JSON");
    let list = |name: &str| js_sys::Array::from(&Reflect::get(&removed, &name.into()).expect("it"));
    let word = |entry: &JsValue, name: &str| {
        Reflect::get(entry, &name.into())
            .ok()
            .and_then(|word| word.as_string())
            .unwrap_or_default()
    };
    let gone = list("removed");
    let gone = gone
        .iter()
        .map(|gone| format!("{} {}", word(&gone, "technology"), word(&gone, "key")));
    let mut gone: Vec<String> = gone.collect();
    gone.sort();
    (gone, list("kept").iter().count())
}

#[wasm_bindgen_test]
async fn a_withdrawal_erases_its_trackers_keys_and_no_others() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    store();
    app.accept(&JsValue::UNDEFINED)
        .expect("nothing is withdrawn");
    assert_eq!(left(), [KEYS.join(" "), KEYS.join(" "), KEYS.join(" ")]);
    assert_eq!(removed(&app).await, (vec![], 0));

    app.withdraw(&ids(&["analytics"])).expect("it withdraws");
    let rest = "zebra zq.other zqx cart session1";
    assert_eq!(left(), [rest, rest, rest]);
    let gone = ["cookie Hm_1", "local_storage Hm_1", "session_storage Hm_1"];
    assert_eq!(removed(&app).await, (gone.map(String::from).into(), 0));

    app.withdraw(&JsValue::UNDEFINED).expect("it withdraws");
    let rest = "zq.other zqx cart session1";
    assert_eq!(left(), [rest, rest, rest]);
    let gone = [
        "cookie zebra",
        "local_storage zebra",
        "session_storage zebra",
    ];
    assert_eq!(removed(&app).await, (gone.map(String::from).into(), 0));
    assert!(page.jar().is_some());
    assert!(local().get_item("zq.demo").expect("storage").is_some());
}

#[wasm_bindgen_test]
async fn beside_old_libraries_everything_is_erased_listed_sent_and_told() {
    let page = Page::new();
    store();
    // The server has a language of its own.
    page.set_network("held");
    let put_back = crate::page::old();
    let app = page.start().await;
    app.reject().expect("it refuses");
    let shown = app.show("preferences").expect("a view");
    JsFuture::from(shown).await.expect("it is shown");
    crate::page::wait(60).await;
    let listed = page.find("#zq-stored").text_content().unwrap_or_default();
    let told = JsFuture::from(app.removed()).await.expect("plain data");
    put_back.call0(&JsValue::NULL).expect("it is put back");
    let rest = "zq.other zqx cart session1";
    assert_eq!(left(), [rest, rest, rest]);
    assert_eq!(text(&told).matches("\"key\"").count(), 6, "{}", text(&told));
    assert!(listed.contains("cart"), "{listed}");
    page.posts(1).await;
    assert_eq!(page.record(0).sequence, 1);
    page.release();
    page.posts(1).await;
    assert!(text(&app.receipt()).contains("\"sequence\":1"));
}

#[wasm_bindgen_test]
async fn a_refusal_erases_what_was_there_before_it() {
    let page = Page::new();
    store();
    let app = page.start().await;
    assert_eq!(left()[0], KEYS.join(" "));
    app.reject().expect("it refuses");
    let rest = "zq.other zqx cart session1";
    assert_eq!(left(), [rest, rest, rest]);
    assert_eq!(removed(&app).await.0.len(), 6);
}

#[wasm_bindgen_test]
async fn a_refused_technology_is_erased_though_its_purpose_is_granted() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    store();
    let _ = app.show("preferences").expect("it shows");
    page.tap("data-zq-technology", "local_storage");
    page.press(&app, "save");
    let rest = "zq.other zqx cart session1";
    assert_eq!(left(), [&KEYS.join(" "), rest, &KEYS.join(" ")]);
    assert_eq!(
        removed(&app).await.0,
        ["local_storage Hm_1", "local_storage zebra"]
    );
    page.posts(2).await;
    let record = page.record(1);
    assert!(
        page.post(1)
            .body()
            .contains(r#""technologies":{"local_storage":"refused"}"#)
    );
    assert_eq!(record.method, zhiqing_consent::Method::Save);
}

#[wasm_bindgen_test]
async fn what_cannot_be_erased_is_told_with_the_reason() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    local().set_item("Hm_1", "1").expect("storage");
    page.spoil("removeItem", false);
    app.withdraw(&JsValue::UNDEFINED).expect("it withdraws");
    assert_eq!(removed(&app).await, (vec![], 1));
    let told = told(&app).await;
    assert!(
        told.contains(r#""technology":"local_storage","key":"Hm_1","reason":""#),
        "{told}"
    );
    let _ = app.show("rights").expect("it shows");
    let sheet = page.sheet().and_then(|sheet| sheet.text_content());
    assert!(sheet.is_some_and(|words| words.contains("Hm_1")));
}

#[wasm_bindgen_test]
async fn a_cookie_whose_name_wants_a_secure_connection_is_erased_as_any_other() {
    const NAMES: [&str; 3] = ["__Secure-z1", "__Host-z2", "__secure-z3"];
    let mut notice = notice();
    let uses = notice
        .trackers
        .iter_mut()
        .flat_map(|tracker| &mut tracker.uses);
    for used in uses {
        used.patterns.push(Glob::new("__*"));
    }
    let page = Page::of(&notice);
    for name in NAMES {
        let line = format!("{name}=1; Path=/; Secure");
        document().set_cookie(&line).expect("cookies");
        assert!(cookies().contains(name), "the browser takes {name}");
    }
    let app = page.start().await;
    app.reject().expect("it refuses");
    assert_eq!(removed(&app).await.1, 0);
    for name in NAMES {
        assert!(!cookies().contains(name), "{name}");
    }
}

/// What is written to expire this cookie, on a page of this host and path.
async fn written(host: &str, path: &str, secure: bool, framed: bool, name: &str) -> Vec<String> {
    let stores = include_str!("../../www/loader/stores.js");
    let written = crate::page::expiring(stores, host, path, secure, framed, name);
    let written = JsFuture::from(written).await.expect("no error");
    let written = written.as_string().expect("a text");
    written.lines().map(str::to_owned).collect()
}

#[wasm_bindgen_test]
async fn every_path_in_sight_is_tried_with_its_slash_and_without() {
    async fn case(path: &str, expected: &[&str]) {
        let tried = written("localhost", path, false, false, "uid").await;
        let tried = tried.iter().filter(|line| !line.contains("; Domain="));
        let tried = tried.map(|line| line.strip_prefix("uid=; Max-Age=0").expect("an end"));
        let expected = expected.iter().map(|path| match *path {
            "" => String::new(),
            path => format!("; Path={path}"),
        });
        assert_eq!(
            tried.collect::<Vec<_>>(),
            expected.collect::<Vec<_>>(),
            "{path}"
        );
    }
    case("/", &["/", ""]).await;
    case("/a", &["/", "", "/a"]).await;
    case("/a/", &["/", "", "/a", "/a/"]).await;
    case("/a/b.html", &["/", "", "/a", "/a/", "/a/b.html"]).await;
}

#[wasm_bindgen_test]
async fn every_domain_above_the_host_is_tried() {
    async fn case(host: &str, expected: &[&str]) {
        let tried = written(host, "/", false, false, "uid").await;
        let tried = tried
            .iter()
            .filter_map(|line| line.strip_prefix("uid=; Max-Age=0; Path=/; Domain="));
        assert_eq!(tried.collect::<Vec<_>>(), expected, "{host}");
    }
    case("localhost", &["localhost"]).await;
    case("127.0.0.1", &["127.0.0.1"]).await;
    case("[::1]", &["[::1]"]).await;
    case(
        "m.shop.example.com",
        &["m.shop.example.com", "shop.example.com", "example.com"],
    )
    .await;
}

#[wasm_bindgen_test]
async fn a_write_says_what_the_name_and_the_place_want() {
    async fn case(secure: bool, framed: bool, name: &str, expected: &[&str]) {
        let tried = written("localhost", "/", secure, framed, name).await;
        let tried = tried.iter().filter(|line| !line.contains("; Domain="));
        let tried: Vec<&String> = tried.filter(|line| line.contains("; Path=/")).collect();
        assert_eq!(tried, expected, "{name} {secure} {framed}");
    }
    let third = "uid=; Max-Age=0; Path=/; Secure; SameSite=None";
    let partitioned = "uid=; Max-Age=0; Path=/; Secure; SameSite=None; Partitioned";
    case(false, true, "uid", &["uid=; Max-Age=0; Path=/"]).await;
    case(
        true,
        false,
        "uid",
        &["uid=; Max-Age=0; Path=/", partitioned],
    )
    .await;
    case(
        true,
        true,
        "uid",
        &["uid=; Max-Age=0; Path=/", third, partitioned],
    )
    .await;
    for name in ["__Host-x", "__secure-x"] {
        let plain = format!("{name}=; Max-Age=0; Path=/; Secure");
        case(false, false, name, &[&plain]).await;
    }
}
