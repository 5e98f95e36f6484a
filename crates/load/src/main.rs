//! The command behind `cargo xtask load`, `crash`, `durable`, `ledger` and `plot`.

use clap::Parser;
use serde::Serialize;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use zhiqing_load::{Durability, Error, Growth, Plan, Rounds};

/// Loads a consent server, crashes it, and checks what it acknowledged.
#[derive(Debug, Parser)]
#[command(name = "zhiqing-load", disable_help_subcommand = true)]
enum Command {
    /// Sends consents for a while; tells rate and latency, and checks what was acknowledged.
    Load {
        #[command(flatten)]
        plan: Box<Plan>,
        /// Writes what is told as JSON, too.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// Kills the server, or its database, again and again under load, and checks after each time.
    Crash {
        #[command(flatten)]
        rounds: Box<Rounds>,
        /// Writes what is told as JSON, too.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// Traces what is synced before each answer, and cuts the power: what was not synced is gone.
    Durable {
        #[command(flatten)]
        durability: Box<Durability>,
        /// Writes what is told as JSON, too.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// Lets a ledger grow; tells rate, latency, lookups and bytes a record at each size.
    Ledger {
        #[command(flatten)]
        growth: Box<Growth>,
        /// Writes what is told as JSON, too.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// Draws what `ledger --json` wrote, of one store or of both.
    Plot {
        /// The JSON.
        #[arg(required = true)]
        reports: Vec<PathBuf>,
        /// Where the plots go.
        #[arg(long, default_value = "docs/images")]
        out: PathBuf,
    },
    /// Gives the answers of a real server at once; used by `load --alone`.
    #[command(hide = true)]
    Answer {
        /// The answers.
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Load { plan, json } => zhiqing_load::run(&plan)
            .and_then(|report| tell(&report, json.as_deref()).map(|()| report.is_good())),
        Command::Crash { rounds, json } => zhiqing_load::crash(&rounds)
            .and_then(|report| tell(&report, json.as_deref()).map(|()| report.is_good())),
        Command::Durable { durability, json } => zhiqing_load::durable(&durability)
            .and_then(|report| tell(&report, json.as_deref()).map(|()| report.is_good())),
        Command::Ledger { growth, json } => zhiqing_load::grow(&growth)
            .and_then(|report| tell(&report, json.as_deref()).map(|()| report.is_good())),
        Command::Plot { reports, out } => zhiqing_load::draw(&reports, &out).map(|drawn| {
            drawn.iter().for_each(|path| println!("{}", path.display()));
            true
        }),
        Command::Answer { file } => zhiqing_load::answer(&file).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::from(2)
        }
    }
}

/// Prints a report and writes it down.
fn tell(report: &(impl Serialize + Display), file: Option<&Path>) -> Result<(), Error> {
    println!("{report}");
    let Some(file) = file else {
        return Ok(());
    };
    let io = |source| Error::Io {
        path: file.to_owned(),
        source,
    };
    let json = serde_json::to_vec_pretty(report).map_err(|error| io(error.into()))?;
    fs::write(file, json).map_err(io)
}
