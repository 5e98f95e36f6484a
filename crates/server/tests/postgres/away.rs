//! 503 while the database is away, and nothing to do when it is back.

use crate::app::{TestApp, id, record};
use crate::crowd::{Crowd, assert_kept};
use crate::database::Database;
use axum::http::StatusCode;
use std::time::Duration;
use zhiqing_postgres_cluster::Cluster;
use zhiqing_server::{Store, StoreError};

/// A server on a database that can be taken away.
fn alone() -> (TestApp, Cluster) {
    let cluster = Cluster::start().expect("PostgreSQL");
    (on(&cluster), cluster)
}

fn on(cluster: &Cluster) -> TestApp {
    cluster.create_database("ledger").expect("a database");
    let database = Database::of(&cluster.url("ledger"));
    let notice = crate::app::notice("demo", "示例");
    TestApp::with(database, &[notice]).expect("a server")
}

async fn status(app: &TestApp, number: u8) -> StatusCode {
    let answer = app.post(&record(&app.notice, number)).await;
    let is_away = answer.status == StatusCode::SERVICE_UNAVAILABLE;
    assert_eq!(is_away, answer.header("retry-after") == "5");
    answer.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_comes_back_is_found_without_a_hand() {
    let (app, mut cluster) = alone();
    let ends = [Cluster::kill, Cluster::stop_immediately, Cluster::stop];
    for (number, end) in (1..).zip(ends) {
        assert_eq!(status(&app, 10 + number).await, StatusCode::CREATED);
        end(&mut cluster).expect("it ends");
        assert_eq!(status(&app, number).await, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
        // What needs no store is still there.
        let notice = app.get("/v1/sites/demo/notice").await;
        assert_eq!(notice.status, StatusCode::OK);
        cluster.start_again().expect("it starts");
        assert_eq!(status(&app, number).await, StatusCode::CREATED);
    }
    let kept = [11, 1, 12, 2, 13, 3].map(id);
    assert_eq!(app.kept().await, kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_follows_the_database() {
    let (app, mut cluster) = alone();
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
    cluster.kill().expect("it ends");
    // An answer holds for a second.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let answer = app.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    cluster.start_again().expect("it starts");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_were_ended_are_replaced_unseen() {
    let (app, cluster) = alone();
    let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
               WHERE datname = 'ledger' AND pid <> pg_backend_pid()";
    for number in 1..4 {
        assert_eq!(status(&app, number).await, StatusCode::CREATED);
        assert_eq!(app.kept().await.len(), usize::from(number));
        cluster.query("postgres", end).expect(end);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_only_be_read_is_away_until_it_may_be_written() {
    let (app, cluster) = alone();
    let only = |read: &str| {
        let sql = format!("ALTER DATABASE ledger SET default_transaction_read_only = {read}");
        cluster.query("postgres", &sql).expect(&sql);
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ledger'";
        cluster.query("postgres", end).expect(end);
    };
    only("on");
    assert_eq!(status(&app, 1).await, StatusCode::SERVICE_UNAVAILABLE);
    only("off");
    assert_eq!(status(&app, 1).await, StatusCode::CREATED);
}

#[test]
fn what_would_not_be_durable_is_refused() {
    let cluster = Cluster::start_with(&[("fsync", "off")]).expect("PostgreSQL");
    cluster.create_database("ledger").expect("a database");
    let error = Store::open(&cluster.url("ledger")).err().expect("refused");
    assert!(matches!(error, StoreError::NotDurable(_)), "{error}");
    assert!(error.to_string().contains("fsync"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_when_the_database_is_killed_under_load() {
    let (app, mut cluster) = alone();
    let crowd = Crowd::new(&[&app]);
    let running = crowd.start(16);
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        cluster.kill().expect("it ends");
        cluster.start_again().expect("it starts");
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let acknowledged = crowd.stop(running).await;
    assert_kept(&app, &acknowledged).await;
}

/// For how many seconds a database is away: 4, or what `ZHIQING_AWAY` says. Longer than the wait for an answer only
/// the latter can be.
fn absence() -> Duration {
    let said = std::env::var("ZHIQING_AWAY").map(|text| text.parse().expect("seconds"));
    Duration::from_secs(said.unwrap_or(4))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_while_the_database_is_away() {
    let (app, mut cluster) = alone();
    let crowd = Crowd::new(&[&app]);
    let running = crowd.start(16);
    tokio::time::sleep(Duration::from_millis(300)).await;
    cluster.stop_immediately().expect("it ends");
    let before = crowd.sent();
    tokio::time::sleep(absence()).await;
    // Each of the sixteen has one more on its way, and gets 503 for it.
    assert!(crowd.sent() <= before + 16, "nothing is taken meanwhile");
    cluster.start_again().expect("it starts");
    let end = std::time::Instant::now() + Duration::from_secs(30);
    while crowd.sent() < before + 100 && std::time::Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let acknowledged = crowd.stop(running).await;
    assert!(crowd.sent() >= before + 100, "nothing is taken after it");
    assert_kept(&app, &acknowledged).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_when_the_standby_takes_over() {
    let mut first = Cluster::start().expect("PostgreSQL");
    first.create_database("ledger").expect("a database");
    let mut second = first.standby("second").expect("a standby");
    first.wait_for_standby("second").expect("it follows");
    let both = format!(
        "postgres://postgres@127.0.0.1:{},127.0.0.1:{}/ledger?target_session_attrs=read-write",
        first.port(),
        second.port()
    );
    let notices = [crate::app::notice("demo", "示例")];
    let app = TestApp::with(Database::of(&both), &notices).expect("a server");
    let other = TestApp::with(Database::of(&both), &notices).expect("a server");

    let crowd = Crowd::new(&[&app, &other]);
    let running = crowd.start(16);
    tokio::time::sleep(Duration::from_millis(500)).await;
    first.kill().expect("it ends");
    let before = crowd.sent();
    second.promote().expect("it takes over");
    let end = std::time::Instant::now() + Duration::from_secs(30);
    while crowd.sent() < before + 100 && std::time::Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let acknowledged = crowd.stop(running).await;
    assert!(
        crowd.sent() > before + 50,
        "nothing is taken after the change"
    );
    assert_kept(&app, &acknowledged).await;
    second.stop().expect("it ends");
}
