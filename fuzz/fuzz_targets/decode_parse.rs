//! Any bytes are refused in one sentence, or are a document in which nothing is lost.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhiqing_policy::{decode, parse};

#[path = "../../crates/policy/tests/invariants/mod.rs"]
mod invariants;

fuzz_target!(|bytes: &[u8]| {
    match decode(bytes) {
        // What may be read as HTML has other lines and characters.
        Ok(text) if text.contains('<') => {
            invariants::of_any(text.split(['\n', '\r']).count(), &parse(&text));
        }
        Ok(text) => invariants::of_text(&text, &parse(&text)),
        Err(error) => assert!(!error.to_string().contains('\n')),
    }
});
