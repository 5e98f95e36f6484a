//! Marks that are numbers: ages, terms of time, dates, telephone numbers and addresses.

use std::ops::Range;

use super::marks::{Side, What};
use crate::numerals;

impl Side<'_> {
    /// `十四周岁`: the number in front of it.
    pub(super) fn age(&mut self, cue: &Range<usize>) {
        let text = &self.unit.text;
        let number = |c: &char| numerals::digit(*c).is_some() || numerals::is_han(*c);
        let digits: Vec<char> = text[..cue.start].chars().rev().take_while(number).collect();
        let digits: Vec<char> = digits.into_iter().rev().collect();
        let Some((count, _)) = numerals::read(&digits) else {
            return;
        };
        let length: usize = digits.iter().map(|c| c.len_utf8()).sum();
        // 不满, 以下（含） and the like tell who is meant just as the number does.
        let before = &text[..cue.start - length];
        let before = before.len()
            - before
                .chars()
                .rev()
                .take(2)
                .map(char::len_utf8)
                .sum::<usize>();
        let after: usize = text[cue.end..].chars().take(5).map(char::len_utf8).sum();
        self.push(What::Age, cue.start - length..cue.end);
        let around: String = ["不满", "未满", "以下", "以上", "（含）", "(含)", "已满"]
            .into_iter()
            .filter(|word| text[before..cue.end + after].contains(word))
            .collect();
        if let Some(mark) = self.marks.last_mut() {
            mark.count = count;
            mark.key = format!("{count} {around}");
            mark.range = before..cue.end + after;
        }
    }

    /// Email addresses, telephone numbers and pages, whoever they belong to.
    pub(super) fn addresses(&mut self) {
        let text = &self.unit.text;
        let mut found = Vec::new();
        let mut at = 0;
        for run in text.split_inclusive(|c: char| !c.is_ascii_graphic() || "()<>\"|,;*".contains(c))
        {
            let word = run.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            let phone = digits >= 7
                && word
                    .bytes()
                    .all(|b| b.is_ascii_digit() || b"-+ ".contains(&b));
            let date = word.matches('-').count() == 2 && word.starts_with("20") && digits <= 8;
            if word.contains('@') || word.contains("://") || phone && !date {
                found.push(at..at + word.len());
            }
            at += run.len();
        }
        for range in found {
            self.push(What::Contact, range);
        }
    }

    /// Terms of time and dates.
    pub(super) fn times(&mut self) {
        let text = &self.unit.text;
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let plain: Vec<char> = chars.iter().map(|&(_, c)| c).collect();
        let byte = |at: usize| chars.get(at).map_or(text.len(), |&(byte, _)| byte);
        let mut found = Vec::new();
        let mut at = 0;
        while at < plain.len() {
            let c = plain[at];
            let starts = numerals::digit(c).is_some() || numerals::is_han(c);
            let Some((count, length)) = starts.then(|| numerals::read(&plain[at..])).flatten()
            else {
                // A number that is too long is none, and neither is its rest.
                at += match starts {
                    true => plain[at..]
                        .iter()
                        .take_while(|c| numerals::digit(**c).is_some())
                        .count()
                        .max(1),
                    false => 1,
                };
                continue;
            };
            let mut end = at + length;
            end += plain[end..]
                .iter()
                .take(4)
                .take_while(|c| **c == ' ' || **c == '\u{a0}')
                .count();
            let rest: String = plain[end..].iter().take(4).collect();
            if rest.starts_with('年') && count > 1900 {
                let date = plain[end..].iter().take(16).take_while(|c| {
                    c.is_ascii_digit() || numerals::is_han(**c) || "年月日[]［］ ".contains(**c)
                });
                let date_end = end + date.count();
                found.push((What::Date, at..date_end, 0));
                at = date_end.max(at + 1);
                continue;
            }
            let unit = UNITS.iter().find(|(name, _)| rest.starts_with(name));
            if let Some((name, thousandths)) = unit {
                let days = (u64::from(count) * thousandths).div_ceil(1000);
                let days = u32::try_from(days).unwrap_or(u32::MAX);
                let unit_end = end + name.chars().count();
                found.push((What::Term, at..unit_end, days));
                at = unit_end;
            } else {
                at = end.max(at + 1);
            }
        }
        for (what, range, count) in found {
            self.push(what, byte(range.start)..byte(range.end));
            if let Some(mark) = self.marks.last_mut() {
                mark.count = count;
            }
        }
    }
}

/// Units of time in thousandths of a day; of five working days a week has seven.
const UNITS: [(&str, u64); 12] = [
    ("个工作日", 1400),
    ("工作日", 1400),
    ("个自然日", 1000),
    ("个月", 30_000),
    ("小时", 42),
    ("分钟", 1),
    ("星期", 7000),
    ("周内", 7000),
    ("年", 365_000),
    ("天", 1000),
    ("日", 1000),
    ("季度", 91_000),
];
