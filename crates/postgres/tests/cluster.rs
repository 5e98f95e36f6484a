//! A real PostgreSQL, started, killed and followed.

use zhiqing_postgres_cluster::{Cluster, Error};

const COUNT: &str = "SELECT count(*) FROM kept";

fn with_table() -> Cluster {
    let cluster = Cluster::start().expect("a cluster");
    cluster.create_database("ledger").expect("a database");
    let made = cluster.query("ledger", "CREATE TABLE kept (number int)");
    made.expect("a table");
    cluster
}

fn keep(cluster: &Cluster, number: u32) {
    let sql = format!("INSERT INTO kept VALUES ({number})");
    cluster.query("ledger", &sql).expect("a row");
}

fn kept(cluster: &Cluster) -> String {
    cluster.query("ledger", COUNT).expect("a count")
}

#[test]
fn what_was_committed_outlives_every_end_of_the_server() {
    let mut cluster = with_table();
    let url = cluster.url("ledger");
    let ends = [Cluster::kill, Cluster::stop_immediately, Cluster::stop];
    for (number, end) in (1..).zip(ends) {
        keep(&cluster, number);
        end(&mut cluster).expect("it ends");
        let down = cluster.query("ledger", COUNT);
        assert!(matches!(down, Err(Error::Program { .. })), "{down:?}");
        cluster.start_again().expect("it starts");
        assert_eq!(kept(&cluster), number.to_string());
    }
    assert_eq!(cluster.url("ledger"), url);
    let fsync = cluster.query("ledger", "SHOW fsync");
    assert_eq!(fsync.expect("a setting"), "on");
}

#[test]
fn nothing_is_left_when_it_is_dropped() {
    let cluster = Cluster::start().expect("a cluster");
    let (port, data) = (cluster.port(), cluster.data());
    assert!(data.join("PG_VERSION").is_file());
    drop(cluster);
    assert!(!data.exists());
    let taken = std::net::TcpStream::connect(("127.0.0.1", port));
    assert!(taken.is_err(), "somebody still listens");
}

#[test]
fn a_standby_has_what_was_committed_and_takes_over() {
    let mut first = with_table();
    let second = first.standby("second").expect("a standby");
    first.wait_for_standby("second").expect("it follows");
    keep(&first, 1);
    // On its disk is not yet visible: it replays in its own time, and taking over waits for it.
    first.kill().expect("it ends");
    let refused = second.query("ledger", "INSERT INTO kept VALUES (2)");
    let refused = refused.expect_err("a standby is read only").to_string();
    assert!(refused.contains("read-only"), "{refused}");
    second.promote().expect("it takes over");
    keep(&second, 2);
    assert_eq!(kept(&second), "2");
}

#[test]
fn wrong_settings_and_names_are_told() {
    let error = Cluster::start_with(&[("no_such_setting", "1")]).expect_err("no such setting");
    assert!(error.to_string().contains("no_such_setting"), "{error}");
    let cluster = Cluster::start_with(&[("shared_buffers", "16MB")]).expect("a cluster");
    let buffers = cluster.query("postgres", "SHOW shared_buffers");
    assert_eq!(buffers.expect("a setting"), "16MB");
    let quoted = cluster.create_database("a b");
    assert!(matches!(quoted, Err(Error::Name(_))), "{quoted:?}");
    cluster.create_database("twice").expect("a database");
    let twice = cluster.create_database("twice").expect_err("it is there");
    assert!(twice.to_string().contains("already exists"), "{twice}");
}
