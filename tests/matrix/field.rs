//! A page that goes every way, between a guard and a collector.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use zhiqing_tests::collector::Collector;
use zhiqing_tests::site::TRACKER;
use zhiqing_tests::{Browser, Page, Pages, Server, Site};

/// What was decided before the page goes its ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing.
    Undecided,
    /// Everything was refused.
    Refused,
    /// Everything was granted.
    Granted,
    /// Everything was granted, and withdrawn on the same page.
    Withdrawn,
}

/// What the tool uses beyond every technology: what is kept by ETag.
const ETAGS: &str = r#"
  { technology = "request", match = "localhost/etag/*" },
  { technology = "etag", match = "localhost/etag/*" },
]
"#;

/// Names in every store that this page can see.
const KEYS: &str = "(async () => [
    ...document.cookie.split('; ').map((pair) => pair.split('=')[0]),
    ...Object.keys(localStorage), ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map((database) => database.name), ...await caches.keys()
])()";

/// A page, what it may reach, and what held it.
pub(crate) struct Field {
    browser: Browser,
    pages: Pages,
    collector: Collector,
    _server: Option<(Site, Server)>,
}

/// What came of a page's ways.
pub(crate) struct Seen {
    names: Vec<String>,
    arrived: Vec<bool>,
    /// What the ways threw into the page.
    pub(crate) errors: Value,
}

impl Seen {
    /// All ways.
    pub(crate) fn ways(&self) -> Vec<String> {
        self.names.clone()
    }

    /// Those that got there.
    pub(crate) fn there(&self) -> Vec<String> {
        self.those(true)
    }

    /// Those that did not.
    pub(crate) fn missing(&self) -> Vec<String> {
        self.those(false)
    }

    fn those(&self, arrived: bool) -> Vec<String> {
        let ways = self.names.iter().zip(&self.arrived);
        ways.filter(|(_, there)| **there == arrived)
            .map(|(name, _)| name.clone())
            .collect()
    }
}

impl Field {
    /// Without a guard.
    pub(crate) async fn bare() -> Self {
        Self::opened("", None).await
    }

    /// With the guard of a site that works in this mode.
    pub(crate) async fn guarded(mode: &str, state: State) -> Self {
        let address = zhiqing_tests::server::free_address();
        let site = Site::of_one_purpose(mode, &address, &TRACKER.replace("\n]\n", ETAGS));
        let server = Server::start_at(&site.settings(), &address);
        let tag = format!(
            "<script src='{}'></script>",
            server.url("/sites/field/zhiqing.js")
        );
        let field = Self::opened(&tag, Some((site, server))).await;
        field.value("zhiqing.ready.then(() => true)").await;
        match state {
            State::Undecided => {}
            State::Refused => drop(field.value("zhiqing.reject()").await),
            State::Granted => drop(field.value("zhiqing.accept()").await),
            State::Withdrawn => {
                field.value("zhiqing.accept()").await;
                field.value("zhiqing.withdraw()").await;
            }
        }
        field
    }

    async fn opened(tag: &str, server: Option<(Site, Server)>) -> Self {
        let id = Page::file("id.txt", b"same".to_vec())
            .with("ETag", "\"person\"")
            .with("Cache-Control", "no-cache");
        let script = |name: &str| {
            let text = format!("(window.ran = window.ran || []).push('{name}')");
            (format!("/c/{name}"), Page::file("x.js", text.into_bytes()))
        };
        let collector = Collector::start([
            ("/etag/id".to_owned(), id),
            script("third"),
            script("fourth"),
        ]);
        let html = format!(
            "<!doctype html><html><head>{tag}<title>field</title><script src='/ways.js'></script></head><body><p>田野</p></body></html>"
        );
        let ways = include_bytes!("ways.js").to_vec();
        let pages = Pages::serve([
            ("/".to_owned(), Page::html(&html)),
            ("/ways.js".to_owned(), Page::file("ways.js", ways)),
        ]);
        let browser = Browser::logging(&[]).await;
        browser.goto(&pages.url("/")).await;
        Self {
            browser,
            pages,
            collector,
            _server: server,
        }
    }

