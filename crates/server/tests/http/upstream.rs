//! A site's own server behind this one, over real sockets.

mod addresses;
mod site;

use site::{
    BODY, DECIDED, HEAD, NAVIGATION, Site, answer, front_of, has, page, request, talk, tells,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn a_page_gets_the_snippet_and_its_cookies_wait() {
    let upstream = page(
        "Set-Cookie: Hm_lvt_1=2; HttpOnly\r\nSet-Cookie: cart=1\r\n",
        "<!doctype html><title>店</title><p>你好",
    );
    let site = Site::answering(&upstream).await;
    let answer = site.get("GET / HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    let page = format!("<!doctype html>{HEAD}<title>店</title>{BODY}<p>你好");
    let chunks: String = answer
        .split("\r\n")
        .skip_while(|line| !line.is_empty())
        .collect();
    let without_sizes = |text: &str| text.replace(|c: char| c.is_ascii_hexdigit(), "");
    assert!(
        without_sizes(&chunks).contains(&without_sizes(&page)),
        "{answer}"
    );
    assert!(has(&answer, "set-cookie: cart=1"), "{answer}");
    assert!(!answer.contains("Hm_lvt"), "{answer}");
    assert!(has(&answer, "transfer-encoding: chunked"), "{answer}");
    assert!(!tells(&answer, "content-length"), "{answer}");

    let answer = site
        .get(&format!("GET / HTTP/1.1\r\n{DECIDED}\r\n\r\n"))
        .await;
    assert!(has(&answer, "set-cookie: Hm_lvt_1=2; HttpOnly"), "{answer}");
}

#[tokio::test]
async fn the_rules_of_the_api_are_not_the_pages() {
    let site = Site::answering(&page("Cache-Control: max-age=9\r\n", "<p>")).await;
    let answer = site
        .get("GET / HTTP/1.1\r\nOrigin: https://foreign.example\r\n\r\n")
        .await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        has(&answer, "cache-control: private, max-age=9"),
        "{answer}"
    );
    let vary = "vary: sec-fetch-dest, accept, x-requested-with, cookie";
    assert!(has(&answer, vary), "{answer}");
    for name in ["access-control-allow-origin", "x-content-type-options"] {
        assert!(!tells(&answer, name), "{answer}");
    }
    // And the other way round.
    let api = site
        .get("GET /v1/sites/nothing HTTP/1.1\r\nOrigin: https://foreign.example\r\n\r\n")
        .await;
    assert!(api.starts_with("HTTP/1.1 403 "), "{api}");
    let api = site.get("GET /v1/sites/nothing HTTP/1.1\r\n\r\n").await;
    assert!(
        api.starts_with("HTTP/1.1 404 ") && has(&api, "vary: Origin"),
        "{api}"
    );
    let file = site
        .get("GET /sites/demo/zhiqing.js HTTP/1.1\r\n\r\n")
        .await;
    assert!(file.ends_with("/* 知情 */"), "{file}");
    let ours = site.get("GET /sites/demo/ HTTP/1.1\r\n\r\n").await;
    assert!(!ours.contains(HEAD), "our own page has its script: {ours}");
}

#[tokio::test]
async fn a_payment_services_callback_gets_the_word_it_waits_for() {
    let site = Site::answering(&page("", "success")).await;
    for lines in [
        "Content-Length: 0",
        "Content-Length: 0\r\nAccept: */*",
        "Content-Length: 0\r\nAccept: text/html, image/gif, image/jpeg, */*; q=0.2",
    ] {
        let request = format!("POST /paid HTTP/1.1\r\n{lines}\r\n\r\n");
        let answer = site.get(&request).await;
        assert!(!answer.contains(HEAD), "{answer}");
        assert!(answer.contains("success"), "{answer}");
    }
    let shown = format!("GET /paid HTTP/1.1\r\n{NAVIGATION}\r\n\r\n");
    assert!(site.get(&shown).await.contains(HEAD));
}

#[tokio::test]
async fn an_upstream_of_an_older_version_changes_nothing_for_clients() {
    let site = Site::answering("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
    let answer = site.get("GET / HTTP/1.1").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn who_has_answered_is_not_asked_again_without_scripts() {
    let site = Site::answering(&page("Cache-Control: max-age=9\r\n", "<p>")).await;
    let shown = async |lines: &str| {
        let answer = site
            .get(&format!("GET / HTTP/1.1\r\n{NAVIGATION}{lines}\r\n\r\n"))
            .await;
        assert!(answer.contains(HEAD), "{answer}");
        assert!(has(&answer, "vary: sec-fetch-dest, cookie"), "{answer}");
        assert!(
            has(&answer, "cache-control: private, max-age=9"),
            "{answer}"
        );
        answer.contains(BODY)
    };
    assert!(shown("").await);
    assert!(!shown(&format!("\r\n{DECIDED}")).await);
    let of_old = "Cookie: zq=1~demo~2025.01~1763690000~analytics~identity~";
    assert!(shown(&format!("\r\n{of_old}")).await);
}

#[tokio::test]
async fn what_is_no_page_passes_as_it_is() {
    let lines = "Content-Type: text/css\r\nETag: \"1\"\r\nAccept-Ranges: bytes\r\nX-Own: a\r\n";
    let site = Site::answering(&answer(lines, "<head>")).await;
    let found = site.get("GET /a.css HTTP/1.1\r\n\r\n").await;
    assert!(found.ends_with("\r\n\r\n<head>"), "{found}");
    for line in [
        "etag: \"1\"",
        "accept-ranges: bytes",
        "x-own: a",
        "content-length: 6",
    ] {
        assert!(has(&found, line), "{line}: {found}");
    }
    let moved = "HTTP/1.1 302 Found\r\nLocation: http://other.example/b?c\r\nContent-Length: 0\r\n\
                 Connection: close\r\n\r\n";
    let site = Site::answering(moved).await;
    let found = site.get("GET / HTTP/1.1\r\n\r\n").await;
    assert!(found.starts_with("HTTP/1.1 302 Found"), "{found}");
    assert!(has(&found, "location: http://other.example/b?c"), "{found}");
}

#[tokio::test]
async fn headers_alone_tell_what_the_page_would() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n";
    for (lines, is_page) in [
        ("Content-Type: text/html\r\n", true),
        ("Content-Type: a/b\r\n", false),
    ] {
        let site = Site::answering(&format!("{head}{lines}\r\n")).await;
        let found = site.get("HEAD / HTTP/1.1\r\n\r\n").await;
        assert_eq!(has(&found, "content-length: 9"), !is_page, "{found}");
        assert_eq!(tells(&found, "content-length"), !is_page, "{found}");
    }
    let unchanged = "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nConnection: close\r\n\r\n";
    let site = Site::answering(unchanged).await;
    let found = site
        .get("GET / HTTP/1.1\r\nIf-None-Match: \"1\"\r\n\r\n")
        .await;
    assert!(
        found.starts_with("HTTP/1.1 304 ") && !tells(&found, "content-length"),
        "{found}"
    );
}

#[tokio::test]
async fn the_upstream_sees_the_request_and_who_sent_it() {
    let mut site = Site::answering(&page("", "")).await;
    let _ = site
        .get(
            "PUT /a%2Fb/../c?d=%E4&e HTTP/1.1\r\nConnection: X-Hop, Host\r\nX-Hop: 1\r\nKeep-Alive: 1\r\n\
             TE: trailers\r\nUpgrade: h2c\r\nProxy-Connection: a\r\nX-End: 2\r\nCookie: f=1\r\n\
             Accept-Encoding: gzip\r\nX-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n\
             Via: 1.0 other\r\n\r\n",
        )
        .await;
    let seen = site.seen().await;
    assert!(
        seen.starts_with("put /a%2fb/../c?d=%e4&e http/1.1\r\n"),
        "{seen}"
    );
    for line in [
        "host: shop.example:81",
        "x-end: 2",
        "cookie: f=1",
        "accept-encoding: identity",
        "x-forwarded-for: 192.0.2.1, 127.0.0.1",
        "x-forwarded-proto: https",
        "x-forwarded-host: shop.example:81",
        "via: 1.0 other, 1.1 zhiqing",
    ] {
        assert!(has(&seen, line), "{line}: {seen}");
    }
    for name in [
        "connection",
        "x-hop",
        "keep-alive",
        "te",
        "upgrade",
        "proxy-connection",
    ] {
        assert!(!tells(&seen, name), "{name}: {seen}");
    }
}

#[tokio::test]
async fn only_what_may_be_a_page_is_asked_for_uncompressed() {
    let mut site = Site::answering(&page("", "")).await;
    for (wanted, coding) in [
        ("document", "identity"),
        ("empty", "identity"),
        ("script", "br"),
        ("image", "br"),
    ] {
        let lines = format!("Sec-Fetch-Dest: {wanted}\r\nAccept-Encoding: br");
        let _ = site
            .get(&format!("GET / HTTP/1.1\r\n{lines}\r\n\r\n"))
            .await;
        let seen = site.seen().await;
        assert!(has(&seen, &format!("accept-encoding: {coding}")), "{seen}");
    }
}

#[tokio::test]
async fn a_body_is_framed_once_and_of_any_size() {
    let mut site = Site::answering(&page("", "")).await;
    let mut seen_for = async |request: &str| {
        let answer = site.get(request).await;
        (answer, site.seen().await)
    };
    let (_, seen) = seen_for("GET / HTTP/1.1\r\n\r\n").await;
    assert!(
        !tells(&seen, "content-length") && !tells(&seen, "transfer-encoding"),
        "{seen}"
    );
    let (_, seen) = seen_for("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").await;
    assert!(has(&seen, "content-length: 0"), "{seen}");
    let (_, seen) = seen_for("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc").await;
    assert!(
        has(&seen, "content-length: 3") && seen.ends_with("\r\n\r\nabc"),
        "{seen}"
    );
    assert_eq!(seen.matches("content-length").count(), 1);
    let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let (_, seen) = seen_for(chunked).await;
    assert!(has(&seen, "transfer-encoding: chunked"), "{seen}");
    assert!(!tells(&seen, "content-length"), "{seen}");
    // More than the API takes.
    let large = "x".repeat(5_000_000);
    let request = format!("POST / HTTP/1.1\r\nContent-Length: 5000000\r\n\r\n{large}");
    let (answer, seen) = seen_for(&request).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(seen.ends_with(&large));
}

#[tokio::test]
async fn a_request_of_two_lengths_is_no_two_requests() {
    let mut site = Site::answering(&page("", "")).await;
    let smuggled = "0\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n";
    for lines in [
        format!(
            "Content-Length: {}\r\nTransfer-Encoding: chunked",
            smuggled.len()
        ),
        "Content-Length: 3\r\nContent-Length: 5".to_owned(),
        "Transfer-Encoding: gzip, chunked, identity".to_owned(),
        "Host: second.example\r\nContent-Length: 0".to_owned(),
    ] {
        let request = format!("POST /first HTTP/1.1\r\n{lines}\r\n\r\n{smuggled}");
        let answer = site.get(&request).await;
        assert!(
            answer.starts_with("HTTP/1.1 400 ") || answer.starts_with("HTTP/1.1 200 "),
            "{answer}"
        );
        while let Ok(seen) = site.seen.try_recv() {
            let seen = seen.to_ascii_lowercase();
            assert!(seen.starts_with("post /first http/1.1\r\n"), "{seen}");
            let framings = ["content-length:", "transfer-encoding:"];
            let told: usize = framings.iter().map(|name| seen.matches(name).count()).sum();
            assert_eq!(told, 1, "{seen}");
            assert_eq!(seen.matches("\r\nhost:").count(), 1, "{seen}");
        }
    }
}

#[tokio::test]
async fn a_page_streams() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, _app) = front_of(listener.local_addr().unwrap()).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    client
        .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nSec-Fetch-Dest: document\r\n\r\n")
        .await
        .unwrap();
    let (mut upstream, _) = listener.accept().await.unwrap();
    let _ = request(&mut upstream).await;
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html;charset=utf-8\r\n\r\n<head><title>first";
    upstream.write_all(head.as_bytes()).await.unwrap();
    // The upstream says nothing more before the client has seen this.
    let mut read = String::new();
    while !read.contains("<title>first") {
        let mut buffer = [0; 4096];
        let count = client.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "{read}");
        read.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    assert!(read.contains(HEAD), "{read}");
}

