//! Where the name of a company begins and ends.

use super::cues::{Cue, cues};
use super::reach::{after, before, ends, has, is_filler, starts, tidy};
use crate::text::is_blank;

/// Longest part of a name before its ending, in bytes.
const REACH: usize = 120;

/// Characters of the shortest name of a company.
pub(super) const SHORTEST: usize = 6;

/// Words on which a name may go on behind its 公司.
const BRANCHES: [&str; 8] = [
    "分公司",
    "信用卡中心",
    "分行",
    "支行",
    "事业部",
    "研究院",
    "（有限合伙）",
    "(有限合伙)",
];

/// Bytes by which the name that ends at `end` goes on: `北京分公司`.
pub(super) fn branch(text: &str, end: usize) -> usize {
    let right = after(text, end, 36);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '（' | '）' | '(' | ')');
    let run = &right[..right.find(|c| !plain(c)).unwrap_or(right.len())];
    if !has(run, &BRANCHES) {
        return 0;
    }
    BRANCHES
        .iter()
        .filter_map(|word| run.find(word).map(|at| (at, at + word.len())))
        .filter(|&(at, _)| {
            !has(
                &run[..at],
                &["及", "和", "与", "的", "旗下", "以下", "其", "是", "为"],
            )
        })
        .map(|(_, end)| end)
        .max()
        .unwrap_or(0)
}

/// The run of name characters that ends at `end`, brackets that close inside it included: where it
/// begins. What stands at its head may still be words of the sentence.
pub(super) fn start(text: &str, end: usize) -> usize {
    let left = before(text, end, REACH);
    let mut start = end;
    let mut depth = 0;
    let mut last_open = None;
    let mut chars = left.char_indices().rev().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '）' | ')' => {
                depth += 1;
                last_open = Some(end - left.len() + at + c.len_utf8());
            }
            '（' | '(' if depth > 0 => depth -= 1,
            ' ' | '\u{a0}' => {
                // A blank between Latin and Chinese words is typography.
                let after = left[at + c.len_utf8()..].chars().next();
                let before = chars.peek().map(|&(_, c)| c);
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                let han = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !c.is_ascii());
                if !(latin(before) && (han(after) || latin(after)) || han(before) && latin(after)) {
                    break;
                }
            }
            c if c.is_alphanumeric() || matches!(c, '·' | '&' | '＆' | '-') => {}
            _ => break,
        }
        start = end - left.len() + at;
    }
    match last_open {
        // A bracket that opened before the name: the name begins behind its end.
        Some(open) if depth > 0 => open,
        _ => start + text[start..end].len() - text[start..end].trim_start_matches(is_blank).len(),
    }
}

/// Cuts the words of the sentence off the head of a name; also gives the words that say that it is
/// the operator.
pub(super) fn cut(run: &str, quoted: bool) -> (Option<&'static str>, &str) {
    let found = cues(Cue::OperatorBefore)
        .iter()
        .filter_map(|word| run.rfind(word).map(|found| (found + word.len(), *word)))
        .filter(|(cut, word)| *word != "由" || !run[..*cut].ends_with("自由"))
        .max_by_key(|(cut, word)| (*cut, word.len()));
    if let Some((cut, word)) = found {
        return (Some(word), run[cut..].trim_start());
    }
    if quoted
        && let Some(name) = ["指的是", "即指", "指", "为", "是", "系", "即"]
            .iter()
            .find_map(|word| run.strip_prefix(word))
    {
        return (None, name);
    }
    (None, run)
}

/// The name behind the words that address the reader: 您的信任对某某公司.
pub(super) fn behind_you(run: &str) -> Option<&str> {
    if !starts(run, &["您", "你", "感谢您", "感谢你", "欢迎您", "欢迎你"]) {
        return None;
    }
    let words = ["对", "使用", "选择", "信任", "访问", "与", "和"];
    let found = words
        .iter()
        .filter_map(|word| Some((run.find(word)?, word)));
    let (at, word) = found.min()?;
    let mut name = &run[at + word.len()..];
    // 您的信任对某某公司 has two of them.
    while let Some(rest) = words.iter().find_map(|word| name.strip_prefix(word)) {
        name = rest;
    }
    // 您使用的是, 您对我们 and the like go on.
    (!starts(name, &["的", "我们", "本", "该", "任何", "由"])).then_some(name)
}

