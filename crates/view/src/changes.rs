//! What changed between two versions of a policy, as a page of its own: both texts side by side, on a
//! phone one below the other.

use crate::{Html, style};
use std::ops::Range;
use zhiqing_policy::diff::{Change, ChangeKind, Diff, Nature, Passage, Row};

// For privacy officers, who read it beside a policy that is in Chinese.
const CHANGES: &str = "隐私政策变更对照";
const CHANGES_LIST: &str = "变更清单";
pub(crate) const NO_CHANGES: &str = "两个版本的内容没有变化。";
const MATERIAL: &str = "重大变更";
const OLD_TEXT: &str = "旧版第";
const NEW_TEXT: &str = "新版第";
const ASK_AGAIN: &str = "需要重新征得同意的处理目的：";
pub(crate) const ASK_NOBODY: &str = "没有需要重新征得同意的处理目的。";

/// The page: one file that needs no script and nothing from elsewhere. `names` are those of the old
/// and the new text; `ask_again` are purposes that must be asked about again, where settings tell.
pub fn changes(diff: &Diff, names: [&str; 2], ask_again: Option<&[String]>) -> Html {
    let mut html = Html::default();
    html.doctype();
    html.open("html", &[("lang", "zh-CN")]);
    html.open("head", &[]);
    html.open("meta", &[("charset", "utf-8")]);
    html.open(
        "meta",
        &[
            ("name", "viewport"),
            ("content", "width=device-width, initial-scale=1"),
        ],
    );
    html.open(
        "meta",
        &[("name", "color-scheme"), ("content", "light dark")],
    );
    html.leaf(
        "title",
        &[],
        &format!("{}：{} → {}", CHANGES, names[0], names[1]),
    );
    html.style(style::CHANGES);
    html.close("head");
    html.open("body", &[]);
    head(&mut html, diff, names, ask_again);
    html.open("main", &[]);
    html.open("div", &[("class", "row names"), ("aria-hidden", "true")]);
    html.leaf("p", &[], names[0]);
    html.leaf("p", &[], names[1]);
    html.close("div");
    body(&mut html, diff);
    html.close("main");
    html.close("body");
    html.close("html");
    html
}

fn head(html: &mut Html, diff: &Diff, names: [&str; 2], ask_again: Option<&[String]>) {
    html.open("header", &[]);
    html.leaf("h1", &[], CHANGES);
    html.leaf(
        "p",
        &[("class", "files")],
        &format!("{} → {}", names[0], names[1]),
    );
    let material = diff.changes.iter().filter(|change| change.material).count();
    let sum = match diff.changes.len() {
        0 => NO_CHANGES.to_owned(),
        count => format!("共 {count} 处变更，其中重大变更 {material} 处。"),
    };
    html.leaf("p", &[("class", "sum")], &sum);
    match ask_again {
        None => {}
        Some([]) => html.leaf("p", &[("class", "again")], ASK_NOBODY),
        Some(ids) => {
            let ids = ids.join("、");
            html.leaf("p", &[("class", "again")], &format!("{ASK_AGAIN}{ids}"));
        }
    }
    if !diff.changes.is_empty() {
        html.open("nav", &[("aria-label", CHANGES_LIST)]);
        html.open("ol", &[]);
        for (index, change) in diff.changes.iter().enumerate() {
            html.open("li", &[("class", class(change))]);
            html.open("a", &[("href", &format!("#change-{}", index + 1))]);
            tags(html, change);
            html.leaf("span", &[("class", "gist")], &gist(change));
            html.close("a");
            html.close("li");
        }
        html.close("ol");
        html.close("nav");
    }
    html.close("header");
}

fn class(change: &Change) -> &'static str {
    match change.material {
        true => "change material",
        false => "change",
    }
}

/// Kind, whether it is material, and where.
fn tags(html: &mut Html, change: &Change) {
    if change.material {
        html.leaf("strong", &[("class", "tag material")], MATERIAL);
    }
    html.leaf("span", &[("class", "tag")], kind(change.kind));
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Purpose => "处理目的",
        ChangeKind::Data => "个人信息种类",
        ChangeKind::Recipient => "接收方",
        ChangeKind::ThirdCountry => "境外提供",
        ChangeKind::Rights => "个人权利",
        ChangeKind::Contact => "联系方式",
        ChangeKind::Controller => "处理者",
        ChangeKind::Retention => "保存期限与地点",
        ChangeKind::Technology => "处理方式（技术）",
        ChangeKind::Minors => "未成年人",
        ChangeKind::Wording => "表述",
    }
}

/// How much of a change its link tells, in characters.
const GIST: usize = 48;

/// A few words of a change: what was replaced, or how a clause begins.
fn gist(change: &Change) -> String {
    let short = |words: &str| {
        let line = words.replace('\n', " ");
        match line.char_indices().nth(GIST) {
            Some((end, _)) => format!("{}…", until_sign(&line[..end])),
            None => line,
        }
    };
    let place = |change: &Change| {
        let place = change.after.as_ref().or(change.before.as_ref());
        place.map(|place| short(&place.text)).unwrap_or_default()
    };
    // Of several places the one where most changed.
    let chief = change
        .words
        .iter()
        .rev()
        .max_by_key(|words| words.old.chars().count() + words.new.chars().count());
    match (chief, change.nature) {
        (_, Nature::Moved | Nature::Renumbered | Nature::Dated) => {
            format!("{}：{}", change.reason().chinese, place(change))
        }
        (Some(words), _) => {
            let [before, after] = &words.around;
            let within = |words: &str| short(&format!("{before}{words}{after}"));
            match (words.old.as_str(), words.new.as_str()) {
                ("", new) if speaks(new) => format!("新增“{}”", short(new)),
                (old, "") if speaks(old) => format!("删去“{}”", short(old)),
                ("", new) => format!("“{}”中新增“{}”", within(new), short(new)),
                (old, "") => format!("“{}”中删去“{}”", within(old), short(old)),
                (old, new) => format!("“{}”改为“{}”", within(old), within(new)),
            }
        }
        (None, _) => {
            let how = if change.before.is_none() {
                "新增："
            } else {
                "删去："
            };
            format!("{how}{}", place(change))
        }
    }
}

