//! The catalogue of trackers: each definition is sane, and claims what its vendor's tool stores and
//! sends in the wild, and nothing that only looks like it.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;
use zhiqing_consent::cookie::is_word;
use zhiqing_consent::{Glob, Technology};
use zhiqing_site::catalogue::{self, Definition};

/// Technologies that are matched by a key's name.
const STORES: [Technology; 4] = [
    Technology::Cookie,
    Technology::LocalStorage,
    Technology::SessionStorage,
    Technology::IndexedDb,
];

#[test]
fn every_definition_says_what_it_is_and_where_that_comes_from() {
    let mut ids = HashSet::new();
    for definition in catalogue::all() {
        let id = &definition.id;
        assert!(is_word(id, false), "{id}");
        assert_eq!(id.to_lowercase(), *id);
        assert!(ids.insert(id), "{id} is there twice");
        assert!(!definition.vendor.is_empty(), "{id}");
        assert!(definition.home.starts_with("https://"), "{id}");
        assert!(definition.source.len() > 10, "{id}");
        let date: Vec<&str> = definition.checked.split('-').collect();
        let lengths: Vec<usize> = date.iter().map(|part| part.len()).collect();
        assert_eq!(lengths, [4, 2, 2], "{id}: {}", definition.checked);
        assert!(date.iter().all(|part| part.parse::<u16>().is_ok()), "{id}");
        assert!(!definition.uses.is_empty(), "{id}");
        for name in &definition.names {
            assert!(name.len() > 3, "{id}: {name} names too much");
        }
        let patterns: Vec<&Glob> = patterns(definition).map(|(_, pattern)| pattern).collect();
        for pattern in &definition.unverified {
            assert!(patterns.contains(&pattern), "{id}: {pattern:?}");
        }
    }
    assert!(ids.len() >= 40, "{}", ids.len());
}

#[test]
fn patterns_are_of_keys_or_of_host_and_path() {
    for definition in catalogue::all() {
        let mut seen = HashSet::new();
        for (technology, pattern) in patterns(definition) {
            let text = pattern.as_str();
            let told = format!("{}: {text}", definition.id);
            assert!(seen.insert((technology, text)), "{told} twice");
            assert!(!text.contains("**"), "{told}");
            assert!(!text.contains([' ', '"', '<']), "{told}");
            for ours in ["zq", "zq.demo", "zq.act.demo"] {
                assert!(!pattern.matches(ours), "{told} claims our own {ours}");
            }
            // What everybody's own pages store and load.
            for common in ["session", "token", "id", "cart", "lang", "user_id"] {
                assert!(!pattern.matches(common), "{told} claims {common}");
            }
            if STORES.contains(&technology) {
                assert!(!text.contains('/'), "{told}");
                continue;
            }
            let (host, path) = text.split_once('/').expect(&told);
            assert!(!text.contains([':', '?', '#']), "{told}");
            assert_eq!(host.to_lowercase(), host, "{told}");
            // A tool that is installed on a site's own host is told by the name of its file.
            let own = host == "*" && path.contains('.') && !path.contains('*');
            assert!(
                own || host.contains(|c: char| c.is_ascii_alphabetic()),
                "{told}"
            );
            assert!(!pattern.matches("m.example.com/app.js"), "{told}");
        }
    }
}

#[test]
fn switches_are_calls_with_arguments_in_json() {
    let types = [
        "ad_storage",
        "ad_user_data",
        "ad_personalization",
        "analytics_storage",
    ];
    for definition in catalogue::all() {
        let signals = definition.signals();
        for call in &signals.calls {
            let told = format!("{}: {call:?}", definition.id);
            let word = |name: &str| !name.is_empty() && is_word(name, false);
            assert!(call.call.split('.').all(word), "{told}");
            assert!(call.granted.is_some() || call.denied.is_some(), "{told}");
            assert_ne!(call.granted, call.denied, "{told}");
            for arguments in call.granted.iter().chain(&call.denied) {
                let read: serde_json::Value = serde_json::from_str(arguments).expect(&told);
                assert!(read.is_array(), "{told}");
            }
        }
        for kind in signals.consent_mode.iter().flatten() {
            assert!(types.contains(&kind.as_str()), "{}: {kind}", definition.id);
        }
    }
}

fn patterns(definition: &Definition) -> impl Iterator<Item = (Technology, &Glob)> {
    let uses = definition.uses.iter();
    uses.flat_map(|used| {
        used.patterns
            .iter()
            .map(|pattern| (used.technology, pattern))
    })
}

