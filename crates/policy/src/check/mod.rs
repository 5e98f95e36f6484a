//! What is wrong with a policy, for a privacy officer.
//!
//! The straight line: `reading` gives the document as sentences in one spelling; each rule looks at them
//! with the words (`pattern`) of its file (`guide`) and says which it found, or that something is nowhere
//! said; [`check`] puts the findings in order, and `place` finds where they stand in the file.

mod absent;
mod attachments;
mod contents;
mod cut;
mod deadlines;
mod exceptions;
mod guide;
mod pattern;
mod permissions;
mod place;
mod prose;
mod reading;
mod recipients;
mod reconsent;
mod residue;
mod rule;
mod whole;

use std::ops::Range;

use serde::Serialize;

pub use guide::{Locale, Severity};
pub use place::Span;
pub use rule::Rule;

use crate::document::Document;
use place::Lines;
use reading::{Reading, Spot, Unfolding};

/// Something wrong. As JSON it is what `zhiqing check --format json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which rule found it.
    #[serde(serialize_with = "name")]
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// Line of the file, 1-based; 0 for what is nowhere said.
    pub line: u32,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The articles it is against, or practice.
    pub basis: &'static str,
    /// Where the words stand in the file; `None` for what is absent, and where the file does not read like
    /// the clause.
    #[serde(skip)]
    pub span: Option<Span>,
    /// The words and what stands around them; `None` for what is absent.
    #[serde(skip)]
    pub excerpt: Option<Excerpt>,
    /// Why it is wrong.
    #[serde(skip)]
    pub why: &'static str,
    /// What to write instead.
    #[serde(skip)]
    pub help: &'static str,
}

/// The words that a finding points at, as the clause has them, and some of the clause around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before the words, at most [`Excerpt::AROUND`] characters.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands behind them, at most [`Excerpt::AROUND`] characters.
    pub after: String,
    /// Whether the clause has more before and behind.
    pub cut: [bool; 2],
}

impl Excerpt {
    /// Characters shown on either side of the words.
    pub const AROUND: usize = 16;

    fn of(text: &str, words: &Range<usize>) -> Self {
        let (before, after) = (&text[..words.start], &text[words.end..]);
        let from = before.char_indices().rev().nth(Self::AROUND - 1);
        let from = from.map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(Self::AROUND);
        let to = to.map_or(after.len(), |(at, _)| at);
        Self {
            before: before[from..].to_owned(),
            words: text[words.clone()].to_owned(),
            after: after[..to].to_owned(),
            cut: [from > 0, to < after.len()],
        }
    }
}

fn name<S: serde::Serializer>(rule: &Rule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.name())
}

/// What a rule found: the words, or nothing said, and how to tell it.
#[derive(Clone, Debug)]
struct Found {
    rule: Rule,
    spot: Option<Spot>,
    /// Chooses among the rule's messages; mostly empty.
    case: &'static str,
    /// What stands for `{1}`, `{2}`, … in the message.
    details: Vec<String>,
}

impl Found {
    fn at(rule: Rule, spot: Spot) -> Self {
        Self {
            rule,
            spot: Some(spot),
            case: "",
            details: Vec::new(),
        }
    }

    fn absent(rule: Rule) -> Self {
        Self {
            rule,
            spot: None,
            case: "",
            details: Vec::new(),
        }
    }

    fn case(self, case: &'static str) -> Self {
        Self { case, ..self }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }
}

/// What is wrong with a policy, in the order of its lines; what is absent comes first. `source` is the text
/// of which the document was made: it tells columns. Time grows with the length of the text.
///
/// What is absent is looked for only in a [whole policy](is_whole), and not where its table of contents tells
/// of a section about it before which the text breaks off.
///
/// ```
/// use zhiqing_policy::check::{Locale, Rule, check};
///
/// let source = "一旦您开始使用本应用，即表示您同意本政策。\n";
/// let found = check(&zhiqing_policy::parse(source), source, Locale::En);
/// assert_eq!(found[0].rule, Rule::DeemedConsent);
/// assert_eq!((found[0].line, found[0].basis), (1, "PIPL 14"));
/// ```
pub fn check(document: &Document, source: &str, locale: Locale) -> Vec<Finding> {
    let reading = Reading::new(document);
    let mut found = Vec::new();
    prose::find(&reading, &mut found);
    exceptions::find(&reading, &mut found);
    deadlines::find(&reading, &mut found);
    residue::find(&reading, &mut found);
    attachments::find(&reading, &mut found);
    cut::find(&reading, &mut found);
    permissions::find(&reading, &mut found);
    if whole::is_whole(&reading) {
        absent::find_who(&reading, &mut found);
        if !whole::handles_nothing(&reading) {
            absent::find(&reading, &mut found);
            recipients::find(&reading, &mut found);
            reconsent::find(&reading, &mut found);
        }
    }
    told(&reading, source, locale, &found)
}

/// Whether the document is a policy of its own: an excerpt, a list of SDKs or some other text need not say
/// what a policy must.
pub fn is_whole(document: &Document) -> bool {
    whole::is_whole(&Reading::new(document))
}

/// Puts findings in order and words.
fn told(reading: &Reading<'_>, source: &str, locale: Locale, found: &[Found]) -> Vec<Finding> {
    let mut order: Vec<&Found> = found.iter().collect();
    let place = |found: &Found| {
        let spot = found.spot.as_ref();
        spot.map(|spot| (spot.part, spot.words.start, spot.words.end))
    };
    order.sort_by_key(|found| (place(found), found.rule));
    order.dedup_by_key(|found| (place(found), found.rule));
    let mut lines = Lines::of(source);
    let mut findings = Vec::with_capacity(order.len());
    // Findings of one part are placed together.
    for group in order.chunk_by(|a, b| place(a).map(|p| p.0) == place(b).map(|p| p.0)) {
        let part = group[0].spot.as_ref().map(|spot| &reading.parts[spot.part]);
        let Some(part) = part else {
            findings.extend(group.iter().map(|found| finding(found, locale)));
            continue;
        };
        let text = part.text();
        let unfolding = Unfolding::of(text);
        let spots = group.iter().filter_map(|found| found.spot.as_ref());
        let (chars, bytes): (Vec<_>, Vec<_>) =
            spots.map(|spot| unfolding.range(text, &spot.words)).unzip();
        let from = (part.line(), part.column());
        let spans = lines.spans(text, from, part.end_line(), &chars);
        for ((found, bytes), span) in group.iter().zip(bytes).zip(spans) {
            findings.push(Finding {
                line: span.map_or(part.line(), |span| span.line),
                span,
                excerpt: Some(Excerpt::of(text, &bytes)),
                ..finding(found, locale)
            });
        }
    }
    findings
}

fn finding(found: &Found, locale: Locale) -> Finding {
    let guide = found.rule.guide();
    let text = |name| guide.text(locale.name(), name, found.case);
    let mut message = text("message").to_owned();
    for (index, detail) in found.details.iter().enumerate() {
        message = message.replace(&format!("{{{}}}", index + 1), detail);
    }
    Finding {
        rule: found.rule,
        severity: guide.severity(found.case),
        line: 0,
        message,
        basis: text("basis"),
        span: None,
        excerpt: None,
        why: text("why"),
        help: text("help"),
    }
}
