//! Who may send the form: a page of the site, and no other (cross-site request forgery).
//!
//! A form needs no script and no permission to be sent across sites, and a browser sends cookies with
//! it. So what is sent is taken only where the browser itself says that a page of this origin, or of one
//! that the site lists, sent it. In this order, and the first that is there decides:
//!
//! 1. `Sec-Fetch-Site`, which no page can set: `same-origin` passes (`Origin` may be `null` then, where
//!    the page has `Referrer-Policy: no-referrer`); `none` is a person's own doing; of `same-site` and
//!    `cross-site` only a listed `Origin` passes.
//! 2. `Origin`: this origin or a listed one; `null` is refused.
//! 3. `Referer`, likewise. Without any of the three nothing is taken.
//!
//! Beside it the cookies are `SameSite=Lax`, so that no other site's form sends them, and the pages
//! cannot be framed, so that nobody is led to tap what is not seen.

use crate::origin::{Caller, Origin};
use axum::http::{HeaderMap, Uri, header};

/// The page that sent a form.
#[derive(Debug)]
pub(crate) enum Sender {
    /// Of the form's own origin.
    Own,
    /// Of another origin, which the site lists.
    Listed(Origin),
}

impl Sender {
    /// The sender of a request; `None` if it must be refused.
    pub(crate) fn of(headers: &HeaderMap, uri: &Uri, listed: &[Origin]) -> Option<Self> {
        let caller = Caller::of(headers, uri);
        let mut sites = headers.get_all("sec-fetch-site").into_iter();
        match (sites.next(), sites.next()) {
            (None, _) => match caller {
                Caller::Direct => Self::from(refering(headers, uri)?.0, listed),
                caller => Self::from(caller, listed),
            },
            (Some(site), None) => match (site.as_bytes(), caller) {
                (b"same-origin", _) | (b"none", Caller::Direct) => Some(Self::Own),
                (b"none", caller) => Self::from(caller, listed),
                (b"same-site" | b"cross-site", Caller::Cross(origin)) => {
                    Self::from(Caller::Cross(origin), listed)
                }
                _ => None,
            },
            (Some(_), Some(_)) => None,
        }
    }

    fn from(caller: Caller, listed: &[Origin]) -> Option<Self> {
        match caller {
            Caller::SameOrigin => Some(Self::Own),
            Caller::Cross(origin) if listed.iter().any(|one| one.admits(&origin)) => {
                Some(Self::Listed(origin))
            }
            Caller::Cross(_) | Caller::Opaque | Caller::Direct => None,
        }
    }

    /// The page that led to a request and its path, as its `Referer` tells; `None` without one, and for
    /// a page that is not the site's.
    pub(crate) fn refering<'a>(
        headers: &'a HeaderMap,
        uri: &Uri,
        listed: &[Origin],
    ) -> Option<(Self, &'a str)> {
        let (caller, path) = refering(headers, uri)?;
        Some((Self::from(caller, listed)?, path))
    }
}

/// The origin in the one `Referer`, and the path behind it.
fn refering<'a>(headers: &'a HeaderMap, uri: &Uri) -> Option<(Caller, &'a str)> {
    let mut referers = headers.get_all(header::REFERER).into_iter();
    let (Some(referer), None) = (referers.next(), referers.next()) else {
        return None;
    };
    let referer = referer.to_str().ok()?;
    let start = referer.find("://")? + 3;
    let end = referer[start..].find(['/', '?', '#', '\\']);
    let (origin, path) = referer.split_at(end.map_or(referer.len(), |end| start + end));
    Some((Caller::from(origin, headers, uri), path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    #[track_caller]
    fn case(headers: &[(&'static str, &'static str)], expected: Option<&str>) {
        let mut map = HeaderMap::new();
        map.insert(header::HOST, HeaderValue::from_static("a.example"));
        for (name, value) in headers {
            let name = HeaderName::from_static(name);
            map.append(name, HeaderValue::from_static(value));
        }
        let listed = [Origin::parse("https://shop.example").expect("an origin")];
        let found = Sender::of(&map, &Uri::from_static("/v1/form"), &listed);
        let found = found.map(|sender| match sender {
            Sender::Own => "own".to_owned(),
            Sender::Listed(origin) => origin.to_string(),
        });
        assert_eq!(found.as_deref(), expected, "{headers:?}");
    }

    const SITE: &str = "sec-fetch-site";
    const OWN: Option<&str> = Some("own");
    const SHOP: Option<&str> = Some("https://shop.example");

    #[test]
    fn what_the_browser_says_of_the_site_comes_first() {
        case(&[(SITE, "same-origin")], OWN);
        case(
            &[(SITE, "same-origin"), ("origin", "https://a.example")],
            OWN,
        );
        // A page with `Referrer-Policy: no-referrer`.
        case(&[(SITE, "same-origin"), ("origin", "null")], OWN);
        case(&[(SITE, "none")], OWN);
        case(&[(SITE, "none"), ("origin", "null")], None);
        case(&[(SITE, "none"), ("origin", "https://evil.example")], None);
        case(&[(SITE, "cross-site")], None);
        case(&[(SITE, "cross-site"), ("origin", "null")], None);
        case(
            &[(SITE, "cross-site"), ("origin", "https://a.example")],
            None,
        );
        case(
            &[(SITE, "cross-site"), ("origin", "https://evil.example")],
            None,
        );
        case(
            &[(SITE, "cross-site"), ("origin", "https://shop.example")],
            SHOP,
        );
        case(
            &[(SITE, "same-site"), ("origin", "https://b.a.example")],
            None,
        );
        case(
            &[(SITE, "same-site"), ("referer", "https://a.example/")],
            None,
        );
        case(&[(SITE, "Same-Origin")], None);
        case(&[(SITE, "")], None);
        case(&[(SITE, "same-origin"), (SITE, "same-origin")], None);
    }

    #[test]
    fn then_the_origin() {
        case(&[("origin", "https://a.example")], OWN);
        case(
            &[("origin", "https://shop.example:443")],
            Some("https://shop.example:443"),
        );
        case(&[("origin", "http://shop.example")], None);
        case(&[("origin", "https://evil.example")], None);
        case(&[("origin", "https://shop.example.evil.example")], None);
        case(&[("origin", "null")], None);
        case(
            &[("origin", "null"), ("referer", "https://a.example/")],
            None,
        );
        case(
            &[
                ("origin", "https://a.example"),
                ("origin", "https://a.example"),
            ],
            None,
        );
    }

    #[test]
    fn then_the_referer_and_without_it_nothing() {
        case(&[], None);
        case(&[("referer", "https://a.example")], OWN);
        case(
            &[("referer", "https://a.example/page?x=https://evil.example")],
            OWN,
        );
        case(&[("referer", "https://shop.example/page")], SHOP);
        case(
            &[("referer", "https://evil.example/https://a.example/")],
            None,
        );
        case(&[("referer", "https://a.example@evil.example/")], None);
        case(&[("referer", "https://a.example.evil.example/")], None);
        case(&[("referer", "https://a.example\\@evil.example/")], OWN);
        case(&[("referer", "/page")], None);
        case(&[("referer", "about:blank")], None);
        let twice = ("referer", "https://a.example/");
        case(&[twice, twice], None);
    }
}
