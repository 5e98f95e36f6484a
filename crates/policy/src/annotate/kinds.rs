//! Kinds: what a clause does, told sentence by sentence by the rules in `data/kinds/`, by the list
//! it is an item of and by the column it stands in.

use std::collections::BTreeSet;

use super::leads::Leads;
use super::pattern::{Pattern, Place, Set};
use super::places::Stands;
use super::rules::RULES;
use super::sentence::Sentence;
use super::weights::Signs;
use crate::document::{Document, Kind, Term};
use crate::structure::draft::{Draft, Role};
use crate::text::sentences;

/// Sets of words, in order.
type Sets = Vec<Set>;

/// Reads the clauses of one document in order.
#[derive(Debug)]
pub(crate) struct Reader {
    sentence: Sentence,
    headings: Vec<Above>,
    /// By table the first clause, the one after its last, and the words of its columns' names.
    tables: Vec<(usize, usize, Sets)>,
    leads: Leads,
    /// What the clauses so far hand on to the items of their lists, for those that open one.
    openings: Vec<(usize, Opening)>,
    next: usize,
}

/// What a heading says to the clauses below it.
#[derive(Debug, Default)]
struct Above {
    /// Its words and those of the headings above it.
    words: Sets,
    /// A bit for each kind that its title, or else that of the heading above it, speaks of.
    kinds: u32,
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
    /// A sentence that stands alone.
    const NOTHING: Self = Self {
        heading: &[],
        opening: &[],
        column: Sets::new(),
        table: &[],
    };

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
        let mut sentence = Sentence::new(RULES.words.sets, RULES.words.len());
        Self {
            headings: headings(document, &mut sentence),
            sentence,
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
        stands: Stands,
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
            heading: heading.map_or(&[], |above| above.words.as_slice()),
            opening: &opening.words,
            column: match &draft.leans_on {
                Some(place) => words(place.split('\u{1}').next().unwrap_or_default()),
                None => Sets::new(),
            },
            table: table.map_or(&[], |(.., names)| names),
        };
        let said = read(&mut self.sentence, draft, terms, &around);
        let silent = said.kinds.is_empty() && stands == Stands::default();
        let mut kinds = said.kinds;
        // A bare address or number is a contact although no word says so.
        if stands.contact {
            kinds.insert(Kind::Contact);
        }
        if stands.kits {
            kinds.insert(Kind::Sdk);
        }
        if terms.iter().any(|term| term.sensitive) {
            kinds.insert(Kind::Sensitive);
        }
        let titled = heading.map_or(0, |above| above.kinds);
        for (at, rules) in RULES.kinds.iter().enumerate() {
            let vetoed = said.vetoed >> at & 1 != 0;
            let opened = opening.kinds.contains(&rules.kind);
            let titled = titled >> at & 1 != 0;
            let has = rules.items && opened && !stands.contact
                || rules.section && titled
                || silent && rules.silent && (opened || opening.kinds.is_empty() && titled);
            if has && !vetoed {
                kinds.insert(rules.kind);
            }
        }
        // Grounds on which a request is refused are worded as those on which no consent is needed.
        if !opening.kinds.is_empty() && !opening.kinds.contains(&Kind::Exception) {
            kinds.remove(&Kind::Exception);
        }
        // What needs no consent is no rule of its own.
        if opening.kinds.contains(&Kind::Exception) && stands == Stands::default() {
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
    let label = draft.label.map_or(0, |label| label.length);
    let mut said = Said::default();
    each_sentence(sentence, &draft.text, label, terms, |_, sentence| {
        let signs = signs(sentence, around);
        said.last = kinds(RULES.weights.stated(sentence.words(), signs));
        said.kinds.extend(&said.last);
        said.vetoed |= signs.vetoed;
    });
    said
}

/// Calls `each` with every sentence of a clause, as text and as the rules see it. The clause begins
/// with a label of so many bytes.
fn each_sentence(
    sentence: &mut Sentence,
    text: &str,
    label: usize,
    terms: &[Term],
    mut each: impl FnMut(&str, &Sentence),
) {
    let mut terms = spans(text, terms).peekable();
    let mut at = 0;
    for (_, part) in sentences(text) {
        let (start, end) = (at, at + part.len());
        at = end;
        let label = if start == 0 { label } else { 0 };
        let words = part.get(label..).unwrap_or_default().trim_start();
        sentence.begin(text, start..end, end - words.len());
        RULES.words.each(part, |at, word, sets| {
            sentence.add(start + at.start..start + at.end, word, sets);
        });
        while let Some((span, sensitive)) = terms.next_if(|(span, _)| span.start < end) {
            for sets in RULES.words.of_term(sensitive) {
                sentence.mark(span.clone(), sets);
            }
        }
        each(part, sentence);
    }
}

/// What the rules say of a sentence.
fn signs(sentence: &Sentence, around: &Around<'_>) -> Signs {
    let rules = &*RULES;
    let mut signs = Signs::default();
    for veto in rules.vetoes.of(sentence.touched()) {
        if signs.vetoed >> veto.kind & 1 == 0
            && around.suits(&veto.pattern)
            && sentence.fits(&veto.pattern, false, &rules.grammar)
        {
            signs.vetoed |= 1 << veto.kind;
        }
    }
    for rule in rules.rules.of(sentence.touched()) {
        let negated = rules.kinds[rule.kind].negated;
        let known = if rule.decides {
            signs.sure
        } else {
            signs.given
        };
        if known >> rule.kind & 1 == 0
            && around.suits(&rule.pattern)
            && sentence.fits(&rule.pattern, negated, &rules.grammar)
        {
            signs.given |= 1 << rule.kind;
            signs.sure |= u32::from(rule.decides) << rule.kind;
        }
    }
    signs.sure &= !signs.vetoed;
    signs
}

/// The kinds of some bits.
fn kinds(bits: u32) -> BTreeSet<Kind> {
    let all = RULES.kinds.iter().enumerate();
    all.filter(|(at, _)| bits >> at & 1 != 0)
        .map(|(_, rules)| rules.kind)
        .collect()
}

/// Calls `each` with every sentence of a text that stands alone, and what the rules say of it.
#[cfg(any(test, feature = "learn"))]
pub(super) fn observe(text: &str, mut each: impl FnMut(&str, Signs)) {
    let mut sentence = Sentence::new(RULES.words.sets, RULES.words.len());
    for clause in &crate::parse(text).clauses {
        each_sentence(
            &mut sentence,
            &clause.text,
            0,
            &clause.terms,
            |text, sentence| {
                each(text, signs(sentence, &Around::NOTHING));
            },
        );
    }
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
        .each(text, |_, _, more| sets.extend_from_slice(more));
    sets.sort_unstable();
    sets.dedup();
    sets
}

/// What each heading says to the clauses below it.
fn headings(document: &Document, sentence: &mut Sentence) -> Vec<Above> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut all: Vec<Above> = Vec::with_capacity(document.outline.len());
    for (index, heading) in document.outline.iter().enumerate() {
        while open
            .last()
            .is_some_and(|(level, _)| *level >= heading.level)
        {
            open.pop();
        }
        let mut above = Above::default();
        // The title of the policy says nothing of what stands below it.
        if heading.level > 0 {
            above.words = words(&heading.title);
            each_sentence(sentence, &heading.title, 0, &[], |_, sentence| {
                let signs = signs(sentence, &Around::NOTHING);
                above.kinds |= RULES.weights.stated(sentence.words(), signs);
                for title in &RULES.titles {
                    let negated = RULES.kinds[title.kind].negated;
                    let fits = sentence.fits(&title.pattern, negated, &RULES.grammar);
                    above.kinds |= u32::from(fits) << title.kind;
                }
            });
        }
        if let Some(over) = open.last().and_then(|&(_, at)| all.get(at)) {
            above.words.extend_from_slice(&over.words);
            above.words.sort_unstable();
            above.words.dedup();
            if above.kinds == 0 {
                above.kinds = over.kinds;
            }
        }
        open.push((heading.level, index));
        all.push(above);
    }
    all
}

#[cfg(test)]
mod tests;
