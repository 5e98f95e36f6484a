//! Looking up what one person has sent, among all others'.

use crate::Error;
use crate::book::Book;
use crate::connection::{Connection, Target};
use crate::figures::{Latencies, Latency};
use crate::request;
use crate::site::Site;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::task::JoinSet;

/// How lookups went.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Lookups {
    /// Connections that asked at the same time.
    pub connections: usize,
    /// Lookups that did not give what was acknowledged.
    pub failed: u64,
    /// How long the others took.
    pub latency: Latency,
}

impl fmt::Display for Lookups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "lookups   {} at {} connections: {}",
            self.latency.count, self.connections, self.latency
        )?;
        match self.failed {
            0 => Ok(()),
            failed => write!(f, "; {failed} FAILED"),
        }
    }
}

/// Looks up people of whom something was acknowledged, drawn by a seed, so many times.
///
/// # Errors
/// A system that gives no sockets.
pub fn look_up(
    target: &Target,
    site: &Site,
    book: &Book,
    (times, connections): (u64, usize),
    seed: u64,
) -> Result<Lookups, Error> {
    let acknowledged = book
        .batches()
        .iter()
        .filter(|batch| batch.receipts.is_some());
    let known: Arc<Vec<_>> = Arc::new(acknowledged.copied().collect());
    let left = Arc::new(AtomicU64::new(if known.is_empty() { 0 } else { times }));
    let runtime = { tokio::runtime::Builder::new_current_thread() }
        .enable_all()
        .build()?;
    let (latencies, failed) = runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for number in 0..connections as u64 {
            let (known, left) = (Arc::clone(&known), Arc::clone(&left));
            let (target, site) = (target.clone(), site.clone());
            tasks.spawn(async move {
                let mut draws = fastrand::Rng::with_seed(seed.wrapping_add(number));
                let mut connection = Connection::new(&target);
                let (mut latencies, mut failed) = (Latencies::default(), 0_u64);
                let mut bytes = Vec::new();
                let take = |left: u64| left.checked_sub(1);
                while left
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
                    .is_ok()
                {
                    let batch = &known[draws.usize(..known.len())];
                    let secret = site.people.secret(batch.person);
                    let subject = secret.subject(&site.id);
                    request::history(&mut bytes, &target.host, &subject, &secret.bearer());
                    let first = u64::from(batch.first);
                    let id = site.people.id(batch.person, first, batch.sent_ms);
                    let asked = Instant::now();
                    let answer = connection.ask(&bytes).await;
                    let took = asked.elapsed();
                    let holds = |content: &[u8]| {
                        let text = String::from_utf8_lossy(content);
                        text.contains(id.as_str())
                    };
                    match answer {
                        Ok(answer)
                            if answer.status == 200 && holds(connection.content(&answer)) =>
                        {
                            latencies.add(took);
                        }
                        _ => failed += 1,
                    }
                }
                (latencies, failed)
            });
        }
        let mut all = (Latencies::default(), 0);
        while let Some(done) = tasks.join_next().await {
            let (latencies, failed) = done.unwrap_or_default();
            all.0.join(&latencies);
            all.1 += failed;
        }
        all
    });
    Ok(Lookups {
        connections,
        failed,
        latency: latencies.figures(),
    })
}
