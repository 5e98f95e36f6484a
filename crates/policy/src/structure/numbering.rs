//! Numbering at the start of a line: `第一部分`, `一、`, `（二）`, `3.`, `3．1`, `(4)`, `a)`, `①`, `-`.

use crate::numerals;
use crate::text::is_blank;

/// Most characters that a label is looked for in.
const LOOK: usize = 24;

/// How a line is numbered. The order is the usual nesting, outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// 第一部分, 第一编, 第一篇, 附件一, 附一、
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// Ⅰ、 Ⅰ.
    Roman,
    /// 一、
    HanComma,
    /// 一. that counts inside 一、: told by the lines around it, never read from one.
    HanDot,
    /// （一）
    HanParen,
    /// 1. 1． 1、
    Arabic,
    /// 1.1 with the number of its parts
    Dotted(u8),
    /// （1）
    ArabicParen,
    /// 1)
    HalfParen,
    /// ①
    Circled,
    /// a)
    Letter,
    /// - • and what a lost bullet leaves behind
    Bullet,
    /// No numbering: given by the outline, never read from a line.
    Plain,
}

impl Style {
    /// Another number for each style.
    pub(crate) fn code(self) -> u16 {
        match self {
            Self::Part => 0,
            Self::Chapter => 1,
            Self::Section => 2,
            Self::Article => 3,
            Self::Roman => 4,
            Self::HanComma => 5,
            Self::HanParen => 6,
            Self::Arabic => 7,
            Self::ArabicParen => 8,
            Self::HalfParen => 9,
            Self::Circled => 10,
            Self::Letter => 11,
            Self::Bullet => 12,
            Self::Plain => 13,
            Self::HanDot => 14,
            Self::Dotted(parts) => 0x100 | u16::from(parts),
        }
    }
}

/// A label read from a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// Bytes it takes, its punctuation included.
    pub(crate) length: usize,
    pub(crate) style: Style,
    /// Its last number; 0 for bullets.
    pub(crate) number: u32,
}

/// Reads the label of a trimmed line.
pub(crate) fn read(text: &str) -> Option<Label> {
    let mut window = ['\0'; LOOK];
    let mut count = 0;
    for (slot, c) in window.iter_mut().zip(text.chars()) {
        *slot = c;
        count += 1;
        if begins_words(c) {
            break;
        }
    }
    let chars = &window[..count];
    let (style, number, count) = read_chars(chars)?;
    let length: usize = chars[..count].iter().map(|c| c.len_utf8()).sum();
    if style <= Style::Article {
        // 第三条所述的… is the middle of a sentence; 第三条 所述 or 第三章总则 is numbering.
        let separated = chars.get(count).is_none_or(|&c| is_blank(c))
            || chars[..count]
                .last()
                .is_some_and(|c| "、：:.．".contains(*c));
        let long = text.chars().nth(LOOK).is_some();
        if !separated && (long || text.contains(crate::text::is_sentence_mark)) {
            return None;
        }
    }
    Some(Label {
        length,
        style,
        number,
    })
}

/// Reads the number of a heading that markup has told to be one: there `1 总则` is numbered too.
pub(crate) fn read_in_heading(text: &str) -> Option<Label> {
    read(text).or_else(|| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number: u32 = text[..digits]
            .parse()
            .ok()
            .filter(|n| (1..100).contains(n))?;
        text[digits..].starts_with(is_blank).then_some(Label {
            length: digits,
            style: Style::Arabic,
            number,
        })
    })
}

/// Whether a character is in no label, so that the words begin with it at the latest.
fn begins_words(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
        && !numerals::is_han(c)
        && !matches!(
            c,
            '第' | '部' | '分' | '编' | '篇' | '章' | '节' | '条' | '附' | '件' | '录' | '表'
        )
}

/// The style of the outermost numbers; annexes behind other numbers are none of them.
pub(crate) fn coarsest(styles: impl Iterator<Item = Style> + Clone) -> Option<Style> {
    let first = styles.clone().next();
    let annexes = first.is_some_and(|first| first > Style::Part);
    styles
        .filter(|style| !annexes || *style > Style::Part)
        .min()
}

