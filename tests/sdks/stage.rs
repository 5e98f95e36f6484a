//! A browser on a page that an SDK is started in, and what it does there.

use crate::sdk::{Sdk, fits};
use serde_json::Value;
use std::time::{Duration, Instant};
use zhiqing_tests::collector::Received;
use zhiqing_tests::netlog::Request;
use zhiqing_tests::server::free_address;
use zhiqing_tests::{Browser, Collector, Pages, Server, Site};

/// No hit takes longer to arrive.
const LIMIT: Duration = Duration::from_secs(20);
const STEP: Duration = Duration::from_millis(50);

/// How long it is listened for what should not come: those SDKs that gather what they send are told
/// to do so for 300 ms.
const QUIET: Duration = Duration::from_secs(1);

/// Every name that an SDK sends to by itself.
const VENDORS: [&str; 5] = [
    "pingtas.qq.com",
    "*.aliyuncs.com",
    "*.mxpnl.com",
    "*.mixpanel.com",
    "*.posthog.com",
];

const POLICY: &str = "测试商店隐私政策
一、我们如何收集信息
访问统计：经您同意，我们记录您看过的页面，用于改进页面，保存三十天。不同意的，页面照常使用。
";

/// The page, its visitor's browser, and whom the SDK reports to.
pub(crate) struct Stage<'a> {
    sdk: &'a Sdk,
    pub(crate) browser: Browser,
    collector: Collector,
    pages: Pages,
    /// The consent server, where the page carries the guard.
    server: Option<Server>,
    _site: Option<Site>,
}

/// How much was sent until a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sent(usize);

impl<'a> Stage<'a> {
    /// The page without the guard.
    pub(crate) async fn bare(sdk: &'a Sdk) -> Self {
        Self::set(sdk, None, "").await
    }

    /// The page that carries the guard, and no decision.
    pub(crate) async fn guarded(sdk: &'a Sdk) -> Self {
        let address = free_address();
        let settings = format!(
            r#"[site]
id = "shop"
name = "测试商店"
origins = ["http://127.0.0.1"]

[policy]
file = "policy.txt"
version = "1"

[report]
url = "http://{address}/v1"

[[purpose]]
id = "analytics"
name = "访问统计"
tier = "extended"
basis = "general"
data = "看过的页面"
retention = "三十天"
refusal = "页面照常使用。"

{}"#,
            sdk.tracker()
        );
        let site = Site::written(&[("site.toml", &settings), ("policy.txt", POLICY)]);
        let server = Server::start_at(&site.settings(), &address);
        let script = server.url("/sites/shop/zhiqing.js");
        let tag = format!("<script src='{script}'></script>");
        Self::set(sdk, Some((site, server)), &tag).await
    }

    async fn set(sdk: &'a Sdk, guard: Option<(Site, Server)>, tag: &str) -> Self {
        let collector = sdk.collector();
        let pages = Pages::serve(sdk.pages(tag, &collector));
        let browser = Browser::logging(&collector.rules(&VENDORS)).await;
        let (site, server) = guard.unzip();
        Self {
            sdk,
            browser,
            collector,
            pages,
            server,
            _site: site,
        }
    }

    /// Opens the page that starts the SDK, until it is at rest.
    pub(crate) async fn open(&self) {
        self.browser.goto(&self.pages.url("/")).await;
        if self.server.is_some() {
            let ready = "zhiqing.ready.then(() => true)";
            self.browser.until(ready).await;
        }
    }

