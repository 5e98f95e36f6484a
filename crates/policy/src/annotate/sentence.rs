//! A sentence as the rules see it: where the words of each set stand, where its parts begin, and
//! which of its words only tell an aim or quote a title.

use std::ops::Range;

use super::pattern::{Element, Link, Pattern, Set};

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
    /// Where a part ends: commas and colons.
    commas: Vec<u32>,
    /// Parts that tell an aim.
    aims: Vec<Span>,
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
    /// 为了: an aim up to the next comma.
    pub(super) aim_before: Set,
    /// 用于: an aim to the end of the part.
    pub(super) aim_behind: Set,
    /// 可以, 行为: no aim though they hold a word that opens one.
    pub(super) no_aim: Set,
}

/// How the words of a kind count.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    /// Words in an aim do not.
    pub(super) main: bool,
    /// An act that is negated, with no exception, is none.
    pub(super) negated: bool,
    /// Words within these do not.
    pub(super) dead: Option<Set>,
}

impl Sentence {
    pub(super) fn new(sets: usize) -> Self {
        Self {
            places: vec![Vec::new(); sets],
            touched: Vec::new(),
            commas: Vec::new(),
            aims: Vec::new(),
            titles: Vec::new(),
            opening: 0,
        }
    }

    /// Forgets the words of the sentence before; `at` is where this one begins in `text`.
    pub(super) fn begin(&mut self, text: &str, sentence: Range<usize>, opening: usize) {
        for set in self.touched.drain(..) {
            self.places[usize::from(set)].clear();
        }
        self.commas.clear();
        self.aims.clear();
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

    /// Notes a word of these sets.
    pub(super) fn add(&mut self, word: Range<usize>, sets: &[Set]) {
        let word = span(word);
        let title = self.titles.partition_point(|title| title.end < word.end);
        let title = self.titles.get(title);
        if title.is_some_and(|title| word.within(*title)) {
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

    /// To be called when all words are noted.
    pub(super) fn parse(&mut self, grammar: &Grammar, end: usize) {
        let end = place(end);
        let no_aim = |word: &Span| {
            let others = &self.places[usize::from(grammar.no_aim)];
            others.iter().any(|other| word.within(*other))
        };
        for before in &self.places[usize::from(grammar.aim_before)] {
            if no_aim(before) {
                continue;
            }
            let comma = self.comma_after(before.end);
            // An aim that ends the sentence has nothing that it is the aim of.
            if let Some(comma) = comma {
                self.aims.push(Span {
                    start: before.start,
                    end: comma,
                });
            }
        }
        for behind in &self.places[usize::from(grammar.aim_behind)] {
            if no_aim(behind) {
                continue;
            }
            self.aims.push(Span {
                start: behind.start,
                end: self.comma_after(behind.end).unwrap_or(end),
            });
        }
    }

    fn comma_after(&self, at: u32) -> Option<u32> {
        let index = self.commas.partition_point(|&comma| comma < at);
        self.commas.get(index).copied()
    }

    pub(super) fn touched(&self) -> &[Set] {
        &self.touched
    }

    fn of(&self, set: Set) -> &[Span] {
        &self.places[usize::from(set)]
    }

    pub(super) fn has(&self, set: Set) -> bool {
        !self.of(set).is_empty()
    }

    /// Whether the words of a pattern stand in the sentence as it wants them.
    pub(super) fn fits(&self, pattern: &Pattern, reading: Reading, grammar: &Grammar) -> bool {
        if pattern.absent.iter().any(|&set| self.has(set)) {
            return false;
        }
        let mut tries = TRIES;
        self.place(&pattern.elements, None, reading, grammar, &mut tries)
    }

    fn place(
        &self,
        elements: &[Element],
        before: Option<Span>,
        reading: Reading,
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
                && self.counts(element, here, reading, grammar)
                && self.place(rest, Some(here), reading, grammar, tries)
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

    fn counts(&self, element: &Element, here: Span, reading: Reading, grammar: &Grammar) -> bool {
        let within = |spans: &[Span]| spans.iter().any(|span| here.within(*span));
        if reading.main && within(&self.aims) {
            return false;
        }
        if reading.dead.is_some_and(|dead| within(self.of(dead))) {
            return false;
        }
        let in_part =
            |span: &Span| !self.parted(span.end.min(here.end), span.start.max(here.start));
        if element
            .without
            .iter()
            .any(|&set| self.of(set).iter().any(in_part))
        {
            return false;
        }
        let behind = |span: &Span| span.start == here.end;
        if element
            .not_behind
            .iter()
            .any(|&set| self.of(set).iter().any(behind))
        {
            return false;
        }
        !(reading.negated && element.act && self.is_negated(here, grammar))
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

    /// Whether a sentence fits a pattern, read as `reading` says.
    fn fits(pattern: &str, reading: Reading, dead: &str, text: &str) -> bool {
        let mut words = Vocabulary::default();
        let mut set = |words_: &str| words.set(words_).expect("a set");
        let grammar = Grammar {
            not: set("不会|不"),
            affirms: set("不仅|不限于"),
            unless: set("除"),
            aim_before: set("为了"),
            aim_behind: set("用于|以"),
            no_aim: set("可以"),
        };
        let reading = Reading {
            dead: (!dead.is_empty()).then(|| set(dead)),
            ..reading
        };
        let pattern = words.pattern(pattern).expect("a pattern");
        let words = words.finish();
        let mut sentence = Sentence::new(words.sets);
        sentence.begin(text, 0..text.len(), 0);
        words.each(text, |span, sets| sentence.add(span, sets));
        sentence.parse(&grammar, text.len());
        sentence.fits(&pattern, reading, &grammar)
    }

    #[track_caller]
    fn case(pattern: &str, text: &str, expected: bool) {
        let found = fits(pattern, Reading::default(), "", text);
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
        case("收集 !+清单", "收集清单", false);
        case("收集 !+清单", "收集的清单", true);
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
        let negated = Reading {
            negated: true,
            ..Reading::default()
        };
        for (text, expected) in [
            ("我们会收集", true),
            ("我们不会收集", false),
            ("我们不会出售，但收集", true),
            ("我们不仅收集", true),
            ("除另有约定外，我们不会收集", true),
            ("收集后不会出售", true),
        ] {
            assert_eq!(fits("*收集", negated, "", text), expected, "{text}");
            // What is no act stays.
            assert!(fits("收集", negated, "", text), "{text}");
        }
    }

    #[test]
    fn what_tells_an_aim_is_not_the_main_verb() {
        let main = Reading {
            main: true,
            ..Reading::default()
        };
        for (text, expected) in [
            ("我们加密数据", true),
            ("为了加密数据，我们收集", false),
            ("我们收集密钥用于加密", false),
            ("为了加密", true),
            ("为了安全，我们加密", true),
            ("我们可以加密", true),
            ("我们编码以加密", false),
        ] {
            assert_eq!(fits("加密", main, "", text), expected, "{text}");
        }
    }

    #[test]
    fn dead_words_hold_no_others() {
        let reading = Reading::default();
        assert!(!fits(
            "访问",
            reading,
            "未经授权的访问",
            "防止未经授权的访问"
        ));
        assert!(fits(
            "访问",
            reading,
            "未经授权的访问",
            "未经授权的访问与访问"
        ));
    }

    #[test]
    fn a_sentence_of_one_word_is_looked_at_for_a_bounded_time() {
        let text = "收集".repeat(100_000);
        assert!(!fits("收集 收集 收集 信息", Reading::default(), "", &text));
    }
}
