//! A data directory and its running server.

use crate::account::Account;
use crate::processes::{self, STEP};
use crate::{Error, programs};
use rustix::process::Signal;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a server may take to be ready, after a crash too: machines are busy while they compile.
const READY: Duration = Duration::from_secs(60);
/// How long a server may take to stop.
const STOP: Duration = Duration::from_secs(30);
/// How often a start is tried: somebody may take the port in between.
const TRIES: usize = 5;
/// The only user there is.
const USER: &str = "postgres";

/// A PostgreSQL server on loopback and a Unix socket, in a temporary folder. It commits durably
/// (`fsync=on`) and asks nobody for a password. Dropped, it is stopped and its folder removed.
#[derive(Debug)]
pub struct Cluster {
    /// Below it `data`, the socket and `log`.
    folder: TempDir,
    pub(crate) programs: PathBuf,
    pub(crate) account: Account,
    port: u16,
    /// `None` while it is down.
    server: Option<Child>,
}

impl Cluster {
    /// Makes an empty cluster and starts its server.
    ///
    /// # Errors
    /// No PostgreSQL on this machine, or one that does not start.
    pub fn start() -> Result<Self, Error> {
        Self::start_with(&[])
    }

    /// The same with settings of `postgresql.conf`, as `("shared_buffers", "256MB")`.
    ///
    /// # Errors
    /// As [`Cluster::start`]; a setting that PostgreSQL does not know.
    pub fn start_with(settings: &[(&str, &str)]) -> Result<Self, Error> {
        let mut cluster = Self::empty()?;
        let mut initdb = cluster.program("initdb");
        initdb.arg("--pgdata").arg(cluster.data());
        initdb.args(["--username", USER, "--auth", "trust"]);
        // What is written from now on is synced; the empty cluster need not be.
        initdb.args(["--encoding", "UTF8", "--no-locale", "--no-sync"]);
        run("initdb", &mut initdb)?;
        cluster.configure("fsync", "on")?;
        // Many run side by side on a machine that tests.
        cluster.configure("shared_buffers", "64MB")?;
        for (name, value) in settings {
            cluster.configure(name, value)?;
        }
        cluster.start_first()?;
        Ok(cluster)
    }

    /// A folder for a cluster, and who will own it.
    pub(crate) fn empty() -> Result<Self, Error> {
        let programs = programs::folder()?;
        let account = Account::unprivileged()?;
        let folder = tempfile::Builder::new().prefix("zq-pg-").tempdir();
        let folder = folder.map_err(Error::of("a temporary folder"))?;
        account.owns(folder.path())?;
        Ok(Self {
            folder,
            programs,
            account,
            port: 0,
            server: None,
        })
    }

    /// Sets a setting before the server runs. In `postgresql.auto.conf`, where `ALTER SYSTEM` can
    /// change it later; of two lines of one name the last counts.
    pub(crate) fn configure(&self, name: &str, value: &str) -> Result<(), Error> {
        let path = self.data().join("postgresql.auto.conf");
        let mut text = fs::read_to_string(&path).map_err(Error::of(&path))?;
        let value = value.replace('\'', "''");
        text.push_str(&format!("{name} = '{value}'\n"));
        fs::write(&path, text).map_err(Error::of(path))
    }

    /// Starts it at a port that is free.
    pub(crate) fn start_first(&mut self) -> Result<(), Error> {
        let mut result = Err(Error::NoPort);
        for _ in 0..TRIES {
            self.port = free_port()?;
            result = self.start_again();
            let taken = |log: &str| log.contains("could not bind");
            match &result {
                Err(Error::NotReady { log }) if taken(log) => {}
                _ => break,
            }
        }
        result
    }

    /// Starts a server that was stopped or killed, at the same address, and returns when it takes
    /// connections: after a crash, when it has recovered.
    ///
    /// # Errors
    /// A server that does not come up. One that runs stays as it is.
    pub fn start_again(&mut self) -> Result<(), Error> {
        self.start_under(&[])
    }

