//! Draws the weights of words and rules from sentences with labels.
//!
//! For each kind a linear support-vector machine with the squared hinge loss is fitted, and kept to
//! few words by the price of each weight (L1-regularised L2-loss: Fan et al., *LIBLINEAR*, JMLR 9,
//! 2008, by coordinate descent). What stands in a sentence is one to three characters of it, a Latin
//! word, and whether the rules give or take back a kind. The result is the file that the rules read,
//! so that a person can see why a sentence is said to state what it states.
//!
//! Only sums, products, quotients and roots are taken: the same sentences give the same file everywhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use super::kinds::observe;
use super::rules::{NAMES, RULES};
use super::weights::{LEVELS, SHARED, Signs, Weight};

/// A sentence and what it states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labelled {
    /// Names of kinds, as the contract writes them.
    pub kinds: BTreeSet<String>,
    /// Its words.
    pub sentence: String,
}

/// How the weights are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// In how many sentences a word must stand to be looked at.
    pub least: usize,
    /// What a sentence on the wrong side costs, where a weight of one costs one. The more, the more
    /// words are kept.
    pub cost: f64,
    /// How many times that a sentence costs that states the kind: they are few.
    pub stating: f64,
    /// Share of the sentences that state a kind at which the cost is as told. Of a kind that fewer
    /// state all cost more, by the root of how many times fewer: the kinds count alike.
    pub share: f64,
    /// Points of the file for a weight of one. The fewer, the more weights are rounded to nothing.
    pub points: f64,
}

impl Default for Settings {
    /// The least size at which sentences of writers who were left out were told as well as at twice
    /// the size.
    fn default() -> Self {
        Self {
            least: 5,
            cost: 0.12,
            stating: 1.5,
            share: 0.05,
            points: 12.0,
        }
    }
}

/// Longest word without a Latin letter, in characters.
const LONGEST: usize = 3;

/// Passes over all words, and before each of them over those that weigh something.
const PASSES: usize = 30;
const SMALL_PASSES: usize = 10;

/// What a weight of one costs once it is settled which words are kept: the price that keeps them few
/// makes their weights too small.
const PRICE_OF_KEPT: f64 = 0.5;

/// The file of weights that some sentences give, as [`Weights`](super::weights::Weights) reads it.
pub fn weights(sentences: &[Labelled], settings: Settings) -> String {
    let seen = Seen::new(sentences, settings.least);
    let mut always = Vec::new();
    let mut codes: Vec<String> = vec![String::new(); seen.names.len()];
    for (letter, kind) in (b'a'..).zip(NAMES) {
        let states: Vec<bool> = sentences
            .iter()
            .map(|labelled| labelled.kinds.contains(kind))
            .collect();
        let (begins, weights) = fit(&seen.columns, &states, settings);
        always.push((begins * settings.points).round().to_string());
        for (weight, code) in weights.iter().zip(&mut codes) {
            let points = (weight * settings.points).round();
            if points == 0.0 {
                continue;
            }
            let letter = match points > 0.0 {
                true => letter,
                false => letter.to_ascii_uppercase(),
            };
            let off = |level: i8| (f64::from(level) - points.abs()).abs();
            let nearest =
                (0..LEVELS.len()).min_by(|a, b| off(LEVELS[*a]).total_cmp(&off(LEVELS[*b])));
            let _ = write!(
                code,
                "{}{}",
                char::from(letter),
                nearest.unwrap_or_default()
            );
        }
    }
    let mut words = String::new();
    let mut before = "";
    for (name, _) in seen
        .names
        .iter()
        .zip(&codes)
        .filter(|(_, code)| !code.is_empty())
    {
        let same = name.chars().zip(before.chars()).take_while(|(a, b)| a == b);
        let shared = same.count().min(SHARED.len() - 1);
        words.push(SHARED[shared]);
        words.extend(name.chars().skip(shared));
        before = name;
    }
    codes.retain(|code| !code.is_empty());
    format!(
        "{}\n{}\n{words}\n{}\n",
        NAMES.join(" "),
        always.join(" "),
        codes.join(" ")
    )
}

