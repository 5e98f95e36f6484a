//! The ledger in SQLite: one connection that writes, a few that read.

mod append;
mod file;
mod handle;
mod history;
mod migrate;
mod whole;

use super::{Appended, KeptNotice, Ledger, READERS, StoreError};
use crate::entry::Entry;
use file::FileId;
use handle::Handle;
use rusqlite::{OpenFlags, OptionalExtension, params};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use zhiqing_consent::Receipt;

/// A database in a file or in memory.
pub(super) struct Sqlite {
    /// `None` is in memory: there is one connection, for reading too.
    path: Option<PathBuf>,
    /// `None` after the file was lost, until it is there again.
    writer: Mutex<Option<Handle>>,
    readers: Mutex<Vec<Handle>>,
}

impl Sqlite {
    /// A database that ends with the process.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        Self::with(None, Handle::in_memory()?)
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

    /// The database in a file that is there.
    pub(super) fn in_existing_file(path: PathBuf) -> Result<Self, StoreError> {
        if FileId::of(&path).is_none() {
            return Err(StoreError::NoFile(path));
        }
        let handle = Handle::open(&path, OpenFlags::empty())?;
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
    fn write<T>(
        &self,
        work: impl FnOnce(&mut Handle) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
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
        work(handle)
    }

    /// Calls `work` with a connection that nobody else uses, so that readers wait for nobody.
    fn read<T>(
        &self,
        work: impl FnOnce(&Handle) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let path = self.path.as_deref();
        if path.is_none() {
            return self.write(|handle| work(handle));
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
        let result = work(&handle)?;
        // Only after success: a connection that failed is closed, the next reader opens another.
        let mut readers = lock(&self.readers);
        if readers.len() < READERS {
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

impl Ledger for Sqlite {
    fn append(&self, lists: &[Vec<Entry>]) -> Result<Vec<Appended>, StoreError> {
        self.write(|handle| Ok(append::append(handle, lists)?))
    }

    fn history(&self, site: &str, subject: &[u8; 32]) -> Result<Vec<Receipt>, StoreError> {
        self.read(|handle| history::history(&handle.connection, site, subject))
    }

    fn last(&self, site: &str, subject: &[u8; 32]) -> Result<Option<Receipt>, StoreError> {
        self.read(|handle| history::last(&handle.connection, site, subject))
    }

    fn latest(&self, site: &str) -> Result<i64, StoreError> {
        self.read(|handle| Ok(history::latest(&handle.connection, site)?))
    }

    fn keep_notice(
        &self,
        site: &str,
        digest: &[u8; 32],
        json: &[u8],
        now: i64,
    ) -> Result<(), StoreError> {
        self.write(|handle| {
            let transaction = handle.begin()?;
            transaction.execute(
                "INSERT INTO sites (id) VALUES (?) ON CONFLICT (id) DO NOTHING",
                [site],
            )?;
            transaction.execute(
                "INSERT INTO notices (site, digest, json, first_served_at) VALUES (?, ?, ?, ?)
                 ON CONFLICT (site, digest) DO NOTHING",
                params![site, digest, json, now],
            )?;
            Ok(transaction.commit()?)
        })
    }

    fn notice(&self, site: &str, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|handle| {
            let mut find = handle
                .connection
                .prepare_cached("SELECT json FROM notices WHERE site = ? AND digest = ?")?;
            let json = find.query_row(params![site, digest], |row| row.get(0));
            Ok(json.optional()?)
        })
    }

    fn sites(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(|handle| Ok(whole::sites(&handle.connection)?))
    }

    fn notices(&self, site: &str) -> Result<Vec<KeptNotice>, StoreError> {
        self.read(|handle| Ok(whole::notices(&handle.connection, site)?))
    }

    fn receipts(&self, site: &str, from: u64, most: u64) -> Result<Vec<Receipt>, StoreError> {
        self.read(|handle| whole::receipts(&handle.connection, site, from, most))
    }

    fn restore(&self, entries: &[Entry], from: u64) -> Result<Appended, StoreError> {
        self.write(|handle| Ok(append::restore(handle, entries, from)?))
    }

    fn ask(&self, now: i64, ballast: usize) -> Result<(), StoreError> {
        self.write(|handle| {
            let transaction = handle.begin()?;
            // Not there, where somebody took the table away.
            transaction
                .query_row("SELECT number FROM records LIMIT 1", [], |_| Ok(()))
                .optional()?;
            let write = "UPDATE pulse SET at = ?, ballast = ?";
            transaction.execute(write, params![now, vec![0_u8; ballast]])?;
            Ok(transaction.commit()?)
        })
    }
}

/// A thread that panicked while it held the lock left no half transaction: those end when they
/// are dropped.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
