//! Which lines are headings. Where that is not plain, a line is a clause: a statement shown as a
//! heading would lose its kinds and marks.

use crate::input::Hint;
use crate::input::lines::Line;
use crate::numerals;
use crate::structure::numbering::Style;
use crate::text::ends_sentence;

/// Longest headings, in characters after the number: numbered ones, those without a number, those
/// that markup has told to be one, and numbered ones with a comma inside.
pub(super) const NUMBERED: usize = 40;
pub(super) const PLAIN: usize = 20;
pub(super) const MARKED: usize = 60;
const EMPHASISED: usize = 30;

/// Tells for every line whether it heads what follows. `free[i]` is false for lines of contents and
/// tables; `sure[i]` is true where the contents lead to.
pub(crate) fn find(lines: &[Line<'_>], free: &[bool], sure: &[bool]) -> Vec<bool> {
    let mut heads: Vec<bool> = (0..lines.len())
        .map(|index| free[index] && (sure[index] || is_heading(lines, free, index)))
        .collect();
    // A count whose members are headings is one of headings: 三、 is one although its words have a
    // comma, if 二、 or 四、 is.
    let mut last: Vec<(Style, u32, usize)> = Vec::new();
    let mut previous = vec![None; lines.len()];
    for (index, line) in lines.iter().enumerate().filter(|(index, _)| free[*index]) {
        let Some(label) = line.label.filter(|label| label.number > 0) else {
            continue;
        };
        match last.iter_mut().find(|(style, ..)| *style == label.style) {
            Some(found) => {
                if found.1.saturating_add(1) == label.number {
                    previous[index] = Some(found.2);
                }
                (found.1, found.2) = (label.number, index);
            }
            None => last.push((label.style, label.number, index)),
        }
    }
    // 2. 变更指： opens a list, if 1. before it is a statement.
    for (index, line) in lines.iter().enumerate() {
        let inner = line
            .label
            .is_some_and(|label| label.style > Style::HanParen);
        let elder = previous[index].filter(|_| inner && !sure[index] && line.hint == Hint::None);
        if elder.is_some_and(|elder| !heads[elder] && lines[elder].has_sentence_mark()) {
            heads[index] &= !line.rest().ends_with(['：', ':']);
        }
    }
    let mut beside = vec![false; lines.len()];
    for (index, before) in previous.iter().enumerate() {
        if let Some(before) = *before {
            beside[index] |= heads[before];
            beside[before] |= heads[index];
        }
    }
    let mut counted = vec![0_u32; lines.len()];
    for index in 0..lines.len() {
        if beside[index] && !heads[index] && free[index] {
            // A section that was left empty: （五） and （六） follow each other, but （一） to （四） did not.
            let elder = previous[index].map_or(0, |before| counted[before]);
            let empty = elder >= 2
                && lines[index].label.is_some_and(|label| {
                    label.style <= Style::HanParen
                        && reads_as_heading(lines[index].rest(), label.style)
                });
            heads[index] = empty || may_be_heading(lines, free, index);
        }
        let elder = previous[index].map_or(0, |before| counted[before]);
        counted[index] = elder + u32::from(heads[index]);
    }
    heads
}

/// A numbered line with a comma inside, or a longer one, that stands alone before text.
fn may_be_heading(lines: &[Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let Some(label) = line.label else {
        return false;
    };
    let rest = line.rest();
    let body = rest.strip_suffix(['：', ':', '？', '?']).unwrap_or(rest);
    // （二） 我们的措施。 between （一） 期限 and （三） 通知.
    let stopped = rest
        .strip_suffix('。')
        .is_some_and(|body| label.style <= Style::HanParen && body.chars().count() <= PLAIN);
    if stopped {
        return reads_as_heading(rest.trim_end_matches('。'), label.style)
            && stands_apart(lines, index);
    }
    label.style <= Style::Dotted(1)
        && line.length as usize <= MARKED
        && !body.contains(['。', '；', ';', '！', '：', ':'])
        && !body.ends_with(['，', '、', ','])
        && !opens_a_condition(body)
        && !announces(body)
        && stands_apart(lines, index)
        && lines.get(index + 1).is_some_and(|next| {
            free[index + 1] && next.label.map(|label| label.style) != Some(label.style)
        })
}

/// Whether line `index` heads what follows, by itself.
fn is_heading(lines: &[Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let broken = line.is_rest() || lines.get(index + 1).is_some_and(Line::is_rest);
    if line.is_rule() || line.hint == Hint::Caption || broken {
        return false;
    }
    if let Hint::Heading(_) = line.hint {
        let rest = line.rest();
        let states = rest.ends_with(['。', '；', ';', '，', ','])
            || rest.ends_with(['：', ':']) && (announces(rest) || asks_the_reader(rest))
            || rest.contains('。') && rest.chars().count() > NUMBERED;
        return !rest.is_empty() && line.length as usize <= MARKED && !states;
    }
    // A dash or star begins an item of a list; other bullets, and what a lost one left behind, begin
    // headings as well.
    let listed = line.words().starts_with(['-', '*', '+', '–']);
    if listed {
        return false;
    }
    let item = |style| style == Style::Bullet && line.hint == Hint::Item;
    let Some(label) = line.label.filter(|label| !item(label.style)) else {
        return is_emphasised(lines, free, index) || is_plain(lines, free, index);
    };
    let rest = line.rest();
    let outer = label.style <= Style::Article;
    if rest.is_empty() {
        // 第一章 on a line of its own.
        return outer;
    }
    reads_as_heading(rest, label.style)
        && (outer || label.style == Style::HanComma || stands_apart(lines, index))
}

/// A label without the marks of a sentence. A closing colon or question mark is allowed to short
/// ones, and a colon inside to outer ones: 附件一：清单.
fn reads_as_heading(rest: &str, style: Style) -> bool {
    let body = rest.strip_suffix(['：', ':', '？', '?']).unwrap_or(rest);
    // No character takes more bytes: what is longer needs no closer look.
    if body.len() > 4 * NUMBERED {
        return false;
    }
    let closed = body.len() < rest.len();
    let length = body.chars().count();
    let asks = rest.ends_with(['？', '?']);
    // 公开披露个人信息时免于同意的例外： names what stands below it, however long it is.
    let names = ["的情形", "的情况", "的例外"];
    let short = closed && !asks && !names.iter().any(|name| body.ends_with(name));
    let limit = if short { PLAIN } else { NUMBERED };
    let colon = style <= Style::HanComma
        && length <= EMPHASISED
        && body.split_once(['：', ':']).is_some_and(|(_, after)| {
            !after.is_empty() && !after.contains(crate::text::is_sentence_mark)
        });
    // 1. 我们会收集： opens a list; （四）您理解并同意： stands where headings stand.
    let addresses = closed && style > Style::HanParen && body.starts_with(['我', '您', '你']);
    let leads = addresses || closed && announces(body);
    !leads
        && length <= limit
        && (colon || !body.contains(crate::text::is_sentence_mark))
        && !body.ends_with(['。', '、', '.', '；', ';'])
        && !opens_a_condition(body)
        && !holds_a_value(body)
}

/// What ends in `…包括：` announces a list and states something.
fn announces(body: &str) -> bool {
    ["包括", "如下", "以下", "下列"]
        .iter()
        .any(|word| body.contains(word))
}

fn asks_the_reader(text: &str) -> bool {
    ["请您", "请你", "請您", "請你"]
        .iter()
        .any(|word| text.contains(word))
}

fn opens_a_condition(body: &str) -> bool {
    [
        "如果", "若您", "如您", "若你", "如你", "当您", "当你", "當您", "當你",
    ]
    .iter()
    .any(|opening| body.starts_with(opening))
}

/// Dates, telephone numbers and addresses stand on short lines as well.
fn holds_a_value(text: &str) -> bool {
    let digits = text
        .chars()
        .filter(|c| numerals::digit(*c).is_some())
        .count();
    digits >= 6
        || text.contains('@')
        || (digits >= 4 && text.contains('年') && text.contains('月'))
        || text.contains("://")
}

/// Items that follow each other without text between them are a list, whatever they look like; so
/// is the last item after one that ends with a semicolon.
fn stands_apart(lines: &[Line<'_>], index: usize) -> bool {
    let Some(label) = lines[index].label else {
        return true;
    };
    let sibling = |other: &Line<'_>, ahead: bool| {
        other.label.is_some_and(|found| {
            let (first, second) = if ahead {
                (label, found)
            } else {
                (found, label)
            };
            found.style == label.style
                && (label.style == Style::Bullet || first.number.saturating_add(1) == second.number)
        })
    };
    let next = lines.get(index + 1).is_some_and(|next| sibling(next, true));
    let previous = index
        .checked_sub(1)
        .map(|before| &lines[before])
        .is_some_and(|before| {
            // Bullets one below the other are a list, also where some have text of their own.
            sibling(before, false)
                && (label.style == Style::Bullet
                    || !before.has_sentence_mark()
                    || before.text.ends_with(['；', ';']))
        });
    // Nor is it after three short ones.
    let short = |before: usize| {
        let line = &lines[before];
        line.length as usize <= NUMBERED
            && line.label.is_some_and(|found| {
                let after = u32::try_from(index - before).unwrap_or(u32::MAX);
                found.style == label.style && found.number.saturating_add(after) == label.number
            })
    };
    let listed = index >= 3 && label.number > 3 && (index - 3..index).all(short);
    !next && !previous && !listed
}

/// A short line that is emphasised as a whole, with something below it.
fn is_emphasised(lines: &[Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    if !line.bold || line.length as usize > EMPHASISED || line.length < 2 {
        return false;
    }
    let rest = line.rest();
    let body = rest.strip_suffix(['：', ':', '？', '?']).unwrap_or(rest);
    let closed = body.len() < rest.len();
    !body.contains(crate::text::is_sentence_mark)
        && !body.ends_with(['。', '、', '.'])
        && !(closed && (announces(body) || body.starts_with(['我', '您', '你'])))
        && !opens_a_condition(body)
        && !holds_a_value(body)
        && body.chars().any(char::is_alphabetic)
        && !body.ends_with("公司")
        && lines.get(index + 1).is_some_and(|next| {
            let beside = next.bold && next.label.is_none() && !next.gap && next.hint == line.hint;
            let listed = line.hint == Hint::Item && next.hint == Hint::Item;
            (!beside && !listed) || !free[index + 1]
        })
}

/// A line that brackets set apart as a whole, above other words: 【某某SDK（内含，分享）】.
fn names_what_follows(lines: &[Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let text = line.words();
    let inner = text.trim_matches(['【', '】']);
    // What stands in further brackets only explains the name.
    let name = inner.split(['（', '(']).next().unwrap_or(inner);
    line.length as usize <= EMPHASISED * 2
        && line.label.is_none()
        && !inner.contains(['。', '；', '【', '！'])
        && !name.contains(crate::text::is_sentence_mark)
        && (2..=EMPHASISED).contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && !asks_the_reader(name)
        && !name.contains(['您', '你', '我'])
        && lines
            .get(index + 1)
            .is_some_and(|next| free[index + 1] && next.has_sentence_mark())
}

/// 特别提示： or 转让： on a line of its own above a statement.
fn is_notice(lines: &[Line<'_>], index: usize) -> bool {
    let text = lines[index].words();
    let name = text.trim_end_matches(['：', ':']);
    let names = [
        "提示", "说明", "声明", "引言", "前言", "摘要", "导言", "须知", "概述",
    ];
    name.len() < text.len()
        && names.iter().any(|word| name.ends_with(word))
        && !name.contains(['您', '你', '我'])
        && !name.contains(crate::text::is_sentence_mark)
        && lines
            .get(index + 1)
            .is_some_and(|next| next.text.contains('。') && next.length as usize > PLAIN)
}

fn is_plain(lines: &[Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let text = line.words();
    let bracketed = text.starts_with('【') && text.ends_with('】');
    if bracketed && names_what_follows(lines, free, index) {
        return true;
    }
    let short = line.length as usize <= PLAIN && line.length >= 2;
    let notice = short && is_notice(lines, index);
    if !short
        || line.label.is_some()
        || line.hint == Hint::Item
        || line.is_quoted()
        || !notice && line.has_sentence_mark()
        || text.ends_with(['。', '、', '.'])
        || asks_the_reader(text)
        || holds_a_value(text)
    {
        return false;
    }
    if !text.chars().any(char::is_alphabetic)
        || text.starts_with(['（', '(', '[', '“', '”', '|', '<', '!'])
    {
        return false;
    }
    // What stands before must be complete, and a paragraph or an item must follow: rows of short
    // lines are cells or an address.
    let previous = index.checked_sub(1).map(|before| &lines[before]);
    let complete = previous.is_none_or(|before| {
        before
            .words()
            .ends_with(|c| ends_sentence(c) || matches!(c, '）' | ')' | '】' | '》' | '”' | '"'))
            || !before.has_sentence_mark()
            || line.gap
    });
    let follows = lines.get(index + 1).is_some_and(|next| {
        free[index + 1] && (next.has_sentence_mark() || next.label.is_some()) && next.length >= 4
    });
    let beside_short = previous.is_some_and(|before| {
        !line.gap
            && before.label.is_none()
            && before.hint == Hint::None
            && before.length as usize <= PLAIN
            && !before.has_sentence_mark()
            && index > 1
    });
    complete && follows && (!beside_short || bracketed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let lines = lines::split(text);
        let free = vec![true; lines.len()];
        let heads = find(&lines, &free, &vec![false; lines.len()]);
        let found: Vec<_> = (0..lines.len())
            .filter(|&index| heads[index])
            .map(|index| lines[index].words())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn labels_without_sentence_marks_are_headings() {
        case(
            "一、范围\n正文在此。\n（一）对象\n正文在此。",
            &["一、范围", "（一）对象"],
        );
        case(
            "1、期限：我们只保存一年。\n2、地点\n在中国境内。",
            &["2、地点"],
        );
        case("（一）存储地点：\n在中国境内。", &["（一）存储地点："]);
        case("特别提示\n请您仔细阅读，谢谢。", &["特别提示"]);
        case("【特别提示】\n请您仔细阅读，谢谢。", &["【特别提示】"]);
        case("第三章\n正文在此。", &["第三章"]);
    }

    #[test]
    fn lists_and_values_are_clauses() {
        case("1.姓名\n2.电话\n3.住址", &[]);
        case("1.您要求的；\n2.法律规定的\n正文在此。", &[]);
        case("- 姓名\n- 电话\n完。", &[]);
        case("更新于2026年1月1日\n正文在此。", &[]);
        case("某市某区\n某街1号\n完", &[]);
        case("（一）改动的事项包括：\n（1）目的的变更。", &[]);
        case("（一）如果您注销账号\n我们将删除信息。", &[]);
    }

    #[test]
    fn markup_and_emphasis_make_headings() {
        case("## 范围\n正文。", &["范围"]);
        case("## 我们重视您的隐私。\n正文。", &[]);
        case("**范围与对象**\n\n正文。", &["范围与对象"]);
        case("**我们重视您的隐私，请放心。**\n正文。", &[]);
        case(
            "1. **范围**\n正文。\n2. **对象**\n正文。",
            &["1. **范围**", "2. **对象**"],
        );
    }

    #[test]
    fn a_comma_is_allowed_beside_headings() {
        case(
            "一、范围\n正文。\n二、我们如何收集，使用和保存信息\n正文。",
            &["一、范围", "二、我们如何收集，使用和保存信息"],
        );
        case("二、我们收集，使用和保存信息\n正文。", &[]);
        case(
            "一、我们会收集哪些信息？\n正文。",
            &["一、我们会收集哪些信息？"],
        );
        case("附件一：名单\n正文。", &["附件一：名单"]);
    }
}
