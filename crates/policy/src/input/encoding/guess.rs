//! What bytes look like that do not say what they are.

use super::Encoding;
use crate::text::{count, position};

/// How much of a file is looked at.
const SAMPLE: usize = 64 * 1024;
/// Where a file names its encoding: WHATWG HTML 13.2.3.2 looks at the first 1024 bytes; pages of
/// old editors put scripts before.
const HEAD: usize = 4096;

/// The first control character of bytes that are made of them: more than one in ten.
pub(super) fn controls(bytes: &[u8]) -> Option<usize> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let control = |byte: u8| matches!(byte, 0..=8 | 14..=31 | 127) && byte != 0x1b;
    let count = count(sample, control);
    (count * 10 > sample.len())
        .then(|| position(sample, control))
        .flatten()
}

/// UTF-16 without a mark: nearly all units are characters of a Chinese or Latin text.
pub(super) fn utf16(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let units = sample.len() / 2;
    let count = |read: fn([u8; 2]) -> u16, counts: fn(u16) -> bool| {
        let pairs = sample.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        pairs.filter(|&unit| counts(unit)).count()
    };
    let little = count(u16::from_le_bytes, is_usual);
    let big = count(u16::from_be_bytes, is_usual);
    let plain = |usual: usize| usual * 20 >= units * 19;
    // Latin letters the wrong way round are Han, though their other half is NUL either way. Without
    // any NUL only Han speak, of which a quarter looks like Han the wrong way round too.
    let latin_little = count(u16::from_le_bytes, |unit| unit < 0x100);
    let latin_big = count(u16::from_be_bytes, |unit| unit < 0x100);
    let (little_wins, big_wins) = if latin_little + latin_big > 0 {
        (latin_little > latin_big, latin_big > latin_little)
    } else if units >= 8 {
        // Shift_JIS, too, looks like Han in pairs, but like those of the second half only.
        let early = |unit| (0x4e00..0x8000).contains(&unit);
        let half = |read| count(read, early) * 2 >= units;
        (
            little > big + units / 4 && half(u16::from_le_bytes),
            big > little + units / 4 && half(u16::from_be_bytes),
        )
    } else {
        (false, false)
    };
    if plain(little) && little_wins {
        Some(Encoding::Utf16Le)
    } else if plain(big) && big_wins {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn is_usual(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0xff | 0x2010..=0x2027 | 0x2460..=0x2473
        | 0x3000..=0x301f | 0x4e00..=0x9fff | 0xff01..=0xff5e)
}

/// The encoding that an XML declaration or a `<meta>` names (WHATWG HTML 13.2.3.2), if it is one
/// that counts here. Others are named in error more often than not: old editors wrote
/// `iso-8859-1` into any page.
pub(super) fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let mut rest = head.as_slice();
    while let Some(at) = rest.iter().position(|&byte| byte == b'<') {
        rest = &rest[at + 1..];
        let name: &[u8] = if rest.starts_with(b"?xml") {
            b"encoding"
        } else if rest.starts_with(b"meta") {
            b"charset"
        } else {
            continue;
        };
        let end = rest.iter().position(|&byte| byte == b'>');
        let tag = &rest[..end.unwrap_or(rest.len())];
        let Some(at) = tag.windows(name.len()).position(|window| window == name) else {
            continue;
        };
        let value = tag[at + name.len()..].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else {
            continue;
        };
        let label = value
            .split(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
            .find(|label| !label.is_empty())?;
        // Labels of the Encoding Standard, 4.2.
        return match label {
            b"gb2312" | b"gbk" | b"gb18030" | b"gb_2312-80" | b"gb_2312" | b"x-gbk"
            | b"csgb2312" | b"chinese" => Some(Encoding::Gb18030),
            b"big5" | b"big5-hkscs" | b"cn-big5" | b"x-x-big5" | b"csbig5" => Some(Encoding::Big5),
            _ => None,
        };
    }
    None
}

/// Whether text decoded from GB18030 is Chinese: of what is not ASCII, nearly all is in the part of
/// the set that holds punctuation and the Han of everyday use (GB 2312, rows 1 to 3 and 16 to 55),
/// and a longer text has the most frequent of them.
pub(super) fn is_chinese(bytes: &[u8], text: &str) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (mut pairs, mut usual, mut at) = (0_usize, 0_usize, 0);
    while let Some(&lead) = sample.get(at) {
        if lead < 0x80 {
            at += 1;
            continue;
        }
        let trail = sample.get(at + 1).copied().unwrap_or_default();
        pairs += 1;
        usual += usize::from(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && trail >= 0xa1);
        // Two bytes, or four where the second is a digit.
        at += if trail.is_ascii_digit() { 4 } else { 2 };
    }
    if usual * 10 < pairs * 8 {
        return false;
    }
    let frequent = |c: &char| "的一是在不了有和人我们您信息个用".contains(*c);
    let count = text.chars().take(SAMPLE).filter(frequent).count();
    pairs < 100 || count * 50 > pairs
}
