//! Tools of the catalogue that a policy names.

use super::reading::Reading;
use super::sentences::states;
use super::words::any;
use crate::catalogue::{self, Definition};

/// The tool that the text names.
pub(super) fn in_text(text: &str) -> Option<&'static Definition> {
    let mut all = catalogue::all().iter();
    all.find(|known| any(text, &known.names))
}

/// The tools that the policy names, each with the first clause that does.
pub(super) fn named(reading: &Reading<'_>) -> Vec<(&'static Definition, usize)> {
    let clauses = &reading.document.clauses;
    let first = |known: &'static Definition| {
        let names = |text: &str| any(text, &known.names) && states(text, &known.names);
        let at = clauses.iter().position(|clause| names(&clause.text))?;
        Some((known, at))
    };
    catalogue::all().iter().filter_map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::init::candidates::index;

    #[test]
    fn every_tool_serves_a_purpose_that_a_draft_knows() {
        for known in catalogue::all() {
            assert!(index(&known.purpose).is_some(), "{}", known.id);
        }
    }

    #[test]
    fn a_tool_is_named_where_it_is_not_denied() {
        let policy = zhiqing_policy::parse("我们不使用百度统计。\n页面使用神策分析。\n");
        let named = named(&Reading::new(&policy));
        let ids: Vec<_> = named
            .iter()
            .map(|(known, at)| (known.id.as_str(), *at))
            .collect();
        assert_eq!(ids, [("sensors", 1)]);
    }
}
