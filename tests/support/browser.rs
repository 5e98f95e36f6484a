//! A browser and what a person, or a page, does in it.

use crate::driver::{Driver, Start};
use crate::netlog::{NetLog, Request};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, key::Key};
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// No condition on a page takes longer to come true.
const LIMIT: Duration = Duration::from_secs(20);
/// Between two looks.
const STEP: Duration = Duration::from_millis(25);

/// In front of every script: `$` and `$$` look into our shadow root, or into the form where scripts
/// are not needed; `view` is what is open in it, or what stands in the place of a frame, `names` lists the cookies.
const PRELUDE: &str = "
    const root = document.querySelector('zhiqing-notice')?.shadowRoot
        ?? document.querySelector('.zhiqing-form');
    const $ = (selector) => root?.querySelector(selector) ?? null;
    const $$ = (selector) => root ? [...root.querySelectorAll(selector)] : [];
    const placed = document.querySelector('zhiqing-placeholder')?.shadowRoot ?? null;
    const view = $('dialog') ?? $('.banner, .handle') ?? (root instanceof Element ? root : placed?.querySelector('.held') ?? null);
    const names = () => document.cookie.split('; ').filter(Boolean)
        .map((pair) => pair.split('=')[0]).sort();
";

/// In front of every page: everything that a host page would see go wrong. In the script of old engines.
pub(crate) const WATCH: &str = "{
    const wrong = [];
    Object.defineProperty(window, 'walkErrors', { value: wrong });
    addEventListener('error', (event) => wrong.push(event instanceof ErrorEvent
        ? 'error: ' + event.message + ' at ' + event.filename + ':' + event.lineno
        : 'not loaded: ' + (event.target.src || event.target.href)), true);
    addEventListener('unhandledrejection', (event) =>
        wrong.push('unhandled rejection: ' + (event.reason && event.reason.stack || event.reason)));
    document.addEventListener('securitypolicyviolation', (event) => wrong.push('policy violation: '
        + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
}";

/// A phone-sized Chromium with an empty profile.
pub struct Browser {
    pub(crate) client: Client,
    driver: Driver,
    downloads: TempDir,
    logs: Option<NetLog>,
    ended: bool,
}

impl Browser {
    /// Starts it. Whoever starts it [ends](Self::end) it.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn start() -> Self {
        Self::started(Start::default()).await
    }

    /// Starts one that keeps the logs of its network, for [`requests`](Self::requests), and finds
    /// more hosts than loopback: by rules of Chromium's, as `MAP a.example 127.0.0.1:8443`.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn logging(hosts: &[String]) -> Self {
        let start = Start {
            logs: true,
            hosts,
            ..Start::default()
        };
        Self::started(start).await
    }

    /// Starts one that traces what its scripts cost, for [`traced`](Self::traced).
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn tracing() -> Self {
        let start = Start {
            traces: true,
            ..Start::default()
        };
        Self::started(start).await
    }

    /// Starts the one of a profile, which is kept from one start to the next.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn of(profile: &Arc<TempDir>) -> Self {
        let start = Start::default();
        let (driver, client) = Driver::start_with(Arc::clone(profile), start).await;
        Self::driven(driver, client, start)
    }

    async fn started(start: Start<'_>) -> Self {
        let (driver, client) = Driver::start(start).await;
        Self::driven(driver, client, start)
    }

    fn driven(driver: Driver, client: Client, start: Start<'_>) -> Self {
        let logs = start.logs.then(|| NetLog::new(driver.profile()));
        let downloads = TempDir::new().expect("a folder for downloads");
        let path = downloads.path().display().to_string();
        let allowed = json!({ "behavior": "allow", "downloadPath": path });
        driver.dev_tools("Browser.setDownloadBehavior", &allowed);
        let browser = Self {
            client,
            driver,
            downloads,
            logs,
            ended: false,
        };
        browser.before_pages(WATCH);
        browser
    }

    /// Runs a script before any of each page that is opened from now on.
    pub fn before_pages(&self, script: &str) {
        let source = json!({ "source": script });
        self.driver
            .dev_tools("Page.addScriptToEvaluateOnNewDocument", &source);
    }

    /// Opens a page and waits until it is loaded.
    ///
    /// # Panics
    /// Where the page that is left saw an error.
    pub async fn goto(&self, url: &str) {
        self.assert_no_errors().await;
        let opened = self.client.goto(url).await;
        opened.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Loads the page again.
    ///
    /// # Panics
    /// Where the page saw an error before.
    pub async fn reload(&self) {
        self.assert_no_errors().await;
        self.client.refresh().await.expect("the page loads again");
    }

    /// The value of a JavaScript expression, or what it promises.
    ///
    /// `$` and `$$` look into the notice's shadow root; `names()` lists the cookies' names.
    ///
    /// # Panics
    /// Where it throws.
    pub async fn value(&self, expression: &str) -> Value {
        self.evaluate(expression)
            .await
            .unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    async fn evaluate(&self, expression: &str) -> Result<Value, String> {
        let script = format!("{PRELUDE} return ({expression});");
        let value = self.client.execute(&script, Vec::new()).await;
        value.map_err(|error| error.to_string())
    }

    /// Waits until an expression is truthy, and gives its value.
    ///
    /// # Panics
    /// Where that takes too long.
    pub async fn until(&self, expression: &str) -> Value {
        let end = Instant::now() + LIMIT;
        loop {
            let found = self.evaluate(expression).await;
            match &found {
                Ok(value) if is_truthy(value) => return value.clone(),
                _ if Instant::now() < end => tokio::time::sleep(STEP).await,
                _ => panic!("{expression} did not come true: {found:?}"),
            }
        }
    }

    /// Clicks one of our controls by its hook: that of the sheet, where one is open.
    ///
    /// # Panics
    /// Where it is not there, or something else is in front of it.
    pub async fn click_hook(&self, hook: &str) {
        self.click(&format!("[data-zq=\"{hook}\"]")).await;
    }

    /// Clicks what a selector finds in our shadow root: in the sheet, where one is open.
    ///
    /// # Panics
    /// Where it is not there, or something else is in front of it.
    pub async fn click(&self, selector: &str) {
        // What still moves would be missed.
        self.until("!$('dialog')?.getAnimations().some((moves) => moves.playState === 'running')")
            .await;
        let quoted = json!(selector);
        self.tap(&format!("($('dialog') ?? root)?.querySelector({quoted})"))
            .await;
    }

    /// Clicks an element of the page, as a person does: where it is on the screen.
    ///
    /// # Panics
    /// Where it is not there, or something else is in front of it.
    pub async fn tap(&self, expression: &str) {
        let found = self.until(expression).await;
        let id = found.as_object().and_then(|object| object.values().next());
        let id = id.and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("{expression} is no element: {found}"));
        let element = Element::from_element_id(self.client.clone(), id.to_owned().into());
        let clicked = element.click().await;
        clicked.unwrap_or_else(|error| panic!("{expression}: {error}"));
    }

    /// Presses Escape.
    ///
    /// # Panics
    /// Where the browser does not take it.
    pub async fn escape(&self) {
        self.press(&[Key::Escape]).await;
    }

    /// Presses keys together, as Shift and Tab: down in this order, up in the other.
    ///
    /// # Panics
    /// Where the browser does not take them.
    pub async fn press(&self, keys: &[Key]) {
        let values = || keys.iter().map(|key| char::from(*key));
        let down = values().map(|value| KeyAction::Down { value });
        let up = values().rev().map(|value| KeyAction::Up { value });
        let keyboard = KeyActions::new("keyboard".to_owned());
        let pressed = down.chain(up).fold(keyboard, KeyActions::then);
        let pressed = self.client.perform_actions(pressed).await;
        pressed.expect("the browser takes keys");
    }

    /// Lets what is asked of a page take longer than the half minute of a driver: for benchmarks.
    ///
    /// # Panics
    /// Where the driver refuses it.
    pub async fn wait_for_answers(&self, limit: Duration) {
        let timeouts = TimeoutConfiguration::new(Some(limit), None, None);
        let set = self.client.update_timeouts(timeouts).await;
        set.expect("no time for answers");
    }

    /// Runs the text of a script in the page, as a library that defines a global.
    ///
    /// # Panics
    /// Where it throws.
    pub async fn run(&self, script: &str) {
        let ran = self.client.execute(script, Vec::new()).await;
        ran.unwrap_or_else(|error| panic!("a script of {} bytes: {error}", script.len()));
    }

    /// What a command of the Chrome DevTools Protocol, `Domain.method`, answers to its parameters.
    ///
    /// # Panics
    /// Where the browser refuses it.
    pub fn dev_tools(&self, method: &str, parameters: &Value) -> Value {
        self.driver.dev_tools(method, parameters)
    }

    /// Everything asked of the network since the browser started, in the order it began in: by
    /// pages, frames and workers, whether or not an answer came.
    ///
    /// # Panics
    /// Where it was not started by [`logging`](Self::logging), or is on no page.
    pub fn requests(&self) -> Vec<Request> {
        let logs = self.logs.as_ref().expect("a browser that keeps logs");
        logs.requests(&self.driver)
    }

    /// The events of the trace since it was asked for the last time, as Chromium writes them.
    ///
    /// # Panics
    /// Where it was not started by [`tracing`](Self::tracing).
    pub fn traced(&self) -> Vec<Value> {
        let entries = self.driver.log("performance");
        let events = entries.iter().filter_map(|entry| {
            let message = entry["message"].as_str()?;
            let mut message: Value = serde_json::from_str(message).ok()?;
            let message = &mut message["message"];
            let traced = message["method"] == "Tracing.dataCollected";
            traced.then(|| message["params"].take())
        });
        events.collect()
    }

    /// The names of all cookies, those that scripts cannot see too.
    ///
    /// # Panics
    /// Where the browser does not tell.
    pub async fn cookies(&self) -> Vec<String> {
        let cookies = self.client.get_all_cookies().await.expect("the cookies");
        cookies
            .iter()
            .map(|cookie| cookie.name().to_owned())
            .collect()
    }

    /// The content of the one file that was downloaded.
    ///
    /// # Panics
    /// Where none is in time.
    pub fn downloaded(&self) -> Vec<u8> {
        let end = Instant::now() + LIMIT;
        loop {
            let files = fs::read_dir(self.downloads.path()).expect("the folder for downloads");
            let done = files
                .filter_map(|file| Some(file.ok()?.path()))
                .find(|path| path.extension().is_some_and(|end| end != "crdownload"));
            // A download appears under its name once it is complete, except for Chromium's own
            // placeholder, which is empty.
            let content = done.and_then(|path| fs::read(path).ok());
            match content.filter(|content| !content.is_empty()) {
                Some(content) => return content,
                None if Instant::now() < end => thread::sleep(STEP),
                None => panic!("nothing was downloaded"),
            }
        }
    }

    /// Ends it.
    ///
    /// # Panics
    /// Where the page saw an error, a rejection that nobody handled, or a violated policy.
    pub async fn end(mut self) {
        self.assert_no_errors().await;
        self.ended = true;
        let closed = self.client.clone().close().await;
        closed.expect("the browser closes");
    }

    /// Ends it without a warning, as a system that wants its memory does.
    pub fn kill(mut self) {
        self.ended = true;
        self.driver.kill();
    }

    async fn assert_no_errors(&self) {
        let errors = self.value("window.walkErrors?.splice(0) ?? []").await;
        assert_eq!(errors, json!([]), "errors that the page saw");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let forgotten = !self.ended && !thread::panicking();
        assert!(
            !forgotten,
            "a browser is ended with end(), which looks for errors"
        );
    }
}

pub(crate) fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(value) => value.as_f64() != Some(0.0),
        Value::String(value) => !value.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}
