//! The browser's own logs of its network, which other tests rely on: nothing goes out unseen.

use std::time::Duration;
use zhiqing_tests::netlog::Request;
use zhiqing_tests::{Browser, Page, Pages};

/// Every kind of asking, of a host that no page is on; the last one leaves with the page.
const PAGE: &str = "<!doctype html><title>asks</title><script>
    const far = 'https://far.example';
    new Image().src = far + '/image?x#fragment';
    fetch(far + '/fetch', { method: 'POST', mode: 'no-cors' }).catch(() => {});
    const xhr = new XMLHttpRequest();
    xhr.open('GET', far + '/xhr');
    xhr.send();
    navigator.sendBeacon(far + '/beacon', 'x');
    new EventSource(far + '/events');
    new WebSocket('wss://far.example/socket');
    const script = document.createElement('script');
    script.src = far + '/script.js';
    document.head.append(script);
    const frame = document.createElement('iframe');
    frame.src = location.href.replace('127.0.0.1', 'localhost') + 'frame';
    document.head.append(frame);
    new Worker('/worker.js');
    navigator.serviceWorker.register('/service.js');
    addEventListener('pagehide', () => navigator.sendBeacon(far + '/pagehide', 'x'));
    </script>";

/// The browser tells of a page that asks nobody, too.
const CSP: &str = "Content-Security-Policy";

const FRAME: &str =
    "<!doctype html><script>fetch('https://far.example/frame').catch(() => {})</script>";

const WORKER: &str = "fetch('https://far.example/worker').catch(() => {})";
const SERVICE: &str = "fetch('https://far.example/service').catch(() => {})";

#[tokio::test]
async fn whoever_asks_the_network_is_seen() {
    let script = |text: &str| Page::file("x.js", text.as_bytes().to_vec());
    let pages = Pages::serve([
        ("/".to_owned(), Page::html(PAGE)),
        ("/frame".to_owned(), Page::html(FRAME)),
        (
            "/next".to_owned(),
            Page::html("<!doctype html>next").with(CSP, "default-src 'none'"),
        ),
        ("/worker.js".to_owned(), script(WORKER)),
        ("/service.js".to_owned(), script(SERVICE)),
    ]);
    let browser = Browser::logging(&[]).await;
    assert_eq!(far(&browser), [], "no page was opened");
    browser.goto(&pages.url("/next")).await;
    let watch = "void (window.turns = 0, addEventListener('blur', () => turns++),
        document.addEventListener('visibilitychange', () => turns++))";
    browser.value(watch).await;
    assert_eq!(far(&browser), [], "nothing was asked for");
    assert_eq!(browser.value("turns").await, 0, "the page notices nothing");
    browser.goto(&pages.url("/")).await;
    browser.until("walkErrors.length").await;
    browser.value("walkErrors.splice(0)").await;
    browser
        .until("navigator.serviceWorker.ready.then(() => true)")
        .await;
    // The frame and the workers start by themselves, and only the network stack sees them.
    for _ in 0..200 {
        let unseen = far(&browser)
            .into_iter()
            .filter(|request| request.kind.is_empty());
        if unseen.count() == 3 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    browser.value("walkErrors.splice(0)").await;
    browser.goto(&pages.url("/next")).await;

    let mut requests = far(&browser);
    // Whether DevTools still see what leaves with a page is a matter of luck.
    for last in &mut requests {
        if last.url.ends_with("/pagehide") {
            last.kind.clear();
        }
    }
    requests.sort_by(|a, b| a.url.cmp(&b.url));
    let found: Vec<_> = requests
        .iter()
        .map(|Request { method, url, kind }| [method, url, kind].map(String::as_str))
        .collect();
    assert_eq!(
        found,
        [
            ["POST", "https://far.example/beacon", "Ping"],
            ["GET", "https://far.example/events", "EventSource"],
            ["POST", "https://far.example/fetch", "Fetch"],
            ["GET", "https://far.example/frame", ""],
            ["GET", "https://far.example/image?x", "Image"],
            ["POST", "https://far.example/pagehide", ""],
            ["GET", "https://far.example/script.js", "Script"],
            ["GET", "https://far.example/service", ""],
            ["GET", "https://far.example/worker", ""],
            ["GET", "https://far.example/xhr", "XHR"],
            ["GET", "wss://far.example/socket", "WebSocket"],
        ]
    );
    browser.end().await;
}

fn far(browser: &Browser) -> Vec<Request> {
    let all = browser.requests().into_iter();
    all.filter(|request| request.address().starts_with("far.example/"))
        .collect()
}
