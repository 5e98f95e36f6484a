//! ChromeDriver and the Chromium it starts.

use crate::http;
use crate::process::{self, Process};
use crate::program;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A phone of the middle: CSS pixels.
const SCREEN: (u32, u32) = (390, 844);

/// How often a driver is started before it is given up.
const TRIES: u32 = 5;

/// How long the browser may take to stop, and between two looks whether it did.
const STOP: Duration = Duration::from_secs(10);
const STEP: Duration = Duration::from_millis(50);

/// The driver; dropped, it takes its browser with it.
pub(crate) struct Driver {
    process: Process,
    session: String,
    chromium: u32,
    _profile: TempDir,
}

impl Driver {
    /// A fresh browser, and the client that drives it.
    pub(crate) async fn start() -> (Self, Client) {
        Self::start_waiting("normal").await
    }

    /// The same, where the driver waits for pages by this strategy (WebDriver, 9.1): `none` where no
    /// script runs, because it asks a page by script whether it is there.
    pub(crate) async fn start_waiting(strategy: &str) -> (Self, Client) {
        let chromium = program::named("CHROMIUM");
        let profile = TempDir::new().expect("a folder for the browser's profile");
        let (process, port) = listening(&profile);
        let address = format!("http://127.0.0.1:{port}");
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(&chromium, profile.path(), strategy))
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
            _profile: profile,
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

fn capabilities(chromium: &Path, profile: &Path, strategy: &str) -> Capabilities {
    let (width, height) = SCREEN;
    let profile = format!("--user-data-dir={}", profile.display());
    let arguments = [
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
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        &profile,
    ];
    let capabilities = json!({
        "browserName": "chrome",
        "pageLoadStrategy": strategy,
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
    capabilities.as_object().expect("an object").clone()
}
