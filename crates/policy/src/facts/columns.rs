//! What the columns of a table and the names of fields stand for.

use super::passage::Under;
use super::reach::{ends, has};
use crate::document::Table;

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

/// What the name of a field stands for.
pub(super) fn of_field(name: &str) -> Column {
    if kit(name) == 3 {
        Column::Kit
    } else if refusal(name) > 0 {
        Column::Refusal
    } else if purpose(name) > 1 {
        Column::Purpose
    } else if permission(name) > 0 {
        Column::Permission
    } else if data(name) > 0 {
        Column::Data
    } else if kit(name) == 2 {
        Column::Name
    } else if kit(name) == 1 {
        Column::Company
    } else if purpose(name) > 0 {
        Column::Purpose
    } else {
        Column::Other
    }
}

/// How surely a name is one of a kit (3), of a product (2) or of its company (1).
fn kit(name: &str) -> u8 {
    const OTHER: [&str; 27] = [
        "目的", "用途", "场景", "链接", "隐私", "收集", "类型", "类别", "种类", "功能", "方式",
        "政策", "地址", "官网", "包名", "说明", "描述", "版本", "权限", "影响", "字段", "联系",
        "范围", "条款", "声明", "网址", "规则",
    ];
    let clean = name.trim();
    if clean.is_empty() || has(clean, &OTHER) {
        return 0;
    }
    let company = has(
        clean,
        &[
            "公司",
            "主体",
            "运营方",
            "提供方",
            "提供者",
            "开发者",
            "厂商",
            "机构",
            "运营者",
            "开发方",
            "开发商",
            "企业",
            "所属",
        ],
    );
    let sdk = has(clean, &["SDK", "sdk", "Sdk", "软件开发包", "插件"]);
    let informs = has(clean, &["信息", "数据"]);
    if sdk && !informs && (!company || clean.contains("SDK名称") || clean.contains("SDK/")) {
        3
    } else if !informs
        && !company
        && (ends(clean, &["名称", "名稱", "名称 "])
            || matches!(
                clean,
                "第三方" | "产品" | "第三方服务" | "第三方产品" | "第三方插件"
            ))
    {
        2
    } else if !informs
        && (company
            || has(
                clean,
                &[
                    "第三方",
                    "合作方",
                    "合作伙伴",
                    "接收方",
                    "受托方",
                    "服务商",
                    "供应商",
                    "共享方",
                ],
            ))
    {
        1
    } else {
        0
    }
}

/// How surely it names permissions.
fn permission(name: &str) -> u8 {
    const OTHER: [&str; 14] = [
        "目的",
        "用途",
        "场景",
        "拒绝",
        "关闭",
        "影响",
        "后果",
        "是否",
        "询问",
        "无权限",
        "不授权",
        "方式",
        "可选",
        "路径",
    ];
    if !name.contains("权限") && !name.contains("權限") || has(name, &OTHER) {
        return 0;
    }
    let clean = name.trim();
    if has(clean, &["说明", "功能", "描述", "内容", "信息"]) && !clean.contains("权限名称")
    {
        1
    } else if has(
        clean,
        &["依赖", "所需", "申请", "调用", "对应", "涉及", "类型"],
    ) {
        2
    } else if clean == "权限"
        || has(
            clean,
            &[
                "权限名称",
                "设备权限",
                "系统权限",
                "权限项",
                "權限名稱",
                "权限中文",
            ],
        )
    {
        4
    } else {
        3
    }
}

fn purpose(name: &str) -> u8 {
    if has(
        name,
        &["是否", "拒绝", "影响", "后果", "链接", "政策", "询问"],
    ) {
        0
    } else if has(name, &["目的"]) {
        5
    } else if has(name, &["用途"]) {
        4
    } else if has(name, &["场景", "使用功能", "場景"]) {
        3
    } else if has(name, &["业务功能", "功能", "作用"]) && !name.contains("名称") {
        2
    } else {
        u8::from(has(name, &["说明", "描述", "服务内容", "业务"]) && !name.contains("名称"))
    }
}

fn data(name: &str) -> u8 {
    if has(
        name,
        &[
            "目的",
            "政策",
            "链接",
            "保护",
            "规则",
            "安全",
            "影响",
            "后果",
            "处理方式",
            "共享方式",
            "主体",
            "联系",
            "场景",
            "公司",
            "收集方式",
        ],
    ) && !has(name, &["信息类型", "信息字段", "个人信息种类"])
    {
        0
    } else if has(
        name,
        &[
            "个人信息",
            "信息类型",
            "信息种类",
            "信息字段",
            "数据类型",
            "收集信息",
            "共享信息",
            "信息范围",
            "信息内容",
            "收集数据",
            "信息名称",
            "个人数据",
        ],
    ) {
        2
    } else {
        u8::from(has(name, &["信息", "数据", "字段", "资讯"]))
    }
}

fn refusal(name: &str) -> u8 {
    if has(name, &["是否", "询问", "路径", "方式", "链接", "操作"]) {
        0
    } else if has(name, &["影响", "后果"]) {
        2
    } else {
        u8::from(has(
            name,
            &["拒绝", "不授权", "关闭后", "不同意", "不开启", "未授权"],
        ))
    }
}

