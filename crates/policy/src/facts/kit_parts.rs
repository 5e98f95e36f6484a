//! What the words behind a kit's name say: what it collects and what for.

use super::kit_content::{enumeration, longer, members};
use super::kit_names::{is_kind, some};
use super::kit_stated::{included, stated};
use super::kit_work::work;
use super::reach::{before, ends, has, is_comma, starts, tidy, value};
use crate::text::Glance;

/// How a kit takes data.
pub(super) const COLLECTS: [&str; 4] = ["收集", "采集", "获取", "读取"];

/// Words behind which it is told what for.
const FOR: [&str; 18] = [
    "用于",
    "用来",
    "用以",
    "以便",
    "以实现",
    "以提供",
    "为您提供",
    "向您提供",
    "是为了",
    "目的是",
    "目的为",
    "用途是",
    "用途为",
    "旨在",
    "，以进行",
    "，来进行",
    "以进行",
    "，进行",
];

/// What follows a word that leads to nothing there.
const NOTHING: [&str; 3] = ["，", ",", "到的"];

/// What the words behind a kit's name say that it is for, and that it collects.
pub(super) fn tells(text: &str) -> (Option<&str>, Option<&str>) {
    const AIMS: [&str; 7] = ["用于", "用来", "实现", "以便", "为了", "帮助", "提供"];
    let glance = Glance::at(text);
    let purpose = part_seen(&glance, &AIMS, &["，", ",", "到的", "商", "方", "者"]);
    // 实现服务所必要的 says no aim.
    let purpose = purpose.filter(|aim| !aim.ends_with('的') && !is_empty(aim));
    let purpose = purpose
        .or_else(|| aim_seen(&glance))
        .or_else(|| part_seen(&glance, &["赋予"], &NOTHING))
        .or_else(|| kind(text));
    let data = data_seen(&glance).or_else(|| enumeration(text));
    (purpose.or_else(|| work(text)), data)
}

/// Whether an aim says nothing.
pub(super) fn is_empty(aim: &str) -> bool {
    matches!(
        aim,
        "服务" | "功能" | "相关服务" | "相关功能" | "该服务" | "该功能" | "以上服务" | "以上功能"
    )
}

/// What a kit does by its place: the short first part of an entry, where data follows it.
pub(super) fn first<'a>(text: &'a str, data: &str) -> Option<&'a str> {
    const OTHERS: [&str; 14] = [
        "我们", "由", "公司", "集团", "当", "如", "会", "需", "不", "隐私", "http", "SDK", "通过",
        "使用",
    ];
    let text = text.trim_start_matches(['：', ':', '，', ',', ' ']);
    let part = text.split(is_comma).next()?;
    let apart = data.as_ptr() as usize >= part.as_ptr() as usize + part.len();
    let what = tidy(part);
    let fits = apart && (4..=20).contains(&what.chars().count()) && !has(what, &OTHERS);
    (fits && enumeration(what).is_none() && !what.ends_with(['时', '后', '端'])).then_some(what)
}

/// What a kit does where no verb says it: `甲SDK：消息推送（…）`.
fn kind(tells: &str) -> Option<&str> {
    let end = tells.find(['，', '；', ';', '。', '（', '(', '、']);
    let what = tidy(&tells[..end.unwrap_or(tells.len())]);
    (what.chars().count() >= 2 && is_kind(what) && !is_empty(what)).then_some(what)
}

/// What a text says that something is for: behind 用于 and the like, 以 and a verb, or `，进行`.
pub(super) fn aim(text: &str) -> Option<&str> {
    aim_seen(&Glance::at(text))
}

fn aim_seen<'a>(glance: &Glance<'a>) -> Option<&'a str> {
    let text = glance.text();
    let first = FOR.iter().filter_map(|word| glance.find(word)).min();
    if let Some(at) = aimed(text).filter(|at| first.is_none_or(|first| *at < first)) {
        return some(value(told(&text[at + "以".len()..])));
    }
    first?;
    let found = part_seen(glance, &FOR, &NOTHING)?;
    // `，进行加密` says what is done with the data.
    (!starts(
        found,
        &["加密", "脱敏", "去标识", "匿名", "处理", "传输", "存储"],
    ))
    .then_some(found)
}

/// Where 以 and a verb say what something is for: 以推荐广告. 可以 and 予以 do not.
fn aimed(text: &str) -> Option<usize> {
    const DOES: [&str; 42] = [
        "判断", "向您", "向你", "为您", "为你", "验证", "核验", "核实", "校验", "完成", "保证",
        "确保", "保障", "保护", "维护", "识别", "分析", "统计", "支持", "满足", "展示", "显示",
        "推荐", "推送", "防止", "防范", "避免", "生成", "优化", "改善", "改进", "提升", "提高",
        "增强", "检测", "监测", "监控", "了解", "帮助", "协助", "方便", "达到",
    ];
    let mut found = text.match_indices('以').map(|(at, _)| at).take(8);
    found.find(|&at| {
        starts(&text[at + "以".len()..], &DOES)
            && !text[..at].ends_with(['可', '所', '予', '加', '足', '得', '难', '用', '给'])
    })
}

