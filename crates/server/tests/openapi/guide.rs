//! docs/api.md: its examples are run, and its table is that of the document.

use crate::app::{TestApp, person};
use crate::description::{Description, send};
use crate::wire::Request;
use serde_json::Value;
use std::collections::BTreeSet;

const GUIDE: &str = include_str!("../../../../docs/api.md");

/// The fenced blocks: their language and their text.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let fenced = GUIDE.split("```").skip(1).step_by(2);
    fenced.filter_map(|block| block.split_once('\n')).collect()
}

/// The words of a line as a shell has them: blanks part them, but not within quotes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut is_quoted) = (vec![String::new()], false);
    for char in line.chars() {
        match char {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            char => words.last_mut().expect("a word").push(char),
        }
    }
    words
}

/// The request that curl would make of such a line. What it does not know, it refuses.
fn request(line: &str, record: &str) -> Request {
    let line = line
        .replace("$API", "")
        .replace("$TOKEN", &person().bearer());
    let line = line.replace("$SUBJECT", &person().subject("demo"));
    let mut words = words(&line).into_iter();
    assert_eq!(words.next().as_deref(), Some("curl"));
    let mut request = Request::new("GET", "");
    while let Some(word) = words.next() {
        match word.as_str() {
            "-i" => {}
            "-H" => {
                let header = words.next().expect("a header");
                let (name, value) = header.split_once(": ").expect("a value");
                request = request.header(name, value);
            }
            "-d" | "--data-binary" => {
                let data = words.next().expect("data");
                request.method = "POST".into();
                request = request.body(if data == "@record.json" {
                    record.to_owned()
                } else {
                    data
                });
            }
            target => {
                assert!(target.starts_with('/'), "{target}");
                request.target = target.to_owned();
            }
        }
    }
    request
}

/// The record of the guide, with what it leaves to the notice.
fn record(app: &TestApp) -> String {
    let (_, text) = blocks()
        .into_iter()
        .find(|(kind, _)| *kind == "json")
        .expect("a record");
    let mut record: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(record["policy"]["version"], app.notice.policy.version);
    record["policy"]["digest"] = app.notice.policy.digest.as_str().into();
    record["notice"]["digest"] = app.notice.digest.as_str().into();
    record.to_string()
}

#[tokio::test]
async fn the_examples_are_answered_as_they_say() {
    let app = TestApp::new();
    let record = record(&app);
    let mut ran = 0;
    for pair in blocks().windows(2) {
        let [("sh", lines), ("http", told)] = pair else {
            continue;
        };
        let mut told = told.lines();
        let status = told.next().and_then(|line| line.strip_prefix("HTTP/1.1 "));
        let status: u16 = status.expect("a status").parse().expect("a number");
        let told: Vec<&str> = told.collect();
        for line in lines.lines() {
            let answer = send(&app, &request(line, &record)).await;
            assert_eq!(answer.status, status, "{line}: {answer:?}");
            for header in &told {
                let (name, value) = header.split_once(": ").expect("a header");
                let start = value.split('…').next().unwrap_or_default();
                assert!(answer.header(name).starts_with(start), "{line}: {header}");
            }
            ran += 1;
        }
    }
    assert_eq!(ran, 7);
}

#[test]
fn who_decides_is_the_person_of_the_examples() {
    assert!(GUIDE.contains(&format!("TOKEN={}\n", person().bearer())));
    assert!(GUIDE.contains(&format!("SUBJECT={}\n", person().subject("demo"))));
}

#[tokio::test]
async fn every_problem_is_in_the_table_and_no_other() {
    let description = Description::of(&TestApp::new()).await;
    let responses = description.document["components"]["responses"].as_object();
    let mut problems = BTreeSet::new();
    for response in responses.expect("responses").values() {
        let content = &response["content"]["application/problem+json"]["schema"]["properties"];
        let Some(status) = content["status"]["enum"][0].as_u64() else {
            continue;
        };
        for kind in content["type"]["enum"].as_array().expect("types") {
            let name = kind.as_str().and_then(|kind| kind.rsplit(':').next());
            problems.insert((status, format!("`{}`", name.expect("a name"))));
        }
    }
    let rows = GUIDE.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split('|').map(str::trim);
        let status = cells.next()?.parse().ok()?;
        Some((status, cells.next()?.to_owned()))
    });
    assert_eq!(rows.collect::<BTreeSet<(u64, String)>>(), problems);
}
