//! Stores that lie, each in one way.

use super::*;
use crate::population::Population;
use crate::sample;
use ed25519_dalek::SigningKey;

const PERSON: u64 = 3;

/// A site, what one person sent in three requests (one, one, and two that nobody acknowledged), and
/// the receipts that an honest store has.
struct Trial {
    site: Site,
    batches: Vec<Batch>,
    history: Vec<Value>,
}

fn signing() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

fn receipt(record: &zhiqing_consent::Record, salt: u8) -> Value {
    let moment = "2026-11-21T08:00:01.000Z".to_owned();
    let receipt = Receipt::issue(record.clone(), [salt; 16], moment, &signing());
    serde_json::to_value(receipt.expect("a receipt")).expect("JSON")
}

fn print(receipts: &[Value]) -> Print {
    let body = serde_json::json!({ "receipts": receipts }).to_string();
    Print::of_answer(body.as_bytes()).expect("receipts")
}

impl Trial {
    fn new() -> Self {
        let key = signing().verifying_key();
        let site = Site::new(&sample::notice(), key, Population::new(1)).expect("a site");
        let batch = |first: u16, count: u16| Batch {
            person: PERSON,
            sent_ms: 1_763_690_000_000 + u64::from(first),
            previous_ms: 1_763_690_000_000 + u64::from(first) - 1,
            first,
            count,
            receipts: None,
        };
        let mut batches = vec![batch(1, 1), batch(2, 1), batch(3, 2)];
        let records = batches
            .iter()
            .map(|batch| site.records(batch).expect("records"));
        let records = records.collect::<Vec<_>>().concat();
        let history: Vec<Value> = records.iter().map(|record| receipt(record, 5)).collect();
        for at in [0, 1] {
            batches[at].receipts = Some(print(&history[at..=at]));
        }
        Self {
            site,
            batches,
            history,
        }
    }

    fn judge(&self) -> Judgement {
        let texts = self
            .history
            .iter()
            .map(|receipt| RawValue::from_string(receipt.to_string()));
        let texts: Vec<Box<RawValue>> = texts.map(|text| text.expect("JSON")).collect();
        let texts: Vec<&RawValue> = texts.iter().map(|text| &**text).collect();
        judge(&self.site, &self.batches, &texts)
    }
}

#[track_caller]
fn case(lie: impl FnOnce(&mut Trial), faults: &[Fault]) {
    let mut trial = Trial::new();
    lie(&mut trial);
    let found: Vec<Fault> = trial
        .judge()
        .findings
        .iter()
        .map(|finding| finding.fault)
        .collect();
    assert_eq!(found, faults);
}

#[test]
fn an_honest_store_has_no_fault() {
    case(|_| {}, &[]);
    // Nobody was promised these.
    case(|it| it.history.truncate(2), &[]);
    let judgement = Trial::new().judge();
    assert_eq!(
        (
            judgement.unacknowledged_kept,
            judgement.unacknowledged_absent
        ),
        (2, 0)
    );
}

#[test]
fn a_store_that_forgets_is_found_out() {
    case(|it| drop(it.history.remove(0)), &[Fault::Lost]);
    case(|it| it.history.clear(), &[Fault::Lost, Fault::Lost]);
    case(|it| drop(it.history.remove(3)), &[Fault::Torn]);
}

#[test]
fn a_store_that_doubles_is_found_out() {
    case(|it| it.history.push(it.history[1].clone()), &[Fault::Twice]);
    // What nobody acknowledged may be there, but not twice.
    case(|it| it.history.push(it.history[3].clone()), &[Fault::Twice]);
}

#[test]
fn a_store_that_alters_is_found_out() {
    case(
        |it| it.history[0]["received_at"] = "2026-11-21T08:00:02.000Z".into(),
        &[Fault::Unverified, Fault::Altered],
    );
    // Signed anew: good by itself, and not what was given out.
    case(
        |it| {
            let record = it.site.records(&it.batches[0]).expect("a record").remove(0);
            it.history[0] = receipt(&record, 6);
        },
        &[Fault::Altered],
    );
    case(
        |it| {
            let mut record = it.site.records(&it.batches[0]).expect("a record").remove(0);
            record.notice.shown_ms += 1;
            it.history[0] = receipt(&record, 5);
        },
        &[Fault::Altered, Fault::NotAsSent],
    );
    // Altered before the receipt was given out, so that the receipt is the one that was.
    case(
        |it| {
            let mut record = it.site.records(&it.batches[0]).expect("a record").remove(0);
            record.notice.shown_ms += 1;
            it.history[0] = receipt(&record, 5);
            it.batches[0].receipts = Some(print(&it.history[..1]));
        },
        &[Fault::NotAsSent],
    );
}

#[test]
fn a_store_that_invents_is_found_out() {
    case(
        |it| {
            let mut record = it.site.records(&it.batches[0]).expect("a record").remove(0);
            record.id = it.site.people.id(PERSON, 9, 9);
            it.history.push(receipt(&record, 5));
        },
        &[Fault::NeverSent],
    );
}

#[test]
fn a_store_that_shuffles_is_found_out() {
    case(|it| it.history.swap(0, 1), &[Fault::OutOfOrder]);
}
