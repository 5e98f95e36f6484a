//! What stands in the place of a frame that is held back, and asks there.

use fantoccini::key::Key;
use serde_json::{Value, json};
use zhiqing_tests::carrying::page;
use zhiqing_tests::server::free_address;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Browser, Page, Pages, Server, Site};

/// In front of every expression: `asks` finds the shadow root of an element's placeholder, `at` an
/// element of the page.
const FIND: &str = "const at = (id) => document.getElementById(id);
    const asks = (id) => ((it) => it?.localName === 'zhiqing-placeholder' ? it.shadowRoot : null)(at(id)?.nextSibling);
    const ours = () => document.querySelectorAll('zhiqing-placeholder').length;";

/// A browser on a page of somebody else's, whose frames lead to its own `/player`.
struct Walk {
    browser: Browser,
    server: Server,
    _pages: Pages,
    _site: Site,
}

impl Walk {
    async fn on(body: &str) -> Self {
        Self::prepared("", body, "").await
    }

    async fn prepared(head: &str, body: &str, before: &str) -> Self {
        let site = Site::sample();
        let address = free_address();
        site.edit("url = \"/v1\"", &format!("url = \"http://{address}/v1\""));
        let map = "match = \"api.xunjing.example.com/*\" },";
        let player = "\n  { technology = \"iframe\", match = \"127.0.0.1/map*\" },";
        site.edit(map, &format!("{map}{player}"));
        let server = Server::start_at(&site.settings(), &address);
        let player = "<title>player</title><button onclick='parent.played = 1'>play</button>";
        let pages = Pages::serve([
            ("/".to_owned(), page(&server, head, body)),
            ("/player".to_owned(), Page::html(player)),
            ("/other".to_owned(), Page::html(player)),
            ("/map".to_owned(), Page::html(player)),
        ]);
        let browser = Browser::start().await;
        browser.before_pages(before);
        browser.goto(&pages.url("/")).await;
        browser.until("zhiqing.ready.then(() => true)").await;
        Self {
            browser,
            server,
            _pages: pages,
            _site: site,
        }
    }

    async fn value(&self, expression: &str) -> Value {
        self.browser.value(&found(expression)).await
    }

    async fn until(&self, expression: &str) -> Value {
        self.browser.until(&found(expression)).await
    }

    /// Taps a control of an element's placeholder.
    async fn tap(&self, id: &str, hook: &str) {
        let control = format!("asks('{id}')?.querySelector('[data-zq={hook}]')");
        self.browser.tap(&found(&control)).await;
    }

    async fn states(&self) -> Value {
        self.value("zhiqing.state().purposes").await
    }

    /// The last record, once the server has it.
    async fn record(&self) -> Value {
        self.until("zhiqing.receipt()").await;
        let secret = format!("JSON.parse(localStorage.getItem('zq.{SITE}')).secret");
        let secret = self.value(&secret).await;
        let history = self
            .server
            .history(SITE, secret.as_str().expect("a secret"));
        history.last().expect("a receipt")["record"].clone()
    }
}

fn found(expression: &str) -> String {
    format!("(() => {{ {FIND} return ({expression}); }})()")
}

/// A frame of this id and purpose, with some attributes.
///
/// The map is a tracker's of that purpose, whose address no other purpose opens.
fn frame(id: &str, purpose: &str, more: &str) -> String {
    let path = match purpose {
        "location" => "/map",
        _ => "/player",
    };
    format!(
        "<iframe id={id} data-purpose={purpose} data-src={path} title={id} width=320 height=240 {more}></iframe>"
    )
}

/// Whether a frame shows what it is to show.
fn plays(id: &str) -> String {
    format!("!!at('{id}').contentDocument?.querySelector('button')")
}

