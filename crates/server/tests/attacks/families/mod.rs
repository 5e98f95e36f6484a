//! The kinds of attack, each a name and a way to draw one.

mod addresses;
mod framing;
mod headers;
mod identity;
mod json;
mod list;
mod record;

use crate::attack::Attack;
use crate::house::House;
use fastrand::Rng;
use serde_json::Value;

/// A kind of attack.
pub(crate) type Family = (&'static str, fn(&House, &mut Rng) -> Attack);

/// All of them.
pub(crate) const FAMILIES: &[Family] = &[
    ("foreign subject", identity::foreign_subject),
    ("another's token", identity::anothers_token),
    ("token of another site", identity::token_of_another_site),
    ("bad token", identity::bad_token),
    ("two tokens", identity::two_tokens),
    ("stolen id", identity::stolen_id),
    ("replay", identity::replay),
    ("same id, other content", identity::other_content),
    ("replay to another site", identity::replay_to_another_site),
    (
        "replay under another subject",
        identity::replay_under_another_subject,
    ),
    ("another's history", identity::anothers_history),
    (
        "replay with garbage cookies",
        identity::replay_with_garbage_cookies,
    ),
    ("wrong site", record::wrong_site),
    ("changed notice", record::changed_notice),
    ("changed policy", record::changed_policy),
    ("future", record::future),
    ("impossible moment", record::impossible_moment),
    ("no UUIDv7", record::no_uuid),
    ("number out of bounds", record::number),
    ("previous", record::previous),
    ("choices", record::choices),
    ("consent without its step or guardian", record::without_step),
    ("technologies", record::technologies),
    ("event against choices", record::event),
    ("unknown field", record::unknown_field),
    ("missing field", record::missing_field),
    ("wrong type", record::wrong_type),
    ("another shape", record::another_shape),
    ("wrong word", record::wrong_word),
    ("text out of bounds", record::text),
    ("too many records", list::too_many),
    ("one bad among good", list::one_bad),
    ("mixed subjects or sites", list::mixed),
    ("an id twice", list::id_twice),
    ("huge array", list::huge_array),
    ("duplicate key", json::duplicate_key),
    ("no number", json::no_number),
    ("deep nesting", json::deep),
    ("no UTF-8", json::no_utf8),
    ("lone surrogate", json::lone_surrogate),
    ("NUL", json::nul),
    ("another encoding", json::another_encoding),
    ("no JSON", json::no_json),
    ("random bytes changed", json::flipped),
    ("wrong content type", headers::content_type),
    ("compressed", headers::compressed),
    ("header injection", headers::injected),
    ("huge headers", headers::huge),
    ("foreign origin", headers::foreign_origin),
    ("hosts", headers::hosts),
    ("huge body", framing::huge_body),
    ("huge body in chunks", framing::huge_chunks),
    ("wrong chunks", framing::wrong_chunks),
    ("truncated body", framing::truncated),
    ("two framings", framing::two_framings),
    ("two lengths", framing::two_lengths),
    ("wrong transfer coding", framing::wrong_coding),
    ("no HTTP", framing::no_http),
    ("path traversal", addresses::traversal),
    ("method", addresses::method),
    ("form of another site", addresses::foreign_form),
    ("malformed form", addresses::malformed_form),
];

/// One of these.
fn pick<'a, T>(rng: &mut Rng, of: &'a [T]) -> &'a T {
    &of[rng.usize(..of.len())]
}

/// One of these, which are small.
fn one<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    *pick(rng, of)
}

/// The path of every value in a record that is neither object nor list, or of every object, as
/// pointers (RFC 6901).
fn pointers(value: &Value, at: &str, leaves: bool, out: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(k, v)| (format!("{at}/{k}"), v)).collect(),
        Value::Array(list) => {
            let numbered = list.iter().enumerate();
            numbered.map(|(n, v)| (format!("{at}/{n}"), v)).collect()
        }
        _ if leaves => return out.push(at.to_owned()),
        _ => return,
    };
    if !leaves && value.is_object() {
        out.push(at.to_owned());
    }
    for (at, value) in inner {
        pointers(value, &at, leaves, out);
    }
}

/// A leaf of a record.
fn leaf(rng: &mut Rng, record: &Value) -> String {
    let mut all = Vec::new();
    pointers(record, "", true, &mut all);
    pick(rng, &all).clone()
}

/// An object of a record, itself among them.
fn object(rng: &mut Rng, record: &Value) -> String {
    let mut all = Vec::new();
    pointers(record, "", false, &mut all);
    pick(rng, &all).clone()
}

/// Up to `most` bytes.
fn noise(rng: &mut Rng, most: usize) -> Vec<u8> {
    let length = rng.usize(..=most);
    std::iter::repeat_with(|| rng.u8(..)).take(length).collect()
}
