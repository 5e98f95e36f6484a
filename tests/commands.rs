//! The command line: what it writes, what it refuses, and how it says so.

use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use tempfile::TempDir;
use zhiqing_consent::digest;
use zhiqing_tests::command::Outcome;
use zhiqing_tests::{Site, zhiqing, zhiqing_reading};

/// Wrong use, or input that cannot be read.
const UNREADABLE: i32 = 2;

/// Runs a command with the settings as its first argument.
fn with(command: &str, site: &Site, more: &[&OsStr]) -> Outcome {
    let settings = site.settings();
    let first = [command.as_ref(), settings.as_os_str()];
    zhiqing(first.iter().chain(more))
}

fn build(site: &Site, out: &Path) -> Outcome {
    with("build", site, &["--out".as_ref(), out.as_ref()])
}

/// One mistake in the settings: both commands that read them name file, line and field.
#[track_caller]
fn mistake(old: &str, new: &str, after: usize, field: &str) {
    let site = Site::sample();
    let line = site.edit(old, new) + after;
    let place = format!("{}:{line}: {field}: ", site.settings().display());
    let out = site.folder().join("built");
    let serving = ["--listen".as_ref(), "127.0.0.1:0".as_ref()];
    for refused in [build(&site, &out), with("serve", &site, &serving)] {
        assert_eq!(refused.code, UNREADABLE, "{refused:?}");
        assert!(
            refused.stderr.contains(&place),
            "{place:?} is not in {:?}",
            refused.stderr
        );
        assert_eq!(refused.stdout, "");
    }
    assert!(!out.exists(), "nothing is built from what is wrong");
    assert!(
        !site.folder().join("site.key").exists(),
        "no key is made for it"
    );
}

#[test]
fn a_mistake_in_the_settings_names_file_line_and_field() {
    //      instead of                     there stands                    lines on, field
    mistake("name = \"悠途\"\n", "nmae = \"悠途\"\n", 0, "site.nmae");
    mistake("mode = \"listed\"", "mode = \"lenient\"", 0, "site.mode");
    mistake(
        "vendor = \"百度统计\"\npurpose = \"analytics\"",
        "vendor = \"百度统计\"\npurpose = \"statistics\"",
        1,
        "tracker[0].purpose",
    );
    mistake(
        "file = \"policy.txt\"",
        "file = \"missing.txt\"",
        0,
        "policy.file",
    );
    mistake(
        "file = \"policy.txt\"",
        "file = \"site.toml.not\"",
        0,
        "policy.file",
    );
    mistake("id = \"overseas\"", "id = \"location\"", 0, "purpose[6].id");
    mistake(
        "match = \"hm.baidu.com/hm.js\"",
        "math = \"hm.baidu.com/hm.js\"",
        0,
        "tracker[0].uses[1].math",
    );
    mistake("age = 14", "age = \"fourteen\"", 0, "minors.age");
    mistake("[policy]", "[policy", 0, "TOML");
}

#[test]
fn settings_that_are_not_there_are_named() {
    let site = Site::sample();
    fs::remove_file(site.settings()).unwrap();
    let refused = build(&site, &site.folder().join("built"));
    assert_eq!(refused.code, UNREADABLE);
    let settings = site.settings().display().to_string();
    assert!(refused.stderr.contains(&settings), "{refused:?}");
}

#[test]
fn a_diff_tells_by_its_exit_code_whether_something_changed() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    };
    let text = "隐私政策\n一、保存\n订单信息的保存期限为三年。\n";
    let old = file("old.txt", text);
    let new = file("new.txt", &text.replace("三年", "五年"));
    let diff = |new: &Path, format: &str| {
        let arguments = [OsStr::new("diff"), old.as_os_str(), new.as_os_str()];
        zhiqing(
            arguments
                .iter()
                .copied()
                .chain(["--format", format].map(OsStr::new)),
        )
    };
    let same = diff(&old, "json");
    assert_eq!((same.code, same.stderr.as_str()), (0, ""));
    let same: Value = serde_json::from_str(&same.stdout).expect("JSON");
    assert_eq!(
        same,
        serde_json::json!({ "material": false, "changes": [] })
    );
    let changed = diff(&new, "json");
    assert_eq!((changed.code, changed.stderr.as_str()), (1, ""));
    let changed: Value = serde_json::from_str(&changed.stdout).expect("JSON");
    assert_eq!(changed["changes"][0]["kind"], "retention");
    assert_eq!(changed["changes"][0]["after"]["line"], 3);
    assert!(
        diff(&new, "text")
            .stdout
            .contains("保存期限为[-三-]{+五+}年")
    );
    assert!(
        diff(&new, "html")
            .stdout
            .starts_with("<!doctype html><html lang=\"zh-CN\">")
    );
    let missing = diff(&folder.path().join("none.txt"), "json");
    assert_eq!((missing.code, missing.stdout.as_str()), (UNREADABLE, ""));
    assert!(missing.stderr.contains("none.txt"), "{}", missing.stderr);
}

