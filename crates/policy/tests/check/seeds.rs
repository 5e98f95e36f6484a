//! What `check` finds in the five real policies, where they are at hand: by file and line, for nothing of
//! their text is repeated here.

use std::path::Path;

use zhiqing_policy::check::{Locale, Rule, check};
use zhiqing_policy::{decode_vec, parse};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");

/// The lines of each rule in a seed, or `None` where the folder is not there.
#[track_caller]
fn findings(number: &str) -> Option<Vec<(Rule, u32)>> {
    let Ok(folder) = Path::new(FOLDER).read_dir() else {
        println!("seeds not present: {FOLDER}");
        return None;
    };
    let file = folder
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(number))
        });
    let bytes = std::fs::read(file.expect("the seed is in its folder")).expect("the seed");
    let text = decode_vec(bytes).expect("the seed is text");
    let findings = check(&parse(&text), &text, Locale::En);
    Some(findings.iter().map(|f| (f.rule, f.line)).collect())
}

/// All findings of a seed: a rule and its lines, 0 for what is absent.
#[track_caller]
fn case(number: &str, expected: &[(&str, &[u32])]) {
    let Some(found) = findings(number) else {
        return;
    };
    for (name, lines) in expected {
        let rule = Rule::named(name).expect("a rule");
        let here: Vec<u32> = found
            .iter()
            .filter(|(other, _)| *other == rule)
            .map(|(_, line)| *line)
            .collect();
        assert_eq!(here, *lines, "{number} {name}");
    }
    for (rule, line) in found {
        let told = expected.iter().any(|(name, _)| *name == rule.name());
        assert!(told, "{number}: {} on line {line}", rule.name());
    }
}

#[test]
fn a_local_life_platform() {
    case(
        "000",
        &[
            ("no-effective-date", &[0]),
            ("no-minors", &[0]),
            ("deemed-consent", &[4]),
            ("template-residue", &[6]),
            (
                "exception-too-wide",
                &[49, 50, 51, 52, 53, 54, 56, 57, 58, 92, 93, 94, 95, 97, 98],
            ),
            ("no-recipient-details", &[74]),
            ("sharing-by-custom", &[79]),
            ("deidentified-as-anonymous", &[99]),
            ("missing-attachment", &[104]),
            ("late-response", &[128]),
        ],
    );
}

#[test]
fn a_generic_page_and_its_mini_programs() {
    case(
        "001",
        &[
            ("template-residue", &[5, 7]),
            ("no-operator", &[9]),
            ("deemed-consent", &[13]),
            ("no-recipient-details", &[82]),
            ("truncated-sentence", &[105]),
            ("no-reconsent", &[109]),
            ("no-contact", &[117]),
        ],
    );
}

#[test]
fn a_travel_platform() {
    case(
        "002",
        &[("no-effective-date", &[0]), ("disagree-means-leave", &[4])],
    );
}

#[test]
fn a_live_shopping_platform() {
    case(
        "003",
        &[
            ("no-rights", &[0]),
            ("no-effective-date", &[0]),
            ("no-withdrawal", &[0]),
            ("deemed-consent", &[4]),
            ("child-age-wrong", &[8]),
            ("exception-too-wide", &[49, 50, 51, 52, 53, 86, 87, 88]),
            ("no-recipient-details", &[50]),
            ("deidentified-as-anonymous", &[89]),
            ("no-reconsent", &[105]),
        ],
    );
}

#[test]
fn a_car_hire_platform() {
    case(
        "004",
        &[
            ("disagree-means-leave", &[46]),
            ("child-age-wrong", &[62]),
            ("exception-too-wide", &[377, 378, 379, 522, 523, 524]),
            ("conflicting-deadlines", &[726, 844]),
            ("late-response", &[844]),
            ("deemed-consent", &[852]),
        ],
    );
}
