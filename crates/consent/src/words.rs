//! The interface's own words.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::Index;

/// Words under keys, in an order of their own; in JSON an object.
///
/// ```
/// let words: zhiqing_consent::Words = [("a".into(), "甲".into())].into_iter().collect();
/// assert_eq!(words.get("a"), Some("甲"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<(String, String)>);

impl Words {
    /// The words under a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map(|(_, words)| words.as_str())
    }

    /// Adds words, or puts them in place of those under this key.
    pub fn insert(&mut self, key: String, words: String) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, before)) => *before = words,
            None => self.0.push((key, words)),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keys and words.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, words)| (&**key, &**words))
    }
}

impl Index<&str> for Words {
    type Output = String;

    /// The words under a key that is known to be there; it panics where it is not.
    fn index(&self, key: &str) -> &String {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map(|(_, words)| words).expect("words under this key")
    }
}

impl FromIterator<(String, String)> for Words {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        let mut words = Self::default();
        for (key, text) in pairs {
            words.insert(key, text);
        }
        words
    }
}

impl<const N: usize> From<[(String, String); N]> for Words {
    fn from(pairs: [(String, String); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = BTreeMap::<String, String>::deserialize(deserializer)?;
        Ok(words.into_iter().collect())
    }
}
