//! One connection's part of a load.

use crate::book::{Batch, Print};
use crate::connection::Connection;
use crate::cost::Costs;
use crate::figures::{Figures, Latencies};
use crate::load::Shared;
use crate::{request, site};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::time::sleep;

/// How many requests a connection sends before the person of an earlier one comes again: what they
/// sent before is no longer what was written last.
const LATER: usize = 8;
/// The longest that is waited where the server asks to be left alone: a run must end.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Before a broken connection is tried again.
const AFTER_BREAK: Duration = Duration::from_millis(50);
/// How long a request is sent again before it is left in doubt and the connection given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// What became of a request.
#[derive(Clone, Copy)]
enum Delivered {
    /// With receipts of this print.
    Acknowledged(Print),
    /// For good.
    Refused,
    /// The server was gone, or put us off for too long.
    Unknown,
}

/// A person who comes again.
struct Returning {
    person: u64,
    sequence: u16,
    /// When they made the record before.
    previous_ms: u64,
}

/// What a connection has done.
#[derive(Default)]
pub(crate) struct Worked {
    pub(crate) sent: Vec<Batch>,
    /// Requests that were answered after the warm-up.
    pub(crate) measured: u64,
    latencies: Latencies,
    /// Records acknowledged in each second after the warm-up.
    seconds: Vec<u64>,
    /// When the last was.
    last: Option<Instant>,
    statuses: BTreeMap<u16, u64>,
    broken: u64,
    repeated: u64,
    given_up: u64,
    first_refusal: Option<String>,
    /// Bytes of all bodies, and how many records they held.
    pub(crate) bytes: u64,
    records: u64,
}

/// A connection at work.
pub(crate) struct Worker {
    shared: Arc<Shared>,
    connection: Connection,
    returning: VecDeque<Returning>,
    body: Vec<u8>,
    request: Vec<u8>,
    worked: Worked,
}

impl Worker {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self {
            connection: Connection::new(&shared.target),
            shared,
            returning: VecDeque::new(),
            body: Vec::new(),
            request: Vec::new(),
            worked: Worked::default(),
        }
    }

    /// Sends until it is over.
    pub(crate) async fn run(mut self) -> Worked {
        while let Some(mut batch) = self.next() {
            self.compose(&batch);
            let delivered = self.deliver(u64::from(batch.count)).await;
            if let Delivered::Acknowledged(print) = delivered {
                batch.receipts = Some(print);
                self.invite(&batch);
            }
            self.worked.sent.push(batch);
            if let Delivered::Unknown = delivered {
                self.worked.given_up += 1;
                break;
            }
        }
        self.worked
    }

    /// What is sent next; `None` when it is over.
    fn next(&mut self) -> Option<Batch> {
        if self.shared.is_over() {
            return None;
        }
        let list = self.shared.order.list;
        let count = u16::try_from(self.shared.take(u64::from(list))).unwrap_or(list);
        if count == 0 {
            return None;
        }
        let returning = match self.returning.len() > LATER {
            true => self.returning.pop_front(),
            false => None,
        };
        let returning = returning.unwrap_or_else(|| Returning {
            person: self.shared.new_person(),
            sequence: 1,
            previous_ms: 0,
        });
        Some(Batch {
            person: returning.person,
            sent_ms: now_ms(),
            previous_ms: returning.previous_ms,
            first: returning.sequence,
            count,
            receipts: None,
        })
    }

    /// Lets a person come again, who does.
    fn invite(&mut self, batch: &Batch) {
        let people = self.shared.site.people;
        if batch.count == 1 && u64::from(batch.first) < people.records(batch.person) {
            self.returning.push_back(Returning {
                person: batch.person,
                sequence: batch.first + 1,
                previous_ms: batch.sent_ms,
            });
        }
    }

    fn compose(&mut self, batch: &Batch) {
        let site = &self.shared.site;
        site.write(batch, &mut self.body);
        let bearer = site.people.secret(batch.person).bearer();
        request::post(
            &mut self.request,
            &self.shared.target.host,
            &bearer,
            &self.body,
        );
        self.worked.bytes += self.body.len() as u64;
        self.worked.records += u64::from(batch.count);
    }

    /// Sends the request until it is answered for good.
    async fn deliver(&mut self, records: u64) -> Delivered {
        let begin = Instant::now();
        loop {
            let asked = Instant::now();
            let wait = match self.connection.ask(&self.request).await {
                Ok(answer) => {
                    let content = self.connection.content(&answer);
                    *self.worked.statuses.entry(answer.status).or_default() += 1;
                    let print = match answer.status {
                        200 | 201 => Print::of_answer(content),
                        _ => None,
                    };
                    match (print, answer.status) {
                        (Some(print), _) => {
                            self.worked.count(&self.shared, asked.elapsed(), records);
                            return Delivered::Acknowledged(print);
                        }
                        // Its database is gone, and nobody waits for it to come back.
                        (None, 429 | 500..) if self.shared.order.until_broken => {
                            return Delivered::Unknown;
                        }
                        (None, 429 | 503) => answer.retry_after.unwrap_or(AFTER_BREAK),
                        (None, status) => {
                            let said = || format!("{status}: {}", site::said(content));
                            self.worked.first_refusal.get_or_insert_with(said);
                            return Delivered::Refused;
                        }
                    }
                }
                Err(_) => {
                    self.worked.broken += 1;
                    if self.shared.order.until_broken {
                        return Delivered::Unknown;
                    }
                    AFTER_BREAK
                }
            };
            if begin.elapsed() > PATIENCE {
                return Delivered::Unknown;
            }
            self.worked.repeated += 1;
            sleep(wait.min(LONGEST_WAIT)).await;
        }
    }
}

