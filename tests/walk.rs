//! The acceptance walk: from the first visit to the withdrawal, and the proof of both.

use serde_json::{Value, json};
use std::fs;
use zhiqing_consent::{Secret, digest, timestamp};
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Visit, zhiqing};

/// A key that is nobody's here: RFC 8037, appendix A.2.
const OTHER_KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/// Ids of the page's held scripts, and whether each ran.
const SCRIPTS: &str = "Object.fromEntries([...document.querySelectorAll('#scripts li')]
    .map((row) => [row.dataset.demo, row.dataset.on === 'true']))";

#[tokio::test]
async fn a_choice_is_asked_kept_enforced_proven_and_withdrawn() {
    let visit = Visit::first().await;
    the_banner_is_seen(&visit).await;
    nothing_is_kept_before_the_choice(&visit).await;

    visit.click_hook("preferences").await;
    nothing_is_preselected(&visit).await;
    visit.click("[data-zq-purpose=analytics]").await;
    visit.click("[data-zq-technology=etag]").await;
    visit.click_hook("save").await;

    visit.until("zhiqing.state().decidedAt").await;
    let decided = visit.value("zhiqing.state()").await;
    the_state_is_what_was_chosen(&visit, &decided).await;
    let first = the_record_says_exactly_that(&visit).await;
    the_receipt_verifies_with_the_sites_key_alone(&visit, &first).await;
    only_analytics_is_let_go(&visit).await;

    visit.again().await;
    assert_eq!(visit.value("zhiqing.state()").await, decided);
    assert_eq!(visit.value("$('.banner') === null").await, true);
    only_analytics_is_let_go(&visit).await;

    visit.value("zhiqing.withdraw()").await;
    the_withdrawal_is_recorded(&visit, &first).await;
    what_was_kept_is_gone(&visit).await;
    visit.again().await;
    assert_eq!(visit.value("$('.banner') === null").await, true);
    what_was_kept_is_gone(&visit).await;
    // What ran on the page before cannot be unrun; on this one it is held again.
    assert_eq!(visit.value(SCRIPTS).await, scripts(&visit, &[]));
    visit.end().await;
}

async fn the_banner_is_seen(visit: &Visit) {
    let banner = "$('.banner') && (({ left, top, right, bottom }) => $('.banner').checkVisibility()
        && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight)
        ($('.banner').getBoundingClientRect())";
    assert_eq!(visit.value(banner).await, true);
    let width = visit.value("innerWidth").await;
    assert_eq!(width, 390, "a phone's");

    let buttons = "$$('.banner .actions button').map((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        const front = root.elementFromPoint(left + width / 2, top + height / 2);
        return { hook: button.dataset.zq, width, height, front: front === button };
    })";
    let buttons = visit.value(buttons).await;
    let buttons = buttons.as_array().expect("buttons");
    let hooks: Vec<&Value> = buttons.iter().map(|button| &button["hook"]).collect();
    assert_eq!(hooks, ["reject-all", "preferences", "accept-all"]);
    for button in buttons {
        assert_eq!(button["front"], true, "{button} is covered");
        for side in ["width", "height"] {
            let length = |button: &Value| button[side].as_f64().expect("a length");
            let apart = (length(button) - length(&buttons[0])).abs();
            assert!(apart <= 1.0, "{side}: {buttons:?}");
            assert!(
                length(button) >= 44.0,
                "{side} is too small for a thumb: {button}"
            );
        }
    }
}

async fn nothing_is_kept_before_the_choice(visit: &Visit) {
    // The page itself tried to write these when it loaded.
    let tried = "[...document.querySelectorAll('#cookies li')].map((row) => row.dataset.demo)";
    let tried = visit.value(tried).await;
    assert_eq!(
        tried,
        json!(["Hm_lvt_demo", "sensorsdata2015jssdkcross", "cna"])
    );
    assert_eq!(visit.value("document.cookie").await, "");
    assert_eq!(visit.value("localStorage.length").await, 0);
    assert_eq!(visit.value("sessionStorage.length").await, 0);
    assert_eq!(visit.value("indexedDB.databases()").await, json!([]));
    assert_eq!(visit.value("caches.keys()").await, json!([]));
    assert_eq!(visit.cookies().await, [""; 0], "cookies no script sees");
    let elsewhere = "performance.getEntriesByType('resource').map((entry) => entry.name)
        .filter((name) => !name.startsWith(origin + '/sites/') && !name.startsWith('data:'))";
    assert_eq!(visit.value(elsewhere).await, json!([]));
    assert_eq!(visit.value(SCRIPTS).await, scripts(visit, &[]));
    assert_eq!(visit.purposes().await, visit.expected(&[], "unset"));
}

