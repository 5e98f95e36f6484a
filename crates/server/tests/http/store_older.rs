//! A database that is older than what the server put there: a backup, or a standby that had not all of it.

use crate::app::{TestApp, hosted, id, notice, record};
use crate::database::Database;
use axum::http::StatusCode;
use zhiqing_server::Store;

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_is_not_there_any_more_is_put_there_again() {
    let app = TestApp::new();
    app.database.execute("DELETE FROM notices");
    let answer = app.post(&record(&app.notice, 1)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let answer = app.post(&record(&app.notice, 1)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(app.kept().await, [id(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_earlier_that_is_gone_is_not_said_to_be_away_for_ever() {
    let database = Database::new();
    let earlier = notice("demo", "旧");
    let store = Store::open(&database.url()).expect("a store");
    drop(zhiqing_server::router(vec![hosted(&earlier)], store).expect("a server"));
    let app = TestApp::with(database, &[notice("demo", "新")]).expect("a server");
    let old = record(&earlier, 1);
    // Looked up, and remembered.
    let mut wrong = old.clone();
    wrong["sequence"] = (1_u64 << 53).into();
    assert_eq!(app.post(&wrong).await.field(), "sequence");
    app.database.execute("DELETE FROM notices");
    assert_eq!(app.post(&old).await.status, StatusCode::SERVICE_UNAVAILABLE);
    let answer = app.post(&old).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.field(), "notice.digest");
}
