//! What waits for a purpose: loads, sends, keys, and what stands in a frame's place.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use zhiqing_tests::collector::{Collector, Received};
use zhiqing_tests::remote::Remote;
use zhiqing_tests::site::TRACKER;
use zhiqing_tests::stay::Stay;
use zhiqing_tests::{Page, Site};

const TAG: &str = "<script src='/sites/field/zhiqing.js'></script>";

/// What becomes of a request takes so long at most where no answer can be waited for.
const MOMENT: Duration = Duration::from_secs(10);

fn field() -> Site {
    let site = Site::of_one_purpose("listed", "x", TRACKER);
    site.edit("url = \"http://x/v1\"", "url = \"/v1\"");
    site
}

fn page(head: &str, body: &str) -> Page {
    Page::html(&format!(
        "<!doctype html><html><head>{head}<title>field</title></head><body><p>田野</p>{body}</body></html>"
    ))
}

/// Sends in every way and keeps in every store; undeclared things last, by which it is known that the
/// others had their time. In the script of old engines.
const TOOL: &str = "window.go = (to, free, key) => {
    const quietly = (act) => {
        try { const it = act(); if (it && it.catch) it.catch(() => {}); } catch (_) { /* refused */ }
    };
    quietly(() => navigator.sendBeacon(to + 'beacon', 'x'));
    quietly(() => fetch(to + 'fetch', { mode: 'no-cors' }));
    quietly(() => { const it = new XMLHttpRequest(); it.open('POST', to + 'xhr'); it.send('x'); });
    quietly(() => { new Image().src = to + 'image'; });
    quietly(() => { new WebSocket(to.replace('http', 'ws') + 'socket'); });
    quietly(() => { const it = new EventSource(to + 'events'); it.onerror = () => it.close(); });
    document.cookie = key + 'cookie=1; Path=/';
    localStorage.setItem(key + 'item', '1');
    localStorage[key + 'property'] = '1';
    sessionStorage.setItem(key + 'session', '1');
    localStorage.setItem('cart', '1');
    return new Promise((done) => {
        const request = indexedDB.open(key + 'base');
        request.onsuccess = () => { if (request.result.close) request.result.close(); done(); };
        request.onerror = () => done();
        setTimeout(done, 1000);
    }).then(() => fetch(free, { mode: 'no-cors' })).then(() => new Promise((done) => setTimeout(done, 300, true)));
};";

/// Keys of the tool that are there, and the databases where the engine tells them.
const KEYS: &str = "(indexedDB.databases ? indexedDB.databases() : Promise.resolve([])).then((databases) =>
    document.cookie.split('; ').map((pair) => pair.split('=')[0])
        .concat(Object.keys(localStorage), Object.keys(sessionStorage), databases.map((it) => it.name))
        .filter((name) => name.indexOf('t_') === 0).sort())";

const SENDS: [&str; 6] = ["beacon", "events", "fetch", "image", "socket", "xhr"];

/// What a collector received below a folder.
fn received(collector: &Collector, folder: &str) -> BTreeSet<String> {
    let all = collector.received().into_iter();
    let folder = format!("localhost/{folder}/");
    all.filter_map(|one| one.address().strip_prefix(&folder).map(str::to_owned))
        .collect()
}

/// Waits until a collector received all of these there, and nothing else.
async fn until_received(collector: &Collector, folder: &str, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|&name| name.to_owned()).collect();
    let end = Instant::now() + MOMENT;
    while received(collector, folder) != expected && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(received(collector, folder), expected);
}

