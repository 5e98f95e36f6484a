//! Deletes cookies, wherever a script of this page can.
//!
//! A cookie is known by its name, domain, path and partition, and `document.cookie` tells the name
//! only: where the Cookie Store tells the rest it is asked first, and then every place is tried that
//! a cookie in sight of this page can have.

use crate::browser::{now_ms, window};
use crate::host::Host;
use crate::stores;
use crate::task::{self, Work};
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::*;

/// How long the Cookie Store may take, in milliseconds.
const LIMIT: i32 = 1000;

/// How long the places of all cookies may be tried at one look, in milliseconds: an address may have
/// thousands of folders.
const LONGEST: u64 = 2000;

#[wasm_bindgen]
extern "C" {
    // Where the browser has no such object, the call throws, and that is caught.
    #[wasm_bindgen(js_namespace = cookieStore, js_name = getAll, catch)]
    fn get_all() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = cookieStore, js_name = delete, catch)]
    fn delete(cookie: &JsValue) -> Result<Promise, JsValue>;
}

/// Expires a cookie where most are: for all paths, of this host and of each domain above it.
pub(crate) fn expire_usual(host: &Host, name: &str) {
    let name_of_host = window().location().hostname().unwrap_or_default();
    for domain in domains(&name_of_host) {
        expire(host, name, "/", domain, "");
    }
}

/// Expires cookies of these names wherever they can be; `goes_on` is asked now and then.
pub(crate) async fn expire_everywhere(host: &Host, names: &[&str], goes_on: impl Fn() -> bool) {
    delete_told(names).await;
    let end = now_ms() + LONGEST;
    let mut work = Work::begin();
    let location = window().location();
    let name_of_host = location.hostname().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    for name in names {
        'places: for attributes in attributes() {
            for path in paths(&path) {
                // Looked at by count, because several may have the name.
                if !stores::cookies().iter().any(|there| there == name) {
                    break 'places;
                }
                work.make_way().await;
                if now_ms() > end || !goes_on() {
                    return;
                }
                for domain in domains(&name_of_host) {
                    expire(host, name, path, domain, attributes);
                }
            }
        }
    }
}

/// Deletes what the Cookie Store tells with domain, path and partition. Browsers differ in how much of
/// that they tell; what is wrong goes where no such cookie is.
async fn delete_told(names: &[&str]) {
    let Ok(all) = get_all() else { return };
    let all = task::within(&all, LIMIT).await;
    let Some(Ok(all)) = all.map(JsCast::dyn_into::<Array>) else {
        return;
    };
    let wanted = |cookie: &JsValue| {
        let name = Reflect::get(cookie, &"name".into()).ok();
        let name = name.and_then(|name| name.as_string());
        name.is_some_and(|name| names.contains(&name.as_str()))
    };
    let deletions = Array::new();
    for cookie in all.iter().filter(wanted) {
        if let Ok(done) = delete(&cookie) {
            deletions.push(&done);
        }
    }
    let _ = task::within(&Promise::all_settled(&deletions), LIMIT).await;
}

/// What a write must say to reach a cookie, the plainest first.
fn attributes() -> impl Iterator<Item = &'static str> {
    let window = window();
    // A page that is not secure cannot write any of these.
    let secure = window.is_secure_context();
    let framed = !matches!(window.top(), Ok(Some(top)) if top == window);
    [
        (true, ""),
        // In a frame of another site nothing else is taken.
        (secure && framed, "; Secure; SameSite=None"),
        (secure, "; Secure; SameSite=None; Partitioned"),
    ]
    .into_iter()
    .filter_map(|(tried, attributes)| tried.then_some(attributes))
}

/// Through the native setter: the gate holds back every write of these names, this one too.
fn expire(host: &Host, name: &str, path: &str, domain: &str, attributes: &str) {
    host.write_cookie(&line(name, path, domain, attributes));
}

fn line(name: &str, path: &str, domain: &str, attributes: &str) -> String {
    let named = |attribute: &str, value: &str| match value {
        "" => String::new(),
        value => format!("; {attribute}={value}"),
    };
    // A browser takes no cookie with neither name nor value.
    let value = if name.is_empty() { "0" } else { "" };
    // Nor one of such a name without the attribute, not even to delete it.
    let secure = match needs_secure(name) && attributes.is_empty() {
        true => "; Secure",
        false => "",
    };
    let (path, domain) = (named("Path", path), named("Domain", domain));
    format!("{name}={value}; Max-Age=0{path}{domain}{secure}{attributes}")
}

/// Whether a cookie's name is one of the prefixes of RFC 6265bis, in whatever case.
fn needs_secure(name: &str) -> bool {
    let begins = |prefix: &str| {
        let start = name.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    begins("__Secure-") || begins("__Host-")
}

/// `/a/b` → `/`, the page's own folder, `/a`, `/a/`, `/a/b`: every path that is in sight of it.
fn paths(path: &str) -> Vec<&str> {
    // A path that is not named is that of the page's folder, even where it holds a semicolon.
    let mut paths = vec!["/", ""];
    for (at, _) in path.match_indices('/').skip(1) {
        paths.push(&path[..at]);
        paths.push(&path[..=at]);
    }
    if !path.ends_with('/') {
        paths.push(path);
    }
    paths
}

/// `m.shop.example.com` → no domain, itself, `shop.example.com`, `example.com`: a browser refuses
/// those that are too wide. An address of numbers has none above it.
fn domains(host: &str) -> Vec<&str> {
    let mut domains = vec!["", host];
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) || host.starts_with('[') {
        return domains;
    }
    let mut rest = host;
    while let Some((_, parent)) = rest.split_once('.') {
        if parent.contains('.') {
            domains.push(parent);
        }
        rest = parent;
    }
    domains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_in_sight_is_tried_with_its_slash_and_without() {
        #[track_caller]
        fn case(path: &str, expected: &str) {
            assert_eq!(paths(path).join(" "), expected, "{path}");
        }
        case("/", "/ ");
        case("/a", "/  /a");
        case("/a/", "/  /a /a/");
        case("/a/b.html", "/  /a /a/ /a/b.html");
        case("", "/  ");
    }

    #[test]
    fn every_domain_above_the_host_is_tried() {
        #[track_caller]
        fn case(host: &str, expected: &[&str]) {
            assert_eq!(domains(host), expected, "{host}");
        }
        case("localhost", &["", "localhost"]);
        case("127.0.0.1", &["", "127.0.0.1"]);
        case("[::1]", &["", "[::1]"]);
        case(
            "m.shop.example.com",
            &["", "m.shop.example.com", "shop.example.com", "example.com"],
        );
    }

    #[test]
    fn a_line_says_what_the_name_wants() {
        #[track_caller]
        fn case(name: &str, attributes: &str, expected: &str) {
            assert_eq!(line(name, "/", "", attributes), expected);
        }
        case("uid", "", "uid=; Max-Age=0; Path=/");
        case("", "", "=0; Max-Age=0; Path=/");
        case("__Host-x", "", "__Host-x=; Max-Age=0; Path=/; Secure");
        case("__secure-x", "", "__secure-x=; Max-Age=0; Path=/; Secure");
        let partitioned = "; Secure; SameSite=None; Partitioned";
        case(
            "__Host-x",
            partitioned,
            "__Host-x=; Max-Age=0; Path=/; Secure; SameSite=None; Partitioned",
        );
        assert_eq!(
            line("uid", "", "shop.test", ""),
            "uid=; Max-Age=0; Domain=shop.test"
        );
    }
}
