//! What a subject decided.

use crate::store::StoreError;
use crate::store::order::prefix;
use crate::store::row::Stored;
use postgres::types::{FromSql, Type};
use postgres::{Client, Error, Row};
use zhiqing_consent::Receipt;

/// Each segment is a look-up in the index of its own; what the planner would make of one condition on all of
/// them reads every entry of the index.
const FIND: &str = "
    SELECT record, received_at, salt, signature
    FROM zhiqing.sites
    CROSS JOIN generate_series(0, (sites.size - 1) >> 20) AS segment
    CROSS JOIN LATERAL (
        SELECT position, record, received_at, salt, signature FROM zhiqing.records
        WHERE site = sites.number AND position >> 20 = segment
          AND substring(subject FROM 1 FOR 4) = $2 AND subject = $3
        OFFSET 0
    ) AS found
    WHERE sites.id = $1
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

/// The latest moment that is known of a site.
pub(super) fn latest(client: &mut Client, site: &str) -> Result<i64, Error> {
    let row = client.query_typed_one(
        "SELECT greatest((SELECT last_received_at FROM zhiqing.sites WHERE id = $1),
                         (SELECT max(first_served_at) FROM zhiqing.notices WHERE site = $1), 0)",
        &[(&site, Type::TEXT)],
    )?;
    row.try_get(0)
}

fn find(
    client: &mut Client,
    site: &str,
    subject: &[u8; 32],
    sql: &str,
) -> Result<Vec<Receipt>, StoreError> {
    // One way to the database and back, and a plan for the tables as they are now: one that was prepared
    // when they were small reads all of them.
    let rows = client.query_typed(
        sql,
        &[
            (&site, Type::TEXT),
            (&prefix(subject), Type::BYTEA),
            (&subject.as_slice(), Type::BYTEA),
        ],
    )?;
    rows.iter().map(|row| stored(row)?.receipt()).collect()
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

impl<'a, const N: usize> FromSql<'a> for Bytes<N> {
    fn from_sql(
        kind: &Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        let bytes = <&[u8]>::from_sql(kind, raw)?;
        Ok(Self(bytes.try_into()?))
    }

    fn accepts(kind: &Type) -> bool {
        <&[u8]>::accepts(kind)
    }
}
