//! The API over real HTTP, as a client that is no browser meets it.

use serde_json::{Value, json};
use tempfile::TempDir;
use zhiqing_consent::Secret;
use zhiqing_tests::http::Client;
use zhiqing_tests::record::{id, record};
use zhiqing_tests::server::sqlite;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Answer, Server, Site};

const PERSON: Secret = Secret::new([7; 32]);
const STRANGER: Secret = Secret::new([8; 32]);

/// A server of the sample site, and its notice.
fn start() -> (Site, Server, Value) {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let notice = server.json(&format!("/v1/sites/{SITE}/notice"));
    (site, server, notice)
}

fn submit(server: &Server, record: &Value) -> Answer {
    server.submit(Some(&PERSON.bearer()), &record.to_string())
}

fn history(server: &Server) -> Vec<Value> {
    server.history(SITE, &PERSON.bearer())
}

/// Panics unless it is a problem document (RFC 9457) of this status; gives the document.
#[track_caller]
fn problem(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.content_type, "application/problem+json");
    let document = answer.json();
    assert_eq!(document["status"], status);
    for field in ["type", "title", "detail"] {
        let text = document[field].as_str().unwrap_or_default();
        assert!(!text.is_empty(), "{field} of {document}");
    }
    document
}

#[test]
fn the_same_record_twice_is_kept_once_with_one_receipt() {
    let (_site, server, notice) = start();
    let sent = record(&notice, &PERSON, 1);
    let first = submit(&server, &sent);
    assert_eq!(first.status, 201, "{}", first.text());
    let again = submit(&server, &sent);
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(again.body, first.body, "to the byte");
    let receipts = first.json()["receipts"].take();
    assert_eq!(receipts.as_array().expect("receipts").len(), 1);
    assert_eq!(receipts[0]["record"], sent);
    let kept = history(&server);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0], receipts[0]);
}

#[test]
fn the_same_id_with_other_content_is_a_conflict() {
    let (_site, server, notice) = start();
    let first = submit(&server, &record(&notice, &PERSON, 1));
    assert_eq!(first.status, 201, "{}", first.text());
    let mut other = record(&notice, &PERSON, 1);
    other["notice"]["shown_ms"] = 1201.into();
    let document = problem(&submit(&server, &other), 409);
    assert_eq!(document["field"], "id");
    let kept = history(&server);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0], first.json()["receipts"][0], "the first stands");
}

#[test]
fn of_a_list_all_are_kept_or_none() {
    let (_site, server, notice) = start();
    let mut bad = record(&notice, &PERSON, 2);
    bad["choices"][0]["state"] = "perhaps".into();
    let refused = json!([record(&notice, &PERSON, 1), bad]);
    let document = problem(&submit(&server, &refused), 422);
    assert_eq!(document["field"], "[1].choices[0].state");
    assert_eq!(history(&server).len(), 0);

    let taken: Value = (1..=3).map(|n| record(&notice, &PERSON, n)).collect();
    let answer = submit(&server, &taken);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let kept = history(&server);
    let ids: Vec<&Value> = kept
        .iter()
        .map(|receipt| &receipt["record"]["id"])
        .collect();
    assert_eq!(ids, [&id(1), &id(2), &id(3)]);
}

#[test]
fn a_token_that_does_not_fit_tells_nothing() {
    let (_site, server, notice) = start();
    let sent = record(&notice, &PERSON, 1);
    assert_eq!(submit(&server, &sent).status, 201);
    let (known, unknown) = (PERSON.subject(SITE), Secret::new([9; 32]).subject(SITE));
    let stranger = STRANGER.bearer();
    let answers = [
        server.get(&format!("/v1/consents/{known}"), Some(&stranger)),
        server.get(&format!("/v1/consents/{unknown}"), Some(&stranger)),
        server.get(&format!("/v1/consents/{known}"), None),
        server.get(&format!("/v1/consents/{unknown}"), None),
        server.get(&format!("/v1/consents/{known}"), Some("nonsense")),
        server.get("/v1/consents/nonsense", Some(&stranger)),
        server.submit(Some(&stranger), &sent.to_string()),
        server.submit(None, &record(&notice, &PERSON, 2).to_string()),
    ];
    for answer in &answers {
        problem(answer, 401);
        assert_eq!(answer.body, answers[0].body, "{}", answer.text());
    }
    assert_eq!(history(&server).len(), 1);
}

