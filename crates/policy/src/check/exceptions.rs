//! Lists of cases in which consent is said not to be needed, and what in them is wider than the law.

use super::reading::{Part, Reading, Sentence};
use super::{Found, Rule};
use crate::text::Glance;

/// A list of cases is no longer than this.
const CASES: usize = 30;

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let mut open = None;
    for (index, part) in reading.parts.iter().enumerate() {
        let mut seen_here = false;
        for range in part.sentences() {
            let sentence = Sentence {
                part: index,
                start: range.start,
                glance: Glance::at(&part.folded[range]),
            };
            if opens(&sentence, part) {
                open = Some(List::under(index));
                seen_here = true;
                // The cases may follow in the same sentence.
            }
            let Some(list) = &mut open else { continue };
            if !seen_here && list.ends_before(part, reading) {
                open = None;
                continue;
            }
            list.count += 1;
            if let Some(words) = too_wide(&sentence) {
                found.push(Found::at(Rule::ExceptionTooWide, sentence.spot(&words)));
            }
            let last = Rule::ExceptionTooWide.guide().patterns("last");
            let ends = !part.is_heading() && last.hold(&sentence.glance);
            if ends && !opens(&sentence, part) || list.count > CASES {
                open = None;
            }
        }
    }
}

/// A list that is being read.
struct List {
    opened: usize,
    count: usize,
}

impl List {
    fn under(opened: usize) -> Self {
        Self { opened, count: 0 }
    }

    /// The list ends at a heading, unless its cases are headings themselves, and at a paragraph that is no
    /// item.
    fn ends_before(&self, part: &Part<'_>, reading: &Reading<'_>) -> bool {
        let opening = &reading.parts[self.opened];
        match (part.level(), opening.level()) {
            (Some(level), Some(above)) => level <= above,
            (Some(_), None) => true,
            (None, _) => !is_item(part),
        }
    }
}

/// Whether a part looks like a case of a list: it begins with a number or a bullet, or is short and names no
/// one.
fn is_item(part: &Part<'_>) -> bool {
    let text = part.folded.trim_end_matches(['。', '；', '，', '、']);
    let marked = text.starts_with(|c: char| {
        c.is_ascii_alphanumeric() || "（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫-•·●◆■○一二三四五六七八九十?".contains(c)
    });
    marked || text.ends_with('的') || !text.contains(['。', '：']) && text.chars().count() < 120
}

fn opens(sentence: &Sentence<'_>, part: &Part<'_>) -> bool {
    let guide = Rule::ExceptionTooWide.guide();
    guide.patterns("intro").hold(&sentence.glance)
        && (part.is_heading() || guide.patterns("cases").hold(&sentence.glance))
        && !guide.patterns("denied").hold(&sentence.glance)
}

fn too_wide(sentence: &Sentence<'_>) -> Option<std::ops::Range<usize>> {
    let guide = Rule::ExceptionTooWide.guide();
    let words = guide.patterns("wide").find(&sentence.glance)?;
    (!guide.patterns("within").hold(&sentence.glance)).then_some(words)
}
