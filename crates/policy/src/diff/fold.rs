//! What does not count when two texts are compared: blanks, the width of signs, Markdown's stars.

use crate::text::is_blank;

/// The character that stands for this one in a comparison; `None` for what does not count.
pub(super) fn fold(c: char) -> Option<char> {
    Some(match c {
        '*' => return None,
        c if is_blank(c) => return None,
        // Full-width forms of ASCII are one block.
        '\u{ff01}'..='\u{ff5e}' => return fold(char::from_u32(c as u32 - 0xfee0)?),
        '。' | '｡' => '.',
        '､' => '、',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '“' | '”' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '—' | '–' | '―' => '-',
        '…' => '.',
        '·' | '•' | '・' => '·',
        c => c,
    })
}

/// A text as it is compared.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter_map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_widths_do_not_count() {
        for (one, other) in [
            ("甲，乙。", "甲, 乙."),
            ("（１）ＡＢ", "(1)AB"),
            ("**甲**\u{a0}乙", "甲\t乙"),
            ("“甲”【乙】", "\"甲\"[乙]"),
        ] {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        for (one, other) in [("甲，乙", "甲、乙"), ("15天", "16天"), ("A", "a")] {
            assert_ne!(folded(one), folded(other), "{one}");
        }
    }
}
