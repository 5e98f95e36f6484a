//! A clock that a test sets while the server runs.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::NamedTempFile;

/// Where the library stands that answers for the system's clock, by Debian's architectures.
const LIBRARIES: [&str; 2] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
];

/// The clock of the programs that are started with it.
pub struct Clock {
    library: PathBuf,
    /// What the library reads at each call.
    offset: NamedTempFile,
}

impl Clock {
    /// A clock that is right; `None` where there is no libfaketime.
    ///
    /// # Panics
    /// Where no file can be made.
    pub fn new() -> Option<Self> {
        let mut libraries = LIBRARIES.iter().map(PathBuf::from);
        let clock = Self {
            library: libraries.find(|library| library.is_file())?,
            offset: NamedTempFile::new().expect("a file"),
        };
        clock.set(0);
        Some(clock)
    }

    /// Sets it so many seconds ahead, or behind.
    ///
    /// # Panics
    /// Where the file is gone.
    pub fn set(&self, seconds: i32) {
        // In one step: whoever reads it meanwhile reads the old or the new one.
        let next = self.offset.path().with_extension("next");
        fs::write(&next, format!("{seconds:+}")).expect("a file");
        fs::rename(&next, self.offset.path()).expect("the file");
    }

    /// Gives the clock to a program before it is started.
    pub(crate) fn give(&self, command: &mut Command) {
        command
            .env("LD_PRELOAD", &self.library)
            .env("FAKETIME_TIMESTAMP_FILE", self.offset.path())
            .env("FAKETIME_NO_CACHE", "1")
            // Waits are measured by another clock, which nobody sets.
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }
}
