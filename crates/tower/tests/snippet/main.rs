//! Pages as a browser gets them, after a service under the layer has answered.

mod decided;
mod encodings;
mod headers;
mod navigations;
mod places;
mod streams;

use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower::{Layer, ServiceExt, service_fn};
use zhiqing_tower::snippet::{Snippet, SnippetBody, SnippetLayer};

/// The head's part, which documents of the tests do not hold.
const HEAD: &str = "<script data-zq-base='/zq/'>'知情'</script>";
/// The body's.
const BODY: &str = "<form>知</form>";

fn snippet() -> Snippet {
    Snippet {
        head: HEAD.into(),
        body: BODY.into(),
    }
}

/// A body in chunks, and how the stream ends.
#[derive(Debug, Default)]
struct Chunks {
    chunks: VecDeque<Vec<u8>>,
    trailers: Option<HeaderMap>,
    fails: bool,
}

impl http_body::Body for Chunks {
    type Data = bytes::Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<bytes::Bytes>, &'static str>>> {
        if let Some(chunk) = self.chunks.pop_front() {
            return Poll::Ready(Some(Ok(http_body::Frame::data(chunk.into()))));
        }
        if std::mem::take(&mut self.fails) {
            return Poll::Ready(Some(Err("broken")));
        }
        let trailers = self.trailers.take();
        Poll::Ready(trailers.map(|trailers| Ok(http_body::Frame::trailers(trailers))))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        let length: usize = self.chunks.iter().map(Vec::len).sum();
        http_body::SizeHint::with_exact(length as u64)
    }
}

fn chunks<C: AsRef<[u8]>>(parts: &[C]) -> Chunks {
    Chunks {
        chunks: parts.iter().map(|part| part.as_ref().to_vec()).collect(),
        ..Chunks::default()
    }
}

/// Sends a request to a service that answers so; also what the service saw.
fn ask(
    request: Request<()>,
    response: Response<Chunks>,
) -> (HeaderMap, Response<SnippetBody<Chunks>>) {
    ask_with(snippet(), request, response)
}

fn ask_with(
    snippet: Snippet,
    request: Request<()>,
    response: Response<Chunks>,
) -> (HeaderMap, Response<SnippetBody<Chunks>>) {
    ask_under(&SnippetLayer::new(Arc::new(snippet)), request, response)
}

fn ask_under(
    layer: &SnippetLayer,
    request: Request<()>,
    response: Response<Chunks>,
) -> (HeaderMap, Response<SnippetBody<Chunks>>) {
    let mut seen = HeaderMap::new();
    let mut response = Some(response);
    let service = service_fn(|request: Request<()>| {
        seen = request.headers().clone();
        let response = response.take().expect("one request");
        std::future::ready(Ok::<_, Infallible>(response))
    });
    let response = block_on(layer.layer(service).oneshot(request)).expect("an answer");
    (seen, response)
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

/// A browser asks for a page.
fn navigation() -> Request<()> {
    let request = Request::get("/").header("sec-fetch-dest", "document");
    request.body(()).expect("a request")
}

/// A page of this `Content-Type`, as it arrives.
fn page<C: AsRef<[u8]>>(content_type: &str, parts: &[C]) -> Vec<u8> {
    let request = navigation();
    let response = Response::builder().header("content-type", content_type);
    let response = response.body(chunks(parts)).expect("a response");
    read(ask(request, response).1)
}

fn read(response: Response<SnippetBody<Chunks>>) -> Vec<u8> {
    let body = block_on(response.into_body().collect());
    body.expect("a whole body").to_bytes().to_vec()
}
