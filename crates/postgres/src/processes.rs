//! Ending a server with all that it started, as a crash would.

use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// How long processes that were killed may take to vanish.
const VANISH: Duration = Duration::from_secs(10);
/// Between two looks at what cannot be waited for.
pub(crate) const STEP: Duration = Duration::from_millis(5);

/// Sends a signal; a process that is gone already is no error.
pub(crate) fn signal(process: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(process).ok().and_then(Pid::from_raw) {
        // Of the answers there are, "not yours" cannot happen to what we started.
        let _ = kill_process(pid, signal);
    }
}

/// Kills a postmaster and everything it started. Each backend is the leader of a session of its own,
/// so there is no one group to be killed. The caller waits for the postmaster itself.
pub(crate) fn kill_all(postmaster: u32) -> Vec<u32> {
    // It may not start another while its children are counted.
    signal(postmaster, Signal::STOP);
    let children = children(postmaster);
    signal(postmaster, Signal::KILL);
    for &child in &children {
        signal(child, Signal::KILL);
    }
    children
}

/// Waits until none of these runs: the next postmaster refuses to start while one holds the shared
/// memory. Whether they did in time.
pub(crate) fn vanished(processes: &[u32]) -> bool {
    let end = Instant::now() + VANISH;
    while processes.iter().any(|&process| runs(process)) {
        if Instant::now() > end {
            return false;
        }
        thread::sleep(STEP);
    }
    true
}

/// The processes whose parent this is; none where the system has no `/proc`, as they end by
/// themselves when they notice that the postmaster is gone.
fn children(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(|&id| state_and_parent(id).is_some_and(|(_, of)| of == parent))
        .collect()
}

/// Whether a process is there and is not just waiting to be told of its end.
fn runs(process: u32) -> bool {
    state_and_parent(process).is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

/// From `/proc/ID/stat`: `ID (name) state parent …`, where the name may hold anything.
fn state_and_parent(process: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}
