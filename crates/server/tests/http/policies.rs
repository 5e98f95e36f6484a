//! `GET /v1/policies/{site}/{version}`

use crate::app::{POLICY, TestApp};
use axum::http::StatusCode;

#[tokio::test]
async fn a_version_is_served_byte_for_byte() {
    let answer = TestApp::new().get("/v1/policies/demo/2026.11").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert!(answer.header("etag").starts_with("\"sha256:"));
    assert_eq!(answer.body, POLICY.as_bytes());
}

#[tokio::test]
async fn unknown_versions_and_sites_have_none() {
    let app = TestApp::new();
    for path in ["/v1/policies/demo/2025.1", "/v1/policies/other/2026.11"] {
        assert_eq!(app.get(path).await.status, StatusCode::NOT_FOUND);
    }
}
