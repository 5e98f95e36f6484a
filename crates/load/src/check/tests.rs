//! Servers that lie, each in one way, loaded and found out over HTTP.

use super::*;
use crate::load::{Order, Until, load};
use crate::population::Population;
use crate::sample;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Mutex;
use zhiqing_consent::{Receipt, Record};

/// What a server does with one record in ten.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lie {
    /// Nothing: it is honest.
    None,
    /// Acknowledges and does not keep it.
    Forgets,
    /// Keeps it twice.
    Doubles,
    /// Keeps it with another receipt than it gave out.
    Alters,
    /// Is busy, and says when to come again.
    PutsOff,
    /// Breaks the connection after it has kept it.
    HangsUp,
    /// Refuses it.
    Refuses,
}

/// Receipts by subject, and which lie.
struct Ledger {
    lie: Lie,
    kept: Mutex<HashMap<String, Vec<Value>>>,
    /// Requests so far.
    count: Mutex<u64>,
}

fn signing() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

fn receipt(record: Record, salt: u8) -> Value {
    let moment = "2026-11-21T08:00:01.000Z".to_owned();
    let receipt = Receipt::issue(record, [salt; 16], moment, &signing());
    serde_json::to_value(receipt.expect("a receipt")).expect("JSON")
}

async fn submit(State(ledger): State<Arc<Ledger>>, body: Bytes) -> Response {
    let one = |body| serde_json::from_slice(body).map(|record| vec![record]);
    let records: Vec<Record> = serde_json::from_slice(&body)
        .or_else(|_| one(&body))
        .expect("records");
    let count = {
        let mut count = ledger.count.lock().expect("a lock");
        *count += 1;
        *count
    };
    let lie = if count % 10 == 0 {
        ledger.lie
    } else {
        Lie::None
    };
    let mut kept = ledger.kept.lock().expect("a lock");
    let its = kept.entry(records[0].subject.clone()).or_default();
    match lie {
        Lie::PutsOff => {
            let wait = [(header::RETRY_AFTER, "0")];
            return (StatusCode::SERVICE_UNAVAILABLE, wait, "busy").into_response();
        }
        Lie::Refuses => return (StatusCode::UNPROCESSABLE_ENTITY, "no").into_response(),
        _ => {}
    }
    let id = |record: &Record| json!(record.id.as_str());
    let before = its
        .iter()
        .find(|receipt| receipt["record"]["id"] == id(&records[0]));
    if let Some(before) = before.filter(|_| records.len() == 1) {
        let same = json!({ "receipts": [before] });
        return (StatusCode::OK, same.to_string()).into_response();
    }
    let receipts: Vec<Value> = records
        .iter()
        .map(|record| receipt(record.clone(), 5))
        .collect();
    match lie {
        Lie::Forgets => {}
        Lie::Doubles => its.extend(receipts.iter().chain(&receipts).cloned()),
        Lie::Alters => its.extend(records.into_iter().map(|record| receipt(record, 6))),
        _ => its.extend(receipts.iter().cloned()),
    }
    drop(kept);
    if lie == Lie::HangsUp {
        // Ends the connection's task without a word.
        std::panic::resume_unwind(Box::new(()));
    }
    (
        StatusCode::CREATED,
        json!({ "receipts": receipts }).to_string(),
    )
        .into_response()
}

async fn history(
    State(ledger): State<Arc<Ledger>>,
    Path(subject): Path<String>,
    headers: HeaderMap,
) -> String {
    assert!(headers.contains_key(header::AUTHORIZATION));
    let kept = ledger.kept.lock().expect("a lock");
    let receipts = kept.get(&subject).cloned().unwrap_or_default();
    json!({ "subject": subject, "receipts": receipts }).to_string()
}

/// A server in a thread of its own, which ends with the test.
fn serve(lie: Lie) -> Target {
    let ledger = Arc::new(Ledger {
        lie,
        kept: Mutex::default(),
        count: Mutex::default(),
    });
    let router = Router::new()
        .route("/v1/consents", post(submit))
        .route("/v1/consents/{subject}", get(history))
        .with_state(ledger);
    let (send, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                .await
                .expect("a port");
            send.send(listener.local_addr().expect("an address"))
                .expect("a test");
            axum::serve(listener, router).await.expect("it serves");
        });
    });
    let address = told.recv().expect("an address");
    Target::parse(&format!("http://{address}/")).expect("a target")
}

/// Loads a server with 100 records and checks it.
fn tried(lie: Lie, list: u16) -> (crate::Figures, Checked) {
    let target = serve(lie);
    let key = signing().verifying_key();
    let site = Site::new(&sample::notice(), key, Population::new(7)).expect("a site");
    let order = Order {
        connections: 8,
        list,
        until: Until::Records(100),
        warm_up: Duration::ZERO,
        until_broken: false,
        first_person: 0,
        server: None,
        database: None,
    };
    let outcome = load(&target, &site, &order).expect("a load");
    let mut book = outcome.book;
    let checked = check(&target, &site, &mut book, Which::All).expect("a check");
    (outcome.figures, checked)
}

#[track_caller]
fn case(lie: Lie, list: u16, faults: &[(Fault, u64)]) {
    let (figures, checked) = tried(lie, list);
    assert_eq!(
        checked.faults,
        faults.iter().copied().collect(),
        "{lie:?}: {checked}"
    );
    assert_eq!(checked.is_good(), faults.is_empty());
    assert_eq!(checked.acknowledged, 100, "{figures}");
    assert_eq!(figures.records, 100, "{figures}");
}

#[test]
fn an_honest_server_has_no_fault() {
    case(Lie::None, 1, &[]);
    case(Lie::None, 7, &[]);
}

#[test]
fn a_server_that_forgets_is_found_out() {
    case(Lie::Forgets, 1, &[(Fault::Lost, 10)]);
    // Of the fifteen lists one is forgotten whole.
    case(Lie::Forgets, 7, &[(Fault::Lost, 7)]);
}

#[test]
fn a_server_that_doubles_is_found_out() {
    case(Lie::Doubles, 1, &[(Fault::Twice, 10)]);
}

#[test]
fn a_server_that_gives_out_another_receipt_is_found_out() {
    case(Lie::Alters, 1, &[(Fault::Altered, 10)]);
}

#[test]
fn what_is_put_off_or_broken_is_sent_again_and_kept_once() {
    case(Lie::PutsOff, 1, &[]);
    let (figures, _) = tried(Lie::PutsOff, 1);
    // Every tenth of all requests, those that are sent again among them.
    assert_eq!(figures.statuses, [(201, 100), (503, 11)].into());
    assert_eq!(figures.repeated, 11);
    case(Lie::HangsUp, 1, &[]);
    let (figures, _) = tried(Lie::HangsUp, 1);
    let before = figures.statuses.get(&200).copied().unwrap_or_default();
    assert_eq!(before, figures.broken, "{figures}");
    assert!(before > 0, "{figures}");
}

#[test]
fn what_is_refused_is_told_and_was_promised_to_nobody() {
    let (figures, checked) = tried(Lie::Refuses, 1);
    assert_eq!(figures.first_refusal.as_deref(), Some("422: no"));
    assert_eq!(figures.statuses, [(201, 90), (422, 10)].into());
    assert_eq!(
        (checked.acknowledged, checked.unacknowledged_absent),
        (90, 10)
    );
    assert!(checked.is_good(), "{checked}");
}
