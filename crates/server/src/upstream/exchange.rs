//! One request and its response, within a time.

use crate::problem::ApiError;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::uri::Authority;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// How long the upstream may take to accept a connection: it is near.
const CONNECTING: Duration = Duration::from_secs(5);
/// How long it may take to begin its answer, from the last part of the request on. A body that is
/// sent slowly is the client's affair.
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

    /// Sends a request; the response as it begins. 502 or 504 where there is none.
    pub(super) async fn send(&self, request: Request) -> Result<Response, ApiError> {
        let last = Arc::new(Mutex::new(Instant::now()));
        let request = request.map(|body| Watched {
            body,
            last: Arc::clone(&last),
        });
        tokio::select! {
            answer = self.client.request(request) => match answer {
                // Nobody asked to change the protocol.
                Ok(answer) if answer.status().is_informational() => {
                    Err(ApiError::bad_gateway("it changes the protocol unasked"))
                }
                Ok(answer) => Ok(answer.map(Body::new)),
                Err(error) if error.is_connect() => Err(ApiError::bad_gateway(
                    "it accepts no connection; is it running, and is --upstream its address?",
                )),
                Err(_) => Err(ApiError::bad_gateway("its answer broke off or is no HTTP")),
            },
            () = silence(&last) => Err(ApiError::gateway_timeout(ANSWERING.as_secs())),
        }
    }
}

/// Completes when nothing was sent for too long.
async fn silence(last: &Mutex<Instant>) {
    loop {
        let end = *last.lock().unwrap_or_else(PoisonError::into_inner) + ANSWERING;
        if end <= Instant::now() {
            return;
        }
        sleep_until(end).await;
    }
}

/// A request's body that notes when it was last read.
struct Watched {
    body: Body,
    last: Arc<Mutex<Instant>>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
