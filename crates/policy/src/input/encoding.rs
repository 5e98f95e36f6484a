//! Bytes to text: the first step, and the only one that can fail.
//!
//! Order: what a file's first bytes say it is (an office document, a picture), a byte order mark,
//! UTF-8, UTF-16 by its look, the encoding an HTML or XML head names, GB18030. A guess counts only
//! if every byte decodes and the result reads as a text, so that no policy is read as mere noise.

mod formats;
mod guess;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::DecoderResult;

use crate::text::is_blank;

/// Why a file is no policy text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The bytes are text in no encoding that policies come in.
    #[error(
        "the file cannot be read {tried}: byte {offset} (line {line}) does not belong to any \
         character; save it as UTF-8 and try again"
    )]
    Encoding {
        /// Offset of the first byte that cannot be read, from 0, in the encoding that got furthest.
        offset: usize,
        /// 1-based line on which it stands.
        line: u32,
        /// The encodings tried, as `either as UTF-8 or as GB18030`.
        tried: &'static str,
    },
    /// A document in a format of its own.
    #[error("the file is {what}: export the policy as text, Markdown or HTML and try again")]
    Format {
        /// What it seems to be, with its article.
        what: &'static str,
    },
    /// No text, and no known format either.
    #[error(
        "the file is not text: byte {offset} is no character of one; export the policy as text, \
         Markdown or HTML and try again"
    )]
    Binary {
        /// Offset of the first such byte, from 0.
        offset: usize,
    },
    /// Nothing to read.
    #[error("the file holds no text: give the policy as text, Markdown or HTML")]
    Empty,
}

/// An encoding that policies come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// With all that it contains: GBK, GB2312.
    Gb18030,
    Big5,
}

/// A text and what it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// Without byte order mark.
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
}

/// Reads a file's bytes as policy text, in UTF-8, UTF-16, GB18030 (so GBK and GB2312), or Big5 where
/// the file says so. A byte order mark is dropped; every other character is kept. UTF-8 is not copied.
///
/// # Errors
/// [`PolicyError`] for what is no text, for what is text in none of these, and for a file without a
/// visible character.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, PolicyError> {
    if let Some(decoded) = decode_other(bytes)? {
        return Ok(Cow::Owned(decoded.text));
    }
    // Ten times as fast as the standard library where there is Chinese in the text.
    let utf8 = encoding_rs::UTF_8;
    match utf8.decode_without_bom_handling_and_without_replacement(without_mark(bytes)) {
        Some(text) => {
            seen(&text)?;
            Ok(text)
        }
        None => Ok(Cow::Owned(decode_bare(bytes)?.text)),
    }
}

/// [`decode`] for bytes that are not needed any more: the text is their own, and UTF-8 is not copied.
///
/// # Errors
/// As for [`decode`].
pub fn decode_vec(bytes: Vec<u8>) -> Result<String, PolicyError> {
    read(bytes).map(|decoded| decoded.text)
}

/// Reads a file's bytes and tells their encoding.
pub(crate) fn read(mut bytes: Vec<u8>) -> Result<Decoded, PolicyError> {
    if let Some(decoded) = decode_other(&bytes)? {
        return Ok(decoded);
    }
    let mark = bytes.len() - without_mark(&bytes).len();
    if mark > 0 {
        let _ = bytes.drain(..mark);
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            seen(&text)?;
            Ok(Decoded {
                text,
                encoding: Encoding::Utf8,
            })
        }
        Err(error) if mark > 0 => decode_bare(&[UTF8_MARK, error.as_bytes()].concat()),
        Err(error) => decode_bare(error.as_bytes()),
    }
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes)
}

/// What need not be looked at as UTF-8: refused formats, UTF-16, marked GB18030. `None` for bytes
/// without NUL, which may be UTF-8.
fn decode_other(bytes: &[u8]) -> Result<Option<Decoded>, PolicyError> {
    if let Some(what) = formats::of(bytes) {
        return Err(PolicyError::Format { what });
    }
    let marked = [
        (&b"\xff\xfe"[..], Encoding::Utf16Le),
        (b"\xfe\xff", Encoding::Utf16Be),
        (b"\x84\x31\x95\x33", Encoding::Gb18030),
    ];
    for (mark, encoding) in marked {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = convert(rest, encoding).map_err(|offset| PolicyError::Encoding {
                offset: offset + mark.len(),
                line: encoding.line(bytes, offset + mark.len()),
                tried: encoding.as_marked(),
            })?;
            return seen_owned(text, encoding).map(Some);
        }
    }
    // Asked first because it is several times as fast as to ask where.
    if !bytes.contains(&0) {
        return match guess::controls(bytes) {
            Some(offset) => Err(PolicyError::Binary { offset }),
            None => Ok(None),
        };
    }
    let offset = bytes.iter().position(|&byte| byte == 0).unwrap_or_default();
    // NUL is no character of a text, but half of each Latin character in UTF-16.
    let decoded = guess::utf16(bytes).and_then(|encoding| {
        let text = convert(bytes, encoding).ok()?;
        Some((text, encoding))
    });
    match decoded {
        Some((text, encoding)) => seen_owned(text, encoding).map(Some),
        None => Err(PolicyError::Binary { offset }),
    }
}

