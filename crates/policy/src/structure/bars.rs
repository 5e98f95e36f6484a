//! Tables drawn with Markdown's bars (GitHub Flavored Markdown, "Tables (extension)"): a header, a
//! row of dashes, rows. Bars and dashes are markup, kept beside the cells.

use std::borrow::Cow;
use std::ops::Range;

use crate::input::lines::Line;
use crate::structure::breaks::as_blanks;
use crate::structure::tables::{COLUMNS, Cell, Span};
use crate::text::{squeeze, trim};

/// Most columns: wider than [`COLUMNS`], since bars leave no doubt.
const WIDEST: usize = 4 * COLUMNS;

/// Finds the tables, in order.
pub(crate) fn find(lines: &[Line<'_>], taken: &[bool]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut index = 1;
    while index < lines.len() {
        if !taken[index]
            && !taken[index - 1]
            && let Some(span) = table(lines, taken, index)
        {
            index = span.lines.end;
            found.push(span);
        } else if let Some(span) = closed(lines, taken, index - 1) {
            index = span.lines.end;
            found.push(span);
        }
        index += 1;
    }
    found
}

/// Whether a line may be a row behind a blank line: bars close it at both ends.
fn is_closed(line: &Line<'_>) -> bool {
    line.text.starts_with('|') && line.text.ends_with('|')
}

/// How many cells the bars of a closed row part.
fn count(text: &str) -> usize {
    text.bytes()
        .filter(|byte| *byte == b'|')
        .count()
        .saturating_sub(1)
}

/// The table whose row of dashes is line `dashes`.
fn table(lines: &[Line<'_>], taken: &[bool], dashes: usize) -> Option<Span> {
    let columns = dashed(&lines[dashes].text)?;
    let head = &lines[dashes - 1];
    if !head.text.contains('|') {
        return None;
    }
    let mut names = cells(dashes - 1, &head.text, columns)?;
    if names.iter().filter(|cell| cell.part.is_some()).count() == 0 {
        return None;
    }
    after(&mut names, &lines[dashes].text);
    let header = names.iter().map(|cell| text(head, cell)).collect();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut empty = 0;
    let mut end = dashes + 1;
    for (index, line) in lines.iter().enumerate().skip(dashes + 1) {
        // A blank line ends it, unless rows as wide as the others follow.
        let apart = line.gap && !(is_closed(line) && count(&line.text) == columns);
        // A row above dashes begins another table.
        let anew = lines
            .get(index + 1)
            .is_some_and(|next| dashed(&next.text) == Some(columns));
        if apart || anew || taken[index] || !line.text.contains('|') {
            break;
        }
        match cells(index, &line.text, columns) {
            // A row of empty cells alone: its bars go with the row above.
            Some(row) if row.iter().all(|cell| cell.part.is_none()) => {
                after(rows.last_mut().unwrap_or(&mut names), &line.text);
            }
            Some(row) => {
                // A slot costs memory whether it is filled or not.
                empty += row.iter().filter(|cell| cell.part.is_none()).count();
                if empty > 8 * (rows.len() + 8) {
                    break;
                }
                rows.push(row);
            }
            None => break,
        }
        end = index + 1;
    }
    Some(Span {
        lines: dashes - 1..end,
        header,
        names,
        rows,
    })
}

/// The table of rows that bars close at both ends, though no dashes follow the first.
fn closed(lines: &[Line<'_>], taken: &[bool], start: usize) -> Option<Span> {
    let head = &lines[start];
    if taken[start] || !is_closed(head) || !is_closed(&lines[start + 1]) {
        return None;
    }
    let columns = count(&head.text);
    let rows = lines[start..].iter().zip(&taken[start..]);
    let end = start
        + rows
            .take_while(|(line, taken)| !**taken && is_closed(line) && count(&line.text) == columns)
            .take_while(|(line, _)| dashed(&line.text).is_none())
            .count();
    if !(2..=COLUMNS).contains(&columns) || end < start + 2 {
        return None;
    }
    let row = |index: usize| cells(index, &lines[index].text, columns);
    let names = row(start)?;
    let rows: Vec<Vec<Cell>> = (start + 1..end).map(row).collect::<Option<_>>()?;
    // A row of bars alone has no cell that they could go with.
    let empty = |row: &Vec<Cell>| row.iter().all(|cell| cell.part.is_none());
    if empty(&names) || rows.iter().any(empty) {
        return None;
    }
    Some(Span {
        lines: start..end,
        header: names.iter().map(|cell| text(head, cell)).collect(),
        names,
        rows,
    })
}

fn text(line: &Line<'_>, cell: &Cell) -> String {
    let part = cell.part.clone().unwrap_or_default();
    let text = &line.text[part];
    let bare = text
        .strip_prefix("**")
        .and_then(|text| text.strip_suffix("**"));
    match as_blanks(bare.unwrap_or(text)) {
        // Names of columns are broken to be narrow.
        Cow::Owned(broken) => squeeze(&broken),
        Cow::Borrowed(text) => text.to_owned(),
    }
}

/// Puts markup behind the last cell that has a text.
fn after(row: &mut [Cell], markup: &str) {
    if let Some(cell) = row.iter_mut().rev().find(|cell| cell.part.is_some()) {
        cell.markup[1].push('\n');
        cell.markup[1].push_str(markup);
    }
}

/// The number of columns of a row of dashes: `|---|:-:|`.
fn dashed(text: &str) -> Option<usize> {
    // Most lines begin with another sign.
    if !text.starts_with(['|', '-', ':']) || !text.contains('-') || !text.contains('|') {
        return None;
    }
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut columns = 0;
    for column in inner.split('|') {
        let dashes = trim(column).trim_matches(':');
        if dashes.is_empty() || !dashes.bytes().all(|byte| byte == b'-') {
            return None;
        }
        columns += 1;
    }
    (1..=WIDEST).contains(&columns).then_some(columns)
}

/// The cells of a row: what stands between bars, `\|` being none. Missing cells are empty, and
/// what is over belongs to the last.
fn cells(index: usize, line: &str, columns: usize) -> Option<Vec<Cell>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = usize::from(line.starts_with('|'));
    let mut escaped = false;
    for (at, c) in line.char_indices().skip(start) {
        if c == '|' && !escaped && ranges.len() + 1 < columns {
            ranges.push(start..at);
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    let end = match line.strip_suffix('|') {
        Some(inner) if inner.len() >= start => inner.len(),
        _ => line.len(),
    };
    ranges.push(start..end.max(start));
    let mut row: Vec<Cell> = Vec::with_capacity(columns);
    // All between two texts is markup: what stands before the first, then what follows each.
    let mut done = 0;
    for range in ranges {
        let words = trim(&line[range.clone()]);
        if words.is_empty() {
            row.push(Cell::default());
            continue;
        }
        let from = words.as_ptr() as usize - line.as_ptr() as usize;
        let mut cell = Cell {
            lines: index..index + 1,
            part: Some(from..from + words.len()),
            ..Cell::default()
        };
        line[done..from].clone_into(&mut cell.markup[0]);
        done = from + words.len();
        row.push(cell);
    }
    if let Some(last) = row.iter_mut().rev().find(|cell| cell.part.is_some()) {
        line[done..].clone_into(&mut last.markup[1]);
    }
    row.resize_with(columns, Cell::default);
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    #[track_caller]
    fn case(source: &str, expected: &[(Range<usize>, &[&[&str]])]) {
        let lines = lines::split(source);
        let found = find(&lines, &vec![false; lines.len()]);
        let shown: Vec<(Range<usize>, Vec<Vec<String>>)> = found
            .iter()
            .map(|span| {
                let rows = std::iter::once(&span.names).chain(&span.rows);
                let texts = |row: &Vec<Cell>| {
                    row.iter()
                        .map(|cell| text(&lines[cell.lines.start], cell))
                        .collect()
                };
                (span.lines.clone(), rows.map(texts).collect())
            })
            .collect();
        let expected: Vec<(Range<usize>, Vec<Vec<String>>)> = expected
            .iter()
            .map(|(lines, rows)| {
                let row = |row: &&[&str]| row.iter().map(|&cell| cell.to_owned()).collect();
                (lines.clone(), rows.iter().map(row).collect())
            })
            .collect();
        assert_eq!(shown, expected, "{source}");
    }

    #[test]
    fn bars_and_dashes_draw_a_table() {
        case(
            "权限如下\n| 权限 | 用途 |\n| --- | :--: |\n| 相机 | 扫码 |\n| 相册 | |\n\n正文。",
            &[(1..5, &[&["权限", "用途"], &["相机", "扫码"], &["相册", ""]])],
        );
        case(
            "权限|用途\n-|-\n相机|扫码|拍照",
            &[(0..3, &[&["权限", "用途"], &["相机", "扫码|拍照"]])],
        );
        case(
            "收集<br>信息|用途\n-|-\n型号|统计",
            &[(0..3, &[&["收集信息", "用途"], &["型号", "统计"]])],
        );
        case(
            "a | b\n--|--\n1 \\| 2 | 3",
            &[(0..3, &[&["a", "b"], &["1 \\| 2", "3"]])],
        );
    }

    #[test]
    fn blank_lines_and_dashes_part_rows() {
        case(
            "|权限|用途|\n|-|-|\n|相机|扫码|\n\n|相册|上传|\n\n|正文|",
            &[(
                0..4,
                &[&["权限", "用途"], &["相机", "扫码"], &["相册", "上传"]],
            )],
        );
        case(
            "|权限|用途|\n|-|-|\n|相机|扫码|\n|信息|目的|\n|-|-|\n|型号|统计|",
            &[
                (0..3, &[&["权限", "用途"], &["相机", "扫码"]]),
                (3..6, &[&["信息", "目的"], &["型号", "统计"]]),
            ],
        );
        case(
            "正文。\n| 权限 | 用途 |\n| 相机 | 扫码 |\n正文。",
            &[(1..3, &[&["权限", "用途"], &["相机", "扫码"]])],
        );
    }

    #[test]
    fn bars_alone_are_none() {
        case("|甲|乙|\n|丙|", &[]);
        case("甲|乙\n丙|丁", &[]);
        case("甲\n---\n乙", &[]);
        case("|---|---|", &[]);
        case("|||\n|-|-|\n|||", &[]);
    }
}
