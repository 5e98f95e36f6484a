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
        let mut nobody_before = false;
        for range in part.sentences() {
            let sentence = Sentence {
                part: index,
                start: range.start,
                glance: Glance::at(&part.folded[range]),
            };
            let opened = if opens(&sentence, part) {
                Some("wide")
            } else {
                opens_giving(&sentence, nobody_before).then_some("giving")
            };
            nobody_before = gives_nobody(&sentence);
            if let Some(cases) = opened {
                open = Some(List::under(index, cases));
                seen_here = true;
                // The cases may follow in the same sentence.
            }
            let Some(list) = &mut open else { continue };
            if !seen_here && list.ends_before(part, reading) {
                open = None;
                continue;
            }
            list.count += 1;
            if let Some(words) = too_wide(&sentence, list.cases) {
                found.push(Found::at(Rule::ExceptionTooWide, sentence.spot(&words)));
            }
            let last = Rule::ExceptionTooWide.guide().patterns("last");
            let ends = !part.is_heading() && last.hold(&sentence.glance);
            if ends && opened.is_none() || list.count > CASES {
                open = None;
            }
        }
    }
}

/// A list that is being read.
struct List {
    opened: usize,
    count: usize,
    /// Which of the rule's lists has the cases that are too wide.
    cases: &'static str,
}

impl List {
    fn under(opened: usize, cases: &'static str) -> Self {
        Self {
            opened,
            count: 0,
            cases,
        }
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
    is_marked(text)
        || text.ends_with('的')
        || !text.contains(['。', '：']) && text.chars().count() < 120
}

/// Whether a folded text begins with a bullet, `？` where its sign was lost, or with a number or letter and
/// the mark behind it: 一旦 and “App” are words.
fn is_marked(text: &str) -> bool {
    if text.starts_with(|c| "（①②③④⑤⑥⑦⑧⑨⑩⑪⑫-•·●◆■○？".contains(c))
    {
        return true;
    }
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let letter = |c: char| c.is_ascii_lowercase();
    let behind = [
        text.trim_start_matches(numeral),
        text.trim_start_matches(['i', 'v', 'x']),
        text.strip_prefix(letter).unwrap_or(text),
    ];
    behind
        .iter()
        .any(|behind| behind.len() < text.len() && behind.starts_with(['、', '．', '.', '）']))
}

fn opens(sentence: &Sentence<'_>, part: &Part<'_>) -> bool {
    let guide = Rule::ExceptionTooWide.guide();
    guide.patterns("intro").hold(&sentence.glance)
        && (part.is_heading() || guide.patterns("cases").hold(&sentence.glance))
        && !guide.patterns("denied").hold(&sentence.glance)
}

/// Whether data is given to nobody, except in the cases that follow: consent is one of them, so the others are
/// without it.
fn opens_giving(sentence: &Sentence<'_>, nobody_before: bool) -> bool {
    let except = Rule::ExceptionTooWide.guide().patterns("except");
    except.hold(&sentence.glance) && (nobody_before || gives_nobody(sentence))
}

fn gives_nobody(sentence: &Sentence<'_>) -> bool {
    let nobody = Rule::ExceptionTooWide.guide().patterns("nobody");
    nobody.hold(&sentence.glance)
}

fn too_wide(sentence: &Sentence<'_>, cases: &str) -> Option<std::ops::Range<usize>> {
    let guide = Rule::ExceptionTooWide.guide();
    let words = guide.patterns(cases).find(&sentence.glance)?;
    (!guide.patterns("within").hold(&sentence.glance)).then_some(words)
}
