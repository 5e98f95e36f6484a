//! The document's encoding, and the snippet in it.

use super::scan::Tag;
use encoding_rs::{
    EUC_JP, EncoderResult, Encoding, GB18030, GBK, ISO_2022_JP, REPLACEMENT, SHIFT_JIS, UTF_8,
};
use http::HeaderValue;

/// The encoding that a `Content-Type` names; `None` where it names none that exists.
pub(super) fn of_content_type(value: &HeaderValue) -> Option<&'static Encoding> {
    of_media_type(value.as_bytes())
}

/// The encoding that a `<meta>` names (WHATWG HTML 13.2.3.2, without its guard against UTF-16,
/// which [`is_readable`] is).
pub(super) fn of_meta(tag: &Tag) -> Option<&'static Encoding> {
    if let Some(label) = tag.attribute("charset") {
        return Encoding::for_label(label).map(as_read);
    }
    let pragma = tag.attribute("http-equiv")?;
    if !pragma.eq_ignore_ascii_case(b"content-type") {
        return None;
    }
    let label = label_in(tag.attribute("content")?)?;
    Encoding::for_label(label).map(as_read)
}

/// The label in a `content`, which need not be a media type (WHATWG HTML 2.5.4, "extracting a
/// character encoding from a meta element").
fn label_in(content: &[u8]) -> Option<&[u8]> {
    const NAME: &[u8] = b"charset";
    let mut rest = content;
    loop {
        let mut windows = rest.windows(NAME.len());
        let at = windows.position(|name| name.eq_ignore_ascii_case(NAME))?;
        rest = rest[at + NAME.len()..].trim_ascii_start();
        if let Some(value) = rest.strip_prefix(b"=") {
            rest = value.trim_ascii_start();
            break;
        }
    }
    let (quote, inner) = rest.split_first()?;
    if matches!(quote, b'"' | b'\'') {
        let end = inner.iter().position(|byte| byte == quote)?;
        return Some(&inner[..end]);
    }
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || *byte == b';';
    rest.split(is_end).next()
}

/// What is written in UTF-16 cannot say so in ASCII: it is UTF-8 then.
fn as_read(encoding: &'static Encoding) -> &'static Encoding {
    match encoding.output_encoding() == encoding {
        true => encoding,
        false => UTF_8,
    }
}

fn of_media_type(value: &[u8]) -> Option<&'static Encoding> {
    let label = value.split(|&byte| byte == b';').skip(1).find_map(|part| {
        let at = part.iter().position(|&byte| byte == b'=')?;
        let (name, label) = (part[..at].trim_ascii(), part[at + 1..].trim_ascii());
        name.eq_ignore_ascii_case(b"charset").then_some(label)
    })?;
    let quoted = |label: &[u8], quote| {
        let inner = label.strip_prefix(&[quote])?.strip_suffix(&[quote])?;
        Some(inner.to_owned())
    };
    let label = quoted(label, b'"')
        .or_else(|| quoted(label, b'\''))
        .unwrap_or_else(|| label.to_owned());
    Encoding::for_label(&label)
}

/// Whether markup is ASCII in this encoding, so that it can be read byte by byte.
pub(super) fn is_readable(encoding: &'static Encoding) -> bool {
    encoding.output_encoding() == encoding && encoding != ISO_2022_JP && encoding != REPLACEMENT
}

/// Markup in an encoding; `None` is one that nobody knows, of which ASCII is the part all share.
///
/// What the encoding cannot write is escaped: in a script as `\uXXXX`, elsewhere as a character
/// reference. A script that was escaped has another hash than the built one.
pub(super) fn encode(markup: &str, encoding: Option<&'static Encoding>) -> Vec<u8> {
    match encoding {
        Some(encoding) if encoding == UTF_8 => markup.as_bytes().to_vec(),
        // Pages in GBK are read as GB18030, which has every character (WHATWG Encoding, 10.1.1).
        Some(encoding) if encoding == GBK => encode_parts(markup, Some(GB18030)),
        other => encode_parts(markup, other),
    }
}

fn encode_parts(markup: &str, encoding: Option<&'static Encoding>) -> Vec<u8> {
    let mut out = Vec::with_capacity(markup.len());
    let mut rest = markup;
    let mut in_script = false;
    while !rest.is_empty() {
        let end = border(rest, in_script);
        let (part, after) = rest.split_at(end);
        encode_part(part, encoding, in_script, &mut out);
        in_script = !in_script;
        rest = after;
    }
    out
}

/// Where the script's text ends, or the next one's begins. The snippet is ours: tags are as the
/// build writes them.
fn border(markup: &str, in_script: bool) -> usize {
    let found = match in_script {
        true => markup.find("</script"),
        false => markup.find("<script").and_then(|at| {
            let end = markup[at..].find('>')?;
            Some(at + end + 1)
        }),
    };
    found.unwrap_or(markup.len())
}

