//! What words and rules weigh: how much each of them speaks for a kind, drawn from sentences with
//! labels (`annotate/learn.rs`), in a form that takes little room.
//!
//! Lines of the file, behind its remarks:
//! 1. the kinds, apart by blanks;
//! 2. the points that each of them begins with;
//! 3. what weighs something, sorted: words, `+a` and `-a` for a rule of the first kind that fits or
//!    takes back. Before each stands how many characters it has in common with the one before:
//!    `|` none, `,` one, `;` two;
//! 4. for each of these, apart by blanks, the kinds that it speaks for (`a` is the first) or against
//!    (`A`), each with a digit for the points: one of [`LEVELS`].

use super::pattern::{Vocabulary, Word};

/// Points for a kind, by its place among the kinds of the rules.
pub(super) type Weight = (u8, i8);

/// What rules say of a sentence: a bit for each kind, by its place among the kinds of the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// A rule fits that gives the kind.
    pub(super) given: u32,
    /// A rule fits that takes it back.
    pub(super) vetoed: u32,
    /// One of these rules decides, whatever the words weigh.
    pub(super) sure: u32,
}

/// How much words and rules speak for each kind.
#[derive(Debug, Default)]
pub(super) struct Weights {
    /// By number of the word.
    of_word: Vec<Vec<Weight>>,
    /// By kind that a rule gives, and takes back.
    given: Vec<Vec<Weight>>,
    vetoed: Vec<Vec<Weight>>,
    /// What each kind begins with.
    always: Vec<i32>,
}

/// The points that a word may have: fine where most are.
pub(super) const LEVELS: [i8; 10] = [1, 2, 3, 4, 6, 8, 11, 15, 20, 30];

/// What stands before a word that has so many characters in common with the one before it.
pub(super) const SHARED: [char; 3] = ['|', ',', ';'];

impl Weights {
    /// Reads the file; `kinds` are the names of the kinds in the order of the rules. The error says
    /// what is wrong.
    pub(super) fn read(
        text: &str,
        kinds: &[&str],
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, String> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut next = || lines.next().unwrap_or_default();
        if next() != kinds.join(" ") {
            return Err("the kinds are not those of the rules".to_owned());
        }
        let always: Vec<i32> = next().split(' ').flat_map(str::parse).collect();
        if always.len() != kinds.len() {
            return Err("not every kind has the points that it begins with".to_owned());
        }
        let mut weights = Self {
            of_word: Vec::new(),
            given: vec![Vec::new(); kinds.len()],
            vetoed: vec![Vec::new(); kinds.len()],
            always,
        };
        let words = words(next());
        let mut codes = next().split(' ');
        for word in &words {
            let code = codes.next().unwrap_or_default();
            let of = of_code(code, kinds.len()).ok_or_else(|| format!("`{word}` has `{code}`"))?;
            let rule = |sign| {
                let kind = place(word.strip_prefix(sign)?.as_bytes().first()?)?;
                Some(kind).filter(|kind| *kind < kinds.len())
            };
            if let Some(kind) = rule('+') {
                weights.given[kind] = of;
            } else if let Some(kind) = rule('-') {
                weights.vetoed[kind] = of;
            } else {
                let word = usize::from(vocabulary.number(word));
                if weights.of_word.len() <= word {
                    weights.of_word.resize(word + 1, Vec::new());
                }
                weights.of_word[word] = of;
            }
        }
        match codes.next() {
            None | Some("") => Ok(weights),
            Some(code) => Err(format!("no word stands for `{code}`")),
        }
    }

    /// What a word says for and against each kind.
    #[cfg(any(test, feature = "learn"))]
    pub(super) fn of_word(&self, word: Word) -> &[Weight] {
        self.of_word
            .get(usize::from(word))
            .map_or(&[], Vec::as_slice)
    }

    /// What a rule of a kind says when it fits, and when it takes back, and what the kind begins with.
    #[cfg(any(test, feature = "learn"))]
    pub(super) fn of_kind(&self, kind: usize) -> (&[Weight], &[Weight], i32) {
        (&self.given[kind], &self.vetoed[kind], self.always[kind])
    }

