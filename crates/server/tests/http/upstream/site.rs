//! This server in front of an upstream of the test's own.

use crate::app::{TestApp, notice};
use crate::database::Database;
use axum::Router;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use zhiqing_consent::{Glob, Technology, Tracker, Use};
use zhiqing_server::{Front, in_front};

/// No test waits longer, whatever goes wrong.
const LIMIT: Duration = Duration::from_secs(60);
pub(crate) const HEAD: &str = "<script data-zq-base='/sites/demo/'>'知情'</script>";
pub(crate) const BODY: &str = "<form></form>";
/// Of a request: a browser asks for a page.
pub(crate) const NAVIGATION: &str = "Sec-Fetch-Dest: document";
/// Of a request: the person has answered everything that is asked.
pub(crate) const DECIDED: &str = "Cookie: zq=1~demo~2026.11~1763690000~analytics~identity~";

/// This server in front of an upstream that answers every request with the same bytes.
pub(crate) struct Site {
    address: SocketAddr,
    /// The requests as the upstream read them.
    pub(crate) seen: UnboundedReceiver<String>,
    _app: TestApp,
}

impl Site {
    pub(crate) async fn answering(answer: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let upstream = listener.local_addr().expect("its address");
        let (tell, seen) = unbounded_channel();
        let answer: Arc<[u8]> = answer.as_bytes().into();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (tell, answer) = (tell.clone(), Arc::clone(&answer));
                tokio::spawn(async move {
                    let _ = tell.send(request(&mut stream).await);
                    let _ = stream.write_all(&answer).await;
                });
            }
        });
        let (address, app) = front_of(upstream).await;
        Self {
            address,
            seen,
            _app: app,
        }
    }

    /// What a client gets that sends this. `Host` and `Connection: close` are added.
    pub(crate) async fn get(&self, request: &str) -> String {
        talk(self.address, request).await
    }

    /// What the upstream read last, in lower case.
    pub(crate) async fn seen(&mut self) -> String {
        let seen = self.seen.recv().await.expect("a request");
        seen.to_ascii_lowercase()
    }
}

/// A server in front of this address.
pub(crate) async fn front_of(upstream: SocketAddr) -> (SocketAddr, TestApp) {
    let mut asked = notice("demo", "示例");
    asked.trackers.push(Tracker {
        id: "tongji".into(),
        vendor: "统计".into(),
        purpose: "analytics".into(),
        uses: vec![Use {
            technology: Technology::Cookie,
            patterns: vec![Glob::new("Hm_*")],
        }],
        signals: Default::default(),
    });
    let asked = asked.seal().expect("a digest");
    let app = TestApp::with(Database::new(), std::slice::from_ref(&asked)).expect("a server");
    let front = Front {
        upstream: format!("http://{upstream}").parse().expect("an upstream"),
        notice: asked,
        head: HEAD.into(),
        body: BODY.into(),
        sites: vec!["demo".into()],
    };
    (serve(in_front(app.router.clone(), front)).await, app)
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(zhiqing_server::serve(
        listener,
        router,
        std::future::pending(),
    ));
    address
}

pub(crate) async fn talk(address: SocketAddr, request: &str) -> String {
    let talking = async {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let (first, rest) = request.split_once("\r\n").unwrap_or((request, "\r\n"));
        let text = format!("{first}\r\nHost: shop.example:81\r\nConnection: close\r\n{rest}");
        stream.write_all(text.as_bytes()).await.expect("it is read");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("an answer");
        String::from_utf8(answer).expect("text")
    };
    tokio::time::timeout(LIMIT, talking).await.expect("in time")
}

/// A whole request, as it comes in.
pub(crate) async fn request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut buffer = [0; 65_536];
    loop {
        let end = read
            .windows(4)
            .take(4096)
            .position(|end| end == b"\r\n\r\n");
        let is_whole = end.is_some_and(|end| {
            let head = String::from_utf8_lossy(&read[..end]).to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
            match head.contains("transfer-encoding: chunked") {
                true => read.ends_with(b"0\r\n\r\n"),
                false => read.len() - end - 4 >= length.unwrap_or(0),
            }
        });
        match is_whole {
            true => break,
            false => match stream.read(&mut buffer).await {
                Ok(count @ 1..) => read.extend_from_slice(&buffer[..count]),
                _ => break,
            },
        }
    }
    String::from_utf8_lossy(&read).into_owned()
}

/// An answer whose length is told.
pub(crate) fn answer(lines: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n{lines}\r\n{body}")
}

pub(crate) fn page(lines: &str, body: &str) -> String {
    answer(
        &format!("Content-Type: text/html; charset=utf-8\r\n{lines}"),
        body,
    )
}

/// Whether a head has this line, and whether it has any of a name.
pub(crate) fn has(answer: &str, line: &str) -> bool {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    head.lines().any(|found| found.eq_ignore_ascii_case(line))
}

pub(crate) fn tells(answer: &str, name: &str) -> bool {
    let head = answer
        .split("\r\n\r\n")
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    head.lines()
        .any(|line| line.starts_with(&format!("{name}:")))
}
