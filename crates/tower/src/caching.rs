//! Headers that keep one person's response from another.

use http::header::{CACHE_CONTROL, GetAll, VARY};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Says that the response depends on the cookies of the request and belongs to one person, and says
/// nothing else to one cache in particular.
pub(crate) fn keep_private(headers: &mut HeaderMap) {
    vary_by(headers, "Cookie");
    let targeted: Vec<HeaderName> = headers.keys().filter(is_targeted).cloned().collect();
    for name in targeted {
        headers.remove(name);
    }
    let directives = list(headers.get_all(CACHE_CONTROL));
    let says = |name: &str| {
        directives
            .iter()
            .any(|d| d.eq_ignore_ascii_case(name.as_bytes()))
    };
    if says("private") || says("no-store") {
        return;
    }
    // `private="set-cookie"` keeps back a field alone, so it gives way to the whole.
    let mut private = vec![b"private".to_vec()];
    private.extend(
        directives
            .into_iter()
            .filter(|directive| !is_for_shared_caches(directive)),
    );
    replace(headers, CACHE_CONTROL, &private);
}

/// Whether a header speaks to the caches of one kind or one vendor, for which it counts more than
/// `Cache-Control` (RFC 9213; before it Edge Architecture's and nginx's own).
fn is_targeted(name: &&HeaderName) -> bool {
    let name = name.as_str();
    name.ends_with("-cache-control") || matches!(name, "surrogate-control" | "x-accel-expires")
}

fn is_for_shared_caches(directive: &[u8]) -> bool {
    let name = directive
        .split(|&byte| byte == b'=')
        .next()
        .unwrap_or_default();
    [&b"public"[..], b"private", b"s-maxage", b"proxy-revalidate"]
        .iter()
        .any(|shared| name.trim_ascii().eq_ignore_ascii_case(shared))
}

/// Says that the response depends on this header of the request.
pub(crate) fn vary_by(headers: &mut HeaderMap, request_header: &str) {
    let mut names = list(headers.get_all(VARY));
    if names
        .iter()
        .any(|name| name == b"*" || name.eq_ignore_ascii_case(request_header.as_bytes()))
    {
        return;
    }
    names.push(request_header.into());
    replace(headers, VARY, &names);
}

/// The items of a list header over all its lines; a comma in quotes parts nothing.
pub(crate) fn list(lines: GetAll<'_, HeaderValue>) -> Vec<Vec<u8>> {
    let mut items = Vec::new();
    for line in lines {
        let (mut quoted, mut escaped) = (false, false);
        let parts = line.as_bytes().split(|&byte| {
            let parts = byte == b',' && !quoted;
            if byte == b'"' && !escaped {
                quoted = !quoted;
            }
            escaped = quoted && byte == b'\\' && !escaped;
            parts
        });
        items.extend(
            parts
                .map(<[u8]>::trim_ascii)
                .filter(|item| !item.is_empty())
                .map(<[u8]>::to_vec),
        );
    }
    items
}

/// Puts a list header in place of what was there.
pub(crate) fn replace(headers: &mut HeaderMap, name: HeaderName, items: &[Vec<u8>]) {
    // The items came out of headers, so they can stand in one.
    if let Ok(value) = HeaderValue::from_bytes(&items.join(&b", "[..])) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(name: &HeaderName, before: &[&str], after: &[&str]) {
        let mut headers = HeaderMap::new();
        for line in before {
            headers.append(
                name,
                HeaderValue::from_bytes(line.as_bytes()).expect("a header"),
            );
        }
        keep_private(&mut headers);
        let found: Vec<String> = headers
            .get_all(name)
            .iter()
            .map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned())
            .collect();
        assert_eq!(found, after, "{before:?}");
    }

    #[test]
    fn vary_names_the_cookie_once() {
        let case = |before: &[&str], after: &[&str]| case(&VARY, before, after);
        case(&[], &["Cookie"]);
        case(&["Accept-Encoding"], &["Accept-Encoding, Cookie"]);
        case(
            &["Origin", "Accept, Accept-Language"],
            &["Origin, Accept, Accept-Language, Cookie"],
        );
        case(&["accept, COOKIE"], &["accept, COOKIE"]);
        case(&["Accept", "cookie"], &["Accept", "cookie"]);
        case(&["*"], &["*"]);
        case(&[""], &["Cookie"]);
        case(&["X-Cookie"], &["X-Cookie, Cookie"]);
        case(&["é"], &["é, Cookie"]);
    }

    #[test]
    fn a_shared_response_becomes_private_and_stays_as_fresh_as_it_was() {
        let case = |before: &[&str], after: &[&str]| case(&CACHE_CONTROL, before, after);
        case(&[], &["private"]);
        case(&["public, max-age=600"], &["private, max-age=600"]);
        case(&["max-age=600", "s-maxage=9000"], &["private, max-age=600"]);
        case(
            &["PUBLIC, S-MaxAge = 1, must-revalidate"],
            &["private, must-revalidate"],
        );
        case(&["no-cache"], &["private, no-cache"]);
        case(&["proxy-revalidate,immutable"], &["private, immutable"]);
        case(
            &["no-cache=\"a, public\", public"],
            &["private, no-cache=\"a, public\""],
        );
        case(
            &["private=\"set-cookie\", max-age=1"],
            &["private, max-age=1"],
        );
        case(&["x=\"a\\\", public\""], &["private, x=\"a\\\", public\""]);
        case(&["é"], &["private, é"]);
    }

    #[test]
    fn no_cache_is_told_otherwise() {
        for control in ["max-age=600", "private", "no-store"] {
            let mut headers = HeaderMap::new();
            headers.insert(CACHE_CONTROL, HeaderValue::from_static(control));
            for name in [
                "cdn-cache-control",
                "cloudflare-cdn-cache-control",
                "surrogate-control",
                "x-accel-expires",
            ] {
                headers.append(name, HeaderValue::from_static("max-age=9"));
                headers.append(name, HeaderValue::from_static("max-age=8"));
            }
            headers.insert("expires", HeaderValue::from_static("0"));
            keep_private(&mut headers);
            let mut names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
            names.sort_unstable();
            assert_eq!(names, ["cache-control", "expires", "vary"], "{control}");
        }
    }

    #[test]
    fn what_no_shared_cache_keeps_is_left_as_it_is() {
        let case = |lines: &[&str]| case(&CACHE_CONTROL, lines, lines);
        case(&["no-store"]);
        case(&["No-Store", "max-age=0"]);
        case(&["private, max-age=600"]);
        case(&["max-age=60 , Private"]);
    }
}
