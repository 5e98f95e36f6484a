//! Tools whose keys and addresses are known: `data/trackers.tsv`.

use super::reading::Reading;
use super::sentences::states;
use super::words::{any, rows};
use std::sync::LazyLock;

/// A tool that pages load.
#[derive(Debug)]
pub(super) struct Tool {
    pub(super) id: &'static str,
    pub(super) vendor: &'static str,
    /// The candidate that it serves unless the policy says otherwise.
    pub(super) purpose: &'static str,
    names: Vec<&'static str>,
    /// Technologies and their patterns.
    pub(super) uses: Vec<(&'static str, Vec<&'static str>)>,
}

impl Tool {
    /// Whether the text names it.
    pub(super) fn is_in(&self, text: &str) -> bool {
        any(text, &self.names)
    }
}

static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| {
    let mut tools: Vec<Tool> = Vec::new();
    for row in rows(include_str!("../../data/trackers.tsv")) {
        let [id, vendor, purpose, names, technology, patterns] = row[..] else {
            continue;
        };
        if tools.last().is_none_or(|tool| tool.id != id) {
            let (names, uses) = (Vec::new(), Vec::new());
            tools.push(Tool {
                id,
                vendor,
                purpose,
                names,
                uses,
            });
        }
        if let Some(tool) = tools.last_mut() {
            tool.names.extend(names.split('|'));
            tool.uses.push((technology, patterns.split('|').collect()));
        }
    }
    tools
});

/// The known tools.
pub(super) fn tools() -> &'static [Tool] {
    &TOOLS
}

/// The known tools that the policy names, each with the first clause that does.
pub(super) fn named(reading: &Reading<'_>) -> Vec<(&'static Tool, usize)> {
    let clauses = &reading.document.clauses;
    let first = |tool: &'static Tool| {
        let names = |text: &str| tool.is_in(text) && states(text, &tool.names);
        let at = clauses.iter().position(|clause| names(&clause.text))?;
        Some((tool, at))
    };
    tools().iter().filter_map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::init::candidates::index;
    use zhiqing_consent::cookie::is_word;

    #[test]
    fn every_row_is_read() {
        let uses: usize = tools().iter().map(|tool| tool.uses.len()).sum();
        assert_eq!(uses, rows(include_str!("../../data/trackers.tsv")).count());
        for tool in tools() {
            assert!(
                is_word(tool.id, false) && index(tool.purpose).is_some(),
                "{tool:?}"
            );
            for (technology, patterns) in &tool.uses {
                let word = serde_json::Value::String((*technology).to_owned());
                assert!(serde_json::from_value::<zhiqing_consent::Technology>(word).is_ok());
                assert!(patterns.iter().all(|p| !p.is_empty() && !p.contains("://")));
            }
        }
    }

    #[test]
    fn a_tool_is_named_where_it_is_not_denied() {
        let policy = zhiqing_policy::parse("我们不使用百度统计。\n页面使用神策分析。\n");
        let named = named(&Reading::new(&policy));
        let ids: Vec<_> = named.iter().map(|(tool, at)| (tool.id, *at)).collect();
        assert_eq!(ids, [("sensors", 1)]);
    }
}
