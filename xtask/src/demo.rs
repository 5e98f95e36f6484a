//! The sample sites on this machine, to be looked at and clicked through.

use std::fs;
use std::net::TcpListener;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

use crate::command;
use crate::workspace::Workspace;

/// The site that the demo shows at `/` and that sizes are taken from.
pub(crate) const SITE: &str = "policy-text/travel-benefits/site.toml";

/// The other samples; each has its page at `/sites/{id}/`.
const OTHERS: [&str; 4] = [
    "policy-text/local-life/site.toml",
    "policy-text/h5-shop/site.toml",
    "policy-text/live-shopping/site.toml",
    "policy-text/car-hire/site.toml",
];

const ADDRESS: &str = "127.0.0.1:8020";
const ANY_PORT: &str = "127.0.0.1:0";

/// What may be said about the demo; both are handed to `zhiqing serve` as they are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    listen: Option<String>,
    store: Option<String>,
}

impl Options {
    /// Reads `--listen ADDR` and `--store STORE`, also written with `=`.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let slot = match name {
                "--listen" => &mut options.listen,
                "--store" => &mut options.store,
                _ => bail!("`demo` has no option `{argument}`"),
            };
            let value = value.or_else(|| arguments.next());
            *slot = Some(value.with_context(|| format!("`{name}` wants a value"))?);
        }
        Ok(options)
    }
}

/// Builds, then becomes the server, which prints its own address and ends with Ctrl-C.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let program = command::build(workspace)?;
    let mut serve = Command::new(&program);
    serve
        .current_dir(workspace.root())
        .args(["serve", SITE])
        .args(OTHERS);
    serve.args(["--listen", address(options)]);
    serve.arg("--store");
    match &options.store {
        Some(store) => serve.arg(store),
        None => {
            let folder = workspace.target("demo");
            fs::create_dir_all(&folder)?;
            serve.arg(format!(
                "sqlite:{}",
                folder.join("zhiqing.sqlite").display()
            ))
        }
    };
    eprintln!("xtask: serve {SITE} and the other samples; Ctrl-C stops it");
    become_program(&mut serve)
}

/// The address to listen on. Only our own default gives way when its port is taken: an address
/// that somebody asked for is what they will open.
fn address(options: &Options) -> &str {
    match &options.listen {
        Some(address) => address,
        None if TcpListener::bind(ADDRESS).is_ok() => ADDRESS,
        None => {
            eprintln!("xtask: {ADDRESS} is taken, so the demo gets a port of its own");
            ANY_PORT
        }
    }
}

/// Replaces this process, so that a signal to it reaches the server.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec()).context("the command zhiqing did not start")
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    let status = command
        .status()
        .context("the command zhiqing did not start")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(arguments: &[&str], listen: Option<&str>, store: Option<&str>) {
        let options = Options::parse(arguments.iter().map(ToString::to_string)).unwrap();
        assert_eq!(options.listen.as_deref(), listen);
        assert_eq!(options.store.as_deref(), store);
    }

    #[test]
    fn options_are_read_in_either_form() {
        case(&[], None, None);
        case(&["--listen", "127.0.0.1:1"], Some("127.0.0.1:1"), None);
        case(
            &["--store=sqlite:a=b", "--listen=[::1]:0"],
            Some("[::1]:0"),
            Some("sqlite:a=b"),
        );
    }

    #[test]
    fn an_option_without_its_value_is_refused() {
        let error = Options::parse(["--store".to_owned()].into_iter()).unwrap_err();
        assert_eq!(error.to_string(), "`--store` wants a value");
    }

    #[test]
    fn an_address_that_was_asked_for_is_kept() {
        let taken = TcpListener::bind(ANY_PORT).unwrap();
        let listen = taken.local_addr().unwrap().to_string();
        let options = Options {
            listen: Some(listen.clone()),
            store: None,
        };
        assert_eq!(address(&options), listen);
    }
}
