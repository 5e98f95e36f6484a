//! Group commit: one durable transaction for all that waits.
//!
//! A sync of the disk costs the same for one record and for a hundred. While one batch is synced the
//! next gathers by itself: nothing ever waits for a batch to fill, and the busier the server, the
//! larger the batches. One thread appends, so that records are in the order in which they came.

use super::{Appended, Kept, Ledger, Refused, Standing, StoreError};
use crate::entry::Entry;
use crate::metrics::{Metrics, Outcome};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How long anybody waits for the store. Longer than a database takes that is well, and shorter than
/// a page waits for its answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// How many lists wait at most. With more, the last would not be kept in time.
const QUEUE: usize = 4096;

/// The most records of a batch, but for its last list: bounds how long the first one waits.
const BATCH: usize = 1024;

/// Why nothing was appended, as far as is known.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum AppendError {
    /// The id of the entry at `at` belongs to a record with other content.
    #[error("the id of entry {at} belongs to another record")]
    Conflict {
        /// Its place in the list.
        at: usize,
    },
    /// The store failed; the error is of all that waited.
    #[error(transparent)]
    Store(#[from] Arc<StoreError>),
}

impl AppendError {
    /// What it is counted as.
    pub(crate) const fn outcome(&self) -> Outcome {
        match self {
            Self::Conflict { .. } => Outcome::conflict,
            Self::Store(_) => Outcome::unavailable,
        }
    }
}

/// The way to the thread that appends.
pub(super) struct Gatherer {
    /// `None` once nothing more is taken.
    queue: Option<SyncSender<Waiting>>,
    thread: Option<JoinHandle<()>>,
}

struct Waiting {
    entries: Vec<Entry>,
    answer: oneshot::Sender<Result<Vec<Kept>, AppendError>>,
}

impl Gatherer {
    /// Starts the thread.
    pub(super) fn start(ledger: Arc<dyn Ledger>, metrics: Metrics) -> Result<Self, StoreError> {
        let (queue, waiting) = sync_channel(QUEUE);
        let thread = Builder::new()
            .name("ledger".into())
            .spawn(move || run(&*ledger, &metrics, &waiting))
            .map_err(StoreError::Thread)?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Keeps all entries or none. It is done even if nobody waits for it any more: a client that leaves
    /// interrupts nothing.
    pub(super) async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Kept>, AppendError> {
        let failed = |error| AppendError::Store(Arc::new(error));
        let (answer, answered) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or(failed(StoreError::Stopped))?;
        queue
            .try_send(Waiting { entries, answer })
            .map_err(|error| match error {
                TrySendError::Full(_) => failed(StoreError::Busy),
                TrySendError::Disconnected(_) => failed(StoreError::Stopped),
            })?;
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(Ok(kept)) => kept,
            Ok(Err(_)) => Err(failed(StoreError::Stopped)),
            Err(_) => Err(failed(StoreError::Slow(PATIENCE.as_secs()))),
        }
    }
}

/// What was taken is kept before the last owner of a store goes on.
impl Drop for Gatherer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // It panicked: whoever waited was told.
            let _ = thread.join();
        }
    }
}

fn run(ledger: &dyn Ledger, metrics: &Metrics, queue: &Receiver<Waiting>) {
    while let Ok(first) = queue.recv() {
        let mut records = first.entries.len();
        let (mut lists, mut answers) = (vec![first.entries], vec![first.answer]);
        while records < BATCH
            && let Ok(next) = queue.try_recv()
        {
            records += next.entries.len();
            lists.push(next.entries);
            answers.push(next.answer);
        }
        let appended = commit(ledger, metrics, &lists);
        for ((list, appended), answer) in lists.into_iter().zip(appended).zip(answers) {
            // Nobody may be there any more to hear it.
            let _ = answer.send(appended.map(|standings| kept(list, standings)));
        }
    }
}

/// What became of each list.
fn commit(
    ledger: &dyn Ledger,
    metrics: &Metrics,
    lists: &[Vec<Entry>],
) -> Vec<Result<Vec<Standing>, AppendError>> {
    let began = Instant::now();
    match append(ledger, lists) {
        Ok(appended) => {
            let records = lists.iter().map(Vec::len).sum();
            metrics.committed(records, began.elapsed());
            appended.into_iter().map(outcome).collect()
        }
        // One list that no database takes must not stop those beside it for ever.
        Err(error) if lists.len() > 1 && is_of_content(&error) => lists
            .iter()
            .flat_map(|list| commit(ledger, metrics, std::slice::from_ref(list)))
            .collect(),
        Err(error) => {
            metrics.failed(&error);
            let error = Arc::new(error);
            let failed = || Err(AppendError::Store(Arc::clone(&error)));
            lists.iter().map(|_| failed()).collect()
        }
    }
}

/// Appends, and lives on where that panics: a transaction that is dropped takes itself back.
fn append(ledger: &dyn Ledger, lists: &[Vec<Entry>]) -> Result<Vec<Appended>, StoreError> {
    let appended = catch_unwind(AssertUnwindSafe(|| ledger.append(lists)));
    appended.unwrap_or(Err(StoreError::Stopped))
}

fn outcome(appended: Appended) -> Result<Vec<Standing>, AppendError> {
    appended.map_err(|refused| match refused {
        Refused::Conflict { at } => AppendError::Conflict { at },
        Refused::Store(error) => AppendError::Store(Arc::new(error)),
    })
}

/// Whether it is about what was to be written, and not about whether anything can be.
fn is_of_content(error: &StoreError) -> bool {
    match error {
        StoreError::Corrupt(_) | StoreError::Stopped => true,
        StoreError::Sqlite(error) => {
            error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
        }
        // Class 22, data exception, and 23, integrity constraint violation.
        StoreError::Postgres(error) => error
            .code()
            .is_some_and(|code| matches!(code.code().get(..2), Some("22" | "23"))),
        _ => false,
    }
}

fn kept(list: Vec<Entry>, standings: Vec<Standing>) -> Vec<Kept> {
    let entries = list.into_iter().zip(standings);
    entries
        .map(|(entry, standing)| match standing {
            Standing::New => Kept::New(entry.receipt),
            Standing::Before(receipt) => Kept::Before(*receipt),
        })
        .collect()
}