    /// The same under another program, which is given the server's command line behind these words and
    /// becomes the server: `strace -D` does, and `nice`.
    ///
    /// # Errors
    /// As [`Cluster::start_again`].
    pub fn start_under(&mut self, words: &[OsString]) -> Result<(), Error> {
        if self.server.is_some() {
            return Ok(());
        }
        let path = self.folder.path().join("log");
        let log = File::create(&path).map_err(Error::of(&path))?;
        let mut postgres = match words {
            [] => self.program("postgres"),
            [program, words @ ..] => {
                let mut command = self.command(program);
                command.args(words).arg(self.programs.join("postgres"));
                command
            }
        };
        postgres.arg("-D").arg(self.data());
        postgres.args(["-c", "listen_addresses=127.0.0.1"]);
        postgres.args(["-c", &format!("port={}", self.port)]);
        let socket = self.folder.path().display();
        postgres.args(["-c", &format!("unix_socket_directories={socket}")]);
        postgres.stdin(Stdio::null()).stdout(Stdio::null());
        let child = postgres.stderr(log).spawn();
        let child = child.map_err(Error::of(postgres.get_program()))?;
        let process = child.id();
        let child = self.server.insert(child);

        let end = Instant::now() + READY;
        let status = self.folder.path().join("data/postmaster.pid");
        while Instant::now() < end && matches!(child.try_wait(), Ok(None)) {
            if is_ready(&fs::read_to_string(&status).unwrap_or_default(), process) {
                return Ok(());
            }
            thread::sleep(STEP);
        }
        self.kill()?;
        let log = fs::read_to_string(path).unwrap_or_default();
        let from = log.len().saturating_sub(2000);
        let log = log.get(from..).unwrap_or(&log).to_owned();
        Err(Error::NotReady { log })
    }

    /// The address of a database for a client: `postgres://postgres@127.0.0.1:PORT/DATABASE`.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }

    /// The folder of the Unix socket, for a client that prefers it: `host` in a connection string.
    pub fn socket(&self) -> &Path {
        self.folder.path()
    }

    /// The port, of loopback and in the socket's name.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The server's first process, whose children are the rest; `None` while it is down.
    pub fn process(&self) -> Option<u32> {
        self.server.as_ref().map(Child::id)
    }

    /// The data directory: to be measured, or broken.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Makes an empty database.
    ///
    /// # Errors
    /// A name that would have to be quoted, or one that is taken.
    pub fn create_database(&self, name: &str) -> Result<(), Error> {
        self.query(USER, &format!("CREATE DATABASE {}", plain(name)?))?;
        Ok(())
    }

