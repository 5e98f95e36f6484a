//! What stands where in a unit: data, recipients, terms of time, ways to reach somebody, and the
//! other things of which a privacy policy is made. A change is told by those that it touches.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cues::{self, Cue};
use super::fold::folded;
use super::places::{self, FAR, field_of, is_stop, name_before, sentence};
use super::source::{Fact, Source};
use super::units::Unit;
use crate::document::{Category, Kind};
use crate::text::is_blank;

/// What a mark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Operator,
    Abroad,
    Mainland,
    Recipient,
    Technology,
    /// An age, or the guardian.
    Age,
    Contact,
    Datum,
    Permission,
    /// A term of time.
    Term,
    Date,
    Right,
    How,
    Purpose,
    Deny,
    Consent,
}

/// Something that stands in a unit's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) what: What,
    /// Bytes of the unit's text.
    pub(super) range: Range<usize>,
    /// What it says, as it is compared.
    pub(super) key: String,
    /// Days, of a term; years, of an age.
    pub(super) count: u32,
}

/// Most facts of one clause that are looked for in it: each costs a reading of the clause.
const MANY: usize = 64;

/// A unit with its marks.
pub(super) struct Side<'s> {
    pub(super) unit: &'s Unit,
    pub(super) marks: Vec<Mark>,
    cues: Vec<(Cue, Range<usize>)>,
    /// What its clauses do, see [`Source::kinds`].
    pub(super) kinds: BTreeSet<Kind>,
    /// What the sentence does that leads in its list.
    pub(super) lead: BTreeSet<Kind>,
    /// Titles above it and names of its columns.
    pub(super) context: String,
    /// The columns' names, where each has its cell.
    columns: Vec<String>,
    /// Whether it is the whole unit, and not a sentence of it.
    pub(super) whole: bool,
}

impl<'s> Side<'s> {
    pub(super) fn of(source: &Source<'_>, unit: &'s Unit) -> Self {
        let mut side = Self {
            unit,
            marks: Vec::new(),
            cues: cues::find(&unit.text),
            kinds: source.kinds(unit),
            lead: source.lead_kinds(unit),
            context: source.context(unit),
            columns: source.columns(unit),
            whole: true,
        };
        side.data(source);
        side.facts(source);
        side.words(source);
        side.addresses();
        side.times();
        side
    }

    /// Sentences of the unit by themselves: what the rest of it does is left out.
    pub(super) fn part(&self, range: &Range<usize>) -> Self {
        let inside = |place: &Range<usize>| range.start <= place.start && place.end <= range.end;
        let marks = self.marks.iter().filter(|mark| inside(&mark.range));
        let cues = self.cues.iter().filter(|(_, place)| inside(place));
        Self {
            unit: self.unit,
            marks: marks.cloned().collect(),
            cues: cues.cloned().collect(),
            kinds: BTreeSet::new(),
            lead: BTreeSet::new(),
            context: self.context.clone(),
            columns: Vec::new(),
            whole: false,
        }
    }

    /// Whether a word of the list stands anywhere in it.
    pub(super) fn speaks(&self, cue: Cue) -> bool {
        self.cues.iter().any(|(other, _)| *other == cue)
    }

