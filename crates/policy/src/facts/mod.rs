//! Facts: what the text states about its operator, its terms and what it uses on the device.
//! Where a fact is not plainly stated, nothing is said.
//!
//! Headings and clauses are read once, in source order. One search looks in each for the words of
//! all extractors, and only the extractors whose words it found read on from there.

mod addresses;
mod asked;
mod authorities;
mod backing;
mod bodies;
mod calendar;
mod classes;
mod columns;
mod contacts;
mod cues;
mod dates;
mod deadlines;
mod engaged;
mod enumerated;
mod fields;
mod givings;
mod items;
mod kit_content;
mod kit_entries;
mod kit_granted;
mod kit_joined;
mod kit_lists;
mod kit_names;
mod kit_parts;
mod kit_prose;
mod kit_sentences;
mod kit_services;
mod kit_stated;
mod kit_work;
mod kits;
mod layout;
mod lists;
mod minors;
mod names;
mod operator;
mod owners;
mod passage;
mod permissions;
mod persons;
mod phones;
mod purposes;
mod reach;
mod recipients;
mod refusals;
mod scan;
mod spans;
mod tabular;
mod takers;
mod technologies;
mod words;

use crate::document::{Document, Facts, Heading, Table};
use crate::structure::draft::{Draft, Role};
use passage::{Passage, Place};
use scan::{Found, Topic};

/// Draws the facts into the document; its outline and its tables must be in place.
pub(crate) fn draw(document: &mut Document, drafts: &[&Draft]) {
    // Names and values are read without Markdown's stars.
    let plain = |(index, draft): (usize, &&Draft)| Some((index, draft.without_stars()?));
    let unstarred: Vec<(usize, Draft)> = drafts.iter().enumerate().filter_map(plain).collect();
    let mut drafts = drafts.to_vec();
    for (index, draft) in &unstarred {
        drafts[*index] = draft;
    }
    let mut reader = Reader::default();
    let mut headings = document.outline.iter().peekable();
    let mut tables = document.tables.iter().peekable();
    // The index after the cells of the table that describes third parties.
    let mut foreign = 0;
    // The index after the cells of the table that describes nobody and no permissions.
    let mut plain = 0;
    // The index after the cells of the last table.
    let mut cells = 0;
    // The cells that tell how long data is kept, in order.
    let mut kept = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let place = (draft.line(), draft.column);
        while let Some(heading) = headings.next_if(|h| (h.line, h.column) <= place) {
            reader.heading(heading);
        }
        while let Some(table) = tables.next_if(|table| table.clauses[0] as usize <= index) {
            let layout = reader.table(table, &drafts[index..]);
            if layout.is_foreign() {
                foreign = table.clauses[1] as usize;
            } else if layout.is_plain() {
                plain = table.clauses[1] as usize;
            }
            let terms = tabular::cells(table, layout.kept, &drafts[index..]);
            kept.extend(terms.map(|cell| index + cell));
            cells = table.clauses[1] as usize;
        }
        let kept = kept.binary_search(&index).is_ok();
        if draft.role == Role::Caption && index >= cells {
            reader.caption(draft);
        }
        reader.clause(draft, (index < foreign, index < plain), kept);
    }
    headings.for_each(|heading| reader.heading(heading));
    let (dates, facts) = reader.finish();
    (document.effective_date, document.updated_date) = dates;
    document.facts = facts;
}

/// All extractors, and where the reading has come to.
#[derive(Default)]
struct Reader<'a> {
    found: Found,
    place: Place,
    /// The last passages, the latest first.
    last: [&'a str; 2],
    dates: dates::Dates,
    operator: operator::Operator,
    contacts: contacts::Contacts,
    deadlines: deadlines::Deadlines,
    minors: minors::Minors,
    technologies: technologies::Technologies,
    permissions: permissions::Permissions<'a>,
    kits: kits::Kits,
    recipients: recipients::Recipients,
}

impl<'a> Reader<'a> {
    fn heading(&mut self, heading: &'a Heading) {
        let above = self.place.enter(heading);
        self.read(Passage::heading(heading, above, self.last[0]));
    }

    /// The line above a table may name the kit that the table tells of.
    fn caption(&mut self, draft: &'a Draft) {
        let passage = Passage::clause(draft, self.place.under(), self.last[0]);
        self.kits.caption(&passage);
    }

