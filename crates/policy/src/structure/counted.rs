//! Numbers with nothing but a blank behind them: `1 总则`. Alone they may count anything (30 天内);
//! where one line counts on from another, they number the lines.

use crate::input::lines::Line;
use crate::structure::numbering::{self, Label};
use crate::text::{ends_sentence, trim};

/// Gives the lines that bare numbers count their labels.
pub(crate) fn label(lines: &mut [Line<'_>]) {
    // The lines of the count that goes on: kept back until a second one shows that it is one.
    let mut run: Vec<(usize, Label)> = Vec::new();
    for index in 0..lines.len() {
        let Some(label) = bare(lines, index) else {
            continue;
        };
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

/// The bare number of a line that begins a paragraph.
fn bare(lines: &[Line<'_>], index: usize) -> Option<Label> {
    let line = &lines[index];
    let words = line.words();
    if !words.as_bytes().first()?.is_ascii_digit() || line.label.is_some() {
        return None;
    }
    let label = numbering::read_in_heading(words)?;
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
    }

    #[test]
    fn what_counts_something_else_is_none() {
        case("30 天内答复。\n1 年后删除。", &[]);
        case("1 范围\n正文。\n3 联系", &[]);
        case("保存期限为，\n1 年，或者，\n2 年。", &[]);
        case("1 / 3\n2 / 3", &[]);
    }
}
