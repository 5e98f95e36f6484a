//! What can be the name of a kit.

use super::columns::Column;
use super::cues::{Cue, cues};
use super::fields::Field;
use super::kit_granted::granted;
use super::kit_parts::tells;
use super::kit_work::is_work;
use super::reach::{ends, has, is_filler, starts, tidy, value};

/// What two spellings of a name have in common.
pub(super) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let kept = name
        .chars()
        .filter(|&c| !is_filler(c) && !matches!(c, '“' | '”'));
    key.extend(kept.map(|c| c.to_ascii_lowercase()));
    key
}

/// A value that says something.
pub(super) fn some(text: &str) -> Option<&str> {
    let none = matches!(
        text,
        "" | "无" | "暂无" | "/" | "-" | "—" | "--" | "——" | "N/A" | "不涉及" | "不适用"
    );
    Some(text).filter(|_| !none)
}

/// Whether a short passage may be the name above the fields of an entry. Brackets behind it may say
/// anything.
pub(super) fn is_head(body: &str) -> bool {
    let bare = match body.find(['（', '(']) {
        Some(open) if open > 0 && body.ends_with(['）', ')']) => &body[..open],
        _ => body,
    };
    (2..=75).contains(&bare.len())
        && !bare.contains(['。', '，', '；', '：'])
        && !has(bare, &["以下", "我们", "下列"])
        && !ends(
            bare,
            &["目录", "清单", "列表", "名单", "信息", "说明", "情况"],
        )
}

/// Whether a name says that it is one of a kit.
pub(super) fn names_sdk(name: &str) -> bool {
    has(name, &["SDK", "sdk", "Sdk"])
}

/// Whether a field names who makes a kit, where the kit itself has its name already.
pub(super) fn is_maker(field: &Field<'_>) -> bool {
    has(field.name, &["第三方", "合作方", "合作伙伴"]) && field.column == Column::Name
}

/// Whether what looks like the label of a field is a kit's own name: nothing stands behind it
/// (`【某推送SDK】`), or what the kit does (`某推送SDK：用于推送`).
pub(super) fn names_a_kit(pairs: &[Field<'_>]) -> bool {
    const GENERAL: [&str; 8] = ["的", "使用", "接入", "集成", "嵌入", "涉及", "引入", "合作"];
    pairs.first().is_some_and(|first| {
        let silent = first.value.is_empty() && pairs.len() == 1;
        let own = || !is_kind(first.name) && !has(first.name, &GENERAL);
        first.column == Column::Kit
            && ends(first.name, &["SDK", "sdk", "Sdk"])
            && (silent
                || starts(first.value, &DOES)
                || own() && (is_told(first.value) || granted(first.value).is_some()))
            && is_name(first.name)
            && !is_generic(first.name)
    })
}

/// Words with which what is said of a kit opens.
const DOES: [&str; 17] = [
    "我们使用",
    "我们接入",
    "我们集成",
    "我行使用",
    "由",
    "用于",
    "用来",
    "为",
    "主要",
    "会",
    "将",
    "可能",
    "当",
    "如您",
    "如果您",
    "需要",
    "该SDK",
];

/// Whether a value says what a kit does: `消息推送（…）`, `通过…为您推送`.
fn is_told(value: &str) -> bool {
    let end = value.find(['，', '；', ';', '。', '（', '(', '、']);
    let what = tidy(&value[..end.unwrap_or(value.len())]);
    let (purpose, data) = tells(value);
    !names_sdk(what) && (is_kind(what) || data.is_some() || purpose.is_some() && !is_work(what))
}

/// Whether a value is the technical name of what the line above names in words.
pub(super) fn is_package(name: &str, head: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '/');
    names_sdk(head)
        && name.chars().all(plain)
        && (name.contains('.') || head.to_lowercase().contains(&name.to_lowercase()))
}

/// Whether a text can name a kit.
pub(super) fn is_name(name: &str) -> bool {
    let name = value(name);
    some(name).is_some()
        && name.len() <= 240
        && !has(name, &["如下", "暂无", "。"])
        && !name.ends_with("权限")
        && !starts(name, &["用于", "用来", "以便"])
        && !is_sentence(name)
        && !is_definition(name)
        && !starts(name.trim_start_matches('<'), &["http://", "https://"])
        && !matches!(name, "SDK" | "第三方SDK" | "名称" | "第三方")
}

