//! Word patterns, one a line in `data/check/*.txt`.
//!
//! `A|B` one of these words; a blank: right behind; `…` anywhere behind in the same sentence, `…8` at
//! most 8 characters behind; `..` behind without a comma in between, `..8` likewise; `^` before the
//! first words: where the sentence begins; `?` for a word: any letter or digit; `!C|D`, last: the sentence
//! has none of these.

use std::ops::Range;

use super::reading::folded;
use crate::text::Glance;

/// Characters that `..` without a number may pass: keeps the search linear.
const REACH: usize = 60;

/// Bytes before the second words in which the nearest first ones are looked for.
const NEAR: usize = 300;

/// The word for any letter, folded.
const ANY: &str = "？";

#[derive(Debug)]
pub(super) struct Pattern {
    /// Runs of words with bounded gaps between them; between the runs anything may stand.
    runs: Vec<Vec<Step>>,
    absent: Vec<Box<str>>,
    at_start: bool,
}

#[derive(Debug)]
struct Step {
    gap: Gap,
    /// The longest first.
    words: Vec<Box<str>>,
}

#[derive(Clone, Copy, Debug)]
struct Gap {
    characters: usize,
    commas: bool,
}

const NONE: Gap = Gap {
    characters: 0,
    commas: false,
};

impl Pattern {
    pub(super) fn read(line: &str) -> Self {
        let mut pattern = Self {
            runs: vec![Vec::new()],
            absent: Vec::new(),
            at_start: line.starts_with('^'),
        };
        let mut gap = NONE;
        for token in line.trim_start_matches('^').split_whitespace() {
            if let Some(words) = token.strip_prefix('!') {
                pattern.absent.extend(alternatives(words));
            } else if let Some(most) = token.strip_prefix('…') {
                match most.parse() {
                    Ok(characters) => {
                        gap = Gap {
                            characters,
                            commas: true,
                        };
                    }
                    Err(_) => pattern.runs.push(Vec::new()),
                }
            } else if let Some(most) = token.strip_prefix("..") {
                gap = Gap {
                    characters: most.parse().unwrap_or(REACH),
                    commas: false,
                };
            } else {
                let mut words: Vec<_> = alternatives(token).collect();
                words.sort_by_key(|word| std::cmp::Reverse(word.len()));
                if let Some(run) = pattern.runs.last_mut() {
                    run.push(Step { gap, words });
                }
                gap = NONE;
            }
        }
        pattern.runs.retain(|run| !run.is_empty());
        pattern
    }

    /// From the first to the last matched word of a folded sentence, in bytes.
    pub(super) fn find(&self, sentence: &Glance<'_>) -> Option<Range<usize>> {
        let may_hold = |words: &[Box<str>]| {
            let mut words = words.iter();
            words.any(|word| &**word == ANY || sentence.may_hold(word))
        };
        let steps = || self.runs.iter().flatten();
        if !steps().all(|step| may_hold(&step.words)) {
            return None;
        }
        let text = sentence.text();
        let mut runs = self.runs.iter();
        let first = runs.next()?;
        let mut found = if self.at_start {
            starting(text, first)?
        } else {
            earliest(text, 0, first)?
        };
        let mut last = found.clone();
        let mut second = None;
        for run in runs {
            last = earliest(text, last.end, run)?;
            second.get_or_insert(last.start);
        }
        if self
            .absent
            .iter()
            .any(|word| sentence.may_hold(word) && text.contains(&**word))
        {
            return None;
        }
        // The nearest of the first words, so that the marker stays short.
        if let Some(second) = second.filter(|_| !self.at_start) {
            let near = text.floor_char_boundary(second.saturating_sub(NEAR));
            let mut from = near.max(next_char(text, found.start));
            while let Some(next) = earliest(&text[..second], from, first) {
                from = next_char(text, next.start);
                found = next;
            }
        }
        Some(found.start..last.end)
    }
}

fn alternatives(words: &str) -> impl Iterator<Item = Box<str>> {
    words.split('|').map(|word| folded(word).into_boxed_str())
}

fn next_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(1, char::len_utf8)
}

/// The run at the very start of the text.
fn starting(text: &str, run: &[Step]) -> Option<Range<usize>> {
    let (first, rest) = run.split_first()?;
    let mut words = first.words.iter();
    words.find_map(|word| {
        text.starts_with(&**word)
            .then(|| chain(text, word.len(), rest))
            .flatten()
            .map(|end| 0..end)
    })
}

