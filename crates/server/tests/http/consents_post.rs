//! `POST /v1/consents`

use crate::app::{Answer, TestApp, hosted, id, notice, person, record, record_of};
use crate::database::Database;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::task::JoinSet;
use zhiqing_consent::Secret;
use zhiqing_server::Store;

#[tokio::test]
async fn a_new_record_is_answered_with_a_receipt_that_verifies() {
    let app = TestApp::new();
    let sent = record(&app.notice, 1);
    let answer = app.post(&sent).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.header("cache-control"), "no-store");
    let receipts = answer.receipts();
    assert_eq!(receipts.len(), 1);
    assert_eq!(serde_json::to_value(&receipts[0].record).unwrap(), sent);
    let received_at = &receipts[0].received_at;
    assert!(zhiqing_consent::timestamp::is_utc(received_at));
    assert_eq!(received_at.len(), "2026-11-21T08:00:00.000Z".len());
}

#[tokio::test]
async fn the_same_record_again_is_one_row_and_the_same_receipt() {
    let app = TestApp::new();
    let first = app.post(&record(&app.notice, 1)).await;
    let again = app.post(&record(&app.notice, 1)).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.body, first.body);
    assert_eq!(app.kept().await, [id(1)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_is_new_and_all_get_its_receipt() {
    let app = Arc::new(TestApp::new());
    let mut senders = JoinSet::new();
    for _ in 0..32 {
        let app = Arc::clone(&app);
        senders.spawn(async move { app.post(&record(&app.notice, 1)).await });
    }
    let answers = senders.join_all().await;
    let is_new = |answer: &&Answer| answer.status == StatusCode::CREATED;
    assert_eq!(answers.iter().filter(is_new).count(), 1);
    assert!(answers.iter().all(|a| a.body == answers[0].body));
    assert_eq!(app.kept().await, [id(1)]);
}

#[tokio::test]
async fn the_same_content_in_another_spelling_is_the_same_record() {
    let app = TestApp::new();
    let first = app.post(&record(&app.notice, 1)).await;
    let spelled = serde_json::to_string_pretty(&record(&app.notice, 1)).unwrap();
    let again = app.post_as(&person(), spelled).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.body, first.body);
}

#[tokio::test]
async fn the_same_id_with_other_content_is_a_conflict() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    let mut other = record(&app.notice, 1);
    other["sequence"] = 2.into();
    let answer = app.post(&other).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(answer.field(), "id");
    assert_eq!(app.kept().await, [id(1)]);
}

#[tokio::test]
async fn anothers_id_is_a_conflict_too() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    let other = Secret::new([8; 32]);
    let theirs = record_of(&other, &app.notice, 1).to_string();
    let answer = app.post_as(&other, theirs).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_list_is_kept_in_its_order() {
    let app = TestApp::new();
    let list = [3, 1, 2].map(|number| record(&app.notice, number));
    let answer = app.post(&json!(list)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let ids = answer.receipts().into_iter().map(|r| r.record.id);
    let ids: Vec<_> = ids.map(|id| id.as_str().to_owned()).collect();
    assert_eq!(ids, [id(3), id(1), id(2)]);
    assert_eq!(app.kept().await, ids);
}

#[tokio::test]
async fn a_list_of_new_and_known_records_is_created() {
    let app = TestApp::new();
    let first = app.post(&record(&app.notice, 1)).await;
    let list = json!([record(&app.notice, 1), record(&app.notice, 2)]);
    let answer = app.post(&list).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.json()["receipts"][0], first.json()["receipts"][0]);
    let again = app.post(&list).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.body, answer.body);
    assert_eq!(app.kept().await, [id(1), id(2)]);
}

#[tokio::test]
async fn a_record_twice_in_a_list_is_one_row() {
    let app = TestApp::new();
    let list = json!([record(&app.notice, 1), record(&app.notice, 1)]);
    let answer = app.post(&list).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let receipts = answer.receipts();
    assert_eq!(receipts.len(), 2);
    assert_eq!(receipts[0], receipts[1]);
    assert_eq!(app.kept().await, [id(1)]);
}

#[tokio::test]
async fn an_id_twice_in_a_list_with_other_content_keeps_nothing() {
    let app = TestApp::new();
    let mut other = record(&app.notice, 1);
    other["sequence"] = 2.into();
    let answer = app.post(&json!([record(&app.notice, 1), other])).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(answer.field(), "[1].id");
    assert!(app.kept().await.is_empty());
}

