//! ChromeDriver and the Chromium it starts.

use crate::http;
use crate::netlog;
use crate::process::{self, Process};
use crate::program;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A phone of the middle: CSS pixels.
pub(crate) const SCREEN: (u32, u32) = (390, 844);

/// No name leads off this machine; a page of `localhost` is of another site than one of 127.0.0.1. The
/// names of shops are nobody's (RFC 6761).
const HOSTS: [&str; 5] = [
    "MAP *.shop.test 127.0.0.1",
    "MAP *.shop.localhost 127.0.0.1",
    "MAP * ~NOTFOUND",
    "EXCLUDE 127.0.0.1",
    "EXCLUDE localhost",
];

/// How often a driver is started before it is given up.
const TRIES: u32 = 5;

/// How long the browser may take to stop, and between two looks whether it did.
const STOP: Duration = Duration::from_secs(10);
const STEP: Duration = Duration::from_millis(50);

/// How a browser is started.
#[derive(Clone, Copy)]
pub(crate) struct Start<'a> {
    /// By which strategy the driver waits for pages (WebDriver, 9.1): `none` where no script runs,
    /// because it asks a page by script whether it is there.
    pub(crate) strategy: &'static str,
    /// Whether it keeps the logs of its network.
    pub(crate) logs: bool,
    /// More rules of Chromium's for names of hosts, as `MAP a.example 127.0.0.1:8443`. They come
    /// first; what no rule names is not found, loopback apart.
    pub(crate) hosts: &'a [String],
    /// Whether it traces what its scripts cost.
    pub(crate) traces: bool,
}

impl Default for Start<'_> {
    fn default() -> Self {
        Self {
            strategy: "normal",
            logs: false,
            hosts: &[],
            traces: false,
        }
    }
}

/// The driver; dropped, it takes its browser with it.
pub(crate) struct Driver {
    process: Process,
    session: String,
    chromium: u32,
    profile: Arc<TempDir>,
}

impl Driver {
    /// A fresh browser, and the client that drives it.
    pub(crate) async fn start(start: Start<'_>) -> (Self, Client) {
        let profile = TempDir::new().expect("a folder for the browser's profile");
        Self::start_with(Arc::new(profile), start).await
    }

    /// The browser of this profile, which outlives it where somebody else has it, too.
    pub(crate) async fn start_with(profile: Arc<TempDir>, start: Start<'_>) -> (Self, Client) {
        let chromium = program::named("CHROMIUM");
        let (process, port) = listening(&profile);
        let address = format!("http://127.0.0.1:{port}");
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(&chromium, profile.path(), start))
            .connect(&address)
            .await
            .unwrap_or_else(|error| panic!("no browser: {error}: {}", process.said()));
        let id = client.capabilities().and_then(|c| c.get("goog:processID"));
        let id = id.and_then(Value::as_u64).expect("the browser's process");
        let session = client.session_id().await.ok().flatten();
        let session = session.expect("the session's id");
        let driver = Self {
            process,
            session: format!("{address}/session/{session}"),
            chromium: u32::try_from(id).expect("a process id"),
            profile,
        };
        (driver, client)
    }

    /// A command of the Chrome DevTools Protocol, `Domain.method` with its parameters, and its result.
    pub(crate) fn dev_tools(&self, method: &str, parameters: &Value) -> Value {
        let answer = self.try_dev_tools(method, parameters);
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The same, where it may fail: what is asked about may be gone.
    pub(crate) fn try_dev_tools(&self, method: &str, parameters: &Value) -> Result<Value, String> {
        let url = format!("{}/goog/cdp/execute", self.session);
        let body = json!({ "cmd": method, "params": parameters });
        let answer = http::Client::new().post(&url, None, &body.to_string());
        match answer.status {
            200 => Ok(answer.json()["value"].take()),
            _ => Err(answer.text()),
        }
    }

    /// What a log of the driver's has gained since it was asked for the last time.
    pub(crate) fn log(&self, name: &str) -> Vec<Value> {
        let url = format!("{}/se/log", self.session);
        let body = json!({ "type": name });
        let answer = http::Client::new().post(&url, None, &body.to_string());
        let mut answer = answer.json();
        match answer["value"].take() {
            Value::Array(entries) => entries,
            other => panic!("no log {name}: {other}"),
        }
    }

    /// Ends the browser without a warning, as a system that wants its memory does.
    pub(crate) fn kill(&self) {
        process::signal("KILL", self.chromium);
    }

    /// The browser's folder.
    pub(crate) fn profile(&self) -> &Path {
        self.profile.path()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // After a test that failed the browser is still there, and the driver may leave it so.
        let end = Instant::now() + STOP;
        while process::signal("TERM", self.chromium) && Instant::now() < end {
            thread::sleep(STEP);
        }
        self.process.stop();
        process::signal("KILL", self.chromium);
    }
}

/// A driver and the port it chose.
///
/// It takes a free port of IPv4 and then the same of IPv6, where somebody else may have it: it ends
/// then, and another try takes another port.
fn listening(profile: &TempDir) -> (Process, u16) {
    let mut said = String::new();
    for _ in 0..TRIES {
        let mut command = Command::new(program::named("CHROMEDRIVER"));
        // What driver and browser forget to clean up goes with the profile.
        command.arg("--port=0").env("TMPDIR", profile.path());
        let process = Process::start(&mut command);
        let port = process.heard(|line| {
            let (_, rest) = line.split_once("started successfully on port ")?;
            rest.trim_end_matches('.').parse().ok()
        });
        if let Some(port) = port {
            return (process, port);
        }
        said = process.said();
    }
    panic!("the driver did not start in {TRIES} tries: {said}")
}

/// The arguments of every Chromium, new or old.
pub(crate) fn arguments(profile: &Path, hosts: &[String]) -> Vec<String> {
    let mut rules = hosts.to_vec();
    rules.extend(HOSTS.map(str::to_owned));
    let fixed = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        // Whatever a page or the browser asks for, nothing leaves this machine.
        "--no-proxy-server",
    ];
    let mut arguments: Vec<String> = fixed.map(str::to_owned).into();
    arguments.push(format!("--host-resolver-rules={}", rules.join(", ")));
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments
}

pub(crate) fn capabilities(chromium: &Path, profile: &Path, start: Start<'_>) -> Capabilities {
    let (width, height) = SCREEN;
    let netlog = format!("--log-net-log={}", profile.join(netlog::FILE).display());
    let mut arguments = arguments(profile, start.hosts);
    if !start.hosts.is_empty() {
        // No host of a test's has a certificate that anybody trusts.
        arguments.push("--ignore-certificate-errors".to_owned());
    }
    let mut logging = json!({});
    if start.logs {
        arguments.push(netlog);
        logging = json!({ "performance": "ALL" });
    }
    if start.traces {
        logging = json!({ "performance": "ALL" });
    }
    let mut capabilities = json!({
        "browserName": "chrome",
        "pageLoadStrategy": start.strategy,
        "goog:loggingPrefs": logging,
        "goog:chromeOptions": {
            "binary": chromium,
            "args": arguments,
            "mobileEmulation": {
                "deviceMetrics": {
                    "width": width, "height": height, "pixelRatio": 2.0,
                    "mobile": true, "touch": true,
                },
            },
        },
    });
    if start.traces {
        // These alone: whatever else is logged costs time, too.
        capabilities["goog:chromeOptions"]["perfLoggingPrefs"] = json!({
            "enableNetwork": false,
            "enablePage": false,
            "traceCategories": "devtools.timeline,v8",
        });
    }
    capabilities.as_object().expect("an object").clone()
}