#[tokio::test]
async fn agreeing_in_place_loads_what_is_there_and_nothing_else() {
    let ads = frame("ads", "ads", "style='border: 0'");
    let body = format!("{ads}{}", frame("visits", "analytics", ""));
    let walk = Walk::on(&body).await;
    walk.until("asks('ads') && asks('visits')").await;
    let said = walk
        .value("asks('ads').querySelector('.why').textContent")
        .await;
    assert_eq!(
        said,
        "加载它会用于“广告与优惠”。现在什么都没有加载，也没有发出。"
    );
    let who = "asks('ads').querySelector('[role=group]').getAttribute('aria-label')";
    assert_eq!(walk.value(who).await, "悠途：广告与优惠，未加载");

    let top = "at('visits').nextSibling.getBoundingClientRect().top";
    let before = walk.value(top).await;
    walk.tap("ads", "load").await;
    walk.until(&plays("ads")).await;
    assert_eq!(walk.value("asks('ads')").await, Value::Null);
    assert_eq!(
        walk.value("at('ads').getAttribute('style')").await,
        "border: 0px;"
    );
    assert_eq!(walk.value(top).await, before, "nothing moves");
    assert_eq!(walk.value("document.activeElement.id").await, "ads");

    assert_eq!(walk.value("at('visits').hasAttribute('src')").await, false);
    assert_eq!(walk.value("asks('visits') !== null").await, true);
    let states = walk.states().await;
    let granted = states.as_object().expect("states").iter();
    let granted = granted.filter(|(id, state)| **state == "granted" && *id != "service");
    let granted: Vec<_> = granted.map(|(id, _)| id.as_str()).collect();
    assert_eq!(granted, ["ads"], "{states}");
    let record = walk.record().await;
    assert_eq!(record["method"], "item");
    assert_eq!(record["event"], "given");
    walk.browser.end().await;
}

#[tokio::test]
async fn who_refused_everything_can_still_load_one_thing() {
    let body = format!("{}{}", frame("a", "ads", ""), frame("b", "analytics", ""));
    let walk = Walk::on(&body).await;
    walk.browser.click_hook("reject-all").await;
    walk.until("zhiqing.receipt()").await;
    assert_eq!(walk.value("ours()").await, 2);
    walk.tap("b", "load").await;
    walk.until(&plays("b")).await;
    assert_eq!(walk.value("ours()").await, 1);
    assert_eq!(walk.states().await["ads"], "denied");
    walk.browser.end().await;
}

#[tokio::test]
async fn a_separate_consent_has_its_step_first() {
    let walk = Walk::on(&frame("map", "location", "")).await;
    walk.until("asks('map')").await;
    let who = "asks('map').querySelector('[role=group]').getAttribute('aria-label').split('：')[0]";
    assert_eq!(walk.value(who).await, "寻径地图", "whose tracker it is");
    walk.tap("map", "load").await;
    walk.browser.until("$('dialog.step')").await;
    walk.browser.click_hook("refuse").await;
    walk.browser.until("$('dialog') === null").await;
    assert_eq!(walk.states().await["location"], "denied");
    let focused = "asks('map').activeElement?.dataset.zq";
    assert_eq!(walk.value(focused).await, "load", "the focus is back");

    walk.browser.press(&[Key::Enter]).await;
    walk.browser.until("$('dialog.step')").await;
    walk.browser.click_hook("save").await;
    walk.until(&plays("map")).await;
    assert_eq!(walk.value("ours()").await, 0);
    assert_eq!(walk.value("document.activeElement.id").await, "map");
    assert_eq!(walk.record().await["method"], "item");
    walk.browser.end().await;
}

#[tokio::test]
async fn what_is_withdrawn_is_put_back() {
    let player = "<video id=film data-purpose=ads src=/film preload=none controls width=320 height=240></video>
        <embed id=extra data-purpose=ads src=/other width=320 height=240>";
    let body = format!(
        "{}{}{player}",
        frame("a", "ads", ""),
        frame("b", "analytics", "")
    );
    let walk = Walk::on(&body).await;
    walk.browser.click_hook("accept-all").await;
    walk.until(&format!("{} && {}", plays("a"), plays("b")))
        .await;
    walk.value("void (at('a').contentWindow.onpagehide = () => { window.left = true; })")
        .await;
    let steps = walk.value("history.length").await;
    walk.browser.value("zhiqing.withdraw(['ads'])").await;
    walk.until("asks('a') && asks('film') && asks('extra')")
        .await;
    for id in ["a", "film", "extra"] {
        let address =
            format!("[at('{id}').hasAttribute('src'), at('{id}').hasAttribute('data-src')]");
        assert_eq!(walk.value(&address).await, json!([false, true]), "{id}");
    }
    walk.until("frames.length === 2").await;
    assert_eq!(walk.value("left").await, true, "what it showed has ended");
    assert_eq!(
        walk.value("at('a').contentDocument.body.innerHTML").await,
        ""
    );
    assert_eq!(walk.value("history.length").await, steps);
    assert_eq!(walk.value("!!asks('b')").await, false);
    assert_eq!(walk.value(&plays("b")).await, true);

    walk.tap("a", "load").await;
    walk.until(&plays("a")).await;
    walk.browser.end().await;
}