pub(crate) async fn what_is_declared_waits_for_its_purpose(browser: &Remote) {
    let ran = Page::file("x.js", b"window.loaded = true".to_vec());
    let collector = Collector::start([("/c/script".to_owned(), ran)]);
    let to = format!("{}/c/", collector.origin());
    let free = format!("{}/free/last", collector.origin());
    let held = format!(
        "<script type='text/plain' data-purpose='ads'>window.ran = true</script>
        <script type='text/plain' data-purpose='ads' src='{to}script'></script>
        <iframe data-purpose='ads' data-src='{to}frame' title='frame'></iframe>
        <img data-purpose='ads' data-src='{to}picture' alt=''>"
    );
    let page = page(TAG, &format!("<script>{TOOL}</script>{held}"));
    let stay = Stay::of(browser, field(), [("/field".to_owned(), page)]);
    stay.enter("/field").await;

    // Before anything else is there the guard is.
    let go = format!("go({}, {}, 't_')", json!(to), json!(free));
    stay.value(&go).await;
    assert_eq!(received(&collector, "c"), BTreeSet::new(), "came through");
    assert_eq!(stay.value(KEYS).await, json!([]), "was kept");
    let cart = stay.value("localStorage.getItem('cart')").await;
    assert_eq!(cart, "1", "what nobody declared is free");
    let ran = "[window.ran, window.loaded].map(Boolean)";
    assert_eq!(stay.value(ran).await, json!([false, false]));

    stay.ready().await;
    stay.value("zhiqing.accept().then(() => null)").await;
    stay.until("window.ran && window.loaded").await;
    // What was gathered before is not sent after.
    until_received(&collector, "c", &["frame", "picture", "script"]).await;

    stay.value(&go).await;
    let all = [SENDS.as_slice(), &["frame", "picture", "script"]].concat();
    until_received(&collector, "c", &all).await;
    let kept = ["t_cookie", "t_item", "t_property", "t_session"];
    let tells = stay.value("!!indexedDB.databases").await == true;
    let base = tells.then_some("t_base");
    let expected: Vec<&str> = base.into_iter().chain(kept).collect();
    assert_eq!(stay.value(KEYS).await, json!(expected));

    stay.value("zhiqing.withdraw().then(() => null)").await;
    stay.until(&format!("{KEYS}.then((keys) => keys.length === 0)"))
        .await;
    let before = collector.received().len();
    stay.value(&go).await;
    let after = collector.received().split_off(before);
    let after: Vec<String> = after.iter().map(Received::address).collect();
    assert_eq!(after, ["localhost/free/last"], "after the withdrawal");
    assert_eq!(stay.value(KEYS).await, json!([]));
    assert_eq!(stay.value("localStorage.getItem('cart')").await, "1");
}

/// Every way of tests/matrix.rs.
const WAYS: &str = include_str!("../matrix/ways.js");

/// Names in every store that this page can see.
const STORES: &str = "Promise.all([indexedDB.databases(), window.caches ? caches.keys() : []]).then(([databases, caches]) =>
    document.cookie.split('; ').map((pair) => pair.split('=')[0]).concat(Object.keys(localStorage),
        Object.keys(sessionStorage), databases.map((it) => it.name), caches))";

/// How long all the ways take: some wait for an event that does not come.
const JOURNEY: Duration = Duration::from_secs(100);

/// Names of the ways that got there, each with the technology, and what they threw into the page.
async fn ways(stay: &Stay<'_>, collector: &Collector, folder: &str) -> (BTreeSet<String>, Value) {
    let to = format!("{}/{folder}/", collector.origin());
    let go = format!(
        "void (window.thrown = null, goAll({}, '{folder}').then((errors) => {{ window.thrown = errors; }}))",
        json!(to)
    );
    stay.value(&go).await;
    stay.until_within(JOURNEY, "window.thrown").await;
    let keys = stay.value(STORES).await;
    let keys = keys.as_array().expect("keys");
    let came = received(collector, folder);
    let names = stay.value("ways.map(([technology, name]) => [technology, name])");
    let names = names.await;
    let there = names.as_array().expect("ways").iter().enumerate();
    let there = there.filter_map(|(at, way)| {
        let technology = way[0].as_str().expect("a technology");
        let is_key = technology.contains("cookie") || technology.contains('_');
        let key = json!(format!("{folder}_{at}"));
        let is_there = match is_key {
            true => keys.contains(&key),
            false => came.contains(&at.to_string()),
        };
        is_there.then(|| format!("{technology}, {}", way[1].as_str().expect("a name")))
    });
    let there = there.collect();
    let thrown = stay.value("window.thrown").await;
    // A picture where a film is awaited is no error of the page's, nor what a policy forbids.
    stay.value("walkErrors.splice(0).length").await;
    (there, thrown)
}

