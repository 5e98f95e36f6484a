//! What the names of columns and the cells below them say of each other: `官网链接` stands above links.

use crate::input::Hint;
use crate::input::lines::Line;
use crate::text::is_sentence_mark;

/// Most characters of a column's name and of a company's.
const NAME: u32 = 12;
const COMPANY: usize = 60;

/// How the name of a column says that companies stand in it.
const MAKERS: [&str; 11] = [
    "公司",
    "主体",
    "提供方",
    "运营方",
    "提供者",
    "接收方",
    "第三方",
    "合作方",
    "开发者",
    "厂商",
    "机构",
];

/// What a column holds, as far as its cells show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Link,
    Company,
    Kit,
    Permission,
    Data,
    Purpose,
    Other,
}

/// How plainly a cell shows that it is of its column's kind; none where it shows another kind.
pub(super) fn fits(text: &str, kind: Kind) -> Option<usize> {
    let company = text.ends_with("公司") && text.chars().count() <= COMPANY;
    let plain = !text.contains(is_sentence_mark);
    let shown = match kind {
        Kind::Link if is_link(text) => return Some(2),
        Kind::Link => {
            let none = matches!(
                text,
                "无" | "暂无" | "/" | "-" | "—" | "--" | "——" | "N/A" | "不适用"
            );
            let told = text.contains("://") || text.contains(['《', '见', '链']);
            return (none || told).then_some(usize::from(none));
        }
        Kind::Company => company,
        Kind::Kit => plain && text.contains("SDK"),
        Kind::Permission => plain && is_permission(text),
        // A datum or a purpose may be worded in any way: only both together show it.
        Kind::Data | Kind::Purpose | Kind::Other => false,
    };
    let stray = is_link(text) || company && !matches!(kind, Kind::Company | Kind::Kit);
    (!stray).then_some(usize::from(shown))
}

/// Whether a cell only names what is collected, and does not state anything.
pub(super) fn names_data(text: &str) -> bool {
    !text.contains(['。', '；', '：', '！', '？', ';', ':', '!', '?'])
}

/// Whether a cell says what something is for: in a sentence, which may lead to a list, or in words
/// that open a purpose.
pub(super) fn tells_purpose(text: &str) -> bool {
    const OPENS: [&str; 4] = ["用于", "为了", "以便", "便于"];
    text.ends_with(['。', '：']) || OPENS.iter().any(|word| text.starts_with(word))
}

pub(super) fn is_link(text: &str) -> bool {
    let text = text.trim_start_matches('<');
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

/// Whether a cell names a permission, or the part of a device that one is for. A bracket may say
/// where: `相机（仅Android）`.
fn is_permission(text: &str) -> bool {
    const PARTS: [&str; 26] = [
        "相机",
        "摄像头",
        "相册",
        "照片",
        "麦克风",
        "录音",
        "存储",
        "储存",
        "位置",
        "定位",
        "通讯录",
        "联系人",
        "蓝牙",
        "电话",
        "短信",
        "日历",
        "通知",
        "网络",
        "悬浮窗",
        "传感器",
        "剪贴板",
        "剪切板",
        "NFC",
        "应用列表",
        "自启动",
        "设备信息",
    ];
    let bare = text.split(['（', '(']).next().unwrap_or(text).trim_end();
    bare.ends_with("权限")
        || bare.chars().count() <= 16 && PARTS.iter().any(|part| bare.contains(part))
}

/// Whether a line may name a column of such a table.
pub(super) fn is_column(line: &Line<'_>) -> bool {
    line.length <= NAME
        && line.label.is_none()
        && !matches!(line.hint, Hint::Heading(_))
        && names_column(&line.text)
}

/// Whether a text may name a column.
pub(super) fn names_column(text: &str) -> bool {
    const ENDS: [&str; 29] = [
        "名称", "目的", "用途", "场景", "方式", "链接", "政策", "信息", "数据", "类型", "种类",
        "类别", "范围", "字段", "内容", "功能", "权限", "网址", "官网", "地址", "期限", "说明",
        "描述", "服务", "产品", "影响", "平台", "系统", "序号",
    ];
    (ENDS.iter().chain(&MAKERS).any(|word| text.ends_with(word))
        || matches!(text, "SDK" | "第三方SDK" | "名称" | "目的"))
        && !text.ends_with("有限公司")
        && !text.contains(is_sentence_mark)
        && !text.contains(['，', '、', '：', ':', '《'])
}

/// What the cells of the column of this name look like.
pub(super) fn kind(line: &Line<'_>) -> Kind {
    let text = line.text.as_ref();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["链接", "网址", "官网", "政策", "地址"]) {
        Kind::Link
    } else if has(&["SDK"]) && !has(&["公司", "主体", "方", "信息", "目的", "用途", "功能"])
        || matches!(text, "SDK名称" | "第三方SDK" | "第三方SDK名称")
    {
        Kind::Kit
    } else if has(&MAKERS) && !has(&["目的", "信息", "数据", "用途", "方式"]) {
        Kind::Company
    } else if ["权限", "权限名称", "权限类型", "权限项"]
        .iter()
        .any(|end| text.ends_with(end))
    {
        Kind::Permission
    } else if has(&["目的", "用途"]) {
        Kind::Purpose
    } else if ["信息", "数据", "字段"]
        .iter()
        .any(|end| text.ends_with(end))
    {
        Kind::Data
    } else {
        Kind::Other
    }
}
