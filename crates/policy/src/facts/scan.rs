//! One pass over a clause for the words of all extractors: who finds none of his is not asked.

use std::sync::LazyLock;

use super::words;
use crate::needles::Needles;

/// An extractor that is called by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Date,
    Days,
    Stop,
    Age,
    Technology,
    Contact,
    Label,
    Company,
    Permission,
    Kit,
    Listing,
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

/// The words found in one text, by topic, in the order of their begins.
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
        scanner.needles.each(text, |start, end, mark| {
            let place = |at: usize| u32::try_from(at).unwrap_or(length);
            let (topic, word) = scanner.marks[usize::from(mark)];
            self.hits[topic as usize].push(Hit {
                start: place(start),
                end: place(end),
                word,
            });
            true
        });
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
    needles: Needles,
    /// Who asked for a word, and its number there.
    marks: Vec<(Topic, u16)>,
}

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let all = words::all();
    let numbered = (0..).zip(&all).map(|(at, (word, ..))| (word.as_ref(), at));
    Scanner {
        needles: Needles::new(numbered),
        marks: all.iter().map(|&(_, topic, word)| (topic, word)).collect(),
    }
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
