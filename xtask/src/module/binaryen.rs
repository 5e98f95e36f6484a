//! Binaryen: makes the module smaller than rustc leaves it, and the same as plain JavaScript.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::npm::Packages;
use crate::program;
use crate::workspace::Workspace;

/// Nothing beyond the first version of WebAssembly: by itself it uses what came soon after.
const FIRST: &str = "--mvp-features";

/// What is smaller after compression: more of the tool's passes are smaller before it and larger after it.
const PASSES: [&str; 6] = [
    "-O1",
    "--dae-optimizing",
    "--rse",
    "--vacuum",
    "--code-folding",
    "--duplicate-function-elimination",
];

/// Its programs.
#[derive(Debug)]
pub(crate) struct Binaryen {
    programs: PathBuf,
}

impl Binaryen {
    /// Finds them, or fetches them below the target folder.
    ///
    /// # Errors
    /// One sentence where they cannot be fetched.
    pub(crate) fn ensure(workspace: &Workspace) -> Result<Self> {
        let binaryen = Packages {
            what: "Binaryen, which makes the module small",
            manifests: "xtask/binaryen",
            folder: "tools/binaryen",
        };
        Ok(Self {
            programs: binaryen.ensure(workspace)?.join("binaryen/bin"),
        })
    }

    /// Makes a module small, and the names by which it and its glue know each other; what the glue must
    /// say in their place is printed.
    pub(crate) fn shrink(&self, from: &Path, to: &Path) -> Result<String> {
        program::output(
            "make the module small",
            self.command("wasm-opt")
                .args(PASSES)
                .args(["--minify-imports-and-exports-and-modules", FIRST])
                .arg(from)
                .arg("-o")
                .arg(to),
        )
    }

    /// The same for a module that keeps the names of its functions, and those of what it takes and gives.
    pub(crate) fn shrink_named(&self, from: &Path, to: &Path) -> Result<()> {
        program::run(
            "make the module small, with its names",
            self.command("wasm-opt")
                .args(PASSES)
                .args(["-g", FIRST])
                .arg(from)
                .arg("-o")
                .arg(to),
        )
    }

    /// Writes the module as a JavaScript module.
    pub(crate) fn write_script(&self, from: &Path, to: &Path) -> Result<()> {
        program::run(
            "write the module as plain JavaScript",
            self.command("wasm2js")
                .args(["-O2", FIRST])
                .arg(from)
                .arg("-o")
                .arg(to),
        )
    }

    fn command(&self, name: &str) -> std::process::Command {
        // Scripts of Node.js, which comes with npm.
        let mut command = program::command("node");
        command.arg(self.programs.join(name));
        command
    }
}