/// What [`SCRIPTS`] gives where these ran: one script for each purpose that is asked about.
fn scripts(visit: &Visit, ran: &[&str]) -> Value {
    let choices = visit.choices(ran, &[]);
    let choices = choices.as_array().expect("choices").iter();
    let script = |choice: &Value| {
        let id = choice["purpose"].as_str().expect("an id").to_owned();
        (id, Value::from(choice["state"] == "granted"))
    };
    Value::Object(choices.map(script).collect())
}

async fn nothing_is_preselected(visit: &Visit) {
    let switches = "Object.fromEntries($$('dialog [data-zq-purpose]')
        .map((input) => [input.dataset.zqPurpose, input.checked ? 'granted' : 'unset']))";
    visit.until("$('dialog')").await;
    assert_eq!(visit.value(switches).await, visit.expected(&[], "unset"));
    let fixed = "$$('dialog [data-zq-purpose]:disabled').map((input) => input.dataset.zqPurpose)";
    // What needs no consent, and what only a guardian can give.
    assert_eq!(visit.value(fixed).await, json!(["service", "child"]));
    let offered = "$$('dialog [data-zq-technology]').map((input) => input.dataset.zqTechnology)";
    assert_eq!(visit.value(offered).await, visit.notice()["technologies"]);
    assert_eq!(
        visit
            .value("$$('dialog [data-zq-technology]:checked').length")
            .await,
        0
    );
}

async fn the_state_is_what_was_chosen(visit: &Visit, state: &Value) {
    let offered = visit.notice()["technologies"].take();
    let technology = |name: &Value| {
        let name = name.as_str().expect("a name").to_owned();
        let state = if name == "etag" { "refused" } else { "allowed" };
        (name, Value::from(state))
    };
    let technologies = offered
        .as_array()
        .expect("technologies")
        .iter()
        .map(technology);
    let expected = json!({
        "policyVersion": "2026.11",
        "purposes": visit.expected(&["analytics"], "denied"),
        "technologies": Value::Object(technologies.collect()),
        "decidedAt": state["decidedAt"],
    });
    assert_eq!(*state, expected);
    let age = visit
        .value("Date.now() - Date.parse(zhiqing.state().decidedAt)")
        .await;
    let age = age.as_f64().expect("a moment");
    assert!((0.0..120_000.0).contains(&age), "decided {age} ms ago");
}

async fn the_record_says_exactly_that(visit: &Visit) -> Value {
    let receipt = visit.receipts(1).await.remove(0);
    let record = &receipt["record"];
    let secret = Secret::from_bearer(&visit.bearer().await).expect("a bearer token");

    let mut notice = visit.notice();
    let policy = visit.server.json(&format!("/v1/policies/{SITE}/2026.11"));
    let policy = digest::of_json(&policy).expect("canonical JSON");
    let said = notice.as_object_mut().expect("an object").remove("digest");
    let notice = digest::of_json(&notice).expect("canonical JSON");
    assert_eq!(said, Some(notice.clone().into()), "the notice's own digest");

    let expected = json!({
        "schema": "zhiqing/1",
        "id": record["id"],
        "site": SITE,
        "subject": secret.subject(SITE),
        "sequence": 1,
        "previous": null,
        "policy": { "version": "2026.11", "digest": policy },
        "notice": { "digest": notice, "locale": "zh-CN", "shown_ms": record["notice"]["shown_ms"] },
        "event": "given",
        "method": "save",
        "signals": { "gpc": false },
        "choices": visit.choices(&["analytics"], &[]),
        "technologies": { "etag": "refused" },
        "guardian": null,
        "environment": "headless",
        "occurred_at": record["occurred_at"],
    });
    assert_eq!(*record, expected);
    let shown = record["notice"]["shown_ms"].as_u64().expect("milliseconds");
    assert!((1..300_000).contains(&shown), "{shown}");
    let moment = record["occurred_at"].as_str().expect("a moment");
    assert!(timestamp::is_utc(moment), "{moment}");
    let id = record["id"].as_str().expect("an id");
    assert_eq!((id.len(), &id[14..15]), (36, "7"), "a UUIDv7: {id}");
    receipt
}