impl Worked {
    /// Counts an acknowledgement.
    fn count(&mut self, shared: &Shared, took: Duration, records: u64) {
        let now = Instant::now();
        let Some(since) = now.checked_duration_since(shared.measured_from()) else {
            return;
        };
        self.measured += 1;
        if shared.end().is_some_and(|end| now > end) {
            return;
        }
        self.latencies.add(took);
        self.last = self.last.max(Some(now));
        add_at(&mut self.seconds, since.as_secs(), records);
    }

    /// Adds what another connection has done.
    pub(crate) fn join(&mut self, other: Self) {
        self.sent.extend(other.sent);
        self.measured += other.measured;
        self.latencies.join(&other.latencies);
        for (second, &records) in (0..).zip(&other.seconds) {
            add_at(&mut self.seconds, second, records);
        }
        self.last = self.last.max(other.last);
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.broken += other.broken;
        self.repeated += other.repeated;
        self.given_up += other.given_up;
        self.first_refusal = self.first_refusal.take().or(other.first_refusal);
        self.bytes += other.bytes;
        self.records += other.records;
    }

    /// The figures of all of it.
    pub(crate) fn figures(&self, shared: &Shared, costs: Costs) -> Figures {
        let from = shared.measured_from();
        // A count of records ends with the last of them.
        let end = shared.end().or(self.last).unwrap_or(from);
        let time = end.saturating_duration_since(from);
        let records: u64 = self.seconds.iter().sum();
        let whole = usize::try_from(time.as_secs()).unwrap_or_default();
        let slowest =
            (0..whole).map(|second| self.seconds.get(second).copied().unwrap_or_default());
        Figures {
            connections: shared.order.connections,
            list: shared.order.list,
            seconds: time.as_secs_f64(),
            records,
            rate: match time.is_zero() {
                true => 0.0,
                false => records as f64 / time.as_secs_f64(),
            },
            slowest_second: slowest.min().unwrap_or(records),
            latency: self.latencies.figures(),
            statuses: self.statuses.clone(),
            broken: self.broken,
            repeated: self.repeated,
            given_up: self.given_up,
            first_refusal: self.first_refusal.clone(),
            record_bytes: self.bytes as f64 / self.records.max(1) as f64,
            costs,
        }
    }
}

/// Adds to a place in a list, which grows as far as needed.
fn add_at(list: &mut Vec<u64>, place: u64, number: u64) {
    let place = usize::try_from(place).unwrap_or_default();
    if list.len() <= place {
        list.resize(place + 1, 0);
    }
    list[place] += number;
}

fn now_ms() -> u64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or_default()
}
