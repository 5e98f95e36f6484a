//! What a page does around the notice: it lays itself out, styles everything, hides us, freezes what it
//! can.

use serde_json::{Value, json};
use zhiqing_tests::carrying::{VIEWPORT, opened, page, tag};
use zhiqing_tests::server::reporting;
use zhiqing_tests::{Browser, Look, Page, Pages, Server, Visit};

const READY: &str = "zhiqing.ready.then(() => true)";
const BANNER: &str = "$('.banner')?.checkVisibility()";
/// What is moved by the last change is drawn by the second frame.
const DRAWN: &str =
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

/// Keeps how far the page's content was moved.
const SHIFTS: &str = "window.shifts = []; new PerformanceObserver((list) =>
    shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: 'layout-shift', buffered: true });";

#[tokio::test]
async fn the_page_beside_the_banner_stays_where_it_is_and_works() {
    let (_site, server) = reporting();
    let head = "<style>html { display: flex; justify-content: space-between; gap: 9px }</style>";
    let text = "<p>text</p>".repeat(200);
    let body = format!("<button onclick='window.tapped = true'>tap</button>{text}");
    for head in ["", head] {
        let browser = Browser::start().await;
        browser.before_pages(SHIFTS);
        let pages = Pages::one(page(&server, head, &body));
        browser.goto(&pages.url("/")).await;
        browser.until(READY).await;
        browser.until(BANNER).await;
        browser.until(DRAWN).await;
        assert_eq!(browser.value("shifts").await, json!([]));
        browser.tap("document.querySelector('button')").await;
        assert_eq!(browser.value("window.tapped").await, true);
        assert_eq!(browser.value("(scrollTo(0, 500), scrollY)").await, 500);
        let left = "document.body.getBoundingClientRect().left";
        let with = browser.value(left).await;
        // Without our element, before it is put back.
        let without = format!("(document.querySelector('zhiqing-notice').remove(), {left})");
        assert_eq!(with, browser.value(&without).await, "{head}");
        browser.end().await;
    }
}

#[tokio::test]
async fn a_page_that_hides_the_notice_stays_usable() {
    let head = "<style>zhiqing-notice { display: none !important }</style>";
    let body = "<button onclick='window.tapped = (window.tapped ?? 0) + 1' style='position: fixed;
        bottom: 100px'>tap</button><a href='#' data-zq=preferences>privacy</a>";
    for place in ["bottom", "over"] {
        let (site, server) = reporting();
        server.stop();
        site.edit(
            "# [banner]\n# place = \"bottom\"",
            &format!("[banner]\nplace = \"{place}\""),
        );
        let text = std::fs::read_to_string(site.settings()).expect("the settings");
        let (_, address) = text.split_once("url = \"http://").expect("an address");
        let (address, _) = address.split_once("/v1").expect("its end");
        let server = Server::start_at(&site.settings(), address);
        let (browser, _pages) = opened(page(&server, head, body)).await;
        browser.until(READY).await;
        browser.until(DRAWN).await;
        browser.tap("document.querySelector('button')").await;
        assert_eq!(browser.value("window.tapped ?? 0").await, 1, "{place}");
        // Not even a sheet that nobody sees is in the way.
        browser.tap("document.querySelector('a')").await;
        browser.until(DRAWN).await;
        browser.tap("document.querySelector('button')").await;
        assert_eq!(browser.value("window.tapped ?? 0").await, 2, "{place}");
        assert_eq!(
            browser.value("zhiqing.state().decidedAt").await,
            Value::Null
        );
        assert_eq!(
            browser
                .value("zhiqing.reject().then((state) => state.purposes.ads)")
                .await,
            "denied"
        );
        browser.until("zhiqing.receipt()").await;
        browser.end().await;
    }
}

/// Of the banner and of each of its parts width, height, how far it is from the banner's edge, and how
/// its text runs.
const RECTS: &str = "[$('.banner'), ...$$('.banner *')].map((it) => {
        const { left, width, height } = it.getBoundingClientRect();
        const from = left - $('.banner').getBoundingClientRect().left;
        return [width, height, from].map(Math.round).join(' ') + ' ' + getComputedStyle(it).textAlign;
    })";

