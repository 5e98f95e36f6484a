//! A network that cannot be relied upon: a proxy in front of a server that loses, delays, repeats, breaks
//! off and fails what is sent to the consent API, by chance from a seed. Everything else passes.

use std::collections::BTreeMap;
use std::io;
use std::net::{SocketAddr, TcpListener as Listener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::sleep;

/// The weather changes so often: bad, fair, bad.
const PHASE: Duration = Duration::from_secs(4);
/// No head is longer.
const HEAD: usize = 64 * 1024;
/// No delay is longer, in milliseconds.
const DELAY: u64 = 900;

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Passed,
    /// The connection is closed before the server has heard of it.
    Dropped,
    /// The server has it, and its answer is lost.
    AnswerLost,
    /// The server hears of it late.
    Delayed,
    /// The answer comes late.
    AnswerDelayed,
    /// The server hears it twice.
    Doubled,
    /// The connection is reset before the server has heard of it.
    Reset,
    /// The connection is reset in the middle of the answer.
    AnswerReset,
    /// 500 in place of the server.
    Failed,
    /// 503 with Retry-After in place of the server.
    Busy,
}

impl Fate {
    /// With what weight each comes in bad weather.
    const BAD: [(Self, usize); 10] = [
        (Self::Passed, 4),
        (Self::Dropped, 2),
        (Self::AnswerLost, 3),
        (Self::Delayed, 2),
        (Self::AnswerDelayed, 2),
        (Self::Doubled, 2),
        (Self::Reset, 2),
        (Self::AnswerReset, 2),
        (Self::Failed, 2),
        (Self::Busy, 1),
    ];

    fn drawn(rng: &mut fastrand::Rng) -> Self {
        let all: usize = Self::BAD.iter().map(|(_, weight)| weight).sum();
        let mut at = rng.usize(..all);
        for (fate, weight) in Self::BAD {
            if at < weight {
                return fate;
            }
            at -= weight;
        }
        Self::Passed
    }
}

struct Weather {
    server: SocketAddr,
    since: Instant,
    stormy: AtomicBool,
    down: AtomicBool,
    rng: Mutex<fastrand::Rng>,
    seen: Mutex<BTreeMap<String, usize>>,
}

impl Weather {
    fn fate(&self) -> (Fate, Duration) {
        let mut rng = self.rng.lock().unwrap_or_else(PoisonError::into_inner);
        let delay = Duration::from_millis(rng.u64(50..DELAY));
        let phase = self.since.elapsed().as_millis() / PHASE.as_millis();
        let bad = phase.is_multiple_of(2) || rng.u8(..5) == 0;
        let fate = if self.down.load(Ordering::Relaxed) {
            Fate::Dropped
        } else if self.stormy.load(Ordering::Relaxed) && bad {
            Fate::drawn(&mut rng)
        } else {
            Fate::Passed
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen.entry(format!("{fate:?}")).or_default() += 1;
        (fate, delay)
    }
}

/// The proxy, on loopback, until it is dropped.
pub struct Chaos {
    address: SocketAddr,
    weather: Arc<Weather>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Chaos {
    /// Stands in front of the server at this address, as `http://127.0.0.1:8080`.
    ///
    /// # Panics
    /// Where loopback has no free port.
    pub fn before(server: &str, seed: u64) -> Self {
        let server = server.trim_start_matches("http://").trim_end_matches('/');
        let listener = Listener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let weather = Arc::new(Weather {
            server: server.parse().expect("an address of loopback"),
            since: Instant::now(),
            stormy: AtomicBool::new(true),
            down: AtomicBool::new(false),
            rng: Mutex::new(fastrand::Rng::with_seed(seed)),
            seen: Mutex::default(),
        });
        let (end, ended) = oneshot::channel();
        let theirs = Arc::clone(&weather);
        // On a thread of its own: tests ask the driver, and wait for it, on theirs.
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = { runtime }.enable_all().build().expect("a runtime");
            runtime.block_on(async {
                tokio::select! {
                    served = serve(listener, theirs) => served.expect("it listens"),
                    _ = ended => {}
                }
            });
        });
        Self {
            address,
            weather,
            end: Some(end),
            thread: Some(thread),
        }
    }

