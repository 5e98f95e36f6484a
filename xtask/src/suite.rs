//! Every test of the workspace: native ones, walks through real browsers, and the module's own.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::browser::{self, Browser};
use crate::tools::{self, Tools, WASM};
use crate::workspace::Workspace;
use crate::{command, engines, extras, matrix, module, postgres, program, sdks};

/// Sets up, builds once, and runs all; the first failure ends it.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let tools = tools::ensure(workspace)?;
    let browser = browser::ensure()?;
    postgres::ensure()?;
    extras::ensure()?;
    let sdks = sdks::ensure(workspace)?;
    let engines = matrix::here(&engines::ALWAYS);
    engines::ensure(workspace, &engines)?;
    let module = module::build(workspace, &tools)?;

    // Binaries and tests in one go: cargo settles features for the packages of one call
    // together, so a separate build of the command would compile much of the tree again.
    program::run(
        "build the tests and the command zhiqing",
        workspace
            .cargo()
            .args(["build", "--workspace", "--bins", "--tests"])
            .env(module::FOLDER_VARIABLE, &module),
    )?;
    program::run(
        "run the native tests and the walks",
        native(workspace, &browser)
            .env(module::FOLDER_VARIABLE, &module)
            .env(sdks::FOLDER_VARIABLE, sdks)
            .env("ZHIQING_BIN", command::path(workspace, "debug")?)
            // They have a step of their own, whose table is seen.
            .env(matrix::ENGINES_VARIABLE, ""),
    )?;
    matrix::walk(workspace, &module, &engines)?;
    program::run(
        "run the tests of the module in the browser",
        &mut edge(workspace, &tools, &browser),
    )?;
    eprintln!("xtask: every test passed");
    Ok(())
}

fn native(workspace: &Workspace, browser: &Browser) -> Command {
    let mut cargo = workspace.cargo();
    cargo
        .args(["test", "--workspace"])
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver)
        .stdout(Stdio::inherit());
    cargo
}

fn edge(workspace: &Workspace, tools: &Tools, browser: &Browser) -> Command {
    let mut cargo = workspace.cargo();
    cargo
        // A list, because cargo would split the plain form of this setting at every blank.
        .arg("--config")
        .arg(format!(
            "target.{WASM}.runner=['{}']",
            tools.runner.display()
        ))
        .args([
            "test",
            "--package",
            "zhiqing",
            "--target",
            WASM,
            "--test",
            "edge",
        ])
        .env("CHROMEDRIVER", &browser.driver)
        // The runner allows a whole suite 20 s and the driver 5 s to start: too little for a
        // machine that is busy compiling something else.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .stdout(Stdio::inherit());
    // It takes the first driver that the environment names, whichever browser that is for.
    for driver in [
        "GECKODRIVER",
        "SAFARIDRIVER",
        "MSEDGEDRIVER",
        "CHROMEDRIVER",
    ] {
        cargo.env_remove(format!("{driver}_REMOTE"));
        if driver != "CHROMEDRIVER" {
            cargo.env_remove(driver);
        }
    }
    cargo
}
