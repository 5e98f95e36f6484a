//! A browser of any engine, by nothing but the standard's commands (WebDriver, W3C).

use crate::browser::is_truthy;
use crate::engine::{Engine, Module};
use crate::process::{self, Process};
use crate::server::free_address;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, key::Key};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How often a driver is started before it is given up: another may have taken its port.
const TRIES: u32 = 3;
/// How long a driver may take until it listens, a browser until it is there or gone.
const START: Duration = Duration::from_secs(60);
const STOP: Duration = Duration::from_secs(15);
/// No condition on a page takes longer to come true.
const LIMIT: Duration = Duration::from_secs(20);
/// Between two looks.
const STEP: Duration = Duration::from_millis(25);

/// In front of every expression, in the script of old engines: `$` and `$$` look into our shadow root,
/// `names` lists the cookies, `seen` tells what has a place on the screen.
const PRELUDE: &str = "
    const host = document.querySelector('zhiqing-notice');
    const root = host ? host.shadowRoot : null;
    const $ = (selector) => root ? root.querySelector(selector) : null;
    const $$ = (selector) => root ? Array.from(root.querySelectorAll(selector)) : [];
    const names = () => document.cookie.split('; ').filter(Boolean)
        .map((pair) => pair.split('=')[0]).sort();
    const seen = (it) => !!it && it.getClientRects().length > 0
        && getComputedStyle(it).visibility === 'visible';
";

/// A phone-sized browser with an empty profile.
pub struct Remote {
    /// Which one it is.
    pub engine: &'static Engine,
    client: Client,
    driver: Process,
    _display: Option<Process>,
    _folder: TempDir,
}

impl Remote {
    /// Starts it. Whoever starts it [ends](Self::end) it.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn start(engine: &'static Engine) -> Self {
        let folder = TempDir::new().expect("a folder for the browser");
        let (display, screen) = engine.display().map(|xvfb| display(&xvfb)).unzip();
        let (driver, address) = listening(engine, folder.path(), screen.as_deref());
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(engine.capabilities(folder.path()));
        let client = tokio::time::timeout(START, builder.connect(&address)).await;
        let client = client.unwrap_or_else(|_| panic!("no browser in time: {}", driver.said()));
        let client =
            client.unwrap_or_else(|error| panic!("no browser: {error}: {}", driver.said()));
        if engine.is_resized() {
            let (width, height) = crate::driver::SCREEN;
            let resized = client.set_window_size(width, height).await;
            resized.expect("a window of a phone's size");
        }
        Self {
            engine,
            client,
            driver,
            _display: display,
            _folder: folder,
        }
    }

    /// Its version, as its driver tells it.
    pub fn version(&self) -> String {
        let told = self.client.capabilities();
        let version = told.and_then(|told| told.get("browserVersion").or(told.get("version")));
        let version = version.and_then(Value::as_str);
        version.unwrap_or_default().to_owned()
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

    /// Deletes the cookies of the page that is open: hosts on other ports share them.
    ///
    /// # Panics
    /// Where it does not.
    pub async fn forget(&self) {
        let deleted = self.client.delete_all_cookies().await;
        deleted.expect("no cookies any more");
    }

    /// The value of a JavaScript expression, or what it promises.
    ///
    /// # Panics
    /// Where it throws.
    pub async fn value(&self, expression: &str) -> Value {
        self.evaluate(expression)
            .await
            .unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    async fn evaluate(&self, expression: &str) -> Result<Value, String> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
            new Promise((resolve) => {{ {PRELUDE} resolve(({expression})); }}).then(
                (value) => done({{ value: value === undefined ? null : value }}),
                (error) => done({{ error: String(error) + ' ' + (error && error.stack) }}));"
        );
        let answer = self.client.execute_async(&script, Vec::new()).await;
        let mut answer = answer.map_err(|error| error.to_string())?;
        match answer.get("error").and_then(Value::as_str) {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer["value"].take()),
        }
    }

    /// Waits until an expression is truthy, and gives its value.
    ///
    /// # Panics
    /// Where that takes too long.
    pub async fn until(&self, expression: &str) -> Value {
        self.until_within(LIMIT, expression).await
    }

    /// The same, for what takes longer.
    ///
    /// # Panics
    /// Where it takes longer than this.
    pub async fn until_within(&self, limit: Duration, expression: &str) -> Value {
        let end = Instant::now() + limit;
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
        // What still moves would be missed. Engines that cannot tell move nothing.
        let rests = "(() => {
            const it = $('dialog') || $('.banner');
            return !it || !it.getAnimations
                || !it.getAnimations().some((moves) => moves.playState === 'running');
        })()";
        self.until(rests).await;
        let quoted = json!(selector);
        self.tap(&format!(
            "root && ($('dialog') || root).querySelector({quoted})"
        ))
        .await;
    }

    /// Clicks an element of the page, as a person does: where it is on the screen.
    ///
    /// # Panics
    /// Where it is not there, or something else is in front of it.
    pub async fn tap(&self, expression: &str) {
        let found = self.until(expression).await;
        // WebKit's driver scrolls to what is off the screen, not to what lies behind a sheet's edge.
        let scroll = "arguments[0].scrollIntoView({ block: 'nearest' })";
        let scrolled = self.client.execute(scroll, vec![found.clone()]).await;
        scrolled.unwrap_or_else(|error| panic!("{expression}: {error:?}"));
        let id = found.as_object().and_then(|object| object.values().next());
        let id = id.and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("{expression} is no element: {found}"));
        let element = Element::from_element_id(self.client.clone(), id.to_owned().into());
        let clicked = element.click().await;
        clicked.unwrap_or_else(|error| panic!("{expression}: {error:?}"));
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

    /// Asserts that the page saw no error, no rejection that nobody handled and no violated policy.
    ///
    /// # Panics
    /// Where it did.
    pub async fn assert_no_errors(&self) {
        let errors = self
            .value("window.walkErrors ? walkErrors.splice(0) : []")
            .await;
        let errors: Vec<&str> = errors.as_array().map_or(Vec::new(), |errors| {
            errors.iter().filter_map(Value::as_str).collect()
        });
        // That WebAssembly is forbidden is found out by trying.
        let tried = "policy violation: script-src wasm-eval";
        let is_told =
            |error: &&str| self.engine.module != Module::Forbidden || !error.starts_with(tried);
        let errors: Vec<&str> = errors.into_iter().filter(is_told).collect();
        assert_eq!(errors, [""; 0], "errors that the page saw");
    }

    /// Ends it, whether or not all went well.
    pub async fn end(self) {
        let _ = tokio::time::timeout(STOP, self.client.clone().close()).await;
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // After a walk that failed the browser is still there, and a driver may leave it so.
        let left = descendants(self.driver.id());
        self.driver.stop();
        for process in left {
            process::signal("KILL", process);
        }
    }
}