    /// Runs SQL in a database and gives the rows as text: `|` between columns, a line each.
    ///
    /// # Errors
    /// What PostgreSQL says about it, and a server that is down.
    pub fn query(&self, database: &str, sql: &str) -> Result<String, Error> {
        let mut psql = self.program("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
        psql.args(["--set", "ON_ERROR_STOP=1"]);
        psql.arg("--host").arg(self.socket());
        psql.args(["--port", &self.port.to_string(), "--username", USER]);
        psql.args(["--dbname", database, "--command", sql]);
        run("psql", &mut psql)
    }

    /// Sets a setting that needs no restart.
    ///
    /// # Errors
    /// A setting that PostgreSQL does not know.
    pub fn set(&self, name: &str, value: &str) -> Result<(), Error> {
        let (name, value) = (plain(name)?, value.replace('\'', "''"));
        self.query(USER, &format!("ALTER SYSTEM SET {name} = '{value}'"))?;
        self.query(USER, "SELECT pg_reload_conf()")?;
        Ok(())
    }

    /// Stops it without finishing anything: it breaks every connection and recovers when it is
    /// started again. As `pg_ctl stop -m immediate`.
    ///
    /// # Errors
    /// A server that does not stop in time.
    pub fn stop_immediately(&mut self) -> Result<(), Error> {
        self.end(Signal::QUIT)
    }

    /// Stops it in good order: it breaks every connection and writes down what it holds. As `pg_ctl
    /// stop -m fast`.
    ///
    /// # Errors
    /// A server that does not stop in time.
    pub fn stop(&mut self) -> Result<(), Error> {
        self.end(Signal::INT)
    }

    /// Kills every process of the server, as `kill -9` does, and returns when none is left. What the
    /// system has not written to the disk yet is not lost by this: it is no power cut.
    ///
    /// # Errors
    /// Processes that do not vanish.
    pub fn kill(&mut self) -> Result<(), Error> {
        let Some(mut server) = self.server.take() else {
            return Ok(());
        };
        let children = processes::kill_all(server.id());
        server.wait().map_err(Error::of("postgres"))?;
        match processes::vanished(&children) {
            true => Ok(()),
            false => Err(Error::TooSlow("vanish")),
        }
    }

    fn end(&mut self, signal: Signal) -> Result<(), Error> {
        let Some(server) = &mut self.server else {
            return Ok(());
        };
        processes::signal(server.id(), signal);
        let end = Instant::now() + STOP;
        while Instant::now() < end {
            if server.try_wait().map_err(Error::of("postgres"))?.is_some() {
                self.server = None;
                return Ok(());
            }
            thread::sleep(STEP);
        }
        self.kill()?;
        Err(Error::TooSlow("stop"))
    }

    /// One of PostgreSQL's programs, run as whoever owns the cluster.
    pub(crate) fn program(&self, name: &str) -> Command {
        self.command(self.programs.join(name).as_os_str())
    }

    /// Any program, run so.
    fn command(&self, program: &OsStr) -> Command {
        let mut command = Command::new(program);
        self.account.runs(&mut command);
        // Where we are may not be open to it; the environment of a caller may name another server.
        command.current_dir(self.folder.path());
        command.env("LC_ALL", "C").env("TZ", "UTC");
        for name in [
            "PGHOST",
            "PGPORT",
            "PGUSER",
            "PGDATABASE",
            "PGOPTIONS",
            "PGSERVICE",
        ] {
            command.env_remove(name);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nothing can be said here, and the folder goes either way.
        let _ = self.kill();
    }
}

/// Whether `postmaster.pid` says that this server takes connections: its first line is the process,
/// its eighth the state.
fn is_ready(status: &str, process: u32) -> bool {
    let mut lines = status.lines();
    let is_its = lines.next().and_then(|line| line.trim().parse().ok()) == Some(process);
    is_its && lines.nth(6).is_some_and(|state| state.trim() == "ready")
}

/// Runs a program to its end; gives what it printed.
pub(crate) fn run(name: &'static str, command: &mut Command) -> Result<String, Error> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(Error::of(command.get_program()))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(Error::Program {
            program: name,
            said: text(&output.stderr),
        }),
    }
}

/// A name that needs no quotes.
pub(crate) fn plain(name: &str) -> Result<&str, Error> {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    match !name.is_empty() && name.len() < 64 && name.bytes().all(good) {
        true => Ok(name),
        false => Err(Error::Name(name.to_owned())),
    }
}

/// A free port below those that systems hand out by themselves: one of those may be somebody's by
/// the time the server wants it.
fn free_port() -> Result<u16, Error> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 28_100 + u16::try_from(std::process::id() % 2_000).unwrap_or_default();
    let free = (0..1_000).find_map(|_| {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed) % 2_000;
        let listener = TcpListener::bind(("127.0.0.1", port)).ok()?;
        listener.local_addr().ok()
    });
    free.map(|address| address.port()).ok_or(Error::NoPort)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(status: &str, ready: bool) {
        assert_eq!(is_ready(status, 12), ready, "{status:?}");
    }

    #[test]
    fn only_this_servers_own_word_is_taken() {
        case("12\n/d\n1\n2\n/s\n127.0.0.1\n 3 4\nready   \n", true);
        case("12\n/d\n1\n2\n/s\n127.0.0.1\n 3 4\nstarting\n", false);
        // Left behind by the one that was killed.
        case("11\n/d\n1\n2\n/s\n127.0.0.1\n 3 4\nready   \n", false);
        case("12\n/d\n", false);
        case("", false);
    }

    #[test]
    fn names_that_want_quotes_are_refused() {
        assert!(plain("ledger_2").is_ok());
        for bad in ["", "Ledger", "a b", "a;b", "a\"b", &"a".repeat(64)] {
            assert!(plain(bad).is_err(), "{bad}");
        }
    }
}
