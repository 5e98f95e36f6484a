//! The chores of this repository, as `cargo xtask COMMAND`: one command for each thing that takes
//! more than one step, so that a fresh clone needs rustup and nothing else.
//!
//! The straight line: [`workspace`] knows the places, [`program`] runs others' programs,
//! [`tools`], [`browser`], [`engines`], [`old`], [`postgres`], [`sdks`], [`extras`] and [`npm`] get what is missing, [`module`] makes what
//! runs in the page, [`command`] makes the command `zhiqing` with the module inside; [`demo`], [`suite`],
//! [`matrix`], [`screenshots`], [`size`], [`bench`] and [`load`] put them to use.
//!
//! Progress goes to stderr, results to stdout. Exit code 0 is good, 1 a failure that is told in
//! one sentence, 2 wrong use.

mod bench;
mod browser;
mod command;
mod debian;
mod demo;
mod engines;
mod extras;
mod load;
mod matrix;
mod module;
mod npm;
mod old;
mod postgres;
mod program;
mod screenshots;
mod sdks;
mod size;
mod suite;
mod tools;
mod weight;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

use crate::workspace::Workspace;

const HELP: &str = "\
The chores of this repository.

Usage: cargo xtask COMMAND

  setup   install what is missing: the wasm target, the binding tool, Binaryen, the browsers and their
           drivers, PostgreSQL, strace, faketime, and the SDKs that tests start in a page
  module  build the module that runs in the page; the last line of stdout is its folder, which
           ZHIQING_MODULE_DIR names where the tests are run by hand
  build   build everything in release form; the last line of stdout is the path of `zhiqing`
  demo    build, then serve the sample site [--listen ADDR] [--store STORE]
  test    set up, then run every test: native, through real browsers, and of the module
  matrix  walk a person's ways through many engines and print the table [ENGINE…]: chromium, firefox,
           webkit, no-wasm, no-eval, chromium-92, chromium-80, chromium-67
  screenshots
          take pictures of every state of the interface for docs/states.md [STATE…]
  evaluate score kinds and terms against labels made by reading
           [errors seeds|practice [KIND] | why SENTENCE | policy FILE LABELS]
  learn   draw the weights of words from the sentences for writing rules [--check]
  size    weigh what a page loads, what is compiled in, and what each crate costs; fails when a held
          budget is exceeded
  bench   measure in a real browser; fails when a budget does not hold
           paint [--rounds N] [--json FILE]   the banner, beside vanilla-cookieconsent's
           gate [--rounds N] [--json FILE]    the gate, beside the same page without
           start [--rounds N] [--json FILE]   the module's start, beside its form in plain JavaScript
  load    load a server with consents; tell rate and latency, and check what it acknowledged [--help]
  crash   kill a server, or its database, again and again under load, and check after each time [--help]
  durable trace what a server syncs before it answers, and cut the power: what was not synced is gone [--help]
  ledger  let a ledger grow; tell rate, latency, lookups and bytes a record at each size [--help]
  plot    draw what `ledger --json` wrote [FILE…] [--out FOLDER]
  help    print this
";

