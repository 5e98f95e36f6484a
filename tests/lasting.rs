//! What a browser forgets: after eight days without a visit Safari has deleted whatever scripts stored. The
//! cookie that the site's own server set is still there, an account is known by its token, and whoever is
//! unknown is asked again.

use serde_json::json;
use zhiqing_tests::carrying::tag;
use zhiqing_tests::server::reporting;
use zhiqing_tests::{Browser, Page, Pages, Visit};

const READY: &str = "zhiqing.ready.then(() => true)";
const BANNER: &str = "$('.banner')?.checkVisibility() ?? false";

/// A script before pages: the cookie that a script writes is not there later. The server's is.
const NO_COOKIES_OF_SCRIPTS: &str = "{
    const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    Object.defineProperty(Document.prototype, 'cookie', { ...own, set() {} });
}";

/// Whatever scripts stored, eight days later.
const EIGHT_DAYS: &str = "localStorage.clear(); sessionStorage.clear();
    indexedDB.databases().then((all) => all.forEach(({ name }) => indexedDB.deleteDatabase(name)))";

#[tokio::test]
async fn nobody_is_asked_twice_where_the_servers_cookie_lives() {
    let visit = Visit::prepared(|browser| browser.before_pages(NO_COOKIES_OF_SCRIPTS)).await;
    visit.click_hook("preferences").await;
    visit.click("[data-zq-purpose=analytics]").await;
    visit.click("[data-zq-technology=etag]").await;
    visit.click_hook("save").await;
    visit.until("zhiqing.receipt()").await;
    let decided = visit.value("zhiqing.state()").await;

    visit.run(EIGHT_DAYS).await;
    visit.again().await;
    assert_eq!(visit.value(BANNER).await, false);
    assert_eq!(visit.value("zhiqing.state()").await, decided);
    assert_eq!(
        visit.value("zhiqing.state().technologies.etag").await,
        "refused"
    );
    // Who decides now is somebody new: the secret is gone, and what was said stays theirs.
    visit.value("zhiqing.withdraw()").await;
    let record = visit.record().await;
    assert_eq!(
        (&record["sequence"], &record["event"]),
        (&json!(1), &json!("withdrawn"))
    );
    visit.end().await;
}

#[tokio::test]
async fn whoever_is_unknown_is_asked_again() {
    let (_site, server) = reporting();
    let html = format!("<!doctype html><title>x</title>{}", tag(&server));
    let pages = Pages::one(Page::html(&html));
    let browser = Browser::start().await;
    // The consent API is another origin's: its cookie is not this page's.
    browser.before_pages(NO_COOKIES_OF_SCRIPTS);
    browser.goto(&pages.url("/")).await;
    browser.until(READY).await;
    browser.value("zhiqing.accept()").await;
    browser.until("zhiqing.receipt()").await;

    browser.run(EIGHT_DAYS).await;
    browser.reload().await;
    browser.until(READY).await;
    assert_eq!(browser.value(BANNER).await, true);
    let states = browser
        .value("Object.values(zhiqing.state().purposes)")
        .await;
    let states = states.as_array().expect("states");
    assert!(
        states.contains(&json!("unset")) && !states.contains(&json!("denied")),
        "{states:?}"
    );
    let optional = "zhiqing.state().purposes.analytics";
    assert_eq!(browser.value(optional).await, "unset");
    browser.end().await;
}

#[tokio::test]
async fn an_account_is_known_by_its_token_wherever_it_signs_in() {
    let visit = Visit::first().await;
    visit.value("zhiqing.accept()").await;
    visit.until("zhiqing.receipt()").await;
    let (decided, token) = (visit.value("zhiqing.state()").await, visit.bearer().await);

    let script = visit.server.url("/sites/youtu/zhiqing.js");
    let html = format!(
        "<!doctype html><title>x</title><script src='{script}' data-zq-token='{token}'></script>"
    );
    let browser = Browser::start().await;
    browser.goto(&visit.server.url("/healthz")).await;
    // A page of the server's origin, as its site would render it for who is signed in.
    browser
        .run(&format!(
            "document.open(); document.write({}); document.close();",
            json!(html)
        ))
        .await;
    browser
        .until(&format!("zhiqing.state().decidedAt && !({BANNER})"))
        .await;
    assert_eq!(
        browser.value("zhiqing.state().purposes").await,
        decided["purposes"]
    );
    assert_eq!(
        browser
            .value("zhiqing.receipt().then((it) => it.record.sequence)")
            .await,
        1
    );
    browser.end().await;
    visit.end().await;
}