/// What a text says that a kit collects.
pub(super) fn data(text: &str) -> Option<&str> {
    data_seen(&Glance::at(text))
}

fn data_seen<'a>(glance: &Glance<'a>) -> Option<&'a str> {
    const AIMS: [&str; 6] = ["用于", "用来", "用以", "便于", "方便", "为了"];
    // 信息采集功能 says what the kit does.
    const KINDS: [&str; 16] = [
        "，", ",", "到的", "功能", "服务", "能力", "模块", "工具", "平台", "规则", "目的", "方式",
        "频率", "频次", "范围", "场景",
    ];
    let text = glance.text();
    if let Some(list) = states_seen(glance) {
        return Some(list);
    }
    let found = part_seen(glance, &COLLECTS, &KINDS)?;
    let at = found.as_ptr() as usize - text.as_ptr() as usize;
    // `用于启动时获取标识` is an aim.
    let clause = text[..at].rsplit(is_comma).next().unwrap_or(text);
    if glance.sees(&AIMS) && has(clause, &AIMS) && !text[..at].ends_with("您的") {
        let rest = Glance::at(&text[at..]);
        return part_seen(&rest, &COLLECTS, &KINDS).map(without_use);
    }
    // 收集使用设备信息, but 收集使用习惯.
    const USE: [&str; 18] = [
        "习惯", "记录", "日志", "情况", "数据", "时长", "信息", "频", "行为", "状", "者", "语言",
        "次数", "偏好", "时间", "环境", "过程", "人",
    ];
    let found = found
        .strip_prefix("使用")
        .filter(|rest| !starts(rest, &USE))
        .unwrap_or(found);
    // 收集设备信息的前提是 tells something of the collecting.
    let found = included(text, found)
        .or_else(|| named(found))
        .filter(|found| !found.contains("的前提"))?;
    Some(longer(text, without_use(found)))
}

/// The data that a text states as a list.
pub(super) fn states(text: &str) -> Option<&str> {
    states_seen(&Glance::at(text))
}

fn states_seen<'a>(glance: &Glance<'a>) -> Option<&'a str> {
    stated(glance).and_then(|at| listed(glance.text(), at))
}

/// The list of data that begins there, if it is one.
fn listed(text: &str, at: usize) -> Option<&str> {
    let list = text[at..].trim_start();
    let yours = ["您的", "用户的", "你的"];
    let bare = yours.iter().find_map(|word| list.strip_prefix(word));
    let list = value(outside(bare.unwrap_or(list)));
    // Numbered entries are read where they stand.
    let fits = !starts(list, &["①", "（", "(", "1", "上述", "以上", "前述", "以下"]);
    let list = some(list).filter(|_| fits)?;
    let bare = without_use(list);
    Some(if bare.len() == list.len() {
        members(text, list)
    } else {
        bare
    })
}

/// The data that words for data in general lead to: `的个人信息包括：设备标识`. What is collected and
/// then not named (`收集的信息由…`) is none.
fn named(data: &str) -> Option<&str> {
    const LEADS: [&str; 6] = ["包括但不限于", "包括", "包含", "如下", "分别为", "为"];
    let bare = data.trim_start_matches('的');
    let general = |what: &str| {
        ends(what, &["信息", "数据", "类型", "种类", "字段", "范围"])
            && (bare.len() < data.len()
                || starts(what, &["个人", "信息", "数据", "以下", "下列", "如下"])
                || ends(what, &["的个人信息", "的信息", "必要信息", "必要个人信息"]))
    };
    let parted = bare.split_once(['：', ':']).and_then(|(what, list)| {
        let what = value(what);
        let lead = LEADS.iter().find_map(|lead| what.strip_suffix(lead));
        general(lead.unwrap_or(what)).then_some(list)
    });
    let list = parted.or_else(|| {
        let lead = LEADS
            .iter()
            .filter_map(|lead| Some((bare.find(lead)?, *lead)));
        let (at, lead) = lead.min_by_key(|(at, lead)| (*at, std::cmp::Reverse(lead.len())))?;
        general(&bare[..at]).then(|| &bare[at + lead.len()..])
    });
    let Some(list) = list.map(value).filter(|list| !list.is_empty()) else {
        return (bare.len() == data.len()).then_some(data);
    };
    // 收集的信息为您提供便利 names none.
    if starts(list, &["您提供", "了", "用户提供"]) {
        return None;
    }
    // Numbered entries, each with a colon of its own, are no list of data.
    let numbered = list.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '①' | '（' | '('));
    (!numbered || !list.contains(['：', ':'])).then_some(list)
}

