//! `GET /`, `/sites/{site}`, `/sites/{site}/` and `/sites/{site}/{*file}`

use crate::app::{ASKS, POLICY, TestApp, notice};
use crate::database::Database;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

#[tokio::test]
async fn each_site_has_its_page_and_the_first_is_at_the_root() {
    let notices = [notice("demo", "示例"), notice("shop", "商店")];
    let app = TestApp::with(Database::new(), &notices).unwrap();
    for (path, name) in [
        ("/", "示例"),
        ("/sites/demo/", "示例"),
        ("/sites/shop/", "商店"),
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert!(String::from_utf8(answer.body).unwrap().contains(name));
    }
}

#[tokio::test]
async fn a_sites_address_without_its_slash_leads_to_the_page() {
    let app = TestApp::new();
    let answer = app.get("/sites/demo").await;
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(answer.header("location"), "/sites/demo/");
    assert_eq!(app.get("/sites/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_asks_nobody_again_with_scripts_off() {
    let app = TestApp::new();
    let get = async |path: &str, cookie: &str, known: &str| {
        let request = Request::get(path)
            .header(header::COOKIE, cookie)
            .header(header::IF_NONE_MATCH, known);
        app.send(request.body(Body::empty()).unwrap()).await
    };
    let decided = "a=1; zq=1~demo~2026.11~1763690000~analytics~identity~";
    for path in ["/", "/sites/demo/"] {
        let asks = async |cookie: &str| {
            let answer = get(path, cookie, "").await;
            let vary: Vec<_> = answer.headers.get_all(header::VARY).iter().collect();
            assert_eq!(vary, ["Cookie", "Origin"], "{path}");
            String::from_utf8(answer.body).unwrap().contains(ASKS)
        };
        assert!(asks("").await);
        assert!(asks("zq=1~demo~2026.11~1763690000~analytics~~").await);
        assert!(asks("zq=1~shop~2026.11~1763690000~analytics~identity~").await);
        assert!(!asks(decided).await);
        // The page that asks is not confirmed to who has answered.
        let asking = get(path, "", "").await;
        let answer = get(path, decided, asking.header("etag")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let again = get(path, decided, answer.header("etag")).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
    }
}

#[tokio::test]
async fn files_have_their_types() {
    let app = TestApp::new();
    for (name, content_type, content) in [
        ("zhiqing.js", "text/javascript; charset=utf-8", "/* 知情 */"),
        ("zhiqing_bg.wasm", "application/wasm", "\0asm"),
        ("policy/2026.11.json", "application/json", POLICY),
    ] {
        let answer = app.get(&format!("/sites/demo/{name}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.body, content.as_bytes());

        let request = Request::get(format!("/sites/demo/{name}"))
            .header(header::IF_NONE_MATCH, answer.header("etag"));
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn a_tag_tells_the_content_and_nothing_else() {
    let path = "/sites/demo/zhiqing.js";
    let tag = TestApp::new().get(path).await.header("etag").to_owned();
    assert!(tag.starts_with("\"sha256:") && tag.ends_with('"'), "{tag}");
    assert_eq!(TestApp::new().get(path).await.header("etag"), tag);
}

#[tokio::test]
async fn head_is_get_without_the_content() {
    let app = TestApp::new();
    let request = Request::head("/sites/demo/zhiqing.js").body(Body::empty());
    let answer = app.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.is_empty());
    assert!(!answer.header("etag").is_empty());
}

#[tokio::test]
async fn what_was_not_built_is_not_there() {
    let app = TestApp::new();
    for path in [
        "/sites/demo/site.toml",
        "/sites/demo/policy",
        "/sites/demo/../demo/zhiqing.js",
        "/sites/demo/%2e%2e/%2e%2e/etc/passwd",
        "/sites/demo//etc/passwd",
        "/sites/demo/%ff",
        "/sites/other/",
        "/sites/other/zhiqing.js",
    ] {
        assert_eq!(app.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
