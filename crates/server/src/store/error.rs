//! What can go wrong with a store.

use std::path::PathBuf;

/// Why the store cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Not an address of a store.
    #[error("{0:?} is not a store; write sqlite:FILE or sqlite::memory:")]
    Url(String),
    /// PostgreSQL is planned, and not there yet.
    #[error(
        "this version keeps its records in SQLite only; write sqlite:FILE instead of postgres://…"
    )]
    NoPostgres,
    /// The folder of the database cannot be made.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database's tables are of a later version than this one knows.
    #[error("the database is of schema {found}, this version knows {known}; use a newer one")]
    Newer {
        /// What the database says.
        found: u32,
        /// The latest that is known here.
        known: u32,
    },
    /// The file is not there any more, or is another one.
    #[error("the database file {} is gone or was replaced", .0.display())]
    Gone(PathBuf),
    /// What was read is not what was once written.
    #[error("{0} in the store cannot be read")]
    Corrupt(&'static str),
    /// The thread that asked the store broke down.
    #[error("the store did not answer")]
    Stopped,
    /// SQLite says why.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
}
