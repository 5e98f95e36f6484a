//! A slow phone on a slow network, and one load of a page on it.

use crate::figures::Sample;
use serde_json::{Value, json};
use zhiqing_tests::Browser;

const PROBE: &str = include_str!("probe.js");

/// How many times the page's main thread is slowed down.
const SLOWDOWN: f64 = 6.0;
/// 1.6 Mbit/s and 750 kbit/s in bytes a second, and the round trip in milliseconds: a slow mobile
/// network, as Lighthouse has it.
const DOWN: u32 = 200_000;
const UP: u32 = 93_750;
const ROUND_TRIP: u32 = 150;

const SPINS: usize = 5;

/// The browser under these conditions.
pub(crate) struct Phone {
    browser: Browser,
}

impl Phone {
    pub(crate) async fn start() -> Self {
        let browser = Browser::start().await;
        browser.before_pages(PROBE);
        browser.dev_tools("Network.enable", &json!({}));
        browser.dev_tools(
            "Network.setCacheDisabled",
            &json!({ "cacheDisabled": true }),
        );
        let network = json!({
            "offline": false,
            "latency": ROUND_TRIP,
            "downloadThroughput": DOWN,
            "uploadThroughput": UP,
        });
        browser.dev_tools("Network.emulateNetworkConditions", &network);
        let phone = Self { browser };
        phone.slow_down(SLOWDOWN);
        phone
    }

    fn slow_down(&self, rate: f64) {
        let rate = json!({ "rate": rate });
        self.browser
            .dev_tools("Emulation.setCPUThrottlingRate", &rate);
    }

    /// By how much a loop in the page is slower than without: tells whether the command was heeded.
    pub(crate) async fn slowdown(&self, url: &str) -> f64 {
        self.browser.goto("about:blank").await;
        self.browser.goto(url).await;
        let slow = self.quickest_spin().await;
        self.slow_down(1.0);
        let quick = self.quickest_spin().await;
        self.slow_down(SLOWDOWN);
        slow / quick
    }

    /// The least of several, in milliseconds: the first is compiled on the way, and another may be
    /// disturbed.
    async fn quickest_spin(&self) -> f64 {
        let mut quickest = f64::INFINITY;
        for _ in 0..SPINS {
            let took = self.browser.value("paintProbe.spin()").await;
            quickest = quickest.min(took.as_f64().expect("milliseconds"));
        }
        quickest
    }

    /// Loads a page in a document of its own, and waits until it is at rest.
    pub(crate) async fn load(&self, url: &str) -> Sample {
        self.browser.goto("about:blank").await;
        self.browser.goto(url).await;
        let found = self.browser.value("paintProbe.measured()").await;
        sample(&found).unwrap_or_else(|| panic!("{url}: {found}"))
    }

    pub(crate) async fn end(self) {
        self.browser.end().await;
    }
}

fn sample(found: &Value) -> Option<Sample> {
    let tasks = found["tasks"].as_array()?;
    let task = |task: &Value| Some((task[0].as_f64()?, task[1].as_f64()?));
    Some(Sample {
        first_paint: found["firstPaint"].as_f64()?,
        banner: found["banner"].as_f64(),
        ready: found["ready"].as_f64(),
        tasks: tasks.iter().map(task).collect::<Option<_>>()?,
        shifts: found["shifts"].as_f64()?,
        bytes: found["bytes"].as_f64()?,
    })
}
