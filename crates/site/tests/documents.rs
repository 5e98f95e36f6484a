//! The documents that tell how a site is set up say what is so: their examples build, they name every
//! field, custom property and part, and none that is not there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use zhiqing_site::Site;
use zhiqing_view::{style, text};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[track_caller]
fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The examples in a language, in order.
fn examples(document: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    let parts = document.split(&opening).skip(1);
    let example = |part: &str| part.split("```").next().unwrap_or_default().to_owned();
    parts.map(example).collect()
}

/// What stands in backquotes in the first cell of each row of the tables.
fn rows(document: &str) -> impl Iterator<Item = (BTreeSet<&str>, &str)> {
    let rows = document.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let first = row[2..].split(" |").next().unwrap_or_default();
        (first.split('`').skip(1).step_by(2).collect(), row)
    })
}

fn named(document: &str) -> BTreeSet<&str> {
    rows(document).flat_map(|(names, _)| names).collect()
}

/// Loads settings beside a policy, an older version of it and a file of words.
fn load(settings: &str, policy: &str) -> Result<Site, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("site.toml");
    let texts = text::LANGUAGES[0].1;
    for (name, text) in [
        ("site.toml", settings),
        ("policy.txt", policy),
        ("policy-2025.txt", policy),
        ("texts.toml", texts),
        ("mn.toml", texts),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    Site::load(&file).map_err(|error| error.to_string())
}

/// The example of the settings, and its policy.
fn example() -> (String, String) {
    let document = read("docs/settings.md");
    let settings = examples(&document, "toml").remove(0);
    (settings, examples(&document, "text").remove(0))
}

#[test]
fn the_example_of_the_settings_builds() {
    let (settings, policy) = example();
    let site = load(&settings, &policy).expect("good settings");
    let notice = &site.notice;
    assert_eq!(notice.texts["handle"], "隐私");
    assert_eq!(notice.standing_versions(), ["2025.1"]);
    let nearby = notice.purpose("nearby").expect("a purpose");
    assert!(nearby.gpc && nearby.retention == "用完即弃");
}

#[test]
fn what_has_a_default_may_be_left_out() {
    let (settings, policy) = example();
    let bare = settings.replace("url = \"/v1\"\n", "");
    assert_ne!(bare, settings);
    let site = load(&bare, &policy).expect("good settings");
    assert_eq!(site.notice.report, "/v1");
}

/// Serde names the fields that a section has when it meets one that it has not.
#[test]
fn every_field_of_the_settings_is_told_under_its_section() {
    let document = read("docs/settings.md");
    #[track_caller]
    fn case(document: &str, section: &str, strange: &str) {
        let error = load(strange, "").expect_err("an unknown field");
        let (_, known) = error.split_once("expected ").expect("the known fields");
        let known: BTreeSet<&str> = known.split('`').skip(1).step_by(2).collect();
        let told = document
            .split("\n## ")
            .find(|part| part.starts_with(&format!("`{section}`")));
        assert_eq!(named(told.unwrap_or_default()), known, "{section}");
    }
    for section in [
        "site", "policy", "report", "banner", "minors", "rights", "limits",
    ] {
        case(
            &document,
            &format!("[{section}]"),
            &format!("[{section}]\nx = 1\n"),
        );
    }
    for table in [
        "policy.previous",
        "purpose",
        "recipient",
        "tracker",
        "permission",
    ] {
        case(
            &document,
            &format!("[[{table}]]"),
            &format!("[[{table}]]\nx = 1\n"),
        );
    }
    case(&document, "uses", "[[tracker]]\nuses = [{ x = 1 }]\n");
    let error = load("x = 1\n", "").expect_err("an unknown section");
    for section in error.split('`').skip(3).step_by(2) {
        let heading = [
            format!("\n## `[{section}]`"),
            format!("\n## `[[{section}]]`"),
        ];
        assert!(
            heading.iter().any(|heading| document.contains(heading)),
            "{section}"
        );
    }
}

