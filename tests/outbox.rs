//! Every decision reaches the server once and in order, over a network that loses, delays, repeats and breaks
//! off, from tabs that are closed the moment after, pages that are left and come back, and browsers that
//! are started anew.

use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Browser, Chaos, Server, Site};

/// How many browsers run at a time: a machine with two cores has no more to give.
const AT_A_TIME: usize = 2;
/// How many tabs a browser has at most.
const TABS: usize = 4;
/// How long everything may take to arrive once the network is good: the longest wait between two tries,
/// after as many failures in a row as a run has.
const ARRIVAL: Duration = Duration::from_secs(120);

/// What stands in local storage, and the last record's id in it.
const KEPT: &str = "(JSON.parse(localStorage.getItem('zq.youtu')) || {})";

/// How many records lie in local storage.
const LANDED: &str =
    "Object.keys(localStorage).filter((key) => /^zq\\.youtu\\..{36}$/.test(key)).length";

/// How many records wait on this page's origin: in local storage and in the database.
const WAITING: &str = "new Promise((done) => {
    const landed = Object.keys(localStorage).filter((key) => /^zq\\.youtu\\..{36}$/.test(key)).length;
    const opening = indexedDB.open('zq.youtu', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('records');
    opening.onsuccess = () => {
        const count = opening.result.transaction('records').objectStore('records').count();
        count.onsuccess = () => done(landed + count.result);
        opening.result.close();
    };
})";

/// How much is done.
#[derive(Clone, Copy)]
struct Size {
    profiles: usize,
    decisions: usize,
}

/// What was done and seen.
#[derive(Debug, Default)]
struct Done {
    /// Decisions by taps.
    taps: Cell<usize>,
    /// Tabs that were closed right after a decision.
    closed: Cell<usize>,
    /// Pages that were left and came back, and how many of those the browser had kept.
    left: Cell<usize>,
    kept: Cell<usize>,
    /// Browsers that were started anew.
    restarted: Cell<usize>,
    /// How many requests had which fate.
    requests: RefCell<BTreeMap<String, usize>>,
}

impl Done {
    fn saw(&self, chaos: &Chaos) {
        let mut requests = self.requests.borrow_mut();
        for (fate, count) in chaos.seen() {
            *requests.entry(fate).or_default() += count;
        }
    }
}

fn count(cell: &Cell<usize>) {
    cell.set(cell.get() + 1);
}

/// A person with a browser of their own.
struct Person<'a> {
    url: String,
    profile: Arc<TempDir>,
    browser: Option<Browser>,
    rng: fastrand::Rng,
    done: &'a Done,
    /// Ids of the records of all decisions, in order.
    decided: Vec<String>,
}

impl<'a> Person<'a> {
    async fn arriving(chaos: &Chaos, seed: u64, done: &'a Done) -> Self {
        let profile = Arc::new(TempDir::new().expect("a folder for the browser's profile"));
        let browser = Browser::of(&profile).await;
        let person = Self {
            url: chaos.url("/"),
            profile,
            browser: Some(browser),
            rng: fastrand::Rng::with_seed(seed),
            done,
            decided: Vec::new(),
        };
        person.browser().goto(&person.url).await;
        person
    }

    fn browser(&self) -> &Browser {
        self.browser.as_ref().expect("it runs")
    }

    /// Does anything that a person does, until there are so many decisions.
    async fn live(&mut self, decisions: usize) {
        while self.decided.len() < decisions {
            match self.rng.u8(..100) {
                ..10 => self.open_a_tab().await,
                10..20 => self.leave_and_come_back().await,
                20..26 => self.browser().reload().await,
                26..29 => self.restart().await,
                _ => self.decide().await,
            }
        }
    }

    async fn open_a_tab(&self) {
        if self.browser().tabs().await.len() < TABS {
            self.browser().open_tab().await;
            self.browser().goto(&self.url).await;
        }
    }

