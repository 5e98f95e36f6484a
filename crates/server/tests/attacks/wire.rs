//! Bytes on the socket, and what comes back.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use zhiqing_consent::Secret;

/// A server that neither answers nor closes within this time hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request as it is written, in whatever shape.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

/// `POST /v1/consents` of `person`, as a page sends it.
pub(crate) fn submit(person: &Secret, body: impl Into<Vec<u8>>) -> Request {
    let request = Request::new("POST", "/v1/consents");
    let request = request
        .bearer(person)
        .header("Content-Type", "application/json");
    request.body(body)
}

/// `GET` of an address.
pub(crate) fn get(target: &str) -> Request {
    Request::new("GET", target)
}

/// As it goes over the wire, its beginning.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.bytes();
        write!(f, "{}", bytes[..bytes.len().min(2000)].escape_ascii())
    }
}

impl Request {
    pub(crate) fn new(method: &str, target: &str) -> Self {
        let request = Self {
            method: method.into(),
            target: target.into(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        let request = request.header("Host", "demo.example");
        request.header("Connection", "close")
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Without the headers of this name.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self
    }

    pub(crate) fn bearer(self, person: &Secret) -> Self {
        self.header("Authorization", format!("Bearer {}", person.bearer()))
    }

    /// A body and its length.
    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        let length = self.body.len().to_string();
        self.header("Content-Length", length)
    }

    /// The request as it goes over the wire.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// One answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// In lower case.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header; empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines();
        lines
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_default()
    }
}

/// All that is answered to these bytes until the server closes the connection.
pub(crate) async fn talk(address: SocketAddr, bytes: &[u8]) -> Vec<Answer> {
    exchange(address, bytes, false).await
}

/// The same; with `cut` this side says that nothing more will come once the bytes are written.
pub(crate) async fn exchange(address: SocketAddr, bytes: &[u8], cut: bool) -> Vec<Answer> {
    let talking = async {
        let stream = TcpStream::connect(address).await.expect("a connection");
        let (mut reads, mut writes) = stream.into_split();
        let writing = async {
            // The server may have seen enough, and close.
            let _ = writes.write_all(bytes).await;
            if cut {
                let _ = writes.shutdown().await;
            }
            writes
        };
        let reading = async {
            let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
            // A reset ends the answer as a close does.
            while let Ok(count @ 1..) = reads.read(&mut buffer).await {
                answer.extend_from_slice(&buffer[..count]);
            }
            answer
        };
        let (_open, answer) = tokio::join!(writing, reading);
        answer
    };
    let answer = tokio::time::timeout(PATIENCE, talking).await;
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(500)]);
    read(&answer.unwrap_or_else(|_| panic!("the server hangs on {shown:?}")))
}

/// The answers in these bytes. Each has its length; those that may have no body, none.
fn read(mut bytes: &[u8]) -> Vec<Answer> {
    let mut answers = Vec::new();
    while let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no answer of HTTP: {head:?}"));
        let mut answer = Answer {
            status,
            head,
            body: Vec::new(),
        };
        let length = answer.header("content-length").parse().unwrap_or(0);
        bytes = &bytes[end + 4..];
        let (body, rest) = bytes.split_at(bytes.len().min(length));
        answer.body = body.to_vec();
        bytes = rest;
        // What is said meanwhile is no answer.
        if status >= 200 {
            answers.push(answer);
        }
    }
    answers
}
