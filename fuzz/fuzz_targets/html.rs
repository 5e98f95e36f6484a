//! Any HTML is a document whose places, ids, ranges and tables are right.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhiqing_policy::{decode, parse};

#[path = "../../crates/policy/tests/invariants/mod.rs"]
#[expect(dead_code, reason = "of plain text more holds than of HTML")]
mod invariants;

fuzz_target!(|bytes: &[u8]| {
    let mut page = b"<!doctype html><html><body>".to_vec();
    page.extend_from_slice(bytes);
    if let Ok(text) = decode(&page) {
        invariants::of_any(text.split(['\n', '\r']).count(), &parse(&text));
    }
});
