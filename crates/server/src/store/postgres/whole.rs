//! All that a ledger holds, for whoever takes it elsewhere.

use super::history::stored;
use crate::store::order::position;
use crate::store::{KeptNotice, StoreError};
use postgres::{Client, Error};
use zhiqing_consent::Receipt;

/// The ids of all sites, and how many records each has.
pub(super) fn sites(client: &mut Client) -> Result<Vec<(String, u64)>, Error> {
    // By their bytes, as everywhere else: a database sorts in its own language.
    let rows = client.query(
        "SELECT id, size FROM zhiqing.sites ORDER BY id COLLATE \"C\"",
        &[],
    )?;
    let rows = rows.iter();
    rows.map(|row| Ok((row.try_get(0)?, row.try_get::<_, i64>(1)?.unsigned_abs())))
        .collect()
}

/// A site's notices, the first served first.
pub(super) fn notices(client: &mut Client, site: &str) -> Result<Vec<KeptNotice>, Error> {
    let rows = client.query(
        "SELECT first_served_at, json FROM zhiqing.notices WHERE site = $1
         ORDER BY first_served_at, number",
        &[&site],
    )?;
    let rows = rows.iter();
    rows.map(|row| {
        Ok(KeptNotice {
            first_served_at: row.try_get(0)?,
            json: row.try_get(1)?,
        })
    })
    .collect()
}

/// A site's receipts in the order received.
pub(super) fn receipts(
    client: &mut Client,
    site: &str,
    from: u64,
    most: u64,
) -> Result<Vec<Receipt>, StoreError> {
    let rows = client.query(
        "SELECT record, received_at, salt, signature FROM zhiqing.records
         WHERE site = (SELECT number FROM zhiqing.sites WHERE id = $1) AND position >= $2
         ORDER BY position LIMIT $3",
        &[&site, &position(from), &position(most)],
    )?;
    rows.iter().map(|row| stored(row)?.receipt()).collect()
}
