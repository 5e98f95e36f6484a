//! Purposes that many policies have, by what they are known, and why other clauses are none:
//! `data/purposes.toml`.

use super::reading::Topic;
use serde::Deserialize;
use std::sync::LazyLock;
use zhiqing_consent::{Basis, Tier};
use zhiqing_policy::{Category, Kind};

/// A purpose that many policies have; the fields are explained in the data file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Candidate {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) tier: Tier,
    pub(super) basis: Basis,
    pub(super) law: String,
    #[serde(default)]
    pub(super) question: String,
    pub(super) refusal: String,
    #[serde(default)]
    pub(super) kinds: Vec<Kind>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) datum: String,
    #[serde(default)]
    pub(super) categories: Vec<Category>,
    #[serde(default)]
    pub(super) also: Vec<String>,
    #[serde(default)]
    pub(super) consent: Vec<String>,
    #[serde(default)]
    pub(super) topics: Vec<Topic>,
    #[serde(default)]
    pub(super) permissions: Vec<String>,
    #[serde(default)]
    pub(super) serves: Vec<String>,
    #[serde(default)]
    pub(super) hints: bool,
    #[serde(default)]
    pub(super) foreseen: bool,
    #[serde(default)]
    pub(super) filler: bool,
}

impl Candidate {
    /// Whether it asks for one kind of data: its description can then be drawn from the clause.
    pub(super) fn is_of_data(&self) -> bool {
        self.basis == Basis::Separate && self.topics.is_empty()
    }
}

/// Why a clause that calls for consent is no purpose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Aside {
    pub(super) reason: String,
    #[serde(default)]
    pub(super) opening: Vec<String>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) kinds: Vec<Kind>,
    #[serde(default)]
    pub(super) topics: Vec<Topic>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    purpose: Vec<Candidate>,
    aside: Vec<Aside>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/purposes.toml")).unwrap_or_default());

/// The candidates, in the order of the draft.
pub(super) fn candidates() -> &'static [Candidate] {
    &FILE.purpose
}

/// The asides, in the order in which they are tried.
pub(super) fn asides() -> &'static [Aside] {
    &FILE.aside
}

/// Where a candidate stands that the data file is held to have.
pub(super) fn the(id: &str) -> usize {
    index(id).unwrap_or_default()
}

/// Where a candidate stands among the candidates.
pub(super) fn index(id: &str) -> Option<usize> {
    candidates().iter().position(|candidate| candidate.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhiqing_consent::cookie::is_word;

    #[test]
    fn the_data_file_is_read() {
        let file: File = toml::from_str(include_str!("../../data/purposes.toml")).unwrap();
        assert_eq!(file.purpose.len(), candidates().len());
        assert_eq!(file.aside.len(), asides().len());
        for candidate in candidates() {
            assert!(is_word(&candidate.id, false), "{}", candidate.id);
            assert!(!candidate.refusal.is_empty() && !candidate.law.is_empty());
        }
        for id in ["service", "features", "sharing", "abroad", "guardian"] {
            assert!(index(id).is_some(), "{id}");
        }
        let fillers = candidates().iter().filter(|candidate| candidate.filler);
        assert_eq!(fillers.count(), 3, "the contract's three purposes");
    }
}
