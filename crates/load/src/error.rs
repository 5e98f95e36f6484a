//! What keeps a run from being made. What a run finds is no error.

use std::io;
use std::path::PathBuf;

/// Why a run could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An address that is none.
    #[error("{0:?} is no address of a server: write http://HOST:PORT")]
    Url(String),
    /// The server cannot be reached, or what it says is no HTTP.
    #[error("the server at {address}: {source}")]
    Server {
        /// Where it should be.
        address: String,
        /// What went wrong.
        source: io::Error,
    },
    /// The server answers something else than was asked for.
    #[error("{path} is answered with {status}: {said}")]
    Answer {
        /// What was asked for.
        path: String,
        /// The status.
        status: u16,
        /// The beginning of the content.
        said: String,
    },
    /// A notice that no record can be made for.
    #[error("the notice of the site {0:?} asks about nothing general")]
    NothingAsked(String),
    /// JSON that does not say what it should.
    #[error("{what}: {source}")]
    Json {
        /// Of what.
        what: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The site's public key is none.
    #[error(transparent)]
    Key(#[from] zhiqing_consent::receipt::NotAKey),
    /// The server did not say that it listens.
    #[error("zhiqing serve did not start: {0}")]
    NotStarted(String),
    /// The server is slower than the plan has time for.
    #[error("{0}")]
    Plan(String),
    /// PostgreSQL is not there or did not do as told.
    #[error(transparent)]
    Postgres(#[from] zhiqing_postgres_cluster::Error),
    /// strace is not here, or the system lets nobody be traced.
    #[error("nothing can be traced here: {0}")]
    Untraced(String),
    /// strace wrote what is not understood, or a program did what cannot be followed.
    #[error("the trace {file} cannot be read: {what}")]
    Trace {
        /// The trace.
        file: PathBuf,
        /// The call or the line.
        what: String,
    },
    /// What was traced does not fit the files that were there.
    #[error("the trace cannot be followed: {0}")]
    Unfollowed(String),
    /// A file or a process could not be dealt with.
    #[error("{path}: {source}")]
    Io {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system gives no sockets or no thread.
    #[error(transparent)]
    System(#[from] io::Error),
}

impl Error {
    /// For `map_err`: what `path` could not do.
    pub(crate) fn of(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// For `map_err`: JSON of `what` that could not be read.
    pub(crate) fn json(what: &'static str) -> impl FnOnce(serde_json::Error) -> Self {
        move |source| Self::Json { what, source }
    }
}
