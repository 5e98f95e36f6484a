//! The tables of HTML as rows of cells.

use crate::input::lines::Line;
use crate::input::{Grid, GridCell};
use crate::structure::tables::{Cell, Span, whole};
use crate::text::is_sentence_mark;

/// Most columns; wider ones are laid out, not told.
const WIDEST: u32 = 48;
/// Longest name of a column, in characters, where markup does not say that it is one.
const NAME: u32 = 20;

/// The table of a grid, none if it has no two columns and rows. Its blocks are the lines. A lone row
/// may go on with the table right `above` it.
pub(crate) fn span(grid: &Grid, lines: &[Line<'_>], above: Option<&Span>) -> Option<Span> {
    let cells = titled(&grid.cells);
    let first = cells.first()?;
    let columns = cells
        .iter()
        .map(|cell| cell.column.saturating_add(cell.columns))
        .max()?;
    let from = first.row;
    let rows = cells
        .iter()
        .map(|cell| cell.row)
        .max()?
        .saturating_sub(from)
        .saturating_add(1);
    // A slot costs memory whether it is filled or not: a table of empty slots is none.
    let slots = u64::from(rows) * u64::from(columns);
    let alone = rows < 2;
    let goes_on = above.is_some_and(|above| {
        let rest = cells.iter().all(|cell| cell.columns == 1 && !cell.header);
        rest && above.lines.end == first.blocks.start && above.header.len() == columns as usize
    });
    if !(2..=WIDEST).contains(&columns) || alone && !goes_on || slots > 8 * cells.len() as u64 + 64
    {
        return None;
    }
    let mut table: Vec<Vec<Cell>> = (0..rows)
        .map(|_| vec![Cell::default(); columns as usize])
        .collect();
    for cell in cells {
        let row = cell.row.saturating_sub(from);
        for down in row..row.saturating_add(cell.rows).min(rows) {
            for right in cell.column..cell.column.saturating_add(cell.columns).min(columns) {
                let slot = &mut table[down as usize][right as usize];
                if (down, right) == (row, cell.column) {
                    *slot = whole(cell.blocks.clone());
                } else if slot.lines.is_empty() && slot.spanned.is_none() {
                    slot.spanned = Some(cell.blocks.clone());
                }
            }
        }
    }
    let start = cells
        .iter()
        .find(|cell| !cell.blocks.is_empty())?
        .blocks
        .start;
    let end = cells.iter().map(|cell| cell.blocks.end).max()?;
    let names = if !alone && is_header(cells, from, lines) {
        table.remove(0)
    } else {
        Vec::new()
    };
    let text = |cell: &Cell| -> String {
        let blocks = cell.spanned.clone().unwrap_or(cell.lines.clone());
        lines[blocks]
            .iter()
            .map(|line| line.text.as_ref())
            .collect()
    };
    let header = if names.is_empty() {
        vec![String::new(); columns as usize]
    } else {
        names.iter().map(text).collect()
    };
    Some(Span {
        lines: start..end,
        header,
        names,
        rows: table,
    })
}

/// The cells without a first row that is one cell across: that is the table's title.
fn titled(cells: &[GridCell]) -> &[GridCell] {
    match cells {
        [first, second, rest @ ..]
            if second.row > first.row && !rest.is_empty() && first.columns > 1 =>
        {
            &cells[1..]
        }
        _ => cells,
    }
}

/// Whether the first row holds column names: markup says so, or every cell of it is short.
fn is_header(cells: &[GridCell], row: u32, lines: &[Line<'_>]) -> bool {
    let first = || cells.iter().take_while(move |cell| cell.row == row);
    if first().any(|cell| cell.header) {
        return first().all(|cell| cell.header) || first().skip(1).any(|cell| cell.header);
    }
    first().all(|cell| {
        let [line] = &lines[cell.blocks.clone()] else {
            return false;
        };
        line.length <= NAME && !line.text.contains(is_sentence_mark) && line.label.is_none()
    })
}
