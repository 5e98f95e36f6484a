//! Operators that are no Chinese companies: persons and small developers behind a plain label, and
//! companies with an English name.

use super::cues::{Cue, cues};
use super::operator::{self, is_mark};
use super::passage::Passage;
use super::reach::{after, before, has, is_filler};
use super::scan::Hit;
use crate::text::is_blank;

/// Labels before a name; a colon stands behind them.
pub(super) const LABELS: [&str; 13] = [
    "开发者",
    "運營者",
    "开发者名称",
    "运营者",
    "经营者",
    "运营方",
    "运营主体",
    "主办者",
    "主办单位",
    "处理者",
    "Developer",
    "Operator",
    "開發者",
];

/// A person or a small developer behind a label: only where label and name are all there is.
pub(super) fn labelled<'a>(passage: &Passage<'a>, hit: Hit) -> Option<&'a str> {
    let text = passage.text;
    let label = before(text, hit.start(), 24);
    if has(
        label.rsplit(is_mark).next().unwrap_or(label),
        cues(Cue::OperatorOther),
    ) {
        return None;
    }
    let right = after(text, hit.end(), 90).trim_start_matches(is_filler);
    let latin = right.starts_with(|c: char| c.is_ascii_alphanumeric());
    let end = |c: char| is_mark(c) || is_filler(c) && (!latin || c != ' ');
    let name = right.split(end).next()?.trim_matches(is_blank);
    if latin {
        // Only on a line of its own: in a sentence it may be anything.
        let plain = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '&' | '-' | '_'));
        let first = passage.start + 30 >= hit.start();
        return (plain && first && text.len() <= 150 && (2..=48).contains(&name.len()))
            .then_some(name);
    }
    let han = name
        .chars()
        .all(|c| c.is_alphabetic() && !c.is_ascii() || c == '·');
    let generic = has(
        name,
        &[
            "我们",
            "公司",
            "详见",
            "暂无",
            "本",
            "第三方",
            "个人",
            "提供",
            "平台",
            "用户",
            "见",
            "请",
            "应",
            "是",
            "为",
        ],
    );
    (han && !generic && (2..=4).contains(&name.chars().count())).then_some(name)
}

/// An English name that is defined as we, labelled or under a copyright.
pub(super) fn english<'a>(passage: &Passage<'a>, hit: Hit) -> Option<&'a str> {
    let text = passage.text;
    let word = &text[hit.start()..hit.end()];
    let exact = operator::COMPANIES[hit.word as usize] == word;
    if !exact || after(text, hit.end(), 1).starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = hit.end() + usize::from(word == "Ltd" && after(text, hit.end(), 1) == ".");
    let left = before(text, hit.start(), 90);
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, ' ' | '&' | '.' | ',' | '-' | '\'' | '(' | ')')
    };
    let run = &left[left.trim_end_matches(plain).len()..];
    // The name begins at the first word with a capital behind the last that has none.
    let mut start = run.len();
    for (at, part) in run
        .rmatch_indices(' ')
        .map(|(at, _)| (at + 1, &run[at + 1..]))
        .chain([(0, run)])
    {
        let first = part.chars().next();
        if first.is_some_and(|c| c.is_ascii_lowercase()) {
            break;
        }
        if first.is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
            start = at;
        }
    }
    let name = text[hit.start() - run.len() + start..end].trim_matches([' ', ',', '(']);
    let lead = &left[..left.len() - run.len() + start];
    let right = after(text, end, 60);
    let said = has(
        after(right, 0, 40),
        &["we", "We", "us", "我们", "称", "\"", "“"],
    ) && right.trim_start().starts_with(['(', '（']);
    let labelled = has(
        before(lead, lead.len(), 30),
        &[
            "©",
            "Copyright",
            "公司名称",
            "英文名称",
            "运营者",
            "开发者",
            "Developer",
            "Operator",
        ],
    );
    (name.len() > word.len() + 2 && (said || labelled)).then_some(name)
}
