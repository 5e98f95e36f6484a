//! What the words of a line say of it: a name, a statement, a value.

use super::{EMPHASISED, NUMBERED, PLAIN};
use crate::input::lines::Line;
use crate::numerals;
use crate::structure::numbering::Style;
use crate::text::{has_any, is_sentence_mark, trim};

/// A label without the marks of a sentence. A closing colon or question mark is allowed to short
/// ones, and a colon inside to outer ones: 附件一：清单.
pub(super) fn reads_as_heading(rest: &str, style: Style) -> bool {
    let body = rest.strip_suffix(['：', ':', '？', '?']).unwrap_or(rest);
    // No character takes more bytes: what is longer needs no closer look.
    if body.len() > 4 * NUMBERED {
        return false;
    }
    // Nearly all statements end here.
    if body.ends_with(['。', '、', '.', '；', ';']) {
        return false;
    }
    let closed = body.len() < rest.len();
    let length = body.chars().count();
    let asks = rest.ends_with(['？', '?']);
    // 公开披露个人信息时免于同意的例外： names what stands below it, however long it is.
    let names = ["的情形", "的情况", "的例外"];
    let short = closed && !asks && !names.iter().any(|name| body.ends_with(name));
    let limit = if short { PLAIN } else { NUMBERED };
    let colon = length <= EMPHASISED
        && body.split_once(['：', ':']).is_some_and(|(before, after)| {
            (style <= Style::HanComma || names_a_kind(before))
                && !after.is_empty()
                && !after.contains(is_sentence_mark)
        });
    // 1. 我们会收集： opens a list; （四）您理解并同意： stands where headings stand.
    let addresses =
        closed && !asks && style > Style::HanParen && body.starts_with(['我', '您', '你']);
    let leads = addresses || closed && leads_on(body);
    !leads
        && length <= limit
        && (colon || !is_broken(body))
        && !opens_a_condition(body)
        && !holds_a_value(body)
        && !leaves_open(body)
        // A tab sets the cells of a row apart.
        && !body.contains('\t')
}

/// Whether marks of a sentence stand in words; in brackets, 其他（如：客服），they only explain.
fn is_broken(body: &str) -> bool {
    let mut open = 0_u32;
    body.chars().any(|c| {
        match c {
            '（' | '(' => open += 1,
            '）' | ')' => open = open.saturating_sub(1),
            _ => {}
        }
        is_sentence_mark(c) && (open == 0 || matches!(c, '。' | '；' | ';' | '！'))
    })
}

/// 业务功能一：注册 is the name of one of several, and no key with its value.
fn names_a_kind(before: &str) -> bool {
    const KINDS: [&str; 5] = ["业务功能", "附加功能", "扩展功能", "基本功能", "核心功能"];
    let bare = before.trim_end_matches(|c| numerals::is_han(c) || numerals::digit(c).is_some());
    let counts = bare.len() < before.len() && bare.chars().nth(1).is_some();
    let named = bare.chars().all(|c| c.is_alphabetic() && !c.is_ascii());
    named && counts || KINDS.iter().any(|kind| before.ends_with(kind))
}

/// 场景二：评价、晒单。 behind the heading 场景一：收藏 is the next one, whatever closes it.
pub(super) fn names_the_next(elder: &str, body: &str) -> bool {
    fn kind(body: &str) -> Option<(&str, &str, &str)> {
        let (before, after) = body.split_once(['：', ':'])?;
        let counts = |c: char| numerals::is_han(c) || numerals::digit(c).is_some();
        let bare = before.trim_end_matches(counts);
        Some((bare, &before[bare.len()..], after))
    }
    let Some((bare, number, name)) = body.strip_suffix('。').and_then(kind) else {
        return false;
    };
    kind(elder).is_some_and(|(first, before, _)| {
        let counted = !number.is_empty() && !before.is_empty() && number != before;
        first == bare && counted && bare.chars().nth(1).is_some()
    }) && body.len() <= 3 * NUMBERED
        && !name.is_empty()
        && !name.contains(is_sentence_mark)
        && !opens_a_condition(name)
}

/// Whether words that a colon closes lead to what stands below, and do not name it.
pub(in crate::structure) fn leads_on(body: &str) -> bool {
    // 本政策将帮助您了解：
    const TELLS: [&str; 7] = ["说明", "了解", "介绍", "阐述", "告知", "明确", "知悉"];
    let tells = TELLS.iter().any(|word| body.ends_with(word));
    announces(body)
        || body.ends_with('指')
        || tells && body.contains(['您', '你']) && !body.contains("如何")
}

