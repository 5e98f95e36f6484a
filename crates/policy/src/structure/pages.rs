//! Tables that pages have parted: what goes on without names of columns has those of the table right
//! above it, and names that are said again begin a table anew.

use crate::input::lines::Line;
use crate::structure::column_kinds::names_column;
use crate::structure::tables::{Cell, Span};

/// Gives every table the names of its columns, and divides it where other names follow.
pub(super) fn join(lines: &[Line<'_>], tables: Vec<Span>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::with_capacity(tables.len());
    for mut table in tables {
        if let Some(above) = found.last().filter(|above| goes_on(lines, above, &table)) {
            table.header.clone_from(&above.header);
            if !table.names.is_empty() {
                table.rows.insert(0, std::mem::take(&mut table.names));
            }
        }
        // Below the names of the columns a row may name what the next ones are of.
        if table.rows.len() > 1 && is_title(&table.rows[0]) && !table.names.is_empty() {
            table.names.extend(table.rows.remove(0).into_iter().take(1));
        }
        while let Some(rest) = divide(lines, &mut table) {
            found.push(std::mem::replace(&mut table, rest));
        }
        found.push(table);
    }
    found
}

/// Whether a table right below one whose columns have names has none of its own.
fn goes_on(lines: &[Line<'_>], above: &Span, table: &Span) -> bool {
    let first = if table.names.is_empty() {
        table.rows.first()
    } else {
        Some(&table.names)
    };
    let named = above.header.iter().filter(|name| is_name(name)).count();
    above.lines.end == table.lines.start
        && above.header.len() == table.header.len()
        && named * 2 > above.header.len()
        && first.is_some_and(|row| {
            // IP地址 is a value that looks like a name.
            let names = row.iter().filter(|cell| is_name(&text(lines, cell)));
            names.count() * 2 < row.len()
        })
}

/// Cuts a table at the first row that names columns, and gives the table which that begins.
fn divide(lines: &[Line<'_>], table: &mut Span) -> Option<Span> {
    let named = !table.names.is_empty();
    let names =
        |row: &Vec<Cell>| named && is_title(row) || is_row_of_names(lines, row, &table.header);
    let at = table.rows.iter().position(names)?;
    let title = is_title(&table.rows[at]);
    let cells = || table.rows[at].iter().filter(|cell| cell.spanned.is_none());
    let start = cells().map(|cell| cell.lines.start).min()?;
    // Names with nothing above or below them are a row like others.
    let above = at > 0 && start > table.lines.start;
    if !above || at + 1 == table.rows.len() {
        return None;
    }
    let mut rows = table.rows.split_off(at);
    let mut names = rows.remove(0);
    names.truncate(if title { 1 } else { names.len() });
    let end = std::mem::replace(&mut table.lines.end, start);
    Some(Span {
        lines: start..end,
        header: if title {
            table.header.clone()
        } else {
            names.iter().map(|cell| text(lines, cell)).collect()
        },
        names,
        rows,
    })
}

/// Whether one cell goes across a whole row.
fn is_title(row: &[Cell]) -> bool {
    let [first, others @ ..] = row else {
        return false;
    };
    let across = |cell: &Cell| cell.spanned.as_ref() == Some(&first.lines);
    first.spanned.is_none() && !others.is_empty() && others.iter().all(across)
}

/// Whether every cell of a row names a column: as the table's names do, or as only names do.
fn is_row_of_names(lines: &[Line<'_>], row: &[Cell], header: &[String]) -> bool {
    const PLAIN: [&str; 4] = ["序号", "用途", "目的", "名称"];
    let mut plain = 0;
    let mut same = true;
    for (cell, name) in row.iter().zip(header) {
        let words = text(lines, cell);
        if cell.named || cell.spanned.is_some() || !is_name(&words) {
            return false;
        }
        same &= words == *name;
        plain += usize::from(PLAIN.iter().any(|end| words.ends_with(end)));
    }
    same || plain >= 2
}

fn is_name(text: &str) -> bool {
    // No name is longer, and the rest need not be looked at.
    text.len() <= 60 && names_column(text.trim_matches('*'))
}

fn text(lines: &[Line<'_>], cell: &Cell) -> String {
    let Some(first) = lines
        .get(cell.lines.start)
        .filter(|_| !cell.lines.is_empty())
    else {
        return String::new();
    };
    match &cell.part {
        Some(part) => first.text[part.clone()].to_owned(),
        None => lines[cell.lines.clone()]
            .iter()
            .map(|line| line.text.as_ref())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::input;

    /// Expects tables: each with the first name of its columns, and its rows' first cells.
    #[track_caller]
    fn case(source: &str, expected: &[(&str, &[&str])]) {
        let tables = crate::structure::read(input::read(source)).document.tables;
        let first = |row: &Vec<String>| row[0].clone();
        let found: Vec<(String, Vec<String>)> = tables
            .iter()
            .map(|table| {
                (
                    table.header[0].clone(),
                    table.rows.iter().map(first).collect(),
                )
            })
            .collect();
        let owned = |cell: &&str| (*cell).to_owned();
        let expected: Vec<(String, Vec<String>)> = expected
            .iter()
            .map(|(name, cells)| (owned(name), cells.iter().map(owned).collect()))
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    fn page(tables: &[&[[&str; 2]]]) -> String {
        let mut page = "<p>一二三。</p>".to_owned();
        for table in tables {
            page.push_str("<table>");
            for [first, second] in *table {
                page.push_str(&format!("<tr><td>{first}</td><td>{second}</td></tr>"));
            }
            page.push_str("</table>");
        }
        page
    }

    #[test]
    fn a_table_without_names_has_those_above_it() {
        let first = [["SDK名称", "使用目的"], ["甲", "推送"]];
        let second = [["乙", "统计"], ["丙", "IP地址"]];
        case(
            &page(&[&first, &second]),
            &[("SDK名称", &["甲"]), ("SDK名称", &["乙", "丙"])],
        );
        case(
            &page(&[&first, &second[..1], &[["丙", "地图"]]]),
            &[
                ("SDK名称", &["甲"]),
                ("SDK名称", &["乙"]),
                ("SDK名称", &["丙"]),
            ],
        );
        case(&page(&[&second[..1]]), &[]);
        let other = [["权限名称", "用途"], ["相机", "扫码"]];
        case(
            &page(&[&first, &other]),
            &[("SDK名称", &["甲"]), ("权限名称", &["相机"])],
        );
        // A text between them.
        case(
            &page(&[&first, &second]).replace("</table><table>", "</table><p>正文。</p><table>"),
            &[("SDK名称", &["甲"]), ("乙", &["丙"])],
        );
    }

    #[test]
    fn a_cell_across_a_row_names_the_next_rows() {
        let table = page(&[&[
            ["SDK名称", "用途"],
            ["甲", "推送"],
            ["安卓", "X"],
            ["乙", "统计"],
        ]]);
        let across = table.replace("<td>安卓</td><td>X</td>", "<td colspan=2>安卓</td>");
        case(&across, &[("SDK名称", &["甲"]), ("SDK名称", &["乙"])]);
        let above = across.replace("<tr><td>甲</td><td>推送</td></tr>", "");
        case(&above, &[("SDK名称", &["乙"])]);
    }

    #[test]
    fn names_said_again_begin_a_table() {
        case(
            "SDK名称\t用途\t信息\n甲\t推送\t标识\nSDK名称\t用途\t信息\n乙\t统计\t标识",
            &[("SDK名称", &["甲"]), ("SDK名称", &["乙"])],
        );
        case(
            "| 信息类型 | 用途 |\n|---|---|\n| 位置信息 | 导航功能 |\n| 设备信息 | 统计功能 |\n| 订单信息 | 配送服务 |",
            &[("信息类型", &["位置信息", "设备信息", "订单信息"])],
        );
        case(
            "| SDK | 用途 |\n|---|---|\n| 甲 | 推送 |\n| 权限名称 | 使用目的 |\n| 相机 | 扫码 |",
            &[("SDK", &["甲"]), ("权限名称", &["相机"])],
        );
    }
}