#[tokio::test]
async fn one_bad_record_in_a_list_keeps_nothing() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 9)).await;
    let mut bad = record(&app.notice, 2);
    bad["event"] = "refused".into();
    let answer = app.post(&json!([record(&app.notice, 1), bad])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.field(), "[1].event");
    let mut taken = record(&app.notice, 9);
    taken["sequence"] = 1.into();
    let answer = app.post(&json!([record(&app.notice, 1), taken])).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(app.kept().await, [id(9)]);
}

#[tokio::test]
async fn two_records_may_follow_one() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    for tab in [2, 3] {
        let mut next = record(&app.notice, tab);
        next["previous"] = id(1).into();
        assert_eq!(app.post(&next).await.status, StatusCode::CREATED);
    }
    assert_eq!(app.kept().await, [id(1), id(2), id(3)]);
}

#[tokio::test]
async fn at_most_a_hundred_records_fit_a_list() {
    let app = TestApp::new();
    let list = |most: u8| (0..most).map(|n| record(&app.notice, n)).collect::<Value>();
    assert_eq!(app.post(&list(100)).await.status, StatusCode::CREATED);
    let answer = app.post(&list(101)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.kept().await.len(), 100);
    let answer = app.post(&json!([])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_large_body_is_refused() {
    let app = TestApp::new();
    let body = record(&app.notice, 1).to_string();
    let padded = |length: usize| format!("{body}{}", " ".repeat(length - body.len()));
    let answer = app.post_as(&person(), padded(256 * 1024 + 1)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = app.post_as(&person(), padded(256 * 1024)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_faulty_record_names_its_field() {
    let app = TestApp::new();
    type Spoil = fn(&mut Value);
    let cases: &[(&str, Spoil)] = &[
        // the shape
        ("body", |r| *r = json!("text")),
        ("body", |r| *r = json!(null)),
        ("extra", |r| r["extra"] = 1.into()),
        ("notice.extra", |r| r["notice"]["extra"] = 1.into()),
        ("id", |r| r["id"] = 1.into()),
        ("sequence", |r| r["sequence"] = json!(-1)),
        ("sequence", |r| r["sequence"] = json!(1.5)),
        ("event", |r| r["event"] = "said".into()),
        ("choices[0].state", |r| {
            r["choices"][0]["state"] = "yes".into()
        }),
        ("choices[1].extra", |r| r["choices"][1]["extra"] = 1.into()),
        ("technologies.steam", |r| {
            r["technologies"]["steam"] = "refused".into();
        }),
        ("technologies", |r| r["technologies"]["etag"] = "yes".into()),
        // what is left out
        ("schema", |r| leave_out(r, "schema")),
        ("previous", |r| leave_out(r, "previous")),
        ("guardian", |r| leave_out(r, "guardian")),
        ("occurred_at", |r| leave_out(r, "occurred_at")),
        ("notice.digest", |r| leave_out(&mut r["notice"], "digest")),
        ("choices[1].separate", |r| {
            leave_out(&mut r["choices"][1], "separate");
        }),
        // the content
        ("schema", |r| r["schema"] = "zhiqing/2".into()),
        ("id", |r| r["id"] = "1".into()),
        ("site", |r| r["site"] = "elsewhere".into()),
        ("policy", |r| r["policy"]["version"] = "2025.1".into()),
        ("notice.digest", |r| {
            r["notice"]["digest"] = "sha256:00".into()
        }),
        ("notice.digest", |r| {
            r["notice"]["digest"] = format!("sha256:{}", "0".repeat(64)).into();
        }),
        ("choices[0].purpose", |r| {
            r["choices"][0]["purpose"] = "service".into();
        }),
        ("choices", |r| {
            drop(r["choices"].as_array_mut().unwrap().pop())
        }),
        ("choices[1].separate", |r| {
            r["choices"][1]["state"] = "granted".into();
        }),
        ("technologies.fingerprint", |r| {
            r["technologies"]["fingerprint"] = "refused".into();
        }),
        ("occurred_at", |r| r["occurred_at"] = "yesterday".into()),
    ];
    for (field, spoil) in cases {
        let mut bad = record(&app.notice, 1);
        spoil(&mut bad);
        let answer = app.post(&bad).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(answer.field(), *field, "{}", answer.json());

        let answer = app.post(&json!([record(&app.notice, 1), bad])).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let listed = match *field {
            "body" => "[1]".to_owned(),
            field => format!("[1].{field}"),
        };
        assert_eq!(answer.field(), listed, "{}", answer.json());
    }
    assert!(app.kept().await.is_empty());
}

fn leave_out(value: &mut Value, field: &str) {
    value.as_object_mut().expect("an object").remove(field);
}

#[tokio::test]
async fn what_is_not_json_is_malformed() {
    let app = TestApp::new();
    let good = record(&app.notice, 1).to_string();
    for body in [
        String::new(),
        "{".into(),
        "[".into(),
        "\u{feff}{}".into(),
        format!("{good}{good}"),
        good.replace("null", "undefined"),
        "[".repeat(10_000),
    ] {
        let answer = app.post_as(&person(), body.clone()).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{body:.40}"
        );
        assert!(!answer.field().is_empty());
    }
    let answer = app.post_as(&person(), vec![0xff, 0xfe]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(app.kept().await.is_empty());
}

#[tokio::test]
async fn a_token_that_does_not_fit_is_refused_the_same_way_always() {
    let app = TestApp::new();
    app.post(&record(&app.notice, 1)).await;
    let nobody = Secret::new([1; 32]);
    let known = record(&app.notice, 2).to_string();
    let unknown = record_of(&Secret::new([2; 32]), &app.notice, 2).to_string();
    let good = person().bearer();
    let cases = [
        (Some(format!("Bearer {}", nobody.bearer())), &known),
        (Some(format!("Bearer {}", nobody.bearer())), &unknown),
        (Some(format!("Bearer {good}")), &unknown),
        (Some(format!("Bearer {good}=")), &known),
        (Some(format!("Bearer {}", &good[1..])), &known),
        (Some(format!("Basic {good}")), &known),
        (Some("Bearer".into()), &known),
        (None, &known),
    ];
    let mut bodies = Vec::new();
    for (token, body) in cases {
        let mut request = Request::post("/v1/consents");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, token);
        }
        let answer = app
            .send(request.body(Body::from(body.clone())).unwrap())
            .await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        bodies.push((answer.headers, answer.body));
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    assert_eq!(app.kept().await, [id(1)]);
}

#[tokio::test]
async fn every_record_of_a_list_belongs_to_the_token() {
    let app = TestApp::new();
    let theirs = record_of(&Secret::new([8; 32]), &app.notice, 2);
    let answer = app.post(&json!([record(&app.notice, 1), theirs])).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(app.kept().await.is_empty());
}

#[tokio::test]
async fn a_list_is_for_one_site() {
    let notices = [notice("demo", "示例"), notice("shop", "商店")];
    let app = TestApp::with(Database::new(), &notices).unwrap();
    let shop = record(&notices[1], 2);
    let answer = app.post(&json!([record(&notices[0], 1), shop])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.field(), "[1].site");
    assert_eq!(app.post(&shop).await.status, StatusCode::CREATED);
    assert!(app.kept().await.is_empty());
}

#[tokio::test]
async fn a_record_made_under_an_earlier_notice_is_accepted() {
    let app = TestApp::new();
    let (earlier, first) = (app.notice.clone(), app.post(&record(&app.notice, 1)).await);
    let later = notice("demo", "改版");
    assert_ne!(later.digest, earlier.digest);
    let TestApp {
        database, router, ..
    } = app;
    drop(router);
    let app = TestApp::with(database, &[later]).unwrap();
    for number in [2, 3] {
        let answer = app.post(&record(&earlier, number)).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        assert_eq!(answer.receipts().len(), 1);
    }
    let answer = app.post(&record(&app.notice, 4)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let again = app.post(&record(&earlier, 1)).await;
    assert_eq!((again.status, again.body), (StatusCode::OK, first.body));
    assert_eq!(app.kept().await, [id(1), id(2), id(3), id(4)]);
}

#[tokio::test]
async fn a_notice_of_another_site_does_not_count() {
    let notices = [notice("demo", "示例"), notice("shop", "商店")];
    let app = TestApp::with(Database::new(), &notices).unwrap();
    let mut sent = record(&notices[0], 1);
    sent["notice"]["digest"] = notices[1].digest.clone().into();
    let answer = app.post(&sent).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.field(), "notice.digest");
}

#[tokio::test]
async fn a_store_in_memory_keeps_records_too() {
    let notice = notice("demo", "示例");
    let store = Store::open("sqlite::memory:").unwrap();
    let router = zhiqing_server::router(vec![hosted(&notice)], store).unwrap();
    let app = TestApp {
        router,
        notice,
        database: Database::new(),
    };
    let answer = app.post(&record(&app.notice, 1)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(app.kept().await, [id(1)]);
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
}
