//! What stands between a server and a browser that only speaks WebDriver: it puts a script first into
//! every page, as DevTools would, sends pages with a policy, and has pages of its own.

use crate::loopback::Loopback;
use crate::{Page, Server};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// A browser opens connections ahead that it may never use.
const IDLE: Duration = Duration::from_secs(30);

/// A host on loopback, until it is dropped. To the browser there is no other: the server behind it is
/// told its name.
pub struct Front {
    host: Loopback,
    slow: Arc<AtomicU64>,
}

/// What it adds to what the server says.
struct Additions {
    server: String,
    script: String,
    policy: Option<&'static str>,
    pages: BTreeMap<String, Page>,
    /// Milliseconds by which answers to what is sent are late.
    slow: Arc<AtomicU64>,
}

impl Front {
    /// Stands in front of a server: this script runs first in each page, this
    /// `Content-Security-Policy` holds on it, and these pages are found beside the server's.
    ///
    /// # Panics
    /// Where loopback has no free port.
    pub fn of(
        server: &Server,
        script: &str,
        policy: Option<&'static str>,
        pages: impl IntoIterator<Item = (String, Page)>,
    ) -> Self {
        let slow = Arc::default();
        let additions = Additions {
            server: server.url("").replacen("http://", "", 1),
            script: format!("<script>{script}</script>"),
            policy,
            pages: pages.into_iter().collect(),
            slow: Arc::clone(&slow),
        };
        let host = Loopback::serve(move |stream| answer(stream, &additions));
        Self { host, slow }
    }

    /// From now on what the server answers to a `POST` comes only after this time, as on a bad line.
    pub fn answer_after(&self, delay: Duration) {
        let delay = u64::try_from(delay.as_millis()).expect("a short time");
        self.slow.store(delay, Ordering::Relaxed);
    }

    /// The address of a path, which begins with `/`.
    pub fn url(&self, path: &str) -> String {
        self.host.url(path)
    }
}

/// The lines of a head, without the empty one at its end.
fn head(reader: &mut impl BufRead) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end() {
            "" => return Some(lines),
            line => lines.push(line.to_owned()),
        }
    }
}

/// What the header of this name says.
fn header<'a>(lines: &'a [String], name: &str) -> Option<&'a str> {
    lines.iter().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A head without these headers, with these lines instead.
fn replaced(mut lines: Vec<String>, names: &[&str], instead: &[String]) -> String {
    lines.retain(|line| {
        let name = line.split(':').next().unwrap_or_default();
        !names.iter().any(|other| name.eq_ignore_ascii_case(other))
    });
    lines.extend_from_slice(instead);
    lines.join("\r\n") + "\r\n\r\n"
}

fn answer(browser: &TcpStream, additions: &Additions) -> Option<()> {
    browser.set_read_timeout(Some(IDLE)).ok()?;
    let mut reader = BufReader::new(browser);
    let request = head(&mut reader)?;
    let path = request.first()?.split(' ').nth(1)?.split('?').next()?;
    let is_sent = request.first()?.starts_with("POST ");
    if let Some(page) = additions.pages.get(path) {
        let page = page.clone().inserted(&additions.script);
        let page = additions
            .policy
            .into_iter()
            .fold(page, |page, policy| page.with(POLICY, policy));
        return page.write(&mut &*browser, "200 OK");
    }
    let length = header(&request, "content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;

    let mut server = TcpStream::connect(&additions.server).ok()?;
    // As it is and to its end: what was packed could not be added to.
    let plain = ["Connection: close".to_owned()];
    let request = replaced(request, &["connection", "accept-encoding"], &plain);
    server.write_all(request.as_bytes()).ok()?;
    server.write_all(&body).ok()?;
    let mut reader = BufReader::new(server);
    let said = head(&mut reader)?;
    let mut body = Vec::new();
    reader.read_to_end(&mut body).ok()?;
    if is_sent {
        thread::sleep(Duration::from_millis(
            additions.slow.load(Ordering::Relaxed),
        ));
    }

    let mut names = vec!["connection"];
    let mut instead = vec!["Connection: close".to_owned()];
    if header(&said, "content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        body = inserted(&body, &additions.script);
        names.push("content-length");
        instead.push(format!("Content-Length: {}", body.len()));
        instead.extend(additions.policy.map(|policy| format!("{POLICY}: {policy}")));
    }
    let mut browser = browser;
    let said = replaced(said, &names, &instead);
    browser.write_all(said.as_bytes()).ok()?;
    browser.write_all(&body).ok()
}

const POLICY: &str = "Content-Security-Policy";

/// A page with something first in its head.
pub(crate) fn inserted(page: &[u8], first: &str) -> Vec<u8> {
    String::from_utf8_lossy(page)
        .replacen("<head>", &format!("<head>{first}"), 1)
        .into_bytes()
}
