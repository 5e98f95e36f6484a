//! Writing an export.

use super::{ExportedNotice, FORMAT, Header, PAGE, SiteSize, Total};
use crate::entry::moment;
use crate::store::{Store, StoreError};
use jiff::Timestamp;
use serde::Serialize;
use std::io::{self, Write};
use zhiqing_consent::Receipt;

/// Why no export could be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The store says why.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store has no such site.
    #[error("the store has no site {site:?}; it has {there}")]
    NoSite {
        /// Its id.
        site: String,
        /// Those that it has.
        there: String,
    },
    /// It cannot be written.
    #[error("cannot write the export: {0}")]
    Io(#[from] io::Error),
}

impl Store {
    /// Writes the sites with these ids, or all where none is named, as lines of JSON. Records that come meanwhile
    /// are left out: servers may go on. Blocks, so not within a task.
    ///
    /// # Errors
    /// There is no such site, the store cannot be read, or `out` not be written.
    pub fn export(&self, ids: &[String], out: &mut impl Write) -> Result<Header, ExportError> {
        let ledger = self.ledger();
        let there = ledger.sites()?;
        if let Some(site) = ids
            .iter()
            .find(|id| !there.iter().any(|(has, _)| has == *id))
        {
            return Err(ExportError::NoSite {
                site: site.clone(),
                there: match there.is_empty() {
                    true => "none".into(),
                    false => there
                        .iter()
                        .map(|(id, _)| id.as_str())
                        .collect::<Vec<_>>()
                        .join(", "),
                },
            });
        }
        // First how many records there are, then the notices, which are there before their records.
        let sites = there.into_iter();
        let sites = sites.filter(|(id, _)| ids.is_empty() || ids.contains(id));
        let mut notices = Vec::new();
        let mut header = Header {
            export: FORMAT.into(),
            exported_at: format!("{:.3}", Timestamp::now()),
            sites: Vec::new(),
        };
        for (site, records) in sites {
            let of_site = ledger.notices(&site)?;
            header.sites.push(SiteSize {
                site: site.clone(),
                notices: of_site.len() as u64,
                records,
            });
            notices.push(of_site);
        }
        line(out, &header)?;
        let mut total = Total::default();
        for (site, notices) in header.sites.iter().zip(notices) {
            for notice in notices {
                let json = String::from_utf8(notice.json);
                let notice = ExportedNotice {
                    site: site.site.clone(),
                    first_served_at: moment(notice.first_served_at)
                        .ok_or(StoreError::Corrupt("a moment"))?,
                    json: json.map_err(|_| StoreError::Corrupt("a notice"))?,
                };
                #[derive(Serialize)]
                struct NoticeLine {
                    notice: ExportedNotice,
                }
                line(out, &NoticeLine { notice })?;
                total.notices += 1;
            }
        }
        for site in &header.sites {
            let mut index = 0;
            while index < site.records {
                for receipt in page(self, site, index)? {
                    #[derive(Serialize)]
                    struct ReceiptLine {
                        index: u64,
                        receipt: Receipt,
                    }
                    line(out, &ReceiptLine { index, receipt })?;
                    index += 1;
                }
            }
            total.records += index;
        }
        #[derive(Serialize)]
        struct End {
            end: Total,
        }
        line(out, &End { end: total })?;
        out.flush()?;
        Ok(header)
    }
}

/// Some of a site's receipts, from `index` on.
fn page(store: &Store, site: &SiteSize, index: u64) -> Result<Vec<Receipt>, StoreError> {
    let count = (site.records - index).min(PAGE as u64);
    let receipts = store.ledger().receipts(&site.site, index, count)?;
    match receipts.len() as u64 == count {
        true => Ok(receipts),
        false => Err(StoreError::Corrupt("the order of a site's records")),
    }
}

fn line(out: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
