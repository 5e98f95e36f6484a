//! Appending lists of entries in one transaction.

use super::history::stored;
use crate::entry::Entry;
use crate::store::order::End;
use crate::store::plan::{NoticeKey, Plan};
use crate::store::{Appended, StoreError};
use postgres::error::SqlState;
use postgres::{Client, Error, Statement, Transaction};
use std::collections::{BTreeSet, HashMap};

/// The connection that writes, with what it has prepared.
pub(super) struct Writer {
    client: Client,
    hold: Statement,
    find: Statement,
    insert: Statement,
    keep: Statement,
    /// The numbers of notices, which never change.
    notices: HashMap<NoticeKey, i64>,
}

impl Writer {
    pub(super) fn new(mut client: Client) -> Result<Self, Error> {
        Ok(Self {
            // In the order of their numbers: two servers that want the same sites never wait for each other.
            hold: client.prepare(
                "SELECT id, number::bigint, size, last_received_at FROM zhiqing.sites
                 WHERE id = ANY($1) ORDER BY number FOR UPDATE",
            )?,
            find: client.prepare(
                "SELECT record, received_at, salt, signature, id FROM zhiqing.records
                 WHERE id = ANY($1)",
            )?,
            insert: client.prepare(
                "INSERT INTO zhiqing.records
                     (site, position, id, subject, notice, received_at, salt, signature, record)
                 SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bytea[], $4::bytea[], $5::integer[],
                                      $6::bigint[], $7::bytea[], $8::bytea[], $9::bytea[])",
            )?,
            keep: client.prepare(
                "UPDATE zhiqing.sites SET size = new.size, last_received_at = new.last
                 FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS new (number, size, last)
                 WHERE sites.number = new.number",
            )?,
            notices: HashMap::new(),
            client,
        })
    }

    /// Whether it must not be used again after what it said.
    pub(super) fn is_broken<T>(&self, said: &Result<T, StoreError>) -> bool {
        let Err(StoreError::Postgres(error)) = said else {
            return self.client.is_closed();
        };
        // 25006, read-only: the server is no primary any more. 57P01 to 57P03: it is stopping or starting.
        let code = error.code().map_or("", SqlState::code);
        self.client.is_closed() || code == "25006" || code.starts_with("57P0")
    }

    /// Keeps each list whole or not at all. Leaving it early takes everything back.
    pub(super) fn append(&mut self, lists: &[Vec<Entry>]) -> Result<Vec<Appended>, Error> {
        let entries: Vec<&Entry> = lists.iter().flatten().collect();
        self.transact(&entries, |plan, notices| {
            lists.iter().map(|list| plan.list(list, notices)).collect()
        })
    }

    /// Keeps records as they were issued elsewhere, all or none, from a place on.
    pub(super) fn restore(&mut self, entries: &[Entry], from: u64) -> Result<Appended, Error> {
        self.transact(&entries.iter().collect::<Vec<_>>(), |plan, notices| {
            plan.restore(entries, from, notices)
        })
    }

    /// Looks up what `decide` must know of the entries, and writes what it plans.
    fn transact<'a, T>(
        &mut self,
        entries: &[&'a Entry],
        decide: impl FnOnce(&mut Plan<'a>, &HashMap<NoticeKey, i64>) -> T,
    ) -> Result<T, Error> {
        let mut transaction = self.client.transaction()?;
        let sites: BTreeSet<&str> = entries.iter().map(|entry| entry.site()).collect();
        let sites: Vec<&str> = sites.into_iter().collect();
        let mut plan = Plan::default();
        for row in transaction.query(&self.hold, &[&sites])? {
            let end = End {
                site: row.try_get(1)?,
                size: row.try_get(2)?,
                last_received_at: row.try_get(3)?,
            };
            plan.ends.insert(row.try_get(0)?, end);
        }
        let ids: Vec<&[u8]> = entries.iter().map(|entry| &entry.id[..]).collect();
        for row in transaction.query(&self.find, &[&ids])? {
            let id: &[u8] = row.try_get(4)?;
            // The table holds that it is sixteen bytes.
            if let Ok(id) = id.try_into() {
                plan.stored.insert(id, stored(&row)?);
            }
        }
        for entry in entries {
            let Some(end) = plan.ends.get(entry.site()) else {
                continue;
            };
            let key = (end.site, entry.notice);
            if !self.notices.contains_key(&key) {
                let number = notice(&mut transaction, entry)?;
                self.notices.extend(number.map(|number| (key, number)));
            }
        }
        let decided = decide(&mut plan, &self.notices);
        if !plan.rows.is_empty() {
            insert(&mut transaction, &self.insert, &plan)?;
            let column = |of: fn(&End) -> i64| plan.ends.values().map(of).collect::<Vec<_>>();
            let numbers = column(|end| end.site);
            let sizes = column(|end| end.size);
            let lasts = column(|end| end.last_received_at);
            transaction.execute(&self.keep, &[&numbers, &sizes, &lasts])?;
        }
        transaction.commit()?;
        Ok(decided)
    }

    /// Keeps a site and its notice, unless they are there already.
    pub(super) fn keep_notice(
        &mut self,
        site: &str,
        digest: &[u8; 32],
        json: &[u8],
        now: i64,
    ) -> Result<(), Error> {
        let mut transaction = self.client.transaction()?;
        transaction.execute(
            "INSERT INTO zhiqing.sites (id) VALUES ($1) ON CONFLICT (id) DO NOTHING",
            &[&site],
        )?;
        transaction.execute(
            "INSERT INTO zhiqing.notices (site, digest, json, first_served_at)
             VALUES ($1, $2, $3, $4) ON CONFLICT (site, digest) DO NOTHING",
            &[&site, &digest.as_slice(), &json, &now],
        )?;
        transaction.commit()
    }

    /// Writes so many bytes durably.
    pub(super) fn ask(&mut self, now: i64, ballast: usize) -> Result<(), Error> {
        // Not there, where somebody took the table away.
        let sql = "UPDATE zhiqing.pulse SET at = $1 + 0 * (SELECT count(*) FROM
                       (SELECT FROM zhiqing.records LIMIT 1) AS any_record), ballast = $2";
        self.client.execute(sql, &[&now, &vec![0_u8; ballast]])?;
        Ok(())
    }
}

