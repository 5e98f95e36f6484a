//! Lists of words around a fact, from `data/cues.tsv`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::annotate::lexicon;

/// A list of words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cue {
    OperatorLabel,
    OperatorOther,
    OperatorBefore,
    OperatorAfter,
    Refusal,
    Outcome,
    PurposeEnd,
    PermissionAsking,
    PermissionClose,
    PermissionNever,
    KitGeneral,
    KitWithin,
    RecipientSays,
    RecipientVague,
    RecipientNot,
    RecipientLast,
}

/// Their names in the file, in the order of [`Cue`].
const NAMES: [&str; 16] = [
    "operator-label",
    "operator-other",
    "operator-before",
    "operator-after",
    "refusal",
    "outcome",
    "purpose-end",
    "permission-asking",
    "permission-close",
    "permission-never",
    "kit-general",
    "kit-within",
    "recipient-says",
    "recipient-vague",
    "recipient-not",
    "recipient-last",
];

static CUES: LazyLock<[Vec<&'static str>; NAMES.len()]> = LazyLock::new(|| {
    let mut lists = [const { Vec::new() }; NAMES.len()];
    for mut columns in lexicon::rows(include_str!("../../data/cues.tsv")) {
        let (Some(name), _, Some(words)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        if let Some(at) = NAMES.iter().position(|known| *known == name) {
            lists[at].extend(words.split('|'));
        }
    }
    lists
});

/// The words of a list.
pub(super) fn cues(cue: Cue) -> &'static [&'static str] {
    &CUES[cue as usize]
}

/// The words of [`Cue::Refusal`] as one automaton: they are the longest list, and are looked for in
/// the longest texts.
static REFUSALS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostFirst)
        .build(cues(Cue::Refusal))
        .expect("a fixed list of a few dozen words makes an automaton")
});

/// Where words of [`Cue::Refusal`] begin in the text.
pub(super) fn refusals(text: &str) -> impl Iterator<Item = usize> + '_ {
    REFUSALS.find_iter(text).map(|found| found.start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words() {
        assert!(CUES.iter().all(|list| list.len() > 2));
        assert!(cues(Cue::RecipientLast).contains(&"伙伴"));
        assert!(cues(Cue::OperatorLabel).contains(&"运营者"));
    }
}
