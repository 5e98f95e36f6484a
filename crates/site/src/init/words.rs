//! The lists of words by which a draft is drawn: `data/*.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

static LISTS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    rows(include_str!("../../data/words.tsv"))
        .filter_map(|row| Some((*row.first()?, row.get(1)?.split('|').collect())))
        .collect()
});

/// The words of a list; none for a list that is not there.
pub(super) fn words(list: &str) -> &'static [&'static str] {
    LISTS.get(list).map_or(&[], Vec::as_slice)
}

/// Whether the text holds a word of the list.
pub(super) fn has(text: &str, list: &str) -> bool {
    any(text, words(list))
}

/// Whether the text holds one of the words.
pub(super) fn any<S: AsRef<str>>(text: &str, words: &[S]) -> bool {
    words.iter().any(|word| text.contains(word.as_ref()))
}

/// The rows of a data file: columns apart by tabs, `#` lines are remarks.
pub(super) fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_lists_is_read() {
        let rows: Vec<_> = rows(include_str!("../../data/words.tsv")).collect();
        for row in &rows {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(row[1].split('|').all(|word| !word.is_empty()), "{row:?}");
        }
        assert_eq!(rows.len(), LISTS.len(), "each list is there once");
        assert!(has("您可以拒绝后继续使用", "refusing"));
        assert!(!has("", "refusing"));
    }
}
