//! The table of contents, told from the body by its echo: every line of it comes again further
//! down, as a heading with text of its own below it.

mod echoes;
mod entry;
mod rest;

use std::ops::Range;

use crate::input::Hint;
use crate::input::lines::Line;
use crate::text::{is_blank, squeeze};
use echoes::Echoes;
use rest::{are_items, begins_again, goes_on, is_contents, is_link, is_listed};

/// Characters of a line that may still be an entry.
const LONGEST: usize = 50;
/// Most plain lines between two entries that may be entries too.
const UNSURE: usize = 3;

/// The tables of contents of a text.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// Index ranges of the lines that they take.
    pub(crate) ranges: Vec<Range<usize>>,
    /// Indices of the lines that their entries lead to: headings, however they are worded.
    pub(crate) targets: Vec<usize>,
}

/// Finds the tables of contents. Tags and rules between entries part nothing.
pub(crate) fn find(lines: &[Line<'_>], rules: impl Fn(usize) -> bool) -> Contents {
    let places: Vec<usize> = (0..lines.len()).filter(|&index| !rules(index)).collect();
    let kept: Vec<&Line<'_>> = places.iter().map(|&index| &lines[index]).collect();
    let mut found = among(&kept);
    for range in &mut found.ranges {
        *range = places[range.start]..places[range.end - 1] + 1;
    }
    for target in &mut found.targets {
        *target = places[*target];
    }
    found
}

fn among(lines: &[&Line<'_>]) -> Contents {
    let echoes = Echoes::new(lines);
    let mut found = Contents::default();
    let marked = lines
        .iter()
        .any(|line| matches!(line.hint, Hint::Heading(_)));
    let mut start = 0;
    while start < lines.len() {
        let titled = is_titled(lines, start);
        if !titled && !echoes.may_lead(lines, start) {
            start += 1;
            continue;
        }
        let mut end = start;
        let (mut entries, mut targets) = (Vec::new(), Vec::new());
        // Entries that lead nowhere: all, and the last ones whose looks alone do not tell them from
        // what follows the contents.
        let (mut lost, mut unsure) = (0, 0);
        while let Some(line) = lines.get(end) {
            // Where an entry and its heading have drifted far apart, counting on from entries that have
            // not is enough.
            let numbered = line.label.is_some_and(|label| label.number > 0);
            let links = is_link(line);
            if !(numbered || titled || links || marked) {
                break;
            }
            let last = targets.last().copied();
            let drifted = || echoes.drifted(lines, end, last?);
            // 十、其他 behind 九、联系 does not lead to 3. 其他 further up.
            let echo = echoes.of(lines, end).map(|target| match last {
                Some(last) if target <= last => echoes.behind(lines, end, last).unwrap_or(target),
                _ => target,
            });
            let Some(target) = echo.or_else(drifted) else {
                let before = targets.first().is_none_or(|first| end < *first);
                if !before || unsure == UNSURE || !goes_on(lines, start..end, titled) {
                    break;
                }
                lost += 1;
                unsure = if is_listed(line) { 0 } else { unsure + 1 };
                end += 1;
                continue;
            };
            let leads = links || matches!(lines[target].hint, Hint::Heading(_));
            if !(numbered || titled || leads) || targets.last().is_some_and(|last| target <= *last)
            {
                break;
            }
            entries.push(end);
            targets.push(target);
            unsure = 0;
            end += 1;
        }
        end -= unsure;
        lost -= unsure;
        let again = || titled && begins_again(lines, start..end);
        if again()
            || is_contents(&entries, &targets, end)
                && (titled || lost <= targets.len() && !are_items(lines, &targets))
        {
            let first = if titled && is_bare_title(lines[start - 1].words()) {
                start - 1
            } else {
                start
            };
            found.ranges.push(first..end);
            found.targets.extend(targets);
        }
        start = end.max(start + 1);
    }
    found
}

fn is_bare_title(text: &str) -> bool {
    // Three bytes a character, and some blanks and brackets: nothing longer needs a closer look, nor
    // what ends otherwise.
    let ends = |c: char| {
        let signs = matches!(c, '【' | '】' | ':' | '：') || is_blank(c);
        signs || matches!(c, '录' | '次' | '引' | 's' | 'S')
    };
    let latin = |byte: u8| matches!(byte, b'c' | b'C');
    let may = || text.contains(['目', '索']) || text.bytes().any(latin);
    if text.len() > 96 || !text.ends_with(ends) || !may() {
        return false;
    }
    let text = squeeze(text).to_lowercase();
    let text = text.trim_matches(['【', '】', ':', '：']);
    // 《某某隐私政策》目录 is the contents of this text, 第三方SDK目录 is another list.
    let own = |text: &str| {
        text.ends_with(['》', '本'])
            || ["政策", "协议", "声明", "指引"]
                .iter()
                .any(|end| text.ends_with(end))
    };
    matches!(text, "目录" | "目次" | "contents" | "索引")
        || text.strip_suffix("目录").is_some_and(own)
}

fn announces(text: &str) -> bool {
    is_bare_title(text)
        || (text.ends_with(['：', ':'])
            && ["以下内容", "如下内容", "目录"]
                .iter()
                .any(|w| text.contains(w)))
}

/// Whether the text says that contents begin here: 目录, perhaps with a sentence below it.
fn is_titled(lines: &[&Line<'_>], start: usize) -> bool {
    let Some(above) = start.checked_sub(1).map(|above| lines[above].words()) else {
        return false;
    };
    let below_title = || {
        let title = start.checked_sub(2).map(|title| lines[title].words());
        above.ends_with(['：', ':']) && title.is_some_and(is_bare_title)
    };
    announces(above) || below_title()
}

#[cfg(test)]
mod tests;
