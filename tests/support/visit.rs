//! A first visit: the sample site's server, and a browser on its page.

use crate::{Browser, Server, Site, expected};
use serde_json::Value;
use std::ops::Deref;

/// The id of the sample site.
pub const SITE: &str = "youtu";

/// A script before pages: as in a browser that blocks all site data, where the object itself throws.
pub const NO_STORAGE: &str = "for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });";

/// A browser on the page of a server of its own. It derefs to the browser.
pub struct Visit {
    browser: Browser,
    /// The server.
    pub server: Server,
    /// Its site.
    pub site: Site,
}

impl Deref for Visit {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Visit {
    /// Opens the page for the first time.
    ///
    /// # Panics
    /// Where anything does not start.
    pub async fn first() -> Self {
        Self::prepared(|_| ()).await
    }

    /// The same, after the browser was prepared.
    ///
    /// # Panics
    /// Where anything does not start.
    pub async fn prepared(prepare: impl FnOnce(&Browser)) -> Self {
        let visit = Self::opened(Site::sample(), "/", prepare).await;
        visit.until("zhiqing.ready.then(() => true)").await;
        visit
    }

    /// Opens a path of a site's server, whether or not the module comes.
    ///
    /// # Panics
    /// Where anything does not start.
    pub async fn opened(site: Site, path: &str, prepare: impl FnOnce(&Browser)) -> Self {
        let server = Server::start(&site.settings());
        let browser = Browser::start().await;
        prepare(&browser);
        browser.goto(&server.url(path)).await;
        Self {
            browser,
            server,
            site,
        }
    }

    /// Loads the page again, until it is at rest.
    ///
    /// # Panics
    /// Where it does not come to rest.
    pub async fn again(&self) {
        self.reload().await;
        self.until("zhiqing.ready.then(() => true)").await;
        // What `ready` sets off is drawn by the second frame.
        self.until("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
            .await;
    }

    /// `zhiqing.state().purposes`.
    pub async fn purposes(&self) -> Value {
        self.value("zhiqing.state().purposes").await
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

    /// The notice as the API gives it.
    pub fn notice(&self) -> Value {
        self.server.json(&format!("/v1/sites/{SITE}/notice"))
    }

    /// The person's receipts as the server has them, once the page has the last one's.
    ///
    /// # Panics
    /// Where there are not `count` of them.
    pub async fn receipts(&self, count: usize) -> Vec<Value> {
        self.until("zhiqing.receipt()").await;
        let history = self.server.history(SITE, &self.bearer().await);
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

    /// The bearer token that the page made.
    ///
    /// # Panics
    /// Before the first decision.
    pub async fn bearer(&self) -> String {
        let secret = format!("JSON.parse(localStorage.getItem('zq.{SITE}')).secret");
        let secret = self.value(&secret).await;
        secret.as_str().expect("a secret").to_owned()
    }

    /// Ends the browser and asserts that the page saw no error.
    pub async fn end(self) {
        self.browser.end().await;
    }
}
