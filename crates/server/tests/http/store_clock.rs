//! 503 while the clock is behind what is kept already, and nothing to do when it is right again.

use crate::app::{TestApp, id, record};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

const DAY_MS: i64 = 86_400_000;

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

#[tokio::test(flavor = "multi_thread")]
async fn what_is_from_the_future_of_a_clock_that_was_set_back_is_not_thrown_away() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    // A day later, when the server thinks that it is today.
    set_back(&app, DAY_MS);
    let mut tomorrows = record(&app.notice, 2);
    let tomorrow = Timestamp::now() + SignedDuration::from_hours(24);
    tomorrows["occurred_at"] = format!("{tomorrow:.3}").into();
    let answer = app.post(&tomorrows).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
    // Where the server's clock is right, the page's is wrong.
    set_back(&app, -DAY_MS);
    let answer = app.post(&tomorrows).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.field(), "occurred_at");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_without_records_knows_the_time_by_its_notice() {
    let app = TestApp::new();
    let moved = format!("UPDATE notices SET first_served_at = first_served_at + {DAY_MS}");
    app.database.execute(&moved);
    let mut tomorrows = record(&app.notice, 1);
    let tomorrow = Timestamp::now() + SignedDuration::from_hours(24);
    tomorrows["occurred_at"] = format!("{tomorrow:.3}").into();
    let answer = app.post(&tomorrows).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_is_told_that_the_clock_stops_the_server() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    set_back(&app, 3_600_000);
    app.post(&record(&app.notice, 2)).await;
    assert_eq!(store_available(&app).await, "0");
    let answer = app.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    set_back(&app, -3_600_000);
    // An answer holds for a second.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(store_available(&app).await, "1");
}

async fn store_available(app: &TestApp) -> String {
    let text = String::from_utf8(app.get("/metrics").await.body).expect("text");
    let mut lines = text.lines();
    let value = lines.find_map(|line| line.strip_prefix("zhiqing_store_available "));
    value.expect("a line").to_owned()
}
