//! Pictures of every state of the interface, and the page of the docs that shows them.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{browser, command, module, program, tools};

/// What all pictures together may weigh, in bytes: whoever clones the repository has them all.
const ROOM: u64 = 4_000_000;

/// Builds what is shown, then takes the pictures: of these states, or of all. Pictures of states
/// that are no more go.
pub(crate) fn run(workspace: &Workspace, states: &[String]) -> Result<()> {
    let tools = tools::ensure(workspace)?;
    let browser = browser::ensure()?;
    let module = module::build(workspace, &tools)?;
    program::run(
        "build the command zhiqing and what takes the pictures",
        workspace
            .cargo()
            .args(["build", "--workspace", "--bins", "--examples"])
            .env(module::FOLDER_VARIABLE, &module),
    )?;
    let docs = workspace.root().join("docs");
    let pictures = docs.join("images/states");
    let all = states.is_empty();
    if all && pictures.exists() {
        fs::remove_dir_all(&pictures)?;
    }
    let taker = workspace.target(&format!("debug/examples/screenshots{EXE_SUFFIX}"));
    program::run(
        "take the pictures",
        program::command(taker)
            .arg(&docs)
            .args(states)
            .env("CHROMIUM", &browser.chromium)
            .env("CHROMEDRIVER", &browser.driver)
            .env("ZHIQING_BIN", command::path(workspace, "debug")?),
    )?;
    let weight = weigh(&pictures)?;
    eprintln!("xtask: docs/states.md shows {weight} bytes of pictures");
    if weight > ROOM {
        bail!("the pictures weigh {weight} bytes, and {ROOM} are allowed: lower their quality");
    }
    Ok(())
}

/// The bytes of a folder's files.
fn weigh(folder: &Path) -> Result<u64> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.metadata()?.len()))
        .sum()
}
