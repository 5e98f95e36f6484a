//! The command `zhiqing`: a thin shim over the crates.
//!
//! JSON goes to stdout, what is for people to stderr. Exit codes: 0 good, 1 findings, 2 wrong use
//! or unreadable input.

mod args;
mod build;
mod check;
mod config;
mod diff;
mod export;
mod health;
mod import;
mod init;
mod input;
mod keys;
mod module;
mod parse;
mod questions;
mod serve;
mod store;
mod terminal;
mod verify;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

/// Wrong use, or input that cannot be read.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Parse(args) => parse::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Health(args) => health::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Import(args) => import::run(&args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("zhiqing: {error:#}");
        ExitCode::from(UNREADABLE)
    })
}
