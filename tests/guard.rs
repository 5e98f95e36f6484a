//! The guard: what it does before the module is here, and what it holds back.

use serde_json::json;
use zhiqing_tests::carrying::page;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Browser, Page, Pages, Server, Site, Visit};

/// The module never comes to a page whose address says so.
const SLOW: &str = "if (location.search === '?slow') {
    const append = Node.prototype.appendChild;
    Node.prototype.appendChild = function (node) {
        if (String(node.src).includes('zhiqing_glue')) return node;
        return append.call(this, node);
    };
}";

#[tokio::test]
async fn a_refusal_before_the_module_is_here_counts_although_the_page_is_left() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let browser = Browser::start().await;
    browser.before_pages(SLOW);
    browser.goto(&server.url("/?slow")).await;
    browser.until("$('.banner').checkVisibility()").await;
    browser.click_hook("reject-all").await;
    browser.until("$('.banner') === null").await;
    let keys = "Object.keys(localStorage).sort()";
    let kept = json!([format!("zq.act.{SITE}")]);
    assert_eq!(
        browser.value(keys).await,
        kept,
        "no identifier before a decision"
    );

    browser.goto(&server.url("/")).await;
    browser.until("zhiqing.receipt()").await;
    let record = browser
        .value("zhiqing.receipt().then((receipt) => receipt.record)")
        .await;
    assert_eq!(record["event"], "refused");
    assert_eq!(record["method"], "reject_all");
    assert!(record["notice"]["shown_ms"].as_u64() > Some(0), "{record}");
    assert_eq!(browser.value("$('.banner') === null").await, true);
    let kept = ["", ".receipt", ".removal"].map(|name| format!("zq.{SITE}{name}"));
    assert_eq!(browser.value(keys).await, json!(kept));
    browser.end().await;
}

#[tokio::test]
async fn an_agreement_before_the_module_is_here_is_to_what_was_shown_and_nothing_else() {
    let site = Site::sample();
    let address = zhiqing_tests::server::free_address();
    let server = Server::start_at(&site.settings(), &address);
    let browser = Browser::start().await;
    browser.before_pages(SLOW);
    browser.goto(&server.url("/?slow")).await;
    browser.until("$('.banner').checkVisibility()").await;
    browser.click_hook("accept-all").await;
    browser.until("$('.banner') === null").await;
    server.stop();

    site.edit(r#"version = "2026.11""#, r#"version = "2026.12""#);
    let server = Server::start_at(&site.settings(), &address);
    browser.goto(&server.url("/")).await;
    browser.until("zhiqing.ready.then(() => true)").await;
    browser.until("$('.banner').checkVisibility()").await;
    let state = browser.value("zhiqing.state()").await;
    assert_eq!(state["purposes"]["ads"], "unset", "{state}");
    assert_eq!(state["decidedAt"], json!(null));
    assert_eq!(browser.value("Object.keys(localStorage)").await, json!([]));
    browser.end().await;
}

#[tokio::test]
async fn a_module_that_did_not_come_is_tried_again_and_the_person_is_told() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let browser = Browser::start().await;
    // The first request for the glue goes where nothing is.
    browser.before_pages(
        "let lost = false;
        const append = Node.prototype.appendChild;
        Node.prototype.appendChild = function (node) {
            if (!lost && String(node.src).includes('zhiqing_glue')) {
                lost = true;
                setTimeout(() => node.onerror(new Event('error')));
                return node;
            }
            return append.call(this, node);
        };",
    );
    browser.goto(&server.url("/")).await;
    browser
        .until("$('.banner .trouble').checkVisibility()")
        .await;
    browser.click_hook("preferences").await;
    browser.until("$('dialog.preferences')").await;
    assert_eq!(
        browser
            .value("$('.banner .trouble').checkVisibility()")
            .await,
        false,
        "the trouble is over"
    );
    browser.click("[data-zq-purpose=analytics]").await;
    browser.click_hook("save").await;
    browser.until("zhiqing.receipt()").await;
    assert_eq!(
        browser.value("zhiqing.state().purposes.analytics").await,
        "granted"
    );
    browser.end().await;
}

