//! The rules of asking (docs/rules.md) in the browser, each by its number. `docs/rules.md` tells how
//! each of these tests was seen to fail when its rule was broken.

#[path = "rules/looks.rs"]
mod looks;
#[path = "rules/shown.rs"]
mod shown;

use looks::{assert_alike, assert_planted_are_found};
use serde_json::{Value, json};
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Browser, Server, Site, Visit};

const NO_BANNER: &str = "$('.banner') === null";
/// Everything that a page could have left behind.
const TRACES: &str = "(async () => [document.cookie, localStorage.length, sessionStorage.length,
    (await indexedDB.databases()).length, (await caches.keys()).length])()";

fn no_traces() -> Value {
    json!(["", 0, 0, 0, 0])
}

#[tokio::test]
async fn rule_1_refusing_looks_like_accepting_and_nothing_is_preselected() {
    let visit = Visit::first().await;
    assert_alike(&visit, ".banner .actions .choice", 3).await;
    let order = "$$('.banner .actions button').map((button) => button.dataset.zq)";
    let order = visit.value(order).await;
    assert_eq!(
        order[0], "reject-all",
        "nobody passes the agreement on the way to the refusal"
    );
    visit.click_hook("preferences").await;
    visit.until("$('dialog.preferences')").await;
    let on = "$$('dialog input:checked').map((input) => input.dataset.zqPurpose)";
    assert_eq!(visit.value(on).await, json!(["service"]));
    assert_alike(&visit, "dialog footer .actions .choice", 2).await;
    visit.click("[data-zq-purpose=location]").await;
    visit.until("$('dialog.step')").await;
    assert_alike(&visit, "dialog.step .actions .choice", 2).await;
    visit.end().await;
}

#[tokio::test]
async fn rule_1_whatever_sets_one_answer_off_is_found() {
    let visit = Visit::first().await;
    assert_planted_are_found(&visit, ".banner .actions .choice").await;
    visit.end().await;
}

#[tokio::test]
async fn rule_1_a_page_cannot_style_one_answer_above_the_other() {
    let visit = Visit::first().await;
    let parts = "$$('.banner .actions button').map((button) => button.getAttribute('part'))";
    assert_eq!(
        visit.value(parts).await,
        json!(["button", "button", "button"])
    );
    visit
        .value(
            "document.head.append(Object.assign(document.createElement('style'), { textContent:
            'zhiqing-notice::part(button) { background: rgb(255, 0, 0); padding: 20px }' }))",
        )
        .await;
    let colours = "$$('.banner .choice').map((it) => getComputedStyle(it).backgroundColor)";
    let red = "rgb(255, 0, 0)";
    assert_eq!(visit.value(colours).await, json!([red, red, red]));
    visit.end().await;
}

#[tokio::test]
async fn rule_1_withdrawing_takes_no_more_taps_than_three_from_any_page() {
    let visit = Visit::first().await;
    // One tap to agree.
    visit.click_hook("accept-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    // From the page's own link: rights, withdraw.
    visit
        .tap("document.querySelector('nav [data-zq=rights]')")
        .await;
    visit.click_hook("withdraw").await;
    visit
        .until(
            "Object.values(zhiqing.state().purposes).filter((it) => it === 'granted').length === 1",
        )
        .await;
    assert_eq!(
        visit.value("$('dialog') === null").await,
        true,
        "two taps, and it is done"
    );
    visit.end().await;
}

#[tokio::test]
async fn rule_1_a_page_without_a_way_back_gets_a_handle() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let script = server.url(&format!("/sites/{SITE}/zhiqing.js"));
    let page = |link: &str| {
        zhiqing_tests::Page::html(&format!(
            "<!doctype html><title>bare</title><script src='{script}'></script><p>text</p>{link}"
        ))
    };
    let pages = zhiqing_tests::Pages::serve([
        ("/".to_owned(), page("")),
        (
            "/linked".to_owned(),
            page("<a href='#' data-zq=preferences>privacy</a>"),
        ),
    ]);
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until("zhiqing.ready.then(() => true)").await;
    let handle = "$('.handle') !== null";
    assert_eq!(
        browser.value(handle).await,
        false,
        "the question itself is in view"
    );
    browser.click_hook("accept-all").await;
    browser.until("zhiqing.state().decidedAt").await;
    browser
        .until("$('.handle')?.getBoundingClientRect().height >= 44")
        .await;
    // The handle, "refuse all": two taps.
    browser.click(".handle").await;
    browser.until("$('dialog.preferences')").await;
    browser.click_hook("reject-all").await;
    browser
        .until("zhiqing.state().purposes.ads === 'denied'")
        .await;
    browser.goto(&pages.url("/linked")).await;
    browser.until("zhiqing.ready.then(() => true)").await;
    assert_eq!(
        browser.value(handle).await,
        false,
        "the page has a link of its own"
    );
    browser.end().await;
}

