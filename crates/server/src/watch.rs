//! What is told of each request, in metrics and in the log: nothing of it that names a person. A path may hold a
//! subject, so the route is told as it is written in `routes`; no header, no address, no body is.

use crate::app::App;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

/// Counts a request, and tells it to whoever listens at the level `debug`.
pub(crate) async fn request(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = matched.as_ref().map_or("none", MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.metrics.request(&method, route, status, took);
    tracing::debug!(%method, route, status, micros = took.as_micros(), "answered");
    response
}