    async fn turn_to_any_tab(&mut self) {
        let tabs = self.browser().tabs().await;
        let at = self.rng.usize(..tabs.len());
        self.browser().drive(&tabs[at]).await;
    }

    /// Goes to another page of the site, and back: to the same page, where the browser kept it.
    async fn leave_and_come_back(&self) {
        let browser = self.browser();
        let watch = "void addEventListener('pageshow', ({ persisted }) => { window.cameBack = persisted; })";
        browser.value(watch).await;
        browser.goto(&format!("{}healthz", self.url)).await;
        browser.back().await;
        browser
            .until("window.zhiqing && zhiqing.ready.then(() => true)")
            .await;
        count(&self.done.left);
        if browser.value("window.cameBack === true").await == true {
            count(&self.done.kept);
        }
    }

    async fn restart(&mut self) {
        let browser = self.browser.take().expect("it runs");
        browser.end().await;
        let browser = Browser::of(&self.profile).await;
        browser.goto(&self.url).await;
        self.browser = Some(browser);
        count(&self.done.restarted);
    }

    async fn decide(&mut self) {
        self.turn_to_any_tab().await;
        let id = match self.rng.u8(..4) {
            0 => self.tap().await,
            _ => self.call().await,
        };
        let id = id.as_str().expect("a record's id").to_owned();
        // Who withdraws where nothing is granted has decided nothing.
        if self.decided.last() != Some(&id) {
            self.decided.push(id);
        }
        // Right after it.
        if self.rng.u8(..3) == 0 {
            self.close_the_tab().await;
        }
    }

    /// Decides by the page's interface; the last record's id.
    async fn call(&mut self) -> Value {
        let act = [
            "accept()",
            "reject()",
            "withdraw()",
            "accept(['analytics'])",
        ];
        let act = match self.decided.is_empty() {
            true => act[0],
            false => act[self.rng.usize(..act.len())],
        };
        let decided = format!("zhiqing.{act}.then(() => {KEPT}.previous)");
        self.browser().value(&decided).await
    }

    /// Decides by a tap in the preferences; the last record's id.
    async fn tap(&mut self) -> Value {
        let hook = ["accept-all", "reject-all", "save"][self.rng.usize(..3)];
        let browser = self.browser();
        browser
            .value("zhiqing.show('preferences').then(() => null)")
            .await;
        browser.click_hook(hook).await;
        count(&self.done.taps);
        browser.value(&format!("{KEPT}.previous")).await
    }

    async fn close_the_tab(&self) {
        let tabs = self.browser().tabs().await;
        let browser = self.browser();
        let here = browser.tab().await;
        if tabs.len() < 2 {
            // The last one would take the browser with it.
            browser.open_tab().await;
            browser.goto(&self.url).await;
            browser.drive(&here).await;
        }
        browser.close_tab().await;
        let left = self.browser().tabs().await;
        browser.drive(&left[0]).await;
        count(&self.done.closed);
    }