async fn the_receipt_verifies_with_the_sites_key_alone(visit: &Visit, receipt: &Value) {
    assert_eq!(visit.value("zhiqing.receipt()").await, *receipt);
    visit.value("zhiqing.show('rights')").await;
    visit.click_hook("receipt").await;
    let saved = visit.downloaded();
    visit.click_hook("close").await;
    let content: Value = serde_json::from_slice(&saved).expect("JSON");
    assert_eq!(content, *receipt, "what the person saved");

    let folder = visit.site.folder();
    let (good, bad) = (folder.join("receipt.json"), folder.join("altered.json"));
    fs::write(&good, &saved).expect("a file");
    let mut altered = content;
    // One choice turned round: the second is denied.
    altered["record"]["choices"][1]["state"] = "granted".into();
    fs::write(&bad, altered.to_string()).expect("a file");

    let settings = visit.site.settings().display().to_string();
    let case = |key: Option<&str>, file: &std::path::Path, code: i32| {
        let mut arguments = vec!["verify"];
        arguments.extend(key.map(|key| ["--key", key]).into_iter().flatten());
        arguments.push(file.to_str().expect("UTF-8"));
        let outcome = zhiqing(&arguments);
        assert_eq!(outcome.code, code, "{arguments:?}: {outcome:?}");
        outcome
    };
    let public = visit.site.public_key();
    let told = case(Some(&settings), &good, 0).json();
    assert_eq!(told["receipts"][0]["good"], true);
    assert_eq!(told["receipts"][0]["record"], receipt["record"]["id"]);
    case(Some(&public), &good, 0);
    case(Some(OTHER_KEY), &good, 1);
    assert_eq!(
        case(Some(&public), &bad, 1).json()["receipts"][0]["good"],
        false
    );
    assert!(case(None, &good, 2).stderr.contains("--key"));
}

async fn only_analytics_is_let_go(visit: &Visit) {
    assert_eq!(visit.value(SCRIPTS).await, scripts(visit, &["analytics"]));
    assert_eq!(visit.value("[...demo.done]").await, json!(["analytics"]));
    assert_eq!(visit.value("names()").await, json!(["Hm_lvt_demo", "zq"]));
}

async fn the_withdrawal_is_recorded(visit: &Visit, first: &Value) {
    let history = visit.receipts(2).await;
    assert_eq!(history[0], *first, "the first stays as it was");
    let (before, record) = (&first["record"], &history[1]["record"]);
    let mut expected = before.clone();
    for (field, value) in [
        ("id", record["id"].clone()),
        ("occurred_at", record["occurred_at"].clone()),
        ("notice", record["notice"].clone()),
        ("sequence", 2.into()),
        ("previous", before["id"].clone()),
        ("event", "withdrawn".into()),
        ("method", "api".into()),
        ("choices", visit.choices(&[], &[])),
    ] {
        expected[field] = value;
    }
    assert_eq!(*record, expected);
    assert_ne!(record["id"], before["id"]);
    assert_eq!(record["notice"]["digest"], before["notice"]["digest"]);

    let removed = visit.value("zhiqing.removed()").await;
    let cookie = json!({ "technology": "cookie", "key": "Hm_lvt_demo" });
    assert_eq!(
        removed,
        json!({ "removed": [cookie], "kept": [], "returned": [] })
    );
}

async fn what_was_kept_is_gone(visit: &Visit) {
    assert_eq!(visit.value("names()").await, json!(["zq"]));
    assert_eq!(visit.purposes().await, visit.expected(&[], "denied"));
}
