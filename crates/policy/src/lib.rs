//! Policy text to [`Document`]: the parsed, annotated tree of a privacy policy, with not one
//! character of the text lost on the way.
//!
//! The straight line: bytes are [decoded](decode) into text, [`parse`] splits it into numbered
//! lines, tells title, contents, headings, clauses and tables apart, marks each clause with its
//! kinds and terms and draws the facts; [`to_text`] prints it back. The result is plain data: the
//! build writes it as JSON, the page renders it, the ledger names it by its digest. No browser,
//! clock, randomness or I/O here.

mod annotate;
pub mod check;
pub mod diff;
pub mod document;
mod facts;
mod input;
mod needles;
mod numerals;
mod print;
mod structure;
mod text;

#[cfg(any(test, feature = "learn"))]
pub use annotate::learn;
pub use document::{
    Category, Clause, Contact, ContactKind, ContentsLine, Deadline, Document, Facts, Heading, Kind,
    MinorsRule, Passage, PermissionFact, RecipientFact, SdkFact, Table, TechnologyFact, Term, Unit,
};
pub use input::encoding::{PolicyError, decode, decode_vec};
pub use print::to_text;

/// Parses and annotates a policy. Any text gives a document: what is not understood is a clause,
/// and [`Document::passages`] together hold every non-blank character in order. Time grows with the
/// length of the text.
///
/// ```
/// use zhiqing_policy::{Kind, parse};
///
/// let policy = parse(
///     "某某应用隐私政策\n\
///      生效日期：2026年1月2日\n\
///      一、我们如何收集信息\n\
///      登录时我们会收集您的人脸信息，\n\
///      用于核验身份。\n",
/// );
/// assert_eq!(policy.title.as_deref(), Some("某某应用隐私政策"));
/// assert_eq!(policy.effective_date.as_deref(), Some("2026-01-02"));
/// assert_eq!(policy.outline[1].label, "一、");
///
/// let clause = &policy.clauses[1];
/// assert_eq!((clause.line, clause.end_line), (4, 5));
/// assert_eq!(clause.kinds, [Kind::Collection, Kind::Sensitive]);
/// assert_eq!(clause.terms[0].text, "人脸信息");
/// ```
pub fn parse(text: &str) -> Document {
    annotate::annotate(structure::read(input::read(text)))
}

/// As [`parse`], but leaves kinds and terms out: structure and facts alone, in a fraction of the
/// time.
pub fn read(text: &str) -> Document {
    annotate::finish(structure::read(input::read(text)))
}
