//! Device permissions that sentences, lists of pairs and headings name. Tables are read by
//! [`super::tabular`].

mod headings;
mod labelled;
mod later;
mod sentences;

use std::collections::HashMap;
use std::ops::Range;

use super::backing::Around;
use super::cues::{Cue, cues};
use super::fields::Field;
use super::items::{Item, Listed};
use super::passage::Passage;
use super::reach::{after, around, ends, has, is_comma, is_stop};
use super::scan::{Found, Hit, Topic, longest};
use super::words::{self, Sure};
use super::{asked, items, lists, purposes, refusals};
use crate::document::PermissionFact;
use crate::structure::draft::Role;
use crate::structure::numbering::Style;
use headings::Family;

/// Sentences in which a permission is looked at: who has not said by then what it is for will not.
const TRIES: u8 = 24;

/// Items that are read: no list of permissions is that long.
const ITEMS: u16 = 500;

/// Bytes within which the name stands that an item opens with.
const NEAR: usize = 60;

/// The permissions named so far.
#[derive(Debug, Default)]
pub(super) struct Permissions<'a> {
    found: Vec<PermissionFact>,
    known: HashMap<String, usize>,
    /// How often the text was asked what a permission is for.
    tries: HashMap<&'static str, u8>,
    /// Those of the last passage that wait for what the next one says of them.
    waiting: Vec<usize>,
    /// Those of the row of pairs that is open, and whether their purpose is only a function.
    open: Option<(Vec<usize>, bool)>,
    /// Whether a passage that ends in a colon has opened a list of permissions.
    listing: bool,
    /// Those of the list of items that is open: a sentence behind it may tell of all of them.
    group: Vec<usize>,
    /// What the words before that list say to follow from the refusal of any of them.
    led: Option<String>,
    /// Data that items of that list get: a sentence behind it may call them permissions.
    bare: Vec<(&'static str, u32)>,
    /// What the last heading is about, a permission if the text under it says so.
    titled: Option<(&'static str, u32)>,
    /// Those that the headings of a section name.
    family: Family,
    /// The numbering of the last passage.
    label: Option<Style>,
    /// Whether an item of a list has been read in the section, and its numbering.
    row: Option<Option<Style>>,
    /// Items read so far.
    items: u16,
    /// What the text around says of the data and of the kit that a permission gives access to.
    around: Around<'a>,
}

impl<'a> Permissions<'a> {
    pub(super) fn read(&mut self, passage: &Passage<'a>, found: &Found, pairs: Vec<Field<'a>>) {
        let hits = found.of(Topic::Permission);
        let mut waiting = std::mem::take(&mut self.waiting);
        let label = std::mem::replace(&mut self.label, passage.label);
        let sibling = label.is_some() && label == passage.label;
        if passage.plain_cell {
            self.cell(passage, hits);
        }
        if !passage.is_prose() || passage.is_title {
            return;
        }
        let text = passage.text;
        self.around.enter(passage, &pairs);
        let lead = self.listing;
        let listed = passage.under.permissions || lead;
        self.listing = passage.role.is_some() && lists::follows(text);
        if !pairs.is_empty() && self.pairs(passage, found, pairs) {
            return;
        }
        waiting.extend(self.below(passage, hits));
        if !waiting.is_empty() && passage.role == Some(Role::Paragraph) {
            self.complete(&waiting, passage, hits, sibling);
        }
        self.told_below(passage, hits);
        self.open = None;
        if passage.role.is_none() {
            self.group.clear();
            self.bare.clear();
            self.row = None;
            self.led = None;
            self.heading(passage, hits);
            self.family(passage);
            return;
        }
        let near = |hit: &Hit| hit.start() < passage.start + NEAR;
        let goes_on = self.goes_on(passage, lead);
        let named = hits.first().is_some_and(near);
        // An item that tells what follows when leave for it is refused is one of a list of permissions.
        let plain = listed
            || passage.label.is_some() && (named || goes_on) && is_refusable(after(text, 0, 600));
        let place = Listed {
            plain,
            goes_on: plain && goes_on,
            ..Listed::default()
        };
        let item = if plain || named {
            items::read(passage, hits, place)
        } else {
            None
        };
        if let Some(item) = &item {
            self.listing |= item.opens || lead;
            self.row = plain.then_some(passage.label);
            self.item(passage, item);
        } else {
            self.lead(passage, found);
            // An item with a name that is not known is none, but ends no list.
            self.listing |= listed && sibling && items::is_labelled(passage);
            if listed && (lead || self.row == Some(passage.label)) && self.alone(passage) {
                self.row = Some(passage.label);
                self.listing |= lead;
            } else if !self.bare(passage, hits) {
                self.close(passage);
            }
        }
        if !hits.is_empty() || found.any(Topic::Listing) {
            self.prose(passage, found, item.map(|item| item.body));
        }
    }

    /// Permissions that sentences name. An item that opens with the name of one speaks of that one
    /// behind `item`: there another counts only where it says itself that it is one.
    fn prose(&mut self, passage: &Passage<'a>, found: &Found, item: Option<usize>) {
        let text = passage.text;
        let hits = longest(found.of(Topic::Permission));
        let mut rows: Vec<Range<usize>> = Vec::new();
        for end in found.of(Topic::Listing) {
            if !lists::closes(*end) {
                continue;
            }
            let names = lists::row(text, end.start());
            let Some((_, first)) = names.last() else {
                continue;
            };
            let told = item.is_some_and(|body| names.len() == 1 || first.start < body);
            if told || passage.foreign && asked::is_of_kit(text, first.start) {
                continue;
            }
            let row = first.start..end.end();
            let from = hits.partition_point(|hit| hit.end() <= row.start);
            let mut within = hits[from..].iter().take_while(|hit| hit.start() < row.end);
            let part = around(text, row.start, (150, 0), is_comma).start;
            let denied = || has(&text[part..row.start], cues(Cue::PermissionNever));
            // A name that stands alone and is known as a word of its own is read as that.
            let alone = names.len() == 1;
            let mut hits = within.clone();
            let counts = if alone {
                hits.next().is_none() && !denied()
            } else {
                within.any(|hit| asked::counts(passage, *hit, words::permission(hit.word).sure))
            };
            if counts {
                let mut last: Option<(&str, usize)> = None;
                for (name, spot) in names.into_iter().rev() {
                    let end = spot.end;
                    if let Some((first, _)) = last.filter(|(first, end)| {
                        asked::is_twin(text, (first, *end), (name, spot.start))
                    }) && self.rename(first, name)
                    {
                        continue;
                    }
                    last = Some((name, end));
                    self.sentence(passage, name, name, spot.clone());
                    self.gloss(name, text, end);
                    // What stands in the bracket behind a name only explains it.
                    let right = after(text, end, 90);
                    let close = right
                        .find(['）', ')'])
                        .filter(|_| right.starts_with(['（', '(']));
                    rows.push(spot.start..end + close.unwrap_or(0));
                }
                rows.push(end.start()..end.end());
            }
        }
        let mut rows = rows.iter().peekable();
        // The last permission that was named, and where its word ends.
        let mut named: Option<(&str, usize)> = None;
        for hit in hits {
            while rows.next_if(|row| row.end <= hit.start()).is_some() {}
            let known = words::permission(hit.word);
            let spent = self
                .tries
                .get(known.name)
                .is_some_and(|tries| *tries >= TRIES);
            let told = item.is_some_and(|body| {
                hit.start() < body || !matches!(known.sure, Sure::Own | Sure::Constant)
            });
            if spent || told || rows.peek().is_some_and(|row| row.contains(&hit.start())) {
                continue;
            }
            let spot = hit.start()..hit.end();
            if asked::is_kits(passage, hit) {
                continue;
            }
            if asked::counts(passage, hit, known.sure) {
                let name = asked::given(text, hit);
                if let Some((first, end)) = named
                    && name != first
                    && (asked::is_gloss(text, end, &spot)
                        || asked::is_twin(text, (first, end), (name, spot.start)))
                {
                    self.rename(first, name);
                    continue;
                }
                named = Some((name, spot.end));
                self.sentence(passage, name, known.name, spot);
            } else if known.sure != Sure::Own {
                self.around.datum(passage, known.name, spot);
            }
        }
        let mut last = 0;
        for hit in found.of(Topic::Listing) {
            if item.is_none() && hit.start() >= last && lists::opens(text, *hit) {
                last = lists::each(text, *hit, |name, spot| {
                    self.sentence(passage, name, name, spot)
                });
            }
        }
        for asked in self.around.asked() {
            let silent = self
                .found
                .get(asked.at)
                .filter(|fact| fact.purpose.is_none());
            let purpose = silent.and_then(|fact| self.around.purpose(passage, &fact.name, &asked));
            self.fill(asked.at, purpose, None);
        }
    }

    /// Whether a passage goes on with the list of permissions whose last item was read: an item without a
    /// number does so only where the list has a lead.
    fn goes_on(&self, passage: &Passage<'_>, lead: bool) -> bool {
        self.row == Some(passage.label) && (lead || passage.label.is_some())
    }

    /// Makes `other` a name of the permission `name`; says whether it is one now.
    fn rename(&mut self, name: &str, other: &str) -> bool {
        let Some(&at) = self.known.get(name) else {
            return false;
        };
        *self.known.entry(other.to_owned()).or_insert(at) == at
    }

    /// What a bracket at `end` explains a permission with is another name of it: `存储（相册）`.
    fn gloss(&mut self, name: &str, text: &str, end: usize) {
        let Some(inside) = after(text, end, 60).strip_prefix(['（', '(']) else {
            return;
        };
        let inside = &inside[..inside.find(['）', ')']).unwrap_or(0)];
        if let Some(&at) = self.known.get(name) {
            for other in inside.split(['、', '/', '和']).filter_map(lists::name) {
                self.known.entry(other.0.to_owned()).or_insert(at);
            }
        }
    }

    /// An item of a list: what follows the name is said of it.
    fn item(&mut self, passage: &Passage<'_>, item: &Item<'_>) {
        if self.items >= ITEMS {
            return;
        }
        self.items += 1;
        let body = refusals::whole_sentences(passage.text, item.body, 900);
        let first = body.split(is_stop).next().unwrap_or(body);
        let next = || body.split(is_stop).nth(1).and_then(purposes::pointed);
        // 麦克风：您可在开启麦克风权限后朗读
        let given = after(first, 0, 90).find("权限后");
        let given = given.filter(|at| !first[at + "权限后".len()..].starts_with(is_comma));
        let purpose = given
            .and_then(|at| purposes::once(&first[..at], &first[at..]))
            .or_else(|| purposes::purpose(first, 0, 0))
            .or_else(|| purposes::said(first))
            .or_else(next);
        let refusal = refusals::refusal(body);
        if let [name] = item.names[..]
            && let Some(at) = passage.text[item.start..item.body].find(['（', '('])
        {
            self.enter(name, passage.line_at(item.start), purpose);
            self.gloss(name, passage.text, item.start + at);
        }
        let led = self.led.clone();
        for name in &item.names {
            let at = self.enter(name, passage.line_at(item.start), purpose);
            let refusal = refusal.filter(|_| !self.is_for_another(at, purpose));
            self.settle(at, purpose, refusal);
            self.fill(at, None, led.as_deref());
            self.group.push(at);
            if purpose.is_none() || refusal.is_none() {
                self.waiting.push(at);
            }
        }
    }

    /// A row of a table.
    pub(super) fn row(
        &mut self,
        name: &str,
        line: u32,
        purpose: Option<&str>,
        refusal: Option<&str>,
    ) {
        // 相册/文件 is the 相册 that was named before and told nothing of.
        let bare = |part: &str| {
            let at = *self.known.get(part)?;
            let fact = self.found.get(at)?;
            (fact.purpose.is_none() && fact.refusal.is_none()).then_some(at)
        };
        if !self.known.contains_key(name)
            && let Some(at) = name
                .split(['/', '、'])
                .skip_while(|part| *part == name)
                .find_map(bare)
            && let Some(fact) = self.found.get_mut(at)
        {
            fact.name = name.to_owned();
            self.known.insert(name.to_owned(), at);
        }
        let at = self.add(name, line);
        self.settle(at, purpose, refusal);
    }

    /// Adds a permission that is not known yet, and gives its place.
    fn add(&mut self, name: &str, line: u32) -> usize {
        if let Some(&at) = self.known.get(name) {
            return at;
        }
        let at = self.found.len();
        self.known.insert(name.to_owned(), at);
        self.found.push(PermissionFact {
            name: name.to_owned(),
            purpose: None,
            refusal: None,
            line,
        });
        at
    }

    /// Adds what is not told yet.
    fn fill(&mut self, at: usize, purpose: Option<&str>, refusal: Option<&str>) {
        if let Some(fact) = self.found.get_mut(at) {
            if fact.purpose.is_none() {
                fact.purpose = purpose.map(str::to_owned);
            }
            if fact.refusal.is_none() {
                fact.refusal = refusal.map(str::to_owned);
            }
        }
    }

    /// Adds what is told of this permission by itself: it is better than what a summary tells of many.
    fn settle(&mut self, at: usize, purpose: Option<&str>, refusal: Option<&str>) {
        if let Some(fact) = self.found.get_mut(at) {
            for (old, new) in [(&mut fact.purpose, purpose), (&mut fact.refusal, refusal)] {
                let better = new.is_some_and(|new| !refusals::is_general(new));
                old.take_if(|old| better && refusals::is_general(old));
            }
        }
        self.fill(at, purpose, refusal);
    }

    pub(super) fn finish(mut self) -> Vec<PermissionFact> {
        self.drop_kin();
        self.found.sort_by_key(|fact| fact.line);
        self.found
    }
}

/// Whether a text tells what follows when leave is refused.
fn is_refusable(text: &str) -> bool {
    let mut places = text.match_indices('授').map(|(at, _)| at);
    places.any(|at| {
        let refused = ends(&text[..at], &["拒绝", "拒绝该"]) && text[at..].starts_with("授权");
        refused || text[..at].ends_with('不') && text[at..].starts_with("授权的")
    })
}

#[cfg(test)]
mod tests;
