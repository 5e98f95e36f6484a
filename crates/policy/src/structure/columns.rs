//! Tables written one cell a line, with or without blank lines between cells and rows. Nothing but
//! the names of the columns tells how many cells make a row: a run of lines is read as one only
//! where its cells are of the kind that each column names, row after row.

use std::collections::BTreeSet;

use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::column_kinds::{
    Kind, fits, is_column, is_link, kind, names_data, tells_purpose,
};
use crate::structure::numbering::Style;
use crate::structure::tables::{COLUMNS, Cell, Span, whole};

/// Fewest columns: pairs of short lines are too often something else.
const FEWEST: usize = 3;
/// Most characters of a row's first cell, and of another cell; most lines of one.
const KEY: u32 = 60;
const CELL: u32 = 1000;
const LINES: usize = 20;

/// Finds the tables, in order. `taken[i]` is true for lines of contents and of grids.
pub(crate) fn find(lines: &[Line<'_>], taken: &[bool]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut likely: Vec<Span> = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let run = lines[start..].iter().zip(&taken[start..]);
        let named = run
            .take_while(|(line, taken)| !**taken && is_column(line))
            .count();
        if named < FEWEST {
            start += named + 1;
            continue;
        }
        let end = start + named;
        start = end;
        match table(lines, taken, end - named, end) {
            // One cell of a kind in its place may be chance.
            Some((span, 2..)) => {
                start = span.lines.end;
                found.push(span);
            }
            Some((span, _)) => likely.push(span),
            None => {}
        }
    }
    // It is none below the names of another table.
    let known: BTreeSet<Vec<String>> = match likely.is_empty() {
        true => BTreeSet::new(),
        false => found.iter().map(|span| span.header.clone()).collect(),
    };
    likely.retain(|span| known.contains(&span.header));
    found.extend(likely);
    found.sort_by_key(|span| span.lines.start);
    found.dedup_by(|later, earlier| later.lines.start < earlier.lines.end);
    found
}

