//! The document's own title: the lines that carry it, and how a text without one calls itself.

use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::headings::{MARKED, NUMBERED, PLAIN};
use crate::text::{is_blank, squeeze};

/// Words that a policy's own title has.
const TITLE_WORDS: [&str; 23] = [
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
    "聲明",
    "協議",
    "條款",
    "須知",
    "規則",
    "告知書",
    "同意書",
    "說明",
    // 共享策略 and 变更通知 are parts of one.
    "隐私策略",
    "隐私保护策略",
    "隐私通知",
    "隱私策略",
    "隱私通知",
];

/// How many lines at the head of a text are looked at for its title.
const HEAD: usize = 16;
/// How many lines of a page may stand above its title.
const MENU: usize = 200;

/// Index of the lines that carry the document's title: at the head of the text, before any
/// statement. A title said twice is two lines.
pub(crate) fn find(lines: &[Line<'_>], free: &[bool]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    // What stands above the heading of a page that names a policy is its menu.
    let marked = |line: &Line<'_>| {
        matches!(line.hint, Hint::Heading(1..=2))
            && line.label.is_none()
            && names_a_policy(&bare(line.rest()))
    };
    let menu = lines.len().min(MENU);
    if let Some(index) = (0..menu).find(|&index| free[index] && marked(&lines[index])) {
        return vec![index];
    }
    for (index, line) in lines.iter().enumerate().take(HEAD) {
        // An address of the page may stand above all.
        if line.text.is_ascii() && line.text.contains("://") {
            continue;
        }
        let words = bare(line.rest());
        if found.is_empty()
            && line.length as usize <= MARKED
            && !line.text.contains(['，', '。', '；'])
        {
            // A name, a version, where one is: short lines may stand above a title.
            if free[index] && line.label.is_none() && is_title(line, &words) {
                found.push(index);
            }
            continue;
        }
        let names = || free[index] && line.label.is_none() && is_title(line, &words);
        // 法律条款 above 某某隐私政策 is the part of the site where the policy stands.
        if let [first] = found[..]
            && is_of_privacy(&words)
            && !is_of_privacy(lines[first].rest())
            && names()
        {
            found[0] = index;
            continue;
        }
        let again = found.iter().all(|&first| {
            let first = bare(lines[first].rest());
            first.contains(&words) || words.contains(&first)
        });
        if found.len() == 1 && again && names() {
            found.push(index);
        }
        break;
    }
    if found.is_empty() {
        found.extend(below_greeting(lines, free));
    }
    if found.is_empty() && free.first() == Some(&true) && names_a_summary(&lines[0]) {
        found.push(0);
    }
    found
}

/// 某某隐私政策概要 is the title of a text, where none of the policy itself stands at its head.
fn names_a_summary(line: &Line<'_>) -> bool {
    let words = bare(line.rest());
    let named = ["概要", "摘要"]
        .iter()
        .find_map(|word| words.strip_suffix(word));
    line.label.is_none() && named.is_some_and(|named| is_title(line, named.trim_end()))
}

/// 隐私政策 as a paragraph of its own below the sentences that greet the reader.
fn below_greeting(lines: &[Line<'_>], free: &[bool]) -> Option<usize> {
    let head = lines.iter().take(HEAD);
    let bare_text =
        |line: &&Line<'_>| line.label.is_none() && !matches!(line.hint, Hint::Heading(_));
    let length = head.take_while(bare_text).count();
    (1..length).find(|&index| {
        let (line, next) = (&lines[index], lines.get(index + 1));
        let words = bare(line.rest());
        free[index]
            && line.gap
            && next.is_some_and(|next| next.gap || next.has_sentence_mark())
            && lines[index - 1].words().ends_with(['。', '！'])
            && is_of_privacy(&words)
            && is_title(line, &words)
    })
}

/// Whether a line is a title by itself: short, no statement, and it names a policy.
fn is_title(line: &Line<'_>, words: &str) -> bool {
    let words = words.trim_end_matches(['：', ':']);
    // 隐私政策更新（日期：2026年1月1日）
    let named = words
        .split_once(['（', '('])
        .map_or(words, |(named, _)| named);
    let updated = || named.len() < words.len() && names_a_policy(named.trim_end_matches("更新"));
    line.length as usize <= NUMBERED
        && !named.contains(crate::text::is_sentence_mark)
        && !words.contains(['您', '请', '請'])
        && (names_a_policy(words) || updated())
}

/// Whether a line inside a text is the title of a further one: 某某服务协议, with a name of its own.
pub(super) fn names_a_text(words: &str) -> bool {
    const KINDS: [&str; 13] = [
        "用户协议",
        "服务协议",
        "使用协议",
        "许可协议",
        "用户服务协议",
        "隐私政策",
        "隐私协议",
        "隐私声明",
        "隐私条款",
        "隐私策略",
        "隐私保护政策",
        "隐私保护指引",
        "服务条款",
    ];
    // 访问隐私政策 is what one does with it.
    const DEEDS: [&str; 10] = [
        "访问", "查看", "查阅", "阅读", "了解", "更新", "修改", "关于", "适用", "同意",
    ];
    let named = |kind: &str| words.len() > kind.len() && words.ends_with(kind);
    KINDS.iter().any(|kind| named(kind))
        && !DEEDS.iter().any(|deed| words.starts_with(deed))
        && !words.contains(crate::text::is_sentence_mark)
        && !words.contains(['您', '你', '我', '本', '的', '第', '与', '和', '、'])
}

/// Whether a title says that the policy is one of privacy.
fn is_of_privacy(title: &str) -> bool {
    const WORDS: [&str; 6] = ["隐私", "隱私", "私隐", "私隱", "个人信息", "個人資料"];
    WORDS.iter().any(|word| title.contains(word)) || title.to_lowercase().contains("privacy")
}

/// Whether a title's last words are those of a policy, an edition in brackets left out.
pub(super) fn names_a_policy(words: &str) -> bool {
    let bare = match words.strip_suffix(['）', ')']) {
        Some(open) => open.rfind(['（', '(']).map_or(words, |at| &words[..at]),
        None => words,
    };
    // 隐私政策 v1.2
    let edition = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'v' | 'V' | ' ' | '_' | '-');
    let bare = bare.trim_end_matches(edition).trim_end_matches("版本");
    let bare = crate::text::trim(bare);
    TITLE_WORDS.iter().any(|word| bare.ends_with(word)) || bare.to_lowercase().ends_with("policy")
}

