//! What runs of entries are, and entries that lead nowhere, told by the ones they stand among.

use std::ops::Range;

use super::LONGEST;
use super::entry::{entry, words};
use crate::input::Hint;
use crate::input::lines::Line;
use crate::text::is_sentence_mark;

/// Entries whose echoes follow each other line by line are a list said twice, not a table of
/// contents: headings have text between them.
pub(super) fn is_contents(entries: &[usize], targets: &[usize], end: usize) -> bool {
    let entries = entries.windows(2).map(|pair| pair[1] - pair[0]);
    let apart = targets
        .windows(2)
        .zip(entries)
        .filter(|(pair, entries)| pair[1] - pair[0] > *entries)
        .count();
    targets.len() >= 2 && targets[0] >= end && apart * 2 >= targets.len() - 1
}

/// Whether most of the lines that entries lead to end in a semicolon: steps of another way to do the
/// same, and no headings.
pub(super) fn are_items(lines: &[&Line<'_>], targets: &[usize]) -> bool {
    let item = |target: &&usize| lines[**target].text.ends_with(['；', ';']);
    targets.iter().filter(item).count() * 2 > targets.len()
}

/// Whether a run of entries counts from one, and so does what stands right behind it: contents of a
/// text that says otherwise what they are, or breaks off.
pub(super) fn begins_again(lines: &[&Line<'_>], run: Range<usize>) -> bool {
    const FEWEST: usize = 3;
    let number = |line: &Line<'_>| line.label.map(|label| (label.style, label.number));
    let first = number(lines[run.start]).filter(|(_, number)| *number == 1);
    let entries = lines[run.clone()]
        .iter()
        .filter(|line| number(line).map(|(style, _)| style) == first.map(|(style, _)| style));
    first.is_some()
        && lines.get(run.end).is_some_and(|next| number(next) == first)
        && entries.count() >= FEWEST
}

/// Whether the line behind a run of entries goes on with it, though it leads nowhere.
pub(super) fn goes_on(lines: &[&Line<'_>], run: Range<usize>, titled: bool) -> bool {
    let line = &lines[run.end];
    let short = || words(line).take(LONGEST + 1).count() <= LONGEST;
    let Some(before) = lines[run.clone()].last() else {
        // Where the text says that contents follow, the first entry, too, may lead nowhere.
        return titled
            && lines.get(run.end + 1).is_some_and(|next| {
                let first = line.label.is_some_and(|label| label.number == 1);
                first && counts_on(line, next) || short() && is_listed(line) && alike(line, next)
            });
    };
    if counts_on(before, line) {
        return true;
    }
    // Entries of several ranks: 二、 behind （三）.
    const RANKS: usize = 32;
    let mut elders = lines[run].iter().rev().take(RANKS);
    let elder = |other: &&&Line<'_>| {
        other.label.map(|label| label.style) == line.label.map(|label| label.style)
    };
    let numbered = line.label.is_some_and(|label| label.number > 0);
    if numbered {
        return titled
            && elders
                .find(elder)
                .is_some_and(|elder| counts_on(elder, line));
    }
    (titled || is_link(before) && is_link(line)) && short() && alike(before, line)
}

/// Whether two lines without a number look the same and may both be entries.
fn alike(before: &Line<'_>, line: &Line<'_>) -> bool {
    let number = |line: &Line<'_>| line.label.map(|label| (label.style, label.number));
    let marked = matches!(line.hint, Hint::Heading(_));
    !marked
        && before.hint == line.hint
        && before.indent == line.indent
        && before.bold == line.bold
        && number(before) == number(line)
        && number(line).is_none_or(|(_, number)| number == 0)
        && !entry(line).contains(is_sentence_mark)
}

/// Whether a line is plainly one of a list.
pub(super) fn is_listed(line: &Line<'_>) -> bool {
    line.label.is_some() || line.hint == Hint::Item
}

/// Whether it is a link of Markdown.
pub(super) fn is_link(line: &Line<'_>) -> bool {
    line.rest().starts_with('[')
}

/// Whether a line that could be an entry has the number after the other's.
pub(super) fn counts_on(before: &Line<'_>, line: &Line<'_>) -> bool {
    let (Some(first), Some(second)) = (before.label, line.label) else {
        return false;
    };
    first.style == second.style
        && first.number > 0
        && first.number + 1 == second.number
        && words(line).take(LONGEST + 1).count() <= LONGEST
        && !entry(line).contains(['。', '；'])
}
