//! Kinds: what a clause does, told sentence by sentence by the rules in `data/kinds/`, by the list
//! it is an item of and by the column it stands in.

use std::collections::BTreeSet;

use super::leads::Leads;
use super::pattern::{Pattern, Place, Set};
use super::rules::RULES;
use super::sentence::{Reading, Sentence};
use crate::document::{Document, Kind, Term};
use crate::structure::draft::{Draft, Role};
use crate::text::sentences;

/// Sets of words, in order.
type Sets = Vec<Set>;

/// Reads the clauses of one document in order.
#[derive(Debug)]
pub(crate) struct Reader {
    sentence: Sentence,
    /// The words of each heading and of those above it.
    headings: Vec<Sets>,
    /// By table the first clause, the one after its last, and the words of its columns' names.
    tables: Vec<(usize, usize, Sets)>,
    leads: Leads,
    /// What the clauses so far hand on to the items of their lists, for those that open one.
    openings: Vec<(usize, Opening)>,
    next: usize,
}

/// What opens a list.
#[derive(Debug, Default)]
struct Opening {
    kinds: BTreeSet<Kind>,
    words: Sets,
}

/// What is said around a clause.
struct Around<'a> {
    heading: &'a [Set],
    opening: &'a [Set],
    column: Sets,
    table: &'a [Set],
}

impl Around<'_> {
    fn has(&self, place: Place, set: Set) -> bool {
        let among = |sets: &[Set]| sets.binary_search(&set).is_ok();
        match place {
            Place::Under => among(self.heading) || among(self.opening),
            Place::Lead => among(self.opening),
            Place::Column => among(&self.column),
            Place::Table => among(self.table),
        }
    }

    /// Whether all is said around the clause that a pattern asks for.
    fn suits(&self, pattern: &Pattern) -> bool {
        pattern
            .conditions
            .iter()
            .all(|condition| self.has(condition.place, condition.set) != condition.absent)
    }
}

impl Reader {
    pub(crate) fn new(document: &Document) -> Self {
        let tables = document.tables.iter().map(|table| {
            let [from, to] = table.clauses;
            (from as usize, to as usize, words(&table.header.join("、")))
        });
        Self {
            sentence: Sentence::new(RULES.words.sets),
            headings: headings(document),
            tables: tables.collect(),
            leads: Leads::default(),
            openings: Vec::new(),
            next: 0,
        }
    }

    /// The kinds of the next clause, in the order of [`Kind`]; `section` is its heading's place in
    /// the outline.
    pub(crate) fn of(
        &mut self,
        draft: &Draft,
        section: Option<usize>,
        terms: &[Term],
    ) -> Vec<Kind> {
        let index = self.next;
        self.next += 1;
        let lead = self.leads.of(index, draft, section);
        while self
            .openings
            .pop_if(|(clause, _)| Some(*clause) > lead)
            .is_some()
        {}
        if draft.role == Role::Caption {
            return Vec::new();
        }
        let none = Opening::default();
        let opening = match self.openings.last() {
            Some((clause, opening)) if Some(*clause) == lead => opening,
            _ => &none,
        };
        let heading = section.and_then(|section| self.headings.get(section));
        let table = self.tables.partition_point(|(_, end, _)| *end <= index);
        let table = self.tables.get(table).filter(|(from, ..)| *from <= index);
        let around = Around {
            heading: heading.map_or(&[], Vec::as_slice),
            opening: &opening.words,
            column: match &draft.leans_on {
                Some(place) => words(place.split('\u{1}').next().unwrap_or_default()),
                None => Sets::new(),
            },
            table: table.map_or(&[], |(.., names)| names),
        };
        let said = read(&mut self.sentence, draft, terms, &around);
        let mut kinds = said.kinds;
        if terms.iter().any(|term| term.sensitive) {
            kinds.insert(Kind::Sensitive);
        }
        for (at, rules) in RULES.kinds.iter().enumerate() {
            let vetoed = said.vetoed >> at & 1 != 0;
            if rules.items && !vetoed && opening.kinds.contains(&rules.kind) {
                kinds.insert(rules.kind);
            }
        }
        // What needs no consent is no rule of its own.
        if opening.kinds.contains(&Kind::Exception) {
            kinds.retain(|kind| *kind == Kind::Sensitive);
            kinds.insert(Kind::Exception);
        }
        let mut handed = said.last;
        handed.extend(&opening.kinds);
        if self.leads.last_opens() {
            let words = words(&draft.text);
            self.openings.push((
                index,
                Opening {
                    kinds: handed,
                    words,
                },
            ));
        }
        kinds.into_iter().collect()
    }
}