/// The text up to the next comma, or to the end of the bracket it stands in. What stands in brackets
/// of its own, or in quotes, belongs to it.
fn outside(text: &str) -> &str {
    let mut depth = 0_u32;
    let end = text.char_indices().find(|&(_, c)| {
        match c {
            '（' | '(' | '“' => depth += 1,
            '）' | ')' if depth == 0 => return c == '）',
            '）' | ')' | '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        matches!(c, '。' | '；' | ';') || depth == 0 && c == '，'
    });
    let cut = &text[..end.map_or(text.len(), |(at, _)| at)];
    // A bracket that is never closed hides no comma.
    if depth > 0 {
        text.split(['，', '。', '；', ';', '）'])
            .next()
            .unwrap_or(text)
    } else {
        cut
    }
}

/// Data without what is done with it.
fn without_use(data: &str) -> &str {
    let uses = [
        "实现",
        "为您",
        "向您",
        "并加密",
        "并传输",
        "并上传",
        "并发送",
        "传输至",
        "传输到",
        "上传至",
        "上传到",
        "发送至",
        "发送到",
        "提交至",
        "并用于",
        "用于",
        "以便",
        "以提供",
        "以实现",
        "以保障",
        "包括：",
    ];
    let glance = Glance::at(data);
    let cut = uses.iter().filter_map(|word| glance.find(word));
    let cut = cut.chain(aimed(data)).filter(|at| *at > 0).min();
    let bare = cut.map_or(data, |cut| value(&data[..cut]));
    some(bare).unwrap_or(data)
}

/// The text up to the next comma, or up to the one behind it where the first only says where or when.
fn told(text: &str) -> &str {
    let first = outside(text);
    let rest = text[first.len()..].strip_prefix('，');
    let place = ends(first, &["设备上", "手机上", "时", "过程中", "情况下"]);
    let next = rest
        .filter(|_| place)
        .map(outside)
        .filter(|next| !next.is_empty());
    next.map_or(first, |next| {
        &text[..first.len() + '，'.len_utf8() + next.len()]
    })
}

/// What follows the first of the words that anything follows, up to the next comma.
pub(super) fn part<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    part_seen(&Glance::at(text), words, &NOTHING)
}

/// The same, behind the first of the words that none of the `others` follows.
fn part_seen<'a>(glance: &Glance<'a>, words: &[&str], others: &[&str]) -> Option<&'a str> {
    let text = glance.text();
    let first = |from: usize| {
        let rest = &text[from..];
        let words = words.iter().filter(|word| glance.may_hold(word));
        words
            .filter_map(|word| rest.find(word).map(|at| (from + at, *word)))
            .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))
    };
    let (mut at, mut word) = first(0)?;
    // 由某某公司提供， says who offers the kit, 收集到的 what is done with the data.
    while starts(&text[at + word.len()..], others) {
        (at, word) = first(at + word.len())?;
    }
    if ends(
        before(text, at, 12),
        &[
            "不",
            "不会",
            "不再",
            "不强制",
            "不主动",
            "不需要",
            "无需",
            "未",
        ],
    ) {
        return None;
    }
    let part = value(told(&text[at + word.len()..]));
    let led = [
        "和使用的",
        "或使用的",
        "、使用的",
        "和使用",
        "或使用",
        "、使用",
        "及使用",
        "并使用",
    ];
    let part = led
        .iter()
        .find_map(|word| part.strip_prefix(word))
        .unwrap_or(part);
    let yours = ["您的", "用户的", "你的"];
    let bare = yours.iter().find_map(|word| part.strip_prefix(word));
    let part = bare.unwrap_or(part);
    let quoted = part
        .strip_prefix('“')
        .and_then(|part| part.strip_suffix('”'));
    some(quoted.unwrap_or(part))
}

#[cfg(test)]
mod tests {
    use super::{aim, data};

    #[track_caller]
    fn case(text: &str, expected: (Option<&str>, Option<&str>)) {
        assert_eq!((data(text), aim(text)), expected, "{text}");
    }

    #[test]
    fn aims_are_told_in_many_ways() {
        for text in [
            "收集型号，用于统计分析。",
            "收集型号，进行统计分析。",
            "收集型号，以进行统计分析。",
            "收集型号以便统计分析。",
            "收集型号，我们收集这些是为了统计分析。",
        ] {
            case(text, (Some("型号"), Some("统计分析")));
        }
        case("收集型号以推荐广告。", (Some("型号"), Some("推荐广告")));
        case("收集型号，可以优化。", (Some("型号"), None));
        case("收集型号，进行加密传输。", (Some("型号"), None));
    }

    #[test]
    fn data_is_what_is_named() {
        case("收集使用型号、地址。", (Some("型号、地址"), None));
        case("收集使用习惯。", (Some("使用习惯"), None));
        case(
            "收集的个人信息包括：型号、地址。",
            (Some("型号、地址"), None),
        );
        case(
            "收集使用的信息类型包括型号、地址。",
            (Some("型号、地址"), None),
        );
        case("收集和使用的个人信息包括：型号。", (Some("型号"), None));
        case(
            "收集实现服务所必需的个人信息：型号，用于推送。",
            (Some("型号"), Some("推送")),
        );
        case("收集的信息包括：①结果：用于判断。", (None, Some("判断")));
        case("收集的信息由其保护。", (None, None));
        case(
            "收集设备信息：型号、地址。",
            (Some("设备信息：型号、地址"), None),
        );
    }
}