/// Bytes that are not UTF-8 and have neither mark nor NUL.
fn decode_bare(bytes: &[u8]) -> Result<Decoded, PolicyError> {
    let bare = without_mark(bytes);
    let mark = bytes.len() - bare.len();
    let unicode = std::str::from_utf8(bare)
        .err()
        .map_or(0, |e| e.valid_up_to())
        + mark;
    let refused = |offset: usize, encoding: Encoding, tried| PolicyError::Encoding {
        offset,
        line: encoding.line(bytes, offset),
        tried,
    };
    if mark > 0 {
        return Err(refused(unicode, Encoding::Utf8, Encoding::Utf8.as_marked()));
    }
    let declared = guess::declared(bytes);
    if declared == Some(Encoding::Big5) {
        return match convert(bytes, Encoding::Big5) {
            Ok(text) => seen_owned(text, Encoding::Big5),
            Err(offset) => {
                let tried = "either as UTF-8 or as Big5, which it names";
                Err(refused(offset.max(unicode), Encoding::Big5, tried))
            }
        };
    }
    if let Some(encoding) = guess::utf16(bytes)
        && let Ok(text) = convert(bytes, encoding)
    {
        return seen_owned(text, encoding);
    }
    let tried = "either as UTF-8 or as GB18030";
    match convert(bytes, Encoding::Gb18030) {
        Ok(text) if declared == Some(Encoding::Gb18030) || guess::is_chinese(bytes, &text) => {
            seen_owned(text, Encoding::Gb18030)
        }
        Ok(_) => Err(refused(unicode, Encoding::Utf8, tried)),
        Err(offset) => Err(refused(offset.max(unicode), Encoding::Gb18030, tried)),
    }
}

impl Encoding {
    fn as_marked(self) -> &'static str {
        match self {
            Self::Utf8 => "as UTF-8, as its first bytes say",
            Self::Utf16Le | Self::Utf16Be => "as UTF-16, as its first bytes say",
            Self::Gb18030 | Self::Big5 => "as GB18030, as its first bytes say",
        }
    }

    /// The line on which a byte stands. In all these encodings but UTF-16 the byte of a line break
    /// is part of no other character.
    fn line(self, bytes: &[u8], offset: usize) -> u32 {
        let bytes = &bytes[..offset.min(bytes.len())];
        let breaks = match self {
            Self::Utf16Le => bytes.chunks(2).filter(|unit| *unit == b"\n\0").count(),
            Self::Utf16Be => bytes.chunks(2).filter(|unit| *unit == b"\0\n").count(),
            _ => bytes.iter().filter(|&&byte| byte == b'\n').count(),
        };
        u32::try_from(breaks + 1).unwrap_or(u32::MAX)
    }
}

/// Decodes all of the bytes, or tells the offset of the first that belongs to no character.
fn convert(bytes: &[u8], encoding: Encoding) -> Result<String, usize> {
    let decoder = match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Gb18030 => encoding_rs::GB18030,
        Encoding::Big5 => encoding_rs::BIG5,
    };
    let mut decoder = decoder.new_decoder_without_bom_handling();
    let room = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .ok_or(0_usize)?;
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => {
            text.shrink_to_fit();
            Ok(text)
        }
        DecoderResult::Malformed(length, after) => {
            Err(read.saturating_sub(usize::from(length) + usize::from(after)))
        }
        DecoderResult::OutputFull => Err(read),
    }
}

/// The text, unless there is nothing to see in it.
fn seen(text: &str) -> Result<(), PolicyError> {
    if text.chars().all(is_blank) {
        return Err(PolicyError::Empty);
    }
    Ok(())
}

fn seen_owned(text: String, encoding: Encoding) -> Result<Decoded, PolicyError> {
    seen(&text)?;
    Ok(Decoded { text, encoding })
}
