//! Pages that show a text file: nothing but one `<pre>`, as browsers and tools wrap it. What stands
//! in it is plain text or Markdown, and is read as such.

use html5gum::{Token, Tokenizer};

use super::read_once;

/// The text of such a page.
pub(crate) struct Verbatim {
    pub(crate) text: String,
    /// Lines of the source before its first, and characters before it on that line.
    pub(crate) lines: u32,
    pub(crate) columns: u32,
}

/// The text file that a page shows; `None` for a page of elements.
pub(crate) fn of(html: &str) -> Option<Verbatim> {
    const OPEN: &str = "<pre";
    const CLOSE: &str = "</pre";
    // Most pages have none, which is quick to see.
    if !html.contains(OPEN) && !html.contains("<PRE") {
        return None;
    }
    let start = find(html, OPEN)?;
    let from = start + html[start..].find('>')? + 1;
    let end = from + find(&html[from..], CLOSE)?;
    let (before, inner, after) = (&html[..start], &html[from..end], &html[end..]);
    let after = &after[after.find('>')? + 1..];
    let tag = |(at, _): (usize, &str)| {
        let next = inner.as_bytes().get(at + 1);
        next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
    };
    if inner.match_indices('<').any(tag) || shows(before) || shows(after) {
        return None;
    }
    let mut text = String::with_capacity(inner.len());
    for token in Tokenizer::new(inner) {
        // Reading from memory cannot fail; without tags there is nothing but text.
        if let Ok(Token::String(part)) = token {
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let line = html[..from].rfind('\n').map_or(0, |at| at + 1);
    Some(Verbatim {
        text,
        lines: count(html[..from].matches('\n').count()),
        columns: count(html[line..from].chars().count()),
    })
}

/// Where a tag that is given in lower case begins.
fn find(html: &str, tag: &str) -> Option<usize> {
    html.match_indices('<').map(|(at, _)| at).find(|&at| {
        let found = html.as_bytes().get(at..at + tag.len());
        let next = html.as_bytes().get(at + tag.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(tag.as_bytes()))
            && next.is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    })
}

/// Whether a part of a page has anything to be seen.
fn shows(html: &str) -> bool {
    !read_once(html, true).blocks.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(html: &str, expected: Option<(&str, u32, u32)>) {
        let found = of(html);
        let found = found
            .as_ref()
            .map(|v| (v.text.as_str(), v.lines, v.columns));
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn a_page_that_shows_a_text_file_is_that_file() {
        case("<pre>## 甲\n乙</pre>", Some(("## 甲\n乙", 0, 5)));
        case(
            "<html><head><title>名</title></head>\n<body><PRE id=a>甲 &lt; 乙 &amp; 丙 < 丁</pre>\n</body></html>",
            Some(("甲 < 乙 & 丙 < 丁", 1, 16)),
        );
    }

    #[test]
    fn other_pages_are_none() {
        case("<pre>甲<b>乙</b></pre>", None);
        case("<p>甲</p><pre>乙</pre>", None);
        case("<pre>甲</pre><p>乙</p>", None);
        case("<pre>甲", None);
        case("<present>甲</present>", None);
        case("", None);
    }
}