/// A text up to the last sign in its second half, where it has one.
fn until_sign(text: &str) -> &str {
    let sign = |c: char| "，、；。：（）｜|,; ".contains(c);
    let end = text.rfind(sign).filter(|end| *end >= text.len() / 2);
    end.map_or(text, |end| text[..end].trim_end())
}

/// Whether words tell by themselves what was put in or taken out: whole phrases or members of a list.
fn speaks(words: &str) -> bool {
    let sign = |c: char| "，、；。：（）,;".contains(c);
    let words = words.trim();
    let long = words.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    long && (words.starts_with(sign) || words.ends_with(sign))
}

/// The texts. Headings stand open; unchanged passages between them are folded away.
fn body(html: &mut Html, diff: &Diff) {
    let mut told = vec![false; diff.changes.len()];
    let mut rows = diff.rows.as_slice();
    while let Some((row, rest)) = rows.split_first() {
        if is_folded(row) {
            let count = rows.iter().take_while(|row| is_folded(row)).count();
            let (same, rest) = rows.split_at(count);
            html.open("details", &[]);
            html.leaf("summary", &[], &format!("{count} 段未变"));
            for row in same {
                self::row(html, row, "row same");
            }
            html.close("details");
            rows = rest;
            continue;
        }
        let Some((index, change)) = row
            .change
            .and_then(|index| Some((index, diff.changes.get(index)?)))
        else {
            self::row(html, row, "row same");
            rows = rest;
            continue;
        };
        let class = if change.material {
            "block material"
        } else {
            "block"
        };
        // Only the first place of a change is the one that its link leads to.
        if std::mem::replace(&mut told[index], true) {
            html.open("section", &[("class", class)]);
        } else {
            let id = format!("change-{}", index + 1);
            html.open("section", &[("class", class), ("id", &id)]);
            why(html, change);
        }
        let count = rows
            .iter()
            .take_while(|row| row.change == Some(index))
            .count();
        let (block, rest) = rows.split_at(count);
        for row in block {
            self::row(html, row, "row");
        }
        html.close("section");
        rows = rest;
    }
}

fn is_folded(row: &Row) -> bool {
    row.change.is_none() && row.new.as_ref().is_some_and(|new| new.heading.is_none())
}

fn why(html: &mut Html, change: &Change) {
    let reason = change.reason();
    html.open("p", &[("class", "why")]);
    tags(html, change);
    html.text(reason.chinese);
    if !reason.articles.is_empty() {
        html.text("（");
        html.text(
            &reason
                .articles
                .replace("PIPL ", "《个人信息保护法》第")
                .replace(", ", "、"),
        );
        html.text("条）");
    }
    html.close("p");
}

fn row(html: &mut Html, row: &Row, class: &'static str) {
    // A heading that stayed is said once.
    if let (Some(old), Some(new)) = (&row.old, &row.new)
        && let Some(level) = new.heading
        && row.change.is_none()
        && old.text == new.text
    {
        heading(html, level, new);
        return;
    }
    html.open("div", &[("class", class)]);
    passage(
        html,
        row.old.as_ref(),
        ("old", "del", OLD_TEXT),
        row.new.is_none(),
    );
    passage(
        html,
        row.new.as_ref(),
        ("new", "ins", NEW_TEXT),
        row.old.is_none(),
    );
    html.close("div");
}

fn heading(html: &mut Html, level: u8, passage: &Passage) {
    let name = match level {
        0 | 1 => "h2",
        2 => "h3",
        _ => "h4",
    };
    html.leaf(name, &[], &passage.text);
}

/// One side of a row; `whole` if the other side has nothing.
fn passage(
    html: &mut Html,
    passage: Option<&Passage>,
    (class, mark, label): (&'static str, &'static str, &str),
    whole: bool,
) {
    let Some(passage) = passage else {
        html.leaf("div", &[("class", "none")], "");
        return;
    };
    html.open("div", &[("class", class)]);
    html.leaf("small", &[], &format!("{label} {} 行", passage.line));
    let class = match passage.heading {
        Some(_) => "text heading",
        None => "text",
    };
    html.open("p", &[("class", class)]);
    let all = 0..passage.text.len();
    let marks = if whole {
        std::slice::from_ref(&all)
    } else {
        &passage.marks[..]
    };
    marked(html, &passage.text, marks, mark);
    html.close("p");
    html.close("div");
}

/// Writes a text with its marks. Whatever the ranges say, its characters are all there.
fn marked(html: &mut Html, text: &str, marks: &[Range<usize>], name: &'static str) {
    let mut at = 0;
    for range in marks {
        if let (Some(before), Some(words)) = (text.get(at..range.start), text.get(range.clone())) {
            html.text(before);
            html.leaf(name, &[], words);
            at = range.end;
        }
    }
    html.text(text.get(at..).unwrap_or_default());
}
