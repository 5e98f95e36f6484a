//! The wordings of the rules' own files, and our own policies.

use std::fs;
use std::path::Path;

use zhiqing_policy::check::Rule;
use zhiqing_policy::decode_vec;

use crate::{ESSENTIAL, among, findings, policy, rules};

#[test]
fn an_unlawful_wording_is_found_by_its_rule_alone_and_the_lawful_one_by_none() {
    for rule in Rule::ALL {
        let unlawful = among(rule, rule.unlawful());
        assert_eq!(rules(&unlawful), [rule], "{unlawful}");
        let lawful = among(rule, rule.lawful());
        assert_eq!(rules(&lawful), [], "{}: {lawful}", rule.name());
    }
}

#[test]
fn all_lawful_wordings_together_are_a_policy_without_findings() {
    let rest = Rule::ALL.iter().filter(|rule| !ESSENTIAL.contains(rule));
    let rest: Vec<&str> = rest.map(|rule| rule.lawful()).collect();
    let text = policy(None, &rest.join("\n"));
    assert_eq!(rules(&text), [], "{text}");
}

#[test]
fn our_own_policies_break_no_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join("../../policy-text")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of policies") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_none_or(|stem| stem != "README")
                && path.extension().is_some_and(|e| e == "txt" || e == "md")
            {
                files.push(path);
            }
        }
    }
    assert!(files.len() > 4, "{files:?}");
    for file in files {
        let text = decode_vec(fs::read(&file).expect("a policy")).expect("text");
        let found = findings(&text);
        assert!(found.is_empty(), "{}: {found:#?}", file.display());
    }
}
