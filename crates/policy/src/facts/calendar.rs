//! Dates as policies write them: `2026年1月5日`, `[2026]年[01]月[05]日`, `二〇二六年一月五日`, `2026-01-05`,
//! `2026/1/5`, `2026.1.5`, `20260105`, `January 5, 2026`, `5 January 2026`.

use super::reach::{after, before, ends, is_filler, number};

/// The date whose year begins at `at`: ISO 8601, with the bytes it takes. Years, months and days may
/// stand in brackets; `January 5, 2026` and `5 January 2026` are read back from the year.
pub(super) fn date(text: &str, at: usize) -> Option<(String, usize, usize)> {
    let left = before(text, at, 4).chars().next_back();
    if left.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '０'..='９')) {
        return None;
    }
    let window = after(text, at, 80);
    if let Some((date, length)) = forward(window) {
        return Some((date, at, at + length));
    }
    let year = window
        .get(..4)
        .filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    if window[4..].starts_with(|c: char| c.is_ascii_digit()) {
        return compact(text, at, window);
    }
    let (month, day, start) = english(before(text, at, 24))?;
    let back = before(text, at, 24).len();
    Some((
        format!("{year}-{month:02}-{day:02}"),
        at - back + start,
        at + 4,
    ))
}

/// `20260105`, only right behind a label.
fn compact(text: &str, at: usize, window: &str) -> Option<(String, usize, usize)> {
    let digits = window
        .get(..8)
        .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let label = before(text, at, 24).trim_end_matches(is_filler);
    let label = label.trim_end_matches(['：', ':']);
    let alone = !window[8..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let (month, day) = (digits[4..6].parse().ok()?, digits[6..].parse().ok()?);
    (alone && ends(label, &["日期", "时间"]) && valid(2000, month, day)).then(|| {
        (
            format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]),
            at,
            at + 8,
        )
    })
}

fn valid(year: u32, month: u32, day: u32) -> bool {
    let longest = match month {
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (2000..2100).contains(&year) && (1..=12).contains(&month) && (1..=longest).contains(&day)
}

/// A date at the start of the text, with its bytes.
fn forward(text: &str) -> Option<(String, usize)> {
    let mut at = 0;
    let year = part(text, &mut at)?;
    let mark = step(text, &mut at)?;
    let month = part(text, &mut at)?;
    let second = step(text, &mut at)?;
    let day = part(text, &mut at)?;
    match (mark, second) {
        ('年', '月') => matches!(step(text, &mut at)?, '日' | '号' | '號').then_some(())?,
        ('-' | '/' | '.' | '－' | '．' | '／', same) if same == mark => {
            let next = text[at..].chars().next();
            next.is_none_or(|c| !c.is_ascii_digit()).then_some(())?;
        }
        _ => return None,
    }
    valid(year, month, day).then(|| (format!("{year:04}-{month:02}-{day:02}"), at))
}

fn skip(text: &str, at: &mut usize) {
    let rest = &text[*at..];
    *at += rest
        .chars()
        .take(6)
        .take_while(|&c| is_filler(c))
        .map(char::len_utf8)
        .sum::<usize>();
}

fn part(text: &str, at: &mut usize) -> Option<u32> {
    skip(text, at);
    let (value, length) = number(&text[*at..])?;
    *at += length;
    Some(value)
}

fn step(text: &str, at: &mut usize) -> Option<char> {
    skip(text, at);
    let found = text[*at..].chars().next()?;
    *at += found.len_utf8();
    Some(found)
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Month and day before an English year, and where they begin.
fn english(left: &str) -> Option<(u32, u32, usize)> {
    let lower = left.to_ascii_lowercase();
    let (at, month) = (1..)
        .zip(MONTHS)
        .filter_map(|(number, name)| lower.rfind(name).map(|at| (at, number)))
        .max()?;
    let digits = |text: &str| {
        let run: String = text.chars().filter(char::is_ascii_digit).take(3).collect();
        run.parse::<u32>().ok()
    };
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '.'))
    };
    let tail = &lower[at..];
    if !plain(tail) {
        return None;
    }
    let (day, start) = match digits(tail) {
        Some(day) => (day, at),
        None => {
            let head = lower[..at].trim_end();
            let start = head
                .rfind(|c: char| !c.is_ascii_alphanumeric())
                .map_or(0, |cut| cut + 1);
            (head.get(start..).and_then(digits)?, start)
        }
    };
    valid(2000, month, day).then_some((month, day, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: Option<&str>) {
        let at = ["20", "二〇"].iter().find_map(|year| text.find(year));
        let found = at.and_then(|at| date(text, at));
        assert_eq!(found.map(|(date, ..)| date).as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_are_read_in_every_dress() {
        for text in [
            "2026年1月5日",
            "[2026]年[01]月[05]日",
            "【2026】年【1】月【5】日",
            "二〇二六年一月五日",
            "2026-01-05",
            "2026/1/5",
            "2026.1.5",
            "2026－01－05",
            "日期：20260105",
            "January 5, 2026",
            "Jan. 5 2026",
            "5 January 2026",
            "**2026**年**1**月**5**日",
        ] {
            case(text, Some("2026-01-05"));
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "2026年13月5日",
            "2026年2月30日",
            "2026年1月",
            "2026-01",
            "120260105",
            "20260105",
            "2026.1.5.7x",
            "20",
        ] {
            case(
                text,
                if text == "2026.1.5.7x" {
                    Some("2026-01-05")
                } else {
                    None
                },
            );
        }
    }
}
