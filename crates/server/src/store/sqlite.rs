//! The ledger in SQLite: one connection that writes, a few that read.

use super::file::FileId;
use super::migrate::migrate;
use super::row::Stored;
use super::{AppendError, Kept, Ledger, StoreError};
use crate::entry::Entry;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use zhiqing_consent::Receipt;

/// How long a connection waits for another process that writes, before it is an error.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many reading connections are kept for the next reader.
const IDLE_READERS: usize = 8;

/// A database in a file or in memory.
pub(super) struct Sqlite {
    /// `None` is in memory: there is one connection, for reading too.
    path: Option<PathBuf>,
    /// `None` after the file was lost, until it is there again.
    writer: Mutex<Option<Handle>>,
    readers: Mutex<Vec<Handle>>,
}

struct Handle {
    connection: Connection,
    file: Option<FileId>,
}

impl Sqlite {
    /// A database that ends with the process.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let connection = Connection::open_in_memory()?;
        let handle = Handle {
            connection,
            file: None,
        };
        Self::with(None, handle)
    }

    /// The database in a file, which is made if it is not there, with the folders above it.
    pub(super) fn in_file(path: PathBuf) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder {
                path: folder.to_owned(),
                source,
            })?;
        }
        let handle = Handle::open(&path, OpenFlags::SQLITE_OPEN_CREATE)?;
        Self::with(Some(path), handle)
    }

    fn with(path: Option<PathBuf>, mut writer: Handle) -> Result<Self, StoreError> {
        writer.prepare_to_write()?;
        Ok(Self {
            path,
            writer: Mutex::new(Some(writer)),
            readers: Mutex::default(),
        })
    }

    /// Calls `work` with the one connection that writes.
    fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = lock(&self.writer);
        if let Some(lost) = writer.take_if(|handle| !handle.is_current(self.path.as_deref())) {
            lost.abandon();
        }
        let handle = match &mut *writer {
            Some(handle) => handle,
            none => {
                let mut handle = self.open_again()?;
                handle.prepare_to_write()?;
                none.insert(handle)
            }
        };
        work(&mut handle.connection)
    }

    /// Calls `work` with a connection that nobody else uses, so that readers wait for nobody.
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let path = self.path.as_deref();
        if path.is_none() {
            return self.write(|connection| work(connection));
        }
        let idle = lock(&self.readers).pop();
        let handle = match idle {
            Some(handle) if handle.is_current(path) => handle,
            Some(lost) => {
                lost.abandon();
                self.open_reader()?
            }
            None => self.open_reader()?,
        };
        let result = work(&handle.connection)?;
        // Only after success: a connection that failed is closed, the next reader opens another.
        let mut readers = lock(&self.readers);
        if readers.len() < IDLE_READERS {
            readers.push(handle);
        }
        Ok(result)
    }

    fn open_reader(&self) -> Result<Handle, StoreError> {
        let handle = self.open_again()?;
        // Not opened read-only: a reader of a write-ahead log must write to its index.
        handle.connection.pragma_update(None, "query_only", true)?;
        Ok(handle)
    }

    /// Opens the file if it is there. Were it made anew, the ledger would seem to be empty.
    fn open_again(&self) -> Result<Handle, StoreError> {
        match &self.path {
            Some(path) if FileId::of(path).is_some() => Handle::open(path, OpenFlags::empty()),
            Some(path) => Err(StoreError::Gone(path.clone())),
            None => Err(StoreError::Stopped),
        }
    }
}

impl Handle {
    fn open(path: &Path, more: OpenFlags) -> Result<Self, StoreError> {
        // No mutex: a handle is used by one thread at a time. No URI: a path is a path.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        let file = FileId::of(path);
        Ok(Self { connection, file })
    }

    fn prepare_to_write(&mut self) -> Result<(), StoreError> {
        let connection = &mut self.connection;
        // A write-ahead log: readers never wait for the writer, and a commit is one sync.
        connection.pragma_update(None, "journal_mode", "wal")?;
        // FULL: a commit returns after the log was synced. With less, a power cut takes back
        // receipts that were given out.
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        migrate(connection)
    }

    fn is_current(&self, path: Option<&Path>) -> bool {
        path.is_none_or(|path| self.file.is_some() && FileId::of(path) == self.file)
    }

