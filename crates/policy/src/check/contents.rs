//! The table of contents: no clause, but it tells which sections the whole text has.

use std::collections::{HashMap, HashSet};

use super::Rule;
use super::reading::{Part, Reading};
use crate::document::{Document, Heading};
use crate::text::Glance;

/// Headings in a row that may be a table of contents: fewer are sections without text.
const FEWEST: usize = 3;
/// Characters of a title that names a section; shorter ones come again in every entry of a list.
const TITLE: usize = 4;
/// Characters that a label may have.
const LABEL: usize = 8;
/// Characters of a clause that may be a section's heading.
const SHORT: usize = 30;

/// Which headings of the outline are the index of the text: several of one level in a row, with nothing
/// between them, the first of which comes again behind them.
pub(super) fn listed(document: &Document) -> Vec<bool> {
    let outline = &document.outline;
    let mut listed = vec![false; outline.len()];
    let mut last = HashMap::new();
    for (index, heading) in outline.iter().enumerate() {
        last.insert((&heading.label, &heading.title), index);
    }
    let mut clauses = document.clauses.iter().map(|clause| clause.line).peekable();
    let mut index = 0;
    while let Some(first) = outline.get(index) {
        let again = last.get(&(&first.label, &first.title)).copied();
        let again = again.filter(|&again| again > index && names(first));
        let from = index;
        index += 1;
        let Some(again) = again else { continue };
        // The next clause ends the row.
        while clauses.next_if(|line| *line < first.line).is_some() {}
        let clause = clauses.peek().copied().unwrap_or(u32::MAX);
        let in_row = |heading: &&Heading| heading.level == first.level && heading.line < clause;
        let row = outline[from..again].iter().take_while(in_row).count();
        if row >= FEWEST {
            index = from + row;
            listed[from..index].fill(true);
        }
    }
    listed
}

fn names(heading: &Heading) -> bool {
    !heading.label.is_empty() && heading.title.chars().count() >= TITLE
}

impl Reading<'_> {
    /// The lines of the contents, folded, whose sections the text breaks off before.
    pub(super) fn cut_off(&self) -> &[String] {
        let titles: HashSet<&str> = self.titles().map(|part| bare(&part.folded)).collect();
        let is_there = |entry: &String| {
            let entry = bare(entry);
            let mut starts = entry.char_indices().take(LABEL).map(|(at, _)| at);
            starts.any(|at| titles.contains(&entry[at..]))
        };
        let there = self.contents.iter().rposition(is_there);
        there.map_or(&[], |there| &self.contents[there + 1..])
    }

    /// Whether the contents tell of a section about a rule's matter before which the text breaks off.
    pub(super) fn is_cut_off(&self, rule: Rule) -> bool {
        let topic = rule.guide().patterns("topic");
        let about = |text: &str| topic.hold(&Glance::at(text));
        self.cut_off().iter().any(|entry| about(entry))
            && !self.titles().any(|part| about(&part.folded))
    }

    /// What may be the heading of a section.
    fn titles(&self) -> impl Iterator<Item = &Part<'_>> {
        let short = |text: &str| {
            text.len() <= SHORT * '。'.len_utf8() && !text.contains(['。', '，', '；', '：'])
        };
        let is_title = move |part: &&Part<'_>| part.is_heading() || short(&part.folded);
        self.parts.iter().filter(is_title)
    }
}

/// A title without what ends it, or leads to its page.
fn bare(title: &str) -> &str {
    title.trim_end_matches(|c: char| !c.is_alphabetic())
}
