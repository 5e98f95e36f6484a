//! Headers around a good record.

use super::one;
use crate::attack::Attack;
use crate::house::House;
use crate::wire::{Request, submit};
use fastrand::Rng;

fn good(house: &House, rng: &mut Rng) -> Request {
    let (person, record) = house.submission(rng);
    submit(&person, record.to_string())
}

pub(super) fn content_type(house: &House, rng: &mut Rng) -> Attack {
    const TYPES: [&str; 11] = [
        "text/plain;charset=UTF-8",
        "text/html",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=gb18030",
        "application/json, text/plain",
        "application/jsonp",
        "application/problem+json",
        "application/octet-stream",
        "json",
    ];
    let request = good(house, rng);
    let other = one(rng, &TYPES);
    let request = match rng.u8(..5) {
        0 => request,
        _ => request.without("Content-Type"),
    };
    Attack::refused(&request.header("Content-Type", other), &[415])
}

/// A coding that was applied, and one that is only said to be.
pub(super) fn compressed(house: &House, rng: &mut Rng) -> Attack {
    let coding = one(
        rng,
        &["gzip", "deflate", "br", "zstd", "identity, gzip", "x"],
    );
    let mut request = good(house, rng);
    if rng.bool() {
        // A gzip member without an end: the reader who inflates it waits for more.
        let member = [b"\x1f\x8b\x08\0\0\0\0\0\0\xff".as_slice(), &[0x55; 400]].concat();
        request = request.without("Content-Length").body(member);
    }
    Attack::refused(&request.header("Content-Encoding", coding), &[415])
}

/// Lines that are none, folded ones, bare line ends, names with what no name has.
pub(super) fn injected(house: &House, rng: &mut Rng) -> Attack {
    const LINES: [&[u8]; 10] = [
        b"X-A: a\rSet-Cookie: zq=1",
        b"X-A: a\0b",
        b"X-A: a\r\n folded",
        b"X-A: a\r\n\tfolded",
        b"X-A : a",
        b" X-A: a",
        b"X A: a",
        b"X\xe4A: a",
        b": a",
        b"no colon",
    ];
    let bytes = good(house, rng).bytes();
    let line = one(rng, &LINES);
    let end = bytes
        .windows(2)
        .position(|two| two == b"\r\n")
        .expect("a line")
        + 2;
    let bytes = [&bytes[..end], line, b"\r\n", &bytes[end..]].concat();
    Attack::raw(bytes, &[400])
}

pub(super) fn huge(house: &House, rng: &mut Rng) -> Attack {
    let mut request = good(house, rng);
    match rng.u8(..4) {
        0 => request = request.header("X-A", "a".repeat(rng.usize(500_000..900_000))),
        1 => {
            for number in 0..rng.usize(101..3000) {
                request = request.header(&format!("X-{number}"), "a");
            }
        }
        2 => request.target = format!("/v1/consents?{}", "a".repeat(rng.usize(66_000..300_000))),
        _ => {
            let long = format!("Bearer {}", "A".repeat(500_000));
            request = request
                .without("Authorization")
                .header("Authorization", long);
        }
    }
    // It may close before all is written, and that may reset the answer.
    Attack::dropped(request.bytes(), &[414, 431])
}

pub(super) fn foreign_origin(house: &House, rng: &mut Rng) -> Attack {
    const ORIGINS: [&str; 14] = [
        "null",
        "",
        "https://evil.example",
        "http://demo.example.evil.example",
        "https://demo.example.evil.example",
        "https://evildemo.example",
        "https://demo.example:8443",
        "https://demo.example@evil.example",
        "https://demo.example/",
        "https://demo.example https://evil.example",
        "file://",
        "http://localhost:3000",
        "chrome-extension://abcdefgh",
        "*",
    ];
    let request = good(house, rng);
    let origin = one(rng, &ORIGINS);
    let request = match rng.u8(..4) {
        0 => request.header("Origin", "https://demo.example"),
        _ => request,
    };
    let request = request.header("Origin", origin);
    let request = match rng.bool() {
        true => request.header("Sec-Fetch-Site", one(rng, &["same-origin", "none", "x"])),
        false => request,
    };
    Attack::refused(&request, &[403])
}

/// A request for two hosts, or for none.
pub(super) fn hosts(house: &House, rng: &mut Rng) -> Attack {
    let request = good(house, rng);
    let request = match rng.u8(..4) {
        0 => request.without("Host"),
        1 => request.header("Host", "demo.example"),
        2 => request.header("Host", "evil.example"),
        _ => request.header("host", ""),
    };
    Attack::refused(&request, &[400])
}
