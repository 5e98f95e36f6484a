//! Runs of pairs that tell of a kit: in lines below its name, in one line, in the rows of a table.

use super::{By, Kits};
use crate::document::{SdkFact, Table};
use crate::facts::columns::{self, Column};
use crate::facts::fields::Field;
use crate::facts::kit_names::{
    is_generic, is_head, is_label, is_maker, is_name, is_package, key, names_sdk, some,
};
use crate::facts::kit_sentences::begin;
use crate::facts::layout::Layout;
use crate::facts::passage::Passage;
use crate::facts::reach::{after, ends, has, tidy, value};
use crate::structure::draft::Draft;
use crate::structure::numbering::Style;

/// Where pairs stand.
pub(in crate::facts) struct Row<'a, 'b> {
    /// Whether in a section on kits.
    kits: bool,
    passage: Option<&'b Passage<'a>>,
    line: u32,
}

impl<'a, 'b> Row<'a, 'b> {
    pub(super) fn of(passage: &'b Passage<'a>, line: u32) -> Self {
        Self {
            kits: passage.under.kits,
            passage: Some(passage),
            line,
        }
    }

    fn line_at(&self, at: usize) -> u32 {
        self.passage
            .map_or(self.line, |passage| passage.line_at(at))
    }
}

/// A label whose value is awaited on the lines below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    column: Column,
    /// The line of the label, or of the last part of its value.
    line: u32,
    /// The style and the mark of the first part, once it is read.
    mark: Option<(Option<Style>, bool)>,
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
            mark: None,
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
        let mark = (passage.label, marked);
        // A further part is an item as the first is, or the next line.
        let item = passage.label.is_some() || marked;
        let fits = wanted
            .mark
            .is_none_or(|first| first == mark && (item || line <= wanted.line + 1));
        let named = names_sdk(body) || passage.role.is_none() && wanted.mark.is_some();
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
            Some(told) if wanted.mark.is_some() => {
                told.push('；');
                told.push_str(body);
            }
            Some(_) => {}
            None => *told = some(body).map(str::to_owned),
        }
        self.wanted = Some(Wanted {
            line,
            mark: Some(mark),
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

    /// Reads a table that has no column for names: of the kit that the line above it names, or one
    /// of labels and values. `drafts` begin with its first cell. Says whether it is one.
    pub(in crate::facts) fn table(
        &mut self,
        table: &Table,
        layout: &Layout,
        kits: bool,
        drafts: &[&Draft],
    ) -> bool {
        let title = self.title.take();
        if self.labelled(table, kits, title.clone(), drafts) {
            return true;
        }
        if layout.is_foreign() || layout.permission.is_some() || layout.data.is_none() {
            return false;
        }
        let title = title.filter(|(name, _)| is_name(name) && !is_generic(name));
        let open = match (self.open, title) {
            (Some((at, _)), _) => Some(at),
            (None, Some((name, line))) if kits || names_sdk(&name) => {
                self.add(&name, line, None, None)
            }
            _ => None,
        };
        let Some(at) = open else {
            return false;
        };
        let (purpose, data) = (told(table, layout.purpose), told(table, layout.data));
        self.fill(at, some(&purpose), some(&data));
        true
    }

    /// Reads a table of two columns whose rows are labels and their values.
    fn labelled(
        &mut self,
        table: &Table,
        kits: bool,
        title: Option<(String, u32)>,
        drafts: &[&Draft],
    ) -> bool {
        if table.header.len() != 2 || table.rows.len() > 40 {
            return false;
        }
        let rows = std::iter::once(&table.header).chain(&table.rows);
        let plain: Vec<[String; 2]> = rows
            .filter_map(|row| {
                Some([
                    row.first()?.replace("**", ""),
                    row.get(1)?.replace("**", ""),
                ])
            })
            .collect();
        let fields: Vec<Field<'_>> = plain
            .iter()
            .map(|[name, told]| Field {
                column: columns::of_field(tidy(name)),
                name: tidy(name),
                value: value(told),
                start: 0,
            })
            .filter(|field| field.column != Column::Other)
            .collect();
        let labels = fields
            .iter()
            .filter(|field| is_label(field.name) || field.column == Column::Kit);
        let value_is_label = plain.iter().skip(1).any(|[_, told]| is_label(tidy(told)));
        let both = columns::of_field(tidy(&plain[0][1])) != Column::Other && plain.len() > 1;
        let kit = fields.iter().any(|field| field.column == Column::Kit);
        if labels.count() < 2
            || fields.len() * 2 < table.rows.len()
            || value_is_label
            || both && is_label(tidy(&plain[0][1]))
            || !kit && title.is_none() && self.open.is_none()
        {
            return false;
        }
        let named = fields.iter().find(|field| field.column == Column::Kit);
        let cell = named.and_then(|field| {
            let mut cells = drafts.iter().take(200);
            cells.find(|draft| value(&draft.text) == field.value)
        });
        let row = Row {
            kits,
            passage: None,
            line: cell.map_or(table.line, |draft| draft.line()),
        };
        let member = self.pairs(&row, &fields, title);
        self.open = None;
        member
    }

    /// A run of pairs, in one passage or in several.
    pub(super) fn pairs(
        &mut self,
        row: &Row<'_, '_>,
        pairs: &[Field<'_>],
        title: Option<(String, u32)>,
    ) -> bool {
        let has = |column: Column| pairs.iter().any(|field| field.column == column);
        let tells = has(Column::Purpose) || has(Column::Data);
        let owned = has(Column::Company)
            && pairs
                .iter()
                .any(|field| field.name.contains("第三方") || field.name.contains("SDK"));
        let kit = self.open.is_some() || has(Column::Kit) || title.is_some();
        if has(Column::Permission) && (!kit || pairs[0].column == Column::Permission) {
            return false;
        }
        let title = title.filter(|(name, _)| is_name(name));
        let mine = has(Column::Kit)
            || has(Column::Name) && (row.kits || tells && has(Column::Data))
            || (has(Column::Company) && (row.kits || owned && tells));
        let sdk = title.as_ref().is_some_and(|(name, _)| names_sdk(name));
        let named = pairs.iter().any(|field| match field.column {
            Column::Kit => true,
            Column::Name => !(sdk && is_maker(field)),
            _ => false,
        });
        let (titled, head) = match title {
            Some(title) if named => (None, Some(title)),
            title => {
                let maker = has(Column::Company) || has(Column::Name);
                (title.filter(|_| tells || maker), None)
            }
        };
        if !mine && self.open.is_none() && titled.is_none() {
            return false;
        }
        if let Some((name, line)) = titled
            && self.open.is_none()
        {
            self.open = self.add(&name, line, None, None).map(|at| (at, By::Kit));
        }
        for field in pairs {
            match (field.column, self.open) {
                (Column::Name, Some((_, By::Kit))) if is_maker(field) => {}
                (Column::Kit | Column::Name, open) => {
                    let by = if field.column == Column::Kit {
                        By::Kit
                    } else {
                        By::Name
                    };
                    let line = row.line_at(field.start);
                    // The line above says in words what the field gives as a package.
                    let head = head
                        .as_ref()
                        .filter(|(name, _)| open.is_none() && is_package(field.value, name));
                    let (name, line) =
                        head.map_or((field.value, line), |(name, line)| (name.as_str(), *line));
                    // Company first, then the kit: the kit's name is the better one.
                    if let (Some((at, By::Company)), true) = (open, is_name(name)) {
                        self.rename(at, name, line);
                        self.open = Some((at, by));
                    } else {
                        self.open = self.add(name, line, None, None).map(|at| (at, by));
                    }
                }
                // A company opens a kit where none is open, or where the open one is told.
                (Column::Company, open) if open.map_or(mine, |open| self.is_told(open)) => {
                    let line = row.line_at(field.start);
                    self.open = self.open_company(field.value, line);
                }
                (Column::Purpose, Some((at, _))) => self.fill(at, some(field.value), None),
                (Column::Data, Some((at, _))) => self.fill(at, None, some(field.value)),
                _ => {}
            }
        }
        !pairs.is_empty()
    }

    /// Opens the entry of a company. What a company offers next is another entry.
    fn open_company(&mut self, name: &str, line: u32) -> Option<(usize, By)> {
        let at = self.add(name, line, None, None)?;
        if !self.is_told((at, By::Company)) {
            return Some((at, By::Company));
        }
        let name = self.found[at].name.clone();
        self.found.push(SdkFact {
            name,
            purpose: None,
            data: None,
            line,
        });
        Some((self.found.len() - 1, By::Company))
    }

    /// Whether a run that only names a company has told what it does: the next company opens another.
    fn is_told(&self, (at, by): (usize, By)) -> bool {
        let told = |kit: &SdkFact| kit.purpose.is_some() || kit.data.is_some();
        by == By::Company && self.found.get(at).is_some_and(told)
    }

    fn rename(&mut self, at: usize, name: &str, line: u32) {
        self.known.remove(&key(&self.found[at].name));
        self.known.insert(key(name), at);
        name.clone_into(&mut self.found[at].name);
        self.found[at].line = line;
    }
}

/// What the cells of a column say, each once.
fn told(table: &Table, column: Option<usize>) -> String {
    let mut all: Vec<String> = Vec::new();
    let cells = column.map_or(&[][..], |_| &table.rows).iter().take(60);
    for cell in cells.filter_map(|row| row.get(column?)) {
        let cell = cell.replace("**", "");
        let cell = value(&cell);
        if some(cell).is_some() && !is_label(cell) && !all.iter().any(|known| known == cell) {
            all.push(cell.to_owned());
        }
    }
    all.join("；")
}
