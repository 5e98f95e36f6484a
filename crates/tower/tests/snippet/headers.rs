//! Which responses get the snippet, and what is said of them.

use crate::{BODY, HEAD, ask, ask_with, chunks, read, snippet};
use http::{HeaderMap, Method, Request, Response, StatusCode};

type Lines<'a> = &'a [(&'a str, &'a str)];

fn request(method: Method, lines: Lines<'_>) -> Request<()> {
    let mut request = Request::builder().method(method);
    for (name, value) in lines {
        request = request.header(*name, *value);
    }
    request.body(()).expect("a request")
}

fn response(status: u16, lines: Lines<'_>, body: &str) -> Response<crate::Chunks> {
    let mut response = Response::builder().status(status);
    for (name, value) in lines {
        response = response.header(*name, *value);
    }
    response.body(chunks(&[body])).expect("a response")
}

/// A browser asks for a page.
const NAVIGATION: (&str, &str) = ("sec-fetch-dest", "document");
const HTML: (&str, &str) = ("content-type", "text/html; charset=utf-8");
const PAGE: &str = "<head><body>a";

#[track_caller]
fn case(status: u16, lines: Lines<'_>, gets_it: bool) {
    let lines = [lines, &[("content-length", "13"), ("etag", "\"1\"")]].concat();
    let (_, answer) = ask(
        request(Method::GET, &[NAVIGATION]),
        response(status, &lines, PAGE),
    );
    let headers = answer.headers().clone();
    assert_eq!(
        headers.contains_key("content-length"),
        !gets_it,
        "{lines:?}"
    );
    assert_eq!(headers["etag"] == "\"1\"", !gets_it, "{lines:?}");
    let expected = match gets_it {
        true => format!("<head>{HEAD}<body>{BODY}a"),
        false => PAGE.to_owned(),
    };
    assert_eq!(read(answer), expected.as_bytes(), "{status} {lines:?}");
}

#[test]
fn pages_that_are_shown_get_the_snippet() {
    for status in [200, 201, 203, 400, 404, 418, 500, 503] {
        case(status, &[HTML], true);
    }
    case(
        200,
        &[("content-type", "TEXT/HTML ; Charset=\"UTF-8\"")],
        true,
    );
    case(200, &[HTML, ("content-encoding", "identity")], true);
    case(
        200,
        &[HTML, ("content-disposition", "inline; filename=attachment")],
        true,
    );
    case(200, &[HTML, ("cache-control", "no-transform")], true);
}

#[test]
fn everything_else_passes_unchanged() {
    for status in [204, 205, 206, 301, 302, 304] {
        case(status, &[HTML], false);
    }
    for content_type in [
        "application/xhtml+xml",
        "text/plain",
        "text/html-sandboxed",
        "application/json",
        "image/svg+xml",
        "text/html; charset=utf-16",
    ] {
        case(200, &[("content-type", content_type)], false);
    }
    case(200, &[], false);
    for coding in ["gzip", "br", "identity, gzip"] {
        case(200, &[HTML, ("content-encoding", coding)], false);
    }
    case(
        200,
        &[HTML, ("content-disposition", "Attachment; filename=a.html")],
        false,
    );
}

const OF_THE_BYTES: [(&str, &str); 7] = [
    ("content-length", "13"),
    ("content-md5", "a"),
    ("digest", "a"),
    ("content-digest", "a"),
    ("repr-digest", "a"),
    ("accept-ranges", "bytes"),
    ("last-modified", "Sun, 22 Nov 2026 00:00:00 GMT"),
];

#[test]
fn head_tells_what_get_would() {
    let all = |page: bool| -> Vec<(&str, &str)> {
        let first = if page {
            HTML
        } else {
            ("content-type", "text/plain")
        };
        let lines = [
            first,
            ("etag", "W/\"1\""),
            ("vary", "Accept"),
            ("server", "s"),
        ];
        lines.into_iter().chain(OF_THE_BYTES).collect()
    };
    let told = |method: Method, page: bool| -> HeaderMap {
        let body = if method == Method::HEAD { "" } else { PAGE };
        let (_, answer) = ask(
            request(method, &[NAVIGATION]),
            response(200, &all(page), body),
        );
        let headers = answer.headers().clone();
        let is_empty = read(answer).is_empty();
        assert_eq!(is_empty, body.is_empty());
        headers
    };
    let headers = told(Method::HEAD, true);
    assert_eq!(headers, told(Method::GET, true));
    for (name, _) in OF_THE_BYTES {
        assert!(!headers.contains_key(name), "{name}");
    }
    assert_eq!(headers["vary"], "Accept, Sec-Fetch-Dest");
    assert_eq!(headers["server"], "s");
    let headers = told(Method::HEAD, false);
    assert_eq!(headers, told(Method::GET, false));
    assert_eq!(headers.len(), 4 + OF_THE_BYTES.len());
}