/// Whether a name is that of the reader's company: 贵公司, but not 贵州某某公司.
pub(super) fn is_yours(name: &str) -> bool {
    const PLACES: [char; 8] = ['州', '阳', '陽', '港', '溪', '安', '定', '池'];
    let rest = name.strip_prefix('贵').or_else(|| name.strip_prefix('貴'));
    rest.is_some_and(|rest| !rest.starts_with(PLACES))
}

/// The name behind a verb whose subject stands before it: 某某服务是某某公司, 旨在介绍某某公司.
pub(super) fn behind_verb(run: &str) -> Option<&str> {
    let copula = run.rfind('是').filter(|&at| !run[..at].ends_with('求'));
    // 为 and 系 are in names as well: only behind a bracket or what is offered.
    const OFFERED: [&str; 12] = [
        "）", ")", "服务", "平台", "应用", "产品", "软件", "网站", "系统", "程序", "App", "APP",
    ];
    let other = || {
        let mut places = run.match_indices(['为', '系']);
        let behind = |(at, _): &(usize, &str)| {
            (*at == 0 || ends(&run[..*at], &OFFERED)) && !run[*at..].starts_with("为民")
        };
        places.rfind(behind).map(|(at, _)| at)
    };
    const TELLS: [&str; 5] = ["介绍", "说明", "阐述", "阐明", "适用于"];
    const TELLING: [&str; 6] = ["旨在", "政策", "声明", "指引", "协议", "本"];
    let tells = || {
        let found = TELLS
            .iter()
            .filter_map(|verb| run.rfind(verb).map(|at| (at + verb.len(), at)));
        let (end, at) = found.max()?;
        has(&run[..at], &TELLING).then_some(end)
    };
    let copula = copula.or_else(other).map(|at| at + "是".len());
    let name = &run[copula.max(tells())?..];
    (name.chars().count() >= SHORTEST).then_some(name)
}

/// Whether the name that begins at `open` stands right behind a quoted 我们, or behind its comma or in
/// its bracket: `“我们”，指某某公司`, `我们（即某某公司）`.
pub(super) fn is_quoted(text: &str, open: usize, run: &str) -> bool {
    let left = before(text, open, 12);
    let bare = left.trim_end_matches(['，', ',', '（', '(']);
    let quote = ends(bare, &["”", "」", "\""]);
    if bare.len() == left.len() {
        return quote && !left.ends_with('"');
    }
    let bracket = left.ends_with(['（', '(']) && bare.ends_with("我们");
    (quote || bracket) && starts(run, &["指", "即", "是", "系", "为"])
}

/// Whether the words before 由 speak of a part of what is offered: 部分功能由某某公司提供.
pub(super) fn is_partial(run: &str, cue: &str) -> bool {
    let subject = run.rfind(cue).map_or("", |at| &run[..at]);
    has(
        subject,
        &["部分", "某些", "个别", "有些", "一些", "若干", "其中"],
    ) || ends(subject, &["功能", "模块", "广告", "活动", "栏目", "频道"])
        && !has(subject, &["各项", "全部", "所有", "一切", "各种"])
}

/// A name without what the text says of its company before it: 为您提供服务的某某公司.
pub(super) fn without_attribute(name: &str) -> &str {
    const SAID: [&str; 13] = [
        "提供", "给您", "给你", "为您", "为你", "向您", "向你", "运营", "经营", "开发", "研发",
        "的", "位于",
    ];
    let said = || name.match_indices('的').map(|(at, _)| at);
    // 美的 is a name of its own.
    let said = || said().rfind(|at| !name[..*at].ends_with('美'));
    let Some(at) = said().filter(|_| starts(name, &SAID)) else {
        return name;
    };
    let rest = &name[at + '的'.len_utf8()..];
    if rest.chars().count() < SHORTEST {
        name
    } else {
        rest
    }
}