#[test]
fn the_example_has_every_field() {
    let (settings, _) = example();
    let document = read("docs/settings.md");
    for field in named(&document) {
        let has = |mark: &str| settings.contains(&format!("{field}{mark}"));
        assert!(has(" = ") || has("]]"), "{field}");
    }
}

/// What the first sample has as comments is good settings, too.
#[test]
fn the_commented_settings_of_the_first_sample_build() {
    let folder = "policy-text/travel-benefits";
    let settings = read(&format!("{folder}/site.toml"));
    let policy = read(&format!("{folder}/policy.txt"));
    let taken = settings
        .replace("# texts =", "texts =")
        .replace("# [", "[")
        .replace("# place", "place")
        .replace("# handle", "handle")
        .replace("# banner_title", "banner_title");
    assert_eq!(taken.matches("\n[banner]").count(), 1);
    let site = load(&taken, &policy).expect("good settings");
    assert!(site.notice.texts["banner_title"].contains("悠途"));
}

#[test]
fn the_examples_of_languages_build() {
    let (settings, policy) = example();
    let examples = examples(&read("docs/languages.md"), "toml");
    let [texts, language] = examples.as_slice() else {
        panic!("{examples:?}");
    };
    let own = settings.replace("[texts]\nhandle = \"隐私\"\n", texts);
    assert_ne!(own, settings);
    let site = load(&own, &policy).expect("good settings");
    assert!(site.notice.texts["banner_ask"].contains("您可以拒绝"));
    let fields = language.replace("[site]\n", "");
    let other = settings
        .replace("locale = \"zh-CN\"\n", "")
        .replace("texts = \"texts.toml\"\n", &fields);
    assert_eq!(
        load(&other, &policy).expect("good settings").notice.locale,
        "mn"
    );
}

#[test]
fn the_words_that_are_refused_are_refused() {
    let (settings, policy) = example();
    let document = read("docs/languages.md");
    let line = document.lines().find(|line| line.contains("as agreeing"));
    let words = line.and_then(|line| line.strip_prefix("- ")?.split(" as agreeing").next());
    let words: Vec<&str> = words.expect("a list").split(", ").collect();
    assert_eq!(words.len(), 6);
    for word in words {
        let own = settings.replace("handle = \"隐私\"", &format!("accept_all = \"{word}\""));
        let error = load(&own, &policy).expect_err(word);
        assert!(error.contains("does not count as agreeing"), "{error}");
    }
}

/// What the style sheets take from the page: the property, and what it is otherwise.
fn properties(css: &str) -> BTreeSet<(&str, &str)> {
    let taken = css.split("var(").filter(|part| part.starts_with("--zq-"));
    taken
        .map(|part| {
            let (name, rest) = part.split_once(',').expect("a default");
            let end = rest.find([')', ';']).unwrap_or(rest.len());
            (name, rest[..end].trim())
        })
        .collect()
}

#[test]
fn every_custom_property_is_told_with_its_default() {
    let document = read("docs/theming.md");
    let css = [style::BANNER, style::SHEETS].concat();
    let used = properties(&css);
    let names: BTreeSet<&str> = used.iter().map(|(name, _)| *name).collect();
    let told = named(&document);
    let told: BTreeSet<&str> = told
        .into_iter()
        .filter(|name| name.starts_with("--"))
        .collect();
    assert_eq!(told, names);
    for (name, default) in used {
        let (_, row) = rows(&document)
            .find(|(names, _)| names.contains(name))
            .expect("a row");
        let is_told = default == "currentColor" || row.contains(&format!("`{default}`"));
        assert!(is_told || name == "--zq-font", "{name}: {default}");
    }
}

/// The parts of every view, as the snapshots of the views have them.
#[test]
fn every_part_is_told() {
    let folder = root().join("crates/view/src/tests/snapshots");
    let mut parts = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the views' snapshots") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a snapshot");
        let found = text.split("part=\"").skip(1);
        parts.extend(found.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
    }
    let document = read("docs/theming.md");
    let told = named(&document).into_iter().map(str::to_owned);
    let told: BTreeSet<String> = told.filter(|name| !name.starts_with("--")).collect();
    assert_eq!(told, parts);
}
