//! Programs under strace.

use super::call::TRACED;
use crate::Error;
use std::ffi::OsString;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long strace may take to write down the end of a program.
pub(super) const END: Duration = Duration::from_secs(60);
const STEP: Duration = Duration::from_millis(5);

/// What stands before a command line to have it traced into a file. The program that is started becomes
/// the program that is traced: strace runs beside it.
pub(super) fn words(file: &Path) -> Vec<OsString> {
    let mut words: Vec<OsString> = [
        "strace",
        "-D",
        "-q",
        "-f",
        // Only the calls that are asked for stop a program.
        "--seccomp-bpf",
        "-y",
        "-xx",
        // Whatever is written, all of it.
        "-s",
        "1000000000",
        "--absolute-timestamps=format:unix,precision:ns",
        "--syscall-times=ns",
        "-e",
    ]
    .map(OsString::from)
    .into();
    words.push(format!("trace={TRACED}").into());
    words.extend(["-o".into(), file.into()]);
    words
}

/// A command that is traced, for its arguments to be added.
pub(super) fn command(program: &Path, file: &Path) -> Command {
    let words = words(file);
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg(program);
    command
}

/// Traces a program that does nothing.
///
/// # Errors
/// Where that cannot be done: without strace, or on a system that does not let it.
pub(super) fn try_it() -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("trace");
    let mut probe = command(Path::new("true"), &file);
    let probe = probe.stdin(Stdio::null()).stdout(Stdio::null());
    let child = probe.stderr(Stdio::piped()).spawn();
    let child = child.map_err(|error| Error::Untraced(format!("strace: {error}")))?;
    let process = child.id();
    // Its stderr is strace's, too: it ends when both have.
    let said = child.wait_with_output()?.stderr;
    match ended(&file, process, Duration::ZERO) {
        Ok(()) => Ok(()),
        Err(_) => {
            let said = String::from_utf8_lossy(&said);
            Err(Error::Untraced(said.trim().replace('\n', "; ")))
        }
    }
}

/// Waits until a trace tells the end of its first process, which has been waited for.
///
/// # Errors
/// A trace that does not in time.
pub(super) fn ended(file: &Path, process: u32, limit: Duration) -> Result<(), Error> {
    let end = Instant::now() + limit;
    loop {
        let tail = tail(file).map_err(Error::of(file))?;
        let last = tail.trim_end().rsplit('\n').next().unwrap_or_default();
        let is_its = last.split(' ').next() == Some(process.to_string().as_str());
        if is_its && last.ends_with(" +++") {
            return Ok(());
        }
        if Instant::now() >= end {
            return Err(Error::Unfollowed("strace did not write the end".into()));
        }
        thread::sleep(STEP);
    }
}

fn tail(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(200)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_end_of_a_trace_is_that_of_its_first_process() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("trace");
        let told = "8 1.000000000 +++ exited with 0 +++\n7 1.000000001 +++ exited with 0 +++\n";
        fs::write(&file, told).expect("a file");
        assert!(ended(&file, 7, Duration::ZERO).is_ok());
        // Of a thread, and where strace never wrote anything.
        assert!(ended(&file, 8, Duration::ZERO).is_err());
        assert!(ended(&folder.path().join("none"), 7, Duration::ZERO).is_err());
    }
}
