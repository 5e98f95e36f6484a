//! What `crates/load` does to a server: loads it, kills it, traces it, lets its ledger grow.

use std::env::consts::EXE_SUFFIX;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::demo::SITE;
use crate::workspace::Workspace;
use crate::{command, program};

/// What it can be told first.
pub(crate) const TASKS: [&str; 5] = ["load", "crash", "durable", "ledger", "plot"];

/// Builds what is needed in release form and runs it where we are, with these arguments.
pub(crate) fn run(workspace: &Workspace, task: &str, arguments: &[String]) -> Result<ExitCode> {
    let zhiqing = match starts_server(task, arguments) {
        true => Some(command::build(workspace)?),
        false => None,
    };
    program::run(
        "build the load",
        workspace
            .cargo()
            .args(["build", "--release", "--package", "zhiqing-load"]),
    )?;
    let program = workspace.target(&format!("release/zhiqing-load{EXE_SUFFIX}"));
    let mut load = Command::new(&program);
    load.arg(task);
    if task != "plot" && !gives(arguments, "--settings") {
        load.arg("--settings").arg(workspace.root().join(SITE));
    }
    if let Some(zhiqing) = zhiqing {
        load.env("ZHIQING_BIN", zhiqing);
    }
    eprintln!("xtask: {task}; leave the machine alone meanwhile");
    let status = load.args(arguments).status();
    let status = status.with_context(|| format!("{} did not start", program.display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Whether the command zhiqing is run: not for plots and help, nor where a server runs already or
/// another program is named.
fn starts_server(task: &str, arguments: &[String]) -> bool {
    let others = ["--url", "--zhiqing", "--help", "-h"];
    task != "plot" && !others.iter().any(|other| gives(arguments, other))
}

/// Whether an option is among the arguments, in either form.
fn gives(arguments: &[String], option: &str) -> bool {
    arguments.iter().any(|argument| {
        let name = argument
            .split_once('=')
            .map_or(argument.as_str(), |(name, _)| name);
        name == option
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(task: &str, arguments: &[&str], starts: bool) {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        assert_eq!(
            starts_server(task, &arguments),
            starts,
            "{task} {arguments:?}"
        );
    }

    #[test]
    fn the_command_is_built_where_it_is_run() {
        case("load", &[], true);
        case("load", &["--seconds", "5", "--store=postgres"], true);
        case("load", &["--url", "http://127.0.0.1:8020"], false);
        case("load", &["--url=http://127.0.0.1:8020"], false);
        case("crash", &["--zhiqing=target/debug/zhiqing"], false);
        case("durable", &["--store", "postgres", "--cuts=3"], true);
        case("ledger", &["--help"], false);
        case("plot", &["a.json"], false);
    }
}
