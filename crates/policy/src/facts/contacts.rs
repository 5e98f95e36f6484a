//! Ways to reach the operator; numbers are read by [`phones`], places by [`addresses`].

use std::collections::HashSet;

use super::owners::{Owner, Owners};
use super::passage::Passage;
use super::reach::{after, before, has, is_filler};
use super::scan::{Found, Topic};
use super::{addresses, phones};
use crate::document::{Contact, ContactKind};

/// What calls this extractor: first the marks of an email, then the labels of a postcode, then
/// those of an address.
pub(super) const WORDS: [&str; 24] = [
    "@",
    "＠",
    "[at]",
    "(at)",
    "#at#",
    "（at）",
    "【at】",
    "邮编",
    "邮政编码",
    "郵編",
    "郵政編碼",
    "地址",
    "住所",
    "寄至",
    "寄送至",
    "注册地",
    "寄往",
    "总部位于",
    "address",
    "地 址",
    "地  址",
    "地\u{3000}址",
    "地\u{a0}址",
    "位于",
];

/// The contacts read so far, with their owners.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    found: Vec<(Contact, Owner)>,
}

impl Contacts {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        if passage.foreign {
            return;
        }
        let text = passage.text;
        let mut spots = Vec::new();
        for hit in found.of(Topic::Contact) {
            let (kind, place) = match hit.word {
                0..=6 => (ContactKind::Email, email(text, hit.start(), hit.end())),
                7..=10 => (ContactKind::Postcode, postcode(text, hit.end())),
                _ => (
                    ContactKind::Address,
                    addresses::labelled(text, hit.start(), hit.end()),
                ),
            };
            spots.extend(place.map(|place| (place, kind)));
        }
        let digits = phones::find(passage, |start, end| {
            spots.push(((start, end), ContactKind::Phone));
        });
        let alone = addresses::alone(passage, digits);
        spots.extend(alone.map(|place| (place, ContactKind::Address)));
        if digits && passage.previous.len() <= 60 && label(passage.previous, &["邮编", "邮政编码"])
        {
            spots.extend(postcode(text, 0).map(|place| (place, ContactKind::Postcode)));
        }
        // Most passages have none.
        if spots.is_empty() {
            return;
        }
        spots.sort_by_key(|(place, _)| *place);
        let mut owners = Owners::of(passage, found);
        for ((start, end), kind) in spots {
            let contact = Contact {
                kind,
                value: text[start..end].to_owned(),
                line: passage.line_at(start),
            };
            self.found.push((contact, owners.next(start, end)));
        }
    }

    /// The operator's contacts, each once, at the line that first gives it.
    pub(super) fn finish(self, operator: Option<&str>) -> Vec<Contact> {
        let mut known = HashSet::new();
        let ours = |(contact, owner): (Contact, Owner)| {
            let first = owner.is_operator(operator) && known.insert(key(&contact));
            first.then_some(contact)
        };
        self.found.into_iter().filter_map(ours).collect()
    }
}

/// What is the same for a contact written in another way: the same number with other blanks or
/// dashes is the same contact.
fn key(contact: &Contact) -> (ContactKind, String) {
    let value = &contact.value;
    let key = match contact.kind {
        ContactKind::Phone => value.chars().filter(char::is_ascii_digit).collect(),
        ContactKind::Email => value.to_ascii_lowercase(),
        _ => value.chars().filter(|&c| !is_filler(c)).collect(),
    };
    (contact.kind, key)
}

/// Whether a passage is nothing but one of these labels.
pub(super) fn label(text: &str, words: &[&str]) -> bool {
    if text.len() > 60 {
        return false;
    }
    let text = text.trim_matches(|c| is_filler(c) || matches!(c, '：' | ':'));
    text.len() <= 45 && words.iter().any(|word| text.ends_with(word))
}

/// Endings of file names that look like domains.
const FILES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "js", "css", "webp"];

/// The email address around an `@` from `start` to `end`.
fn email(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    // a [at] b.com: a blank may stand on both sides of a mark that is spelt out.
    let spelt = end - start > "＠".len();
    let lead = before(text, start, 64);
    let left = lead.strip_suffix(' ').filter(|_| spelt).unwrap_or(lead);
    let start = start - (lead.len() - left.len());
    let rest = after(text, end, 120);
    let right = rest.strip_prefix(' ').filter(|_| spelt).unwrap_or(rest);
    let end = end + (rest.len() - right.len());
    let local = left.len() - left.trim_end_matches(part).len();
    let domain = &right[..right.find(|c| !part(c)).unwrap_or(right.len())];
    let domain = domain.trim_end_matches(['.', '-', '_', '+', '%']);
    let (_, last) = domain.rsplit_once('.')?;
    let whole = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let file = FILES.iter().any(|name| last.eq_ignore_ascii_case(name));
    let opens = left[left.len() - local..]
        .trim_start_matches(['.', '-', '+', '%'])
        .len();
    (opens > 0 && whole && !file && !domain.starts_with('.'))
        .then(|| (start - opens, end + domain.len()))
}

/// Six digits right behind a label that ends at `end`.
fn postcode(text: &str, end: usize) -> Option<(usize, usize)> {
    let right = after(text, end, 24);
    let digits =
        right.trim_start_matches(|c| is_filler(c) || matches!(c, '：' | ':' | '为' | '是'));
    let start = end + right.len() - digits.len();
    let run = digits.bytes().take_while(u8::is_ascii_digit).count();
    (run == 6).then_some((start, start + 6))
}

/// Whether the text around a place describes a datum of the person and not the operator.
pub(super) fn is_datum(text: &str) -> bool {
    has(
        text,
        &[
            "IP", "MAC", "Mac", "收货", "收件", "配送", "邮箱", "邮件", "链接", "网址", "网页",
            "物理", "硬件", "设备", "家庭", "您的", "你的", "用户", "下载", "网络", "常用", "URL",
            "ip", "mac", "页面", "E-mail", "email", "电子",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[(ContactKind, &str)]) {
        let found = over(text).facts.contacts;
        let found: Vec<_> = found.iter().map(|c| (c.kind, c.value.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn emails_are_read_as_written() {
        use ContactKind::Email;
        case(
            "请发送至privacy@example.cn。",
            &[(Email, "privacy@example.cn")],
        );
        case(
            "邮箱10086123@example.com，",
            &[(Email, "10086123@example.com")],
        );
        case(
            "邮箱：privacy＠example.com",
            &[(Email, "privacy＠example.com")],
        );
        case(
            "邮箱：privacy[at]example.com",
            &[(Email, "privacy[at]example.com")],
        );
        case(
            "邮箱：privacy (at) example.com",
            &[(Email, "privacy (at) example.com")],
        );
        case(
            "邮箱：privacy【at】example.com",
            &[(Email, "privacy【at】example.com")],
        );
        case(
            "[dpo@example.com.cn](mailto:dpo@example.com.cn)",
            &[(Email, "dpo@example.com.cn")],
        );
        case("logo@2x.png，@某人，包名@1.2.3，a@b", &[]);
    }

    #[test]
    fn postcodes_need_their_label() {
        use ContactKind::Postcode;
        case("邮编：100000", &[(Postcode, "100000")]);
        case("邮政编码\n100000", &[(Postcode, "100000")]);
        case("验证码100000有效", &[]);
    }

    #[test]
    fn a_contact_is_given_once() {
        let found = over("电话：4000000000\n再拨400-000-0000").facts.contacts;
        assert_eq!(found.iter().map(|c| c.line).collect::<Vec<_>>(), [1]);
    }
}
