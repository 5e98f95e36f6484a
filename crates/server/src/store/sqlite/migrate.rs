//! Bringing a database's tables up to date.

use crate::store::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// In order, and append-only: a database remembers in `user_version` how many it has had.
const MIGRATIONS: [&str; 2] = [
    include_str!("../../../migrations/sqlite/0001_records_and_notices.sql"),
    include_str!("../../../migrations/sqlite/0002_one_order_per_site.sql"),
];

/// How many there are.
const KNOWN: u32 = MIGRATIONS.len() as u32;

/// Applies what the database has not had yet, all or nothing.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    // Immediate: of two servers that start at once, the second waits here and finds it done.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > KNOWN {
        return Err(StoreError::Newer {
            found,
            known: KNOWN,
        });
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", KNOWN)?;
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
    }

    #[test]
    fn a_database_of_a_later_version_is_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let error = migrate(&mut connection).unwrap_err();
        assert!(
            matches!(error, StoreError::Newer { found: 99, .. }),
            "{error}"
        );
    }

    #[test]
    fn records_of_the_first_version_get_a_place_in_their_sites_order() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        connection
            .execute_batch(
                "INSERT INTO notices VALUES
                     (1, 'a', zeroblob(32), x'7b7d', 0), (2, 'b', zeroblob(32), x'7b7d', 0),
                     (3, 'new', zeroblob(32), x'7b7d', 0);
                 WITH sent (number, site, notice, at) AS
                     (VALUES (1, 'a', 1, 10), (2, 'b', 2, 30), (5, 'a', 1, 20))
                 INSERT INTO records SELECT
                     number, randomblob(16), site, randomblob(32), 1, NULL, notice, at, x'7b7d',
                     zeroblob(32), zeroblob(16), zeroblob(64) FROM sent;",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        let rows = |sql: &str| -> Vec<(String, i64, i64)> {
            let mut find = connection.prepare(sql).unwrap();
            let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            rows.unwrap().map(Result::unwrap).collect()
        };
        assert_eq!(
            rows(
                "SELECT sites.id, position, received_at FROM records
                 JOIN sites ON sites.number = records.site ORDER BY sites.id, position"
            ),
            [
                ("a".into(), 0, 10),
                ("a".into(), 1, 20),
                ("b".into(), 0, 30)
            ]
        );
        assert_eq!(
            rows("SELECT id, size, last_received_at FROM sites ORDER BY id"),
            [
                ("a".into(), 2, 20),
                ("b".into(), 1, 30),
                ("new".into(), 0, 0)
            ]
        );
    }
}
