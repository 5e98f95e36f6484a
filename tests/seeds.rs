//! Real policies, from the file to the page and not a character lost.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zhiqing_tests::text::{assert_same, squeezed};
use zhiqing_tests::{Browser, Server, site, zhiqing};

/// The seeds, or none where they do not lie beside the repository.
fn seeds() -> Vec<PathBuf> {
    let folder = site::workspace().join("../shared/seeds");
    let Ok(files) = fs::read_dir(&folder) else {
        println!("seeds not present: {}", folder.display());
        return Vec::new();
    };
    let files = files.map(|file| file.expect("a file").path());
    let mut seeds: Vec<PathBuf> = files
        .filter(|path| path.extension() == Some("txt".as_ref()))
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{} holds no seed", folder.display());
    seeds
}

/// The characters of a seed that are seen.
fn characters(seed: &Path) -> String {
    squeezed(&fs::read_to_string(seed).expect("a seed is UTF-8"))
}

#[test]
fn parsing_keeps_every_character_in_its_order() {
    for seed in seeds() {
        let printed = zhiqing([
            "parse".as_ref(),
            seed.as_os_str(),
            "--format".as_ref(),
            "text".as_ref(),
        ]);
        assert_eq!(printed.code, 0, "{printed:?}");
        let name = seed.display().to_string();
        assert_same(&squeezed(&printed.stdout), &characters(&seed), &name);
    }
}

#[test]
fn parsed_json_has_the_contracts_shape() {
    for seed in seeds() {
        let parsed = zhiqing(["parse".as_ref(), seed.as_os_str()]);
        assert_eq!(parsed.code, 0, "{parsed:?}");
        let parsed = parsed.json();
        let lines = fs::read_to_string(&seed)
            .expect("a seed is UTF-8")
            .lines()
            .count();
        let name = seed.display();
        has(
            &parsed,
            "title effective_date updated_date digest outline clauses tables facts",
            &seed,
        );
        let digest = parsed["digest"].as_str().expect("a digest");
        assert!(
            zhiqing_consent::digest::is_digest(digest),
            "{name}: {digest}"
        );
        for date in ["effective_date", "updated_date"] {
            let good = parsed[date].is_null() || parsed[date].as_str().is_some_and(is_date);
            assert!(good, "{name}: {date} {}", parsed[date]);
        }
        each(&parsed["outline"], "id level label title line", &seed);
        let clauses = each(
            &parsed["clauses"],
            "id section line end_line text kinds terms",
            &seed,
        );
        assert!(clauses > 10, "{name}: {clauses} clauses");
        for clause in parsed["clauses"].as_array().expect("clauses") {
            let line = |field: &str| clause[field].as_u64().expect("a line");
            let (from, to) = (line("line"), line("end_line"));
            assert!(
                1 <= from && from <= to && to <= lines as u64,
                "{name}: {clause}"
            );
            each(&clause["terms"], "line text category sensitive", &seed);
        }
        each(&parsed["tables"], "line end_line header rows", &seed);
        let facts = &parsed["facts"];
        has(
            facts,
            "operator contacts deadlines minors technologies permissions sdks recipients",
            &seed,
        );
        each(&facts["contacts"], "kind value line", &seed);
        each(&facts["deadlines"], "what count unit line", &seed);
        each(&facts["minors"], "age inclusive line", &seed);
        each(&facts["technologies"], "name line", &seed);
        each(&facts["permissions"], "name purpose refusal line", &seed);
        each(&facts["sdks"], "name purpose data line", &seed);
        each(&facts["recipients"], "class line", &seed);
    }
}

#[track_caller]
fn has(value: &Value, keys: &str, seed: &Path) {
    for key in keys.split(' ') {
        assert!(
            value.get(key).is_some(),
            "{}: no {key} in {value:.200}",
            seed.display()
        );
    }
}

/// How many there are in the list, after each was seen to have the keys.
#[track_caller]
fn each(list: &Value, keys: &str, seed: &Path) -> usize {
    let list = list
        .as_array()
        .unwrap_or_else(|| panic!("{}: no list: {list}", seed.display()));
    for value in list {
        has(value, keys, seed);
    }
    list.len()
}

/// `2026-11-21`.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[tokio::test]
async fn a_drafted_site_shows_its_policy_to_the_last_character() {
    let seeds = seeds();
    if seeds.is_empty() {
        return;
    }
    let browser = Browser::start().await;
    for seed in seeds {
        let name = seed.display().to_string();
        let folder = TempDir::new().expect("a temporary folder");
        let settings = folder.path().join("site.toml");
        let drafted = zhiqing([
            "init".as_ref(),
            seed.as_os_str(),
            "--out".as_ref(),
            settings.as_os_str(),
        ]);
        assert_eq!(drafted.code, 0, "{drafted:?}");
        let server = Server::start(&settings);
        browser.goto(&server.url("/")).await;
        browser.until("$('.banner').checkVisibility()").await;
        let asked = browser
            .value("Object.values(zhiqing.state().purposes)")
            .await;
        let asked = asked.as_array().expect("purposes");
        assert!(
            asked.len() >= 3 && asked.contains(&"unset".into()),
            "{name}: {asked:?}"
        );

        browser.value("zhiqing.show('policy')").await;
        let shown = browser.until("$('[data-zq-document]')?.textContent").await;
        let shown = squeezed(shown.as_str().expect("text"));
        assert_same(&shown, &characters(&seed), &name);
        let marked = browser
            .value("$$('[data-zq-document] .sensitive mark').length")
            .await;
        assert!(
            marked.as_u64().is_some_and(|count| count > 0),
            "{name}: nothing is marked"
        );
        let page = browser
            .value("scrollX + document.documentElement.scrollWidth")
            .await;
        assert_eq!(page, 390, "{name}: the page scrolls sideways");
    }
    browser.end().await;
}
