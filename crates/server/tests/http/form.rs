//! `/v1/form`, the path without script: what it records and shows. What it refuses is beside.

use crate::app::{Answer, TestApp, notice};
use crate::database::Database;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base64ct::{Base64, Encoding};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use zhiqing_consent::{Notice, Receipt, Secret, digest};

/// What a browser on the site's own page sends.
pub(crate) const OWN: &[(&str, &str)] = &[
    ("host", "demo.example"),
    ("origin", "https://demo.example"),
    ("sec-fetch-site", "same-origin"),
];

pub(crate) async fn send(app: &TestApp, request: Request<Body>) -> Answer {
    let response = app
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("infallible");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes().to_vec();
    let answer = Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    };
    assert_guarded(&answer);
    answer
}

/// What every page and every redirect says.
#[track_caller]
fn assert_guarded(answer: &Answer) {
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("x-frame-options"), "DENY");
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("access-control-allow-origin"), "");
    if answer.status == StatusCode::SEE_OTHER {
        return;
    }
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let policy = answer.header("content-security-policy");
    let rest = policy.strip_prefix("default-src 'none'; style-src 'sha256-");
    let (hash, rest) = rest.and_then(|rest| rest.split_once("'; ")).expect(policy);
    let page = String::from_utf8_lossy(&answer.body);
    let style = page
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"));
    let mut allowed = [0; 32];
    Base64::decode(hash, &mut allowed).expect("a hash");
    let allowed: String = allowed.iter().map(|byte| format!("{byte:02x}")).collect();
    let style = digest::of_bytes(style.expect("a style").0.as_bytes());
    assert_eq!(style, format!("sha256:{allowed}"));
    assert_eq!(
        rest,
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
}

pub(crate) fn request(
    method: Method,
    uri: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request
        .body(Body::from(body.to_owned()))
        .expect("a request")
}

pub(crate) async fn get(app: &TestApp, query: &str, headers: &[(&str, &str)]) -> Answer {
    let uri = format!("/v1/form?{query}");
    send(app, request(Method::GET, &uri, headers, "")).await
}

pub(crate) async fn post_with(app: &TestApp, headers: &[(&str, &str)], body: &str) -> Answer {
    let form = (
        header::CONTENT_TYPE.as_str(),
        "application/x-www-form-urlencoded",
    );
    let headers: Vec<_> = headers.iter().copied().chain([form]).collect();
    send(app, request(Method::POST, "/v1/form", &headers, body)).await
}

/// Posts these fields of the site's form from its own page.
pub(crate) async fn post(app: &TestApp, fields: &str) -> Answer {
    post_with(app, OWN, &body(&app.notice, fields)).await
}

pub(crate) fn body(notice: &Notice, fields: &str) -> String {
    format!("site={}&notice={}&{fields}", notice.site, notice.digest)
}

/// The cookies that an answer sets, as the next request brings them.
pub(crate) fn jar(answer: &Answer) -> String {
    let lines = answer.headers.get_all(header::SET_COOKIE).into_iter();
    let pairs = lines.map(|line| line.to_str().expect("text").split(';').next().unwrap_or(""));
    pairs.collect::<Vec<_>>().join("; ")
}

pub(crate) async fn post_again(app: &TestApp, jar: &str, fields: &str) -> Answer {
    let headers: Vec<_> = OWN.iter().copied().chain([("cookie", jar)]).collect();
    post_with(app, &headers, &body(&app.notice, fields)).await
}

fn secret(jar: &str) -> Secret {
    let (_, rest) = jar.split_once("zq-key=").expect("a secret");
    Secret::from_bearer(rest.split(';').next().unwrap_or("")).expect("a secret")
}

