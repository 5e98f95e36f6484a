//! All that a ledger holds, for whoever takes it elsewhere.

use super::history::stored;
use crate::store::order::position;
use crate::store::{KeptNotice, StoreError};
use rusqlite::{Connection, params};
use zhiqing_consent::Receipt;

/// The ids of all sites, and how many records each has.
pub(super) fn sites(connection: &Connection) -> rusqlite::Result<Vec<(String, u64)>> {
    let mut find = connection.prepare_cached("SELECT id, size FROM sites ORDER BY id")?;
    let rows = find.query_map([], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    rows.collect()
}

/// A site's notices, the first served first.
pub(super) fn notices(connection: &Connection, site: &str) -> rusqlite::Result<Vec<KeptNotice>> {
    let mut find = connection.prepare_cached(
        "SELECT first_served_at, json FROM notices WHERE site = ? ORDER BY first_served_at, number",
    )?;
    let rows = find.query_map([site], |row| {
        Ok(KeptNotice {
            first_served_at: row.get(0)?,
            json: row.get(1)?,
        })
    })?;
    rows.collect()
}

/// A site's receipts in the order received.
pub(super) fn receipts(
    connection: &Connection,
    site: &str,
    from: u64,
    most: u64,
) -> Result<Vec<Receipt>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT record, received_at, salt, signature FROM records
         WHERE site = (SELECT number FROM sites WHERE id = ?) AND position >= ?
         ORDER BY position LIMIT ?",
    )?;
    let rows = find.query_map(params![site, position(from), position(most)], stored)?;
    rows.map(|row| row?.receipt()).collect()
}
