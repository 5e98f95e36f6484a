//! Where records are kept: an interface that a route can await, before a ledger that blocks.
//!
//! [`Ledger`] is the seam: [`sqlite`] and [`postgres`] stand behind it. What is to be appended goes
//! through [`gather`], which makes one durable transaction of all that waits; [`order`] is the one
//! order that the records of a site have on either, and [`plan`] what becomes of each list; [`row`] makes the receipt again from what is kept.

mod error;
mod gather;
mod order;
mod plan;
mod postgres;
mod row;
mod sqlite;

pub use error::StoreError;
pub(crate) use gather::AppendError;

use crate::entry::{Entry, sha256};
use crate::metrics::Metrics;
use gather::Gatherer;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, Semaphore};
use zhiqing_consent::Receipt;

/// For how long an answer of [`Store::ask`] holds: whoever asks more often cannot wear out the disk.
const ASKED: Duration = Duration::from_secs(1);

/// Bytes of a batch of records, more or less.
const BALLAST: usize = 128 * 1024;

/// How many read at a time, each on a connection of its own; more wait. What they read is in memory as long.
const READERS: usize = 8;

/// The ledger. Copies share it; the last one to go waits until what was taken is kept.
#[derive(Clone)]
pub struct Store(Arc<Shared>);

struct Shared {
    ledger: Arc<dyn Ledger>,
    gatherer: Gatherer,
    metrics: Metrics,
    asked: Mutex<Option<Asked>>,
    readers: Arc<Semaphore>,
}

/// What the ledger said last, and when.
struct Asked {
    at: Instant,
    answer: Result<(), Arc<StoreError>>,
}

/// What became of an entry.
pub(crate) enum Kept {
    /// It is in the ledger now.
    New(Receipt),
    /// It was there before, with this receipt.
    Before(Receipt),
}

/// What became of an entry of a list that was kept.
pub(crate) enum Standing {
    New,
    Before(Box<Receipt>),
}

/// Why nothing of a list was kept.
pub(crate) enum Refused {
    /// The id of the entry at this place belongs to a record with other content.
    Conflict { at: usize },
    /// Something about this list alone.
    Store(StoreError),
}

/// What became of a list: all of it is kept, or nothing.
pub(crate) type Appended = Result<Vec<Standing>, Refused>;

/// A notice that a site served.
pub(crate) struct KeptNotice {
    /// Milliseconds since 1970.
    pub(crate) first_served_at: i64,
    pub(crate) json: Vec<u8>,
}

/// What a database must do. All of it blocks.
pub(crate) trait Ledger: Send + Sync {
    /// Keeps lists of entries in their order, each whole or not at all, and makes them durable together.
    /// A list is of one site. An error means that nothing was acknowledged; it may be there all the
    /// same, and is then found when it is appended again.
    fn append(&self, lists: &[Vec<Entry>]) -> Result<Vec<Appended>, StoreError>;

    /// The receipts of a site's subject in the order received.
    fn history(&self, site: &str, subject: &[u8; 32]) -> Result<Vec<Receipt>, StoreError>;

    /// The receipt of a site's subject that was received last.
    fn last(&self, site: &str, subject: &[u8; 32]) -> Result<Option<Receipt>, StoreError>;

    /// The latest moment that is known of a site, of a record or of a notice, in milliseconds since 1970; 0 where there
    /// is none.
    fn latest(&self, site: &str) -> Result<i64, StoreError>;

    /// Keeps a site and its notice, unless they are there already.
    fn keep_notice(
        &self,
        site: &str,
        digest: &[u8; 32],
        json: &[u8],
        now: i64,
    ) -> Result<(), StoreError>;

    /// The JSON of a notice.
    fn notice(&self, site: &str, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError>;

    /// The ids of all sites, in their order, and how many records each has.
    fn sites(&self) -> Result<Vec<(String, u64)>, StoreError>;

    /// A site's notices, the first served first.
    fn notices(&self, site: &str) -> Result<Vec<KeptNotice>, StoreError>;

    /// A site's receipts from a place on, so many at most.
    fn receipts(&self, site: &str, from: u64, most: u64) -> Result<Vec<Receipt>, StoreError>;

    /// Keeps records of one site as they were issued elsewhere, durably, all or none, at the places from `from` on:
    /// the site must have as many.
    fn restore(&self, entries: &[Entry], from: u64) -> Result<Appended, StoreError>;

    /// Writes so many bytes durably, which is the only way to know that a record could be kept now.
    fn ask(&self, now: i64, ballast: usize) -> Result<(), StoreError>;
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
    /// Opens a store and brings its tables up to date. Blocks, so not within a task.
    ///
    /// `sqlite:FILE` (folders above it are made), `sqlite::memory:`, which forgets all when the
    /// server ends, or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, with several hosts and
    /// `target_session_attrs=read-write` where a standby may be promoted. With `sslmode=require` the
    /// server's certificate is verified.
    ///
    /// # Errors
    /// Another kind of store, or one that cannot be opened.
    ///
    /// ```
    /// use zhiqing_server::Store;
    /// assert!(Store::open("sqlite::memory:").is_ok());
    /// assert!(Store::open("mysql://localhost/zhiqing").is_err());
    /// ```
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_file(url, sqlite::Sqlite::in_file)
    }

    /// [`open`](Self::open) for whoever only reads: no file is made where there is none.
    ///
    /// # Errors
    /// As there, and where there is no such file.
    pub fn open_existing(url: &str) -> Result<Self, StoreError> {
        Self::open_file(url, sqlite::Sqlite::in_existing_file)
    }

