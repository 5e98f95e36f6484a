//! Characters, sentences, blanks.

/// Blank means white space of any kind (no-break and ideographic spaces are) or a byte order mark
/// left in the middle of a text by pasting files together.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Trims blanks, see [`is_blank`].
pub(crate) fn trim(text: &str) -> &str {
    // Most texts have none, or spaces alone, which their bytes tell.
    if is_trimmed(text) {
        return text;
    }
    let text = text.trim_matches(' ');
    if is_trimmed(text) {
        return text;
    }
    text.trim_matches(is_blank)
}

/// Whether a text has no blank at its ends. Of some that have none it does not say so.
fn is_trimmed(text: &str) -> bool {
    matches!(
        *text.as_bytes(),
        [first, .., third, before, last]
            if !may_begin_blank(first) && !may_end_blank([third, before, last])
    )
}

/// Whether a blank, as UTF-8, may begin with this byte.
fn may_begin_blank(byte: u8) -> bool {
    matches!(byte, 0x09..=0x0d | 0x20 | 0xc2 | 0xe1..=0xe3 | 0xef)
}

/// Whether a blank, as UTF-8, may end with these bytes.
fn may_end_blank([third, before, last]: [u8; 3]) -> bool {
    matches!(last, 0x09..=0x0d | 0x20)
        || match before {
            // U+3000, and no mark like 。 or 、
            0x80 => last == 0x80 || third != 0xe3,
            0x81 | 0x9a | 0xbb | 0xc2 => true,
            _ => false,
        }
}

/// What a text may hold. Asked once for a line: most hold none of it, and what looks for it need not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holds {
    pub(crate) blanks: Blanks,
    /// Stars, by which Markdown emphasises.
    pub(crate) stars: bool,
}

/// Which [blanks](is_blank) a text may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Blanks {
    #[default]
    None,
    Spaces,
    /// Others, too.
    Odd,
}

impl Holds {
    /// Of a text that has no blanks it hardly ever says more.
    pub(crate) fn of(text: &str) -> Self {
        Self::and_length(text).0
    }

    /// What a text holds, and how many characters.
    pub(crate) fn and_length(text: &str) -> (Self, u32) {
        let bytes = text.as_bytes();
        let (mut spaces, mut odd, mut stars) = (false, false, false);
        let (mut at, mut length) = (0, 0_u32);
        while let Some(&first) = bytes.get(at) {
            length = length.saturating_add(1);
            // Han characters.
            if (0xe4..0xea).contains(&first) {
                at += 3;
                continue;
            }
            at += match first {
                0..0x80 => {
                    spaces |= first == b' ';
                    stars |= first == b'*';
                    odd |= first.wrapping_sub(9) < 5;
                    1
                }
                0x80..0xe0 => {
                    odd |= first == 0xc2;
                    2
                }
                0xe0..0xf0 => {
                    odd |= is_wide_blank(first, bytes.get(at + 1..at + 3));
                    3
                }
                _ => 4,
            };
        }
        let blanks = match (odd, spaces) {
            (true, _) => Blanks::Odd,
            (false, true) => Blanks::Spaces,
            (false, false) => Blanks::None,
        };
        (Self { blanks, stars }, length)
    }

    /// What two texts hold together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            blanks: self.blanks.max(other.blanks),
            stars: self.stars || other.stars,
        }
    }
}

/// Whether these bytes may be a blank.
fn is_wide_blank(first: u8, rest: Option<&[u8]>) -> bool {
    match (first, rest) {
        (0xe3, Some([0x80, 0x80])) | (0xe2, Some([0x81, _])) => true,
        (0xe2, Some([0x80, third])) => *third < 0x90 || third & 0xf8 == 0xa8,
        (0xe1, Some([0x9a, _])) | (0xef, Some([0xbb, _])) => true,
        _ => false,
    }
}

/// The text without blanks: what identity and comparison look at.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|&c| !is_blank(c)).collect()
}

/// Characters in a text: Unicode scalar values.
pub(crate) fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Whether a text has one of the words.
pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    match words {
        [] => false,
        [word] => text.contains(word),
        words => Glance::at(text).sees(words),
    }
}

/// A text that is asked for many words. To set up a search for each would take longer than to look:
/// a bit for every two bytes of the text tells nearly all words that are not in it apart.
pub(crate) struct Glance<'t> {
    text: &'t str,
    pairs: [u64; GLANCE],
}

/// Words of bits.
const GLANCE: usize = 32;

impl<'t> Glance<'t> {
    /// Of a longer text too many bits would be set to tell anything.
    const LONGEST: usize = 1024;

