//! The table of contents, told from the body by its echo: every line of it comes again further
//! down, as a heading with text of its own below it.

use std::collections::HashMap;
use std::ops::Range;

use crate::lines::Line;
use crate::numbering::Style;
use crate::text::{is_blank, squeeze};

/// Characters of a line that may still be an entry.
const LONGEST: usize = 50;

/// The tables of contents of a text.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// Index ranges of the lines that they take.
    pub(crate) ranges: Vec<Range<usize>>,
    /// Indices of the lines that their entries lead to: headings, however they are worded.
    pub(crate) targets: Vec<usize>,
}

/// Finds the tables of contents.
pub(crate) fn find(lines: &[Line<'_>]) -> Contents {
    let echoes = Echoes::new(lines);
    let mut found = Contents::default();
    let mut start = 0;
    while start < lines.len() {
        let titled = start > 0 && announces(lines[start - 1].text);
        let mut end = start;
        let mut targets = Vec::new();
        while let Some(line) = lines.get(end) {
            let Some(target) = echoes.of(lines, end) else {
                break;
            };
            if (line.label.is_none() && !titled)
                || targets.last().is_some_and(|last| target <= *last)
            {
                break;
            }
            targets.push(target);
            end += 1;
        }
        if is_contents(&targets, end) {
            let first = if titled && is_bare_title(lines[start - 1].text) {
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

/// Entries whose echoes follow each other line by line are a list said twice, not a table of
/// contents: headings have text between them.
fn is_contents(targets: &[usize], end: usize) -> bool {
    let apart = targets
        .windows(2)
        .filter(|pair| pair[1] > pair[0] + 1)
        .count();
    targets.len() >= 2 && targets[0] >= end && apart * 2 >= targets.len() - 1
}

fn is_bare_title(text: &str) -> bool {
    let text = squeeze(text).to_lowercase();
    matches!(
        text.trim_matches(['【', '】', ':', '：']),
        "目录" | "目次" | "contents" | "索引"
    )
}

fn announces(text: &str) -> bool {
    is_bare_title(text)
        || (text.ends_with(['：', ':'])
            && ["以下内容", "如下内容", "目录"]
                .iter()
                .any(|w| text.contains(w)))
}

/// Where a line's words come again.
struct Echoes {
    keys: Vec<String>,
    by_key: HashMap<String, Vec<usize>>,
    by_number: HashMap<(Style, u32), Vec<usize>>,
}

impl Echoes {
    fn new(lines: &[Line<'_>]) -> Self {
        let mut echoes = Self {
            keys: Vec::with_capacity(lines.len()),
            by_key: HashMap::new(),
            by_number: HashMap::new(),
        };
        for (index, line) in lines.iter().enumerate() {
            let key = if line.length <= LONGEST {
                key(line)
            } else {
                String::new()
            };
            if !key.is_empty() {
                echoes.by_key.entry(key.clone()).or_default().push(index);
                if let Some(label) = line.label {
                    echoes
                        .by_number
                        .entry((label.style, label.number))
                        .or_default()
                        .push(index);
                }
            }
            echoes.keys.push(key);
        }
        echoes
    }

    /// Index of the next line with the same words; for numbered lines one of the same number whose
    /// words begin alike will do, since entries and headings drift apart over the versions.
    fn of(&self, lines: &[Line<'_>], index: usize) -> Option<usize> {
        let key = self.keys.get(index).filter(|key| !key.is_empty())?;
        let after = |all: &Vec<usize>| all.partition_point(|&other| other <= index);
        let number = |index: usize| {
            lines[index]
                .label
                .map_or(0, |label: crate::numbering::Label| label.number)
        };
        let same = self
            .by_key
            .get(key)
            .and_then(|all| all[after(all)..].first().copied());
        if let Some(other) = same
            && (number(index) == number(other) || number(index) == 0 || number(other) == 0)
        {
            return Some(other);
        }
        let label = lines[index].label?;
        let all = self
            .by_number
            .get(&(label.style, label.number))
            .filter(|_| label.number > 0)?;
        all[after(all)..]
            .iter()
            .take(4)
            .copied()
            .find(|&other| begins_alike(key, &self.keys[other]))
    }
}

fn begins_alike(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    common >= 4 && common * 3 >= a.chars().count().max(b.chars().count()) * 2
}

/// The words of an entry or heading without blanks, closing punctuation, dot leaders and page number.
fn key(line: &Line<'_>) -> String {
    let mut key = squeeze(line.rest());
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.ends_with(['.', '…', '·', '-']) {
        key.truncate(bare.len());
    }
    let end = key
        .trim_end_matches(|c: char| is_blank(c) || "；;。.…·-，,、：:".contains(c))
        .len();
    key.truncate(end);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    #[track_caller]
    fn case(text: &str, expected: &[(usize, usize)]) {
        let found: Vec<_> = find(&lines::split(text))
            .ranges
            .iter()
            .map(|range| (range.start, range.end))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn entries_are_known_by_the_headings_they_lead_to() {
        case(
            "一、范围\n二、联系\n一、范围\n正文。\n二、联系\n正文。",
            &[(0, 2)],
        );
        case(
            "- 一、范围\n- 二、联系\n一、范围\n正文。\n二、联系\n正文。",
            &[(0, 2)],
        );
        case(
            "目录\n范围……1\n联系……2\n范围\n正文。\n联系\n正文。",
            &[(0, 3)],
        );
        case(
            "一、我们如何保护信息；\n二、联系。\n一、我们如何保护信息安全\n甲。\n二、联系\n乙。",
            &[(0, 2)],
        );
    }

    #[test]
    fn entries_know_the_lines_they_lead_to() {
        let text =
            "一、这里写什么，为何写\n二、联系\n一、这里写什么，为何写\n正文。\n二、联系\n正文。";
        assert_eq!(find(&lines::split(text)).targets, [2, 4]);
    }

    #[test]
    fn a_list_said_twice_is_no_table_of_contents() {
        case(
            "1.为了安全；\n2.为了健康；\n正文。\n1.为了安全；\n2.为了健康；",
            &[],
        );
        case("一、范围\n正文。\n二、联系\n正文。", &[]);
        case("", &[]);
    }
}
