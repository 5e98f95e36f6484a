//! The rules of `check`, one sentence a row, and the wordings of their files: put together, the lawful ones
//! are a policy without a finding, and each unlawful one put among them is found by its rule alone.

mod absent;
mod files;
mod lists;
mod places;
mod seeds;
mod wording;

use zhiqing_policy::check::{Finding, Locale, Rule, check};
use zhiqing_policy::parse;

fn findings(text: &str) -> Vec<Finding> {
    check(&parse(text), text, Locale::En)
}

fn rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = findings(text).iter().map(|found| found.rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// What every policy must say: each rule has its place in a policy made of lawful wordings.
const ESSENTIAL: [Rule; 9] = [
    Rule::NoEffectiveDate,
    Rule::NoOperator,
    Rule::NoRecipientDetails,
    Rule::NoRetention,
    Rule::NoRights,
    Rule::NoWithdrawal,
    Rule::NoMinors,
    Rule::NoReconsent,
    Rule::NoContact,
];

/// A policy of lawful wordings with one wording instead of an essential rule's, or more at the end.
fn policy(instead: Option<(Rule, &str)>, more: &str) -> String {
    let mut text = "云杉应用隐私政策\n".to_owned();
    for rule in ESSENTIAL {
        let own = instead.filter(|(other, _)| *other == rule);
        text.push_str(own.map_or(rule.lawful(), |(_, wording)| wording));
        text.push('\n');
    }
    text + more
}

/// A wording among the lawful ones: in its own place if the rule has one there.
fn among(rule: Rule, wording: &str) -> String {
    if ESSENTIAL.contains(&rule) {
        policy(Some((rule, wording)), "")
    } else {
        policy(None, wording)
    }
}
