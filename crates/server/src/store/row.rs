//! A row of the table `records`, as far as a receipt is made from it.

use super::StoreError;
use crate::entry::moment;
use base64ct::{Base64UrlUnpadded, Encoding};
use rusqlite::Row;
use zhiqing_consent::Receipt;

/// What a receipt is made from.
pub(super) struct Stored {
    record: Vec<u8>,
    received_at: i64,
    salt: [u8; 16],
    signature: [u8; 64],
}

impl Stored {
    /// The columns that [`Stored::read`] expects, in its order and before any other.
    pub(super) const COLUMNS: &str = "record, received_at, salt, signature";

    /// Reads the first four columns of a row.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            record: row.get(0)?,
            received_at: row.get(1)?,
            salt: row.get(2)?,
            signature: row.get(3)?,
        })
    }

    /// The receipt as it was issued, to the last byte.
    pub(super) fn receipt(self) -> Result<Receipt, StoreError> {
        let record = serde_json::from_slice(&self.record);
        Ok(Receipt {
            record: record.map_err(|_| StoreError::Corrupt("a record"))?,
            salt: Base64UrlUnpadded::encode_string(&self.salt),
            received_at: moment(self.received_at).ok_or(StoreError::Corrupt("a moment"))?,
            signature: Base64UrlUnpadded::encode_string(&self.signature),
        })
    }
}
