//! PostgreSQL of one's own for a while: for tests and measurements that want a real server, want to
//! kill it, and leave nothing behind.
//!
//! The straight line: [`programs`] finds what Debian's package installed, [`account`] is who runs
//! it where we are root, [`Cluster`] is a data directory and its running server, [`standby`] makes
//! a second one that follows it, [`files`] gives it a data directory that was
//! replaced, [`processes`] ends one as a crash would.
//!
//! ```no_run
//! # fn main() -> Result<(), zhiqing_postgres_cluster::Error> {
//! let mut cluster = zhiqing_postgres_cluster::Cluster::start()?;
//! cluster.create_database("ledger")?;
//! let url = cluster.url("ledger"); // postgres://postgres@127.0.0.1:28003/ledger
//! cluster.kill()?; // as kill -9 of every process
//! cluster.start_again()?; // at the same address
//! # Ok(()) }
//! ```
//!
//! It blocks, and it trusts whoever connects from this machine: no data of anybody's belongs in it.

#![cfg(unix)]

mod account;
mod cluster;
mod error;
mod files;
mod processes;
mod programs;
mod standby;

pub use cluster::Cluster;
pub use error::Error;
