//! Operators that are no Chinese companies: persons and small developers behind a plain label, and
//! companies with an English name.

use super::bodies;
use super::cues::{Cue, cues};
use super::operator::{self, Rank, is_mark};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_filler, starts};
use super::scan::Hit;
use crate::text::is_blank;

/// Labels before a name; a colon stands behind them.
pub(super) const LABELS: [&str; 18] = [
    "开发者",
    "運營者",
    "开发者名称",
    "开发者姓名",
    "公司名称",
    "企业名称",
    "单位名称",
    "运营者名称",
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
pub(super) const DEFINED: [&str; 8] = [
    "称“我们”",
    "称为“我们”",
    "称\"我们\"",
    "称「我们」",
    "稱「我們」",
    "称：“我们”",
    "”或“我们”",
    "”、“我们”",
];
/// The number of these words in their topic.
pub(super) const WE: u16 = 1;

/// Calls a person who runs the service alone.
pub(super) const INDIVIDUALS: [&str; 3] = ["个人开发者", "独立开发者", "个人运营者"];
/// The number of these words in their topic.
pub(super) const ALONE: u16 = 2;

/// Bytes of the longest name that is no company's.
const NAME: usize = 48;

/// A name without the ending of a company that is we and runs the service:
/// 某某科技（以下简称“我们”）是本服务的运营者.
pub(super) fn running<'a>(passage: &Passage<'a>, hit: Hit) -> Option<(Rank, &'a str)> {
    let text = passage.text;
    let lead = before(text, hit.start(), NAME + 36);
    let open = lead.rfind(['（', '('])?;
    let inside = lead[open..].trim_start_matches(['（', '(']);
    let bracket = inside.is_empty()
        || ends(
            inside,
            &["以下", "下", "简", "以下统", "以下简", "下统", "簡"],
        )
        || is_short(inside);
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
    // Whose name is a body's needs no more than to be defined.
    let body = behind_by(without_group(name));
    if bracket && plain && bodies::is_body(body) && !is_other(&lead[..open]) {
        return Some((Rank::Shown, body));
    }
    let said = has(
        name,
        &[
            "我们", "您", "本", "平台", "应用", "软件", "产品", "网站", "服务",
        ],
    );
    // 某某（以下称“我们”）重视…, where the name opens the passage.
    let opens = passage.role.is_some() && lead.len() == hit.start() && lead[..open].trim() == name;
    let cares = [
        "非常重视",
        "高度重视",
        "十分重视",
        "重视",
        "尊重",
        "深知",
        "承诺",
        "致力于",
        "一直",
        "始终",
    ];
    let rank = if runs {
        Rank::Shown
    } else if opens && starts(part, &cares) {
        Rank::Alone
    } else {
        return None;
    };
    (bracket && plain && !said && (2..=16).contains(&length)).then_some((rank, name))
}

/// Whether a bracket that is not yet at its end gives a short name: `以下简称“青禾`.
fn is_short(inside: &str) -> bool {
    const SAYS: [&str; 5] = ["以下简称", "以下称", "以下统称", "下称", "简称"];
    let name = SAYS.iter().find_map(|says| inside.strip_prefix(says));
    let name = name.and_then(|name| name.trim_start_matches(is_filler).strip_prefix('“'));
    name.is_some_and(|name| !name.is_empty() && !name.contains(['“', '”', '。']))
}

/// A name without its group: 青禾公司及其关联公司.
fn without_group(name: &str) -> &str {
    const GROUPS: [&str; 6] = [
        "及其关联公司",
        "及关联公司",
        "和其关联公司",
        "及其关联方",
        "及其子公司",
        "及其附属公司",
    ];
    let bare = GROUPS.iter().find_map(|group| name.strip_suffix(group));
    bare.unwrap_or(name)
}

/// The name behind who or what it runs: 青禾助手是由青禾公司, but not 自由公司.
fn behind_by(name: &str) -> &str {
    let led = name.rsplit_once('由');
    let led = led.filter(|(led, _)| !ends(led, &["自", "理", "缘", "来"]));
    led.map_or(name, |(_, name)| name)
}

