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
    fn sentences_know_where_they_begin() {
        let found: Vec<_> = sentences("甲。乙；丙").collect();
        assert_eq!(found, [(0, "甲。"), (2, "乙；"), (4, "丙")]);
    }
}