    pub(crate) fn at(text: &'t str) -> Self {
        let mut pairs = [0; GLANCE];
        if text.len() > Self::LONGEST {
            pairs = [u64::MAX; GLANCE];
        } else {
            for (&first, &second) in text
                .as_bytes()
                .iter()
                .zip(text.as_bytes().get(1..).unwrap_or_default())
            {
                let (word, bit) = Self::bit(first, second);
                pairs[word] |= bit;
            }
        }
        Self { text, pairs }
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// Whether one of the words is in the text.
    pub(crate) fn sees(&self, words: &[&str]) -> bool {
        words
            .iter()
            .any(|word| self.may_hold(word) && find(self.text, word))
    }

    /// Where a word begins.
    pub(crate) fn find(&self, word: &str) -> Option<usize> {
        self.may_hold(word).then(|| self.text.find(word)).flatten()
    }

    /// Where the last of a word begins.
    pub(crate) fn last(&self, word: &str) -> Option<usize> {
        self.may_hold(word).then(|| self.text.rfind(word)).flatten()
    }

    /// Whether a word can be in the text: hardly ever where it is not.
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        let has = |first, second| {
            let (word, bit) = Self::bit(first, second);
            self.pairs[word] & bit != 0
        };
        // The bytes that follow the first of a character differ more than the first.
        match *word.as_bytes() {
            [_, second, third, .., before, last] => has(before, last) && has(second, third),
            [.., before, last] => has(before, last),
            _ => true,
        }
    }

    fn bit(first: u8, second: u8) -> (usize, u64) {
        let hash = u32::from(first) << 5 ^ u32::from(second);
        (hash as usize / 64 % GLANCE, 1 << (hash % 64))
    }
}

/// `contains` without its preparations, which short texts do not repay.
fn find(text: &str, word: &str) -> bool {
    if text.len() > Glance::LONGEST {
        return text.contains(word);
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(last) = word.last() else {
        return true;
    };
    text.windows(word.len())
        .any(|window| window.last() == Some(last) && window == word)
}

/// The first of the bytes that is meant. Blocks without one are passed as wholes: that takes many bytes
/// in a step, where a look at each would not.
pub(crate) fn position(bytes: &[u8], meant: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut at = 0;
    for block in bytes.chunks(BLOCK) {
        if block.iter().fold(false, |any, &byte| any | meant(byte)) {
            return Some(at + block.iter().position(|&byte| meant(byte))?);
        }
        at += block.len();
    }
    None
}

/// How many of the bytes are meant. Counted in bytes, so that many are looked at in a step.
pub(crate) fn count(bytes: &[u8], meant: impl Fn(u8) -> bool) -> usize {
    let blocks = bytes.chunks(usize::from(u8::MAX)).map(|block| {
        let ones = block.iter().map(|&byte| u8::from(meant(byte)));
        usize::from(ones.fold(0, u8::wrapping_add))
    });
    blocks.sum()
}

/// The parts of a text between the two stars by which Markdown emphasises. One character is looked
/// for faster than two.
pub(crate) fn between_stars(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut from = 0;
        while let Some(step) = text[from..].find('*') {
            let at = from + step;
            if text[at + 1..].starts_with('*') {
                rest = Some(&text[at + 2..]);
                return Some(&text[..at]);
            }
            from = at + 1;
        }
        rest = None;
        Some(text)
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
        for filler in ["", "长", &"长".repeat(99), &"长".repeat(999)] {
            let text = format!("{filler}位置信息");
            assert!(has_any(&text, &["相机", "信息"]) && has_any(&text, &["位置"]));
            assert!(!has_any(&text, &["相机", "信息位"]) && !has_any(&text, &[]));
        }
        assert!(!has_any("", &["信"]) && has_any("", &[""]));
    }

    #[test]
    fn no_blank_is_left_at_the_ends() {
        for c in ('\0'..=char::MAX).filter(|&c| is_blank(c)) {
            for words in ["甲乙", "a b", ""] {
                assert_eq!(trim(&format!("{c}{words}")), words, "{c:?}");
                assert_eq!(trim(&format!("{words}{c}{c}")), words, "{c:?}");
            }
        }
    }

    #[test]
    fn stars_divide_as_any_pattern_does() {
        for text in [
            "",
            "*",
            "**",
            "***",
            "甲**乙**丙",
            "**甲*乙**",
            "甲****乙*",
            "*甲* **乙",
        ] {
            let parts: Vec<_> = between_stars(text).collect();
            assert_eq!(parts, text.split("**").collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn bytes_are_found_and_counted_in_long_texts() {
        for length in [0, 1, 31, 32, 33, 255, 256, 600] {
            let mut bytes = vec![b'a'; length];
            let meant = |byte| byte == b'b';
            assert_eq!((position(&bytes, meant), count(&bytes, meant)), (None, 0));
            bytes.extend([b'b'; 300]);
            let found = (position(&bytes, meant), count(&bytes, meant));
            assert_eq!(found, (Some(length), 300));
        }
    }

    #[test]
    fn no_odd_blank_is_missed() {
        for c in ('\0'..=char::MAX).filter(|&c| is_blank(c)) {
            for text in [format!("{c}"), format!("甲{c}"), format!("{c}甲")] {
                let blanks = if c == ' ' {
                    Blanks::Spaces
                } else {
                    Blanks::Odd
                };
                assert_eq!(Holds::of(&text).blanks, blanks, "{c:?}");
            }
        }
        let none = Holds::of("甲，“乙”——丙、丁…《戊》a1。");
        assert_eq!(none, Holds::default());
        assert!(Holds::of("甲*").and(none).stars);
        for text in ["", "甲 a*", "é，\u{20000}。"] {
            assert_eq!(Holds::and_length(text).1, length(text), "{text}");
        }
    }

    #[test]
    fn sentences_know_where_they_begin() {
        let found: Vec<_> = sentences("甲。乙；丙").collect();
        assert_eq!(found, [(0, "甲。"), (2, "乙；"), (4, "丙")]);
    }
}
