//! The parsed tree and its JSON: what `zhiqing parse` prints and `policy/<version>.json` holds.
//!
//! Lines are 1-based lines of the source. Headings, contents lines and clauses (table cells are
//! clauses too), merged by line and column, hold every non-blank character of the source in order:
//! see [`Document::passages`].

use serde::{Deserialize, Serialize};

/// A parsed privacy policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The policy's own title, without brackets such as 《》; `None` where the text has none.
    pub title: Option<String>,
    /// ISO 8601 date from which the policy applies.
    pub effective_date: Option<String>,
    /// ISO 8601 date of the last change.
    pub updated_date: Option<String>,
    /// Headings in source order. The line that carries the document's title is a heading of level 0.
    pub outline: Vec<Heading>,
    /// The lines of a table of contents, in source order: navigation, not statements.
    pub contents: Vec<ContentsLine>,
    /// Every paragraph, list item and table cell, in source order.
    pub clauses: Vec<Clause>,
    /// Tables, by the lines they cover; their cells are clauses as well.
    pub tables: Vec<Table>,
    /// What the text states about its operator, dates, deadlines and devices.
    pub facts: Facts,
}

/// A heading: `label` and `title` together hold all its non-blank characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Stable id, `s-` and hexadecimal digits drawn from the title.
    pub id: String,
    /// 0 for the document's title, 1 for its parts, and so on inwards.
    pub level: u8,
    /// The numbering as written, with its punctuation: `一、`, `（二）`, `1.`; empty if there is none.
    pub label: String,
    /// The heading's words.
    pub title: String,
    /// Line of the source.
    pub line: u32,
    /// Column of its first character, 1-based: tells passages on one line apart.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub column: u32,
    /// Markdown's signs before the label, between label and title, and after the title: markup,
    /// which no view shows, but characters of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<Box<[String; 3]>>,
}

/// A line of the table of contents, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentsLine {
    /// Line of the source.
    pub line: u32,
    /// Column of its first character, 1-based.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub column: u32,
    /// The line's text, trimmed.
    pub text: String,
    /// Markup before and after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<Box<[String; 2]>>,
}

/// A paragraph, list item or table cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Stable id, `c-` and hexadecimal digits drawn from the text: an edit elsewhere in the
    /// document leaves it as it is.
    pub id: String,
    /// Id of the heading it stands under; `None` before the first heading.
    pub section: Option<String>,
    /// First line of the source.
    pub line: u32,
    /// Column of its first character, 1-based.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub column: u32,
    /// Last line of the source; differs from `line` where a broken sentence was joined.
    pub end_line: u32,
    /// The text, trimmed, broken lines joined.
    pub text: String,
    /// What the clause itself states. Empty for a clause that states nothing of the kind.
    pub kinds: Vec<Kind>,
    /// Data and phrases marked in the text, in the order of `start`, never overlapping.
    pub terms: Vec<Term>,
    /// The words that name it and open it, `位置信息` in `（二）位置信息。当您…`: their first and the first
    /// character after them, in Unicode scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<[u32; 2]>,
    /// Parts that the policy emphasises (bold or underlined), like `head`, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emphasis: Vec<[u32; 2]>,
    /// Markup before and after the text: a Markdown table's bars, a rule between paragraphs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<Box<[String; 2]>>,
}

fn first() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_first(column: &u32) -> bool {
    *column == 1
}

/// What a clause does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the words of the field, explained in docs/words.md"
)]
pub enum Kind {
    Collection,
    Sensitive,
    Sharing,
    Transfer,
    Disclosure,
    CrossBorder,
    Profiling,
    Tracking,
    Permission,
    Sdk,
    Storage,
    Security,
    Rights,
    Withdrawal,
    Minors,
    Update,
    Contact,
    Exception,
    Liability,
    DeemedConsent,
    Refusal,
    Marketing,
    SeparateConsent,
    Definition,
}

/// A datum or phrase marked inside a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Line of the source on which it stands.
    pub line: u32,
    /// Offset of its first character in the clause's text, in Unicode scalar values.
    pub start: u32,
    /// The marked words.
    pub text: String,
    /// What the words name.
    pub category: Category,
    /// Sensitive under PIPL 28, or under the policy's own definition.
    pub sensitive: bool,
}

