//! Bringing a database's tables up to date.

use crate::store::StoreError;
use postgres::Client;

/// In order, and append-only: the table `zhiqing.migrations` remembers which the database has had.
const MIGRATIONS: [&str; 1] = [include_str!("../../../migrations/postgres/0001_ledger.sql")];

/// How many there are.
const KNOWN: u32 = MIGRATIONS.len() as u32;

/// Of two servers that start at once, the second waits and finds it done. The number is ours: the first bytes
/// of "zhiqing".
const LOCK: i64 = 0x7a68_6971;

/// Applies what the database has not had yet, all or nothing.
pub(super) fn migrate(client: &mut Client) -> Result<(), StoreError> {
    let mut transaction = client.transaction()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
    // Asked first: `CREATE SCHEMA IF NOT EXISTS` needs the right to make schemas even where there is one.
    let there = "SELECT FROM pg_namespace WHERE nspname = 'zhiqing'";
    if transaction.query_opt(there, &[])?.is_none() {
        transaction.batch_execute("CREATE SCHEMA zhiqing")?;
    }
    transaction.batch_execute(
        "CREATE TABLE IF NOT EXISTS zhiqing.migrations (
             number     integer     PRIMARY KEY,
             applied_at timestamptz NOT NULL DEFAULT now()
         )",
    )?;
    let found: i64 = transaction
        .query_one("SELECT count(*) FROM zhiqing.migrations", &[])?
        .try_get(0)?;
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found > KNOWN {
        return Err(StoreError::Newer {
            found,
            known: KNOWN,
        });
    }
    for (number, migration) in (1..).zip(MIGRATIONS).skip(found as usize) {
        transaction.batch_execute(migration)?;
        let note = "INSERT INTO zhiqing.migrations (number) VALUES ($1)";
        transaction.execute(note, &[&number])?;
    }
    Ok(transaction.commit()?)
}