    fn clause(&mut self, draft: &'a Draft, (foreign, plain): (bool, bool), kept: bool) {
        let mut passage = Passage::clause(draft, self.place.under(), self.last[0]);
        passage.foreign = foreign;
        passage.plain_cell = plain && draft.role == Role::Cell;
        passage.kept = kept;
        self.read(passage);
    }

    /// Reads a table's rows and says what its columns hold. `drafts` begin with its first.
    fn table(&mut self, table: &Table, drafts: &[&Draft]) -> layout::Layout {
        let lead = self.last;
        let under = self.place.under();
        let layout = layout::Layout::of(table, under, lead);
        if self.kits.table(table, &layout, under.kits, drafts) {
            return layout;
        }
        tabular::read(
            table,
            &layout,
            drafts,
            lead,
            (&mut self.permissions, &mut self.kits, &mut self.recipients),
        );
        layout
    }

    fn read(&mut self, mut passage: Passage<'a>) {
        self.found.scan(passage.text);
        let found = &self.found;
        let pairs = if passage.is_prose() && found.any(Topic::Field) {
            fields::read(&passage, found)
        } else {
            Vec::new()
        };
        if passage.is_prose() && self.kits.read(&passage, found, &pairs) {
            passage.foreign = true;
        }
        self.dates.read(&passage, found);
        self.operator.read(&passage, found);
        self.contacts.read(&passage, found);
        self.deadlines.read(&passage, found);
        self.minors.read(&passage, found);
        self.technologies.read(&passage, found);
        self.permissions.read(&passage, found, pairs);
        self.recipients.read(&passage, found);
        self.last = [passage.text, self.last[0]];
    }

    fn finish(self) -> ((Option<String>, Option<String>), Facts) {
        let operator = self.operator.finish();
        let facts = Facts {
            contacts: self.contacts.finish(operator.as_deref()),
            operator,
            deadlines: self.deadlines.finish(),
            minors: self.minors.finish(),
            technologies: self.technologies.finish(),
            permissions: self.permissions.finish(),
            sdks: self.kits.finish(),
            recipients: self.recipients.finish(),
        };
        (self.dates.finish(), facts)
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
use testing::{contacts_of, over, over_table};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::over;

    /// Pieces of which policies that are hard to read are made.
    const PIECES: [&str; 64] = [
        "\n",
        "\n#",
        "（",
        "）",
        "“",
        "”",
        "：",
        "**：",
        "，",
        "。",
        "；",
        "、",
        " ",
        "\u{a0}",
        "|",
        "/",
        "【",
        "】",
        "[",
        "]",
        "权限",
        "权限（如",
        "权限名称：",
        "相机",
        "位置信息",
        "READ_SMS",
        "用于",
        "以便",
        "为了",
        "当您使用",
        "如您拒绝",
        "无法",
        "SDK",
        "SDK名称：",
        "公司名称：",
        "使用目的：",
        "收集信息：",
        "暂无",
        "某某有限公司",
        "集团",
        "Ltd",
        "(we)",
        "我们",
        "由",
        "指",
        "20",
        "2026",
        "年",
        "1",
        "十五",
        "月",
        "日",
        "个工作日",
        "小时内",
        "回复",
        "周岁以下",
        "（含）",
        "@",
        "a.cn",
        "400-000-0000",
        "转8",
        "地址：",
        "合作伙伴",
        "提供给",
    ];

    proptest! {
        #[test]
        fn no_text_is_too_strange(pieces in prop::collection::vec(0..PIECES.len(), 0..60)) {
            let text: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
            let lines = u32::try_from(text.split('\n').count()).unwrap_or(u32::MAX);
            let facts = over(&text).facts;
            let places = facts.contacts.iter().map(|fact| fact.line)
                .chain(facts.permissions.iter().map(|fact| fact.line))
                .chain(facts.recipients.iter().map(|fact| fact.line))
                .chain(facts.sdks.iter().map(|fact| fact.line));
            for line in places {
                prop_assert!((1..=lines).contains(&line));
            }
            for contact in &facts.contacts {
                prop_assert!(text.contains(&contact.value));
            }
        }
    }
}
