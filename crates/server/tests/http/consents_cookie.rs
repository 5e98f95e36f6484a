//! `POST /v1/consents`: the cookie `zq`, which the server sets anew for pages of its own origin.

use crate::app::{Answer, TestApp, person, record};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

/// 2026-11-21T08:00:00Z, when the record says that it was made.
const OCCURRED: &str = "1795248000";

async fn post(app: &TestApp, origin: &str, cookie: &str) -> Answer {
    let mut request = Request::post("/v1/consents")
        .header(header::HOST, "shop.example")
        .header(
            header::AUTHORIZATION,
            format!("Bearer {}", person().bearer()),
        );
    if !origin.is_empty() {
        request = request.header(header::ORIGIN, origin);
    }
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    let body = Body::from(record(&app.notice, 1).to_string());
    app.send(request.body(body).expect("a request")).await
}

/// What the answer sets.
async fn set(origin: &str, cookie: &str) -> Option<String> {
    let app = TestApp::new();
    let answer = post(&app, origin, cookie).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let line = answer.headers.get(header::SET_COOKIE)?;
    Some(line.to_str().expect("text").to_owned())
}

fn line(value: &str, more: &str) -> Option<String> {
    let attributes = "Path=/; Max-Age=31536000; SameSite=Lax";
    Some(format!("zq={value}; {attributes}{more}"))
}

#[tokio::test]
async fn a_page_of_this_origin_gets_its_own_decision_back() {
    // What was unset stays so, and what was granted despite the signal.
    let own = "1~demo~2026.11~1763690000~analytics~~etag~analytics";
    let without_signal = "1~demo~2026.11~1763690000~analytics~~etag";
    for value in [without_signal, "1~demo~2026.11~7~analytics~identity~etag"] {
        let cookies = format!("a=1; zq={value}; b=2");
        let found = set("https://shop.example", &cookies).await;
        assert_eq!(found, line(value, "; Secure"));
    }
    // The sample's purpose is none that the signal turns off.
    let found = set("https://shop.example", &format!("zq={own}")).await;
    assert_eq!(found, line(without_signal, "; Secure"));
    let found = set("http://shop.example", &format!("zq={without_signal}")).await;
    assert_eq!(found, line(without_signal, ""));
}

#[tokio::test]
async fn a_page_that_could_write_none_gets_what_it_reported() {
    let value = format!("1~demo~2026.11~{OCCURRED}~analytics~identity~etag");
    for cookies in ["", "a=1", "zq=garbage", "zq=1~other~2026.11~7~~~"] {
        let found = set("https://shop.example", cookies).await;
        assert_eq!(found, line(&value, "; Secure"), "{cookies}");
    }
}

#[tokio::test]
async fn nobody_else_gets_any() {
    // Another origin's cookies are not this host's; and who is no page has none.
    for origin in ["https://demo.example", ""] {
        assert_eq!(set(origin, "").await, None, "{origin}");
    }
    // Decided otherwise since.
    for value in [
        "1~demo~2026.11~1763690000~~analytics.identity~etag",
        "1~demo~2026.11~1763690000~analytics~identity~",
        "1~demo~2026.10~1763690000~analytics~identity~etag",
    ] {
        let found = set("https://shop.example", &format!("zq={value}")).await;
        assert_eq!(found, None, "{value}");
    }
}
