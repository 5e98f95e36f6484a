//! Other people's programs: found on the `PATH`, run one step at a time, and answered for in one
//! sentence when they fail.

use std::env;
use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// A command that reads nothing and talks on stderr, because our stdout is for results alone.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(io::stderr());
    command
}

/// Announces `step` ("build the module") and runs it to its end.
///
/// # Errors
/// When the program cannot be started or ends badly; its own words stand above.
pub(crate) fn run(step: &str, command: &mut Command) -> Result<()> {
    eprintln!("xtask: {step}");
    let program = command.get_program().to_owned();
    let status = command
        .status()
        .with_context(|| format!("could not {step}: {} did not start", program.display()))?;
    if !status.success() {
        bail!(
            "could not {step}: {} ended with {status}; why is told above",
            program.display()
        );
    }
    Ok(())
}

/// Runs a program unannounced and returns what it prints on stdout.
///
/// # Errors
/// When the program cannot be started, ends badly, or prints what is not UTF-8.
pub(crate) fn output(step: &str, command: &mut Command) -> Result<String> {
    let output = command
        .stdout(Stdio::piped())
        .output()
        .with_context(|| format!("could not {step}: the program did not start"))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        bail!("could not {step}: {}: {}", output.status, reason.trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The first program of this name on the `PATH`.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_step_and_the_program() {
        let error = run("do the impossible", &mut command("no-such-program")).err();
        assert_eq!(
            error.map(|e| e.to_string()).as_deref(),
            Some("could not do the impossible: no-such-program did not start")
        );
    }
}
