//! Numbers of days as policies write them: `15`, `十五个`, `【15】`, `十五（15）`, and what only looks so.

use super::reach::{after, before, is_filler, number, number_before, starts};

/// The number before a unit and where it begins: `15`, `十五个`, `【15】`, `十五（15）`.
pub(super) fn counted(text: &str, unit: usize) -> Option<(u32, usize)> {
    let trim = |left: &str| {
        left.trim_end_matches(|c| is_filler(c) || matches!(c, '个' | '個' | '”' | '“' | '"'))
            .len()
    };
    let left = before(text, unit, 30);
    let base = unit - left.len();
    let kept = trim(left);
    let inner = left[..kept].trim_end_matches(['）', ')']);
    let (value, start) = number_before(text, base + inner.len())?;
    if inner.len() == kept {
        return Some((value, start));
    }
    // 十五（15）: the same number twice, counted once.
    let head = before(text, start, 12);
    let opened = head
        .trim_end_matches(is_filler)
        .trim_end_matches(['（', '(']);
    let outer = start - head.len() + opened.len();
    Some(number_before(text, outer).map_or((value, start), |(_, start)| (value, start)))
}

/// Days in so many units; `None` where they come to no whole number or to none that is plausible.
pub(super) fn days_of(text: &str, end: usize, count: u32, days: u32) -> Option<u32> {
    let total = if days == 0 {
        let within = starts(
            after(text, end, 9),
            &["内", "之内", "以内", "內", "后", "之后", "以后", "後"],
        );
        (within && count.is_multiple_of(24)).then_some(count / 24)?
    } else {
        count.checked_mul(days)?
    };
    (1..=3650).contains(&total).then_some(total)
}

/// Whether number and unit at this place are a term: no date, no ordinal, no span of the past and
/// not the shorter end of a range.
pub(super) fn is_term(text: &str, start: usize, end: usize) -> bool {
    let left = before(text, start, 18).trim_end_matches(is_filler);
    let right = after(text, end, 24);
    let dated = left.ends_with([
        '月', '第', '年', '/', '.', '／', '每', '近', '过', '去', '数',
    ]) && !left.ends_with("超过")
        || left.ends_with("最近");
    // 日志 and 天猫 are words; 30天用短信通知 has none.
    let word = if text[..end].ends_with('日') {
        right.starts_with(['志', '常', '期', '历', '程', '本', '记'])
            || starts(right, &["用品", "用百货", "用商品"])
    } else {
        right.starts_with(['猫', '气', '然'])
    } || starts(right, &["无理由", "内的", "前的"]);
    let range = right
        .trim_start_matches(is_filler)
        .strip_prefix(['至', '到', '-', '~', '～', '—', '–'])
        .is_some_and(|rest| number(rest.trim_start_matches(is_filler)).is_some());
    !dated && !word && !range
}