/// The table whose columns are named in these lines, and how many cells show it: a line above its
/// names, or a first cell below them, may look like a name as well.
fn table(lines: &[Line<'_>], taken: &[bool], start: usize, end: usize) -> Option<(Span, usize)> {
    let starts = (start..end).take(COLUMNS);
    let heads = starts.flat_map(|first| {
        let widest = end.min(first + COLUMNS);
        (first + FEWEST..=widest).rev().map(move |last| first..last)
    });
    let tables = heads.filter_map(|head| {
        let kinds: Vec<Kind> = lines[head.clone()].iter().map(kind).collect();
        // Where every name is apart from the one before by a blank line, cells are.
        let apart = lines[head.clone()].iter().skip(1).all(|line| line.gap);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let (mut next, mut shown) = (head.end, 0);
        let row = |start| {
            row(lines, taken, start, &kinds, |at| cell(lines, at, apart))
                .or_else(|| row(lines, taken, start, &kinds, |_| 1))
        };
        // What a thing is for may take two paragraphs: what has the marks of a sentence is no key.
        let goes_on = |at: usize| {
            let last = apart && kinds.last() == Some(&Kind::Purpose) && !*taken.get(at)?;
            let line = lines.get(at).filter(|_| last)?;
            let states = line.gap && line.label.is_none() && line.text.ends_with('。');
            states.then(|| row(at + 1)).flatten()
        };
        loop {
            let found = row(next).or_else(|| {
                let cell = rows.last_mut().and_then(|row| row.last_mut())?;
                let found = goes_on(next)?;
                cell.lines.end = next + 1;
                Some(found)
            });
            let Some((cells, kinds_shown)) = found else {
                break;
            };
            next = cells.last()?.lines.end;
            shown += kinds_shown;
            rows.push(cells);
        }
        let span = || Span {
            lines: head.start..next,
            header: lines[head.clone()]
                .iter()
                .map(|line| line.text.to_string())
                .collect(),
            names: head.map(|index| whole(index..index + 1)).collect(),
            rows,
        };
        (shown > 0).then(|| (span(), shown))
    });
    let mut likely = None;
    for table in tables {
        if table.1 >= 2 {
            return Some(table);
        }
        likely.get_or_insert(table);
    }
    likely
}

/// The cells of the row that begins at a line, and how plainly they show the kinds that their columns
/// name. `length` says how many lines the cell has that begins at a line.
fn row(
    lines: &[Line<'_>],
    taken: &[bool],
    start: usize,
    kinds: &[Kind],
    length: impl Fn(usize) -> usize,
) -> Option<(Vec<Cell>, usize)> {
    let first = lines.get(start)?;
    let opens = first
        .label
        .is_some_and(|label| label.style != Style::Bullet);
    if opens && length(start) < 2 {
        return None;
    }
    let mut cells = Vec::with_capacity(kinds.len());
    let (mut next, mut shown) = (start, 0);
    for kind in kinds {
        let from = next;
        let cell = lines.get(from..from + length(from))?;
        next += cell.len();
        for (line, taken) in cell.iter().zip(&taken[from..]) {
            let heads = line
                .label
                .is_some_and(|label| label.style <= Style::HanParen);
            let longest = if from == start { KEY } else { CELL };
            let tells = from == start && line.text.contains(['。', '；', '，', '：', '？', '！']);
            let other = *taken || heads || matches!(line.hint, Hint::Heading(_));
            if line.length > longest || tells || other {
                return None;
            }
        }
        shown += fits(&cell.first()?.text, *kind)?;
        // A cell of links may hold several.
        while *kind == Kind::Link
            && is_link(&cell.first()?.text)
            && lines.get(next).is_some_and(|line| is_link(&line.text))
            && !taken[next]
        {
            next += 1;
        }
        cells.push(whole(from..next));
    }
    shown += usize::from(gives_purposes(lines, &cells, kinds));
    (shown > 0).then_some((cells, shown))
}

/// Whether a row behind its key names data and says what they are for.
fn gives_purposes(lines: &[Line<'_>], cells: &[Cell], kinds: &[Kind]) -> bool {
    let of = |kind: Kind| {
        let place = kinds.iter().skip(1).position(|found| *found == kind)?;
        Some(&lines[cells[place + 1].lines.start].text)
    };
    of(Kind::Data).is_some_and(|text| names_data(text))
        && of(Kind::Purpose).is_some_and(|text| tells_purpose(text))
}

/// How many lines the cell has that begins at a line: the entries of a list that counts from 1 on, or,
/// where blank lines part the cells, the lines up to the next one.
fn cell(lines: &[Line<'_>], start: usize, apart: bool) -> usize {
    let Some(first) = lines.get(start).and_then(|line| line.label) else {
        let more = lines.iter().skip(start + 1).take(LINES);
        return 1 + more.take_while(|line| apart && !line.gap).count();
    };
    if first.style == Style::Bullet || first.number != 1 {
        return 1;
    }
    let mut counted = (2..).zip(lines.iter().skip(start + 1).take(LINES));
    1 + counted
        .by_ref()
        .take_while(|(number, line)| {
            let label = line.label.as_ref();
            label.is_some_and(|label| label.style == first.style && label.number == *number)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    /// Expects tables: the numbers of their first and last lines, of columns and of rows.
    #[track_caller]
    fn case(text: &str, expected: &[[usize; 4]]) {
        for text in [text.to_owned(), text.replace('\n', "\n\n")] {
            let lines = lines::split(&text);
            let found: Vec<_> = find(&lines, &vec![false; lines.len()])
                .iter()
                .map(|span| {
                    assert!(span.rows.iter().all(|row| row.len() == span.header.len()));
                    let columns = span.header.len();
                    [span.lines.start, span.lines.end, columns, span.rows.len()]
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn links_show_the_period() {
        case(
            "如下：\nSDK名称\n收集的个人信息\n使用目的\n隐私政策链接\n甲推送\n设备标识、系统版本\n推送\nhttps://a.example/p\n乙统计\nIMEI, OAID\n统计\nwww.b.example\n三、其他\n正文。",
            &[[1, 13, 4, 2]],
        );
        // A cell may hold two links, and one that says there is none.
        case(
            "SDK名称\n使用目的\n官网链接\n甲推送\n推送\nhttps://a.example/1\nhttps://a.example/2\n乙统计\n统计\n无\n丙统计\n统计\nhttps://c.example\n我们会保护您的信息。",
            &[[0, 13, 3, 3]],
        );
    }

    #[test]
    fn companies_and_kits_show_it_too() {
        case(
            "第三方公司名称\n产品/服务\n涉及信息\n使用目的\n某某甲科技有限公司\n甲推送\n设备标识\n推送\n某某乙科技有限公司\n乙统计\n标识\n统计\n以上信息仅用于前述目的。",
            &[[0, 12, 4, 2]],
        );
        case(
            "SDK名称\n公司名称\n使用目的\n甲推送SDK\n某某甲科技有限公司\n推送\n正文没有句号",
            &[[0, 6, 3, 1]],
        );
        case(
            "权限名称\n使用目的\n使用场景\n相机权限\n扫码\n扫码时\n相册权限\n换头像\n换头像时",
            &[[0, 9, 3, 2]],
        );
    }

    #[test]
    fn permissions_show_it_in_many_wordings() {
        case(
            "业务场景\n场景说明\n使用权限\n运行\n需要缓存。\n存储权限（仅某系统）\n转账\n需要选择好友。\n打开通讯录（仅某系统）\n安全\n我们将判断风险。\n移动网络\n正文还没有完。",
            &[[0, 12, 3, 3]],
        );
    }

    #[test]
    fn cells_may_count_their_lines() {
        case(
            "业务场景\n场景说明\n使用权限\n1.扫一扫\n2.换头像\n1、扫码；\n2、拍照。\n相机权限\n通话\n需要说话。\n麦克风权限\n1. 其他\n正文。",
            &[[0, 11, 3, 2]],
        );
        // Without the rest of a row a count is one of the text.
        case(
            "业务场景\n场景说明\n使用权限\n1.扫一扫\n2.换头像\n正文。\n没有别的",
            &[],
        );
    }

    /// How many lines each cell of the first table has, by rows.
    fn lines_of_cells(text: &str) -> Vec<Vec<usize>> {
        let lines = lines::split(text);
        let found = find(&lines, &vec![false; lines.len()]);
        let rows = found[0].rows.iter();
        rows.map(|row| row.iter().map(|cell| cell.lines.len()).collect())
            .collect()
    }

    #[test]
    fn blank_lines_part_cells_of_several_lines() {
        let text = "业务场景\n\n场景说明\n\n使用权限\n\n扫一扫\n换头像\n\n需要拍照。\n\n相机权限\n\n通话\n\n需要说话。\n需要时才听。\n\n麦克风权限\n\n正文。";
        let cells = lines_of_cells(text);
        assert_eq!(cells, [[2, 1, 1], [1, 2, 1]]);
    }

    #[test]
    fn data_and_their_purposes_show_it_together() {
        let head = "功能场景\n您的个人信息\n收集目的";
        let row = "查看行程\n车次、座位号\n用于显示您的行程。";
        let tail = "以上信息我们会妥善保护。";
        case(
            &format!(
                "{head}\n{row}\n在线咨询\n沟通内容\n我们据此回答您的问题，并：\n（1）核对订单；\n{tail}"
            ),
            &[[0, 9, 3, 2]],
        );
        // One row alone may be chance, but not below the names of another table.
        case(&format!("{head}\n{row}\n{tail}"), &[]);
        case(
            &format!(
                "{head}\n浏览\n不收集\n您可以随意浏览。\n2.2 行程\n出行功能\n{head}\n{row}\n改签\n车次\n为了改签\n{tail}"
            ),
            &[[0, 6, 3, 1], [8, 17, 3, 2]],
        );
        // Headings above a text each are no rows.
        case(
            &format!(
                "{head}\n使用范围说明\n我们只收集必要的信息。\n用于行程\n保存多久\n我们保存一年。\n到期删除\n{tail}"
            ),
            &[],
        );
        case(
            &format!("{head}\n注册\n登录\n支付\n退款\n客服\n评价\n{tail}"),
            &[],
        );
    }

    #[test]
    fn a_purpose_may_have_two_paragraphs() {
        let text = "功能场景\n\n您的个人信息\n\n收集目的\n\n查看行程\n\n车次、座位号\n\n用于显示您的行程。\n\n如您不提供，您仍可浏览。\n\n在线咨询\n\n沟通内容\n\n我们据此回答您的问题。\n\n正文，正文。\n\n结尾\n\n正文。";
        let cells = lines_of_cells(text);
        assert_eq!(cells, [[1, 1, 2], [1, 1, 1]]);
    }

    #[test]
    fn what_looks_like_a_name_beside_the_names_is_none() {
        case(
            "第三方服务\nSDK名称\n使用目的\n官网链接\n统计服务\n统计\nhttps://a.example\n甲推送\n推送\nhttps://b.example\n结束了。",
            &[[1, 10, 3, 2]],
        );
    }

    #[test]
    fn a_row_that_does_not_fit_ends_it() {
        // The second row has no purpose.
        case(
            "SDK名称\n公司名称\n使用目的\n官网链接\n甲SDK\n某甲科技有限公司\n推送\nhttps://a.example\n乙SDK\n某乙科技有限公司\nhttps://b.example\n丙SDK",
            &[[0, 8, 4, 1]],
        );
        case("SDK名称\n公司名称\n使用目的\n甲推送\n乙统计\n丙地图", &[]);
        case(
            "我们收集的信息\n使用目的\n共享方式\n我们会保护您的信息。\n正文。\n正文。",
            &[],
        );
        case(
            "使用目的\n联系方式\n公司地址\n某市某路1号\n某某科技有限公司\n正文",
            &[],
        );
        case(
            "用户信息\n订单信息\n支付信息\n物流信息\n客服信息\n售后信息",
            &[],
        );
        case("SDK名称\n使用目的\n官网链接", &[]);
        case(
            "SDK名称\n使用目的\n官网链接\n我们会保护您的信息\n正文\n无",
            &[],
        );
        case("", &[]);
    }
}
