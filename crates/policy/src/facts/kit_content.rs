//! The data of a kit's entry: an enumeration of nouns of data, however it is led in.

use super::kit_work::is_work;
use super::reach::{ends, has, is_comma, starts, tidy, value};
use crate::text::Glance;

/// Words with which the names of data end, and names of data.
const DATA: [&str; 78] = [
    "内容",
    "轨迹",
    "信息",
    "数据",
    "标识",
    "标识符",
    "识别码",
    "识别号",
    "地址",
    "号码",
    "账号",
    "帐号",
    "型号",
    "版本",
    "版本号",
    "序列号",
    "记录",
    "状态",
    "列表",
    "日志",
    "头像",
    "昵称",
    "位置",
    "经纬度",
    "姓名",
    "性别",
    "手机号",
    "身份证",
    "身份证号",
    "邮箱",
    "照片",
    "图片",
    "图像",
    "视频",
    "音频",
    "录音",
    "品牌",
    "厂商",
    "制造商",
    "生产商",
    "分辨率",
    "时区",
    "运营商",
    "类型",
    "制式",
    "语言",
    "操作系统",
    "参数",
    "时长",
    "次数",
    "时间",
    "大小",
    "容量",
    "强度",
    "环境",
    "行为",
    "内存",
    "电量",
    "应用名",
    "包名",
    "名称",
    "签名",
    "通讯录",
    "联系人",
    "传感器",
    "IMEI",
    "IMSI",
    "MAC",
    "MEID",
    "OAID",
    "IDFA",
    "IDFV",
    "ICCID",
    "SSID",
    "UUID",
    "ID",
    "IP",
    "SN",
];
/// Words that lead to data, and what must not follow where they are part of others.
const LEADS: [(&str, &[&str]); 27] = [
    ("取得", &[]),
    ("获得", &[]),
    ("通过", &[]),
    ("收集", &[]),
    ("采集", &[]),
    ("获取", &[]),
    ("读取", &[]),
    ("涉及", &[]),
    ("涉及到", &[]),
    ("包括", &[]),
    ("包含", &[]),
    ("需要", &[]),
    ("需", &["要"]),
    ("须", &[]),
    ("用到", &[]),
    (
        "使用",
        &[
            "习惯", "记录", "日志", "情况", "数据", "时长", "信息", "频", "行为", "状", "者",
            "语言", "次数", "偏好", "时间", "环境",
        ],
    ),
    ("提供", &["商", "方", "者"]),
    ("识别", &["号", "码", "符"]),
    ("处理", &["器"]),
    ("上传", &[]),
    ("传输", &[]),
    ("可能有", &[]),
    ("类型有", &[]),
    ("信息有", &[]),
    ("为", &[]),
    ("是", &["否"]),
    ("的", &[]),
];
/// What may stand between data and the end of its clause.
const BEHIND: [&str; 13] = [
    "计算",
    "用于",
    "用来",
    "用以",
    "以便",
    "以实现",
    "向您",
    "为您",
    "向用户",
    "为用户",
    "实现",
    "进行",
    "以",
];

/// The parts of a text that commas, stops and dashes end outside brackets: where each begins and ends.
pub(super) fn parts(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut depth = 0_u32;
    let split = move |c: char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (is_comma(c) || c == '。' || c == '—')
    };
    text.split(split).take(16).map(move |part| {
        let begin = part.as_ptr() as usize - text.as_ptr() as usize;
        (begin, begin + part.len())
    })
}

/// The enumeration of data in what a text says of a kit. What is not taken, what the operator takes
/// and the object of an aim are none.
pub(super) fn enumeration(text: &str) -> Option<&str> {
    let mut found: Option<(usize, usize)> = None;
    for (begin, end) in parts(text) {
        let part = &text[begin..end];
        if let Some(found) = &mut found {
            // Further members behind a comma.
            if begin > found.1 + 6 || !is_member(part) {
                break;
            }
            found.1 = end;
        } else if let Some((from, to)) = taken(part) {
            found = Some((begin + from, begin + to));
            if to < part.trim_end().len() {
                break;
            }
        }
    }
    found.map(|(from, to)| value(&text[from..to]))
}

