//! What a comparison tells.

use serde::{Deserialize, Serialize};

use super::material::{self, Reason};

/// What changed between two versions of a policy: the JSON of `zhiqing diff`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    /// Whether any change is material.
    pub material: bool,
    /// The changes: material ones first, each part in the order of the text.
    pub changes: Vec<Change>,
    /// Both texts side by side, for a report.
    #[serde(skip)]
    pub rows: Vec<Row>,
}

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// Whether people must be told, or asked again.
    pub material: bool,
    /// Where it stood and what it said; `None` for what was added.
    pub before: Option<Place>,
    /// Where it stands and what it says; `None` for what was removed.
    pub after: Option<Place>,
    /// In which way it changed.
    #[serde(skip)]
    pub nature: Nature,
    /// Words taken out and put in, in order; either may be empty. None for a whole clause, and for
    /// what was only moved or numbered anew.
    #[serde(skip)]
    pub words: Vec<Replaced>,
    /// Further places of the same change, as lines of the old and the new text.
    #[serde(skip)]
    pub also: Vec<[Option<u32>; 2]>,
    /// Ids of the clauses that it touches: of the old document, and of the new one.
    #[serde(skip)]
    pub clauses: [Vec<String>; 2],
}

impl Change {
    /// Why it is material, or is not.
    pub fn reason(&self) -> Reason {
        material::reason(self.kind, self.nature)
    }
}

/// A place in one of the texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// 1-based line of the source.
    pub line: u32,
    /// What stands there: a clause, a cell, a row (cells apart by ` | `), or a section (its passages on
    /// lines of their own).
    pub text: String,
}

/// Words that were replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Taken out.
    pub old: String,
    /// Put in.
    pub new: String,
    /// The rest of its phrase before and after it, as the new text has it; … where that is long.
    pub around: [String; 2],
}

/// What a change is about.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Who answers for the data (PIPL 17, 22).
    Controller,
    /// Outside the mainland (PIPL 38, 39).
    ThirdCountry,
    /// Who receives data: companies, classes, SDKs (PIPL 23).
    Recipient,
    /// What data is used for (PIPL 14).
    Purpose,
    /// Which data, and which device permissions (PIPL 14).
    Data,
    /// Cookies, beacons and the like.
    Technology,
    /// Ages and guardians (PIPL 31).
    Minors,
    /// What a person can ask for, how, and how long it takes (PIPL 44–50).
    Rights,
    /// How long data is kept, and where (PIPL 17).
    Retention,
    /// How the operator is reached (PIPL 17).
    Contact,
    /// Nothing of these.
    #[default]
    Wording,
}

impl ChangeKind {
    /// All kinds, the gravest first.
    pub const ALL: [Self; 11] = [
        Self::Controller,
        Self::ThirdCountry,
        Self::Recipient,
        Self::Purpose,
        Self::Data,
        Self::Technology,
        Self::Minors,
        Self::Rights,
        Self::Retention,
        Self::Contact,
        Self::Wording,
    ];

    /// The contract's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Data => "data",
            Self::Recipient => "recipient",
            Self::ThirdCountry => "third_country",
            Self::Rights => "rights",
            Self::Contact => "contact",
            Self::Controller => "controller",
            Self::Retention => "retention",
            Self::Technology => "technology",
            Self::Minors => "minors",
            Self::Wording => "wording",
        }
    }
}

/// In which way something changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nature {
    /// It was not there, or not done, before.
    Added,
    /// It is not there, or not done, any more.
    Removed,
    /// It became another.
    Changed,
    /// A term that became longer.
    Longer,
    /// A term that became shorter.
    Shorter,
    /// Said in other words.
    #[default]
    Reworded,
    /// Says the same elsewhere.
    Moved,
    /// Says the same under another number.
    Renumbered,
    /// The dates of the version.
    Dated,
}

impl Nature {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Added,
        Self::Removed,
        Self::Changed,
        Self::Longer,
        Self::Shorter,
        Self::Reworded,
        Self::Moved,
        Self::Renumbered,
        Self::Dated,
    ];

    /// Its word in `data/materiality.tsv`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Longer => "longer",
            Self::Shorter => "shorter",
            Self::Reworded => "reworded",
            Self::Moved => "moved",
            Self::Renumbered => "renumbered",
            Self::Dated => "dated",
        }
    }
}

/// Both texts at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// In the old text.
    pub old: Option<Passage>,
    /// In the new text.
    pub new: Option<Passage>,
    /// Index of the change that it belongs to.
    pub change: Option<usize>,
}

/// A passage of one of the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// 1-based line of the source.
    pub line: u32,
    /// Level of a heading.
    pub heading: Option<u8>,
    /// Its text.
    pub text: String,
    /// Bytes of the text that the other one does not have, in order.
    pub marks: Vec<std::ops::Range<usize>>,
}