    /// Waits with one tab until nothing waits to be sent; whose records they were.
    async fn settle(mut self) -> (String, Vec<String>) {
        while self.browser().tabs().await.len() > 1 {
            self.browser().close_tab().await;
            let left = self.browser().tabs().await;
            self.browser().drive(&left[0]).await;
        }
        // It may be empty.
        self.browser().goto(&self.url).await;
        let end = Instant::now() + ARRIVAL;
        loop {
            let waiting = self.browser().value(WAITING).await;
            if waiting == 0 {
                break;
            }
            assert!(Instant::now() < end, "{waiting} records wait for ever");
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        let bearer = self.browser().value(&format!("{KEPT}.secret")).await;
        let bearer = bearer.as_str().expect("a bearer token").to_owned();
        let receipt = self.browser().value("zhiqing.receipt()").await;
        assert_eq!(receipt["record"]["id"], json!(self.decided.last()));
        self.browser.take().expect("it runs").end().await;
        (bearer, self.decided)
    }
}

/// Every record that was made is in the history once, and in order.
#[track_caller]
fn assert_all_arrived(history: &[Value], decided: &[String]) {
    let records: Vec<&Value> = history.iter().map(|receipt| &receipt["record"]).collect();
    let received: Vec<&str> = records.iter().filter_map(|it| it["id"].as_str()).collect();
    let once: BTreeSet<&str> = received.iter().copied().collect();
    assert_eq!(once.len(), received.len(), "something arrived twice");
    assert_eq!(
        received, decided,
        "each once, in the order of the decisions"
    );
    for (at, record) in records.iter().enumerate() {
        assert_eq!(record["sequence"], at + 1, "{record}");
        let previous = at.checked_sub(1).map(|before| received[before]);
        assert_eq!(record["previous"], json!(previous), "{record}");
    }
}

/// Lives the lives of every second person or so, one after the other; how many decisions arrived.
async fn lives(worker: usize, size: Size, server: &Server, seed: u64, done: &Done) -> usize {
    let mut arrived = 0;
    for at in (worker..size.profiles).step_by(AT_A_TIME) {
        let seed = seed.wrapping_add(u64::try_from(at).unwrap_or_default());
        // A network of their own: it becomes good when they have decided.
        let chaos = Chaos::before(&server.url(""), seed);
        let mut person = Person::arriving(&chaos, seed, done).await;
        person.live(size.decisions).await;
        chaos.clear();
        let (bearer, decided) = person.settle().await;
        assert_all_arrived(&server.history(SITE, &bearer), &decided);
        arrived += decided.len();
        done.saw(&chaos);
    }
    arrived
}

async fn run(size: Size) {
    let seed = std::env::var("ZHIQING_SEED").ok();
    let seed = seed.and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    println!("ZHIQING_SEED={seed}");
    let since = Instant::now();
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let done = Done::default();
    let [first, second] = [0, 1].map(|worker| lives(worker, size, &server, seed, &done));
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first + second, size.profiles * size.decisions);
    println!(
        "{} decisions of {} profiles arrived, each once and in order, after {:.0?}: {done:?}",
        first + second,
        size.profiles,
        since.elapsed(),
    );
}

#[tokio::test]
async fn what_waits_outlives_a_browser_that_is_killed() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let chaos = Chaos::before(&server.url(""), 0);
    chaos.go_down();
    let profile = Arc::new(TempDir::new().expect("a folder for the browser's profile"));
    let browser = Browser::of(&profile).await;
    browser.goto(&chaos.url("/")).await;
    let mut decided = Vec::new();
    for act in ["accept", "reject", "accept"] {
        let id = format!("zhiqing.{act}().then(() => {KEPT}.previous)");
        let id = browser.value(&id).await;
        decided.push(id.as_str().expect("a record's id").to_owned());
    }
    let bearer = browser.value(&format!("{KEPT}.secret")).await;
    // All of them are in the database.
    browser.until(&format!("{LANDED} === 0")).await;
    browser
        .until(&format!("{WAITING}.then((count) => count === 3)"))
        .await;
    browser.kill();

    chaos.clear();
    let browser = Browser::of(&profile).await;
    browser.goto(&chaos.url("/")).await;
    browser
        .until(&format!("{WAITING}.then((count) => count === 0)"))
        .await;
    let bearer = bearer.as_str().expect("a bearer token");
    assert_all_arrived(&server.history(SITE, bearer), &decided);
    browser.end().await;
}

#[tokio::test]
async fn every_decision_arrives_once_and_in_order() {
    run(Size {
        profiles: 4,
        decisions: 25,
    })
    .await;
}

#[tokio::test]
#[ignore = "takes a quarter of an hour: cargo test --package zhiqing-tests --test outbox -- --ignored --nocapture"]
async fn a_thousand_decisions_of_twenty_profiles_arrive_once_and_in_order() {
    run(Size {
        profiles: 20,
        decisions: 50,
    })
    .await;
}
