//! The page that a test starts the module in: see `page.js`.

use js_sys::{JSON, Promise, Reflect};
use serde::Serialize;
use std::ops::Deref;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlInputElement};
use zhiqing::Host;
use zhiqing_consent::{Decision, Notice, Record, cookie};

pub(crate) use crate::browser::{
    broken, database, dispatch, expiring, heard, hide, old, pretend, spiteful, stored, without,
};

#[wasm_bindgen(module = "/tests/edge/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = Page)]
    pub(crate) type Script;

    #[wasm_bindgen(constructor, js_class = Page)]
    fn new(files: &JsValue) -> Script;

    /// Starts the module by this loader, which makes its instance by this function: a promise of it as
    /// the guard calls it.
    #[wasm_bindgen(method)]
    fn begin(this: &Script, loader: &str, make: &JsValue) -> Promise;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_network(this: &Script, network: &str);
    /// What stands in `Retry-After` of each answer.
    #[wasm_bindgen(method, setter, js_name = retryAfter)]
    pub(crate) fn set_retry_after(this: &Script, value: &str);
    /// What comes of each chance, from 0 to 1.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_chance(this: &Script, value: f64);
    /// How often faster than it is time goes.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_speed(this: &Script, times: f64);
    /// The waits between two tries, in milliseconds, where every chance comes to 0.37.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn retries(this: &Script) -> Vec<f64>;
    /// The token that the site's tag names.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_token(this: &Script, token: &str);
    /// The records that the server has of whoever that is, as JSON.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_history(this: &Script, records: &str);
    /// Which subject the server was asked about, and with which `Authorization`.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn asked(this: &Script) -> Option<Vec<String>>;
    /// Whether the person just tapped the page.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_tapped(this: &Script, on: bool);
    /// Which notice the guard was built from.
    #[wasm_bindgen(method, js_name = builtFrom)]
    pub(crate) fn built_from(this: &Script, digest: &str);
    /// What the guard was told to take over, as JSON.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn renewed(this: &Script) -> String;
    #[wasm_bindgen(method)]
    pub(crate) fn release(this: &Script);
    /// The person leaves, and what was stored stays: whatever was started here is gone.
    #[wasm_bindgen(method)]
    pub(crate) fn leave(this: &Script);
    /// The browser was killed before it wrote anything but its databases.
    #[wasm_bindgen(method)]
    pub(crate) fn kill(this: &Script);
    /// The browser has no Web Locks.
    #[wasm_bindgen(method)]
    pub(crate) fn unlock(this: &Script);
    /// A page in the browser's cache of pages was given the lock.
    #[wasm_bindgen(method)]
    pub(crate) fn freeze(this: &Script);
    #[wasm_bindgen(method)]
    fn outbox(this: &Script) -> Promise;
    #[wasm_bindgen(method, js_name = records)]
    fn outbox_records(this: &Script) -> Promise;
    #[wasm_bindgen(method, js_name = databases)]
    fn database_names(this: &Script) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn post(this: &Script, at: u32) -> Post;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn count(this: &Script) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn banners(this: &Script) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn decisions(this: &Script) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn sheet(this: &Script) -> Option<Element>;
    /// Takes a method away from local and session storage: it throws, or does nothing.
    #[wasm_bindgen(method)]
    pub(crate) fn spoil(this: &Script, name: &str, throws: bool);
    /// Presses Escape.
    #[wasm_bindgen(method)]
    pub(crate) fn escape(this: &Script);
    #[wasm_bindgen(method)]
    fn close(this: &Script);

    /// The module as the guard calls it.
    pub(crate) type App;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn act(this: &App, hook: &str, control: &Element) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn show(this: &App, view: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn accept(this: &App, ids: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn reject(this: &App) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn withdraw(this: &App, ids: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn permission(this: &App, id: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method)]
    pub(crate) fn receipt(this: &App) -> JsValue;
    #[wasm_bindgen(method)]
    pub(crate) fn removed(this: &App) -> Promise;

    /// A request that reached the server, or would have.
    pub(crate) type Post;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn network(this: &Post) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn method(this: &Post) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn authorization(this: &Post) -> String;
    #[wasm_bindgen(method, getter, js_name = type)]
    pub(crate) fn content_type(this: &Post) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn keepalive(this: &Post) -> bool;
    /// Whether the page gave it up.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn aborted(this: &Post) -> bool;
    /// Whether it was sent once more, without `keepalive`.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn retried(this: &Post) -> bool;
    /// What lay in the outbox when the request was made.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn kept(this: &Post) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn cookie(this: &Post) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn body(this: &Post) -> String;

    fn sleep(ms: f64) -> Promise;
    fn settled(promise: &Promise) -> Promise;

    #[wasm_bindgen(js_name = guardReads)]
    pub(crate) fn guard_reads(guard: &str, cookie: Option<&str>, stored: Option<&str>) -> Reading;

    #[wasm_bindgen(js_name = guardAsks)]
    fn guard_asks_there(guard: &str, cookie: &str) -> Promise;

    /// What a guard read.
    pub(crate) type Reading;

    /// `document.cookie` as the browser took it.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn jar(this: &Reading) -> String;
    /// `zhiqing.state()` as JSON.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn state(this: &Reading) -> String;
}

/// What starts the module in a page, after its files are there.
const LOADER: [&str; 10] = [
    include_str!("../../www/loader/sheets.js"),
    include_str!("../../www/loader/stores.js"),
    include_str!("../../www/loader/erase.js"),
    include_str!("../../www/loader/stored.js"),
    include_str!("../../www/loader/outbox.js"),
    include_str!("../../www/loader/send.js"),
    include_str!("../../www/loader/beside.js"),
    include_str!("../../www/loader/handle.js"),
    include_str!("../../www/loader/tools.js"),
    include_str!("../../www/loader/app.js"),
];

/// A page that is empty at first and forgets everything in the end.
pub(crate) struct Page(Script);

impl Deref for Page {
    type Target = Script;

    fn deref(&self) -> &Script {
        &self.0
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Page {
    /// A page with the files of a built site; `None` for a file that cannot be reached.
    pub(crate) fn with_files(files: &[(&str, Option<&str>)]) -> Self {
        let object = js_sys::Object::new();
        for (name, text) in files {
            let text = text.map_or(JsValue::NULL, JsValue::from);
            Reflect::set(&object, &(*name).into(), &text).expect("a plain object");
        }
        Self(Script::new(&object))
    }

    /// A page of the sample site.
    pub(crate) fn new() -> Self {
        Self::of(&crate::sample::notice())
    }

    /// A page of the site of this notice.
    pub(crate) fn of(notice: &Notice) -> Self {
        Self::with_files(&[
            ("notice.json", Some(&json(notice))),
            (
                "policy/2026.11.json",
                Some(&json(&crate::sample::document())),
            ),
        ])
    }

    /// The module, started here.
    pub(crate) async fn start(&self) -> App {
        self.try_start().await.expect("it starts")
    }

    /// The same, where it may fail.
    pub(crate) async fn try_start(&self) -> Result<App, JsValue> {
        let make = |host: Host, notice: String| zhiqing::App::new(host, &notice).map(JsValue::from);
        let make = Closure::<dyn Fn(Host, String) -> Result<JsValue, JsValue>>::new(make);
        let started = self.begin(&LOADER.concat(), &make.into_js_value());
        Ok(JsFuture::from(started).await?.unchecked_into())
    }

    /// Uses a control of the sheet in view, as a tap does by way of the guard.
    #[track_caller]
    pub(crate) fn press(&self, app: &App, hook: &str) {
        let control = self.find(&format!("[data-zq='{hook}']"));
        let _ = app.act(hook, &control).expect("it acts");
    }

    /// Taps a switch or a box of the preferences.
    #[track_caller]
    pub(crate) fn tap(&self, attribute: &str, value: &str) {
        self.input(attribute, value).click();
    }

    /// The switch or the box.
    #[track_caller]
    pub(crate) fn input(&self, attribute: &str, value: &str) -> HtmlInputElement {
        let input = self.find(&format!("input[{attribute}='{value}']"));
        input.dyn_into().expect("an input")
    }

    /// Which sheet is in view: the second word of its class.
    pub(crate) fn view(&self) -> Option<String> {
        let classes = self.sheet()?.class_name();
        Some(classes.split(' ').nth(1)?.to_owned())
    }

    #[track_caller]
    pub(crate) fn find(&self, selector: &str) -> Element {
        let sheet = self.sheet().expect("a sheet");
        let found = sheet.query_selector(selector).expect("a selector");
        found.unwrap_or_else(|| panic!("no {selector} in {}", sheet.outer_html()))
    }

    /// Waits until the server has seen so many requests, and the module their answers.
    pub(crate) async fn posts(&self, count: u32) {
        for _ in 0..400 {
            wait(5).await;
            if self.count() >= count {
                break;
            }
        }
        wait(60).await;
        assert_eq!(self.count(), count, "requests");
    }

    /// Waits until the server has seen so many requests or more, or for some seconds.
    pub(crate) async fn posts_at_least(&self, count: u32) {
        for _ in 0..200 {
            if self.count() >= count {
                return;
            }
            wait(25).await;
        }
        panic!("{} requests of {count}", self.count());
    }

    /// The record in a request.
    pub(crate) fn record(&self, at: u32) -> Record {
        let value = JSON::parse(&self.post(at).body()).expect("JSON");
        serde_wasm_bindgen::from_value(value).expect("a record")
    }

    /// What lies in the sample site's outbox: a line `id status place` for each record, oldest first. The place
    /// is `local`, `database`, or both.
    pub(crate) async fn lying(&self) -> Vec<String> {
        let lines = JsFuture::from(self.outbox()).await.expect("no error");
        let lines = lines.as_string().expect("lines");
        lines.lines().map(str::to_owned).collect()
    }

    /// The records in the sample site's outbox, each as JSON, oldest first.
    pub(crate) async fn records(&self) -> Vec<String> {
        let lines = JsFuture::from(self.outbox_records()).await;
        let lines = lines.expect("no error").as_string().expect("lines");
        lines.lines().map(str::to_owned).collect()
    }

    /// The names of all databases, with a space between them.
    pub(crate) async fn databases(&self) -> String {
        let names = JsFuture::from(self.database_names()).await;
        names.expect("no error").as_string().expect("names")
    }

    /// The decision in the cookie `zq`.
    pub(crate) fn jar(&self) -> Option<Decision> {
        cookie::decode(
            &crate::sample::notice(),
            cookie::named(&cookies(), cookie::NAME).next()?,
        )
    }
}

/// Whether a guard shows the banner where this is in the cookie `zq`.
pub(crate) async fn guard_asks(guard: &str, cookie: &str) -> bool {
    let asks = JsFuture::from(guard_asks_there(guard, cookie)).await;
    asks.expect("no error").is_truthy()
}

pub(crate) fn document() -> web_sys::HtmlDocument {
    let document = web_sys::window().and_then(|window| window.document());
    document.expect("a document").unchecked_into()
}

pub(crate) fn cookies() -> String {
    document().cookie().expect("cookies")
}

pub(crate) fn local() -> web_sys::Storage {
    let window = web_sys::window().expect("a window");
    window.local_storage().expect("storage").expect("storage")
}

/// The keys in local storage, sorted, with a space between them.
pub(crate) fn keys() -> String {
    let keys = js_sys::Object::keys(&local());
    let mut keys: Vec<_> = keys.iter().filter_map(|key| key.as_string()).collect();
    keys.sort();
    keys.join(" ")
}

pub(crate) fn session() -> web_sys::Storage {
    let window = web_sys::window().expect("a window");
    window.session_storage().expect("storage").expect("storage")
}

pub(crate) async fn wait(ms: u32) {
    JsFuture::from(sleep(ms.into())).await.expect("a timer");
}

/// What a promise came to; "pending" while it waits.
pub(crate) async fn answer(promise: &Promise) -> String {
    let answer = JsFuture::from(settled(promise)).await.expect("no error");
    answer.as_string().unwrap_or_default()
}

/// The `code` of an error; panics unless it is a real one that says something.
#[track_caller]
pub(crate) fn code(error: &JsValue) -> String {
    let error = error.dyn_ref::<js_sys::Error>().expect("an Error");
    assert!(!String::from(error.message()).is_empty());
    let code = Reflect::get(error, &"code".into()).expect("an object");
    code.as_string().expect("a code")
}

/// The error of a call that must not succeed.
#[track_caller]
pub(crate) fn refused<T>(result: Result<T, JsValue>) -> String {
    match result {
        Ok(_) => panic!("it should have failed"),
        Err(error) => code(&error),
    }
}

pub(crate) fn ids(ids: &[&str]) -> JsValue {
    plain(&ids)
}

/// JSON's view of a value.
pub(crate) fn plain<T: Serialize + ?Sized>(value: &T) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).expect("plain data")
}

/// A value as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> String {
    text(&plain(value))
}

/// A JavaScript value as JSON.
pub(crate) fn text(value: &JsValue) -> String {
    JSON::stringify(value).expect("plain data").into()
}
