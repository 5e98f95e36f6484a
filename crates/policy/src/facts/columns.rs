//! What the names of columns and of fields stand for.

use std::sync::LazyLock;

use super::reach::{ends, has};
use crate::needles::Needles;
use crate::text::trim;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Name of a kit.
    Kit,
    /// Name of something, which the surroundings must tell.
    Name,
    /// Name of a third party's company.
    Company,
    Permission,
    Purpose,
    Data,
    Refusal,
    Other,
}

/// Declares the sets of words that names are asked for.
macro_rules! sets {
    ($($(#[$note:meta])* $set:ident: [$($word:literal),* $(,)?];)*) => {
        /// A set of words.
        #[derive(Clone, Copy, Debug)]
        enum Set { $($(#[$note])* $set),* }

        const SETS: &[(Set, &[&str])] = &[$((Set::$set, &[$($word),*])),*];
    };
}

sets! {
    /// What is told beside a kit.
    BesideKit: [
        "目的", "用途", "场景", "链接", "隐私", "收集", "类型", "类别", "种类", "功能", "方式",
        "政策", "地址", "官网", "包名", "说明", "描述", "版本", "权限", "影响", "字段", "联系",
        "范围", "条款", "声明", "网址", "规则", "介绍", "简介", "作用", "原因", "内容", "采集",
        "获取",
    ];
    Company: [
        "公司", "主体", "运营方", "提供方", "提供者", "提供商", "供应商", "服务商", "厂家",
        "开发者", "厂商", "机构", "运营者", "开发方", "开发商", "企业", "所属",
    ];
    ThirdParty: [
        "第三方", "合作方", "合作伙伴", "接收方", "受托方", "共享方", "接入方", "对接方",
    ];
    Kit: ["sdk", "软件开发包", "插件"];
    Informs: ["信息", "数据"];
    Permission: ["权限", "權限"];
    /// What is told beside a permission.
    BesidePermission: [
        "目的", "用途", "场景", "拒绝", "关闭", "影响", "后果", "是否", "询问", "无权限", "不授权",
        "方式", "可选", "路径",
    ];
    /// What may be told of a permission as well as name it.
    Describes: ["说明", "功能", "描述", "内容", "信息"];
    Needs: ["依赖", "所需", "申请", "调用", "对应", "涉及", "类型"];
    PermissionName: ["权限名称", "设备权限", "系统权限", "权限项", "權限名稱", "权限中文"];
    BesideMixed: ["目的", "用途", "拒绝", "影响", "后果", "第三方", "sdk"];
    BesidePurpose: ["是否", "拒绝", "影响", "后果", "链接", "政策", "询问", "合规"];
    Purpose: ["目的"];
    Use: ["用途", "做什么", "干什么", "用来", "用于什么", "为什么"];
    Scene: ["场景", "使用功能", "場景"];
    Function: ["功能", "作用", "原因", "服务类型", "业务类型", "服务内容"];
    Tells: ["说明", "描述", "介绍", "简介", "业务"];
    BesideData: [
        "目的", "政策", "链接", "保护", "规则", "安全", "影响", "后果", "处理方式", "共享方式",
        "主体", "联系", "场景", "公司", "收集方式",
    ];
    /// Data in spite of what is [beside](Set::BesideData).
    PlainlyData: ["信息类型", "信息字段", "个人信息种类"];
    PersonalData: [
        "个人信息", "信息类型", "信息种类", "信息字段", "数据类型", "收集信息", "共享信息",
        "信息范围", "信息内容", "收集数据", "信息名称", "个人数据",
    ];
    Data: ["信息", "数据", "字段", "资讯"];
    Takes: ["收集", "采集", "获取", "共享"];
    Taken: ["内容", "范围", "类型", "种类", "项"];
    BesideRefusal: ["是否", "询问", "路径", "方式", "链接", "操作"];
    Affects: ["影响", "后果"];
    Refusal: ["拒绝", "不授权", "关闭后", "不同意", "不开启", "未授权"];
    Kept: ["保存", "存储", "留存", "保留", "储存", "儲存"];
    Term: ["期限", "时间", "时长", "期间", "時間", "天数"];
    Shared: ["第三方", "合作", "接收", "共享", "受托", "伙伴", "委托"];
    Classes: ["类型", "类别", "种类", "对象"];
    BesideClass: ["信息", "数据", "目的"];
}

/// All words of the sets: a name is searched once for them.
static WORDS: LazyLock<Needles> = LazyLock::new(|| {
    let words = SETS.iter().flat_map(|&(set, words)| {
        let numbered = move |word: &&'static str| (*word, set as u16);
        words.iter().map(numbered)
    });
    Needles::new(words)
});

/// The name of a column or a field.
#[derive(Debug)]
pub(super) struct Name<'t> {
    text: &'t str,
    /// A bit for each [`Set`] of which it has a word.
    sets: u64,
}

impl<'t> Name<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut sets = 0;
        WORDS.each(text, |_, _, set| {
            sets |= 1 << set;
            true
        });
        Self { text, sets }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    fn has(&self, set: Set) -> bool {
        self.sets >> set as u16 & 1 != 0
    }
}

/// What the name of a field stands for.
pub(super) fn of_field(name: &str) -> Column {
    let name = &Name::of(name);
    let kit = kit(name);
    if kit == 3 {
        Column::Kit
    } else if refusal(name) > 0 {
        Column::Refusal
    } else if purpose(name) > 1 {
        Column::Purpose
    } else if data_first(name) {
        Column::Data
    } else if permission(name) > 0 {
        Column::Permission
    } else if data(name) > 0 {
        Column::Data
    } else if kit == 2 {
        Column::Name
    } else if kit == 1 {
        Column::Company
    } else if purpose(name) > 0 {
        Column::Purpose
    } else {
        Column::Other
    }
}

/// Whether a field holds data and only beside it permissions: `收集信息类型或申请的权限`.
fn data_first(name: &Name<'_>) -> bool {
    if !(name.has(Set::Permission) && name.has(Set::Informs)) {
        return false;
    }
    let Some((before, _)) = name.text.split_once("权限") else {
        return false;
    };
    has(before, &["信息", "数据"])
        && has(before, &["或", "和", "及", "与", "、", "/"])
        && data(name) > 0
}

/// How surely a name is one of a kit (3), of a product (2) or of its company (1).
pub(super) fn kit(name: &Name<'_>) -> u8 {
    let clean = trim(name.text);
    if matches!(
        clean,
        "产品/类型" | "产品类型" | "产品/服务类型" | "服务/产品类型"
    ) {
        return 2;
    }
    if clean.is_empty() || name.has(Set::BesideKit) || name.has(Set::Informs) {
        return 0;
    }
    let company = name.has(Set::Company);
    let sdk = name.has(Set::Kit);
    if sdk && (!company || clean.contains("SDK名称") || clean.contains("SDK/")) {
        3
    } else if !company
        && (ends(clean, &["名称", "名稱"])
            || matches!(
                clean,
                "第三方"
                    | "产品"
                    | "产品/服务"
                    | "服务/产品"
                    | "产品或服务"
                    | "产品及服务"
                    | "第三方服务"
                    | "第三方产品"
                    | "第三方插件"
                    | "第三方组件"
                    | "第三方平台"
                    | "第三方工具"
                    | "第三方软件"
            ))
    {
        2
    } else {
        u8::from(company || name.has(Set::ThirdParty))
    }
}

/// How surely it names permissions.
pub(super) fn permission(name: &Name<'_>) -> u8 {
    if !name.has(Set::Permission) || name.has(Set::BesidePermission) {
        return 0;
    }
    let text = name.text;
    let at = text.find("权限").or_else(|| text.find("權限"));
    let before = at.map_or("", |at| &text[..at]);
    // What data and permissions share is a column of data: 个人信息类型或权限.
    let joins = ["或", "和", "及", "与", "、", "/"];
    if has(before, &["信息", "数据"]) && has(before, &joins) {
        return 0;
    }
    let clean = text.trim();
    if name.has(Set::Describes) && !clean.contains("权限名称") {
        1
    } else if name.has(Set::Needs) {
        2
    } else if clean == "权限" || name.has(Set::PermissionName) {
        4
    } else {
        3
    }
}

/// Whether it names data and permissions together: `所需信息或权限`.
pub(super) fn mixed(name: &Name<'_>) -> bool {
    data_first(name) && !name.has(Set::BesideMixed)
}

/// How surely it names what something is for.
pub(super) fn purpose(name: &Name<'_>) -> u8 {
    let named = || name.text.contains("名称");
    if name.has(Set::BesidePurpose) {
        0
    } else if name.has(Set::Purpose) {
        5
    } else if name.has(Set::Use) {
        4
    } else if name.has(Set::Scene) {
        3
    } else if name.has(Set::Function) && !named() {
        2
    } else {
        u8::from(name.has(Set::Tells) && !named())
    }
}

/// How surely it names the data.
pub(super) fn data(name: &Name<'_>) -> u8 {
    if name.has(Set::BesideData) && !name.has(Set::PlainlyData) {
        0
    } else if name.has(Set::PersonalData) {
        2
    } else {
        u8::from(name.has(Set::Data) || name.text.trim() == "种类" || taken(name))
    }
}

/// Whether it names what is taken without calling it data: `收集内容`, `采集项`, `可能收集`.
fn taken(name: &Name<'_>) -> bool {
    name.has(Set::Takes) && (name.has(Set::Taken) || ends(name.text.trim(), &["收集", "采集"]))
}

/// How surely it names what follows from a refusal.
pub(super) fn refusal(name: &Name<'_>) -> u8 {
    if name.has(Set::BesideRefusal) {
        0
    } else if name.has(Set::Affects) {
        2
    } else {
        u8::from(name.has(Set::Refusal))
    }
}

/// Whether it names how long data is kept.
pub(super) fn is_term(name: &Name<'_>) -> bool {
    name.has(Set::Kept) && name.has(Set::Term)
}

/// Whether it names classes of third parties.
pub(super) fn class(name: &Name<'_>) -> bool {
    name.has(Set::Shared) && name.has(Set::Classes) && !name.has(Set::BesideClass)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(name: &str, column: Column) {
        assert_eq!(of_field(name), column, "{name}");
    }

    #[test]
    fn names_say_what_columns_hold() {
        case("SDK名称", Column::Kit);
        case("第三方SDK", Column::Kit);
        case("插件名称", Column::Kit);
        case("第三方名称", Column::Name);
        case("公司名称", Column::Company);
        case("SDK提供方", Column::Company);
        case("使用目的", Column::Purpose);
        case("权限用途", Column::Purpose);
        case("使用场景", Column::Purpose);
        case("权限名称", Column::Permission);
        case("收集的个人信息类型", Column::Data);
        case("收集个人信息目的", Column::Purpose);
        case("采集的信息和申请的权限", Column::Data);
        case("处理的信息种类", Column::Data);
        case("种类", Column::Data);
        case("拒绝授权的影响", Column::Refusal);
        case("拿来做什么", Column::Purpose);
        case("不给的影响", Column::Refusal);
        case("收集数据种类或所需权限", Column::Data);
        case("无权限/不采集带来的影响", Column::Refusal);
        case("隐私政策链接", Column::Other);
        case("是否可关闭", Column::Other);
        // The words differ, what they stand for does not.
        for name in ["服务提供商", "SDK厂家", "SDK供应商", "开发商", "SDK服务商"] {
            case(name, Column::Company);
        }
        for name in ["作用", "服务类型", "SDK介绍", "使用原因", "功能简介"] {
            case(name, Column::Purpose);
        }
        for name in [
            "收集内容",
            "采集项",
            "可能收集",
            "共享范围",
            "信息收集",
            "SDK收集内容",
        ] {
            case(name, Column::Data);
        }
        for name in ["第三方平台", "第三方组件", "产品/类型"] {
            case(name, Column::Name);
        }
        case("SDK版本", Column::Other);
        case("收集方式", Column::Other);
    }
}
