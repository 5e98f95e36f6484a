//! Serving a socket until told to stop.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// How long requests that were accepted may take after the server was told to stop. Without a
/// bound, one client that never finishes its request would keep the server from stopping.
const GRACE: Duration = Duration::from_secs(30);

/// How long to wait where the system gives no connection, as for want of file descriptors.
const EXHAUSTED: Duration = Duration::from_secs(1);

/// The most bytes of a request's head, and of what is read ahead.
const MOST_HEAD: usize = 64 * 1024;

/// What connections may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// How many there are at a time. More wait to be accepted.
    pub most: usize,
    /// How long the head of a request may take, and how long a connection may be idle. On Linux an answer that
    /// nobody takes may wait twice as long.
    pub head: Duration,
}

/// Four thousand connections of a phone each, and what the slowest network needs for a head.
impl Default for Connections {
    fn default() -> Self {
        Self {
            most: 4096,
            head: Duration::from_secs(30),
        }
    }
}

/// Serves until `shutdown` completes, then accepts nothing more, finishes what it accepted within
/// 30 seconds and returns.
///
/// # Errors
/// None today; a connection that breaks ends alone.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    serve_with(listener, router, Connections::default(), shutdown).await
}

/// [`serve`] with limits of one's own.
///
/// # Errors
/// As [`serve`].
pub async fn serve_with(
    listener: TcpListener,
    router: Router,
    connections: Connections,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let router = router.layer(axum::middleware::from_fn(crate::framing::guard));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(connections.head)
        .max_buf_size(MOST_HEAD);
    let free = Arc::new(Semaphore::new(connections.most));
    let graceful = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            // Closed by nobody.
            let place = Arc::clone(&free).acquire_owned().await.ok();
            (place, accept(&listener).await)
        };
        let (place, (stream, peer)) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        // Answers are small and complete: waiting for more to send only delays them.
        let _ = stream.set_nodelay(true);
        // Of a client that reads nothing the system says nothing, for minutes or for ever.
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&stream).set_tcp_user_timeout(Some(connections.head * 2));
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // It broke, and whoever was at the other end knows.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    // What is not finished by then ends with the process.
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    Ok(())
}

/// The next connection.
async fn accept(listener: &TcpListener) -> (TcpStream, std::net::SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(EXHAUSTED).await;
            }
        }
    }
}

/// Whether only this one connection is gone.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}
