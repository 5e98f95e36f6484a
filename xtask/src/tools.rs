//! What builds the module: the standard library for wasm32, and the binding tool in the one
//! version that reads what the crate `wasm-bindgen` writes.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::program;
use crate::workspace::Workspace;

/// The target of everything that runs in the page.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

const BINDGEN: &str = "wasm-bindgen";
const RUNNER: &str = "wasm-bindgen-test-runner";

/// The two programs of the package `wasm-bindgen-cli`.
#[derive(Debug)]
pub(crate) struct Tools {
    /// Makes the module and its glue of what rustc made.
    pub(crate) bindgen: PathBuf,
    /// Runs tests compiled for wasm32 in a browser.
    pub(crate) runner: PathBuf,
}

/// Finds the tools, or installs them below the target folder.
pub(crate) fn ensure(workspace: &Workspace) -> Result<Tools> {
    ensure_toolchain()?;
    let manifest = fs::read_to_string(workspace.root().join("Cargo.toml"))?;
    let version = pinned(&manifest).context("Cargo.toml pins no `wasm-bindgen = \"=…\"`")?;
    if let Some(tools) = find(workspace, version) {
        return Ok(tools);
    }
    // Not `--locked`: the lock file of this release does not build.
    install(workspace, "wasm-bindgen-cli", version, &[])?;
    find(workspace, version)
        .with_context(|| format!("wasm-bindgen-cli {version} was installed but does not run"))
}

/// Adds the target and the standard library's source, which the module is built with. rustup adds what
/// `rust-toolchain.toml` names by itself, unless it was told to install nothing or has the toolchain from elsewhere.
fn ensure_toolchain() -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = |what: &[&str]| -> Result<PathBuf> {
        let said = program::output(
            "ask rustc where its libraries are",
            program::command(&rustc).arg("--print").args(what),
        )?;
        Ok(PathBuf::from(said.trim()))
    };
    if !folder(&["target-libdir", "--target", WASM])?.is_dir() {
        add("target", WASM)?;
    }
    let source = "lib/rustlib/src/rust/library/Cargo.lock";
    if !folder(&["sysroot"])?.join(source).is_file() {
        add("component", "rust-src")?;
    }
    Ok(())
}

/// Adds a part to the toolchain.
fn add(kind: &str, name: &str) -> Result<()> {
    if program::find("rustup").is_none() {
        bail!("the toolchain has no {kind} {name}, and there is no rustup to add it: install both");
    }
    program::run(
        &format!("add the {kind} {name} to the toolchain"),
        program::command("rustup").args([kind, "add", name]),
    )
}

/// Both tools in the version asked for, the `PATH` before our own folder.
fn find(workspace: &Workspace, version: &str) -> Option<Tools> {
    let locate = |name: &str| {
        let file = format!("tools/bin/{name}{}", std::env::consts::EXE_SUFFIX);
        [program::find(name), Some(workspace.target(&file))]
            .into_iter()
            .flatten()
            .find(|path| {
                let answer = program::output("ask for a version", program::command(path).arg("-V"));
                answer.is_ok_and(|text| reported(&text) == Some(version))
            })
    };
    Some(Tools {
        bindgen: locate(BINDGEN)?,
        runner: locate(RUNNER)?,
    })
}

/// Builds the programs of a package from source into our own folder.
pub(crate) fn install(
    workspace: &Workspace,
    package: &str,
    version: &str,
    more: &[&str],
) -> Result<()> {
    let scratch = workspace.target("tools/build");
    program::run(
        &format!("install {package} {version} from source (once; takes some minutes)"),
        workspace
            .cargo()
            .args(["install", package, "--force", "--version", version])
            .args(more)
            .arg("--root")
            .arg(workspace.target("tools"))
            .arg("--target-dir")
            .arg(&scratch),
    )?;
    // Hundreds of megabytes that nothing reads again.
    fs::remove_dir_all(&scratch).ok();
    Ok(())
}

/// The version of `wasm-bindgen` that the workspace's manifest holds to the digit.
fn pinned(manifest: &str) -> Option<&str> {
    let rest = manifest
        .lines()
        .find_map(|line| line.strip_prefix("wasm-bindgen = \"="))?;
    rest.split_once('"').map(|(version, _)| version)
}

/// The version in a program's answer to `-V`: `name 1.2.3`, or `name 1.2.3 (commit)`.
pub(crate) fn reported(answer: &str) -> Option<&str> {
    answer.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_pins_the_binding_tool() {
        let manifest = include_str!("../../Cargo.toml");
        assert!(pinned(manifest).is_some_and(|version| version.starts_with("0.2.")));
    }

    #[test]
    fn only_an_exact_pin_counts() {
        assert_eq!(
            pinned("a = \"1\"\nwasm-bindgen = \"=0.2.130\"\n"),
            Some("0.2.130")
        );
        assert_eq!(pinned("wasm-bindgen = \"0.2.130\"\n"), None);
        assert_eq!(pinned("wasm-bindgen-test = \"=0.3.80\"\n"), None);
    }

    #[test]
    fn a_reported_version_is_the_second_word() {
        assert_eq!(reported("wasm-bindgen 0.2.130\n"), Some("0.2.130"));
        assert_eq!(
            reported("wasm-bindgen 0.2.130 (f0a8ae3b9)\n"),
            Some("0.2.130")
        );
        assert_eq!(reported("wasm-bindgen\n"), None);
    }
}
