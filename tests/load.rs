//! A load on the real server, and crashes under it: short here, long by `cargo xtask load` and
//! `cargo xtask crash` (docs/load.md).

use std::path::PathBuf;
use zhiqing_load::{Check, Crashes, Kind, Plan, Report, Rounds, Setting, Victim, crash, run};
use zhiqing_tests::Site;

const CONNECTIONS: usize = 16;
/// Of its three crashes of a server one is while it starts, one about its first answers and one in the
/// midst of the load; those of a database are of the latter two kinds.
const SEED: u64 = 6;

fn setting(store: Kind, site: &Site) -> Setting {
    let zhiqing = std::env::var_os("ZHIQING_BIN").map(PathBuf::from);
    Setting {
        store,
        zhiqing: zhiqing.expect("ZHIQING_BIN names the command: run `cargo xtask test`"),
        settings: site.settings(),
        connections: CONNECTIONS,
        seed: Some(SEED),
    }
}

/// Two seconds of load on a store that has something in it.
fn loaded(store: Kind) -> Report {
    let site = Site::sample();
    let plan = Plan {
        setting: setting(store, &site),
        url: None,
        seconds: 2.0,
        count: None,
        warm_up: 0.5,
        lists: 1,
        fill: 200,
        fill_lists: 10,
        lookups: 100,
        lookup_connections: 2,
        check: Check::All,
        alone: false,
        at_least: None,
        p99_below: None,
        lookup_p99_below: None,
    };
    run(&plan).expect("a run")
}

#[track_caller]
fn is_whole(store: Kind) {
    let report = loaded(store);
    assert!(report.is_good(), "{report}");
    let check = report.check.as_ref().expect("a check");
    assert_eq!(check.people_asked, check.people, "{report}");
    // All that was answered, and the two hundred.
    let answered = report.load.statuses[&201];
    assert_eq!(check.acknowledged, answered + 200, "{report}");
    assert!(
        report.load.records > 0 && report.load.records <= answered,
        "{report}"
    );
    assert_eq!(report.load.latency.count, report.load.records, "{report}");
    let lookups = report.lookups.as_ref().expect("lookups");
    assert_eq!((lookups.failed, lookups.latency.count), (0, 100));
}

#[test]
fn all_that_a_load_on_sqlite_was_promised_is_there() {
    is_whole(Kind::Sqlite);
}

#[test]
fn all_that_a_load_on_postgres_was_promised_is_there() {
    is_whole(Kind::Postgres);
}

/// Three rounds.
fn crashed(store: Kind, kill: Victim) -> Crashes {
    let site = Site::sample();
    let rounds = Rounds {
        setting: setting(store, &site),
        rounds: 3,
        kill,
        longest: 0.5,
    };
    crash(&rounds).expect("rounds")
}

#[track_caller]
fn lose_nothing(store: Kind, kill: Victim) {
    let crashes = crashed(store, kill);
    assert!(crashes.is_good(), "{crashes}");
    assert_eq!(crashes.rounds, 3);
    let starting = u32::from(kill == Victim::Server);
    assert_eq!(crashes.moments[0], starting, "{crashes}");
    assert!(
        crashes.acknowledged > 0 && crashes.sent_again > 0,
        "{crashes}"
    );
    // All that was promised before a crash, and what was sent again after it.
    let promised = crashes.acknowledged + crashes.sent_again;
    assert_eq!(crashes.check.acknowledged, promised, "{crashes}");
}

#[test]
fn crashes_of_a_server_on_sqlite_lose_nothing() {
    lose_nothing(Kind::Sqlite, Victim::Server);
}

#[test]
fn crashes_of_a_server_on_postgres_lose_nothing() {
    lose_nothing(Kind::Postgres, Victim::Server);
}

#[test]
fn crashes_of_postgres_lose_nothing() {
    lose_nothing(Kind::Postgres, Victim::Database);
}
