//! SDKs of trackers, as their makers publish them: tests start them in a page. They are fetched
//! into the target folder, in the versions of `tests/sdks/package-lock.json`, and never shipped.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};

use crate::workspace::Workspace;
use crate::{debian, program};

/// The environment variable by which the tests find them.
pub(crate) const FOLDER_VARIABLE: &str = "ZHIQING_SDKS";

const MANIFESTS: [&str; 2] = ["package.json", "package-lock.json"];

/// npm's own list of what it installed. It writes it last.
const INSTALLED: &str = "node_modules/.package-lock.json";

/// The folder `node_modules` with the SDKs, which are fetched where they are missing or of other
/// versions.
///
/// # Errors
/// One sentence where there is no npm, or npm fails.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target("sdks");
    let read = |name: &str| {
        let path = workspace.root().join("tests/sdks").join(name);
        fs::read(&path).with_context(|| format!("no {}", path.display()))
    };
    let manifests = [read(MANIFESTS[0])?, read(MANIFESTS[1])?];
    let is_kept = |(name, text): (&str, &Vec<u8>)| {
        fs::read(folder.join(name)).is_ok_and(|kept| kept == *text)
    };
    let current = MANIFESTS.into_iter().zip(&manifests).all(is_kept);
    if current && folder.join(INSTALLED).is_file() {
        return Ok(folder.join("node_modules"));
    }

    npm()?;
    fs::create_dir_all(&folder)?;
    for (name, text) in MANIFESTS.into_iter().zip(&manifests) {
        fs::write(folder.join(name), text)?;
    }
    // No script of a package runs: the files alone are wanted.
    program::run(
        "fetch the SDKs that the tests start in a page",
        program::command("npm").current_dir(&folder).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]),
    )?;
    Ok(folder.join("node_modules"))
}

/// Makes sure of npm.
fn npm() -> Result<()> {
    if program::find("npm").is_none() && debian::installs() {
        debian::install(&["npm"])?;
    }
    ensure!(
        program::find("npm").is_some(),
        "the tests start SDKs that npm fetches, but there is no npm on the PATH: on Debian run \
         `sudo apt-get install npm`; elsewhere install Node.js"
    );
    Ok(())
}
