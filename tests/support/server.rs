//! `zhiqing serve`, running.

use crate::clock::Clock;
use crate::http::{Answer, Client};
use crate::process::Process;
use crate::{Site, program};
use serde_json::Value;
use std::ffi::OsStr;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicU16, Ordering};
use tempfile::TempDir;
use zhiqing_consent::Secret;

/// A server on a free port of loopback, with its store in a temporary folder.
pub struct Server {
    process: Process,
    address: String,
    client: Client,
    _store: Option<TempDir>,
}

impl Server {
    /// Serves a site from an empty store.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn start(settings: &Path) -> Self {
        Self::start_at(settings, "127.0.0.1:0")
    }

    /// The same, at an address of the caller's.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn start_at(settings: &Path, listen: &str) -> Self {
        let store = TempDir::new().expect("a temporary folder");
        let ledger = sqlite(&store.path().join("ledger.sqlite"));
        let mut server = Self::open(settings, &ledger, listen, &[]);
        server._store = Some(store);
        server
    }

    /// Serves a site in front of its own server, whose address this is.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn in_front_of(settings: &Path, upstream: &str) -> Self {
        let store = TempDir::new().expect("a temporary folder");
        let ledger = sqlite(&store.path().join("ledger.sqlite"));
        let more = ["--upstream", upstream];
        let mut server = Self::open(settings, &ledger, "127.0.0.1:0", &more);
        server._store = Some(store);
        server
    }

    /// Serves a site from a store that outlives the server: `sqlite:FILE` or `postgres://…`.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn with_store(settings: &Path, store: &str) -> Self {
        Self::open(settings, store, "127.0.0.1:0", &[])
    }

    /// The same with a clock that can be set.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn with_clock(settings: &Path, store: &str, clock: &Clock) -> Self {
        let mut command = Command::new(program::named("ZHIQING_BIN"));
        clock.give(&mut command);
        Self::run(command, settings, store, "127.0.0.1:0", &[])
    }

    fn open(settings: &Path, store: &str, listen: &str, more: &[&str]) -> Self {
        let command = Command::new(program::named("ZHIQING_BIN"));
        Self::run(command, settings, store, listen, more)
    }

    fn run(
        mut command: Command,
        settings: &Path,
        store: &str,
        listen: &str,
        more: &[&str],
    ) -> Self {
        command.arg("serve").arg(settings);
        command
            .args(["--store", store])
            .args(["--listen", listen])
            .args(more);
        Self::started(&mut command)
    }

    /// Serves what the environment and the file that it names say, on a free port.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn configured(environment: &[(&str, &OsStr)]) -> Self {
        let mut command = Command::new(program::named("ZHIQING_BIN"));
        command.arg("serve").env("ZHIQING_LISTEN", "127.0.0.1:0");
        command.envs(environment.iter().copied());
        Self::started(&mut command)
    }

    fn started(command: &mut Command) -> Self {
        let process = Process::start(command);
        let address = process.announced(|line| {
            let address = line.strip_suffix('/')?;
            assert!(address.starts_with("http://127.0.0.1:"), "{line}");
            Some(address.to_owned())
        });
        Self {
            process,
            address,
            client: Client::new(),
            _store: None,
        }
    }

    /// The address of a path, which begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// `GET`, with a bearer token or without.
    pub fn get(&self, path: &str, bearer: Option<&str>) -> Answer {
        self.client.get(&self.url(path), bearer)
    }

    /// `POST /v1/consents`.
    pub fn submit(&self, bearer: Option<&str>, body: &str) -> Answer {
        self.client.post(&self.url("/v1/consents"), bearer, body)
    }

    /// What `GET` of a path gives as JSON.
    ///
    /// # Panics
    /// Where that is not answered with 200.
    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path, None);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// The receipts of whoever holds this bearer token at `site`, in the order received.
    ///
    /// # Panics
    /// Where the server does not give them.
    pub fn history(&self, site: &str, bearer: &str) -> Vec<Value> {
        let secret = Secret::from_bearer(bearer).expect("a bearer token");
        let subject = secret.subject(site);
        let answer = self.get(&format!("/v1/consents/{subject}"), Some(bearer));
        assert_eq!(answer.status, 200, "{}", answer.text());
        let history = answer.json();
        assert_eq!(history["subject"], subject.as_str());
        history["receipts"].as_array().expect("receipts").clone()
    }

    /// What it told on standard error so far.
    pub fn said(&self) -> String {
        self.process.said()
    }

    /// Asks it to stop, as a service manager would.
    ///
    /// # Panics
    /// Where it does not.
    pub fn stop(mut self) -> ExitStatus {
        self.process.stop().expect("the server stops when told to")
    }

    /// Ends it without a warning, as a power cut would.
    pub fn kill(mut self) {
        self.process.kill();
    }
}

/// The address of a store in a file.
pub fn sqlite(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

/// The sample site reporting to its server from pages of any loopback origin, and that server.
///
/// # Panics
/// Where it does not come up.
pub fn reporting() -> (Site, Server) {
    let site = Site::sample();
    let address = free_address();
    site.edit(r#"url = "/v1""#, &format!(r#"url = "http://{address}/v1""#));
    let server = Server::start_at(&site.settings(), &address);
    (site, server)
}

/// An address for settings that must name it before the server runs.
///
/// Below the ports that systems hand out by themselves: one of those may be a browser's by the time
/// the server wants it.
///
/// # Panics
/// Where no port is free.
pub fn free_address() -> String {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 8_000).unwrap_or_default();
    let address = (0..1_000).find_map(|_| {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed);
        let listener = TcpListener::bind(("127.0.0.1", port)).ok()?;
        listener.local_addr().ok()
    });
    address.expect("a free port").to_string()
}
