//! Rows of tables as permissions, kits and recipients.

use super::asked::names_of;
use super::classes::is_class;
use super::kit_names::some;
use super::kits::Kits;
use super::layout::Layout;
use super::lists;
use super::permissions::Permissions;
use super::reach::{before, starts, value};
use super::recipients::Recipients;
use super::refusals;
use crate::document::Table;
use crate::structure::breaks::as_blanks;
use crate::structure::draft::Draft;
use crate::structure::tables::value_of;
use crate::text::trim;

/// Reads a table; `drafts` begin with its first cell, `lead` is the text above it, nearest first.
pub(super) fn read(
    table: &Table,
    layout: &Layout,
    drafts: &[&Draft],
    lead: [&str; 2],
    (permissions, kits, recipients): (&mut Permissions<'_>, &mut Kits, &mut Recipients),
) {
    let named = layout.kit.or(layout.permission).or(layout.class);
    let Some(named) = named.or(layout.mixed) else {
        return;
    };
    // What the paragraph above says of a refusal is said of every row.
    let led = lead.into_iter().find_map(|text| {
        let tail = before(text, text.len(), 600);
        refusals::refusal(tail).filter(|_| tail.contains("权限"))
    });
    let mut places = Places {
        table,
        drafts,
        next: 0,
    };
    for row in &table.rows {
        // Names and values are read without Markdown's stars, as in prose.
        let plain: Vec<String>;
        let row = if row.iter().any(|cell| cell.contains("**")) {
            plain = row.iter().map(|cell| cell.replace("**", "")).collect();
            &plain
        } else {
            row
        };
        let cell = |column: Option<usize>| {
            let cell = column.and_then(|column| row.get(column))?;
            some(trim(cell))
        };
        let Some(written) = row.get(named) else {
            continue;
        };
        let line = places.line(written);
        if layout.kit.is_some() {
            // A row that lacks a cell has its link in the place of another.
            let told = |column| cell(column).filter(|cell| !is_link(cell));
            let lines = (line, table.line);
            kits.row(written, lines, told(layout.purpose), told(layout.data));
            if let Some(class) = cell(layout.company).filter(|cell| is_class(cell)) {
                recipients.add(class, line);
            }
        } else if layout.permission.is_some() {
            for name in names_of(value(written)) {
                permissions.row(
                    name,
                    line,
                    cell(layout.purpose),
                    cell(layout.refusal).or(led),
                );
            }
        } else if let Some(class) = cell(layout.class) {
            recipients.add(class, line);
        } else if layout.mixed.is_some() {
            for name in mixed(value(written)) {
                permissions.row(
                    name,
                    line,
                    cell(layout.purpose),
                    cell(layout.refusal).or(led),
                );
            }
        }
    }
}

/// The permissions among the data of a cell: parts of the device, and what calls itself one.
fn mixed(cell: &str) -> Vec<&'static str> {
    const DEVICE: [&str; 15] = [
        "位置",
        "相机",
        "摄像头",
        "相册",
        "麦克风",
        "通讯录",
        "蓝牙",
        "存储",
        "日历",
        "剪贴板",
        "NFC",
        "悬浮窗",
        "应用列表",
        "短信",
        "传感器",
    ];
    let apart = |c| matches!(c, '、' | '/' | '；' | ';' | '，' | ',');
    let parts = cell.split(apart).map(trim).take(40);
    let named = parts.filter_map(|part| {
        let (name, _) = lists::last_name(part)?;
        // 联系人 and 文件 are rather data.
        let part_of = DEVICE.contains(&name) && !matches!(part, "联系人" | "文件");
        (part_of || part.ends_with("权限")).then_some(name)
    });
    named.collect()
}

/// Whether a cell is an address of the web and nothing else.
fn is_link(cell: &str) -> bool {
    let cell = cell.trim_matches(['<', '>', ' ']);
    starts(cell, &["http://", "https://", "www."]) && cell.is_ascii()
}

/// The drafts that are the cells of a column, as indices into `drafts`, which begin with the table's
/// first cell.
pub(super) fn cells<'a>(
    table: &'a Table,
    column: Option<usize>,
    drafts: &'a [&'a Draft],
) -> impl Iterator<Item = usize> + 'a {
    let mut places = Places {
        table,
        drafts,
        next: 0,
    };
    let rows = column.map_or(&[][..], |_| &table.rows);
    let written = rows.iter().filter_map(move |row| row.get(column?));
    written.filter_map(move |cell| places.find(cell))
}

/// The lines of cells: drafts and rows come in the same order, so each search goes on where the last
/// one ended, and looks no further than the next rows.
struct Places<'a> {
    table: &'a Table,
    drafts: &'a [&'a Draft],
    next: usize,
}

