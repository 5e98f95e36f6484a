use super::*;
use crate::durable::answers::Answer;
use crate::durable::call::At;
use crate::durable::trace::Call;

const SEGMENT: &str = "/d/pg_wal/000000010000000000000001";
const BEGIN: u64 = 0x0100_0000;
const ID: Id = [7; 16];

/// A record with its checksum.
fn record(transaction: u32, manager: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = ((RECORD + content.len()) as u32).to_ne_bytes().to_vec();
    bytes.extend(transaction.to_ne_bytes());
    bytes.extend([0; 8]);
    bytes.extend([0, manager, 0, 0]);
    let crc = checksum(&[content, &bytes]);
    bytes.extend(crc.to_ne_bytes());
    bytes.extend(content);
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    bytes
}

/// Pages of this log: the first of its file and those behind.
fn pages(log: &[u8]) -> Vec<u8> {
    let mut pages = Vec::new();
    let mut rest = log;
    while !rest.is_empty() {
        let is_first = pages.is_empty();
        let address = BEGIN + pages.len() as u64;
        pages.extend(0xd110_u16.to_ne_bytes());
        pages.extend(if is_first { IS_LONG } else { 0 }.to_ne_bytes());
        pages.extend(1_u32.to_ne_bytes());
        pages.extend(address.to_ne_bytes());
        pages.extend([0; 8]);
        pages.resize(pages.len() + if is_first { 16 } else { 0 }, 0);
        let room = PAGE - pages.len() % PAGE;
        let (here, more) = rest.split_at(room.min(rest.len()));
        pages.extend(here);
        pages.resize(pages.len().next_multiple_of(PAGE), 0);
        rest = more;
    }
    pages
}

fn write(data: &[u8]) -> Act {
    Act::Write {
        number: 3,
        path: Some(SEGMENT.into()),
        at: At::Place(0),
        data: data.to_vec(),
    }
}

fn said(data: &[u8], received: bool) -> Act {
    let (socket, data) = ("socket:[1]".into(), data.to_vec());
    match received {
        true => Act::Receive { socket, data },
        false => Act::Send { socket, data },
    }
}

/// The commits of what these calls do, by one process and one after the other.
fn found(acts: Vec<Act>) -> Commits {
    let calls = acts.into_iter().enumerate().map(|(at, act)| Call {
        thread: 1,
        program: 1,
        begin: 2 * at,
        end: Some(2 * at + 1),
        act,
    });
    let trace = Trace {
        calls: calls.collect(),
        ..Trace::default()
    };
    let ids = vec![ID];
    commits(&trace, &Finder::of(&[Answer { begin: 0, ids }]), 1)
}

fn commit(by: usize, told: usize) -> Commits {
    let file = SEGMENT.into();
    let written = vec![Written { file, by }];
    let told = Some(told);
    Commits::from([(ID, Commit { written, told })])
}

#[test]
fn a_record_is_committed_by_the_end_of_its_transaction() {
    let insert = record(9, 10, &[&[1; 40][..], &ID].concat());
    let other = record(8, TRANSACTIONS, &[2; 20]);
    let end = record(9, TRANSACTIONS, &[2; 20]);
    let receive = said(&[&[0; 9][..], &ID].concat(), true);
    let reply = said(b"C\0\0\0\x0bCOMMIT\0Z\0\0\0\x05I", false);
    let part = pages(&[&insert[..], &other].concat());
    let whole = pages(&[&insert[..], &other, &end].concat());

    let acts = vec![receive.clone(), write(&part), write(&whole), reply.clone()];
    assert_eq!(found(acts), commit(5, 6));
    // Another transaction ended, or nobody said so.
    assert_eq!(
        found(vec![receive.clone(), write(&part), reply.clone()]),
        Commits::new()
    );
    let acts = vec![receive.clone(), write(&whole), said(b"Z\0\0\0\x05I", false)];
    assert_eq!(found(acts), commit(3, usize::MAX));
    // It was told in two parts.
    let parts = [said(&ID[..5], true), said(&ID[5..], true)];
    let acts = [&parts[..], &[write(&whole), reply]].concat();
    assert_eq!(found(acts), commit(5, 6));
}

#[test]
fn a_record_is_there_when_its_last_byte_is() {
    let insert = record(9, 10, &[&[1; 8120][..], &ID].concat());
    let log = [&insert[..], &record(9, TRANSACTIONS, &[2; 20])].concat();
    let whole = pages(&log);
    assert_eq!(whole.len(), 2 * PAGE, "it goes over the end of a page");
    assert_eq!(found(vec![write(&whole)]), commit(1, usize::MAX));
    // One page after the other, the second at first without its end.
    let (first, second) = whole.split_at(PAGE);
    let mut half = second.to_vec();
    half[60..].fill(0);
    let acts = vec![write(first), write(&half), write(second)];
    assert_eq!(found(acts), commit(5, usize::MAX));
}

#[test]
fn checksums_are_crc_32c() {
    // The check value of the catalogue of parametrised CRC algorithms.
    assert_eq!(checksum(&[b"12345", b"6789"]), 0xe306_9283);
}

#[test]
fn only_segments_are_the_log() {
    assert!(is_log(Path::new(SEGMENT)));
    for other in [
        "/d/pg_wal/xlogtemp.12",
        "/d/base/5/000000010000000000000001",
        "/",
    ] {
        assert!(!is_log(Path::new(other)), "{other}");
    }
}
