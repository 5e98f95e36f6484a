//! Which pages may call: the server's own, the site's, and whoever is no page at all.

use crate::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// An origin (RFC 6454): scheme, host and port.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    scheme: String,
    host: String,
    port: Option<u16>,
}

/// Where a request comes from.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// No `Origin`: no script of another origin sent it.
    Direct,
    /// A page that this server serves itself.
    SameOrigin,
    /// A page of another origin.
    Cross(Origin),
    /// `null`, or nothing that is an origin.
    Opaque,
}

impl Origin {
    /// Reads `http://host`, `https://host:port` and nothing else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let (scheme, authority) = text.split_once("://")?;
        if !matches!(scheme, "http" | "https") {
            return None;
        }
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => {
                let (address, port) = rest.split_once(']')?;
                let address: Ipv6Addr = address.parse().ok()?;
                (format!("[{address}]"), port)
            }
            None => {
                let end = authority.find(':').unwrap_or(authority.len());
                (authority[..end].to_owned(), &authority[end..])
            }
        };
        let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        if host.is_empty() || !(host.starts_with('[') || host.bytes().all(is_name)) {
            return None;
        }
        let port = match port.strip_prefix(':') {
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
                Some(digits.parse().ok()?)
            }
            None if port.is_empty() => None,
            _ => return None,
        };
        Some(Self {
            scheme: scheme.to_owned(),
            host,
            port,
        })
    }

    /// Whether this origin, as written in the settings, admits `other`. A loopback origin without
    /// a port means any port: development servers pick their own.
    pub(crate) fn admits(&self, other: &Self) -> bool {
        self.scheme == other.scheme
            && self.host == other.host
            && (self.port() == other.port() || (self.port.is_none() && self.is_loopback()))
    }

    /// Whether it is reached over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.scheme == "https"
    }

    fn port(&self) -> u16 {
        let usual = if self.scheme == "https" { 443 } else { 80 };
        self.port.unwrap_or(usual)
    }

    /// Whether it is this machine itself.
    pub(crate) fn is_loopback(&self) -> bool {
        let is_v4 = |host: &str| host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback());
        self.host == "localhost"
            || self.host.ends_with(".localhost")
            || self.host == "[::1]"
            || is_v4(&self.host)
    }

    /// Whether `host`, a `Host` header, is this origin's. Its scheme cannot be known: TLS often
    /// ends at a proxy.
    fn is_at(&self, host: &str) -> bool {
        Self::parse(&format!("{}://{host}", self.scheme))
            .is_some_and(|own| own.host == self.host && own.port() == self.port())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

impl Caller {
    /// The caller of a request.
    pub(crate) fn of(headers: &HeaderMap, uri: &Uri) -> Self {
        let mut origins = headers.get_all(header::ORIGIN).into_iter();
        let Some(origin) = origins.next() else {
            return Self::Direct;
        };
        match (origin.to_str(), origins.next()) {
            (Ok(origin), None) => Self::from(origin, headers, uri),
            _ => Self::Opaque,
        }
    }

    /// The caller whose origin is told, by whatever header, as `origin`.
    pub(crate) fn from(origin: &str, headers: &HeaderMap, uri: &Uri) -> Self {
        let Some(origin) = Origin::parse(origin) else {
            return Self::Opaque;
        };
        let host = headers.get(header::HOST).and_then(|h| h.to_str().ok());
        let host = host.or_else(|| uri.authority().map(Authority::as_str));
        match host.is_some_and(|host| origin.is_at(host)) {
            true => Self::SameOrigin,
            false => Self::Cross(origin),
        }
    }

    /// Whether one of `origins` admits the caller.
    pub(crate) fn is_among<'a>(&self, origins: impl IntoIterator<Item = &'a Origin>) -> bool {
        match self {
            Self::Direct | Self::SameOrigin => true,
            Self::Cross(origin) => origins.into_iter().any(|listed| listed.admits(origin)),
            Self::Opaque => false,
        }
    }
}

/// Put into the request by [`crate::cors::guard`], which every request passes.
impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(ApiError::foreign_origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[track_caller]
    fn admits(listed: &str, other: &str, expected: bool) {
        let listed = Origin::parse(listed).expect("an origin");
        let other = Origin::parse(other).expect("an origin");
        assert_eq!(listed.admits(&other), expected);
    }

    #[test]
    fn a_listed_origin_admits_itself_and_a_loopback_any_port() {
        admits("https://a.example", "https://a.example", true);
        admits("https://a.example", "https://A.example:443", true);
        admits("https://a.example", "http://a.example", false);
        admits("https://a.example", "https://a.example:8443", false);
        admits("https://a.example", "https://b.a.example", false);
        admits("http://localhost", "http://localhost:5173", true);
        admits("http://localhost", "https://localhost:5173", false);
        admits("http://localhost:80", "http://localhost:5173", false);
        admits("http://localhost", "http://localhost.evil.example", false);
        admits("http://127.0.0.1", "http://127.0.0.1:9", true);
        admits("http://127.0.0.1", "http://127.0.0.1.evil.example", false);
        admits("http://[::1]", "http://[::1]:9", true);
        admits("http://[::1]:9", "http://[0:0:0:0:0:0:0:1]:9", true);
    }

    #[test]
    fn what_is_no_origin_does_not_pass() {
        for text in [
            "",
            "null",
            "a.example",
            "https://",
            "https://a.example/",
            "https://a.example:",
            "https://a.example:+1",
            "https://a.example:70000",
            "https://u@a.example",
            "https://a example",
            "https://*",
            "http://[::1",
            "http://[::1]x",
            "file://a",
        ] {
            assert!(Origin::parse(text).is_none(), "{text}");
        }
    }

    #[track_caller]
    fn same(origin: &str, host: &str, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, HeaderValue::from_str(origin).expect("text"));
        headers.insert(header::HOST, HeaderValue::from_str(host).expect("text"));
        let caller = Caller::of(&headers, &Uri::from_static("/"));
        assert_eq!(matches!(caller, Caller::SameOrigin), expected);
    }

    #[test]
    fn the_servers_own_pages_are_of_the_same_origin() {
        same("http://127.0.0.1:8080", "127.0.0.1:8080", true);
        same("https://a.example", "a.example", true);
        same("https://a.example", "a.example:443", true);
        same("https://a.example", "a.example:8443", false);
        same("http://127.0.0.1:8081", "127.0.0.1:8080", false);
        same("http://127.0.0.1:8080", "localhost:8080", false);
        same("null", "a.example", false);
    }
}
