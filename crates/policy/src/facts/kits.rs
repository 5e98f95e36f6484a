//! Third parties' kits from runs of pairs and from sentences. Sentences are read by
//! [`super::kit_sentences`], tables by [`super::tabular`].

mod answers;
mod runs;

use std::collections::{HashMap, HashSet};

use answers::Wanted;
use runs::Row;

use super::columns::Column;
use super::fields::Field;
use super::kit_entries as entries;
use super::kit_lists;
use super::kit_names::{is_head, is_name, key, names_a_kit, some};
use super::kit_prose as prose;
use super::kit_sentences::{self as sentences, Told};
use super::kit_services::services;
use super::passage::Passage;
use super::reach::{tidy, value};
use super::scan::{Found, Topic};
use crate::document::SdkFact;

/// What a sentence about a kit has in it.
pub(super) const WORDS: [&str; 4] = ["SDK", "软件开发工具包", "软件工具开发包", "软件开发包"];

/// What opened a run of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The name of a kit.
    Kit,
    /// A name that may be a kit's or its maker's.
    Name,
    /// A company: the kit's own name may follow.
    Company,
}

/// The kits named so far.
#[derive(Debug, Default)]
pub(super) struct Kits {
    found: Vec<SdkFact>,
    known: HashMap<String, usize>,
    /// Whose they are, where it is told beside their names.
    makers: HashSet<String>,
    /// The kit of the run of pairs that is open.
    open: Option<(usize, By)>,
    /// A short passage that may be the title of the pairs that follow.
    title: Option<(String, u32)>,
    /// The line of the last entry of a name and a colon: others may follow.
    last: Option<u32>,
    /// The kit of which the lines below its entry tell what it collects, and whether one did.
    listing: Option<(usize, bool)>,
    /// Kits that sentences name as examples.
    mentioned: Vec<SdkFact>,
    /// The label of which the value stands on the lines below.
    wanted: Option<Wanted>,
}

impl Kits {
    /// Reads a passage; says whether it describes a third party.
    pub(super) fn read(
        &mut self,
        passage: &Passage<'_>,
        found: &Found,
        pairs: &[Field<'_>],
    ) -> bool {
        let title = self.title.take();
        let listing = self.listing.take();
        let wanted = self.wanted.take();
        if passage.is_title {
            return false;
        }
        if let Some(wanted) = wanted
            && self.answer(passage, pairs, wanted)
        {
            return true;
        }
        if let Some((at, begun)) = listing.filter(|_| passage.role.is_some())
            && let Some(data) = entries::of_system(passage)
        {
            self.listing = Some((at, true));
            let known = self.found[at].data.take().filter(|_| begun);
            let data = known.map_or(data.to_owned(), |known| format!("{known}；{data}"));
            self.found[at].data = Some(data);
            return true;
        }
        let told = if passage.role.is_some() && found.any(Topic::Kit) {
            sentences::company(passage, found, pairs)
        } else {
            None
        };
        let mut member = told.is_some();
        let title_like = pairs.is_empty() || names_a_kit(pairs);
        if let Some(told) = told {
            self.open = None;
            // Who receives data by a kit told before is no other kit.
            if !self.makers.contains(&key(told.name)) {
                self.add_told(&told);
            }
        } else if let Some(told) = under_title(passage, title.as_ref()).filter(|_| pairs.is_empty())
        {
            let at = self.add(told.name, told.line, told.purpose, told.data);
            self.open = at.map(|at| (at, By::Kit));
            member = at.is_some();
        } else if let Some(told) = self.below(passage).filter(|_| pairs.is_empty()) {
            self.fill(told.0, None, Some(told.1));
            member = true;
        } else if !title_like {
            let row = Row::of(passage, passage.line());
            member = self.pairs(&row, pairs, title.clone());
            self.want(passage, pairs.last());
        } else if let Some(label) = self.label(passage, title.as_ref()) {
            let row = Row::of(passage, passage.line());
            member = self.pairs(&row, &[label], title.clone());
            self.want(passage, Some(&label));
        }
        if !member {
            // What else an entry says, of permissions or of links, does not end it.
            let begun = self.open.is_some() || title.is_some();
            let tells = || passage.is_prose() && !title_like && answers::opens(passage, pairs);
            if begun && (tells() || answers::is_other(passage)) {
                self.title = title;
            } else {
                self.open = None;
            }
            let kits = passage.under.kits || found.any(Topic::Kit);
            if kits && title_like && passage.text.len() <= 200 {
                // A quotation's sign is no part of a name.
                let body = tidy(passage.text[passage.start..].trim_start_matches(['>', ' ']));
                if is_head(body) {
                    self.title = Some((body.to_owned(), passage.line()));
                }
            }
            if passage.role.is_some() && found.any(Topic::Kit) {
                member = self.sentence(passage, found, pairs);
            } else if passage.role.is_some() {
                member = self.entry(passage, found);
                if !member && found.any(Topic::Company) {
                    services(passage, found, |told| self.mention(&told));
                }
            }
        }
        member
    }

    /// The open kit and the data that a line of its entry is.
    fn below<'a>(&self, passage: &Passage<'a>) -> Option<(usize, &'a str)> {
        let (at, _) = self.open.filter(|_| passage.role.is_some())?;
        let missing = self.found.get(at)?.data.is_none();
        Some((at, entries::is_data(passage).filter(|_| missing)?))
    }

