//! Durable means synced: the real server is traced while it is loaded, and the power is cut. Short here,
//! long by `cargo xtask durable` (docs/load.md).

use std::path::PathBuf;
use zhiqing_load::{Durability, Durable, Error, Kind, Setting, durable};
use zhiqing_tests::Site;

const RECORDS: u64 = 60;

/// A trace and cuts; `None`, which is said, where this system lets nobody be traced.
fn tried(store: Kind, cuts: u32) -> Option<Durable> {
    let site = Site::sample();
    let zhiqing = std::env::var_os("ZHIQING_BIN").map(PathBuf::from);
    let durability = Durability {
        setting: Setting {
            store,
            zhiqing: zhiqing.expect("ZHIQING_BIN names the command: run `cargo xtask test`"),
            settings: site.settings(),
            connections: 8,
            seed: Some(6),
        },
        records: RECORDS,
        cuts: Some(cuts),
    };
    match durable(&durability) {
        Ok(report) => Some(report),
        Err(Error::Untraced(why)) => {
            eprintln!(
                "what the server syncs was not tried, because nothing can be traced here: {why}"
            );
            None
        }
        Err(error) => panic!("{error}"),
    }
}

#[track_caller]
fn is_synced(store: Kind, cuts: u32) {
    let Some(report) = tried(store, cuts) else {
        return;
    };
    assert!(report.is_durable(), "{report}");
    // And all of that could have been found to be wrong.
    assert!(report.is_sharp(), "{report}");
    assert_eq!(report.records, RECORDS, "{report}");
    assert_eq!(report.cuts.len(), cuts as usize);
    assert!(
        report.cuts.iter().any(|cut| cut.acknowledged > 0),
        "{report}"
    );
}

#[test]
fn answers_on_sqlite_follow_the_sync_and_outlive_power_cuts() {
    is_synced(Kind::Sqlite, 12);
}

#[test]
fn answers_on_postgres_follow_the_sync_and_outlive_power_cuts() {
    is_synced(Kind::Postgres, 3);
}