#[tokio::test]
async fn rule_2_accept_all_grants_no_separate_consent() {
    let visit = Visit::first().await;
    visit.click_hook("accept-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    let notice = visit.notice();
    for purpose in notice["purposes"].as_array().expect("purposes") {
        let id = purpose["id"].as_str().expect("an id");
        let state = visit
            .value(&format!("zhiqing.state().purposes['{id}']"))
            .await;
        let expected = match purpose["basis"].as_str() {
            Some("none" | "general") => "granted",
            _ => "denied",
        };
        assert_eq!(state, expected, "{id}");
    }
    // The switch alone does not do either: its step is in the way, one for each.
    visit.value("zhiqing.show('preferences')").await;
    visit.click("[data-zq-purpose=face]").await;
    visit.until("$('dialog.step')").await;
    visit.escape().await;
    visit.until("$('dialog.preferences')").await;
    let on = "$('dialog [data-zq-purpose=face]').checked";
    assert_eq!(visit.value(on).await, false);
    visit.end().await;
}

/// Makes the decision so many hours older than it is.
fn aged(hours: u32) -> String {
    format!(
        "(() => {{
            const kept = JSON.parse(localStorage.getItem('zq.{SITE}'));
            kept.decision = kept.decision.replace(/^((?:[^~]*~){{3}})(\\d+)/,
                (_, head, at) => head + (at - {hours} * 3600));
            localStorage.setItem('zq.{SITE}', JSON.stringify(kept));
            document.cookie = 'zq=' + kept.decision + '; Path=/; Max-Age=9999';
            return document.cookie.includes(kept.decision);
        }})()"
    )
}

/// What a page that asks by itself is told, or "asked" once it has put a step before the person.
async fn asks(visit: &Visit) -> Value {
    visit
        .run("window.told = null; zhiqing.permission('location').then((answer) => { window.told = answer; })")
        .await;
    visit.until("told ?? ($('dialog.step') && 'asked')").await
}

#[tokio::test]
async fn rule_4_after_a_refusal_nobody_is_asked_for_48_hours() {
    let visit = Visit::first().await;
    visit.click_hook("reject-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    for (hours, answer) in [(0, "denied"), (47, "denied"), (2, "asked")] {
        assert_eq!(visit.value(&aged(hours)).await, true);
        visit.again().await;
        assert_eq!(visit.value(NO_BANNER).await, true, "{hours}");
        assert_eq!(asks(&visit).await, answer, "after {hours} hours more");
    }
    visit.end().await;
}

#[tokio::test]
async fn rule_4_the_person_may_start_it_at_any_time() {
    let visit = Visit::first().await;
    visit.click_hook("reject-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    visit
        .tap("document.querySelector('nav [data-zq=preferences]')")
        .await;
    visit.until("$('dialog.preferences')").await;
    visit.click("[data-zq-purpose=analytics]").await;
    visit.click_hook("save").await;
    visit
        .until("zhiqing.state().purposes.analytics === 'granted'")
        .await;
    visit.end().await;
}

/// The browser signals Global Privacy Control on pages whose address says so.
const SIGNAL: &str = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl',
    { configurable: true, get: () => location.search === '?gpc' });";