fn read_chars(chars: &[char]) -> Option<(Style, u32, usize)> {
    let first = *chars.first()?;
    let at = |index: usize| chars.get(index).copied();
    match first {
        '第' => {
            let (number, digits) = numerals::read(&chars[1..])?;
            let (style, mut count) = match (at(1 + digits)?, at(2 + digits)) {
                ('部', Some('分')) => (Style::Part, digits + 3),
                ('编' | '篇', _) => (Style::Part, digits + 2),
                ('章', _) => (Style::Chapter, digits + 2),
                ('节', _) => (Style::Section, digits + 2),
                ('条', _) => (Style::Article, digits + 2),
                _ => return None,
            };
            if at(count).is_some_and(|c| "、：:.．".contains(c)) {
                count += 1;
            }
            Some((style, number, count))
        }
        '附' if matches!(at(1)?, '件' | '录' | '表') => {
            let gap = blanks(&chars[2..]);
            let (number, digits) = numerals::read(&chars[2 + gap..])?;
            let mut count = 2 + gap + digits;
            if at(count).is_some_and(|c| "、：:.．".contains(c)) {
                count += 1;
            }
            Some((Style::Part, number, count))
        }
        '附' => {
            // 附一、; but 附一份 counts something.
            let (number, digits) = numerals::read(&chars[1..])?;
            at(1 + digits)
                .filter(|c| "、：:".contains(*c))
                .map(|_| (Style::Part, number, digits + 2))
        }
        'Ⅰ'..='Ⅻ' => at(1)
            .filter(|c| matches!(c, '、' | '.' | '．'))
            .map(|_| (Style::Roman, first as u32 - 'Ⅰ' as u32 + 1, 2)),
        '（' | '(' => {
            let inner = &chars[1..];
            let (style, number, length) = if let Some((number, length)) = numerals::read(inner) {
                let arabic = numerals::digit(inner[0]).is_some();
                (
                    if arabic {
                        Style::ArabicParen
                    } else {
                        Style::HanParen
                    },
                    number,
                    length,
                )
            } else {
                (Style::Letter, letter(*inner.first()?)?, 1)
            };
            at(1 + length).filter(|c| matches!(c, '）' | ')')).map(|_| {
                // （一）、总则
                let marked = matches!(at(length + 2), Some('、' | '.' | '．'));
                (style, number, length + 2 + usize::from(marked))
            })
        }
        '①'..='⑳' => Some((Style::Circled, first as u32 - '①' as u32 + 1, 1)),
        '❶'..='❿' => Some((Style::Circled, first as u32 - '❶' as u32 + 1, 1)),
        '⑴'..='⒇' => Some((Style::ArabicParen, first as u32 - '⑴' as u32 + 1, 1)),
        '⒈'..='⒛' => Some((Style::Arabic, first as u32 - '⒈' as u32 + 1, 1)),
        '㈠'..='㈩' => Some((Style::HanParen, first as u32 - '㈠' as u32 + 1, 1)),
        '•' | '·' | '●' | '○' | '◆' | '◇' | '■' | '□' | '▪' | '➢' | '\u{f06c}' | '\u{f0b7}' => {
            Some(behind_bullet(chars))
        }
        // Word processors draw a bullet with the letter o of another font.
        'o' if at(1).is_some_and(is_blank) && at(2).is_some_and(|c| !c.is_ascii_alphabetic()) => {
            Some(behind_bullet(chars))
        }
        // A bullet lost in conversion leaves a question mark and the tab that followed it.
        '?' | '？' if at(1) == Some('\t') => Some((Style::Bullet, 0, 1)),
        '-' | '–' | '*' | '+' if at(1).is_some_and(is_blank) => Some(behind_bullet(chars)),
        _ if numerals::digit(first).is_some() => arabic(chars),
        _ if numerals::is_han(first) => {
            let (number, length) = numerals::read(chars)?;
            let gap = blanks(&chars[length..]);
            at(length + gap)
                .filter(|c| matches!(c, '、' | '．' | '.'))
                .map(|_| (Style::HanComma, number, length + gap + 1))
        }
        _ => {
            let number = letter(first)?;
            match (at(1)?, at(2)) {
                (')' | '）' | '、', _) => Some((Style::Letter, number, 2)),
                ('.' | '．', Some(next)) if !next.is_ascii_alphanumeric() => {
                    Some((Style::Letter, number, 2))
                }
                _ => None,
            }
        }
    }
}

/// A bullet, or the number behind it: `- 一、` is numbered, the dash only lists it.
fn behind_bullet(chars: &[char]) -> (Style, u32, usize) {
    let gap = blanks(&chars[1..]);
    // One bullet is enough to look behind: a row of them is no number.
    let numbered = chars
        .get(1 + gap)
        .filter(|c| c.is_alphanumeric() || "（(①".contains(**c));
    match numbered.and_then(|_| read_chars(&chars[1 + gap..])) {
        Some((style, number, count)) if style != Style::Bullet => (style, number, 1 + gap + count),
        _ => (Style::Bullet, 0, 1),
    }
}

fn blanks(chars: &[char]) -> usize {
    chars.iter().take_while(|&&c| is_blank(c)).count()
}

fn letter(c: char) -> Option<u32> {
    c.is_ascii_alphabetic()
        .then(|| c.to_ascii_lowercase() as u32 - 'a' as u32 + 1)
}

