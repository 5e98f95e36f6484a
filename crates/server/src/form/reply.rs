//! The pages that the form answers with, and the headers that all of them have.

use crate::entry::sha256;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64ct::{Base64, Encoding};
use std::sync::LazyLock;
use zhiqing_consent::{Notice, digest};
use zhiqing_view::{FormFault, Html, form_fault, style};

/// Nothing is loaded, nothing runs, nobody frames it, and it sends to itself alone.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = sha256(&digest::of_bytes(style::FORM_PAGE.as_bytes()));
    let hash = Base64::encode_string(&hash.unwrap_or_default());
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    // Cannot fail: it is ASCII. Were it to, the page would be without its style.
    let bare = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    HeaderValue::try_from(policy).unwrap_or(bare)
});

/// A page.
pub(crate) fn page(status: StatusCode, html: Html) -> Response {
    let mut response = (status, Body::from(html.into_string())).into_response();
    let headers = response.headers_mut();
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, html);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    guarded(response)
}

/// Elsewhere, after a form was taken: 303, so that loading again sends nothing again.
pub(crate) fn see(address: &str, cookies: [String; 2]) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Ok(address) = HeaderValue::from_str(address) {
        headers.insert(header::LOCATION, address);
    }
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    guarded(response)
}

/// The page of a fault.
pub(crate) fn fault(notice: &Notice, status: StatusCode, fault: FormFault<'_>) -> Response {
    page(status, form_fault(notice, fault))
}

fn guarded(mut response: Response) -> Response {
    const HEADERS: [(HeaderName, HeaderValue); 4] = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    ];
    response.headers_mut().extend(HEADERS);
    response
}