#[tokio::test]
async fn a_decision_in_another_tab_holds_here() {
    let walk = Walk::on(&frame("a", "ads", "")).await;
    walk.until("asks('a')").await;
    let other = "new Promise((done) => {
        const frame = document.createElement('iframe');
        frame.src = '/';
        frame.onload = () => done(frame.contentWindow.zhiqing.accept(['ads']).then(() => true));
        document.body.append(frame);
    })";
    walk.browser.until(other).await;
    walk.until(&plays("a")).await;
    assert_eq!(walk.value("ours()").await, 0);
    walk.browser.end().await;
}

#[tokio::test]
async fn each_held_element_has_one_placeholder_however_the_page_changes() {
    let walk = Walk::on("<main id=main></main>").await;
    let body = json!(format!("<p>{}</p>", frame("a", "ads", "")));
    let add = format!("void (at('main').innerHTML = {body})");
    for _ in 0..2 {
        walk.value(&add).await;
        walk.until("asks('a') && ours() === 1").await;
    }
    // Moved, and copied as carousels do.
    walk.value("at('main').before(at('a'))").await;
    walk.until("asks('a') && ours() === 1").await;
    walk.value(
        "at('main').append(...[at('a'), at('a').nextSibling].map((it) => it.cloneNode(true)))",
    )
    .await;
    walk.until("ours() === 2 && [...document.querySelectorAll('zhiqing-placeholder')].every((it) => it.shadowRoot)").await;
    walk.value("void (at('main').innerHTML = '')").await;
    walk.until("ours() === 1").await;
    // An application that styles its own element anew.
    walk.value("at('a').setAttribute('style', 'margin: 1px')")
        .await;
    walk.until("at('a').style.display === 'none'").await;
    walk.tap("a", "load").await;
    walk.until(&plays("a")).await;
    assert_eq!(
        walk.value("at('a').getAttribute('style')").await,
        "margin: 1px;"
    );
    // Taken away while it is held.
    walk.value(&add).await;
    walk.browser.value("zhiqing.withdraw()").await;
    walk.until("ours() === 2").await;
    walk.value("document.querySelectorAll('iframe').forEach((it) => it.remove())")
        .await;
    walk.until("ours() === 0").await;
    walk.browser.end().await;
}

/// What spoils words in a page by accident.
const SPOILED: &str = "<style>
    * { font-size: 0; line-height: 0; color: transparent; text-indent: -9999px; opacity: 0 }
    html, body, p { opacity: 1; text-indent: 0 }
    p { font-size: 0; white-space: nowrap; visibility: visible; text-transform: uppercase; direction: ltr }
    :not(:defined), :empty:not(iframe) { display: none; visibility: hidden; clip-path: inset(50%) }
    [data-src] { opacity: 0; filter: blur(9px) }
    iframe { display: inline; visibility: visible }
    div, button { all: unset; display: none }
</style>";

#[tokio::test]
async fn no_style_of_the_page_hides_the_words_by_accident() {
    let body = format!("<p>{}</p>", frame("a", "ads", ""));
    let walk = Walk::prepared(SPOILED, &body, "").await;
    walk.until("asks('a')").await;
    let shown =
        "['.what', '.why', '.choice'].map((it) => asks('a').querySelector(it)).map((it) => {
        const { color, fontSize, textIndent } = getComputedStyle(it);
        const seen = it.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        return seen && it.getBoundingClientRect().height > 15 && color !== 'rgba(0, 0, 0, 0)'
            && parseFloat(fontSize) > 12 && textIndent === '0px';
    })";
    assert_eq!(walk.value(shown).await, json!([true, true, true]));
    let host = "getComputedStyle(at('a').nextSibling)";
    let spoiled = format!("[{host}.opacity, {host}.filter, {host}.clipPath]");
    assert_eq!(walk.value(&spoiled).await, json!(["1", "none", "none"]));
    walk.tap("a", "load").await;
    walk.until(&plays("a")).await;
    walk.browser.end().await;
}