/// The tag of a page whose own tag is `tag`.
fn tag(tag: &str, lines: Lines<'_>) -> String {
    let answered = response(200, &[HTML, ("etag", tag)], PAGE);
    let (_, answer) = ask(request(Method::GET, lines), answered);
    answer.headers()["etag"].to_str().expect("text").to_owned()
}

/// What the service sees of these headers.
#[track_caller]
fn seen(lines: Lines<'_>, expected: Lines<'_>) {
    let (seen, _) = ask(request(Method::GET, lines), response(200, &[], ""));
    let seen: Vec<_> = seen
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "accept" | "sec-fetch-dest"))
        .map(|(name, value)| (name.as_str(), value.to_str().expect("text")))
        .collect();
    assert_eq!(seen, expected, "{lines:?}");
}

#[test]
fn a_page_that_did_not_change_is_not_sent_again() {
    for own in ["\"1\"", "W/\"1\"", "\"a,b\""] {
        let with = tag(own, &[NAVIGATION]);
        let known: Lines<'_> = &[NAVIGATION, ("if-none-match", &with)];
        seen(known, &[("if-none-match", own)]);
        let unchanged = [("etag", own), ("last-modified", "x")];
        let (_, answer) = ask(request(Method::GET, known), response(304, &unchanged, ""));
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer.headers()["etag"], with.as_str());
        assert!(!answer.headers().contains_key("last-modified"));
        assert_eq!(answer.headers()["vary"], "Sec-Fetch-Dest");
    }
}

#[test]
fn a_new_build_is_a_new_page() {
    let script = ("sec-fetch-dest", "empty");
    let old = tag("\"1\"", &[script]);
    let mut newer = snippet();
    newer.head.push(' ');
    let lines = [
        ("if-none-match", old.as_str()),
        ("if-match", old.as_str()),
        script,
    ];
    let request = request(Method::GET, &lines);
    let answered = response(200, &[HTML, ("etag", "\"1\"")], PAGE);
    let (seen, answer) = ask_with(newer, request, answered);
    assert_eq!(
        seen["if-none-match"],
        old.as_str(),
        "no tag of the service's"
    );
    assert_eq!(seen["if-match"], old.as_str());
    assert_ne!(answer.headers()["etag"], old.as_str());
}

#[test]
fn what_is_no_page_is_confirmed_as_ever() {
    let lines = [
        ("if-none-match", "\"1\", \"2\""),
        ("if-modified-since", "x"),
    ];
    seen(&lines, &lines);
    let unchanged = [("etag", "\"1\""), ("last-modified", "x")];
    let (_, answer) = ask(request(Method::GET, &lines), response(304, &unchanged, ""));
    assert_eq!(answer.headers()["etag"], "\"1\"");
    assert!(answer.headers().contains_key("last-modified"));
}

#[test]
fn a_page_from_before_the_layer_is_not_confirmed() {
    let old = [("if-none-match", "\"1\""), ("if-modified-since", "x")];
    for asks in [
        ("accept", "text/html, application/xhtml+xml, */*"),
        ("sec-fetch-dest", "iframe"),
    ] {
        seen(&[&old[..], &[asks]].concat(), &[]);
    }
    let with = tag("\"1\"", &[NAVIGATION]);
    let mixed = format!("\"1\", {with}");
    let lines = [
        ("if-none-match", mixed.as_str()),
        ("sec-fetch-dest", "document"),
    ];
    seen(&lines, &[("if-none-match", "\"1\"")]);
}

#[test]
fn preconditions_are_of_the_services_tags_and_ranges_of_its_bytes() {
    let with = tag("\"1\"", &[NAVIGATION]);
    seen(&[NAVIGATION, ("if-match", &with)], &[("if-match", "\"1\"")]);
    // A part of the page without the snippet is no part of the one with it.
    let range = [("range", "bytes=0-9"), ("if-range", with.as_str())];
    seen(&range, &range);
}
