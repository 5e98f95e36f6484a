//! The module's edge in a real browser: what it keeps, sends, shows and erases there.
//!
//! Every test has a page of its own, which lends the module what the guard would, answers for the
//! server, and forgets everything in the end. The runner takes them one after the other.
#![cfg(target_arch = "wasm32")]

#[path = "edge/browser.rs"]
mod browser;
#[path = "edge/deciding.rs"]
mod deciding;
#[path = "edge/erasing.rs"]
mod erasing;
#[path = "edge/gate.rs"]
mod gate;
#[path = "edge/guard.rs"]
mod guard;
#[path = "edge/keeping.rs"]
mod keeping;
#[path = "edge/outbox.rs"]
mod outbox;
#[path = "edge/page.rs"]
mod page;
#[path = "edge/permission.rs"]
mod permission;
#[path = "edge/reading.rs"]
mod reading;
#[path = "edge/recalling.rs"]
mod recalling;
#[path = "edge/retrying.rs"]
mod retrying;
#[path = "edge/returning.rs"]
mod returning;
#[path = "edge/sample.rs"]
mod sample;
#[path = "edge/sending.rs"]
mod sending;
#[path = "edge/sheets.rs"]
mod sheets;
#[path = "edge/starting.rs"]
mod starting;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
