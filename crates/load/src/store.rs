//! The stores that a server is tried on: fresh ones of ours, or somebody's.

use crate::Error;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;
use tempfile::TempDir;
use zhiqing_postgres_cluster::Cluster;

/// The database of a fresh cluster.
const DATABASE: &str = "ledger";

/// Settings of a fresh cluster that is measured: as somebody would run one on a machine of this
/// size. What is committed is durable; that is never turned off.
const SETTINGS: [(&str, &str); 3] = [
    ("shared_buffers", "512MB"),
    ("max_wal_size", "4GB"),
    ("checkpoint_timeout", "10min"),
];

/// Which store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// SQLite in a temporary file.
    Sqlite,
    /// PostgreSQL of our own for a while.
    Postgres,
    /// As `zhiqing serve --store` takes it.
    Url(String),
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" => Ok(Self::Postgres),
            url if ["sqlite:", "postgres://", "postgresql://"]
                .iter()
                .any(|it| url.starts_with(it)) =>
            {
                Ok(Self::Url(url.to_owned()))
            }
            _ => Err(format!(
                "{text:?} is no store: write sqlite or postgres for a fresh one, or sqlite:FILE or \
                 postgres://…"
            )),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite => f.write_str("sqlite"),
            Self::Postgres => f.write_str("postgres"),
            Self::Url(url) => f.write_str(url),
        }
    }
}

/// A store, ready to be opened by a server.
#[derive(Debug)]
pub enum Store {
    /// A file, which goes with its folder where that is ours.
    File {
        /// The database.
        file: PathBuf,
        /// Where it lies, if it is ours.
        folder: Option<TempDir>,
    },
    /// PostgreSQL of our own.
    Cluster(Cluster),
    /// Somebody's.
    Elsewhere(String),
}

impl Store {
    /// Makes a store or names the one that is there.
    ///
    /// # Errors
    /// No folder, no PostgreSQL.
    pub fn open(kind: &Kind) -> Result<Self, Error> {
        Ok(match kind {
            Kind::Sqlite => {
                let folder = tempfile::Builder::new().prefix("zq-load-").tempdir()?;
                let file = folder.path().join("ledger.sqlite");
                Self::File {
                    file,
                    folder: Some(folder),
                }
            }
            Kind::Postgres => {
                let cluster = Cluster::start_with(&SETTINGS)?;
                cluster.create_database(DATABASE)?;
                Self::Cluster(cluster)
            }
            Kind::Url(url) => match url.strip_prefix("sqlite:") {
                // As the server reads it: sqlite://a.db is a.db, sqlite:///a.db is /a.db.
                Some(file) => Self::File {
                    file: file.strip_prefix("//").unwrap_or(file).into(),
                    folder: None,
                },
                None => Self::Elsewhere(url.clone()),
            },
        })
    }

    /// What `zhiqing serve --store` is given.
    pub fn url(&self) -> String {
        match self {
            Self::File { file, .. } => format!("sqlite:{}", file.display()),
            Self::Cluster(cluster) => cluster.url(DATABASE),
            Self::Elsewhere(url) => url.clone(),
        }
    }

    /// The cluster, where it is ours.
    pub fn cluster(&mut self) -> Option<&mut Cluster> {
        match self {
            Self::Cluster(cluster) => Some(cluster),
            _ => None,
        }
    }

    /// The first process of the database, where it is ours.
    pub fn process(&self) -> Option<u32> {
        match self {
            Self::Cluster(cluster) => cluster.process(),
            _ => None,
        }
    }

    /// Waits until what was written is at rest, as it is by itself some time after a great deal of it: SQLite's is when
    /// its server has ended; PostgreSQL vacuums a table that has grown by a fifth, and writes what is only in its log.
    ///
    /// # Errors
    /// PostgreSQL that does not answer.
    pub fn settle(&self) -> Result<(), Error> {
        if let Self::Cluster(cluster) = self {
            for sql in ["VACUUM (ANALYZE)", "CHECKPOINT"] {
                cluster.query(DATABASE, sql)?;
            }
        }
        Ok(())
    }

    /// The bytes on disk: of SQLite's file and its log, or of PostgreSQL's database without the log
    /// of the cluster. `None` where the store is elsewhere.
    ///
    /// # Errors
    /// PostgreSQL that does not answer.
    pub fn bytes(&self) -> Result<Option<u64>, Error> {
        Ok(match self {
            Self::File { file, .. } => {
                let beside = ["", "-wal"].iter().map(|more| {
                    let mut name = file.clone().into_os_string();
                    name.push(more);
                    fs::metadata(name).map_or(0, |metadata| metadata.len())
                });
                Some(beside.sum())
            }
            Self::Cluster(cluster) => {
                let sql = format!("SELECT pg_database_size('{DATABASE}')");
                cluster.query(DATABASE, &sql)?.parse().ok()
            }
            Self::Elsewhere(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_are_named_as_the_server_takes_them() {
        assert_eq!("sqlite".parse(), Ok(Kind::Sqlite));
        assert_eq!("postgres".parse(), Ok(Kind::Postgres));
        for url in ["sqlite:a.db", "postgres://a/b", "postgresql://a/b"] {
            assert_eq!(url.parse(), Ok(Kind::Url(url.into())));
            let store = Store::open(&Kind::Url(url.into())).expect("a store");
            assert_eq!(store.url(), url);
        }
        for bad in ["", "mysql://a", "a.db"] {
            assert!(bad.parse::<Kind>().is_err(), "{bad}");
        }
    }
}
