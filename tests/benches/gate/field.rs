//! A browser in which something was decided, and what is measured in it.

use crate::hosts::{EXTERNAL, Hosts, INLINED, NATIVE};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use zhiqing_tests::Browser;

/// What was decided before a page is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// Nothing: the banner is there, and every use that is listed is held back.
    Undecided,
    /// Everything was granted.
    Granted,
}

impl State {
    pub(crate) const ALL: [Self; 2] = [Self::Undecided, Self::Granted];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Granted => "granted",
        }
    }
}

/// By how much a phone's processor is slower, for what is told for information.
pub(crate) const SLOWDOWN: f64 = 6.0;

/// No trace takes longer to come, and between two looks.
const LIMIT: Duration = Duration::from_secs(20);
const STEP: Duration = Duration::from_millis(100);

/// Grants everything, as the guard reads it: the cookie of a decision.
const GRANT: &str = "(() => {
    const state = zhiqing.state();
    const asked = Object.keys(state.purposes).filter((id) => state.purposes[id] === 'unset');
    const decision = ['1', 'youtu', state.policyVersion, Math.floor(Date.now() / 1000),
        asked.join('.'), '', ''];
    document.cookie = 'zq=' + decision.join('~') + ';path=/;max-age=9999';
})()";

/// What is decided, as the guard sees it.
const DECIDED: &str = "zhiqing.ready.then(() => Object.values(zhiqing.state().purposes))";

/// Milliseconds of an insertion: until the script and what watches the tree are done, and until it is laid
/// out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inserted {
    pub(crate) made: f64,
    pub(crate) shown: f64,
}

/// What one load of a page needed.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// Microseconds of a call, with the native function and with the guard's, in the order in which they
    /// are measured.
    pub(crate) calls: Vec<(String, (f64, f64))>,
    pub(crate) inserts: Vec<(String, Inserted)>,
}

/// Milliseconds of the guard's start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Started {
    /// From the reading of the script to its end: what the page waits for.
    pub(crate) whole: f64,
    /// Of it, what its thread worked: neither other processes, nor what they were asked for.
    pub(crate) thread: f64,
    /// What it does in the first frame, or when the page is read: what was decided, the banner. The
    /// whole, because it asks other processes.
    pub(crate) greeting: f64,
}

/// A way in which the guard begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Start {
    Inlined,
    /// Never seen before.
    Cold,
    /// With the code that the browser kept of it.
    Warm,
}

impl Start {
    pub(crate) const ALL: [Self; 3] = [Self::Inlined, Self::Cold, Self::Warm];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Inlined => "inlined",
            Self::Cold => "external, first visit",
            Self::Warm => "external, code cached",
        }
    }
}

/// All calls in turns take some two minutes.
const ANSWER: Duration = Duration::from_secs(900);

/// A browser.
pub(crate) struct Field {
    browser: Browser,
}

impl Field {
    /// One whose pages are measured from within.
    pub(crate) async fn pages(hosts: &Hosts, state: State) -> Self {
        let browser = Browser::start().await;
        browser.wait_for_answers(ANSWER).await;
        Self::decided(browser, hosts, state).await
    }

    /// One that traces how long its scripts take.
    pub(crate) async fn traced(hosts: &Hosts, state: State) -> Self {
        Self::decided(Browser::tracing().await, hosts, state).await
    }

    async fn decided(browser: Browser, hosts: &Hosts, state: State) -> Self {
        browser.goto(&hosts.url(EXTERNAL)).await;
        if state == State::Granted {
            browser.value(GRANT).await;
            browser.reload().await;
        }
        let wanted = match state {
            State::Undecided => "unset",
            State::Granted => "granted",
        };
        let states = browser.value(DECIDED).await;
        // What needs no consent is granted in either.
        let states = states.as_array().expect("a list");
        let found = states.iter().filter(|state| *state == wanted).count();
        assert!(found + 1 >= states.len(), "{wanted}: {states:?}");
        Self { browser }
    }

