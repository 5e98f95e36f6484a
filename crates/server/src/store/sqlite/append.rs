//! Appending lists of entries in one transaction.

use super::handle::Handle;
use super::history::{end, stored};
use crate::entry::Entry;
use crate::store::Appended;
use crate::store::plan::{NoticeKey, Plan};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::HashMap;

/// Keeps each list whole or not at all. Leaving it early takes everything back.
pub(super) fn append(handle: &mut Handle, lists: &[Vec<Entry>]) -> rusqlite::Result<Vec<Appended>> {
    transact(handle, lists.iter().flatten(), |plan, notices| {
        lists.iter().map(|list| plan.list(list, notices)).collect()
    })
}

/// Keeps records as they were issued elsewhere, all or none, from a place on.
pub(super) fn restore(
    handle: &mut Handle,
    entries: &[Entry],
    from: u64,
) -> rusqlite::Result<Appended> {
    transact(handle, entries.iter(), |plan, notices| {
        plan.restore(entries, from, notices)
    })
}

/// Looks up what `decide` must know of the entries, and writes what it plans.
fn transact<'a, T>(
    handle: &mut Handle,
    entries: impl Iterator<Item = &'a Entry>,
    decide: impl FnOnce(&mut Plan<'a>, &HashMap<NoticeKey, i64>) -> T,
) -> rusqlite::Result<T> {
    let Handle {
        connection,
        notices,
        ..
    } = handle;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut plan = Plan::default();
    for entry in entries {
        look_up(&transaction, entry, &mut plan, notices)?;
    }
    let decided = decide(&mut plan, notices);
    write(&transaction, &plan)?;
    transaction.commit()?;
    Ok(decided)
}

/// Finds what the plan needs to know about an entry.
fn look_up(
    transaction: &Transaction<'_>,
    entry: &Entry,
    plan: &mut Plan<'_>,
    notices: &mut HashMap<NoticeKey, i64>,
) -> rusqlite::Result<()> {
    let site = match plan.ends.get(entry.site()) {
        Some(end) => end.site,
        None => {
            let Some(end) = end(transaction, entry.site())? else {
                return Ok(());
            };
            plan.ends.insert(entry.site().to_owned(), end);
            end.site
        }
    };
    let mut find = transaction
        .prepare_cached("SELECT record, received_at, salt, signature FROM records WHERE id = ?")?;
    let there = find.query_row([entry.id], stored).optional()?;
    if let Some(there) = there {
        plan.stored.insert(entry.id, there);
    }
    let key = (site, entry.notice);
    if !notices.contains_key(&key) {
        let number = transaction
            .prepare_cached("SELECT number FROM notices WHERE site = ? AND digest = ?")?
            .query_row(params![entry.site(), entry.notice], |row| row.get(0))
            .optional()?;
        notices.extend(number.map(|number| (key, number)));
    }
    Ok(())
}

fn write(transaction: &Transaction<'_>, plan: &Plan<'_>) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO records (site, position, id, subject, notice, received_at, salt, signature, record)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for row in &plan.rows {
        let entry = row.entry;
        insert.execute(params![
            row.site,
            row.position,
            entry.id,
            entry.subject,
            row.notice,
            entry.received_at,
            entry.salt,
            entry.signature,
            entry.canonical,
        ])?;
    }
    let mut keep = transaction
        .prepare_cached("UPDATE sites SET size = ?2, last_received_at = ?3 WHERE number = ?1")?;
    for end in plan.ends.values() {
        keep.execute([end.site, end.size, end.last_received_at])?;
    }
    Ok(())
}
