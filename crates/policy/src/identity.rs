//! Stable ids: drawn from what a passage says, not from where it stands, so that an edit in one
//! paragraph leaves the ids of all others (and everything that refers to them) as they are.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::text::squeeze;

/// Hands out ids; a text that comes again gets `-2`, `-3`, …
#[derive(Debug, Default)]
pub(crate) struct Identities {
    seen: HashMap<String, u32>,
}

impl Identities {
    /// `prefix-` and 12 hexadecimal digits of the SHA-256 of the text without its blanks.
    pub(crate) fn name(&mut self, prefix: &str, text: &str) -> String {
        let digest = Sha256::digest(squeeze(text).as_bytes());
        let hex: String = digest
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let id = format!("{prefix}-{hex}");
        let count = self.seen.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            id
        } else {
            format!("{id}-{count}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_told_apart_and_blanks_do_not_count() {
        let mut ids = Identities::default();
        let first = ids.name("c", "甲 乙");
        assert_eq!(first.len(), "c-".len() + 12);
        assert_eq!(ids.name("c", "甲乙"), format!("{first}-2"));
        assert_eq!(ids.name("c", "甲\u{a0}乙"), format!("{first}-3"));
        assert_ne!(ids.name("s", "甲乙"), first);
    }
}
