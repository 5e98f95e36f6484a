//! `name：value` pairs, as lists of kits and of permissions have them.

use super::columns::{self, Column};
use super::kit_joined::is_own;
use super::kit_names::{is_name, names_sdk};
use super::passage::Passage;
use super::reach::{before, ends, has, is_filler, tidy, value};
use super::scan::{Found, Topic};

/// Words on which the names of fields end.
pub(super) const WORDS: [&str; 55] = [
    "名称",
    "名稱",
    "SDK",
    "SDK名",
    "目的",
    "用途",
    "场景",
    "功能",
    "作用",
    "原因",
    "信息",
    "类型",
    "字段",
    "范围",
    "数据",
    "种类",
    "公司",
    "主体",
    "运营方",
    "提供方",
    "提供商",
    "供应商",
    "开发者",
    "开发商",
    "厂家",
    "厂商",
    "服务商",
    "第三方",
    "合作方",
    "伙伴",
    "平台",
    "机构",
    "插件",
    "组件",
    "权限",
    "影响",
    "后果",
    "方式",
    "方法",
    "链接",
    "政策",
    "官网",
    "网址",
    "包名",
    "版本",
    "描述",
    "说明",
    "介绍",
    "简介",
    "内容",
    "收集",
    "采集",
    "收集项",
    "采集项",
    "第三方服务",
];

/// A pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    /// What the name says the value is.
    pub(super) column: Column,
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    /// Where the name begins.
    pub(super) start: usize,
}

/// The pairs of a passage, in order. A value ends where the next pair begins.
pub(super) fn read<'a>(passage: &Passage<'a>, found: &Found) -> Vec<Field<'a>> {
    let text = passage.text;
    let mut pairs: Vec<Field<'a>> = Vec::new();
    let mut last = passage.start;
    // Where the value of the last pair begins.
    let mut open = 0;
    let mut push = |pairs: &mut Vec<Field<'a>>, (start, end): (usize, usize), name: &'a str| {
        let column = columns::of_field(name);
        if let Some(last) = pairs.last_mut() {
            // 收集的信息：设备信息：型号 is one pair, and so is 必要信息：姓名；可选信息：性别.
            if (last.column, column) == (Column::Data, Column::Data) {
                return;
            }
            last.value = value(&text[open.min(start)..start]);
        }
        open = end;
        pairs.push(Field {
            column,
            name,
            value: "",
            start,
        });
    };
    for hit in found.of(Topic::Field) {
        if hit.end() <= last {
            continue;
        }
        let left = before(text, hit.end(), 75.min(hit.end() - last));
        let whole = left.trim_end_matches(|c| matches!(c, '：' | ':') || is_filler(c));
        // A key is a short name; a sentence that ends in a colon is none.
        let short = |key: &&str| !key.is_empty() && key.len() <= 54;
        let Some(key) = label(whole).filter(short) else {
            continue;
        };
        // The key is what is left at the end of the whole.
        let end = hit.end() - left.len() + whole.len();
        let label = parted(key);
        let head = &key[..key.len() - label.len()];
        let head = if head.is_empty() { head } else { value(head) };
        // A blank may part it from the value before it, or from the kit's own name.
        let key = if head.is_empty() || pairs.is_empty() && !names_sdk(head) {
            key
        } else {
            if pairs.is_empty() && is_name(head) {
                let start = end - key.len();
                push(&mut pairs, (start, start), "SDK");
            }
            label
        };
        push(&mut pairs, (end - key.len(), hit.end()), key);
        last = hit.end();
    }
    if let Some(last) = pairs.last_mut() {
        last.value = value(&text[open..]);
    }
    let tells = |field: &Field<'_>| matches!(field.column, Column::Purpose | Column::Data);
    if !pairs.iter().any(tells) {
        return pairs;
    }
    if let Some(first) = pairs.first_mut().filter(|first| is_named(first)) {
        // `某推送SDK：用途：…`
        (first.name, first.value) = ("SDK", first.name);
    } else if let Some(name) = pairs.first().and_then(|first| above(passage, first.start)) {
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        // The bracket that opens behind the name closes behind the last pair.
        if let Some(last) = pairs
            .last_mut()
            .filter(|last| !last.value.contains(['（', '(']))
        {
            last.value = last.value.trim_end_matches(['）', ')']);
        }
        let kit = Field {
            column: Column::Kit,
            name: "SDK",
            value: name,
            start,
        };
        pairs.insert(0, kit);
    }
    pairs
}

/// The label at the end of what stands before a colon: behind the last mark, and behind a bracket
/// that opens before it. Whose words name `you` or `us` are none.
fn label(whole: &str) -> Option<&str> {
    let mut closed = false;
    let mut opened = false;
    for (at, c) in whole.char_indices().rev() {
        match c {
            '；' | ';' | '，' | ',' | '。' | '、' | '\t' | '|' | '：' | ':' | '　' => {
                return Some(whole[at + c.len_utf8()..].trim_start_matches(is_filler));
            }
            '您' | '你' | '我' => return None,
            '（' | '(' if !closed && !opened => return Some(&whole[at + c.len_utf8()..]),
            '（' | '(' => opened = true,
            '）' | ')' => closed = true,
            _ => {}
        }
    }
    Some(whole.trim_start_matches(is_filler))
}

/// Whether what looks like a label is a kit's name.
fn is_named(first: &Field<'_>) -> bool {
    let kit = first.column == Column::Kit && first.value.is_empty();
    kit && ends(first.name, &["SDK", "sdk"]) && is_own(first.name)
}

