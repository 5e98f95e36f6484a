//! What can go wrong with a store.

use std::path::PathBuf;

/// Why the store cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Not an address of a store.
    #[error(
        "{0:?} is not a store; write sqlite:FILE, sqlite::memory: or postgres://USER@HOST/DATABASE"
    )]
    Url(String),
    /// The folder of the database cannot be made.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no such database.
    #[error("there is no database file {}", .0.display())]
    NoFile(PathBuf),
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
    /// What the server put there when it started is not there any more, as where an older database was put back.
    #[error("{0} is not in the store any more")]
    Missing(&'static str),
    /// Records of this moment would stand behind later ones.
    #[error(
        "the clock is {behind_ms} ms behind the last record of site {site}: set it right; nothing is kept \
         until it is there"
    )]
    ClockBehind {
        /// The site.
        site: String,
        /// Milliseconds.
        behind_ms: i64,
    },
    /// Somebody else appends while records are restored.
    #[error(
        "site {0} gets records meanwhile: stop the servers of this store, and begin the import again"
    )]
    Busied(String),
    /// More waits than the store can keep in time.
    #[error("too much waits to be kept")]
    Busy,
    /// No answer came in time. What was asked for may still be done.
    #[error("the store did not answer within {0} seconds")]
    Slow(u64),
    /// The thread that asked the store broke down.
    #[error("the store's thread broke down")]
    Stopped,
    /// No thread can be started.
    #[error("cannot start the store's thread: {0}")]
    Thread(std::io::Error),
    /// The certificates that a server's is checked with cannot be read.
    #[error("no certificate authority is known here, which sslmode=require needs: {0}")]
    Certificates(String),
    /// What PostgreSQL would acknowledge is not on its disk.
    #[error("PostgreSQL has {0}: it would acknowledge what a power cut takes back; turn it on")]
    NotDurable(&'static str),
    /// SQLite says why.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL says why.
    #[error("PostgreSQL: {}", with_causes(.0))]
    Postgres(#[from] postgres::Error),
}

/// An error of PostgreSQL says only of what kind it is; what happened is its cause. Of what the server says
/// its details are left out: they quote rows.
fn with_causes(error: &postgres::Error) -> String {
    if let Some(said) = error.as_db_error() {
        return format!("{} ({})", said.message(), said.code().code());
    }
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
