//! Lines to passages: contents, tables and headings told from clauses, broken sentences joined,
//! each clause under its heading.

mod bars;
pub(crate) mod breaks;
mod builder;
mod column_kinds;
mod columns;
mod contents;
mod counted;
mod doubled;
pub(crate) mod draft;
mod fences;
pub(crate) mod grid;
mod headings;
pub(crate) mod identity;
mod lists;
pub(crate) mod numbering;
mod outline;
mod pages;
mod ranks;
pub(crate) mod runin;
pub(crate) mod tables;
mod titles;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::Document;
use crate::input::Input;
use crate::input::lines::Line;
use crate::structure::builder::Builder;
use crate::structure::draft::{Draft, Role};
use crate::structure::outline::Sign;
use crate::structure::tables::Span;

/// A document without clauses, and the drafts of its clauses with the place of their section in the
/// outline.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub(crate) document: Document,
    pub(crate) clauses: Vec<(Draft, Option<usize>)>,
}

/// What a line is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Text,
    Contents,
    Table,
    Caption,
    Title,
    Heading,
    /// Markup that draws a line.
    Rule,
}

/// Tells the passages of a text apart.
pub(crate) fn read(input: Input<'_>) -> Structure {
    let Input {
        mut lines,
        tables: grids,
    } = input;
    counted::label(&mut lines);
    counted::nest(&mut lines);
    if grids.is_empty() {
        doubled::split(&mut lines);
    }
    let fenced = fences::find(&lines);
    let mut parts = vec![Part::Text; lines.len()];
    for grid in &grids {
        parts[grid.lines.clone()].fill(Part::Table);
    }
    let mut ruled = false;
    for (part, line) in parts.iter_mut().zip(&mut lines) {
        line.gap |= ruled;
        ruled = *part == Part::Text && line.is_rule();
        if ruled {
            *part = Part::Rule;
        }
    }
    let front = front_matter(&lines);
    parts[..front].fill(Part::Rule);
    let contents = contents::find(&lines, |index| parts[index] == Part::Rule);
    for part in contents.ranges.iter().flat_map(Range::clone) {
        // What only parts the entries stays what it is.
        if parts[part] != Part::Rule {
            parts[part] = Part::Contents;
        }
    }
    let taken: Vec<bool> = parts
        .iter()
        .map(|part| !matches!(part, Part::Text | Part::Rule))
        .collect();
    let mut tables = tables::find(&lines, &taken);
    for table in &tables {
        parts[table.lines.clone()].fill(Part::Table);
    }
    let whole = |grid: &Span| {
        parts[grid.lines.clone()]
            .iter()
            .all(|part| *part == Part::Table)
    };
    tables.extend(grids.into_iter().filter(whole));
    tables.sort_by_key(|table| table.lines.start);
    captions(&lines, &mut parts, &tables);
    let above_tables = table_parts(&lines, &mut parts, &tables);
    for part in &mut parts {
        // What no table took after all is text.
        if *part == Part::Table {
            *part = Part::Text;
        }
    }
    for table in &tables {
        parts[table.lines.clone()].fill(Part::Table);
    }
    let tables = pages::join(&lines, tables);

    let free: Vec<bool> = parts.iter().map(|part| *part == Part::Text).collect();
    for index in titles::find(&lines, &free) {
        parts[index] = Part::Title;
    }
    let mut sure = vec![false; lines.len()];
    for index in contents.targets.into_iter().chain(above_tables) {
        sure[index] = true;
    }
    let both = parts.iter().zip(&fenced);
    let free: Vec<bool> = both
        .map(|(part, fenced)| *part == Part::Text && !fenced)
        .collect();
    for (index, head) in headings::find(&lines, &free, &sure).into_iter().enumerate() {
        if head {
            parts[index] = Part::Heading;
        }
    }
    clear_page_names(&lines, &mut parts);
    let named = titles::of_settings(&lines[..front]).or_else(|| titles::self_named(&lines));
    let heads: Vec<usize> = (0..lines.len())
        .filter(|&index| parts[index] == Part::Heading)
        .collect();
    let ranks = ranks::of(&lines, &heads);
    let signs = heads
        .iter()
        .zip(&ranks)
        .map(|(&index, &rank)| Sign::of(&lines[index], rank));
    let clauses = parts.iter().filter(|part| **part == Part::Text).count();
    let mut builder = Builder::new(signs, clauses);
    let mut ranks = ranks.into_iter();

    let mut tables = tables.into_iter().peekable();
    let mut index = 0;
    while index < lines.len() {
        if let Some(table) = tables.next_if(|table| table.lines.start == index) {
            index = table.lines.end;
            builder.table(&lines, table);
            continue;
        }
        // A line that begins with 。 goes on with the one above it, and that one with its own.
        let unfinished = lines.get(index + 1).is_some_and(Line::is_rest);
        let continues = builder.continues(&lines[index..], unfinished) && !fenced[index];
        let line = &mut lines[index];
        let rank = match parts[index] {
            Part::Heading => ranks.next(),
            _ => None,
        };
        let rank = rank.unwrap_or_default();
        match parts[index] {
            Part::Title => builder.title(line),
            Part::Heading if !continues => builder.heading(line, rank),
            Part::Contents => builder.contents(line),
            Part::Caption => builder.clause(Draft::of(line, Role::Caption)),
            Part::Rule => builder.rule(line),
            _ if continues => builder.join(line),
            _ => builder.clause(Draft::of(line, Role::Paragraph)),
        }
        // What was read is not needed again: a long text is not held twice.
        line.forget();
        index += 1;
    }
    builder.finish(named)
}

