//! Any page: applications that replace themselves, two copies, pages that are put aside and come back,
//! tabs, and what is asked before the module is here.

use serde_json::{Value, json};
use zhiqing_tests::carrying::{opened, page, tag};
use zhiqing_tests::server::reporting;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Browser, Page, Pages, Server, Site};

const READY: &str = "zhiqing.ready.then(() => true)";
const BANNER: &str = "$('.banner')?.checkVisibility()";
const NO_BANNER: &str = "$('.banner') === null";
/// A picture of one pixel.
const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/// What an application puts into its page when the address changes: tags of two purposes, and a
/// link of its own.
fn view(name: &str) -> Value {
    let held = |purpose: &str| {
        format!(
            "<script type='text/plain' data-purpose='{purpose}'>(window.ran ??= []).push('{name} {purpose}')</script>\
             <img data-purpose='{purpose}' data-src='{DOT}' alt=''>\
             <iframe data-purpose='{purpose}' data-src='/frame' width=9 height=9></iframe>"
        )
    };
    json!(format!(
        "<h1>{name}</h1>{}{}<button data-zq='rights'>rights</button>",
        held("analytics"),
        held("ads")
    ))
}

/// Names of the elements of a purpose that were let go.
fn loaded(purpose: &str) -> String {
    format!(
        "[...document.querySelectorAll('[data-purpose={purpose}][src]')].map((it) => it.localName)"
    )
}

#[tokio::test]
async fn what_an_application_adds_later_is_held_and_released_as_what_was_there() {
    let (_site, server) = reporting();
    let pages = Pages::serve([
        ("/".to_owned(), page(&server, "", "")),
        ("/frame".to_owned(), Page::html("<p>frame</p>")),
    ]);
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until(READY).await;
    browser.value("zhiqing.accept(['analytics'])").await;
    let swaps = [
        ("inner", "document.body.innerHTML = VIEW"),
        (
            "children",
            "document.body.replaceChildren(document.createRange().createContextualFragment(VIEW))",
        ),
        (
            "body",
            "document.body.replaceWith(Object.assign(document.createElement('body'), { innerHTML: VIEW }))",
        ),
    ];
    let mut ran = Vec::new();
    for (name, swap) in swaps {
        let swap = swap.replace("VIEW", &view(name).to_string());
        browser
            .run(&format!("history.pushState(null, '', '/{name}'); {swap}"))
            .await;
        ran.push(format!("{name} analytics"));
        browser
            .until(&format!("window.ran?.length === {}", ran.len()))
            .await;
        assert_eq!(browser.value("ran").await, json!(ran));
        assert_eq!(
            browser.value(&loaded("analytics")).await,
            json!(["img", "iframe"]),
            "{name}"
        );
        assert_eq!(browser.value(&loaded("ads")).await, json!([]), "{name}");
        browser
            .tap("document.querySelector('button[data-zq=rights]')")
            .await;
        browser.until("$('dialog.rights')").await;
        browser.click_hook("close").await;
        browser.until("$('dialog') === null").await;
        assert_eq!(
            browser.value(BANNER).await,
            true,
            "the rest waits for an answer"
        );
    }
    browser.click_hook("accept-all").await;
    browser.until("ran.includes('body ads')").await;
    assert_eq!(
        browser.value(&loaded("ads")).await,
        json!(["img", "iframe"])
    );
    assert_eq!(browser.value("ran.length").await, 4);
    browser.end().await;
}

const HANDLE: &str = "$('.handle') !== null";
/// Counts how often the page is searched for a way back.
const SEARCHES: &str = "window.searches = 0; const all = Document.prototype.querySelectorAll;
    Document.prototype.querySelectorAll = function (selector) {
        if (selector.includes('[data-zq=rights]')) searches += 1;
        return all.call(this, selector);
    };";
/// Changes the page every few milliseconds for a second, then tells how often it was searched.
const RESTLESS: &str = "new Promise((done) => {
    searches = 0;
    const timer = setInterval(() => { document.body.style.opacity = Math.random(); }, 5);
    setTimeout(() => { clearInterval(timer); done(searches); }, 1000);
})";

