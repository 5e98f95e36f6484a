//! Device permissions and third parties' kits, from tables and from sentences.

use std::collections::HashSet;

use crate::document::{PermissionFact, SdkFact, Table};
use crate::structure::draft::{Draft, Role};
use crate::structure::tables::value_of;
use crate::text::{sentences, trim};

/// Permissions by the words that name them in a sentence.
const PERMISSIONS: [(&str, &[&str]); 12] = [
    (
        "位置",
        &[
            "位置信息",
            "地理位置",
            "定位功能",
            "定位服务",
            "位置权限",
            "定位权限",
            "您的位置",
            "你的位置",
        ],
    ),
    ("相机", &["相机", "摄像头"]),
    ("相册", &["相册", "照片"]),
    ("麦克风", &["麦克风", "录音"]),
    ("通讯录", &["通讯录"]),
    ("电话", &["拨打电话", "电话权限"]),
    ("短信", &["短信权限", "读取短信"]),
    ("存储", &["存储权限", "读写外部存储"]),
    ("通知", &["通知权限", "消息通知"]),
    ("蓝牙", &["蓝牙权限"]),
    ("日历", &["日历"]),
    ("剪贴板", &["剪贴板", "剪切板"]),
];

/// Permissions and kits.
pub(super) fn find(drafts: &[&Draft], tables: &[Table]) -> (Vec<PermissionFact>, Vec<SdkFact>) {
    let mut permissions = Vec::new();
    let mut sdks = Vec::new();
    let mut known = HashSet::new();
    for table in tables {
        // Cells are looked up in their order, each search going on where the last one ended.
        let mut next = drafts.partition_point(|draft| draft.line() < table.line);
        let mut line_of = |cell: &str| {
            let found = drafts[next..]
                .iter()
                .position(|draft| draft.text == cell || value_of(&draft.text) == cell);
            next += found.map_or(0, |found| found + 1);
            drafts
                .get(next.wrapping_sub(1))
                .filter(|_| found.is_some())
                .map_or(table.line, |draft| draft.line())
        };
        let column = |words: &[&str]| {
            table
                .header
                .iter()
                .position(|name| words.iter().any(|word| name.contains(word)))
        };
        let effect = column(&["影响", "后果", "拒绝", "关闭"]);
        let purpose = column(&["用途", "目的", "功能"]);
        let purpose = column(&["用途", "目的"])
            .or(purpose)
            .filter(|purpose| Some(*purpose) != effect);
        let named = column(&["权限名称", "权限说明", "权限"])
            .filter(|named| Some(*named) != effect && Some(*named) != purpose);
        let kit = column(&["SDK", "第三方名称"]);
        let cell = |row: &[String], column: Option<usize>| {
            column
                .and_then(|column| row.get(column))
                .map(|cell| trim(cell).to_owned())
                .filter(|cell| !cell.is_empty())
        };
        for row in &table.rows {
            if let Some(name) = cell(row, kit) {
                let data = cell(
                    row,
                    column(&["信息", "数据"]).filter(|data| Some(*data) != kit),
                );
                let line = line_of(&name);
                sdks.push(SdkFact {
                    name,
                    purpose: cell(row, purpose),
                    data,
                    line,
                });
            } else if let Some(name) = cell(row, named).filter(|name| is_permission(name)) {
                if !known.insert(name.clone()) {
                    continue;
                }
                let line = line_of(&name);
                permissions.push(PermissionFact {
                    name,
                    purpose: cell(row, purpose),
                    refusal: cell(row, effect),
                    line,
                });
            }
        }
    }
    for draft in drafts.iter().filter(|draft| draft.role == Role::Paragraph) {
        sdks.extend(kit(draft));
        for permission in asked(draft) {
            if known.insert(permission.name.clone()) {
                permissions.push(permission);
            }
        }
    }
    (permissions, sdks)
}

/// A cell of a permissions column can say that there is none.
fn is_permission(cell: &str) -> bool {
    !cell.contains('，')
        && !["无需", "无法", "不采集", "不需要", "不涉及"]
            .iter()
            .any(|word| cell.contains(word))
        && cell != "无"
}