    /// Goes every way, to addresses of this folder and keys of this beginning.
    pub(crate) async fn go(&self, folder: &str, key: &str) -> Seen {
        let (address, before) = (self.address(folder), self.browser.requests().len());
        let errors = self
            .value(&format!("goAll({}, {})", json!(address), json!(key)))
            .await;
        let ways = self
            .value("ways.map(([technology, name]) => [technology, name])")
            .await;
        let keys = self.value(KEYS).await;
        let keys: BTreeSet<&str> = keys
            .as_array()
            .expect("keys")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let received: BTreeSet<String> = self
            .collector
            .received()
            .into_iter()
            .map(|received| received.address())
            .collect();
        let asked: BTreeSet<String> = self.browser.requests()[before..]
            .iter()
            .map(|request| zhiqing_tests::netlog::address(&request.url))
            .collect();
        let (mut names, mut arrived) = (Vec::new(), Vec::new());
        for (at, way) in ways.as_array().expect("ways").iter().enumerate() {
            let technology = way[0].as_str().expect("a technology");
            let name = format!("{technology}, {}", way[1].as_str().expect("a name"));
            let is_key = technology.contains("cookie") || technology.contains('_');
            let there = if is_key {
                keys.contains(format!("{key}_{at}").as_str())
            } else {
                let address = format!("localhost/{folder}/{at}");
                let (came, left) = (received.contains(&address), asked.contains(&address));
                assert_eq!(came, left, "{name}: collector and browser do not agree");
                came
            };
            names.push(name);
            arrived.push(there);
        }
        Seen {
            names,
            arrived,
            errors,
        }
    }

    /// The address of a folder of the collector.
    pub(crate) fn address(&self, folder: &str) -> String {
        format!("{}/{folder}/", self.collector.origin())
    }

    /// The paths that the collector received, in their order.
    pub(crate) fn paths(&self) -> Vec<String> {
        let received = self.collector.received().into_iter();
        received
            .map(|received| received.address().replacen("localhost", "", 1))
            .collect()
    }

    /// A header of each request for a path, null where it was not sent.
    pub(crate) fn headers(&self, path: &str, name: &str) -> Vec<Value> {
        let received = self.collector.received().into_iter();
        let here = received.filter(|received| received.address() == format!("localhost{path}"));
        here.map(|received| json!(received.header(name))).collect()
    }

    /// Waits until the collector received something at this path.
    pub(crate) async fn until_received(&self, path: &str) {
        for _ in 0..100 {
            if self.paths().iter().any(|received| received == path) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing came to {path}: {:?}", self.paths());
    }

    /// Grants everything and refuses these technologies, as a person does.
    pub(crate) async fn refuse(&self, technologies: &[&str]) {
        self.browser.run("zhiqing.show('preferences')").await;
        self.browser.until("$('dialog.preferences')").await;
        for technology in technologies {
            self.browser
                .click(&format!("[data-zq-technology={technology}]"))
                .await;
        }
        self.browser.click_hook("save").await;
        let refused = "Object.values(zhiqing.state().technologies).filter((state) => state === 'refused').length";
        self.browser
            .until(&format!("{refused} === {}", technologies.len()))
            .await;
    }

    /// Waits until an expression of the page is true.
    pub(crate) async fn until(&self, expression: &str) {
        self.browser.until(expression).await;
    }

    /// What an expression of the page gives.
    pub(crate) async fn value(&self, expression: &str) -> Value {
        self.browser.value(expression).await
    }

    /// Ends it; errors of the page's own fail here.
    pub(crate) async fn end(self) {
        let Self { browser, pages, .. } = self;
        // A picture where a film is awaited is no error of the page's, nor what fails in place of what is
        // held back.
        let loads = "walkErrors.splice(0, walkErrors.length, ...walkErrors.filter((error) => !error.startsWith('not loaded: ')))";
        browser.value(loads).await;
        browser.end().await;
        drop(pages);
    }
}
