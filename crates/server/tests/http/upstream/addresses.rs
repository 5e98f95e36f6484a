//! Whose an address is.

use super::site::{Site, answer};

#[tokio::test]
async fn what_is_not_ours_is_the_sites_own() {
    let mut site = Site::answering(&answer("", "theirs")).await;
    for path in [
        "/",
        "/admin",
        "/metrics",
        "/openapi.json",
        "/.well-known/gpc.json",
        "/v1",
        "/v1/orders",
        "/v1/form/",
        "/sites/",
        "/sites/demo",
        "/sites/other/",
        "/sites/other/zhiqing.js",
    ] {
        let answer = site.get(&format!("GET {path} HTTP/1.1\r\n\r\n")).await;
        assert!(answer.ends_with("\r\n\r\ntheirs"), "{path}: {answer}");
        assert!(site.seen().await.starts_with(&format!("get {path} ")));
    }
    for path in [
        "/v1/consents",
        "/v1/consents/x",
        "/v1/form?site=demo",
        "/v1/policies/demo/2026.11",
        "/v1/policies/x",
        "/v1/sites/demo/notice",
        "/v1/sites/x",
        "/sites/demo/",
        "/sites/demo/zhiqing.js",
        "/sites/demo/nothing",
        "/healthz",
        "/readyz",
    ] {
        let answer = site.get(&format!("GET {path} HTTP/1.1\r\n\r\n")).await;
        assert!(!answer.contains("theirs"), "{path}: {answer}");
        assert!(site.seen.try_recv().is_err(), "{path}: they were asked");
    }
}
