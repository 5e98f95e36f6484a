//! `zhiqing check --explain RULE`.

use super::text;
use anyhow::{Result, bail};
use std::fmt::Write as _;
use zhiqing_policy::check::{Locale, Rule};

/// What a rule is about.
pub(super) fn of(name: &str, locale: Locale) -> Result<String> {
    let Some(rule) = Rule::named(name) else {
        let names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        bail!(
            "no rule is called {name:?}; did you mean {}? The rules are:\n  {}",
            Rule::nearest(name).name(),
            names.join("\n  ")
        );
    };
    let [why, basis, help, unlawful, lawful] = match locale {
        Locale::En => ["why", "basis", "help", "unlawful", "lawful"],
        Locale::ZhCn => ["原因", "依据", "建议", "不合规的写法", "合规的写法"],
    };
    let mut told = String::new();
    let severity = text::severity(rule.severity(), locale);
    let _ = writeln!(told, "{severity}[{name}]: {}\n", rule.summary(locale));
    let _ = writeln!(told, "{why}: {}", rule.why(locale));
    let _ = writeln!(told, "{basis}: {}", rule.basis(locale));
    let _ = writeln!(told, "{help}: {}", rule.help(locale));
    for (label, wording) in [(unlawful, rule.unlawful()), (lawful, rule.lawful())] {
        let _ = writeln!(told, "\n{label}:");
        for line in wording.lines() {
            let _ = writeln!(told, "  {line}");
        }
    }
    Ok(told)
}
