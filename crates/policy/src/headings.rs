//! Which lines are headings. Where that is not plain, a line is a clause: a statement shown as a
//! heading would lose its kinds and marks.

use crate::lines::Line;
use crate::numbering::Style;
use crate::text::{ends_sentence, squeeze};

/// Longest heading, in characters after the label.
const NUMBERED: usize = 40;
const PLAIN: usize = 20;

/// Whether line `index` heads what follows. `free[i]` is false for contents and table lines.
pub(crate) fn is_heading(lines: &[Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    match line.label {
        None => is_plain(lines, free, index),
        Some(label) => {
            let rest = line.rest();
            let outer = label.style <= Style::Article;
            if rest.is_empty() {
                // 第一章 on a line of its own.
                return outer && !matches!(label.style, Style::Hash(_));
            }
            reads_as_heading(rest)
                && (outer || label.style == Style::HanComma || stands_apart(lines, index))
        }
    }
}

/// A label without the marks of a sentence. A closing colon is allowed to short ones.
fn reads_as_heading(rest: &str) -> bool {
    let body = rest.strip_suffix(['：', ':']).unwrap_or(rest);
    let announces = body.len() < rest.len()
        && ["包括", "如下", "以下"]
            .iter()
            .any(|word| body.contains(word));
    let length = body.chars().count();
    let limit = if body.len() < rest.len() {
        PLAIN
    } else {
        NUMBERED
    };
    !announces
        && length <= limit
        && !body.contains(crate::text::is_sentence_mark)
        && !body.ends_with(['。', '、', '.'])
        && !["如果", "若您", "如您"]
            .iter()
            .any(|opening| body.starts_with(opening))
        && !holds_a_value(body)
}

/// Dates, telephone numbers and addresses stand on short lines as well.
fn holds_a_value(text: &str) -> bool {
    let digits = text
        .chars()
        .filter(|c| crate::numerals::digit(*c).is_some())
        .count();
    digits >= 6 || text.contains('@') || (digits >= 4 && text.contains('年') && text.contains('月'))
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
            sibling(before, false)
                && (!before.has_sentence_mark() || before.text.ends_with(['；', ';']))
        });
    !next && !previous
}

fn is_plain(lines: &[Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let bracketed = line.text.starts_with('【') && line.text.ends_with('】');
    let short = line.length <= PLAIN && line.length >= 2;
    if !short
        || line.has_sentence_mark()
        || line.text.ends_with(['。', '、', '.'])
        || holds_a_value(line.text)
    {
        return false;
    }
    if !line.text.chars().any(char::is_alphabetic)
        || line.text.starts_with(['（', '(', '[', '“', '”'])
    {
        return false;
    }
    // What stands before must be complete, and a paragraph or an item must follow: rows of short
    // lines are cells or an address.
    let previous = index.checked_sub(1).map(|before| &lines[before]);
    let complete = previous.is_none_or(|before| {
        before
            .text
            .ends_with(|c| ends_sentence(c) || matches!(c, '）' | ')' | '】' | '》' | '”' | '"'))
            || !before.has_sentence_mark()
            || before.number + 1 < line.number
    });
    let follows = lines.get(index + 1).is_some_and(|next| {
        free[index + 1] && (next.has_sentence_mark() || next.label.is_some()) && next.length >= 4
    });
    let beside_short = previous.is_some_and(|before| {
        before.number + 1 == line.number
            && before.label.is_none()
            && before.length <= PLAIN
            && !before.has_sentence_mark()
            && index > 1
    });
    complete && follows && (!beside_short || bracketed)
}

/// Words that a policy's own title has.
const TITLE_WORDS: [&str; 10] = [
    "政策",
    "声明",
    "协议",
    "条款",
    "指引",
    "须知",
    "规则",
    "告知书",
    "同意书",
    "说明",
];

/// Index of the lines that carry the document's title: at the head of the text, before any
/// statement. A title said twice is two lines.
pub(crate) fn titles(lines: &[Line<'_>], free: &[bool]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate().take(8) {
        let hash = matches!(line.label.map(|l| l.style), Some(Style::Hash(1)));
        let words = title_words(line.rest());
        if !free[index]
            || (line.label.is_some() && !hash)
            || line.length > NUMBERED
            || line.has_sentence_mark()
        {
            break;
        }
        let names = TITLE_WORDS.iter().any(|word| words.ends_with(word))
            || words.to_lowercase().ends_with("policy");
        let again = found.iter().all(|&first| {
            let first = title_words(lines[first].rest());
            first.contains(&words) || words.contains(&first)
        });
        if names && again && (found.is_empty() || found.len() < 2) {
            found.push(index);
        } else if !found.is_empty() {
            break;
        }
    }
    found
}

/// A title without 《》【】 and blanks at its ends.
pub(crate) fn title_words(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !"《》【】〈〉*".contains(*c))
        .collect();
    crate::text::trim(&text).to_owned()
}

/// The name by which the text calls itself (`本《…政策》`, `制定本《…》`), for texts without a title
/// line.
pub(crate) fn self_name(text: &str) -> Option<String> {
    text.match_indices("本《").find_map(|(at, opening)| {
        let (name, _) = text[at + opening.len()..].split_once('》')?;
        let fits =
            name.chars().count() <= PLAIN && TITLE_WORDS.iter().any(|word| name.ends_with(word));
        fits.then(|| squeeze(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let lines = lines::split(text);
        let free = vec![true; lines.len()];
        let found: Vec<_> = (0..lines.len())
            .filter(|&i| is_heading(&lines, &free, i))
            .map(|i| lines[i].text)
            .collect();
        assert_eq!(found, expected);
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
    fn titles_stand_at_the_head() {
        let lines = lines::split("隐私声明\n\n【某某】隐私声明\n提示条款\n正文，正文。");
        assert_eq!(titles(&lines, &[true; 5]), [0, 1]);
        assert_eq!(title_words("【某某】隐私声明"), "某某隐私声明");
        assert_eq!(
            self_name("特此写下本《隐私政策》并提醒您"),
            Some("隐私政策".to_owned())
        );
        let lines = lines::split("我们重视您的隐私，故有本政策。\n隐私政策");
        assert!(titles(&lines, &[true; 2]).is_empty());
    }
}
