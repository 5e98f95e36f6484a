//! The language of the rules in `data/kinds/`: words that stand in one sentence, in an order, at a
//! distance. `data/kinds/README.md` tells a lawyer how to write one.
//!
//! ```text
//! [under @takers] @we *共享|提供 ~ @information !匿名
//! ```

use std::collections::HashMap;
use std::ops::Range;

use crate::needles::Needles;

/// A word, by number.
pub(super) type Word = u16;

/// Some words that are alternatives, by number.
pub(super) type Set = u16;

/// Words in the order in which a sentence must have them.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    pub(super) elements: Vec<Element>,
    /// Sets of which the sentence may have no word.
    pub(super) absent: Vec<Set>,
    /// What the place of the clause must be.
    pub(super) conditions: Vec<Condition>,
}

/// One of the words of a set, and where it must stand.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) set: Set,
    pub(super) link: Link,
    /// What is done: the word that a negation takes back.
    pub(super) act: bool,
    /// Sets of which its part of the sentence may have no word: `!~`.
    pub(super) without: Vec<Set>,
}

/// Where an element stands, seen from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Later in the sentence.
    Later,
    /// Later, with no comma or colon between: `~`.
    SamePart,
    /// Later, with at most so many bytes between: `<6` for six Han characters.
    Near(u32),
    /// Right behind: `+`.
    Adjacent,
    /// Anywhere in the sentence: `&`.
    Anywhere,
    /// It opens the sentence, or its label does: `^`.
    Opening,
}

/// What must be said around a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) place: Place,
    pub(super) set: Set,
    pub(super) absent: bool,
}

/// Places around a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The headings above it, and the sentence that opens its list.
    Under,
    /// The sentence that opens its list.
    Lead,
    /// The name of the column of its cell.
    Column,
    /// All names of the columns of its table.
    Table,
}

/// Words and sets of them, gathered while rules are read.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<String, u16>,
    /// The sets that each word belongs to.
    sets_of: Vec<Vec<Set>>,
    sets: HashMap<Vec<u16>, Set>,
    lists: HashMap<String, Vec<u16>>,
}

/// Bytes of a Han character.
const HAN: u32 = 3;

/// Names of lists whose words are not written but marked: data that the lexicon knows, and those of
/// them that are sensitive here.
pub(super) const MARKED: [&str; 2] = ["term", "sensitive"];

impl Vocabulary {
    /// Names a list of words: `甲|乙|@other`.
    pub(super) fn list(&mut self, name: &str, words: &str) -> Result<(), String> {
        let words = self.alternatives(words)?;
        match self.lists.insert(name.to_owned(), words) {
            None => Ok(()),
            Some(_) => Err(format!("@{name} is there twice")),
        }
    }

    /// The set of a named list.
    pub(super) fn named(&mut self, name: &str) -> Option<Set> {
        let words = self.lists.get(name)?.clone();
        Some(self.set_of(words))
    }

    /// The set of some alternatives.
    pub(super) fn set(&mut self, words: &str) -> Result<Set, String> {
        let words = self.alternatives(words)?;
        Ok(self.set_of(words))
    }

    fn set_of(&mut self, words: Vec<u16>) -> Set {
        if let Some(&set) = self.sets.get(&words) {
            return set;
        }
        let set = Set::try_from(self.sets.len()).unwrap_or(Set::MAX);
        for &word in &words {
            self.sets_of[usize::from(word)].push(set);
        }
        self.sets.insert(words, set);
        set
    }

