//! What a subject decided.

use crate::store::StoreError;
use crate::store::order::{End, prefix};
use crate::store::row::Stored;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};
use std::ops::Range;
use zhiqing_consent::Receipt;

/// How many positions the index of subjects holds together, as a power of two: as the migration has it.
const SEGMENT_BITS: u32 = 17;

/// The receipts of a subject in the order received.
pub(super) fn history(
    connection: &Connection,
    site: &str,
    subject: &[u8; 32],
) -> Result<Vec<Receipt>, StoreError> {
    let Some(end) = end(connection, site)? else {
        return Ok(Vec::new());
    };
    let mut find = find(connection)?;
    let mut receipts = Vec::new();
    for segment in segments(end.size) {
        let rows = find.query_map(params![end.site, segment, prefix(subject), subject], stored)?;
        for row in rows {
            receipts.push(row?.receipt()?);
        }
    }
    Ok(receipts)
}

/// The receipt that was received last.
pub(super) fn last(
    connection: &Connection,
    site: &str,
    subject: &[u8; 32],
) -> Result<Option<Receipt>, StoreError> {
    let Some(end) = end(connection, site)? else {
        return Ok(None);
    };
    let mut find = find(connection)?;
    for segment in segments(end.size).rev() {
        let rows = find.query_map(params![end.site, segment, prefix(subject), subject], stored)?;
        if let Some(last) = rows.last() {
            return last?.receipt().map(Some);
        }
    }
    Ok(None)
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

/// The segments of the index of subjects that hold so many records, oldest first.
fn segments(size: i64) -> Range<i64> {
    match size {
        0 => 0..0,
        size => 0..((size - 1) >> SEGMENT_BITS) + 1,
    }
}

/// A subject's records in one segment. Within it the index has them in the order of their rows, which is
/// that of their positions.
fn find(connection: &Connection) -> rusqlite::Result<CachedStatement<'_>> {
    connection.prepare_cached(
        "SELECT record, received_at, salt, signature FROM records INDEXED BY records_by_subject
         WHERE site = ? AND position >> 17 = ? AND substr(subject, 1, 4) = ? AND subject = ?
         ORDER BY number",
    )
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

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn the_last_record_is_in_the_last_segment() {
        for (size, expected) in [(0, 0), (1, 1), (1 << 17, 1), ((1 << 17) + 1, 2)] {
            assert_eq!(segments(size).count(), expected, "{size}");
        }
    }
}
