//! Cells to slots, as HTML forms a table (WHATWG HTML, 4.9.12.1), and tables that are tables told
//! from tables that only lay out a page.

use super::style::Attributes;
use crate::input::{Block, Grid, GridCell, Hint};

/// Columns beyond this are one column: no policy has them, and each costs time.
const COLUMNS: u32 = 256;
/// The most rows a cell may span (WHATWG HTML, 4.9.11).
const ROWS: u32 = 65_534;
/// A cell with more blocks is a part of a page.
const CELL_BLOCKS: usize = 20;

/// A table that is being read.
pub(super) struct Frame {
    /// Where its element stands among the open ones.
    pub(super) index: usize,
    /// How many tables were complete when it began: those after are inside it.
    tables: usize,
    presentation: bool,
    /// Rows begun.
    rows: u32,
    in_row: bool,
    in_head: bool,
    column: u32,
    width: u32,
    /// For each column, the row up to which a cell from above takes it.
    taken: Vec<u32>,
    /// The first cell of the row group.
    group: usize,
    /// `blocks.end` is set at the end.
    cells: Vec<GridCell>,
}

impl Frame {
    pub(super) fn new(index: usize, tables: usize, presentation: bool) -> Self {
        Self {
            index,
            tables,
            presentation,
            rows: 0,
            in_row: false,
            in_head: false,
            column: 0,
            width: 0,
            taken: Vec::new(),
            group: 0,
            cells: Vec::new(),
        }
    }

    /// A row group begins; a cell of the one before ends with it, whatever its `rowspan`.
    pub(super) fn group(&mut self, head: bool) {
        for cell in &mut self.cells[self.group..] {
            cell.rows = cell.rows.min(self.rows.saturating_sub(cell.row)).max(1);
        }
        self.group = self.cells.len();
        self.taken.clear();
        self.in_row = false;
        self.in_head = head;
    }

    pub(super) fn begin_row(&mut self) {
        self.rows = self.rows.saturating_add(1);
        self.in_row = true;
        self.column = 0;
    }

    pub(super) fn end_row(&mut self) {
        self.in_row = false;
    }

    /// A cell whose first block will be the one at `block`.
    pub(super) fn cell(&mut self, block: usize, header: bool, attributes: &Attributes) {
        if !self.in_row {
            self.begin_row();
        }
        let row = self.rows - 1;
        while self
            .taken
            .get(self.column as usize)
            .is_some_and(|&end| end > row)
        {
            self.column += 1;
        }
        let column = self.column.min(COLUMNS - 1);
        let columns = attributes.columns.unwrap_or(1).clamp(1, COLUMNS - column);
        let rows = match attributes.rows {
            // To the end of the row group.
            Some(0) => ROWS,
            rows => rows.unwrap_or(1).min(ROWS),
        };
        self.column = column + columns;
        self.width = self.width.max(self.column);
        if rows > 1 {
            let (start, end) = (column as usize, self.column as usize);
            if self.taken.len() < end {
                self.taken.resize(end, 0);
            }
            self.taken[start..end].fill(row.saturating_add(rows));
        }
        self.cells.push(GridCell {
            blocks: block..block,
            row,
            column,
            rows,
            columns,
            header: header || self.in_head,
        });
    }

    /// Ends the table. Where it is one, it takes the place of those inside it.
    pub(super) fn close(mut self, blocks: &[Block], tables: &mut Vec<Grid>) {
        self.group(false);
        let mut end = blocks.len();
        for cell in self.cells.iter_mut().rev() {
            cell.blocks.end = end;
            end = cell.blocks.start;
        }
        let grid = Grid {
            blocks: end..blocks.len(),
            cells: self.cells,
        };
        if !self.presentation && self.width > 1 && is_table(&grid, blocks) {
            tables.truncate(self.tables);
            tables.push(grid);
        }
    }
}

impl Grid {
    /// The block at this index went, before it or in it.
    pub(super) fn lose(&mut self, block: usize) {
        let cells = self.cells.iter_mut().map(|cell| &mut cell.blocks);
        for range in cells.chain([&mut self.blocks]) {
            for end in [&mut range.start, &mut range.end] {
                *end -= usize::from(*end > block);
            }
        }
    }
}

/// Whether cells hold what cells of a table hold: little, and no headings, except as the one thing
/// in a cell of a table with several rows.
fn is_table(grid: &Grid, blocks: &[Block]) -> bool {
    let several = grid.cells.last().is_some_and(|cell| cell.row > 0);
    let filled = grid.cells.iter().filter(|cell| !cell.blocks.is_empty());
    filled.count() > 1
        && grid.cells.iter().all(|cell| {
            let held = blocks.get(cell.blocks.clone()).unwrap_or_default();
            let headed = held
                .iter()
                .any(|block| matches!(block.hint, Hint::Heading(_)));
            held.len() <= CELL_BLOCKS && (!headed || several && held.len() == 1)
        })
}