/// The status and what is said, as a problem document.
#[track_caller]
fn problem(answer: &str, status: u16, detail: &str) {
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status} ")),
        "{answer}"
    );
    assert!(
        has(answer, "content-type: application/problem+json"),
        "{answer}"
    );
    assert!(has(answer, "cache-control: no-store"), "{answer}");
    assert!(answer.contains(detail), "{answer}");
}

#[tokio::test]
async fn an_upstream_that_gives_no_answer_is_told() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = nobody.local_addr().unwrap();
    drop(nobody);
    let (front, _app) = front_of(address).await;
    let answer = talk(front, "GET / HTTP/1.1\r\n\r\n").await;
    problem(&answer, 502, "is it running");
    for broken in [
        "",
        "HTTP/1.1 2",
        "SMTP\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    ] {
        let site = Site::answering(broken).await;
        let answer = site.get("GET / HTTP/1.1\r\n\r\n").await;
        problem(&answer, 502, "detail");
    }
}

#[tokio::test]
async fn an_upstream_that_is_silent_is_not_waited_for_for_ever() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, _app) = front_of(silent.local_addr().unwrap()).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    let asks = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    client.write_all(asks).await.unwrap();
    let (mut upstream, _) = silent.accept().await.unwrap();
    let _ = request(&mut upstream).await;
    // From here on time passes as fast as nothing happens.
    tokio::time::pause();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    problem(&answer, 504, "60 seconds");
}

