use super::*;
use crate::durable::answers::{Finder, answers};
use crate::durable::call::At;
use crate::durable::logs::{self, Written};
use crate::durable::trace::Call;

const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";
const LOG: &str = "/s/ledger.sqlite-wal";

fn write(data: Vec<u8>) -> Act {
    Act::Write {
        number: 3,
        path: Some(LOG.into()),
        at: At::Place(0),
        data,
    }
}

/// The header of a frame: the last of its transaction or not.
fn header(last: bool) -> Act {
    let mut data = vec![0; 24];
    data[7] = u8::from(last);
    write(data)
}

fn page() -> Act {
    let id = u128::from_str_radix(&ID.replace('-', ""), 16).expect("an id");
    let mut data = vec![0; 8192];
    data[700..716].copy_from_slice(&id.to_be_bytes());
    write(data)
}

fn sync(path: &str) -> Act {
    Act::Sync { path: path.into() }
}

fn answer() -> Act {
    let body = format!(r#"{{"receipts":[{{"record":{{"id":"{ID}"}}}}]}}"#);
    let head = format!(
        "HTTP/1.1 201 Created\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    Act::Send {
        socket: "socket:[7]".into(),
        data: (head + &body).into(),
    }
}

/// Each call with the places where it begins and returns.
fn early(calls: Vec<(usize, Option<usize>, Act)>) -> Option<How> {
    let calls = calls.into_iter().map(|(begin, end, act)| Call {
        thread: 1,
        program: 0,
        begin,
        end,
        act,
    });
    let mut trace = Trace {
        calls: calls.collect(),
        ..Trace::default()
    };
    trace.calls.sort_by_key(|call| call.begin);
    let answers = answers(&trace, 0);
    let commits = logs::sqlite(&trace, &Finder::of(&answers));
    let judged = judge(&answers, &commits, &Syncs::of(&trace));
    assert_eq!(
        judged.followed.len() + judged.early.len(),
        1,
        "one answer, one record"
    );
    judged.early.first().map(|early| early.how)
}

/// One call after the other.
#[track_caller]
fn case(acts: Vec<Act>, expected: Option<How>) {
    let place = |(at, act)| (2 * at, Some(2 * at + 1), act);
    assert_eq!(
        early(acts.into_iter().enumerate().map(place).collect()),
        expected
    );
}

#[test]
fn an_answer_follows_the_sync_of_the_commit() {
    case(vec![header(true), page(), sync(LOG), answer()], None);
    case(
        vec![
            header(false),
            page(),
            header(true),
            write(vec![0; 8192]),
            sync(LOG),
            answer(),
        ],
        None,
    );
}

#[test]
fn an_answer_that_comes_too_early_is_told() {
    let unsynced = Some(How::Unsynced);
    case(vec![header(true), page(), answer()], unsynced);
    case(vec![header(true), page(), answer(), sync(LOG)], unsynced);
    case(vec![header(true), sync(LOG), page(), answer()], unsynced);
    case(
        vec![header(true), page(), sync("/s/ledger.sqlite"), answer()],
        unsynced,
    );
    // The record is synced, and what commits it is not.
    case(
        vec![
            header(false),
            page(),
            sync(LOG),
            header(true),
            write(vec![0; 8192]),
            answer(),
        ],
        unsynced,
    );
    // Nothing commits it.
    case(
        vec![header(false), page(), sync(LOG), answer()],
        Some(How::Unwritten),
    );
    case(
        vec![answer(), header(true), page(), sync(LOG)],
        Some(How::Unwritten),
    );
}

#[test]
fn a_sync_counts_from_its_return_for_what_was_written_before_it_began() {
    let calls = |page_end, sync_begin, sync_end| {
        vec![
            (0, Some(1), header(true)),
            (2, Some(page_end), page()),
            (sync_begin, sync_end, sync(LOG)),
            (20, Some(21), answer()),
        ]
    };
    assert_eq!(early(calls(3, 4, Some(5))), None);
    assert_eq!(
        early(calls(6, 4, Some(8))),
        Some(How::Unsynced),
        "it began before"
    );
    assert_eq!(
        early(calls(3, 4, Some(22))),
        Some(How::Unsynced),
        "it returned after"
    );
    assert_eq!(
        early(calls(3, 4, None)),
        Some(How::Unsynced),
        "it never returned"
    );
}

#[test]
fn a_database_says_so_between_sync_and_answer() {
    let written = vec![Written {
        file: LOG.into(),
        by: 3,
    }];
    let syncs = Syncs {
        of_files: HashMap::from([(LOG.into(), vec![(4, 5)])]),
    };
    let told = |told| {
        let commit = Commit {
            written: written.clone(),
            told: Some(told),
        };
        waited_for(Some(&commit), &syncs, 9)
    };
    assert_eq!(told(7), Ok(5));
    assert_eq!(told(5), Err(How::Unsynced));
    assert_eq!(told(9), Err(How::Untold));
    assert_eq!(told(usize::MAX), Err(How::Untold));
}

#[test]
fn syncs_that_return_too_late_are_told() {
    let answer = |begin| Answer {
        begin,
        ids: Vec::new(),
    };
    let syncs = Syncs {
        of_files: HashMap::from([(LOG.into(), vec![(1, 2), (11, 12), (21, 22)])]),
    };
    let late = syncs.late(&[answer(5), answer(7), answer(15)]);
    assert_eq!(
        late.of_files[&PathBuf::from(LOG)],
        [(1, 5), (11, 15), (21, 22)]
    );
}