/// Whether what stands before a name says that somebody else than the operator bears it.
fn is_other(left: &str) -> bool {
    let part = left.rsplit(is_comma).next().unwrap_or(left);
    has(part, &["第三方", "合作", "委托", "SDK"])
}

/// Family names that most persons bear.
const FAMILIES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧司上诸葛温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农车";

/// A person who runs the service alone: 由个人开发者某某开发和运营, 个人开发者某某（以下简称“我们”）.
pub(super) fn alone<'a>(passage: &Passage<'a>, hit: Hit) -> Option<(Rank, &'a str)> {
    const ACTS: [&str; 15] = [
        "独立", "开发", "运营", "制作", "设计", "维护", "研发", "负责", "提供", "编写", "制定",
        "经营", "管理", "创建", "所",
    ];
    let text = passage.text;
    let right = after(text, hit.end(), 90);
    let right = right.trim_start_matches(|c| is_filler(c) || matches!(c, '“' | '"' | '：' | ':'));
    let han = |c: char| c.is_alphabetic() && !c.is_ascii() || c == '·';
    let run = &right[..right.find(|c| !han(c)).unwrap_or(right.len())];
    let verb = ACTS.iter().filter_map(|verb| run.find(verb)).min();
    let name = &run[..verb.unwrap_or(run.len())];
    let person = name.starts_with(|c| FAMILIES.contains(c))
        && (2..=4).contains(&name.chars().count())
        && !has(name, &["的", "或", "和", "与", "在", "者", "我们"]);
    let left = before(text, hit.start(), 60).trim_end_matches(is_filler);
    let left = left.rsplit(is_comma).next().unwrap_or(left);
    if !person || has(left, &["第三方", "其他", "例如", "合作"]) {
        return None;
    }
    let rest = right[name.len()..].trim_start_matches(|c| is_filler(c) || matches!(c, '”' | '"'));
    let (inside, acts) = match rest.strip_prefix(['（', '(']) {
        Some(inside) => inside.split_once(['）', ')']).unwrap_or((inside, "")),
        None => ("", rest),
    };
    let labels = ["运营者", "开发者", "经营者", "处理者", "作者", "我们"];
    let named = ends(left, &["是", "为", "系", "即", "指", "：", ":"]) && has(left, &labels);
    if inside.contains("我们") || named {
        return Some((Rank::Said, name));
    }
    (left.ends_with('由') && starts(acts, &ACTS)).then_some((Rank::Shown, name))
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
    if han && bodies::is_body(name) {
        return Some(name);
    }
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
    fn a_short_name_of_a_company_is_defined_with_its_group() {
        for text in [
            "青禾助手是由青禾公司及其关联公司（以下简称“青禾”或“我们”）为您提供的软件。",
            "青禾助手由青禾公司（以下简称“我们”）提供。",
            "青禾公司（下称“青禾”、“我们”）重视隐私。",
        ] {
            case(text, Some("青禾公司"));
        }
        case(
            "青禾助手由青禾公司（以下简称“我们”）提供。\n运营者：某某青禾科技有限公司",
            Some("某某青禾科技有限公司"),
        );
        case("某某自由公司（以下简称“我们”）", Some("某某自由公司"));
        case("支付由第三方青禾公司（以下简称“青禾”）提供。", None);
        case("由本公司及其关联公司（以下简称“我们”）提供。", None);
        case("青禾公司（参见“条款”或“我们”一节）", None);
    }

    #[test]
    fn a_person_who_works_alone_is_the_operator() {
        for text in [
            "本应用由个人开发者陈小禾开发和运营。",
            "青禾是由个人开发者 **陈小禾**（以下简称“开发者”）独立开发的应用。",
            "个人开发者陈小禾（以下简称“我们”）重视隐私。",
            "本应用的运营者是个人开发者陈小禾。",
        ] {
            case(text, Some("陈小禾"));
        }
        case(
            "本应用由个人开发者陈小禾开发。\n某某青禾科技有限公司（以下简称“我们”）",
            Some("某某青禾科技有限公司"),
        );
        case("本应用由个人开发者独立开发。", None);
        case("作为个人开发者，我们会尽力处理。", None);
        case("我们接入由第三方个人开发者陈小禾开发的组件。", None);
        case("由个人开发者自行负责。", None);
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
