//! The module that runs in the page: thin bindings around pure crates.
//!
//! The straight line: the guard (`www/guard/`) starts the module with a [`Host`], which
//! lends it [`notice`], what is asked; [`app`] takes the calls, [`session`] turns acts into decisions by the
//! rules of `zhiqing-consent`, [`stack`] knows which sheets are open, [`views`] renders them by `zhiqing-view`, [`answers`] reads
//! their controls, [`stored`] lists what the browser keeps; [`beside`] keeps the banner out of
//! the way, [`handle`] leads back to it wherever the page [`changes`], [`placeholders`] ask where
//! something is held back; [`kept`] keeps the decision in the
//! cookie `zq` and in local storage; [`erase`] deletes what is [`forbidden`] from the
//! [`stores`], [`cookies`] among them, and looks again; [`signals`] tells a decision to the tools
//! themselves; [`report`] sends the record and keeps the receipt. Where the browser refuses, the module falls back and
//! says what is lost; it never throws into the page.

mod answers;
mod app;
mod beside;
mod browser;
mod changes;
mod cookies;
mod erase;
mod error;
mod fetch;
mod forbidden;
mod handle;
mod host;
mod kept;
mod listener;
mod notice;
mod placeholders;
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

use wasm_bindgen::prelude::*;

/// Starts the module: fetches the notice, takes up what was kept, sends what was not sent yet.
///
/// # Errors
/// A JavaScript `Error` with a stable `code`: `notice` where it cannot be fetched or read.
#[wasm_bindgen]
pub async fn start(host: Host) -> Result<App, JsValue> {
    Ok(App::start(host).await?)
}
