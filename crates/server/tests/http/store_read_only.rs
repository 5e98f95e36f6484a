//! 503 while the file may not be written, and nothing to do when it may again.

use crate::app::{TestApp, id, record};
use axum::http::StatusCode;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// Makes files immutable, or ends that: as of then the system refuses writes to open files, too. Whether it did:
/// only an administrator may, and not every file system can.
fn set_immutable(files: &[PathBuf], immutable: bool) -> bool {
    let flag = if immutable { "+i" } else { "-i" };
    let mut command = Command::new("chattr");
    let done = command.arg(flag).args(files).output();
    done.is_ok_and(|done| done.status.success())
}

#[tokio::test]
async fn a_file_that_may_only_be_read_refuses_until_it_may_be_written() {
    let app = TestApp::new();
    let answer = app.post(&record(&app.notice, 1)).await;
    assert_eq!(answer.status, StatusCode::CREATED);

    let file = app.database.file();
    let log = file.with_file_name("zhiqing.db-wal");
    let files = [file, log];
    if !set_immutable(&files, true) {
        set_immutable(&files, false);
        eprintln!("not tested: no file may be made immutable here");
        return;
    }
    let refused = app.post(&record(&app.notice, 2)).await;
    let ready = app.get("/readyz").await;
    let kept = app.kept().await;
    assert!(set_immutable(&files, false), "it can be written again");
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.header("retry-after"), "5");
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(kept, [id(1)], "what was acknowledged can be read");

    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
    let answer = app.post(&record(&app.notice, 2)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(app.kept().await, [id(1), id(2)]);
}
