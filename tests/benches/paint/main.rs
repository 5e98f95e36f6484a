//! How soon the banner is visible, on a slow phone with a slow network: ours inlined, ours as a
//! script, and vanilla-cookieconsent's, beside the same page with none, in one run, on two hosts.
//!
//! `cargo xtask bench paint` builds what is measured and runs this; `docs/benchmarks.md` tells what
//! the figures mean. The straight line: [`hosts`] makes and serves the pages, [`phone`] loads one
//! and reads what `probe.js` saw, [`figures`] takes medians, [`budgets`] judges them, [`report`]
//! tells. Exit code 1: a budget does not hold.

mod budgets;
mod figures;
mod hosts;
mod phone;
mod report;

use crate::figures::Run;
use crate::hosts::{HOSTS, Hosts, PAGES, WITHOUT};
use crate::phone::Phone;
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs, thread};

/// What `cargo xtask bench paint` hands over.
struct Options {
    rounds: usize,
    json: Option<PathBuf>,
    /// The folder of vanilla-cookieconsent's built files.
    peer: PathBuf,
}

impl Options {
    fn read() -> Result<Self, String> {
        let wanted = |name: &str| {
            let missing = format!("{name} is not set: run `cargo xtask bench paint`");
            env::var(name).map_err(|_| missing)
        };
        let rounds = wanted("ZHIQING_BENCH_ROUNDS")?;
        Ok(Self {
            rounds: rounds
                .parse()
                .map_err(|error| format!("ZHIQING_BENCH_ROUNDS={rounds}: {error}"))?,
            json: env::var_os("ZHIQING_BENCH_JSON").map(PathBuf::from),
            peer: wanted("ZHIQING_BENCH_PEER")?.into(),
        })
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match Options::read() {
        Ok(options) => run(&options).await,
        Err(reason) => {
            eprintln!("paint: {reason}");
            ExitCode::from(2)
        }
    }
}

async fn run(options: &Options) -> ExitCode {
    let hosts = Hosts::serve(&options.peer);
    let phone = Phone::start().await;
    let slowdown = phone.slowdown(&hosts.url(HOSTS[0].0, WITHOUT)).await;
    eprintln!("paint: the processor is slowed down {slowdown:.1} times");

    let mut runs = HOSTS.map(|(host, _)| (host, Run::new(hosts.script_bytes, slowdown)));
    for round in 0..options.rounds {
        eprintln!("paint: round {} of {}", round + 1, options.rounds);
        for (host, run) in &mut runs {
            // Each round begins with another page, so that none always follows the same one.
            for step in 0..PAGES.len() {
                let page = PAGES[(round + step) % PAGES.len()];
                run.add(page, phone.load(&hosts.url(host, page)).await);
            }
        }
    }
    phone.end().await;
    warn_of_load();

    let judged = runs.map(|(host, run)| {
        let verdicts = budgets::judge(&run);
        println!("{host}\n\n{}", report::text(&run, &verdicts));
        (host, run, verdicts)
    });
    if let Some(path) = &options.json {
        let json = judged.iter().map(|(host, run, verdicts)| {
            let told = report::json(run, verdicts);
            ((*host).to_owned(), told)
        });
        let json: Value = json.collect::<Map<_, _>>().into();
        if let Err(error) = fs::write(path, format!("{json:#}\n")) {
            eprintln!("paint: {}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    let mut verdicts = judged.iter().flat_map(|(_, _, verdicts)| verdicts);
    if verdicts.all(budgets::Verdict::holds) {
        ExitCode::SUCCESS
    } else {
        eprintln!("paint: a budget does not hold");
        ExitCode::FAILURE
    }
}

/// A machine that has other work gives figures about that work.
fn warn_of_load() {
    // Linux alone tells it in a file; elsewhere nothing is said.
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = told.split(' ').next().and_then(|load| load.parse().ok());
    let processors = thread::available_parallelism().map_or(1, usize::from);
    // The bench itself keeps less than one of them busy.
    if let Some(load) = load.filter(|load: &f64| load.round() > processors as f64) {
        eprintln!(
            "paint: the machine was busy with something else, too (load {load} on {processors} \
             processors): measure again when it is not"
        );
    }
}
