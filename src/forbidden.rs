//! What a decision does not allow to lie in the browser's stores.

use crate::browser;
use zhiqing_consent::gate::{Gate, Verdict};
use zhiqing_consent::{Decision, Glob, Notice, Technology};

/// What a decision does not allow.
pub(crate) struct Forbidden<'a>(Gate<'a>);

impl<'a> Forbidden<'a> {
    /// By this decision, and by what the browser signals now (rule 7).
    pub(crate) fn new(notice: &'a Notice, decision: &'a Decision) -> Self {
        Self(Gate::new(notice, Some(decision)).signalled(browser::gpc()))
    }

    /// Whether everything is allowed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.forbidden().next().is_none()
    }

    /// As the gate judges a write: one claim that is not allowed is enough.
    pub(crate) fn has(&self, technology: Technology, key: &str) -> bool {
        matches!(self.0.judge_key(technology, key), Verdict::Held(_))
    }

    /// Whether anything in such a store can be forbidden.
    pub(crate) fn touches(&self, technology: Technology) -> bool {
        let mut uses = self.0.forbidden();
        uses.any(|used| used.technology == technology)
    }

    /// Names that stand as they are in the trackers' uses, for browsers that do not list.
    pub(crate) fn exact(&self, technology: Technology) -> Vec<String> {
        let uses = self.0.forbidden();
        let uses = uses.filter(|used| used.technology == technology);
        let names = uses.flat_map(|used| used.patterns.iter().map(Glob::as_str));
        let exact = names.filter(|name| !name.contains('*') && self.has(technology, name));
        exact.map(str::to_owned).collect()
    }
}
