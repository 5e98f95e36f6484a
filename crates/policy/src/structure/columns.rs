//! Tables written one cell a line, with or without blank lines between cells and rows. Nothing but
//! the names of the columns tells how many cells make a row: a run of lines is read as one only
//! where its cells are of the kind that each column names, row after row.

use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::numbering::Style;
use crate::structure::tables::{COLUMNS, Cell, Span, whole};
use crate::text::is_sentence_mark;

/// Fewest columns: pairs of short lines are too often something else.
const FEWEST: usize = 3;
/// Most characters of a column's name, of a row's first cell, and of another cell.
const NAME: u32 = 12;
const KEY: u32 = 60;
const CELL: u32 = 1000;

/// What a column holds, as far as its cells show it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Link,
    Company,
    Kit,
    Permission,
    Other,
}

/// Finds the tables, in order. `taken[i]` is true for lines of contents and of grids.
pub(crate) fn find(lines: &[Line<'_>], taken: &[bool]) -> Vec<Span> {
    let mut found = Vec::new();
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
        match table(lines, taken, start, end) {
            Some(span) => {
                start = span.lines.end;
                found.push(span);
            }
            None => start = end,
        }
    }
    found
}

/// The table whose columns are named in these lines: a line above its names, or a first cell below
/// them, may look like a name as well.
fn table(lines: &[Line<'_>], taken: &[bool], start: usize, end: usize) -> Option<Span> {
    let starts = (start..end).take(COLUMNS);
    let mut heads = starts.flat_map(|first| {
        let widest = end.min(first + COLUMNS);
        (first + FEWEST..=widest).rev().map(move |last| first..last)
    });
    heads.find_map(|head| {
        let kinds: Vec<Kind> = lines[head.clone()].iter().map(kind).collect();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let (mut next, mut shown) = (head.end, 0);
        while let Some((cells, kinds_shown)) = row(lines, taken, next, &kinds) {
            next = cells.last()?.lines.end;
            shown += kinds_shown;
            rows.push(cells);
        }
        // One cell of a kind in its place may be chance.
        (shown >= 2).then(|| Span {
            lines: head.start..next,
            header: lines[head.clone()]
                .iter()
                .map(|line| line.text.to_string())
                .collect(),
            names: head.map(|index| whole(index..index + 1)).collect(),
            rows,
        })
    })
}

/// The cells of the row that begins at a line, and how plainly they show the kinds that their columns
/// name.
fn row(
    lines: &[Line<'_>],
    taken: &[bool],
    start: usize,
    kinds: &[Kind],
) -> Option<(Vec<Cell>, usize)> {
    let first = lines.get(start)?;
    let opens = first
        .label
        .is_some_and(|label| label.style != Style::Bullet);
    if opens || first.length > KEY || first.text.contains(['。', '；', '，', '：', '？', '！'])
    {
        return None;
    }
    let mut cells = Vec::with_capacity(kinds.len());
    let (mut next, mut shown) = (start, 0);
    for kind in kinds {
        let line = lines.get(next).filter(|_| !taken[next])?;
        let heads = line
            .label
            .is_some_and(|label| label.style <= Style::HanParen);
        if line.length > CELL || heads || matches!(line.hint, Hint::Heading(_)) {
            return None;
        }
        shown += fits(&line.text, *kind)?;
        let from = next;
        next += 1;
        // A cell of links may hold several.
        while *kind == Kind::Link
            && is_link(&line.text)
            && lines.get(next).is_some_and(|line| is_link(&line.text))
            && !taken[next]
        {
            next += 1;
        }
        cells.push(whole(from..next));
    }
    (shown > 0).then_some((cells, shown))
}

/// How plainly a cell shows that it is of its column's kind; none where it shows another kind.
fn fits(text: &str, kind: Kind) -> Option<usize> {
    let company = text.ends_with("公司") && text.chars().count() <= KEY as usize;
    let plain = !text.contains(is_sentence_mark);
    let shown = match kind {
        Kind::Link if is_link(text) => return Some(2),
        Kind::Link => {
            let none = matches!(
                text,
                "无" | "暂无" | "/" | "-" | "—" | "--" | "——" | "N/A" | "不适用"
            );
            let told = text.contains("://") || text.contains(['《', '见', '链']);
            return (none || told).then_some(usize::from(none));
        }
        Kind::Company => company,
        Kind::Kit => plain && text.contains("SDK"),
        Kind::Permission => plain && text.ends_with("权限"),
        Kind::Other => false,
    };
    let stray = is_link(text) || company && !matches!(kind, Kind::Company | Kind::Kit);
    (!stray).then_some(usize::from(shown))
}

fn is_link(text: &str) -> bool {
    let text = text.trim_start_matches('<');
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

/// Whether a line may name a column of such a table.
fn is_column(line: &Line<'_>) -> bool {
    const ENDS: [&str; 40] = [
        "名称",
        "公司",
        "主体",
        "目的",
        "用途",
        "场景",
        "方式",
        "链接",
        "政策",
        "信息",
        "数据",
        "类型",
        "种类",
        "类别",
        "范围",
        "字段",
        "内容",
        "功能",
        "权限",
        "网址",
        "官网",
        "地址",
        "期限",
        "说明",
        "描述",
        "服务",
        "产品",
        "提供方",
        "运营方",
        "提供者",
        "接收方",
        "第三方",
        "合作方",
        "开发者",
        "厂商",
        "机构",
        "影响",
        "平台",
        "系统",
        "序号",
    ];
    let text = line.text.as_ref();
    line.length <= NAME
        && line.label.is_none()
        && !matches!(line.hint, Hint::Heading(_))
        && (ENDS.iter().any(|word| text.ends_with(word))
            || matches!(text, "SDK" | "第三方SDK" | "名称" | "目的"))
        && !text.ends_with("有限公司")
        && !text.contains(is_sentence_mark)
        && !text.contains(['，', '、', '：', ':', '《'])
}

/// What the cells of the column of this name look like.
fn kind(line: &Line<'_>) -> Kind {
    let text = line.text.as_ref();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["链接", "网址", "官网", "政策", "地址"]) {
        Kind::Link
    } else if has(&["SDK"]) && !has(&["公司", "主体", "方", "信息", "目的", "用途", "功能"])
        || matches!(text, "SDK名称" | "第三方SDK" | "第三方SDK名称")
    {
        Kind::Kit
    } else if has(&[
        "公司",
        "主体",
        "提供方",
        "运营方",
        "提供者",
        "接收方",
        "第三方",
        "合作方",
        "开发者",
        "厂商",
        "机构",
    ]) && !has(&["目的", "信息", "数据", "用途", "方式"])
    {
        Kind::Company
    } else if text.ends_with("权限") || text == "权限名称" {
        Kind::Permission
    } else {
        Kind::Other
    }
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