/// 我们如何保护您的信息？ names a part as plainly as 我们如何保护您的信息. So do two questions.
pub(super) fn asks(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "如何", "怎样", "怎么", "哪些", "什么", "为何", "何时", "哪里", "多久", "谁", "是否",
    ];
    const MOST: usize = 2;
    let one = |body: &str| {
        // 您是否同意？ waits for an answer.
        let answered = body.starts_with(['您', '你']) && body.contains("是否");
        !body.contains(is_sentence_mark) && !answered && has_any(body, &WORDS)
    };
    let Some(body) = text.strip_suffix(['？', '?']) else {
        return false;
    };
    body.split(['？', '?']).count() <= MOST && body.split(['？', '?']).all(one)
}

/// 如何处理意见，或提出投诉 asks as well, and is a heading however long it is.
pub(super) fn asks_how(text: &str) -> bool {
    const GOES_ON: [&str; 6] = ["或", "以及", "及", "和", "与", "并"];
    let body = ["我们", "您", "你"]
        .iter()
        .find_map(|who| text.strip_prefix(who))
        .unwrap_or(text);
    let how = body.starts_with("如何") || body.starts_with("怎样");
    let mut parts = text.split('，');
    let ends = |c| is_sentence_mark(c) || matches!(c, '、' | '.' | '的' | '时');
    how && parts
        .next()
        .is_some_and(|part| !part.contains(is_sentence_mark))
        && parts.all(|part| {
            let joined = GOES_ON.iter().any(|word| part.starts_with(word));
            joined && !part.contains(is_sentence_mark)
        })
        && !text.ends_with(ends)
        && !text.contains("取决于")
}

/// Whether a bracket is open at the end: the line is broken in the midst of words.
pub(in crate::structure) fn leaves_open(text: &str) -> bool {
    const REACH: usize = 64;
    let mut back = text.chars().rev().take(REACH);
    let bracket = back.find(|c| matches!(c, '（' | '(' | '）' | ')'));
    matches!(bracket, Some('（' | '('))
}

/// What ends in `…包括：` announces a list and states something.
pub(super) fn announces(body: &str) -> bool {
    ["包括", "如下", "以下", "下列", "下述"]
        .iter()
        .any(|word| body.contains(word))
}

/// Whether the text states something of itself: 本政策自发布之日起生效.
pub(super) fn tells_of_itself(text: &str) -> bool {
    const ENDS: [&str; 4] = ["生效", "施行", "为准", "所有"];
    let own = text
        .strip_prefix('本')
        .is_some_and(|rest| rest.contains("适用于") || ENDS.iter().any(|end| rest.ends_with(end)));
    own && !["如何", "怎样", "哪", "什么", "何时", "的"]
        .iter()
        .any(|word| text.contains(word))
}

pub(super) fn asks_the_reader(text: &str) -> bool {
    ["请您", "请你", "請您", "請你"]
        .iter()
        .any(|word| text.contains(word))
}

pub(super) fn opens_a_condition(body: &str) -> bool {
    [
        "如果", "若您", "如您", "若你", "如你", "当您", "当你", "當您", "當你",
    ]
    .iter()
    .any(|opening| body.starts_with(opening))
}

/// Dates, telephone numbers and addresses stand on short lines as well.
pub(super) fn holds_a_value(text: &str) -> bool {
    let digits = text
        .chars()
        .filter(|c| numerals::digit(*c).is_some())
        .count();
    digits >= 6
        || text.contains('@')
        || (digits >= 4 && text.contains('年') && text.contains('月'))
        || text.contains("://")
}

/// 生效日期：2026年1月1日 says when, whatever markup it has: a date below which nothing stands.
pub(in crate::structure) fn is_dated(text: &str) -> bool {
    let Some((key, value)) = text.split_once(['：', ':']) else {
        return false;
    };
    let key = trim(key);
    let opens = |c: char| matches!(c, '[' | '【' | '「') || numerals::digit(c).is_some();
    (key.ends_with("日期") || key.ends_with("时间") || key.ends_with("時間"))
        && trim(value).starts_with(opens)
        && holds_a_value(value)
}

/// How wide a line's words are: the letters of a foreign name take half as much room as Han characters.
pub(super) fn width(line: &Line<'_>) -> usize {
    let length = line.length as usize;
    if !(PLAIN..2 * PLAIN).contains(&length) {
        return length;
    }
    let letters = line.words().bytes().filter(u8::is_ascii_alphabetic);
    length - letters.count() / 2
}
