//! Many words looked for at once: the two data files are lists of words.

use std::collections::HashMap;

/// Finds words of a fixed list in a text, Latin letters in any case and only as whole words.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    /// By first character; longest word first.
    words: HashMap<char, Vec<Word>>,
}

/// A word and the number it stands for.
type Word = (Box<[char]>, u32);

impl Matcher {
    /// Pairs of a word and the number it stands for.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut matcher = Self::default();
        for (word, number) in words {
            let chars: Box<[char]> = fold(word).into();
            if let Some(&first) = chars.first() {
                matcher
                    .words
                    .entry(first)
                    .or_default()
                    .push((chars, number));
            }
        }
        for words in matcher.words.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        matcher
    }

    /// The words that begin at `at`, longest first, with their length. `text` must be [folded](fold).
    pub(crate) fn at<'m>(
        &'m self,
        text: &'m [char],
        at: usize,
    ) -> impl Iterator<Item = (usize, u32)> + 'm {
        self.words
            .get(&text[at])
            .into_iter()
            .flatten()
            .filter_map(move |(word, number)| {
                let end = at + word.len();
                let found = text.get(at..end).is_some_and(|found| *found == **word);
                let cut = |left: usize, right: usize| {
                    let latin =
                        |index: usize| text.get(index).is_some_and(char::is_ascii_alphanumeric);
                    latin(left) && latin(right)
                };
                let whole = found && !(at > 0 && cut(at - 1, at)) && !cut(end - 1, end);
                whole.then_some((word.len(), *number))
            })
    }
}

/// Characters in lower case, one for one, so that offsets stay.
pub(crate) fn fold(text: &str) -> Vec<char> {
    text.chars().map(|c| c.to_ascii_lowercase()).collect()
}

/// The rows of a data file: columns apart by tabs, `#` lines are remarks.
pub(crate) fn rows(file: &str) -> impl Iterator<Item = std::str::Split<'_, char>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_words_come_first_and_latin_ones_are_whole() {
        let matcher = Matcher::new([("位置", 1), ("位置信息", 2), ("GPS", 3)]);
        let found = |text: &str, at| matcher.at(&fold(text), at).collect::<Vec<_>>();
        assert_eq!(found("位置信息", 0), [(4, 2), (2, 1)]);
        assert_eq!(found("gps定位", 0), [(3, 3)]);
        assert_eq!(found("xGPS", 1), []);
        assert_eq!(found("GPSS", 0), []);
    }
}
