//! Who decides, without a script to say so: a secret in a cookie that no script can read.
//!
//! It is made at the first decision and never by looking (rule 8); only the form gets to see it. Whoever
//! can write cookies of this host can put a secret of their own there, and then holds the history that
//! begins with it. The prefix `__Host-` would stop that, and would send the secret with every request of
//! the host, to the site's own server, too.

use crate::origin::Origin;
use axum::http::{HeaderMap, Uri, header};
use zhiqing_consent::{Decision, Notice, Secret, cookie};

/// Name of the cookie with the secret, base64url.
const KEY: &str = "zq-key";

/// The secret that a request brings.
pub(crate) fn secret(headers: &HeaderMap) -> Option<Secret> {
    let lines = cookies(headers);
    let mut values = lines.iter().flat_map(|line| cookie::named(line, KEY));
    values.find_map(Secret::from_bearer)
}

/// The decision that a request brings.
pub(crate) fn decision(notice: &Notice, headers: &HeaderMap, now: u64) -> Option<Decision> {
    let lines = cookies(headers);
    let values = lines
        .iter()
        .flat_map(|line| cookie::named(line, cookie::NAME));
    cookie::latest(notice, values, now)
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::COOKIE).into_iter();
    lines
        .map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned())
        .collect()
}

/// What sets the secret: for the form alone, wherever a proxy put the API (`report`, the notice's base).
pub(crate) fn line(secret: &Secret, report: &str, secure: bool) -> String {
    // https://host/v1 → /v1
    let base = match report.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => report,
    };
    let secure = if secure { "; Secure" } else { "" };
    format!(
        "{KEY}={}; Path={}/form; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
        secret.bearer(),
        base.trim_end_matches('/'),
        cookie::MAX_AGE,
    )
}

/// Whether the form was reached over TLS, which often ends before this server: the page that sent it
/// tells by its origin; where it does not, only loopback is taken to be plain.
pub(crate) fn is_secure(headers: &HeaderMap, uri: &Uri) -> bool {
    if let Some(Ok(origin)) = headers.get(header::ORIGIN).map(|value| value.to_str())
        && let Some(origin) = Origin::parse(origin)
    {
        return origin.is_secure();
    }
    if let Some(Ok(referer)) = headers.get(header::REFERER).map(|value| value.to_str()) {
        return referer.starts_with("https://");
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = host.or_else(|| uri.host()).unwrap_or_default();
    !Origin::parse(&format!("http://{host}")).is_some_and(|origin| origin.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_secret_is_for_the_form_alone() {
        let secret = Secret::new([7; 32]);
        let case = |report, path: &str| {
            let line = line(&secret, report, true);
            let expected = format!(
                "zq-key={}; Path={path}; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure",
                secret.bearer()
            );
            assert_eq!(line, expected, "{report}");
        };
        case("/v1", "/v1/form");
        case("https://api.example/consent/v1/", "/consent/v1/form");
        case("https://api.example", "/form");
    }

    #[test]
    fn a_secret_that_is_none_is_passed_over() {
        let good = Secret::new([7; 32]);
        let mut headers = HeaderMap::new();
        assert_eq!(secret(&headers), None);
        let line = format!("zq-key=; a=b; zq-key=x; zq-key={}", good.bearer());
        headers.insert(header::COOKIE, HeaderValue::from_str(&line).expect("text"));
        assert_eq!(secret(&headers), Some(good));
    }

    #[test]
    fn cookies_are_for_tls_unless_it_is_plain() {
        #[track_caller]
        fn case(headers: &[(header::HeaderName, &'static str)], expected: bool) {
            let headers = headers.iter().cloned();
            let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
            let headers: HeaderMap = headers.collect();
            let found = is_secure(&headers, &Uri::from_static("/v1/form"));
            assert_eq!(found, expected, "{headers:?}");
        }
        use header::{HOST, ORIGIN, REFERER};
        case(&[(ORIGIN, "https://a.example")], true);
        case(&[(ORIGIN, "http://a.example")], false);
        case(&[(ORIGIN, "null"), (REFERER, "https://a.example/")], true);
        case(&[(REFERER, "http://a.example/")], false);
        case(&[(HOST, "a.example")], true);
        case(&[(HOST, "127.0.0.1:8020")], false);
        case(&[(HOST, "localhost")], false);
        case(&[], true);
    }
}
