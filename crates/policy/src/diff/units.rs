//! A document as the units that are compared: headings, paragraphs and items, and rows of tables.

use std::hash::Hasher;
use std::ops::Range;

use twox_hash::XxHash64;

use super::fold::folded;
use crate::document::{Clause, Document, Passage, Table};
use crate::structure::numbering;

/// Between the cells of a row, where it is shown as one text.
pub(super) const BETWEEN_CELLS: &str = " | ";

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph or list item.
    Text,
    /// A row of the table of this number; column names are its row 0.
    Row { table: usize, row: usize },
}

/// A heading, a paragraph, or a row of a table.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) role: Role,
    /// First and last line of the source.
    pub(super) line: u32,
    pub(super) end_line: u32,
    /// As it is shown.
    pub(super) text: String,
    /// Bytes of the number in front of it.
    pub(super) label: usize,
    /// Number and words as they are compared.
    pub(super) number: String,
    pub(super) words: String,
    /// Hash of the words.
    pub(super) hash: u64,
    /// Its clauses' indexes in the document, each with the byte of `text` where it begins.
    pub(super) parts: Vec<(usize, usize)>,
    /// The heading above it, as an index of units.
    pub(super) under: Option<usize>,
    /// The sentence that leads in the list of which it is an item.
    pub(super) lead: Option<usize>,
}

impl Unit {
    fn new(role: Role, line: u32, end_line: u32, text: String, label: usize) -> Self {
        let words = folded(&text[label..]);
        let mut hash = XxHash64::with_seed(0);
        hash.write(words.as_bytes());
        Self {
            role,
            line,
            end_line,
            number: folded(&text[..label]),
            hash: hash.finish(),
            words,
            text,
            label,
            parts: Vec::new(),
            under: None,
            lead: None,
        }
    }

    pub(super) fn is_heading(&self) -> bool {
        matches!(self.role, Role::Heading(_))
    }
}

/// The units of a document in source order. Contents lines are left out: they say the headings again.
pub(super) fn of(document: &Document) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(document.outline.len() + document.clauses.len());
    let mut tables = document.tables.iter().enumerate().peekable();
    // Rows of the table that is being read: where each ends among the clauses.
    let mut rows: Vec<(usize, Role)> = Vec::new();
    let mut next_row = 0;
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut lead = None;
    let mut index = 0;
    for passage in document.passages() {
        let mut unit = match passage {
            Passage::Contents(_) => continue,
            Passage::Heading(heading) => {
                let mut text = heading.label.clone();
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '.') {
                    text.push(' ');
                }
                let label = text.len();
                text.push_str(&heading.title);
                let role = Role::Heading(heading.level);
                Unit::new(role, heading.line, heading.line, text, label)
            }
            Passage::Clause(clause) => {
                if let Some((number, table)) =
                    tables.next_if(|(_, table)| table.clauses[0] as usize <= index)
                {
                    rows = self::rows(document, table, number);
                    next_row = 0;
                }
                let at = index;
                index += 1;
                while rows.get(next_row).is_some_and(|(end, _)| *end <= at) {
                    next_row += 1;
                }
                match rows.get(next_row) {
                    Some(&(_, role)) => {
                        if let Some(row) = units.last_mut().filter(|unit| unit.role == role) {
                            grow(row, clause, at);
                            continue;
                        }
                        let mut row =
                            Unit::new(role, clause.line, clause.end_line, clause.text.clone(), 0);
                        row.parts.push((at, 0));
                        row
                    }
                    None => {
                        let label = numbering::read(&clause.text).map_or(0, |label| label.length);
                        let mut unit = Unit::new(
                            Role::Text,
                            clause.line,
                            clause.end_line,
                            clause.text.clone(),
                            label,
                        );
                        unit.parts.push((at, 0));
                        unit
                    }
                }
            }
        };
        if unit.words.is_empty() {
            continue;
        }
        if let Role::Heading(level) = unit.role {
            while open.pop_if(|(above, _)| *above >= level).is_some() {}
            unit.under = open.last().map(|&(_, at)| at);
            open.push((level, units.len()));
            lead = None;
        } else {
            unit.under = open.last().map(|&(_, at)| at);
            // An item without a number is told by the sign on which it ends, or the one before it.
            let listed = |unit: &Unit| unit.lead.is_some() && unit.words.ends_with(';');
            let item = !unit.number.is_empty()
                || unit.words.ends_with(';')
                || units.last().is_some_and(listed);
            if unit.words.ends_with(':') {
                lead = Some(units.len());
            } else if unit.role == Role::Text {
                lead = lead.filter(|_| item);
                unit.lead = lead;
            }
        }
        units.push(unit);
    }
    units
}

/// Adds a cell to its row.
fn grow(row: &mut Unit, cell: &Clause, index: usize) {
    row.text.push_str(BETWEEN_CELLS);
    row.parts.push((index, row.text.len()));
    row.text.push_str(&cell.text);
    row.end_line = row.end_line.max(cell.end_line);
    row.words.push_str(&folded(&cell.text));
    let mut hash = XxHash64::with_seed(0);
    hash.write(row.words.as_bytes());
    row.hash = hash.finish();
}

/// Where each row of a table ends among the document's clauses. A cell that spans rows belongs to the
/// first.
fn rows(document: &Document, table: &Table, number: usize) -> Vec<(usize, Role)> {
    let [from, to] = table.clauses.map(|at| at as usize);
    let range: Range<usize> = from..to.min(document.clauses.len());
    let mut cells = document.clauses.get(range).unwrap_or_default();
    let mut at = from;
    let mut rows = Vec::new();
    let header = std::iter::once(&table.header);
    for (row, texts) in header.chain(&table.rows).enumerate() {
        let before = at;
        for text in texts.iter().filter(|text| !text.is_empty()) {
            if let Some((first, rest)) = cells.split_first()
                && says(&first.text, text)
            {
                cells = rest;
                at += 1;
            }
        }
        if at > before {
            rows.push((at, Role::Row { table: number, row }));
        }
    }
    rows
}

/// Whether a cell of the source is this cell of the table: its own words, or `name：value`.
fn says(clause: &str, cell: &str) -> bool {
    clause == cell || clause.trim_matches('*') == cell || clause.ends_with(cell)
}

/// Several neighbouring units as one text: a clause that was split, or joined from two.
pub(super) fn joined(units: &[Unit]) -> Option<Unit> {
    let (first, rest) = units.split_first()?;
    let mut all = first.clone();
    for unit in rest {
        let at = all.text.len();
        all.text.push_str(&unit.text);
        all.words.push_str(&unit.number);
        all.words.push_str(&unit.words);
        all.end_line = all.end_line.max(unit.end_line);
        all.parts
            .extend(unit.parts.iter().map(|&(part, from)| (part, at + from)));
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_a_table_is_one_unit() {
        let text = "隐私政策\n\n一、范围\n1. 甲用于乙。\n\n| 权限 | 用途 |\n|---|---|\n| 相机 | 扫码 |\n| 位置 | 推荐 |\n";
        let document = crate::parse(text);
        let units = of(&document);
        let found: Vec<(u32, &str, &str)> = units
            .iter()
            .map(|unit| (unit.line, unit.text.as_str(), unit.number.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (1, "隐私政策", ""),
                (3, "一、范围", "一、"),
                (4, "1. 甲用于乙。", "1."),
                (6, "权限 | 用途", ""),
                (8, "相机 | 扫码", ""),
                (9, "位置 | 推荐", ""),
            ]
        );
        assert_eq!(units[4].under, Some(1));
        assert_eq!(units[4].parts.len(), 2);
    }
}
