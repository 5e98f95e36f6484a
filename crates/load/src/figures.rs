//! What a load measured.

use crate::cost::Costs;
use hdrhistogram::Histogram;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// What took longer counts as this: twice as long as any request is waited for.
const LONGEST_US: u64 = 120_000_000;

/// How long requests took, to three digits.
#[derive(Clone, Debug)]
pub struct Latencies(Histogram<u64>);

impl Default for Latencies {
    fn default() -> Self {
        let histogram = Histogram::new_with_max(LONGEST_US, 3);
        Self(histogram.expect("bounds that a histogram has"))
    }
}

impl Latencies {
    /// Counts a request.
    pub fn add(&mut self, took: Duration) {
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.0.saturating_record(us);
    }

    /// Counts all that another has counted.
    pub fn join(&mut self, other: &Self) {
        // Cannot fail where both have the same bounds.
        let _ = self.0.add(&other.0);
    }

    /// The figures.
    pub fn figures(&self) -> Latency {
        let ms = |us: u64| us as f64 / 1000.0;
        let at = |quantile| ms(self.0.value_at_quantile(quantile));
        Latency {
            count: self.0.len(),
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: ms(self.0.max()),
        }
    }
}

/// How long requests took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "quantiles, in milliseconds")]
pub struct Latency {
    /// How many requests were counted.
    pub count: u64,
    pub p50_ms: f64,
    pub p90_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
    pub max_ms: f64,
}

impl fmt::Display for Latency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, p99.9 {:.2} ms, max {:.2} ms",
            self.p50_ms, self.p90_ms, self.p99_ms, self.p999_ms, self.max_ms
        )
    }
}

/// What a load measured, without its warm-up.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// Connections that asked at the same time, one request each.
    pub connections: usize,
    /// Records in a request.
    pub list: u16,
    /// For how long was measured.
    pub seconds: f64,
    /// Records that were acknowledged in that time.
    pub records: u64,
    /// Records acknowledged a second.
    pub rate: f64,
    /// The same in the slowest whole second.
    pub slowest_second: u64,
    /// From the first byte of a request to the last of its answer.
    pub latency: Latency,
    /// Answers by status, those of the warm-up, too.
    pub statuses: BTreeMap<u16, u64>,
    /// Connections that broke or said what is no HTTP.
    pub broken: u64,
    /// Requests that were sent again: after 429 and 503 and on connections that broke.
    pub repeated: u64,
    /// Connections that ended before the load did: the server was gone, or put them off for too long.
    pub given_up: u64,
    /// The first answer that is neither an acknowledgement nor "later".
    pub first_refusal: Option<String>,
    /// Mean length of a record's JSON as sent, in bytes.
    pub record_bytes: f64,
    /// Who used the processors.
    pub costs: Costs,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "rate      {:.0} records/s acknowledged over {:.1} s at {} connections, {} in a request \
             (slowest second {})",
            self.rate, self.seconds, self.connections, self.list, self.slowest_second
        )?;
        writeln!(f, "latency   {}", self.latency)?;
        let statuses = self.statuses.iter();
        let statuses: Vec<String> = statuses.map(|(code, n)| format!("{code} × {n}")).collect();
        writeln!(
            f,
            "answers   {}; {} broken connections, {} requests sent again",
            statuses.join(", "),
            self.broken,
            self.repeated
        )?;
        if self.given_up > 0 {
            writeln!(f, "          {} connections were given up", self.given_up)?;
        }
        if let Some(refusal) = &self.first_refusal {
            writeln!(f, "refused   {refusal}")?;
        }
        write!(
            f,
            "processor {:.1} µs a request for the load itself",
            self.costs.client_us
        )?;
        if let Some(us) = self.costs.server_us {
            write!(f, ", {us:.1} µs for the server")?;
        }
        if let Some(us) = self.costs.database_us {
            write!(f, ", {us:.1} µs for PostgreSQL")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_all_that_was_counted() {
        let (mut one, mut other) = (Latencies::default(), Latencies::default());
        (1..=500).for_each(|ms| one.add(Duration::from_millis(ms)));
        (501..=1000).for_each(|ms| other.add(Duration::from_millis(ms)));
        one.join(&other);
        let figures = one.figures();
        assert_eq!(figures.count, 1000);
        let near = |ms: f64, expected: f64| (ms / expected - 1.0).abs() < 0.002;
        assert!(near(figures.p50_ms, 500.0), "{figures}");
        assert!(near(figures.p90_ms, 900.0), "{figures}");
        assert!(near(figures.p99_ms, 990.0), "{figures}");
        assert!(near(figures.p999_ms, 999.0), "{figures}");
        assert!(near(figures.max_ms, 1000.0), "{figures}");
    }
}
