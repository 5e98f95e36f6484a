//! Entity tags of pages with the snippet: the inner service's, with a suffix drawn from it.

use super::Snippet;
use crate::caching::{list, replace};
use http::header::ETAG;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use zhiqing_consent::digest;

/// Digits of the snippet's digest in a tag: two of one site's builds must differ, no more.
const DIGITS: usize = 16;

/// The suffix of one snippet.
#[derive(Clone, Debug)]
pub(super) struct SnippetTag {
    of_page: Arc<[u8]>,
    of_part: Arc<[u8]>,
}

impl SnippetTag {
    pub(super) fn of(snippet: &Snippet) -> Self {
        // The null keeps what moves from one to the other from being the same.
        let both = format!("{}\0{}", snippet.head, snippet.body);
        let digest = digest::of_bytes(both.as_bytes());
        let digits = &digest["sha256:".len()..][..DIGITS];
        Self {
            of_page: format!("-zq{digits}").into_bytes().into(),
            of_part: format!("-zqp{digits}").into_bytes().into(),
        }
    }

    /// Of an answer to a navigation, or of one to a script: they may differ.
    pub(super) fn suffix(&self, is_navigation: bool) -> Suffix {
        Suffix(match is_navigation {
            true => Arc::clone(&self.of_page),
            false => Arc::clone(&self.of_part),
        })
    }
}

/// What one answer's tag ends with.
#[derive(Debug)]
pub(super) struct Suffix(Arc<[u8]>);

impl Suffix {
    /// Puts the suffix on the response's tag. A tag that is none is taken away.
    pub(super) fn put_on(&self, headers: &mut HeaderMap) {
        let Some(tag) = headers.remove(ETAG) else {
            return;
        };
        let Some(open) = tag.as_bytes().strip_suffix(b"\"") else {
            return;
        };
        let tag = [open, &self.0, b"\""].concat();
        if let Ok(tag) = HeaderValue::from_bytes(&tag) {
            headers.insert(ETAG, tag);
        }
    }

    /// Takes the suffix off the tags in a request's header; those that had it, as the inner service
    /// knows them. `only_ours`: tags without it are dropped.
    pub(super) fn take_off(
        &self,
        headers: &mut HeaderMap,
        name: &HeaderName,
        only_ours: bool,
    ) -> Vec<Vec<u8>> {
        let mut known = Vec::new();
        let mut tags = Vec::new();
        for tag in list(headers.get_all(name)) {
            let end = [&self.0, &b"\""[..]].concat();
            if let Some(open) = tag.strip_suffix(end.as_slice()) {
                let inner = [open, b"\""].concat();
                known.push(inner.clone());
                tags.push(inner);
            } else if !only_ours || tag == b"*" {
                tags.push(tag);
            }
        }
        match tags.is_empty() {
            true => {
                headers.remove(name);
            }
            false => replace(headers, name.clone(), &tags),
        }
        known
    }
}

/// Whether two tags name the same, be it weakly (RFC 9110, 8.8.3.2).
pub(super) fn is_same(one: &[u8], other: &[u8]) -> bool {
    let opaque = |tag: &[u8]| tag.strip_prefix(b"W/").unwrap_or(tag).to_owned();
    opaque(one) == opaque(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::IF_NONE_MATCH;

    fn suffix(head: &str, is_navigation: bool) -> Suffix {
        let snippet = Snippet {
            head: head.into(),
            body: String::new(),
        };
        SnippetTag::of(&snippet).suffix(is_navigation)
    }

    #[track_caller]
    fn put(tag: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(ETAG, HeaderValue::from_str(tag).expect("a header"));
        suffix("a", true).put_on(&mut headers);
        let tag = headers.get(ETAG)?;
        Some(tag.to_str().expect("text").to_owned())
    }

    #[test]
    fn the_suffix_stands_inside_of_the_quotes() {
        let strong = put("\"1\"").expect("a tag");
        assert!(strong.starts_with("\"1-zq") && strong.ends_with('"'));
        assert_eq!(put("W/\"1\""), Some(format!("W/{strong}")));
        assert_eq!(put("1"), None);
    }

    #[test]
    fn another_snippet_and_another_kind_of_answer_make_another_suffix() {
        assert_ne!(suffix("a", true).0, suffix("b", true).0);
        assert_ne!(suffix("a", true).0, suffix("a", false).0);
        let moved = Snippet {
            head: String::new(),
            body: "a".into(),
        };
        assert_ne!(suffix("a", true).0, SnippetTag::of(&moved).suffix(true).0);
    }

    #[track_caller]
    fn take(line: &str, only_ours: bool, expected: &str, known: &[&str]) {
        let ours = suffix("a", true);
        let text = String::from_utf8_lossy(&ours.0).into_owned();
        let mut headers = HeaderMap::new();
        let line = line.replace("OURS", &text);
        headers.insert(IF_NONE_MATCH, HeaderValue::from_str(&line).expect("text"));
        let found = ours.take_off(&mut headers, &IF_NONE_MATCH, only_ours);
        let found: Vec<_> = found
            .iter()
            .map(|tag| String::from_utf8_lossy(tag))
            .collect();
        assert_eq!(found, known, "{line}");
        let rest = headers
            .get(IF_NONE_MATCH)
            .map(|v| v.to_str().expect("text"));
        assert_eq!(rest.unwrap_or_default(), expected, "{line}");
    }

    #[test]
    fn the_inner_service_sees_its_own_tags() {
        take("\"1OURS\"", false, "\"1\"", &["\"1\""]);
        take(
            "W/\"1OURS\", \"2\", \"a,bOURS\"",
            false,
            "W/\"1\", \"2\", \"a,b\"",
            &["W/\"1\"", "\"a,b\""],
        );
        take("\"1\", \"2-zq00\"", false, "\"1\", \"2-zq00\"", &[]);
        take("\"1\", \"2OURS\"", true, "\"2\"", &["\"2\""]);
        take("\"1\"", true, "", &[]);
        take("*", true, "*", &[]);
    }
}
