//! Data that a text states in so many words: `所分享的信息可能有…`, `处理的数据类型包括…`. All that is
//! listed there is data, whether or not its words are known.

use super::kit_content::is_member;
use super::reach::{before, ends, has, is_comma, starts, tidy, value};
use crate::text::Glance;

/// Words behind which a list of data stands, and what must not follow where they mean something else.
const LISTS: [(&str, &[&str]); 10] = [
    ("包括但不限于", &[]),
    ("包括", &["的"]),
    ("包含", &["的"]),
    ("涉及到", &[]),
    ("涉及", &[]),
    (
        "有",
        &["关", "助", "效", "利", "权", "可能", "限", "误", "必要"],
    ),
    ("如下", &[]),
    (
        "为",
        &["您", "了", "用户", "我们", "其", "实现", "准", "必"],
    ),
    ("是", &["否", "为", "由", "在", "通过", "必", "指"]),
    ("：", &[]),
];

/// Where in a text the list of data begins that words for data in general lead to.
pub(super) fn stated(glance: &Glance<'_>) -> Option<usize> {
    const DATA: [&str; 4] = ["信息", "数据", "内容", "字段"];
    const KINDS: [&str; 8] = [
        "类型", "种类", "字段", "范围", "内容", "分别", "主要", "一般",
    ];
    const HELPS: [&str; 5] = ["可能会", "可能", "可以", "会", "将"];
    let text = glance.text();
    let ends = DATA
        .iter()
        .filter(|word| glance.may_hold(word))
        .flat_map(|word| text.match_indices(word).take(6))
        .map(|(at, word)| (at, at + word.len()));
    let found = ends.filter_map(|(at, end)| {
        let mut rest = &text[end..];
        for words in [&KINDS[..], &HELPS[..]] {
            while let Some(next) = words.iter().find_map(|word| rest.strip_prefix(word)) {
                rest = next;
            }
        }
        let (word, others) = LISTS.iter().find(|(word, _)| rest.starts_with(word))?;
        let list = &rest[word.len()..];
        let list = list.trim_start_matches(['：', ':', ' ']);
        (!starts(list, others) && is_taken(text, at)).then(|| text.len() - list.len())
    });
    found.min()
}

/// The data behind `需要访问您的`, up to the first permission.
pub(super) fn accessed(text: &str) -> Option<&str> {
    let helps = ["可能", "需要", "需", "会", "将"];
    let mut tells = text;
    while let Some(next) = helps.iter().find_map(|word| tells.strip_prefix(word)) {
        tells = next;
    }
    let list = ["访问您的", "访问用户的"]
        .iter()
        .find_map(|word| tells.strip_prefix(word))?;
    let list = list.split(is_comma).next().unwrap_or(list);
    let is_data = |member: &&str| !member.contains("权限");
    let data = list.split('、').take_while(is_data);
    let length = data
        .map(|member| member.len() + '、'.len_utf8())
        .sum::<usize>();
    let data = tidy(&list[..length.min(list.len())]);
    is_member(data).then_some(data)
}

/// The list in brackets that tells what data are meant by a general word before it:
/// `收集您的个人信息，包括【型号、头像】`.
pub(super) fn included<'a>(text: &'a str, data: &str) -> Option<&'a str> {
    if !matches!(data, "个人信息" | "信息" | "相关信息" | "必要信息" | "数据") {
        return None;
    }
    let from = data.as_ptr() as usize - text.as_ptr() as usize;
    let rest = text[from + data.len()..].trim_start_matches(['，', ',']);
    let list = rest.strip_prefix("包括")?;
    let list = list.strip_prefix("但不限于").unwrap_or(list);
    let list = list
        .trim_start_matches(['：', ':'])
        .strip_prefix(['【', '['])?;
    let list = &list[..list.find(['】', ']'])?];
    (list.len() <= 600 && !list.contains('。')).then_some(tidy(list))
}

