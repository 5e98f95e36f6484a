use super::*;
use crate::args::{Args, Command};
use clap::{CommandFactory, Parser};
use std::collections::BTreeMap;
use std::ffi::OsString;

/// Every setting with three values of its own and what is usual, `None` where nothing is.
const SETTINGS: [(&str, [&str; 3], Option<&str>); 9] = [
    ("sites", ["a.toml", "e.toml", "f.toml"], None),
    ("keys", ["a", "e", "f"], None),
    ("store", ["sqlite:a", "sqlite:e", "sqlite:f"], None),
    ("store_file", ["a", "e", "f"], None),
    (
        "listen",
        ["127.0.0.1:1", "[::1]:2", "0.0.0.0:3"],
        Some("127.0.0.1:8020"),
    ),
    ("upstream", ["http://a:1", "http://e:2", "http://f:3"], None),
    (
        "trust_proxy",
        ["10.0.0.0/8", "192.168.0.0/16", "fd00::/8"],
        Some("127.0.0.0/8,::1/128"),
    ),
    ("connections", ["1", "2", "3"], Some("4096")),
    ("log", ["error", "warn", "debug"], Some("info")),
];

/// What is said in each place: command line, environment, file.
#[derive(Clone, Copy, Debug)]
struct Case<'a> {
    key: &'a str,
    arguments: Option<&'a str>,
    environment: Option<&'a str>,
    file: Option<&'a str>,
}

fn arguments(key: &str, value: Option<&str>) -> Said {
    let mut words = vec!["zhiqing".to_owned(), "serve".to_owned()];
    if let Some(value) = value {
        if key != "sites" {
            words.push(format!("--{}", key.replace('_', "-")));
        }
        words.push(value.to_owned());
    }
    match Args::try_parse_from(words).expect("arguments").command {
        Command::Serve(serve) => serve.said,
        other => panic!("{other:?}"),
    }
}

fn environment_of(pairs: &[(&str, &str)]) -> Result<Said> {
    let pairs: BTreeMap<_, _> = pairs.iter().copied().collect();
    environment::read(|name| pairs.get(name).map(OsString::from))
}

fn in_file(key: &str, value: &str) -> String {
    match key {
        "connections" => format!("{key} = {value}"),
        "sites" | "trust_proxy" => format!("{key} = [{value:?}]"),
        _ => format!("{key} = {value:?}"),
    }
}

impl Case<'_> {
    fn settle(self) -> Result<Configuration> {
        let variable = environment::variable(self.key);
        let pair = self.environment.map(|value| (variable.as_str(), value));
        let pairs: Vec<_> = pair.into_iter().collect();
        let path = PathBuf::from("zhiqing.toml");
        let text = self.file.map(|value| in_file(self.key, value));
        settle(vec![
            (Place::Arguments, arguments(self.key, self.arguments)),
            (Place::Environment, environment_of(&pairs)?),
            (
                Place::File(path.clone()),
                file::parse(&path, &text.unwrap_or_default())?,
            ),
        ])
    }
}

/// The settled value of a setting as it is written.
fn value(configuration: &Configuration, key: &str) -> Option<String> {
    let joined = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join(","));
    let path = |path: &Path| path.display().to_string();
    match (key, &configuration.store) {
        ("sites", _) => joined(configuration.sites.iter().map(|site| path(site)).collect()),
        ("keys", _) => configuration.keys.as_deref().map(path),
        ("store", Some(Named::Store { address, .. })) => Some(address.clone()),
        ("store_file", Some(Named::File { file, .. })) => Some(path(file)),
        ("store" | "store_file", _) => None,
        ("listen", _) => Some(configuration.listen.to_string()),
        // It is not written as it was read.
        ("upstream", _) => ["http://a:1", "http://e:2", "http://f:3"]
            .into_iter()
            .find(|url| url.parse().ok() == configuration.upstream)
            .map(str::to_owned),
        ("trust_proxy", _) => {
            let networks = configuration.trust_proxy.iter();
            joined(
                networks
                    .map(|network| network.trunc().to_string())
                    .collect(),
            )
        }
        ("connections", _) => Some(configuration.connections.to_string()),
        ("log", _) => Some(configuration.log.clone()),
        (key, _) => panic!("{key}"),
    }
}