/// The records of whoever holds these cookies, each from a receipt that verifies.
pub(crate) async fn records(app: &TestApp, jar: &str) -> Vec<Value> {
    let answer = app.history(&secret(jar)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let receipts: Vec<Receipt> = answer.receipts();
    let records = receipts.iter().map(|receipt| &receipt.record);
    records
        .map(|record| serde_json::to_value(record).expect("JSON"))
        .collect()
}

/// How many records the ledger has.
pub(crate) fn count(app: &TestApp) -> i64 {
    app.database.number("SELECT count(*) FROM records")
}

#[tokio::test]
async fn every_act_is_the_record_that_a_script_would_send() {
    let app = TestApp::new();
    let choice = |id: &str, state: &str, separate: bool| json!({ "purpose": id, "state": state, "separate": separate });
    let both = |analytics: &str, identity: &str| {
        json!([
            choice("analytics", analytics, false),
            choice("identity", identity, identity == "granted"),
        ])
    };
    for (fields, event, method, choices, technologies) in [
        (
            "act=reject-all",
            "refused",
            "reject_all",
            both("denied", "denied"),
            json!({}),
        ),
        (
            "act=accept-all",
            "given",
            "accept_all",
            both("granted", "denied"),
            json!({}),
        ),
        (
            "act=save&purpose=analytics&refuse=etag&refuse=beacon",
            "given",
            "save",
            both("granted", "denied"),
            json!({ "etag": "refused", "beacon": "refused" }),
        ),
        (
            "act=save",
            "refused",
            "save",
            both("denied", "denied"),
            json!({}),
        ),
        (
            "act=item&purpose=identity&answer=granted",
            "given",
            "item",
            both("denied", "granted"),
            json!({}),
        ),
        (
            "act=item&purpose=identity&answer=denied",
            "refused",
            "item",
            both("denied", "denied"),
            json!({}),
        ),
        (
            "act=withdraw",
            "refused",
            "item",
            both("denied", "denied"),
            json!({}),
        ),
    ] {
        let answer = post(&app, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{fields}");
        let jar = jar(&answer);
        let records = records(&app, &jar).await;
        let record = &records[0];
        let expected = json!({
            "schema": "zhiqing/1",
            "id": record["id"],
            "site": "demo",
            "subject": secret(&jar).subject("demo"),
            "sequence": 1,
            "previous": null,
            "policy": app.notice.policy,
            "notice": { "digest": app.notice.digest, "locale": "zh-CN", "shown_ms": 0 },
            "event": event,
            "method": method,
            "signals": { "gpc": false },
            "choices": choices,
            "technologies": technologies,
            "guardian": null,
            "environment": "h5",
            "occurred_at": record["occurred_at"],
        });
        assert_eq!(records, [expected], "{fields}");
    }
}

#[tokio::test]
async fn one_person_s_records_follow_each_other() {
    let app = TestApp::new();
    let first = jar(&post(&app, "act=item&purpose=identity&answer=granted").await);
    let second = jar(&post_again(&app, &first, "act=save&purpose=analytics").await);
    assert_eq!(secret(&second), secret(&first));
    let third = jar(&post_again(&app, &second, "act=withdraw").await);
    let records = records(&app, &third).await;
    let told = |name: &str| records.iter().map(|r| r[name].clone()).collect::<Vec<_>>();
    assert_eq!(told("sequence"), [1, 2, 3]);
    assert_eq!(records[0]["previous"], Value::Null);
    assert_eq!(records[1]["previous"], records[0]["id"]);
    assert_eq!(records[2]["previous"], records[1]["id"]);
    assert_eq!(told("event"), ["given", "changed", "withdrawn"]);
    // The switches were saved, and the separate consent was none of them.
    assert_eq!(records[1]["choices"][0]["state"], "granted");
    assert_eq!(records[1]["choices"][1]["state"], "granted");
    assert_eq!(records[1]["choices"][1]["separate"], true);
}

#[tokio::test]
async fn the_cookies_are_the_decision_and_a_secret_for_the_form_alone() {
    let app = TestApp::new();
    let lines = |answer: &Answer| {
        let lines = answer.headers.get_all(header::SET_COOKIE).into_iter();
        let lines = lines.map(|line| line.to_str().expect("text").to_owned());
        lines.collect::<Vec<_>>()
    };
    let set = lines(&post(&app, "act=accept-all").await);
    let [decision, secret] = &set[..] else {
        panic!("{set:?}");
    };
    assert!(decision.starts_with("zq=1~demo~2026.11~"), "{decision}");
    assert!(
        decision.ends_with("~analytics~identity~; Path=/; Max-Age=31536000; SameSite=Lax; Secure"),
        "{decision}"
    );
    assert!(
        secret.ends_with("; Path=/v1/form; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"),
        "{secret}"
    );
    let plain = [
        ("host", "127.0.0.1:8020"),
        ("origin", "http://127.0.0.1:8020"),
    ];
    let answer = post_with(&app, &plain, &body(&app.notice, "act=accept-all")).await;
    assert!(lines(&answer).iter().all(|line| !line.contains("Secure")));
}

#[tokio::test]
async fn looking_sets_no_cookie_and_writes_nothing() {
    let app = TestApp::new();
    for query in [
        "site=demo",
        "site=demo&back=/list",
        "site=demo&saved=1",
        "site=demo&purpose=identity",
        "site=demo&view=policy",
    ] {
        let answer = get(&app, query, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert_eq!(answer.header("set-cookie"), "");
        let page = String::from_utf8(answer.body).expect("UTF-8");
        assert!(page.starts_with("<!doctype html><html lang=\"zh-CN\">"));
        // Nothing was recorded, so nothing says so.
        assert!(!page.contains("form_saved"), "{query}");
    }
    assert_eq!(count(&app), 0);
}

#[tokio::test]
async fn what_stands_is_shown_and_nothing_else_is_selected() {
    let app = TestApp::new();
    let shown = |answer: Answer| String::from_utf8(answer.body).expect("UTF-8");
    let checked = "value=\"analytics\" aria-labelledby=\"zq-p-analytics\" \
                   aria-describedby=\"zq-d-analytics\" checked";
    let first = shown(get(&app, "site=demo", &[]).await);
    assert!(!first.contains(checked), "{first}");
    let jar = jar(&post(&app, "act=accept-all").await);
    let then = shown(get(&app, "site=demo&saved=1", &[("cookie", &jar)]).await);
    assert!(then.contains(checked), "{then}");
    assert!(then.contains("form_saved"), "{then}");
    let other = "zq=1~other~2026.11~1~analytics~~; zq=garbage";
    let page = shown(get(&app, "site=demo&saved=1", &[("cookie", other)]).await);
    assert!(!page.contains(checked) && !page.contains("form_saved"));
}

#[tokio::test]
async fn an_older_notice_is_answered_as_it_was_shown_and_an_unknown_one_is_shown_anew() {
    let old = notice("demo", "从前");
    let app = TestApp::with(Database::new(), std::slice::from_ref(&old)).unwrap();
    let new = notice("demo", "如今");
    assert_ne!(new.digest, old.digest);
    let app = TestApp::with(app.database, std::slice::from_ref(&new)).unwrap();
    let answer = post_with(&app, OWN, &body(&old, "act=accept-all")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let records = records(&app, &jar(&answer)).await;
    assert_eq!(records[0]["notice"]["digest"], old.digest);
    for digest in [digest::of_bytes(b"nobody's"), "x".into(), String::new()] {
        let fields = format!("site=demo&notice={digest}&act=accept-all");
        let answer = post_with(&app, OWN, &fields).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{digest}");
        assert_eq!(answer.header("set-cookie"), "");
        let page = String::from_utf8(answer.body).expect("UTF-8");
        assert!(page.contains("form_changed") && page.contains(&new.digest));
    }
    assert_eq!(count(&app), 1);
}

#[tokio::test]
async fn signals_time_and_environment_are_recorded() {
    let app = TestApp::new();
    let agent = "Mozilla/5.0 MicroMessenger/8.0 miniProgram/wx1";
    let headers: Vec<_> = OWN
        .iter()
        .copied()
        .chain([("sec-gpc", "1"), ("user-agent", agent)])
        .collect();
    let page = get(&app, "site=demo", &headers).await;
    let page = String::from_utf8(page.body).expect("UTF-8");
    let (_, shown) = page
        .split_once("name=\"shown\" value=\"")
        .expect("a moment");
    let shown: i64 = shown
        .split('"')
        .next()
        .unwrap_or("")
        .parse()
        .expect("a number");
    let body = body(
        &app.notice,
        &format!("act=accept-all&shown={}", shown - 1500),
    );
    let answer = post_with(&app, &headers, &body).await;
    let record = records(&app, &jar(&answer)).await.remove(0);
    assert_eq!(record["signals"]["gpc"], true);
    assert_eq!(record["environment"], "wechat-miniprogram");
    let shown_ms = record["notice"]["shown_ms"].as_u64().expect("a number");
    assert!((1500..60_000).contains(&shown_ms), "{shown_ms}");
}

#[tokio::test]
async fn a_store_that_is_away_keeps_what_was_chosen_on_the_page() {
    let app = TestApp::new();
    let jar = jar(&post(&app, "act=reject-all").await);
    app.database.take_away();
    for again in ["", jar.as_str()] {
        let answer = post_again(&app, again, "act=save&purpose=analytics&refuse=etag").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.header("retry-after"), "5");
        assert_eq!(
            answer.header("set-cookie"),
            "",
            "nothing stands that was not kept"
        );
        let page = String::from_utf8(answer.body).expect("UTF-8");
        assert!(page.contains("form_away"), "{page}");
        for control in [
            "aria-describedby=\"zq-d-analytics\" checked",
            "value=\"etag\" checked",
        ] {
            assert!(page.contains(control), "{control} in {page}");
        }
        let answer = post_again(&app, again, "act=item&purpose=identity&answer=granted").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        let page = String::from_utf8(answer.body).expect("UTF-8");
        assert!(page.contains("form_away") && page.contains("name=\"answer\""));
    }
}
