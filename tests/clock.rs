//! The server's clock is set back while it runs, and put right again.

use serde_json::Value;
use zhiqing_consent::Secret;
use zhiqing_postgres_cluster::Cluster;
use zhiqing_tests::clock::Clock;
use zhiqing_tests::record::{id, record};
use zhiqing_tests::server::sqlite;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Answer, Server, Site};

const TWENTY_YEARS: i32 = 20 * 31_536_000;

const PERSON: Secret = Secret::new([7; 32]);

fn send(server: &Server, number: u8) -> Answer {
    let notice = server.json(&format!("/v1/sites/{SITE}/notice"));
    let record = record(&notice, &PERSON, number);
    server.submit(Some(&PERSON.bearer()), &record.to_string())
}

fn kept(server: &Server) -> Vec<Value> {
    let history = server.history(SITE, &PERSON.bearer());
    let ids = history.into_iter();
    ids.map(|mut receipt| receipt["record"]["id"].take())
        .collect()
}

fn refuses_until_it_is_right(site: &Site, store: &str) {
    let Some(clock) = Clock::new() else {
        eprintln!("not tested: no clock can be set here without libfaketime (Debian's faketime)");
        return;
    };
    let server = Server::with_clock(&site.settings(), store, &clock);
    let first = send(&server, 1);
    assert_eq!(first.status, 201, "{}", first.text());

    clock.set(-3_600);
    let refused = send(&server, 2);
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert_eq!(refused.retry_after, "5");
    // What is there is given out, and known when it is sent again.
    assert_eq!(kept(&server), [id(1)]);
    let again = send(&server, 1);
    assert_eq!((again.status, again.body), (200, first.body));

    // As a machine without a battery for its clock begins. What pages send is from its future then, and good.
    clock.set(-TWENTY_YEARS);
    let refused = send(&server, 2);
    assert_eq!(refused.status, 503, "{}", refused.text());

    clock.set(0);
    assert_eq!(send(&server, 2).status, 201);
    // Time services put a clock right by a little.
    clock.set(-3);
    assert_eq!(send(&server, 3).status, 201);
    assert_eq!(kept(&server), [1, 2, 3].map(id));
    assert!(server.stop().success());
}

#[test]
fn a_clock_set_back_stops_sqlite_until_it_is_right() {
    let site = Site::sample();
    let store = sqlite(&site.folder().join("ledger.sqlite"));
    refuses_until_it_is_right(&site, &store);
}

#[test]
fn a_clock_set_back_stops_postgres_until_it_is_right() {
    let site = Site::sample();
    let cluster = Cluster::start().expect("PostgreSQL");
    cluster.create_database("ledger").expect("a database");
    refuses_until_it_is_right(&site, &cluster.url("ledger"));
}
