//! What is said about each rule, and the words it looks for: `data/check/*.txt`, one file a rule.
//!
//! A file is made of sections: `[rule]` (severity, source), `[en]` and `[zh-CN]` (basis, message, why, help),
//! `[unlawful]` and `[lawful]` (a wording of each), and lists of [patterns](super::pattern) under names of
//! the rule's own. `name = text` gives a text; `#` begins a remark. A second text of the same name for
//! another case has its name behind a dot: `message.complaint`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Rule;
use super::pattern::Patterns;

/// The languages in which findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    /// English.
    En,
    /// Simplified Chinese.
    ZhCn,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Unlawful by a named article.
    Error,
    /// Likely unlawful, or something the law wants told is missing.
    Warning,
    /// Against good practice, or a slip.
    Note,
}

impl Severity {
    /// Its name in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A rule's file, read.
#[derive(Debug, Default)]
pub(super) struct Guide {
    texts: HashMap<(&'static str, &'static str), &'static str>,
    unlawful: String,
    lawful: String,
    lists: HashMap<&'static str, Patterns>,
    lines: HashMap<&'static str, Vec<&'static str>>,
}

impl Guide {
    pub(super) fn severity(&self, case: &str) -> Severity {
        match self.text("rule", "severity", case) {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => Severity::Note,
        }
    }

    /// A text of a section, for a case where there is one of its own.
    pub(super) fn text(&self, section: &str, name: &str, case: &str) -> &'static str {
        let own = self.texts.iter().find(|((s, n), _)| {
            *s == section
                && n.strip_prefix(name)
                    .and_then(|rest| rest.strip_prefix('.'))
                    .is_some_and(|rest| rest == case)
        });
        own.map_or_else(
            || {
                let key = self.texts.get_key_value(&(section, name));
                key.map_or("", |(_, text)| text)
            },
            |(_, text)| text,
        )
    }

    /// The lines under a name, as they stand.
    pub(super) fn words(&self, name: &str) -> &[&'static str] {
        self.lines.get(name).map_or(&[], Vec::as_slice)
    }

    /// The patterns under a name; none where the file has no such list.
    pub(super) fn patterns(&self, name: &str) -> &Patterns {
        static NO_PATTERNS: Patterns = Patterns::none();
        self.lists.get(name).unwrap_or(&NO_PATTERNS)
    }
}

impl Rule {
    pub(super) fn guide(self) -> &'static Guide {
        static GUIDES: LazyLock<HashMap<Rule, Guide>> = LazyLock::new(|| {
            let read = |rule: Rule| (rule, read(file(rule)));
            Rule::ALL.into_iter().map(read).collect()
        });
        static NONE: LazyLock<Guide> = LazyLock::new(Guide::default);
        GUIDES.get(&self).unwrap_or(&NONE)
    }

    /// How bad it usually is.
    pub fn severity(self) -> Severity {
        self.guide().severity("")
    }

    /// What a finding of it says first, with no detail of a text.
    pub fn summary(self, locale: Locale) -> &'static str {
        self.guide().text(locale.name(), "summary", "")
    }

    /// Why it is wrong.
    pub fn why(self, locale: Locale) -> &'static str {
        self.guide().text(locale.name(), "why", "")
    }

    /// The articles, or practice.
    pub fn basis(self, locale: Locale) -> &'static str {
        self.guide().text(locale.name(), "basis", "")
    }

    /// What to write instead.
    pub fn help(self, locale: Locale) -> &'static str {
        self.guide().text(locale.name(), "help", "")
    }

    /// A wording that the rule finds, in Chinese as policies are.
    pub fn unlawful(self) -> &'static str {
        &self.guide().unlawful
    }

    /// A wording that it does not.
    pub fn lawful(self) -> &'static str {
        &self.guide().lawful
    }
}

impl Locale {
    /// As in the data files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }
}

fn read(file: &'static str) -> Guide {
    let mut guide = Guide::default();
    let mut section = "";
    let mut lists: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
    for line in file.lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
            continue;
        }
        match section {
            "rule" | "en" | "zh-CN" => {
                if let Some((name, text)) = line.split_once('=') {
                    guide.texts.insert((section, name.trim()), text.trim());
                }
            }
            "unlawful" => push_line(&mut guide.unlawful, line),
            "lawful" => push_line(&mut guide.lawful, line),
            _ => lists.entry(section).or_default().push(line),
        }
    }
    guide.lists = lists
        .iter()
        .map(|(name, lines)| (*name, Patterns::read(lines.iter().copied())))
        .collect();
    guide.lines = lists;
    guide
}

fn push_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

fn file(rule: Rule) -> &'static str {
    macro_rules! data {
        ($name:literal) => {
            include_str!(concat!("../../data/check/", $name, ".txt"))
        };
    }
    match rule {
        Rule::DeemedConsent => data!("deemed-consent"),
        Rule::DisagreeMeansLeave => data!("disagree-means-leave"),
        Rule::ExceptionTooWide => data!("exception-too-wide"),
        Rule::SharingByCustom => data!("sharing-by-custom"),
        Rule::DeidentifiedAsAnonymous => data!("deidentified-as-anonymous"),
        Rule::LateResponse => data!("late-response"),
        Rule::ConflictingDeadlines => data!("conflicting-deadlines"),
        Rule::NoOperator => data!("no-operator"),
        Rule::NoContact => data!("no-contact"),
        Rule::NoRights => data!("no-rights"),
        Rule::NoEffectiveDate => data!("no-effective-date"),
        Rule::NoRetention => data!("no-retention"),
        Rule::NoWithdrawal => data!("no-withdrawal"),
        Rule::NoReconsent => data!("no-reconsent"),
        Rule::ChildAgeWrong => data!("child-age-wrong"),
        Rule::NoMinors => data!("no-minors"),
        Rule::MissingAttachment => data!("missing-attachment"),
        Rule::TemplateResidue => data!("template-residue"),
        Rule::TruncatedSentence => data!("truncated-sentence"),
        Rule::NoRecipientDetails => data!("no-recipient-details"),
        Rule::NoRefusalOption => data!("no-refusal-option"),
        Rule::PermissionWithoutPurpose => data!("permission-without-purpose"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_told_in_both_languages() {
        for rule in Rule::ALL {
            for locale in [Locale::En, Locale::ZhCn] {
                let texts = [
                    rule.summary(locale),
                    rule.guide().text(locale.name(), "message", ""),
                    rule.why(locale),
                    rule.basis(locale),
                    rule.help(locale),
                ];
                for text in texts {
                    assert!(!text.is_empty(), "{} {}", rule.name(), locale.name());
                }
            }
            assert!(!rule.unlawful().is_empty() && !rule.lawful().is_empty());
            let source = rule.guide().text("rule", "source", "");
            assert!(!source.is_empty(), "{} names no source", rule.name());
        }
    }

    #[test]
    fn an_error_names_an_article() {
        for rule in Rule::ALL {
            let practice = rule.basis(Locale::En) == "practice";
            assert!(
                !practice || rule.severity() == Severity::Note,
                "{}",
                rule.name()
            );
        }
    }
}
