//! Which pages may call, and what their browsers are told.

use crate::app::{Answer, TestApp, hosted, notice, person, record};
use crate::database::Database;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use zhiqing_consent::Notice;
use zhiqing_server::Store;

async fn post(app: &TestApp, notice: &Notice, origin: &str, number: u8) -> Answer {
    let request = Request::post("/v1/consents")
        .header(header::HOST, "api.example:8443")
        .header(header::ORIGIN, origin)
        .header(
            header::AUTHORIZATION,
            format!("Bearer {}", person().bearer()),
        )
        .body(Body::from(record(notice, number).to_string()));
    app.send(request.expect("a request")).await
}

async fn preflight(app: &TestApp, origin: &str) -> Answer {
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri("/v1/consents")
        .header(header::HOST, "api.example:8443")
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(
            header::ACCESS_CONTROL_REQUEST_HEADERS,
            "authorization,content-type",
        )
        .body(Body::empty());
    app.send(request.expect("a request")).await
}

fn with_origins(origins: &[&str]) -> TestApp {
    let notice = notice("demo", "示例");
    let mut site = hosted(&notice);
    site.origins = origins.iter().map(|&origin| origin.to_owned()).collect();
    let store = Store::open("sqlite::memory:").expect("a store");
    TestApp {
        router: zhiqing_server::router(vec![site], store).expect("a server"),
        notice,
        database: Database::new(),
    }
}

#[tokio::test]
async fn pages_of_the_sites_origins_may_call() {
    let app = with_origins(&[
        "https://shop.example",
        "http://localhost",
        "http://127.0.0.1:1",
    ]);
    for (number, (origin, admitted)) in [
        ("https://api.example:8443", true),
        ("http://api.example:8443", true),
        ("https://api.example", false),
        ("https://shop.example", true),
        ("https://shop.example:443", true),
        ("http://shop.example", false),
        ("https://sub.shop.example", false),
        ("https://shop.example.evil.example", false),
        ("http://localhost:5173", true),
        ("http://localhost", true),
        ("http://127.0.0.1:1", true),
        ("http://127.0.0.1:2", false),
        ("null", false),
        ("", false),
        ("*", false),
    ]
    .into_iter()
    .enumerate()
    {
        let number = u8::try_from(number).unwrap();
        let answer = post(&app, &app.notice, origin, number).await;
        let expected = match admitted {
            true => StatusCode::CREATED,
            false => StatusCode::FORBIDDEN,
        };
        assert_eq!(answer.status, expected, "{origin}");
        assert_eq!(answer.header("vary"), "Origin");
        let allowed = if admitted { origin } else { "" };
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
        assert_eq!(answer.header("access-control-allow-credentials"), "");

        let answer = preflight(&app, origin).await;
        let expected = match admitted {
            true => StatusCode::NO_CONTENT,
            false => StatusCode::FORBIDDEN,
        };
        assert_eq!(answer.status, expected, "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
    }
}

#[tokio::test]
async fn a_preflight_says_what_may_be_sent() {
    let answer = preflight(&TestApp::new(), "https://demo.example").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let headers = answer.header("access-control-allow-headers");
    assert_eq!(headers, "authorization, content-type");
    assert!(
        answer
            .header("access-control-allow-methods")
            .contains("POST")
    );
    assert_eq!(answer.header("access-control-max-age"), "7200");
    assert_eq!(answer.header("vary"), "Origin");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn a_page_of_one_site_may_not_speak_to_another() {
    let notices = [notice("demo", "示例"), notice("shop", "商店")];
    let app = TestApp::with(Database::new(), &notices).unwrap();
    let answer = post(&app, &notices[1], "https://demo.example", 1).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let answer = post(&app, &notices[1], "https://shop.example", 1).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    for (site, expected) in [("demo", StatusCode::OK), ("shop", StatusCode::FORBIDDEN)] {
        let request = Request::get(format!("/v1/sites/{site}/notice"))
            .header(header::ORIGIN, "https://demo.example");
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, expected);
    }
}

#[tokio::test]
async fn a_refusal_can_be_read_by_the_sites_pages() {
    let app = TestApp::new();
    let request = Request::post("/v1/consents").header(header::ORIGIN, "https://demo.example");
    let answer = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let allowed = answer.header("access-control-allow-origin");
    assert_eq!(allowed, "https://demo.example");
}
