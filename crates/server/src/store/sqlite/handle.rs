//! A connection to the database, and which file it has open.

use super::file::FileId;
use super::migrate::migrate;
use crate::store::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

/// How long a connection waits for another process that writes, before it is an error.
const PATIENCE: Duration = Duration::from_secs(5);

/// Bytes of a page. A record has one to two kilobytes and is not split: of pages of 4096 bytes, which are the usual
/// ones, or 8192 up to a quarter would be left over. Counts for a new database only.
const PAGE: u32 = 16384;

/// KiB that the writing connection keeps of the database: the parts of the indexes that are written to.
const CACHE_KIB: i64 = 64 * 1024;

/// Bytes of the write-ahead log that are copied into the database at once, in pages of [`PAGE`]: the more, the
/// more often a page that was written again and again is copied once.
const CHECKPOINT_PAGES: u32 = 1000;

/// A connection.
pub(super) struct Handle {
    pub(super) connection: Connection,
    file: Option<FileId>,
    /// The numbers of notices, which never change, by site and digest.
    pub(super) notices: HashMap<(i64, [u8; 32]), i64>,
}

impl Handle {
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        Ok(Self {
            connection: Connection::open_in_memory()?,
            file: None,
            notices: HashMap::new(),
        })
    }

    pub(super) fn open(path: &Path, more: OpenFlags) -> Result<Self, StoreError> {
        // No mutex: a handle is used by one thread at a time. No URI: a path is a path.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        Ok(Self {
            connection,
            file: FileId::of(path),
            notices: HashMap::new(),
        })
    }

    pub(super) fn prepare_to_write(&mut self) -> Result<(), StoreError> {
        let connection = &mut self.connection;
        connection.pragma_update(None, "page_size", PAGE)?;
        // A write-ahead log: readers never wait for the writer, and a commit is one sync.
        connection.pragma_update(None, "journal_mode", "wal")?;
        // FULL: a commit returns after the log was synced. With less, a power cut takes back
        // receipts that were given out.
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // Nothing is written but the database and what stands beside it: a server that may write nowhere else starts.
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        migrate(connection)
    }

    /// Begins to write. Two that began by reading could not both go on.
    pub(super) fn begin(&mut self) -> rusqlite::Result<Transaction<'_>> {
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
    }

    pub(super) fn is_current(&self, path: Option<&Path>) -> bool {
        path.is_none_or(|path| self.file.is_some() && FileId::of(path) == self.file)
    }

    /// Closes a connection whose file is gone. The last connection to close removes the log at
    /// its path, which by now may be another database's.
    pub(super) fn abandon(self) {
        let config = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        if self.connection.set_db_config(config, true).is_err() {
            // Leaking a connection is better than removing what is not ours.
            std::mem::forget(self.connection);
        }
    }
}
