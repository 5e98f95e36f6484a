//! Serving a socket until told to stop.

use axum::Router;
use axum::serve::ListenerExt;
use std::future::{Future, IntoFuture};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// How long requests that were accepted may take after the server was told to stop. Without a
/// bound, one client that never finishes its request would keep the server from stopping.
const GRACE: Duration = Duration::from_secs(30);

/// Serves until `shutdown` completes, then accepts nothing more, finishes what it accepted within
/// 30 seconds and returns.
///
/// # Errors
/// Only a listener that breaks; a connection that breaks ends alone.
pub async fn serve(
    listener: tokio::net::TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let stopping = async move {
        shutdown.await;
        let _ = tell.send(());
    };
    // Answers are small and complete: waiting for more to send only delays them.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, router).with_graceful_shutdown(stopping);
    let too_late = async {
        if told.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        done = serving.into_future() => done,
        () = too_late => Ok(()),
    }
}
