//! `/v1/form`: what it refuses, and where it does not lead.

use crate::app::{TestApp, hosted, notice};
use crate::database::Database;
use crate::form::{OWN, body, count, get, post, post_with, request, send};
use axum::http::{Method, StatusCode, header};
use tower::ServiceExt;
use zhiqing_consent::{Basis, Purpose};
use zhiqing_server::Store;

#[tokio::test]
async fn another_sites_form_changes_nothing() {
    let app = TestApp::new();
    let host = ("host", "demo.example");
    for headers in [
        &[host][..],
        &[host, ("origin", "https://evil.example")],
        &[host, ("origin", "null")],
        &[host, ("referer", "https://evil.example/")],
        &[host, ("sec-fetch-site", "cross-site")],
        &[host, ("sec-fetch-site", "same-site")],
        &[host, ("sec-fetch-site", "cross-site"), ("origin", "null")],
        &[
            host,
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
            ("referer", "https://demo.example/"),
        ],
    ] {
        let answer = post_with(&app, headers, &body(&app.notice, "act=accept-all")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert_eq!(answer.header("set-cookie"), "");
        assert_eq!(answer.header("location"), "");
    }
    assert_eq!(count(&app), 0);
}

#[tokio::test]
async fn a_page_of_one_site_does_not_speak_for_another() {
    let notices = [notice("demo", "示例"), notice("shop", "商店")];
    let app = TestApp::with(Database::new(), &notices).unwrap();
    let from = |origin| {
        [
            ("host", "api.example"),
            ("sec-fetch-site", "cross-site"),
            ("origin", origin),
        ]
    };
    for (site, origin, status) in [
        (1, "https://demo.example", StatusCode::FORBIDDEN),
        (1, "https://shop.example", StatusCode::SEE_OTHER),
        (0, "https://demo.example", StatusCode::SEE_OTHER),
    ] {
        let body = body(&notices[site], "act=reject-all");
        let answer = post_with(&app, &from(origin), &body).await;
        assert_eq!(answer.status, status, "{origin}");
    }
}

/// Where an answer to these headers and fields leads.
async fn leads(app: &TestApp, headers: &[(&str, &str)], fields: &str) -> String {
    let answer = post_with(app, headers, &body(&app.notice, fields)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{fields}");
    answer.header("location").to_owned()
}

#[tokio::test]
async fn the_way_back_is_the_sites_own() {
    let app = TestApp::new();
    let refuse = "act=reject-all";
    let own = |fields: &str| format!("{refuse}&{fields}");
    assert_eq!(leads(&app, OWN, refuse).await, "form?site=demo&saved=1");
    assert_eq!(
        leads(&app, OWN, &own("back=%2Flist%3Fa%3D1")).await,
        "/list?a=1"
    );
    assert_eq!(
        leads(&app, OWN, &own("back=%2Flist&stay=1")).await,
        "form?site=demo&saved=1&back=%2Flist"
    );
    let referred: Vec<_> = OWN
        .iter()
        .copied()
        .chain([("referer", "https://demo.example/list?a=1")])
        .collect();
    assert_eq!(
        leads(&app, &referred, refuse).await,
        "form?site=demo&saved=1&back=%2Flist%3Fa%3D1"
    );
    for trick in [
        "//evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "%09//evil.example",
        "https:evil.example",
        "https://evil.example/",
        "/a/../..//evil.example",
        "/%0d%0aSet-Cookie:a=1",
        "/%2509/evil.example",
        "/%252f%252fevil.example",
        "javascript:alert(1)",
    ] {
        let led = leads(&app, OWN, &own(&format!("back={trick}"))).await;
        assert_eq!(led, "form?site=demo&saved=1", "{trick}");
        let page = get(&app, &format!("site=demo&back={trick}"), &[]).await;
        let page = String::from_utf8(page.body).expect("UTF-8");
        assert!(
            !page.contains("form_back") && !page.contains("evil"),
            "{trick}"
        );
    }
}

#[tokio::test]
async fn a_page_of_a_listed_origin_is_gone_back_to_and_no_other() {
    // The API of the site `demo`, whose pages are elsewhere.
    let app = TestApp::new();
    let page = [
        ("host", "api.example"),
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://demo.example"),
    ];
    let led = leads(&app, &page, "act=reject-all&back=/list").await;
    assert_eq!(led, "https://demo.example/list");
    let of_api = [("host", "api.example"), ("sec-fetch-site", "same-origin")];
    let from = "act=reject-all&back=/list&from=https://demo.example";
    assert_eq!(
        leads(&app, &of_api, from).await,
        "https://demo.example/list"
    );
    let evil = "act=reject-all&back=/list&from=https://evil.example";
    assert_eq!(leads(&app, &of_api, evil).await, "/list");
    let referer = ("referer", "https://demo.example/list");
    let shown = get(&app, "site=demo", &[("host", "api.example"), referer]).await;
    let shown = String::from_utf8(shown.body).expect("UTF-8");
    assert!(
        shown.contains("href=\"https://demo.example/list\""),
        "{shown}"
    );
}

#[tokio::test]
async fn what_is_not_as_it_must_be_is_named_on_a_page() {
    let mut notice = notice("demo", "示例");
    notice.texts = [("form_malformed".into(), "[{field}]".into())].into();
    let notice = notice.seal().expect("a digest");
    let app = TestApp::with(Database::new(), &[notice]).unwrap();
    for (fields, field) in [
        ("", "act"),
        ("act=", "act"),
        ("act=destroy", "act"),
        ("act=save&act=save", "act"),
        ("act=save&purpose=unknown", "purpose"),
        ("act=save&purpose=service", "purpose"),
        ("act=save&purpose=identity", "purpose"),
        ("act=save&purpose=%ff", "purpose"),
        ("act=save&refuse=script", "refuse"),
        ("act=save&refuse=<b>", "refuse"),
        ("act=item", "purpose"),
        ("act=item&purpose=unknown&answer=granted", "purpose"),
        (
            "act=item&purpose=identity&purpose=analytics&answer=granted",
            "purpose",
        ),
        ("act=item&purpose=identity", "answer"),
        ("act=item&purpose=identity&answer=yes", "answer"),
        ("act=accept-all&notice=x", "notice"),
    ] {
        let answer = post(&app, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields}");
        assert_eq!(answer.header("set-cookie"), "");
        let page = String::from_utf8(answer.body).expect("UTF-8");
        assert!(
            page.contains(&format!(">[{field}]</p>")),
            "{fields}: {page}"
        );
    }
    assert_eq!(count(&app), 0);
}

#[tokio::test]
async fn a_guardians_consent_is_not_given_by_a_form() {
    let mut notice = notice("demo", "示例");
    notice.purposes.push(Purpose {
        id: "child".into(),
        basis: Basis::Guardian,
        ..notice.purposes[1].clone()
    });
    let notice = notice.seal().expect("a digest");
    let app = TestApp::with(Database::new(), &[notice]).unwrap();
    let answer = post(&app, "act=item&purpose=child&answer=granted").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = post(&app, "act=save&purpose=child").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = get(&app, "site=demo&purpose=child", &[]).await;
    let page = String::from_utf8(page.body).expect("UTF-8");
    assert!(page.contains("step_guardian") && !page.contains("<form"));
}

#[tokio::test]
async fn another_content_or_too_much_of_it_is_refused() {
    let app = TestApp::new();
    let body = body(&app.notice, "act=accept-all");
    for content_type in ["application/json", "text/plain", "multipart/form-data"] {
        let headers: Vec<_> = OWN
            .iter()
            .copied()
            .chain([("content-type", content_type)])
            .collect();
        let sent = request(Method::POST, "/v1/form", &headers, &body);
        let answer = send(&app, sent).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let long = format!("{body}&x={}", "a".repeat(20_000));
    let answer = post_with(&app, OWN, &long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(count(&app), 0);
    let answer = post_with(&app, OWN, &format!("{body}&x=1&y=2")).await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "unknown fields are ignored"
    );
}

#[tokio::test]
async fn an_unknown_site_or_purpose_is_a_page_and_another_method_is_refused() {
    let app = TestApp::new();
    for query in [
        "",
        "site=",
        "site=other",
        "site=demo&purpose=service",
        "site=demo&purpose=x",
    ] {
        assert_eq!(
            get(&app, query, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{query}"
        );
    }
    let answer = post_with(&app, OWN, "site=other&act=accept-all").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    for method in [Method::PUT, Method::DELETE, Method::OPTIONS] {
        let sent = request(method, "/v1/form", OWN, "");
        let response = app.router.clone().oneshot(sent).await.expect("infallible");
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        let headers = response.headers();
        assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }
}

#[tokio::test]
async fn hostile_words_are_text() {
    let hostile = "</style></title><script>alert(1)</script>\"'&amp;";
    let mut notice = notice("demo", hostile);
    for purpose in &mut notice.purposes {
        purpose.name = hostile.into();
        purpose.description = hostile.into();
        purpose.refusal = hostile.into();
        purpose.retention = hostile.into();
        purpose.data = vec![hostile.into()];
    }
    let site = hosted(&notice.seal().expect("a digest"));
    let app = TestApp {
        notice: site.notice.clone(),
        router: zhiqing_server::router(vec![site], Store::open("sqlite::memory:").unwrap())
            .unwrap(),
        database: Database::new(),
    };
    let query = "site=demo&back=/%22%3E%3Cscript%3E";
    for more in ["", "&purpose=identity", "&view=policy"] {
        let answer = get(&app, &format!("{query}{more}"), &[]).await;
        let page = String::from_utf8(answer.body).expect("UTF-8");
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("&lt;/style&gt;&lt;/title&gt;&lt;script&gt;"));
    }
    let answer = post(&app, "act=%3Cscript%3E").await;
    let page = String::from_utf8(answer.body).expect("UTF-8");
    assert!(!page.contains("<script"), "{page}");
}
