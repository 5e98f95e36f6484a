//! Where in a text something stands: its sentence, its phrase, its field, its name.

use std::ops::Range;

use super::cues::{self, Cue};
use super::source::is_sign;

/// What a field of this name tells: by the word on which it ends.
pub(super) fn field_of(name: &str) -> Option<Cue> {
    if name.chars().count() > 16 {
        return None;
    }
    let fields = |cue: &Cue| {
        matches!(
            cue,
            Cue::FieldPurpose
                | Cue::FieldData
                | Cue::FieldTerm
                | Cue::FieldWho
                | Cue::FieldWay
                | Cue::FieldContact
        )
    };
    let found = cues::find(name)
        .into_iter()
        .filter(|(cue, range)| fields(cue) && range.end == name.len());
    found
        .max_by_key(|(_, range)| range.len())
        .map(|(cue, _)| cue)
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '；' | ',' | ';' | '！' | '？' | '（' | '(' | '|'
    )
}

/// How many characters of a sentence are looked at on either side: enough for any that people write.
pub(super) const FAR: usize = 240;

/// The sentence around a place.
pub(super) fn sentence(text: &str, around: &Range<usize>) -> Range<usize> {
    let ends = |c: char| matches!(c, '。' | '；' | '！' | '？' | ';');
    let before = text[..around.start].chars().rev();
    let after = text[around.end..].chars();
    let length = |chars: &mut dyn Iterator<Item = char>| -> usize {
        let chars = chars.take(FAR).take_while(|c| !ends(*c));
        chars.map(char::len_utf8).sum()
    };
    around.start - length(&mut before.into_iter())..around.end + length(&mut after.into_iter())
}

/// A name with what stands in front of the word on which it ends: `甲乙科技（杭州）有限公司`.
pub(super) fn name_before(text: &str, ends: Range<usize>) -> Range<usize> {
    let mut start = ends.start;
    let mut depth = 0;
    for (at, c) in text[..ends.start].char_indices().rev().take(40) {
        let apart = matches!(
            c,
            '，' | '。'
                | '；'
                | '：'
                | '、'
                | ','
                | ';'
                | ':'
                | '|'
                | '“'
                | '”'
                | '《'
                | '》'
                | '与'
                | '和'
                | '及'
                | '向'
                | '由'
                | '给'
                | '请'
                | '是'
                | '为'
                | '在'
                | '的'
                | '将'
                | '经'
                | '\n'
        );
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' if depth == 0 => break,
            '（' | '(' => depth -= 1,
            _ if apart && depth == 0 => break,
            _ => {}
        }
        start = at;
    }
    start..ends.end
}

/// The phrase around a place: what stands between two signs.
pub(super) fn phrase(text: &str, around: &Range<usize>) -> Range<usize> {
    let length = |chars: &mut dyn Iterator<Item = char>| -> usize {
        let chars = chars.take(FAR).take_while(|c| !is_sign(*c));
        chars.map(char::len_utf8).sum()
    };
    let before = length(&mut text[..around.start].chars().rev());
    around.start - before..around.end + length(&mut text[around.end..].chars())
}
