//! A sentence as the rules see it: which words it has, where those of each set stand, and where its
//! parts begin.

use std::ops::Range;

use super::pattern::{Element, Link, Pattern, Set, Word};

/// Bytes of the text of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    fn within(self, other: Span) -> bool {
        other.start <= self.start && self.end <= other.end
    }
}

/// Most words of one set that are looked at in a sentence, and most tries for one rule: a sentence
/// that has more is none, and shall not take longer.
const MOST: usize = 24;
const TRIES: usize = 200;

/// The words of one sentence.
#[derive(Debug)]
pub(super) struct Sentence {
    places: Vec<Vec<Span>>,
    /// Sets that have a word here.
    touched: Vec<Set>,
    /// The words that are here, each once, and for each word whether it is.
    words: Vec<Word>,
    has_word: Vec<bool>,
    /// Where a part ends: commas and colons.
    commas: Vec<u32>,
    /// Titles in 《》.
    titles: Vec<Span>,
    /// Where its words begin, behind a label.
    opening: u32,
}

/// The sets that tell what a sentence is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grammar {
    /// 不会, 未
    pub(super) not: Set,
    /// 不仅, 不限于: no negation though they begin like one.
    pub(super) affirms: Set,
    /// 除, 但, 未经: behind or before a negation they say when it does happen.
    pub(super) unless: Set,
}

impl Sentence {
    /// Room for the words of a sentence, out of so many sets and words.
    pub(super) fn new(sets: usize, words: usize) -> Self {
        Self {
            places: vec![Vec::new(); sets],
            touched: Vec::new(),
            words: Vec::new(),
            has_word: vec![false; words],
            commas: Vec::new(),
            titles: Vec::new(),
            opening: 0,
        }
    }

    /// Forgets the words of the sentence before; `at` is where this one begins in `text`.
    pub(super) fn begin(&mut self, text: &str, sentence: Range<usize>, opening: usize) {
        for set in self.touched.drain(..) {
            self.places[usize::from(set)].clear();
        }
        for word in self.words.drain(..) {
            self.has_word[usize::from(word)] = false;
        }
        self.commas.clear();
        self.titles.clear();
        self.opening = place(opening);
        let mut open = None;
        for (at, c) in text[sentence.clone()].char_indices() {
            let at = sentence.start + at;
            match c {
                '，' | ',' | '：' | ':' => self.commas.push(place(at)),
                '《' => open = Some(at),
                '》' => {
                    if let Some(start) = open.take() {
                        self.titles.push(span(start..at));
                    }
                }
                _ => {}
            }
        }
    }

    /// Notes a word and its sets, unless it stands in a title.
    pub(super) fn add(&mut self, at: Range<usize>, word: Word, sets: &[Set]) {
        if self.in_title(span(at.clone())) {
            return;
        }
        if !self.has_word[usize::from(word)] {
            self.has_word[usize::from(word)] = true;
            self.words.push(word);
        }
        self.mark(at, sets);
    }

    fn in_title(&self, word: Span) -> bool {
        let title = self.titles.partition_point(|title| title.end < word.end);
        let title = self.titles.get(title);
        title.is_some_and(|title| word.within(*title))
    }

    /// Notes what belongs to these sets, unless it stands in a title.
    pub(super) fn mark(&mut self, at: Range<usize>, sets: &[Set]) {
        let word = span(at);
        if sets.is_empty() || self.in_title(word) {
            return;
        }
        for &set in sets {
            let places = &mut self.places[usize::from(set)];
            if places.is_empty() {
                self.touched.push(set);
            }
            if places.len() < MOST {
                places.push(word);
            }
        }
    }

    fn comma_after(&self, at: u32) -> Option<u32> {
        let index = self.commas.partition_point(|&comma| comma < at);
        self.commas.get(index).copied()
    }

    pub(super) fn touched(&self) -> &[Set] {
        &self.touched
    }