/// The first place from `from` on where the run stands.
fn earliest(text: &str, from: usize, run: &[Step]) -> Option<Range<usize>> {
    let (first, rest) = run.split_first()?;
    let after = |at: usize, word: &str| text.get(at..)?.find(word).map(|step| at + step);
    let mut next: Vec<(Option<usize>, &str)> = first
        .words
        .iter()
        .map(|word| (after(from, word), &**word))
        .collect();
    loop {
        let at = next.iter().filter_map(|(at, _)| *at).min()?;
        for (place, word) in &mut next {
            if *place != Some(at) {
                continue;
            }
            if let Some(end) = chain(text, at + word.len(), rest) {
                return Some(at..end);
            }
            *place = after(next_char(text, at), word);
        }
    }
}

/// Where the rest of a run ends that goes on at `at`.
fn chain(text: &str, at: usize, run: &[Step]) -> Option<usize> {
    let Some((step, rest)) = run.split_first() else {
        return Some(at);
    };
    let gaps = text[at..]
        .char_indices()
        .take(step.gap.characters + 1)
        .take_while(|&(offset, _)| {
            // The character before this place is part of the gap.
            step.gap.commas || !text[at..at + offset].ends_with('，')
        });
    for (offset, _) in gaps {
        let behind = &text[at + offset..];
        for word in &step.words {
            if let Some(length) = stands(behind, word)
                && let Some(end) = chain(text, at + offset + length, rest)
            {
                return Some(end);
            }
        }
    }
    None
}

/// The length of a word where a text begins with it.
fn stands(text: &str, word: &str) -> Option<usize> {
    if word == ANY {
        let first = text.chars().next()?;
        return first.is_alphanumeric().then(|| first.len_utf8());
    }
    text.starts_with(word).then_some(word.len())
}

/// A list of patterns.
#[derive(Debug, Default)]
pub(super) struct Patterns(Vec<Pattern>);

impl Patterns {
    /// No pattern at all.
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        Self(lines.into_iter().map(Pattern::read).collect())
    }

    /// The words that the first of the patterns finds.
    pub(super) fn find(&self, sentence: &Glance<'_>) -> Option<Range<usize>> {
        self.0.iter().find_map(|pattern| pattern.find(sentence))
    }

    pub(super) fn hold(&self, sentence: &Glance<'_>) -> bool {
        self.find(sentence).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(pattern: &str, text: &str, found: Option<&str>) {
        let range = Pattern::read(pattern).find(&Glance::at(text));
        assert_eq!(range.map(|range| &text[range]), found, "{pattern}: {text}");
    }

    #[test]
    fn words_stand_in_order_and_within_their_gaps() {
        case("登录|使用 … 视为", "您登录后视为同意", Some("登录后视为"));
        case("视为 … 登录", "您登录后视为同意", None);
        case("视为 同意", "您登录后视为同意", Some("视为同意"));
        case("登录 同意", "您登录后视为同意", None);
        case("登录 …3 同意", "您登录后视为同意", Some("登录后视为同意"));
        case("登录 …2 同意", "您登录后视为同意", None);
        case("登录 .. 同意", "登录后，视为同意", None);
        case("登录 …9 同意", "登录后，视为同意", Some("登录后，视为同意"));
        case("登录 ..2 后 视", "登录登录之后视为", Some("登录之后视"));
        case("^您 登录", "您登录后", Some("您登录"));
        case("^登录", "您登录后", None);
        case("登录 !未", "未登录", None);
        case("你 同意", "您同意", Some("您同意"));
        case("主体 ： ?", "主体：云杉", Some("主体：云"));
        case("主体 ： ?", "主体：【】", None);
    }

    #[test]
    fn the_nearest_first_words_are_taken() {
        case(
            "使用 … 视为 … 同意",
            "使用前阅读，使用即视为您同意",
            Some("使用即视为您同意"),
        );
    }

    #[test]
    fn a_long_text_takes_no_time_that_grows_with_its_square() {
        let text = "使用".repeat(200_000);
        case("使用 .. 视为 … 同意", &text, None);
        case("使用 … 使用 视为", &text, None);
    }
}