/// What the arguments ask for.
enum Task {
    Setup,
    Module,
    Build,
    Demo(demo::Options),
    Test,
    Matrix(Vec<String>),
    Screenshots(Vec<String>),
    Evaluate(Vec<String>),
    Learn(Vec<String>),
    Size,
    Bench(bench::Options),
    /// One of [`load::TASKS`], and its arguments.
    Load(&'static str, Vec<String>),
    Help,
}

fn main() -> ExitCode {
    let task = match parse(std::env::args().skip(1)) {
        Ok(task) => task,
        Err(error) => {
            eprintln!("xtask: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    run(task).unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(task: Task) -> Result<ExitCode> {
    if matches!(task, Task::Help) {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Workspace::find()?;
    match task {
        Task::Setup => {
            tools::ensure(&workspace)?;
            module::set_up(&workspace)?;
            browser::ensure()?;
            postgres::ensure()?;
            extras::ensure()?;
            sdks::ensure(&workspace)?;
            engines::ensure(&workspace, &matrix::here(&engines::ALWAYS))?;
        }
        Task::Module => {
            let tools = tools::ensure(&workspace)?;
            println!("{}", module::build(&workspace, &tools)?.display());
        }
        Task::Build => println!("{}", command::build(&workspace)?.display()),
        Task::Demo(options) => return demo::run(&workspace, &options),
        Task::Test => suite::run(&workspace)?,
        Task::Matrix(engines) => matrix::run(&workspace, &engines)?,
        Task::Screenshots(states) => screenshots::run(&workspace, &states)?,
        Task::Evaluate(arguments) => example(&workspace, "evaluate", &arguments)?,
        Task::Learn(arguments) => example(&workspace, "learn", &arguments)?,
        Task::Size => return size::run(&workspace),
        Task::Bench(options) => return bench::run(&workspace, &options),
        Task::Load(task, arguments) => return load::run(&workspace, task, &arguments),
        Task::Help => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs an example of the annotation's crate: each uses what the program itself does not need.
fn example(workspace: &Workspace, name: &str, arguments: &[String]) -> Result<()> {
    let mut command = workspace.cargo();
    command
        .args(["run", "--quiet", "--release", "-p", "zhiqing-policy"])
        // The same for both, so that the crate is compiled once.
        .args(["--features", "learn", "--example", name, "--"])
        .args(arguments);
    program::run(name, &mut command)
}

/// Reads the arguments after the program's name.
fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Task> {
    let Some(name) = arguments.next() else {
        return Ok(Task::Help);
    };
    if let Some(task) = load::TASKS.into_iter().find(|&task| task == name) {
        return Ok(Task::Load(task, arguments.collect()));
    }
    let task = match name.as_str() {
        "demo" => return Ok(Task::Demo(demo::Options::parse(arguments)?)),
        "bench" => return Ok(Task::Bench(bench::Options::parse(arguments)?)),
        "matrix" => return Ok(Task::Matrix(arguments.collect())),
        "screenshots" => return Ok(Task::Screenshots(arguments.collect())),
        "evaluate" => return Ok(Task::Evaluate(arguments.collect())),
        "learn" => return Ok(Task::Learn(arguments.collect())),
        "setup" => Task::Setup,
        "module" => Task::Module,
        "build" => Task::Build,
        "test" => Task::Test,
        "size" => Task::Size,
        "help" | "-h" | "--help" => Task::Help,
        _ => anyhow::bail!("there is no command `{name}`"),
    };
    match arguments.next() {
        None => Ok(task),
        Some(extra) => anyhow::bail!("`{name}` takes no argument, but was given `{extra}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(arguments: &[&str], reason: &str) {
        let error = parse(arguments.iter().map(ToString::to_string)).err();
        assert_eq!(error.map(|e| e.to_string()).as_deref(), Some(reason));
    }

    #[test]
    fn wrong_use_is_told_by_name() {
        refused(&["tset"], "there is no command `tset`");
        refused(
            &["build", "now"],
            "`build` takes no argument, but was given `now`",
        );
        refused(&["demo", "--port"], "`demo` has no option `--port`");
        refused(
            &["bench"],
            "`bench` wants the name of a bench: `paint`, `gate` or `start`",
        );
    }

    #[test]
    fn help_lists_every_command() {
        for name in [
            "setup",
            "module",
            "build",
            "demo",
            "test",
            "matrix",
            "screenshots",
            "evaluate",
            "learn",
            "size",
            "bench",
            "load",
            "crash",
            "durable",
            "ledger",
            "plot",
            "help",
        ] {
            let told = |line: &str| line.split_whitespace().next() == Some(name);
            assert!(HELP.lines().any(told), "{name}");
        }
    }
}
