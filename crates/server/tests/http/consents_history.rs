//! `GET /v1/consents/{subject}`

use crate::app::{TestApp, id, notice, person, record};
use crate::database::Database;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;
use zhiqing_consent::Secret;

#[tokio::test]
async fn the_history_has_the_receipts_that_were_given_out() {
    let app = TestApp::new();
    let mut given = Vec::new();
    for number in [2, 1, 3] {
        let answer = app.post(&record(&app.notice, number)).await;
        given.push(answer.json()["receipts"][0].clone());
    }
    let answer = app.history(&person()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    let expected = json!({ "subject": person().subject("demo"), "receipts": given });
    assert_eq!(answer.json(), expected);
}

/// The stores look for a subject in parts of the ledger, of 2^17 positions on SQLite and 2^20 on PostgreSQL.
#[tokio::test]
async fn a_history_is_found_from_the_first_record_to_the_ten_millionth() {
    let app = TestApp::new();
    let places = [0, 131_071, 131_072, 1_048_575, 1_048_576, 10_000_000];
    for (number, place) in (1..).zip(places) {
        let move_end = format!("UPDATE sites SET size = {place}");
        app.database.execute(&move_end);
        let answer = app.post(&record(&app.notice, number)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{place}");
        let expected: Vec<_> = (1..=number).map(id).collect();
        assert_eq!(app.kept().await, expected, "{place}");
    }
}

#[tokio::test]
async fn whoever_said_nothing_has_an_empty_history() {
    let app = TestApp::new();
    let answer = app.history(&person()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["receipts"], json!([]));
}

#[tokio::test]
async fn a_subject_belongs_to_one_site() {
    let notices = [notice("demo", "示例"), notice("shop", "商店")];
    let app = TestApp::with(Database::new(), &notices).unwrap();
    app.post(&record(&notices[0], 1)).await;
    app.post(&record(&notices[1], 2)).await;
    for (site, number) in [("demo", 1), ("shop", 2)] {
        let request = Request::get(format!("/v1/consents/{}", person().subject(site))).header(
            header::AUTHORIZATION,
            format!("bearer {}", person().bearer()),
        );
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.json()["receipts"].as_array().map(Vec::len), Some(1));
        assert_eq!(answer.json()["receipts"][0]["record"]["sequence"], number);
    }
}

#[tokio::test]
async fn a_token_that_does_not_fit_cannot_tell_who_exists() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    let (known, unknown) = (
        person().subject("demo"),
        Secret::new([3; 32]).subject("demo"),
    );
    let nobody = format!("Bearer {}", Secret::new([1; 32]).bearer());
    let mut answers = Vec::new();
    for subject in [&*known, &*unknown, "x", "%ff", &"A".repeat(5000)] {
        for token in [Some(&nobody), None] {
            let mut request = Request::get(format!("/v1/consents/{subject}"));
            if let Some(token) = token {
                request = request.header(header::AUTHORIZATION, token);
            }
            let answer = app.send(request.body(Body::empty()).unwrap()).await;
            if subject == "%ff" && token.is_some() {
                // Not text, so not an address; it can be nobody's.
                assert_eq!(answer.status, StatusCode::NOT_FOUND);
                continue;
            }
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            answers.push((answer.headers, answer.body));
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}
