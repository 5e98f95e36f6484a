//! Processor time, as the system counts it.

use serde::Serialize;
use std::fs;
use std::time::Duration;

/// Ticks a second in `/proc`: 100 on every Linux that runs on today's machines.
const TICK: Duration = Duration::from_millis(10);

/// The time that a process has had of the processors so far, its own and the system's on its behalf,
/// without its children's. `None` where there is no such process, or no `/proc`.
pub(crate) fn of_process(process: u32) -> Option<Duration> {
    ticks(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
}

/// The same of a process and of every process that it started: a database's.
pub(crate) fn of_family(process: u32) -> Option<Duration> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let stats = entries.filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok());
    let children = stats.filter(|stat| field(stat, 3) == Some(u64::from(process)));
    let children: Duration = children.filter_map(|stat| ticks(&stat)).sum();
    Some(of_process(process)? + children)
}

fn ticks(stat: &str) -> Option<Duration> {
    let ticks = field(stat, 13)? + field(stat, 14)?;
    Some(TICK * u32::try_from(ticks).ok()?)
}

/// A field of `/proc/ID/stat`, counted from 0. The second, the name in brackets, may hold anything.
fn field(stat: &str, number: usize) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(number.checked_sub(2)?)?.parse().ok()
}

/// Who used the processors while a load ran, in microseconds a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Costs {
    /// The load itself, with what the system does for it: half of the loopback's work, too.
    pub client_us: f64,
    /// The server, where it is ours.
    pub server_us: Option<f64>,
    /// PostgreSQL, where it is ours.
    pub database_us: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_whatever_the_process_is_called() {
        let stat = "7 (a) b (c)) S 1 7 7 0 -1 4194560 100 0 0 0 150 50 9 9 20 0 1 0 5 0 0";
        assert_eq!(ticks(stat), Some(Duration::from_secs(2)));
        assert_eq!(field(stat, 3), Some(1));
        assert_eq!(ticks("7 (a) S 1"), None);
    }

    #[test]
    fn a_process_that_works_costs() {
        let begin = of_process(std::process::id()).expect("ourselves");
        let mut number = 1_u64;
        while of_process(std::process::id()).expect("ourselves") < begin + 2 * TICK {
            number = std::hint::black_box(number.wrapping_mul(3));
        }
        assert_eq!(of_process(u32::MAX), None);
    }
}
