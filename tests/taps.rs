//! Whose tap it is, and what becomes of it while the module is away.

use serde_json::{Value, json};
use zhiqing_tests::carrying::page;
use zhiqing_tests::visit::{NO_STORAGE, SITE};
use zhiqing_tests::{Browser, Pages, Server, Site, Visit};

/// The glue of the module comes when `come()` is called.
const LATE: &str = "{
    const append = Node.prototype.appendChild;
    Node.prototype.appendChild = function (node) {
        if (!String(node.src).includes('zhiqing_glue')) return append.call(this, node);
        window.come = () => append.call(this, node);
        return node;
    };
}";

/// It does not come while `away` is true.
const AWAY: &str = "{
    window.away = true;
    const append = Node.prototype.appendChild;
    Node.prototype.appendChild = function (node) {
        if (!window.away || !String(node.src).includes('zhiqing_glue')) return append.call(this, node);
        setTimeout(() => node.onerror(new Event('error')));
        return node;
    };
}";

/// A browser on the sample site's page after some scripts; the banner is there, the module may not be.
async fn prepared(scripts: &[&str]) -> Visit {
    let visit = Visit::opened(Site::sample(), "/", |browser| {
        scripts
            .iter()
            .for_each(|script| browser.before_pages(script));
    })
    .await;
    visit.until("$('.banner').checkVisibility()").await;
    visit
}

/// The same after everything was refused, on the page loaded again: the module is late once more.
async fn refused_and_late() -> Visit {
    let visit = prepared(&[LATE]).await;
    visit.click_hook("reject-all").await;
    visit.value("void come()").await;
    visit.until("zhiqing.state().decidedAt").await;
    visit.reload().await;
    visit
}

/// Lets so many milliseconds of the page's time pass: what they decide on is counted in time.
async fn pass(visit: &Visit, ms: u32) {
    let passed = format!("new Promise((done) => setTimeout(done, {ms}, true))");
    visit.until(&passed).await;
}

/// Taps one of the page's own links.
async fn tap_page(visit: &Visit, hook: &str) {
    let link = format!("document.querySelector('nav [data-zq={hook}]')");
    visit.tap(&link).await;
}

#[tokio::test]
async fn a_refusal_outranks_what_the_page_agreed_to_before_the_module_was_here() {
    let visit = prepared(&[LATE]).await;
    visit.value("void zhiqing.accept()").await;
    // The cookie counts in seconds: this tap is a second older than what the page's call becomes.
    visit.click_hook("reject-all").await;
    pass(&visit, 1100).await;
    visit.value("void come()").await;
    visit
        .until("zhiqing.state().purposes.ads === 'denied'")
        .await;
    let receipts = visit.receipts(2).await;
    assert_eq!(receipts[1]["record"]["event"], "refused");
    visit.end().await;
}

#[tokio::test]
async fn of_two_taps_the_later_counts_where_nothing_can_be_kept() {
    let visit = prepared(&[LATE, NO_STORAGE]).await;
    visit.click_hook("accept-all").await;
    tap_page(&visit, "reject-all").await;
    pass(&visit, 1100).await;
    visit.value("void come()").await;
    visit.until("zhiqing.state().decidedAt").await;
    assert_eq!(visit.purposes().await, visit.expected(&[], "denied"));
    visit.end().await;
}

#[tokio::test]
async fn a_refusal_stands_and_links_lead_on_where_the_module_never_comes() {
    let visit = prepared(&[AWAY]).await;
    visit.click_hook("reject-all").await;
    visit
        .until("zhiqing.ready.then(() => false, () => true)")
        .await;
    assert_eq!(visit.value("$('.banner')").await, Value::Null);
    tap_page(&visit, "preferences").await;
    visit.until("location.pathname === '/v1/form'").await;
    visit.end().await;
}

#[tokio::test]
async fn a_tap_is_worth_another_try_after_the_last() {
    let visit = prepared(&[AWAY]).await;
    visit
        .until("zhiqing.ready.then(() => false, () => true)")
        .await;
    assert_eq!(
        visit.value("$('.banner .trouble').checkVisibility()").await,
        true
    );
    visit.value("window.away = false").await;
    visit.click_hook("accept-all").await;
    visit
        .until("zhiqing.state().purposes.ads === 'granted'")
        .await;
    let receipts = visit.server.history(SITE, &visit.bearer().await);
    assert_eq!(receipts.len(), 1, "{receipts:?}");
    visit.end().await;
}

/// What the page is told when it asks, or "asked" where that puts a step before the person.
const ASK: &str = "(window.answer = null, zhiqing.permission('location').then((answer) => { window.answer = answer; }), true)";
const ANSWER: &str = "$('dialog.step') ? 'asked' : window.answer";

#[tokio::test]
async fn a_tap_after_the_page_asked_is_not_behind_what_it_asked() {
    let visit = refused_and_late().await;
    visit.value(ASK).await;
    visit.tap("document.querySelector('h1')").await;
    visit.value("void come()").await;
    assert_eq!(visit.until(ANSWER).await, "denied");
    visit.end().await;
}

#[tokio::test]
async fn a_tap_before_the_page_asked_is_behind_it_however_late_the_module_is_and_once() {
    let visit = refused_and_late().await;
    visit.tap("document.querySelector('h1')").await;
    visit.value(ASK).await;
    pass(&visit, 5100).await;
    visit.value("void come()").await;
    assert_eq!(visit.until(ANSWER).await, "asked");
    // Closed without an answer: the same tap opens it no second time.
    visit.escape().await;
    visit.until("$('dialog') === null").await;
    visit.value(ASK).await;
    assert_eq!(visit.until(ANSWER).await, "denied");
    visit.end().await;
}

