//! Pictures of every state of the interface, and the page of the docs that shows them.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{browser, command, module, program, tools};

/// What a picture may weigh on average, in bytes: whoever clones the repository has them all.
const ROOM: u64 = 20_000;

/// Where the states are listed.
const STATES: &str = "tests/support/states.rs";

/// Builds what is shown, then takes the pictures: of these states, or of all. Pictures of states
/// that are no more go.
pub(crate) fn run(workspace: &Workspace, states: &[String]) -> Result<()> {
    let list = fs::read_to_string(workspace.root().join(STATES))?;
    if let Some(name) = unknown(states, &list) {
        bail!("there is no state `{name}`; docs/states.md shows them, {STATES} lists them");
    }
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
    let (count, weight) = weigh(&pictures)?;
    eprintln!("xtask: docs/states.md shows {count} pictures of {weight} bytes");
    let room = count * ROOM;
    if weight > room {
        bail!("the pictures weigh {weight} bytes, and {room} are allowed: lower their quality");
    }
    Ok(())
}

/// The first of these states that the list does not have: told before anything is built.
fn unknown<'a>(states: &'a [String], list: &str) -> Option<&'a String> {
    let entries = list.split("State::new(").skip(1);
    let names: Vec<&str> = entries
        .filter_map(|entry| entry.split('"').nth(1))
        .collect();
    states.iter().find(|state| !names.contains(&state.as_str()))
}

/// How many files a folder has, and their bytes.
fn weigh(folder: &Path) -> Result<(u64, u64)> {
    let (mut count, mut bytes) = (0, 0);
    for entry in fs::read_dir(folder)? {
        count += 1;
        bytes += entry?.metadata()?.len();
    }
    Ok((count, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(states: &[&str], told: Option<&str>) {
        let list = fs::read_to_string(Path::new("..").join(STATES)).expect("the list");
        let states: Vec<String> = states.iter().map(|&state| state.to_owned()).collect();
        assert_eq!(unknown(&states, &list).map(String::as_str), told);
    }

    #[test]
    fn a_state_that_is_misspelt_is_told() {
        case(&[], None);
        case(&["banner", "banner-top", "form-step"], None);
        case(&["banner", "baner", "form"], Some("baner"));
        // What a state shows is no name.
        case(&["the same in English"], Some("the same in English"));
    }
}
