//! `POST /v1/consents`: what looks like a record, and is none that a page could have made.

use crate::app::{TestApp, id, person, record};
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use http_body::Frame;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

#[tokio::test]
async fn what_is_said_twice_is_refused_where_it_stands() {
    let app = TestApp::new();
    let good = record(&app.notice, 1).to_string();
    for (found, more, field) in [
        (r#""sequence":"#, r#""sequence":1,"#, "sequence"),
        (r#""gpc":"#, r#""gpc":true,"#, "signals.gpc"),
        (r#""state":"#, r#""state":"denied","#, "choices[0].state"),
        (r#""etag":"#, r#""etag":"refused","#, "technologies.etag"),
    ] {
        let doubled = good.replacen(found, &format!("{more}{found}"), 1);
        let answer = app.post_as(&person(), doubled).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(answer.field(), field, "{}", answer.json());
    }
    assert!(app.kept().await.is_empty());
}

#[tokio::test]
async fn what_serde_would_read_in_another_shape_is_refused() {
    let app = TestApp::new();
    type Spoil = fn(&mut Value);
    let cases: &[(&str, Spoil)] = &[
        ("signals", |r| r["signals"] = json!([false])),
        ("choices[0]", |r| {
            r["choices"][0] = json!(["analytics", "granted", false]);
        }),
        ("event", |r| r["event"] = json!({ "given": null })),
        ("choices[1].state", |r| {
            r["choices"][1]["state"] = json!({ "denied": null });
        }),
        ("technologies", |r| {
            r["technologies"]["etag"] = json!({ "refused": null });
        }),
    ];
    for (field, spoil) in cases {
        let mut bad = record(&app.notice, 1);
        spoil(&mut bad);
        let answer = app.post(&bad).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(answer.field(), *field, "{}", answer.json());
    }
    // A record as the list of its fields.
    let good = record(&app.notice, 1);
    let order = [
        "schema",
        "id",
        "site",
        "subject",
        "sequence",
        "previous",
        "policy",
        "notice",
        "event",
        "method",
        "signals",
        "choices",
        "technologies",
        "guardian",
        "environment",
        "occurred_at",
    ];
    let fields: Value = order.iter().map(|name| good[name].clone()).collect();
    let answer = app.post(&json!([fields])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(app.kept().await.is_empty());
}

#[tokio::test]
async fn a_moment_that_is_still_to_come_is_refused() {
    let app = TestApp::new();
    let at = |hours| {
        let moment = Timestamp::now() + SignedDuration::from_hours(hours);
        Value::from(moment.to_string())
    };
    for (number, occurred_at, status) in [
        (1, "9999-12-31T23:59:59Z".into(), 422),
        (2, at(24 * 365), 422),
        (3, at(16), 422),
        // A clock set right in a zone that was not, and clocks that begin again at 1970.
        (4, at(14), 201),
        (5, "1970-01-01T00:00:03.000Z".into(), 201),
        (6, "0001-01-01T00:00:00Z".into(), 201),
    ] {
        let mut sent = record(&app.notice, number);
        sent["occurred_at"] = occurred_at;
        let answer = app.post(&sent).await;
        assert_eq!(answer.status.as_u16(), status, "{sent}");
        if status == 422 {
            assert_eq!(answer.field(), "occurred_at");
            let detail = answer.json()["detail"].to_string();
            assert!(detail.contains("set the clock"), "{detail}");
        }
    }
    assert_eq!(app.kept().await, [id(4), id(5), id(6)]);
}

#[tokio::test]
async fn content_of_another_type_or_coding_is_refused() {
    let app = TestApp::new();
    let sent = record(&app.notice, 1).to_string();
    let post = async |name: &'static str, value: &str| {
        let request = Request::post("/v1/consents")
            .header(
                header::AUTHORIZATION,
                format!("Bearer {}", person().bearer()),
            )
            .header(name, value);
        app.send(request.body(Body::from(sent.clone())).unwrap())
            .await
    };
    for content_type in ["text/plain;charset=UTF-8", "application/json;charset=gbk"] {
        let answer = post("content-type", content_type).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(answer.header("accept"), "application/json");
    }
    let answer = post("content-encoding", "gzip").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(answer.header("accept-encoding"), "identity");
    assert!(app.kept().await.is_empty());
    let answer = post("content-type", "application/json; charset=utf-8").await;
    assert_eq!(answer.status, StatusCode::CREATED);
}

#[tokio::test(start_paused = true)]
async fn content_that_does_not_come_is_given_up() {
    let app = TestApp::new();
    let answer = app.post_as(&person(), Body::new(Never)).await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
}

/// Content that never comes.
struct Never;

impl http_body::Body for Never {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}
