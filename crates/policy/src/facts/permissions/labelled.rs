//! Permissions that labels tell of: `权限名称：相机；权限用途：扫码`.

use super::Permissions;
use crate::facts::asked;
use crate::facts::columns::Column;
use crate::facts::fields::Field;
use crate::facts::passage::Passage;
use crate::facts::scan::{Found, Topic};

impl Permissions<'_> {
    /// Rows of pairs: `权限名称：相机；权限用途：扫码`, in one passage or in a run of them.
    pub(super) fn pairs(
        &mut self,
        passage: &Passage<'_>,
        found: &Found,
        mut pairs: Vec<Field<'_>>,
    ) -> bool {
        // 相机权限：… is the name itself and no label of one.
        let hits = found.of(Topic::Permission);
        pairs.retain(|field| {
            let end = field.start + field.name.len();
            let from = hits.partition_point(|hit| hit.start() < field.start);
            let mut near = hits[from..].iter().take_while(|hit| hit.start() < end);
            field.column != Column::Permission || !near.any(|hit| hit.end() <= end)
        });
        let named = pairs
            .iter()
            .any(|field| field.column == Column::Permission && !names(field.value).is_empty());
        if !named && self.open.is_none() {
            return false;
        }
        // 功能 tells less than 权限用途, whichever comes first.
        let plainer =
            |field: &Field<'_>| field.column == Column::Purpose && !field.name.contains("功能");
        for field in &pairs {
            let value = Some(field.value).filter(|value| !value.is_empty());
            match (field.column, self.open.take()) {
                (Column::Permission, open) => {
                    let line = passage.line_at(field.start);
                    let names = names(field.value).into_iter();
                    let rows: Vec<usize> = names.map(|name| self.add(name, line)).collect();
                    self.open = if rows.is_empty() {
                        open
                    } else {
                        Some((rows, false))
                    };
                }
                (Column::Purpose, Some((rows, weak))) => {
                    let mut empty = false;
                    for &at in &rows {
                        if let Some(fact) = self.found.get_mut(at) {
                            if weak && plainer(field) {
                                fact.purpose = None;
                            }
                            empty |= fact.purpose.is_none();
                        }
                        self.settle(at, value, None);
                    }
                    self.open = Some((rows, if empty { !plainer(field) } else { weak }));
                }
                (Column::Refusal, Some((rows, weak))) => {
                    for &at in &rows {
                        self.settle(at, None, value);
                    }
                    self.open = Some((rows, weak));
                }
                (_, open) => self.open = open,
            }
        }
        !pairs.is_empty()
    }
}

/// The names behind a label; what has a comma in it is a sentence.
fn names(value: &str) -> Vec<&str> {
    if value.contains('，') {
        Vec::new()
    } else {
        asked::names_of(value)
    }
}
