//! Markdown's signs at the ends of a line, and lines that are nothing but markup.

use crate::input::Hint;
use crate::structure::numbering;
use crate::text::{between_stars, is_blank, trim};

/// Where `part`, a slice of `whole`, begins in it.
pub(super) fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize)
        .saturating_sub(whole.as_ptr() as usize)
        .min(whole.len())
}

/// `**words**` and `__words__` without the stars, and without a colon after them; nothing that has
/// stars inside as well.
pub(super) fn strip_stars(text: &str) -> Option<&str> {
    let text = match text.strip_suffix(['：', ':']) {
        Some(open) if open.ends_with(['*', '_']) => open,
        _ => text,
    };
    ["**", "__"].iter().find_map(|stars| {
        let inner = text.strip_prefix(stars)?.strip_suffix(stars)?;
        (!inner.contains(stars) && !trim(inner).is_empty()).then(|| trim(inner))
    })
}

/// Whether nothing but tags: `<br/>`, `</div><hr>`.
pub(super) fn is_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some(tag) = rest.strip_prefix('<') {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let Some(end) = tag
            .find('>')
            .filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            return false;
        };
        // An address in angle brackets is a link.
        if tag[..end].contains([':', '@']) && !tag[..end].contains('=') {
            return false;
        }
        rest = trim(&tag[end + 1..]);
    }
    rest.is_empty()
}

/// `**1.** **words**` without the stars at its ends: nothing but emphasised runs.
fn bold_runs(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("**")?.strip_suffix("**")?;
    let mut apart = between_stars(inner).skip(1).step_by(2).peekable();
    let runs = apart.peek().is_some() && apart.all(|part| trim(part).is_empty());
    (runs && between_stars(inner).count() % 2 == 1).then(|| trim(inner))
}

/// Markdown's signs around a line.
#[derive(Default)]
pub(super) struct Signs {
    pub(super) lead: usize,
    pub(super) trail: usize,
    pub(super) hint: Hint,
    pub(super) bold: bool,
}

impl Signs {
    pub(super) fn read(text: &str) -> Self {
        Self::of(text, false)
    }

    /// Those of a heading, `##Words` without a blank included.
    pub(super) fn of_heading(text: &str) -> Self {
        Self::of(text, true)
    }

    fn of(text: &str, heading: bool) -> Self {
        let mut signs = Self::default();
        let first = text.as_bytes()[0];
        if !matches!(first, b'#' | b'*' | b'_' | b'>') {
            signs.bold = signs.bold_after_number(text);
            return signs;
        }
        let mut words = text;
        if first == b'>' {
            words = trim(words.trim_start_matches(['>', ' ']));
        }
        let hashes = words.bytes().take_while(|&byte| byte == b'#').count();
        if (1..=6).contains(&hashes) && (heading || words[hashes..].starts_with(is_blank)) {
            // An ATX heading (CommonMark 4.2); the closing row of signs belongs to it.
            signs.hint = Hint::Heading(u8::try_from(hashes).unwrap_or(6));
            words = trim(&words[hashes..]);
            let closing = words.trim_end_matches('#');
            if closing.ends_with(is_blank) {
                words = trim(closing);
            }
        }
        if let Some(inner) = strip_stars(words).or_else(|| bold_runs(words)) {
            words = inner;
            signs.bold = true;
        }
        if words.is_empty() {
            return Self::default();
        }
        signs.lead = offset(text, words);
        signs.trail = text.len() - signs.lead - words.len();
        signs.bold = signs.bold || signs.bold_after_number(words);
        signs
    }

    /// `1. **Words**`: emphasised but for its number.
    fn bold_after_number(&self, words: &str) -> bool {
        let end = words.trim_end_matches(['：', ':']);
        (end.ends_with("**") || end.ends_with("__"))
            && numbering::read(words)
                .is_some_and(|label| strip_stars(trim(&words[label.length..])).is_some())
    }
}
