//! Tables that a text export has flattened, and those that Markdown draws.
//!
//! Five shapes: one cell a line, rows apart by blank lines, what continues a cell indented, or rows
//! that only the names of the columns part; one row a line, `name：value` pairs or plain columns apart
//! by runs of blanks; Markdown's bars; and the grid of an HTML table, which its reader has found
//! already.

use std::ops::Range;

use crate::input::lines::Line;
use crate::structure::column_kinds::names_column;
use crate::structure::headings::words::leaves_open;
use crate::structure::numbering::Style;
use crate::structure::{bars, columns};
use crate::text::{Blanks, is_blank, is_sentence_mark, trim};

/// A table found in the lines.
#[derive(Debug)]
pub(crate) struct Span {
    /// Indexes of its lines.
    pub(crate) lines: Range<usize>,
    /// Column names.
    pub(crate) header: Vec<String>,
    /// The cells that hold the column names; none where every cell names itself.
    pub(crate) names: Vec<Cell>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// Where a cell's text stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// Indexes of its lines; an empty cell has none.
    pub(crate) lines: Range<usize>,
    /// Bytes of its text, where it is a part of one line.
    pub(crate) part: Option<Range<usize>>,
    /// Whether its text is `name：value`, of which the value is the cell.
    pub(crate) named: bool,
    /// Another cell's text that spans this one's place.
    pub(crate) spanned: Option<Range<usize>>,
    /// Markup around its text that is not text.
    pub(crate) markup: [String; 2],
}

/// Most columns a table may have, and characters of a column's name and of a line in a cell.
pub(crate) const COLUMNS: usize = 12;
const NAME: u32 = 16;
const CELL: u32 = 160;

/// Finds the tables, in order. `taken[i]` is true for lines of contents and of grids.
pub(crate) fn find(lines: &[Line<'_>], taken: &[bool]) -> Vec<Span> {
    let blocks = blocks(lines);
    let mut found = bars::find(lines, taken);
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
        let row = (!taken[start])
            .then(|| row_per_line(lines, taken, start))
            .flatten();
        match row {
            Some(span) => {
                start = span.lines.end;
                found.push(span);
            }
            None => start += 1,
        }
    }
    found.extend(columns::find(lines, taken));
    found.sort_by_key(|span| span.lines.start);
    found.dedup_by(|later, earlier| later.lines.start < earlier.lines.end);
    found
}

/// Runs of lines without a blank line between them.
fn blocks(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match blocks.last_mut() {
            Some(block) if !line.gap => block.end = index + 1,
            _ => blocks.push(index..index + 1),
        }
    }
    blocks
}

