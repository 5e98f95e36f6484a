//! Requests that a proxy in front and this server could read in two ways.
//!
//! hyper refuses most of them below us: lengths that differ or are no number, folded lines, a
//! transfer coding that does not end in `chunked`; it reads by its chunks what has a length, too,
//! and closes the connection behind it (RFC 9112, 6.3). What it lets pass is here, for every request
//! of a socket, the site's own pages behind [`crate::in_front`] as well.

use crate::problem::ApiError;
use axum::extract::Request;
use axum::http::header::{CONNECTION, HOST};
use axum::http::{HeaderMap, HeaderValue, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses with 400 what is not for one host, and closes the connection after it.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    if is_for_one_host(request.version(), request.headers()) {
        return next.run(request).await;
    }
    let mut response = ApiError::ambiguous_host().into_response();
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(CONNECTION, close);
    response
}

/// Whether it is plain which host is asked (RFC 9112, 3.2).
fn is_for_one_host(version: Version, headers: &HeaderMap) -> bool {
    match headers.get_all(HOST).iter().count() {
        0 => version != Version::HTTP_11,
        1 => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(version: Version, hosts: &[&'static str], expected: bool) {
        let values = hosts.iter().copied().map(HeaderValue::from_static);
        let headers: HeaderMap = values.map(|host| (HOST, host)).collect();
        let found = is_for_one_host(version, &headers);
        assert_eq!(found, expected, "{version:?} {hosts:?}");
    }

    #[test]
    fn a_request_names_one_host() {
        case(Version::HTTP_11, &["a.example"], true);
        case(Version::HTTP_11, &["a.example", "b.example"], false);
        case(Version::HTTP_11, &["a.example", "a.example"], false);
        case(Version::HTTP_11, &[], false);
        case(Version::HTTP_10, &[], true);
        case(Version::HTTP_10, &["a.example", "b.example"], false);
    }
}
