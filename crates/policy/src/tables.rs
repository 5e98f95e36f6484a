//! Tables that a text export has flattened.
//!
//! Two shapes: one cell a line, rows apart by blank lines, what continues a cell indented; and one
//! row a line, `name：value` pairs apart by runs of blanks.

use std::ops::Range;

use crate::lines::Line;
use crate::numbering::Style;
use crate::text::{is_blank, is_sentence_mark, trim};

/// A table found in the lines.
#[derive(Debug)]
pub(crate) struct Span<'a> {
    /// Indexes of its lines.
    pub(crate) lines: Range<usize>,
    /// Column names.
    pub(crate) header: Vec<&'a str>,
    pub(crate) shape: Shape<'a>,
}

#[derive(Debug)]
pub(crate) enum Shape<'a> {
    /// Index ranges of the lines of each cell, the header's cells first.
    CellPerLine(Vec<Range<usize>>),
    /// For each line its pieces, `name：value`.
    RowPerLine(Vec<Vec<&'a str>>),
}

/// Most columns a table may have, and characters of a column's name and of a line in a cell.
const COLUMNS: usize = 12;
const NAME: usize = 16;
const CELL: usize = 160;

/// Finds the tables, in order.
pub(crate) fn find<'a>(lines: &[Line<'a>], taken: &[bool]) -> Vec<Span<'a>> {
    let blocks = blocks(lines);
    let mut found = Vec::new();
    let mut index = 0;
    while index < blocks.len() {
        if let Some((span, next)) = cell_per_line(lines, taken, &blocks, index) {
            found.push(span);
            index = next;
        } else {
            index += 1;
        }
    }
    let mut start = 0;
    while start < lines.len() {
        match row_per_line(lines, start) {
            Some(span) => {
                start = span.lines.end;
                found.push(span);
            }
            None => start += 1,
        }
    }
    found.sort_by_key(|span| span.lines.start);
    found.dedup_by(|later, earlier| later.lines.start < earlier.lines.end);
    found
}

/// Runs of lines without a blank line between them.
fn blocks(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match blocks.last_mut() {
            Some(block) if lines[index - 1].number + 1 == line.number => block.end = index + 1,
            _ => blocks.push(index..index + 1),
        }
    }
    blocks
}

/// The cells of a block: an indented line continues the cell above it.
fn cells(lines: &[Line<'_>], block: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let margin = lines[block.start].indent;
    let mut cells: Vec<Range<usize>> = Vec::new();
    for index in block.clone() {
        if lines[index].length > CELL || cells.len() > COLUMNS {
            return None;
        }
        match cells.last_mut() {
            Some(cell) if lines[index].indent >= margin + 2 => cell.end = index + 1,
            _ => cells.push(index..index + 1),
        }
    }
    Some(cells)
}

fn is_name(line: &Line<'_>) -> bool {
    line.length <= NAME
        && line.label.is_none()
        && !line.text.contains(is_sentence_mark)
        && !line.text.ends_with(['。', '、'])
}

fn cell_per_line<'a>(
    lines: &[Line<'a>],
    taken: &[bool],
    blocks: &[Range<usize>],
    index: usize,
) -> Option<(Span<'a>, usize)> {
    let head = &blocks[index];
    let free = |block: &Range<usize>| block.clone().all(|line| !taken[line]);
    if !(2..=COLUMNS).contains(&head.len())
        || !free(head)
        || !head.clone().all(|i| is_name(&lines[i]))
    {
        return None;
    }
    let mut all: Vec<Range<usize>> = head.clone().map(|i| i..i + 1).collect();
    let mut next = index + 1;
    while let Some(block) = blocks.get(next) {
        let Some(row) = cells(lines, block) else {
            break;
        };
        let opens = matches!(
            lines[block.start].label,
            Some(label) if label.style <= Style::HanParen
        );
        if row.len() != head.len() || !free(block) || opens {
            break;
        }
        all.extend(row);
        next += 1;
    }
    let rows = next - index - 1;
    // Two pairs of short lines are not yet a table: names and dates at a text's end look like that.
    if rows == 0 || (rows == 1 && head.len() < 3) {
        return None;
    }
    let span = Span {
        lines: head.start..blocks[next - 1].end,
        header: head.clone().map(|i| lines[i].text).collect(),
        shape: Shape::CellPerLine(all),
    };
    Some((span, next))
}

/// Pieces of a line apart by at least three blanks, each a `name：value`.
fn pieces(text: &str) -> Option<Vec<&str>> {
    let mut pieces = Vec::new();
    let (mut start, mut run, mut run_start) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        if is_blank(c) {
            if run == 0 {
                run_start = at;
            }
            run += 1;
        } else {
            if run >= 3 {
                pieces.push(trim(&text[start..run_start]));
                start = at;
            }
            run = 0;
        }
    }
    pieces.push(trim(&text[start..]));
    let pairs = pieces.iter().all(|piece| name_of(piece).is_some());
    (pairs && (2..=COLUMNS).contains(&pieces.len())).then_some(pieces)
}

fn name_of(piece: &str) -> Option<&str> {
    let (name, _) = piece.split_once(['：', ':'])?;
    let name = trim(name);
    let good = !name.is_empty() && name.chars().count() <= NAME && !name.contains(is_sentence_mark);
    good.then_some(name)
}

/// The value of a `name：value` piece.
pub(crate) fn value_of(piece: &str) -> &str {
    piece
        .split_once(['：', ':'])
        .map_or(piece, |(_, value)| trim(value))
}

fn row_per_line<'a>(lines: &[Line<'a>], start: usize) -> Option<Span<'a>> {
    let names =
        |pieces: &[&'a str]| -> Vec<&'a str> { pieces.iter().filter_map(|p| name_of(p)).collect() };
    let first = pieces(lines[start].text)?;
    let header = names(&first);
    let mut rows = vec![first];
    for line in &lines[start + 1..] {
        match pieces(line.text) {
            Some(row) if names(&row) == header => rows.push(row),
            _ => break,
        }
    }
    (rows.len() >= 2).then(|| Span {
        lines: start..start + rows.len(),
        header,
        shape: Shape::RowPerLine(rows),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    #[track_caller]
    fn case(text: &str, expected: &[(Range<usize>, &[&str])]) {
        let lines = lines::split(text);
        let found = find(&lines, &vec![false; lines.len()]);
        let found: Vec<_> = found
            .iter()
            .map(|s| (s.lines.clone(), s.header.as_slice()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn rows_of_one_cell_a_line_are_a_table() {
        let text = "名称\n用途\n影响\n\n\n相机\n扫码\n无法扫码\n\n下一段。";
        case(text, &[(0..6, &["名称", "用途", "影响"])]);
        let text = "名称\n用途\n\n相机\n1、扫码；\n\t\t2、拍照；\n\n相册\n头像";
        case(text, &[(0..7, &["名称", "用途"])]);
    }

    #[test]
    fn rows_of_pairs_are_a_table() {
        let gap = "\u{a0}".repeat(5);
        let text = format!("权限：相机{gap}用途：扫码\n\n权限：相册{gap}用途：头像");
        case(&text, &[(0..2, &["权限", "用途"])]);
    }

    #[test]
    fn paragraphs_are_none() {
        case("某某公司\n某年某月\n\n第一行。\n第二行。", &[]);
        case("甲，\n乙。\n\n丙，\n丁。", &[]);
        case("名称\n用途\n影响\n\n相机\n扫码", &[]);
        case("", &[]);
    }
}
