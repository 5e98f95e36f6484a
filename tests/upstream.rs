//! A site that knows nothing of Zhiqing, behind `zhiqing serve --upstream`.

use serde_json::json;
use zhiqing_tests::{Browser, Page, Pages, Server, Site};

const READY: &str = "zhiqing.ready.then(() => true)";
/// What the site's server sets with each page: one for the shop itself, one of a tracker that no
/// script could hold back.
const CART: &str = "cart=1; Path=/";
const TRACKER: &str = "Hm_lvt_7=1763690000; Path=/; HttpOnly";

fn page(html: &str) -> Page {
    Page::html(html)
        .with("Set-Cookie", CART)
        .with("Set-Cookie", TRACKER)
        .with("ETag", "\"1\"")
}

#[tokio::test]
async fn a_site_of_any_language_asks_for_consent_without_a_change_to_its_code() {
    let held = "<script type='text/plain' data-purpose='analytics'>window.counted = true</script>";
    let first = "<!-- <head> --><script>window.first = !!window.zhiqing</script>";
    let pages = Pages::serve([
        (
            "/".to_owned(),
            page(&format!(
                "{first}<title>旧店</title>{held}<p>你好</p><a href='/sub'>在</a>"
            )),
        ),
        ("/sub".to_owned(), page("<!doctype html><p>在这里")),
    ]);
    let site = Site::sample();
    let server = Server::in_front_of(&site.settings(), &pages.url(""));
    let browser = Browser::start().await;
    browser.goto(&server.url("/")).await;
    browser.until("$('.banner').checkVisibility()").await;
    browser.until(READY).await;
    assert_eq!(browser.value("document.title").await, "旧店");
    assert_eq!(
        browser.value("first").await,
        true,
        "ours is the first script"
    );
    assert_eq!(browser.value("window.counted ?? null").await, json!(null));
    assert_eq!(browser.cookies().await, ["cart"]);

    browser.click_hook("accept-all").await;
    browser.until("zhiqing.receipt()").await;
    assert_eq!(browser.value("counted").await, true);
    browser.reload().await;
    browser.until(READY).await;
    let mut cookies = browser.cookies().await;
    cookies.sort();
    assert_eq!(cookies, ["Hm_lvt_7", "cart", "zq"]);
    assert_eq!(browser.value("$('.banner') === null").await, true);

    // A withdrawal takes back what no script can see, with the next page.
    browser.value("zhiqing.withdraw()").await;
    browser.tap("document.querySelector('a')").await;
    browser.until("location.pathname === '/sub'").await;
    browser.until(READY).await;
    let mut cookies = browser.cookies().await;
    cookies.sort();
    assert_eq!(cookies, ["cart", "zq"]);
    browser.end().await;
}

#[tokio::test]
async fn a_page_in_gbk_keeps_its_text_and_gets_ours() {
    // 你好, which only the document says is GBK.
    let html = [
        &b"<html><head><title>\xc4\xe3\xba\xc3</title><meta charset=gbk></head><body>\xc4\xe3"[..],
        b"</body></html>",
    ]
    .concat();
    let pages = Pages::one(Page::file("x.html", html).of_type("text/html"));
    let site = Site::sample();
    let server = Server::in_front_of(&site.settings(), &pages.url(""));
    let browser = Browser::start().await;
    browser.goto(&server.url("/")).await;
    browser.until("$('.banner').checkVisibility()").await;
    assert_eq!(browser.value("document.characterSet").await, "GBK");
    assert_eq!(browser.value("document.title").await, "你好");
    assert_eq!(browser.value("document.body.innerText").await, "你");
    let banner = browser.value("$('.banner').innerText").await;
    assert!(
        banner.as_str().is_some_and(|text| text.contains("同意")),
        "{banner}"
    );
    browser.until(READY).await;
    browser.end().await;
}

#[test]
fn an_api_that_would_be_the_upstreams_is_refused_with_its_place() {
    let site = Site::sample();
    let line = site.edit("url = \"/v1\"", "url = \"/api/v1\"");
    let arguments = [
        "serve".into(),
        site.settings(),
        "--listen".into(),
        "127.0.0.1:0".into(),
        "--upstream".into(),
        "http://127.0.0.1:9".into(),
    ];
    let refused = zhiqing_tests::zhiqing(arguments);
    assert_eq!(refused.code, 2, "{refused:?}");
    let place = format!("site.toml:{line}: report.url: ");
    for words in [&*place, "/api/v1", "write \"/v1\""] {
        assert!(refused.stderr.contains(words), "{words}: {refused:?}");
    }
    assert!(
        !site.folder().join("site.key").exists(),
        "nothing was written"
    );
}

#[test]
fn an_upstream_over_tls_is_refused_with_what_to_write() {
    let site = Site::sample();
    let arguments = [
        "serve".into(),
        site.settings(),
        "--upstream".into(),
        "https://a".into(),
    ];
    let refused = zhiqing_tests::zhiqing(arguments);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.contains("http:// address"), "{refused:?}");
    assert!(
        !site.folder().join("site.key").exists(),
        "nothing was written"
    );
}
