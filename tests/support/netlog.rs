//! What the browser asked the network for, as it tells itself.
//!
//! Two of its logs are read. That of its network stack (`NetLog`) has every request on its way out,
//! whoever made it: pages, frames of other sites, workers, service workers, beacons of a page that
//! is gone, and whether or not it got anywhere. `DevTools`' own sees no further than the page and its
//! frames of the same site, but knows what kind of request it was.

use crate::driver::Driver;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// The file of the network stack's log, in the browser's profile.
pub(crate) const FILE: &str = "netlog.json";

/// The network stack writes its log in parts; none takes longer to come.
const LIMIT: Duration = Duration::from_secs(20);
/// Between two looks.
const STEP: Duration = Duration::from_millis(5);

/// At a port that Chromium refuses to speak to: what is asked of it is logged and goes nowhere.
const MARK: &str = "http://127.0.0.1:9/zhiqing-mark/";

/// One request; each step of a redirection is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The address, without its fragment.
    pub url: String,
    /// As `DevTools` names it: `Image`, `Script`, `XHR`, `Fetch`, `Ping` (a beacon), `WebSocket`,
    /// `EventSource`, `Document`, …; empty where it sees nothing, as in workers.
    pub kind: String,
}

impl Request {
    /// Host and path, as trackers' addresses are matched: without scheme, port and query.
    pub fn address(&self) -> String {
        address(&self.url)
    }
}

/// Host and path of an address.
pub fn address(url: &str) -> String {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.split(':').next().unwrap_or_default();
    format!("{host}{path}")
}

/// The logs of one browser, as far as they were read.
pub(crate) struct NetLog {
    file: PathBuf,
    read: Mutex<Logs>,
}

#[derive(Default)]
struct Logs {
    marks: usize,
    /// How much of the file was read, and the line that was not whole.
    offset: u64,
    line: Vec<u8>,
    /// The number that the file has for the event of a request's start.
    starts: Option<u64>,
    /// Method and address of what the network stack began.
    sent: Vec<(String, String)>,
    /// The kinds that `DevTools` tell for a method and an address.
    kinds: HashMap<(String, String), Vec<String>>,
}

impl NetLog {
    pub(crate) fn new(profile: &Path) -> Self {
        Self {
            file: profile.join(FILE),
            read: Mutex::default(),
        }
    }

    /// All requests so far, in the order they began in.
    pub(crate) fn requests(&self, driver: &Driver) -> Vec<Request> {
        let mut logs = self.read.lock().expect("no reader failed before");
        self.mark(&mut logs, driver);
        for entry in driver.log("performance") {
            logs.hear(&entry);
        }
        let mut kinds = logs.kinds.clone();
        let named = logs.sent.iter().map(|key| Request {
            method: key.0.clone(),
            url: key.1.clone(),
            kind: take_first(kinds.get_mut(key)),
        });
        let pages = named.filter(|request| !request.url.starts_with(MARK));
        pages.collect()
    }

    /// Asks for a mark and reads until it is there: then all that began before it is there too.
    fn mark(&self, logs: &mut Logs, driver: &Driver) {
        let end = Instant::now() + LIMIT;
        loop {
            logs.marks += 1;
            let mark = format!("{MARK}{}", logs.marks);
            ask(driver, &mark);
            logs.read_on(&self.file);
            if logs.sent.iter().any(|(_, url)| *url == mark) {
                return;
            }
            // What follows pushes out what waits to be written.
            assert!(Instant::now() < end, "the browser's log does not come");
            thread::sleep(STEP);
        }
    }
}

/// Asks for an address from a tab of its own: a page's policy may forbid what it asks for.
fn ask(driver: &Driver, url: &str) {
    let tab = json!({ "url": url, "background": true });
    let tab = driver.dev_tools("Target.createTarget", &tab);
    driver.dev_tools(
        "Target.closeTarget",
        &json!({ "targetId": tab["targetId"] }),
    );
}

fn take_first(kinds: Option<&mut Vec<String>>) -> String {
    let kinds = kinds.filter(|kinds| !kinds.is_empty());
    kinds.map(|kinds| kinds.remove(0)).unwrap_or_default()
}

impl Logs {
    /// Reads what was written since. The file is one line of names, then one line for each event.
    fn read_on(&mut self, path: &Path) {
        let mut file = File::open(path).expect("the browser writes a log");
        let start = SeekFrom::Start(self.offset);
        file.seek(start).expect("the log is a file");
        let mut new = Vec::new();
        let count = file.read_to_end(&mut new).expect("the log is readable");
        self.offset += count as u64;
        for part in new.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut self.line);
                self.event(&String::from_utf8_lossy(&line));
            }
        }
    }

    fn event(&mut self, line: &str) {
        let Some(starts) = self.starts else {
            let (_, rest) = line
                .split_once("\"URL_REQUEST_START_JOB\":")
                .expect("names");
            let number = rest.split([',', '}']).next().and_then(|n| n.parse().ok());
            self.starts = Some(number.expect("a number of the event"));
            return;
        };
        // Most lines are other events.
        if !line.contains("\"url\":") {
            return;
        }
        let Ok(event) = serde_json::from_str::<Value>(line.trim_end().trim_end_matches(',')) else {
            return;
        };
        if event["type"] != starts {
            return;
        }
        let parameters = &event["params"];
        let (Some(method), Some(url)) = (parameters["method"].as_str(), parameters["url"].as_str())
        else {
            return;
        };
        // What has no origin behind it is the browser's own, its updates, or what the test opened.
        let own =
            parameters["initiator"] == "not an origin" && !url.starts_with("http://127.0.0.1");
        if !own && (url.starts_with("http") || url.starts_with("ws")) {
            self.sent.push((method.to_owned(), bare(url)));
        }
    }

    /// Takes the kind of a request from an entry of `DevTools`' log.
    fn hear(&mut self, entry: &Value) {
        let message = entry["message"].as_str().unwrap_or_default();
        if !message.contains("\"Network.requestWillBeSent\"")
            && !message.contains("\"Network.webSocketCreated\"")
        {
            return;
        }
        let message: Value = serde_json::from_str(message).expect("entries are JSON");
        let parameters = &message["message"]["params"];
        let (method, url, kind) = match parameters["request"]["url"].as_str() {
            Some(url) => (&parameters["request"]["method"], url, &parameters["type"]),
            None => match parameters["url"].as_str() {
                Some(url) => (&Value::Null, url, &Value::Null),
                None => return,
            },
        };
        let key = (method.as_str().unwrap_or("GET").to_owned(), bare(url));
        let kind = kind.as_str().unwrap_or("WebSocket").to_owned();
        self.kinds.entry(key).or_default().push(kind);
    }
}

fn bare(url: &str) -> String {
    url.split('#').next().unwrap_or_default().to_owned()
}
