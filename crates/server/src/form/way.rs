//! Where the person came from and goes back to: never to another site (no open redirect).

use super::fields::Fields;
use super::sender::Sender;
use crate::origin::Origin;
use axum::http::{HeaderMap, Uri};
use std::fmt::Write;

/// How long an address may be in a header and a link; a longer one goes without its query.
const LONGEST: usize = 2048;

/// A page of the site: its path, and its origin where that is another than the form's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) origin: Option<String>,
    pub(crate) back: Option<String>,
    /// Whether the form itself named it: it is gone to at once, not by a link.
    pub(crate) is_named: bool,
}

impl Way {
    /// By the fields `back` and `from`; without `back` by the `Referer`, where that is a page of the
    /// site and not the form itself. What is no good is as if it were not there.
    pub(crate) fn of(fields: &Fields, headers: &HeaderMap, uri: &Uri, listed: &[Origin]) -> Self {
        if let Some(back) = fields.first("back").and_then(path) {
            let from = fields.first("from").and_then(Origin::parse);
            let from = from.filter(|from| listed.iter().any(|one| one.admits(from)));
            return Self {
                origin: from.map(|origin| origin.to_string()),
                back: Some(back),
                is_named: true,
            };
        }
        let Some((page, back)) = Sender::refering(headers, uri, listed) else {
            return Self::default();
        };
        // A proxy may have put the API below a path of its own.
        let whole = back.split(['?', '#']).next();
        let is_form = whole.is_some_and(|whole| whole.ends_with(uri.path()));
        match page {
            Sender::Own if is_form => Self::default(),
            Sender::Own => Self {
                back: path(back),
                ..Self::default()
            },
            Sender::Listed(origin) => Self {
                origin: Some(origin.to_string()),
                back: path(back),
                is_named: false,
            },
        }
    }

    /// The same, of a form that this page sent.
    pub(crate) fn sent_by(self, sender: &Sender) -> Self {
        match sender {
            Sender::Listed(origin) => Self {
                origin: Some(origin.to_string()),
                ..self
            },
            Sender::Own => self,
        }
    }

    pub(crate) fn as_view(&self) -> zhiqing_view::Way<'_> {
        zhiqing_view::Way {
            origin: self.origin.as_deref(),
            back: self.back.as_deref(),
        }
    }

    /// The address of the page, if there is one.
    pub(crate) fn address(&self) -> Option<String> {
        let back = self.back.as_deref()?;
        Some([self.origin.as_deref().unwrap_or_default(), back].concat())
    }
}

/// A path with its query, as it may stand in a header: one `/` in front, and nothing that a browser or a
/// proxy could read as another host, also once it was decoded. What is not ASCII is encoded.
fn path(text: &str) -> Option<String> {
    let whole = text.split(['?', '#']).next().unwrap_or_default();
    let text = if text.len() > LONGEST { whole } else { text };
    let decoded = decoded(whole);
    let is_odd = |byte: &u8| byte.is_ascii_control() || *byte == b'\\';
    let has_host = |path: &[u8]| path.windows(2).any(|two| two == b"//");
    if text.len() > LONGEST
        || !text.starts_with('/')
        || text.bytes().any(|byte| is_odd(&byte))
        || decoded.iter().any(is_odd)
        || has_host(whole.as_bytes())
        || has_host(&decoded)
    {
        return None;
    }
    let mut path = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
    Some(path)
}

/// The bytes of a path once its percent-encoding is undone.
fn decoded(path: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let pair = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let pair = pair.filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (first, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: Option<&str>) {
        assert_eq!(path(text).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn a_path_of_the_page_passes() {
        case("/", Some("/"));
        case("/list?a=1&b=2#c", Some("/list?a=1&b=2#c"));
        case(
            "/go?url=https://b.example//x",
            Some("/go?url=https://b.example//x"),
        );
        case("/a/../b", Some("/a/../b"));
        case("/路 1", Some("/%E8%B7%AF%201"));
        case("/100%", Some("/100%"));
        case("/@evil.example", Some("/@evil.example"));
        let query = "a".repeat(LONGEST);
        case(&format!("/list?{query}"), Some("/list"));
        case(&format!("/list#{query}"), Some("/list"));
    }

    #[test]
    fn what_could_lead_elsewhere_does_not() {
        for text in [
            "",
            "list",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            " //evil.example",
            "/\n/evil.example",
            "/\r\nSet-Cookie: a=1",
            "/%0d%0aSet-Cookie:%20a=1",
            "/%09/evil.example",
            "/%2Fevil.example",
            "/%2f%2fevil.example",
            "/%5Cevil.example",
            "/a/../..//evil.example",
            "/.//evil.example",
            "/a?b\\c",
            "https:evil.example",
            "https://evil.example",
            "HTTPS:/evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "?a",
            "#a",
            "\u{feff}/a",
            "/\0",
            "/\u{7f}",
        ] {
            case(text, None);
        }
        let long = "a".repeat(LONGEST);
        case(&format!("/{long}"), None);
        case(&format!("/{long}?a"), None);
        case(&format!("//evil.example?{long}"), None);
    }
}