#[tokio::test]
async fn only_a_persons_tap_agrees() {
    let walk = Walk::on(&frame("a", "ads", "")).await;
    walk.until("asks('a')").await;
    walk.value("asks('a').querySelector('[data-zq=load]').click()")
        .await;
    let event = "new MouseEvent('click', { bubbles: true, composed: true, detail: 1 })";
    walk.value(&format!(
        "asks('a').querySelector('[data-zq=load]').dispatchEvent({event})"
    ))
    .await;
    // The second half of a double tap, whose first half closed something above.
    let place = "(({ x, y }) => [x + 9, y + 9])(asks('a').querySelector('[data-zq=load]').getBoundingClientRect())";
    let place = walk.value(place).await;
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({
            "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 2,
        });
        walk.browser.dev_tools("Input.dispatchMouseEvent", &event);
    }
    assert_eq!(walk.states().await["ads"], "unset");
    assert_eq!(walk.value("at('a').hasAttribute('src')").await, false);
    // The link to the preferences is the guard's to answer.
    walk.tap("a", "preferences").await;
    walk.browser.until("$('dialog.preferences')").await;
    walk.browser.end().await;
}

/// Widths and heights of placeholders, by the markup of what they stand for; null where there is none.
#[tokio::test]
async fn a_placeholder_has_the_size_of_what_it_stands_for() {
    let cases = [
        (
            "<iframe width=560 height=315 style='border: 0' HELD></iframe>",
            json!([560, 315]),
        ),
        ("<iframe HELD></iframe>", json!([304, 154])),
        (
            "<iframe style='height: 100%; border: 0' HELD></iframe>",
            json!([300, 150]),
        ),
        (
            "<iframe style='width: 50%; aspect-ratio: 2; border: 0' HELD></iframe>",
            json!([400, 200]),
        ),
        (
            "<div style='position: relative; padding-top: 25%'><iframe style='position: absolute; inset: 0; width: 100%; height: 100%; border: 0' HELD></iframe></div>",
            json!([800, 200]),
        ),
        (
            "<div style='display: grid; height: 90px'><iframe style='border: 0; width: auto; height: auto; justify-self: end' HELD></iframe></div>",
            json!([300, 150]),
        ),
        (
            "<img width=400 height=100 style='max-width: 200px; height: auto' HELD>",
            json!([200, 50]),
        ),
        ("<img width=1 height=1 HELD>", Value::Null),
        ("<img HELD>", Value::Null),
        ("<iframe width=0 height=0 HELD></iframe>", Value::Null),
        ("<iframe style='display: none' HELD></iframe>", Value::Null),
        (
            "<iframe style='position: absolute; left: -9999px' HELD></iframe>",
            Value::Null,
        ),
        (
            "<video style='width: 320px' HELD></video>",
            json!([320, 180]),
        ),
        ("<audio controls HELD></audio>", json!([300, 90])),
        (
            "<object id=ID width=320 height=200 data-purpose=ads data-data='/player'></object>",
            json!([320, 200]),
        ),
        ("<embed width=320 height=200 HELD>", json!([320, 200])),
    ];
    let mut body = String::from("<body style='margin: 0; width: 800px'>");
    for (at, (markup, _)) in cases.iter().enumerate() {
        let held = format!("id=c{at} data-purpose=ads data-src=/player>");
        let markup = markup.replace("HELD>", &held);
        body.push_str(&markup.replace("ID", &format!("c{at}")));
    }
    let walk = Walk::prepared("<meta name=viewport content='width=900'>", &body, "").await;
    walk.until("ours()").await;
    for (at, (markup, size)) in cases.iter().enumerate() {
        let found = format!(
            "asks('c{at}') && [asks('c{at}').host.offsetWidth, asks('c{at}').host.offsetHeight]"
        );
        assert_eq!(walk.value(&found).await, *size, "{markup}");
    }
    walk.browser.end().await;
}

#[tokio::test]
async fn agreeing_under_the_signal_is_an_explicit_choice() {
    let signal =
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })";
    let walk = Walk::prepared("", &frame("a", "ads", ""), signal).await;
    walk.until("asks('a')").await;
    walk.tap("a", "load").await;
    walk.until(&plays("a")).await;
    assert_eq!(walk.record().await["signals"]["gpc"], true);
    walk.browser.end().await;
}

#[tokio::test]
async fn a_frame_can_be_opened_by_itself_without_agreeing() {
    let walk = Walk::prepared(
        "",
        &frame("a", "ads", "style='width: 380px'"),
        "window.open = (...all) => { window.opened = all; return null; }",
    )
    .await;
    walk.until("asks('a')").await;
    walk.tap("a", "open").await;
    let opened = walk.until("window.opened").await;
    assert!(
        opened[0].as_str().is_some_and(|it| it.ends_with("/player")),
        "{opened}"
    );
    assert_eq!(opened[2], "noopener,noreferrer");
    assert_eq!(walk.states().await["ads"], "unset");
    walk.browser.end().await;
}
