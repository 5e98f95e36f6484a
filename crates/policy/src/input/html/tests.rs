use super::*;
use crate::input::{Block, Grid, Hint};

mod flow;
mod hidden;
mod hostile;
mod tables;

#[track_caller]
fn texts(html: &str, expected: &[&str]) {
    let source = read(html);
    let found: Vec<&str> = source.blocks.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(found, expected, "{html}");
}

/// Blocks in short: `gap`, depth and hint before the text.
fn short(block: &Block) -> String {
    let gap = if block.gap { "|" } else { "" };
    let hint = match block.hint {
        Hint::None => String::new(),
        Hint::Heading(level) => format!("h{level} "),
        Hint::Item => "- ".to_owned(),
        Hint::Caption => "c ".to_owned(),
    };
    let depth = ">".repeat(usize::from(block.depth));
    format!("{gap}{depth}{hint}{}", block.text)
}

#[track_caller]
fn shape(html: &str, expected: &[&str]) {
    let found: Vec<String> = read(html).blocks.iter().map(short).collect();
    assert_eq!(found, expected, "{html}");
}

/// A grid in short: `row,column` with `+rows+columns` where there are more, and the cell's text.
fn cells(grid: &Grid, blocks: &[Block]) -> Vec<String> {
    let cell = |cell: &crate::input::GridCell| {
        let texts: Vec<_> = blocks[cell.blocks.clone()]
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        let spans = match (cell.rows, cell.columns) {
            (1, 1) => String::new(),
            (rows, columns) => format!("+{rows}+{columns}"),
        };
        let mark = if cell.header { "!" } else { "" };
        format!(
            "{},{}{spans}{mark} {}",
            cell.row,
            cell.column,
            texts.join("/")
        )
    };
    grid.cells.iter().map(cell).collect()
}
