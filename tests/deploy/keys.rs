//! Several sites on one server, each with its own key, wherever the keys are.

use crate::{House, os};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use zhiqing_consent::Secret;
use zhiqing_tests::command::{Outcome, ended};
use zhiqing_tests::record::record;
use zhiqing_tests::{Server, zhiqing};

const PERSON: Secret = Secret::new([7; 32]);

/// The public key of some other secret (RFC 8032, 7.1, test 1).
const ANOTHER: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\n";

/// Wrong use, or what cannot be read or written.
const REFUSED: i32 = 2;

/// The receipt of the `n`th record, which is of `site`, kept in a file of this folder.
fn receipt(server: &Server, site: &str, n: u8, folder: &Path) -> std::path::PathBuf {
    let notice = server.json(&format!("/v1/sites/{site}/notice"));
    let sent = record(&notice, &PERSON, n);
    let answer = server.submit(Some(&PERSON.bearer()), &sent.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
    let file = folder.join(format!("{site}.receipts.json"));
    fs::write(&file, &answer.body).expect("a file");
    file
}

/// Whether `verify` calls the receipts good with this key.
fn verifies(receipts: &Path, key: &Path) -> bool {
    let arguments = ["verify".as_ref(), "--key".as_ref(), os(key), os(receipts)];
    let outcome = zhiqing(arguments);
    let good = outcome.json()["receipts"][0]["good"] == Value::Bool(true);
    assert_eq!(outcome.code, i32::from(!good), "{outcome:?}");
    good
}

#[test]
fn each_site_of_a_server_signs_with_its_own_key() {
    let house = House::of(
        &["shop", "travel"],
        "keys = \"keys\"\nstore = \"sqlite:kept/zhiqing.sqlite\"\nlog = \"warn\"",
    );
    let file = house.file();
    let server = Server::configured(&[("ZHIQING_CONFIG", os(&file))]);
    let shop = receipt(&server, "shop", 1, house.folder.path());
    let travel = receipt(&server, "travel", 2, house.folder.path());
    for id in ["shop", "travel"] {
        let key = fs::read_to_string(house.path(&format!("keys/{id}.pub"))).expect("a key");
        let expected = json!({ "site": id, "algorithm": "Ed25519", "key": key.trim() });
        assert_eq!(server.json(&format!("/v1/sites/{id}/key")), expected);
        assert!(!house.path(&format!("{id}/site.key")).exists());
        let secret = fs::metadata(house.path(&format!("keys/{id}.key"))).expect("a key");
        assert_eq!(secret.permissions().mode() & 0o777, 0o600);
    }
    let folder = fs::metadata(house.path("keys")).expect("the folder");
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    let [shops, travels] = ["shop", "travel"].map(|id| house.path(&format!("keys/{id}.pub")));
    assert!(verifies(&shop, &shops));
    assert!(verifies(&travel, &travels));
    assert!(!verifies(&shop, &travels), "another site's key");
    assert!(!verifies(&travel, &shops), "another site's key");
    assert!(house.path("kept/zhiqing.sqlite").is_file());

    // The keys stay what they are, wherever they are told from.
    assert!(server.stop().success());
    let sites = format!(
        "{},{}",
        house.path("travel/site.toml").display(),
        house.path("shop/site.toml").display()
    );
    let keys = house.path("keys");
    let store = format!("sqlite:{}", house.path("kept/zhiqing.sqlite").display());
    let server = Server::configured(&[
        ("ZHIQING_SITES", sites.as_ref()),
        ("ZHIQING_KEYS", os(&keys)),
        ("ZHIQING_STORE", store.as_ref()),
    ]);
    let kept = server.history("shop", &PERSON.bearer());
    assert_eq!(kept.len(), 1);
    let later = house.path("later.json");
    fs::write(&later, kept[0].to_string()).expect("a file");
    assert!(verifies(&later, &shops));
}

/// Runs `zhiqing serve` where nobody may write what may only be read: root may everything, unless that
/// capability is taken away.
fn serve_as_reader(house: &House) -> Outcome {
    let program = std::env::var_os("ZHIQING_BIN").expect("cargo xtask test names it");
    let is_root = Command::new("id").arg("-u").output();
    let is_root = is_root.expect("id").stdout == b"0\n";
    let mut command = Command::new(if is_root {
        "setpriv".as_ref()
    } else {
        program.as_os_str()
    });
    if is_root {
        command.arg("--bounding-set=-dac_override,-dac_read_search");
        command.arg(&program);
    }
    let store = format!("sqlite:{}", house.path("kept.sqlite").display());
    command.args(["serve", "--listen", "127.0.0.1:0", "--store", &store]);
    command.arg("--config").arg(house.file());
    ended(&mut command)
}

/// Takes away the right to write into a folder, for a while.
struct Closed<'a>(&'a Path);

impl<'a> Closed<'a> {
    fn new(path: &'a Path) -> Self {
        let closed = Self(path);
        closed.set(0o555);
        closed
    }

    fn set(&self, mode: u32) {
        fs::set_permissions(self.0, fs::Permissions::from_mode(mode)).expect("the folder is ours");
    }
}

impl Drop for Closed<'_> {
    fn drop(&mut self) {
        self.set(0o755);
    }
}