/// How many lines the front matter takes that some publishing tools put before Markdown: settings
/// between two rows of dashes, no words of the policy.
fn front_matter(lines: &[Line<'_>]) -> usize {
    const LONGEST: usize = 40;
    let dashes = |line: &&Line<'_>| line.text == "---";
    let opens = |line: &Line<'_>| line.number == 1 && dashes(&line);
    if !lines.first().is_some_and(opens) {
        return 0;
    }
    let inner = lines[1..].iter().take(LONGEST);
    let settings = inner
        .take_while(|line| !dashes(line))
        .take_while(|line| line.text.contains(':') || line.text.starts_with(['-', '#']))
        .count();
    match lines.get(settings + 1) {
        Some(end) if dashes(&end) => settings + 2,
        _ => 0,
    }
}

/// What a page's markup heads right above the policy's title, which is no heading there, has nothing
/// below it: a window of the page, its name.
fn clear_page_names(lines: &[Line<'_>], parts: &mut [Part]) {
    let marked = |line: &Line<'_>| matches!(line.hint, crate::input::Hint::Heading(_));
    let title = parts.iter().position(|part| *part == Part::Title);
    let Some(title) = title.filter(|&title| !marked(&lines[title])) else {
        return;
    };
    for index in (0..title).rev() {
        if parts[index] != Part::Heading || !marked(&lines[index]) {
            break;
        }
        parts[index] = Part::Text;
    }
}

/// A bold paragraph above a table is a heading, as it is above a text, unless it speaks of the table.
fn names_itself(line: &Line<'_>) -> bool {
    line.bold && line.gap && !line.words().ends_with(['：', ':']) && !speaks_of_a_table(line)
}

fn speaks_of_a_table(line: &Line<'_>) -> bool {
    const TABLE: [&str; 6] = ["表", "清单", "列", "目录", "明细", "示例"];
    TABLE.iter().any(|word| line.text.contains(word))
}

/// Short lines just above a table say what it is, not what is done.
fn captions(lines: &[Line<'_>], parts: &mut [Part], tables: &[Span]) {
    for (line, part) in lines.iter().zip(&mut *parts) {
        if line.hint == crate::input::Hint::Caption && *part == Part::Text {
            *part = Part::Caption;
        }
    }
    for table in tables {
        // A text begins with its title.
        for index in (1..table.lines.start).rev().take(2) {
            let line = &lines[index];
            let colon = line.text.ends_with(['：', ':']);
            let nearest = index + 1 == table.lines.start;
            let bare = !line.text.contains(['，', '。', '；', '！', '？']);
            if parts[index] != Part::Text
                || line.label.is_some()
                || line.length > 40
                || !bare
                || !(nearest || colon)
                || names_itself(line)
                || matches!(line.hint, crate::input::Hint::Heading(_))
            {
                break;
            }
            parts[index] = Part::Caption;
        }
    }
}

/// 基本功能 and 扩展功能, each above a table of its own and one right behind the other's, are parts of
/// what has both; so are others of the kind. They are taken back from the captions.
fn table_parts(lines: &[Line<'_>], parts: &mut [Part], tables: &[Span]) -> Vec<usize> {
    let mut named: Vec<(usize, &str)> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    // Where the last table ended.
    let mut end = 0;
    for table in tables {
        let above = table.lines.start.checked_sub(1);
        let above = above.filter(|&above| parts[above] == Part::Caption);
        if let Some((index, kind)) = above.and_then(|above| Some((above, kind_of(&lines[above])?)))
        {
            let beside = |(elder, other): &&(usize, &str)| {
                end == index && *other == kind && lines[*elder].text != lines[index].text
            };
            if named.last().filter(beside).is_some() {
                known.insert(kind);
            }
            named.push((index, kind));
        }
        end = table.lines.end;
    }
    let of_known = |(index, kind): &(usize, &str)| known.contains(kind).then_some(*index);
    let found: Vec<usize> = named.iter().filter_map(of_known).collect();
    for &index in &found {
        parts[index] = Part::Text;
    }
    found
}

/// The last two characters of a line that is nothing but a short name.
fn kind_of<'l>(line: &'l Line<'_>) -> Option<&'l str> {
    const LONGEST: usize = 8;
    let name = line.words();
    let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let plain = line.length as usize <= LONGEST && name.chars().all(han);
    let free = line.hint == crate::input::Hint::None && !line.linked && !speaks_of_a_table(line);
    let (at, _) = name.char_indices().rev().nth(1)?;
    (plain && free && at > 0).then(|| &name[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bold_paragraph_above_a_table_is_a_heading() {
        for (line, heads) in [
            ("**某地图SDK（安卓）**", true),
            ("**某地图SDK收集的信息列表**", false),
            ("**某地图SDK：**", false),
            ("某地图SDK", false),
        ] {
            let text = format!("开头。\n\n{line}\n\n| 信息 | 用途 |\n|---|---|\n| 位置 | 定位 |");
            let input = crate::input::read(&text);
            assert_eq!(!read(input).document.outline.is_empty(), heads, "{line}");
        }
    }

    #[test]
    fn a_heading_with_nothing_but_the_title_below_it_is_of_the_page() {
        #[track_caller]
        fn case(text: &str, expected: &[(&str, u8)]) {
            let found = read(crate::input::read(text)).document.outline;
            let found: Vec<_> = found.iter().map(|h| (&*h.title, h.level)).collect();
            assert_eq!(found, expected, "{text}");
        }
        let rest = "<p>一、范围</p><p>本策略写明我们怎样处理信息，请您阅读。</p>";
        for title in ["隐私策略", "青禾隐私通知"] {
            case(
                &format!("<div><h1>选择城市</h1></div><p>{title}</p>{rest}"),
                &[(title, 0), ("范围", 1)],
            );
        }
        case(
            &format!("<h1>致用户</h1><p>我们改了本政策，请留意。</p><p>青禾安全策略</p>{rest}"),
            &[("致用户", 1), ("青禾安全策略", 1), ("范围", 2)],
        );
        case(
            "# 青禾\n\n# 隐私策略\n\n正文在此，请您阅读。",
            &[("青禾", 1), ("隐私策略", 0)],
        );
    }

    #[test]
    fn names_of_a_kind_above_tables_are_headings() {
        #[track_caller]
        fn case(first: &str, second: &str, expected: &[&str]) {
            let columns = "功能场景\n\n您的个人信息\n\n收集目的";
            let row = "查看行程\n\n车次、座位号\n\n用于显示您的行程。";
            let table = format!("{columns}\n\n{row}\n\n{}", row.replace("查看", "改签"));
            let text = format!(
                "开头。\n\n1.1 出行\n{first}\n{table}\n\n{second}\n{table}\n\n1.2 餐饮\n\n正文。"
            );
            let found = read(crate::input::read(&text)).document;
            assert_eq!(found.tables.len(), 2, "{text}");
            let outline: Vec<_> = found.outline.iter().map(|head| &*head.title).collect();
            assert_eq!(outline, expected, "{text}");
        }
        case(
            "常用服务",
            "其余服务",
            &["出行", "常用服务", "其余服务", "餐饮"],
        );
        case("常用服务", "票务", &["出行", "餐饮"]);
        case("常用服务", "常用服务", &["出行", "餐饮"]);
        case("常用服务列表", "其余服务列表", &["出行", "餐饮"]);
    }
}
