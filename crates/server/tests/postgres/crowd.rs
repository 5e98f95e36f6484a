//! Many people who decide at the same time, and what they were answered.

use crate::app::{TestApp, key, record_of};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tower::ServiceExt;
use zhiqing_consent::{Notice, Receipt, RecordId, Secret};

/// People, each with one record, sent by a number of tasks in turns to any of several servers.
pub(crate) struct Crowd {
    notice: Notice,
    servers: Vec<Router>,
    next: AtomicU32,
    over: AtomicBool,
}

/// An answer with a receipt: the person's number, the status, and the receipt as it came.
pub(crate) type Acknowledged = (u32, StatusCode, Value);

impl Crowd {
    pub(crate) fn new(servers: &[&TestApp]) -> Arc<Self> {
        Arc::new(Self {
            notice: servers[0].notice.clone(),
            servers: servers.iter().map(|app| app.router.clone()).collect(),
            next: AtomicU32::new(0),
            over: AtomicBool::new(false),
        })
    }

    /// Begins; `stop` ends it.
    pub(crate) fn start(self: &Arc<Self>, tasks: usize) -> JoinSet<Vec<Acknowledged>> {
        let mut running = JoinSet::new();
        for task in 0..tasks {
            let crowd = Arc::clone(self);
            running.spawn(async move { crowd.send_all(task).await });
        }
        running
    }

    /// How many people have begun to send.
    pub(crate) fn sent(&self) -> u32 {
        self.next.load(Ordering::Relaxed)
    }

    /// Ends it, and gives what was acknowledged.
    pub(crate) async fn stop(&self, running: JoinSet<Vec<Acknowledged>>) -> Vec<Acknowledged> {
        self.over.store(true, Ordering::Relaxed);
        running.join_all().await.into_iter().flatten().collect()
    }

    async fn send_all(&self, task: usize) -> Vec<Acknowledged> {
        let mut acknowledged = Vec::new();
        let mut server = task;
        while !self.over.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            // As a page does: the same again until it is taken.
            loop {
                server += 1;
                let router = &self.servers[server % self.servers.len()];
                let (status, body) = post(router, &self.notice, number).await;
                if status.is_success() {
                    acknowledged.push((number, status, body["receipts"][0].clone()));
                    break;
                }
                assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{body}");
                if self.over.load(Ordering::Relaxed) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        acknowledged
    }
}

/// Who has this number.
pub(crate) fn person(number: u32) -> Secret {
    let mut bytes = [1; 32];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    Secret::new(bytes)
}

/// The record of the person of this number.
pub(crate) fn record(notice: &Notice, number: u32) -> Value {
    let mut record = record_of(&person(number), notice, 1);
    let mut random = [3; 10];
    random[..4].copy_from_slice(&number.to_be_bytes());
    record["id"] = RecordId::new(1_763_690_000_000, random).as_str().into();
    record
}

/// Sends the record of the person of this number.
pub(crate) async fn post(router: &Router, notice: &Notice, number: u32) -> (StatusCode, Value) {
    let bearer = format!("Bearer {}", person(number).bearer());
    let request = Request::post("/v1/consents")
        .header(header::AUTHORIZATION, bearer)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(record(notice, number).to_string()))
        .expect("a request");
    let response = router.clone().oneshot(request).await.expect("infallible");
    let status = response.status();
    let body = response.into_body().collect().await.expect("a body");
    (
        status,
        serde_json::from_slice(&body.to_bytes()).expect("JSON"),
    )
}

/// Everything acknowledged is there once, with the very receipt; its signature holds.
pub(crate) async fn assert_kept(app: &TestApp, acknowledged: &[Acknowledged]) {
    assert!(acknowledged.len() > 20, "only {}", acknowledged.len());
    let key = key().verifying_key();
    for (number, _, receipt) in acknowledged {
        let answer = app.history(&person(*number)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.json()["receipts"], serde_json::json!([receipt]));
        Receipt::verify(receipt.to_string().as_bytes(), &key).expect("a good receipt");
    }
}
