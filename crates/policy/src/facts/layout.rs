//! Which columns of a table hold what.

use super::columns::{self, Name};
use super::kit_joined::is_own;
use super::passage::Under;
use super::reach::{before, ends, has, tidy};
use crate::document::Table;

/// Which columns of a table hold what, by index.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Layout {
    pub(super) kit: Option<usize>,
    pub(super) permission: Option<usize>,
    pub(super) purpose: Option<usize>,
    pub(super) data: Option<usize>,
    pub(super) refusal: Option<usize>,
    /// Data and permissions together.
    pub(super) mixed: Option<usize>,
    /// Classes of recipients.
    pub(super) class: Option<usize>,
    /// How long data is kept.
    pub(super) kept: Option<usize>,
    /// Who offers the kits: companies, or classes of them.
    pub(super) company: Option<usize>,
}

impl Layout {
    /// Reads the header; `lead` is the text above the table, the nearest first.
    pub(super) fn of(table: &Table, under: Under, lead: [&str; 2]) -> Self {
        let header: Vec<Name<'_>> = table.header.iter().map(|name| Name::of(name)).collect();
        let best = |score: fn(&Name<'_>) -> u8, taken: &[Option<usize>]| {
            let open = header
                .iter()
                .enumerate()
                .filter(|(at, _)| !taken.contains(&Some(*at)));
            open.map(|(at, name)| (score(name), std::cmp::Reverse(at)))
                .filter(|&(score, _)| score > 0)
                .max()
                .map(|(_, at)| at.0)
        };
        let refusal = best(columns::refusal, &[]);
        let kit = Self::kit(&header, under, lead).filter(|at| columns::kit(&header[*at]) > 1);
        let kit = kit
            .or_else(|| Self::unnamed(table, &header))
            .or_else(|| Self::kit(&header, under, lead));
        let permission = if kit.is_some() {
            None
        } else {
            best(columns::permission, &[refusal])
        };
        let named = kit.or(permission);
        let purpose = best(columns::purpose, &[refusal, named]);
        let data = best(columns::data, &[refusal, named, purpose]);
        let class = header
            .iter()
            .position(columns::class)
            .filter(|_| permission.is_none());
        let mixed = header
            .iter()
            .position(columns::mixed)
            .filter(|_| named.is_none() && class.is_none());
        // Without a purpose or data beside it a list of names is no list of kits.
        let kit = kit.filter(|_| purpose.is_some() || data.is_some());
        let company = kit.and_then(|kit| {
            let mut names = header.iter().enumerate();
            let company = |at, name| at != kit && Some(at) != class && columns::kit(name) == 1;
            names.position(|(at, name)| company(at, name))
        });
        Self {
            kit,
            permission,
            purpose,
            data,
            refusal,
            mixed,
            class,
            kept: header.iter().position(columns::is_term),
            company,
        }
    }

    /// The column that names the kits, if the table is one of kits or of third parties.
    fn kit(header: &[Name<'_>], under: Under, lead: [&str; 2]) -> Option<usize> {
        let speaks = |text: &str| {
            has(
                text,
                &["SDK", "sdk", "第三方", "合作方", "插件", "软件开发包"],
            )
        };
        // The paragraph above a table may speak of much; its last words speak of the table.
        let near = |text: &str| speaks(before(text, text.len(), 120));
        let about = under.kits
            || header.iter().any(|name| speaks(name.text()))
            || lead.into_iter().any(near);
        let mine = header.iter().any(|name| columns::permission(name) > 2);
        if !about {
            return None;
        }
        let (score, at) = header
            .iter()
            .enumerate()
            .map(|(at, name)| (columns::kit(name), std::cmp::Reverse(at)))
            .filter(|&(score, _)| score > 0)
            .max()?;
        // A table of permissions may have a column that only speaks of a third party.
        (score == 3 || !mine).then_some(at.0)
    }

    /// The column whose cells name kits, though its own name does not say so: 服务类型, 平台, 场景.
    fn unnamed(table: &Table, header: &[Name<'_>]) -> Option<usize> {
        if header.iter().any(|name| columns::permission(name) > 2) {
            return None;
        }
        let is_kit = |cell: &str| {
            let cell = tidy(cell);
            let bare = cell.split(['（', '(']).next().unwrap_or(cell).trim_end();
            ends(bare, &["SDK", "sdk"]) && is_own(bare) && !has(bare, &["的", "，", "使用"])
        };
        (0..header.len()).find(|&at| {
            let cells = table.rows.iter().take(8).filter_map(|row| row.get(at));
            let (kits, all) = cells.fold((0, 0), |(kits, all), cell| {
                (kits + usize::from(is_kit(cell)), all + 1)
            });
            kits * 2 > all
        })
    }

    /// Whether the rows describe third parties.
    pub(super) fn is_foreign(&self) -> bool {
        self.kit.is_some() || self.class.is_some()
    }

    /// Whether no column names permissions or third parties.
    pub(super) fn is_plain(&self) -> bool {
        !self.is_foreign() && self.permission.is_none() && self.mixed.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        layout(
            &["第三方公司名称", "产品/服务", "所需信息", "目的"],
            [Some(1), None, Some(3), Some(2), None],
        );
        layout(&["公司名称", "注册地址"], [None; 5]);
        layout(&["功能", "收集信息"], [None, None, Some(0), Some(1), None]);
    }
}