#[tokio::test]
async fn each_view_of_an_application_has_a_way_back() {
    let (_site, server) = reporting();
    let browser = Browser::start().await;
    browser.before_pages(SEARCHES);
    let link = "<a href='#' data-zq=preferences>privacy</a>";
    let menu = format!("<nav style='display: none'>{link}</nav>");
    let views = [
        ("inner", "<p>no link</p>".to_owned(), true),
        ("linked", format!("<p>linked</p>{link}"), false),
        ("menu", format!("<p>menu</p>{menu}"), true),
    ];
    let pages = Pages::one(page(&server, "", &views[1].1));
    browser.goto(&pages.url("/")).await;
    browser.until(READY).await;
    browser.until(BANNER).await;
    let searches = browser.value(RESTLESS).await;
    assert_eq!(searches, 0, "the question itself is in view");
    browser.click_hook("reject-all").await;
    browser.until("zhiqing.receipt()").await;
    for (name, html, handle) in &views {
        browser
            .run(&format!(
                "history.pushState(null, '', '/{name}'); document.body.innerHTML = {}",
                json!(html)
            ))
            .await;
        browser.until(&format!("{HANDLE} === {handle}")).await;
    }
    // The menu opens and closes, without anything that comes or goes.
    for (display, handle) in [("block", false), ("none", true)] {
        browser
            .run(&format!(
                "document.querySelector('nav').style.display = '{display}'"
            ))
            .await;
        browser.until(&format!("{HANDLE} === {handle}")).await;
    }
    let searches = browser.value(RESTLESS).await;
    let searches = searches.as_u64().expect("a number");
    assert!((1..=5).contains(&searches), "{searches} in a second");
    browser.end().await;
}

#[tokio::test]
async fn a_page_that_replaces_all_of_itself_keeps_the_notice_and_its_controls() {
    let (_site, server) = reporting();
    let swaps = [
        "document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body'))",
        "document.replaceChild(document.createElement('html'), document.documentElement)",
        "(document.open(), document.write('<!doctype html><title>new</title><p>new</p><a href=\"#\" data-zq=policy>policy</a>'), document.close())",
    ];
    for swap in swaps {
        let (browser, _pages) = opened(page(&server, "", "<p>text</p>")).await;
        browser.until(READY).await;
        browser
            .value(&format!("void setTimeout(() => {swap})"))
            .await;
        browser.until("document.title !== 'page'").await;
        browser.until(BANNER).await;
        browser.click_hook("preferences").await;
        browser.click("[data-zq-purpose=analytics]").await;
        browser.click("[data-zq-purpose=location]").await;
        browser.until("$('dialog.step')").await;
        browser.escape().await;
        browser.until("$('dialog.preferences')").await;
        browser.click_hook("save").await;
        browser.until("zhiqing.receipt()").await;
        let states = browser.value("zhiqing.state().purposes").await;
        assert_eq!(states["analytics"], "granted", "{swap}");
        assert_eq!(states["location"], "denied", "{swap}");
        let link = "document.querySelector('a[data-zq=policy]')";
        if browser.value(&format!("!!{link}")).await == true {
            browser.tap(link).await;
            browser.until("$('[data-zq-document]')").await;
        }
        browser.end().await;
    }
}

/// Keeps what the page says on its console.
const WARNED: &str =
    "window.warned = []; console.warn = (...words) => warned.push(words.join(' '));";

#[tokio::test]
async fn of_two_copies_the_first_wins_and_the_second_says_so() {
    let (site, server) = reporting();
    let other = Site::of("h5-shop", "policy.md");
    let others = Server::start(&other.settings());
    let foreign = format!(
        "<script src='{}'></script>",
        others.url("/sites/lansui/zhiqing.js")
    );
    let (_, files) = site.built();
    let snippet = files.iter().find(|(name, _)| name == "zhiqing.inline.html");
    let snippet = String::from_utf8(snippet.expect("a snippet").1.clone()).expect("UTF-8");
    let base = server.url(&format!("/sites/{SITE}/"));
    let inline = snippet.replace("data-zq-base=\"./\"", &format!("data-zq-base=\"{base}\""));
    let external = tag(&server);
    for (first, second) in [
        (&inline, &external),
        (&external, &inline),
        (&inline, &foreign),
        (&external, &foreign),
    ] {
        let browser = Browser::start().await;
        browser.before_pages(WARNED);
        let pages = Pages::one(Page::html(&format!(
            "<!doctype html><html><head>{first}<title>two</title>{second}</head><body>text</body></html>"
        )));
        browser.goto(&pages.url("/")).await;
        browser.until(READY).await;
        let warned = browser.value("warned").await;
        let warned = warned.as_array().expect("warnings");
        assert_eq!(warned.len(), 1, "{warned:?}");
        let words = warned[0].as_str().expect("words");
        assert!(words.contains("runs already"), "{words}");
        let counts = "[document.querySelectorAll('zhiqing-notice').length, $$('.banner').length,
            document.querySelectorAll('script[src*=zhiqing_glue]').length]";
        assert_eq!(browser.value(counts).await, json!([1, 1, 1]));
        browser.click_hook("reject-all").await;
        browser.until("zhiqing.receipt()").await;
        let told = "zhiqing.receipt().then((receipt) => receipt.record.site)";
        assert_eq!(browser.value(told).await, SITE);
        assert_eq!(
            browser.value("Object.keys(localStorage).sort()").await,
            // A refusal notes what it deleted.
            json!(["", ".receipt", ".removal"].map(|name| format!("zq.{SITE}{name}")))
        );
        browser.end().await;
    }
}