/// `1.`, `1、`, `1)` and `1.2.3`; not `6.0`, `2026.1.1` or `1.5 GB`-like decimals with a zero.
fn arabic(chars: &[char]) -> Option<(Style, u32, usize)> {
    let mut parts = 0_u8;
    let mut index = 0;
    loop {
        let digits = chars[index..]
            .iter()
            .take_while(|&&c| numerals::digit(c).is_some())
            .count();
        let (number, _) = numerals::read(&chars[index..]).filter(|_| digits > 0 && digits <= 3)?;
        if number == 0 || (digits == 3 && parts > 0) {
            return None;
        }
        parts += 1;
        index += digits;
        // `1\.`: Markdown's way to write a number that shall not become a list.
        index += usize::from(chars.get(index) == Some(&'\\'));
        let mark = chars.get(index).copied();
        let dot = matches!(mark, Some('.' | '．'));
        if dot
            && chars
                .get(index + 1)
                .is_some_and(|&c| numerals::digit(c).is_some())
            && parts < 5
        {
            index += 1;
            continue;
        }
        return match mark {
            _ if parts > 1 => {
                let marked = dot || mark == Some('、');
                Some((Style::Dotted(parts), number, index + usize::from(marked)))
            }
            // `1 、总则`
            Some(c) if is_blank(c) && chars.get(index + 1) == Some(&'、') => {
                Some((Style::Arabic, number, index + 2))
            }
            Some('.' | '．' | '、') => Some((Style::Arabic, number, index + 1)),
            Some(')' | '）') => Some((Style::HalfParen, number, index + 1)),
            _ => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: Option<(&str, Style, u32)>) {
        let found = read(text).map(|label| (&text[..label.length], label.style, label.number));
        assert_eq!(found, expected);
    }

    #[test]
    fn labels_are_read() {
        case("第一部分 总则", Some(("第一部分", Style::Part, 1)));
        case("第二章总则", Some(("第二章", Style::Chapter, 2)));
        case("第十二条、范围", Some(("第十二条、", Style::Article, 12)));
        case("十一、附则", Some(("十一、", Style::HanComma, 11)));
        case("（三）共享", Some(("（三）", Style::HanParen, 3)));
        case("(三) 共享", Some(("(三)", Style::HanParen, 3)));
        case("1．范围", Some(("1．", Style::Arabic, 1)));
        case("12、范围", Some(("12、", Style::Arabic, 12)));
        case("1.2.3 范围", Some(("1.2.3", Style::Dotted(3), 3)));
        case("2.1.范围", Some(("2.1.", Style::Dotted(2), 1)));
        case("（一）、范围", Some(("（一）、", Style::HanParen, 1)));
        case("(2).范围", Some(("(2).", Style::ArabicParen, 2)));
        case("（4）范围", Some(("（4）", Style::ArabicParen, 4)));
        case("4)范围", Some(("4)", Style::HalfParen, 4)));
        case("a)\u{a0}范围", Some(("a)", Style::Letter, 1)));
        case("③范围", Some(("③", Style::Circled, 3)));
        case("· （一）范围", Some(("· （一）", Style::HanParen, 1)));
        case("o 2.范围", Some(("o 2.", Style::Arabic, 2)));
        case("o 范围", Some(("o", Style::Bullet, 0)));
        case("?\t范围", Some(("?", Style::Bullet, 0)));
        case("- 二、范围", Some(("- 二、", Style::HanComma, 2)));
        case("- 范围", Some(("-", Style::Bullet, 0)));
        case("Ⅱ、范围", Some(("Ⅱ、", Style::Roman, 2)));
        case("附件一：范围", Some(("附件一：", Style::Part, 1)));
        case("附二、清单", Some(("附二、", Style::Part, 2)));
        case("附一份清单", None);
        case("1\\. 范围", Some(("1\\.", Style::Arabic, 1)));
        case("二 、范围", Some(("二 、", Style::HanComma, 2)));
        case("3 、范围", Some(("3 、", Style::Arabic, 3)));
        case("1.2、范围", Some(("1.2、", Style::Dotted(2), 2)));
        case("❷范围", Some(("❷", Style::Circled, 2)));
    }

    #[test]
    fn what_only_looks_like_a_label_is_text() {
        case("6.0以后的系统", None);
        case("2026.1.1起生效", None);
        case("2026年1月", None);
        case("第三条所述的信息，我们不会提供", None);
        case("（重点内容）", None);
        case("一旦您使用", None);
        case("?范围", None);
        case("o ring", None);
        case("e.g. example", None);
        case("400-000-0000", None);
        case("第", None);
        case("（", None);
    }
}
