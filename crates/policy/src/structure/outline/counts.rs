//! Inside what a count stands, told by all headings of a text.

use super::Sign;
use crate::structure::numbering::Style;

/// The style inside whose count the first headings of another stand: 1、 before them and 2、 behind, or
/// bullets before and behind.
pub(super) fn around(signs: &[Sign], style: Style) -> Option<Style> {
    let first = signs.iter().position(|sign| sign.style == style)?;
    let (before, behind) = signs.split_at(first);
    let around = before.iter().rfind(|sign| sign.style < Style::Plain)?;
    let next = behind.iter().find(|sign| sign.style == around.style)?;
    (next.number == 0 || next.number == around.number + 1).then_some(around.style)
}

/// Whether the outermost numbers only part what words alone head: （1） is no section where words stand
/// before it.
pub(super) fn parts_words(signs: &[Sign], style: Style) -> bool {
    let words = |sign: &Sign| sign.style == Style::Plain && !sign.closed;
    let first = signs.iter().find(|sign| sign.number > 0 || words(sign));
    style >= Style::ArabicParen && first.is_some_and(words)
}
