//! What the table `records` keeps of a record, as far as a receipt is made from it.

use super::{Refused, Standing, StoreError};
use crate::entry::{Entry, moment};
use base64ct::{Base64UrlUnpadded, Encoding};
use zhiqing_consent::Receipt;

/// What a receipt is made from.
pub(super) struct Stored {
    pub(super) record: Vec<u8>,
    pub(super) received_at: i64,
    pub(super) salt: [u8; 16],
    pub(super) signature: [u8; 64],
}

impl Stored {
    /// The receipt as it was issued, to the last byte.
    pub(super) fn receipt(&self) -> Result<Receipt, StoreError> {
        let record = serde_json::from_slice(&self.record);
        Ok(Receipt {
            record: record.map_err(|_| StoreError::Corrupt("a record"))?,
            salt: Base64UrlUnpadded::encode_string(&self.salt),
            received_at: moment(self.received_at).ok_or(StoreError::Corrupt("a moment"))?,
            signature: Base64UrlUnpadded::encode_string(&self.signature),
        })
    }

    /// What becomes of the entry at `at` of its list, whose id this row has.
    pub(super) fn answer(&self, entry: &Entry, at: usize) -> Result<Standing, Refused> {
        if self.record != entry.canonical {
            return Err(Refused::Conflict { at });
        }
        let receipt = self.receipt().map_err(Refused::Store)?;
        Ok(Standing::Before(Box::new(receipt)))
    }
}
