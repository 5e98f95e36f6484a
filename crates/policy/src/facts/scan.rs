//! One pass over a clause for the words of all extractors: who finds none of his is not asked.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, MatchKind, StartKind};

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
        let mut state = scanner.start;
        for (at, &byte) in (1..=length).zip(text.as_bytes()) {
            state = scanner.automaton.next_state(Anchored::No, state, byte);
            if scanner.automaton.is_special(state) && scanner.automaton.is_match(state) {
                for index in 0..scanner.automaton.match_len(state) {
                    let pattern = scanner.automaton.match_pattern(state, index);
                    let (bytes, marks) = &scanner.marks[pattern.as_usize()];
                    let start = at - bytes;
                    for &(topic, word) in marks {
                        let end = at;
                        self.hits[topic as usize].push(Hit { start, end, word });
                    }
                }
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
    automaton: DFA,
    start: StateID,
    /// For each pattern its bytes and who asked for it.
    marks: Vec<(u32, Vec<(Topic, u16)>)>,
}

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let mut all = words::all();
    all.sort_by(|(left, ..), (right, ..)| left.cmp(right));
    let mut patterns: Vec<Cow<'static, str>> = Vec::new();
    let mut marks: Vec<(u32, Vec<(Topic, u16)>)> = Vec::new();
    for (word, topic, number) in all {
        match marks.last_mut() {
            Some((_, last)) if patterns.last() == Some(&word) => last.push((topic, number)),
            _ => {
                let bytes = u32::try_from(word.len()).unwrap_or(0);
                marks.push((bytes, vec![(topic, number)]));
                patterns.push(word);
            }
        }
    }
    let automaton = DFA::builder()
        .match_kind(MatchKind::Standard)
        .start_kind(StartKind::Unanchored)
        .ascii_case_insensitive(true)
        .prefilter(false)
        .build(patterns.iter().map(AsRef::<str>::as_ref))
        .expect("a fixed list of a few hundred words makes an automaton");
    let start = automaton
        .start_state(Anchored::No)
        .expect("it was built for searches that begin anywhere");
    Scanner {
        automaton,
        start,
        marks,
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
