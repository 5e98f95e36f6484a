//! What the guard lends the module.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    /// The guard's side: it owns the shadow root, the gate and the events.
    pub type Host;

    /// Address of the built files, ending in `/`.
    #[wasm_bindgen(method, getter)]
    pub fn base(this: &Host) -> String;

    /// `notice.json`, which the guard fetches beside the module: a promise of its text.
    #[wasm_bindgen(method, getter)]
    pub fn notice(this: &Host) -> Promise;

    /// The open shadow root of `<zhiqing-notice>`, put into the page if it was not.
    #[wasm_bindgen(method)]
    pub fn mount(this: &Host) -> ShadowRoot;

    /// Adds a style sheet to the shadow root.
    #[wasm_bindgen(method)]
    pub fn style(this: &Host, css: &str);

    /// Sets an element's content, through the Trusted Types policy `zhiqing`.
    #[wasm_bindgen(method, js_name = setHtml)]
    pub fn set_html(this: &Host, element: &Element, html: &str);

    /// Shows the banner.
    #[wasm_bindgen(method)]
    pub fn banner(this: &Host);

    /// Enforces a decision (the value of the cookie `zq`): takes the banner away if nothing is left
    /// to ask, releases what is granted, tells the page.
    #[wasm_bindgen(method)]
    pub fn apply(this: &Host, decision: &str);

    /// The decision that cookies and storage hold, the latest if they differ.
    #[wasm_bindgen(method)]
    pub fn kept(this: &Host) -> Option<String>;

    /// Writes a cookie past the gate.
    #[wasm_bindgen(method, js_name = writeCookie)]
    pub fn write_cookie(this: &Host, cookie: &str);

    /// For how long the notice has been in view, in milliseconds.
    #[wasm_bindgen(method, js_name = shownMs)]
    pub fn shown_ms(this: &Host) -> f64;

    /// Whether a sheet that asks is in view.
    #[wasm_bindgen(method)]
    pub fn asking(this: &Host, on: bool);

    /// Whether the person just tapped the page itself: a tap of theirs stands behind what it asks.
    #[wasm_bindgen(method, js_name = personActs)]
    pub fn person_acts(this: &Host) -> bool;

    /// `wechat` or `alipay`, once the platform's own script has said that this is its mini program's
    /// web-view.
    #[wasm_bindgen(method, js_name = miniProgram)]
    pub fn mini_program(this: &Host) -> Option<String>;

    /// The bearer token that the page's tag names, where a site knows who is there.
    #[wasm_bindgen(method)]
    pub fn token(this: &Host) -> Option<String>;

    /// Tells the page's listeners of an event of ours, and dispatches `zhiqing:NAME`.
    #[wasm_bindgen(method)]
    pub fn emit(this: &Host, name: &str, detail: &JsValue);

    /// What `zhiqing.state()` gives.
    #[wasm_bindgen(method)]
    pub fn state(this: &Host) -> JsValue;

    /// Digest of the notice that the guard was built from, as `Notice::short_digest` gives it.
    #[wasm_bindgen(method, getter)]
    pub fn digest(this: &Host) -> String;

    /// The guard is older than the notice: what it goes by from now on. The digest as
    /// `Notice::short_digest` gives it, the policy's version, `[id, kind]` of each purpose (see
    /// `Purpose::kind_for_guard`), the banner's markup, and earlier versions on which a decision stands.
    #[wasm_bindgen(method)]
    pub fn renew(
        this: &Host,
        digest: &str,
        version: &str,
        purposes: &JsValue,
        banner: &str,
        standing: &JsValue,
    );
}