/// The examples of the table, by definition.
type Seen = BTreeMap<&'static str, HashSet<(Technology, &'static str)>>;

/// Keys (of `cookie`, `local_storage`, …) or addresses (`address`: in whatever way they are loaded) that a
/// definition claims, and such that it does not, apart by blanks.
#[track_caller]
fn case(seen: &mut Seen, id: &'static str, kind: &str, claims: &str, leaves: &str) {
    let definition = catalogue::find(id).unwrap_or_else(|| panic!("no {id}"));
    let fits = |text: &str| -> Vec<(Technology, &'static str)> {
        let of_kind = |technology: Technology| match kind {
            "address" => !STORES.contains(&technology),
            store => technology.name() == store,
        };
        patterns(definition)
            .filter(|(technology, pattern)| of_kind(*technology) && pattern.matches(text))
            .map(|(technology, pattern)| (technology, pattern.as_str()))
            .collect()
    };
    for text in claims.split_whitespace() {
        let found = fits(text);
        assert!(!found.is_empty(), "{id} does not claim {kind} {text}");
        seen.entry(id).or_default().extend(found);
    }
    for text in leaves.split_whitespace() {
        assert_eq!(fits(text), [], "{id} claims {kind} {text}");
    }
}

#[test]
fn each_tool_is_known_by_what_it_stores_and_sends() {
    let seen = &mut Seen::new();
    include!("catalogue/examples.rs");
    for definition in catalogue::all() {
        let id = definition.id.as_str();
        let seen = seen.get(id).unwrap_or_else(|| panic!("no example of {id}"));
        for (technology, pattern) in patterns(definition) {
            let pattern = (technology, pattern.as_str());
            assert!(seen.contains(&pattern), "{id}: no example of {pattern:?}");
        }
    }
}

/// The catalogue as `docs/trackers.md` shows it.
fn table() -> String {
    let mut table = String::from(
        "| `use` | the tool | what it stores, loads and sends | its own switch | from |\n|---|---|---|---|---|\n",
    );
    for definition in catalogue::all() {
        let pattern = |pattern: &Glob| {
            let mark = match definition.unverified.contains(pattern) {
                true => " (?)",
                false => "",
            };
            format!("`{}`{mark}", pattern.as_str())
        };
        let used = |used: &zhiqing_consent::Use| {
            let patterns: Vec<String> = used.patterns.iter().map(pattern).collect();
            format!("{}: {}", used.technology.name(), patterns.join(", "))
        };
        let uses: Vec<String> = definition.uses.iter().map(used).collect();
        let signals = definition.signals();
        let mut switches: Vec<String> = Vec::new();
        for call in &signals.calls {
            switches.push(format!("`{}`", call.call));
        }
        if let Some(types) = &signals.consent_mode {
            let types: Vec<String> = types.iter().map(|it| format!("`{it}`")).collect();
            switches.push(
                format!("Consent Mode {}", types.join(", "))
                    .trim()
                    .to_owned(),
            );
        }
        let note = match definition.note.as_str() {
            "" => String::new(),
            note => format!(" {note}"),
        };
        table += &format!(
            "| `{}` | [{}]({}).{note} | {} | {} | {}; {} |\n",
            definition.id,
            definition.vendor,
            definition.home,
            uses.join("; "),
            switches.join(", "),
            definition.source.replace('*', "\\*"),
            definition.checked
        );
    }
    table
}

#[test]
fn the_book_shows_the_catalogue_as_it_is() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/trackers.md");
    let document = fs::read_to_string(&file).expect("docs/trackers.md");
    for told in ["README.md", "README.zh-CN.md"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(told);
        let text = fs::read_to_string(file).expect(told);
        let count = catalogue::all().len().to_string();
        assert!(
            text.contains(&format!(" {count} ")),
            "{told} tells another number of tools than {count}"
        );
    }
    let rows = |text: &str| -> Vec<String> {
        let rows = text.lines().filter(|line| line.starts_with('|'));
        rows.map(str::to_owned).collect()
    };
    let (_, shown) = document
        .split_once("\n## The catalogue\n")
        .expect("its heading");
    if rows(shown) != rows(&table()) {
        let new = document.replace(&rows(shown).join("\n"), table().trim_end());
        let written = std::env::var_os("INSTA_UPDATE").is_some_and(|it| it == "always");
        if written {
            fs::write(&file, new).expect("docs/trackers.md can be written");
        }
        panic!("docs/trackers.md shows an older catalogue: INSTA_UPDATE=always writes it anew");
    }
}
