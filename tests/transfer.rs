//! A ledger on its way: out of one store, through a pipe, into another, and verified.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use zhiqing_consent::Secret;
use zhiqing_postgres_cluster::Cluster;
use zhiqing_tests::command::Outcome;
use zhiqing_tests::record::{id, record};
use zhiqing_tests::server::sqlite;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Server, Site, zhiqing};

const PERSON: Secret = Secret::new([7; 32]);

/// A key of nobody's here.
const OTHER_KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/// Serves the site from a store, and keeps records with these numbers; gives the history.
fn keep(site: &Site, store: &str, numbers: impl IntoIterator<Item = u8>) -> Vec<Value> {
    let server = Server::with_store(&site.settings(), store);
    let notice = server.json(&format!("/v1/sites/{SITE}/notice"));
    for number in numbers {
        let record = record(&notice, &PERSON, number);
        let answer = server.submit(Some(&PERSON.bearer()), &record.to_string());
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    let history = server.history(SITE, &PERSON.bearer());
    assert!(server.stop().success());
    history
}

/// `zhiqing export --store FROM | zhiqing import --store TO`, as it stands in the documents.
fn piped(from: &str, to: &str) -> Value {
    let bin = std::env::var_os("ZHIQING_BIN").expect("ZHIQING_BIN names the command");
    let line = "set -e; \"$1\" export --store \"$2\" | \"$1\" import --store \"$3\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", line, "sh"]).arg(bin).args([from, to]);
    let output = shell.output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn export(store: &str) -> Outcome {
    zhiqing(["export", "--store", store])
}

fn verify(key: &str, file: &Path) -> Outcome {
    zhiqing(["verify", "--key", key, file.to_str().expect("UTF-8")])
}

#[test]
fn a_ledger_moves_to_postgres_and_back() {
    let site = Site::sample();
    let cluster = Cluster::start().expect("PostgreSQL");
    cluster.create_database("ledger").expect("a database");
    let (first, second, third) = (
        sqlite(&site.folder().join("first.sqlite")),
        cluster.url("ledger"),
        sqlite(&site.folder().join("third.sqlite")),
    );
    let told = |records: u8, new: u8| json!({ "sites": [{ "site": SITE, "records": records, "new": new }] });

    let before = keep(&site, &first, 1..=3);
    assert_eq!(piped(&first, &second), told(3, 3));
    assert_eq!(piped(&first, &second), told(3, 0), "nothing twice");
    let after = keep(&site, &second, [4]);
    assert_eq!(after[..3], before);
    assert_eq!(after[3]["record"]["id"], id(4));
    assert_eq!(piped(&second, &third), told(4, 4));
    assert_eq!(keep(&site, &third, [])[..], after);
    // The first has gone no further: what it lacks is known, and brought.
    assert_eq!(piped(&third, &first), told(4, 1));
    assert_eq!(keep(&site, &first, []), after);
}

#[test]
fn an_export_verifies_with_the_sites_key_alone() {
    let site = Site::sample();
    let store = sqlite(&site.folder().join("ledger.sqlite"));
    keep(&site, &store, 1..=3);
    let file = site.folder().join("export.jsonl");
    let written = export(&store).stdout;
    fs::write(&file, &written).expect("a file");
    let (settings, public) = (site.settings(), site.public_key());
    let settings = settings.to_str().expect("UTF-8");

    for key in [
        settings,
        &public,
        &format!("{}", site.folder().join("site.pub").display()),
    ] {
        let good = verify(key, &file);
        assert_eq!(good.code, 0, "{good:?}");
        let told = &good.json()["exports"][0];
        assert_eq!(told["records"], 3);
        assert_eq!(
            told["sites"],
            json!([{ "site": SITE, "notices": 1, "records": 3 }])
        );
    }
    // Of two keys one fits.
    let both = zhiqing([
        "verify".as_ref(),
        "--key".as_ref(),
        OTHER_KEY.as_ref(),
        "--key".as_ref(),
        settings.as_ref(),
        file.as_os_str(),
    ]);
    assert_eq!(both.code, 0, "{both:?}");
    let other = verify(OTHER_KEY, &file);
    assert_eq!(
        (other.code, &other.json()["exports"][0]["found"]),
        (1, &json!(3))
    );

    let bad = |altered: String, told: &str| {
        fs::write(&file, altered).expect("a file");
        let found = verify(&public, &file);
        assert_eq!(found.code, 1, "{found:?}");
        assert!(found.stderr.contains(told), "{told} in {}", found.stderr);
        assert_eq!(found.json()["exports"][0]["good"], false);
    };
    bad(
        written.replacen("\"shown_ms\":1200", "\"shown_ms\":1201", 1),
        "line 3: altered, or signed with another key",
    );
    let lines: Vec<&str> = written.lines().collect();
    bad(
        lines[..lines.len() - 1].join("\n"),
        "line 6: the export ends here, after 3 of 3 records",
    );
    bad(
        [&lines[..3], &lines[4..]].concat().join("\n") + "\n",
        "line 4: record 2, where record 1",
    );
}

#[test]
fn the_store_of_a_configured_server_is_exported() {
    let site = Site::sample();
    let folder = site.folder();
    keep(&site, &sqlite(&folder.join("ledger.sqlite")), [1]);
    let configuration = folder.join("zhiqing.toml");
    // Beside the file, wherever the command runs.
    fs::write(&configuration, "store = \"sqlite:ledger.sqlite\"\n").expect("a file");
    let exported = zhiqing(["export", "--config", configuration.to_str().expect("UTF-8")]);
    assert_eq!(exported.code, 0, "{exported:?}");
    assert!(exported.stdout.contains(&id(1)), "{exported:?}");
}

#[test]
fn what_cannot_be_exported_or_imported_is_said() {
    let site = Site::sample();
    let folder = site.folder();
    let missing = folder.join("missing.sqlite");
    let refused = export(&sqlite(&missing));
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(
        refused.stderr.contains("there is no database file"),
        "{refused:?}"
    );
    assert!(!missing.exists(), "nothing is made by a look");

    let into = sqlite(&folder.join("into.sqlite"));
    let policy = folder.join("policy.txt");
    let refused = zhiqing(["import", "--store", &into, policy.to_str().expect("UTF-8")]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(
        refused
            .stderr
            .contains("policy.txt: line 1: this is no export"),
        "{refused:?}"
    );
    assert_eq!(refused.stdout, "");

    // Its password is told to nobody.
    let refused = export("postgres://zhiqing:secret@127.0.0.1:1/ledger");
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(
        refused
            .stderr
            .contains("postgres://zhiqing@127.0.0.1:1/ledger"),
        "{refused:?}"
    );
    assert!(!refused.stderr.contains("secret"), "{refused:?}");
}
