//! PostgreSQL's write-ahead log: pages of 8192 bytes, each with a header, and through all of them records
//! with a checksum, each of a transaction (`access/xlogrecord.h`, `access/xlog_internal.h`). A page is
//! written again when there is more in it; a record is there once its last byte is.

use super::{Commit, Commits, Written};
use crate::durable::answers::{Finder, Id};
use crate::durable::call::Act;
use crate::durable::trace::Trace;
use std::collections::HashMap;
use std::path::Path;

/// Bytes of a page, and of its header: at the beginning of a file a longer one.
const PAGE: usize = 8192;
const HEADER: usize = 24;
const LONG_HEADER: usize = 40;
/// In the header's flags: it is long, and the page begins with the rest of a record.
const IS_LONG: u16 = 2;
const IS_CONTINUED: u16 = 1;
/// Bytes of a record's header.
const RECORD: usize = 24;
/// What keeps transactions, and of that which part of a record's flags says that it is a commit.
const TRANSACTIONS: u8 = 1;
const KIND: u8 = 0x70;
const IS_COMMIT: u8 = 0;
/// What a backend says when it has committed: a message of eleven bytes.
const COMMITTED: &[u8] = b"C\0\0\0\x0bCOMMIT\0";

pub(super) fn commits(trace: &Trace, finder: &Finder, program: usize) -> Commits {
    let mut commits = Commits::new();
    let mut log = Log::default();
    // What each transaction wrote, and what must be synced for it.
    let mut open: HashMap<u32, (Vec<Id>, Vec<Written>)> = HashMap::new();
    for call in trace.calls.iter().filter(|call| call.program == program) {
        let (
            Act::Write {
                path: Some(path),
                data,
                ..
            },
            Some(end),
        ) = (&call.act, call.end)
        else {
            continue;
        };
        if !is_log(path) {
            continue;
        }
        log.write(data);
        while let Some(record) = log.next() {
            if record.transaction == 0 {
                continue;
            }
            let (ids, written) = open.entry(record.transaction).or_default();
            ids.extend(finder.find(&record.bytes));
            written.retain(|it| it.file != *path);
            written.push(Written {
                file: path.clone(),
                by: end,
            });
            if record.is_commit {
                let (ids, written) = open.remove(&record.transaction).unwrap_or_default();
                for id in ids {
                    let written = written.clone();
                    commits.entry(id).or_insert(Commit {
                        written,
                        told: Some(usize::MAX),
                    });
                }
            }
        }
    }
    tell(trace, finder, program, &mut commits);
    commits
}

/// Finds the backend that was given each record, and when it said that it had committed.
fn tell(trace: &Trace, finder: &Finder, program: usize, commits: &mut Commits) {
    // By backend: the end of what it was told last, and the ids since its last commit.
    let mut given: HashMap<u32, (Vec<u8>, Vec<Id>)> = HashMap::new();
    for call in trace.calls.iter().filter(|call| call.program == program) {
        match &call.act {
            Act::Receive { data, .. } => {
                let (tail, ids) = given.entry(call.thread).or_default();
                tail.extend_from_slice(data);
                ids.extend(finder.find(tail));
                // An id may come in two parts, and none twice.
                tail.drain(..tail.len().saturating_sub(15));
            }
            Act::Send { data, .. } if contains(data, COMMITTED) => {
                let Some((_, ids)) = given.get_mut(&call.thread) else {
                    continue;
                };
                for id in ids.drain(..) {
                    if let Some(commit) = commits.get_mut(&id) {
                        commit.told = commit.told.map(|told| told.min(call.begin));
                    }
                }
            }
            _ => {}
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Whether a path is `…/pg_wal/` and 24 digits of hexadecimal.
fn is_log(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let folder = path.parent().and_then(Path::file_name);
    folder == Some("pg_wal".as_ref()) && name.len() == 24 && name.iter().all(u8::is_ascii_hexdigit)
}

/// A record of the log.
struct Record {
    transaction: u32,
    is_commit: bool,
    bytes: Vec<u8>,
}

/// The log as far as it was written.
#[derive(Default)]
struct Log {
    pages: HashMap<u64, Vec<u8>>,
    /// Where the next record begins; `None` before the first page.
    next: Option<u64>,
}

impl Log {
    fn write(&mut self, data: &[u8]) {
        for page in data.chunks_exact(PAGE) {
            let address = long(page, 8);
            // Files are made of nothing before they are used, and used again.
            if address == 0 || short(page, 0) == 0 {
                continue;
            }
            if self.next.is_none() {
                let rest = match short(page, 2) & IS_CONTINUED {
                    0 => 0,
                    _ => middle(page, 16) as usize,
                };
                self.next = Some(aligned(address + (header(page) + rest) as u64));
            }
            self.pages.insert(address, page.to_vec());
        }
    }

    /// The next record, if all of it is there.
    fn next(&mut self) -> Option<Record> {
        let begin = self.next?;
        let (head, _) = self.read(begin, 4)?;
        let length = middle(&head, 0) as usize;
        if length < RECORD {
            return None;
        }
        let (bytes, end) = self.read(begin, length)?;
        if checksum(&[&bytes[RECORD..], &bytes[..20]]) != middle(&bytes, 20) {
            return None;
        }
        self.next = Some(aligned(end));
        Some(Record {
            transaction: middle(&bytes, 4),
            is_commit: bytes[17] == TRANSACTIONS && bytes[16] & KIND == IS_COMMIT,
            bytes,
        })
    }

    /// So many bytes, without the headers of pages, and where they end.
    fn read(&self, begin: u64, length: usize) -> Option<(Vec<u8>, u64)> {
        let (mut at, mut bytes) = (begin, Vec::new());
        loop {
            let place = (at % PAGE as u64) as usize;
            let page = self.pages.get(&(at - place as u64))?;
            let place = place.max(header(page));
            let part = (length - bytes.len()).min(PAGE - place);
            bytes.extend_from_slice(&page[place..place + part]);
            at = at / PAGE as u64 * PAGE as u64 + (place + part) as u64;
            if bytes.len() == length {
                return Some((bytes, at));
            }
        }
    }
}

fn header(page: &[u8]) -> usize {
    if short(page, 2) & IS_LONG == 0 {
        HEADER
    } else {
        LONG_HEADER
    }
}

/// Records begin at multiples of eight.
fn aligned(address: u64) -> u64 {
    address.next_multiple_of(8)
}

// Numbers are as the processor has them: the log is read where it was written.

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes[at..]
        .first_chunk()
        .map_or(0, |it| u16::from_ne_bytes(*it))
}

fn middle(bytes: &[u8], at: usize) -> u32 {
    bytes[at..]
        .first_chunk()
        .map_or(0, |it| u32::from_ne_bytes(*it))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    bytes[at..]
        .first_chunk()
        .map_or(0, |it| u64::from_ne_bytes(*it))
}

/// CRC-32C of several parts.
fn checksum(parts: &[&[u8]]) -> u32 {
    const TABLE: [u32; 256] = table();
    let step = |crc: u32, byte: &u8| TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8);
    !parts.iter().copied().flatten().fold(!0, step)
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let (mut crc, mut bit) = (at as u32, 0);
        while bit < 8 {
            crc = (crc >> 1) ^ (0x82f6_3b78 & 0_u32.wrapping_sub(crc & 1));
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests;
