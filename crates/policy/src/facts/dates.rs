//! Dates from which the policy applies and on which it was changed.

use crate::numerals;
use crate::structure::draft::Draft;

const EFFECTIVE: [&str; 4] = ["生效", "施行", "实施", "起适用"];
const UPDATED: [&str; 5] = ["更新", "修订", "修改", "发布", "版本日期"];

/// The first effective and the first updated date, ISO 8601.
pub(super) fn find(drafts: &[&Draft]) -> (Option<String>, Option<String>) {
    let (mut effective, mut updated) = (None, None);
    for draft in drafts {
        let chars: Vec<char> = draft.text.chars().collect();
        let mut at = 0;
        let mut last = 0;
        while at < chars.len() {
            let Some((date, length)) = read(&chars[at..]) else {
                at += 1;
                continue;
            };
            let before: String = chars[last.max(at.saturating_sub(16))..at].iter().collect();
            at += length;
            last = at;
            // Words on the other side of a comma belong to another date.
            let before = before.rsplit(['，', '。', '；']).next().unwrap_or_default();
            let after: String = chars[at..].iter().take(6).collect();
            let nearest = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
            let named = |words: &[&str]| words.iter().any(|word| after.contains(word));
            match (nearest(&EFFECTIVE), nearest(&UPDATED)) {
                (Some(e), Some(u)) if e < u => set(&mut updated, date),
                (Some(_), _) => set(&mut effective, date),
                (None, Some(_)) => set(&mut updated, date),
                (None, None) if named(&EFFECTIVE) => set(&mut effective, date),
                (None, None) if named(&UPDATED) => set(&mut updated, date),
                _ => {}
            }
        }
    }
    (effective, updated)
}

fn set(slot: &mut Option<String>, date: String) {
    slot.get_or_insert(date);
}

/// A date at the start of `chars`, with the characters it takes: `2026年1月2日`,
/// `[2026]年[01]月[02]日`, `二〇二六年一月二日`, `2026-01-02`, `2026/1/2`, `2026.1.2`.
fn read(chars: &[char]) -> Option<(String, usize)> {
    let mut at = 0;
    let year = number(chars, &mut at).filter(|year| (1990..2100).contains(year))?;
    let mark = step(chars, &mut at)?;
    let month = number(chars, &mut at).filter(|month| (1..=12).contains(month))?;
    let second = step(chars, &mut at)?;
    let day = number(chars, &mut at).filter(|day| (1..=31).contains(day))?;
    match (mark, second) {
        ('年', '月') => {
            let unit = step(chars, &mut at)?;
            matches!(unit, '日' | '号').then_some(())?;
        }
        ('-' | '/' | '.', same) if same == mark => {
            chars
                .get(at)
                .is_none_or(|c| !c.is_ascii_digit())
                .then_some(())?;
        }
        _ => return None,
    }
    Some((format!("{year:04}-{month:02}-{day:02}"), at))
}

fn blanks(chars: &[char], at: &mut usize) {
    *at += chars[*at..]
        .iter()
        .take(4)
        .take_while(|c| c.is_whitespace())
        .count();
}

/// A number, in brackets or not.
fn number(chars: &[char], at: &mut usize) -> Option<u32> {
    blanks(chars, at);
    let closing = match chars.get(*at)? {
        '[' => Some(']'),
        '【' => Some('】'),
        _ => None,
    };
    *at += usize::from(closing.is_some());
    let (value, length) = numerals::read(&chars[*at..])?;
    *at += length;
    if let Some(closing) = closing {
        (chars.get(*at) == Some(&closing)).then(|| *at += 1)?;
    }
    Some(value)
}

fn step(chars: &[char], at: &mut usize) -> Option<char> {
    blanks(chars, at);
    let found = chars.get(*at).copied();
    *at += 1;
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, effective: Option<&str>, updated: Option<&str>) {
        let found = over(text, find);
        assert_eq!(
            (found.0.as_deref(), found.1.as_deref()),
            (effective, updated),
            "{text}"
        );
    }

    #[test]
    fn dates_are_read_in_every_dress() {
        case("生效日期：2026年3月9日", Some("2026-03-09"), None);
        case("生效日期: [2026]年[03]月[09]日", Some("2026-03-09"), None);
        case(
            "更新日期：2026-03-01\n生效日期：2026-03-09",
            Some("2026-03-09"),
            Some("2026-03-01"),
        );
        case(
            "本政策于2026年3月1日修订，自 2026 年 3 月 9 日起施行。",
            Some("2026-03-09"),
            Some("2026-03-01"),
        );
        case("发布于二〇二六年三月一日", None, Some("2026-03-01"));
    }

    #[test]
    fn what_is_no_date_of_the_policy_is_left_alone() {
        case("本公司成立于2001年1月1日。", None, None);
        case("生效日期：2026年13月1日", None, None);
        case("生效日期：", None, None);
    }
}
