//! The module that runs in the page: what a decision is, what a person is shown, and what is reported.
//!
//! The straight line: the guard (`www/guard/`) starts the loader (`www/loader/`), which does what only a
//! browser does: it fetches, listens, puts sheets into the page, deletes and sends. It asks the [`App`]
//! here, which decides and answers at once: [`notice`] is what is asked, [`app`] turns acts into decisions
//! by the rules of `zhiqing-consent`, [`answers`] reads the sheets' controls, [`stack`] knows which sheets
//! are open and [`views`] what they show, by `zhiqing-view`; [`kept`] keeps the decision in the cookie `zq`
//! and in local storage, [`report`] makes records and takes receipts, [`recall`] takes up what the server
//! knows; [`erase`] judges what may lie in the browser's stores and tells what went, [`stored`] lists it,
//! and placeholders say what is [`held`] back. Where the browser refuses, what is lost is said; nothing is
//! thrown into the page.

mod answers;
mod app;
mod browser;
mod document;
mod erase;
mod error;
mod held;
mod host;
mod json;
mod kept;
mod notice;
mod read;
mod recall;
mod report;
mod snapshot;
mod stack;
mod stored;
mod views;

/// The module runs in one thread, and gives no memory back.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

pub use app::App;
pub use host::Host;

/// What the module reads of the built files. For its tests.
#[doc(hidden)]
pub mod reading {
    use crate::json::Value;
    use crate::{document, notice};
    use zhiqing_consent::Notice;
    use zhiqing_policy::Document;

    /// The text of `notice.json`.
    ///
    /// # Errors
    /// The place of what is wrong, and what it should be.
    pub fn read_notice(text: &str) -> Result<Notice, String> {
        notice::read_notice(&Value::parse(text)?)
    }

    /// The text of `policy/<version>.json`.
    ///
    /// # Errors
    /// The place of what is wrong, and what it should be.
    pub fn read_document(text: &str) -> Result<Document, String> {
        document::read_document(&Value::parse(text)?)
    }
}
