//! Operators that are no Chinese companies: persons and small developers behind a plain label, and
//! companies with an English name.

use super::cues::{Cue, cues};
use super::operator::{self, is_mark};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_filler, starts};
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

/// How a name is said to mean the operator, at the end of the bracket behind it.
pub(super) const DEFINED: [&str; 6] = [
    "称“我们”",
    "称为“我们”",
    "称\"我们\"",
    "称「我们」",
    "稱「我們」",
    "称：“我们”",
];
/// The number of these words in their topic.
pub(super) const WE: u16 = 1;

/// Bytes of the longest name that is no company's.
const NAME: usize = 48;

/// A name without the ending of a company that is we and runs the service:
/// 某某科技（以下简称“我们”）是本服务的运营者.
pub(super) fn running<'a>(passage: &Passage<'a>, hit: Hit) -> Option<&'a str> {
    let text = passage.text;
    let lead = before(text, hit.start(), NAME + 36);
    let open = lead.rfind(['（', '('])?;
    let inside = lead[open..].trim_start_matches(['（', '(']);
    let bracket = inside.is_empty()
        || ends(
            inside,
            &["以下", "下", "简", "以下统", "以下简", "下统", "簡"],
        );
    let name = lead[..open].trim_end_matches(is_filler);
    let name = name.rsplit(is_mark).next()?.trim_matches(is_blank);
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '·' || c == ' ');
    let length = name.chars().count();
    let right = after(text, hit.end(), 150);
    let right = right.trim_start_matches(['）', ')', '”', '"', '」', ' ']);
    let part = right.split(is_comma).next().unwrap_or(right);
    let runs = starts(part, &["是", "为", "系", "作为"])
        && ends(
            part.trim_end_matches(is_filler),
            &[
                "运营者",
                "运营方",
                "经营者",
                "开发者",
                "运营主体",
                "服务提供者",
                "處理者",
                "处理者",
            ],
        );
    let said = has(
        name,
        &[
            "我们", "您", "本", "平台", "应用", "软件", "产品", "网站", "服务",
        ],
    );
    (bracket && plain && runs && !said && (2..=16).contains(&length)).then_some(name)
}

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

#[cfg(test)]
mod tests {
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: Option<&str>) {
        assert_eq!(over(text).facts.operator.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_name_that_is_we_and_runs_the_service_is_the_operator() {
        case(
            "青禾智造（以下简称“我们”）是青禾助手各项功能的运营者。",
            Some("青禾智造"),
        );
        case(
            "您好，Qinghe Lab（下称“我们”）为 Helper 的开发者，",
            Some("Qinghe Lab"),
        );
        case(
            "青禾智造（以下简称“我们”）是青禾助手的运营者。\n公司名称：某某青禾智造有限公司",
            Some("某某青禾智造有限公司"),
        );
        case("青禾助手（以下简称“我们”）是一款笔记软件。", None);
        case("本应用（以下简称“我们”）是数据的处理者。", None);
    }

    #[test]
    fn a_company_is_named_behind_words_to_the_reader() {
        case(
            "您的支持对某某青禾（北京）科技有限公司（以下简称“我们”）十分珍贵",
            Some("某某青禾（北京）科技有限公司"),
        );
        case(
            "感谢您选择和信任某某青禾科技有限公司（以下简称“我们”）",
            Some("某某青禾科技有限公司"),
        );
        case("您使用某某地图有限公司提供的服务时，请阅读其政策。", None);
        case(
            "青禾助手的经营者为某某青禾科技有限公司及其关联公司。",
            Some("某某青禾科技有限公司"),
        );
        case("支付服务由某某支付有限公司及其关联公司提供。", None);
    }
}
