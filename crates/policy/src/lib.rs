//! Policy text to [`Document`]: the parsed, annotated tree of a privacy policy, with not one
//! character of the text lost on the way.
//!
//! The straight line: bytes are [decoded](text) into numbered lines, [`parse`] tells title,
//! contents, headings, clauses and tables apart, [`annotate`] marks each clause with its kinds and
//! terms and draws the facts. The result is plain data: the build writes it as JSON, the page
//! renders it, the ledger names it by its digest. No browser, clock, randomness or I/O here.

pub mod document;

pub use document::{
    Category, Clause, Contact, ContactKind, ContentsLine, Deadline, Document, Facts, Heading, Kind,
    MinorsRule, PermissionFact, RecipientFact, SdkFact, Table, TechnologyFact, Term, Unit,
};
