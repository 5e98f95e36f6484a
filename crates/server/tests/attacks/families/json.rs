//! Bodies that are JSON in part, or in name.

use super::{leaf, noise, one};
use crate::attack::Attack;
use crate::house::House;
use crate::wire::submit;
use fastrand::Rng;
use serde_json::Value;
use zhiqing_consent::Secret;

/// The text of a good record.
fn text(house: &House, rng: &mut Rng) -> (Secret, String) {
    let (person, record) = house.submission(rng);
    (person, record.to_string())
}

/// A good record, in which the words at a leaf are MARK.
fn marked(house: &House, rng: &mut Rng) -> (Secret, String) {
    let (person, mut record) = house.submission(rng);
    loop {
        let at = leaf(rng, &record);
        // Which site and subject it is decides who may speak, and is answered before the rest.
        if at != "/site" && at != "/subject" {
            *record.pointer_mut(&at).expect("a leaf") = "MARK".into();
            return (person, record.to_string());
        }
    }
}

pub(super) fn duplicate_key(house: &House, rng: &mut Rng) -> Attack {
    let (person, text) = text(house, rng);
    const KEYS: [&str; 12] = [
        "id", "site", "subject", "sequence", "previous", "event", "choices", "gpc", "state",
        "etag", "shown_ms", "version",
    ];
    let key = format!("\"{}\":", one(rng, &KEYS));
    // Twice the same is as bad as two that differ: readers take the first or the last.
    let at = text.find(&key).expect("a key") + key.len();
    let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
    let own = values.next().expect("a value").expect("JSON");
    let other = match rng.bool() {
        true => own,
        false => Value::Null,
    };
    let key = match rng.bool() {
        true => key,
        // The same key by another spelling.
        false => format!("\"\\u{:04x}{}", key.as_bytes()[1], &key[2..]),
    };
    let at = at - key.len().min(at);
    let at = text[..=at + 1].rfind(['{', ',']).expect("an object") + 1;
    let body = format!("{}{key}{other},{}", &text[..at], &text[at..]);
    Attack::refused(&submit(&person, body), &[422])
}

/// What other readers take for numbers.
pub(super) fn no_number(house: &House, rng: &mut Rng) -> Attack {
    const NUMBERS: [&str; 14] = [
        "NaN",
        "-NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "-1e999",
        "0x10",
        "01",
        "+1",
        ".5",
        "1.",
        "1_000",
        "1n",
        "１",
    ];
    let (person, text) = marked(house, rng);
    let body = text.replace("\"MARK\"", one(rng, &NUMBERS));
    Attack::refused(&submit(&person, body), &[422])
}

/// A hundred thousand levels, which end a reader that calls itself for each.
pub(super) fn deep(house: &House, rng: &mut Rng) -> Attack {
    const LEVELS: usize = 100_000;
    let (person, text) = marked(house, rng);
    let (open, close) = one(rng, &[("[", "]"), ("{\"a\":", "}")]);
    let levels = LEVELS / open.len();
    let inner = open.repeat(levels) + "1" + &close.repeat(one(rng, &[0, levels]));
    let body = match rng.u8(..3) {
        0 => inner,
        1 => text.replace("\"MARK\"", &inner),
        _ => format!("{{\"extra\":{inner},{}", &text[1..]),
    };
    Attack::refused(&submit(&person, body), &[422])
}

fn with_bytes(house: &House, rng: &mut Rng, bytes: &[u8]) -> Attack {
    let (person, text) = marked(house, rng);
    let (before, after) = text.split_once("MARK").expect("a mark");
    let body = [before.as_bytes(), bytes, after.as_bytes()].concat();
    Attack::refused(&submit(&person, body), &[422])
}

pub(super) fn no_utf8(house: &House, rng: &mut Rng) -> Attack {
    const BYTES: [&[u8]; 8] = [
        b"\xff",
        b"\xc3",
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\x80",
        // 知情 in GB 18030.
        b"\xd6\xaa\xc7\xe9",
    ];
    let bytes = one(rng, &BYTES);
    with_bytes(house, rng, bytes)
}

pub(super) fn lone_surrogate(house: &House, rng: &mut Rng) -> Attack {
    const TEXTS: [&str; 6] = [
        "\\ud800",
        "\\udc00",
        "\\ud800\\ud800",
        "\\udc00\\ud800",
        "\\ud83dx",
        "\\uD83D\\u0041",
    ];
    let text = one(rng, &TEXTS);
    with_bytes(house, rng, text.as_bytes())
}

pub(super) fn nul(house: &House, rng: &mut Rng) -> Attack {
    let (person, text) = text(house, rng);
    let body = match rng.u8(..4) {
        0 => return with_bytes(house, rng, b"\0"),
        1 => return with_bytes(house, rng, b"\\u0000"),
        2 => format!("{text}\0"),
        _ => format!("\0{text}"),
    };
    Attack::refused(&submit(&person, body), &[422])
}

/// A byte order mark, and the encodings that RFC 8259 left behind.
pub(super) fn another_encoding(house: &House, rng: &mut Rng) -> Attack {
    let (person, text) = text(house, rng);
    let units = || text.encode_utf16();
    let body: Vec<u8> = match rng.u8(..5) {
        0 => format!("\u{feff}{text}").into_bytes(),
        1 => units().flat_map(u16::to_le_bytes).collect(),
        2 => units().flat_map(u16::to_be_bytes).collect(),
        3 => [
            b"\xff\xfe".to_vec(),
            units().flat_map(u16::to_le_bytes).collect(),
        ]
        .concat(),
        _ => text
            .chars()
            .flat_map(|c| (c as u32).to_le_bytes())
            .collect(),
    };
    Attack::refused(&submit(&person, body), &[422])
}

/// Dialects of JSON, and what is none.
pub(super) fn no_json(house: &House, rng: &mut Rng) -> Attack {
    let (person, text) = text(house, rng);
    let (_, other) = self::text(house, rng);
    let body = match rng.u8(..14) {
        0 => String::new(),
        1 => text.replace('"', "'"),
        2 => text.replace("null", "undefined"),
        3 => text.replace("true", "True").replace("false", "False"),
        4 => format!("{text}{other}"),
        5 => format!("{text}\n{other}"),
        6 => text.replace('}', ",}"),
        7 => format!("{text}// comment"),
        8 => format!("/* comment */{text}"),
        9 => text[..rng.usize(1..text.len())].to_owned(),
        10 => format!("callback({text})"),
        11 => format!("record={text}"),
        12 => Value::from(text).to_string(),
        _ => format!("{text}]"),
    };
    Attack::refused(&submit(&person, body), &[422])
}

/// Bytes of the body replaced at random, such that it is no JSON any more, or no record.
pub(super) fn flipped(house: &House, rng: &mut Rng) -> Attack {
    let (person, text) = text(house, rng);
    let mut body = text.into_bytes();
    for _ in 0..rng.usize(1..20) {
        let at = rng.usize(..body.len());
        // No byte of the record's own.
        body[at] = rng.u8(0x80..);
    }
    body.extend(noise(rng, 50).into_iter().map(|byte| byte | 0x80));
    Attack::refused(&submit(&person, body), &[422, 401])
}
