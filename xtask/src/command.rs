//! The command `zhiqing`, with the module inside.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::workspace::Workspace;
use crate::{module, program, tools};

/// Builds everything in release form and returns the absolute path of the command.
pub(crate) fn build(workspace: &Workspace) -> Result<PathBuf> {
    let tools = tools::ensure(workspace)?;
    let module = module::build(workspace, &tools)?;
    program::run(
        "build the command zhiqing",
        workspace
            .cargo()
            .args(["build", "--release", "--package", "zhiqing-cli"])
            .env(module::FOLDER_VARIABLE, module),
    )?;
    path(workspace, "release")
}

/// Where cargo puts the command in `debug` or `release` form.
pub(crate) fn path(workspace: &Workspace, form: &str) -> Result<PathBuf> {
    let path = workspace.target(&format!("{form}/zhiqing{EXE_SUFFIX}"));
    ensure!(path.is_file(), "cargo built no {}", path.display());
    Ok(path)
}
