//! Brackets and quotation marks around a purpose.

use crate::facts::reach::after;

/// A text without the bracket that explains the word before it: 您（或您的孩子）.
pub(super) fn without_gloss(text: &str) -> &str {
    let inside = text.strip_prefix(['（', '(']);
    let closed = inside.and_then(|inside| {
        let near = after(inside, 0, 60);
        near.find(['）', ')'])
    });
    match (inside, closed) {
        (Some(inside), Some(at)) => inside[at..].trim_start_matches(['）', ')']),
        _ => text,
    }
}

/// The tidied text with the quotation mark that opens it, where the one that closes it is still there.
pub(super) fn quoted<'a>(text: &'a str, tidied: &'a str) -> &'a str {
    const MARKS: [(char, char); 2] = [('“', '”'), ('「', '」')];
    let Some(at) = text.find(tidied) else {
        return tidied;
    };
    let mark = MARKS.iter().find(|(open, _)| text[..at].ends_with(*open));
    let cut = mark.filter(|(open, close)| {
        let closed = tidied.find(*close);
        closed.is_some_and(|close| !tidied[..close].contains(*open))
    });
    cut.map_or(tidied, |(open, _)| {
        &text[at - open.len_utf8()..at + tidied.len()]
    })
}

/// A text up to the end of the bracket that it stands in: `存储权限（用于缓存数据）`.
pub(in crate::facts) fn within(text: &str) -> &str {
    let mut depth = 0;
    let end = text.find(|c| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        depth < 0
    });
    &text[..end.unwrap_or(text.len())]
}

/// A text without the brackets at its end: what stands in them only explains.
pub(in crate::facts) fn without_brackets(text: &str) -> &str {
    let open = text.rfind(['（', '(']).filter(|&open| open > 0);
    let closed = |open: &usize| text[*open..].contains(['）', ')']);
    let explains = |open: &usize| text.ends_with(['）', ')']) || !closed(open);
    &text[..open.filter(explains).unwrap_or(text.len())]
}