pub(crate) async fn no_way_leads_around_the_gate(browser: &Remote) {
    let collector = Collector::start([]);
    let trackers = ["bare", "before", "after"].map(|folder| {
        let named = TRACKER.replace("localhost/c/", &format!("localhost/{folder}/"));
        named
            .replace("\"t_", &format!("\"{folder}_"))
            .replace("\"tool\"", &format!("\"{folder}\""))
    });
    let site = Site::of_one_purpose("listed", "x", &trackers.concat());
    site.edit("url = \"http://x/v1\"", "url = \"/v1\"");
    let script = format!("<script>{WAYS}</script>");
    let pages = [
        ("/bare".to_owned(), page(&script, "")),
        ("/field".to_owned(), page(&format!("{TAG}{script}"), "")),
    ];
    let stay = Stay::of(browser, site, pages);
    stay.goto(&stay.url("/bare")).await;
    // The control: what there is in this engine.
    let (open, thrown_there) = ways(&stay, &collector, "bare").await;
    assert!(open.len() > 70, "{open:?}");

    stay.open("/field").await;
    let (there, thrown) = ways(&stay, &collector, "before").await;
    assert_eq!(there, BTreeSet::new(), "before a decision");
    let news = |thrown: &Value| -> Vec<Value> {
        let known = thrown_there.as_array().expect("errors");
        let thrown = thrown.as_array().expect("errors").iter();
        thrown.filter(|it| !known.contains(it)).cloned().collect()
    };
    assert_eq!(news(&thrown), Vec::<Value>::new(), "thrown into the page");

    stay.value("zhiqing.accept().then(() => null)").await;
    let (there, thrown) = ways(&stay, &collector, "after").await;
    let lost: Vec<&String> = open.difference(&there).collect();
    assert_eq!(lost, Vec::<&String>::new(), "after the grant");
    assert_eq!(news(&thrown), Vec::<Value>::new(), "thrown into the page");
}

/// What stands in the place of the element of this id.
fn placeholder(id: &str) -> String {
    format!(
        "((it) => it && it.localName === 'zhiqing-placeholder' ? it.shadowRoot : null)
        (document.getElementById('{id}').nextSibling)"
    )
}

pub(crate) async fn a_held_frame_is_asked_for_in_its_place(browser: &Remote) {
    let site = Site::sample();
    let map = "match = \"api.xunjing.example.com/*\" },";
    let player = "\n  { technology = \"iframe\", match = \"127.0.0.1/map*\" },";
    site.edit(map, &format!("{map}{player}"));
    let frame = |id: &str, purpose: &str, path: &str| {
        format!(
            "<iframe id={id} data-purpose={purpose} data-src={path} title={id} width=320 height=240></iframe>"
        )
    };
    let frames = [
        frame("ads", "ads", "/player"),
        frame("visits", "analytics", "/player"),
        frame("map", "location", "/map"),
    ];
    let viewport = "<meta name=viewport content='width=device-width'>";
    let head = format!("<script src='/sites/youtu/zhiqing.js'></script>{viewport}");
    let player =
        || Page::html("<html><head><title>player</title></head><button>play</button></html>");
    let pages = [
        ("/frames".to_owned(), page(&head, &frames.concat())),
        ("/player".to_owned(), player()),
        ("/map".to_owned(), player()),
    ];
    let stay = Stay::of(browser, site, pages);
    stay.open("/frames").await;
    let load = |id: &str| {
        let held = placeholder(id);
        format!("{held} && {held}.querySelector('[data-zq=load]')")
    };
    let plays = |id: &str| {
        format!(
            "(({{ contentDocument }}) => !!contentDocument && !!contentDocument.querySelector('button'))
            (document.getElementById('{id}'))"
        )
    };
    for id in ["ads", "visits", "map"] {
        stay.until(&load(id)).await;
        assert_eq!(stay.value(&plays(id)).await, false);
    }
    stay.click_hook("reject-all").await;
    stay.until("zhiqing.receipt()").await;

    // Who refused everything can still load one thing.
    stay.tap(&load("ads")).await;
    stay.until(&plays("ads")).await;
    assert_eq!(stay.value(&placeholder("ads")).await, Value::Null);
    assert_eq!(stay.purposes().await, stay.expected(&["ads"], "denied"));

    // A separate consent has its step first.
    stay.tap(&load("map")).await;
    stay.until("$('dialog.step')").await;
    stay.click_hook("refuse").await;
    stay.until("$('dialog') === null").await;
    assert_eq!(stay.value(&plays("map")).await, false);
    stay.tap(&load("map")).await;
    stay.until("$('dialog.step')").await;
    stay.click_hook("save").await;
    stay.until(&plays("map")).await;

    // What is withdrawn is put back.
    stay.value("zhiqing.withdraw(['ads']).then(() => null)")
        .await;
    stay.until(&load("ads")).await;
    assert_eq!(stay.value(&plays("ads")).await, false);
    assert_eq!(stay.value(&plays("map")).await, true);
}
