//! The command `zhiqing`, run to its end.

use crate::process::Process;
use crate::program;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::NamedTempFile;

/// Longer than any command that ends by itself takes, even in debug form on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// What a command left behind.
#[derive(Debug)]
pub struct Outcome {
    /// Exit code.
    pub code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it said to the person.
    pub stderr: String,
}

impl Outcome {
    /// The printed JSON.
    ///
    /// # Panics
    /// Where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("stdout is no JSON: {error}: {self:?}"))
    }
}

/// Runs a command that ends by itself. What it prints is not kept.
///
/// # Panics
/// Where it does not end within a minute, or by itself.
pub fn ended(command: &mut Command) -> Outcome {
    let mut process = Process::start(command);
    let status = process.wait(LIMIT);
    let status = status.unwrap_or_else(|| panic!("{command:?} did not end: {}", process.said()));
    Outcome {
        code: status
            .code()
            .unwrap_or_else(|| panic!("{command:?} was ended by a signal: {}", process.said())),
        stdout: String::new(),
        stderr: process.said(),
    }
}

/// Runs `zhiqing` with these arguments.
///
/// # Panics
/// Where it does not end within a minute, or by itself.
pub fn zhiqing<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Outcome {
    zhiqing_reading(Path::new("/dev/null"), arguments)
}

/// The same, with a file as its standard input.
///
/// # Panics
/// Where it does not end within a minute, or by itself.
pub fn zhiqing_reading<A: AsRef<OsStr>>(
    stdin: &Path,
    arguments: impl IntoIterator<Item = A>,
) -> Outcome {
    // Through a file: the whole of it is there when the process has ended.
    let stdout = NamedTempFile::new().expect("a file for what the command prints");
    let mut shell = Command::new("sh");
    let redirected = "in=$1 out=$2; shift 2; exec \"$@\" <\"$in\" >\"$out\"";
    shell.args(["-c", redirected, "sh"]);
    shell.args([stdin, stdout.path()]);
    shell.arg(program::named("ZHIQING_BIN"));
    shell.args(arguments);
    let mut process = Process::start(&mut shell);
    let status = process.wait(LIMIT);
    let status = status.unwrap_or_else(|| panic!("{shell:?} did not end: {}", process.said()));
    Outcome {
        code: status
            .code()
            .unwrap_or_else(|| panic!("{shell:?} was ended by a signal: {}", process.said())),
        stdout: fs::read_to_string(stdout.path()).expect("stdout is UTF-8"),
        stderr: process.said(),
    }
}
