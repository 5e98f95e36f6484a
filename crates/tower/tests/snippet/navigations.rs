//! What is asked for as a page, and what only looks like one.

use crate::{BODY, HEAD, ask, chunks, read};
use http::{HeaderMap, Method, Request, Response};

type Lines<'a> = &'a [(&'a str, &'a str)];

/// What Safari before 16.4 sends, and others did.
const OLD_BROWSER: (&str, &str) = (
    "accept",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
);

/// The answer to this request, where the service says that it is HTML.
fn answer(method: &Method, lines: Lines<'_>, document: &str) -> (HeaderMap, String) {
    let mut request = Request::builder().method(method);
    for (name, value) in lines {
        request = request.header(*name, *value);
    }
    let response = Response::builder()
        .header("content-type", "text/html; charset=utf-8")
        .header("etag", "\"1\"")
        .body(chunks(&[document]));
    let request = request.body(()).expect("a request");
    let (_, answer) = ask(request, response.expect("a response"));
    let headers = answer.headers().clone();
    (headers, String::from_utf8(read(answer)).expect("text"))
}

#[track_caller]
fn is_a_page(method: &Method, lines: Lines<'_>) {
    gets(method, lines, &format!("{HEAD}{BODY}"));
}

#[track_caller]
fn gets(method: &Method, lines: Lines<'_>, ours: &str) {
    for document in ["<li>a", "<!doctype html><li>a"] {
        let (_, found) = answer(method, lines, document);
        let expected = document.replace("<li>", &format!("{ours}<li>"));
        assert_eq!(found, expected, "{method} {lines:?}");
    }
}

#[track_caller]
fn may_be_a_part(method: &Method, lines: Lines<'_>) {
    for part in [
        "success",
        "{\"ok\":true}",
        "<li>a</li>",
        "<meta charset=utf-8>",
        "",
        "<!-- a -->",
        "</br><html>",
    ] {
        assert_eq!(answer(method, lines, part).1, part, "{method} {lines:?}");
    }
    for document in ["<!doctype html>", " <!-- a --><HTML>", "<head>"] {
        let expected = format!("{document}{HEAD}{BODY}");
        assert_eq!(
            answer(method, lines, document).1,
            expected,
            "{method} {lines:?}"
        );
    }
}

#[test]
fn the_browser_tells_what_is_a_page() {
    is_a_page(&Method::GET, &[("sec-fetch-dest", "document")]);
    is_a_page(&Method::POST, &[("sec-fetch-dest", "document")]);
    for destination in ["empty", "a"] {
        let told = ("sec-fetch-dest", destination);
        may_be_a_part(&Method::GET, &[told]);
        may_be_a_part(&Method::GET, &[told, OLD_BROWSER]);
    }
}

#[test]
fn a_page_in_a_frame_does_not_ask_without_scripts() {
    for destination in ["iframe", "frame", "fencedframe"] {
        gets(&Method::GET, &[("sec-fetch-dest", destination)], HEAD);
        gets(&Method::POST, &[("sec-fetch-dest", destination)], HEAD);
    }
    for destination in ["embed", "object"] {
        let told = ("sec-fetch-dest", destination);
        let (_, part) = answer(&Method::GET, &[told], "<li>");
        let (_, whole) = answer(&Method::GET, &[told], "<head>");
        assert_eq!((part, whole), ("<li>".into(), format!("<head>{HEAD}")));
    }
    let tag = |destination| {
        let (headers, _) = answer(&Method::GET, &[("sec-fetch-dest", destination)], "<li>");
        assert!(!headers.contains_key("cache-control"), "caches may share");
        headers["etag"].to_str().expect("text").to_owned()
    };
    assert_ne!(tag("document"), tag("iframe"));
}

#[test]
fn an_old_browser_tells_by_what_it_accepts() {
    for method in [Method::GET, Method::POST] {
        is_a_page(&method, &[OLD_BROWSER]);
        is_a_page(
            &method,
            &[("accept", "Text/HTML, Application/XHTML+XML, */*")],
        );
        is_a_page(
            &method,
            &[
                ("accept", "text/html;q=1"),
                ("accept", "application/xhtml+xml"),
            ],
        );
    }
}

#[test]
fn a_callback_gets_the_bytes_it_waits_for() {
    for method in [Method::GET, Method::POST] {
        may_be_a_part(&method, &[]);
        may_be_a_part(&method, &[("accept", "*/*")]);
        may_be_a_part(&method, &[("accept", "application/xhtml+xml")]);
        may_be_a_part(&method, &[("accept", "text/html-a, application/xhtml+xml")]);
        // Java's HttpURLConnection, of which nobody changed anything.
        let java = "text/html, image/gif, image/jpeg, */*; q=0.2";
        may_be_a_part(&method, &[("accept", java)]);
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        may_be_a_part(&method, &[OLD_BROWSER]);
    }
}

#[test]
fn a_librarys_fragment_stays_one() {
    let library = ("x-requested-with", "XMLHttpRequest");
    may_be_a_part(
        &Method::GET,
        &[("accept", "text/html, */*; q=0.01"), library],
    );
    may_be_a_part(&Method::GET, &[OLD_BROWSER, library]);
    let in_one_line = ("x-requested-with", "com.tencent.mm, xmlhttprequest");
    may_be_a_part(&Method::GET, &[OLD_BROWSER, in_one_line]);
}

#[test]
fn a_web_view_that_names_its_app_asks_for_a_page() {
    for app in ["com.tencent.mm", "com.eg.android.AlipayGphone"] {
        is_a_page(&Method::GET, &[OLD_BROWSER, ("x-requested-with", app)]);
    }
}

#[test]
fn pages_and_parts_are_told_apart_by_caches() {
    #[track_caller]
    fn case(lines: Lines<'_>, vary: &str) -> String {
        let (headers, _) = answer(&Method::GET, lines, "<li>");
        assert_eq!(headers["vary"], vary, "{lines:?}");
        headers["etag"].to_str().expect("text").to_owned()
    }
    let page = case(&[("sec-fetch-dest", "document")], "Sec-Fetch-Dest");
    let part = case(&[("sec-fetch-dest", "empty")], "Sec-Fetch-Dest");
    assert_ne!(page, part);
    let guessed = "Sec-Fetch-Dest, Accept, X-Requested-With";
    assert_eq!(case(&[OLD_BROWSER], guessed), page);
    assert_eq!(case(&[], guessed), part);
}
