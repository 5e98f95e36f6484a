//! Putting an export into a store.

use super::{Exported, ExportedNotice, PAGE, ReadError, Reader};
use crate::entry::{Entry, unix_ms};
use crate::store::{Refused, Store, StoreError};
use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use zhiqing_consent::Receipt;

/// Why an export could not be put into a store, or not to its end. What was kept stays.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It is no export, or not a whole one.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A line has something that this server cannot have written.
    #[error("line {line}: {why}")]
    Wrong {
        /// From 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// The store has other records of the site than the export.
    #[error(
        "line {line}: record {index} of site {site} is another one in the store: these are two ledgers; import into \
         an empty store"
    )]
    OtherLedger {
        /// From 1.
        line: u64,
        /// Its id.
        site: String,
        /// The record's place.
        index: u64,
    },
    /// The store says why.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a site.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// Its id.
    pub site: String,
    /// How many of its records the export has.
    pub records: u64,
    /// How many of these were not in the store before.
    pub new: u64,
}

impl Store {
    /// Reads an export and keeps what the store has not, durably, a thousand records at a time. Each site's records
    /// get the places that they had; where some are there already they must be the same, and are passed over: an
    /// import that broke off is begun again. Blocks, so not within a task.
    ///
    /// # Errors
    /// It is no export or not a whole one, the store has another ledger, or cannot be written.
    pub fn import(&self, input: impl BufRead) -> Result<Vec<Imported>, ImportError> {
        let mut reader = Reader::new(input)?;
        let mut import = Import {
            store: self,
            sites: Vec::new(),
            notices: HashMap::new(),
            gathered: Vec::new(),
        };
        for announced in &reader.header().sites {
            import.sites.push(Imported {
                site: announced.site.clone(),
                records: announced.records,
                new: 0,
            });
        }
        loop {
            // Of the line that is read next.
            let line = reader.line() + 1;
            match reader.read_line()? {
                Some(Exported::Notice(notice)) => import.notice(&notice, line)?,
                Some(Exported::Receipt { site, index, json }) => {
                    let entry = entry(site, json.get());
                    let entry = entry.map_err(|why| ImportError::Wrong { line, why })?;
                    import.receipt(entry, index, line)?;
                }
                None => break,
            }
        }
        import.keep()?;
        Ok(import.sites)
    }
}

struct Import<'a> {
    store: &'a Store,
    sites: Vec<Imported>,
    /// The digests of those that the export has, by site.
    notices: HashMap<String, HashSet<[u8; 32]>>,
    /// Records of one site, one behind the other.
    gathered: Vec<Gathered>,
}

struct Gathered {
    entry: Entry,
    index: u64,
    line: u64,
}

impl Import<'_> {
    fn notice(&mut self, exported: &ExportedNotice, line: u64) -> Result<(), ImportError> {
        let wrong = |why: &str| ImportError::Wrong {
            line,
            why: why.to_owned(),
        };
        let first_served_at = unix_ms(&exported.first_served_at);
        let first_served_at =
            first_served_at.ok_or(wrong("first_served_at is no moment in UTC"))?;
        let digest = exported.digest().ok_or(wrong(
            "the notice's digest is not that of its content: it was altered, or is no notice",
        ))?;
        // One that is there stays: of the same digest it says the same, however another version may write it.
        let json = exported.json.as_bytes();
        let ledger = self.store.ledger();
        ledger.keep_notice(&exported.site, &digest, json, first_served_at)?;
        let of_site = self.notices.entry(exported.site.clone()).or_default();
        of_site.insert(digest);
        Ok(())
    }

    fn receipt(&mut self, entry: Entry, index: u64, line: u64) -> Result<(), ImportError> {
        let of_site = self.notices.get(entry.site());
        if !of_site.is_some_and(|notices| notices.contains(&entry.notice)) {
            return Err(ImportError::Wrong {
                line,
                why: "the notice that it was made under is not in the export".into(),
            });
        }
        let is_another = |last: &Gathered| last.entry.site() != entry.site();
        if self.gathered.len() == PAGE || self.gathered.last().is_some_and(is_another) {
            self.keep()?;
        }
        self.gathered.push(Gathered { entry, index, line });
        Ok(())
    }

    /// Keeps what was gathered, but for what is there.
    fn keep(&mut self) -> Result<(), ImportError> {
        let gathered = std::mem::take(&mut self.gathered);
        let Some(first) = gathered.first() else {
            return Ok(());
        };
        let site = first.entry.site().to_owned();
        let ledger = self.store.ledger();
        let there = ledger.receipts(&site, first.index, gathered.len() as u64)?;
        for (here, there) in gathered.iter().zip(&there) {
            if here.entry.receipt != *there {
                return Err(ImportError::OtherLedger {
                    line: here.line,
                    site,
                    index: here.index,
                });
            }
        }
        let from = first.index + there.len() as u64;
        let new = gathered.into_iter().skip(there.len());
        let (lines, entries): (Vec<u64>, Vec<Entry>) = new.map(|new| (new.line, new.entry)).unzip();
        if entries.is_empty() {
            return Ok(());
        }
        let standings = match ledger.restore(&entries, from)? {
            Ok(standings) => standings,
            Err(Refused::Conflict { at }) => {
                return Err(ImportError::Wrong {
                    line: lines[at],
                    why: "another record in the store has this id: these are two ledgers; import into an empty store"
                        .into(),
                });
            }
            Err(Refused::Store(error)) => return Err(error.into()),
        };
        if let Some(imported) = self.sites.iter_mut().find(|imported| imported.site == site) {
            imported.new += standings.len() as u64;
        }
        Ok(())
    }
}

/// What is kept of a receipt of `site`.
fn entry(site: &str, json: &str) -> Result<Entry, String> {
    let receipt: Receipt =
        serde_json::from_str(json).map_err(|error| format!("receipt: {error}"))?;
    if receipt.record.site != site {
        return Err(format!(
            "a record of site {}, where one of {site} must be: lines are missing or moved",
            receipt.record.site
        ));
    }
    Entry::of_issued(receipt).map_err(|error| format!("receipt: {error}"))
}