    /// The address of a path, which begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on nothing reaches the server.
    pub fn go_down(&self) {
        self.weather.down.store(true, Ordering::Relaxed);
    }

    /// From now on everything passes.
    pub fn clear(&self) {
        self.weather.down.store(false, Ordering::Relaxed);
        self.weather.stormy.store(false, Ordering::Relaxed);
    }

    /// How many requests to the consent API had each fate.
    pub fn seen(&self) -> BTreeMap<String, usize> {
        let seen = self.weather.seen.lock();
        seen.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Chaos {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(listener: Listener, weather: Arc<Weather>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (browser, _) = listener.accept().await?;
        let weather = Arc::clone(&weather);
        // A connection that breaks is the browser's affair.
        tokio::spawn(async move { carry(browser, &weather).await });
    }
}

/// Carries the one request of a connection.
async fn carry(mut browser: TcpStream, weather: &Weather) -> io::Result<()> {
    let Some(request) = read_request(&mut browser).await? else {
        return Ok(());
    };
    let (fate, delay) = match request.starts_with(b"POST /v1/consents ") {
        true => weather.fate(),
        false => (Fate::Passed, Duration::ZERO),
    };
    let ask = || answered(weather.server, &request);
    match fate {
        Fate::Passed => browser.write_all(&ask().await?).await?,
        Fate::Dropped => {}
        Fate::AnswerLost => drop(ask().await?),
        Fate::Delayed => {
            sleep(delay).await;
            browser.write_all(&ask().await?).await?;
        }
        Fate::AnswerDelayed => {
            let answer = ask().await?;
            sleep(delay).await;
            browser.write_all(&answer).await?;
        }
        Fate::Doubled => {
            let (first, second) = tokio::join!(ask(), ask());
            first?;
            browser.write_all(&second?).await?;
        }
        Fate::Reset => browser.set_zero_linger()?,
        Fate::AnswerReset => {
            let answer = ask().await?;
            browser.write_all(&answer[..answer.len() / 2]).await?;
            browser.set_zero_linger()?;
            return Ok(());
        }
        Fate::Failed => {
            browser
                .write_all(&problem("500 Internal Server Error", ""))
                .await?
        }
        Fate::Busy => {
            let busy = problem("503 Service Unavailable", "retry-after: 1\r\n");
            browser.write_all(&busy).await?;
        }
    }
    if fate != Fate::Reset {
        browser.shutdown().await?;
    }
    Ok(())
}

fn problem(status: &str, more: &str) -> Vec<u8> {
    let head = "content-type: text/plain\r\ncontent-length: 4\r\nconnection: close";
    format!("HTTP/1.1 {status}\r\n{more}{head}\r\n\r\noops").into_bytes()
}

/// A request with its body, which asks for a connection of its own; `None` where the browser opened a
/// connection that it does not use.
async fn read_request(browser: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut read = Vec::new();
    let end = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if read.len() > HEAD || browser.read_buf(&mut read).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let mut body = read.split_off(end + 4);
    let (mut kept, mut length) = (Vec::new(), 0);
    for line in head.lines() {
        let (name, value) = line.split_once(':').unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
        if !name.eq_ignore_ascii_case("connection") {
            kept.push(line);
        }
    }
    while body.len() < length {
        if browser.read_buf(&mut body).await? == 0 {
            return Ok(None);
        }
    }
    kept.push("connection: close\r\n\r\n");
    let mut request = kept.join("\r\n").into_bytes();
    request.extend(body);
    Ok(Some(request))
}

/// The server's whole answer.
async fn answered(server: SocketAddr, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await?;
    stream.write_all(request).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}