/// Which columns of a table hold what, by index.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Layout {
    pub(super) kit: Option<usize>,
    pub(super) permission: Option<usize>,
    pub(super) purpose: Option<usize>,
    pub(super) data: Option<usize>,
    pub(super) refusal: Option<usize>,
    /// Classes of recipients.
    pub(super) class: Option<usize>,
}

impl Layout {
    /// Reads the header; `lead` is the text above the table, the nearest first.
    pub(super) fn of(table: &Table, under: Under, lead: [&str; 2]) -> Self {
        let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
        let best = |score: fn(&str) -> u8, taken: &[Option<usize>]| {
            let open = header
                .iter()
                .enumerate()
                .filter(|(at, _)| !taken.contains(&Some(*at)));
            open.map(|(at, name)| (score(name), std::cmp::Reverse(at)))
                .filter(|&(score, _)| score > 0)
                .max()
                .map(|(_, at)| at.0)
        };
        let refusal = best(refusal, &[]);
        let kit = Self::kit(&header, under, lead);
        let permission = if kit.is_some() {
            None
        } else {
            best(permission, &[refusal])
        };
        let named = kit.or(permission);
        let purpose = best(purpose, &[refusal, named]);
        let data = best(data, &[refusal, named, purpose]);
        let class = header
            .iter()
            .position(|name| {
                has(
                    name,
                    &["第三方", "合作", "接收", "共享", "受托", "伙伴", "委托"],
                ) && has(name, &["类型", "类别", "种类", "对象"])
                    && !has(name, &["信息", "数据", "目的"])
            })
            .filter(|_| permission.is_none());
        // Without a purpose or data beside it a list of names is no list of kits.
        let kit = kit.filter(|_| purpose.is_some() || data.is_some());
        Self {
            kit,
            permission,
            purpose,
            data,
            refusal,
            class,
        }
    }

    /// The column that names the kits, if the table is one of kits or of third parties.
    fn kit(header: &[&str], under: Under, lead: [&str; 2]) -> Option<usize> {
        let speaks = |text: &str| {
            has(
                text,
                &["SDK", "sdk", "第三方", "合作方", "插件", "软件开发包"],
            )
        };
        // The paragraph above a table may speak of much; its last words speak of the table.
        let near = |text: &str| speaks(super::reach::before(text, text.len(), 120));
        let about =
            under.kits || header.iter().any(|name| speaks(name)) || lead.into_iter().any(near);
        let mine = header.iter().any(|name| permission(name) > 2);
        if !about {
            return None;
        }
        let (score, at) = header
            .iter()
            .enumerate()
            .map(|(at, name)| (kit(name), std::cmp::Reverse(at)))
            .filter(|&(score, _)| score > 0)
            .max()?;
        // A table of permissions may have a column that only speaks of a third party.
        (score == 3 || !mine).then_some(at.0)
    }

    /// Whether the rows describe third parties.
    pub(super) fn is_foreign(&self) -> bool {
        self.kit.is_some() || self.class.is_some()
    }
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
        case("拒绝授权的影响", Column::Refusal);
        case("无权限/不采集带来的影响", Column::Refusal);
        case("隐私政策链接", Column::Other);
        case("是否可关闭", Column::Other);
    }

    #[track_caller]
    fn layout(header: &[&str], expected: [Option<usize>; 5]) {
        let table = Table {
            line: 1,
            end_line: 2,
            header: header.iter().map(|&name| name.to_owned()).collect(),
            ..Table::default()
        };
        let found = Layout::of(&table, Under::default(), ["", ""]);
        let found = [
            found.kit,
            found.permission,
            found.purpose,
            found.data,
            found.refusal,
        ];
        assert_eq!(found, expected, "{header:?}");
    }

    #[test]
    fn headers_of_any_wording_are_read() {
        layout(
            &["权限名称", "权限功能说明", "使用场景或目的"],
            [None, Some(0), Some(2), None, None],
        );
        layout(
            &["设备权限", "业务功能", "调用权限的目的", "是否可关闭"],
            [None, Some(0), Some(2), None, None],
        );
        layout(
            &["权限说明", "用途", "不授权影响"],
            [None, Some(0), Some(1), None, Some(2)],
        );
        layout(
            &[
                "SDK名称",
                "公司名称",
                "使用目的",
                "收集个人信息类型",
                "隐私政策链接",
            ],
            [Some(0), None, Some(2), Some(3), None],
        );
        layout(
            &["第三方公司", "SDK名称", "功能", "申请权限", "收集信息"],
            [Some(1), None, Some(2), Some(4), None],
        );
        layout(
            &["合作方名称", "合作目的", "共享的信息"],
            [Some(0), None, Some(1), Some(2), None],
        );
        layout(&["公司名称", "注册地址"], [None; 5]);
        layout(&["功能", "收集信息"], [None, None, Some(0), Some(1), None]);
    }
}
