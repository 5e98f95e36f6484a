//! Where a request ends, and the next begins.

use super::{noise, one};
use crate::attack::Attack;
use crate::house::House;
use crate::wire::{Request, submit};
use fastrand::Rng;

fn good(house: &House, rng: &mut Rng) -> Request {
    let (person, record) = house.submission(rng);
    submit(&person, record.to_string())
}

/// Without a length; what follows the head is told by the caller.
fn unframed(house: &House, rng: &mut Rng) -> Request {
    good(house, rng).without("Content-Length")
}

/// A head, and what is said to be its body.
fn with(request: &Request, body: impl AsRef<[u8]>) -> Vec<u8> {
    let head = Request {
        body: Vec::new(),
        ..request.clone()
    };
    [head.bytes().as_slice(), body.as_ref()].concat()
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// More than is read, with its length: what comes, and what is only announced.
pub(super) fn huge_body(house: &House, rng: &mut Rng) -> Attack {
    let request = unframed(house, rng);
    let blank = |bytes: usize| vec![b' '; bytes];
    if rng.u8(..8) == 0 {
        let announced = request.header("Content-Length", rng.u64(5_000_000..1 << 60).to_string());
        return Attack::raw(with(&announced, ""), &[413]);
    }
    if rng.u8(..16) == 0 {
        // The server does not read to the end of so much, and closing may reset its answer.
        let huge = request.body(blank(rng.usize(4_300_000..6_000_000)));
        return Attack::dropped(huge.bytes(), &[413]);
    }
    let large = request.body(blank(rng.usize(262_145..700_000)));
    Attack::refused(&large, &[413])
}

pub(super) fn huge_chunks(house: &House, rng: &mut Rng) -> Attack {
    let request = unframed(house, rng).header("Transfer-Encoding", "chunked");
    let (count, size) = match rng.u8(..16) {
        0 => (70, 65_536),
        1..6 => (40_000, 7),
        _ => (rng.usize(5..12), 65_536),
    };
    let body = [
        chunk(&vec![b' '; size]).repeat(count),
        b"0\r\n\r\n".to_vec(),
    ]
    .concat();
    Attack::raw(with(&request, body), &[413])
}

/// Sizes that are none, or not those of what follows.
pub(super) fn wrong_chunks(house: &House, rng: &mut Rng) -> Attack {
    let request = unframed(house, rng).header("Transfer-Encoding", "chunked");
    let text = &request.body;
    let sized = |size: &str| [size.as_bytes(), b"\r\n", text, b"\r\n0\r\n\r\n"].concat();
    let body = match rng.u8(..9) {
        0 => sized("-1"),
        1 => sized("ffffffffffffffffff"),
        2 => sized("xyz"),
        3 => sized(""),
        4 => sized(&format!("{:x}", text.len() / 2)),
        5 => sized(&format!("{:x}", text.len() * 2)),
        6 => sized(&format!("0x{:x}", text.len())),
        7 => chunk(text),
        _ => sized(&format!("{:x};{}", text.len(), "e".repeat(40_000))),
    };
    Attack::cut(with(&request, body))
}

/// Less than was promised, and then nothing.
pub(super) fn truncated(house: &House, rng: &mut Rng) -> Attack {
    let bytes = good(house, rng).bytes();
    let end = match rng.bool() {
        true => bytes.len() - 1,
        false => rng.usize(1..bytes.len()),
    };
    Attack::cut(&bytes[..end])
}

/// Both a length and chunks: by the length one request, by the chunks two, the second a good one of
/// somebody else. It must be answered once, and the connection closed.
pub(super) fn two_framings(house: &House, rng: &mut Rng) -> Attack {
    let hidden = good(house, rng).bytes();
    let body = [b"0\r\n\r\n".as_slice(), &hidden].concat();
    let request = unframed(house, rng).without("Connection");
    let length = |request: Request| request.header("Content-Length", body.len().to_string());
    let coding = |request: Request| request.header("Transfer-Encoding", "chunked");
    let request = match rng.bool() {
        true => coding(length(request)),
        false => length(coding(request)),
    };
    Attack::raw(with(&request, &body), &[400, 422])
}

pub(super) fn two_lengths(house: &House, rng: &mut Rng) -> Attack {
    let request = unframed(house, rng).without("Connection");
    let own = request.body.len();
    let body = [request.body.clone(), good(house, rng).bytes()].concat();
    let whole = body.len();
    let request = match rng.u8(..6) {
        0 => request.header("Content-Length", format!("{own}, {own}")),
        1 => request.header("Content-Length", format!("+{own}")),
        2 => request.header("Content-Length", format!("{own} {whole}")),
        3 => request.header("Content-Length", format!("0x{own:x}")),
        4 => request.header("Content-Length", "-1"),
        _ => {
            let (first, second) = one(rng, &[(own, whole), (whole, own), (0, own)]);
            let request = request.header("Content-Length", first.to_string());
            request.header("Content-Length", second.to_string())
        }
    };
    Attack::raw(with(&request, body), &[400])
}

/// Transfer codings that one server knows, and another passes over.
pub(super) fn wrong_coding(house: &House, rng: &mut Rng) -> Attack {
    const CODINGS: [&str; 7] = [
        "xchunked",
        "chunked, identity",
        "identity",
        "gzip",
        "chunked;q=1, x",
        "\"chunked\"",
        "",
    ];
    let request = unframed(house, rng).without("Connection");
    let request = request.header("Transfer-Encoding", one(rng, &CODINGS));
    let body = [chunk(&request.body), b"0\r\n\r\n".to_vec()].concat();
    Attack::raw(with(&request, body), &[400])
}

/// Another protocol, or none.
pub(super) fn no_http(house: &House, rng: &mut Rng) -> Attack {
    let bytes = match rng.u8(..7) {
        0 => b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03".to_vec(),
        1 => b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        2 => b"GET /healthz\r\n\r\n".to_vec(),
        3 => b"GET /healthz HTTP/9.9\r\n\r\n".to_vec(),
        4 => b"GET  /healthz HTTP/1.1\r\n\r\n".to_vec(),
        5 => {
            let bytes = good(house, rng).bytes();
            String::from_utf8_lossy(&bytes)
                .replace("HTTP/1.1", "HTTP/1.1\0")
                .into_bytes()
        }
        _ => [b"\x80".as_slice(), &noise(rng, 3_000)].concat(),
    };
    Attack::dropped(bytes, &[400, 404, 405, 431, 505])
}
