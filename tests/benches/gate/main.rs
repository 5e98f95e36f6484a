//! What the gate costs a page: the guard's start, each call that it watches, and the insertion of 2,000
//! elements, beside the same page without a guard, in one run.
//!
//! `cargo xtask bench gate` builds what is measured and runs this; `docs/benchmarks.md` tells what the
//! figures mean. The straight line: [`hosts`] makes and serves the pages, [`field`] loads one and reads
//! what `measure.js` or the browser's trace tells, [`figures`] takes medians, [`budgets`] judges them,
//! [`report`] tells. Exit code 1: a budget does not hold.

mod budgets;
mod field;
mod figures;
mod hosts;
mod report;

use crate::field::{Field, SLOWDOWN, State};
use crate::figures::{Pair, Run};
use crate::hosts::{Hosts, NATIVE, SWAPPED};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs, thread};

/// What `cargo xtask bench gate` hands over.
struct Options {
    rounds: usize,
    json: Option<PathBuf>,
    /// Parts of names of what alone is measured, for whoever works on it; null for everything.
    only: Value,
}

impl Options {
    fn read() -> Result<Self, String> {
        let name = "ZHIQING_BENCH_ROUNDS";
        let missing = format!("{name} is not set: run `cargo xtask bench gate`");
        let rounds = env::var(name).map_err(|_| missing)?;
        Ok(Self {
            rounds: rounds
                .parse()
                .map_err(|error| format!("{name}={rounds}: {error}"))?,
            json: env::var_os("ZHIQING_BENCH_JSON").map(PathBuf::from),
            only: env::var("ZHIQING_BENCH_ONLY").map_or(Value::Null, |only| {
                json!(only.split('|').collect::<Vec<_>>())
            }),
        })
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match Options::read() {
        Ok(options) => run(&options).await,
        Err(reason) => {
            eprintln!("gate: {reason}");
            ExitCode::from(2)
        }
    }
}

async fn run(options: &Options) -> ExitCode {
    let hosts = Hosts::serve();
    let mut run = Run::default();
    for state in State::ALL {
        // Tracing costs time itself: what is measured from within has a browser of its own.
        let (traced, pages) = (
            Field::traced(&hosts, state).await,
            Field::pages(&hosts, state).await,
        );
        for round in 0..options.rounds {
            let name = state.name();
            eprintln!("gate: {name}, round {} of {}", round + 1, options.rounds);
            if options.only.is_null() {
                starts(&mut run, &traced, &hosts, state).await;
            }
            let only = &options.only;
            // Each round begins with the other page, so that none always comes second.
            let pair = if round % 2 == 0 {
                let native = pages.measure(&hosts, NATIVE, only).await;
                let guarded = pages.measure(&hosts, SWAPPED, only).await;
                Pair::of(native, guarded)
            } else {
                let guarded = pages.measure(&hosts, SWAPPED, only).await;
                let native = pages.measure(&hosts, NATIVE, only).await;
                Pair::of(native, guarded)
            };
            run.pairs.entry(state).or_default().push(pair);
        }
        traced.end().await;
        pages.end().await;
    }

    warn_of_load();
    let verdicts = budgets::judge(&run);
    println!("{}", report::text(&run));
    if let Some(path) = &options.json {
        let json = report::json(&run, &verdicts);
        if let Err(error) = fs::write(path, format!("{json:#}\n")) {
            eprintln!("gate: {}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    let broken: Vec<_> = verdicts.iter().filter(|verdict| !verdict.holds()).collect();
    for verdict in &broken {
        let (what, value, budget) = (&verdict.what, verdict.value, verdict.budget);
        eprintln!("gate: does not hold: {what}: {value:.2} > {budget}");
    }
    if broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Loads in a round: one says more of what else the machine did.
const LOADS: usize = 4;

async fn starts(run: &mut Run, traced: &Field, hosts: &Hosts, state: State) {
    for (slow, times) in [(false, LOADS), (true, 1)] {
        traced.slow_down(if slow { SLOWDOWN } else { 1.0 });
        for turn in 0..times {
            for (start, took) in traced.starts(hosts, turn).await {
                let loads = run.starts.entry((state, start, slow)).or_default();
                loads.push(took);
            }
        }
    }
    traced.slow_down(1.0);
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
            "gate: the machine was busy with something else, too (load {load} on {processors} \
             processors): measure again when it is not"
        );
    }
}
