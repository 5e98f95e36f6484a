//! A stay of a [`Remote`] browser on a site: its server, and what stands in front of it.

use crate::browser::WATCH;
use crate::front::Front;
use crate::remote::Remote;
use crate::visit::SITE;
use crate::{Page, Server, Site, expected};
use serde_json::Value;
use std::ops::Deref;

/// A browser on a page of a site's server. It derefs to the browser.
pub struct Stay<'a> {
    browser: &'a Remote,
    /// What stands in front of the server.
    pub front: Front,
    /// The server.
    pub server: Server,
    /// Its site.
    pub site: Site,
}

impl Deref for Stay<'_> {
    type Target = Remote;

    fn deref(&self) -> &Remote {
        self.browser
    }
}

impl<'a> Stay<'a> {
    /// Opens the sample site's page for the first time.
    ///
    /// # Panics
    /// Where anything does not start.
    pub async fn first(browser: &'a Remote) -> Self {
        let stay = Self::of(browser, Site::sample(), []);
        stay.open("/").await;
        stay
    }

    /// The same, whether or not the module comes.
    ///
    /// # Panics
    /// Where anything does not start.
    pub async fn at_the_door(browser: &'a Remote) -> Self {
        let stay = Self::of(browser, Site::sample(), []);
        stay.enter("/").await;
        stay
    }

    /// Serves a site, with pages beside its own, and forgets who was there before.
    ///
    /// # Panics
    /// Where anything does not start.
    pub fn of(
        browser: &'a Remote,
        site: Site,
        pages: impl IntoIterator<Item = (String, Page)>,
    ) -> Self {
        let server = Server::start(&site.settings());
        let engine = browser.engine;
        let script = format!("{WATCH}{}", engine.first_script());
        let front = Front::of(&server, &script, engine.policy(), pages);
        Self {
            browser,
            front,
            server,
            site,
        }
    }

    /// Opens a path, as one who was never here, and waits until the notice is ready.
    ///
    /// # Panics
    /// Where it does not get there.
    pub async fn open(&self, path: &str) {
        self.enter(path).await;
        self.ready().await;
    }

    /// Opens a path, as one who was never here.
    ///
    /// # Panics
    /// Where it does not load.
    pub async fn enter(&self, path: &str) {
        // Whoever was there before was on another port, which is the same host to cookies.
        if self.value("location.protocol").await == "http:" {
            self.forget().await;
        }
        self.goto(&self.url(path)).await;
    }

    /// Waits until the notice is ready.
    ///
    /// # Panics
    /// Where it does not become so.
    pub async fn ready(&self) {
        self.until("window.zhiqing && zhiqing.ready.then(() => true)")
            .await;
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        self.front.url(path)
    }

    /// Loads the page again, until it is at rest.
    ///
    /// # Panics
    /// Where it does not come to rest.
    pub async fn again(&self) {
        self.reload().await;
        self.ready().await;
        // What `ready` sets off is drawn by the second frame.
        self.until("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
            .await;
    }

    /// `zhiqing.state().purposes`.
    pub async fn purposes(&self) -> Value {
        self.value("zhiqing.state().purposes").await
    }

    /// The notice as the API gives it.
    pub fn notice(&self) -> Value {
        self.server.json(&format!("/v1/sites/{SITE}/notice"))
    }

    /// Every purpose of the notice: the granted ones and those of basis none granted, the rest in
    /// `otherwise`.
    pub fn expected(&self, granted: &[&str], otherwise: &str) -> Value {
        expected::states(&self.notice(), granted, otherwise)
    }

    /// The choices of a record that grants these purposes, each of `separate` in its own step.
    pub fn choices(&self, granted: &[&str], separate: &[&str]) -> Value {
        expected::choices(&self.notice(), granted, separate)
    }

    /// The person's receipts as the server has them, once the page has the last one's.
    ///
    /// # Panics
    /// Where there are not `count` of them.
    pub async fn receipts(&self, count: usize) -> Vec<Value> {
        self.until("zhiqing.receipt()").await;
        let secret = format!("JSON.parse(localStorage.getItem('zq.{SITE}')).secret");
        let secret = self.value(&secret).await;
        let history = self
            .server
            .history(SITE, secret.as_str().expect("a secret"));
        assert_eq!(history.len(), count, "{history:?}");
        history
    }

    /// The one record there is.
    ///
    /// # Panics
    /// Unless there is one.
    pub async fn record(&self) -> Value {
        self.receipts(1).await.remove(0)["record"].take()
    }
}
