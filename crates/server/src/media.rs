//! What a submission says that it is.

use crate::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::request::Parts;

/// Content that is JSON by its headers, or 415.
///
/// Without a `Content-Type` it is taken for JSON (RFC 9110, 8.3 leaves that to the recipient). With
/// another one it is refused, whatever is in it: a type that a proxy, a log or a filter reads as
/// something else is how content gets past them. The same goes for a charset other than UTF-8
/// (RFC 8259, 8.1) and for compressed content, which would be a way to send much with little.
pub(crate) struct SentJson;

impl<S: Sync> FromRequestParts<S> for SentJson {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let headers = &parts.headers;
        if !is_plain(headers) {
            return Err(ApiError::unsupported_coding());
        }
        match is_json(headers) {
            true => Ok(Self),
            false => Err(ApiError::unsupported_media_type()),
        }
    }
}

/// Whether nothing is done to the content.
fn is_plain(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(CONTENT_ENCODING).into_iter();
    codings.all(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// Whether there is at most one content type, and it is `application/json`. JSON has no parameters;
/// those that old clients send all the same say nothing, but for another charset.
fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(CONTENT_TYPE).into_iter();
    let text = match (types.next(), types.next()) {
        (None, _) => return true,
        (Some(one), None) => one.to_str().unwrap_or_default(),
        (Some(_), Some(_)) => return false,
    };
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    essence.eq_ignore_ascii_case("application/json")
        && parts.all(|parameter| match parameter.split_once('=') {
            Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
                value.trim_matches('"').eq_ignore_ascii_case("utf-8")
            }
            _ => true,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[track_caller]
    fn json(types: &[&'static str], expected: bool) {
        let types = types.iter().copied().map(HeaderValue::from_static);
        let headers: HeaderMap = types.map(|value| (CONTENT_TYPE, value)).collect();
        assert_eq!(is_json(&headers), expected, "{headers:?}");
    }

    #[test]
    fn json_is_json_by_its_name() {
        json(&[], true);
        json(&["application/json"], true);
        json(&["Application/JSON"], true);
        json(&["application/json; charset=utf-8"], true);
        json(&["application/json;charset=\"UTF-8\""], true);
        json(&["application/json; charset=utf-16"], false);
        json(&["application/json; charset=utf-8; charset=gbk"], false);
        json(&["application/json", "application/json"], false);
        json(&["application/json, text/plain"], false);
        json(&["application/jsonp"], false);
        json(&["application/problem+json"], false);
        json(&["text/plain;charset=UTF-8"], false);
        json(&["application/x-www-form-urlencoded"], false);
        json(&["multipart/form-data; boundary=x"], false);
        json(&[""], false);
    }

    #[test]
    fn nothing_is_compressed() {
        for (coding, plain) in [("identity", true), ("gzip", false), ("", false)] {
            let value = HeaderValue::from_static(coding);
            let headers: HeaderMap = [(CONTENT_ENCODING, value)].into_iter().collect();
            assert_eq!(is_plain(&headers), plain, "{coding}");
        }
    }
}
