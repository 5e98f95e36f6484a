//! What the document tells about its clauses beyond their words: the part that they stand in, the
//! clause that leads in a list, and which clause stands on a line.

use super::words::{has, rows};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use zhiqing_policy::{Clause, Document, Kind};

/// How many clauses of one line are looked at: a line of thousands is no policy's.
const ON_A_LINE: usize = 256;

/// What a part of a policy is about, by its heading: `data/headings.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Topic {
    Exceptions,
    Definitions,
    Minors,
    Update,
    Contact,
    Abroad,
    Cookies,
    Rights,
    Sharing,
    Transfer,
    Publishing,
    Keeping,
    Protection,
    Collection,
}

impl Topic {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "exceptions" => Self::Exceptions,
            "definitions" => Self::Definitions,
            "minors" => Self::Minors,
            "update" => Self::Update,
            "contact" => Self::Contact,
            "abroad" => Self::Abroad,
            "cookies" => Self::Cookies,
            "rights" => Self::Rights,
            "sharing" => Self::Sharing,
            "transfer" => Self::Transfer,
            "publishing" => Self::Publishing,
            "keeping" => Self::Keeping,
            "protection" => Self::Protection,
            "collection" => Self::Collection,
            _ => return None,
        })
    }

    fn of_heading(title: &str, rules: &[(Topic, Vec<&str>)]) -> Option<Self> {
        let said = |word: &&str| match word.strip_prefix('=') {
            Some(whole) => title == whole,
            None => title.contains(word),
        };
        let fits = |(_, words): &&(Self, Vec<&str>)| words.iter().any(said);
        rules.iter().find(fits).map(|(topic, _)| *topic)
    }
}

/// Where a fact stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// Line of the policy.
    pub(super) line: u32,
    /// The clause's or the heading's words; empty where nothing stands on the line.
    pub(super) text: &'a str,
    /// The clause, or the first one under the heading.
    pub(super) clause: Option<usize>,
}

/// The document, and what is looked up in it again and again.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) document: &'a Document,
    topics: HashMap<&'a str, Option<Topic>>,
    /// Headings by id.
    titles: HashMap<&'a str, &'a str>,
    /// By clause: the clause that leads in the list it stands in.
    leads: Vec<Option<usize>>,
    /// By clause: whether it is an entry about an SDK or a permission, told by the facts.
    entries: Vec<bool>,
    /// Line of the first heading below the title; 0 where there is none.
    first_part: u32,
}

impl<'a> Reading<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let outline = document.outline.iter().find(|heading| heading.level > 0);
        Self {
            document,
            topics: topics(document),
            titles: document
                .outline
                .iter()
                .map(|heading| (heading.id.as_str(), heading.title.as_str()))
                .collect(),
            leads: leads(document),
            entries: entries(document),
            first_part: outline.map_or(0, |heading| heading.line),
        }
    }

    pub(super) fn clause(&self, at: usize) -> &'a Clause {
        &self.document.clauses[at]
    }

    /// What the part is about in which the clause stands.
    pub(super) fn topic(&self, at: usize) -> Option<Topic> {
        let section = self.clause(at).section.as_deref()?;
        self.topics.get(section).copied().flatten()
    }

    /// Whether the part, the list or the clause itself speaks of those who work on commission.
    pub(super) fn is_entrusted(&self, at: usize) -> bool {
        let section = self.clause(at).section.as_deref();
        let title = section.and_then(|section| self.titles.get(section));
        let lead = self.lead(at).map_or("", |lead| lead.text.as_str());
        [
            title.copied().unwrap_or_default(),
            lead,
            &self.clause(at).text,
        ]
        .into_iter()
        .any(|text| has(text, "entrusted"))
    }

    /// The clause that leads in the list in which this one stands.
    pub(super) fn lead(&self, at: usize) -> Option<&'a Clause> {
        self.leads[at].map(|lead| self.clause(lead))
    }

    /// Whether the clause stands before the parts of a policy that has parts.
    pub(super) fn is_preamble(&self, at: usize) -> bool {
        self.clause(at).line < self.first_part
    }

    /// Whether the clause is an entry of a list of SDKs or permissions: the facts tell it better.
    pub(super) fn is_entry(&self, at: usize) -> bool {
        self.entries[at]
    }

    /// The clauses on a line, in order.
    pub(super) fn on_line(&self, line: u32) -> impl Iterator<Item = usize> {
        let clauses = &self.document.clauses;
        let end = clauses.partition_point(|clause| clause.line <= line);
        let over = |at: &usize| clauses[*at].end_line >= line;
        let on_it = (0..end).rev().take_while(over).take(ON_A_LINE);
        on_it.last().unwrap_or(end)..end
    }

    /// Where a fact stands that names `needle` on a line.
    pub(super) fn place(&self, line: u32, needle: &str) -> Place<'a> {
        let named = self
            .on_line(line)
            .find(|&at| self.clause(at).text.contains(needle));
        if let Some(at) = named.or_else(|| self.on_line(line).next()) {
            let text = self.clause(at).text.as_str();
            return Place {
                line,
                text,
                clause: Some(at),
            };
        }
        let outline = &self.document.outline;
        let heading = outline.partition_point(|heading| heading.line < line);
        let heading = outline.get(heading).filter(|heading| heading.line == line);
        let next = self
            .document
            .clauses
            .partition_point(|clause| clause.line <= line);
        Place {
            line,
            text: heading.map_or("", |heading| heading.title.as_str()),
            clause: Some(next).filter(|&at| heading.is_some() && at < self.leads.len()),
        }
    }
}