fn encode_part(
    mut part: &str,
    encoding: Option<&'static Encoding>,
    in_script: bool,
    out: &mut Vec<u8>,
) {
    while !part.is_empty() {
        let clean = encodable(part, encoding, out);
        part = &part[clean..];
        let Some(first) = part.chars().next() else {
            return;
        };
        if in_script {
            for unit in first.encode_utf16(&mut [0; 2]) {
                out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        } else {
            out.extend_from_slice(format!("&#{};", u32::from(first)).as_bytes());
        }
        part = &part[first.len_utf8()..];
    }
}

/// Writes the part up to the first character that the encoding has not; how long it is.
fn encodable(part: &str, encoding: Option<&'static Encoding>, out: &mut Vec<u8>) -> usize {
    let Some(encoding) = encoding else {
        let end = part.find(|c: char| !c.is_ascii()).unwrap_or(part.len());
        out.extend_from_slice(&part.as_bytes()[..end]);
        return end;
    };
    let is_lost = |c: char| is_read_as_another(c, encoding);
    let part = &part[..part.find(is_lost).unwrap_or(part.len())];
    let mut encoder = encoding.new_encoder();
    let mut read = 0;
    let mut buffer = [0; 4096];
    loop {
        let (result, taken, written) =
            encoder.encode_from_utf8_without_replacement(&part[read..], &mut buffer, true);
        out.extend_from_slice(&buffer[..written]);
        read += taken;
        match result {
            EncoderResult::OutputFull => {}
            EncoderResult::InputEmpty => return read,
            // It was taken, too.
            EncoderResult::Unmappable(character) => return read - character.len_utf8(),
        }
    }
}

/// Whether a character is written as the byte of another one: `¥` as the backslash, which would escape
/// what follows it in a script (WHATWG Encoding, 12.2.2 and 12.3.2).
fn is_read_as_another(character: char, encoding: &'static Encoding) -> bool {
    matches!(character, '\u{a5}' | '\u{203e}' | '\u{2212}')
        && (encoding == SHIFT_JIS || encoding == EUC_JP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, WINDOWS_1252};

    #[track_caller]
    fn named(content_type: &str, expected: Option<&'static Encoding>) {
        let value = HeaderValue::from_str(content_type).expect("a header");
        assert_eq!(of_content_type(&value), expected, "{content_type}");
    }

    #[test]
    fn a_content_type_names_its_charset() {
        named("text/html; charset=utf-8", Some(UTF_8));
        named("text/html;CHARSET=\"GB2312\"", Some(GBK));
        named("text/html; a=b; charset = 'gb18030'", Some(GB18030));
        named("text/html", None);
        named("text/html; charset", None);
        named("text/html; charset=klingon", None);
        named("text/html; xcharset=utf-8", None);
    }

    #[track_caller]
    fn written(markup: &str, encoding: Option<&'static Encoding>, expected: &[u8]) {
        let found = encode(markup, encoding);
        assert_eq!(
            found.escape_ascii().to_string(),
            expected.escape_ascii().to_string()
        );
    }

    #[test]
    fn the_snippet_is_written_in_the_documents_encoding() {
        let markup = "<!-- 知 --><script a=\"情\">'知情😀'</script><p>情";
        written(markup, Some(UTF_8), markup.as_bytes());
        for gb in [GBK, GB18030] {
            let (expected, _, _) = GB18030.encode(markup);
            written(markup, Some(gb), &expected);
        }
        // Which is what a browser reads as GBK.
        let bytes = encode(markup, Some(GBK));
        let (decoded, _, is_broken) = GBK.decode(&bytes);
        assert_eq!((decoded.as_ref(), is_broken), (markup, false));
    }

    #[test]
    fn what_an_encoding_cannot_write_is_escaped_as_its_place_asks() {
        written(
            "<p>情</p><script>'知😀'</script>情",
            None,
            b"<p>&#24773;</p><script>'\\u77e5\\ud83d\\ude00'</script>&#24773;",
        );
        written(
            "<script>'é情'</script>",
            Some(WINDOWS_1252),
            b"<script>'\xe9\\u60c5'</script>",
        );
        // Simplified characters that Big5 has not.
        written(
            "<script>'你们'</script>们",
            Some(BIG5),
            b"<script>'\xa7A\\u4eec'</script>&#20204;",
        );
    }

    #[test]
    fn what_would_be_read_as_another_character_is_escaped() {
        for japanese in [SHIFT_JIS, EUC_JP] {
            written(
                "<p>¥‾−</p><script>'¥n‾−'</script>",
                Some(japanese),
                b"<p>&#165;&#8254;&#8722;</p><script>'\\u00a5n\\u203e\\u2212'</script>",
            );
        }
    }

    #[track_caller]
    fn in_content(content: &str, expected: Option<&str>) {
        let label = label_in(content.as_bytes());
        assert_eq!(label, expected.map(str::as_bytes), "{content}");
    }

    #[test]
    fn a_metas_content_names_its_charset_as_browsers_find_it() {
        in_content("text/html; charset=gbk", Some("gbk"));
        in_content("text/html charset=gbk", Some("gbk"));
        in_content("text/html, CharSet = gbk;x", Some("gbk"));
        in_content("charset=gbk a", Some("gbk"));
        in_content("charset charset=gbk", Some("gbk"));
        in_content("xcharset=gbk", Some("gbk"));
        in_content("charset=\"gbk\" a", Some("gbk"));
        in_content("charset='gbk'", Some("gbk"));
        in_content("charset='gbk", None);
        in_content("charset=", None);
        in_content("charset", None);
        in_content("text/html", None);
    }

    #[test]
    fn only_encodings_with_ascii_markup_are_read() {
        for good in [UTF_8, GBK, GB18030, BIG5, SHIFT_JIS, WINDOWS_1252] {
            assert!(is_readable(good), "{}", good.name());
        }
        for bad in [
            encoding_rs::UTF_16LE,
            encoding_rs::UTF_16BE,
            ISO_2022_JP,
            REPLACEMENT,
        ] {
            assert!(!is_readable(bad), "{}", bad.name());
        }
    }
}
