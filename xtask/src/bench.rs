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

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bench {
    /// How soon the banner is visible.
    Paint,
    /// What the gate costs.
    Gate,
    /// How long the module takes to start.
    Start,
}

impl Bench {
    fn name(self) -> &'static str {
        match self {
            Self::Paint => "paint",
            Self::Gate => "gate",
            Self::Start => "start",
        }
    }
}

/// What may be said about a bench.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    bench: Bench,
    rounds: u32,
    json: Option<PathBuf>,
}

impl Options {
    /// Reads `paint|gate|start [--rounds N] [--json FILE]`, options also written with `=`.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let bench = match arguments.next().as_deref() {
            Some("paint") => Bench::Paint,
            Some("gate") => Bench::Gate,
            Some("start") => Bench::Start,
            Some(other) => {
                bail!("there is no bench `{other}`: there are `paint`, `gate` and `start`")
            }
            None => bail!("`bench` wants the name of a bench: `paint`, `gate` or `start`"),
        };
        let mut options = Self {
            bench,
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
                "`bench {}` has no option `{argument}`",
                bench.name()
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
    let peer = match options.bench {
        Bench::Paint => Some(peer(workspace)?),
        Bench::Gate | Bench::Start => None,
    };
    let browser = browser::ensure()?;
    let zhiqing = command::build(workspace)?;

    let mut bench = workspace.cargo();
    bench
        .args(["run", "--quiet", "--package", "zhiqing-tests"])
        .args(["--example", options.bench.name()])
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver)
        .env("ZHIQING_BIN", zhiqing)
        .env("ZHIQING_BENCH_ROUNDS", options.rounds.to_string())
        .env_remove("ZHIQING_BENCH_JSON")
        .stdout(Stdio::inherit());
    if let Some(peer) = peer {
        bench.env("ZHIQING_BENCH_PEER", peer);
    }
    if let Some(json) = &options.json {
        // It runs at the root; the path is as seen from here.
        let json = std::path::absolute(json).context("--json names no file")?;
        bench.env("ZHIQING_BENCH_JSON", json);
    }
    let what = match options.bench {
        Bench::Paint => "how soon the banner is visible",
        Bench::Gate => "what the gate costs",
        Bench::Start => "how long the module takes to start",
    };
    eprintln!("xtask: measure {what}; leave the machine alone meanwhile");
    let status = bench.status().context("cargo did not start")?;
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
    fn case(arguments: &[&str], bench: Bench, rounds: u32, json: Option<&str>) {
        let json = json.map(PathBuf::from);
        let options = Options {
            bench,
            rounds,
            json,
        };
        assert_eq!(parse(arguments).unwrap(), options);
    }

    #[track_caller]
    fn refused(arguments: &[&str], reason: &str) {
        assert_eq!(parse(arguments).unwrap_err().to_string(), reason);
    }

    #[test]
    fn options_are_read_in_either_form() {
        case(&["paint"], Bench::Paint, ROUNDS, None);
        case(&["gate", "--rounds", "3"], Bench::Gate, 3, None);
        case(
            &["paint", "--json=a=b", "--rounds=1"],
            Bench::Paint,
            1,
            Some("a=b"),
        );
    }

    #[test]
    fn wrong_use_is_told() {
        refused(
            &[],
            "`bench` wants the name of a bench: `paint`, `gate` or `start`",
        );
        refused(
            &["pain"],
            "there is no bench `pain`: there are `paint`, `gate` and `start`",
        );
        refused(
            &["paint", "--round", "3"],
            "`bench paint` has no option `--round`",
        );
        refused(&["gate", "--round"], "`bench gate` has no option `--round`");
        refused(&["paint", "--rounds"], "`--rounds` wants a value");
        for none in ["0", "-1", "many"] {
            refused(
                &["paint", "--rounds", none],
                &format!("`--rounds` wants a number of rounds, not `{none}`"),
            );
        }
    }
}
