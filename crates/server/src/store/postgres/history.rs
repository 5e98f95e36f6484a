//! What a subject decided.

use crate::store::StoreError;
use crate::store::order::{End, prefix};
use crate::store::row::Stored;
use postgres::{Client, Error, Row};
use zhiqing_consent::Receipt;

/// Each segment is a look-up in the index of its own; what the planner would make of one condition on all of
/// them reads every entry of the index.
const FIND: &str = "
    SELECT record, received_at, salt, signature
    FROM generate_series(0, $2::bigint) AS segment
    CROSS JOIN LATERAL (
        SELECT position, record, received_at, salt, signature FROM zhiqing.records
        WHERE site = $1::bigint::integer AND position >> 17 = segment
          AND substring(subject FROM 1 FOR 4) = $3 AND subject = $4
        OFFSET 0
    ) AS found
    ORDER BY position";

/// The receipts of a subject in the order received.
pub(super) fn history(
    client: &mut Client,
    site: &str,
    subject: &[u8; 32],
) -> Result<Vec<Receipt>, StoreError> {
    find(client, site, subject, FIND)
}

/// The receipt that was received last.
pub(super) fn last(
    client: &mut Client,
    site: &str,
    subject: &[u8; 32],
) -> Result<Option<Receipt>, StoreError> {
    let last = find(client, site, subject, &format!("{FIND} DESC LIMIT 1"))?;
    Ok(last.into_iter().next())
}

fn find(
    client: &mut Client,
    site: &str,
    subject: &[u8; 32],
    sql: &str,
) -> Result<Vec<Receipt>, StoreError> {
    let Some(end) = end(client, site)? else {
        return Ok(Vec::new());
    };
    let Some(segment) = end.segments().last() else {
        return Ok(Vec::new());
    };
    let rows = client.query(
        sql,
        &[&end.site, &segment, &prefix(subject), &subject.as_slice()],
    )?;
    rows.iter().map(|row| stored(row)?.receipt()).collect()
}

fn end(client: &mut Client, site: &str) -> Result<Option<End>, Error> {
    let row = client.query_opt(
        "SELECT number::bigint, size, last_received_at FROM zhiqing.sites WHERE id = $1",
        &[&site],
    )?;
    row.map(|row| {
        Ok(End {
            site: row.try_get(0)?,
            size: row.try_get(1)?,
            last_received_at: row.try_get(2)?,
        })
    })
    .transpose()
}

/// Of the columns `record, received_at, salt, signature`.
pub(super) fn stored(row: &Row) -> Result<Stored, Error> {
    Ok(Stored {
        record: row.try_get(0)?,
        received_at: row.try_get(1)?,
        salt: row.try_get::<_, Bytes<16>>(2)?.0,
        signature: row.try_get::<_, Bytes<64>>(3)?.0,
    })
}

/// A `bytea` of so many bytes.
struct Bytes<const N: usize>([u8; N]);

impl<'a, const N: usize> postgres::types::FromSql<'a> for Bytes<N> {
    fn from_sql(
        kind: &postgres::types::Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        let bytes = <&[u8]>::from_sql(kind, raw)?;
        Ok(Self(bytes.try_into()?))
    }

    fn accepts(kind: &postgres::types::Type) -> bool {
        <&[u8]>::accepts(kind)
    }
}
