//! What the process itself tells: panics, memory, open files.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Counts panics of all threads from now on. tokio catches those of tasks, so a server would
/// otherwise hide them.
pub(crate) struct Panics(Arc<AtomicUsize>);

pub(crate) fn count_panics() -> Panics {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        counted.fetch_add(1, Ordering::SeqCst);
        before(panic);
    }));
    Panics(count)
}

impl Panics {
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// The memory of the process that is in RAM, in bytes: `VmRSS` of proc(5). `None` elsewhere.
pub(crate) fn memory() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// How many files and sockets are open: entries of `/proc/self/fd`. `None` elsewhere.
pub(crate) fn open_files() -> Option<usize> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count())
}

/// Asserts that no more are open than at the beginning, but for the few that the store keeps for its
/// readers. The server closes a connection a moment after it answered.
pub(crate) async fn assert_files_are_closed(before: Option<usize>) {
    const READERS: usize = 8 * 3;
    let Some(most) = before.map(|before| before + READERS) else {
        return;
    };
    for _ in 0..100 {
        if open_files().is_some_and(|open| open <= most) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{:?} files are open, where {most} would do", open_files());
}