/// Whether what stands where a name is awaited tells something of a kit instead.
fn is_sentence(name: &str) -> bool {
    let bare = name.split(['（', '(']).next().unwrap_or(name);
    starts(
        bare,
        &[
            "我们会",
            "我们将",
            "我们可能",
            "我们不",
            "当您",
            "如您",
            "如果您",
        ],
    ) || has(bare, &["您的", "可能会"]) && has(bare, &["收集", "采集", "获取", "读取", "使用"])
}

/// Whether what stands where a name is awaited says what such kits are: `SDK：软件开发工具包，…`.
fn is_definition(name: &str) -> bool {
    const MEANS: [&str; 11] = [
        "由第三方",
        "由他人",
        "是指",
        "指的是",
        "系指",
        "一种",
        "一类",
        "软件开发工具包",
        "软件开发包",
        "软件工具开发包",
        "软件工具包",
    ];
    // 指南针 is a name.
    let means = name.starts_with('指') && has(name, &["，", ",", "的"]);
    let long = "Software Development Kit";
    let english = name.get(..long.len());
    means || starts(name, &MEANS) || english.is_some_and(|name| name.eq_ignore_ascii_case(long))
}

/// Whether a line is the label of a field and nothing else: `收集的个人信息类型`, `功能用途`.
pub(super) fn is_label(line: &str) -> bool {
    const WORDS: [&str; 50] = [
        "使用",
        "收集",
        "采集",
        "获取",
        "处理",
        "共享",
        "涉及",
        "目的",
        "用途",
        "功能",
        "场景",
        "作用",
        "个人",
        "信息",
        "数据",
        "类型",
        "种类",
        "范围",
        "字段",
        "内容",
        "业务",
        "服务",
        "可能",
        "描述",
        "说明",
        "介绍",
        "第三方",
        "第三",
        "SDK",
        "提供商",
        "提供方",
        "服务商",
        "公司",
        "名称",
        "主体",
        "我们",
        "用户",
        "您",
        "名",
        "的",
        "和",
        "及",
        "与",
        "或",
        "所",
        "需",
        "会",
        "、",
        "/",
        " ",
    ];
    // A word of data alone is data: 设备信息.
    let mut rest = line;
    while let Some(next) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = next;
    }
    rest.is_empty()
        && (2..=16).contains(&line.chars().count())
        && has(
            line,
            &[
                "目的",
                "用途",
                "功能",
                "场景",
                "作用",
                "信息",
                "数据",
                "内容",
                "公司",
                "提供",
                "服务商",
            ],
        )
}

/// Words that speak of kits in general.
pub(super) fn is_generic(name: &str) -> bool {
    starts(name, cues(Cue::KitGeneral)) || has(name, cues(Cue::KitWithin))
}

/// What most kits are for, which is no name of one.
pub(super) const KINDS: [&str; 16] = [
    "统计",
    "推送",
    "支付",
    "地图",
    "分享",
    "登录",
    "定位",
    "广告",
    "客服",
    "直播",
    "音视频",
    "社交",
    "安全",
    "风控",
    "短信",
    "第三方",
];

/// Whether a name says no more than what such kits are for: 消息推送SDK.
pub(super) fn is_kind(name: &str) -> bool {
    const WORDS: [&str; 35] = [
        "图片",
        "图像",
        "合成",
        "审核",
        "翻译",
        "验证码",
        "邮件",
        "错误",
        "日志",
        "程序化",
        "一键",
        "身份",
        "验证",
        "认证",
        "识别",
        "监控",
        "监测",
        "加固",
        "检测",
        "崩溃",
        "性能",
        "语音",
        "人脸",
        "应用",
        "SDK",
        "sdk",
        "软件开发工具包",
        "软件工具开发包",
        "软件开发包",
        "消息",
        "分析",
        "相关",
        "服务",
        "功能",
        " ",
    ];
    let words = || WORDS.iter().chain(&KINDS);
    let mut rest = name;
    while let Some(next) = words().find_map(|word| rest.strip_prefix(word)) {
        rest = next;
    }
    // 支付宝 is a name, though it begins as a kind does.
    rest.chars().count() < 2 && rest != "宝"
}
