//! Lists of words around a fact, from `data/cues.tsv`.

use std::sync::LazyLock;

use super::needles::Needles;
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

/// The words of [`Cue::Refusal`], the longest list, which is looked for in the longest texts.
static REFUSALS: LazyLock<Needles> =
    LazyLock::new(|| Needles::new(cues(Cue::Refusal).iter().map(|word| (*word, 0))));

/// Where the first word of [`Cue::Refusal`] begins that `counts` says yes to.
pub(super) fn first_refusal(text: &str, counts: impl Fn(usize) -> bool) -> Option<usize> {
    let mut first = None;
    REFUSALS.each(text, |start, _, _| {
        first = counts(start).then_some(start);
        first.is_none()
    });
    first
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