/// The text with the members that follow behind commas: `型号，系统版本，用于…`. `data` begins within it.
pub(super) fn longer<'a>(text: &'a str, data: &'a str) -> &'a str {
    let from = data.as_ptr() as usize - text.as_ptr() as usize;
    let rest = text.get(from + data.len()..).unwrap_or_default();
    if rest.starts_with(['，', ',']) && of_data(data, "") {
        members(text, data)
    } else {
        data
    }
}

/// The same, of what is surely data.
pub(super) fn members<'a>(text: &'a str, data: &'a str) -> &'a str {
    let from = data.as_ptr() as usize - text.as_ptr() as usize;
    let rest = text.get(from + data.len()..).unwrap_or_default();
    if !rest.starts_with(['，', ',']) {
        return data;
    }
    let more = parts(rest).skip(1);
    let more = more.take_while(|&(begin, end)| {
        is_member(&rest[begin..end]) && !rest[..begin].contains(['。', '；', ';'])
    });
    more.last()
        .map_or(data, |(_, end)| value(&text[from..from + data.len() + end]))
}

/// Whether a part of a sentence goes on with an enumeration of data.
pub(super) fn is_member(part: &str) -> bool {
    let joint = ["以及", "还有", "及", "和", "或"];
    let bare = joint.iter().find_map(|word| part.strip_prefix(word));
    let part = bare.unwrap_or(part);
    of_data(part, "") && lead(part.split('、').next().unwrap_or(part), &Glance::at(part)) == 0
}

/// Where in a part of a sentence an enumeration of data stands.
fn taken(part: &str) -> Option<(usize, usize)> {
    const DENIED: [&str; 5] = ["不", "未", "无需", "无须", "没有"];
    if part.is_empty() {
        return None;
    }
    let glance = Glance::at(part);
    let to = BEHIND.iter().filter_map(|word| behind(&glance, word)).min();
    let to = to.unwrap_or(part.len());
    let ours = glance.sees(&["我们"]) && !glance.sees(&["向其", "给其", "向该", "共享", "该SDK"]);
    let led = &part[..to];
    let within = |words: &[&str]| {
        let mut words = words.iter().filter(|word| glance.may_hold(word));
        words.any(|word| led.contains(word))
    };
    if led.is_empty() || ours || within(&DENIED) || within(&["您可以", "如果", "权限"]) {
        return None;
    }
    let first = led.find('、').unwrap_or(led.len());
    let from = lead(&led[..first], &glance);
    let what = &led[from..];
    // `方便收集崩溃信息` is an aim.
    let aim = has(
        &led[..from],
        &["方便", "便于", "为了", "帮助", "支持", "协助"],
    );
    (!aim && of_data(what, &led[..from])).then(|| (from, from + what.len()))
}

/// Where a word begins that ends an enumeration. 以 in 以及 and 计算 in 计算机 end none.
fn behind(glance: &Glance<'_>, word: &str) -> Option<usize> {
    let others: &[&str] = match word {
        "以" => &["及", "上", "下", "内", "外", "前", "后", "太", "往"],
        "计算" => &["机"],
        _ => return glance.find(word),
    };
    let text = glance.text();
    let mut found = text.match_indices(word).take(8);
    found.find_map(|(at, _)| (!starts(&text[at + word.len()..], others)).then_some(at))
}

/// Where the words end that lead to the first member. What is seen at a glance holds it.
fn lead(first: &str, glance: &Glance<'_>) -> usize {
    let outside = first.find(['（', '(']).unwrap_or(first.len());
    let first = &first[..outside];
    let behind = |(word, others): &(&str, &[&str])| {
        let at = glance.may_hold(word).then(|| first.rfind(word)).flatten()?;
        let end = at + word.len();
        let part_of = starts(&first[end..], others) || *word == "为" && first[..at].ends_with('行');
        (!part_of && end < first.len()).then_some(end)
    };
    let mark = first
        .rfind(['：', ':'])
        .map(|at| at + first[at..].chars().next().map_or(0, char::len_utf8));
    // `定位服务 位置信息`
    let blank = first.rfind(' ').filter(|at| is_work(&first[..*at]));
    let end = LEADS
        .iter()
        .filter_map(behind)
        .chain(mark)
        .chain(blank)
        .max()
        .unwrap_or(0);
    end + (first[end..].len() - first[end..].trim_start_matches([' ', '：', ':']).len())
}