/// A file that is no policy: the commands that read one name it, and say why.
#[track_caller]
fn unreadable(content: Option<&[u8]>, why: &str) {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("policy.txt");
    if let Some(content) = content {
        fs::write(&file, content).expect("a file");
    }
    let out = folder.path().join("site.toml");
    let parse = zhiqing(["parse".as_ref(), file.as_os_str()]);
    let check = zhiqing(["check".as_ref(), file.as_os_str()]);
    let init = zhiqing([
        "init".as_ref(),
        file.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
    ]);
    for refused in [parse, check, init] {
        assert_eq!(refused.code, UNREADABLE, "{refused:?}");
        assert_eq!(refused.stdout, "");
        let name = file.display().to_string();
        let told = refused.stderr.contains(&name) && refused.stderr.contains(why);
        assert!(told, "{:?}", refused.stderr);
        assert!(!refused.stderr.contains("panicked"), "{:?}", refused.stderr);
    }
    assert!(!out.exists());
}

#[test]
fn what_is_no_policy_is_refused() {
    unreadable(None, "No such file");
    unreadable(Some(b""), "no text");
    unreadable(Some(b" \n\t\xe3\x80\x80\n"), "no text");
    unreadable(Some(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "is a picture (PNG)");
    unreadable(Some(b"%PDF-1.7\n"), "is a PDF document");
    let place = "byte 3 (line 1) does not belong to any character";
    unreadable(Some(b"\xe9\x9a\x90\xff\xff\xff"), place);
}

#[test]
fn a_policy_is_read_in_the_encodings_of_chinese() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("policy.txt");
    // 隐私 in GB 18030, and in UTF-16 with its mark.
    for bytes in [&b"\xd2\xfe\xcb\xbd"[..], b"\xff\xfe\x90\x96\xc1\x79"] {
        fs::write(&file, bytes).expect("a file");
        let arguments = ["parse", "--format", "text"].map(AsRef::as_ref);
        let read = zhiqing(arguments.into_iter().chain([file.as_os_str()]));
        assert_eq!((read.code, read.stdout.as_str()), (0, "隐私\n"), "{read:?}");
    }
}

#[test]
fn a_policy_is_read_from_standard_input() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("policy.txt");
    let parse = |content: &str| {
        fs::write(&file, content).expect("a file");
        zhiqing_reading(&file, ["parse", "-", "--format", "text"])
    };
    let read = parse("隐私政策\n");
    assert_eq!((read.code, read.stdout.as_str()), (0, "隐私政策\n"));
    let refused = parse("");
    assert_eq!(refused.code, UNREADABLE);
    assert!(refused.stderr.contains("standard input"), "{refused:?}");
}

/// Checks a policy: the exit code, and what is printed.
#[track_caller]
fn checked(policy: &str, more: &[&str]) -> Outcome {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("policy.txt");
    fs::write(&file, policy).expect("a file");
    let arguments = ["check".as_ref(), file.as_os_str()];
    zhiqing(arguments.into_iter().chain(more.iter().map(OsStr::new)))
}

