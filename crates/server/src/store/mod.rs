//! Where records are kept: an interface that a route can await, before a ledger that blocks.
//!
//! [`Ledger`] is the seam. Today every append is a transaction of its own on [`sqlite`]; a later
//! version gathers those that wait into one transaction behind the same call.

mod error;
mod file;
mod migrate;
mod row;
mod sqlite;

pub use error::StoreError;

use crate::entry::{Entry, sha256};
use jiff::Timestamp;
use sqlite::Sqlite;
use std::sync::Arc;
use zhiqing_consent::Receipt;

/// The ledger. Copies share it.
#[derive(Clone)]
pub struct Store(Arc<dyn Ledger>);

/// What became of an entry.
pub(crate) enum Kept {
    /// It is in the ledger now.
    New(Receipt),
    /// It was there before, with this receipt.
    Before(Receipt),
}

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AppendError {
    /// The id of the entry at `at` belongs to a record with other content.
    #[error("the id of entry {at} belongs to another record")]
    Conflict {
        /// Its place in the list.
        at: usize,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a database must do. All of it blocks.
trait Ledger: Send + Sync {
    /// Keeps all entries in their order, durably, or none.
    fn append(&self, entries: Vec<Entry>) -> Result<Vec<Kept>, AppendError>;

    /// The receipts of a subject in the order received.
    fn history(&self, subject: &[u8; 32]) -> Result<Vec<Receipt>, StoreError>;

    /// The receipt of a subject that was received last.
    fn last(&self, subject: &[u8; 32]) -> Result<Option<Receipt>, StoreError>;

    /// Keeps a notice, unless it is there already.
    fn keep_notice(
        &self,
        site: &str,
        digest: &[u8; 32],
        json: &[u8],
        now: i64,
    ) -> Result<(), StoreError>;

    /// The JSON of a notice.
    fn notice(&self, site: &str, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Fails unless a record could be kept now.
    fn ask(&self) -> Result<(), StoreError>;
}

impl Kept {
    pub(crate) const fn is_new(&self) -> bool {
        matches!(self, Self::New(_))
    }

    pub(crate) fn into_receipt(self) -> Receipt {
        match self {
            Self::New(receipt) | Self::Before(receipt) => receipt,
        }
    }
}

impl Store {
    /// Opens a store and brings its tables up to date.
    ///
    /// `sqlite:FILE` (folders above it are made) or `sqlite::memory:`, which forgets all when the
    /// server ends.
    ///
    /// # Errors
    /// Another kind of store, or one that cannot be opened.
    ///
    /// ```
    /// use zhiqing_server::Store;
    /// assert!(Store::open("sqlite::memory:").is_ok());
    /// assert!(Store::open("postgres://localhost/zhiqing").is_err());
    /// ```
    pub fn open(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Err(StoreError::NoPostgres);
        }
        let file = url.strip_prefix("sqlite:").unwrap_or_default();
        // As in other tools: sqlite://a.db is a.db, sqlite:///a.db is /a.db.
        let sqlite = match file.strip_prefix("//").unwrap_or(file) {
            "" => return Err(StoreError::Url(url.to_owned())),
            ":memory:" => Sqlite::in_memory()?,
            file => Sqlite::in_file(file.into())?,
        };
        Ok(Self(Arc::new(sqlite)))
    }

    /// Keeps all entries in their order, durably, or none.
    pub(crate) async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Kept>, AppendError> {
        self.blocking(move |ledger| ledger.append(entries)).await
    }

    /// The receipts of a subject in the order received.
    pub(crate) async fn history(&self, subject: [u8; 32]) -> Result<Vec<Receipt>, StoreError> {
        self.blocking(move |ledger| ledger.history(&subject)).await
    }

    /// The receipt of a subject that was received last.
    pub(crate) async fn last(&self, subject: [u8; 32]) -> Result<Option<Receipt>, StoreError> {
        self.blocking(move |ledger| ledger.last(&subject)).await
    }

    /// The JSON of a notice that `site` once served.
    pub(crate) async fn notice(
        &self,
        site: &str,
        digest: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(digest) = sha256(digest) else {
            return Ok(None);
        };
        let site = site.to_owned();
        self.blocking(move |ledger| ledger.notice(&site, &digest))
            .await
    }

    /// Fails unless a record could be kept now.
    pub(crate) async fn ask(&self) -> Result<(), StoreError> {
        self.blocking(|ledger| ledger.ask()).await
    }

    /// Keeps a notice that is served from now on. Blocks.
    pub(crate) fn keep_notice(
        &self,
        site: &str,
        digest: &str,
        json: &[u8],
    ) -> Result<(), StoreError> {
        let digest = sha256(digest).ok_or(StoreError::Corrupt("a notice's digest"))?;
        let now = Timestamp::now().as_millisecond();
        self.0.keep_notice(site, &digest, json, now)
    }

    /// Runs what blocks where it may. It runs to its end even if nobody waits for it any more, so
    /// a client that leaves does not interrupt a transaction.
    async fn blocking<T, E>(
        &self,
        call: impl FnOnce(&dyn Ledger) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let ledger = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || call(&*ledger))
            .await
            .unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }
}
