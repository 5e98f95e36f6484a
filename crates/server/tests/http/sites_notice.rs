//! `GET /v1/sites/{site}/notice`

use crate::app::TestApp;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

#[tokio::test]
async fn the_notice_is_served_with_its_digest_as_tag() {
    let app = TestApp::new();
    let answer = app.get("/v1/sites/demo/notice").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert_eq!(answer.header("etag"), format!("\"{}\"", app.notice.digest));
    assert_eq!(answer.json(), serde_json::to_value(&app.notice).unwrap());
}

#[tokio::test]
async fn whoever_has_it_is_told_so() {
    let app = TestApp::new();
    let tag = format!("\"{}\"", app.notice.digest);
    #[track_caller]
    fn check(status: StatusCode, expected: u16, sent: &str) {
        assert_eq!(status.as_u16(), expected, "{sent}");
    }
    for (sent, expected) in [
        (tag.clone(), 304),
        (format!("W/{tag}"), 304),
        (format!("\"other\", {tag}"), 304),
        ("*".into(), 304),
        ("\"other\"".into(), 200),
        (app.notice.digest.clone(), 200),
    ] {
        let request = Request::get("/v1/sites/demo/notice").header(header::IF_NONE_MATCH, &sent);
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        check(answer.status, expected, &sent);
        assert_eq!(answer.header("etag"), tag);
        assert_eq!(answer.body.is_empty(), expected == 304);
    }
}

#[tokio::test]
async fn an_unknown_site_has_none() {
    let answer = TestApp::new().get("/v1/sites/other/notice").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