    /// Its words, each once.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    fn of(&self, set: Set) -> &[Span] {
        &self.places[usize::from(set)]
    }

    pub(super) fn has(&self, set: Set) -> bool {
        !self.of(set).is_empty()
    }

    /// Whether the words of a pattern stand in the sentence as it wants them.
    /// With `negated`, an act that is negated, with no exception, is none.
    pub(super) fn fits(&self, pattern: &Pattern, negated: bool, grammar: &Grammar) -> bool {
        if pattern.absent.iter().any(|&set| self.has(set)) {
            return false;
        }
        let mut tries = TRIES;
        self.place(&pattern.elements, None, negated, grammar, &mut tries)
    }

    fn place(
        &self,
        elements: &[Element],
        before: Option<Span>,
        negated: bool,
        grammar: &Grammar,
        tries: &mut usize,
    ) -> bool {
        let Some((element, rest)) = elements.split_first() else {
            return true;
        };
        for &here in self.of(element.set) {
            if *tries == 0 {
                return false;
            }
            *tries -= 1;
            if self.follows(element.link, before, here)
                && self.counts(element, here, negated, grammar)
                && self.place(rest, Some(here), negated, grammar, tries)
            {
                return true;
            }
        }
        false
    }

    fn follows(&self, link: Link, before: Option<Span>, here: Span) -> bool {
        if link == Link::Opening {
            return here.start == self.opening;
        }
        let Some(before) = before else {
            return true;
        };
        match link {
            Link::Anywhere | Link::Opening => true,
            Link::Later => here.start >= before.end,
            Link::Near(most) => here.start >= before.end && here.start - before.end <= most,
            Link::Adjacent => here.start == before.end,
            Link::SamePart => here.start >= before.end && !self.parted(before.end, here.start),
        }
    }

    /// Whether a comma stands between.
    fn parted(&self, from: u32, to: u32) -> bool {
        self.comma_after(from).is_some_and(|comma| comma < to)
    }

    fn counts(&self, element: &Element, here: Span, negated: bool, grammar: &Grammar) -> bool {
        let in_part =
            |span: &Span| !self.parted(span.end.min(here.end), span.start.max(here.start));
        if element
            .without
            .iter()
            .any(|&set| self.of(set).iter().any(in_part))
        {
            return false;
        }
        !(negated && element.act && self.is_negated(here, grammar))
    }

    /// Whether a negation stands before an act in its part, with no exception in the sentence.
    fn is_negated(&self, act: Span, grammar: &Grammar) -> bool {
        if self.has(grammar.unless) {
            return false;
        }
        self.of(grammar.not).iter().any(|&not| {
            let affirms = || self.of(grammar.affirms).iter().any(|a| not.within(*a));
            not.start < act.start && !self.parted(not.end, act.start) && !affirms()
        })
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn span(range: Range<usize>) -> Span {
    Span {
        start: place(range.start),
        end: place(range.end),
    }
}

#[cfg(test)]
mod tests {
    use super::super::pattern::Vocabulary;
    use super::*;

    /// Whether a sentence fits a pattern.
    fn fits(pattern: &str, negated: bool, text: &str) -> bool {
        let mut words = Vocabulary::default();
        let mut set = |words_: &str| words.set(words_).expect("a set");
        let grammar = Grammar {
            not: set("不会|不"),
            affirms: set("不仅|不限于"),
            unless: set("除"),
        };
        let pattern = words.pattern(pattern).expect("a pattern");
        let words = words.finish();
        let mut sentence = Sentence::new(words.sets, words.len());
        sentence.begin(text, 0..text.len(), 0);
        words.each(text, |span, word, sets| sentence.add(span, word, sets));
        sentence.fits(&pattern, negated, &grammar)
    }

    #[track_caller]
    fn case(pattern: &str, text: &str, expected: bool) {
        let found = fits(pattern, false, text);
        assert_eq!(found, expected, "{pattern} in {text}");
    }

    #[test]
    fn words_stand_in_their_order_and_at_their_distance() {
        case("我们 收集", "我们会收集信息", true);
        case("我们 收集", "收集者是我们", false);
        case("我们 & 收集", "收集者是我们", true);
        case("我们 ~ 收集", "我们说，会收集", false);
        case("我们 ~ 收集", "他说，我们会收集", true);
        case("我们 + 收集", "我们收集", true);
        case("我们 + 收集", "我们会收集", false);
        case("我们 <1 收集", "我们会收集", true);
        case("我们 <1 收集", "我们将会收集", false);
        case("^ 我们", "我们收集", true);
        case("^ 我们", "由我们收集", false);
        case("收集 !匿名", "收集匿名数据", false);
        case("收集 !~匿名", "匿名的，由我们收集", true);
        case("收集 !~匿名", "由我们匿名收集，然后", false);
        // A second place may fit where the first does not.
        case("收集 + 信息", "收集、收集信息", true);
    }

    #[test]
    fn titles_are_not_what_a_sentence_says() {
        case("收集", "请阅读《信息收集清单》。", false);
        case("收集", "《清单》列出收集的信息。", true);
        case("收集", "清单》收集《信息", true);
    }

    #[test]
    fn a_negation_takes_back_the_act_behind_it() {
        for (text, expected) in [
            ("我们会收集", true),
            ("我们不会收集", false),
            ("我们不会出售，但收集", true),
            ("我们不仅收集", true),
            ("除另有约定外，我们不会收集", true),
            ("收集后不会出售", true),
        ] {
            assert_eq!(fits("*收集", true, text), expected, "{text}");
            // What is no act stays.
            assert!(fits("收集", true, text), "{text}");
        }
    }

    #[test]
    fn a_sentence_of_one_word_is_looked_at_for_a_bounded_time() {
        let text = "收集".repeat(100_000);
        assert!(!fits("收集 收集 收集 信息", false, &text));
    }
}
