//! SQLite's write-ahead log: a header of 32 bytes, then frames, each a header of 24 bytes and a page, which
//! SQLite writes one after the other. The header of a transaction's last frame holds the size of the
//! database after it, the others 0 (<https://www.sqlite.org/fileformat2.html#walformat>).

use super::{Commit, Commits, Written};
use crate::durable::answers::{Finder, Id};
use crate::durable::call::Act;
use crate::durable::trace::Trace;

/// Bytes of a frame's header.
const HEADER: usize = 24;

pub(super) fn commits(trace: &Trace, finder: &Finder) -> Commits {
    let mut commits = Commits::new();
    // Of the transaction that is being written.
    let mut ids: Vec<Id> = Vec::new();
    let mut is_last = false;
    for call in &trace.calls {
        let (
            Act::Write {
                path: Some(path),
                data,
                ..
            },
            Some(end),
        ) = (&call.act, call.end)
        else {
            continue;
        };
        if !path.as_os_str().as_encoded_bytes().ends_with(b"-wal") {
            continue;
        }
        if data.len() == HEADER {
            is_last = data[4..8] != [0; 4];
            continue;
        }
        ids.extend(finder.find(data));
        if is_last {
            for id in ids.drain(..) {
                let written = vec![Written {
                    file: path.clone(),
                    by: end,
                }];
                // A page that is written again holds what was committed before, too.
                commits.entry(id).or_insert(Commit {
                    written,
                    told: None,
                });
            }
            is_last = false;
        }
    }
    commits
}