#[tokio::test]
async fn the_cookie_store_is_held_back_like_document_cookie() {
    let visit = Visit::first().await;
    let set = "cookieStore.set('Hm_lvt_store', '1').then(() => names())";
    assert_eq!(visit.value(set).await, json!([]));
    let object = "cookieStore.set({ name: 'Hm_lvt_store', value: '1' }).then(() => names())";
    assert_eq!(visit.value(object).await, json!([]));
    let blank = "cookieStore.set(' Hm_lvt_store', '1').then(() => names())";
    assert_eq!(visit.value(blank).await, json!([]), "browsers trim names");
    let own = "cookieStore.set('cart', '1').then(() => names())";
    assert_eq!(
        visit.value(own).await,
        json!(["cart"]),
        "what nobody lists passes"
    );
    visit.click_hook("accept-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    let names = visit.value(set).await;
    let names = names.as_array().expect("names");
    assert!(names.contains(&json!("Hm_lvt_store")), "{names:?}");
    visit.end().await;
}

/// A picture of one pixel.
const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

#[tokio::test]
async fn a_held_script_that_never_ends_stops_no_other_purpose() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let script = server.url(&format!("/sites/{SITE}/zhiqing.js"));
    let pages = Pages::serve([
        (
            "/".to_owned(),
            Page::html(&format!(
                "<!doctype html><title>held</title><div id='zhiqing'></div>
                <script>window.ran = [];</script><script src='{script}'></script>
                <script type='text/plain' data-purpose='ads' src='/first.js'></script>
                <script type='text/plain' data-purpose='ads'>ran.push('ads 2')</script>
                <script type='text/plain' data-purpose='analytics' src='/none.js' nomodule></script>
                <script type='text/plain' data-purpose='analytics'>ran.push('analytics')</script>
                <script type='text/plain' data-purpose='location'>ran.push('location')</script>
                <script type='text/plain' data-purpose='nonsense'>ran.push('nonsense')</script>
                <img data-purpose='personalisation' data-src='{DOT}' alt=''>"
            )),
        ),
        (
            "/first.js".to_owned(),
            Page::file("first.js", b"ran.push('ads 1')".to_vec()),
        ),
        (
            "/none.js".to_owned(),
            Page::file("none.js", b"ran.push('none')".to_vec()),
        ),
    ]);
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until("zhiqing.ready.then(() => true)").await;
    assert_eq!(browser.value("ran").await, json!([]));
    let image = "document.querySelector('img').getAttribute('src')";
    assert_eq!(browser.value(image).await, json!(null));
    browser.click_hook("accept-all").await;
    browser.until("ran.includes('ads 2')").await;
    let mut ran = browser.value("ran").await;
    let ran = ran.as_array_mut().expect("names");
    let place = |name: &str| ran.iter().position(|ran| ran == name);
    assert!(
        place("ads 1") < place("ads 2"),
        "within a purpose in order: {ran:?}"
    );
    assert!(place("analytics").is_some(), "{ran:?}");
    assert_eq!(ran.len(), 3, "{ran:?}");
    assert_eq!(browser.value(image).await, DOT);
    browser.end().await;
}

#[tokio::test]
async fn a_held_tag_keeps_its_handlers_and_odd_names_under_trusted_types() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let body = "<script>window.ran = [];</script>
        <script type='text/plain' data-purpose='ads' @click='x' src='/held.js' onload=\"ran.push('handler')\"></script>
        <script type='text/plain' data-purpose='ads'>ran.push('next')</script>";
    let policy = "require-trusted-types-for 'script'; trusted-types zhiqing";
    let page = page(&server, "", body).with("Content-Security-Policy", policy);
    let script = Page::file("held.js", b"ran.push('held')".to_vec());
    let pages = Pages::serve([("/".to_owned(), page), ("/held.js".to_owned(), script)]);
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until("$('.banner').checkVisibility()").await;
    browser.click_hook("accept-all").await;
    browser.until("ran.includes('next')").await;
    assert_eq!(
        browser.value("ran").await,
        json!(["held", "handler", "next"])
    );
    browser.end().await;
}

#[tokio::test]
async fn the_focus_goes_back_to_what_opened_a_sheet() {
    let visit = Visit::first().await;
    visit
        .tap("document.querySelector('nav [data-zq=rights]')")
        .await;
    visit.until("$('dialog.rights')").await;
    visit.escape().await;
    visit.until("$('dialog') === null").await;
    let focused = "document.activeElement.dataset.zq";
    assert_eq!(visit.value(focused).await, "rights");
    visit.end().await;
}

#[tokio::test]
async fn the_contents_of_the_policy_lead_to_its_sections() {
    let visit = Visit::first().await;
    visit.click_hook("policy").await;
    visit.click(".contents summary").await;
    let title = visit
        .value("$$('.contents .first .link')[3].textContent")
        .await;
    visit.tap("$$('.contents .first .link')[3]").await;
    visit.until("$('.body').scrollTop > 300").await;
    let shown = visit.value("$('.found').textContent").await;
    assert_eq!(shown, title);
    visit.end().await;
}

#[tokio::test]
async fn the_banners_style_says_as_it_is_shipped_what_it_says_as_it_is_written() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let browser = Browser::start().await;
    browser.goto(&server.url("/")).await;
    browser.until("$('.banner').checkVisibility()").await;
    let written = include_str!("../crates/view/src/style/banner.css");
    // A browser keeps the blanks in a custom property's value as they are.
    let rules = |sheet: &str| {
        format!("[...({sheet}).cssRules].map((rule) => rule.cssText.replace(/,\\s+/g, ','))")
    };
    let sheet = format!(
        "(() => {{ const sheet = new CSSStyleSheet(); sheet.replaceSync({}); return sheet; }})()",
        json!(written)
    );
    let expected = browser.value(&rules(&sheet)).await;
    assert!(expected.as_array().expect("rules").len() > 20, "{expected}");
    let shipped = browser.value(&rules("root.adoptedStyleSheets[0]")).await;
    assert_eq!(shipped, expected);
    browser.end().await;
}
