//! What a test does to the browser, or hears of it, whatever page is open: see `browser.js`.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/edge/browser.js")]
extern "C" {
    /// Sets a property of `navigator` until the page is closed.
    pub(crate) fn pretend(name: &str, value: &JsValue);
    /// Opens a database, which stays open.
    pub(crate) fn database(name: &str) -> Promise;
    /// The names of databases and caches.
    pub(crate) fn stored() -> Promise;
    /// Makes the browser's databases `absent`, `denied`, `hung` or `full`; the function that puts them back.
    pub(crate) fn broken(how: &str) -> js_sys::Function;
    /// Takes a function away from an object of the window; the function that puts it back.
    pub(crate) fn without(object: &str, name: &str) -> js_sys::Function;
    /// Dispatches an event to the window.
    pub(crate) fn dispatch(name: &str, persisted: Option<bool>);
    /// Makes of the language what old libraries make of it; the function that puts it back.
    pub(crate) fn old() -> js_sys::Function;
    /// A page whose focus and cookies throw; the function that ends it.
    pub(crate) fn spiteful() -> js_sys::Function;
    /// What `www/loader/stores.js` writes to expire a cookie that stays, on a page of this host and path: a
    /// promise of a line for each write.
    pub(crate) fn expiring(
        stores: &str,
        host: &str,
        path: &str,
        secure: bool,
        framed: bool,
        name: &str,
    ) -> Promise;
    /// The person goes to another tab.
    pub(crate) fn hide();
    /// What every `zhiqing:removed` says from now on.
    pub(crate) fn heard() -> js_sys::Array;
}
