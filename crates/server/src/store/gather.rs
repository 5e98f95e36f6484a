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
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How long anybody waits for the store. Longer than a database takes that is well, and shorter than
/// a page waits for its answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// How many records wait at most: some 100 MB. With many more, the last would not be kept in time.
const QUEUE: usize = 32_768;

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
    queue: Option<Sender<Waiting>>,
    /// How many records wait.
    waiting: Arc<AtomicUsize>,
    thread: Option<JoinHandle<()>>,
}

struct Waiting {
    entries: Vec<Entry>,
    answer: oneshot::Sender<Result<Vec<Kept>, AppendError>>,
}

impl Gatherer {
    /// Starts the thread.
    pub(super) fn start(ledger: Arc<dyn Ledger>, metrics: Metrics) -> Result<Self, StoreError> {
        let (queue, lists) = channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let queued = Queued {
            lists,
            waiting: Arc::clone(&waiting),
        };
        let thread = Builder::new()
            .name("ledger".into())
            .spawn(move || run(&*ledger, &metrics, &queued))
            .map_err(StoreError::Thread)?;
        Ok(Self {
            queue: Some(queue),
            waiting,
            thread: Some(thread),
        })
    }

    /// Keeps all entries or none. It is done even if nobody waits for it any more: a client that leaves
    /// interrupts nothing.
    pub(super) async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Kept>, AppendError> {
        let failed = |error| AppendError::Store(Arc::new(error));
        let (answer, answered) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or(failed(StoreError::Stopped))?;
        let records = entries.len();
        if self.waiting.fetch_add(records, Ordering::Relaxed) + records > QUEUE {
            self.waiting.fetch_sub(records, Ordering::Relaxed);
            return Err(failed(StoreError::Busy));
        }
        queue
            .send(Waiting { entries, answer })
            .map_err(|_| failed(StoreError::Stopped))?;
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

/// What waits, as the thread takes it.
struct Queued {
    lists: Receiver<Waiting>,
    waiting: Arc<AtomicUsize>,
}

fn run(ledger: &dyn Ledger, metrics: &Metrics, queue: &Queued) {
    while let Ok(first) = queue.lists.recv() {
        let mut records = first.entries.len();
        let (mut lists, mut answers) = (vec![first.entries], vec![first.answer]);
        while records < BATCH
            && let Ok(next) = queue.lists.try_recv()
        {
            records += next.entries.len();
            lists.push(next.entries);
            answers.push(next.answer);
        }
        queue.waiting.fetch_sub(records, Ordering::Relaxed);
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
            match nothing_but_refused(&appended) {
                Some(error) => metrics.failed(error),
                None => {
                    let records = lists.iter().map(Vec::len).sum();
                    metrics.committed(records, began.elapsed());
                }
            }
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

/// Why, where the store took none of the lists, as while the clock is wrong.
fn nothing_but_refused(appended: &[Appended]) -> Option<&StoreError> {
    let refused = |list| match list {
        &Err(Refused::Store(ref error)) => Some(error),
        _ => None,
    };
    let mut refusals = appended.iter().map(refused);
    let first = refusals.next()??;
    refusals.all(|refused| refused.is_some()).then_some(first)
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
