//! The ledger in PostgreSQL: several servers may share one database.
//!
//! One connection writes, a few read. A connection that broke is not used again: the next call opens
//! another, so a database that was away, restarted or replaced by its standby is found again by itself.

mod append;
mod connection;
mod history;
mod migrate;
mod whole;

use super::{Appended, KeptNotice, Ledger, READERS, StoreError};
use crate::entry::Entry;
use ::postgres::Client;
use append::Writer;
use connection::Connector;
use std::sync::{Mutex, MutexGuard, PoisonError};
use zhiqing_consent::Receipt;

/// A database on a server.
pub(super) struct Postgres {
    connector: Connector,
    writer: Mutex<Option<Writer>>,
    readers: Mutex<Vec<Client>>,
}

impl Postgres {
    /// Connects and brings the tables up to date.
    pub(super) fn open(url: &str) -> Result<Self, StoreError> {
        let connector = Connector::new(url)?;
        let mut client = connector.connect()?;
        migrate::migrate(&mut client)?;
        let writer = Writer::new(client)?;
        Ok(Self {
            connector,
            writer: Mutex::new(Some(writer)),
            readers: Mutex::default(),
        })
    }

    /// Calls `work` with the one connection that writes; again with another if that one broke. What the
    /// first call may have done all the same is found by the second.
    fn write<T>(
        &self,
        mut work: impl FnMut(&mut Writer) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut kept = lock(&self.writer);
        if let Some(mut writer) = kept.take() {
            let done = work(&mut writer);
            if !writer.is_broken(&done) {
                *kept = Some(writer);
                return done;
            }
        }
        let mut writer = Writer::new(self.connector.connect()?)?;
        let done = work(&mut writer);
        if !writer.is_broken(&done) {
            *kept = Some(writer);
        }
        done
    }

    /// Calls `work` with a connection that nobody else uses, and again if that one had broken meanwhile.
    fn read<T>(
        &self,
        work: impl Fn(&mut Client) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = lock(&self.readers).pop();
        if let Some(mut client) = idle {
            let done = work(&mut client);
            if !client.is_closed() {
                self.keep(client);
                return done;
            }
            // The others are as old.
            let old = std::mem::take(&mut *lock(&self.readers));
            drop(old);
        }
        let mut client = self.connector.connect()?;
        let done = work(&mut client);
        if !client.is_closed() {
            self.keep(client);
        }
        done
    }

    fn keep(&self, client: Client) {
        let mut readers = lock(&self.readers);
        if readers.len() < READERS {
            readers.push(client);
        }
    }
}

/// A client has a runtime inside, which cannot end within a task of another one.
impl Drop for Postgres {
    fn drop(&mut self) {
        let writer = lock(&self.writer).take();
        let readers = std::mem::take(&mut *lock(&self.readers));
        let ended = std::thread::spawn(move || drop((writer, readers)));
        // A client that panics as it ends has nothing left to lose.
        let _ = ended.join();
    }
}

impl Ledger for Postgres {
    fn append(&self, lists: &[Vec<Entry>]) -> Result<Vec<Appended>, StoreError> {
        self.write(|writer| Ok(writer.append(lists)?))
    }

    fn history(&self, site: &str, subject: &[u8; 32]) -> Result<Vec<Receipt>, StoreError> {
        self.read(|client| history::history(client, site, subject))
    }

    fn last(&self, site: &str, subject: &[u8; 32]) -> Result<Option<Receipt>, StoreError> {
        self.read(|client| history::last(client, site, subject))
    }

    fn latest(&self, site: &str) -> Result<i64, StoreError> {
        self.read(|client| Ok(history::latest(client, site)?))
    }

    fn keep_notice(
        &self,
        site: &str,
        digest: &[u8; 32],
        json: &[u8],
        now: i64,
    ) -> Result<(), StoreError> {
        self.write(|writer| Ok(writer.keep_notice(site, digest, json, now)?))
    }

    fn notice(&self, site: &str, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|client| {
            let row = client.query_opt(
                "SELECT json FROM zhiqing.notices WHERE site = $1 AND digest = $2",
                &[&site, &digest.as_slice()],
            )?;
            Ok(row.map(|row| row.try_get(0)).transpose()?)
        })
    }

    fn sites(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(|client| Ok(whole::sites(client)?))
    }

    fn notices(&self, site: &str) -> Result<Vec<KeptNotice>, StoreError> {
        self.read(|client| Ok(whole::notices(client, site)?))
    }

    fn receipts(&self, site: &str, from: u64, most: u64) -> Result<Vec<Receipt>, StoreError> {
        self.read(|client| whole::receipts(client, site, from, most))
    }

    fn restore(&self, entries: &[Entry], from: u64) -> Result<Appended, StoreError> {
        self.write(|writer| Ok(writer.restore(entries, from)?))
    }

    fn ask(&self, now: i64, ballast: usize) -> Result<(), StoreError> {
        self.write(|writer| Ok(writer.ask(now, ballast)?))
    }
}

/// A thread that panicked while it held the lock left no half transaction: those end with their
/// connection.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
