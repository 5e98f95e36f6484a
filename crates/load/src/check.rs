//! Asking for everything again that was acknowledged.

use crate::Error;
use crate::book::{Batch, Book, Receipts};
use crate::connection::{Answer, Connection, Target};
use crate::judge::{Fault, Finding, Judgement, judge};
use crate::request;
use crate::site::{self, Site};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Connections that ask at the same time.
const CONNECTIONS: usize = 64;
/// How many findings are told; all are counted.
const TOLD: usize = 20;
/// How often a request is sent that is not answered, and how long is waited between.
const TRIES: u32 = 50;
const BETWEEN: Duration = Duration::from_millis(100);
/// The longest that is waited where the server asks to be left alone.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How many people who never sent anything are asked for, and the number of the first: no run has so
/// many.
const STRANGERS: u64 = 100;
const FIRST_STRANGER: u64 = 1 << 40;

/// Whose records are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Everybody's.
    All,
    /// As many people's, drawn by a seed, and everybody's of whom something was not acknowledged.
    Sample {
        /// How many.
        people: usize,
        /// Decides who.
        seed: u64,
    },
}

/// What a check has found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checked {
    /// People who sent something, and of how many of them the records were asked for.
    pub people: usize,
    /// See above.
    pub people_asked: usize,
    /// Acknowledged records that were asked for.
    pub acknowledged: u64,
    /// Of records that were sent and not acknowledged, those that are there.
    pub unacknowledged_kept: u64,
    /// And those that are not.
    pub unacknowledged_absent: u64,
    /// People who never sent anything and of whom nothing may be there.
    pub strangers: u64,
    /// How often each fault was found.
    pub faults: BTreeMap<Fault, u64>,
    /// The first of them.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Whether nothing is wrong.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    pub(crate) fn find(&mut self, finding: Finding) {
        *self.faults.entry(finding.fault).or_default() += 1;
        if self.findings.len() < TOLD {
            self.findings.push(finding);
        }
    }

    fn join(&mut self, judgement: Judgement) {
        self.unacknowledged_kept += judgement.unacknowledged_kept;
        self.unacknowledged_absent += judgement.unacknowledged_absent;
        for finding in judgement.findings {
            self.find(finding);
        }
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "checked   {} acknowledged records of {} people of {}, and {} strangers; of {} not \
             acknowledged {} are there: ",
            self.acknowledged,
            self.people_asked,
            self.people,
            self.strangers,
            self.unacknowledged_kept + self.unacknowledged_absent,
            self.unacknowledged_kept
        )?;
        if self.is_good() {
            return write!(f, "all good");
        }
        let faults = self.faults.iter();
        let faults: Vec<String> = faults
            .map(|(fault, n)| format!("{fault:?} × {n}"))
            .collect();
        write!(f, "{}", faults.join(", "))?;
        for finding in &self.findings {
            write!(
                f,
                "\n  {:?} of {}: {}",
                finding.fault, finding.subject, finding.detail
            )?;
        }
        Ok(())
    }
}

/// Asks for the history of people and judges it.
///
/// # Errors
/// A system that gives no threads. A server that does not answer is a finding.
pub fn check(
    target: &Target,
    site: &Site,
    book: &mut Book,
    which: Which,
) -> Result<Checked, Error> {
    let people: Vec<Vec<Batch>> = book.people().iter().map(|sent| sent.to_vec()).collect();
    let mut checked = Checked {
        people: people.len(),
        strangers: STRANGERS,
        ..Checked::default()
    };
    let mut asked = chosen(people, which);
    checked.people_asked = asked.len();
    let acknowledged = asked
        .iter()
        .flatten()
        .filter(|batch| batch.receipts.is_some());
    checked.acknowledged = acknowledged.map(|batch| u64::from(batch.count)).sum();
    // Nobody sent anything in their names: an empty list of records of theirs is judged like any.
    asked.extend((0..STRANGERS).map(|number| vec![nothing(FIRST_STRANGER + number)]));

    let asked = Arc::new(asked);
    let next = Arc::new(AtomicUsize::new(0));
    // Verifying is the work, and all processors may do it: nothing is measured now.
    let runtime = { tokio::runtime::Builder::new_multi_thread() }
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for _ in 0..CONNECTIONS {
            let (asked, next) = (Arc::clone(&asked), Arc::clone(&next));
            let (target, site) = (target.clone(), site.clone());
            tasks.spawn(async move {
                let mut connection = Connection::new(&target);
                let mut judgements = Vec::new();
                while let Some(batches) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
                    judgements.push(ask(&mut connection, &target, &site, batches).await);
                }
                judgements
            });
        }
        while let Some(judgements) = tasks.join_next().await {
            judgements
                .unwrap_or_default()
                .into_iter()
                .for_each(|one| checked.join(one));
        }
    });
    Ok(checked)
}

/// Of a person who never sent anything.
fn nothing(person: u64) -> Batch {
    Batch {
        person,
        sent_ms: 0,
        previous_ms: 0,
        first: 1,
        count: 0,
        receipts: None,
    }
}

fn chosen(mut people: Vec<Vec<Batch>>, which: Which) -> Vec<Vec<Batch>> {
    if let Which::Sample { people: many, seed } = which
        && many < people.len()
    {
        fastrand::Rng::with_seed(seed).shuffle(&mut people);
        let doubtful = |sent: &Vec<Batch>| sent.iter().any(|batch| batch.receipts.is_none());
        let more: Vec<_> = people[many..]
            .iter()
            .filter(|sent| doubtful(sent))
            .cloned()
            .collect();
        people.truncate(many);
        people.extend(more);
    }
    people
}

/// One person's history, judged.
async fn ask(
    connection: &mut Connection,
    target: &Target,
    site: &Site,
    batches: &[Batch],
) -> Judgement {
    let secret = site.people.secret(batches[0].person);
    let subject = secret.subject(&site.id);
    let mut bytes = Vec::new();
    request::history(&mut bytes, &target.host, &subject, &secret.bearer());
    let untold = |detail: String| Judgement {
        findings: vec![Finding {
            fault: Fault::Untold,
            subject: subject.clone(),
            detail,
        }],
        ..Judgement::default()
    };
    let answer = match patiently(connection, &bytes).await {
        Ok(answer) => answer,
        Err(error) => return untold(error.to_string()),
    };
    let content = connection.content(&answer);
    match (answer.status, Receipts::read(content)) {
        (200, Some(history)) => judge(site, batches, &history.receipts),
        (status, _) => untold(format!("{status}: {}", site::said(content))),
    }
}

/// Sends a request until it is answered with more than "later".
pub(crate) async fn patiently(connection: &mut Connection, bytes: &[u8]) -> io::Result<Answer> {
    let mut tries = 1;
    loop {
        let answer = connection.ask(bytes).await;
        let wait = match &answer {
            Ok(answer) if [429, 503].contains(&answer.status) => answer.retry_after,
            Ok(_) => return answer,
            Err(_) => None,
        };
        if tries == TRIES {
            return answer;
        }
        tries += 1;
        sleep(wait.unwrap_or(BETWEEN).min(LONGEST_WAIT)).await;
    }
}

#[cfg(test)]
mod tests;