    /// A bit for each kind for which the words and the signs of a sentence speak.
    pub(super) fn stated(&self, words: &[Word], signs: Signs) -> u32 {
        let mut points = [0; 32];
        points[..self.always.len()].copy_from_slice(&self.always);
        let mut add = |weights: &[Weight]| {
            for &(kind, more) in weights {
                points[usize::from(kind) % 32] += i32::from(more);
            }
        };
        for &word in words {
            add(self
                .of_word
                .get(usize::from(word))
                .map_or(&[], Vec::as_slice));
        }
        for (bits, weights) in [(signs.given, &self.given), (signs.vetoed, &self.vetoed)] {
            for (kind, weights) in weights.iter().enumerate() {
                if bits >> kind & 1 != 0 {
                    add(weights);
                }
            }
        }
        let for_it = points.iter().enumerate().filter(|(_, points)| **points > 0);
        let for_it = for_it.fold(0, |bits, (kind, _)| bits | 1 << kind);
        for_it & !signs.vetoed | signs.sure
    }
}

/// The words of a line that leaves out what each has in common with the one before.
fn words(line: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for c in line.chars() {
        match SHARED.iter().position(|mark| *mark == c) {
            Some(shared) => {
                let before = all.last().map_or("", String::as_str);
                all.push(before.chars().take(shared).collect());
            }
            None => {
                if let Some(last) = all.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    all
}

/// The place of a kind by its letter.
fn place(letter: &u8) -> Option<usize> {
    letter
        .is_ascii_alphabetic()
        .then(|| usize::from(letter.to_ascii_lowercase() - b'a'))
}

/// What a code says for each of so many kinds.
fn of_code(code: &str, kinds: usize) -> Option<Vec<Weight>> {
    if code.is_empty() {
        return None;
    }
    let pairs = code.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            let [letter, digit] = pair else { return None };
            let kind = place(letter).filter(|kind| *kind < kinds)?;
            let level = *LEVELS.get(usize::from(digit.checked_sub(b'0')?))?;
            let sign = if letter.is_ascii_lowercase() { 1 } else { -1 };
            Some((u8::try_from(kind).ok()?, sign * level))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [&str; 2] = ["sharing", "update"];

    #[track_caller]
    fn refused(text: &str, error: &str) {
        let read = Weights::read(text, &KINDS, &mut Vocabulary::default());
        assert_eq!(read.err().as_deref(), Some(error), "{text}");
    }

    #[test]
    fn words_and_rules_are_weighed_together() {
        let mut vocabulary = Vocabulary::default();
        let text = "# remark\nsharing update\n-2 -3\n|+a|共,享;版\na9 a1B4 a2 b3";
        let weights = Weights::read(text, &KINDS, &mut vocabulary).expect("weights");
        let words = ["共", "共享", "共享版"].map(|word| vocabulary.number(word));
        // 2 for sharing from 共, 3 from 共享, 4 for update from 共享版.
        assert_eq!(weights.stated(&words[..1], Signs::default()), 0);
        assert_eq!(weights.stated(&words[1..2], Signs::default()), 0b01);
        assert_eq!(weights.stated(&words[2..], Signs::default()), 0b10);
        assert_eq!(weights.stated(&words, Signs::default()), 0b01);
        let given = Signs {
            given: 0b01,
            ..Signs::default()
        };
        assert_eq!(weights.stated(&[], given), 0b01);
        let sure = Signs {
            sure: 0b10,
            ..Signs::default()
        };
        assert_eq!(weights.stated(&[], sure), 0b10);
    }

    #[test]
    fn a_wrong_file_is_told() {
        refused("", "the kinds are not those of the rules");
        refused(
            "sharing update\n1\n\n",
            "not every kind has the points that it begins with",
        );
        refused("sharing update\n1 1\n|甲\n", "`甲` has ``");
        refused("sharing update\n1 1\n|甲\nc1", "`甲` has `c1`");
        refused("sharing update\n1 1\n|甲\na1b", "`甲` has `a1b`");
        refused("sharing update\n1 1\n|甲\na1 a2", "no word stands for `a2`");
    }
}
