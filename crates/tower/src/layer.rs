//! The layer and the service it makes.

use crate::ResponseFuture;
use crate::enforcement::Enforcement;
use http::{Request, Response};
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;
use zhiqing_consent::Notice;

/// Enforces decisions under one notice. See the [crate] for what it does and an example.
///
/// Put it outside of whatever sets cookies: it judges what has been set when the response passes.
/// In mode `report` it passes everything through.
#[derive(Clone, Debug)]
pub struct ConsentLayer {
    notice: Arc<Notice>,
}

impl ConsentLayer {
    /// A layer for the site that `notice` belongs to. Decisions of other sites are no decisions.
    pub const fn new(notice: Arc<Notice>) -> Self {
        Self { notice }
    }
}

impl<S> Layer<S> for ConsentLayer {
    type Service = ConsentService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ConsentService {
            inner,
            notice: self.notice.clone(),
        }
    }
}

/// A service whose responses keep to the decision. Made by [`ConsentLayer`].
#[derive(Clone, Debug)]
pub struct ConsentService<S> {
    inner: S,
    notice: Arc<Notice>,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for ConsentService<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let enforcement = Enforcement::of(&self.notice, request.uri(), request.headers());
        ResponseFuture::new(self.inner.call(request), enforcement)
    }
}
