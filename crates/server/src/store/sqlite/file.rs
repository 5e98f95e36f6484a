//! Which file a connection has open.
//!
//! SQLite keeps writing to a database file that was deleted under it, and calls that durable. The
//! receipts would be worth nothing, so every use compares the open file with the one at its path.

use std::path::Path;

/// The identity of a file on its file system.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct FileId(u64, u64);

impl FileId {
    /// Of the file at `path`; `None` if there is none.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let metadata = std::fs::metadata(path).ok()?;
        Some(Self(metadata.dev(), metadata.ino()))
    }

    /// Elsewhere an open file cannot be deleted; whether one is there is all that can go wrong.
    #[cfg(not(unix))]
    pub(super) fn of(path: &Path) -> Option<Self> {
        path.exists().then_some(Self(0, 0))
    }
}
