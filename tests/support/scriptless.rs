//! A browser whose visitor has scripts off: what is on its pages, and what is used.
//!
//! Everything is asked of the DevTools: WebDriver's own questions are scripts, and wait for ever.

use crate::driver::{Driver, Start};
use fantoccini::Client;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// No page takes longer to come.
const LIMIT: Duration = Duration::from_secs(20);
/// Between two looks.
const STEP: Duration = Duration::from_millis(50);

/// A phone-sized Chromium with an empty profile in which no page runs a script.
pub struct Scriptless {
    client: Client,
    driver: Driver,
}

impl Scriptless {
    /// Starts it.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn start() -> Self {
        let (driver, client) = Driver::start(Start {
            strategy: "none",
            ..Start::default()
        })
        .await;
        let off = json!({ "value": true });
        driver.dev_tools("Emulation.setScriptExecutionDisabled", &off);
        Self { client, driver }
    }

    /// Opens a page.
    ///
    /// # Panics
    /// Where it does not load.
    pub async fn goto(&self, url: &str) {
        let opened = self.client.goto(url).await;
        opened.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// The markup of what a selector finds, once it is there and `words` are in it.
    ///
    /// # Panics
    /// Where that takes too long.
    pub async fn shown(&self, selector: &str, words: &str) -> String {
        let end = Instant::now() + LIMIT;
        loop {
            let found = self.markup(selector);
            match found.first() {
                Some(html) if html.contains(words) => return html.clone(),
                _ if Instant::now() < end => tokio::time::sleep(STEP).await,
                _ => panic!("{selector} does not show {words:?}: {found:?}"),
            }
        }
    }

    /// The markup of all that a selector finds now; nothing while one page gives way to another.
    pub fn markup(&self, selector: &str) -> Vec<String> {
        let outer = |id: Value| {
            let node = json!({ "nodeId": id });
            let html = self.driver.try_dev_tools("DOM.getOuterHTML", &node).ok()?;
            Some(html["outerHTML"].as_str()?.to_owned())
        };
        self.nodes(selector).into_iter().filter_map(outer).collect()
    }

    fn nodes(&self, selector: &str) -> Vec<Value> {
        let ask = |method, parameters| self.driver.try_dev_tools(method, &parameters).ok();
        let found = ask("DOM.getDocument", json!({ "depth": 0 })).and_then(|page| {
            let within = json!({ "nodeId": page["root"]["nodeId"], "selector": selector });
            ask("DOM.querySelectorAll", within)
        });
        let nodes = found.and_then(|mut found| found["nodeIds"].as_array_mut().map(std::mem::take));
        nodes.unwrap_or_default()
    }

    /// Puts the focus on what a selector finds, once it is there, and presses the key that uses it.
    ///
    /// # Panics
    /// Where it is not there in time.
    pub async fn press(&self, selector: &str) {
        let html = self.focused(selector).await;
        self.key(html.starts_with("<input"));
    }

    /// Puts the focus on what a selector finds, once it is there, and presses Enter.
    ///
    /// # Panics
    /// Where it is not there in time.
    pub async fn enter(&self, selector: &str) {
        self.focused(selector).await;
        self.key(false);
    }

    /// Presses Space or Enter.
    fn key(&self, is_space: bool) {
        let (key, code, text, number) = match is_space {
            true => (" ", "Space", " ", 32),
            false => ("Enter", "Enter", "\r", 13),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({
                "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number,
            });
            if kind == "keyDown" {
                event["text"] = text.into();
            }
            self.driver.dev_tools("Input.dispatchKeyEvent", &event);
        }
    }

    /// Puts the focus there, and gives the markup. What was there may be gone with its page by then.
    async fn focused(&self, selector: &str) -> String {
        let end = Instant::now() + LIMIT;
        loop {
            let html = self.shown(selector, "<").await;
            let node = self.nodes(selector).into_iter().next();
            let node = json!({ "nodeId": node.unwrap_or_default() });
            match self.driver.try_dev_tools("DOM.focus", &node) {
                Ok(_) => return html,
                Err(_) if Instant::now() < end => tokio::time::sleep(STEP).await,
                Err(error) => panic!("{selector} takes no focus: {error}"),
            }
        }
    }

    /// The cookies that this page would send, those that scripts cannot see too: name and value.
    pub fn cookies(&self) -> Vec<(String, String)> {
        let answer = self.driver.dev_tools("Network.getCookies", &json!({}));
        let cookies = answer["cookies"].as_array().expect("cookies");
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let pairs = cookies
            .iter()
            .map(|it| (text(&it["name"]), text(&it["value"])));
        pairs.collect()
    }

    /// Ends it.
    ///
    /// # Panics
    /// Where it does not end.
    pub async fn end(self) {
        self.client.close().await.expect("the browser closes");
    }
}
