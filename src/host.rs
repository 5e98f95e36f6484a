//! What the loader lends the module. Nothing of it throws.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The page's side: guard and loader.
    pub type Host;

    /// Shows a sheet in place of whichever was there, with the person at this place in it; takes it away
    /// where the markup is empty.
    #[wasm_bindgen(method)]
    pub fn sheet(this: &Host, html: &str, place: &JsValue);

    /// Where the person is in the sheet in view.
    #[wasm_bindgen(method)]
    pub fn place(this: &Host) -> JsValue;

    /// Whether a sheet that asks is in view.
    #[wasm_bindgen(method)]
    pub fn asking(this: &Host, on: bool);

    /// Enforces a decision (the value of the cookie `zq`): takes the banner away if nothing is left
    /// to ask, releases what is granted, tells the page.
    #[wasm_bindgen(method)]
    pub fn apply(this: &Host, decision: &str);

    /// A decision is kept and applied: what it does not allow is to be erased, and its record sent.
    #[wasm_bindgen(method)]
    pub fn decided(this: &Host);

    /// Puts a record, as JSON, into the outbox, with the bearer token of its subject: `status` is 0 where it
    /// is to be sent, or else with what the server returned it. It lies there when this is done.
    #[wasm_bindgen(method)]
    pub fn land(this: &Host, bearer: &str, record: &str, status: u32);

    /// What lies in the outbox: 1 where a record waits to be sent, and 2 more where one is kept that the
    /// server returned.
    #[wasm_bindgen(method)]
    pub fn outbox(this: &Host) -> u32;

    /// The decision that cookies and storage hold, the latest if they differ.
    #[wasm_bindgen(method)]
    pub fn kept(this: &Host) -> Option<String>;

    /// For how long the notice has been in view, in milliseconds.
    #[wasm_bindgen(method, js_name = shownMs)]
    pub fn shown_ms(this: &Host) -> f64;

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

/// Answers a promise of the page's.
pub(crate) fn answer(waiting: &Function, words: &str) {
    // The function of a promise does not throw.
    let _ = waiting.call1(&JsValue::UNDEFINED, &words.into());
}
