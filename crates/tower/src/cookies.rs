//! Cookies in headers, as bytes: a header may hold any, and one odd cookie must not hide another.

use http::HeaderMap;
use http::header::COOKIE;

/// The cookies of a request, from every `Cookie` header (HTTP/2 may split it), in order. Pairs
/// without a name are left out.
pub(crate) fn of_request(headers: &HeaderMap) -> impl Iterator<Item = (&[u8], &[u8])> {
    let lines = headers.get_all(COOKIE).iter();
    lines
        .flat_map(|line| line.as_bytes().split(|&byte| byte == b';'))
        .filter_map(pair)
}

/// The name in a `Set-Cookie` line; `None` for a line that names no cookie.
pub(crate) fn name(line: &[u8]) -> Option<&[u8]> {
    let end = line.iter().position(|&byte| byte == b';');
    let (name, _) = pair(&line[..end.unwrap_or(line.len())])?;
    Some(name)
}

fn pair(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = text.iter().position(|&byte| byte == b'=')?;
    let (name, value) = (text[..at].trim_ascii(), text[at + 1..].trim_ascii());
    (!name.is_empty()).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[track_caller]
    fn case(line: &[u8], expected: Option<&str>) {
        let name = name(line).map(String::from_utf8_lossy);
        assert_eq!(name.as_deref(), expected, "{}", line.escape_ascii());
    }

    #[test]
    fn a_line_names_its_cookie() {
        case(b"a=1", Some("a"));
        case(b"a=1; Path=/; b=2", Some("a"));
        case(b"\t a \t= 1", Some("a"));
        case(b"a=", Some("a"));
        case(b"a=b=c", Some("a"));
        case(b"a=\xff\xfe; HttpOnly", Some("a"));
        case(b"a\xff=1", Some("a\u{fffd}"));
        case("名=1".as_bytes(), Some("名"));
    }

    #[test]
    fn a_malformed_line_names_none() {
        case(b"", None);
        case(b"a", None);
        case(b";", None);
        case(b"=1", None);
        case(b" =1; a=2", None);
        case(b"a; b=2", None);
    }

    #[test]
    fn every_header_is_read_and_odd_pairs_are_passed_over() {
        let mut headers = HeaderMap::new();
        for line in [
            &b"a=1; b ; =x;;c=\xff"[..],
            b"d=\xe4\xb8\xad; a=2",
            b"",
            b"e=f=g",
        ] {
            headers.append(COOKIE, HeaderValue::from_bytes(line).expect("a header"));
        }
        let found: Vec<String> = of_request(&headers)
            .map(|(name, value)| format!("{}={}", name.escape_ascii(), value.escape_ascii()))
            .collect();
        assert_eq!(found, ["a=1", r"c=\xff", r"d=\xe4\xb8\xad", "a=2", "e=f=g"]);
    }
}