#[tokio::test]
async fn a_page_that_comes_back_knows_what_was_decided_meanwhile() {
    let (_site, server) = reporting();
    let held = "<script type='text/plain' data-purpose='analytics'>window.ran = true</script>";
    let pages = Pages::serve([
        (
            "/".to_owned(),
            page(&server, "", &format!("{held}<a href='/b'>b</a>")),
        ),
        ("/b".to_owned(), page(&server, "", "b")),
    ]);
    let browser = Browser::start().await;
    browser.before_pages(
        "addEventListener('pageshow', (event) => { window.persisted = event.persisted; });",
    );
    browser.goto(&pages.url("/")).await;
    browser.until(READY).await;
    browser.until(BANNER).await;
    browser.value("(window.mark = 'same page', true)").await;
    browser.tap("document.querySelector('a')").await;
    browser.until("location.pathname === '/b'").await;
    browser.click_hook("accept-all").await;
    browser.until("zhiqing.receipt()").await;
    browser.run("history.back()").await;
    browser.until("location.pathname === '/'").await;
    browser.until(NO_BANNER).await;
    let came = browser
        .value("[window.persisted, window.mark ?? null]")
        .await;
    assert_eq!(
        came,
        json!([true, "same page"]),
        "the browser had put the page aside"
    );
    assert_eq!(
        browser.value("window.ran").await,
        true,
        "what was held is released"
    );
    assert_eq!(
        browser.value("zhiqing.state().purposes.analytics").await,
        "granted"
    );
    browser.end().await;
}

#[tokio::test]
async fn what_another_tab_decides_holds_here_at_once() {
    let (_site, server) = reporting();
    let held = "<script type='text/plain' data-purpose='analytics'>window.ran = true</script>";
    let pages = Pages::serve([
        (
            "/".to_owned(),
            page(&server, "", &format!("{held}<iframe src='/b'></iframe>")),
        ),
        ("/b".to_owned(), page(&server, "", "b")),
    ]);
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until(READY).await;
    browser.until(BANNER).await;
    // To storage events a frame is as good as a tab.
    browser
        .until("frames[0].zhiqing?.ready.then(() => true)")
        .await;
    browser
        .value("frames[0].zhiqing.accept().then(() => true)")
        .await;
    browser.until(NO_BANNER).await;
    browser.until("window.ran").await;
    browser.until("frames[0].zhiqing.receipt()").await;
    assert_eq!(
        browser.value("zhiqing.state().purposes.ads").await,
        "granted"
    );
    browser.end().await;
}

/// The glue of the module waits until the page says `go()`.
const WAITS: &str = "const append = Node.prototype.appendChild;
    Node.prototype.appendChild = function (node) {
        if (!String(node.src).includes('zhiqing_glue')) return append.call(this, node);
        window.go = () => append.call(this, node);
        return node;
    };";

#[tokio::test]
async fn what_is_tapped_or_called_before_the_module_is_here_is_done_when_it_comes() {
    let (_site, server) = reporting();
    let pages = Pages::one(page(
        &server,
        "",
        "<button data-zq=preferences>privacy</button>",
    ));
    let browser = Browser::start().await;
    browser.before_pages(WAITS);
    browser.goto(&pages.url("/")).await;
    browser.until(BANNER).await;
    browser.click_hook("accept-all").await;
    browser.until(NO_BANNER).await;
    browser.until("window.go").await;
    assert_eq!(
        browser.value("zhiqing.state().decidedAt").await,
        Value::Null
    );
    browser.value("(go(), true)").await;
    browser.until("zhiqing.receipt()").await;
    let record = browser
        .value("zhiqing.receipt().then((receipt) => receipt.record)")
        .await;
    assert_eq!(record["method"], "accept_all");
    assert_eq!(
        browser.value("zhiqing.state().purposes.ads").await,
        "granted"
    );
    browser.end().await;

    let browser = Browser::start().await;
    browser.before_pages(WAITS);
    browser.goto(&pages.url("/")).await;
    browser.until(BANNER).await;
    browser
        .value(
            "(window.answers = [], zhiqing.accept(['analytics']).then((state) => answers.push(state.purposes.analytics)),
            zhiqing.permission('location').then((answer) => answers.push(answer)), true)",
        )
        .await;
    browser.until("window.go").await;
    browser.value("(go(), true)").await;
    browser.until("$('dialog.step')").await;
    browser.click_hook("save").await;
    browser.until("answers.length === 2").await;
    assert_eq!(
        browser.value("answers").await,
        json!(["granted", "granted"])
    );
    browser.end().await;
}
