//! The systemd unit, as far as it can be tried where systemd does not run.

use crate::{House, os, repository};
use std::fs;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;
use tempfile::TempDir;
use zhiqing_tests::{Server, zhiqing};

const UNIT: &str = "deploy/zhiqing.service";

/// How open a service of ours may be, in tenths, as systemd weighs it: it was 10 when this was written.
const EXPOSURE: &str = "12";

/// The unit with a program that is there: systemd looks for it.
fn unit(folder: &Path, more: &str) -> PathBuf {
    let program = std::env::var("ZHIQING_BIN").expect("cargo xtask test names it");
    let text = repository(UNIT);
    let starts = "ExecStart=/usr/local/bin/zhiqing ";
    assert_eq!(text.matches(starts).count(), 1);
    let text = text.replace(starts, &format!("ExecStart={program} "));
    let path = folder.join("zhiqing.service");
    fs::write(
        &path,
        text.replace("[Install]", &format!("{more}\n[Install]")),
    )
    .expect("a file");
    path
}

/// `systemd-analyze`, or `None` with a line that says so where there is none.
fn analyze(arguments: &[&str], unit: &Path) -> Option<Output> {
    let mut command = Command::new("systemd-analyze");
    match command.args(arguments).arg(unit).output() {
        Ok(output) => Some(output),
        Err(error) => {
            eprintln!("NOT TRIED: systemd-analyze is not here ({error})");
            None
        }
    }
}

