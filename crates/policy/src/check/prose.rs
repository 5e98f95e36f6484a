//! Rules that one sentence can break: their files list the wordings (`[find]`) and what spares a sentence
//! that has one (`[spare]`).

use super::reading::Reading;
use super::{Found, Rule};

const RULES: [Rule; 5] = [
    Rule::DeemedConsent,
    Rule::DisagreeMeansLeave,
    Rule::SharingByCustom,
    Rule::DeidentifiedAsAnonymous,
    Rule::ChildAgeWrong,
];

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    lower_ages(reading, found);
    for sentence in reading.sentences() {
        for rule in RULES {
            let guide = rule.guide();
            if let Some(words) = guide.patterns("find").find(&sentence.glance)
                && !guide.patterns("spare").hold(&sentence.glance)
            {
                let giving = guide.patterns("giving");
                let defines =
                    rule == Rule::DeidentifiedAsAnonymous && !giving.hold(&sentence.glance);
                let case = if defines { "definition" } else { "" };
                found.push(Found::at(rule, sentence.spot(&words)).case(case));
            }
        }
    }
}

/// Ages below the law's, in a text that nowhere has the law's.
fn lower_ages(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let guide = Rule::ChildAgeWrong.guide();
    let (lower, right) = (guide.patterns("lower"), guide.patterns("right"));
    let mut below = Vec::new();
    for sentence in reading.sentences() {
        if right.hold(&sentence.glance) {
            return;
        }
        if let Some(words) = lower.find(&sentence.glance) {
            below.push(Found::at(Rule::ChildAgeWrong, sentence.spot(&words)));
        }
    }
    found.append(&mut below);
}