/// The name that a short one stands for: 青禾指某某青禾科技有限公司.
fn meant(name: &str) -> Option<&str> {
    const WORDS: [&str; 9] = ["手", "拇", "食", "中", "五", "掌", "十", "弹", "戒"];
    const NAMES: [&str; 12] = [
        "南", "北", "尖", "间", "掌", "点", "针", "数", "挥", "纹", "导", "令",
    ];
    let (short, long) = name.split_once('指')?;
    let plain = (2..=10).contains(&short.chars().count()) && long.chars().count() >= 8;
    (plain && !ends(short, &WORDS) && !starts(long, &NAMES)).then_some(long)
}

/// A name without the words that lead to it: the role of its company (`服务提供者某某公司`), what is
/// said to be its (`本政策适用于某某公司`), and what joins or points to it behind a mark (`，与某某公司`,
/// `：指某某公司`). `left` stands before the name.
pub(super) fn without_lead<'a>(left: &str, name: &'a str) -> &'a str {
    const ROLES: [&str; 6] = ["提供者", "提供方", "运营者", "运营方", "经营者", "主体"];
    let long = |rest: &&str| rest.chars().count() >= SHORTEST;
    let scope = || name.rfind("适用于").map(|at| &name[at + "适用于".len()..]);
    let scope = scope().filter(|_| starts(name, &["本", "此", "该"]));
    let name = scope.filter(long).unwrap_or(name);
    let name = meant(name).filter(long).unwrap_or(name);
    let roles = ROLES.iter();
    let behind = roles.filter_map(|role| name.rfind(role).map(|at| at + role.len()));
    let behind = behind.max().map(|at| &name[at..]).filter(long);
    let pointed =
        behind.is_some() || ends(left, &["：", ":", "，", ",", "（", "(", "）", ")", "”"]);
    let name = behind.unwrap_or(name);
    let closed = ends(left, &["）", ")", "”"]);
    // 指南针 and 和讯 are names of their own.
    let lead = match name.chars().next() {
        Some('指') if pointed => !starts(name, &["指南", "指北", "指尖", "指间", "指掌", "指点"]),
        Some('与') => pointed,
        Some('即') => ends(left, &["我们，", "我们："]),
        Some('和') => closed,
        _ => false,
    };
    let first = name.chars().next().map_or(0, char::len_utf8);
    let user = ["用户与", "用户和"]
        .iter()
        .find_map(|user| name.strip_prefix(user));
    user.or(lead.then(|| &name[first..]))
        .filter(long)
        .unwrap_or(name)
}

/// Whether a text is the label before the operator's name: 运营者名称, 主办单位基本信息如下.
pub(super) fn is_label(text: &str) -> bool {
    const MORE: [&str; 7] = ["如下", "为", "的", "基本", "信息", "名称", "主体"];
    let text = tidy(text);
    if text.len() > 60 || has(text, cues(Cue::OperatorOther)) {
        return false;
    }
    let mut label = text;
    loop {
        if ends(label, cues(Cue::OperatorLabel)) {
            return true;
        }
        match MORE.iter().find_map(|more| label.strip_suffix(more)) {
            Some(shorter) => label = shorter,
            None => return false,
        }
    }
}

/// Whether the labels of contacts follow a name that opens a line: `，注册地址：`.
pub(super) fn is_headed(behind: &str) -> bool {
    let labels = [
        "注册地址",
        "联系地址",
        "办公地址",
        "通讯地址",
        "地址",
        "住所",
        "联系邮箱",
        "邮箱",
        "电子邮箱",
        "联系电话",
        "电话",
        "客服电话",
        "联系方式",
        "统一社会信用代码",
    ];
    let label = behind.trim_start_matches(|c| is_filler(c) || matches!(c, '，' | ',' | '；'));
    label.len() < behind.len() && starts(label, &labels)
}

