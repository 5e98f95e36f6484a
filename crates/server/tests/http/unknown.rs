//! Addresses and methods that are not there.

use crate::app::TestApp;
use axum::body::Body;
use axum::http::{Request, StatusCode};

#[tokio::test]
async fn an_unknown_address_is_a_problem() {
    let app = TestApp::new();
    for path in [
        "/v1",
        "/v1/",
        "/v1/consents/",
        "/sites/nobody",
        "/index.html",
        "/v2/consents",
    ] {
        assert_eq!(app.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::new();
    for (method, path, allow) in [
        ("GET", "/v1/consents", "POST"),
        ("OPTIONS", "/v1/consents", "POST"),
        ("DELETE", "/v1/consents/x", "GET,HEAD"),
        ("POST", "/v1/sites/demo/notice", "GET,HEAD"),
        ("PUT", "/", "GET,HEAD"),
    ] {
        let request = Request::builder().method(method).uri(path);
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
    }
}
