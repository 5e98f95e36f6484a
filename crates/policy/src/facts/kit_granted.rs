//! Permissions behind a kit's name: `某推送SDK：电话权限、定位权限`. They are what the kit gets.

use super::kit_content::of_data;
use super::lists;
use super::reach::{has, value};

/// Most bytes of such a list.
const LONGEST: usize = 600;

/// The list of permissions, and of data among them, that a text is and nothing else.
pub(super) fn granted(text: &str) -> Option<&str> {
    const LEADS: [&str; 9] = [
        "可能", "需要", "需", "会", "申请", "获取", "读取", "收集", "您的",
    ];
    if text.len() > LONGEST || !text.contains("权限") {
        return None;
    }
    let mut list = value(text).trim_matches(['“', '”', '"']);
    while let Some(rest) = LEADS.iter().find_map(|lead| list.strip_prefix(lead)) {
        list = rest;
    }
    let mut depth = 0_u32;
    let apart = |c: char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c == '、'
    };
    let mut called = false;
    for member in list.trim_end_matches('等').split(apart) {
        called |= is_granted(member)?;
    }
    called.then_some(list)
}

/// Whether a member of such a list calls itself a permission; `None` where it can be no member.
fn is_granted(member: &str) -> Option<bool> {
    const OTHERS: [&str; 16] = [
        "不", "未", "无", "我", "用于", "用来", "为了", "实现", "提供", "SDK", "，", "。", "；",
        "：", ":", ",",
    ];
    let open = member.find(['（', '(']).unwrap_or(member.len());
    let close = member.rfind(['）', ')']).filter(|close| *close > open);
    let behind = close.map_or("", |close| member[close..].trim_start_matches(['）', ')']));
    let name = &member[..open];
    let called = |part: &str| part.ends_with("权限");
    let fits = (2..=20).contains(&name.chars().count())
        && name != "权限"
        && !has(name, &OTHERS)
        && (open == member.len()) == close.is_none()
        && (behind.is_empty() || behind == "权限");
    if !fits {
        return None;
    }
    let called = called(name) || called(behind);
    (called || of_data(name, "") || lists::name(name).is_some()).then_some(called)
}

#[cfg(test)]
mod tests {
    use crate::facts::over;
    use crate::facts::testing::kits_are as case;

    #[test]
    fn the_permissions_behind_a_name_are_what_the_kit_gets() {
        case(
            "1.甲播SDK：电话/手机权限、位置权限\n2.乙播SDK：电话/手机权限、位置权限\n3.丙推推送SDK：存储权限",
            &[
                ("甲播SDK", None, Some("电话/手机权限、位置权限"), 1),
                ("乙播SDK", None, Some("电话/手机权限、位置权限"), 2),
                ("丙推推送SDK", None, Some("存储权限"), 3),
            ],
        );
        for (list, data) in [
            (
                "“设备信息（型号、IMEI）、存储权限、运行中的进程信息”",
                "设备信息（型号、IMEI）、存储权限、运行中的进程信息",
            ),
            ("获取IMEI权限、定位权限。", "IMEI权限、定位权限"),
            (
                "电话权限、所在位置信息（包括获取周边基站信息）",
                "电话权限、所在位置信息（包括获取周边基站信息）",
            ),
            ("电话、定位权限", "电话、定位权限"),
            ("读取手机状态（IMEI）权限", "手机状态（IMEI）权限"),
        ] {
            case(
                &format!("甲播SDK：{list}"),
                &[("甲播SDK", None, Some(data), 1)],
            );
        }
        // What stands below speaks of the permissions and not of the last kit.
        case(
            "甲播SDK：电话权限、定位权限\n获取权限原因：\n1.定位权限：用于推荐附近的影片",
            &[("甲播SDK", None, Some("电话权限、定位权限"), 1)],
        );
    }

    #[test]
    fn a_name_behind_a_label_is_the_kit() {
        case(
            "第三方SDK：甲播；使用目的：播放",
            &[("甲播", Some("播放"), None, 1)],
        );
        case("甲播SDK：无需任何权限", &[]);
        case("1.位置权限：权限用于允许SDK获取标识，投放广告", &[]);
    }

    #[test]
    fn a_kit_is_no_permission() {
        let found = over("1.甲播SDK：电话权限、位置权限\n2.乙播SDK：存储权限").facts;
        let named = found
            .permissions
            .iter()
            .any(|fact| fact.name.contains('播'));
        assert!(!named);
    }
}
