//! `GET /v1/sites/{site}/key`

use crate::app::{TestApp, key, record};
use axum::http::StatusCode;
use serde_json::json;
use zhiqing_consent::Receipt;
use zhiqing_consent::receipt::{key_text, public_key};

#[tokio::test]
async fn the_public_key_is_served_and_verifies_a_receipt() {
    let app = TestApp::new();
    let answer = app.get("/v1/sites/demo/key").await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = key_text(&key().verifying_key());
    let expected = json!({ "site": "demo", "algorithm": "Ed25519", "key": text });
    assert_eq!(answer.json(), expected);

    let served = public_key(answer.json()["key"].as_str().unwrap()).unwrap();
    let receipts = app.post(&record(&app.notice, 1)).await.json();
    let receipt = receipts["receipts"][0].to_string();
    assert!(Receipt::verify(receipt.as_bytes(), &served).is_ok());
}

#[tokio::test]
async fn an_unknown_site_has_none() {
    let answer = TestApp::new().get("/v1/sites/other/key").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
