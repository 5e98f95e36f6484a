//! Terms in days that the operator sets itself.

use crate::document::{Deadline, Unit};
use crate::numerals;
use crate::structure::draft::Draft;
use crate::text::sentences;

/// Words for keeping data.
const KEPT: [&str; 4] = ["保存", "存储", "留存", "保留"];

/// The deadlines whose purpose is told in their sentence.
pub(super) fn find(drafts: &[&Draft]) -> Vec<Deadline> {
    let mut found = Vec::new();
    for draft in drafts {
        for (start, sentence) in sentences(&draft.text) {
            let Some(what) = what(sentence) else { continue };
            let chars: Vec<char> = sentence.chars().collect();
            let mut at = 0;
            while at < chars.len() {
                let Some((count, unit, length)) = days(&chars, at) else {
                    at += numerals::read(&chars[at..]).map_or(1, |(_, length)| length.max(1));
                    continue;
                };
                let before: String = chars[at.saturating_sub(6)..at].iter().collect();
                let kept = KEPT.iter().any(|word| before.contains(word));
                let what = if kept { "retention" } else { what };
                found.push(Deadline {
                    what: what.to_owned(),
                    count,
                    unit,
                    line: draft.line_at(start + at),
                });
                at += length;
            }
        }
    }
    found
}

/// What is due, by the words of the sentence.
fn what(sentence: &str) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let stops = has(&[
        "停止运营",
        "终止运营",
        "终止服务",
        "停止服务",
        "终止经营",
        "停运",
    ]);
    if stops && has(&["提前", "通知", "公告"]) {
        Some("shutdown_notice")
    } else if has(&[
        "回复",
        "答复",
        "响应",
        "反馈",
        "处理您的请求",
        "处理你的请求",
    ]) {
        Some("response")
    } else if has(&["注销"]) {
        Some("cancellation")
    } else if has(&["删除", "清除"]) {
        Some("deletion")
    } else if has(&KEPT) {
        Some("retention")
    } else {
        None
    }
}

/// A number of days at `at`: count, unit and characters taken. A day of a month is none.
fn days(chars: &[char], at: usize) -> Option<(u32, Unit, usize)> {
    if at > 0 && (matches!(chars[at - 1], '月' | '第') || numerals::digit(chars[at - 1]).is_some())
    {
        return None;
    }
    let (count, digits) = numerals::read(&chars[at..])?;
    let mut end = at + digits;
    let skip = |end: &mut usize| {
        *end += chars[*end..]
            .iter()
            .take_while(|c| c.is_whitespace())
            .count()
    };
    skip(&mut end);
    if chars.get(end) == Some(&'个') {
        end += 1;
        skip(&mut end);
    }
    let rest: String = chars[end..].iter().take(4).collect();
    let (unit, length) = if rest.starts_with("工作日") || rest.starts_with("工作天") {
        (Unit::WorkingDay, 3)
    } else if rest.starts_with("自然日") || rest.starts_with("日历日") {
        (Unit::Day, 3)
    } else if rest.starts_with('天') || (rest.starts_with('日') && !rest.starts_with("日志")) {
        (Unit::Day, 1)
    } else {
        return None;
    };
    (1..=3650)
        .contains(&count)
        .then_some((count, unit, end + length - at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[(&str, u32, Unit)]) {
        let found = over(text, find);
        let found: Vec<_> = found
            .iter()
            .map(|d| (d.what.as_str(), d.count, d.unit))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn terms_are_read_with_what_they_are_for() {
        case(
            "收到后15个工作日内回复。",
            &[("response", 15, Unit::WorkingDay)],
        );
        case("我们在 15 天内答复您；", &[("response", 15, Unit::Day)]);
        case("一般在三十天内回复。", &[("response", 30, Unit::Day)]);
        case(
            "停止运营的，提前30日公告。",
            &[("shutdown_notice", 30, Unit::Day)],
        );
        case("注销后保存90天再删除。", &[("retention", 90, Unit::Day)]);
        case("日志保存180日。", &[("retention", 180, Unit::Day)]);
    }

    #[test]
    fn other_numbers_are_no_terms() {
        case("回复时间：2026年6月30日", &[]);
        case("答复满意率达50%。", &[]);
        case("连续签到7天可得奖励。", &[]);
        case("第七日回复", &[]);
    }
}
