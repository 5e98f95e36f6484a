//! What every request passes: the check of its origin, and the headers that follow from it.
//!
//! CORS (Fetch standard) without credentials and without `*`: a page proves who it speaks for
//! with a bearer token, never with a cookie.

use crate::app::App;
use crate::origin::Caller;
use crate::problem::ApiError;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// For how long a browser may remember a preflight, in seconds: Chromium's own cap.
const MAX_AGE: &str = "7200";

/// Refuses pages of foreign origins, answers preflights, and marks every response.
///
/// A request for a particular site is checked against that site's own list again, in
/// [`App::site_for`]: a preflight does not say which site it is about, so here any will do.
pub(crate) async fn guard(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let caller = Caller::of(request.headers(), request.uri());
    let admitted = caller.is_among(app.sites().flat_map(|site| &site.origins));
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = if !admitted {
        ApiError::foreign_origin().into_response()
    } else if is_preflight(&request) {
        preflight()
    } else {
        request.extensions_mut().insert(caller);
        next.run(request).await
    };
    let headers = response.headers_mut();
    if let Some(origin) = origin.filter(|_| admitted) {
        set(
            headers,
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            "etag, retry-after",
        );
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    // Also where no origin was sent: a cache must not hand that answer to a page of another.
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, "no-store");
    }
    response
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ORIGIN)
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    set(
        headers,
        header::ACCESS_CONTROL_ALLOW_METHODS,
        "GET, HEAD, POST",
    );
    set(
        headers,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        "authorization, content-type",
    );
    set(headers, header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
