//! Line breaks inside a cell: what they part are words or values of their own, unless a word was
//! broken to fit its column.

use std::borrow::Cow;

/// Whether a blank belongs between two lines of a cell. Marks of punctuation part words without
/// one; a bracket left open, or a lone character, tells of a break within a word.
pub(crate) fn are_apart(above: &str, below: &str) -> bool {
    const REACH: usize = 64;
    let lone = |text: &str| text.chars().nth(1).is_none();
    let ends = |c: char| c.is_alphanumeric() || matches!(c, '）' | ')' | '》' | '】' | '”');
    let begins = |c: char| c.is_alphanumeric() || matches!(c, '《' | '【' | '“');
    let mut brackets = above.chars().rev().take(REACH);
    let bracket = brackets.find(|c| matches!(c, '（' | '(' | '）' | ')'));
    above.ends_with(ends)
        && below.starts_with(begins)
        && !lone(above)
        && !lone(below)
        && !matches!(bracket, Some('（' | '('))
}

/// A cell of Markdown with a blank for each `<br>`.
pub(crate) fn as_blanks(text: &str) -> Cow<'_, str> {
    let Some((first, second)) = split(text) else {
        return Cow::Borrowed(text);
    };
    let mut bare = first.to_owned();
    let mut rest = second;
    loop {
        let part = split(rest);
        let (words, next) = part.unwrap_or((rest, ""));
        bare.push(' ');
        bare.push_str(words);
        rest = next;
        if part.is_none() {
            return Cow::Owned(crate::text::trim(&bare).to_owned());
        }
    }
}

/// What stands before and after the first `<br>`.
fn split(text: &str) -> Option<(&str, &str)> {
    text.match_indices('<').find_map(|(at, _)| {
        let name = text.get(at + 1..at + 3)?;
        let rest = text[at + 3..].trim_start_matches([' ', '/']);
        let rest = rest.strip_prefix('>')?;
        name.eq_ignore_ascii_case("br")
            .then_some((&text[..at], rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_values_are_apart_and_broken_words_are_not() {
        for (above, below, apart) in [
            ("设备型号", "系统版本", true),
            ("甲乙推送 SDK", "安卓版", true),
            ("甲乙（安卓）", "丙丁", true),
            ("型号、", "系统版本", false),
            ("用于推送；", "用于统计", false),
            ("甲乙推送", "（安卓版）", false),
            ("网络（无线", "网络）", false),
            ("设备型", "号", false),
        ] {
            assert_eq!(are_apart(above, below), apart, "{above} {below}");
        }
    }

    #[test]
    fn breaks_of_markdown_are_blanks() {
        for (cell, expected) in [
            ("型号", "型号"),
            ("型号<br>版本<BR/>语言", "型号 版本 语言"),
            ("<br />型号<br>", "型号"),
            ("1 < 2 <b>型号</b>", "1 < 2 <b>型号</b>"),
        ] {
            assert_eq!(as_blanks(cell), expected, "{cell}");
        }
    }
}