/// A title without 《》【】 and blanks at its ends.
pub(crate) fn bare(text: &str) -> String {
    let text = text.trim_end_matches(['：', ':']);
    let text: String = text
        .chars()
        .filter(|c| !"《》【】〈〉*".contains(*c))
        .collect();
    crate::text::trim(&text).to_owned()
}

/// The title that the front matter of a text names, if it is a policy's.
pub(crate) fn of_settings(front: &[Line<'_>]) -> Option<String> {
    let title = front
        .iter()
        .find_map(|line| line.text.strip_prefix("title:"))?;
    let title = bare(title.trim_matches(|c| is_blank(c) || matches!(c, '"' | '\'')));
    names_a_policy(&title).then_some(title)
}

/// How a text without a title line calls itself in its first lines.
pub(crate) fn self_named(lines: &[Line<'_>]) -> Option<String> {
    lines
        .iter()
        .take(HEAD)
        .find_map(|line| self_name(&line.text))
}

/// The name by which the text calls itself (`本《…政策》`, `制定本《…》`), for texts without a title
/// line.
fn self_name(text: &str) -> Option<String> {
    // It is said at the beginning or not at all: what is searched is bounded.
    const SEARCHED: usize = 16;
    let mut names = text.match_indices("本《").take(SEARCHED);
    names.find_map(|(at, opening)| {
        let rest = &text[at + opening.len()..];
        let mut within = rest.char_indices().take(PLAIN + 1);
        let (end, _) = within.find(|(_, c)| *c == '》')?;
        let name = &rest[..end];
        let fits = TITLE_WORDS.iter().any(|word| name.ends_with(word));
        fits.then(|| squeeze(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    #[test]
    fn titles_stand_at_the_head() {
        let lines = lines::split("隐私声明\n\n【某某】隐私声明\n提示条款\n正文，正文。");
        assert_eq!(find(&lines, &[true; 5]), [0, 1]);
        assert_eq!(bare("【某某】隐私声明"), "某某隐私声明");
        assert_eq!(
            self_name("特此写下本《隐私政策》并提醒您"),
            Some("隐私政策".to_owned())
        );
        let lines = lines::split("法律条款\n某某隐私政策\n更新于今日。");
        assert_eq!(find(&lines, &[true; 3]), [1]);
        let lines = lines::split("某某隐私政策\n特别说明\n正文，正文。");
        assert_eq!(find(&lines, &[true; 3]), [0]);
        let lines = lines::split("某某隐私政策概要\n正文，正文。\n一、范围\n正文。");
        assert_eq!(find(&lines, &[true; 4]), [0]);
        let lines = lines::split("隐私政策概要\n某某隐私政策\n正文，正文。");
        assert_eq!(find(&lines, &[true; 3]), [1]);
        let lines = lines::split("我们重视您的隐私，故有本政策。\n隐私政策");
        assert!(find(&lines, &[true; 2]).is_empty());
    }

    #[test]
    fn a_greeting_may_stand_above_a_title() {
        #[track_caller]
        fn case(text: &str, expected: &[usize]) {
            let lines = lines::split(text);
            assert_eq!(find(&lines, &vec![true; lines.len()]), expected, "{text}");
        }
        let greeting = "各位用户：我们改了本政策，请您留意。";
        case(&format!("{greeting}\n\n隐私政策\n\n正文，正文。"), &[1]);
        case(
            &format!("{greeting}\n\n隐私政策更新（日期：2026年1月1日）\n\n正文。"),
            &[1],
        );
        case(&format!("{greeting}\n\n会员规则\n\n正文，正文。"), &[]);
        case(
            &format!("{greeting}\n\n一、范围\n\n隐私政策\n\n正文。"),
            &[],
        );
        case(&format!("{greeting}\n请阅读\n隐私政策\n\n正文。"), &[]);
        case("隐私政策更新（日期：2026年1月1日）\n正文，正文。", &[0]);
    }
}
