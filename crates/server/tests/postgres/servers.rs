//! Several servers on one database.

use crate::app::TestApp;
use crate::crowd::{Crowd, assert_kept, post};
use crate::database::Database;
use axum::http::StatusCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Two servers, the first of which owns the database.
fn two() -> (TestApp, TestApp) {
    let database = Database::new();
    let notices = [
        crate::app::notice("demo", "示例"),
        crate::app::notice("other", "其他"),
    ];
    let second = TestApp::with(Database::of(&database.url()), &notices).expect("a server");
    let first = TestApp::with(database, &notices).expect("a server");
    (first, second)
}

/// Whether the positions of each site are 0, 1, 2 …, and as many as the site says.
fn assert_one_order(app: &TestApp) {
    let gaps = "SELECT count(*) FROM (
                    SELECT size <> count(records) OR size <> coalesce(max(position), -1) + 1 AS wrong
                    FROM sites LEFT JOIN records ON site = number GROUP BY number
                ) AS told WHERE wrong";
    assert_eq!(app.database.number(gaps), 0, "positions are missing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_records_of_a_site_have_one_order() {
    let (first, second) = two();
    let crowd = Crowd::new(&[&first, &second]);
    let running = crowd.start(16);
    tokio::time::sleep(Duration::from_millis(1000)).await;
    let acknowledged = crowd.stop(running).await;
    assert_kept(&first, &acknowledged).await;
    assert_one_order(&first);
    let kept = first.database.number("SELECT count(*) FROM records");
    assert_eq!(kept, i64::try_from(acknowledged.len()).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_the_same_record_at_both_servers_one_is_new_and_both_give_its_receipt() {
    let (first, second) = two();
    let notice = Arc::new(first.notice.clone());
    for number in 0..20 {
        let mut senders = JoinSet::new();
        for router in [&first.router, &second.router].repeat(3) {
            let (router, notice) = (router.clone(), Arc::clone(&notice));
            senders.spawn(async move { post(&router, &notice, number).await });
        }
        let answers = senders.join_all().await;
        let new = answers.iter().filter(|(s, _)| *s == StatusCode::CREATED);
        assert_eq!(new.count(), 1, "{answers:?}");
        assert!(answers.iter().all(|(_, body)| *body == answers[0].1));
    }
    assert_eq!(first.database.number("SELECT count(*) FROM records"), 20);
    assert_one_order(&first);
}

/// More than PostgreSQL has connections for.
#[tokio::test(flavor = "multi_thread")]
async fn however_many_read_a_server_needs_few_connections() {
    let (app, _) = two();
    let (status, _) = post(&app.router, &app.notice, 0).await;
    assert_eq!(status, StatusCode::CREATED);
    let app = Arc::new(app);
    let holding = Arc::clone(&app);
    let held = tokio::task::spawn_blocking(move || holding.database.hold());
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut readers = JoinSet::new();
    for _ in 0..300 {
        let app = Arc::clone(&app);
        readers.spawn(async move { app.history(&crate::crowd::person(0)).await.status });
    }
    let answers = readers.join_all().await;
    assert!(answers.iter().all(|status| *status == StatusCode::OK));
    held.await.expect("it was held");
    let connections = "SELECT count(*) FROM pg_stat_activity
                       WHERE application_name = 'zhiqing' AND datname = current_database()";
    // Of two servers: each writes with one, and eight of it read.
    assert!(app.database.number(connections) <= 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_make_the_tables_once() {
    let database = Database::new();
    let notices = Arc::new([crate::app::notice("demo", "示例")]);
    let mut starting = JoinSet::new();
    for _ in 0..6 {
        let (url, notices) = (database.url(), Arc::clone(&notices));
        starting.spawn_blocking(move || TestApp::with(Database::of(&url), &*notices).map(|_| ()));
    }
    for started in starting.join_all().await {
        started.expect("a server");
    }
    assert_eq!(database.number("SELECT count(*) FROM migrations"), 1);
    assert_eq!(database.number("SELECT count(*) FROM notices"), 1);
}
