//! Labels of an entry whose values stand on the lines below them, in one part or in several.

use super::{By, Kits};
use crate::facts::columns::{self, Column};
use crate::facts::fields::Field;
use crate::facts::kit_names::{is_head, is_label, is_name, names_sdk, some};
use crate::facts::kit_sentences::begin;
use crate::facts::passage::Passage;
use crate::facts::reach::{after, ends, has, tidy, value};
use crate::structure::numbering::Style;

/// A label whose value is awaited on the lines below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    column: Column,
    /// The line of the label, or of the last part of its value.
    line: u32,
    /// The style and the mark of the first part, once it is read, and its lines below the label.
    first: Option<(Option<Style>, bool, u32)>,
}

/// Whether a passage opens with the label of its first pair, as a line of an entry does.
pub(super) fn opens(passage: &Passage<'_>, pairs: &[Field<'_>]) -> bool {
    let first = pairs.first().filter(|_| passage.text.len() <= 900);
    first.is_some_and(|field| field.start <= begin(passage))
}

/// Whether a line of an entry tells what is of no account here: `合规说明：…`, `联系电话：…`.
pub(super) fn is_other(passage: &Passage<'_>) -> bool {
    const OTHERS: [&str; 18] = [
        "链接",
        "地址",
        "网址",
        "方式",
        "版本",
        "频率",
        "期限",
        "条款",
        "声明",
        "协议",
        "规则",
        "系统",
        "电话",
        "邮箱",
        "合规",
        "必要性",
        "指南",
        "中心",
    ];
    let line = after(passage.text, begin(passage), 60);
    let label = line.split_once(['：', ':']).map(|(label, _)| label);
    passage.role.is_some() && label.is_some_and(|label| has(label, &OTHERS) && !names_sdk(label))
}

impl Kits {
    /// Awaits below what the last label of a passage leaves open.
    pub(super) fn want(&mut self, passage: &Passage<'_>, last: Option<&Field<'_>>) {
        let Some(last) = last.filter(|field| field.value.is_empty()) else {
            return;
        };
        let name = matches!(last.column, Column::Kit | Column::Name);
        let fits = if name {
            ends(last.name, &["名称", "名稱"]) && (last.column == Column::Kit || passage.under.kits)
        } else {
            self.open.is_some()
                && matches!(
                    last.column,
                    Column::Purpose | Column::Data | Column::Company
                )
        };
        self.wanted = fits.then(|| Wanted {
            column: last.column,
            line: passage.line(),
            first: None,
        });
    }

    /// Reads a passage as the value that the label above it awaits, or as a further part of it.
    pub(super) fn answer(
        &mut self,
        passage: &Passage<'_>,
        pairs: &[Field<'_>],
        wanted: Wanted,
    ) -> bool {
        let start = begin(passage);
        let body = value(after(passage.text, start, 900));
        let line = passage.line();
        if passage.text.len() > 900 || opens(passage, pairs) || body.is_empty() || is_label(body) {
            return false;
        }
        if matches!(wanted.column, Column::Kit | Column::Name) {
            if !is_head(body) || !is_name(body) {
                return false;
            }
            let by = if wanted.column == Column::Kit {
                By::Kit
            } else {
                By::Name
            };
            self.open = self.add(body, line, None, None).map(|at| (at, by));
            return self.open.is_some();
        }
        let Some((at, _)) = self.open else {
            return false;
        };
        let marked = start > 0 && !passage.text[..start].ends_with('“');
        let below = line.saturating_sub(wanted.line);
        let part = (passage.label, marked, below);
        // A further part is an item as the first is and as near, or the next line.
        let item = passage.label.is_some() || marked;
        let fits = wanted.first.is_none_or(|(label, mark, near)| {
            (label, mark) == (part.0, part.1) && below <= if item { near } else { 1 }
        });
        let named = names_sdk(body) || passage.role.is_none() && wanted.first.is_some();
        if !fits || named && body.chars().count() <= 40 {
            return false;
        }
        let kit = &mut self.found[at];
        let told = match wanted.column {
            Column::Purpose => &mut kit.purpose,
            Column::Data => &mut kit.data,
            _ => return true,
        };
        match told {
            Some(told) if wanted.first.is_some() => {
                told.push('；');
                told.push_str(body);
            }
            Some(_) => {}
            None => *told = some(body).map(str::to_owned),
        }
        self.wanted = Some(Wanted {
            line,
            first: wanted.first.or(Some(part)),
            ..wanted
        });
        true
    }

    /// A line that is a label and nothing else, in an entry or below a kit's name.
    pub(super) fn label<'a>(
        &self,
        passage: &Passage<'a>,
        title: Option<&(String, u32)>,
    ) -> Option<Field<'a>> {
        let entry = self.open.is_some() || title.is_some();
        if !entry || passage.text.len() > 90 || !passage.is_prose() {
            return None;
        }
        let start = begin(passage);
        let name = tidy(&passage.text[start..]);
        is_label(name).then(|| Field {
            column: columns::of_field(name),
            name,
            value: "",
            start,
        })
    }
}