/// Whether the words for data that stand there mean those that a kit gets.
fn is_taken(text: &str, at: usize) -> bool {
    const TAKES: [&str; 15] = [
        "收集", "采集", "获取", "读取", "分享", "共享", "传输", "上传", "处理", "涉及", "使用",
        "所需", "用到", "获得", "需要",
    ];
    let left = before(text, at, 60);
    let left = left
        .rsplit(|c| is_comma(c) || matches!(c, '：' | ':' | '、' | '（' | '('))
        .next()
        .unwrap_or(left);
    let left = value(left.trim_end_matches("敏感").trim_end_matches("个人"));
    let led = left.strip_suffix("必要").unwrap_or(left);
    let led = led.strip_suffix("的").unwrap_or(led);
    ends(led, &TAKES)
        && !has(
            led,
            &["我们", "不", "未", "无需", "您", "你", "用于", "被", "关于"],
        )
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::kits_are as case;

    #[test]
    fn all_that_is_listed_as_data_is_data() {
        for list in [
            "网络状态、当前接入的热点以及附近热点的信息、您的通话状态",
            "厂家名、产品名、订阅关系",
            "标识（甲/乙号）、存储权限",
            "卡中的信息及外部卡中的信息",
            "网络状态、系统信息：序列号、是否在充电",
            "网络状态、读取日志信息、写入文件",
            "OAID、VAID",
        ] {
            for lead in [
                "所分享的信息可能有您的",
                "所共享的数据可能包含",
                "处理的个人信息类型包括：",
                "其使用的信息为",
            ] {
                case(
                    &format!("（1）甲光SDK：用于消息推送；{lead}{list}；"),
                    &[("甲光SDK", Some("消息推送"), Some(list), 1)],
                );
            }
        }
        case(
            "（1）甲光SDK：用于启动时获取统一的设备标识；分享的信息可能有甲码、乙码；",
            &[(
                "甲光SDK",
                Some("启动时获取统一的设备标识"),
                Some("甲码、乙码"),
                1,
            )],
        );
        case(
            "（1）甲光SDK：用于推送；所分享的信息可能有甲码、乙码用于提供推送；不强制获取任何隐私信息。",
            &[("甲光SDK", Some("推送"), Some("甲码、乙码"), 1)],
        );
        case(
            "（1）甲光SDK供您查看附近门店；涉及的信息有您的精确位置、周边基站，以及热点列表，便于推荐。",
            &[(
                "甲光SDK",
                Some("供您查看附近门店"),
                Some("精确位置、周边基站，以及热点列表"),
                1,
            )],
        );
        case(
            "我们接入甲客SDK用于在线客服；共享的个人信息类型包括您的昵称、聊天内容与上传的截图。",
            &[(
                "甲客SDK",
                Some("在线客服"),
                Some("昵称、聊天内容与上传的截图"),
                1,
            )],
        );
        // What the operator takes, or the user gives, is no kit's.
        case(
            "（1）甲光SDK：用于推送；我们收集的信息有甲码、乙码。",
            &[("甲光SDK", Some("推送"), None, 1)],
        );
        case(
            "（1）甲光SDK：用于推送；收集的信息为您提供便利。",
            &[("甲光SDK", Some("推送"), None, 1)],
        );
    }

    #[test]
    fn a_list_in_brackets_says_what_data_are_meant() {
        case(
            "“甲光SDK”功能，甲光SDK运行时会收集您的个人信息，包括【型号、头像和存储权限】，不需要时可以关闭。",
            &[("甲光SDK", None, Some("型号、头像和存储权限"), 1)],
        );
    }

    #[test]
    fn an_entry_among_others_needs_no_word_for_a_kit() {
        case(
            "（1）甲光SDK：用于推送；所分享的信息可能有甲码。\n（2）甲Q授权登录：用于登录账号；所分享的信息可能有乙码。\n（3）甲塔Beacon：提供SDK登录服务；所分享的信息可能有丙码。\n（4）剪贴板：用于复制；被读写的信息可能有您写的内容。",
            &[
                ("甲光SDK", Some("推送"), Some("甲码"), 1),
                ("甲Q授权登录", Some("登录账号"), Some("乙码"), 2),
                ("甲塔Beacon", Some("SDK登录服务"), Some("丙码"), 3),
            ],
        );
    }
}
