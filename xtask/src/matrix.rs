//! The walks of a person through many engines: `tests/engines.rs`, which prints their table.

use std::path::Path;
use std::process::Stdio;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{command, engines, module, program, tools};

/// Names the engines to the test.
pub(crate) const ENGINES_VARIABLE: &str = "ZHIQING_ENGINES";

/// Sets up, builds once, and walks these engines: all that there are for this system where none is
/// named.
pub(crate) fn run(workspace: &Workspace, names: &[String]) -> Result<()> {
    let engines = match names {
        [] => here(&engines::ALL),
        names => engines::known(names)?,
    };
    let tools = tools::ensure(workspace)?;
    let module = module::build(workspace, &tools)?;
    program::run(
        "build the walks and the command zhiqing",
        workspace
            .cargo()
            .args(["build", "--workspace", "--bins", "--tests"])
            .env(module::FOLDER_VARIABLE, &module),
    )?;
    walk(workspace, &module, &engines)
}

/// Walks these engines with what was built, which carries this module.
pub(crate) fn walk(workspace: &Workspace, module: &Path, engines: &[&str]) -> Result<()> {
    let programs = engines::ensure(workspace, engines)?;
    program::run(
        &format!("walk {}", engines.join(", ")),
        workspace
            .cargo()
            .args(["test", "--workspace", "--test", "engines"])
            .args(["--", "--nocapture"])
            .envs(programs)
            .env(ENGINES_VARIABLE, engines.join(" "))
            .env(module::FOLDER_VARIABLE, module)
            .env("ZHIQING_BIN", command::path(workspace, "debug")?)
            .stdout(Stdio::inherit()),
    )
}

/// Those of these engines that there are for this system; the others are told.
pub(crate) fn here(engines: &[&'static str]) -> Vec<&'static str> {
    let (here, not) = engines
        .iter()
        .partition::<Vec<&str>, _>(|engine| engines::can_be_here(engine));
    if !not.is_empty() {
        eprintln!("xtask: there is no {} for this system", not.join(", no "));
    }
    here
}
