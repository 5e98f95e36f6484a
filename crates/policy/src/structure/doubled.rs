//! Two numbered headings on one line, as texts drawn from PDF have them: `4. 共享 4.1. 范围`.

use crate::input::lines::Line;
use crate::structure::headings::MARKED;
use crate::structure::numbering::{self, Label, Style};
use crate::text::{Blanks, is_blank, is_sentence_mark, trim};

/// How many lines below the second number's successor may stand.
const REACH: usize = 64;

/// Makes two lines of each that has two headings.
pub(crate) fn split(lines: &mut Vec<Line<'_>>) {
    let found: Vec<(usize, usize)> = (0..lines.len())
        .filter_map(|index| Some((index, second(lines, index)?)))
        .collect();
    if found.is_empty() {
        return;
    }
    let mut found = found.into_iter().peekable();
    let whole = std::mem::take(lines);
    lines.reserve(whole.len() + found.len());
    for (index, line) in whole.into_iter().enumerate() {
        match found.next_if(|(at, _)| *at == index) {
            Some((_, at)) => lines.extend(line.split_at(at)),
            None => lines.push(line),
        }
    }
}

/// Where the second number of a line begins: the first of a finer count that goes on below.
fn second(lines: &[Line<'_>], index: usize) -> Option<usize> {
    let line = &lines[index];
    let label = line.label.filter(|label| label.number > 0)?;
    if label.style >= Style::ArabicParen || !line.is_bare() || line.length as usize > MARKED {
        return None;
    }
    let text = line.text.as_ref();
    // Most lines have nothing behind which a second number could begin.
    let parted = line.holds.blanks > Blanks::None || text.contains('（') || text.contains('(');
    if !parted || text.contains(is_sentence_mark) {
        return None;
    }
    let mut blank = false;
    let (at, inner) = text.char_indices().find_map(|(at, c)| {
        let opens = at > label.length && (blank || matches!(c, '（' | '('));
        blank = is_blank(c);
        let inner = opens.then(|| numbering::read(&text[at..])).flatten()?;
        is_first(text, label, &text[at..], inner).then_some((at, inner))
    })?;
    let named = |words: &str| words.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let both = named(&text[label.length..at]) && named(trim(&text[at + inner.length..]));
    let next = lines[index + 1..].iter().take(REACH).find_map(|line| {
        let next = line.label?;
        (next.style == inner.style).then_some(next.number)
    });
    (both && next == Some(2)).then_some(at)
}

/// Whether a number is the first below an outer one: （一） below 二、, 4.1 below 4.
fn is_first(text: &str, outer: Label, rest: &str, inner: Label) -> bool {
    let count = trim(&text[..outer.length]).trim_end_matches(['.', '．', '、']);
    inner.number == 1
        && match inner.style {
            Style::Bullet | Style::Letter => false,
            Style::Dotted(_) => rest.strip_prefix(count).is_some_and(|rest| {
                rest.starts_with(['.', '．'])
                    && matches!(outer.style, Style::Arabic | Style::Dotted(_))
            }),
            style => style > outer.style,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    #[track_caller]
    fn case(text: &str, expected: &[(u32, u32, &str)]) {
        let mut lines = lines::split(text);
        split(&mut lines);
        let found: Vec<_> = lines
            .iter()
            .map(|line| (line.number, line.column, line.text.as_ref()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn two_numbers_are_two_lines() {
        case(
            " 4. 共享与转让  4.1. 共享\n正文。\n4.2. 转让",
            &[
                (1, 2, "4. 共享与转让"),
                (1, 12, "4.1. 共享"),
                (2, 1, "正文。"),
                (3, 1, "4.2. 转让"),
            ],
        );
        case(
            "二、收集（一）登录信息\n（二）订单信息",
            &[
                (1, 1, "二、收集"),
                (1, 5, "（一）登录信息"),
                (2, 1, "（二）订单信息"),
            ],
        );
        case(
            "2.3 订单 1) 地址\n正文。\n2) 电话",
            &[
                (1, 1, "2.3 订单"),
                (1, 8, "1) 地址"),
                (2, 1, "正文。"),
                (3, 1, "2) 电话"),
            ],
        );
    }

    #[test]
    fn what_is_no_second_heading_stays() {
        for text in [
            "二、收集（一）登录信息",
            "二、收集（一）\n（二）订单",
            "4. 共享 5.1. 范围\n5.2. 转让",
            "4. 如您同意，我们会（1）收集（2）使用\n（2）删除",
            "1. 版本 2. 日期\n2. 日期",
        ] {
            let mut lines = lines::split(text);
            let before = lines.len();
            split(&mut lines);
            assert_eq!(lines.len(), before, "{text}");
        }
    }
}
