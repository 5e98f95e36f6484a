//! 503 when the store cannot keep or say anything.

use crate::app::{Answer, TestApp, id, person, record};
use axum::http::StatusCode;
use rusqlite::Connection;
use std::fs;

#[track_caller]
fn assert_away(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
    let text = String::from_utf8_lossy(&answer.body).to_lowercase();
    for inside in ["sql", "table", "var/", "disk"] {
        assert!(!text.contains(inside), "{text}");
    }
}

#[tokio::test]
async fn a_table_that_is_not_there() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    let other = Connection::open(app.database.file()).unwrap();
    other.execute_batch("DROP TABLE records").unwrap();
    assert_away(&app.post(&record(&app.notice, 2)).await);
    assert_away(&app.history(&person()).await);
    assert_away(&app.get("/readyz").await);
}

#[tokio::test]
async fn a_folder_that_was_removed() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    assert_eq!(app.kept().await, [id(1)]);
    fs::remove_dir_all(app.database.file().parent().unwrap()).unwrap();
    for _ in 0..2 {
        assert_away(&app.post(&record(&app.notice, 2)).await);
        assert_away(&app.history(&person()).await);
    }
    assert!(
        !app.database.file().exists(),
        "a new ledger would seem empty"
    );
    // What needs no store is still there.
    assert_eq!(
        app.get("/v1/sites/demo/notice").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_folder_that_comes_back() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    let folder = app.database.file().parent().unwrap().to_owned();
    let aside = app.database.folder().join("aside");
    fs::rename(&folder, &aside).unwrap();
    assert_away(&app.post(&record(&app.notice, 2)).await);
    fs::rename(&aside, &folder).unwrap();
    let answer = app.post(&record(&app.notice, 2)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(app.kept().await, [id(1), id(2)]);
}

#[tokio::test]
async fn a_file_that_is_no_database_any_more() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    let folder = app.database.file().parent().unwrap().to_owned();
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::write(app.database.file(), "not a database").unwrap();
    assert_away(&app.post(&record(&app.notice, 2)).await);
    assert_away(&app.history(&person()).await);
}

#[tokio::test]
async fn a_notice_that_cannot_be_read_is_not_called_unknown() {
    let app = TestApp::new();
    let mut sent = record(&app.notice, 1);
    let digest = [0xab_u8; 32];
    sent["notice"]["digest"] = format!("sha256:{}", "ab".repeat(32)).into();
    let other = Connection::open(app.database.file()).unwrap();
    let insert = "INSERT INTO notices (site, digest, json, first_served_at)
                  VALUES ('demo', ?, x'7b', 0)";
    other.execute(insert, [digest]).unwrap();
    assert_away(&app.post(&sent).await);
}
