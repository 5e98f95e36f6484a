//! `GET /healthz` and `/readyz`

use crate::app::TestApp;
use axum::http::StatusCode;

#[tokio::test]
async fn a_server_with_its_store_is_alive_and_ready() {
    let app = TestApp::new();
    assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn without_its_store_it_is_alive_and_not_ready() {
    let app = TestApp::new();
    app.database.take_away();
    assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
    let answer = app.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
}
