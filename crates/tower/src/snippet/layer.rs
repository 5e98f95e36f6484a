//! The layer and the service it makes.

use super::Snippet;
use super::body::SnippetBody;
use super::edition::Editions;
use super::headers::Asked;
use super::rewriter::Rewriter;
use http::{Request, Response};
use http_body::Body;
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tower_layer::Layer;
use tower_service::Service;
use zhiqing_consent::Notice;

/// Puts one snippet into the pages of a service. See the [module](super) for which and how.
#[derive(Clone, Debug)]
pub struct SnippetLayer {
    editions: Editions,
}

impl SnippetLayer {
    /// A layer for the site that the snippet was built for. Pages in frames get [`Snippet::head`] alone.
    pub fn new(snippet: Arc<Snippet>) -> Self {
        Self {
            editions: Editions::same(snippet),
        }
    }

    /// Leaves [`Snippet::body`] out for whoever has decided: it asks, and nobody is asked twice.
    ///
    /// Who has decided is told by the request's cookie `zq`: a decision on everything that `notice`
    /// asks, on its version or one that did not materially change since. Pages then depend on the
    /// cookie, so no shared cache may keep them; where the body is empty, nothing changes.
    #[must_use]
    pub fn asking_once(self, notice: Arc<Notice>) -> Self {
        Self {
            editions: self.editions.asking_once(notice),
        }
    }
}

impl<S> Layer<S> for SnippetLayer {
    type Service = SnippetService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        SnippetService {
            inner,
            layer: self.clone(),
        }
    }
}

/// A service whose pages hold the snippet. Made by [`SnippetLayer`].
#[derive(Clone, Debug)]
pub struct SnippetService<S> {
    inner: S,
    layer: SnippetLayer,
}

impl<S, RequestBody, B> Service<Request<RequestBody>> for SnippetService<S>
where
    S: Service<Request<RequestBody>, Response = Response<B>>,
    B: Body,
{
    type Response = Response<SnippetBody<B>>;
    type Error = S::Error;
    type Future = SnippetFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        let method = request.method().clone();
        let edition = self.layer.editions.choose(request.headers());
        let asked = Asked::of(&method, request.headers_mut(), &edition);
        SnippetFuture {
            inner: self.inner.call(request),
            snippet: Arc::clone(edition.snippet),
            asked,
        }
    }
}

pin_project! {
    /// Resolves to the inner service's response, with the snippet in its body if it is a page;
    /// errors pass as they are.
    #[derive(Debug)]
    pub struct SnippetFuture<F> {
        #[pin]
        inner: F,
        snippet: Arc<Snippet>,
        asked: Asked,
    }
}

impl<F, B, E> Future for SnippetFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body,
{
    type Output = Result<Response<SnippetBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(context))?;
        let status = response.status();
        let reading = this.asked.answer(status, response.headers_mut());
        let rewriter = reading.filter(|reading| !reading.is_head).map(|reading| {
            let snippet = Arc::clone(this.snippet);
            Rewriter::new(snippet, reading.charset, reading.is_navigation)
        });
        Poll::Ready(Ok(response.map(|body| SnippetBody::new(body, rewriter))))
    }
}