    /// Closes a connection whose file is gone. The last connection to close removes the log at
    /// its path, which by now may be another database's.
    fn abandon(self) {
        let config = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        if self.connection.set_db_config(config, true).is_err() {
            // Leaking a connection is better than removing what is not ours.
            std::mem::forget(self.connection);
        }
    }
}

impl Ledger for Sqlite {
    fn append(&self, entries: Vec<Entry>) -> Result<Vec<Kept>, AppendError> {
        self.write(|connection| {
            append(connection, entries).map_err(|error| match error {
                // `?` below speaks rusqlite; callers hear of a store.
                Failed::Sqlite(error) => StoreError::from(error).into(),
                Failed::Append(error) => error,
            })
        })
    }

    fn history(&self, subject: &[u8; 32]) -> Result<Vec<Receipt>, StoreError> {
        self.read(|connection| {
            let mut find = connection.prepare_cached(&format!(
                "SELECT {} FROM records WHERE subject = ? ORDER BY number",
                Stored::COLUMNS
            ))?;
            let rows = find.query_map([subject], Stored::read)?;
            rows.map(|row| row?.receipt()).collect()
        })
    }

    fn last(&self, subject: &[u8; 32]) -> Result<Option<Receipt>, StoreError> {
        self.read(|connection| {
            let mut find = connection.prepare_cached(&format!(
                "SELECT {} FROM records WHERE subject = ? ORDER BY number DESC LIMIT 1",
                Stored::COLUMNS
            ))?;
            let stored = find.query_row([subject], Stored::read).optional()?;
            stored.map(Stored::receipt).transpose()
        })
    }

    fn keep_notice(
        &self,
        site: &str,
        digest: &[u8; 32],
        json: &[u8],
        now: i64,
    ) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO notices (site, digest, json, first_served_at) VALUES (?, ?, ?, ?)
                 ON CONFLICT (site, digest) DO NOTHING",
                params![site, digest, json, now],
            )?;
            Ok(())
        })
    }

    fn notice(&self, site: &str, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| {
            let mut find = connection
                .prepare_cached("SELECT json FROM notices WHERE site = ? AND digest = ?")?;
            let json = find.query_row(params![site, digest], |row| row.get(0));
            Ok(json.optional()?)
        })
    }

    fn ask(&self) -> Result<(), StoreError> {
        self.write(|connection| {
            // Taking the lock fails where nothing can be written; reading, where the table is
            // not there. Nothing is committed.
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction
                .query_row("SELECT number FROM records LIMIT 1", [], |_| Ok(()))
                .optional()?;
            Ok(transaction.rollback()?)
        })
    }
}

enum Failed {
    Sqlite(rusqlite::Error),
    Append(AppendError),
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// One transaction. Leaving it early takes everything back.
fn append(connection: &mut Connection, entries: Vec<Entry>) -> Result<Vec<Kept>, Failed> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut kept = Vec::with_capacity(entries.len());
    {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO records (id, site, subject, sequence, previous, notice, received_at,
                                  record, digest, salt, signature)
             VALUES (?1, ?2, ?3, ?4, ?5,
                     (SELECT number FROM notices WHERE site = ?2 AND digest = ?6),
                     ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (id) DO NOTHING",
        )?;
        let mut find = transaction.prepare_cached(&format!(
            "SELECT {}, digest FROM records WHERE id = ?",
            Stored::COLUMNS
        ))?;
        for (at, entry) in entries.into_iter().enumerate() {
            let record = &entry.receipt.record;
            let inserted = insert.execute(params![
                entry.id,
                record.site,
                entry.subject,
                entry.sequence,
                entry.previous,
                entry.notice,
                entry.received_at,
                entry.canonical,
                entry.digest,
                entry.salt,
                entry.signature,
            ])?;
            if inserted == 1 {
                kept.push(Kept::New(entry.receipt));
                continue;
            }
            let (stored, digest) = find.query_row([entry.id], |row| {
                Ok((Stored::read(row)?, row.get::<_, [u8; 32]>(4)?))
            })?;
            if digest != entry.digest {
                return Err(Failed::Append(AppendError::Conflict { at }));
            }
            let receipt = stored.receipt().map_err(|e| Failed::Append(e.into()))?;
            kept.push(Kept::Before(receipt));
        }
    }
    transaction.commit()?;
    Ok(kept)
}

/// A thread that panicked while it held the lock left no half transaction: those end when they
/// are dropped.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
