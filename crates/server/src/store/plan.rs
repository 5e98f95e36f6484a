//! What becomes of each list of a batch, told from what the database holds: the same on any database.

use super::order::{End, position};
use super::row::Stored;
use super::{Appended, Refused, Standing, StoreError};
use crate::entry::Entry;
use std::collections::HashMap;

/// The id of a record, whichever site's: one id is one record.
pub(super) type RecordKey = [u8; 16];

/// The number of a site and the digest of a notice.
pub(super) type NoticeKey = (i64, [u8; 32]);

/// A batch that is decided list by list.
#[derive(Default)]
pub(super) struct Plan<'a> {
    /// Where each site's next record goes, by the site's id.
    pub(super) ends: HashMap<String, End>,
    /// What is there already under the ids of the batch.
    pub(super) stored: HashMap<RecordKey, Stored>,
    /// What is to be inserted, in this order.
    pub(super) rows: Vec<Row<'a>>,
    /// Where in `rows` a record is.
    planned: HashMap<RecordKey, usize>,
}

/// A row to insert.
pub(super) struct Row<'a> {
    pub(super) entry: &'a Entry,
    pub(super) site: i64,
    pub(super) position: i64,
    pub(super) notice: i64,
}

impl<'a> Plan<'a> {
    /// Decides a list: all of it is planned, or nothing.
    pub(super) fn list(
        &mut self,
        list: &'a [Entry],
        notices: &HashMap<NoticeKey, i64>,
    ) -> Appended {
        let Some(first) = list.first() else {
            return Ok(Vec::new());
        };
        let site = first.site();
        let missing = Refused::Store(StoreError::Missing("the site"));
        let mut end = *self.ends.get(site).ok_or(missing)?;
        let planned = self.rows.len();
        let mut standings = Vec::with_capacity(list.len());
        for (at, entry) in list.iter().enumerate() {
            match self.entry(&mut end, entry, at, notices) {
                Ok(standing) => standings.push(standing),
                Err(refused) => {
                    for row in self.rows.drain(planned..) {
                        self.planned.remove(&row.entry.id);
                    }
                    return Err(refused);
                }
            }
        }
        self.ends.insert(site.to_owned(), end);
        Ok(standings)
    }

    /// Plans records of one site as they were issued elsewhere, from the place `from` on: all of them, or nothing.
    pub(super) fn restore(
        &mut self,
        entries: &'a [Entry],
        from: u64,
        notices: &HashMap<NoticeKey, i64>,
    ) -> Appended {
        let Some(first) = entries.first() else {
            return Ok(Vec::new());
        };
        let site = first.site();
        let missing = Refused::Store(StoreError::Missing("the site"));
        let mut end = *self.ends.get(site).ok_or(missing)?;
        if end.size != position(from) {
            return Err(Refused::Store(StoreError::Busied(site.to_owned())));
        }
        for (at, entry) in entries.iter().enumerate() {
            let is_there = self.stored.contains_key(&entry.id);
            let placed = match is_there || self.planned.contains_key(&entry.id) {
                true => Err(Refused::Conflict { at }),
                // However far behind the one before it: the clock was asked when it was issued.
                false => self.place(&mut end, entry, notices),
            };
            if let Err(refused) = placed {
                self.rows.clear();
                return Err(refused);
            }
        }
        self.ends.insert(site.to_owned(), end);
        Ok(entries.iter().map(|_| Standing::New).collect())
    }

    fn entry(
        &mut self,
        end: &mut End,
        entry: &'a Entry,
        at: usize,
        notices: &HashMap<NoticeKey, i64>,
    ) -> Result<Standing, Refused> {
        let key = entry.id;
        if let Some(stored) = self.stored.get(&key) {
            return stored.answer(entry, at);
        }
        if let Some(&planned) = self.planned.get(&key) {
            // The same id twice in one batch: a page that sent again before it had an answer.
            let first = self.rows[planned].entry;
            return match first.canonical == entry.canonical {
                true => Ok(Standing::Before(Box::new(first.receipt.clone()))),
                false => Err(Refused::Conflict { at }),
            };
        }
        let store = Refused::Store;
        end.admit(entry.site(), entry.received_at).map_err(store)?;
        self.place(end, entry, notices)?;
        Ok(Standing::New)
    }

    /// Plans a row at the end of its site.
    fn place(
        &mut self,
        end: &mut End,
        entry: &'a Entry,
        notices: &HashMap<NoticeKey, i64>,
    ) -> Result<(), Refused> {
        let notice = notices.get(&(end.site, entry.notice));
        let notice = *notice.ok_or(Refused::Store(StoreError::Missing("a notice")))?;
        self.planned.insert(entry.id, self.rows.len());
        self.rows.push(Row {
            entry,
            site: end.site,
            position: end.size,
            notice,
        });
        end.advance(entry.received_at);
        Ok(())
    }
}
