//! Runs of pairs that tell of a kit: in lines below its name, in one line, in the rows of a table.

use super::{By, Kits};
use crate::document::{SdkFact, Table};
use crate::facts::columns::{self, Column};
use crate::facts::fields::Field;
use crate::facts::kit_joined::is_own;
use crate::facts::kit_names::{
    is_generic, is_head, is_label, is_maker, is_name, is_package, key, names_sdk, some,
};
use crate::facts::kit_sentences::begin;
use crate::facts::layout::Layout;
use crate::facts::passage::Passage;
use crate::facts::reach::{ends, tidy, value};
use crate::structure::draft::Draft;

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

impl Kits {
    /// Remembers the line above a table.
    pub(in crate::facts) fn caption(&mut self, passage: &Passage<'_>) {
        let name = tidy(&passage.text[begin(passage)..]);
        self.open = None;
        self.title = is_head(name).then(|| (name.to_owned(), passage.line()));
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
        let owned = || {
            let mut names = pairs.iter().map(|field| field.name);
            names.any(|name| name.contains("第三方") || name.contains("SDK"))
        };
        let kit = self.open.is_some() || has(Column::Kit) || title.is_some();
        if has(Column::Permission) && (!kit || pairs[0].column == Column::Permission) {
            return false;
        }
        let title = title.filter(|(name, _)| is_name(name));
        let sure = pairs.iter().any(|field| {
            field.column == Column::Name
                && ends(field.value, &["SDK", "sdk"])
                && is_own(field.value)
        });
        let mine = has(Column::Kit)
            || has(Column::Name) && (row.kits || sure || tells && has(Column::Data))
            || (has(Column::Company) && (row.kits || tells && owned()));
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
                (Column::Company, Some(_)) => {
                    self.makers.insert(key(field.value));
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
