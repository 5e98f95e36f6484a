//! What was sent and what was acknowledged, kept small: ten million records fit into memory.

use serde::Deserialize;
use serde_json::value::RawValue;
use twox_hash::XxHash3_128;

/// Records of one person that were sent in one request. Everything else about them follows from the
/// [population](crate::Population).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Whose.
    pub person: u64,
    /// When they were made, in milliseconds since 1970.
    pub sent_ms: u64,
    /// When the record before the first was made, where there is one.
    pub previous_ms: u64,
    /// The place of the first among the person's records, from 1.
    pub first: u16,
    /// How many.
    pub count: u16,
    /// The print of the receipts that were given out; `None` while nobody has acknowledged them, so
    /// they may be kept or not.
    pub receipts: Option<Print>,
}

impl Batch {
    /// The places of the records among the person's.
    pub fn sequences(&self) -> impl Iterator<Item = u64> + use<> {
        let first = u64::from(self.first);
        first..first + u64::from(self.count)
    }
}

/// 128 bits by which receipts are known again to the byte. No proof against somebody who looks for
/// two of the same print; a store that is only wrong does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print([u8; 16]);

impl Print {
    fn of(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes).to_be_bytes())
    }

    /// The print of receipts as they stand in a list, one after the other.
    pub fn of_receipts<'a>(receipts: impl Iterator<Item = &'a RawValue>) -> Self {
        let mut bytes = Vec::new();
        for (at, receipt) in receipts.enumerate() {
            if at > 0 {
                bytes.push(b',');
            }
            bytes.extend_from_slice(receipt.get().as_bytes());
        }
        Self::of(&bytes)
    }

    /// The print of the receipts in the answer to `POST /v1/consents`; `None` where that is none.
    /// Looks at the bytes alone where the answer is written as ours is.
    pub fn of_answer(body: &[u8]) -> Option<Self> {
        let inner = body.strip_prefix(br#"{"receipts":["#);
        if let Some(inner) = inner.and_then(|rest| rest.strip_suffix(b"]}")) {
            return Some(Self::of(inner));
        }
        let receipts = Receipts::read(body)?;
        Some(Self::of_receipts(receipts.receipts.into_iter()))
    }
}

/// Receipts in an answer, each as its bytes stand there.
#[derive(Debug, Deserialize)]
pub(crate) struct Receipts<'a> {
    /// In the order given.
    #[serde(borrow)]
    pub(crate) receipts: Vec<&'a RawValue>,
}

impl<'a> Receipts<'a> {
    /// Reads an answer; `None` where it is none.
    pub(crate) fn read(body: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }
}

/// What was sent, in any order.
#[derive(Clone, Debug, Default)]
pub struct Book {
    batches: Vec<Batch>,
}

impl Book {
    /// Adds what was sent.
    pub fn add(&mut self, batches: impl IntoIterator<Item = Batch>) {
        self.batches.extend(batches);
    }

    /// What was sent.
    pub fn batches(&self) -> &[Batch] {
        &self.batches
    }

    /// The same, to be told what became of it.
    pub fn batches_mut(&mut self) -> &mut [Batch] {
        &mut self.batches
    }

    /// How many records were acknowledged.
    pub fn acknowledged(&self) -> u64 {
        let acknowledged = self.batches.iter().filter(|batch| batch.receipts.is_some());
        acknowledged.map(|batch| u64::from(batch.count)).sum()
    }

    /// What each person sent, in order. The order of people is theirs, too.
    pub fn people(&mut self) -> Vec<&[Batch]> {
        self.batches
            .sort_unstable_by_key(|batch| (batch.person, batch.first));
        self.batches
            .chunk_by(|one, next| one.person == next.person)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_have_the_print_of_their_receipts_however_they_are_written() {
        let quick = Print::of_answer(br#"{"receipts":[{"a":1},{"b":2}]}"#);
        let slow = Print::of_answer(b"{ \"receipts\" : [ {\"a\":1} , {\"b\":2} ] }");
        assert!(quick.is_some());
        assert_eq!(quick, slow);
        let other = Print::of_answer(br#"{"receipts":[{"a":1},{"b":3}]}"#);
        assert_ne!(quick, other);
        assert_eq!(Print::of_answer(b"{}"), None);
    }

    #[test]
    fn a_batch_is_kept_small() {
        // Ten million of one record each are less than half a gigabyte.
        assert!(size_of::<Batch>() <= 48, "{}", size_of::<Batch>());
    }
}
