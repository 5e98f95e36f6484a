//! Backups as docs/server.md has them: made, brought to another machine, and served from there.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use zhiqing_consent::Secret;
use zhiqing_postgres_cluster::Cluster;
use zhiqing_tests::record::{id, record};
use zhiqing_tests::server::sqlite;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Answer, Server, Site, zhiqing};

const PERSON: Secret = Secret::new([7; 32]);

fn send(server: &Server, number: u8) -> Answer {
    let notice = server.json(&format!("/v1/sites/{SITE}/notice"));
    let record = record(&notice, &PERSON, number);
    server.submit(Some(&PERSON.bearer()), &record.to_string())
}

fn keep(server: &Server, numbers: impl IntoIterator<Item = u8>) {
    for number in numbers {
        let answer = send(server, number);
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
}

fn history(server: &Server) -> Vec<Value> {
    server.history(SITE, &PERSON.bearer())
}

/// Another machine, to which settings, texts and keys of a site were brought, and nothing else.
fn moved(site: &Site) -> TempDir {
    let machine = TempDir::new().expect("a folder");
    for entry in fs::read_dir(site.folder()).expect("the site") {
        let file = entry.expect("an entry").path();
        let name = file.file_name().expect("a name").to_owned();
        let is_store = name.to_string_lossy().contains("sqlite");
        if file.is_file() && !is_store {
            fs::copy(&file, machine.path().join(name)).expect("a copy");
        }
    }
    machine
}

/// The first three are there with the receipts that were given out, and the ledger goes on.
#[track_caller]
fn goes_on(settings: &Path, store: &str, before: &[Value]) {
    let server = Server::with_store(settings, store);
    assert_eq!(history(&server), before);
    assert_eq!(send(&server, 2).status, 200, "sent again, known again");
    keep(&server, [9]);
    let after = history(&server);
    assert_eq!(after[..before.len()], *before);
    assert_eq!(after[before.len()]["record"]["id"], id(9));
    let receipts = serde_json::to_vec(&after).expect("JSON");
    assert!(server.stop().success());
    // The new receipts are of the same key as the old ones.
    let file = settings.with_file_name("receipts.json");
    fs::write(&file, receipts).expect("a file");
    let verified = zhiqing([
        "verify".as_ref(),
        "--key".as_ref(),
        settings.as_os_str(),
        file.as_os_str(),
    ]);
    assert_eq!(verified.code, 0, "{verified:?}");
}

#[test]
fn an_export_of_a_running_server_restores_it_elsewhere() {
    let site = Site::sample();
    let store = sqlite(&site.folder().join("zhiqing.sqlite"));
    let server = Server::with_store(&site.settings(), &store);
    keep(&server, 1..=3);
    let before = history(&server);
    let backup = zhiqing(["export", "--store", &store]);
    assert_eq!(backup.code, 0, "{backup:?}");
    // What comes after the backup is lost with the disk.
    keep(&server, [4]);
    server.kill();

    let machine = moved(&site);
    let file = machine.path().join("backup.jsonl");
    fs::write(&file, backup.stdout).expect("a file");
    let store = sqlite(&machine.path().join("zhiqing.sqlite"));
    let restored = zhiqing(["import", "--store", &store, file.to_str().expect("UTF-8")]);
    assert_eq!(restored.code, 0, "{restored:?}");
    goes_on(&machine.path().join("site.toml"), &store, &before);
}

#[test]
fn the_file_of_a_stopped_server_is_a_backup() {
    let site = Site::sample();
    let file = site.folder().join("zhiqing.sqlite");
    let server = Server::with_store(&site.settings(), &sqlite(&file));
    keep(&server, 1..=3);
    let before = history(&server);
    assert!(server.stop().success());

    let machine = moved(&site);
    let copy = machine.path().join("zhiqing.sqlite");
    fs::copy(&file, &copy).expect("a copy");
    goes_on(&machine.path().join("site.toml"), &sqlite(&copy), &before);
}

#[test]
fn what_pg_dump_wrote_is_a_backup() {
    let site = Site::sample();
    let cluster = Cluster::start().expect("PostgreSQL");
    for name in ["ledger", "restored"] {
        cluster.create_database(name).expect("a database");
    }
    let (ledger, restored) = (cluster.url("ledger"), cluster.url("restored"));
    let server = Server::with_store(&site.settings(), &ledger);
    keep(&server, 1..=3);
    let before = history(&server);
    // While the server runs.
    let dump = Command::new("pg_dump").arg(&ledger).output();
    let dump = dump.expect("pg_dump");
    assert!(
        dump.status.success(),
        "{}",
        String::from_utf8_lossy(&dump.stderr)
    );
    server.kill();

    let machine = moved(&site);
    let file = machine.path().join("dump.sql");
    fs::write(&file, dump.stdout).expect("a file");
    let read = Command::new("psql")
        .args(["--quiet", "--set", "ON_ERROR_STOP=1", "--file"])
        .arg(&file)
        .arg(&restored)
        .stdout(Stdio::null())
        .output();
    let read = read.expect("psql");
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    goes_on(&machine.path().join("site.toml"), &restored, &before);
}
