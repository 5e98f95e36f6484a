//! Which responses get the snippet, and what their headers say of it.

use super::charset;
use super::edition::Chosen;
use super::tag::{Suffix, is_same};
use crate::caching;
use encoding_rs::Encoding;
use http::header::{
    ACCEPT, ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE,
    ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

/// Of the request (Fetch Metadata): what the browser wants the answer for.
pub(super) const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
/// Of the request: libraries say by it that a script asks, Android's web views whose they are.
const X_REQUESTED_WITH: HeaderName = HeaderName::from_static("x-requested-with");
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
    /// The browser said what it wants the answer for.
    is_told: bool,
    is_head: bool,
    /// The answer follows from the person's decision.
    is_personal: bool,
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
    /// was kept before it had this snippet, and nobody may confirm it. A script's stay: what it keeps
    /// may be a part of a page, which never gets the snippet.
    pub(super) fn of(method: &Method, headers: &mut HeaderMap, edition: &Chosen<'_>) -> Self {
        let is_navigation = is_navigation(method, headers);
        let suffix = edition.tag.suffix(is_navigation);
        let known = suffix.take_off(headers, &IF_NONE_MATCH, is_navigation);
        suffix.take_off(headers, &IF_MATCH, false);
        if let Some(other) = edition.other {
            // What the service knows is the same page, whichever part of ours went with it.
            other
                .suffix(is_navigation)
                .take_off(headers, &IF_MATCH, false);
        }
        if is_navigation {
            headers.remove(IF_MODIFIED_SINCE);
        }
        Self {
            suffix,
            is_navigation,
            is_told: headers.contains_key(SEC_FETCH_DEST),
            is_head: method == Method::HEAD,
            is_personal: edition.is_personal,
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
                self.tell_caches(headers);
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
        self.tell_caches(headers);
        Some(Reading {
            charset,
            is_navigation: self.is_navigation,
            is_head: self.is_head,
        })
    }

    /// A script may get other bytes than a navigation, and who has decided than who has not.
    fn tell_caches(&self, headers: &mut HeaderMap) {
        caching::vary_by(headers, "Sec-Fetch-Dest");
        if !self.is_told {
            caching::vary_by(headers, "Accept");
            caching::vary_by(headers, "X-Requested-With");
        }
        if self.is_personal {
            caching::keep_private(headers);
        }
    }
}

/// Whether a browser asks for a page to show.
///
/// Old browsers do not say so, nor does any that asks without TLS. Theirs is what names both types of
/// a page and is not sent by a library: a payment service's callback, which must get the very bytes
/// that it waits for, accepts anything, and Java names `text/html` alone with whatever it asks for.
fn is_navigation(method: &Method, headers: &HeaderMap) -> bool {
    if let Some(destination) = headers.get(SEC_FETCH_DEST) {
        let destination = destination.as_bytes();
        return matches!(
            destination,
            b"document" | b"iframe" | b"frame" | b"fencedframe"
        );
    }
    matches!(*method, Method::GET | Method::HEAD | Method::POST)
        && !is_of_a_library(headers)
        && accepts(headers, b"text/html")
        && accepts(headers, b"application/xhtml+xml")
}

/// Whether a library says that a script asks. Any other value is the name of an app, which its web view
/// sends with every page.
fn is_of_a_library(headers: &HeaderMap) -> bool {
    let values = caching::list(headers.get_all(X_REQUESTED_WITH));
    let mut values = values.iter();
    values.any(|value| value.eq_ignore_ascii_case(b"XMLHttpRequest"))
}

/// Whether `Accept` names a type, in lower case; `*/*` names none.
fn accepts(headers: &HeaderMap, media_type: &[u8]) -> bool {
    let lines = headers.get_all(ACCEPT).iter();
    let mut ranges = lines.flat_map(|line| line.as_bytes().split(|&byte| byte == b','));
    ranges.any(|range| {
        let essence = range.split(|&byte| byte == b';').next();
        essence.is_some_and(|essence| essence.trim_ascii().eq_ignore_ascii_case(media_type))
    })
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