#[tokio::test]
async fn a_tap_that_a_touch_library_swallowed_is_one() {
    let visit = prepared(&[]).await;
    visit.click_hook("reject-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    visit
        .value(&format!(
            "document.querySelector('h1').addEventListener('touchend', (event) => {{
                event.preventDefault();
                {ASK};
            }})"
        ))
        .await;
    let place =
        "(({ x, y }) => [x + 5, y + 5])(document.querySelector('h1').getBoundingClientRect())";
    let place = visit.value(place).await;
    let points = json!([{ "x": place[0], "y": place[1] }]);
    visit.dev_tools(
        "Input.dispatchTouchEvent",
        &json!({ "type": "touchStart", "touchPoints": points }),
    );
    visit.dev_tools(
        "Input.dispatchTouchEvent",
        &json!({ "type": "touchEnd", "touchPoints": [] }),
    );
    assert_eq!(visit.until(ANSWER).await, "asked");
    visit.end().await;
}

#[tokio::test]
async fn no_script_agrees_by_our_buttons() {
    let visit = prepared(&[]).await;
    visit.until("zhiqing.ready.then(() => true)").await;
    // Not even right after a tap on the page.
    visit.tap("document.querySelector('h1')").await;
    visit.value("$('[data-zq=accept-all]').click()").await;
    visit.value("void zhiqing.accept(['face'])").await;
    visit.until("$('dialog.step')").await;
    visit.value("$('[data-zq=save]').click()").await;
    let link = "(() => {
        const link = document.createElement('a');
        link.dataset.zq = 'save';
        document.body.append(link);
        link.click();
    })()";
    visit.value(link).await;
    assert_eq!(visit.purposes().await, visit.expected(&[], "unset"));
    // Refusing is open to whoever does it for the person.
    visit.value("$('[data-zq=close]').click()").await;
    visit.until("$('dialog') === null").await;
    visit.value("$('[data-zq=reject-all]').click()").await;
    visit.until("zhiqing.state().decidedAt").await;
    assert_eq!(visit.purposes().await, visit.expected(&[], "denied"));
    visit.end().await;
}

#[tokio::test]
async fn the_second_half_of_a_double_tap_agrees_to_nothing() {
    let visit = prepared(&[]).await;
    visit.until("zhiqing.ready.then(() => true)").await;
    visit.value("void zhiqing.accept(['face', 'trips'])").await;
    visit.until("$('dialog.step')").await;
    let place =
        "(({ x, y }) => [x + 9, y + 9])($('dialog [data-zq=save]').getBoundingClientRect())";
    let place = visit.value(place).await;
    for clicks in [1, 2] {
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({
                "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": clicks,
            });
            visit.dev_tools("Input.dispatchMouseEvent", &event);
        }
    }
    visit
        .until("zhiqing.state().purposes.face === 'granted'")
        .await;
    let state = visit.purposes().await;
    assert_eq!(state["trips"], "unset", "{state}");
    assert_eq!(visit.value("$('dialog.step') !== null").await, true);
    visit.end().await;
}

#[tokio::test]
async fn a_page_that_comes_back_knows_what_it_alone_remembers() {
    // Neither storage nor cookies, as in a frame of another site.
    let no_cookies = "Object.defineProperty(Document.prototype, 'cookie',
        { configurable: true, enumerable: true, get: () => '', set() {} });";
    let visit = prepared(&[NO_STORAGE, no_cookies]).await;
    visit.click_hook("accept-all").await;
    visit
        .until("zhiqing.state().purposes.ads === 'granted'")
        .await;
    let back = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))";
    visit.value(back).await;
    let state = visit.purposes().await;
    assert_eq!(state["ads"], "granted", "{state}");
    visit.end().await;
}

#[tokio::test]
async fn a_frame_of_a_page_that_asks_does_not_ask_again() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let framed = page(&server, "", "<p>frame</p>");
    let whole = page(&server, "", "<iframe src='/frame' title='frame'></iframe>");
    let pages = Pages::serve([("/".to_owned(), whole), ("/frame".to_owned(), framed)]);
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until("$('.banner').checkVisibility()").await;
    let inner = "document.querySelector('iframe').contentWindow";
    let ready = format!("{inner}.zhiqing.ready.then(() => true)");
    browser.until(&ready).await;
    let asked = format!(
        "{inner}.document.querySelector('zhiqing-notice')?.shadowRoot.querySelector('.banner')"
    );
    assert_eq!(browser.value(&asked).await, Value::Null);
    browser.click_hook("accept-all").await;
    browser
        .until(&format!(
            "{inner}.zhiqing.state().purposes.ads === 'granted'"
        ))
        .await;
    browser.end().await;
}

#[tokio::test]
async fn what_a_sheet_covers_is_not_shown() {
    let visit = prepared(&[]).await;
    visit.until("zhiqing.ready.then(() => true)").await;
    visit.click_hook("policy").await;
    visit.until("$('dialog.policy')").await;
    pass(&visit, 1500).await;
    visit.escape().await;
    visit.until("$('dialog') === null").await;
    visit.click_hook("reject-all").await;
    let record = visit.record().await;
    let shown = record["notice"]["shown_ms"].as_f64().expect("a time");
    let after = visit.value("performance.now()").await;
    let all = after.as_f64().expect("a time");
    assert!(shown > 0.0 && shown < all - 1500.0, "{shown} of {all}");
    visit.end().await;
}