    /// Does on the page what makes an SDK send.
    pub(crate) async fn use_page(&self) {
        let browser = &self.browser;
        let tells = format!("(() => {{ {} }})()", self.sdk.tells);
        browser.value(&tells).await;
        browser.tap("document.querySelector('#buy')").await;
        browser.tap("document.querySelector('#go')").await;
        browser.value("history.pushState({}, '', '/?pushed')").await;
        for state in ["hidden", "visible"] {
            let turned = format!(
                "(Object.defineProperty(document, 'visibilityState', {{ configurable: true,
                    get: () => '{state}' }}),
                document.dispatchEvent(new Event('visibilitychange', {{ bubbles: true }})))"
            );
            browser.value(&turned).await;
        }
    }

    /// The same, and waits until it would have sent and kept.
    pub(crate) async fn use_page_in_vain(&self) {
        self.use_page().await;
        tokio::time::sleep(QUIET).await;
    }

    /// Leaves for a page of the same origin without the SDK, which makes it send the rest.
    pub(crate) async fn leave(&self) {
        self.browser.goto(&self.pages.url("/next")).await;
        tokio::time::sleep(QUIET / 3).await;
    }

    /// What the browser asked of any other host than the page's and the consent server.
    fn requests(&self) -> Vec<Request> {
        let mut own = vec![self.pages.url("/")];
        own.extend(self.server.as_ref().map(|server| server.url("/")));
        let requests = self.browser.requests().into_iter();
        let is_own = |url: &str| own.iter().any(|own| url.starts_with(own));
        requests.filter(|request| !is_own(&request.url)).collect()
    }

    /// How much has been sent until now.
    pub(crate) fn sent(&self) -> Sent {
        Sent(self.requests().len())
    }

    /// Asserts that the network has seen nothing else since, and the collector neither.
    #[track_caller]
    pub(crate) fn assert_silent_since(&self, sent: Sent, when: &str) {
        let requests = self.requests();
        assert_eq!(requests[sent.0..], [], "{}, {when}: sent", self.sdk.name);
        // What it saw before, it saw from what the log has.
        self.assert_logged();
    }

    /// Asserts that what the collector saw is in the browser's log.
    #[track_caller]
    fn assert_logged(&self) {
        let received = self.collector.received();
        let mut logged = self.requests();
        for one in received {
            let found = logged
                .iter()
                .position(|request| request.method == one.method && request.url == one.url);
            let found = found.unwrap_or_else(|| panic!("{} is in no log", one.url));
            logged.swap_remove(found);
        }
    }

    /// What is kept, by whomever but us.
    pub(crate) fn kept(&self) -> Vec<String> {
        let mut kept = self.browser.kept(&self.pages.url(""));
        kept.retain(|name| {
            !name
                .split_once(' ')
                .is_some_and(|(_, name)| name.starts_with("zq"))
        });
        kept
    }

    #[track_caller]
    pub(crate) fn assert_nothing_kept(&self, when: &str) {
        let kept = self.kept();
        assert_eq!(kept, [""; 0], "{}, {when}: kept", self.sdk.name);
    }

    /// Waits until each of the SDK's hits has arrived since, and what it keeps is there.
    pub(crate) async fn until_at_work(&self, before: usize, when: &str) {
        let Sdk {
            name, hits, keeps, ..
        } = self.sdk;
        let end = Instant::now() + LIMIT;
        loop {
            let received = self.collector.received();
            let addresses: Vec<_> = received[before..].iter().map(Received::address).collect();
            let kept = self.kept();
            let is_there =
                |list: &[String], pattern: &str| list.iter().any(|one| fits(pattern, one));
            let missing: Vec<_> = hits
                .iter()
                .filter(|hit| !is_there(&addresses, hit))
                .chain(keeps.iter().filter(|key| !is_there(&kept, key)))
                .collect();
            if missing.is_empty() {
                break;
            }
            let late = Instant::now() > end;
            assert!(
                !late,
                "{name}, {when}: no {missing:?} among {addresses:?} and {kept:?}"
            );
            tokio::time::sleep(STEP).await;
        }
        self.assert_logged();
    }

    /// How many requests the collector has seen.
    pub(crate) fn received(&self) -> usize {
        self.collector.received().len()
    }

    /// Asserts that the settings of the SDK's tracker list all that it sent and keeps.
    #[track_caller]
    pub(crate) fn assert_all_listed(&self) {
        let kept = self.kept().into_iter();
        let stray: Vec<_> = kept.filter(|name| !self.sdk.lists_kept(name)).collect();
        assert_eq!(stray, [""; 0], "{}: kept", self.sdk.name);
        let addresses = self.requests().into_iter().map(|request| request.address());
        let stray: Vec<_> = addresses
            .filter(|address| !self.sdk.lists_address(address))
            .collect();
        assert_eq!(stray, [""; 0], "{}: sent", self.sdk.name);
    }

    /// What the page says of the one purpose.
    pub(crate) async fn state(&self) -> Value {
        self.browser
            .value("zhiqing.state().purposes.analytics")
            .await
    }

    /// Ends the browser, and asserts that no page saw an error.
    pub(crate) async fn end(self) {
        self.browser.end().await;
    }
}
