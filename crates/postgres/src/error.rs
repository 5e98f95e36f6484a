//! What can go wrong with a cluster.

use std::io;
use std::path::PathBuf;

/// Why there is no cluster, or why it did not do what it was told.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// PostgreSQL is not on this machine, or only its client.
    #[error(
        "there is no initdb in /usr/lib/postgresql/*/bin, where pg_config points, or on the PATH: \
         install the package postgresql"
    )]
    NotInstalled,
    /// PostgreSQL refuses to run as root, and this machine has nobody else.
    #[error("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")]
    NoAccount,
    /// A program of PostgreSQL's ended badly.
    #[error("{program} failed: {said}")]
    Program {
        /// Its name.
        program: &'static str,
        /// What it wrote to stderr.
        said: String,
    },
    /// The server ended before it was ready, or was not ready in time.
    #[error("PostgreSQL did not start; its log ends: {log}")]
    NotReady {
        /// The last lines of its log.
        log: String,
    },
    /// The server did not become what it was told to be in time.
    #[error("PostgreSQL did not {0} in time")]
    TooSlow(&'static str),
    /// A name that would have to be quoted.
    #[error("{0:?} must be made of lower-case letters, digits and '_'")]
    Name(String),
    /// No port below those that the system hands out is free.
    #[error("no port is free")]
    NoPort,
    /// A file or a process could not be dealt with.
    #[error("{path}: {source}")]
    Io {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Error {
    /// For `map_err`: what `path` could not do.
    pub(crate) fn of(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
