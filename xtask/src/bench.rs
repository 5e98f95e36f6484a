//! What is measured in a real browser. Benches that need none are cargo's own: `cargo bench`.

use std::fs;
use std::path::PathBuf;
use std::process::{ExitCode, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::workspace::Workspace;
use crate::{browser, command, program};

/// The banner that ours is measured against, in the version whose figures we know.
const PEER: &str = "vanilla-cookieconsent";
const PEER_VERSION: &str = "3.1.0";

const ROUNDS: u32 = 15;

/// What may be said about `bench paint`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    rounds: u32,
    json: Option<PathBuf>,
}

impl Options {
    /// Reads `paint [--rounds N] [--json FILE]`, options also written with `=`.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        match arguments.next().as_deref() {
            Some("paint") => {}
            Some(other) => bail!("there is no bench `{other}`: `paint` is the one"),
            None => bail!("`bench` wants the name of a bench: `paint`"),
        }
        let mut options = Self {
            rounds: ROUNDS,
            json: None,
        };
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            ensure!(
                ["--rounds", "--json"].contains(&name),
                "`bench paint` has no option `{argument}`"
            );
            let value = value.or_else(|| arguments.next());
            let value = value.with_context(|| format!("`{name}` wants a value"))?;
            if name == "--json" {
                options.json = Some(value.into());
                continue;
            }
            let rounds = value.parse().ok().filter(|&rounds| rounds > 0);
            options.rounds = rounds
                .with_context(|| format!("`--rounds` wants a number of rounds, not `{value}`"))?;
        }
        Ok(options)
    }
}

/// Builds, gets what is missing, and measures; the exit code tells whether every budget holds.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    // First what may be missing, then what takes minutes.
    let peer = peer(workspace)?;
    let browser = browser::ensure()?;
    let zhiqing = command::build(workspace)?;

    let mut paint = workspace.cargo();
    paint
        .args(["run", "--quiet", "--package", "zhiqing-tests"])
        .args(["--example", "paint"])
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver)
        .env("ZHIQING_BIN", zhiqing)
        .env("ZHIQING_BENCH_PEER", peer)
        .env("ZHIQING_BENCH_ROUNDS", options.rounds.to_string())
        .env_remove("ZHIQING_BENCH_JSON")
        .stdout(Stdio::inherit());
    if let Some(json) = &options.json {
        // It runs at the root; the path is as seen from here.
        let json = std::path::absolute(json).context("--json names no file")?;
        paint.env("ZHIQING_BENCH_JSON", json);
    }
    eprintln!("xtask: measure how soon the banner is visible; leave the machine alone meanwhile");
    let status = paint.status().context("cargo did not start")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The folder of the peer's built files, fetched once into the target folder.
fn peer(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target("bench");
    let name = format!("{PEER}-{PEER_VERSION}");
    let unpacked = folder.join(&name);
    let built = unpacked.join("package/dist");
    if built.join("cookieconsent.umd.js").is_file() {
        return Ok(built);
    }
    for needed in ["npm", "tar"] {
        ensure!(
            program::find(needed).is_some(),
            "the bench compares with {PEER} {PEER_VERSION}, which it fetches with npm and unpacks \
             with tar, but there is no {needed} on the PATH: install it"
        );
    }
    fs::create_dir_all(&unpacked)?;
    program::run(
        &format!("fetch {PEER} {PEER_VERSION}"),
        program::command("npm").current_dir(&folder).args([
            "pack",
            "--silent",
            &format!("{PEER}@{PEER_VERSION}"),
        ]),
    )?;
    program::run(
        "unpack it",
        program::command("tar").current_dir(&folder).args([
            "-xzf",
            &format!("{name}.tgz"),
            "-C",
            &name,
        ]),
    )?;
    ensure!(
        built.join("cookieconsent.umd.js").is_file(),
        "{PEER} {PEER_VERSION} has no cookieconsent.umd.js in {}",
        built.display()
    );
    Ok(built)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options> {
        Options::parse(arguments.iter().map(ToString::to_string))
    }

    #[track_caller]
    fn case(arguments: &[&str], rounds: u32, json: Option<&str>) {
        let json = json.map(PathBuf::from);
        assert_eq!(parse(arguments).unwrap(), Options { rounds, json });
    }

    #[track_caller]
    fn refused(arguments: &[&str], reason: &str) {
        assert_eq!(parse(arguments).unwrap_err().to_string(), reason);
    }

    #[test]
    fn options_are_read_in_either_form() {
        case(&["paint"], ROUNDS, None);
        case(&["paint", "--rounds", "3"], 3, None);
        case(&["paint", "--json=a=b", "--rounds=1"], 1, Some("a=b"));
    }

    #[test]
    fn wrong_use_is_told() {
        refused(&[], "`bench` wants the name of a bench: `paint`");
        refused(&["pain"], "there is no bench `pain`: `paint` is the one");
        refused(
            &["paint", "--round", "3"],
            "`bench paint` has no option `--round`",
        );
        refused(&["paint", "--rounds"], "`--rounds` wants a value");
        for none in ["0", "-1", "many"] {
            refused(
                &["paint", "--rounds", none],
                &format!("`--rounds` wants a number of rounds, not `{none}`"),
            );
        }
    }
}