/// By a heading's id, what it is about: its own words tell, else the heading's above it.
fn topics(document: &Document) -> HashMap<&str, Option<Topic>> {
    let rules: Vec<(Topic, Vec<&str>)> = rows(include_str!("../../data/headings.tsv"))
        .filter_map(|row| {
            Some((
                Topic::named(row.first()?)?,
                row.get(1)?.split('|').collect(),
            ))
        })
        .collect();
    let mut above: Vec<(u8, Option<Topic>)> = Vec::new();
    let mut topics = HashMap::new();
    for heading in &document.outline {
        while above
            .last()
            .is_some_and(|(level, _)| *level >= heading.level)
        {
            above.pop();
        }
        let own = Topic::of_heading(&heading.title, &rules).filter(|_| heading.level > 0);
        let topic = own.or_else(|| above.last().and_then(|(_, topic)| *topic));
        above.push((heading.level, topic));
        topics.insert(heading.id.as_str(), topic);
    }
    topics
}

/// By clause, the last one before it in its part that ends on a colon.
fn leads(document: &Document) -> Vec<Option<usize>> {
    let mut lead = None;
    let mut section = None;
    let lead_of = |(at, clause): (usize, &Clause)| {
        if section != clause.section {
            section.clone_from(&clause.section);
            lead = None;
        }
        let mine = lead;
        if clause.text.ends_with(['：', ':']) {
            lead = Some(at);
        }
        mine
    };
    document.clauses.iter().enumerate().map(lead_of).collect()
}

/// By clause, whether an SDK's or a permission's entry stands there: the clause that begins where an
/// SDK is named, and all cells of a table in which one or the other is, or by whose columns it should be.
fn entries(document: &Document) -> Vec<bool> {
    let facts = &document.facts;
    let kits: BTreeSet<u32> = facts.sdks.iter().map(|fact| fact.line).collect();
    let named: BTreeSet<u32> = (kits.iter().copied())
        .chain(facts.permissions.iter().map(|fact| fact.line))
        .collect();
    let calls = |clause: &Clause| clause.kinds.contains(&Kind::SeparateConsent);
    let entry = |clause: &Clause| kits.contains(&clause.line) && !calls(clause);
    let mut entries: Vec<bool> = document.clauses.iter().map(entry).collect();
    for table in &document.tables {
        let of_facts = named.range(table.line..=table.end_line).next().is_some();
        let titled = table.header.iter().any(|name| has(name, "entry-table"));
        if !of_facts && !titled {
            continue;
        }
        let [from, to] = table.clauses.map(|at| at as usize);
        for at in from..to.min(entries.len()) {
            entries[at] = !calls(&document.clauses[at]);
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_know_their_part_their_lead_and_their_line() {
        let policy = zhiqing_policy::parse(
            "某某隐私政策\n一、我们如何收集信息\n我们收集手机号。\n二、我们如何共享信息\n\
             以下情形除外：\n（1）事先获得您的单独同意；\n（二）公开披露\n我们不公开信息。\n",
        );
        let reading = Reading::new(&policy);
        let at = |text: &str| {
            policy
                .clauses
                .iter()
                .position(|c| c.text.contains(text))
                .unwrap()
        };
        assert_eq!(reading.topic(at("手机号")), Some(Topic::Collection));
        assert_eq!(reading.topic(at("事先")), Some(Topic::Sharing));
        assert_eq!(reading.topic(at("不公开")), Some(Topic::Publishing));
        assert!(
            reading
                .lead(at("事先"))
                .is_some_and(|lead| lead.text.contains("除外"))
        );
        assert_eq!(reading.place(3, "手机号").clause, Some(at("手机号")));
        assert_eq!(
            reading.place(2, "收集").clause,
            Some(at("手机号")),
            "under the heading"
        );
        assert_eq!(reading.place(99, "x").clause, None);
    }

    #[test]
    fn every_row_of_headings_is_read() {
        for row in rows(include_str!("../../data/headings.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(Topic::named(row[0]).is_some(), "{row:?}");
        }
    }
}
