//! Characters, sentences, blanks.

/// Blank means white space of any kind (no-break and ideographic spaces are) or a byte order mark
/// left in the middle of a text by pasting files together.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Trims blanks, see [`is_blank`].
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The text without blanks: what identity and comparison look at.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|&c| !is_blank(c)).collect()
}

/// Characters in a text: Unicode scalar values.
pub(crate) fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Whether a text has one of the words. Short texts are asked for many short words all the time, and
/// setting up a searcher for each would take longer than to look: the last byte tells most apart.
pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    const SHORT: usize = 128;
    if text.len() > SHORT {
        return words.iter().any(|word| text.contains(word));
    }
    let text = text.as_bytes();
    words.iter().any(|word| {
        let word = word.as_bytes();
        let (Some(first), Some(last)) = (word.first(), word.last()) else {
            return true;
        };
        text.windows(word.len()).any(|window| {
            window.last() == Some(last) && window.first() == Some(first) && window == word
        })
    })
}

/// Ends a sentence, so that what follows begins another.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '；' | '：' | '!' | '?' | ';' | ':' | '…' | '.'
    )
}

/// Stands inside or at the end of a sentence: a line that has one is more than a label. The
/// enumeration comma 、 is not among them, headings use it freely.
pub(crate) fn is_sentence_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | ':' | '!' | '…'
    )
}

/// Splits into sentences after 。！？； and gives each with the offset of its first character.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut chars = 0;
    text.split_inclusive(['。', '！', '？', '；', ';', '!'])
        .map(move |sentence| {
            let start = chars;
            chars += sentence.chars().count();
            (start, sentence)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_short_and_long_texts() {
        for filler in ["", "长", &"长".repeat(99)] {
            let text = format!("{filler}位置信息");
            assert!(has_any(&text, &["相机", "信息"]) && has_any(&text, &["位置"]));
            assert!(!has_any(&text, &["相机", "信息位"]) && !has_any(&text, &[]));
        }
        assert!(!has_any("", &["信"]) && has_any("", &[""]));
    }

    #[test]
    fn sentences_know_where_they_begin() {
        let found: Vec<_> = sentences("甲。乙；丙").collect();
        assert_eq!(found, [(0, "甲。"), (2, "乙；"), (4, "丙")]);
    }
}