/// Whether most members of a list are nouns of data; one that stands alone is no general word.
pub(super) fn of_data(list: &str, led: &str) -> bool {
    const GENERAL: [&str; 12] = [
        "个人信息",
        "信息",
        "数据",
        "用户信息",
        "必要信息",
        "必要的信息",
        "以下信息",
        "相关信息",
        "设备上的信息",
        "个人数据",
        "用户数据",
        "敏感信息",
    ];
    /// What is done with data is rather an aim.
    const DOES: [&str; 22] = [
        "记录", "播放", "计算", "测试", "统计", "分析", "查看", "展示", "显示", "保护", "保障",
        "校验", "核验", "验证", "同步", "优化", "监测", "修改", "删除", "管理", "查询", "生成",
    ];
    let list = value(list);
    let list = list.trim_end_matches("等信息").trim_end_matches('等');
    if list.is_empty()
        || starts(list, &DOES) && list != "记录"
        || starts(list, &["上述", "以上", "前述", "该等", "这些", "此类"])
        || BEHIND
            .iter()
            .any(|word| *word != "以" && list.starts_with(word))
        || list.starts_with('以') && !list.starts_with("以太")
        || has(list, &["我们", "SDK", "属于"])
    {
        return false;
    }
    let (mut data, mut all) = (0, 0);
    for member in list
        .split(['、', '/'])
        .flat_map(|part| part.split(['和', '及', '与', '或']))
    {
        let bare = member.split(['（', '(']).next().unwrap_or(member);
        let bare = tidy(bare.trim_end_matches('以').trim_start_matches("您的"));
        if bare.is_empty() {
            continue;
        }
        if bare.contains('您') {
            return false;
        }
        all += 1;
        data += usize::from(bare.chars().count() <= 20 && ends(bare, &DATA));
    }
    if all > 1 {
        return data > 1 && data * 3 > all * 2 || data == all;
    }
    let named = data == 1 && !GENERAL.contains(&list) && list.chars().count() <= 16;
    named && !has(led, &DOES)
}

#[cfg(test)]
mod tests {
    use super::enumeration;
    use crate::facts::kit_work::work;

    #[track_caller]
    fn case(text: &str, data: Option<&str>, aim: Option<&str>) {
        assert_eq!((enumeration(text), work(text)), (data, aim), "{text}");
    }

    #[test]
    fn nouns_of_data_are_data_whatever_leads_to_them() {
        for lead in [
            "可能有",
            "会涉及",
            "所需信息为",
            "包括",
            "其需要",
            "通过识别",
            "信息类型为",
            "：",
        ] {
            let text = format!("{lead}设备标识、IP地址，用于推送");
            case(&text, Some("设备标识、IP地址"), None);
        }
        case("，昵称、头像", Some("昵称、头像"), None);
        case(
            "需要读取设备识别号，型号，网络状态。",
            Some("设备识别号，型号，网络状态"),
            None,
        );
        case("运行时需要位置信息", Some("位置信息"), None);
        case(
            "使用IP地址、型号向您推送",
            Some("IP地址、型号"),
            Some("推送"),
        );
        case(
            "可能有网络状态、热点的状态以及您的位置信息或型号",
            Some("网络状态、热点的状态以及您的位置信息或型号"),
            None,
        );
        case("上述信息属于敏感信息", None, None);
        // Negated, the operator's, or the object of an aim.
        case("不收集设备标识、IP地址", None, None);
        case("用于统计设备型号、网络状态", None, None);
        case("我们收集设备型号、网络状态", None, None);
        case("统计设备型号、网络状态", None, None);
        case("涉及个人信息", None, None);
    }
}