#[tokio::test]
async fn rule_7_the_signal_is_no_choice_and_an_explicit_one_wins() {
    let visit = Visit::prepared(|browser| browser.before_pages(SIGNAL)).await;
    visit.goto(&visit.server.url("/?gpc")).await;
    visit.until("zhiqing.ready.then(() => true)").await;
    assert_eq!(visit.purposes().await, visit.expected(&[], "unset"));
    assert_eq!(visit.value(TRACES).await, no_traces());
    assert_eq!(
        visit.value("$('.banner .gpc').checkVisibility()").await,
        true,
        "the person is told"
    );
    visit.click_hook("accept-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    let general = ["analytics", "personalisation", "ads"];
    assert_eq!(visit.purposes().await, visit.expected(&general, "denied"));
    assert_eq!(visit.record().await["signals"], json!({ "gpc": true }));
    visit.again().await;
    assert_eq!(visit.purposes().await, visit.expected(&general, "denied"));
    visit.end().await;
}

#[tokio::test]
async fn rule_7_the_signal_turns_off_what_was_granted_before_it() {
    let visit = Visit::prepared(|browser| browser.before_pages(SIGNAL)).await;
    assert_eq!(
        visit.value("$('.banner .gpc').checkVisibility()").await,
        false
    );
    visit.click_hook("accept-all").await;
    visit
        .until("zhiqing.state().purposes.ads === 'granted'")
        .await;
    let cookie = visit.value("document.cookie.match(/zq=[^;]*/)[0]").await;

    visit.goto(&visit.server.url("/?gpc")).await;
    visit.until("zhiqing.ready.then(() => true)").await;
    assert_eq!(
        visit.value("zhiqing.state().purposes.ads").await,
        "denied",
        "what third parties receive is off"
    );
    assert_eq!(visit.value("demo.done.has('ads')").await, false);
    assert_eq!(visit.value(NO_BANNER).await, true, "and nobody is asked");
    let now = visit.value("document.cookie.match(/zq=[^;]*/)[0]").await;
    assert_eq!(now, cookie, "the decision stands as it was made");
    assert_eq!(visit.receipts(1).await.len(), 1, "no record is invented");
    // The preferences show what holds, and what is switched on there wins.
    visit.value("zhiqing.show('preferences')").await;
    let on = "$('dialog [data-zq-purpose=ads]').checked";
    assert_eq!(visit.value(on).await, false);
    visit.click("[data-zq-purpose=ads]").await;
    visit.click_hook("save").await;
    visit
        .until("zhiqing.state().purposes.ads === 'granted'")
        .await;
    let history = visit.receipts(2).await;
    assert_eq!(history[1]["record"]["signals"], json!({ "gpc": true }));

    // Without the signal everything is as it was chosen.
    visit.goto(&visit.server.url("/")).await;
    assert_eq!(visit.value("zhiqing.state().purposes.ads").await, "granted");
    visit.end().await;
}

/// Notes what a page asks for by script: of a fetch whose answer nobody reads the browser lists nothing.
const SENDS: &str = "window.sent = [];
    for (const [place, name, at] of [[window, 'fetch', 0], [Navigator.prototype, 'sendBeacon', 0],
        [XMLHttpRequest.prototype, 'open', 1]]) {
        const own = place[name];
        place[name] = function (...given) {
            sent.push(String(given[at].url ?? given[at]));
            return own.apply(this, given);
        };
    }";

/// Nothing is stored, nothing that waits for consent has run, and nobody was asked for anything but the
/// site's built files.
async fn assert_nothing_left(visit: &Visit) {
    assert_eq!(visit.value(TRACES).await, no_traces());
    assert_eq!(visit.cookies().await, [""; 0]);
    assert_eq!(visit.value("demo.done.size").await, 0);
    let requests =
        "[...sent, ...performance.getEntriesByType('resource').map((entry) => entry.name)]
        .map((url) => new URL(url, location.href)).filter((url) => url.protocol !== 'data:')
        .map((url) => url.pathname).filter((path) => !path.startsWith('/sites/'))";
    assert_eq!(visit.value(requests).await, json!([]));
}

#[tokio::test]
async fn rule_8_before_a_decision_nothing_is_stored_sent_or_loaded() {
    let visit = Visit::prepared(|browser| browser.before_pages(SENDS)).await;
    // The page itself tries, again and again.
    visit.value("[1, 2, 3].forEach(() => demo.draw())").await;
    assert_nothing_left(&visit).await;
    // Looking around decides nothing either.
    visit.click_hook("preferences").await;
    visit.until("$('dialog.preferences')").await;
    visit.click("[data-zq-purpose=ads]").await;
    visit.click_hook("close").await;
    visit.click_hook("policy").await;
    visit.until("$('dialog.policy')").await;
    visit.click_hook("close").await;
    visit
        .value("zhiqing.permission('location').catch(() => 0), 1")
        .await;
    visit.until("$('dialog.step')").await;
    visit.escape().await;
    visit.value("[1, 2, 3].forEach(() => demo.draw())").await;
    assert_nothing_left(&visit).await;
    visit.end().await;
}