#[tokio::test]
async fn a_client_that_stops_in_the_middle_is_told_so() {
    let upstream = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, _app) = front_of(upstream.local_addr().unwrap()).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    let begins = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc";
    client.write_all(begins).await.unwrap();
    let (mut upstream, _) = upstream.accept().await.unwrap();
    let mut read = String::new();
    while !read.ends_with("abc") {
        let mut buffer = [0; 4096];
        let count = upstream.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "{read}");
        read.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    tokio::time::pause();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    problem(&answer, 408, "60 seconds");
}

#[tokio::test]
async fn what_a_client_sends_wrong_is_not_the_upstreams_fault() {
    let site = Site::answering(&page("", "")).await;
    let broken = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nno\r\n\r\n";
    problem(&site.get(broken).await, 400, "framing");
}

#[tokio::test]
async fn tunnels_and_loops_are_refused() {
    let mut site = Site::answering(&page("", "")).await;
    let socket = "GET /chat HTTP/1.1\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n\r\n";
    problem(&site.get(socket).await, 501, "WebSocket");
    let again = "GET / HTTP/1.1\r\nVia: 1.1 other, 1.1 zhiqing\r\n\r\n";
    problem(&site.get(again).await, 508, "--upstream");
    assert!(site.seen.try_recv().is_err(), "the upstream was asked");
}
