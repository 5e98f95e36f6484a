//! Where in a store's own log a record was committed.

mod postgres;
mod sqlite;

use super::answers::{Finder, Id};
use super::trace::Trace;
use std::collections::HashMap;
use std::path::PathBuf;

/// What must be synced before a record is durable: a file, and the place at which the last write to it
/// that belongs to the record's transaction returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) file: PathBuf,
    pub(super) by: usize,
}

/// A record's commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// All of it.
    pub(super) written: Vec<Written>,
    /// The place at which the database began to say that it is done, where that is another program:
    /// `usize::MAX` where it never did.
    pub(super) told: Option<usize>,
}

/// The commits of all records that are found in the log.
pub(super) type Commits = HashMap<Id, Commit>;

/// Of SQLite's write-ahead log.
pub(super) fn sqlite(trace: &Trace, finder: &Finder) -> Commits {
    sqlite::commits(trace, finder)
}

/// Of PostgreSQL's, whose processes are one of the traced programs.
pub(super) fn postgres(trace: &Trace, finder: &Finder, program: usize) -> Commits {
    postgres::commits(trace, finder, program)
}