fn notice(transaction: &mut Transaction<'_>, entry: &Entry) -> Result<Option<i64>, Error> {
    let row = transaction.query_opt(
        "SELECT number::bigint FROM zhiqing.notices WHERE site = $1 AND digest = $2",
        &[&entry.site(), &entry.notice.as_slice()],
    )?;
    row.map(|row| row.try_get(0)).transpose()
}

/// One statement for all rows, which come as columns.
fn insert(
    transaction: &mut Transaction<'_>,
    insert: &Statement,
    plan: &Plan<'_>,
) -> Result<u64, Error> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the numbers are of integer columns"
    )]
    let short = |number: i64| number as i32;
    let rows = || plan.rows.iter();
    let bytes = |of: fn(&Entry) -> &[u8]| rows().map(|row| of(row.entry)).collect::<Vec<_>>();
    let sites: Vec<i32> = rows().map(|row| short(row.site)).collect();
    let positions: Vec<i64> = rows().map(|row| row.position).collect();
    let notices: Vec<i32> = rows().map(|row| short(row.notice)).collect();
    let moments: Vec<i64> = rows().map(|row| row.entry.received_at).collect();
    transaction.execute(
        insert,
        &[
            &sites,
            &positions,
            &bytes(|entry| &entry.id),
            &bytes(|entry| &entry.subject),
            &notices,
            &moments,
            &bytes(|entry| &entry.salt),
            &bytes(|entry| &entry.signature),
            &bytes(|entry| &entry.canonical),
        ],
    )
}
