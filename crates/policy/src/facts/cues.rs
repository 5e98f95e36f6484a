//! Lists of words around a fact, from `data/cues.tsv`.

use std::sync::LazyLock;

use crate::annotate::lexicon;
use crate::needles::Needles;
use crate::text::has_any;

/// A list of words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cue {
    OperatorLabel,
    OperatorOther,
    OperatorBefore,
    OperatorAfter,
    Refusal,
    RefusalElse,
    RefusalNamed,
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
const NAMES: [&str; 18] = [
    "operator-label",
    "operator-other",
    "operator-before",
    "operator-after",
    "refusal",
    "refusal-else",
    "refusal-named",
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

/// What the operator calls itself, as who speaks.
const WE: [&str; 2] = ["我们", "我方"];

/// Whether a text speaks of the operator.
pub(super) fn of_us(text: &str) -> bool {
    has_any(text, &WE)
}

/// Whether a part of a sentence says that nothing is given, or asks whether. 例如您的地址 does not.
pub(super) fn denies_giving(part: &str) -> bool {
    let words = cues(Cue::RecipientNot);
    // Most parts deny nothing.
    if !has_any(part, words) {
        return false;
    }
    words.iter().any(|word| {
        let mut places = part.match_indices(word);
        places.any(|(at, _)| !part[..at].ends_with(['例', '比', '譬']))
    })
}

/// How a refusal begins, the longest lists, which are looked for in the longest texts.
const REFUSING: [Cue; 3] = [Cue::Refusal, Cue::RefusalElse, Cue::RefusalNamed];

static REFUSALS: LazyLock<Needles> = LazyLock::new(|| {
    let lists = (0..).zip(REFUSING);
    Needles::new(lists.flat_map(|(number, cue)| cues(cue).iter().map(move |word| (*word, number))))
});

/// Calls `found` with where each word that begins a refusal begins and ends, and with its list, until
/// it says `false`.
pub(super) fn each_refusal(text: &str, mut found: impl FnMut(usize, usize, Cue) -> bool) {
    REFUSALS.each(text, |start, end, number| {
        found(start, end, REFUSING[usize::from(number)])
    });
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
