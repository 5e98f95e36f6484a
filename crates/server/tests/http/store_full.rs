//! 503 while the disk is full, and nothing to do when there is room again.

use crate::app::{TestApp, notice, person, record};
use crate::database::Database;
use axum::http::StatusCode;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use zhiqing_consent::RecordId;

/// A file system in memory with an end.
struct Disk(PathBuf);

impl Disk {
    /// `None` where only an administrator may mount one, and we are none.
    fn mount(at: &Path) -> Option<Self> {
        let disk = Self(at.to_owned());
        disk.run("mount", &["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .then_some(disk)
    }

    fn grow(&self) {
        assert!(self.run("mount", &["-o", "remount,size=16m"]), "it grows");
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        let mut command = Command::new(program);
        let done = command.args(arguments).arg(&self.0).output();
        done.is_ok_and(|done| done.status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: whoever has a file open there keeps it.
        self.run("umount", &["--lazy"]);
    }
}

#[tokio::test]
async fn a_disk_that_is_full_refuses_until_there_is_room() {
    let database = Database::new();
    let folder = database.file();
    let folder = folder.parent().expect("a folder");
    std::fs::create_dir_all(folder).expect("a folder");
    let Some(disk) = Disk::mount(folder) else {
        eprintln!("not tested: no file system may be mounted here");
        return;
    };
    let app = TestApp::with(database, &[notice("demo", "示例")]).expect("a server");
    let nth = |number: u64| {
        let mut record = record(&app.notice, 1);
        record["id"] = RecordId::new(number, [1; 10]).as_str().into();
        record
    };

    let mut kept = 0;
    let refused = loop {
        let answer = app.post(&nth(kept)).await;
        if answer.status != StatusCode::CREATED {
            break answer;
        }
        kept += 1;
        assert!(kept < 5_000, "two megabytes are never full");
    };
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.header("retry-after"), "5");
    let answer = app.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let there = app.history(&person()).await.receipts().len() as u64;
    assert_eq!(there, kept, "what was acknowledged can be read");

    disk.grow();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
    let answer = app.post(&nth(kept)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(app.kept().await.len() as u64, kept + 1);
}
