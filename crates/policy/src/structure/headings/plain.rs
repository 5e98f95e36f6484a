//! Headings without a number: told by emphasis, by brackets, or by how they stand.

use super::words::{
    asks, asks_how, asks_the_reader, holds_a_value, leads_on, leaves_open, opens_a_condition,
    tells_of_itself, width,
};
use super::{EMPHASISED, NUMBERED, PLAIN};
use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::numbering::Style;
use crate::structure::titles::names_a_policy;
use crate::text::{ends_sentence, is_sentence_mark};

/// A short line that is emphasised as a whole, with something below it.
pub(super) fn is_emphasised(lines: &[&Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    if !line.bold || line.length as usize > EMPHASISED || line.length < 2 {
        return false;
    }
    let rest = line.rest();
    let body = rest.strip_suffix(['：', ':', '？', '?']).unwrap_or(rest);
    let closed = body.len() < rest.len();
    !body.contains(is_sentence_mark)
        && !body.ends_with(['。', '、', '.'])
        && !(closed && (leads_on(body) || opens_a_statement(body)))
        && !opens_a_condition(body)
        && !holds_a_value(body)
        && !leaves_open(body)
        && body.chars().any(char::is_alphabetic)
        && !body.ends_with("公司")
        && !tells_of_itself(body)
        && !stands_above_dates(lines, index)
        && lines.get(index + 1).is_some_and(|next| {
            let beside = next.bold && next.label.is_none() && !next.gap && next.hint == line.hint;
            let listed = line.hint == Hint::Item && next.hint == Hint::Item;
            (!beside && !listed) || !free[index + 1]
        })
}

/// 我们承诺： or 需要说明的是： goes on below.
fn opens_a_statement(body: &str) -> bool {
    body.starts_with(['我', '您', '你']) || body.ends_with('是')
}

/// A line that brackets set apart as a whole, above other words: 【某某SDK（内含，分享）】.
fn names_what_follows(lines: &[&Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let text = line.words();
    let inner = text.trim_matches(['【', '】']);
    // What stands in further brackets only explains the name.
    let name = inner.split(['（', '(']).next().unwrap_or(inner);
    line.length as usize <= EMPHASISED * 2
        && line.label.is_none()
        && !inner.contains(['。', '；', '【', '！'])
        && !name.contains(is_sentence_mark)
        && (2..=EMPHASISED).contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && !asks_the_reader(name)
        && !name.contains(['您', '你', '我'])
        && lines
            .get(index + 1)
            .is_some_and(|next| free[index + 1] && next.has_sentence_mark())
}

/// What sections are about that have no number.
const NOTICES: [&str; 22] = [
    "提示",
    "说明",
    "声明",
    "引言",
    "前言",
    "摘要",
    "导言",
    "须知",
    "概述",
    "共享",
    "转让",
    "披露",
    "委托处理",
    "存储",
    "保存",
    "储存",
    "保护",
    "收集",
    "使用",
    "删除",
    "注销",
    "撤回",
];

/// Whether words that a colon closes name what sections are about.
pub(super) fn names_a_notice(text: &str) -> bool {
    let name = text.trim_end_matches(['：', ':']);
    name.len() < text.len()
        && NOTICES.iter().any(|word| name.ends_with(word))
        && !leads_on(name)
        && !name.contains(['您', '你', '我'])
        && !name.contains(is_sentence_mark)
}

/// 特别提示： or 转让： on a line of its own above a statement.
pub(super) fn is_notice(lines: &[&Line<'_>], index: usize) -> bool {
    names_a_notice(lines[index].words())
        && lines
            .get(index + 1)
            .is_some_and(|next| next.text.contains('。') && next.length as usize > PLAIN)
}

/// 附录：用语 on a line of its own above a statement.
fn is_annex(lines: &[&Line<'_>], index: usize) -> bool {
    let text = lines[index].words();
    let name = ["附录", "附件", "附"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .and_then(|rest| rest.strip_prefix(['：', ':']));
    lines[index].gap
        && name.is_some_and(|name| !name.is_empty() && !name.contains(is_sentence_mark))
        && lines
            .get(index + 1)
            .is_some_and(|next| next.text.contains('。') && next.length as usize > PLAIN)
}

/// What stands below these is a value, however long it is.
const VALUES: [&str; 12] = [
    "地址",
    "电话",
    "热线",
    "邮箱",
    "邮件",
    "时间",
    "日期",
    "名称",
    "公司",
    "网址",
    "单位",
    "收件人",
];

/// 日志信息： and 位置信息：, each a paragraph above one of its own, name parts of one thing.
pub(super) fn head_alike(lines: &[&Line<'_>], free: &[bool], heads: &mut [bool]) {
    let mut last: Option<(usize, &str)> = None;
    for index in 0..lines.len() {
        let Some(kind) = kind_named(lines, free, index) else {
            if heads[index] {
                last = None;
            }
            continue;
        };
        if let Some((elder, _)) = last.filter(|(_, other)| *other == kind) {
            heads[elder] = true;
            heads[index] = true;
        }
        last = Some((index, kind));
    }
}

/// The last two characters of a name that is a paragraph, ends in a colon and stands above a
/// statement.
fn kind_named<'l>(lines: &'l [&Line<'_>], free: &[bool], index: usize) -> Option<&'l str> {
    let line = &lines[index];
    let name = line.words().strip_suffix(['：', ':'])?;
    let next = lines.get(index + 1)?;
    // 我们在配送时得知的信息： says whose and which, and is a name as well.
    let long = name.chars().nth(PLAIN / 2).is_some();
    let detailed = long
        && ["的信息", "的个人信息", "的数据"]
            .iter()
            .any(|end| name.ends_with(end));
    let limit = if detailed { EMPHASISED } else { PLAIN };
    let named = line.length as usize <= limit
        && line.label.is_none()
        && line.hint == Hint::None
        && !line.is_quoted()
        && !name.contains(is_sentence_mark)
        && (detailed || !name.contains(['您', '你', '我']))
        && !leads_on(name)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '、' | ' '));
    let above = line.gap
        && next.gap
        && free[index]
        && free[index + 1]
        && next.hint == Hint::None
        && next.has_sentence_mark()
        && (next.length as usize > PLAIN || next.is_quoted());
    let (at, _) = name.char_indices().rev().nth(1)?;
    let kind = &name[at..];
    (named && above && !VALUES.contains(&kind)).then_some(kind)
}

/// Words that tell a statement from a name.
const STATES: [char; 7] = ['应', '将', '会', '可', '须', '为', '是'];

/// Whether a line gives a number or an address, and nothing behind it: 电话：400-000-0000
pub(super) fn ends_in_a_value(line: &Line<'_>) -> bool {
    let text = line.words();
    text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text.contains(['：', ':', '@'])
        && holds_a_value(text)
}

/// Whether a line may be the name of something, by its own words.
pub(super) fn is_name(line: &Line<'_>) -> bool {
    let text = line.words();
    line.length >= 2
        && line.label.is_none()
        && line.hint != Hint::Item
        && !line.is_quoted()
        && !text.ends_with(['。', '、', '.'])
        && !text.contains(['\t', '|'])
        && !text.starts_with(['（', '(', '[', '“', '”', '|', '<', '!'])
        && text.chars().any(char::is_alphabetic)
        && !asks_the_reader(text)
        && !holds_a_value(text)
        && !leaves_open(text)
        && !text.ends_with("有限公司")
        && !tells_of_itself(text)
}

/// Whether the dates and editions of the text stand below a line at its head: that line is a name,
/// or a remark.
fn stands_above_dates(lines: &[&Line<'_>], index: usize) -> bool {
    const HEAD: usize = 16;
    const KEYS: [&str; 7] = ["更新", "生效", "发布", "修订", "版本", "最近", "最新"];
    let named = || names_a_policy(lines[index].words());
    let next = lines.get(index + 1).filter(|_| index < HEAD && !named());
    next.is_some_and(|next| {
        let text = next.words();
        next.length as usize <= PLAIN + PLAIN / 2
            && text.contains(['：', ':'])
            && KEYS.iter().any(|key| text.starts_with(key))
            && !text.ends_with(['。', '：', ':'])
    })
}

/// Whether it is nothing but 《某某证书》 below a line that leads to it.
fn is_led_to(lines: &[&Line<'_>], index: usize) -> bool {
    let text = lines[index].words();
    text.starts_with('《')
        && text.ends_with('》')
        && index
            .checked_sub(1)
            .is_some_and(|before| lines[before].words().ends_with(['：', ':']))
}

/// 本应用申请的权限： above a list whose items are paragraphs.
fn names_paragraphs(lines: &[&Line<'_>], index: usize) -> bool {
    const KINDS: [&str; 12] = [
        "信息", "权限", "列表", "清单", "政策", "名单", "情况", "数据", "范围", "类型", "场景",
        "功能",
    ];
    let line = &lines[index];
    let name = line.words().strip_suffix(['：', ':']);
    let first = |next: &&Line<'_>| {
        let states = next.text.contains('，') && next.length as usize > NUMBERED;
        let named = next
            .rest()
            .strip_suffix(['：', ':'])
            .is_some_and(|name| !leads_on(name));
        next.label.is_some_and(|label| label.number == 1) && (states || named)
    };
    name.is_some_and(|name| {
        KINDS.iter().any(|kind| name.ends_with(kind))
            && !name.contains(is_sentence_mark)
            && !name.contains(['您', '你', '我'])
            && !leads_on(name)
    }) && lines.get(index + 1).is_some_and(first)
}

/// Whether it is a further paragraph of an item of Markdown (CommonMark 5.2): as deep as its words,
/// behind such paragraphs alone.
fn goes_on_in_an_item(lines: &[&Line<'_>], index: usize) -> bool {
    const MOST: usize = 8;
    // What paragraphs are indented by otherwise is wider, or they begin at the edge.
    const DEEPEST: u32 = 4;
    let line = &lines[index];
    let inner = |indent: u32| (indent + 2..=indent + DEEPEST).contains(&line.indent);
    if line.indent < 2 || !line.gap || !line.is_bare() {
        return false;
    }
    let above = lines[..index].iter().rev().take(MOST);
    let mut above = above.skip_while(|other| {
        other.indent == line.indent && other.gap && other.label.is_none() && other.is_bare()
    });
    above.next().is_some_and(|item| {
        item.text.starts_with(['-', '+', '*'])
            && item.label.is_some_and(|label| label.style == Style::Bullet)
            && inner(item.indent)
    })
}

pub(super) fn is_plain(lines: &[&Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let text = line.words();
    let bracketed = text.starts_with('【') && text.ends_with('】');
    if bracketed && names_what_follows(lines, free, index) {
        return true;
    }
    let next = lines.get(index + 1);
    let alone = line.gap && next.is_some_and(|next| next.gap);
    let longest = if alone { PLAIN + PLAIN / 4 } else { PLAIN };
    let asking = line.gap && line.length as usize <= NUMBERED && asks_how(text);
    let short = (width(line) <= longest || asking) && line.length >= 2;
    let notice = || {
        is_notice(lines, index)
            || is_annex(lines, index)
            || asks(text)
            || names_paragraphs(lines, index)
    };
    let unfit =
        !short || !is_name(line) || is_led_to(lines, index) || stands_above_dates(lines, index);
    if unfit || line.has_sentence_mark() && !asking && !notice() {
        return false;
    }
    // What stands before must be complete, and a paragraph or an item must follow: rows of short
    // lines are cells or an address.
    let previous = index.checked_sub(1).map(|before| &lines[before]);
    let value = previous.is_some_and(|before| {
        let name = before.words().strip_suffix(['：', ':']);
        name.is_some_and(|name| VALUES.iter().any(|word| name.ends_with(word)))
    });
    let complete = previous.is_none_or(|before| {
        before
            .words()
            .ends_with(|c| ends_sentence(c) || matches!(c, '）' | ')' | '】' | '》' | '”' | '"'))
            || !before.has_sentence_mark()
            || line.gap
            || ends_in_a_value(before) && next.is_some_and(|next| next.length as usize > PLAIN)
    });
    // What has no mark may be a paragraph all the same, if it is too long for a name.
    let paragraph = |next: &Line<'_>| {
        let begins = previous.is_some_and(|before| {
            ends_in_a_value(before) || line.gap && before.has_sentence_mark()
        });
        let apart = next.gap && lines.get(index + 2).is_none_or(|other| other.gap);
        begins
            && apart
            && next.hint == Hint::None
            && !next.bold
            && !next.linked
            && next.length as usize > PLAIN + PLAIN / 4
            && next.text.contains(STATES)
            && !holds_a_value(&next.text)
    };
    let follows = lines.get(index + 1).is_some_and(|next| {
        let address = next.text.is_ascii() && next.text.contains("://");
        free[index + 1]
            && next.length >= 4
            && !address
            && (next.has_sentence_mark() || next.label.is_some() || paragraph(next))
    });
    let beside_short = previous.is_some_and(|before| {
        !line.gap
            && before.label.is_none()
            && before.hint == Hint::None
            && before.length as usize <= PLAIN
            && !before.has_sentence_mark()
            && index > 1
    });
    let listed = || goes_on_in_an_item(lines, index);
    complete && follows && !value && (!beside_short || bracketed) && !listed()
}
