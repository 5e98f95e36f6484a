//! `zhiqing serve`, running, and the site that it serves.

use crate::{Error, Target};
use rustix::process::{Pid, Signal, kill_process};
use serde::Deserialize;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a server may take to listen: it may have a crash to recover from.
const START: Duration = Duration::from_secs(120);
/// How long it may take to stop: it finishes what it accepted.
const STOP: Duration = Duration::from_secs(60);
const STEP: Duration = Duration::from_millis(5);

/// A copy of a site's settings, because `serve` writes keys beside them.
#[derive(Debug)]
pub struct Settings {
    folder: TempDir,
    file: PathBuf,
    site: String,
}

/// As much of the settings as is read here.
#[derive(Deserialize)]
struct Outline {
    site: Id,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

impl Settings {
    /// Copies a settings file and what lies beside it, except for keys and databases.
    ///
    /// # Errors
    /// A file that cannot be read, or names no site.
    pub fn copy(file: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(file).map_err(Error::of(file))?;
        let outline: Outline = toml::from_str(&text).map_err(|error| {
            let source = std::io::Error::other(error);
            Error::of(file)(source)
        })?;
        let folder = tempfile::Builder::new().prefix("zq-load-").tempdir()?;
        let beside = match file.parent() {
            Some(beside) if !beside.as_os_str().is_empty() => beside,
            _ => Path::new("."),
        };
        for entry in fs::read_dir(beside).map_err(Error::of(beside))?.flatten() {
            let path = entry.path();
            let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
            let is_its_own = ["toml", "txt", "md", "html"].contains(&extension);
            if path.is_file() && is_its_own {
                let copy = folder.path().join(entry.file_name());
                fs::copy(&path, copy).map_err(Error::of(path))?;
            }
        }
        let name = file.file_name().unwrap_or_default();
        Ok(Self {
            file: folder.path().join(name),
            site: outline.site.id,
            folder,
        })
    }

    /// Names settings that are in a folder of ours already, keys and all.
    pub(crate) fn within(folder: TempDir, like: &Self) -> Self {
        Self {
            file: folder
                .path()
                .join(like.file.file_name().unwrap_or_default()),
            site: like.site.clone(),
            folder,
        }
    }

    /// Where they are.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The site's id.
    pub fn site(&self) -> &str {
        &self.site
    }
}

/// A server of a store. Dropped, it is killed.
#[derive(Debug)]
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    said: PathBuf,
}

impl Server {
    /// Starts a server on a free port of loopback, without waiting for it.
    ///
    /// # Errors
    /// A program that does not start.
    pub fn start(program: &Path, settings: &Settings, store: &str) -> Result<Self, Error> {
        Self::start_by(Command::new(program), settings, store)
    }

    fn start_by(mut command: Command, settings: &Settings, store: &str) -> Result<Self, Error> {
        let said = settings.folder.path().join("stderr");
        let stderr = File::create(&said).map_err(Error::of(&said))?;
        command.arg("serve").arg(&settings.file);
        command.args(["--store", store, "--listen", "127.0.0.1:0"]);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(stderr);
        let mut child = command.spawn().map_err(Error::of(command.get_program()))?;
        let (send, lines) = channel();
        if let Some(stdout) = child.stdout.take() {
            // Reads on after nobody listens any more, so that the server never waits for a reader.
            thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    let _ = send.send(line);
                }
            });
        }
        Ok(Self { child, lines, said })
    }

    /// Starts one and waits until it listens.
    ///
    /// # Errors
    /// One that ends before, or takes too long.
    pub fn started(
        program: &Path,
        settings: &Settings,
        store: &str,
    ) -> Result<(Self, Target), Error> {
        Self::started_by(Command::new(program), settings, store)
    }

    /// The same by a command that becomes the program.
    pub(crate) fn started_by(
        command: Command,
        settings: &Settings,
        store: &str,
    ) -> Result<(Self, Target), Error> {
        let server = Self::start_by(command, settings, store)?;
        let target = server.listens(START)?;
        Ok((server, target))
    }

    /// Where it listens, once it says so.
    ///
    /// # Errors
    /// A server that ends before, or takes longer.
    pub fn listens(&self, limit: Duration) -> Result<Target, Error> {
        let end = Instant::now() + limit;
        loop {
            match self
                .lines
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(line) if line.starts_with("http://") => return Target::parse(&line),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Err(Error::NotStarted("in time".into())),
                Err(RecvTimeoutError::Disconnected) => return Err(Error::NotStarted(self.said())),
            }
        }
    }

    /// What it wrote to stderr.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap_or_default()
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it without a warning.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to stop, as a service manager would, and waits until it did.
    ///
    /// # Errors
    /// A server that does not stop in time, or ends with a failure.
    pub fn stop(mut self) -> Result<(), Error> {
        send(self.process(), Signal::TERM);
        let end = Instant::now() + STOP;
        while Instant::now() < end {
            match self.child.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => {
                    return Err(Error::Plan(format!(
                        "zhiqing serve ended with {status}: {}",
                        self.said()
                    )));
                }
                None => thread::sleep(STEP),
            }
        }
        Err(Error::Plan(
            "zhiqing serve does not stop when told to".into(),
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal to a process of ours; one that is gone is no error.
pub(crate) fn send(process: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(process).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}
