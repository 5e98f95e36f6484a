//! A site's own server behind this one: what is not ours is fetched from there, gets the snippet,
//! and has the decision enforced on its cookies. So a site of any language asks for consent
//! without a change to its code.
//!
//! The straight line: [`in_front`] tells by the path whose a request is; [`forward`] writes the
//! request as the upstream gets it; [`exchange`] sends it and waits, but not for ever; the layers of
//! `zhiqing_tower` do the rest. Nothing of the API's own rules holds for the site's pages: neither
//! its check of origins nor its limits of size.
//!
//! Not there: TLS to the upstream, which belongs on this machine or behind the same wall, and
//! WebSockets, which are answered with 501.

mod exchange;
mod forward;

use crate::problem::ApiError;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use exchange::Exchange;
use std::convert::Infallible;
use std::str::FromStr;
use std::sync::Arc;
use tower::{Layer, ServiceExt, service_fn};
use zhiqing_consent::Notice;
use zhiqing_tower::ConsentLayer;
use zhiqing_tower::snippet::{Snippet, SnippetLayer};

/// The address of a site's own server: `http://HOST` or `http://HOST:PORT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    authority: Authority,
}

/// Why an address is none of an upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpstreamError {
    /// It cannot be read.
    #[error("it is no address; write http://HOST:PORT")]
    Unreadable,
    /// It is to be asked over TLS.
    #[error(
        "the upstream is asked over plain http alone; give the http:// address that it has behind its \
         TLS, on this machine or in its own network"
    )]
    Tls,
    /// Its port is none.
    #[error("its port must be a number from 1 to 65535; write http://HOST:PORT")]
    Port,
    /// There is more than host and port.
    #[error("paths are passed on as they are; write http://HOST:PORT and nothing behind it")]
    Path,
}

impl FromStr for Upstream {
    type Err = UpstreamError;

    /// ```
    /// use zhiqing_server::{Upstream, UpstreamError};
    /// assert!("http://127.0.0.1:8080".parse::<Upstream>().is_ok());
    /// let refused = "https://shop.example".parse::<Upstream>();
    /// assert_eq!(refused, Err(UpstreamError::Tls));
    /// ```
    fn from_str(text: &str) -> Result<Self, UpstreamError> {
        let uri: Uri = text.parse().map_err(|_| UpstreamError::Unreadable)?;
        if uri.scheme() == Some(&Scheme::HTTPS) {
            return Err(UpstreamError::Tls);
        }
        let authority = match uri.authority() {
            Some(authority) if uri.scheme() == Some(&Scheme::HTTP) => authority.clone(),
            _ => return Err(UpstreamError::Unreadable),
        };
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(UpstreamError::Unreadable);
        }
        let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
        let port = authority.as_str().strip_prefix(authority.host());
        let port = port.and_then(|rest| rest.strip_prefix(':'));
        if port.is_some_and(|port| !is_port(port)) {
            return Err(UpstreamError::Port);
        }
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(UpstreamError::Path);
        }
        Ok(Self { authority })
    }
}

/// What is put in front of an upstream.
#[derive(Clone, Debug)]
pub struct Front {
    /// The site's own server.
    pub upstream: Upstream,
    /// Whose decisions are enforced on the upstream's cookies.
    pub notice: Notice,
    /// Comes first into the `<head>` of each page: the built snippet.
    pub head: String,
    /// Comes first into the `<body>`, for people without scripts who have not decided. May be empty.
    pub body: String,
    /// The ids of all sites that are hosted here: their files are not the upstream's.
    pub sites: Vec<String>,
}

/// The API and the sites' files where they are, and the upstream everywhere else.
pub fn in_front(ours: Router, front: Front) -> Router {
    let notice = Arc::new(front.notice);
    let snippet = SnippetLayer::new(Arc::new(Snippet {
        head: front.head,
        body: front.body,
    }));
    let snippet = snippet.asking_once(Arc::clone(&notice));
    let consent = ConsentLayer::new(notice);
    let exchange = Arc::new(Exchange::with(front.upstream.authority));
    let theirs = Arc::new(Theirs {
        snippet,
        consent,
        exchange,
        sites: front.sites,
    });
    ours.layer(middleware::from_fn_with_state(theirs, divide))
}