#[test]
fn the_command_line_counts_before_the_environment_before_the_file() {
    for (key, [arguments, environment, file], usual) in SETTINGS {
        for said in 0..8 {
            let at = |bit: u8, value| (said & bit != 0).then_some(value);
            let case = Case {
                key,
                arguments: at(1, arguments),
                environment: at(2, environment),
                file: at(4, file),
            };
            let expected = case.arguments.or(case.environment).or(case.file).or(usual);
            let settled = case.settle().unwrap();
            assert_eq!(value(&settled, key).as_deref(), expected, "{case:?}");
        }
    }
}

#[test]
fn the_table_has_every_setting() {
    let error = file::parse(Path::new("zhiqing.toml"), "nothing = 1").unwrap_err();
    let known = error.message.split_once("expected one of ").unwrap().1;
    let known: Vec<_> = known.split(", ").map(|key| key.trim_matches('`')).collect();
    assert_eq!(known, SETTINGS.map(|(key, ..)| key));
}

#[test]
fn the_help_and_the_guide_name_every_variable_key_and_default() {
    let mut command = Args::command();
    let serve = command.find_subcommand_mut("serve").unwrap();
    let help = serve.render_long_help().to_string();
    let guide = include_str!("../../../../docs/server.md");
    for (key, _, usual) in SETTINGS {
        let variable = environment::variable(key);
        assert!(help.contains(&format!("[env: {variable}")), "{variable}");
        let row = guide
            .lines()
            .find(|line| line.starts_with(&format!("| `{key}` | ")))
            .unwrap_or_else(|| panic!("the guide's table has no {key}"));
        assert!(row.contains(&format!("| `{variable}` |")), "{row}");
        if let Some(usual) = usual {
            assert!(help.contains(&format!("[default: {usual}]")), "{usual}");
            assert!(row.contains(&format!("`{usual}`")), "{row}");
        }
    }
}

/// A store said in one place counts more than another place's, in whichever way either names it.
#[track_caller]
fn store(arguments: &str, environment: &[(&str, &str)], file: &str, expected: &str) {
    let words = ["zhiqing", "serve"].into_iter();
    let args = Args::try_parse_from(words.chain(arguments.split_whitespace())).unwrap();
    let Command::Serve(serve) = args.command else {
        panic!("it does not serve");
    };
    let path = PathBuf::from("zhiqing.toml");
    let settled = settle(vec![
        (Place::Arguments, serve.said),
        (Place::Environment, environment_of(environment).unwrap()),
        (Place::File(path.clone()), file::parse(&path, file).unwrap()),
    ]);
    let told = match settled.and_then(|settled| settled.store.context("none")) {
        Ok(Named::Store { address, by }) => format!("{by} {address}"),
        Ok(Named::File { file, by }) => format!("{by} {}", file.display()),
        Ok(Named::Beside(settings)) => format!("beside {}", settings.display()),
        Err(error) => error.to_string(),
    };
    assert_eq!(told, expected);
}

#[test]
fn the_store_is_told_with_where_it_was_named() {
    let env = ("ZHIQING_STORE", "sqlite:e");
    let env_file = ("ZHIQING_STORE_FILE", "e");
    let file = "store = \"sqlite:f\"";
    let file_file = "store_file = \"f\"";
    store("--store sqlite:a", &[env_file], file, "--store sqlite:a");
    store("--store-file a", &[env], file, "--store-file a");
    store("", &[env], file_file, "ZHIQING_STORE sqlite:e");
    store("", &[env_file], file, "ZHIQING_STORE_FILE e");
    store("", &[], file, "zhiqing.toml: store sqlite:f");
    store("", &[], file_file, "zhiqing.toml: store_file f");
    store("x/site.toml", &[], "", "beside x/site.toml");
    store("", &[], "", "none");
    let twice = "ZHIQING_STORE and ZHIQING_STORE_FILE both name the store; leave one out";
    store("", &[env, env_file], "", twice);
    let twice =
        "zhiqing.toml: store and zhiqing.toml: store_file both name the store; leave one out";
    store(
        "--store sqlite:a",
        &[],
        &format!("{file}\n{file_file}"),
        twice,
    );
}

