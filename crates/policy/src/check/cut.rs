//! Sentences that break off.

use super::reading::{Reading, Spot};
use super::{Found, Rule};

/// Characters of the end that a message quotes.
const QUOTED: usize = 12;
/// Shorter texts are labels.
const SHORTEST: usize = 20;

/// A clause that ends with a comma where a heading or nothing follows.
pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    for (index, part) in reading.parts.iter().enumerate() {
        let text = part.folded.as_str();
        let next = reading.parts.get(index + 1);
        let goes_on = match next {
            Some(next) => !next.is_heading() || is_deeper(reading, index, index + 1),
            None => false,
        };
        if part.is_heading() || part.cell || goes_on || !text.ends_with(['，', '、']) {
            continue;
        }
        if text.chars().count() < SHORTEST {
            continue;
        }
        let sentence = part.sentences().last().unwrap_or(0..text.len());
        let start = text[sentence]
            .char_indices()
            .rev()
            .nth(QUOTED)
            .map_or(0, |(at, _)| at);
        let start = part.sentences().last().map_or(0, |range| range.start) + start;
        let words = start..text.len();
        found.push(
            Found::at(
                Rule::TruncatedSentence,
                Spot {
                    part: index,
                    words: words.clone(),
                },
            )
            .detail(&text[words]),
        );
    }
}

/// Whether a heading stands inside the section of a clause: a list may go on in headings.
fn is_deeper(reading: &Reading<'_>, clause: usize, heading: usize) -> bool {
    let above = reading.parts[clause].under;
    let level = above.and_then(|above| reading.parts[above].level());
    level.is_some_and(|level| reading.parts[heading].level() > Some(level))
}
