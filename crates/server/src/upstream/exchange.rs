//! One request and its response, within a time.

use crate::problem::ApiError;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::Version;
use axum::http::uri::Authority;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// How long the upstream may take to accept a connection: it is near.
const CONNECTING: Duration = Duration::from_secs(5);
/// How long it may take to begin its answer, from the last part of the request on; and for how long a
/// client may send nothing in the middle of one.
const ANSWERING: Duration = Duration::from_secs(60);
/// How long a connection is kept. Shorter than servers do by default (5 s and more), so that we
/// seldom send into one that they are just closing.
const KEPT: Duration = Duration::from_secs(3);

/// Speaks to one upstream.
pub(super) struct Exchange {
    authority: Authority,
    client: Client<HttpConnector, Watched>,
}

impl Exchange {
    pub(super) fn with(authority: Authority) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECTING));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT)
            .build(connector);
        Self { authority, client }
    }

    /// Whom it speaks to.
    pub(super) const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Sends a request; the response as it begins. 502 or 504 where there is none, 400 or 408 where the
    /// client did not send all of the request.
    pub(super) async fn send(&self, request: Request) -> Result<Response, ApiError> {
        let upload = Arc::new(Mutex::new(Upload {
            last: Instant::now(),
            is_awaited: false,
            is_broken: false,
        }));
        let request = request.map(|body| Watched {
            body,
            upload: Arc::clone(&upload),
        });
        tokio::select! {
            answer = self.client.request(request) => match answer {
                // Nobody asked to change the protocol.
                Ok(answer) if answer.status().is_informational() => {
                    Err(ApiError::bad_gateway("it changes the protocol unasked"))
                }
                Ok(mut answer) => {
                    // The version is of one connection (RFC 9110, 6.2): its client is not ours.
                    *answer.version_mut() = Version::HTTP_11;
                    Ok(answer.map(Body::new))
                }
                Err(error) if error.is_connect() => Err(ApiError::bad_gateway(
                    "it accepts no connection; is it running, and is --upstream its address?",
                )),
                Err(_) if lock(&upload).is_broken => Err(ApiError::unreadable()),
                Err(_) => Err(ApiError::bad_gateway("its answer broke off or is no HTTP")),
            },
            () = silence(&upload) => Err(match lock(&upload).is_awaited {
                true => ApiError::request_timeout(ANSWERING.as_secs()),
                false => ApiError::gateway_timeout(ANSWERING.as_secs()),
            }),
        }
    }
}

/// Completes when nothing was sent for too long.
async fn silence(upload: &Mutex<Upload>) {
    loop {
        let end = lock(upload).last + ANSWERING;
        if end <= Instant::now() {
            return;
        }
        sleep_until(end).await;
    }
}

/// How far a request's body has come.
struct Upload {
    /// When it was last read.
    last: Instant,
    /// The client has yet to send more.
    is_awaited: bool,
    /// The client sent what is no body, or not all of it.
    is_broken: bool,
}

fn lock(upload: &Mutex<Upload>) -> MutexGuard<'_, Upload> {
    upload.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A request's body that notes how it is read.
struct Watched {
    body: Body,
    upload: Arc<Mutex<Upload>>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let mut upload = lock(&self.upload);
        upload.last = Instant::now();
        upload.is_awaited = polled.is_pending();
        upload.is_broken |= matches!(polled, Poll::Ready(Some(Err(_))));
        drop(upload);
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
