//! A program that runs beside the test, and ends with it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;

/// How long a program may take to say that it is ready: machines are busy while they compile.
const START: Duration = Duration::from_secs(60);
/// How long a program may take to stop when told to.
const STOP: Duration = Duration::from_secs(10);
/// Between two looks at something that cannot be waited for.
const STEP: Duration = Duration::from_millis(10);

/// A running program. Dropped, it is stopped.
pub(crate) struct Process {
    child: Child,
    lines: Receiver<String>,
    stderr: NamedTempFile,
}

impl Process {
    /// Starts it, reading what it prints.
    pub(crate) fn start(command: &mut Command) -> Self {
        let stderr = NamedTempFile::new().expect("a file for what the program says");
        let file = stderr.reopen().expect("the same file again");
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command
            .stderr(file)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let stdout = child.stdout.take().expect("stdout is piped");
        let (send, lines) = channel();
        // Reads on after nobody listens any more, so that the program never waits for a reader.
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        Self {
            child,
            lines,
            stderr,
        }
    }

    /// The first thing that `find` finds in a line of its stdout.
    pub(crate) fn announced<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        let found = self.heard(find);
        found.unwrap_or_else(|| panic!("the program did not say that it is ready: {}", self.said()))
    }

    /// The same; `None` if the program ends or the time is over before.
    pub(crate) fn heard<T>(&self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let end = Instant::now() + START;
        while let Ok(line) = self
            .lines
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            if let Some(found) = find(&line) {
                return Some(found);
            }
        }
        None
    }

    /// What it wrote to stderr so far.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(self.stderr.path()).unwrap_or_default()
    }

    /// Whether it still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Its id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its end; kills it and gives `None` if that takes longer than `limit`.
    pub(crate) fn wait(&mut self, limit: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + limit;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < end => thread::sleep(STEP),
                _ => {
                    self.kill();
                    return None;
                }
            }
        }
    }

    /// Asks it to stop and waits until it did; `None` if it had to be killed.
    pub(crate) fn stop(&mut self) -> Option<ExitStatus> {
        if let Ok(None) = self.child.try_wait() {
            signal("TERM", self.child.id());
        }
        self.wait(STOP)
    }

    /// Ends it without a warning, as a power cut would.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Sends a signal to a process; false if there is none of this id. The shell's own `kill`, because
/// every system has that one.
pub(crate) fn signal(name: &str, process: u32) -> bool {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("kill -{name} {process}")]);
    let status = shell.stdin(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
