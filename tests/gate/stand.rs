//! A page of a shop, without a guard and with one, and what it sees.

use serde_json::{Value, json};
use std::time::Duration;
use zhiqing_tests::collector::Collector;
use zhiqing_tests::site::TRACKER;
use zhiqing_tests::{Browser, Page, Pages, Server, Site};

/// What the shop itself uses of every technology, beside the tool: everything is watched.
const SHOP: &str = r#"[[tracker]]
id = "shop"
vendor = "田野"
purpose = "service"
uses = [
  { technology = "cookie", match = "shop*" },
  { technology = "cookie", match = "7" },
  { technology = "cookie", match = "null" },
  { technology = "cookie", match = "undefined" },
  { technology = "cookie", match = "getItem" },
  { technology = "cookie", match = "x" },
  { technology = "local_storage", match = "shop*" },
  { technology = "local_storage", match = "7" },
  { technology = "local_storage", match = "null" },
  { technology = "local_storage", match = "undefined" },
  { technology = "local_storage", match = "getItem" },
  { technology = "local_storage", match = "x" },
  { technology = "session_storage", match = "shop*" },
  { technology = "session_storage", match = "7" },
  { technology = "session_storage", match = "null" },
  { technology = "session_storage", match = "undefined" },
  { technology = "session_storage", match = "getItem" },
  { technology = "session_storage", match = "x" },
  { technology = "indexed_db", match = "shop*" },
  { technology = "indexed_db", match = "7" },
  { technology = "indexed_db", match = "null" },
  { technology = "indexed_db", match = "undefined" },
  { technology = "indexed_db", match = "getItem" },
  { technology = "indexed_db", match = "x" },
]
"#;

const DOT: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'></svg>";
const INNER: &str = "<!doctype html><title>inner</title><p id=inner>inner</p><script>onmessage = (event) => event.source.postMessage(['echo', event.data], '*');</script>";
const WORKER: &str =
    "importScripts('/dep.js'); onmessage = (event) => postMessage([dep, event.data]);";

/// A shop's page, what it may reach, and what holds it back.
pub(crate) struct Stand {
    pub(crate) browser: Browser,
    pub(crate) collector: Collector,
    pages: Pages,
    server: Option<(Site, Server)>,
}

impl Stand {
    /// Without a guard (an empty mode), or with one; `before` and `after` stand around the guard in the
    /// page's head.
    pub(crate) async fn open(mode: &str, before: &str, after: &str) -> Self {
        let server = (!mode.is_empty()).then(|| {
            let address = zhiqing_tests::server::free_address();
            let site = Site::of_one_purpose(mode, &address, &[SHOP, TRACKER].concat());
            let server = Server::start_at(&site.settings(), &address);
            (site, server)
        });
        let tag = server.as_ref().map_or(String::new(), |(_, server)| {
            let address = server.url("/sites/field/zhiqing.js");
            format!("<script src='{address}'></script>")
        });
        let collector = Collector::start([]);
        let html = format!(
            "<!doctype html><html><head>{before}{tag}<title>shop</title>\
             <script>const AWAY = {};</script><script src='/observe.js'></script>{after}</head><body><p>田野</p>\
             <script>document.write('<b class=parsed>one</b><img class=parsed src=/dot.svg>'); document.writeln('<i class=parsed>', 'two', '</i>');\
             document.write('<script src=/a.js><\\/script>');</script><script>const RAN = window.ran.splice(0)</script></body></html>",
            json!(collector.origin())
        );
        let file = |name: &str, text: &str| {
            (
                format!("/{name}"),
                Page::file(name, text.as_bytes().to_vec()),
            )
        };
        let (path, dot) = file("dot.svg", DOT);
        let (slow, late) = file("slow.json", "{}");
        let (stream, events) = file(
            "events",
            "retry: 60000\ndata: one\n\nevent: more\nid: 7\ndata: two\n\n",
        );
        let pages = Pages::serve([
            ("/".to_owned(), Page::html(&html)),
            (path, dot.of_type("image/svg+xml")),
            (slow, late.after(Duration::from_millis(900))),
            (stream, events.of_type("text/event-stream")),
            file("observe.js", include_str!("observe.js")),
            file("necessary.js", include_str!("necessary.js")),
            file("elements.js", include_str!("elements.js")),
            file("shapes.js", include_str!("shapes.js")),
            file("tampering.js", include_str!("tampering.js")),
            file("markup.js", include_str!("markup.js")),
            file("inner.html", INNER),
            file("ok.json", "{\"good\":[1,2]}"),
            file("a.js", "(window.ran = window.ran || []).push('a');"),
            file("b.js", "(window.ran = window.ran || []).push('b');"),
            file(
                "module.js",
                "import { dep } from '/dep-module.js'; (window.ran = window.ran || []).push('module ' + dep);",
            ),
            file("dep-module.js", "export const dep = 'dep';"),
            file("dep.js", "self.dep = 'dep';"),
            file("worker.js", WORKER),
            file(
                "worker-module.js",
                "import { dep } from '/dep-module.js'; onmessage = (event) => postMessage([dep, event.data]);",
            ),
            file("style.css", "p { color: rgb(1, 2, 3) }"),
        ]);
        let browser = Browser::logging(&[]).await;
        let stand = Self {
            browser,
            collector,
            pages,
            server,
        };
        stand.load().await;
        stand
    }

    /// Loads the page, again.
    pub(crate) async fn load(&self) {
        self.browser.goto(&self.pages.url("/")).await;
        if self.server.is_some() {
            self.value("zhiqing.ready.then(() => true)").await;
        }
    }

    /// What a function of one of these files gives, called as `go(1)`.
    pub(crate) async fn go(&self, file: &str, call: &str) -> Value {
        let run = format!("import('/{file}').then((file) => file.{call})");
        self.value(&run).await
    }

    /// What an expression of the page gives.
    pub(crate) async fn value(&self, expression: &str) -> Value {
        self.browser.value(expression).await
    }

    /// The paths under `/c/` that anybody was asked for.
    pub(crate) fn leaks(&self) -> Vec<String> {
        let asked = self.browser.requests().into_iter();
        let asked = asked.map(|request| zhiqing_tests::netlog::address(&request.url));
        let received = self.collector.received().into_iter();
        let received = received.map(|received| received.address());
        let mut all: Vec<String> = asked
            .chain(received)
            .filter(|address| address.starts_with("localhost/c/"))
            .collect();
        all.sort();
        all.dedup();
        all
    }

    /// Ends it. What does not load is told by the observations.
    pub(crate) async fn end(self) {
        self.value("walkErrors.splice(0, walkErrors.length, ...walkErrors.filter((error) => !error.startsWith('not loaded: ')))").await;
        self.browser.end().await;
        drop(self.pages);
    }
}
