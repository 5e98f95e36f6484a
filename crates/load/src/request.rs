//! Requests as bytes.

use std::io::Write as _;

/// Writes `POST /v1/consents` over whatever is in `out`.
pub(crate) fn post(out: &mut Vec<u8>, host: &str, bearer: &str, body: &[u8]) {
    out.clear();
    for part in [
        "POST /v1/consents HTTP/1.1\r\nhost: ",
        host,
        "\r\nauthorization: Bearer ",
        bearer,
        "\r\ncontent-type: application/json\r\ncontent-length: ",
    ] {
        out.extend_from_slice(part.as_bytes());
    }
    // A vector takes whatever is written.
    let _ = write!(out, "{}\r\n\r\n", body.len());
    out.extend_from_slice(body);
}

/// Writes `GET` of a path, with a bearer token or without, over whatever is in `out`.
pub(crate) fn get(out: &mut Vec<u8>, host: &str, path: &str, bearer: Option<&str>) {
    out.clear();
    for part in ["GET ", path, " HTTP/1.1\r\nhost: ", host] {
        out.extend_from_slice(part.as_bytes());
    }
    if let Some(bearer) = bearer {
        out.extend_from_slice(b"\r\nauthorization: Bearer ");
        out.extend_from_slice(bearer.as_bytes());
    }
    out.extend_from_slice(b"\r\n\r\n");
}

/// Writes the request for a person's history.
pub(crate) fn history(out: &mut Vec<u8>, host: &str, subject: &str, bearer: &str) {
    get(out, host, &format!("/v1/consents/{subject}"), Some(bearer));
}
