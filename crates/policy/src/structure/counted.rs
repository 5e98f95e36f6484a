//! Numbers with nothing but a blank behind them: `1 总则`, `一 总则`. Alone they may count anything (30
//! 天内); where one line counts on from another, or says an entry of the contents again, they number
//! the lines.

use crate::input::lines::Line;
use crate::numerals;
use crate::structure::numbering::{self, Label, Style};
use crate::text::{ends_sentence, is_blank, trim};

/// Gives the lines that bare numbers count their labels.
pub(crate) fn label(lines: &mut [Line<'_>]) {
    // The lines of the counts that go on: kept back until a second one shows that it is one.
    let mut runs: [Vec<(usize, Label)>; 2] = Default::default();
    // The first lines that Han numbers with a mark count.
    const ENTRIES: usize = 32;
    let mut entries: Vec<usize> = Vec::new();
    for index in 0..lines.len() {
        if entries.len() < ENTRIES && han(&lines[index]) {
            entries.push(index);
        }
        let Some(label) = bare(lines, index) else {
            continue;
        };
        let said = |entry: &usize| {
            let entry = &lines[*entry];
            let words = &lines[index].words()[label.length..];
            entry.label.map(|label| label.number) == Some(label.number)
                && entry.rest() == trim(words)
        };
        if label.style == Style::HanComma && entries.iter().any(said) {
            lines[index].label = Some(label);
        }
        let run = &mut runs[usize::from(label.style == Style::HanComma)];
        let next = run.last().map_or(1, |(_, last)| last.number + 1);
        if label.number != next {
            run.clear();
            if label.number != 1 {
                continue;
            }
        }
        run.push((index, label));
        let fresh = match run.len() {
            1 => 0,
            2 => 2,
            _ => 1,
        };
        for &(index, label) in run.iter().rev().take(fresh) {
            lines[index].label = Some(label);
        }
    }
}

/// Where `一.` counts anew between 一、 and 二、, the other mark tells that it counts what is inside.
pub(crate) fn nest(lines: &mut [Line<'_>]) {
    const FEWEST: usize = 2;
    // The last number with the outer mark, and the lines that the inner one has counted since.
    let mut outer = 0;
    let mut inner: Vec<usize> = Vec::new();
    let mut nested = false;
    for index in 0..lines.len() {
        if !han(&lines[index]) {
            continue;
        }
        let (label, words) = (lines[index].label, lines[index].words());
        let Some((number, mark)) = label.map(|label| (label.number, &words[..label.length])) else {
            continue;
        };
        if mark.ends_with(['.', '．']) {
            if outer > 0 && number as usize == inner.len() + 1 {
                inner.push(index);
            } else {
                inner.clear();
            }
            continue;
        }
        if inner.len() >= FEWEST && number == outer + 1 {
            inside(lines, &inner);
            nested = true;
        }
        inner.clear();
        outer = number;
    }
    // Behind the last number nothing counts on: those before it tell.
    if nested && inner.len() >= FEWEST {
        inside(lines, &inner);
    }
}

fn inside(lines: &mut [Line<'_>], counted: &[usize]) {
    for &index in counted {
        if let Some(label) = &mut lines[index].label {
            label.style = Style::HanDot;
        }
    }
}

/// Whether a Han number with its mark counts a line.
fn han(line: &Line<'_>) -> bool {
    line.label
        .is_some_and(|label| label.style == Style::HanComma && label.number > 0)
}

/// The bare number at the start of words.
fn number(words: &str) -> Option<Label> {
    if words.as_bytes().first()?.is_ascii_digit() {
        return numbering::read_in_heading(words);
    }
    let digits = |c: &char| numerals::is_han(*c);
    let length: usize = words.chars().take_while(digits).map(char::len_utf8).sum();
    let blank = length > 0 && words[length..].starts_with(is_blank);
    let number: Vec<char> = words[..length].chars().take(4).collect();
    let (number, _) = blank.then(|| numerals::read(&number)).flatten()?;
    (number > 0).then_some(Label {
        length,
        style: Style::HanComma,
        number,
    })
}

/// The bare number of a line that begins a paragraph.
fn bare(lines: &[Line<'_>], index: usize) -> Option<Label> {
    let line = &lines[index];
    let words = line.words();
    if line.label.is_some() {
        return None;
    }
    let label = number(words)?;
    let named = trim(&words[label.length..]).starts_with(|c: char| {
        // `1 - 5`, `1 / 3`, `1 000` number nothing.
        c.is_alphabetic() || matches!(c, '《' | '【' | '“')
    });
    let begins = line.gap
        || index.checked_sub(1).is_none_or(|before| {
            let before = &lines[before];
            before.text.ends_with(ends_sentence) || !before.has_sentence_mark()
        });
    (named && begins).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    #[track_caller]
    fn case(text: &str, expected: &[u32]) {
        let mut lines = lines::split(text);
        label(&mut lines);
        let found: Vec<u32> = lines
            .iter()
            .filter_map(|line| line.label.map(|label| label.number))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn bare_numbers_that_count_on_are_labels() {
        case("1 范围\n正文。\n2 联系\n正文。", &[1, 2]);
        case(
            "1   范围\n正文。\n2\u{3000}联系\n正文。\n3\t附则",
            &[1, 2, 3],
        );
        case(
            "1 甲\n正文。\n2 乙\n正文。\n\n1 丙\n正文。\n2 丁",
            &[1, 2, 1, 2],
        );
        case("一 范围\n正文。\n1 甲\n2 乙\n二\u{3000}联系", &[1, 1, 2, 2]);
        case("一、范围\n三、联系\n正文。\n一 范围\n正文。", &[1, 3, 1]);
    }

    /// Expects the numbers that count inside others.
    #[track_caller]
    fn inner(text: &str, expected: &[u32]) {
        let mut lines = lines::split(text);
        nest(&mut lines);
        let labels = lines.iter().filter_map(|line| line.label);
        let found: Vec<u32> = labels
            .filter(|label| label.style == Style::HanDot)
            .map(|label| label.number)
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn another_mark_counts_inside() {
        inner(
            "一、寄件\n一. 填单\n正文。\n二. 打印\n正文。\n二、取件\n一．验货\n二．签收",
            &[1, 2, 1, 2],
        );
        // A slip of the pen, one number alone, and a text of its own.
        inner("一、寄件\n二. 取件\n三、查询\n四. 理赔", &[]);
        inner("一、寄件\n一. 填单\n二、取件", &[]);
        inner("一、寄件\n二、取件\n一. 寄件\n二. 取件\n三. 查询", &[]);
        inner("一. 寄件\n二. 取件\n一、填单\n二、打印", &[]);
    }

    #[test]
    fn what_counts_something_else_is_none() {
        case("一 范围\n正文。\n三 联系", &[]);
        case("一、范围\n正文。\n一 概述", &[1]);
        case("30 天内答复。\n1 年后删除。", &[]);
        case("1 范围\n正文。\n3 联系", &[]);
        case("保存期限为，\n1 年，或者，\n2 年。", &[]);
        case("1 / 3\n2 / 3", &[]);
    }
}