    /// Loads a page in a process of its own and measures in it.
    pub(crate) async fn measure(&self, hosts: &Hosts, page: &str, only: &Value) -> Measured {
        self.browser.goto("about:blank").await;
        self.browser.goto(&hosts.url(page)).await;
        if page != NATIVE {
            self.browser.value(DECIDED).await;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let guarded = page != NATIVE;
        let found = format!("gateMeasure({only}, {guarded})");
        let found = self.browser.value(&found).await;
        let number = |value: &Value| value.as_f64().expect("a number");
        let rows = |name: &str| {
            let rows = found[name].as_array().expect("rows").clone();
            rows.into_iter()
                .map(|row| (row[0].as_str().expect("a name").to_owned(), row[1].clone()))
        };
        Measured {
            calls: rows("calls")
                .map(|(name, took)| (name, (number(&took[0]), number(&took[1]))))
                .collect(),
            inserts: rows("inserts")
                .map(|(name, took)| {
                    let (made, shown) = (number(&took[0]), number(&took[1]));
                    (name, Inserted { made, shown })
                })
                .collect(),
        }
    }

    pub(crate) fn slow_down(&self, rate: f64) {
        let rate = json!({ "rate": rate });
        self.browser
            .dev_tools("Emulation.setCPUThrottlingRate", &rate);
    }

    /// How long the guard's script took in each way.
    pub(crate) async fn starts(&self, hosts: &Hosts, turn: usize) -> BTreeMap<Start, Started> {
        let mut found = BTreeMap::new();
        // What comes first finds the browser colder: each comes first as often.
        let order = match turn % 2 {
            0 => [Start::Inlined, Start::Cold, Start::Warm],
            _ => [Start::Cold, Start::Warm, Start::Inlined],
        };
        self.browser
            .dev_tools("Network.clearBrowserCache", &json!({}));
        for start in order {
            if start == Start::Warm {
                // The code is kept when a script was seen twice.
                for _ in 0..2 {
                    self.start(hosts, EXTERNAL).await;
                }
            }
            let page = if start == Start::Inlined {
                INLINED
            } else {
                EXTERNAL
            };
            found.insert(start, self.start(hosts, page).await);
        }
        found
    }

    /// How long the guard's script took on a page, from its reading to its end, as the browser's trace
    /// has it.
    async fn start(&self, hosts: &Hosts, page: &str) -> Started {
        self.browser.goto("about:blank").await;
        self.browser.traced();
        self.browser.goto(&hosts.url(page)).await;
        self.browser.value(DECIDED).await;
        let url = match page {
            INLINED => hosts.url(INLINED),
            _ => hosts.url("zhiqing/zhiqing.js"),
        };
        let limit = Instant::now() + LIMIT;
        // The browser hands its trace over when it likes.
        let mut events = Vec::new();
        loop {
            events.extend(self.browser.traced());
            let found = events.iter().find(|event| {
                event["name"] == "EvaluateScript" && event["args"]["data"]["url"] == url.as_str()
            });
            // Its longest call before the module is there.
            let calls = events.iter().filter(|event| {
                event["name"] == "FunctionCall" && event["args"]["data"]["url"] == url.as_str()
            });
            let longest = calls.filter_map(|event| event["dur"].as_f64());
            let greeting = longest.fold(0.0, f64::max) / 1000.0;
            if let Some(event) = found.filter(|_| greeting > 0.0) {
                let took = |name: &str| event[name].as_f64().expect("microseconds") / 1000.0;
                return Started {
                    whole: took("dur"),
                    thread: took("tdur"),
                    greeting,
                };
            }
            assert!(Instant::now() < limit, "no trace of {url}");
            tokio::time::sleep(STEP).await;
        }
    }

    pub(crate) async fn end(self) {
        self.browser.end().await;
    }
}