/// Why a text states what it states: for each of its sentences the kinds with their points, the
/// words and rules (`+kind` fits, `-kind` takes back) that give them, the heaviest first. Kinds far
/// from being stated are left out.
pub fn why(text: &str) -> String {
    const FAR: i32 = -6;
    let weights = &RULES.weights;
    let mut all = String::new();
    observe(text, |sentence, signs| {
        let mut said: BTreeMap<usize, BTreeMap<String, i32>> = BTreeMap::new();
        let mut add = |what: &str, weights: &[Weight]| {
            for &(kind, points) in weights {
                let of_kind = said.entry(usize::from(kind)).or_default();
                of_kind.insert(what.to_owned(), i32::from(points));
            }
        };
        let titles: Vec<_> = sentence
            .match_indices('《')
            .filter_map(|(from, _)| Some(from..from + sentence[from..].find('》')?))
            .collect();
        RULES.words.each(sentence, |at, word, _| {
            if !titles.iter().any(|title| title.contains(&at.start)) {
                add(&sentence[at].to_lowercase(), weights.of_word(word));
            }
        });
        for (kind, name) in NAMES.iter().enumerate() {
            let (given, vetoed, _) = weights.of_kind(kind);
            for (sign, bits, weights) in [('+', signs.given, given), ('-', signs.vetoed, vetoed)] {
                if bits >> kind & 1 != 0 {
                    add(&format!("{sign}{name}"), weights);
                }
            }
        }
        let _ = writeln!(all, "{}", sentence.trim());
        for (kind, words) in said {
            let (_, _, always) = weights.of_kind(kind);
            let points = always + words.values().sum::<i32>();
            let sure = signs.sure >> kind & 1 != 0;
            if points <= FAR && !sure {
                continue;
            }
            let mut words: Vec<(String, i32)> = words.into_iter().collect();
            words.sort_by_key(|(_, points)| std::cmp::Reverse(points.abs()));
            let words: Vec<String> = words
                .into_iter()
                .map(|(word, points)| format!("{word} {points}"))
                .collect();
            let rule = match (sure, signs.vetoed >> kind & 1 != 0) {
                (true, _) => ", and a rule decides",
                (_, true) => ", but a rule takes it back",
                _ => "",
            };
            let _ = writeln!(
                all,
                "  {} {points}{rule}: begins with {always}; {}",
                NAMES[kind],
                words.join(", ")
            );
        }
    });
    all
}

/// What stands in the sentences.
struct Seen {
    /// Words and what rules say, as the file writes them.
    names: Vec<String>,
    /// For each of them the sentences that have it.
    columns: Vec<Vec<u32>>,
}

impl Seen {
    fn new(sentences: &[Labelled], least: usize) -> Self {
        let observed: Vec<(BTreeSet<String>, Signs)> = sentences
            .iter()
            .map(|labelled| {
                let mut words = BTreeSet::new();
                let mut all = Signs::default();
                observe(&labelled.sentence, |text, signs| {
                    collect(text, &mut words);
                    all.given |= signs.given;
                    all.vetoed |= signs.vetoed;
                });
                (words, all)
            })
            .collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in observed.iter().flat_map(|(words, _)| words) {
            *counts.entry(word).or_default() += 1;
        }
        counts.retain(|_, count| *count >= least);
        let numbers: HashMap<&str, usize> = counts.keys().copied().zip(0..).collect();
        let mut columns: Vec<Vec<u32>> = vec![Vec::new(); counts.len()];
        for (row, (words, _)) in (0..).zip(&observed) {
            for number in words.iter().filter_map(|word| numbers.get(word.as_str())) {
                columns[*number].push(row);
            }
        }
        let mut names: Vec<String> = counts.keys().map(|word| (*word).to_owned()).collect();
        for (at, letter) in (b'a'..).take(NAMES.len()).enumerate() {
            let mut rule = |sign: char, says: fn(&Signs) -> u32| {
                let rows = (0..).zip(&observed);
                let rows = rows.filter(|(_, (_, signs))| says(signs) >> at & 1 != 0);
                columns.push(rows.map(|(row, _)| row).collect());
                names.push(format!("{sign}{}", char::from(letter)));
            };
            rule('+', |signs| signs.given);
            rule('-', |signs| signs.vetoed);
        }
        Self { names, columns }
    }
}

/// Adds the words of a sentence: what stands between its titles, numbers and Latin words in runs of
/// one to three characters, and these Latin words.
fn collect(text: &str, words: &mut BTreeSet<String>) {
    let mut run: Vec<char> = Vec::new();
    let mut latin = String::new();
    let mut in_title = false;
    for c in text.chars().chain([' ']) {
        let is_latin = c.is_ascii_alphanumeric();
        if !is_latin && !latin.is_empty() {
            let word = std::mem::take(&mut latin);
            if word.len() > 1 && !in_title && !word.starts_with(|c: char| c.is_ascii_digit()) {
                words.insert(word);
            }
        }
        match c {
            '《' => in_title = true,
            '》' => in_title = false,
            _ if in_title => {}
            _ if is_latin => latin.push(c.to_ascii_lowercase()),
            // What is ASCII are signs of the file; the search knows the basic plane alone.
            _ if !c.is_ascii() && !c.is_whitespace() && c < '\u{10000}' => {
                run.push(c);
                continue;
            }
            _ => {}
        }
        for start in 0..run.len() {
            for end in start + 1..=run.len().min(start + LONGEST) {
                words.insert(run[start..end].iter().collect());
            }
        }
        run.clear();
    }
}

