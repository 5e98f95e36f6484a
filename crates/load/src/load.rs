//! The load itself: connections that each send a request, wait for its answer, and send the next.

use crate::Error;
use crate::book::Book;
use crate::connection::Target;
use crate::cost::{self, Costs};
use crate::figures::Figures;
use crate::site::Site;
use crate::worker::{Worked, Worker};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// When a load ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Until {
    /// After a time, its warm-up included.
    Time(Duration),
    /// After as many records.
    Records(u64),
}

/// What a load does.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Connections, each with one request at a time.
    pub connections: usize,
    /// Records in a request, 1 to 100. In a list they are one person's, whose only request it is.
    pub list: u16,
    /// When it ends.
    pub until: Until,
    /// How much of the beginning is not measured.
    pub warm_up: Duration,
    /// Whether a connection that breaks or is put off ends its part: for a server that is to be
    /// killed, or its database.
    pub until_broken: bool,
    /// The number of the first person.
    pub first_person: u64,
    /// The processes of server and database whose time is measured, where they are ours.
    pub server: Option<u32>,
    /// The database's first process.
    pub database: Option<u32>,
}

/// What became of a load.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What was measured.
    pub figures: Figures,
    /// Everything that was sent.
    pub book: Book,
    /// How long the JSON of all of it is, in bytes.
    pub bytes: u64,
    /// The number of the next person.
    pub next_person: u64,
}

/// What the connections share.
pub(crate) struct Shared {
    pub(crate) site: Site,
    pub(crate) target: Target,
    pub(crate) order: Order,
    begin: Instant,
    next_person: AtomicU64,
    /// Records that are still to be sent, where these are counted.
    left: AtomicU64,
}

impl Shared {
    /// The end of the warm-up.
    pub(crate) fn measured_from(&self) -> Instant {
        self.begin + self.order.warm_up
    }

    /// When the last request is begun.
    pub(crate) fn end(&self) -> Option<Instant> {
        match self.order.until {
            Until::Time(time) => Some(self.begin + time),
            Until::Records(_) => None,
        }
    }

    /// Whether no request is begun any more.
    pub(crate) fn is_over(&self) -> bool {
        self.end().is_some_and(|end| Instant::now() >= end)
    }

    /// Somebody who has sent nothing yet.
    pub(crate) fn new_person(&self) -> u64 {
        self.next_person.fetch_add(1, Ordering::Relaxed)
    }

    /// Takes a request's records of those that are still to be sent.
    pub(crate) fn take(&self, wanted: u64) -> u64 {
        let take = |left: u64| Some(left - left.min(wanted));
        let before = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        before.unwrap_or_default().min(wanted)
    }
}

/// Loads a server on this thread alone, which leaves it the rest of the machine.
///
/// # Errors
/// A system that gives no sockets.
pub fn load(target: &Target, site: &Site, order: &Order) -> Result<Outcome, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build()?;
    let shared = Arc::new(Shared {
        site: site.clone(),
        target: target.clone(),
        order: *order,
        begin: Instant::now(),
        next_person: AtomicU64::new(order.first_person),
        left: AtomicU64::new(match order.until {
            Until::Records(records) => records,
            Until::Time(_) => u64::MAX,
        }),
    });
    Ok(runtime.block_on(run(shared)))
}

async fn run(shared: Arc<Shared>) -> Outcome {
    let order = shared.order;
    let warm_up = sleep(order.warm_up);
    let begin = tokio::spawn(async move {
        warm_up.await;
        Spent::now(&order)
    });
    let mut workers = JoinSet::new();
    for _ in 0..order.connections {
        workers.spawn(Worker::new(Arc::clone(&shared)).run());
    }
    let mut all = Worked::default();
    while let Some(worked) = workers.join_next().await {
        all.join(worked.unwrap_or_default());
    }
    let end = Spent::now(&order);
    // A load that ends while it warms up has measured nothing.
    let costs = match begin.is_finished() {
        true => begin.await.ok().map(|begin| begin.until(end, all.measured)),
        false => None,
    };
    let figures = all.figures(&shared, costs.unwrap_or_default());
    let bytes = all.bytes;
    let mut book = Book::default();
    book.add(all.sent);
    Outcome {
        figures,
        bytes,
        book,
        next_person: shared.next_person.load(Ordering::Relaxed),
    }
}

/// Processor time so far.
#[derive(Clone, Copy)]
struct Spent {
    client: Duration,
    server: Option<Duration>,
    database: Option<Duration>,
}

impl Spent {
    fn now(order: &Order) -> Self {
        Self {
            client: cost::of_process(std::process::id()).unwrap_or_default(),
            server: order.server.and_then(cost::of_process),
            database: order.database.and_then(cost::of_family),
        }
    }

    fn until(self, end: Self, requests: u64) -> Costs {
        let each = |begin: Duration, end: Duration| {
            end.saturating_sub(begin).as_secs_f64() * 1e6 / requests.max(1) as f64
        };
        let between = |begin: Option<Duration>, end: Option<Duration>| Some(each(begin?, end?));
        Costs {
            client_us: each(self.client, end.client),
            server_us: between(self.server, end.server),
            database_us: between(self.database, end.database),
        }
    }
}
