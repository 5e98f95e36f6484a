//! A second server that follows the first, and takes its place.

use crate::cluster::{plain, run};
use crate::processes::STEP;
use crate::{Cluster, Error};
use std::thread;
use std::time::{Duration, Instant};

/// How long a standby may take to catch up or to take over.
const PATIENCE: Duration = Duration::from_secs(60);

impl Cluster {
    /// Starts a standby of this server under a name, which streams from a replication slot of that
    /// name. It may lag until [`Cluster::wait_for_standby`].
    ///
    /// # Errors
    /// A name that would have to be quoted or is taken; a copy that fails.
    pub fn standby(&self, name: &str) -> Result<Self, Error> {
        let mut standby = Self::empty()?;
        let mut copy = standby.program("pg_basebackup");
        copy.arg("--pgdata").arg(standby.data());
        copy.args(["--write-recovery-conf", "--wal-method", "stream"]);
        copy.args(["--create-slot", "--slot", plain(name)?]);
        copy.args(["--checkpoint", "fast", "--no-sync"]);
        // Over loopback: the socket's folder goes with this server.
        let address = format!("host=127.0.0.1 port={} user=postgres", self.port());
        copy.args(["--dbname", &address]);
        run("pg_basebackup", &mut copy)?;
        // The primary knows it by this name.
        standby.configure("cluster_name", name)?;
        // What was copied with the primary's settings would let it wait for itself.
        standby.configure("synchronous_standby_names", "")?;
        standby.start_first()?;
        Ok(standby)
    }

    /// From now on a commit returns only after this standby has it on its disk too.
    ///
    /// # Errors
    /// A standby that does not catch up in time.
    pub fn wait_for_standby(&self, name: &str) -> Result<(), Error> {
        self.set(
            "synchronous_standby_names",
            &format!("FIRST 1 ({})", plain(name)?),
        )?;
        let sql = format!(
            "SELECT count(*) FROM pg_stat_replication
             WHERE application_name = '{name}' AND state = 'streaming' AND sync_state = 'sync'"
        );
        self.until("be followed by its standby", &sql, "1")
    }

    /// Makes a standby the server that is written to.
    ///
    /// # Errors
    /// A server that is none, or does not take over in time.
    pub fn promote(&self) -> Result<(), Error> {
        self.query("postgres", "SELECT pg_promote(false)")?;
        self.until("take over", "SELECT pg_is_in_recovery()", "f")
    }

    fn until(&self, what: &'static str, sql: &str, answer: &str) -> Result<(), Error> {
        let end = Instant::now() + PATIENCE;
        while self.query("postgres", sql)? != answer {
            if Instant::now() > end {
                return Err(Error::TooSlow(what));
            }
            thread::sleep(STEP);
        }
        Ok(())
    }
}