/// The cells of a block: an indented line continues the cell above it.
fn cells(lines: &[Line<'_>], block: &Range<usize>) -> Option<Vec<Cell>> {
    let margin = lines[block.start].indent;
    let mut cells: Vec<Cell> = Vec::new();
    for index in block.clone() {
        if lines[index].length > CELL || cells.len() > COLUMNS {
            return None;
        }
        match cells.last_mut() {
            Some(cell) if lines[index].indent >= margin + 2 => cell.lines.end = index + 1,
            _ => cells.push(whole(index..index + 1)),
        }
    }
    Some(cells)
}

/// A cell of whole lines.
pub(crate) fn whole(lines: Range<usize>) -> Cell {
    Cell {
        lines,
        ..Cell::default()
    }
}

fn is_name(line: &Line<'_>) -> bool {
    line.length <= NAME && line.label.is_none() && line.rich.is_none() && is_name_text(&line.text)
}

/// A name with a comma inside: 用途，是否必需.
fn is_double_name(line: &Line<'_>) -> bool {
    if line.length > NAME || line.label.is_some() || line.rich.is_some() {
        return false;
    }
    let parts = line.text.split_once('，');
    parts.is_some_and(|(first, second)| is_name_text(first) && is_name_text(second))
}

fn is_name_text(text: &str) -> bool {
    !text.contains(|c| is_sentence_mark(c) || c == '\t')
        && !text.ends_with(['。', '、'])
        && text.chars().any(char::is_alphabetic)
}

fn cell_per_line(
    lines: &[Line<'_>],
    taken: &[bool],
    blocks: &[Range<usize>],
    index: usize,
) -> Option<(Span, usize)> {
    let head = &blocks[index];
    let doubled = || head.clone().filter(|&i| is_double_name(&lines[i])).count();
    let free = |block: &Range<usize>| block.clone().all(|line| !taken[line]);
    if !(2..=COLUMNS).contains(&head.len())
        || !free(head)
        || !head
            .clone()
            .all(|i| is_name(&lines[i]) || is_double_name(&lines[i]))
        || doubled() * 2 >= head.len()
    {
        return None;
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut next = index + 1;
    while let Some(block) = blocks.get(next) {
        // A block of a row's cells cannot be longer than they, so that looking is not for nothing.
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
        rows.push(row);
        next += 1;
    }
    // Two pairs of short lines are not yet a table: names and dates at a text's end look like that.
    if rows.is_empty() || (rows.len() == 1 && head.len() < 3) {
        return None;
    }
    let span = Span {
        lines: head.start..blocks[next - 1].end,
        header: head.clone().map(|i| lines[i].text.to_string()).collect(),
        names: head.clone().map(|i| whole(i..i + 1)).collect(),
        rows,
    };
    Some((span, next))
}

/// The byte ranges of the pieces of a line that are apart by a tab or at least three blanks.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    if !may_have_gap(text) {
        pieces.push(0..text.len());
        return pieces;
    }
    let (mut start, mut run, mut run_start, mut tab) = (0, 0, 0, false);
    let mut at = 0;
    while let Some(&first) = text.as_bytes().get(at) {
        // Han characters are no blanks, nor are most of ASCII.
        let (blank, width) = match first {
            0xe4..0xea => (false, 3),
            b'!'..=b'~' => (false, 1),
            b' ' => (true, 1),
            _ => {
                let c = text[at..].chars().next().unwrap_or_default();
                (is_blank(c), c.len_utf8())
            }
        };
        if blank {
            if run == 0 {
                run_start = at;
            }
            run += 1;
            tab |= first == b'\t';
        } else if run > 0 {
            if run >= 3 || tab {
                // A block of HTML may begin with blanks that are wide.
                if run_start > start {
                    pieces.push(start..run_start);
                }
                start = at;
                if pieces.len() > COLUMNS {
                    break;
                }
            }
            (run, tab) = (0, false);
        }
        at += width;
    }
    pieces.push(start..text.len());
    pieces
}

/// Whether a tab or two blanks that follow each other may be in the text: hardly says so where there
/// are none, and looks at many bytes at once, for hardly any line has them.
fn may_have_gap(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut found = bytes.first() == Some(&b'\t');
    // No break out of the loop: that is what lets it take many bytes in a step.
    for (&left, &right) in bytes.iter().zip(bytes.get(1..).unwrap_or_default()) {
        // A blank, or the last byte of U+00A0; behind it a blank, or the first byte of U+00A0. The
        // last two bytes of U+3000.
        found |= (right == b'\t')
            | ((left == b' ') | (left == 0xa0)) & ((right == b' ') | (right == 0xc2))
            | (left == 0x80) & (right == 0x80);
    }
    found
}

/// The name of a `name：value` piece.
fn name_of(piece: &str) -> Option<&str> {
    let (name, _) = piece.split_once(['：', ':'])?;
    let name = trim(name);
    let good = !name.is_empty() && name.chars().count() <= NAME as usize && is_name_text(name);
    good.then_some(name)
}

/// The value of a `name：value` piece.
pub(crate) fn value_of(piece: &str) -> &str {
    piece
        .split_once(['：', ':'])
        .map_or(piece, |(_, value)| trim(value))
}

/// The pieces of a line that single tabs part, as many as there are columns; the last ones may be
/// missing.
fn between_tabs(text: &str, columns: usize) -> Option<Vec<Range<usize>>> {
    let mut parts = Vec::with_capacity(columns);
    let mut start = 0;
    for piece in text.split('\t') {
        let words = trim(piece);
        let from = start + (words.as_ptr() as usize - piece.as_ptr() as usize);
        parts.push(from..from + words.len());
        start += piece.len() + 1;
    }
    let fits = (2..=columns).contains(&parts.len());
    fits.then(|| {
        parts.resize(columns, 0..0);
        parts
    })
}

/// Whether a line goes on with a row's last cell, which the one above it breaks off.
fn goes_on(above: &Line<'_>, line: &Line<'_>) -> bool {
    let broken = above.text.ends_with(['、', '，', ',']) || leaves_open(&above.text);
    broken && !line.gap && line.label.is_none() && line.length as usize <= CELL as usize
}

fn row_per_line(lines: &[Line<'_>], taken: &[bool], start: usize) -> Option<Span> {
    let first = &lines[start];
    if first.rich.is_some() || first.holds.blanks == Blanks::None || !may_have_gap(&first.text) {
        return None;
    }
    let head = pieces(&first.text);
    if !(2..=COLUMNS).contains(&head.len()) {
        return None;
    }
    let texts = |line: &Line<'_>, pieces: &[Range<usize>]| -> Vec<String> {
        pieces
            .iter()
            .map(|piece| line.text[piece.clone()].to_owned())
            .collect()
    };
    let names = |line: &Line<'_>, pieces: &[Range<usize>]| -> Option<Vec<String>> {
        pieces
            .iter()
            .map(|piece| name_of(&line.text[piece.clone()]).map(str::to_owned))
            .collect()
    };
    let cells = |index: usize, pieces: Vec<Range<usize>>, named: bool| -> Vec<Cell> {
        pieces
            .into_iter()
            .map(|piece| Cell {
                lines: index..index + 1,
                part: Some(piece),
                named,
                ..Cell::default()
            })
            .collect()
    };
    let paired = names(first, &head);
    let header = match &paired {
        Some(names) => names.clone(),
        None => texts(first, &head),
    };
    // Two columns without names of their own are too often a line that was spread for its looks, unless
    // they are named as columns are.
    let known = || header.iter().all(|name| names_column(name));
    let plain = (head.len() >= 3 || known())
        && first.label.is_none()
        && header
            .iter()
            .all(|name| is_name_text(name) && name.chars().count() <= NAME as usize);
    if paired.is_none() && !plain {
        return None;
    }
    let columns = head.len();
    let mut rows = Vec::new();
    let mut end = start + 1;
    for (index, line) in lines.iter().enumerate().skip(start + 1) {
        let row = pieces(&line.text);
        if row.len() == 1 && !taken[index] && goes_on(&lines[index - 1], line) {
            let last = rows
                .last_mut()
                .and_then(|row: &mut Vec<Cell>| row.last_mut());
            if let Some(cell) = last {
                cell.lines.end = index + 1;
                end = index + 1;
                continue;
            }
        }
        // Between two tabs, or behind the last one, a cell may be empty.
        let short = (2..columns).contains(&row.len()) && paired.is_none() && known();
        let short = short && !line.gap && line.label.is_none();
        if let Some(parts) = (short && !taken[index])
            .then(|| between_tabs(&line.text, columns))
            .flatten()
        {
            let cell = |part: Range<usize>| match part.is_empty() {
                true => Cell::default(),
                false => cells(index, vec![part], false).remove(0),
            };
            rows.push(parts.into_iter().map(cell).collect());
            end = index + 1;
            continue;
        }
        let same = row.len() == columns
            && !taken[index]
            && (paired.is_none()
                || row.iter().zip(&header).all(|(piece, name)| {
                    name_of(&line.text[piece.clone()]) == Some(name.as_str())
                }));
        // Behind a blank line where there was none before, names of columns open another table.
        let opens = line.gap
            && !lines[index - 1].gap
            && index > start + 1
            && row
                .iter()
                .all(|piece| names_column(&line.text[piece.clone()]));
        if !same || opens {
            break;
        }
        rows.push(cells(index, row, paired.is_some()));
        end = index + 1;
    }
    if rows.is_empty() || rows.len() == 1 && columns == 2 && paired.is_none() {
        return None;
    }
    let first_row = cells(start, head, paired.is_some());
    let names = if paired.is_some() {
        rows.insert(0, first_row);
        Vec::new()
    } else {
        first_row
    };
    Some(Span {
        lines: start..end,
        header,
        names,
        rows,
    })
}

#[cfg(test)]
mod tests;
