//! What a subject decided.

use crate::store::StoreError;
use crate::store::order::{End, prefix};
use crate::store::row::Stored;
use rusqlite::{Connection, OptionalExtension, Row, params};
use zhiqing_consent::Receipt;

/// A subject's records, looked for in each segment of 2^17 positions by itself. The segments come first, as the
/// join is written: what the planner would make of one condition on all of them reads every entry of the index.
/// One statement, so that all of it is of one moment, and no lock is taken for each segment.
const FIND: &str = "
    WITH RECURSIVE segments (site, segment, last) AS (
        SELECT number, 0, (size - 1) >> 17 FROM sites WHERE id = ?1 AND size > 0
        UNION ALL
        SELECT site, segment + 1, last FROM segments WHERE segment < last
    )
    SELECT record, received_at, salt, signature
    FROM segments CROSS JOIN records INDEXED BY records_by_subject
    WHERE records.site = segments.site AND position >> 17 = segment
      AND substr(subject, 1, 4) = ?2 AND subject = ?3
    ORDER BY position";

/// The receipts of a subject in the order received.
pub(super) fn history(
    connection: &Connection,
    site: &str,
    subject: &[u8; 32],
) -> Result<Vec<Receipt>, StoreError> {
    find(connection, site, subject, FIND)
}

/// The receipt that was received last.
pub(super) fn last(
    connection: &Connection,
    site: &str,
    subject: &[u8; 32],
) -> Result<Option<Receipt>, StoreError> {
    let last = find(connection, site, subject, &format!("{FIND} DESC LIMIT 1"))?;
    Ok(last.into_iter().next())
}

fn find(
    connection: &Connection,
    site: &str,
    subject: &[u8; 32],
    sql: &str,
) -> Result<Vec<Receipt>, StoreError> {
    let mut find = connection.prepare_cached(sql)?;
    let rows = find.query_map(params![site, prefix(subject), subject], stored)?;
    let mut receipts = Vec::new();
    for row in rows {
        receipts.push(row?.receipt()?);
    }
    Ok(receipts)
}

/// The latest moment that is known of a site.
pub(super) fn latest(connection: &Connection, site: &str) -> rusqlite::Result<i64> {
    let mut find = connection.prepare_cached(
        "SELECT max(coalesce((SELECT last_received_at FROM sites WHERE id = ?1), 0),
                    coalesce((SELECT max(first_served_at) FROM notices WHERE site = ?1), 0))",
    )?;
    find.query_row([site], |row| row.get(0))
}

/// Where the next record of a site goes.
pub(super) fn end(connection: &Connection, site: &str) -> rusqlite::Result<Option<End>> {
    connection
        .prepare_cached("SELECT number, size, last_received_at FROM sites WHERE id = ?")?
        .query_row([site], |row| {
            Ok(End {
                site: row.get(0)?,
                size: row.get(1)?,
                last_received_at: row.get(2)?,
            })
        })
        .optional()
}

/// Of the columns `record, received_at, salt, signature`.
pub(super) fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        record: row.get(0)?,
        received_at: row.get(1)?,
        salt: row.get(2)?,
        signature: row.get(3)?,
    })
}
