//! One pass over a clause for the words of all extractors: who finds none of his is not asked.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::words;

/// An extractor that is called by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Date,
    Days,
    Age,
    Technology,
    Contact,
    Label,
    Company,
    Permission,
    Kit,
    Field,
    Recipient,
}

const TOPICS: usize = Topic::Recipient as usize + 1;

/// A word found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    start: u32,
    end: u32,
    /// What the word stands for: the extractor's own number.
    pub(super) word: u16,
}

impl Hit {
    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    pub(super) fn end(self) -> usize {
        self.end as usize
    }
}

/// The words found in one text, by topic, in the order of their ends.
#[derive(Debug, Default)]
pub(super) struct Found {
    hits: [Vec<Hit>; TOPICS],
}

impl Found {
    /// Replaces what was found before by the words of `text`.
    pub(super) fn scan(&mut self, text: &str) {
        for hits in &mut self.hits {
            hits.clear();
        }
        let Ok(length) = u32::try_from(text.len()) else {
            return;
        };
        let scanner = &*SCANNER;
        for found in scanner.automaton.find_overlapping_iter(text) {
            // Ends never exceed the length, which fits.
            let end = u32::try_from(found.end()).unwrap_or(length);
            let start = u32::try_from(found.start()).unwrap_or(end);
            for &(topic, word) in &scanner.marks[found.pattern().as_usize()] {
                self.hits[topic as usize].push(Hit { start, end, word });
            }
        }
    }

    pub(super) fn of(&self, topic: Topic) -> &[Hit] {
        &self.hits[topic as usize]
    }

    pub(super) fn any(&self, topic: Topic) -> bool {
        !self.of(topic).is_empty()
    }
}

/// The longest of the hits that overlap, in order.
pub(super) fn longest(hits: &[Hit]) -> Vec<Hit> {
    let mut sorted = hits.to_vec();
    sorted.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut end = 0;
    sorted.retain(|hit| {
        let free = hit.start >= end;
        if free {
            end = hit.end;
        }
        free
    });
    sorted
}

struct Scanner {
    automaton: AhoCorasick,
    /// For each pattern, who asked for it.
    marks: Vec<Vec<(Topic, u16)>>,
}

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let mut all = words::all();
    all.sort_by(|(left, ..), (right, ..)| left.cmp(right));
    let mut patterns: Vec<Cow<'static, str>> = Vec::new();
    let mut marks: Vec<Vec<(Topic, u16)>> = Vec::new();
    for (word, topic, number) in all {
        match marks.last_mut() {
            Some(last) if patterns.last() == Some(&word) => last.push((topic, number)),
            _ => {
                patterns.push(word);
                marks.push(vec![(topic, number)]);
            }
        }
    }
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::Standard)
        .ascii_case_insensitive(true)
        .build(patterns.iter().map(AsRef::<str>::as_ref))
        .expect("a fixed list of a few hundred words makes an automaton");
    Scanner { automaton, marks }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_gets_its_own_words_and_the_longest_of_them() {
        let mut found = Found::default();
        found.scan("我们使用 FLASH COOKIE，15天内回复。");
        let all = found.of(Topic::Technology);
        assert!(all.len() > 1);
        let best: Vec<_> = longest(all).iter().map(|h| (h.start(), h.end())).collect();
        assert_eq!(best, [(13, 25)]);
        assert!(found.any(Topic::Days));
        assert!(!found.any(Topic::Age));
        found.scan("");
        assert!(!found.any(Topic::Days));
    }
}