/// What a kind begins with, and the weight of each column.
fn fit(columns: &[Vec<u32>], states: &[bool], settings: Settings) -> (f64, Vec<f64>) {
    let stating = states.iter().filter(|is| **is).count().max(1);
    let rare = (settings.share * states.len() as f64 / stating as f64).sqrt();
    let mut fitting = Fitting {
        sign: states
            .iter()
            .map(|is| if *is { 1.0 } else { -1.0 })
            .collect(),
        cost: states
            .iter()
            .map(|is| rare * settings.cost * if *is { settings.stating } else { 1.0 })
            .collect(),
        missing: vec![1.0; states.len()],
    };
    let all: Vec<u32> = (0..).take(states.len()).collect();
    let mut always = 0.0;
    let mut weights = vec![0.0; columns.len()];
    for _ in 0..PASSES {
        for _ in 0..SMALL_PASSES {
            always += fitting.step(&all, always, 0.0);
            for (column, weight) in columns.iter().zip(&mut weights) {
                if *weight != 0.0 {
                    *weight += fitting.step(column, *weight, 1.0);
                }
            }
        }
        for (column, weight) in columns.iter().zip(&mut weights) {
            *weight += fitting.step(column, *weight, 1.0);
        }
    }
    // What would be rounded to nothing goes, and the others take over what it did.
    for (column, weight) in columns.iter().zip(&mut weights) {
        if weight.abs() * settings.points < 0.5 {
            fitting.shift(column, -*weight);
            *weight = 0.0;
        }
    }
    for _ in 0..PASSES {
        always += fitting.step(&all, always, 0.0);
        for (column, weight) in columns.iter().zip(&mut weights) {
            if *weight != 0.0 {
                *weight += fitting.step(column, *weight, PRICE_OF_KEPT);
            }
        }
    }
    (always, weights)
}

/// The state of a fit, by sentence.
struct Fitting {
    /// Whether it states the kind: 1 or -1.
    sign: Vec<f64>,
    cost: Vec<f64>,
    /// What it lacks to be on the right side by a margin of one.
    missing: Vec<f64>,
}

impl Fitting {
    /// Moves one weight towards the least of the whole cost, and tells how far.
    fn step(&mut self, column: &[u32], weight: f64, price: f64) -> f64 {
        let (mut slope, mut curve) = (0.0, 1e-12);
        for &row in column {
            let row = row as usize;
            curve += 2.0 * self.cost[row];
            if self.missing[row] > 0.0 {
                slope -= 2.0 * self.cost[row] * self.sign[row] * self.missing[row];
            }
        }
        // Nowhere is the cost more curved than where all lack something: no step goes too far.
        let aim = weight - slope / curve;
        let least = price / curve;
        let new = if aim > least {
            aim - least
        } else if aim < -least {
            aim + least
        } else {
            0.0
        };
        self.shift(column, new - weight);
        new - weight
    }

    /// Adds to one weight.
    fn shift(&mut self, column: &[u32], step: f64) {
        if step != 0.0 {
            for &row in column {
                let row = row as usize;
                self.missing[row] -= self.sign[row] * step;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pattern::Vocabulary;
    use super::super::weights::Weights;
    use super::*;

    #[test]
    fn words_are_runs_of_up_to_three_characters_and_latin_words() {
        let mut words = BTreeSet::new();
        collect("用SDK，见《甲乙》3日", &mut words);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(words, ["sdk", "日", "用", "见", "，", "，见"]);
    }

    #[test]
    fn a_word_speaks_for_the_kind_that_it_stands_with() {
        let labelled = |kind: &str, sentence: &str| Labelled {
            kinds: [kind.to_owned()].into(),
            sentence: sentence.to_owned(),
        };
        let mut sentences = Vec::new();
        for place in ["城东", "城西", "河南", "河北", "山前", "山后"] {
            sentences.push(labelled("minors", &format!("{place}的孩子")));
            sentences.push(labelled("update", &format!("{place}的新版")));
            sentences.push(labelled("-", &format!("{place}的天气")));
        }
        let settings = Settings {
            cost: 1.0,
            ..Settings::default()
        };
        let file = weights(&sentences, settings);
        let mut vocabulary = Vocabulary::default();
        let weights = Weights::read(&file, &NAMES, &mut vocabulary).expect("weights");
        let mut stated = |sentence: &str| {
            let mut words = BTreeSet::new();
            collect(sentence, &mut words);
            let words: Vec<_> = words.iter().map(|word| vocabulary.number(word)).collect();
            let bits = weights.stated(&words, Signs::default());
            let kinds = NAMES.iter().enumerate();
            let stated = kinds.filter(|(at, _)| bits >> at & 1 != 0);
            stated.map(|(_, name)| *name).collect::<Vec<_>>()
        };
        assert_eq!(stated("江边的孩子"), ["minors"], "{file}");
        assert_eq!(stated("江边的新版"), ["update"], "{file}");
        assert_eq!(stated("江边的天气"), [""; 0], "{file}");
    }
}
