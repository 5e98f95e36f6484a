//! What programs did, in one order.

use super::call::{Act, At, act};
use super::line::{Reader, Spoken};
use crate::Error;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

/// A call and its place among all calls of all programs: whatever begins or returns has a place of its
/// own, and a later one a higher.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// The process, or the thread in a program of several.
    pub(super) thread: u32,
    /// Which of the programs that were traced.
    pub(super) program: usize,
    pub(super) begin: usize,
    /// `None` where it never returned.
    pub(super) end: Option<usize>,
    pub(super) act: Act,
}

/// A program's trace as strace wrote it.
#[derive(Debug)]
pub(super) struct Log<'a> {
    pub(super) file: &'a Path,
    /// The folder it works in, for paths that are not whole.
    pub(super) folder: &'a Path,
    /// Whether its threads are processes, each with open files of its own.
    pub(super) processes: bool,
}

/// What was traced.
#[derive(Clone, Debug, Default)]
pub(super) struct Trace {
    /// In the order in which they began.
    pub(super) calls: Vec<Call>,
    /// One more than the last place.
    pub(super) end: usize,
    /// Nanoseconds since 1970 at each place.
    pub(super) moments: Vec<u64>,
}

impl Trace {
    /// Reads what was written of programs that ran at the same time. They tell the time by one clock.
    pub(super) fn read(logs: &[Log<'_>]) -> Result<Self, Error> {
        let spoken = logs.iter().map(|log| lines(log.file));
        let spoken = spoken.collect::<Result<Vec<_>, _>>()?;
        let places = Places::of(&spoken);
        let mut trace = Self {
            end: places.moments.len(),
            moments: places.moments,
            calls: Vec::new(),
        };
        for (program, (log, spoken)) in logs.iter().zip(spoken).enumerate() {
            let mut open = Numbers::default();
            for (at, call) in spoken.iter().enumerate() {
                let strange = |what: String| Error::Trace {
                    file: log.file.to_owned(),
                    what,
                };
                let Some(mut act) = act(call, log.folder).map_err(strange)? else {
                    continue;
                };
                let owner = if log.processes { call.thread } else { 0 };
                open.place(owner, &mut act);
                let (begin, end) = places.of_calls[program][at];
                trace.calls.push(Call {
                    thread: call.thread,
                    program,
                    begin,
                    end,
                    act,
                });
            }
        }
        trace.calls.sort_by_key(|call| call.begin);
        Ok(trace)
    }
}

/// A file's lines, of which the last may be cut off.
fn lines(path: &Path) -> Result<Vec<Spoken>, Error> {
    let file = File::open(path).map_err(Error::of(path))?;
    let mut reader = Reader::default();
    for line in BufReader::new(file).lines() {
        let line = line.map_err(Error::of(path))?;
        reader.take(&line).map_err(|line| Error::Trace {
            file: path.to_owned(),
            what: line.chars().take(200).collect(),
        })?;
    }
    Ok(reader.end())
}

/// A place for each beginning and each return.
struct Places {
    moments: Vec<u64>,
    /// By program and call.
    of_calls: Vec<Vec<(usize, Option<usize>)>>,
}

impl Places {
    fn of(programs: &[Vec<Spoken>]) -> Self {
        // (moment, program, line, whether it returns, call)
        let mut marks = Vec::new();
        for (program, calls) in programs.iter().enumerate() {
            let mut mine = Vec::new();
            for (at, call) in calls.iter().enumerate() {
                mine.push((call.lines.0, false, call.began, at));
                mine.extend(call.returned.map(|moment| (call.lines.1, true, moment, at)));
            }
            mine.sort_unstable();
            // Within a program the lines are the order, whatever the clock says: a call of one line
            // returned before the next line was written, which began later.
            let mut next = u64::MAX;
            for mark in mine.iter_mut().rev() {
                mark.2 = mark.2.min(next);
                next = mark.2;
            }
            let of = |(line, returns, moment, at)| (moment, program, line, returns, at);
            marks.extend(mine.into_iter().map(of));
        }
        marks.sort_unstable();
        let mut of_calls: Vec<_> = programs
            .iter()
            .map(|calls| vec![(0, None); calls.len()])
            .collect();
        for (place, &(_, program, _, returns, at)) in marks.iter().enumerate() {
            match returns {
                true => of_calls[program][at].1 = Some(place),
                false => of_calls[program][at].0 = place,
            }
        }
        Self {
            moments: marks.iter().map(|mark| mark.0).collect(),
            of_calls,
        }
    }
}

/// Where each open file is written to next, by its owner and number.
#[derive(Default)]
struct Numbers(HashMap<(u32, u32), At>);

impl Numbers {
    /// Gives a write its place. One whose file was opened before the trace keeps [`At::Next`].
    fn place(&mut self, owner: u32, act: &mut Act) {
        match act {
            Act::Open {
                number, appends, ..
            } => {
                let at = if *appends { At::End } else { At::Place(0) };
                self.0.insert((owner, *number), at);
            }
            Act::Seek { number, to } => {
                let at = self.0.entry((owner, *number)).or_insert(At::Next);
                if *at != At::End {
                    *at = At::Place(*to);
                }
            }
            Act::Write {
                number, at, data, ..
            } if *at == At::Next => {
                if let Some(next) = self.0.get_mut(&(owner, *number)) {
                    *at = *next;
                    if let At::Place(place) = next {
                        *place += data.len() as u64;
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
