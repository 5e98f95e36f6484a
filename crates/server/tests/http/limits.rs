//! 429 where a site's limits do not hold what is sent.

use crate::app::{Answer, TestApp, hosted, notice, person, record};
use crate::database::Database;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use std::net::SocketAddr;
use zhiqing_server::{Limits, Store};

/// A site that takes a hundred records a minute from one address.
fn strict() -> TestApp {
    let notice = notice("demo", "示例");
    let mut site = hosted(&notice);
    site.limits = Limits {
        per_address: Limits::LEAST,
        ..Limits::default()
    };
    let database = Database::new();
    let store = Store::open(&database.url()).expect("a store");
    TestApp {
        router: zhiqing_server::router(vec![site], store).expect("a server"),
        notice,
        database,
    }
}

/// Posts a record so many times as one list, through a proxy of this machine.
async fn post(app: &TestApp, address: &str, times: usize) -> Answer {
    let list = vec![record(&app.notice, 1); times];
    let peer: SocketAddr = "127.0.0.1:9".parse().expect("an address");
    let request = Request::post("/v1/consents")
        .extension(ConnectInfo(peer))
        .header("x-forwarded-for", format!("198.51.100.1, {address}"))
        .header(
            header::AUTHORIZATION,
            format!("Bearer {}", person().bearer()),
        )
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(serde_json::to_string(&list).expect("JSON")));
    app.send(request.expect("a request")).await
}

#[tokio::test]
async fn an_address_that_sends_too_much_is_told_when_to_come_again() {
    let app = strict();
    let first = post(&app, "203.0.113.1", 90).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let answer = post(&app, "203.0.113.1", 50).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    // Forty records too many, of a hundred a minute.
    let later: u64 = answer.header("retry-after").parse().expect("seconds");
    assert!((20..=25).contains(&later), "{later}");
    assert_eq!(post(&app, "203.0.113.2", 50).await.status, StatusCode::OK);
    // No proxy told an address: this machine is spared.
    assert_eq!(post(&app, "127.0.0.1", 100).await.status, StatusCode::OK);
}

#[tokio::test]
async fn metrics_count_and_name_nobody() {
    let app = strict();
    post(&app, "203.0.113.1", 1).await;
    app.history(&person()).await;
    let answer = app.get("/metrics").await;
    assert!(
        answer
            .header("content-type")
            .starts_with("application/openmetrics-text")
    );
    let text = String::from_utf8(answer.body).expect("UTF-8");
    for line in [
        r#"zhiqing_records_total{site="demo",outcome="kept"} 1"#,
        r#"zhiqing_requests_total{method="POST",route="/v1/consents",status="201"} 1"#,
        r#"zhiqing_requests_total{method="GET",route="/v1/consents/{subject}",status="200"} 1"#,
    ] {
        assert!(text.lines().any(|one| one == line), "{line} in\n{text}");
    }
    for secret in [
        person().subject("demo"),
        person().bearer(),
        "203.0.113.1".into(),
    ] {
        assert!(!text.contains(&secret), "{text}");
    }
}
