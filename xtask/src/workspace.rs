//! The places of this repository: its root and the folder for everything that is made.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::program;

/// Where the sources are and where what is made of them goes.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Asks cargo for the target folder, which `CARGO_TARGET_DIR` or a user's own settings may
    /// have moved.
    pub(crate) fn find() -> Result<Self> {
        // As cargo says now: two clones that build into one folder share the program, and the
        // place it was compiled at may be the other one's.
        let manifest = std::env::var("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&manifest)
            .parent()
            .context("xtask lies in no workspace")?
            .to_owned();
        let metadata = program::output(
            "ask cargo where it builds",
            cargo_in(&root).args(["metadata", "--no-deps", "--format-version", "1"]),
        )?;
        let target = json_string(&metadata, "target_directory")
            .context("cargo metadata names no target_directory")?;
        Ok(Self {
            root,
            target: target.into(),
        })
    }

    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the target folder, absolute.
    pub(crate) fn target(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }

    /// A cargo command that runs at the root.
    pub(crate) fn cargo(&self) -> Command {
        cargo_in(&self.root)
    }
}

/// The cargo that runs us, not whichever comes first on the `PATH`.
fn cargo_in(root: &Path) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = program::command(cargo);
    command.current_dir(root);
    command
}

/// The first string under `key` in JSON text. A parser of its own would cost every first run of
/// xtask more time than this one field is worth.
fn json_string(json: &str, key: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{key}\":\""))?;
    let mut value = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next()? {
            '"' => return Some(value),
            // Of JSON's escapes only `\\` and `\"` stand for a character that paths are made of.
            '\\' => value.push(characters.next()?),
            other => value.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(json: &str, value: Option<&str>) {
        assert_eq!(json_string(json, "target_directory").as_deref(), value);
    }

    #[test]
    fn the_target_folder_is_read_from_metadata() {
        case(
            r#"{"packages":[],"target_directory":"/a/b","x":"y"}"#,
            Some("/a/b"),
        );
        case(
            r#"{"target_directory":"C:\\a\\b \"c\""}"#,
            Some(r#"C:\a\b "c""#),
        );
        case(r#"{"target_directory":"/cut"#, None);
        case(r#"{"packages":[]}"#, None);
    }
}
