//! The document itself.

use crate::app::TestApp;
use crate::description::{Description, send};
use crate::wire::Request;
use serde_json::Value;
use std::collections::BTreeSet;

/// The site's own pages, which are no part of the API.
const PAGES: [&str; 4] = [
    "/",
    "/sites/{site}",
    "/sites/{site}/",
    "/sites/{site}/{*file}",
];

/// The addresses of the router. axum tells them to nobody but whoever debugs it; were it to stop,
/// none would be found, and this test would fail.
fn routes(app: &TestApp) -> BTreeSet<String> {
    let debugged = format!("{:?}", app.router);
    let listed = debugged
        .split("paths: {")
        .nth(1)
        .expect("axum lists its paths");
    let listed = listed.split("} }").next().unwrap_or_default();
    let texts = listed.split('"').skip(1).step_by(2);
    texts
        .filter(|path| path.starts_with('/'))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn every_route_is_described_and_nothing_else() {
    let app = TestApp::new();
    let description = Description::of(&app).await;
    let routes = routes(&app);
    let described: BTreeSet<String> = description.paths().map(str::to_owned).collect();
    let pages = PAGES.map(str::to_owned).into();
    let api: BTreeSet<String> = routes.difference(&pages).cloned().collect();
    assert_eq!(api, described);
    assert!(routes.is_superset(&pages), "{routes:?}");
    assert!(api.len() >= 10, "{api:?}");
}

#[tokio::test]
async fn every_method_is_described_and_nothing_else() {
    let app = TestApp::new();
    let description = Description::of(&app).await;
    for path in description.paths() {
        let target = path.replace(['{', '}'], "");
        let told = description.methods(path);
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] {
            let answer = send(&app, &Request::new(method, &target)).await;
            let is_there = answer.status != 405;
            assert_eq!(
                is_there,
                told.contains(&method.to_owned()),
                "{method} {path}"
            );
        }
        let answer = send(&app, &Request::new("DELETE", &target)).await;
        let mut allowed: Vec<String> = answer
            .header("allow")
            .split(',')
            .map(str::to_ascii_uppercase)
            .collect();
        allowed.retain(|method| method != "HEAD");
        assert_eq!(allowed, told, "{path}");
    }
}

#[tokio::test]
async fn it_is_valid_openapi_and_so_is_every_schema_in_it() {
    // https://spec.openapis.org/oas/3.1/schema/2026-08-03, as it is published (Apache-2.0).
    let schema: Value =
        serde_json::from_str(include_str!("openapi-3.1.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let app = TestApp::new();
    let document = Description::of(&app).await.document;
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0]);
    let mut broken = document.clone();
    broken["paths"]["/healthz"]["get"]["responses"]["200"] = serde_json::json!({});
    assert!(!validator.is_valid(&broken), "the schema is one");

    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("schemas");
    assert!(schemas.len() > 30);
    for (name, schema) in schemas {
        assert!(jsonschema::draft202012::meta::is_valid(schema), "{name}");
        // Its references lead somewhere.
        crate::description::validator(&document, schema);
    }
}

/// Each address and method, and what it can be answered with: a change of this is a change of the
/// contract.
const ANSWERS: &str = "\
GET /healthz 200 400 403 414 431
GET /metrics 200 400 403 414 431
GET /openapi.json 200 304 400 403 414 431
GET /readyz 200 400 403 414 431 503
POST /v1/consents 200 201 400 401 403 408 409 413 414 415 422 429 431 503
GET /v1/consents/{subject} 200 400 401 403 404 414 429 431 503
GET /v1/form 200 400 404 414 431
POST /v1/form 303 400 403 404 408 409 413 414 415 422 429 431 503
GET /v1/policies/{site}/{version} 200 304 400 403 404 414 431
GET /v1/sites/{site}/key 200 304 400 403 404 414 431
GET /v1/sites/{site}/notice 200 304 400 403 404 414 431
";

#[tokio::test]
async fn the_answers_are_those_of_the_contract() {
    let description = Description::of(&TestApp::new()).await;
    let mut found = String::new();
    for path in description.paths() {
        for method in description.methods(path) {
            let operation = description.operation(path, &method).expect("an operation");
            let statuses: Vec<&str> = operation["responses"]
                .as_object()
                .expect("responses")
                .keys()
                .map(String::as_str)
                .collect();
            found += &format!("{method} {path} {}\n", statuses.join(" "));
        }
    }
    assert_eq!(found, ANSWERS);
}

#[tokio::test]
async fn whoever_has_it_is_told_so() {
    let app = TestApp::new();
    let first = app.get("/openapi.json").await;
    let request =
        Request::new("GET", "/openapi.json").header("If-None-Match", first.header("etag"));
    assert_eq!(send(&app, &request).await.status, 304);
}

#[tokio::test]
async fn what_is_closed_is_closed_at_every_depth() {
    let document = Description::of(&TestApp::new()).await.document;
    let schemas = &document["components"]["schemas"];
    for name in [
        "Record",
        "Shown",
        "Signals",
        "Choice",
        "Guardian",
        "PolicyRef",
        "Receipt",
        "Receipts",
        "History",
    ] {
        assert_eq!(schemas[name]["additionalProperties"], false, "{name}");
        let fields = schemas[name]["properties"].as_object().expect("fields");
        let required = schemas[name]["required"].as_array().expect("required");
        assert_eq!(fields.len(), required.len(), "{name} says everything");
    }
    assert_eq!(
        schemas["Record"]["properties"]["technologies"]["additionalProperties"],
        false
    );
}
