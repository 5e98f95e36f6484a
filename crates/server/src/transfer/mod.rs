//! A ledger as lines of JSON: what one store writes and another reads, and what anybody can read who has neither.
//!
//! ```text
//! {"export":"zhiqing/1","exported_at":"2026-11-23T12:00:00.000Z","sites":[{"site":"demo","notices":1,"records":2}]}
//! {"notice":{"site":"demo","first_served_at":"…","json":"{…}"}}
//! {"index":0,"receipt":{"record":{…},"salt":"…","received_at":"…","signature":"…"}}
//! {"index":1,"receipt":{…}}
//! {"end":{"notices":1,"records":2}}
//! ```
//!
//! The first line tells what follows, in that order: the notices of all sites as they were first served, byte for
//! byte; then, site by site, every receipt in the order received, with its place there; and at the end how many there
//! were, so that an export that was cut short is known as one.
//!
//! [`write`] makes it, [`Reader`] holds it to this form line by line, [`restore`] puts it into a store.

mod reader;
mod restore;
mod write;

pub use reader::{Exported, ReadError, Reader};
pub use restore::{ImportError, Imported};
pub use write::ExportError;

use crate::entry::sha256;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use zhiqing_consent::digest;

/// The form that is written, and the only one that is read.
const FORMAT: &str = "zhiqing/1";

/// How many records are read, or kept, at a time.
const PAGE: usize = 1000;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The form: `zhiqing/1`.
    pub export: String,
    /// Moment in UTC, RFC 3339.
    pub exported_at: String,
    /// In the order of their ids.
    pub sites: Vec<SiteSize>,
}

/// What there is of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteSize {
    /// Site id.
    pub site: String,
    /// How many notices it has served.
    pub notices: u64,
    /// How many records it has.
    pub records: u64,
}

/// A notice as it was first served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedNotice {
    /// Site id.
    pub site: String,
    /// Moment in UTC, RFC 3339.
    pub first_served_at: String,
    /// `notice.json`.
    pub json: String,
}

impl ExportedNotice {
    /// The bytes of its digest, if that is its content's, and the notice its site's.
    pub fn digest(&self) -> Option<[u8; 32]> {
        // As a value: what a notice of another version says is kept, too.
        let mut notice: Map<String, Value> = serde_json::from_str(&self.json).ok()?;
        let claimed = notice.remove("digest")?;
        let claimed = claimed.as_str()?;
        let is_whole = digest::of_json(&notice).is_ok_and(|digest| digest == claimed);
        let is_of_site = notice.get("site")?.as_str()? == self.site;
        sha256(claimed).filter(|_| is_whole && is_of_site)
    }
}

/// How much there was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Total {
    notices: u64,
    records: u64,
}

/// Any line after the first, as it is read: what it has tells what it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    notice: Option<ExportedNotice>,
    index: Option<u64>,
    receipt: Option<Box<RawValue>>,
    end: Option<Total>,
}