    fn alternatives(&mut self, words: &str) -> Result<Vec<u16>, String> {
        let mut all = Vec::new();
        for word in words.split('|') {
            if word.is_empty() {
                return Err(format!("`{words}` has an empty word"));
            }
            match word.strip_prefix('@') {
                Some(name) if MARKED.contains(&name) => all.push(self.number(word)),
                Some(name) => {
                    let list = self.lists.get(name);
                    all.extend(list.ok_or_else(|| format!("no list is named @{name}"))?);
                }
                // A blank would end the element.
                None => all.push(self.number(&word.replace('_', " ").to_lowercase())),
            }
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// The number of a word, in lower case.
    pub(super) fn number(&mut self, word: &str) -> Word {
        let next = u16::try_from(self.sets_of.len()).unwrap_or(u16::MAX);
        let number = *self.words.entry(word.to_owned()).or_insert(next);
        if number == next {
            self.sets_of.push(Vec::new());
        }
        number
    }

    /// Reads a pattern; the error says what is wrong with it.
    pub(super) fn pattern(&mut self, text: &str) -> Result<Pattern, String> {
        let mut pattern = Pattern::default();
        let mut rest = text.trim();
        while let Some(inner) = rest.strip_prefix('[') {
            let (condition, after) = inner
                .split_once(']')
                .ok_or_else(|| format!("`{text}`: no ] closes the condition"))?;
            pattern.conditions.push(self.condition(condition)?);
            rest = after.trim_start();
        }
        let mut link = Link::Later;
        for token in rest.split(' ').filter(|token| !token.is_empty()) {
            match token {
                "~" => link = Link::SamePart,
                "+" => link = Link::Adjacent,
                "&" => link = Link::Anywhere,
                "^" => link = Link::Opening,
                _ => {
                    if let Some(count) = token.strip_prefix('<') {
                        let count: u32 = count
                            .parse()
                            .map_err(|_| format!("`{text}`: no number stands behind <"))?;
                        link = Link::Near(count.saturating_mul(HAN));
                        continue;
                    }
                    if let Some(words) = token.strip_prefix("!~") {
                        let set = self.set(words)?;
                        let element = pattern.elements.last_mut();
                        let element =
                            element.ok_or_else(|| format!("`{text}`: !~ stands behind no word"))?;
                        element.without.push(set);
                        continue;
                    }
                    if let Some(words) = token.strip_prefix('!') {
                        let set = self.set(words)?;
                        pattern.absent.push(set);
                        continue;
                    }
                    let words = token.strip_prefix('*');
                    pattern.elements.push(Element {
                        set: self.set(words.unwrap_or(token))?,
                        link,
                        act: words.is_some(),
                        without: Vec::new(),
                    });
                    link = Link::Later;
                }
            }
        }
        if link != Link::Later {
            return Err(format!("`{text}` ends with a sign"));
        }
        if pattern.elements.is_empty() && pattern.conditions.is_empty() {
            return Err(format!("`{text}` asks for nothing"));
        }
        Ok(pattern)
    }

    fn condition(&mut self, text: &str) -> Result<Condition, String> {
        let (place, words) = text
            .split_once(' ')
            .ok_or_else(|| format!("[{text}] names no words"))?;
        let (absent, place) = match place.strip_prefix('!') {
            Some(place) => (true, place),
            None => (false, place),
        };
        let place = match place {
            "under" => Place::Under,
            "lead" => Place::Lead,
            "column" => Place::Column,
            "table" => Place::Table,
            _ => return Err(format!("[{text}]: a place is under, lead, column or table")),
        };
        Ok(Condition {
            place,
            set: self.set(words.trim())?,
            absent,
        })
    }

    /// Ready to look for all words at once.
    pub(super) fn finish(self) -> Words {
        let marked = MARKED.map(|name| {
            let word = self.words.get(&format!("@{name}"));
            word.map_or_else(Vec::new, |word| self.sets_of[usize::from(*word)].clone())
        });
        let written = self.words.iter().filter(|(word, _)| !word.starts_with('@'));
        Words {
            needles: Needles::new(written.map(|(word, number)| (word.as_str(), *number))),
            sets: self.sets.len(),
            sets_of: self.sets_of,
            marked,
        }
    }
}

/// The words of all rules.
#[derive(Debug)]
pub(super) struct Words {
    needles: Needles,
    sets_of: Vec<Vec<Set>>,
    /// How many sets there are.
    pub(super) sets: usize,
    /// The sets of what is marked, see [`MARKED`].
    marked: [Vec<Set>; 2],
}

impl Words {
    /// The sets that a datum belongs to.
    pub(super) fn of_term(&self, sensitive: bool) -> impl Iterator<Item = &[Set]> {
        let marked = self.marked.iter().take(1 + usize::from(sensitive));
        marked.map(Vec::as_slice)
    }

    /// Calls `found` with every word of the text and the sets that it belongs to.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(Range<usize>, Word, &[Set])) {
        self.needles.each_whole(text, |at, word| {
            found(at, word, &self.sets_of[usize::from(word)]);
        });
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.sets_of.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read() {
        let mut words = Vocabulary::default();
        words.list("we", "我们|本公司").unwrap_or_default();
        let pattern = words
            .pattern("[under 共享] [!column 目的] @we *收集|采集 ~ 信息 + 表 & 甲 !不")
            .expect("a pattern");
        let links: Vec<_> = pattern.elements.iter().map(|e| (e.link, e.act)).collect();
        assert_eq!(
            links,
            [
                (Link::Later, false),
                (Link::Later, true),
                (Link::SamePart, false),
                (Link::Adjacent, false),
                (Link::Anywhere, false)
            ]
        );
        assert_eq!(pattern.conditions.len(), 2);
        assert!(pattern.conditions[1].absent);
        assert_eq!(pattern.absent.len(), 1);
        // The same alternatives are one set.
        let again = words.pattern("采集|收集").expect("a pattern");
        assert_eq!(again.elements[0].set, pattern.elements[1].set);
    }

    #[test]
    fn what_is_no_pattern_is_named() {
        for (text, error) in [
            ("@nobody", "no list is named @nobody"),
            ("甲||乙", "`甲||乙` has an empty word"),
            ("甲 ~", "`甲 ~` ends with a sign"),
            ("[under 甲", "`[under 甲`: no ] closes the condition"),
            ("[under]", "[under] names no words"),
            (
                "[above 甲]",
                "[above 甲]: a place is under, lead, column or table",
            ),
            ("!甲", "`!甲` asks for nothing"),
            ("!~甲", "`!~甲`: !~ stands behind no word"),
        ] {
            assert_eq!(
                Vocabulary::default().pattern(text).map(|_| ()),
                Err(error.to_owned())
            );
        }
    }

    #[test]
    fn words_are_told_by_their_sets() {
        let mut vocabulary = Vocabulary::default();
        let cookie = vocabulary.set("cookie|flash_cookie").expect("a set");
        let words = vocabulary.finish();
        let mut found = Vec::new();
        assert!(words.of_term(true).all(<[Set]>::is_empty));
        words.each("Cookies、Flash Cookie", |span, _, sets| {
            found.push((span, sets.to_vec()));
        });
        assert_eq!(found, [(10..22, vec![cookie]), (16..22, vec![cookie])]);
    }
}
