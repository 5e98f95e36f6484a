//! Pages for who has answered already.

use crate::{BODY, HEAD, ask_under, chunks, read, snippet};
use http::{HeaderMap, Request, Response};
use std::sync::Arc;
use zhiqing_consent::{Basis, Mode, Notice, PolicyRef, PreviousVersion, Purpose, Rights, Tier};
use zhiqing_tower::snippet::{Snippet, SnippetLayer};

/// On everything, on the current version.
const DECIDED: &str = "zq=1~demo~2026.11~1763690000~analytics~identity~";

fn notice() -> Notice {
    let purpose = |id: &str| Purpose {
        id: id.into(),
        name: id.into(),
        description: String::new(),
        tier: Tier::Extended,
        basis: Basis::General,
        clauses: vec![],
        data: vec![],
        recipients: vec![],
        refusal: String::new(),
        retention: String::new(),
        gpc: false,
    };
    let previous = |version: &str, ask_again: &[&str]| PreviousVersion {
        version: version.into(),
        ask_again: ask_again.iter().map(|&id| id.to_owned()).collect(),
    };
    Notice {
        site: "demo".into(),
        digest: String::new(),
        name: "示例".into(),
        operator: None,
        contacts: vec![],
        locale: "zh-CN".into(),
        mode: Mode::Listed,
        policy: PolicyRef {
            version: "2026.11".into(),
            digest: String::new(),
        },
        previous: vec![previous("2026.10", &[]), previous("2026.09", &["identity"])],
        report: "/v1".into(),
        purposes: vec![purpose("analytics"), purpose("identity")],
        recipients: vec![],
        trackers: vec![],
        permissions: vec![],
        technologies: vec![],
        minors: None,
        rights: Rights::default(),
        banner: Default::default(),
        texts: Default::default(),
    }
}

fn layer(snippet: Snippet) -> SnippetLayer {
    SnippetLayer::new(Arc::new(snippet)).asking_once(Arc::new(notice()))
}

/// The answer to a navigation with these headers too, and what the service saw of them.
fn ask(
    layer: &SnippetLayer,
    lines: &[(&str, &str)],
    status: u16,
) -> (HeaderMap, HeaderMap, String) {
    let mut request = Request::get("/").header("sec-fetch-dest", "document");
    for (name, value) in lines {
        request = request.header(*name, *value);
    }
    let response = Response::builder()
        .status(status)
        .header("content-type", "text/html; charset=utf-8")
        .header("cache-control", "public, max-age=9")
        .header("etag", "\"1\"");
    let body = if status == 304 { "" } else { "<head><body>a" };
    let response = response.body(chunks(&[body])).expect("a response");
    let (seen, answer) = ask_under(layer, request.body(()).expect("a request"), response);
    let headers = answer.headers().clone();
    let body = String::from_utf8(read(answer)).expect("text");
    (seen, headers, body)
}

#[track_caller]
fn case(cookie: &str, is_asked: bool) {
    let (_, headers, body) = ask(&layer(snippet()), &[("cookie", cookie)], 200);
    let asks = if is_asked { BODY } else { "" };
    assert_eq!(body, format!("<head>{HEAD}<body>{asks}a"), "{cookie}");
    assert_eq!(headers["vary"], "Sec-Fetch-Dest, Cookie");
    assert_eq!(headers["cache-control"], "private, max-age=9");
}

#[test]
fn who_has_answered_everything_is_not_asked_again() {
    case(DECIDED, false);
    case(&format!("a=1; {DECIDED}; b=2"), false);
    case("zq=1~demo~2026.11~1763690000~~analytics.identity~", false);
    case("zq=1~demo~2026.10~1763690000~analytics~identity~", false);
}

#[test]
fn who_has_not_is_asked() {
    case("", true);
    case("a=1", true);
    case("zq=accept", true);
    case("zq=1~other~2026.11~1763690000~analytics~identity~", true);
    // Not on everything.
    case("zq=1~demo~2026.11~1763690000~analytics~~", true);
    // On a version since which something changed, and on one that nobody knows.
    case("zq=1~demo~2026.09~1763690000~analytics~identity~", true);
    case("zq=1~demo~2026.08~1763690000~analytics~identity~", true);
    // From the future.
    case("zq=1~demo~2026.11~99999999999~analytics~identity~", true);
}

#[test]
fn a_decision_makes_a_new_page() {
    let layer = layer(snippet());
    let tag = |cookie: &str| {
        let (_, headers, _) = ask(&layer, &[("cookie", cookie)], 200);
        headers["etag"].to_str().expect("text").to_owned()
    };
    let (asking, decided) = (tag(""), tag(DECIDED));
    assert_ne!(asking, decided);
    for (cookie, own, other) in [("", &asking, &decided), (DECIDED, &decided, &asking)] {
        let cookie = ("cookie", cookie);
        let (seen, headers, _) = ask(&layer, &[cookie, ("if-none-match", own)], 304);
        assert_eq!(seen["if-none-match"], "\"1\"");
        assert_eq!(headers["etag"], own.as_str());
        assert_eq!(headers["vary"], "Sec-Fetch-Dest, Cookie");
        assert_eq!(headers["cache-control"], "private, max-age=9");
        let (seen, _, _) = ask(&layer, &[cookie, ("if-none-match", other)], 200);
        assert!(!seen.contains_key("if-none-match"), "nobody confirms it");
        // What is changed is the service's page, which is the same.
        for known in [own, other] {
            let (seen, _, _) = ask(&layer, &[cookie, ("if-match", known)], 200);
            assert_eq!(seen["if-match"], "\"1\"");
        }
    }
}

#[test]
fn where_nothing_asks_without_scripts_caches_may_share() {
    let mut bare = snippet();
    bare.body.clear();
    let (_, headers, body) = ask(&layer(bare), &[("cookie", DECIDED)], 200);
    assert_eq!(body, format!("<head>{HEAD}<body>a"));
    assert_eq!(headers["vary"], "Sec-Fetch-Dest");
    assert_eq!(headers["cache-control"], "public, max-age=9");
}
