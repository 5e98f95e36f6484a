//! A host for pages of a test's own, on another origin than the server's.

use crate::loopback::Loopback;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// A browser opens connections ahead that it may never use.
const IDLE: Duration = Duration::from_secs(30);

/// What stands at a path.
#[derive(Clone, Debug)]
pub struct Page {
    content_type: &'static str,
    body: Vec<u8>,
    headers: Vec<(&'static str, String)>,
    delay: Duration,
}

impl Page {
    /// A page.
    pub fn html(text: &str) -> Self {
        Self::file("x.html", text.as_bytes().to_vec())
    }

    /// A file, whose name tells the type.
    pub fn file(name: &str, body: Vec<u8>) -> Self {
        let content_type = match name.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("json") => "application/json",
            _ => "text/plain; charset=utf-8",
        };
        Self {
            content_type,
            body,
            headers: Vec::new(),
            delay: Duration::ZERO,
        }
    }

    /// With another type.
    pub fn of_type(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    /// With one more header.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Given only after this time.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// With this first in its head, where it is a page.
    pub(crate) fn inserted(mut self, first: &str) -> Self {
        if self.content_type.starts_with("text/html") {
            self.body = crate::front::inserted(&self.body, first);
        }
        self
    }

    /// Answers with it. `None` where nobody listens any more.
    pub(crate) fn write(&self, stream: &mut impl Write, status: &str) -> Option<()> {
        thread::sleep(self.delay);
        let mut head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n",
            self.content_type,
            self.body.len(),
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(&self.body).ok()
    }
}

/// A host that gives these pages, and 404 for the rest, until it is dropped.
pub struct Pages(Loopback);

impl Pages {
    /// Serves pages by their paths, which begin with `/`.
    ///
    /// # Panics
    /// Where loopback has no free port.
    pub fn serve(pages: impl IntoIterator<Item = (String, Page)>) -> Self {
        let pages: BTreeMap<String, Page> = pages.into_iter().collect();
        Self(Loopback::serve(move |stream| answer(stream, &pages)))
    }

    /// One page at `/`.
    ///
    /// # Panics
    /// Where loopback has no free port.
    pub fn one(page: Page) -> Self {
        Self::serve([("/".to_owned(), page)])
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        self.0.url(path)
    }
}

fn answer(mut stream: &TcpStream, pages: &BTreeMap<String, Page>) -> Option<()> {
    stream.set_read_timeout(Some(IDLE)).ok()?;
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    lines.find(String::is_empty)?;
    let path = first.split(' ').nth(1)?.split('?').next()?;
    let missing = Page::file("x.txt", b"nothing is here".to_vec());
    let (status, page) = match pages.get(path) {
        Some(page) => ("200 OK", page),
        None => ("404 Not Found", &missing),
    };
    page.write(&mut stream, status)
}
