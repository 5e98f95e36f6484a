//! How long the module takes to start on a slow phone that has been here before: from the moment at which
//! the guard asks for its files to `zhiqing.ready`, as WebAssembly and as plain JavaScript, in turns.
//!
//! `cargo xtask bench start` builds what is measured and runs this; `docs/benchmarks.md` tells what the
//! figures mean. Exit code 1: a budget does not hold.

use serde_json::json;
use std::process::ExitCode;
use std::{env, fs};
use zhiqing_tests::carrying::page;
use zhiqing_tests::server::reporting;
use zhiqing_tests::{Browser, Pages};

/// How many times the page's main thread is slowed down.
const SLOWDOWN: f64 = 6.0;

/// Loads before the first that counts: the browser keeps the compiled code of what it has met a few times.
const VISITS: usize = 4;

/// When `ready` came true, told by the page.
const PROBE: &str =
    "<script>zhiqing.ready.then(() => { window.readyAt = performance.now(); })</script>";

/// From the request of the module to `ready`, and the longest task in between, in milliseconds.
const TOOK: &str = "(async () => {
    await zhiqing.ready;
    await new Promise((done) => setTimeout(done, 300));
    const [asked] = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('zhiqing_bg.wasm'));
    return readyAt - asked.startTime;
})()";

/// A form of the module.
struct Form {
    name: &'static str,
    /// A script before pages.
    before: &'static str,
    /// In milliseconds.
    budget: f64,
}

const FORMS: [Form; 2] = [
    Form {
        name: "WebAssembly",
        before: "",
        budget: 60.0,
    },
    Form {
        name: "plain JavaScript",
        before: "delete window.WebAssembly",
        budget: 200.0,
    },
];

#[tokio::main]
async fn main() -> ExitCode {
    let rounds = env::var("ZHIQING_BENCH_ROUNDS").ok();
    let Some(rounds) = rounds.and_then(|it| it.parse::<usize>().ok()) else {
        eprintln!("start: ZHIQING_BENCH_ROUNDS is not set: run `cargo xtask bench start`");
        return ExitCode::from(2);
    };
    let (_site, server) = reporting();
    let pages = Pages::one(page(&server, PROBE, "<p>text</p>"));
    let url = pages.url("/");
    let mut browsers = Vec::new();
    for form in &FORMS {
        let browser = Browser::start().await;
        browser.before_pages(form.before);
        for _ in 0..VISITS {
            load(&browser, &url).await;
        }
        slow_down(&browser, SLOWDOWN);
        browsers.push((form, browser, Vec::new()));
    }
    for round in 0..rounds {
        eprintln!("start: round {} of {rounds}", round + 1);
        for (_, browser, took) in &mut browsers {
            took.push(load(browser, &url).await);
        }
    }

    let mut holds = true;
    let mut table = String::from("form               median   least    most  budget  (ms)\n");
    let mut told = json!({});
    for (form, browser, mut took) in browsers {
        took.sort_by(f64::total_cmp);
        let (median, least) = (took[took.len() / 2], took[0]);
        let most = took.last().copied().unwrap_or_default();
        table.push_str(&format!(
            "{:<17} {median:>7.1} {least:>7.1} {most:>7.1} {:>7.0}  {}\n",
            form.name,
            form.budget,
            if median <= form.budget {
                "holds"
            } else {
                "does not hold"
            },
        ));
        holds &= median <= form.budget;
        told[form.name] =
            json!({ "median": median, "least": least, "most": most, "budget": form.budget });
        browser.end().await;
    }
    print!("{table}");
    if let Some(path) = env::var_os("ZHIQING_BENCH_JSON")
        && let Err(error) = fs::write(&path, format!("{told:#}\n"))
    {
        eprintln!("start: {}: {error}", path.display());
        return ExitCode::FAILURE;
    }
    match holds {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Loads the page in a document of its own; how long the module took to start.
async fn load(browser: &Browser, url: &str) -> f64 {
    browser.goto("about:blank").await;
    browser.goto(url).await;
    browser.value(TOOK).await.as_f64().expect("milliseconds")
}

fn slow_down(browser: &Browser, rate: f64) {
    browser.dev_tools("Emulation.setCPUThrottlingRate", &json!({ "rate": rate }));
}