/// What stands before a bracket that closes at the end.
fn without_aside(name: &str) -> &str {
    let inside = name.strip_suffix(['）', ')']);
    let open = inside.and_then(|inside| inside.rfind(['（', '(']));
    open.map_or(name, |open| &name[..open])
}

/// The kit's name right before the first pair: `某推送SDK（用途：…；收集信息：…）`, `某推送SDK（推送）。用途：…`.
fn above<'a>(passage: &Passage<'a>, first: usize) -> Option<&'a str> {
    let left = before(
        passage.text,
        first,
        120.min(first.saturating_sub(passage.start)),
    );
    let marks = ['（', '(', '：', ':', '，', ',', '—', '-', ' ', '。'];
    let name = without_aside(left.trim_end_matches(marks));
    let short = name.len() < left.len() && name.len() <= 90 && ends(name, &["SDK", "sdk"]);
    let name = tidy(name);
    (short && is_own(name) && !name.contains(['，', '。', '；', '、', '：', '的', '（']))
        .then_some(name)
}

/// The label at the end of a key that has blanks: `某某公司 使用目的`, but `第三方 SDK 名称`.
fn parted(key: &str) -> &str {
    const OPENS: [&str; 8] = [
        "SDK",
        "sdk",
        "第三方",
        "第三方SDK",
        "App",
        "APP",
        "Android",
        "iOS",
    ];
    // The second is c2 a0 in UTF-8.
    if !key.bytes().any(|byte| matches!(byte, b' ' | 0xc2)) || !key.contains([' ', '\u{a0}']) {
        return key;
    }
    let mut label = key;
    let mut at = key.len();
    for word in key.rsplit([' ', '\u{a0}']) {
        at -= word.len();
        let begun = label.len() < key.len();
        if word.is_empty() || begun && !OPENS.contains(&word) {
            break;
        }
        label = &key[at..];
        at = at.saturating_sub(key[..at].chars().next_back().map_or(0, char::len_utf8));
    }
    let known = !matches!(columns::of_field(label), Column::Other) || has(label, &["政策", "链接"]);
    if known { label } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::passage::Under;
    use crate::structure::draft::{Draft, Role};

    #[test]
    fn labels_within_data_are_part_of_them() {
        let text = "使用目的：登录；收集信息：设备信息：型号；可选信息：性别";
        let draft = Draft::new(1, text, Role::Paragraph);
        let passage = Passage::clause(&draft, Under::default(), "");
        let mut found = Found::default();
        found.scan(passage.text);
        let pairs = read(&passage, &found);
        let values: Vec<_> = pairs.iter().map(|field| field.value).collect();
        assert_eq!(values, ["登录", "设备信息：型号；可选信息：性别"]);
    }

    #[track_caller]
    fn case(text: &str, expected: &[(Column, &str)]) {
        let draft = Draft::new(1, text, Role::Paragraph);
        let passage = Passage::clause(&draft, Under::default(), "");
        let mut found = Found::default();
        found.scan(passage.text);
        let pairs = read(&passage, &found);
        let pairs: Vec<_> = pairs.iter().map(|f| (f.column, f.value)).collect();
        assert_eq!(pairs, expected, "{text}");
    }

    #[test]
    fn blanks_part_fields_too() {
        case(
            "SDK 名称：甲光 SDK 公司名称：某某公司 使用目的：推送 收集信息：型号 隐私政策链接：略",
            &[
                (Column::Kit, "甲光"),
                (Column::Company, "某某公司"),
                (Column::Purpose, "推送"),
                (Column::Data, "型号"),
                (Column::Other, "略"),
            ],
        );
        case(
            "甲光SDK 功能：推送 收集信息类型：型号",
            &[
                (Column::Kit, "甲光SDK"),
                (Column::Purpose, "推送"),
                (Column::Data, "型号"),
            ],
        );
        case("第三方 SDK 名称：甲光", &[(Column::Kit, "甲光")]);
        for text in [
            "甲光SDK（用途：推送；收集信息：型号）",
            "甲光SDK：用途：推送；收集信息：型号",
            "甲光SDK（推送）。用途：推送；收集信息：型号",
        ] {
            case(
                text,
                &[
                    (Column::Kit, "甲光SDK"),
                    (Column::Purpose, "推送"),
                    (Column::Data, "型号"),
                ],
            );
        }
        case(
            "甲光SDK（推送）。提供方：甲光公司；收集的信息：型号；退出方法：关闭推送。型号按个人信息保护。",
            &[
                (Column::Kit, "甲光SDK"),
                (Column::Company, "甲光公司"),
                (Column::Data, "型号"),
                (Column::Other, "关闭推送。型号按个人信息保护"),
            ],
        );
        case(
            "我们接入的第三方SDK（用途：推送）",
            &[(Column::Purpose, "推送）")],
        );
    }

    #[test]
    fn pairs_are_apart_wherever_they_stand() {
        let draft = Draft::new(
            1,
            "SDK名称：某推送；**使用目的**：推送、统计。收集个人信息类型: 设备标识",
            Role::Paragraph,
        );
        let passage = Passage::clause(&draft, Under::default(), "");
        let mut found = Found::default();
        found.scan(passage.text);
        let pairs = read(&passage, &found);
        let pairs: Vec<_> = pairs.iter().map(|f| (f.column, f.value)).collect();
        assert_eq!(
            pairs,
            [
                (Column::Kit, "某推送"),
                (Column::Purpose, "推送、统计"),
                (Column::Data, "设备标识")
            ]
        );
    }
}
