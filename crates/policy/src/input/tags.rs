//! Tags of HTML around a whole line of Markdown: `<br>words`, `**<u>words</u>**`. Like stars they
//! are signs beside the words.

use super::signs::strip_stars;
use crate::text::{is_blank, trim};

/// Elements that set a line apart or emphasise it, and whether they emphasise.
const AROUND: [(&str, bool); 11] = [
    ("u", true),
    ("b", true),
    ("strong", true),
    ("ins", true),
    ("em", false),
    ("i", false),
    ("font", false),
    ("span", false),
    ("p", false),
    ("div", false),
    ("center", false),
];

/// The words between the tags at both ends of a line, and whether they are emphasised as a whole;
/// `None` for a line without such tags, or with nothing else.
pub(super) fn around(text: &str) -> Option<(&str, bool)> {
    let (mut words, mut bold) = (text, false);
    while let Some((inner, emphasised)) = stripped(words) {
        words = inner;
        bold |= emphasised;
    }
    (words.len() < text.len() && !cells(words)).then_some((words, bold))
}

/// What bars or blanks set apart may be cells of a table, and is left as it is.
fn cells(words: &str) -> bool {
    let mut blank = false;
    words.chars().any(|c| {
        let gap = c == '|' || c == '\t' || blank && is_blank(c);
        blank = is_blank(c);
        gap
    })
}

fn stripped(words: &str) -> Option<(&str, bool)> {
    let found = without_tag(words).or_else(|| {
        // Stars alone are told from the words later.
        let inner = strip_stars(words).filter(|_| words.ends_with(['*', '_']))?;
        without_tag(inner).map(|(inner, _)| (inner, true))
    })?;
    let inner = trim(found.0);
    (!inner.is_empty()).then_some((inner, found.1))
}

/// Without a break at either end, or without an element around all.
fn without_tag(words: &str) -> Option<(&str, bool)> {
    if words.starts_with('<') {
        let (name, length) = tag(words)?;
        if name.eq_ignore_ascii_case("br") {
            return Some((&words[length..], false));
        }
        let element = |(other, _): &&(&str, bool)| name.eq_ignore_ascii_case(other);
        let (_, emphasises) = AROUND.iter().find(element)?;
        let last = words.rfind("</").filter(|&at| at >= length)?;
        let closes = |at: usize| {
            let found = tag(&words[at..]);
            found.filter(|(other, _)| name.eq_ignore_ascii_case(other))
        };
        let whole = closes(last).is_some_and(|(_, length)| last + length == words.len());
        let mut inside = words[length..last].match_indices('<');
        let once = inside.all(|(at, _)| closes(length + at).is_none());
        return (whole && once).then_some((&words[length..last], *emphasises));
    }
    let at = words.strip_suffix('>')?.rfind('<')?;
    let (name, length) = tag(&words[at..])?;
    let breaks = name.eq_ignore_ascii_case("br") && at + length == words.len();
    breaks.then_some((&words[..at], false))
}

/// Name and length of the tag that a text begins with, `</u>` as well as `<u>`.
fn tag(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let letters = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = inner.split_at(letters);
    let end = rest.find('>').filter(|_| {
        letters > 0 && rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
    })?;
    Some((name, text.len() - rest.len() + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: Option<(&str, bool)>) {
        assert_eq!(around(text), expected, "{text}");
    }

    #[test]
    fn tags_around_a_line_are_no_words() {
        case("<br>一、范围", Some(("一、范围", false)));
        case("一、范围<BR />", Some(("一、范围", false)));
        case("<br/><br> **范围**", Some(("**范围**", false)));
        case("<u>1. 我们收集。</u>", Some(("1. 我们收集。", true)));
        case("**<u>1. 我们收集。</u>**", Some(("1. 我们收集。", true)));
        case("<p align=\"center\"><b>范围</b></p>", Some(("范围", true)));
    }

    #[test]
    fn what_does_not_hold_the_whole_line_is_left() {
        for text in [
            "范围",
            "**范围**",
            "<br>",
            "<u>甲</u>与<u>乙</u>",
            "<u>甲</u>，乙",
            "甲，<u>乙</u>",
            "**<u>甲</u>与乙**",
            "**<u>甲</u>**：",
            "<br>| 甲 | 乙 |",
            "<https://example.com/br>",
            "<brand>甲",
            "<3<br",
        ] {
            case(text, None);
        }
    }
}
