//! What the schema allows is taken: it says no more and no less than the server holds to.

use crate::app::{TestApp, record};
use crate::description::{Description, send};
use crate::generate::by;
use crate::wire;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use zhiqing_consent::Secret;

/// Fields that the notice, the token and the clock have no say in.
const FREE: [&str; 8] = [
    "id",
    "sequence",
    "previous",
    "method",
    "signals",
    "guardian",
    "environment",
    "schema",
];

#[test]
fn what_the_schema_allows_is_taken() {
    let runtime = Runtime::new().expect("a runtime");
    let app = TestApp::new();
    let description = runtime.block_on(Description::of(&app));
    let schemas = &description.document["components"]["schemas"];
    let fields = &schemas["Record"]["properties"];
    let free: Vec<_> = FREE
        .map(|name| by(&fields[name], &description.document))
        .into();
    let shown = &schemas["Shown"]["properties"];
    let shown: Vec<_> = ["locale", "shown_ms"]
        .map(|name| by(&shown[name], &description.document))
        .into();
    let config = Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(config.rng_algorithm);
    let result = TestRunner::new_with_rng(config, rng).run(&(free, shown), |(free, shown)| {
        let mut sent = record(&app.notice, 1);
        for (name, value) in FREE.into_iter().zip(free) {
            sent[name] = value;
        }
        sent["notice"]["locale"] = shown[0].clone();
        sent["notice"]["shown_ms"] = shown[1].clone();
        let request = wire::submit(&Secret::new([7; 32]), sent.to_string());
        let answer = runtime.block_on(send(&app, &request));
        let said = String::from_utf8_lossy(&answer.body).into_owned();
        prop_assert_eq!(answer.status, 201, "{} {}", sent, said);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[tokio::test]
async fn what_the_schema_forbids_is_refused_at_each_bound() {
    let app = TestApp::new();
    let description = Description::of(&app).await;
    let schema = json!({ "$ref": "#/components/schemas/Record" });
    let validator = crate::description::validator(&description.document, &schema);
    let long = "a".repeat(200);
    let case = async |pointer: &str, value: Value, good_value: bool| {
        static NUMBER: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut sent = record(&app.notice, number);
        *sent.pointer_mut(pointer).expect("a field") = value.clone();
        assert_eq!(
            validator.is_valid(&sent),
            good_value,
            "the schema on {pointer} {value}"
        );
        let request = wire::submit(&Secret::new([7; 32]), sent.to_string());
        let answer = send(&app, &request).await;
        let expected = if good_value { 201 } else { 422 };
        assert_eq!(answer.status, expected, "the server on {pointer} {value}");
    };
    case("/sequence", json!(0), true).await;
    case("/sequence", json!(9_007_199_254_740_991_u64), true).await;
    case("/sequence", json!(9_007_199_254_740_992_u64), false).await;
    case("/sequence", json!(-1), false).await;
    case("/notice/shown_ms", json!(9_007_199_254_740_991_u64), true).await;
    case("/notice/shown_ms", json!(9_007_199_254_740_992_u64), false).await;
    case("/notice/locale", json!("zh-Hans-CN"), true).await;
    case(
        "/notice/locale",
        json!("abcdefgh-abcdefgh-abcdefgh-abcdefgh"),
        true,
    )
    .await;
    case(
        "/notice/locale",
        json!("abcdefgh-abcdefgh-abcdefgh-abcdefgh-a"),
        false,
    )
    .await;
    case("/notice/locale", json!("abcdefghi"), false).await;
    case("/guardian", json!({ "verified_by": long }), true).await;
    case(
        "/guardian",
        json!({ "verified_by": format!("{long}a") }),
        false,
    )
    .await;
    case("/guardian", json!({ "verified_by": "\u{feff}" }), true).await;
    case(
        "/guardian",
        json!({ "verified_by": "\u{2003}\u{3000}" }),
        false,
    )
    .await;
    case("/guardian", json!({ "verified_by": "a\u{85}" }), false).await;
    case(
        "/previous",
        json!("01920000-0001-7fff-bfff-ffffffffffff"),
        true,
    )
    .await;
    case(
        "/previous",
        json!("01920000-0001-7FFF-bfff-ffffffffffff"),
        false,
    )
    .await;
    case(
        "/previous",
        json!("01920000-0001-6fff-bfff-ffffffffffff"),
        false,
    )
    .await;
    case(
        "/previous",
        json!("01920000-0001-7fff-cfff-ffffffffffff"),
        false,
    )
    .await;
    case(
        "/occurred_at",
        json!("2024-02-29T23:59:59.999999999Z"),
        true,
    )
    .await;
    case("/occurred_at", json!("2024-02-29T23:59:60Z"), false).await;
    case("/occurred_at", json!("2024-13-01T00:00:00Z"), false).await;
    case("/technologies", json!({ "cookie": "refused" }), true).await;
    case("/technologies", json!({ "script": "refused" }), false).await;
    case("/schema", json!("zhiqing/1\n"), false).await;
}
