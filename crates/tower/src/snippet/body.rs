//! The body of a response, with the snippet put in as it streams.

use super::rewriter::Rewriter;
use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

pin_project! {
    /// The body of a response of [`SnippetService`](super::SnippetService).
    ///
    /// A page gets the snippet as it passes, one frame for each of the inner body's, so back
    /// pressure stays what it is; anything else passes as it is. Errors and trailers do, too.
    #[derive(Debug)]
    pub struct SnippetBody<B> {
        #[pin]
        inner: B,
        // None where the body passes unchanged.
        rewriter: Option<Rewriter>,
        // What came behind the page's last bytes.
        trailers: Option<http::HeaderMap>,
        is_over: bool,
    }
}

impl<B> SnippetBody<B> {
    pub(super) const fn new(inner: B, rewriter: Option<Rewriter>) -> Self {
        Self {
            inner,
            rewriter,
            trailers: None,
            is_over: false,
        }
    }
}

impl<B: Body> Body for SnippetBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let mut this = self.project();
        if *this.is_over {
            return Poll::Ready(this.trailers.take().map(|t| Ok(Frame::trailers(t))));
        }
        loop {
            let frame = match ready!(this.inner.as_mut().poll_frame(context)) {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    *this.is_over = true;
                    return Poll::Ready(rest(this.rewriter).map(|r| Ok(Frame::data(r))));
                }
            };
            match frame.into_data() {
                Ok(mut data) => {
                    let data = data.copy_to_bytes(data.remaining());
                    let Some(rewriter) = this.rewriter.as_mut().filter(|r| !r.is_done()) else {
                        return Poll::Ready(Some(Ok(Frame::data(data))));
                    };
                    let out = rewriter.push(&data);
                    // All of it is held back: there is nothing to say yet.
                    if !out.is_empty() {
                        return Poll::Ready(Some(Ok(Frame::data(out.into()))));
                    }
                }
                Err(frame) => {
                    let Ok(trailers) = frame.into_trailers() else {
                        continue;
                    };
                    *this.is_over = true;
                    return Poll::Ready(Some(Ok(match rest(this.rewriter) {
                        Some(rest) => {
                            *this.trailers = Some(trailers);
                            Frame::data(rest)
                        }
                        None => Frame::trailers(trailers),
                    })));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self.is_over {
            true => self.trailers.is_none(),
            false => {
                self.rewriter.as_ref().is_none_or(Rewriter::is_done) && self.inner.is_end_stream()
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        if self.is_over {
            return SizeHint::with_exact(0);
        }
        let inner = self.inner.size_hint();
        let Some(rewriter) = self.rewriter.as_ref().filter(|r| !r.is_done()) else {
            return inner;
        };
        let held = rewriter.held() as u64;
        let mut hint = SizeHint::new();
        hint.set_lower(inner.lower().saturating_add(held));
        if let Some(upper) = inner.upper() {
            let most = held.saturating_add(rewriter.most_added() as u64);
            hint.set_upper(upper.saturating_add(most));
        }
        hint
    }
}

/// What the rewriter still holds at the end; `None` where that is nothing.
fn rest(rewriter: &mut Option<Rewriter>) -> Option<Bytes> {
    let rest = rewriter.as_mut()?.finish();
    (!rest.is_empty()).then(|| rest.into())
}
