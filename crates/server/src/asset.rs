//! What does not change while the server runs: notice, policies, key, files and page.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use zhiqing_consent::digest;

/// Bytes with their type and a tag that depends on them alone, so that it identifies nobody.
pub(crate) struct Asset {
    bytes: Bytes,
    content_type: HeaderValue,
    etag: HeaderValue,
}

impl Asset {
    /// An asset whose tag is the digest of its bytes; `None` if it could not be a header.
    pub(crate) fn new(bytes: Vec<u8>, content_type: &'static str) -> Option<Self> {
        let tag = digest::of_bytes(&bytes);
        Self::tagged(bytes, content_type, &tag)
    }

    /// An asset with a digest of its own; `None` if it could not be a header.
    pub(crate) fn tagged(bytes: Vec<u8>, content_type: &'static str, tag: &str) -> Option<Self> {
        Some(Self {
            bytes: bytes.into(),
            content_type: HeaderValue::from_str(content_type).ok()?,
            etag: HeaderValue::from_str(&format!("\"{tag}\"")).ok()?,
        })
    }

    /// The bytes themselves.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The asset, or 304 if the client has it already (RFC 9110, 13.1.2).
    ///
    /// `no-cache`: kept by the client, but asked about each time, so that a new notice is seen at
    /// once.
    pub(crate) fn answer(&self, request: &HeaderMap) -> Response {
        let is_known = request
            .get_all(header::IF_NONE_MATCH)
            .into_iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == "*" || tag.as_bytes() == self.etag.as_bytes());
        let mut response = match is_known {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => Body::from(self.bytes.clone()).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if !is_known {
            headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        }
        response
    }
}
