//! Names of those who run a service and are neither companies nor persons: teams, shops, departments
//! of a trader, offices.

use super::names;
use super::reach::{ends, has, starts};

/// How such names end.
const ENDINGS: [&str; 27] = [
    "公司",
    "团队",
    "項目組",
    "项目组",
    "小组",
    "工作室",
    "工作组",
    "企业",
    "店",
    "铺",
    "部",
    "厂",
    "社",
    "局",
    "厅",
    "馆",
    "院",
    "所",
    "室",
    "处",
    "坊",
    "商行",
    "贸行",
    "支行",
    "分行",
    "总行",
    "合伙）",
];

/// What such names hold beside that of whom they are.
const TRADES: [&str; 27] = [
    "专业", "专门", "客服", "客户", "技术", "服务", "运营", "开发", "研发", "安全", "支持", "管理",
    "内部", "核心", "法务", "隐私", "保护", "产品", "人工", "审核", "数据", "信息", "个人", "项目",
    "咨询", "合作", "相关",
];

/// Whether a name ends as that of a body does and says of which one it is: 青禾团队, but not 客服团队.
pub(super) fn is_body(name: &str) -> bool {
    const NOBODY: [&str; 13] = [
        "我们",
        "您",
        "你",
        "本公司",
        "本平台",
        "第三方",
        "其他",
        "该",
        "此",
        "上述",
        "任何",
        "各",
        "某些",
    ];
    let length = name.chars().count();
    (4..=32).contains(&length)
        && ends(name, &ENDINGS)
        && !starts(name, &NOBODY)
        && !names::is_yours(name)
        && !has(name, &["的", "我们", "您", "第三方", "详见", "提供", "或"])
        && is_distinct(name)
}

/// Whether a name says more than the trade: 青禾技术部, but not 技术部.
pub(super) fn is_distinct(name: &str) -> bool {
    let end = ENDINGS.iter().find(|end| name.ends_with(**end));
    let mut rest = end.map_or(name, |end| &name[..name.len() - end.len()]);
    while let Some(shorter) = TRADES.iter().find_map(|trade| rest.strip_suffix(trade)) {
        rest = shorter;
    }
    rest.trim().chars().count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_says_whose_it_is() {
        for name in [
            "青禾团队",
            "Qinghe 团队",
            "青禾信息咨询部",
            "贵阳青禾便利店",
        ] {
            assert!(is_body(name), "{name}");
        }
        for name in [
            "客服团队",
            "运营技术部",
            "我们的团队",
            "贵司青禾团队",
            "专业服务团队",
            "青禾助手",
        ] {
            assert!(!is_body(name), "{name}");
        }
    }
}
