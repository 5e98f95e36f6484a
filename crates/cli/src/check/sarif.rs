//! Findings as SARIF 2.1.0, which code review shows beside the lines.

use serde_json::{Value, json};
use std::fmt::Write as _;
use zhiqing_policy::check::{Finding, Locale, Rule};

/// The log of one run over one file.
pub(super) fn of(findings: &[Finding], file: &str, locale: Locale) -> Value {
    let rules: Vec<Value> = Rule::ALL.iter().map(|&r| rule(r, locale)).collect();
    let uri = uri(file);
    let results: Vec<Value> = findings.iter().map(|f| result(f, &uri)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "zhiqing",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "language": language(locale),
            "columnKind": "unicodeCodePoints",
            "artifacts": [{ "location": { "uri": uri } }],
            "results": results,
        }],
    })
}

/// As SARIF has it: a language, and in capitals a country.
fn language(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "en",
        Locale::ZhCn => "zh-CN",
    }
}

fn rule(rule: Rule, locale: Locale) -> Value {
    let (why, basis, help) = (rule.why(locale), rule.basis(locale), rule.help(locale));
    json!({
        "id": rule.name(),
        "shortDescription": { "text": rule.summary(locale) },
        "fullDescription": { "text": why },
        "help": { "text": format!("{why} ({basis})\n{help}\n\n✗ {}\n✓ {}", rule.unlawful(), rule.lawful()) },
        "defaultConfiguration": { "level": rule.severity().name() },
        "properties": { "basis": basis, "tags": ["privacy"] },
    })
}

fn result(finding: &Finding, uri: &str) -> Value {
    // What is absent stands nowhere; code-scanning viewers drop a result without a line, so it is shown at
    // the first.
    let mut region = json!({ "startLine": finding.line.max(1) });
    if let Some(span) = finding.span {
        region["startColumn"] = span.start.into();
        region["endColumn"] = span.end.into();
    }
    let index = Rule::ALL.iter().position(|&rule| rule == finding.rule);
    json!({
        "ruleId": finding.rule.name(),
        "ruleIndex": index,
        "level": finding.severity.name(),
        "message": { "text": format!("{} ({})", finding.message, finding.basis) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri, "index": 0 },
            "region": region,
        }}],
    })
}

/// A path as a URI reference (RFC 3986): relative as it was given, absolute with its scheme.
fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') {
        "file://".to_owned()
    } else {
        String::new()
    };
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            b'\\' => uri.push('/'),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("docs/policy.txt"), "docs/policy.txt");
        assert_eq!(uri("/tmp/a b.txt"), "file:///tmp/a%20b.txt");
        assert_eq!(uri("政策.txt"), "%E6%94%BF%E7%AD%96.txt");
    }
}
