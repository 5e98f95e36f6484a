//! Headings without a number that stand directly above one another: a part and its first section.

use super::PLAIN;
use super::plain::{ends_in_a_value, is_name};
use super::words::asks;
use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::titles::names_a_policy;

/// Most names above one text: what has more is a list, or the cells of a table.
const MOST: usize = 3;
/// Characters of the shortest text below them.
const TEXT: u32 = 10;
/// Characters of the key of a line that gives a value: `用途：推送。`
const KEY: usize = 8;

/// Names above one another, below a complete statement and above another one, are headings all.
pub(super) fn head_stacks(lines: &[&Line<'_>], free: &[bool], heads: &mut [bool]) {
    let mut start = 0;
    // The last stack, and the line below it.
    let mut last: Option<(usize, usize)> = None;
    while start < lines.len() {
        if !free[start] || !may_stack(lines[start]) {
            start += 1;
            continue;
        }
        let run = (start..lines.len())
            .take_while(|&index| free[index] && may_stack(lines[index]))
            .count();
        let end = start + run;
        if (2..=MOST).contains(&run) && lines.get(end).is_some_and(|next| free[end] && states(next))
        {
            // A name, a line on it, again a name: a table whose cells are lines.
            if last.is_some_and(|(_, text)| text + 1 == start && !lines[start].gap) {
                last = Some((end, end));
            } else {
                head(heads, last);
                last = begins(lines, free, start).then_some((start, end));
            }
        }
        start = end;
    }
    head(heads, last);
}

fn head(heads: &mut [bool], stack: Option<(usize, usize)>) {
    if let Some((start, end)) = stack {
        heads[start..end].fill(true);
    }
}

/// Whether a line may be one of several names above one another.
fn may_stack(line: &Line<'_>) -> bool {
    let words = line.words();
    line.hint == Hint::None
        && line.length as usize <= PLAIN
        && !line.bold
        && !line.linked
        && is_name(line)
        && (!line.has_sentence_mark() || asks(words))
        && !words.contains("SDK")
        && !words.ends_with("公司")
}

/// Whether what stands above is complete: a statement, not a line that leads to what comes.
fn begins(lines: &[&Line<'_>], free: &[bool], start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else {
        return false;
    };
    let line = &lines[before];
    let words = line.words();
    let stops = words.ends_with(['。', '！', '；', '!', ';', '…', '”', '）']);
    // 以下是服务协议： above its title leads to no list.
    let titled = || lines[start].gap && names_a_policy(lines[start].words());
    if words.ends_with(['：', ':']) && titled() {
        return true;
    }
    free[before]
        && line.has_sentence_mark()
        && !words.ends_with(['：', ':', '，', ','])
        && (stops || lines[start].gap || ends_in_a_value(line))
}

/// Whether a line states something, and is no value with its key.
fn states(line: &Line<'_>) -> bool {
    let text = line.words();
    let keyed = text
        .char_indices()
        .take(KEY)
        .find(|(_, c)| matches!(c, '：' | ':'))
        .is_some_and(|(at, c)| at + c.len_utf8() < text.len());
    line.label.is_none()
        && line.hint == Hint::None
        && line.length >= TEXT
        && (text.contains('。') || text.ends_with(['；', '：', ':', '！']))
        && !keyed
}