#[test]
fn check_ends_with_1_where_something_is_found() {
    let policy = "一旦您登录，即视为您同意本政策。\n";
    let found = checked(policy, &["--format", "json"]);
    assert_eq!(found.code, 1, "{found:?}");
    let finding = &found.json()["findings"][0];
    assert_eq!(finding["rule"], "deemed-consent");
    assert_eq!(finding["line"], 1);
    let keys: BTreeSet<&str> = finding
        .as_object()
        .expect("a finding")
        .keys()
        .map(String::as_str)
        .collect();
    let contract = ["rule", "severity", "line", "message", "basis"];
    assert_eq!(keys, BTreeSet::from(contract));

    let told = checked(policy, &[]);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(
        told.stdout.starts_with("error[deemed-consent]: "),
        "{told:?}"
    );
    let told = checked(policy, &["--locale", "zh-CN"]);
    assert!(
        told.stdout.starts_with("错误[deemed-consent]: "),
        "{told:?}"
    );
    let log = checked(policy, &["--format", "sarif"]);
    assert_eq!((log.code, &log.json()["version"]), (1, &"2.1.0".into()));
}

#[test]
fn check_ends_with_0_where_nothing_is_found() {
    let site = Site::sample();
    let policy = site.folder().join("policy.txt");
    let good = zhiqing(["check".as_ref(), policy.as_os_str()]);
    assert_eq!(good.code, 0, "{good:?}");
    assert!(good.stdout.ends_with("nothing found\n"), "{good:?}");
    // What is no whole policy is said to be none.
    let part = checked("云杉会收集您的位置。\n", &[]);
    assert_eq!(part.code, 0, "{part:?}");
    assert!(part.stderr.contains("whole policy"), "{part:?}");
}

#[test]
fn check_explains_its_rules() {
    let told = zhiqing(["check", "--explain", "no-contact"]);
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.stdout.contains("PIPL 17"), "{told:?}");
    let refused = zhiqing(["check", "--explain", "no-contacts"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (UNREADABLE, ""));
    assert!(refused.stderr.contains("did you mean no-contact?"));
    for arguments in [
        &["check"][..],
        &["check", "policy.txt", "--explain", "no-contact"],
        &["check", "policy.txt", "--format", "xml"],
    ] {
        let refused = zhiqing(arguments);
        assert_eq!(refused.code, UNREADABLE, "{refused:?}");
    }
}

#[test]
fn a_port_that_is_taken_leaves_nothing_behind() {
    let site = Site::sample();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("its address").to_string();
    let files = || fs::read_dir(site.folder()).expect("the folder").count();
    let before = files();
    let settings = site.settings();
    let listen = ["--listen".as_ref(), address.as_ref()];
    let serve = ["serve".as_ref(), settings.as_os_str()];
    let refused = zhiqing(serve.into_iter().chain(listen));
    assert_eq!(refused.code, UNREADABLE, "{refused:?}");
    assert!(refused.stderr.contains(&address), "{refused:?}");
    assert_eq!(files(), before);
}

#[test]
fn wrong_use_ends_with_2_and_says_how() {
    for arguments in [
        &[][..],
        &["nonsense"],
        &["parse"],
        &["build", "site.toml"],
        &["serve"],
    ] {
        let refused = zhiqing(arguments);
        assert_eq!(refused.code, UNREADABLE, "{arguments:?}: {refused:?}");
        assert!(
            refused.stderr.contains("Usage"),
            "{arguments:?}: {refused:?}"
        );
        assert_eq!(refused.stdout, "");
    }
}

