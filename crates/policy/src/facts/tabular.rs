//! Rows of tables as permissions, kits and recipients.

use super::asked::name_of;
use super::kits::{Kits, some};
use super::layout::Layout;
use super::permissions::Permissions;
use super::purposes;
use super::reach::{before, value};
use super::recipients::Recipients;
use crate::document::Table;
use crate::structure::draft::Draft;
use crate::structure::tables::value_of;
use crate::text::trim;

/// Reads a table; `drafts` begin with its first cell, `lead` is the text above it, nearest first.
pub(super) fn read(
    table: &Table,
    layout: &Layout,
    drafts: &[&Draft],
    lead: [&str; 2],
    (permissions, kits, recipients): (&mut Permissions, &mut Kits, &mut Recipients),
) {
    let named = layout.kit.or(layout.permission).or(layout.class);
    let Some(named) = named else { return };
    // What the paragraph above says of a refusal is said of every row.
    let led = lead.into_iter().find_map(|text| {
        let tail = before(text, text.len(), 600);
        purposes::refusal(tail).filter(|_| tail.contains("权限"))
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
            kits.add(written, line, cell(layout.purpose), cell(layout.data));
        } else if layout.permission.is_some() {
            if let Some(name) = name_of(value(written)) {
                permissions.add(
                    name,
                    line,
                    cell(layout.purpose),
                    cell(layout.refusal).or(led),
                );
            }
        } else if let Some(class) = cell(layout.class) {
            recipients.add(class, line);
        }
    }
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
        let reach = self.table.header.len() * 4 + 8;
        let window = self.drafts.iter().skip(self.next).take(reach);
        let found = window
            .take_while(|draft| draft.line() <= self.table.end_line)
            .position(|draft| draft.text == cell || value_of(&draft.text) == cell);
        let Some(found) = found else {
            let draft = self.drafts.get(self.next);
            return draft.map_or(self.table.line, |draft| {
                draft.line().min(self.table.end_line)
            });
        };
        let at = self.next + found;
        self.next = at + 1;
        self.drafts[at].line()
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::over_table;

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
}
