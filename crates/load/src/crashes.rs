//! What rounds of crashes found.

use crate::check::Checked;
use crate::crash::Victim;
use crate::figures::Latency;
use crate::judge::Finding;
use serde::Serialize;
use std::fmt;

/// How many findings are printed; the JSON has all.
const TOLD: usize = 20;

/// What rounds of crashes found.
#[derive(Clone, Debug, Serialize)]
pub struct Crashes {
    /// Makes the same people and moments again.
    pub seed: u64,
    /// Whose store it was.
    pub store: String,
    /// Who was killed.
    pub kill: Victim,
    /// How many rounds were made.
    pub rounds: u32,
    /// Kills while it started, about its first answers, and in the midst of the load.
    pub moments: [u32; 3],
    /// Records that were acknowledged before a crash.
    pub acknowledged: u64,
    /// Of the records that nobody had acknowledged when the crash came, those that were kept.
    pub unacknowledged_kept: u64,
    /// And those that were not.
    pub unacknowledged_absent: u64,
    /// Records of these that were sent again and acknowledged then.
    pub sent_again: u64,
    /// From the start of a server after a crash to its address on stdout.
    pub start: Latency,
    /// Everything once more, after the last round.
    pub check: Checked,
    /// What was found in the rounds before that.
    pub found: Vec<Found>,
}

/// Something wrong in a round.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// Which, from 1.
    pub round: u32,
    /// What.
    #[serde(flatten)]
    pub finding: Finding,
}

impl Crashes {
    /// Whether nothing is wrong.
    pub fn is_good(&self) -> bool {
        self.check.is_good() && self.found.is_empty()
    }
}

impl fmt::Display for Crashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [starting, first, loaded] = self.moments;
        writeln!(
            f,
            "crashes   {} of the {}, store {}, seed {}: {starting} while it started, {first} about \
             its first answers, {loaded} in the midst",
            self.rounds,
            match self.kill {
                Victim::Server => "server",
                Victim::Database => "database",
            },
            self.store,
            self.seed
        )?;
        writeln!(
            f,
            "records   {} acknowledged before a crash; of {} on their way {} were kept and {} were \
             not; {} sent again",
            self.acknowledged,
            self.unacknowledged_kept + self.unacknowledged_absent,
            self.unacknowledged_kept,
            self.unacknowledged_absent,
            self.sent_again
        )?;
        writeln!(f, "start     {}", self.start)?;
        for Found { round, finding } in self.found.iter().take(TOLD) {
            let Finding {
                fault,
                subject,
                detail,
            } = finding;
            writeln!(f, "  round {round}: {fault:?} of {subject}: {detail}")?;
        }
        if let Some(more) = self.found.len().checked_sub(TOLD).filter(|&more| more > 0) {
            writeln!(f, "  and {more} more")?;
        }
        write!(f, "{}", self.check)
    }
}
