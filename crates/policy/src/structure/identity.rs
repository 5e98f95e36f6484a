//! Stable ids: drawn from what a passage says, not from where it stands, so that an edit in one
//! paragraph leaves the ids of all others (and everything that refers to them) as they are.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use sha2::{Digest, Sha256};

use crate::text::{has_odd_blank, is_blank};

/// Hands out ids; a text that comes again gets `-2`, `-3`, …
#[derive(Debug, Default)]
pub(crate) struct Identities {
    seen: HashMap<[u8; 6], u32, BuildHasherDefault<Digested>>,
}

/// The hash of what is a piece of a digest already: its own bytes.
#[derive(Debug, Default)]
struct Digested(u64);

impl Hasher for Digested {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes its places from both ends.
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

impl Identities {
    /// For about so many names.
    pub(crate) fn with_capacity(names: usize) -> Self {
        Self {
            seen: HashMap::with_capacity_and_hasher(names, BuildHasherDefault::default()),
        }
    }

    /// `prefix-` and 12 hexadecimal digits of the SHA-256 of the text without its blanks, and of
    /// what it leans on, if it does.
    pub(crate) fn name(&mut self, prefix: &str, text: &str, leans_on: &str) -> String {
        let mut digest = Sha256::new();
        let mut feed = |text: &str| {
            // The space is the blank that policies are full of, and quick to find.
            if has_odd_blank(text) {
                let parts = text.split(is_blank);
                parts.for_each(|part| digest.update(part.as_bytes()));
            } else {
                let parts = text.split(' ');
                parts.for_each(|part| digest.update(part.as_bytes()));
            }
        };
        feed(text);
        if !leans_on.is_empty() {
            feed("\u{1}");
            feed(leans_on);
        }
        let mut key = [0; 6];
        key.copy_from_slice(&digest.finalize()[..6]);
        let count = self.seen.entry(key).or_insert(0);
        *count += 1;
        let mut id = String::with_capacity(prefix.len() + 13);
        id.push_str(prefix);
        id.push('-');
        for byte in key {
            for digit in [byte >> 4, byte & 15] {
                id.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
        if *count > 1 {
            id.push('-');
            id.push_str(&count.to_string());
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_told_apart_and_blanks_do_not_count() {
        let mut ids = Identities::default();
        let first = ids.name("c", "甲 乙", "");
        assert_eq!(first.len(), "c-".len() + 12);
        assert_eq!(ids.name("c", "甲乙", ""), format!("{first}-2"));
        assert_eq!(ids.name("c", "甲\u{a0}乙", ""), format!("{first}-3"));
        assert_ne!(ids.name("c", "甲乙", "丙"), format!("{first}-4"));
    }

    #[test]
    fn no_blank_counts_whatever_it_is() {
        let name = |text: &str| Identities::default().name("c", text, "");
        for c in ('\0'..=char::MAX).filter(|&c| is_blank(c)) {
            for text in [format!("{c}"), format!("甲{c}"), format!("{c}甲")] {
                assert_eq!(name(&text), name(&text.replace(c, "")), "{c:?}");
            }
        }
    }
}
