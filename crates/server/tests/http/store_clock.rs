//! 503 while the clock is behind what is kept already, and nothing to do when it is right again.

use crate::app::{TestApp, id, record};
use axum::http::StatusCode;

/// As a clock that is set back so many milliseconds finds the ledger.
fn set_back(app: &TestApp, ms: i64) {
    let moved = format!("UPDATE sites SET last_received_at = last_received_at + {ms}");
    app.database.execute(&moved);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_keeps_nothing_until_it_is_right() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    set_back(&app, 3_600_000);
    let answer = app.post(&record(&app.notice, 2)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
    // What is there already has its receipt.
    let again = app.post(&record(&app.notice, 1)).await;
    assert_eq!(again.status, StatusCode::OK);
    set_back(&app, -3_600_000);
    let answer = app.post(&record(&app.notice, 2)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(app.kept().await, [id(1), id(2)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_put_right_by_a_little_stops_nobody() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    set_back(&app, 3_000);
    let answer = app.post(&record(&app.notice, 2)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}
