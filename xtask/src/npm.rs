//! Packages of npm, in the versions of a lock file of ours: fetched into the target folder, none of
//! their scripts run, and none of them shipped.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};

use crate::workspace::Workspace;
use crate::{debian, program};

const MANIFESTS: [&str; 2] = ["package.json", "package-lock.json"];

/// npm's own list of what it installed. It writes it last.
const INSTALLED: &str = "node_modules/.package-lock.json";

/// Some packages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packages {
    /// What they are and what for, as `the SDKs that the tests start in a page`.
    pub(crate) what: &'static str,
    /// Where `package.json` and `package-lock.json` lie, from the workspace's root.
    pub(crate) manifests: &'static str,
    /// Where they are fetched to, below the target folder.
    pub(crate) folder: &'static str,
}

impl Packages {
    /// The folder `node_modules` with the packages, which are fetched where they are missing or of
    /// other versions.
    ///
    /// # Errors
    /// One sentence where there is no npm, or npm fails.
    pub(crate) fn ensure(self, workspace: &Workspace) -> Result<PathBuf> {
        let folder = workspace.target(self.folder);
        let read = |name: &str| {
            let path = workspace.root().join(self.manifests).join(name);
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

        there(self.what)?;
        fs::create_dir_all(&folder)?;
        // What ends on the way must not be taken for what was asked.
        fs::remove_file(folder.join(INSTALLED)).ok();
        for (name, text) in MANIFESTS.into_iter().zip(&manifests) {
            fs::write(folder.join(name), text)?;
        }
        // No script of a package runs: the files alone are wanted.
        program::run(
            &format!("fetch {}", self.what),
            program::command("npm").current_dir(&folder).args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
            ]),
        )?;
        Ok(folder.join("node_modules"))
    }
}

/// Makes sure of npm, which fetches `what`.
///
/// # Errors
/// One sentence where there is none.
pub(crate) fn there(what: &str) -> Result<()> {
    if program::find("npm").is_none() && debian::installs() {
        debian::install(&["npm"])?;
    }
    ensure!(
        program::find("npm").is_some(),
        "npm fetches {what}, but there is no npm on the PATH: on Debian run `sudo apt-get install npm`; \
         elsewhere install Node.js"
    );
    Ok(())
}
