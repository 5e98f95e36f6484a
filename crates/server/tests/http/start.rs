//! What the server refuses to start with.

use crate::app::{TestApp, hosted, notice};
use zhiqing_server::{Hosted, ServerError, Store, StoreError};

#[track_caller]
fn refused(spoil: impl FnOnce(&mut Vec<Hosted>)) -> String {
    let mut sites = vec![hosted(&notice("demo", "示例"))];
    spoil(&mut sites);
    let store = Store::open("sqlite::memory:").expect("a store");
    let error = zhiqing_server::router(sites, store).expect_err("not a good server");
    error.to_string()
}

#[test]
fn sites_that_cannot_be_served_are_refused() {
    assert!(refused(Vec::clear).contains("no site"));
    assert!(refused(|s| s.push(hosted(&notice("demo", "又一")))).contains("two sites"));
    assert!(refused(|s| s[0] = hosted(&notice("a/b", "示例"))).contains("a/b"));
    assert!(refused(|s| s[0].origins.push("demo.example".into())).contains("demo.example"));
    assert!(refused(|s| s[0].origins.push("*".into())).contains("\"*\""));
    assert!(refused(|s| s[0].notice_json = b"{}".to_vec()).contains("belong together"));
    assert!(refused(|s| s[0].notice.name = "别的".into()).contains("belong together"));
    assert!(
        refused(|s| {
            s[0].notice.name = "别的".into();
            s[0].notice_json = serde_json::to_vec(&s[0].notice).unwrap();
        })
        .contains("belong together")
    );
}

#[test]
fn what_is_no_store_is_refused() {
    // Port 1 of this machine answers nobody.
    let away = "postgres://u:secret@127.0.0.1:1/zhiqing";
    let error = Store::open(away).err().unwrap();
    assert!(matches!(error, StoreError::Postgres(_)));
    let told = error.to_string();
    assert!(
        told.contains("refused") && !told.contains("secret"),
        "{told}"
    );
    for url in ["", "sqlite:", "zhiqing.db", "mysql://localhost"] {
        let error = Store::open(url).err().unwrap();
        assert!(matches!(error, StoreError::Url(_)), "{url}: {error}");
    }
}

#[test]
fn a_database_of_a_later_version_is_refused() {
    let app = TestApp::new();
    let other = rusqlite::Connection::open(app.database.file()).unwrap();
    other.pragma_update(None, "user_version", 1000).unwrap();
    let error = TestApp::with(app.database, &[app.notice]).err().unwrap();
    let is_newer = matches!(
        error,
        ServerError::Store(StoreError::Newer { found: 1000, .. })
    );
    assert!(is_newer, "{error}");
}

#[test]
fn the_folders_are_made_and_the_database_has_a_write_ahead_log() {
    let app = TestApp::new();
    let header = std::fs::read(app.database.file()).unwrap();
    // SQLite file format, 1.3: bytes 18 and 19 are 2 with a write-ahead log.
    assert_eq!(header[18..20], [2, 2]);
}
