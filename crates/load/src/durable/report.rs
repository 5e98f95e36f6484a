//! What a trace and cuts of the power showed.

use super::cuts::Made;
use super::disk::Cut;
use super::judge::Early;
use crate::judge::Finding;
use serde::Serialize;
use std::fmt;

/// How many findings are printed of a kind; the JSON has all.
const TOLD: usize = 5;

/// What a trace and cuts of the power showed.
#[derive(Clone, Debug, Serialize)]
pub struct Durable {
    /// Makes the same people and draws again.
    pub seed: u64,
    /// Whose store it was.
    pub store: String,
    /// Calls of the system that were traced, and of these writes to the store and syncs of it.
    pub calls: usize,
    /// See above.
    pub writes: usize,
    /// See above.
    pub syncs: usize,
    /// Answers in the trace that acknowledge something, and the records in them.
    pub answers: usize,
    /// See above.
    pub records: u64,
    /// Records that the clients have receipts for.
    pub acknowledged: u64,
    /// Answers that followed the syncs of all their records.
    pub followed: usize,
    /// From the return of the last of these to the beginning of the answer: the least, and the median.
    pub least_us: u64,
    /// See above.
    pub median_us: u64,
    /// Records that were acknowledged before.
    pub early: Vec<Early>,
    /// How many are told so where the trace is read without its syncs: that must be all.
    pub told_without_syncs: u64,
    /// The same, where each sync returns when the answer after it begins: not none.
    pub told_with_late_syncs: u64,
    /// Files that are otherwise than the trace makes them.
    pub differing: Vec<String>,
    /// What the power was cut for, and what was found then.
    pub cuts: Vec<Made>,
    /// Records that were found to be lost on a disk that forgets the last sync before an answer: not none.
    pub lost_without_last_sync: u64,
}

impl Durable {
    /// Whether each answer followed its sync, no cut lost anything, and all of that would have been noticed.
    pub fn is_good(&self) -> bool {
        self.is_durable() && self.is_sharp()
    }

    /// Whether each answer followed its sync and no cut lost anything.
    pub fn is_durable(&self) -> bool {
        let whole = self.cuts.iter().all(|cut| cut.findings.is_empty());
        let followed = self.early.is_empty() && self.followed == self.answers;
        whole && followed && self.answers > 0 && self.records == self.acknowledged
    }

    /// Whether the trace tells all that was done to the files, and what is wrong in it is found.
    pub fn is_sharp(&self) -> bool {
        self.differing.is_empty()
            && self.told_without_syncs == self.records
            && self.told_with_late_syncs > 0
            && self.lost_without_last_sync > 0
    }
}

impl Made {
    /// In a line.
    pub(super) fn told(&self) -> String {
        format!(
            "{:?}, {:?}: {} records acknowledged, {} others there, {} findings",
            self.when,
            self.cut,
            self.acknowledged,
            self.unacknowledged_kept,
            self.findings.len()
        )
    }
}

impl fmt::Display for Durable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "trace     store {}, seed {}: {} calls, of them {} writes to the store and {} syncs",
            self.store, self.seed, self.calls, self.writes, self.syncs
        )?;
        for file in self.differing.iter().take(TOLD) {
            writeln!(f, "  not followed: {file}")?;
        }
        writeln!(
            f,
            "answers   {} of {} followed the sync of all their records ({} records, {} with the clients), by \
             {} µs at least, {} µs in the median",
            self.followed,
            self.answers,
            self.records,
            self.acknowledged,
            self.least_us,
            self.median_us
        )?;
        for Early { id, how } in self.early.iter().take(TOLD) {
            writeln!(f, "  too early: {id}: {how:?}")?;
        }
        let of = |cut: Cut| self.cuts.iter().filter(move |made| made.cut == cut);
        let acknowledged = |cut: Cut| of(cut).map(|made| made.acknowledged).sum::<u64>();
        let kept = |cut: Cut| of(cut).map(|made| made.unacknowledged_kept).sum::<u64>();
        for (cut, what) in [
            (Cut::Bare, "with nothing left that was not synced"),
            (Cut::Torn, "with some of it left, and torn"),
        ] {
            writeln!(
                f,
                "cuts      {} {what}: {} acknowledged records asked for, {} others there",
                of(cut).count(),
                acknowledged(cut),
                kept(cut)
            )?;
        }
        for (number, made) in (1..).zip(&self.cuts) {
            for Finding {
                fault,
                subject,
                detail,
            } in made.findings.iter().take(TOLD)
            {
                writeln!(
                    f,
                    "  cut {number}, {}: {fault:?} of {subject}: {detail}",
                    made.told()
                )?;
            }
        }
        write!(
            f,
            "would be found  {} of {} records without syncs, {} with late ones; {} lost without the last sync",
            self.told_without_syncs,
            self.records,
            self.told_with_late_syncs,
            self.lost_without_last_sync
        )
    }
}
