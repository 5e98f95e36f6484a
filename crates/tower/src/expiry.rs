//! Lines that make a browser forget a cookie.

use http::header::HOST;
use http::{HeaderMap, HeaderValue, Uri};

/// `NAME=; Max-Age=0; Path=/` for a cookie of this host alone, and once more for each of `domains`.
///
/// A cookie is known by name, domain and path, and a request tells the name only: so each domain
/// is tried. A cookie of another path than `/` stays out of reach.
pub(crate) fn lines<'a>(
    name: &'a [u8],
    domains: &'a [String],
) -> impl Iterator<Item = HeaderValue> + 'a {
    let begins = |prefix: &[u8]| {
        name.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    // RFC 6265bis, 4.1.3: a line for such a name is void unless it keeps what the prefix promises.
    let host_only = begins(b"__Host-");
    let secure = host_only || begins(b"__Secure-");
    let domains = if host_only { &[] } else { domains };
    std::iter::once(None)
        .chain(domains.iter().map(Some))
        .filter_map(move |domain| {
            let mut line = [name, b"=; Max-Age=0; Path=/"].concat();
            if let Some(domain) = domain {
                line.extend_from_slice(b"; Domain=");
                line.extend_from_slice(domain.as_bytes());
            }
            if secure {
                line.extend_from_slice(b"; Secure");
            }
            // The name came out of a header, so it can stand in one.
            HeaderValue::from_bytes(&line).ok()
        })
}

/// The domains under which a cookie sent to this request's host may have been set: the host and
/// its parents, but no bare top-level domain, which browsers refuse, and none for an IP address.
pub(crate) fn domains(uri: &Uri, headers: &HeaderMap) -> Vec<String> {
    // HTTP/2 names the host in the address, HTTP/1.1 in a header.
    let host = uri.host().map(str::to_owned).or_else(|| {
        let host = headers.get(HOST)?.to_str().ok()?;
        let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
        port.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| name.to_owned())
    });
    let host = host.unwrap_or_default().to_ascii_lowercase();
    if !is_domain(&host) {
        return Vec::new();
    }
    let mut domains = Vec::new();
    let mut rest = host.as_str();
    while let Some((_, parent)) = rest.split_once('.') {
        domains.push(rest.to_owned());
        rest = parent;
    }
    domains
}

/// Deeper hosts exist in requests only that want to see many lines.
const MOST_LABELS: usize = 10;

/// Whether this is a domain name and no IP address. The client wrote it: what else it may hold
/// must not become an attribute of a cookie.
fn is_domain(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.split('.').count() <= MOST_LABELS
        && host.split('.').all(label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(uri: &str, host: Option<&[u8]>, expected: &[&str]) {
        let mut headers = HeaderMap::new();
        if let Some(host) = host {
            headers.insert(HOST, HeaderValue::from_bytes(host).expect("a header"));
        }
        let uri = uri.parse().expect("an address");
        assert_eq!(domains(&uri, &headers), expected, "{uri} {host:?}");
    }

    #[test]
    fn the_host_and_its_parents_but_no_bare_top_level_domain() {
        case("/", Some(b"example.cn"), &["example.cn"]);
        case(
            "/",
            Some(b"M.Shop.Example.com.cn:8443"),
            &[
                "m.shop.example.com.cn",
                "shop.example.com.cn",
                "example.com.cn",
                "com.cn",
            ],
        );
        case(
            "https://a.example.cn/x",
            Some(b"other.cn"),
            &["a.example.cn", "example.cn"],
        );
        case(
            "https://a.example.cn:444/x",
            None,
            &["a.example.cn", "example.cn"],
        );
        case(
            "/",
            Some(b"xn--fiqs8s.xn--55qx5d.cn"),
            &["xn--fiqs8s.xn--55qx5d.cn", "xn--55qx5d.cn"],
        );
    }

    #[test]
    fn what_is_no_domain_name_gives_none() {
        case("/", None, &[]);
        case("/", Some(b""), &[]);
        case("/", Some(b"localhost:3000"), &[]);
        case("/", Some(b"192.168.1.20:80"), &[]);
        case("http://[::1]:8080/", None, &[]);
        case("/", Some(b"[2001:db8::1]:443"), &[]);
        case("/", Some(b"example.cn:x"), &[]);
        case("/", Some(b"example..cn"), &[]);
        case("/", Some(b"example.cn."), &[]);
        case("/", Some(b"a.cn; Path=/b"), &[]);
        case("/", Some(b"a\xff.cn"), &[]);
        case("/", Some(b"1.2.3.4.5.6.7.8.9.10.cn"), &[]);
    }

    #[track_caller]
    fn expires(name: &str, expected: &[&str]) {
        let domains = ["a.example.cn".into(), "example.cn".into()];
        let lines: Vec<_> = lines(name.as_bytes(), &domains).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_prefixed_name_keeps_its_promise_so_that_the_browser_listens() {
        expires(
            "a",
            &[
                "a=; Max-Age=0; Path=/",
                "a=; Max-Age=0; Path=/; Domain=a.example.cn",
                "a=; Max-Age=0; Path=/; Domain=example.cn",
            ],
        );
        expires(
            "__secure-a",
            &[
                "__secure-a=; Max-Age=0; Path=/; Secure",
                "__secure-a=; Max-Age=0; Path=/; Domain=a.example.cn; Secure",
                "__secure-a=; Max-Age=0; Path=/; Domain=example.cn; Secure",
            ],
        );
        expires("__Host-a", &["__Host-a=; Max-Age=0; Path=/; Secure"]);
    }
}