/// What a clause says by itself.
#[derive(Debug, Default)]
struct Said {
    kinds: BTreeSet<Kind>,
    /// The kinds of its last sentence.
    last: BTreeSet<Kind>,
    /// A bit for each of the rules' kinds that one of its sentences does not state, whatever it fits.
    vetoed: u32,
}

fn read(sentence: &mut Sentence, draft: &Draft, terms: &[Term], around: &Around<'_>) -> Said {
    let text = &draft.text;
    let mut terms = spans(text, terms).peekable();
    let mut said = Said::default();
    let mut at = 0;
    for (_, part) in sentences(text) {
        let (start, end) = (at, at + part.len());
        at = end;
        let label = draft.label.filter(|_| start == 0).map_or(0, |l| l.length);
        let words = part.get(label..).unwrap_or_default().trim_start();
        sentence.begin(text, start..end, end - words.len());
        RULES.words.each(part, |word, sets| {
            sentence.add(start + word.start..start + word.end, sets);
        });
        while let Some((span, sensitive)) = terms.next_if(|(span, _)| span.start < end) {
            for sets in RULES.words.of_term(sensitive) {
                sentence.add(span.clone(), sets);
            }
        }
        sentence.parse(&RULES.grammar, end);
        let (kinds, vetoed) = stated(sentence, around);
        said.kinds.extend(&kinds);
        said.last = kinds;
        said.vetoed |= vetoed;
    }
    said
}

/// What one sentence states, and a bit for each kind that it does not.
fn stated(sentence: &Sentence, around: &Around<'_>) -> (BTreeSet<Kind>, u32) {
    let rules = &*RULES;
    let mut vetoed: u32 = 0;
    for veto in rules.vetoes.of(sentence.touched()) {
        if vetoed >> veto.kind & 1 == 0
            && around.suits(&veto.pattern)
            && sentence.fits(&veto.pattern, Reading::default(), &rules.grammar)
        {
            vetoed |= 1 << veto.kind;
        }
    }
    let mut kinds = BTreeSet::new();
    let mut settled = vetoed;
    for rule in rules.rules.of(sentence.touched()) {
        let of = &rules.kinds[rule.kind];
        if settled >> rule.kind & 1 == 0
            && around.suits(&rule.pattern)
            && sentence.fits(&rule.pattern, of.reading, &rules.grammar)
        {
            settled |= 1 << rule.kind;
            kinds.insert(of.kind);
        }
    }
    (kinds, vetoed)
}

/// Where terms stand, in bytes, and whether they are sensitive.
fn spans<'a>(
    text: &'a str,
    terms: &'a [Term],
) -> impl Iterator<Item = (std::ops::Range<usize>, bool)> + 'a {
    let (mut chars, mut bytes) = (0, 0);
    terms.iter().map(move |term| {
        let ahead = (term.start as usize).saturating_sub(chars);
        let rest = &text[bytes..];
        bytes += rest
            .char_indices()
            .nth(ahead)
            .map_or(rest.len(), |(at, _)| at);
        chars += ahead;
        (bytes..bytes + term.text.len(), term.sensitive)
    })
}

/// The sets that have a word in a text.
fn words(text: &str) -> Sets {
    let mut sets = Sets::new();
    RULES
        .words
        .each(text, |_, more| sets.extend_from_slice(more));
    sets.sort_unstable();
    sets.dedup();
    sets
}

/// The words of each heading and of those that it stands under.
fn headings(document: &Document) -> Vec<Sets> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut all: Vec<Sets> = Vec::with_capacity(document.outline.len());
    for (index, heading) in document.outline.iter().enumerate() {
        while open
            .last()
            .is_some_and(|(level, _)| *level >= heading.level)
        {
            open.pop();
        }
        // The title of the policy says nothing of what stands below it.
        let mut sets = if heading.level == 0 {
            Sets::new()
        } else {
            words(&heading.title)
        };
        if let Some(&(_, above)) = open.last() {
            sets.extend_from_slice(&all[above]);
            sets.sort_unstable();
            sets.dedup();
        }
        open.push((heading.level, index));
        all.push(sets);
    }
    all
}

#[cfg(test)]
mod tests;