#[test]
fn a_bad_field_is_named() {
    let (_site, server, notice) = start();
    let case = |field: &str, spoil: &dyn Fn(&mut Value)| {
        let mut bad = record(&notice, &PERSON, 1);
        spoil(&mut bad);
        let document = problem(&submit(&server, &bad), 422);
        assert_eq!(document["field"], field, "{document}");
        let detail = document["detail"].as_str().expect("a sentence");
        assert!(detail.contains(field), "{detail}");
    };
    let removed = |bad: &mut Value, field: &str| {
        bad.as_object_mut().expect("an object").remove(field);
    };
    case("schema", &|bad| bad["schema"] = "zhiqing/2".into());
    case("id", &|bad| bad["id"] = "1".into());
    case("site", &|bad| bad["site"] = "other".into());
    case("sequence", &|bad| bad["sequence"] = (-1).into());
    case("previous", &|bad| removed(bad, "previous"));
    case("policy", &|bad| bad["policy"]["version"] = "2025.01".into());
    case("notice.digest", &|bad| {
        bad["notice"]["digest"] = format!("sha256:{:064}", 0).into()
    });
    case("event", &|bad| bad["event"] = "refused".into());
    case("method", &|bad| bad["method"] = "guess".into());
    case("choices[0].purpose", &|bad| {
        bad["choices"][0]["purpose"] = "service".into()
    });
    case("choices", &|bad| {
        drop(bad["choices"].as_array_mut().expect("choices").pop())
    });
    case("technologies.teapot", &|bad| {
        bad["technologies"]["teapot"] = "refused".into()
    });
    case("occurred_at", &|bad| {
        bad["occurred_at"] = "yesterday".into()
    });
    case("extra", &|bad| bad["extra"] = 1.into());

    let at = notice["purposes"].as_array().expect("purposes").iter();
    let asked = at.filter(|purpose| purpose["basis"] != "none");
    let separate = asked
        .clone()
        .position(|purpose| purpose["basis"] == "separate");
    let separate = separate.expect("a separate consent");
    case(&format!("choices[{separate}].separate"), &|bad| {
        bad["choices"][separate]["state"] = "granted".into();
    });
    assert_eq!(history(&server).len(), 0, "nothing of it was kept");
}

#[test]
fn every_no_is_a_problem_document() {
    let (_site, server, notice) = start();
    let bearer = PERSON.bearer();
    problem(&server.get("/nothing", None), 404);
    problem(&server.get("/v1/nothing", None), 404);
    problem(&server.get("/v1/sites/other/notice", None), 404);
    problem(&server.get("/v1/policies/youtu/1999.01", None), 404);
    problem(&server.get("/sites/youtu/site.key", None), 404);
    problem(&server.get("/sites/youtu/..%2Fsite.key", None), 404);
    problem(&server.get("/v1/consents", None), 405);
    problem(&server.submit(Some(&bearer), "{"), 422);
    problem(&server.submit(Some(&bearer), ""), 422);
    problem(&server.submit(Some(&bearer), "[]"), 422);
    let client = Client::new();
    let url = server.url("/v1/consents");
    problem(&client.send("DELETE", &url, &[], ()), 405);
    // The longer one is still being sent when the server has seen enough: it must read the answer.
    for bytes in [256 * 1024 + 1, 1024 * 1024] {
        problem(&server.submit(Some(&bearer), &" ".repeat(bytes)), 413);
    }
    let headers = [
        ("authorization", format!("Bearer {bearer}")),
        ("origin", "https://elsewhere.example".to_owned()),
    ];
    let sent = record(&notice, &PERSON, 1).to_string();
    problem(&client.send("POST", &url, &headers, &sent), 403);
    assert_eq!(history(&server).len(), 0);
    // The same from a page of loopback, which the settings admit, is taken.
    let headers = [
        headers[0].clone(),
        ("origin", "http://localhost:3000".to_owned()),
    ];
    let taken = client.send("POST", &url, &headers, &sent);
    assert_eq!(taken.status, 201, "{}", taken.text());
}

#[test]
fn what_was_answered_survives_a_power_cut() {
    let site = Site::sample();
    let store = TempDir::new().unwrap();
    let store = store.path().join("ledger.sqlite");
    let server = Server::with_store(&site.settings(), &sqlite(&store));
    let notice = server.json(&format!("/v1/sites/{SITE}/notice"));
    let first = submit(&server, &record(&notice, &PERSON, 1));
    assert_eq!(first.status, 201, "{}", first.text());
    server.kill();

    let server = Server::with_store(&site.settings(), &sqlite(&store));
    let kept = history(&server);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0], first.json()["receipts"][0]);
    let again = submit(&server, &record(&notice, &PERSON, 1));
    assert_eq!(again.status, 200);
    assert_eq!(again.body, first.body, "the same key, the same receipt");
    assert!(
        server.stop().success(),
        "it stops in good order when told to"
    );
}
