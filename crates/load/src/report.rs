//! What a run found.

use crate::check::Checked;
use crate::figures::Figures;
use crate::lookups::Lookups;
use crate::plan::Plan;
use serde::Serialize;
use std::fmt;

/// What a run found.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Makes the same people again.
    pub seed: u64,
    /// Whose store it was: sqlite, postgres or an address.
    pub store: String,
    /// The filling, where there was one.
    pub fill: Option<Figures>,
    /// The load.
    pub load: Figures,
    /// The lookups, where there were some.
    pub lookups: Option<Lookups>,
    /// What was found when everything was asked for again.
    pub check: Option<Checked>,
    /// The same load on a server that answers at once.
    pub alone: Option<Figures>,
    /// What was wanted and did not hold.
    pub missed: Vec<String>,
}

impl Report {
    /// Whether nothing is wrong and everything that was wanted holds.
    pub fn is_good(&self) -> bool {
        let is_kept = self.check.as_ref().is_none_or(Checked::is_good);
        is_kept && self.missed.is_empty()
    }

    /// Says what was wanted and does not hold.
    pub(crate) fn miss(&mut self, plan: &Plan) {
        let mut missed = Vec::new();
        for figures in self.fill.iter().chain([&self.load]) {
            if figures.first_refusal.is_some() || figures.given_up > 0 {
                missed.push("every request is acknowledged".to_owned());
            }
        }
        if self.load.records == 0 {
            missed.push("something is acknowledged after the warm-up".to_owned());
        }
        let rate = self.load.rate;
        if let Some(wanted) = plan.at_least.filter(|&wanted| rate < wanted) {
            missed.push(format!("at least {wanted} records/s: {rate:.0}"));
        }
        let p99 = self.load.latency.p99_ms;
        if let Some(wanted) = plan.p99_below.filter(|&wanted| p99 >= wanted) {
            missed.push(format!("p99 below {wanted} ms: {p99:.2} ms"));
        }
        if let Some(lookups) = &self.lookups {
            let p99 = lookups.latency.p99_ms;
            if let Some(wanted) = plan.lookup_p99_below.filter(|&wanted| p99 >= wanted) {
                missed.push(format!("p99 of lookups below {wanted} ms: {p99:.2} ms"));
            }
            if lookups.failed > 0 {
                missed.push(format!(
                    "every lookup finds its records: {} did not",
                    lookups.failed
                ));
            }
        }
        self.missed = missed;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "store     {}, seed {}", self.store, self.seed)?;
        if let Some(fill) = &self.fill {
            writeln!(
                f,
                "filled    {} records in {:.1} s, {:.0} records/s",
                fill.records, fill.seconds, fill.rate
            )?;
        }
        writeln!(f, "{}", self.load)?;
        if let Some(lookups) = &self.lookups {
            writeln!(f, "{lookups}")?;
        }
        if let Some(alone) = &self.alone {
            writeln!(
                f,
                "alone     {:.0} records/s of a server that answers at once, {:.1} µs a request for \
                 the load itself",
                alone.rate, alone.costs.client_us
            )?;
        }
        if let Some(check) = &self.check {
            writeln!(f, "{check}")?;
        }
        for missed in &self.missed {
            writeln!(f, "MISSED    {missed}")?;
        }
        Ok(())
    }
}
