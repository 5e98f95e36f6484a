//! Records by hand, as a client of the API that is no browser makes them.

use serde_json::{Value, json};
use zhiqing_consent::{RecordId, Secret};

/// The id of the `n`th record.
pub fn id(n: u8) -> String {
    RecordId::new(1_763_690_000_000, [n; 10])
        .as_str()
        .to_owned()
}

/// A record of `secret`, under a notice as the server gives it, that grants the first general
/// purpose and denies the rest.
///
/// # Panics
/// Where the notice asks about nothing.
pub fn record(notice: &Value, secret: &Secret, n: u8) -> Value {
    let purposes = notice["purposes"].as_array().expect("purposes");
    let asked = || purposes.iter().filter(|purpose| purpose["basis"] != "none");
    let general = asked().find(|purpose| purpose["basis"] == "general");
    let granted = &general.expect("a general purpose")["id"];
    let choices = asked().map(|purpose| {
        let state = if purpose["id"] == *granted {
            "granted"
        } else {
            "denied"
        };
        json!({ "purpose": purpose["id"], "state": state, "separate": false })
    });
    let site = notice["site"].as_str().expect("a site");
    json!({
        "schema": "zhiqing/1",
        "id": id(n),
        "site": site,
        "subject": secret.subject(site),
        "sequence": n,
        "previous": null,
        "policy": notice["policy"],
        "notice": { "digest": notice["digest"], "locale": "zh-CN", "shown_ms": 1200 },
        "event": "given",
        "method": "save",
        "signals": { "gpc": false },
        "choices": choices.collect::<Vec<_>>(),
        "technologies": { "etag": "refused" },
        "guardian": null,
        "environment": "headless",
        "occurred_at": "2026-11-21T08:00:00.000Z",
    })
}
