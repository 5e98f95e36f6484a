//! A database of a test's own: SQLite in a new folder.

use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Gone when it is dropped.
pub(crate) struct Database(TempDir);

impl Database {
    /// One that is not there yet: the store makes it.
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// Its address for a store.
    pub(crate) fn url(&self) -> String {
        format!("sqlite:{}", self.file().display())
    }

    /// Its file, two folders down: the store makes the folders.
    pub(crate) fn file(&self) -> PathBuf {
        self.0.path().join("var/ledger/zhiqing.db")
    }

    /// Where the test may put things.
    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    /// Makes it unreachable for good.
    pub(crate) fn take_away(&self) {
        fs::remove_dir_all(self.file().parent().expect("a folder")).expect("removed");
    }

    /// Does something behind the store's back, to one row at least.
    pub(crate) fn execute(&self, sql: &str) {
        let rows = self.open().execute(sql, []).expect(sql);
        assert!(rows > 0, "{sql}");
    }

    /// The number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        let number = self.open().query_row(sql, [], |row| row.get(0));
        number.expect(sql)
    }

    fn open(&self) -> Connection {
        Connection::open(self.file()).expect("the database")
    }
}