/// Permissions that a clause says it asks for or can be switched off.
fn asked(draft: &Draft) -> Vec<PermissionFact> {
    let mut found: Vec<PermissionFact> = Vec::new();
    for (start, sentence) in sentences(&draft.text) {
        let asks = ["权限", "授权", "开启", "关闭", "调用"]
            .iter()
            .any(|word| sentence.contains(word));
        for (name, words) in PERMISSIONS.iter().filter(|_| asks) {
            let Some(at) = words.iter().filter_map(|word| sentence.find(word)).min() else {
                continue;
            };
            if found.iter().any(|fact| fact.name == *name) {
                continue;
            }
            let refusal = sentences(&draft.text)
                .map(|(_, sentence)| sentence)
                .find_map(refusal);
            let offset = start + sentence[..at].chars().count();
            found.push(PermissionFact {
                name: (*name).to_owned(),
                purpose: None,
                refusal: refusal.map(str::to_owned),
                line: draft.line_at(offset),
            });
        }
    }
    found
}

/// What the sentence says to follow from a refusal.
fn refusal(sentence: &str) -> Option<&str> {
    let at = [
        "如果您不同意",
        "如您不同意",
        "一旦您",
        "如拒绝",
        "如您拒绝",
        "关闭相应权限",
        "一旦关闭",
    ]
    .iter()
    .filter_map(|word| sentence.find(word))
    .min()?;
    let part = &sentence[at..];
    ["无法", "影响", "不能"]
        .iter()
        .any(|word| part.contains(word))
        .then(|| part.trim_end_matches(['。', '；']))
}

/// A clause that opens with a kit's name: `某某SDK，收集…，提供…`.
fn kit(draft: &Draft) -> Option<SdkFact> {
    let text = trim(&draft.text[draft.label.map_or(0, |label| label.length)..]);
    let end = text.find("SDK")?;
    let name = &text[..end];
    let after = &text[end + "SDK".len()..];
    let named = (1..=24).contains(&name.chars().count())
        && !name.contains(['，', '。', '：', '、', '的'])
        && after.starts_with(['，', '：', ':', '（', '(', ','])
        && !["我们", "本", "如", "该", "第三方"]
            .iter()
            .any(|word| name.starts_with(word));
    let part = |words: &[&str]| {
        let (at, word) = words
            .iter()
            .filter_map(|word| after.find(word).map(|at| (at, *word)))
            .min()?;
        let part = after[at + word.len()..].split(['，', '。', '；']).next()?;
        Some(trim(part).to_owned()).filter(|part| !part.is_empty())
    };
    named.then(|| SdkFact {
        name: format!("{name}SDK"),
        purpose: part(&["用于", "提供", "实现"]),
        data: part(&["收集", "采集", "获取"]),
        line: draft.line(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    fn found(text: &str) -> (Vec<PermissionFact>, Vec<SdkFact>) {
        over(text, |drafts| find(drafts, &[]))
    }

    #[test]
    fn kits_are_read_from_the_clauses_that_open_with_them() {
        let (_, sdks) = found(
            "（1）某某推送SDK，需要收集设备标识，提供消息推送功能。\n我们使用SDK，保障安全。",
        );
        let kit = SdkFact {
            name: "某某推送SDK".to_owned(),
            purpose: Some("消息推送功能".to_owned()),
            data: Some("设备标识".to_owned()),
            line: 1,
        };
        assert_eq!(sdks, [kit]);
    }

    #[test]
    fn permissions_are_read_with_what_a_refusal_means() {
        let (permissions, _) = found("扫码需要相机权限。如您不同意，将无法扫码。\n相机很好。");
        let camera = PermissionFact {
            name: "相机".to_owned(),
            purpose: None,
            refusal: Some("如您不同意，将无法扫码".to_owned()),
            line: 1,
        };
        assert_eq!(permissions, [camera]);
    }
}