struct Theirs {
    snippet: SnippetLayer,
    consent: ConsentLayer,
    exchange: Arc<Exchange>,
    sites: Vec<String>,
}

async fn divide(State(theirs): State<Arc<Theirs>>, request: Request, next: Next) -> Response {
    if is_ours(request.uri().path(), &theirs.sites) {
        return next.run(request).await;
    }
    let exchange = Arc::clone(&theirs.exchange);
    let fetch = service_fn(move |request| {
        let exchange = Arc::clone(&exchange);
        async move { Ok::<_, Infallible>(fetch(&exchange, request).await) }
    });
    let fetch = theirs.consent.layer(theirs.snippet.layer(fetch));
    match fetch.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

/// Whether an address is this server's own. All others are the upstream's, which may have a `/admin`
/// or a `/v1` of its own: what the router gets later is to be named here, no folder in advance.
fn is_ours(path: &str, sites: &[String]) -> bool {
    const PLACES: [&str; 4] = ["/v1/consents", "/v1/form", "/healthz", "/readyz"];
    const FOLDERS: [&str; 3] = ["/v1/consents/", "/v1/policies/", "/v1/sites/"];
    let is_of_a_site = || {
        let hosted = path.strip_prefix("/sites/")?.split_once('/')?.0;
        Some(sites.iter().any(|site| site == hosted))
    };
    PLACES.contains(&path)
        || FOLDERS.iter().any(|folder| path.starts_with(folder))
        || is_of_a_site().unwrap_or(false)
}

async fn fetch(exchange: &Exchange, request: Request) -> Response {
    let answer = match forward::request(request, exchange.authority()) {
        Ok(request) => exchange.send(request).await,
        Err(refused) => Err(refused),
    };
    answer.map_or_else(refusal, forward::response)
}

/// A problem of ours in the upstream's place: what was wrong once need not be wrong again.
fn refusal(error: ApiError) -> Response {
    let mut response = error.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: Result<&str, UpstreamError>) {
        let found = text.parse::<Upstream>().map(|u| u.authority.to_string());
        assert_eq!(found, expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn an_upstream_is_a_host_of_plain_http() {
        case("http://127.0.0.1:8080", Ok("127.0.0.1:8080"));
        case("http://shop.internal/", Ok("shop.internal"));
        case("http://[::1]:80", Ok("[::1]:80"));
        case("https://shop.example", Err(UpstreamError::Tls));
        for text in [
            "",
            "shop",
            "127.0.0.1:80",
            "ftp://a",
            "http://",
            "http://u@a",
            "http://a b",
        ] {
            case(text, Err(UpstreamError::Unreadable));
        }
        for text in [
            "http://127.0.0.1:80800",
            "http://127.0.0.1:http",
            "http://127.0.0.1:",
            "http://127.0.0.1:0",
            "http://[::1]:65536",
            "http://[::1]:/",
        ] {
            case(text, Err(UpstreamError::Port));
        }
        for text in ["http://a/b", "http://a?b", "http://a//"] {
            case(text, Err(UpstreamError::Path));
        }
    }

    #[test]
    fn what_is_ours_is_told_by_the_path() {
        let sites = ["demo".to_owned(), "shop".to_owned()];
        for path in [
            "/v1/consents",
            "/v1/consents/x",
            "/v1/form",
            "/v1/policies/demo/2026.11",
            "/v1/sites/demo/notice",
            "/sites/demo/",
            "/sites/demo/zhiqing.js",
            "/sites/shop/policy/2026.11.json",
            "/healthz",
            "/readyz",
        ] {
            assert!(is_ours(path, &sites), "{path}");
        }
        for path in [
            "/",
            "*",
            "/v1",
            "/v1/",
            "/v1/orders",
            "/v1/consentsx",
            "/v1/form/",
            "/v1/formula",
            "/v1/policies",
            "/v1/sites",
            "/v10/sites/",
            "/%761/form",
            "/sites",
            "/sites/",
            "/sites/demo",
            "/sites/other/",
            "/sites/other/zhiqing.js",
            "/sites/demo2/",
            "/sites//",
            "/admin",
            "/admin/x",
            "/metrics",
            "/openapi.json",
            "/.well-known/gpc.json",
            "/healthz/",
            "/readyz2",
        ] {
            assert!(!is_ours(path, &sites), "{path}");
        }
    }
}
