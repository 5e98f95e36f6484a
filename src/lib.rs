//! The module that runs in the page: thin bindings around pure crates.
//!
//! The straight line: the guard (`www/guard/`) starts the module with a [`Host`], which
//! lends it [`notice`], what is asked; [`app`] takes the calls, [`session`] turns acts into decisions by the
//! rules of `zhiqing-consent`, [`stack`] knows which sheets are open, [`views`] renders them by `zhiqing-view`, [`answers`] reads
//! their controls, [`stored`] lists what the browser keeps; [`beside`] keeps the banner out of
//! the way, [`handle`] leads back to it wherever the page [`changes`], placeholders say what is [`held`] back; [`kept`] keeps the decision in the
//! cookie `zq` and in local storage; [`erase`] deletes what is [`forbidden`] from the
//! [`stores`], [`cookies`] among them, and looks again; [`signals`] tells a decision to the tools
//! themselves; [`report`] sends the record and keeps the receipt, [`recall`] asks the server what was
//! decided where the browser forgot. Where the browser refuses, the module falls back and
//! says what is lost; it never throws into the page.

mod answers;
mod app;
mod beside;
mod browser;
mod changes;
mod cookies;
mod document;
mod erase;
mod error;
mod fetch;
mod forbidden;
mod handle;
mod held;
mod host;
mod json;
mod kept;
mod listener;
mod notice;
mod read;
mod recall;
mod receipt_file;
mod report;
mod session;
mod sheets;
mod signals;
mod snapshot;
mod stack;
mod stored;
mod stores;
mod task;
mod views;

pub use app::App;
pub use host::Host;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// Starts the module: fetches the notice, takes up what was kept, sends what was not sent yet.
///
/// # Errors
/// A JavaScript `Error` with a stable `code`: `notice` where it cannot be fetched or read.
pub async fn start(host: Host) -> Result<App, JsValue> {
    Ok(App::start(host).await?)
}

/// What the module reads of the built files. For its tests.
#[doc(hidden)]
pub mod reading {
    use crate::json::Value;
    use crate::task::Work;
    use crate::{document, notice};
    use zhiqing_consent::Notice;
    use zhiqing_policy::Document;

    /// The text of `notice.json`.
    ///
    /// # Errors
    /// The place of what is wrong, and what it should be.
    pub async fn read_notice(text: &str) -> Result<Notice, String> {
        notice::read_notice(&Value::parse(text)?, &mut Work::begin()).await
    }

    /// The text of `policy/<version>.json`.
    ///
    /// # Errors
    /// The place of what is wrong, and what it should be.
    pub fn read_document(text: &str) -> Result<Document, String> {
        document::read_document(&Value::parse(text)?)
    }
}

/// [`start`] for JavaScript: a promise of the [`App`].
#[wasm_bindgen(js_name = start)]
pub fn promise_start(host: Host) -> Promise {
    task::promise(async move { Ok(start(host).await?.into()) })
}