/// A display that nobody sees, and its name.
fn display(xvfb: &Path) -> (Process, String) {
    let mut command = Command::new(xvfb);
    // It tells the number that it found free.
    command.args(["-displayfd", "1", "-nolisten", "tcp"]);
    command.args(["-screen", "0", "1280x1024x24"]);
    let process = Process::start(&mut command);
    let number: u32 = process.announced(|line| line.trim().parse().ok());
    (process, format!(":{number}"))
}

/// A driver and its address.
fn listening(engine: &Engine, folder: &Path, display: Option<&str>) -> (Process, String) {
    let mut said = String::new();
    for _ in 0..TRIES {
        let address = free_address();
        let port = address
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok());
        let mut command = engine.driver(port.expect("a port"), folder);
        command.envs(display.map(|name| ("DISPLAY", name)));
        let mut process = Process::start(&mut command);
        let end = Instant::now() + START;
        while process.is_running() && Instant::now() < end {
            if TcpStream::connect(&address).is_ok() {
                return (process, format!("http://{address}"));
            }
            thread::sleep(STEP);
        }
        said = process.said();
    }
    panic!("the driver did not start in {TRIES} tries: {said}")
}

/// The processes that a process started, and those that they did.
fn descendants(process: u32) -> Vec<u32> {
    let Ok(all) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let parents: Vec<(u32, u32)> = all
        .filter_map(|entry| {
            let id = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // After the name in brackets, which may hold anything: the state, then the parent.
            let (_, rest) = stat.rsplit_once(") ")?;
            Some((id, rest.split(' ').nth(1)?.parse().ok()?))
        })
        .collect();
    let mut found = vec![process];
    let mut at = 0;
    while at < found.len() {
        let children = parents.iter().filter(|(_, parent)| *parent == found[at]);
        let children: Vec<u32> = children.map(|(id, _)| *id).collect();
        found.extend(children);
        at += 1;
    }
    found.split_off(1)
}
