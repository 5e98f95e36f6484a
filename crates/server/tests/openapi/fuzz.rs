//! Thousands of requests, each answer held against the document.

use crate::app::TestApp;
use crate::description::{Description, send};
use crate::request::{Drawn, decoded, requests};
use crate::wire::{self, Answer};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Unless `ZHIQING_SEED` says another.
const SEED: u64 = 20_261_121;

fn runner(cases: u32) -> TestRunner {
    let seed: u64 =
        std::env::var("ZHIQING_SEED").map_or(SEED, |text| text.parse().expect("a number"));
    println!("seed {seed}, {cases} requests");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// Judges an answer, and whether what is wrong by the schema was refused.
fn check(description: &Description, drawn: &Drawn, answer: &Answer) -> Result<(), TestCaseError> {
    let Drawn { path, request, .. } = drawn;
    let fail = |why: String| {
        let got = String::from_utf8_lossy(&answer.body);
        TestCaseError::fail(format!("{path}: {why}\n{} {got:.1000}", answer.status))
    };
    description.judge(path, request, answer).map_err(fail)?;
    let is_taken = matches!(answer.status, 200..=299 | 303);
    if (is_taken || answer.status == 304) && !drawn.is_allowed {
        return Err(fail(
            "an address is wrong by its schema, and is there".into(),
        ));
    }
    if is_taken && request.method == "POST" {
        let values =
            |name: &'static str| request.headers.iter().filter(move |(own, _)| own == name);
        let media = values("Content-Type")
            .next()
            .map(|(_, value)| String::from_utf8_lossy(value).into_owned());
        let media = media.unwrap_or_default();
        let body = match path.as_str() {
            "/v1/form" => decoded(&request.body),
            _ => serde_json::from_slice(&request.body).unwrap_or(Value::Null),
        };
        if !description.takes(path, "post", &media, &body) {
            return Err(fail(format!(
                "{media} {body:.1000} is wrong by its schema, and was taken"
            )));
        }
        if path == "/v1/consents" && values("Authorization").next().is_none() {
            return Err(fail("nobody's record was taken".into()));
        }
    }
    Ok(())
}

/// How often each operation was answered with each status.
type Seen = RefCell<BTreeMap<(String, String, u16), u32>>;

fn count(seen: &Seen, drawn: &Drawn, answer: &Answer) {
    let key = (
        drawn.request.method.clone(),
        drawn.path.clone(),
        answer.status,
    );
    *seen.borrow_mut().entry(key).or_default() += 1;
}

fn assert_seen(seen: &Seen, method: &str, path: &str, statuses: &[u16]) {
    for status in statuses {
        let key = (method.to_owned(), path.to_owned(), *status);
        assert!(seen.borrow().contains_key(&key), "{key:?} in {seen:?}");
    }
}

#[test]
fn whatever_is_asked_the_answer_is_described() {
    let runtime = Runtime::new().expect("a runtime");
    let app = TestApp::new();
    let description = runtime.block_on(Description::of(&app));
    let seen = Seen::default();
    let result = runner(3_000).run(&requests(&description, &app), |drawn| {
        let answer = runtime.block_on(send(&app, &drawn.request));
        count(&seen, &drawn, &answer);
        check(&description, &drawn, &answer)
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    for ((method, path, status), count) in seen.borrow().iter() {
        println!("{method} {path} {status}: {count}");
    }
    // It comes far: what is described is also met.
    assert_seen(
        &seen,
        "POST",
        "/v1/consents",
        &[200, 201, 401, 403, 409, 413, 415, 422],
    );
    assert_seen(
        &seen,
        "GET",
        "/v1/consents/{subject}",
        &[200, 401, 403, 404],
    );
    assert_seen(
        &seen,
        "GET",
        "/v1/sites/{site}/notice",
        &[200, 304, 403, 404],
    );
    assert_seen(
        &seen,
        "GET",
        "/v1/policies/{site}/{version}",
        &[200, 403, 404],
    );
    assert_seen(&seen, "GET", "/v1/form", &[200, 404]);
    assert_seen(&seen, "POST", "/v1/form", &[303, 403, 404, 409, 415, 422]);
    assert_seen(&seen, "DELETE", "/v1/consents", &[405]);
}

#[test]
fn over_a_socket_it_is_the_same() {
    let runtime = Runtime::new().expect("a runtime");
    let app = TestApp::new();
    let description = runtime.block_on(Description::of(&app));
    let listener = runtime
        .block_on(TcpListener::bind("127.0.0.1:0"))
        .expect("a port");
    let address = listener.local_addr().expect("its address");
    let router = app.router.clone();
    let serving = runtime.spawn(zhiqing_server::serve(
        listener,
        router,
        std::future::pending(),
    ));
    let result = runner(400).run(&requests(&description, &app), |drawn| {
        let answers = runtime.block_on(wire::talk(address, &drawn.request.bytes()));
        match &answers[..] {
            [answer] => check(&description, &drawn, answer),
            answers => Err(TestCaseError::fail(format!("one answer, not {answers:?}"))),
        }
    });
    assert!(!serving.is_finished(), "it still serves");
    serving.abort();
    if let Err(error) = result {
        panic!("{error}");
    }
}
