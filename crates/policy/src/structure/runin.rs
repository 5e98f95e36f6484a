//! Run-in heads: `【提示】请您…`, `位置信息：我们…`, `第三方商家。我们…`, `账户信息——您可以…`. The words a
//! clause opens with name it, but are part of it.

use std::ops::Range;

use crate::structure::numbering::Label;
use crate::text::{has_any, is_blank, is_sentence_mark, trim};

/// Longest head, in characters.
const LONGEST: usize = 30;

/// Words that make a statement of what would be a head.
const STATES: [&str; 24] = [
    "我们",
    "本公司",
    "请您",
    "请你",
    "请注意",
    "可以",
    "可能",
    "应当",
    "必须",
    "需要",
    "将",
    "不",
    "是",
    "有权",
    "无法",
    "并非",
    "如果",
    "如您",
    "如你",
    "一旦",
    "包括",
    "如下",
    "以下",
    "下列",
];

/// The bytes of the head in a clause's text, its number left out.
pub(crate) fn head(text: &str, label: Option<Label>) -> Option<Range<usize>> {
    let from = label.map_or(0, |label| label.length);
    let start = from + text[from..].find(|c| !is_blank(c))?;
    let rest = &text[start..];
    let stars = if rest.starts_with("**") { 2 } else { 0 };
    let length = if rest.starts_with('【') {
        find(rest, 0, |c| c == '】')?.1 + '】'.len_utf8()
    } else {
        let ends = |c| is_sentence_mark(c) || c == '—' || (c == '*' && stars > 0);
        let (count, end, mark) = find(rest, stars, ends)?;
        if matches!(
            mark,
            '，' | ',' | '；' | ';' | '！' | '!' | '？' | '?' | '…'
        ) {
            return None;
        }
        let words = &rest[stars..end];
        let colon = matches!(mark, '：' | ':' | '—' | '*');
        if count > LONGEST || (!colon && count < 2) || has_any(words, &STATES) {
            return None;
        }
        stars + words.trim_end_matches(is_blank).len()
    };
    let after = trim(rest[length..].trim_start_matches(|c| {
        is_blank(c) || matches!(c, '：' | ':' | '。' | '—' | '-' | '*' | '】')
    }));
    let words = trim(&rest[..length]);
    (!after.is_empty() && words.chars().any(char::is_alphabetic))
        .then(|| start + stars..start + length)
}

/// Whether words might be such a head, and make no statement.
pub(crate) fn is_name(words: &str) -> bool {
    !words.contains(is_sentence_mark) && !has_any(words, &STATES)
}

/// The first such character from this byte on: how many stand before it, where it is, and itself.
/// What is looked at is bounded: a head is short.
fn find(text: &str, from: usize, ends: impl Fn(char) -> bool) -> Option<(usize, usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    for count in 0..LONGEST + 4 {
        // Han characters and letters are no marks.
        match *bytes.get(at)? {
            0xe4..0xea => at += 3,
            byte if byte.is_ascii_alphanumeric() => at += 1,
            _ => {
                let c = text[at..].chars().next()?;
                if ends(c) {
                    return Some((count, at, c));
                }
                at += c.len_utf8();
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::numbering;

    #[track_caller]
    fn case(text: &str, expected: Option<&str>) {
        assert_eq!(
            head(text, numbering::read(text)).map(|range| &text[range]),
            expected,
            "{text}"
        );
    }

    #[test]
    fn what_names_the_clause_is_its_head() {
        case("【提示】请您阅读。", Some("【提示】"));
        case(
            "（一）位置信息。当您开启定位时，我们会收集。",
            Some("位置信息"),
        );
        case("1、期限：我们只保存一年。", Some("期限"));
        case("账户信息——您可以查询。", Some("账户信息"));
        case("1. **设备信息**：我们收集型号。", Some("设备信息"));
        case("第三方商家。我们与商家共享订单。", Some("第三方商家"));
        case(
            "在您选择的情况下共享：若您选择，我们将共享。",
            Some("在您选择的情况下共享"),
        );
    }

    #[test]
    fn statements_and_lone_labels_have_none() {
        case("我们尊重您的隐私。请放心。", None);
        case("您可以通过以下方式管理：设置。", None);
        case("为了履约，我们收集姓名。", None);
        case("期限：", None);
        case("【提示】", None);
        case("", None);
        case("1.", None);
    }
}
