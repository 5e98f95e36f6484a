//! Whole policies.

use crate::support::{complete, files, load, ours, read, sound};
use std::fs;
use std::path::Path;
use zhiqing_site::init::draft;

#[track_caller]
fn whole(file: &Path) {
    let name = file.file_stem().expect("a name").to_string_lossy();
    let document = read(file);
    complete(&name, &document);
    let draft = draft(&document, "policy.txt", &name);
    let site = load(&draft, &fs::read(file).expect("the policy can be read"));
    sound(&name, &document, &site.notice);
    assert_eq!(draft.doubts, Vec::<String>::new(), "{name}");
    let questions = draft.settings.matches("# Question: ").count();
    assert_eq!(questions, draft.questions, "{name}");
}

#[test]
fn everything_that_our_texts_say_is_in_their_drafts() {
    for file in ours() {
        whole(&file);
    }
}

#[test]
fn everything_that_the_real_policies_say_is_in_their_drafts() {
    let seeds = files("../shared/seeds");
    for file in seeds
        .iter()
        .filter(|file| file.extension().is_some_and(|e| e == "txt"))
    {
        whole(file);
    }
}

#[test]
fn a_draft_for_reviewers_to_read() {
    let file = ours()
        .into_iter()
        .find(|file| file.to_string_lossy().contains("local-life"));
    let document = read(&file.expect("the text of a local-life app"));
    insta::assert_snapshot!(draft(&document, "policy.txt", "local-life").settings);
}

/// What is drafted as a comment is good settings once the `#` is taken away.
#[test]
fn commented_parts_can_be_taken_in() {
    const KEYS: [&str; 13] = [
        "[[",
        "id =",
        "name =",
        "vendor =",
        "purpose =",
        "uses =",
        "description =",
        "tier =",
        "basis =",
        "clauses =",
        "data =",
        "recipients =",
        "retention =",
    ];
    let taken = |line: &str| {
        let inner = line.strip_prefix("# ")?;
        let is_part = KEYS.iter().any(|key| inner.starts_with(key))
            || inner.starts_with("refusal =")
            || inner.starts_with("  \"c-")
            || inner == "]";
        is_part.then(|| inner.to_owned())
    };
    for file in ours() {
        let mut draft = draft(&read(&file), "policy.txt", "a");
        let before = draft.settings.matches("\n[[").count();
        let lines = draft.settings.lines();
        let lines = lines.map(|line| taken(line).unwrap_or_else(|| line.to_owned()) + "\n");
        draft.settings = lines.collect();
        assert!(
            draft.settings.matches("\n[[").count() > before,
            "{}",
            file.display()
        );
        load(&draft, &fs::read(&file).expect("the policy can be read"));
    }
}

/// The real policies tell of all data at once for how long it is kept, on these lines; one of them
/// nowhere in words that are known, and each purpose of its draft asks.
#[test]
fn terms_of_the_real_policies_are_found_on_their_lines() {
    let seeds = [
        ("000_", Some(104)),
        ("001_", Some(63)),
        ("002_", Some(146)),
        ("003_", Some(93)),
        ("004_", None),
    ];
    for file in files("../shared/seeds") {
        let name = file.file_name().expect("a name").to_string_lossy();
        let Some((_, line)) = seeds.iter().find(|(start, _)| name.starts_with(start)) else {
            continue;
        };
        let told = draft(&read(&file), "policy.txt", "seed").settings;
        let terms = told.matches("# For how long, ").count();
        let questions = told.matches("# Question: for how long").count();
        match line {
            Some(line) => {
                let here = format!("# For how long, line {line}, of all data: ");
                let here = told.matches(&here).count();
                assert_eq!((here, questions), (terms, 0), "{name}");
                assert!(here >= 3, "{name}");
            }
            None => assert!(terms == 0 && questions >= 3, "{name}"),
        }
    }
}