/// The name that opens the list in which a company's run begins at `open`: 甲公司、乙公司, and
/// 甲公司（地址：…）及其关联公司乙公司. The ends of the companies named before it are given.
pub(super) fn listed(
    text: &str,
    ends: impl DoubleEndedIterator<Item = usize>,
    open: usize,
) -> Option<&str> {
    let mut from = open;
    let mut found = None;
    for end in ends.rev() {
        if end < from && (&text[end..from] == "、" || is_joined(text, end, from)) {
            from = start(text, end);
            found = Some(from..end);
        }
    }
    let found = found?;
    let left = before(text, found.start, 6);
    let (_, name) = cut(&text[found], true);
    Some(without_lead(left, first_of(without_attribute(name))))
}

/// Whether nothing but a bracket that says where a company is stands between its name and the next one,
/// which joins its group: 甲公司（地址：…）及其关联公司乙公司.
fn is_joined(text: &str, end: usize, from: usize) -> bool {
    // A name that another calls itself tells whose list it is.
    let between = text.get(end..from).unwrap_or_default();
    let closed = between
        .strip_suffix(['）', ')'])
        .filter(|_| group(after(text, from, 30)));
    closed.is_some_and(|open| {
        let inside = bracket(text, end).filter(|inside| inside.contains(['址', '所']));
        inside == open.strip_prefix(['（', '(']) && !has(open, &["称", "稱", "我们"])
    })
}

/// Whether what stands behind a name joins its group to it: `及其关联公司`, `和/或关联方`.
pub(super) fn group(behind: &str) -> bool {
    // 和及其 says the same twice.
    let behind = behind
        .strip_prefix('和')
        .filter(|rest| rest.starts_with("及其"))
        .unwrap_or(behind);
    let joins = ["以及/或", "及/或", "和/或", "以及", "及", "和", "与", "或"];
    let joined = joins
        .iter()
        .find_map(|join| behind.strip_prefix(join).map(|rest| (join, rest)));
    joined.is_some_and(|(join, rest)| {
        starts(rest, &["关联", "其关联", "其附属", "其子公司", "其分公司"])
            || matches!(*join, "及" | "以及") && rest.starts_with('其')
    })
}

/// What the long bracket behind a name holds, with names, places and numbers of its own.
pub(super) fn bracket(text: &str, end: usize) -> Option<&str> {
    const LONGEST: usize = 600;
    let inside = after(text, end, LONGEST).trim_start_matches(['”', '"', '」', '*', ' ']);
    let inside = inside.strip_prefix(['（', '('])?;
    let mut depth = 0;
    for (at, c) in inside.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => return Some(&inside[..at]),
            '）' | ')' => depth -= 1,
            '。' | '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Bytes from the begin of a name to the end of its run.
pub(super) fn tail(run: &str, name: &str) -> usize {
    run.find(name).map_or(name.len(), |at| run.len() - at)
}

/// The first of several companies that a run names: 甲公司和乙公司.
pub(super) fn first_of(name: &str) -> &str {
    let end = name.find("公司").map_or(name.len(), |at| at + "公司".len());
    let more = starts(&name[end..], &["和", "及", "以及", "与", "與", "或"]);
    if more { &name[..end] } else { name }
}

/// A name without the years of a copyright line before it.
pub(super) fn without_years(name: &str) -> &str {
    let years = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | ' '));
    if name.len() - years.len() > 4 && name[..name.len() - years.len()].ends_with(' ') {
        years
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(&text[start(text, text.len())..], expected);
    }

    #[test]
    fn names_begin_behind_marks_and_closed_brackets() {
        case("您好，某某（北京）有限公司", "某某（北京）有限公司");
        case("（简称某）某某有限公司", "（简称某）某某有限公司");
        case("运营者： ABC 某某有限公司", "ABC 某某有限公司");
        case("欢迎 某某有限公司", "某某有限公司");
        case("“某某有限公司", "某某有限公司");
        assert_eq!(branch("某某有限公司北京分公司。", 18), 15);
        assert_eq!(branch("某某有限公司及其分公司", 18), 0);
    }
}
