//! The words of `data/changes.tsv`, and the names of technologies, found in a text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::annotate::lexicon;
use crate::needles::Needles;

/// A list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cue {
    Company,
    Class,
    Kit,
    Give,
    Abroad,
    Country,
    Mainland,
    Place,
    Age,
    Guardian,
    Operator,
    Keep,
    Answer,
    Right,
    How,
    Purpose,
    Collect,
    Datum,
    Deny,
    Consent,
    Endless,
    Claim,
    May,
    Use,
    Advance,
    Refuse,
    Aim,
    FieldPurpose,
    FieldData,
    FieldTerm,
    FieldWho,
    FieldWay,
    FieldContact,
    /// A technology, by its number.
    Technology(u8),
}

impl Cue {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "company" => Self::Company,
            "class" => Self::Class,
            "kit" => Self::Kit,
            "give" => Self::Give,
            "abroad" => Self::Abroad,
            "country" => Self::Country,
            "mainland" => Self::Mainland,
            "place" => Self::Place,
            "age" => Self::Age,
            "guardian" => Self::Guardian,
            "operator" => Self::Operator,
            "keep" => Self::Keep,
            "answer" => Self::Answer,
            "right" => Self::Right,
            "how" => Self::How,
            "purpose" => Self::Purpose,
            "collect" => Self::Collect,
            "datum" => Self::Datum,
            "deny" => Self::Deny,
            "consent" => Self::Consent,
            "endless" => Self::Endless,
            "claim" => Self::Claim,
            "may" => Self::May,
            "use" => Self::Use,
            "advance" => Self::Advance,
            "refuse" => Self::Refuse,
            "aim" => Self::Aim,
            "field_purpose" => Self::FieldPurpose,
            "field_data" => Self::FieldData,
            "field_term" => Self::FieldTerm,
            "field_who" => Self::FieldWho,
            "field_way" => Self::FieldWay,
            "field_contact" => Self::FieldContact,
            _ => return None,
        })
    }
}

struct Cues {
    lists: Vec<Cue>,
    needles: Needles,
    technologies: Vec<&'static str>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut lists = Vec::new();
    // A word may be in several lists.
    let mut words: Vec<(&str, u16)> = Vec::new();
    for mut row in lexicon::rows(include_str!("../../data/changes.tsv")) {
        let Some(cue) = row.next().and_then(Cue::named) else {
            continue;
        };
        let number = u16::try_from(lists.len()).unwrap_or(u16::MAX);
        lists.push(cue);
        words.extend(
            row.flat_map(|column| column.split('|'))
                .map(|word| (word, number)),
        );
    }
    let mut technologies: Vec<&str> = Vec::new();
    let mut numbers: HashMap<&str, u16> = HashMap::new();
    for mut row in lexicon::rows(include_str!("../../data/technologies.tsv")) {
        let (Some(name), Some(_source), Some(column)) = (row.next(), row.next(), row.next()) else {
            continue;
        };
        if name == "skip" {
            continue;
        }
        let number = *numbers.entry(name).or_insert_with(|| {
            let number = u16::try_from(lists.len()).unwrap_or(u16::MAX);
            lists.push(Cue::Technology(
                u8::try_from(technologies.len()).unwrap_or(u8::MAX),
            ));
            technologies.push(name);
            number
        });
        // Names that can also mean something else tell nothing here.
        let sure = column.split('|').filter(|word| !word.starts_with('~'));
        words.extend(sure.map(|word| (word, number)));
    }
    Cues {
        lists,
        needles: Needles::new(words),
        technologies,
    }
});

/// The cues in a text with their places in bytes; of the words of one list the longest.
pub(super) fn find(text: &str) -> Vec<(Cue, Range<usize>)> {
    let mut found: Vec<(Cue, Range<usize>)> = Vec::new();
    CUES.needles.each_whole(text, |range, list| {
        let cue = CUES.lists[usize::from(list)];
        let covered = |(other, place): &(Cue, Range<usize>)| {
            *other == cue && place.start <= range.start && range.end <= place.end
        };
        if !found.iter().rev().take(16).any(covered) {
            found.push((cue, range));
        }
    });
    found
}

/// The contract's word for a technology.
pub(super) fn technology(number: u8) -> &'static str {
    CUES.technologies
        .get(usize::from(number))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        let rows = lexicon::rows(include_str!("../../data/changes.tsv"));
        for mut row in rows {
            let name = row.next().unwrap_or_default();
            assert!(Cue::named(name).is_some(), "{name}");
            let words: Vec<&str> = row.flat_map(|column| column.split('|')).collect();
            assert!(
                !words.is_empty() && words.iter().all(|word| !word.is_empty()),
                "{name}"
            );
        }
    }

    #[test]
    fn words_are_found_with_their_places() {
        let text = "用于境外传输，含ETag";
        let found: Vec<(Cue, &str)> = find(text)
            .into_iter()
            .map(|(cue, range)| (cue, &text[range]))
            .collect();
        assert!(found.contains(&(Cue::Purpose, "用于")));
        assert!(found.contains(&(Cue::Abroad, "境外")));
        let technology = found.iter().find_map(|(cue, word)| match cue {
            Cue::Technology(number) => Some((technology(*number), *word)),
            _ => None,
        });
        assert_eq!(technology, Some(("etag", "ETag")));
    }
}