impl Places<'_> {
    fn line(&mut self, cell: &str) -> u32 {
        let found = self.find(cell);
        let draft = self.drafts.get(found.unwrap_or(self.next));
        draft.map_or(self.table.line, |draft| {
            draft.line().min(self.table.end_line)
        })
    }

    /// The index of the draft that is this cell; the next search begins behind it.
    fn find(&mut self, cell: &str) -> Option<usize> {
        let reach = self.table.header.len() * 4 + 8;
        let window = self.drafts.iter().skip(self.next).take(reach);
        let found = window
            .take_while(|draft| draft.line() <= self.table.end_line)
            .position(|draft| {
                draft.text == cell
                    || value_of(&draft.text) == cell
                    || as_blanks(&draft.text) == cell
            });
        let at = self.next + found?;
        self.next = at + 1;
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::over_table;

    #[test]
    fn a_link_is_no_data() {
        let rows: &[&[&str]] = &[&["甲登录", "登录", "<https://a.example/>"]];
        let found = over_table("", &["SDK名称", "使用目的", "收集信息"], rows);
        let data: Vec<_> = found.facts.sdks.iter().map(|kit| &kit.data).collect();
        assert_eq!(data, [&None]);
    }

    #[test]
    fn permissions_of_a_table_are_given_once_with_what_leads_into_it() {
        let found = over_table(
            "我们会申请以下权限，如拒绝此等权限将无法使用对应功能：",
            &["权限名称", "功能", "权限用途"],
            &[
                &["相机", "拍照", "扫码"],
                &["位置", "定位", "推荐门店"],
                &["相机", "拍照", "上传头像"],
                &["无需权限", "无", "无"],
            ],
        );
        let found: Vec<_> = found
            .facts
            .permissions
            .iter()
            .map(|p| {
                (
                    p.name.as_str(),
                    p.purpose.as_deref(),
                    p.refusal.as_deref(),
                    p.line,
                )
            })
            .collect();
        let refusal = Some("如拒绝此等权限将无法使用对应功能");
        assert_eq!(
            found,
            [
                ("相机", Some("扫码"), refusal, 5),
                ("位置", Some("推荐门店"), refusal, 8)
            ]
        );
    }

    #[test]
    fn terms_in_a_column_of_terms_are_how_long_data_is_kept() {
        let found = over_table(
            "各类信息的期限如下：",
            &["信息", "保存期限", "到期处理"],
            &[
                &["订单", "完成后至多60日", "删除"],
                &["留言", "两年", "删除"],
            ],
        );
        let terms: Vec<_> = found
            .facts
            .deadlines
            .iter()
            .map(|fact| (fact.what.as_str(), fact.count, fact.line))
            .collect();
        assert_eq!(terms, [("retention", 60, 6)]);
        let other = over_table("如下：", &["活动", "时间"], &[&["签到", "满60日"]]);
        assert!(other.facts.deadlines.is_empty());
    }

    #[test]
    fn names_of_a_table_are_apart_and_known_from_before() {
        let found = over_table(
            "我们会申请存储权限和下列权限：",
            &["权限", "拿来做什么", "不给的影响"],
            &[
                &["相机权限、麦克风权限", "直播", "不能开播"],
                &["存储/文件", "下载", "不能下载"],
            ],
        );
        let found: Vec<_> = found
            .facts
            .permissions
            .iter()
            .map(|p| (p.name.as_str(), p.purpose.as_deref(), p.line))
            .collect();
        assert_eq!(
            found,
            [
                ("存储/文件", Some("下载"), 1),
                ("相机权限", Some("直播"), 5),
                ("麦克风权限", Some("直播"), 5),
            ]
        );
    }

    #[test]
    fn permissions_stand_among_data() {
        let found = over_table(
            "各项功能如下：",
            &["功能", "使用目的", "所需信息或权限"],
            &[
                &["扫码", "登录", "相机"],
                &["认证", "核实身份", "姓名、手机号码、联系人"],
                &["组队", "交流", "昵称、打开麦克风权限"],
            ],
        );
        let found = found.facts.permissions.iter();
        let found: Vec<_> = found
            .map(|p| (p.name.as_str(), p.purpose.as_deref(), p.line))
            .collect();
        assert_eq!(
            found,
            [("相机", Some("登录"), 7), ("麦克风", Some("交流"), 13)]
        );
    }

    #[test]
    fn classes_of_recipients_are_read_from_tables() {
        let found = over_table(
            "我们与以下第三方共享：",
            &["第三方类型", "共享目的", "共享信息"],
            &[&["物流公司", "配送", "地址"], &["支付机构", "支付", "订单"]],
        );
        let classes: Vec<_> = found
            .facts
            .recipients
            .iter()
            .map(|fact| (fact.class.as_str(), fact.line))
            .collect();
        assert_eq!(classes, [("物流公司", 5), ("支付机构", 8)]);
    }

    #[test]
    fn who_offers_a_kit_may_be_a_class() {
        let found = over_table(
            "我们接入以下第三方服务：",
            &["第三方/SDK", "服务主体", "使用目的", "收集信息"],
            &[
                &["对象存储", "云存储服务商", "存储", "文件"],
                &["消息推送", "某某有限公司", "推送", "设备标识"],
            ],
        );
        let classes: Vec<_> = found.facts.recipients.iter().collect();
        assert_eq!(classes.len(), 1);
        assert_eq!(
            (classes[0].class.as_str(), classes[0].line),
            ("云存储服务商", 6)
        );
        assert_eq!(found.facts.sdks.len(), 2);
    }
}
