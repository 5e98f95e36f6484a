//! `zhiqing check --explain RULE`.

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
    let mut text = String::new();
    let severity = rule.severity().name();
    let _ = writeln!(text, "{severity}[{name}]: {}\n", rule.summary(locale));
    let _ = writeln!(text, "{why}: {}", rule.why(locale));
    let _ = writeln!(text, "{basis}: {}", rule.basis(locale));
    let _ = writeln!(text, "{help}: {}", rule.help(locale));
    for (label, wording) in [(unlawful, rule.unlawful()), (lawful, rule.lawful())] {
        let _ = writeln!(text, "\n{label}:");
        for line in wording.lines() {
            let _ = writeln!(text, "  {line}");
        }
    }
    Ok(text)
}
