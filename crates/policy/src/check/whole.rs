//! Whether a text is a policy of its own.

use super::pattern::Patterns;
use super::reading::{Reading, folded};
use crate::document::{Clause, Kind};
use crate::text::has_any;

const TITLES: &str = include_str!("../../data/check/titles.txt");

/// A policy has a policy's title or speaks of most that policies speak of. A list of SDKs, a summary, the
/// rules for children beside a general policy need not say all that one must.
pub(super) fn is_whole(reading: &Reading<'_>) -> bool {
    let title = folded(reading.document.title.as_deref().unwrap_or_default());
    let has = |section| has_any(&title, &words(section));
    if has("[supplement]") {
        return false;
    }
    has("[policy]") || !has("[other]") && topics(reading) >= TOPICS
}

/// Whether a policy says that it handles no personal data, and hardly any clause says otherwise.
pub(super) fn handles_nothing(reading: &Reading<'_>) -> bool {
    let collecting = |clause: &&Clause| clause.kinds.contains(&Kind::Collection);
    let clauses = reading.document.clauses.iter();
    if clauses.filter(collecting).count() > FEW {
        return false;
    }
    let nothing = Patterns::read(words("[nothing]"));
    reading
        .sentences()
        .any(|sentence| nothing.hold(&sentence.glance))
}

/// Clauses that may be taken for collecting where nothing is collected.
const FEW: usize = 3;

/// Topics that an untitled text must have to be a policy.
const TOPICS: usize = 4;

fn topics(reading: &Reading<'_>) -> usize {
    let topics = words("[topics]");
    let said = topics.iter().filter(|topic| {
        let alternatives: Vec<&str> = topic.split('|').collect();
        reading
            .parts
            .iter()
            .any(|part| has_any(&part.folded, &alternatives))
    });
    said.count()
}

/// The lines of a section of the file.
fn words(section: &str) -> Vec<&'static str> {
    let mut lines = TITLES.lines().skip_while(|line| *line != section);
    lines.next();
    lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}
