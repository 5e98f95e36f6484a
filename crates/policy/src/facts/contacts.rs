//! Ways to reach the operator.

use std::collections::HashSet;

use crate::document::{Contact, ContactKind};
use crate::structure::draft::Draft;
use crate::text::trim;

/// Contacts, each once, at the line that first gives it.
pub(super) fn find(drafts: &[&Draft]) -> Vec<Contact> {
    let mut found: Vec<Contact> = Vec::new();
    let mut known = HashSet::new();
    for draft in drafts {
        let chars: Vec<char> = draft.text.chars().collect();
        let mut add = |kind, start: usize, end: usize| {
            let value: String = chars[start..end].iter().collect();
            let value = trim(&value).to_owned();
            if known.insert((kind, value.clone())) {
                found.push(Contact {
                    kind,
                    value,
                    line: draft.line_at(start),
                });
            }
        };
        let mut at = 0;
        while at < chars.len() {
            if !is_address_char(chars[at]) {
                at += 1;
                continue;
            }
            let end = at
                + chars[at..]
                    .iter()
                    .take_while(|&&c| is_address_char(c))
                    .count();
            if let Some((start, end)) = email(&chars, at, end) {
                add(ContactKind::Email, start, end);
            } else if let Some((start, end)) = phone(&chars, at, end) {
                add(ContactKind::Phone, start, end);
            } else if end - at == 6 && chars[at..end].iter().all(char::is_ascii_digit) {
                let before: String = chars[at.saturating_sub(6)..at].iter().collect();
                if before.contains("邮编") || before.contains("邮政编码") {
                    add(ContactKind::Postcode, at, end);
                }
            }
            at = end;
        }
        if let Some((start, end)) = address(&draft.text) {
            add(ContactKind::Address, start, end);
        }
    }
    found
}

fn is_address_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+' | '%')
}

/// An email address in a run of its characters, closing dots left out.
fn email(chars: &[char], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = chars[start..end].iter().position(|&c| c == '@')? + start;
    let end = end
        - chars[at..end]
            .iter()
            .rev()
            .take_while(|c| matches!(c, '.' | '-' | '_'))
            .count();
    let domain: String = chars[at + 1..end].iter().collect();
    (at > start && domain.contains('.') && !domain.contains('@')).then_some((start, end))
}

/// A Chinese telephone number: 400 and 800 lines, mobile numbers, area codes; `+86` before it is
/// part of it.
fn phone(chars: &[char], start: usize, end: usize) -> Option<(usize, usize)> {
    let run = &chars[start..end];
    if !run
        .iter()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | '+'))
    {
        return None;
    }
    let written: String = run.iter().collect();
    let local = written
        .strip_prefix("+86")
        .unwrap_or(&written)
        .trim_start_matches('-');
    let digits: String = local.chars().filter(char::is_ascii_digit).collect();
    let service = (digits.starts_with("400") || digits.starts_with("800")) && digits.len() == 10;
    let mobile = digits.len() == 11
        && digits.starts_with('1')
        && !matches!(digits.as_bytes()[1], b'0'..=b'2');
    let area = digits.starts_with('0') && local.contains('-') && (10..=12).contains(&digits.len());
    (service || mobile || area).then_some((start, end))
}

/// A postal address: what follows `地址：` or a line that is one, as character offsets.
fn address(text: &str) -> Option<(usize, usize)> {
    let count = |part: &str| part.chars().count();
    for opening in [
        "地址：",
        "地址:",
        "住所：",
        "寄至：",
        "邮寄至：",
        "注册地：",
    ] {
        if let Some((before, after)) = text.split_once(opening) {
            if before.ends_with("IP") || before.ends_with("MAC") {
                continue;
            }
            let value = after.split(['。', '；', ';']).next().unwrap_or(after);
            if is_place(value) {
                let start = count(before) + count(opening);
                return Some((start, start + count(value)));
            }
        }
    }
    (count(text) <= 60
        && !text.contains(['。', '；', '：'])
        && is_place(text)
        && text.contains('号'))
    .then(|| (0, count(text)))
}

fn is_place(text: &str) -> bool {
    let has = |words: &[char]| text.contains(words);
    has(&['省', '市', '区', '县'])
        && has(&['路', '街', '道', '巷', '村', '号'])
        && text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[(ContactKind, &str)]) {
        let found = over(text, find);
        let found: Vec<_> = found.iter().map(|c| (c.kind, c.value.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn contacts_are_read_as_written() {
        case(
            "请发送至privacy@example.cn。",
            &[(ContactKind::Email, "privacy@example.cn")],
        );
        case(
            "邮箱10086123@example.com，",
            &[(ContactKind::Email, "10086123@example.com")],
        );
        case(
            "拨打“400-000-0000”客服",
            &[(ContactKind::Phone, "400-000-0000")],
        );
        case(
            "热线：4000000000（全天）",
            &[(ContactKind::Phone, "4000000000")],
        );
        case(
            "电话：010-00000000",
            &[(ContactKind::Phone, "010-00000000")],
        );
        case("手机：13900000000", &[(ContactKind::Phone, "13900000000")]);
        case("邮编：100000", &[(ContactKind::Postcode, "100000")]);
        case(
            "地址：某省某市某路1号。",
            &[(ContactKind::Address, "某省某市某路1号")],
        );
        case(
            "某市某区某街 9 号，法务部（收）",
            &[(ContactKind::Address, "某市某区某街 9 号，法务部（收）")],
        );
    }

    #[test]
    fn other_numbers_are_no_contacts() {
        case("订单202600001111，IP地址：1.2.3.4", &[]);
        case("验证码100000有效", &[]);
        case("通过我们公布的电话联系", &[]);
        case("编号 GB/T 00000-2026", &[]);
    }

    #[test]
    fn a_contact_is_given_once() {
        let found = over("电话：4000000000\n再拨4000000000", find);
        assert_eq!(found.iter().map(|c| c.line).collect::<Vec<_>>(), [1]);
    }
}
