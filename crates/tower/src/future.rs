//! The response on its way.

use crate::enforcement::Enforcement;
use http::Response;
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

pin_project! {
    /// Resolves to the inner service's response after the decision was enforced on it; errors
    /// pass as they are.
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        // None in mode `report`.
        enforcement: Option<Enforcement>,
    }
}

impl<F> ResponseFuture<F> {
    pub(crate) const fn new(inner: F, enforcement: Option<Enforcement>) -> Self {
        Self { inner, enforcement }
    }
}

impl<F, ResponseBody, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<ResponseBody>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(context))?;
        if let Some(enforcement) = this.enforcement {
            enforcement.apply(response.headers_mut());
        }
        Poll::Ready(Ok(response))
    }
}
