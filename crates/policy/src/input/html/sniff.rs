//! Whether a text is HTML.

use super::tags::Tag;

/// How much of a text is looked at.
const SAMPLE: usize = 64 * 1024;

/// Whether a text is HTML: it says so itself (a doctype, `<html>`), it begins with an element, or
/// tags that tell stand close together. A plain text with a stray `<` is none, nor is Markdown with
/// elements in it.
pub(super) fn is_html(text: &str) -> bool {
    let start = &text[text.len() - opening(text.as_bytes()).len()..];
    let begins = tag_at(start.as_bytes());
    if matches!(begins, Some((Tag::Html | Tag::Head | Tag::Body, false)))
        || is_doctype(start.as_bytes())
    {
        return true;
    }
    let sample = &start[..start.floor_char_boundary(SAMPLE)];
    let (mut tags, mut ends) = (0_usize, 0_usize);
    for (at, _) in sample.match_indices('<') {
        if let Some((tag, is_end)) = tag_at(&sample.as_bytes()[at..])
            && tag.is_telling()
        {
            tags += 1;
            ends += usize::from(is_end);
        }
    }
    let begins = begins.is_some_and(|(tag, is_end)| tag.is_telling() && !is_end);
    let tells =
        begins && (tags > 1 || ends > 0) || tags >= 4 && ends > 0 && tags * 400 >= sample.len();
    tells && !is_markdown(sample)
}

/// The text behind blanks, an XML declaration and comments.
fn opening(mut text: &[u8]) -> &[u8] {
    loop {
        text = text.trim_ascii_start();
        let end: &[u8] = if text.starts_with(b"\xef\xbb\xbf") {
            text = &text[3..];
            continue;
        } else if text.starts_with(b"<?xml") {
            b">"
        } else if text.starts_with(b"<!--") {
            b"-->"
        } else {
            return text;
        };
        let Some(at) = text.windows(end.len()).position(|window| window == end) else {
            return text;
        };
        text = &text[at + end.len()..];
    }
}

fn is_doctype(text: &[u8]) -> bool {
    text.get(..14)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype html"))
}

/// The tag that stands here, and whether it is an end tag.
fn tag_at(text: &[u8]) -> Option<(Tag, bool)> {
    let rest = text.strip_prefix(b"<")?;
    let is_end = rest.starts_with(b"/");
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let length = rest
        .iter()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let ended = rest
        .get(length)
        .is_some_and(|&byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    let tag = Tag::of(&rest[..length].to_ascii_lowercase());
    (ended && tag != Tag::Other).then_some((tag, is_end))
}

/// Whether lines begin as Markdown's headings and tables do. Few HTML texts have such lines.
fn is_markdown(text: &str) -> bool {
    let mut lines = text.split('\n').map(str::as_bytes);
    let marked = |line: &[u8]| {
        let hashes = line.iter().take_while(|&&byte| byte == b'#').count();
        (1..=6).contains(&hashes) && line.get(hashes) == Some(&b' ') || line.starts_with(b"|--")
    };
    lines.any(marked)
}
