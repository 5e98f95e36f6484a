//! Which responses get the snippet, and what their headers say of it.

use super::charset;
use super::tag::{SnippetTag, Suffix, is_same};
use crate::caching;
use encoding_rs::Encoding;
use http::header::{
    ACCEPT, ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE,
    ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

/// Of the request (Fetch Metadata): what the browser wants the answer for.
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
/// What tells of bytes that are no longer the same, or could not be asked for in parts.
const OF_THE_BYTES: [HeaderName; 7] = [
    CONTENT_LENGTH,
    HeaderName::from_static("content-md5"),
    HeaderName::from_static("digest"),
    HeaderName::from_static("content-digest"),
    HeaderName::from_static("repr-digest"),
    ACCEPT_RANGES,
    LAST_MODIFIED,
];

/// What a request tells about its answer.
#[derive(Debug)]
pub(super) struct Asked {
    suffix: Suffix,
    is_navigation: bool,
    is_head: bool,
    /// Tags of the inner service that the request knew with our suffix.
    known: Vec<Vec<u8>>,
}

/// How a document is to be read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) charset: Option<&'static Encoding>,
    pub(super) is_navigation: bool,
    /// There are headers alone.
    pub(super) is_head: bool,
}

impl Asked {
    /// Reads a request and takes our suffix off its tags, so that the inner service knows them.
    ///
    /// Where a page is asked for, tags without it are dropped, and dates: they are of a page that
    /// was kept before it had this snippet, and nobody may confirm it.
    pub(super) fn of(method: &Method, headers: &mut HeaderMap, tag: &SnippetTag) -> Self {
        let destination = headers.get(SEC_FETCH_DEST).map(HeaderValue::as_bytes);
        let is_navigation = match destination {
            Some(name) => matches!(name, b"document" | b"iframe" | b"frame" | b"fencedframe"),
            // No browser, an old one, or a page without TLS.
            None => true,
        };
        let wants_html = |value: &HeaderValue| {
            let accepted = value.as_bytes().to_ascii_lowercase();
            accepted.windows(9).any(|part| part == b"text/html")
        };
        let is_page =
            is_navigation && (destination.is_some() || headers.get(ACCEPT).is_some_and(wants_html));
        let suffix = tag.suffix(is_navigation);
        let known = suffix.take_off(headers, &IF_NONE_MATCH, is_page);
        suffix.take_off(headers, &IF_MATCH, false);
        if is_page {
            headers.remove(IF_MODIFIED_SINCE);
        }
        Self {
            suffix,
            is_navigation,
            is_head: method == Method::HEAD,
            known,
        }
    }

    /// Corrects a response's headers; how to read its body, where the snippet goes in.
    pub(super) fn answer(&self, status: StatusCode, headers: &mut HeaderMap) -> Option<Reading> {
        if status == StatusCode::NOT_MODIFIED {
            let is_ours = |tag: &HeaderValue| self.known.iter().any(|k| is_same(k, tag.as_bytes()));
            if headers.get(ETAG).is_some_and(is_ours) {
                self.suffix.put_on(headers);
                headers.remove(LAST_MODIFIED);
                vary(headers);
            }
            return None;
        }
        if !is_page(status) || !is_plain(headers) {
            return None;
        }
        let content_type = headers.get(CONTENT_TYPE)?;
        let essence = content_type.as_bytes().split(|&byte| byte == b';').next()?;
        if !essence.trim_ascii().eq_ignore_ascii_case(b"text/html") {
            return None;
        }
        let charset = charset::of_content_type(content_type);
        if charset.is_some_and(|encoding| !charset::is_readable(encoding)) {
            return None;
        }
        for name in OF_THE_BYTES {
            headers.remove(name);
        }
        self.suffix.put_on(headers);
        vary(headers);
        Some(Reading {
            charset,
            is_navigation: self.is_navigation,
            is_head: self.is_head,
        })
    }
}

/// Whether a response of this status is shown, whole.
fn is_page(status: StatusCode) -> bool {
    match status {
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::PARTIAL_CONTENT => false,
        status => status.is_success() || status.is_client_error() || status.is_server_error(),
    }
}

/// Whether the body is the page itself, neither coded nor a file to be saved.
fn is_plain(headers: &HeaderMap) -> bool {
    let is_coded = headers.get_all(CONTENT_ENCODING).iter().any(|coding| {
        !coding
            .as_bytes()
            .trim_ascii()
            .eq_ignore_ascii_case(b"identity")
    });
    let is_saved = headers.get_all(CONTENT_DISPOSITION).iter().any(|line| {
        let kind = line.as_bytes().split(|&byte| byte == b';').next();
        kind.is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case(b"attachment"))
    });
    !is_coded && !is_saved
}

/// A script may get other bytes than a navigation.
fn vary(headers: &mut HeaderMap) {
    caching::vary_by(headers, "Sec-Fetch-Dest");
}
