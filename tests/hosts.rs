//! Pages that are not ours: other origins, policies of their own, and browsers that deny things.

use serde_json::json;
use std::fs;
use zhiqing_tests::server::reporting;
use zhiqing_tests::visit::{NO_STORAGE, SITE};
use zhiqing_tests::{Browser, Page, Pages, Site, Visit, zhiqing};

const READY: &str = "zhiqing.ready.then(() => true)";

#[tokio::test]
async fn calls_before_ready_are_queued_and_a_foreign_page_reports() {
    let (_site, server) = reporting();
    let script = server.url(&format!("/sites/{SITE}/zhiqing.js"));
    let pages = Pages::one(Page::html(&format!(
        "<!doctype html><title>early</title><script src='{script}'></script><script>
        window.order = [];
        window.early = document.querySelector('script[src*=zhiqing_glue]') === null;
        for (const name of ['reject', 'accept']) zhiqing[name]().then(
            (state) => order.push([name, state.purposes.analytics]),
            (error) => order.push([name, String(error)]));
        </script>"
    )));
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until("order.length === 2").await;
    assert_eq!(
        browser.value("early").await,
        true,
        "the module was not even asked for"
    );
    let expected = json!([["reject", "denied"], ["accept", "granted"]]);
    assert_eq!(browser.value("order").await, expected);
    assert_eq!(browser.value("$('.banner') === null").await, true);
    assert_eq!(
        browser.value("zhiqing.state().purposes.location").await,
        "denied"
    );

    browser.until("zhiqing.receipt()").await;
    let kept = format!("JSON.parse(localStorage.getItem('zq.{SITE}')).secret");
    let secret = browser.value(&kept).await;
    let history = server.history(SITE, secret.as_str().expect("a secret"));
    let told: Vec<_> = history
        .iter()
        .map(|receipt| &receipt["record"])
        .map(|record| json!([record["sequence"], record["event"], record["method"]]))
        .collect();
    assert_eq!(
        told,
        [json!([1, "refused", "api"]), json!([2, "given", "api"])]
    );
    browser.end().await;
}

#[tokio::test]
async fn a_second_tag_does_nothing() {
    let (_site, server) = reporting();
    let tag = format!(
        "<script src='{}'></script>",
        server.url(&format!("/sites/{SITE}/zhiqing.js"))
    );
    let pages = Pages::one(Page::html(&format!(
        "<!doctype html><title>twice</title>{tag}<p>text</p>{tag}"
    )));
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until(READY).await;
    let counts = "[document.querySelectorAll('zhiqing-notice').length, $$('.banner').length,
        document.querySelectorAll('script[src*=zhiqing_glue]').length]";
    assert_eq!(browser.value(counts).await, json!([1, 1, 1]));
    browser.click_hook("accept-all").await;
    browser.until("zhiqing.receipt()").await;
    let kept = format!("JSON.parse(localStorage.getItem('zq.{SITE}')).secret");
    let secret = browser.value(&kept).await;
    let history = server.history(SITE, secret.as_str().expect("a secret"));
    assert_eq!(history.len(), 1, "one tap is one record: {history:?}");
    browser.end().await;
}

const NO_COOKIES: &str = "Object.defineProperty(Document.prototype, 'cookie',
        { configurable: true, enumerable: true, get() { return ''; }, set() {} });
    Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });";

#[tokio::test]
async fn where_storage_is_denied_the_cookie_keeps_the_decision() {
    let visit = Visit::prepared(|browser| browser.before_pages(NO_STORAGE)).await;
    let thrown =
        "(() => { try { return String(localStorage); } catch (error) { return error.name; } })()";
    assert_eq!(visit.value(thrown).await, "SecurityError");
    one_purpose_is_chosen_and_sent(&visit).await;
    visit.again().await;
    assert_eq!(
        visit.purposes().await,
        visit.expected(&["analytics"], "denied")
    );
    assert_eq!(visit.value("$('.banner') === null").await, true);
    visit.end().await;
}