    fn open_file(
        url: &str,
        open: fn(PathBuf) -> Result<sqlite::Sqlite, StoreError>,
    ) -> Result<Self, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Self::with(apart(|| postgres::Postgres::open(url))?);
        }
        let file = url.strip_prefix("sqlite:").unwrap_or_default();
        // As in other tools: sqlite://a.db is a.db, sqlite:///a.db is /a.db.
        let sqlite = match file.strip_prefix("//").unwrap_or(file) {
            "" => return Err(StoreError::Url(url.to_owned())),
            ":memory:" => sqlite::Sqlite::in_memory()?,
            file => open(file.into())?,
        };
        Self::with(sqlite)
    }

    fn with(ledger: impl Ledger + 'static) -> Result<Self, StoreError> {
        let ledger: Arc<dyn Ledger> = Arc::new(ledger);
        let metrics = Metrics::default();
        Ok(Self(Arc::new(Shared {
            gatherer: Gatherer::start(Arc::clone(&ledger), metrics.clone())?,
            ledger,
            metrics,
            asked: Mutex::default(),
            readers: Arc::new(Semaphore::new(READERS)),
        })))
    }

    /// The database itself, whose calls block.
    pub(crate) fn ledger(&self) -> &dyn Ledger {
        &*self.0.ledger
    }

    /// What is counted of it.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Keeps all entries in their order, durably, or none. They are of one site.
    pub(crate) async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Kept>, AppendError> {
        self.0.gatherer.append(entries).await
    }

    /// The receipts of a site's subject in the order received.
    pub(crate) async fn history(
        &self,
        site: &str,
        subject: [u8; 32],
    ) -> Result<Vec<Receipt>, StoreError> {
        let site = site.to_owned();
        self.blocking(move |ledger| ledger.history(&site, &subject))
            .await
    }

    /// The receipt of a site's subject that was received last.
    pub(crate) async fn last(
        &self,
        site: &str,
        subject: [u8; 32],
    ) -> Result<Option<Receipt>, StoreError> {
        let site = site.to_owned();
        self.blocking(move |ledger| ledger.last(&site, &subject))
            .await
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

    /// Fails with [`StoreError::ClockBehind`] if `now` is before what is known of the site already.
    pub(crate) async fn admit(&self, site: &str, now: Timestamp) -> Result<(), StoreError> {
        let (site, now) = (site.to_owned(), now.as_millisecond());
        self.blocking(move |ledger| order::admit(&site, ledger.latest(&site)?, now))
            .await
    }

    /// Fails unless a record of one of these sites could be kept now, or could be a second ago.
    pub(crate) async fn ask(&self, sites: Vec<String>) -> Result<(), Arc<StoreError>> {
        // Held while it is asked: who comes meanwhile waits for the same answer.
        let mut asked = self.0.asked.lock().await;
        if let Some(Asked { at, answer }) = &*asked
            && at.elapsed() < ASKED
        {
            return answer.clone();
        }
        let now = Timestamp::now().as_millisecond();
        // After a failure as much as what failed: a full disk may have room for a number.
        let ballast = match self.0.metrics.is_away() {
            true => BALLAST,
            false => 0,
        };
        let ask = move |ledger: &dyn Ledger| {
            ledger.ask(now, ballast)?;
            any_admits(ledger, &sites, now)
        };
        let answer = self.blocking(ask).await;
        let answer = answer.map_err(Arc::new);
        match &answer {
            Ok(()) => self.0.metrics.back(),
            Err(error) => self.0.metrics.failed(error),
        }
        *asked = Some(Asked {
            at: Instant::now(),
            answer: answer.clone(),
        });
        answer
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
        apart(|| self.0.ledger.keep_notice(site, &digest, json, now))
    }

    /// [`keep_notice`](Self::keep_notice) within a task.
    pub(crate) async fn keep_notice_again(
        &self,
        site: &str,
        digest: &str,
        json: &[u8],
    ) -> Result<(), StoreError> {
        let digest = sha256(digest).ok_or(StoreError::Corrupt("a notice's digest"))?;
        let now = Timestamp::now().as_millisecond();
        let (site, json) = (site.to_owned(), json.to_owned());
        self.blocking(move |ledger| ledger.keep_notice(&site, &digest, &json, now))
            .await
    }

    /// Runs what blocks where it may.
    async fn blocking<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Ledger) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (ledger, readers) = (Arc::clone(&self.0.ledger), Arc::clone(&self.0.readers));
        let called = async {
            let place = readers.acquire_owned().await;
            let call = move || {
                // Until it is done, though nobody may wait for it any more.
                let _place = place;
                call(&*ledger)
            };
            tokio::task::spawn_blocking(call).await
        };
        match tokio::time::timeout(gather::PATIENCE, called).await {
            Ok(done) => done.unwrap_or(Err(StoreError::Stopped)),
            Err(_) => Err(StoreError::Slow(gather::PATIENCE.as_secs())),
        }
    }
}

/// Fails if the clock is behind what is known of every one of these sites.
fn any_admits(ledger: &dyn Ledger, sites: &[String], now: i64) -> Result<(), StoreError> {
    let mut admitted = Ok(());
    for site in sites {
        admitted = order::admit(site, ledger.latest(site)?, now);
        if admitted.is_ok() {
            break;
        }
    }
    admitted
}

/// Runs what blocks in a thread of its own: a database's client may have a runtime inside, which cannot
/// start where another one runs.
fn apart<T: Send>(work: impl FnOnce() -> Result<T, StoreError> + Send) -> Result<T, StoreError> {
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or(Err(StoreError::Stopped))
}