/// What a term names: the categories of PIPL 28 first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the words of the field, explained in docs/words.md"
)]
pub enum Category {
    Biometric,
    Religion,
    SpecificIdentity,
    Health,
    FinancialAccount,
    LocationTrack,
    Minor,
    IdDocument,
    Contact,
    DeviceId,
    Browsing,
    Transaction,
    OtherSensitive,
}

/// A rebuilt table; the cells are clauses too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// First line of the source.
    pub line: u32,
    /// Last line of the source.
    pub end_line: u32,
    /// Column names.
    pub header: Vec<String>,
    /// Rows of cells, each as long as the header. A cell that spans several has its text in each; the
    /// value of a `name：value` cell stands alone.
    pub rows: Vec<Vec<String>>,
    /// Index of the first of its cells among the document's clauses, and of the first clause after
    /// them. Column names come first, if they are cells; empty cells are none.
    pub clauses: [u32; 2],
}

/// What the text states about itself; empty or `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the contract's")]
pub struct Facts {
    /// Name of the personal information handler.
    pub operator: Option<String>,
    pub contacts: Vec<Contact>,
    pub deadlines: Vec<Deadline>,
    pub minors: Vec<MinorsRule>,
    pub technologies: Vec<TechnologyFact>,
    pub permissions: Vec<PermissionFact>,
    pub sdks: Vec<SdkFact>,
    pub recipients: Vec<RecipientFact>,
}

/// A way to reach the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Email, telephone, address or postcode.
    pub kind: ContactKind,
    /// As written.
    pub value: String,
    /// Line of the source.
    pub line: u32,
}

/// Kinds of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "self-explanatory")]
pub enum ContactKind {
    Email,
    Phone,
    Address,
    Postcode,
}

/// A term the operator sets itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// What is due: `response`, `shutdown_notice`, or another phrase in snake case.
    pub what: String,
    /// Number of days.
    pub count: u32,
    /// Natural or working days.
    pub unit: Unit,
    /// Line of the source.
    pub line: u32,
}

/// Unit of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "self-explanatory")]
pub enum Unit {
    Day,
    WorkingDay,
}

/// An age under which the text sets other rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinorsRule {
    /// Years.
    pub age: u8,
    /// Whether somebody of exactly this age still counts (`（含）`).
    pub inclusive: bool,
    /// Line of the source.
    pub line: u32,
}

/// A storing or tracking technology the text names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechnologyFact {
    /// One of DESIGN's words: `cookie`, `local_storage`, `beacon`, …
    pub name: String,
    /// Line of the source on which it is first named.
    pub line: u32,
}

/// A device permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the contract's")]
pub struct PermissionFact {
    pub name: String,
    pub purpose: Option<String>,
    pub refusal: Option<String>,
    pub line: u32,
}

/// A third party's software kit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the contract's")]
pub struct SdkFact {
    pub name: String,
    pub purpose: Option<String>,
    pub data: Option<String>,
    pub line: u32,
}

/// A class of recipients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the contract's")]
pub struct RecipientFact {
    pub class: String,
    pub line: u32,
}

/// A run of the document in source order: what a renderer walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage<'a> {
    /// A heading.
    Heading(&'a Heading),
    /// A line of the table of contents.
    Contents(&'a ContentsLine),
    /// A paragraph, list item or table cell.
    Clause(&'a Clause),
}

impl Document {
    /// Headings, contents lines and clauses merged, in source order.
    pub fn passages(&self) -> impl Iterator<Item = Passage<'_>> {
        let mut headings = self.outline.iter().peekable();
        let mut contents = self.contents.iter().peekable();
        let mut clauses = self.clauses.iter().peekable();
        let end = (u32::MAX, u32::MAX);
        std::iter::from_fn(move || {
            let heading = headings.peek().map_or(end, |h| (h.line, h.column));
            let content = contents.peek().map_or(end, |c| (c.line, c.column));
            let clause = clauses.peek().map_or(end, |c| (c.line, c.column));
            if heading <= content
                && heading <= clause
                && let Some(heading) = headings.next()
            {
                return Some(Passage::Heading(heading));
            }
            if content <= clause
                && let Some(line) = contents.next()
            {
                return Some(Passage::Contents(line));
            }
            clauses.next().map(Passage::Clause)
        })
    }
}