/// A variable that is wrong is named, with what to write.
#[track_caller]
fn wrong(variable: &str, value: &str, told: &str) {
    let error = environment_of(&[(variable, value)])
        .expect_err(value)
        .to_string();
    assert!(error.starts_with(&format!("{variable}: ")), "{error}");
    assert!(error.contains(told), "{error}");
}

#[test]
fn a_wrong_variable_is_named() {
    wrong("ZHIQING_LISTEN", "8020", "127.0.0.1:8020");
    wrong("ZHIQING_UPSTREAM", "https://a", "plain http alone");
    wrong("ZHIQING_TRUST_PROXY", "10.0.0.0/8,x", "\"x\" is no network");
    wrong("ZHIQING_CONNECTIONS", "0", "such as 4096");
    wrong("ZHIQING_LOG", "zhiqing=loud", "debug");
}

#[test]
fn lists_in_the_environment_have_commas_and_what_is_empty_says_nothing() {
    let said = environment_of(&[
        ("ZHIQING_SITES", "a/site.toml, b/site.toml,"),
        ("ZHIQING_TRUST_PROXY", "10.0.0.0/8,fd00::/8"),
        ("ZHIQING_STORE", ""),
        ("ZHIQING_LISTEN", ""),
    ])
    .unwrap();
    let expected = Said {
        sites: Some(vec!["a/site.toml".into(), "b/site.toml".into()]),
        trust_proxy: Some(vec![
            "10.0.0.0/8".parse().unwrap(),
            "fd00::/8".parse().unwrap(),
        ]),
        ..Said::default()
    };
    assert_eq!(said, expected);
}

#[test]
fn no_proxy_is_believed_where_the_file_lists_none() {
    let path = PathBuf::from("zhiqing.toml");
    let said = file::parse(&path, "trust_proxy = []").unwrap();
    let settled = settle(vec![(Place::File(path), said)]).unwrap();
    assert_eq!(settled.trust_proxy, []);
}

#[test]
fn the_example_has_every_setting_and_is_read() {
    let text = include_str!("../../../../deploy/zhiqing.toml");
    let path = Path::new("/etc/zhiqing/zhiqing.toml");
    // As it is, and with each line that is only shown.
    let shown: String = text
        .lines()
        .map(|line| line.strip_prefix("#: ").unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect();
    let said = file::parse(path, text).unwrap();
    let twice = file::parse(path, &shown).unwrap();
    assert!(said.sites.is_some_and(|sites| sites.len() == 2));
    assert!(settle(vec![(Place::Arguments, twice.clone())]).is_err());
    let Said {
        sites: Some(_),
        keys: Some(_),
        store: Some(_),
        store_file: Some(_),
        listen: Some(_),
        upstream: Some(_),
        trust_proxy: Some(_),
        connections: Some(_),
        log: Some(_),
    } = twice
    else {
        panic!("the example lacks a setting: {twice:?}");
    };
}

#[test]
fn without_a_site_or_a_store_it_is_told_how_to_name_one() {
    let nothing = settle(vec![]).unwrap();
    let told = nothing.sites().unwrap_err().to_string();
    assert!(told.contains("zhiqing serve SITE.toml"), "{told}");
    assert!(told.contains("ZHIQING_SITES"), "{told}");
    let told = nothing.store().unwrap_err().to_string();
    assert!(told.contains("--store sqlite:FILE"), "{told}");
}

#[test]
fn a_file_holds_the_address_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store");
    let said = Said {
        store_file: Some(file.clone()),
        ..Said::default()
    };
    let settled = settle(vec![(Place::Arguments, said)]).unwrap();
    let missing = settled.store().unwrap_err().to_string();
    assert!(
        missing.starts_with("--store-file: cannot read"),
        "{missing}"
    );
    std::fs::write(&file, " \n").unwrap();
    let empty = settled.store().unwrap_err().to_string();
    assert!(
        empty.ends_with("is empty; write the store's address into it"),
        "{empty}"
    );
    std::fs::write(&file, "postgres://u:p@h/d\n").unwrap();
    let address = settled.store().unwrap();
    assert_eq!(address.url, "postgres://u:p@h/d");
    let told = format!("--store-file {}: postgres://u@h/d", file.display());
    assert_eq!(address.to_string(), told);
}