#[test]
fn systemd_reads_the_unit_and_finds_nothing_wrong() {
    let folder = TempDir::new().expect("a temporary folder");
    // As it is, and with what is only shown.
    let shown: Vec<_> = ["#LoadCredential=", "#Environment="]
        .iter()
        .map(|start| {
            let text = repository(UNIT);
            let line = text.lines().find(|line| line.starts_with(start));
            line.unwrap_or_else(|| panic!("no {start}"))[1..].to_owned()
        })
        .collect();
    for more in [String::new(), shown.join("\n")] {
        let unit = unit(folder.path(), &more);
        let Some(output) = analyze(&["verify"], &unit) else {
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        // Of a key that it does not know it only warns.
        let ours: Vec<_> = said
            .lines()
            .filter(|line| line.contains("zhiqing"))
            .collect();
        assert_eq!(ours, [""; 0], "{more}");
    }
}

#[test]
fn the_service_is_open_to_what_it_needs_alone() {
    let folder = TempDir::new().expect("a temporary folder");
    let unit = unit(folder.path(), "");
    let threshold = format!("--threshold={EXPOSURE}");
    let arguments = ["security", "--offline=true", "--no-pager", &threshold];
    let Some(output) = analyze(&arguments, &unit) else {
        return;
    };
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    let refused: Vec<_> = table.lines().filter(|line| line.starts_with('✗')).collect();
    assert!(output.status.success(), "{refused:#?}");
}

/// The number behind `key=` in the unit.
fn number(key: &str) -> u64 {
    let text = repository(UNIT);
    let start = format!("{key}=");
    let value = text.lines().find_map(|line| line.strip_prefix(&start));
    let value = value.unwrap_or_else(|| panic!("no {key}"));
    let digits = value.trim_end_matches('s');
    digits.parse().unwrap_or_else(|_| panic!("{key}={value}"))
}

#[test]
fn the_unit_leaves_the_server_the_time_and_the_files_that_it_needs() {
    // What serve.rs and the store take to stop, and two descriptors for each connection.
    assert!(number("TimeoutStopSec") > 30 + 10);
    assert!(number("LimitNOFILE") > 2 * 4096);
}

#[test]
fn a_service_manager_hears_of_the_start_and_of_the_end() {
    let house = House::of(&["shop"], "store = \"sqlite::memory:\"");
    let path = house.path("notify");
    let manager = UnixDatagram::bind(&path).expect("a socket");
    manager
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a limit");
    let heard = || {
        let mut buffer = [0; 256];
        let length = manager.recv(&mut buffer).expect("a message in time");
        String::from_utf8_lossy(&buffer[..length]).trim().to_owned()
    };
    let file = house.file();
    let environment = [("ZHIQING_CONFIG", os(&file)), ("NOTIFY_SOCKET", os(&path))];
    let server = Server::configured(&environment);
    assert_eq!(heard(), "READY=1");
    let health = zhiqing(["health", &server.url("/healthz")]);
    assert_eq!(health.code, 0, "{health:?}");
    // Without an address, the one that the server would listen on.
    let asked = house.path("asked.toml");
    let listen = server.url("").replace("http://", "");
    fs::write(&asked, format!("listen = {listen:?}")).expect("a file");
    let health = zhiqing(["health".as_ref(), "--config".as_ref(), os(&asked)]);
    assert_eq!(health.code, 0, "{health:?}");
    let unknown = zhiqing(["health", &server.url("/nothing")]);
    assert_eq!(unknown.code, 1, "{unknown:?}");
    assert!(unknown.stderr.contains("404"), "{unknown:?}");
    let url = server.url("/healthz");
    assert!(server.stop().success());
    assert_eq!(heard(), "STOPPING=1");
    let gone = zhiqing(["health", &url]);
    assert_eq!(gone.code, 1, "{gone:?}");
    assert!(gone.stderr.contains(&url), "{gone:?}");
}

#[test]
fn what_keeps_the_server_from_starting_is_not_told_as_a_start() {
    let house = House::of(&["shop"], "store = \"sqlite::memory:\"\nconnections = 0");
    let path = house.path("notify");
    let manager = UnixDatagram::bind(&path).expect("a socket");
    manager.set_nonblocking(true).expect("a socket");
    let mut command = Command::new(std::env::var_os("ZHIQING_BIN").expect("the command"));
    command.arg("serve").env("ZHIQING_CONFIG", house.file());
    let ended = zhiqing_tests::command::ended(command.env("NOTIFY_SOCKET", &path));
    assert_eq!(ended.code, 2, "{ended:?}");
    let place = format!("{}:3: connections: ", house.file().display());
    assert!(ended.stderr.contains(&place), "{ended:?}");
    assert!(
        manager.recv(&mut [0; 16]).is_err(),
        "it said that it is ready"
    );
}

#[test]
fn the_address_of_the_store_is_in_a_file_of_its_own() {
    let house = House::of(
        &["shop"],
        "store = \"postgres://nobody@127.0.0.1:1/nothing\"",
    );
    let secret = house.path("secret");
    let kept = house.path("kept.sqlite");
    fs::write(&secret, format!("sqlite:{}\n", kept.display())).expect("a file");
    let file = house.file();
    let environment = [
        ("ZHIQING_CONFIG", os(&file)),
        ("ZHIQING_STORE_FILE", os(&secret)),
    ];
    let server = Server::configured(&environment);
    assert_eq!(server.get("/readyz", None).status, 200);
    assert!(kept.is_file());
}

/// An address that is no store's, or nobody's: what is told names the place, and not the password.
#[track_caller]
fn untold(address: &str) {
    let house = House::of(&["shop"], "");
    let mut command = Command::new(std::env::var_os("ZHIQING_BIN").expect("the command"));
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    command.env("ZHIQING_CONFIG", house.file());
    let ended = zhiqing_tests::command::ended(command.env("ZHIQING_STORE", address));
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(
        ended.stderr.contains("zhiqing: ZHIQING_STORE: "),
        "{ended:?}"
    );
    assert!(!ended.stderr.contains("geheim"), "{ended:?}");
}

#[test]
fn a_password_in_the_address_is_never_told() {
    untold("mysql://somebody:geheim@127.0.0.1/d");
    untold("postgres//somebody:geheim@127.0.0.1/d");
    untold("postgres://somebody:geheim@127.0.0.1:1/d");
    untold("postgres://somebody:geheim@127.0.0.1:x/d");
    untold("postgres://somebody:geheim@127.0.0.1/d?sslmode=no");
}
