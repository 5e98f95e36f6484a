//! The whole document of a small policy, as `zhiqing parse` prints it.

use zhiqing_policy::{parse, to_text};

const POLICY: &str = include_str!("small.txt");

#[test]
fn a_small_policy_parses_to_this_document() {
    let json = serde_json::to_string_pretty(&parse(POLICY)).expect("plain data");
    insta::assert_snapshot!(json);
}

#[test]
fn a_small_policy_prints_back_as_this_text() {
    insta::assert_snapshot!(to_text(&parse(POLICY)));
}
