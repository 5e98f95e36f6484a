//! A connection that is kept: one request, one answer, as few calls of the system as that takes.

use crate::Error;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// No request waits longer for its answer.
const LIMIT: Duration = Duration::from_secs(60);
/// How many headers an answer may have.
const HEADERS: usize = 48;
/// No answer is longer: a history is some thousand receipts at the most.
const LONGEST: usize = 64 * 1024 * 1024;

/// Where the server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its socket.
    pub address: SocketAddr,
    /// What requests call it.
    pub host: String,
}

impl Target {
    /// Reads `http://HOST:PORT`, with or without a `/` behind it.
    ///
    /// # Errors
    /// Anything else, TLS too, and a host that has no address.
    pub fn parse(url: &str) -> Result<Self, Error> {
        let refused = || Error::Url(url.to_owned());
        let host = url.strip_prefix("http://").ok_or_else(refused)?;
        let host = host.strip_suffix('/').unwrap_or(host);
        let mut addresses = host.to_socket_addrs().map_err(|_| refused())?;
        let address = addresses.next().ok_or_else(refused)?;
        let host = host.to_owned();
        Ok(Self { address, host })
    }
}

/// An answer that was read to its end. Its content stays in the connection's buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// How long the server asks to be left alone.
    pub retry_after: Option<Duration>,
    /// Where the content begins and ends.
    content: (usize, usize),
    /// Whether the server takes no more requests on this connection.
    closes: bool,
}

/// A connection to the server, opened when it is first needed and again after it broke.
#[derive(Debug)]
pub struct Connection {
    target: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Connection {
    /// One that is not opened yet.
    pub fn new(target: &Target) -> Self {
        Self {
            target: target.address,
            stream: None,
            buffer: vec![0; 8 * 1024],
        }
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// A connection that cannot be opened, breaks, or says what is no HTTP with a `Content-Length`.
    /// What became of the request is not known then.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<Answer> {
        // Taken, so that a request that is given up leaves no half answer behind.
        let stream = self.stream.take();
        let asking = exchange(stream, self.target, request, &mut self.buffer);
        let (stream, answer) = tokio::time::timeout(LIMIT, asking)
            .await
            .map_err(|_| ErrorKind::TimedOut)??;
        self.stream = Some(stream).filter(|_| !answer.closes);
        Ok(answer)
    }

    /// The content of the last answer.
    pub fn content(&self, answer: &Answer) -> &[u8] {
        let (begin, end) = answer.content;
        self.buffer.get(begin..end).unwrap_or_default()
    }
}

async fn exchange(
    stream: Option<TcpStream>,
    target: SocketAddr,
    request: &[u8],
    buffer: &mut Vec<u8>,
) -> io::Result<(TcpStream, Answer)> {
    let mut stream = match stream {
        Some(stream) => stream,
        None => {
            let stream = TcpStream::connect(target).await?;
            stream.set_nodelay(true)?;
            stream
        }
    };
    stream.write_all(request).await?;
    let mut filled = 0;
    let mut head = None;
    loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        filled += read;
        if head.is_none() {
            head = read_head(&buffer[..filled])?;
        }
        match head {
            Some(head) if head.content.1 <= filled => return Ok((stream, head)),
            Some(head) if head.content.1 > LONGEST => {
                return Err(strange("a longer answer than any"));
            }
            Some(head) if head.content.1 > buffer.len() => buffer.resize(head.content.1, 0),
            None if filled == buffer.len() => return Err(strange("a longer head than any")),
            _ => {}
        }
    }
}

/// The head of an answer; `None` while it is not there as a whole.
fn read_head(bytes: &[u8]) -> io::Result<Option<Answer>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut answer = httparse::Response::new(&mut headers);
    let parsed = answer
        .parse(bytes)
        .map_err(|error| strange(&error.to_string()))?;
    let httparse::Status::Complete(begin) = parsed else {
        return Ok(None);
    };
    let (mut length, mut retry_after, mut closes) = (None, None, false);
    for header in answer.headers.iter() {
        let value = || std::str::from_utf8(header.value).unwrap_or_default().trim();
        if header.name.eq_ignore_ascii_case("content-length") {
            length = value().parse::<usize>().ok();
        } else if header.name.eq_ignore_ascii_case("retry-after") {
            retry_after = value().parse().ok().map(Duration::from_secs);
        } else if header.name.eq_ignore_ascii_case("connection") {
            closes = value().eq_ignore_ascii_case("close");
        }
    }
    let length = length.ok_or_else(|| strange("no Content-Length"))?;
    Ok(Some(Answer {
        status: answer.code.unwrap_or_default(),
        retry_after,
        content: (begin, begin.saturating_add(length)),
        closes,
    }))
}

fn strange(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(bytes: &str, status: u16, retry_after: Option<u64>, length: usize, closes: bool) {
        let head = read_head(bytes.as_bytes()).expect("HTTP").expect("whole");
        let begin = bytes.find("\r\n\r\n").expect("an end") + 4;
        let expected = Answer {
            status,
            retry_after: retry_after.map(Duration::from_secs),
            content: (begin, begin + length),
            closes,
        };
        assert_eq!(head, expected, "{bytes:?}");
    }

    #[test]
    fn heads_are_read() {
        case(
            "HTTP/1.1 201 Created\r\nContent-Length: 12\r\n\r\n{",
            201,
            None,
            12,
            false,
        );
        case(
            "HTTP/1.1 503 x\r\nretry-after: 2\r\ncontent-length:0\r\n\r\n",
            503,
            Some(2),
            0,
            false,
        );
        case(
            "HTTP/1.1 413 x\r\nconnection: Close\r\ncontent-length: 3\r\n\r\n",
            413,
            None,
            3,
            true,
        );
    }

    #[test]
    fn what_is_half_or_strange_is_no_answer() {
        assert_eq!(
            read_head(b"HTTP/1.1 200 OK\r\ncontent-le").expect("half"),
            None
        );
        assert!(read_head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
        assert!(read_head(b"SSH-2.0-x\r\n\r\n").is_err());
    }

    #[test]
    fn addresses_are_read() {
        let target = Target::parse("http://127.0.0.1:8020/").expect("an address");
        assert_eq!(target.address.port(), 8020);
        assert_eq!(target.host, "127.0.0.1:8020");
        for bad in [
            "127.0.0.1:8020",
            "https://127.0.0.1:1",
            "http://127.0.0.1",
            "http://",
        ] {
            assert!(Target::parse(bad).is_err(), "{bad}");
        }
    }
}