    pub(super) fn has(&self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|kind| self.kinds.contains(kind))
    }

    /// Whether a word of the list stands in the sentence around a place.
    pub(super) fn says(&self, cue: Cue, around: &Range<usize>) -> bool {
        let sentence = sentence(&self.unit.text, around);
        let from = self
            .cues
            .partition_point(|(_, range)| range.start < sentence.start);
        self.cues[from..]
            .iter()
            .take_while(|(_, range)| range.start < sentence.end)
            .any(|(other, range)| *other == cue && range.end <= sentence.end)
    }

    /// Whether a word of the list stands inside a place.
    pub(super) fn says_in(&self, cue: Cue, place: &Range<usize>) -> bool {
        let from = self
            .cues
            .partition_point(|(_, range)| range.start < place.start);
        self.cues[from..]
            .iter()
            .take_while(|(_, range)| range.start < place.end)
            .any(|(other, range)| *other == cue && range.end <= place.end)
    }

    /// The words of a list that it uses.
    pub(super) fn words_of(&self, cue: Cue) -> BTreeSet<&str> {
        let cues = self.cues.iter().filter(|(other, _)| *other == cue);
        cues.map(|(_, range)| &self.unit.text[range.clone()])
            .collect()
    }

    /// The phrase around a place, without the number in front of the unit.
    pub(super) fn phrase(&self, around: &Range<usize>) -> Range<usize> {
        let phrase = places::phrase(&self.unit.text, around);
        phrase.start.max(self.unit.label).min(around.start)..phrase.end
    }

    /// Whether it is a row of a table that tells how long data is kept, and not what is done with it.
    pub(super) fn is_kept(&self) -> bool {
        let fields: Vec<Option<Cue>> = self.columns.iter().map(|name| field_of(name)).collect();
        let has = |cue| fields.contains(&Some(cue));
        let does = [Cue::FieldPurpose, Cue::FieldWho, Cue::FieldWay];
        has(Cue::FieldTerm) && has(Cue::FieldData) && !does.into_iter().any(has)
    }

    /// Whether the sentence says that what it speaks of is not done. 未经…不得 is a condition, and
    /// 无法 a consequence; the words of the list are the plain ones.
    pub(super) fn denies(&self, around: &Range<usize>) -> bool {
        self.says(Cue::Deny, around) && !self.says(Cue::Consent, around)
    }

    /// Whether a word of the list is told above: in a title or the name of a column.
    pub(super) fn is_under(&self, cue: Cue) -> bool {
        cues::find(&self.context)
            .iter()
            .any(|(other, _)| *other == cue)
    }

    /// What the field tells in which a place lies: `目的：…；`, or the column of a table.
    pub(super) fn field(&self, place: &Range<usize>) -> Option<Cue> {
        let text = &self.unit.text;
        let apart = |c: char| matches!(c, '；' | '。' | ';' | '|' | '\n' | '，');
        let before = text[..place.start].char_indices().rev().take(FAR);
        let mut colon = None;
        let mut start = 0;
        // What stands in brackets before the place is no name of its field.
        let mut depth = 0_u32;
        for (at, c) in before {
            match c {
                '）' | ')' => depth += 1,
                '（' | '(' => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                '：' | ':' if colon.is_none() => colon = Some(at),
                '：' | ':' => {
                    start = at + c.len_utf8();
                    break;
                }
                _ if apart(c) && (colon.is_some() || c != '，') => {
                    start = at + c.len_utf8();
                    break;
                }
                _ => {}
            }
        }
        let own = colon.and_then(|colon| field_of(text[start..colon].split(is_blank).next_back()?));
        let column = || {
            let part = self
                .unit
                .parts
                .partition_point(|&(_, from)| from <= place.start);
            field_of(self.columns.get(part.checked_sub(1)?)?)
        };
        own.or_else(column)
    }

    pub(super) fn push(&mut self, what: What, range: Range<usize>) {
        let key = folded(&self.unit.text[range.clone()]);
        self.marks.push(Mark {
            what,
            range,
            key,
            count: 0,
        });
    }

    /// Data, as the clauses' terms have them.
    fn data(&mut self, source: &Source<'_>) {
        for &(index, from) in &self.unit.parts {
            let Some(clause) = source.document.clauses.get(index) else {
                continue;
            };
            let mut chars = clause.text.char_indices().enumerate();
            for term in clause
                .terms
                .iter()
                .filter(|term| term.category != Category::Minor)
            {
                let at = chars.find(|(n, _)| *n == term.start as usize);
                let Some((_, (at, _))) = at else { continue };
                let range = from + at..from + at + term.text.len();
                if self.unit.text.get(range.clone()) == Some(term.text.as_str()) {
                    self.push(What::Datum, range);
                }
            }
        }
    }

    /// What the document's facts name on the unit's lines.
    fn facts(&mut self, source: &Source<'_>) {
        for fact in source
            .facts_on(self.unit.line, self.unit.end_line)
            .take(MANY)
        {
            let (what, name) = match fact {
                Fact::Contact(contact) => (What::Contact, &contact.value),
                Fact::Kit(kit) => (What::Recipient, &kit.name),
                Fact::Permission(permission) => (What::Permission, &permission.name),
                Fact::Recipient(recipient) => (What::Recipient, &recipient.class),
                Fact::Minors | Fact::Deadline(_) => continue,
            };
            if let Some(at) = self.unit.text.find(name.as_str()) {
                self.push(what, at..at + name.len());
            }
        }
        if let Some(operator) = source.document.facts.operator.as_deref() {
            let text = &self.unit.text;
            let places: Vec<usize> = text
                .match_indices(operator)
                .map(|(at, _)| at)
                .take(MANY)
                .collect();
            for at in places {
                self.push(What::Operator, at..at + operator.len());
            }
        }
    }

    fn words(&mut self, source: &Source<'_>) {
        let text = &self.unit.text;
        let given = self.has(&[Kind::Sharing, Kind::Sdk, Kind::Transfer, Kind::Disclosure]);
        let operators: Vec<Range<usize>> = self
            .marks
            .iter()
            .filter(|mark| mark.what == What::Operator)
            .map(|mark| mark.range.clone())
            .collect();
        for (cue, range) in self.cues.clone() {
            match cue {
                Cue::Company | Cue::Kit => {
                    let mut range = name_before(text, range);
                    range.start = range.start.max(self.unit.label);
                    let own = operators
                        .iter()
                        .any(|place| place.start < range.end && range.start < place.end);
                    let foreign =
                        source.document.facts.operator.as_deref() != Some(&text[range.clone()]);
                    if !own && foreign {
                        self.push(What::Recipient, range);
                    }
                }
                Cue::Class if given || self.says(Cue::Give, &range) => {
                    self.push(What::Recipient, range);
                }
                Cue::Abroad => self.push(What::Abroad, range),
                Cue::Mainland => self.push(What::Mainland, range),
                Cue::Country if self.says(Cue::Place, &range) || self.says(Cue::Abroad, &range) => {
                    self.push(What::Abroad, range);
                }
                Cue::Technology(number) => {
                    self.push(What::Technology, range);
                    if let Some(mark) = self.marks.last_mut() {
                        // Two names of one technology say the same.
                        mark.key = cues::technology(number).to_owned();
                    }
                }
                Cue::Guardian => self.push(What::Age, range),
                Cue::Age => self.age(&range),
                Cue::Right => self.push(What::Right, range),
                Cue::How => self.push(What::How, range),
                Cue::Deny => self.push(What::Deny, range),
                Cue::Consent => self.push(What::Consent, range),
                Cue::Endless => {
                    self.push(What::Term, range);
                    if let Some(mark) = self.marks.last_mut() {
                        mark.count = u32::MAX;
                    }
                }
                Cue::Purpose => {
                    let rest = &text[range.end..];
                    let aim = rest.chars().take(FAR).take_while(|c| !is_stop(*c));
                    let length: usize = aim.map(char::len_utf8).sum();
                    self.push(What::Purpose, range.end..range.end + length);
                }
                _ => {}
            }
        }
    }
}
