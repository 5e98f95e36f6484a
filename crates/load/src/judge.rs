//! What a person sent against what the server says it has of them.

use crate::book::{Batch, Print};
use crate::site::Site;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;
use zhiqing_consent::Receipt;

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It was acknowledged and is not there.
    Lost,
    /// It is there more than once.
    Twice,
    /// Its receipt is not, to the byte, the one that was given out.
    Altered,
    /// Its receipt does not verify with the site's key.
    Unverified,
    /// What is kept is not the record that was sent.
    NotAsSent,
    /// Nobody sent it.
    NeverSent,
    /// Of a request that was not acknowledged a part is there.
    Torn,
    /// It stands before one that was sent and answered earlier.
    OutOfOrder,
    /// The server does not tell what it has.
    Untold,
    /// A record that may be sent again was not taken.
    Refused,
}

/// Something wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What.
    pub fault: Fault,
    /// Of whom.
    pub subject: String,
    /// Of which record, or what the server said.
    pub detail: String,
}

/// What a person's history shows.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// Of what was not acknowledged: the records that are there.
    pub unacknowledged_kept: u64,
    /// And those that are not.
    pub unacknowledged_absent: u64,
}

/// A receipt in a history.
struct Seen<'a> {
    at: usize,
    raw: &'a RawValue,
    times: usize,
    receipt: Option<Receipt>,
}

/// Judges a history, in the order given, by all batches of its person, in the order sent.
pub fn judge(site: &Site, batches: &[Batch], history: &[&RawValue]) -> Judgement {
    let mut judgement = Judgement::default();
    let Some(person) = batches.first().map(|batch| batch.person) else {
        return judgement;
    };
    let subject = site.people.secret(person).subject(&site.id);
    let mut find = |fault, detail: &str| {
        judgement.findings.push(Finding {
            fault,
            subject: subject.clone(),
            detail: detail.to_owned(),
        });
    };

    let mut seen: HashMap<String, Seen<'_>> = HashMap::new();
    for (at, &raw) in history.iter().enumerate() {
        let (id, receipt) = match Receipt::verify(raw.get().as_bytes(), &site.key) {
            Ok(receipt) => (receipt.record.id.as_str().to_owned(), Some(receipt)),
            Err(error) => {
                let id = id(raw);
                find(Fault::Unverified, &format!("{id}: {error}"));
                (id, None)
            }
        };
        let (times, first) = (
            0,
            Seen {
                at,
                raw,
                times: 0,
                receipt,
            },
        );
        let entry = seen.entry(id).or_insert(first);
        entry.times += times + 1;
    }

    let mut last = None;
    let (mut kept, mut absent) = (0, 0);
    for batch in batches {
        let ids = batch.sequences();
        let ids = ids.map(|sequence| site.people.id(person, sequence, batch.sent_ms));
        let ids: Vec<_> = ids.collect();
        let there: Vec<_> = ids.iter().map(|id| seen.remove(id.as_str())).collect();
        let count = there.iter().flatten().count();
        for (id, one) in ids.iter().zip(&there) {
            let Some(one) = one else {
                if batch.receipts.is_some() {
                    find(Fault::Lost, id.as_str());
                }
                continue;
            };
            if one.times > 1 {
                find(Fault::Twice, id.as_str());
            }
            if last.replace(one.at) > Some(one.at) {
                find(Fault::OutOfOrder, id.as_str());
            }
        }
        match batch.receipts {
            Some(given) if count == ids.len() => {
                let raw = there.iter().flatten().map(|one| one.raw);
                if Print::of_receipts(raw) != given {
                    find(Fault::Altered, ids[0].as_str());
                }
            }
            // Told above.
            Some(_) => {}
            None => {
                kept += count as u64;
                absent += (ids.len() - count) as u64;
                if count > 0 && count < ids.len() {
                    find(Fault::Torn, ids[0].as_str());
                }
            }
        }
        let sent = site.records(batch).unwrap_or_default();
        for (one, sent) in there.iter().zip(&sent) {
            let receipt = one.as_ref().and_then(|one| one.receipt.as_ref());
            if receipt.is_some_and(|receipt| receipt.record != *sent) {
                find(Fault::NotAsSent, sent.id.as_str());
            }
        }
    }
    for id in seen.keys() {
        find(Fault::NeverSent, id);
    }
    judgement.unacknowledged_kept = kept;
    judgement.unacknowledged_absent = absent;
    judgement
}

/// The id in a receipt that is no good otherwise.
fn id(raw: &RawValue) -> String {
    let value: Value = serde_json::from_str(raw.get()).unwrap_or_default();
    value["record"]["id"].as_str().unwrap_or("no id").to_owned()
}

#[cfg(test)]
mod tests;