#[test]
fn init_never_overwrites() {
    let site = Site::sample();
    let policy = site.folder().join("policy.txt");
    let out = site.folder().join("mine.toml");
    let init = || {
        zhiqing([
            "init".as_ref(),
            policy.as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ])
    };
    fs::write(&out, "# a day's work\n").unwrap();
    let refused = init();
    assert_eq!(refused.code, UNREADABLE, "{refused:?}");
    assert!(refused.stderr.contains("mine.toml"), "{refused:?}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "# a day's work\n");

    fs::remove_file(&out).unwrap();
    let drafted = init();
    assert_eq!(drafted.code, 0, "{drafted:?}");
    let draft = fs::read_to_string(&out).unwrap();
    assert!(draft.matches("[[purpose]]").count() >= 3, "{draft}");
    assert!(
        draft.lines().any(|line| line.starts_with("# ")),
        "it is commented"
    );
    // It builds as it is.
    let built = site.folder().join("built");
    let built = zhiqing([
        "build".as_ref(),
        out.as_os_str(),
        "--out".as_ref(),
        built.as_os_str(),
    ]);
    assert_eq!(built.code, 0, "{built:?}");
}

#[test]
fn init_says_when_a_text_is_no_policy() {
    let folder = TempDir::new().unwrap();
    let (text, out) = (folder.path().join("a.txt"), folder.path().join("site.toml"));
    fs::write(&text, "天气预报\n明天晴，最高气温二十度。\n").unwrap();
    let drafted = zhiqing([
        "init".as_ref(),
        text.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
    ]);
    assert_eq!(drafted.code, 0, "{drafted:?}");
    assert!(
        drafted
            .stderr
            .contains("does not look like a privacy policy"),
        "{drafted:?}"
    );
    assert!(drafted.stderr.contains("questions"), "{drafted:?}");
    assert!(fs::read_to_string(&out).unwrap().contains("# Question: "));
}

/// Paths of all files below a folder, relative to it.
fn files(folder: &Path) -> BTreeSet<String> {
    fn collect(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, root, found);
            } else {
                let path = path.strip_prefix(root).expect("it is below");
                found.insert(path.to_str().expect("UTF-8").to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(folder, folder, &mut found);
    found
}

#[test]
fn build_writes_the_contracts_files_and_no_other() {
    let site = Site::sample();
    let before = files(site.folder());
    let out = TempDir::new().unwrap();
    let built = build(&site, &out.path().join("deep/down"));
    assert_eq!(built.code, 0, "{built:?}");
    let out = out.path().join("deep/down");
    let expected = [
        "notice.json",
        "policy/2026.11.json",
        "zhiqing.d.ts",
        "zhiqing.fallback.js",
        "zhiqing.inline.html",
        "zhiqing.js",
        "zhiqing.noscript.html",
        "zhiqing_bg.wasm",
        "zhiqing_glue.js",
    ];
    let expected = BTreeSet::from(expected.map(str::to_owned));
    assert_eq!(files(&out), expected);
    let told = built.json();
    let told: Vec<String> = serde_json::from_value(told["files"].clone()).unwrap();
    assert_eq!(BTreeSet::from_iter(told), expected);
    assert_eq!(
        files(site.folder()),
        before,
        "nothing is written beside the settings"
    );

    let mut notice = json(&out.join("notice.json"));
    let policy = json(&out.join("policy/2026.11.json"));
    let policy_digest = digest::of_json(&policy).unwrap();
    assert_eq!(notice["policy"]["digest"], policy_digest.as_str());
    assert_eq!(notice["policy"]["version"], "2026.11");
    let said = notice.as_object_mut().unwrap().remove("digest");
    assert_eq!(said, Some(digest::of_json(&notice).unwrap().into()));
    assert_eq!(built.json()["notice"], said.unwrap());

    let wasm = fs::read(out.join("zhiqing_bg.wasm")).unwrap();
    assert!(
        wasm.starts_with(b"\0asm"),
        "the module is inside the command"
    );
    // The same settings give the same files, to the byte.
    let again = TempDir::new().unwrap();
    assert_eq!(build(&site, again.path()).code, 0);
    for name in expected {
        let (one, two) = (
            fs::read(out.join(&name)),
            fs::read(again.path().join(&name)),
        );
        assert_eq!(one.unwrap(), two.unwrap(), "{name}");
    }
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).expect("a file")).expect("JSON")
}

#[test]
fn verify_refuses_what_it_cannot_read() {
    let site = Site::sample();
    let key = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    let policy = site.folder().join("policy.txt");
    let settings = site.settings();
    let case = |key: &OsStr, file: &Path| {
        let refused = zhiqing(["verify".as_ref(), "--key".as_ref(), key, file.as_os_str()]);
        assert_eq!(refused.code, UNREADABLE, "{refused:?}");
    };
    case(key.as_ref(), &site.folder().join("missing.json"));
    case(key.as_ref(), &policy);
    case("nonsense".as_ref(), &policy);
    // Nothing was served yet, so there is no key beside the settings.
    case(settings.as_ref(), &policy);
    // No receipt at all is a finding, never a good end.
    let empty = site.folder().join("empty.json");
    fs::write(&empty, "[]").unwrap();
    let found = zhiqing([
        "verify".as_ref(),
        "--key".as_ref(),
        key.as_ref(),
        empty.as_os_str(),
    ]);
    assert_eq!(found.code, 1, "{found:?}");
}