    /// A clause that opens with a kit's name, or one that names kits as examples.
    fn sentence(&mut self, passage: &Passage<'_>, found: &Found, pairs: &[Field<'_>]) -> bool {
        if let Some(mut told) = sentences::opening(passage, found) {
            // `某推送SDK：用于推送；收集信息：设备标识`: what has a name is surer.
            let said = |column: Column| {
                let field = pairs.iter().find(|field| field.column == column)?;
                some(field.value)
            };
            told.purpose = said(Column::Purpose).or(told.purpose);
            // What looks like a label may stand within the list: `…、系统信息：型号`.
            let field = said(Column::Data);
            let within = field
                .zip(told.data)
                .is_some_and(|(field, data)| data.contains(field));
            told.data = field.filter(|_| !within).or(told.data);
            self.add_entry(passage, &told);
            // `页面统计SDK：我们使用了甲SDK和乙SDK`: they do what the entry says.
            self.listed(passage, found, told.purpose, told.data);
            return true;
        }
        if self.entry(passage, found) {
            return true;
        }
        self.listed(passage, found, None, None);
        prose::within(passage, found, |told| self.mention(&told));
        kit_lists::examples(passage, found, |told| self.mention(&told));
        false
    }

    /// A name, a colon and what the kit does.
    fn entry(&mut self, passage: &Passage<'_>, found: &Found) -> bool {
        const NEAR: u32 = 10;
        let near = |last: u32| passage.line().saturating_sub(last) <= NEAR;
        let among = passage.under.kits || self.last.is_some_and(near);
        if !among && !passage.under.sharing && !found.any(Topic::Kit) {
            return false;
        }
        let told = entries::entry(passage, among);
        if let Some(told) = &told {
            self.add_entry(passage, told);
        }
        told.is_some()
    }

    /// Adds the kit of an entry, which the lines below may go on with.
    fn add_entry(&mut self, passage: &Passage<'_>, told: &Told<'_>) {
        let at = self.add(told.name, told.line, told.purpose, told.data);
        self.last = Some(told.line);
        let open = at.filter(|_| entries::leads(passage.text));
        self.listing = open.map(|at| (at, false));
    }

    fn mention(&mut self, told: &Told<'_>) {
        self.mentioned.push(SdkFact {
            name: told.name.to_owned(),
            purpose: told.purpose.map(str::to_owned),
            data: told.data.map(str::to_owned),
            line: told.line,
        });
    }

    /// Remembers the kits that a sentence lists.
    fn listed(
        &mut self,
        passage: &Passage<'_>,
        found: &Found,
        purpose: Option<&str>,
        data: Option<&str>,
    ) {
        kit_lists::listed(passage, found, |told| {
            self.mention(&Told {
                purpose: told.purpose.or(purpose),
                data,
                ..told
            });
        });
    }

    fn add_told(&mut self, told: &Told<'_>) {
        self.add(told.name, told.line, told.purpose, told.data);
    }

    /// Adds a kit, or completes the one of that name, and gives its place.
    pub(super) fn add(
        &mut self,
        name: &str,
        line: u32,
        purpose: Option<&str>,
        data: Option<&str>,
    ) -> Option<usize> {
        let name = value(name);
        if !is_name(name) {
            return None;
        }
        // A quote that has opened before the name closes within it.
        let bare: String;
        let name = if name.contains('”') && !name.contains('“') {
            bare = name.replace('”', "");
            &bare
        } else {
            name
        };
        let key = key(name);
        if let Some(&at) = self.known.get(&key) {
            self.fill(at, purpose, data);
            return Some(at);
        }
        let at = self.found.len();
        self.known.insert(key, at);
        self.found.push(SdkFact {
            name: name.to_owned(),
            purpose: purpose.map(str::to_owned),
            data: data.map(str::to_owned),
            line,
        });
        Some(at)
    }

    fn fill(&mut self, at: usize, purpose: Option<&str>, data: Option<&str>) {
        if let Some(fact) = self.found.get_mut(at) {
            if fact.purpose.is_none() {
                fact.purpose = purpose.map(str::to_owned);
            }
            if fact.data.is_none() {
                fact.data = data.map(str::to_owned);
            }
        }
    }

    /// Adds the kit of a table's row: what two rows of one table (which begins on line `from`) tell
    /// of one name are two uses of it.
    pub(super) fn row(
        &mut self,
        name: &str,
        (line, from): (u32, u32),
        purpose: Option<&str>,
        data: Option<&str>,
    ) {
        let Some(at) = self.add(name, line, purpose, data) else {
            return;
        };
        let kit = &self.found[at];
        let other =
            |told: &Option<String>, new: Option<&str>| new.is_some() && told.as_deref() != new;
        if kit.line >= from && other(&kit.purpose, purpose) && other(&kit.data, data) {
            let name = kit.name.clone();
            self.found.push(SdkFact {
                name,
                purpose: purpose.map(str::to_owned),
                data: data.map(str::to_owned),
                line,
            });
        }
    }

    pub(super) fn finish(mut self) -> Vec<SdkFact> {
        // Where a kit has an entry of its own, its mention among others adds nothing.
        let entries = Entries::of(&self.found);
        let own = self.known.clone();
        for told in std::mem::take(&mut self.mentioned) {
            let known = own.contains_key(&key(&told.name)) || entries.is_longer(&told.name);
            // What one mention does not tell, another may.
            if !known {
                let (purpose, data) = (told.purpose.as_deref(), told.data.as_deref());
                self.add(&told.name, told.line, purpose, data);
            }
        }
        let mut seen = HashSet::new();
        self.found.sort_by_key(|fact| fact.line);
        self.found.retain(|fact| {
            seen.insert((fact.name.clone(), fact.purpose.clone(), fact.data.clone()))
        });
        self.found
    }
}

/// What a passage tells of the kit that the line above it names.
fn under_title<'b>(passage: &Passage<'b>, title: Option<&'b (String, u32)>) -> Option<Told<'b>> {
    let (name, line) = title.filter(|_| passage.role.is_some())?;
    let (purpose, data) = entries::below(passage, name)?;
    Some(Told {
        name,
        purpose,
        data,
        line: *line,
    })
}

/// Keys of the kits that have entries of their own.
struct Entries(Vec<String>);

impl Entries {
    /// Entries looked at: no list of kits that people read is longer.
    const MOST: usize = 200;

    fn of(found: &[SdkFact]) -> Self {
        let first = found.iter().take(Self::MOST);
        Self(first.map(|kit| key(&kit.name)).collect())
    }

    /// Whether one has the name with its maker before it: 某某地图SDK for 地图SDK.
    fn is_longer(&self, name: &str) -> bool {
        let key = key(name);
        self.0.iter().any(|entry| entry.ends_with(&key))
    }
}

#[cfg(test)]
mod tests;
