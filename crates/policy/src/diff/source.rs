//! A document as the comparison asks it: its units, its facts by line, the data it names.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hasher;
use std::ops::Bound;

use twox_hash::XxHash64;

use super::fold::{fold, folded};
use super::units::{self, Role, Unit};
use crate::document::{
    Category, Contact, Deadline, Document, Kind, PermissionFact, RecipientFact, SdkFact,
};

/// How many characters of a sentence that leads in a list are looked at.
const LEAD: usize = 200;

/// A fact that stands on a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fact<'d> {
    Contact(&'d Contact),
    Kit(&'d SdkFact),
    Permission(&'d PermissionFact),
    Recipient(&'d RecipientFact),
    Minors,
    Deadline(&'d Deadline),
}

/// A document and what is asked of it again and again.
pub(super) struct Source<'d> {
    pub(super) document: &'d Document,
    pub(super) units: Vec<Unit>,
    facts: Vec<(u32, Fact<'d>)>,
    data: BTreeSet<String>,
    technologies: HashSet<&'d str>,
    /// How often each phrase is said, by its hash.
    phrases: HashMap<u64, u32>,
}

impl<'d> Source<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let facts = &document.facts;
        let mut lines: Vec<(u32, Fact<'d>)> = Vec::new();
        lines.extend(
            facts
                .contacts
                .iter()
                .map(|fact| (fact.line, Fact::Contact(fact))),
        );
        lines.extend(facts.sdks.iter().map(|fact| (fact.line, Fact::Kit(fact))));
        lines.extend(
            facts
                .permissions
                .iter()
                .map(|fact| (fact.line, Fact::Permission(fact))),
        );
        lines.extend(
            facts
                .recipients
                .iter()
                .map(|fact| (fact.line, Fact::Recipient(fact))),
        );
        lines.extend(facts.minors.iter().map(|fact| (fact.line, Fact::Minors)));
        lines.extend(
            facts
                .deadlines
                .iter()
                .map(|fact| (fact.line, Fact::Deadline(fact))),
        );
        lines.sort_by_key(|(line, _)| *line);
        let terms = document.clauses.iter().flat_map(|clause| &clause.terms);
        let units = units::of(document);
        let mut said: HashMap<u64, u32> = HashMap::new();
        for phrase in units.iter().flat_map(|unit| phrases(&unit.words)) {
            *said.entry(hash(phrase)).or_default() += 1;
        }
        Self {
            document,
            units,
            phrases: said,
            facts: lines,
            data: terms
                .filter(|term| term.category != Category::Minor)
                .map(|term| folded(&term.text))
                .collect(),
            technologies: facts
                .technologies
                .iter()
                .map(|fact| fact.name.as_str())
                .collect(),
        }
    }

    /// The facts from one line to another.
    pub(super) fn facts_on(&self, line: u32, end_line: u32) -> impl Iterator<Item = Fact<'d>> {
        let from = self.facts.partition_point(|(at, _)| *at < line);
        self.facts[from..]
            .iter()
            .take_while(move |(at, _)| *at <= end_line)
            .map(|(_, fact)| *fact)
    }

    /// Whether the text names this datum anywhere.
    pub(super) fn names_datum(&self, key: &str) -> bool {
        self.data.contains(key)
    }

    /// Whether the text names this datum or one of its kind: 护照号码 is 护照信息.
    pub(super) fn names_kin(&self, key: &str) -> bool {
        let general = ["信息", "数据", "记录", "资料"];
        let stem = general.iter().find_map(|word| key.strip_suffix(word));
        let stem = stem.filter(|stem| stem.chars().count() >= 2);
        let mut kin = stem.into_iter().flat_map(|stem| {
            let from = (Bound::Included(stem), Bound::Unbounded);
            let first = self.data.range::<str, _>(from).next();
            first.filter(|datum| datum.starts_with(stem))
        });
        self.names_datum(key) || kin.next().is_some()
    }

    /// How often the text says this phrase: words between two signs, [`folded`].
    pub(super) fn says_phrase(&self, phrase: &str) -> u32 {
        self.phrases.get(&hash(phrase)).copied().unwrap_or(0)
    }

    /// Whether the text says that this technology is used.
    pub(super) fn uses(&self, technology: &str) -> bool {
        self.technologies.contains(technology)
    }

    /// The titles above a unit, what leads in its list, and the names of its table's columns.
    pub(super) fn context(&self, unit: &Unit) -> String {
        let mut context = String::new();
        if let Some(lead) = unit.lead.and_then(|at| self.units.get(at)) {
            // What leads in stands at its end.
            let tail = lead.text.char_indices().rev().nth(LEAD);
            context.push_str(&lead.text[tail.map_or(0, |(at, _)| at)..]);
            context.push('\n');
        }
        let mut above = unit.under;
        while let Some(heading) = above.and_then(|at| self.units.get(at)) {
            context.push_str(&heading.text);
            context.push('\n');
            above = heading.under;
        }
        if let Role::Row { table, .. } = unit.role
            && let Some(table) = self.document.tables.get(table)
        {
            context.push_str(&table.header.join("\n"));
        }
        context
    }

    /// What a unit's clauses do; of an item that states nothing itself, what leads in its list.
    pub(super) fn kinds(&self, unit: &Unit) -> BTreeSet<Kind> {
        let own = self.own_kinds(unit);
        match own.is_empty() {
            true => self.lead_kinds(unit),
            false => own,
        }
    }

    /// What the sentence does that leads in a unit's list.
    pub(super) fn lead_kinds(&self, unit: &Unit) -> BTreeSet<Kind> {
        let lead = unit.lead.and_then(|at| self.units.get(at));
        lead.map(|lead| self.own_kinds(lead)).unwrap_or_default()
    }

    fn own_kinds(&self, unit: &Unit) -> BTreeSet<Kind> {
        let clauses = unit.parts.iter();
        let clauses = clauses.filter_map(|(at, _)| self.document.clauses.get(*at));
        clauses
            .flat_map(|clause| clause.kinds.iter().copied())
            .collect()
    }

    /// The names of a row's columns, if it has a cell in each.
    pub(super) fn columns(&self, unit: &Unit) -> Vec<String> {
        let Role::Row { table, .. } = unit.role else {
            return Vec::new();
        };
        let header = self.document.tables.get(table).map(|table| &table.header);
        let full = header.filter(|header| header.len() == unit.parts.len());
        full.cloned().unwrap_or_default()
    }
}

/// The phrases of a text that is folded: what stands between signs.
pub(super) fn phrases(words: &str) -> impl Iterator<Item = &str> {
    words.split(is_sign).filter(|phrase| !phrase.is_empty())
}

/// Whether a phrase ends here; brackets belong to names.
pub(super) fn is_sign(c: char) -> bool {
    matches!(
        fold(c),
        Some(',' | '.' | ';' | ':' | '、' | '!' | '?' | '|')
    ) || c == '\n'
}

fn hash(words: &str) -> u64 {
    let mut hash = XxHash64::with_seed(0);
    hash.write(words.as_bytes());
    hash.finish()
}