#[tokio::test]
async fn the_banner_looks_the_same_on_any_page() {
    let (_site, server) = reporting();
    let tag = tag(&server);
    let style = |css: &str| {
        format!(
            "<!doctype html><html><head>{tag}{VIEWPORT}<style>{css}</style></head><body><p>text"
        )
    };
    let pages = [
        (
            "quirks",
            format!("<html><head>{tag}{VIEWPORT}</head><body><p>text"),
        ),
        (
            "base",
            format!(
                "<!doctype html><html><head>{tag}{VIEWPORT}<base href='/elsewhere/'></head><body><p>text"
            ),
        ),
        (
            "base first",
            format!(
                "<!doctype html><html><head><base href='/elsewhere/'>{tag}{VIEWPORT}</head><body><p>text"
            ),
        ),
        ("unset", style("* { all: unset }")),
        ("rem", style("html { font-size: 62.5% }")),
        (
            "everything",
            style(
                "* { margin: 9px; padding: 9px; box-sizing: content-box; font: 30px/3 serif; \
            letter-spacing: 3px; text-align: right; \
            word-break: break-all; color: red } html, body { margin: 0; padding: 0 }",
            ),
        ),
        (
            "important",
            style(
                "* { font: 30px/3 serif !important; letter-spacing: 3px !important; color: red !important }",
            ),
        ),
        (
            "html",
            style(
                "html { display: grid; letter-spacing: 3px; font: 30px serif; text-align: right } body { margin: 0 }",
            ),
        ),
        (
            "transform",
            style("html { perspective: none } body { transform: scale(.5); zoom: 2 }"),
        ),
    ];
    let plain = style("");
    let all = pages
        .iter()
        .map(|(name, html)| (format!("/{}", name.replace(' ', "-")), Page::html(html)));
    let pages_at = Pages::serve(all.chain([("/".to_owned(), Page::html(&plain))]));
    let browser = Browser::start().await;
    browser.goto(&pages_at.url("/")).await;
    browser.until(BANNER).await;
    browser.until(READY).await;
    let colour = "getComputedStyle($('.banner h2')).color";
    let (rects, ink) = (browser.value(RECTS).await, browser.value(colour).await);
    for (name, _) in &pages {
        browser
            .goto(&pages_at.url(&format!("/{}", name.replace(' ', "-"))))
            .await;
        browser.until(BANNER).await;
        browser.until(READY).await;
        assert_eq!(browser.value(RECTS).await, rects, "{name}");
        assert_eq!(browser.value(colour).await, ink, "{name}");
    }
    browser.end().await;
}

#[tokio::test]
async fn a_page_that_freezes_everything_is_asked_and_answered() {
    let freeze = "<script>for (const it of [Object, Array, Function, String, RegExp, Map, Set, Promise, Date,
        WeakMap, WeakSet, Uint8Array, ArrayBuffer, URL, Error, Element, Node, Document, EventTarget,
        HTMLScriptElement, CookieStore, Storage]) { Object.freeze(it); Object.freeze(it.prototype); }
        for (const it of [JSON, Math, Reflect]) Object.freeze(it);</script>";
    let (_site, server) = reporting();
    let tag = tag(&server);
    let (browser, _pages) = opened(Page::html(&format!(
        "<!doctype html><html><head>{freeze}{tag}</head><body><p>text"
    )))
    .await;
    browser.until(BANNER).await;
    browser.click_hook("preferences").await;
    browser.click("[data-zq-purpose=analytics]").await;
    browser.click_hook("save").await;
    browser.until("zhiqing.receipt()").await;
    assert_eq!(
        browser.value("zhiqing.state().purposes.analytics").await,
        "granted"
    );
    browser.end().await;
}

/// Of a phone on its side, left and right, in CSS pixels.
const NOTCH: u32 = 59;

#[tokio::test]
async fn on_a_phone_on_its_side_nothing_of_ours_is_in_the_notch() {
    let insets = json!({ "left": NOTCH, "leftMax": NOTCH, "right": NOTCH, "rightMax": NOTCH });
    for width in [667, 844] {
        let visit = Visit::first().await;
        visit.look(Look::LARGE.wide(width).high(390)).await;
        visit.dev_tools(
            "Emulation.setSafeAreaInsetsOverride",
            &json!({ "insets": insets }),
        );
        visit.run("document.querySelector('nav').remove()").await;
        let place = |selector: &str| {
            format!(
                "(({{ left, right }}) => [Math.min(left, {NOTCH}), Math.max(right, {width} - {NOTCH})])
                    ($('{selector}').getBoundingClientRect())"
            )
        };
        let free = json!([NOTCH, width - NOTCH]);
        assert_eq!(visit.value(&place(".banner")).await, free, "{width}");
        visit.click_hook("preferences").await;
        visit.until("$('dialog.preferences')").await;
        assert_eq!(visit.value(&place("dialog")).await, free, "{width}");
        visit.click_hook("reject-all").await;
        visit.until("$('.handle')").await;
        assert_eq!(visit.value(&place(".handle")).await, free, "{width}");
        visit.end().await;
    }
}

#[tokio::test]
async fn what_asks_and_the_way_back_are_not_printed() {
    let visit = Visit::first().await;
    let print = |media: &str| {
        visit.dev_tools("Emulation.setEmulatedMedia", &json!({ "media": media }));
    };
    visit.run("document.querySelector('nav').remove()").await;
    for selector in [".banner", ".handle"] {
        let seen = format!("$('{selector}')?.checkVisibility()");
        visit.until(&seen).await;
        print("print");
        assert_eq!(visit.value(&seen).await, false, "{selector}");
        print("");
        if selector == ".banner" {
            visit.click_hook("reject-all").await;
        }
    }
    visit.end().await;
}
