//! Whether each answer followed the sync of what it acknowledged.

use super::answers::{Answer, text};
use super::call::Act;
use super::logs::{Commit, Commits};
use super::trace::Trace;
use serde::Serialize;
use std::collections::HashMap;
use std::path::PathBuf;

/// A record that was acknowledged before it was durable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Early {
    /// Its id.
    pub id: String,
    /// How.
    pub how: How,
}

/// What the answer did not wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Nothing that commits the record was written to the store's log before.
    Unwritten,
    /// It was, and no sync of it had returned.
    Unsynced,
    /// The database had not said yet that it is committed.
    Untold,
}

/// An answer whose records were all durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Followed {
    /// Its place.
    pub(super) answer: usize,
    /// Where the last sync that it waited for returned.
    pub(super) sync: usize,
}

/// What became of the answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    pub(super) followed: Vec<Followed>,
    pub(super) early: Vec<Early>,
}

/// The syncs of each file.
#[derive(Clone, Debug, Default)]
pub(super) struct Syncs {
    /// Where each began and returned, in the order of the former.
    of_files: HashMap<PathBuf, Vec<(usize, usize)>>,
}

impl Syncs {
    /// Those of a trace that returned.
    pub(super) fn of(trace: &Trace) -> Self {
        let mut syncs = Self::default();
        for call in &trace.calls {
            if let (Act::Sync { path }, Some(end)) = (&call.act, call.end) {
                let of_file = syncs.of_files.entry(path.clone()).or_default();
                of_file.push((call.begin, end));
            }
        }
        syncs
    }

    /// The same, as if each had returned only when the answer after it began.
    pub(super) fn late(&self, answers: &[Answer]) -> Self {
        let mut late = self.clone();
        for (_, end) in late.of_files.values_mut().flatten() {
            let next = answers.partition_point(|answer| answer.begin < *end);
            if let Some(answer) = answers.get(next) {
                *end = answer.begin;
            }
        }
        late
    }

    /// Where one of them returned: of all, or of a file that is drawn first, because a log is synced for each
    /// batch and the rest seldom. `None` where there is none.
    pub(super) fn draw(&self, draws: &mut fastrand::Rng) -> Option<usize> {
        let mut of_files: Vec<_> = self.of_files.iter().collect();
        of_files.sort_unstable();
        if draws.bool() {
            let one = draws.choice(of_files)?;
            return draws.choice(one.1).map(|sync| sync.1);
        }
        let all: Vec<_> = of_files.iter().flat_map(|of_file| of_file.1).collect();
        draws.choice(all).map(|sync| sync.1)
    }

    /// When that was on the disk.
    fn durable(&self, commit: &Commit) -> Option<usize> {
        let each = commit.written.iter().map(|written| {
            let syncs = self.of_files.get(&written.file)?;
            let after = syncs.partition_point(|sync| sync.0 < written.by);
            syncs[after..].iter().map(|sync| sync.1).min()
        });
        each.collect::<Option<Vec<_>>>()?.into_iter().max()
    }
}

/// Judges all answers.
pub(super) fn judge(answers: &[Answer], commits: &Commits, syncs: &Syncs) -> Judged {
    let mut judged = Judged::default();
    for answer in answers {
        let mut last = None;
        let before = judged.early.len();
        for id in &answer.ids {
            match waited_for(commits.get(id), syncs, answer.begin) {
                Ok(sync) => last = last.max(Some(sync)),
                Err(how) => judged.early.push(Early { id: text(id), how }),
            }
        }
        if let Some(sync) = last.filter(|_| judged.early.len() == before) {
            judged.followed.push(Followed {
                answer: answer.begin,
                sync,
            });
        }
    }
    judged
}

/// The place of the sync that an answer waited for.
fn waited_for(commit: Option<&Commit>, syncs: &Syncs, answer: usize) -> Result<usize, How> {
    let commit = commit.ok_or(How::Unwritten)?;
    if commit.written.iter().any(|written| written.by > answer) {
        return Err(How::Unwritten);
    }
    let durable = syncs.durable(commit).ok_or(How::Unsynced)?;
    // Of a database of its own: it was synced, then it said so, then it was answered.
    match commit.told {
        _ if durable >= answer => Err(How::Unsynced),
        Some(told) if durable >= told => Err(How::Unsynced),
        Some(told) if told >= answer => Err(How::Untold),
        _ => Ok(durable),
    }
}

#[cfg(test)]
mod tests;
