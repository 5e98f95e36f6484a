//! What the server counts: `GET /metrics`, in the text format of OpenMetrics. No label names a person: a site, a
//! route as it is written here, a method, a status.

use axum::http::Method;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Upper bounds in seconds, from a look-up in memory to a page's patience.
const SECONDS: [f64; 12] = [
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0,
];

/// Upper bounds of how many records share a sync.
const RECORDS: [f64; 11] = [
    1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0,
];

/// What a server counts. Copies share it.
#[derive(Clone)]
pub(crate) struct Metrics(Arc<Counted>);

struct Counted {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    records: Family<Record, Counter>,
    batch: Histogram,
    commit: Histogram,
    failed: Counter,
    available: Gauge,
    /// Whether the last commit failed: a change is told in the log.
    is_away: AtomicBool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Record {
    site: String,
    outcome: Outcome,
}

/// What became of a record that was well formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
#[expect(non_camel_case_types, reason = "written as they stand here")]
pub(crate) enum Outcome {
    /// It is in the ledger now.
    kept,
    /// It was there before.
    known,
    /// Nothing could be kept.
    unavailable,
    /// Its id is another's.
    conflict,
}

impl Default for Metrics {
    fn default() -> Self {
        fn seconds() -> Histogram {
            Histogram::new(SECONDS)
        }
        let mut registry = Registry::with_prefix("zhiqing");
        let requests = Family::default();
        registry.register("requests", "Requests that were answered", requests.clone());
        let seconds_of: Family<Route, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(seconds);
        registry.register_with_unit(
            "request",
            "Time until an answer began",
            Unit::Seconds,
            seconds_of.clone(),
        );
        let records = Family::default();
        registry.register("records", "Records by what became of them", records.clone());
        let batch = Histogram::new(RECORDS);
        registry.register("batch_records", "Records in a transaction", batch.clone());
        let commit = seconds();
        registry.register_with_unit(
            "commit",
            "Time of a transaction, with its sync",
            Unit::Seconds,
            commit.clone(),
        );
        let failed = Counter::default();
        registry.register("commits_failed", "Transactions that failed", failed.clone());
        let available = Gauge::default();
        available.set(1);
        registry.register(
            "store_available",
            "1 unless the last transaction failed",
            available.clone(),
        );
        Self(Arc::new(Counted {
            registry,
            requests,
            seconds: seconds_of,
            records,
            batch,
            commit,
            failed,
            available,
            is_away: AtomicBool::new(false),
        }))
    }
}

impl Metrics {
    /// A request was answered.
    pub(crate) fn request(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let route = Route {
            route: route.to_owned(),
        };
        let took = took.as_secs_f64();
        self.0.seconds.get_or_create(&route).observe(took);
        let request = Request {
            method: known(method),
            route: route.route,
            status,
        };
        self.0.requests.get_or_create(&request).inc();
    }

    /// So many records of a site came to this.
    pub(crate) fn records(&self, site: &str, outcome: Outcome, records: usize) {
        let record = Record {
            site: site.to_owned(),
            outcome,
        };
        self.0.records.get_or_create(&record).inc_by(records as u64);
    }

    /// A transaction of so many records is durable.
    pub(crate) fn committed(&self, records: usize, took: Duration) {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
        self.0.batch.observe(records as f64);
        self.0.commit.observe(took.as_secs_f64());
        self.back();
    }

    /// Whether the last transaction failed.
    pub(crate) fn is_away(&self) -> bool {
        self.0.is_away.load(Ordering::Relaxed)
    }

    /// The store takes what it is given.
    pub(crate) fn back(&self) {
        self.0.available.set(1);
        if self.0.is_away.swap(false, Ordering::Relaxed) {
            tracing::info!("the store is back");
        }
    }

    /// A transaction failed.
    pub(crate) fn failed(&self, error: &dyn std::error::Error) {
        self.0.failed.inc();
        self.0.available.set(0);
        // Once, and not for every batch of an hour.
        if !self.0.is_away.swap(true, Ordering::Relaxed) {
            tracing::error!(%error, "the store is away: nothing is kept until it is back");
        }
    }

    /// All of it as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Cannot fail: a text takes whatever is written.
        let _ = encode(&mut text, &self.0.registry);
        text
    }
}

/// A method as a label: others' inventions are one.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told() {
        let metrics = Metrics::default();
        let took = Duration::from_millis(2);
        metrics.request(&Method::POST, "/v1/consents", 201, took);
        let odd = Method::from_bytes(b"BREW").expect("a method");
        metrics.request(&odd, "none", 404, took);
        metrics.records("demo", Outcome::kept, 3);
        metrics.committed(3, took);
        let text = metrics.text();
        for line in [
            r#"zhiqing_requests_total{method="POST",route="/v1/consents",status="201"} 1"#,
            r#"zhiqing_requests_total{method="other",route="none",status="404"} 1"#,
            r#"zhiqing_records_total{site="demo",outcome="kept"} 3"#,
            r#"zhiqing_batch_records_bucket{le="4.0"} 1"#,
            r#"zhiqing_commit_seconds_bucket{le="0.001"} 0"#,
            "zhiqing_store_available 1",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }

    #[test]
    fn a_store_that_fails_is_not_available_until_it_is_back() {
        let metrics = Metrics::default();
        metrics.failed(&std::fmt::Error);
        assert!(metrics.text().contains("zhiqing_store_available 0"));
        metrics.committed(1, Duration::ZERO);
        assert!(metrics.text().contains("zhiqing_store_available 1"));
    }
}
