//! Bytes to text: the first step, and the only one that can fail.

/// Why a file is no policy text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The bytes are not UTF-8.
    #[error(
        "the file is not UTF-8: byte {offset} (line {line}) does not belong to any character; \
         save it as UTF-8 and try again"
    )]
    Encoding {
        /// Offset of the first byte that cannot be read, from 0.
        offset: usize,
        /// 1-based line on which it stands.
        line: u32,
    },
    /// A NUL byte: an office document, a picture or UTF-16.
    #[error(
        "the file is not plain text: byte {offset} is NUL; export the policy as plain text in UTF-8 \
         and try again"
    )]
    Binary {
        /// Offset of the first NUL byte, from 0.
        offset: usize,
    },
    /// Nothing to read.
    #[error("the file holds no text: give the policy as plain text in UTF-8")]
    Empty,
}

/// Reads a file's bytes as policy text: UTF-8, with or without a byte order mark (dropped).
///
/// # Errors
/// [`PolicyError`] for NUL bytes, for what is not UTF-8 and for a file without a visible character.
///
/// ```
/// use zhiqing_policy::{PolicyError, decode};
///
/// assert_eq!(decode("\u{feff}隐私政策".as_bytes()), Ok("隐私政策".to_owned()));
/// assert_eq!(decode(b" \n"), Err(PolicyError::Empty));
/// assert_eq!(decode(b"ok\n\xff"), Err(PolicyError::Encoding { offset: 3, line: 2 }));
/// ```
pub fn decode(bytes: &[u8]) -> Result<String, PolicyError> {
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Err(PolicyError::Binary { offset });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let breaks = bytes[..offset]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        PolicyError::Encoding {
            offset,
            line: u32::try_from(breaks + 1).unwrap_or(u32::MAX),
        }
    })?;
    if text.chars().all(is_blank) {
        return Err(PolicyError::Empty);
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

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

    #[track_caller]
    fn refused(bytes: &[u8], message: &str) {
        let error = decode(bytes).expect_err("must be refused").to_string();
        assert!(error.contains(message), "{error}");
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_place_and_the_remedy() {
        refused(b"", "holds no text");
        refused("\u{feff}\u{a0}\u{3000}\n".as_bytes(), "holds no text");
        refused(b"PK\x03\x04\0", "byte 4 is NUL");
        refused(b"\xff\xfe\x90\x96", "byte 0 (line 1)");
        refused(
            "甲\n乙\u{feff}"
                .as_bytes()
                .split_last()
                .map_or(&[], |(_, head)| head),
            "(line 2)",
        );
    }

    #[test]
    fn sentences_know_where_they_begin() {
        let found: Vec<_> = sentences("甲。乙；丙").collect();
        assert_eq!(found, [(0, "甲。"), (2, "乙；"), (4, "丙")]);
    }
}