#[tokio::test]
async fn where_nothing_can_be_kept_the_decision_lives_as_long_as_the_page() {
    let deny = format!("{NO_STORAGE} {NO_COOKIES}");
    let visit = Visit::prepared(|browser| browser.before_pages(&deny)).await;
    one_purpose_is_chosen_and_sent(&visit).await;
    visit.again().await;
    assert_eq!(
        visit.purposes().await,
        visit.expected(&[], "unset"),
        "it is asked again"
    );
    assert_eq!(visit.value("$('.banner').checkVisibility()").await, true);
    visit.end().await;
}

/// Chooses, checks that the choice holds and is sent, and that the person is told what is lost.
async fn one_purpose_is_chosen_and_sent(visit: &Visit) {
    visit.click_hook("preferences").await;
    let note = visit
        .until("$('dialog.preferences .note')?.innerText")
        .await;
    let note = note.as_str().expect("a sentence");
    assert!(note.contains("不允许"), "{note}");
    visit.click("[data-zq-purpose=analytics]").await;
    visit.click_hook("save").await;
    visit.until("zhiqing.state().decidedAt").await;
    let chosen = visit.expected(&["analytics"], "denied");
    assert_eq!(visit.purposes().await, chosen);
    assert_eq!(visit.value("[...demo.done]").await, json!(["analytics"]));
    let receipt = visit.until("zhiqing.receipt()").await;
    assert_eq!(
        receipt["record"]["choices"],
        visit.choices(&["analytics"], &[])
    );
    // What is kept nowhere else is still what the preferences start from.
    visit.value("zhiqing.show('preferences')").await;
    let on = "$$('dialog [data-zq-purpose]:checked').map((input) => input.dataset.zqPurpose)";
    assert_eq!(visit.value(on).await, json!(["service", "analytics"]));
    visit.click_hook("close").await;
}

#[tokio::test]
async fn the_snippet_works_under_a_strict_policy() {
    let site = Site::sample();
    let out = site.folder().join("built");
    let arguments = [site.settings(), "--out".into(), out.clone()];
    let built = zhiqing(["build".into()].into_iter().chain(arguments));
    assert_eq!(built.code, 0, "{built:?}");
    let snippet = fs::read_to_string(out.join("zhiqing.inline.html")).expect("the snippet");
    let (_, hash) = snippet
        .split_once("'sha256-")
        .expect("a hash in the snippet's comment");
    let (hash, _) = hash.split_once('\'').expect("its end");
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'; \
         require-trusted-types-for 'script'; trusted-types zhiqing"
    );
    let html =
        format!("<!doctype html><html><head>{snippet}<title>strict</title></head><p>text</html>");
    let page = Page::html(&html).with("Content-Security-Policy", &policy);
    let files = built.json()["files"].as_array().expect("files").clone();
    let files = files.iter().map(|name| {
        let name = name.as_str().expect("a name");
        let bytes = fs::read(out.join(name)).expect("a built file");
        (format!("/{name}"), Page::file(name, bytes))
    });
    let pages = Pages::serve(files.chain([("/".to_owned(), page)]));

    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until("$('.banner').checkVisibility()").await;
    let styled = "getComputedStyle($('.banner')).position";
    assert_eq!(
        browser.value(styled).await,
        "fixed",
        "the banner has its style"
    );
    browser.until(READY).await;
    browser.click_hook("policy").await;
    browser
        .until("$('dialog.policy [data-zq-document] mark')")
        .await;
    browser.click_hook("close").await;
    browser.click_hook("preferences").await;
    browser.click("[data-zq-purpose=analytics]").await;
    browser.click_hook("save").await;
    browser.until("zhiqing.state().decidedAt").await;
    assert_eq!(
        browser.value("zhiqing.state().purposes.analytics").await,
        "granted"
    );
    browser.end().await;
}