#[test]
fn settings_that_may_only_be_read_want_a_folder_for_keys() {
    let house = House::of(&["shop"], "");
    let shop = house.path("shop");
    let _closed = Closed::new(&shop);
    let refused = serve_as_reader(&house);
    assert_eq!(refused.code, REFUSED, "{refused:?}");
    for part in ["shop/site.key", "--keys DIR", "ZHIQING_KEYS"] {
        assert!(refused.stderr.contains(part), "{refused:?}");
    }
    assert!(!house.path("kept.sqlite").exists(), "nothing is begun");

    let keys = house.path("keys");
    let server = Server::configured(&[
        ("ZHIQING_CONFIG", os(&house.file())),
        ("ZHIQING_KEYS", os(&keys)),
        ("ZHIQING_STORE", "sqlite::memory:".as_ref()),
    ]);
    assert!(keys.join("shop.key").is_file());
    drop(server);
}

#[test]
fn a_key_beside_the_settings_is_not_replaced_by_a_new_one() {
    let house = House::of(&["shop"], "store = \"sqlite::memory:\"");
    let file = house.file();
    drop(Server::configured(&[("ZHIQING_CONFIG", os(&file))]));
    let keys = house.path("keys");
    let arguments = ["serve".as_ref(), "--config".as_ref(), os(&file)];
    let more = [
        "--keys".as_ref(),
        os(&keys),
        "--listen".as_ref(),
        "127.0.0.1:0".as_ref(),
    ];
    let refused = zhiqing(arguments.into_iter().chain(more));
    assert_eq!(refused.code, REFUSED, "{refused:?}");
    for part in ["shop/site.key", "keys/shop.key", "move"] {
        assert!(refused.stderr.contains(part), "{refused:?}");
    }
    assert!(!keys.exists(), "no other key is made");

    fs::create_dir(&keys).expect("a folder");
    for end in ["key", "pub"] {
        let from = house.path(&format!("shop/site.{end}"));
        fs::rename(from, keys.join(format!("shop.{end}"))).expect("it is moved");
    }
    let public = fs::read_to_string(keys.join("shop.pub")).expect("a key");
    let environment = [("ZHIQING_CONFIG", os(&file)), ("ZHIQING_KEYS", os(&keys))];
    let server = Server::configured(&environment);
    assert_eq!(server.json("/v1/sites/shop/key")["key"], public.trim());
}

#[test]
fn a_key_that_was_mounted_alone_is_used_and_told() {
    let house = House::of(&["shop"], "keys = \"keys\"\nstore = \"sqlite::memory:\"");
    let keys = house.path("keys");
    // Nobody can write a file there, root neither.
    fs::create_dir_all(keys.join("shop.pub")).expect("a folder");
    fs::write(keys.join("shop.key"), PERSON.bearer()).expect("a key");
    let file = house.file();
    let server = Server::configured(&[("ZHIQING_CONFIG", os(&file))]);
    let served = server.json("/v1/sites/shop/key")["key"].take();
    let served = served.as_str().expect("a key");
    let said = server.said();
    assert!(said.contains("shop.pub"), "{said}");
    assert!(said.contains(&format!("public key {served}")), "{said}");
}

#[test]
fn a_public_key_of_another_secret_is_not_left_standing() {
    let house = House::of(&["shop"], "keys = \"keys\"");
    let keys = house.path("keys");
    fs::create_dir_all(&keys).expect("a folder");
    fs::write(keys.join("shop.key"), PERSON.bearer()).expect("a key");
    let public = keys.join("shop.pub");
    fs::write(&public, ANOTHER).expect("a file");
    for mode in [0o644, 0o444] {
        fs::set_permissions(&public, fs::Permissions::from_mode(mode)).expect("it is ours");
        let refused = serve_as_reader(&house);
        assert_eq!(refused.code, REFUSED, "{refused:?}");
        assert!(
            refused.stderr.contains("shop.pub is another key's"),
            "{refused:?}"
        );
        assert_eq!(fs::read_to_string(&public).expect("the file"), ANOTHER);
    }
}

#[test]
fn a_public_key_whose_secret_is_gone_is_not_replaced() {
    let house = House::of(&["shop"], "keys = \"keys\"");
    let keys = house.path("keys");
    fs::create_dir_all(&keys).expect("a folder");
    let public = keys.join("shop.pub");
    fs::write(&public, ANOTHER).expect("a file");
    let refused = serve_as_reader(&house);
    assert_eq!(refused.code, REFUSED, "{refused:?}");
    for part in ["shop.key is not there", "backup", "keep"] {
        assert!(refused.stderr.contains(part), "{refused:?}");
    }
    assert!(!keys.join("shop.key").exists(), "no other key is made");
    assert_eq!(fs::read_to_string(&public).expect("the file"), ANOTHER);
}

#[test]
fn a_public_key_that_a_power_cut_left_half_written_is_written_again() {
    let house = House::of(&["shop"], "keys = \"keys\"\nstore = \"sqlite::memory:\"");
    let keys = house.path("keys");
    fs::create_dir_all(&keys).expect("a folder");
    fs::write(keys.join("shop.key"), PERSON.bearer()).expect("a key");
    fs::write(keys.join("shop.pub"), &ANOTHER[..20]).expect("a file");
    let file = house.file();
    let server = Server::configured(&[("ZHIQING_CONFIG", os(&file))]);
    let public = fs::read_to_string(keys.join("shop.pub")).expect("a key");
    assert_eq!(server.json("/v1/sites/shop/key")["key"], public.trim());
}
