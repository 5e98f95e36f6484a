//! A host that trackers report to: it answers everything and remembers it.

use crate::pages::Page;
use base64ct::{Base64, Encoding as _};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A browser opens connections ahead that it may never use.
const IDLE: Duration = Duration::from_secs(30);

/// A picture of one pixel.
const DOT: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";

/// A request that came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// `GET`, `POST`, …
    pub method: String,
    /// The whole address that was asked for.
    pub url: String,
    /// The cookies that came along, as they stand in the header.
    pub cookies: String,
    headers: HashMap<String, String>,
    /// The content, as it was sent.
    pub body: Vec<u8>,
}

impl Received {
    /// What a header said, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// Host and path, as trackers' addresses are matched: without scheme, port and query.
    pub fn address(&self) -> String {
        crate::netlog::address(&self.url)
    }
}

/// A host on loopback, until it is dropped: `localhost` and whichever hosts a browser finds here by
/// [`rules`](Self::rules). It speaks HTTP, and TLS to whoever begins with it, on one port.
pub struct Collector {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Collector {
    /// Starts it. At a path of `answers` it gives that page, elsewhere a picture to what asks for
    /// one and empty JSON to the rest; every other origin may read it.
    ///
    /// # Panics
    /// Where loopback has no free port.
    pub fn start(answers: impl IntoIterator<Item = (String, Page)>) -> Self {
        let answers: Arc<BTreeMap<String, Page>> = Arc::new(answers.into_iter().collect());
        let tls = Arc::new(tls());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let over = Arc::new(AtomicBool::new(false));
        let received = Arc::default();
        let (ends, memory) = (Arc::clone(&over), Arc::clone(&received));
        let thread = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                let (answers, tls) = (Arc::clone(&answers), Arc::clone(&tls));
                let memory = Arc::clone(&memory);
                // A connection that breaks is the browser's affair.
                thread::spawn(move || serve(stream, tls, &answers, &memory));
            }
        });
        Self {
            port,
            received,
            over,
            thread: Some(thread),
        }
    }

    /// Its origin, as `http://localhost:PORT`.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Rules by which a browser finds these hosts here, for `Browser::logging`.
    pub fn rules(&self, hosts: &[&str]) -> Vec<String> {
        let rule = |host| format!("MAP {host} 127.0.0.1:{}", self.port);
        hosts.iter().map(rule).collect()
    }

    /// Everything that came in so far.
    ///
    /// # Panics
    /// Where a connection failed in the middle of telling.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("the memory").clone()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // Wakes the thread, which waits for a connection.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A key that protects nothing, and a certificate for it that nobody trusts: PKCS #8 and X.509, both
/// in base64. A browser that is to come here is told not to look.
const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAF8onD3vWBYwNAh58T8yvNZp9GXr+UXYFbF4rFaj\
    fdehRANCAAQUPD7e76+sVxyUGcFwcpop3vAJ8Zz6WAP9+C1ki5ho/zzIuaSuBCH81jcF83YlWXSuvA7GCT/h+NvR\
    lC2pgsXc";
const CERTIFICATE: &str = "MIIBfjCCASWgAwIBAgIUa966ttRkxa0DuvThw+rmIhd11bMwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJY29sbGVj\
    dG9yMCAXDTI2MTEyMjE4MjgzOFoYDzIxMjYxMDI5MTgyODM4WjAUMRIwEAYDVQQDDAljb2xsZWN0b3IwWTATBgcq\
    hkjOPQIBBggqhkjOPQMBBwNCAAQUPD7e76+sVxyUGcFwcpop3vAJ8Zz6WAP9+C1ki5ho/zzIuaSuBCH81jcF83Yl\
    WXSuvA7GCT/h+NvRlC2pgsXco1MwUTAdBgNVHQ4EFgQU/uZLAtB8cAJ5uDTcqZXqDXOgxcMwHwYDVR0jBBgwFoAU\
    /uZLAtB8cAJ5uDTcqZXqDXOgxcMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBtPMcn+ZH66qVX\
    ssimrBo+WcY/Z/b3f8A5Qkp3dFY4AgIgZE/NLZ/0vwwJ58uHwVQ3OjE1RQIpB6PM2OZxsTUyAT4=";

fn tls() -> ServerConfig {
    let read = |text| Base64::decode_vec(text).expect("base64");
    let key = PrivateKeyDer::Pkcs8(read(KEY).into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![read(CERTIFICATE).into()], key)
        .expect("the key of the certificate")
}

/// The first byte of every TLS connection: a record of the handshake (RFC 8446, 5.1).
const HANDSHAKE: u8 = 22;

fn serve(
    stream: TcpStream,
    tls: Arc<ServerConfig>,
    answers: &BTreeMap<String, Page>,
    memory: &Mutex<Vec<Received>>,
) -> Option<()> {
    stream.set_read_timeout(Some(IDLE)).ok()?;
    let mut first = [0];
    stream.peek(&mut first).ok().filter(|count| *count > 0)?;
    if first[0] == HANDSHAKE {
        let connection = ServerConnection::new(tls).ok()?;
        let mut stream = StreamOwned::new(connection, stream);
        answer(&mut stream, "https", answers, memory)?;
        stream.conn.send_close_notify();
        stream.flush().ok()
    } else {
        answer(&mut &stream, "http", answers, memory)
    }
}

fn answer(
    stream: &mut (impl Read + Write),
    scheme: &str,
    answers: &BTreeMap<String, Page>,
    memory: &Mutex<Vec<Received>>,
) -> Option<()> {
    let mut reader = BufReader::new(&mut *stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let header = |name: &str| headers.get(name).map_or("", String::as_str);
    let length = header("content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    memory.lock().ok()?.push(Received {
        method: method.clone(),
        url: format!("{scheme}://{}{target}", header("host")),
        cookies: header("cookie").to_owned(),
        headers: headers.clone(),
        body,
    });

    let path = target.split('?').next()?;
    let page = match answers.get(path) {
        Some(page) => page.clone(),
        // Old engines tell by what they take alone.
        None if header("sec-fetch-dest") == "image" || header("accept").starts_with("image/") => {
            Page::file("x.gif", DOT.to_vec())
                .of_type("image/gif")
                .with("Cache-Control", "no-store")
        }
        None => Page::file("x.json", b"{}".to_vec()).with("Cache-Control", "no-store"),
    };
    let origin = match header("origin") {
        "" => "*",
        origin => origin,
    };
    let page = page
        .with("Access-Control-Allow-Origin", origin)
        .with("Access-Control-Allow-Credentials", "true")
        .with("Access-Control-Allow-Methods", "GET, POST, PUT")
        .with(
            "Access-Control-Allow-Headers",
            header("access-control-request-headers"),
        );
    page.write(stream, "200 OK")
}
