//! Whatever comes: no panic, nothing lost, and no more time than its length asks for.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

#[track_caller]
fn quick(name: &str, html: &str) -> Source {
    let start = Instant::now();
    let source = read(html);
    // Generous: what is not linear takes minutes.
    let spent = start.elapsed();
    assert!(spent < Duration::from_secs(20), "{name} took {spent:?}");
    source
}

#[test]
fn size_and_depth_cost_no_more_than_reading() {
    let count = 100_000;
    let deep = quick("lists", &"<ul><li>甲".repeat(count));
    assert_eq!(deep.blocks.len(), count);
    assert_eq!(deep.blocks.last().map(|block| block.depth), Some(255));
    quick("tables", &"<table><tr><td>甲".repeat(count));
    quick(
        "bold",
        &format!("{}{}", "<b><div>".repeat(count), "</b>".repeat(count)),
    );
    quick(
        "bold blocks",
        &format!("{}{}", "<div><b>".repeat(count), "甲</div>".repeat(count)),
    );
    quick(
        "spans",
        &format!(
            "{}{}{}",
            "<b>".repeat(count),
            "<i>".repeat(count),
            "</b>甲".repeat(count)
        ),
    );
    quick(
        "names",
        &format!("{}{}", "<x><y>".repeat(count), "</x>甲".repeat(count)),
    );
    quick(
        "spanning",
        &format!(
            "<table>{}",
            "<tr><td rowspan=99999 colspan=9999>甲".repeat(count)
        ),
    );
    quick(
        "rows",
        &format!(
            "<table><td colspan=999 rowspan=0>甲{}",
            "<tr><td>乙".repeat(count)
        ),
    );
    quick("hidden", &"<div hidden>甲<p>".repeat(count));
    quick("garbage", &"<".repeat(count * 10));
    quick("garbage ends", &"</".repeat(count * 10));
    quick("entities", &"&am&#x4e2d;&".repeat(count));
    let value = "甲".repeat(count * 4);
    let source = quick(
        "attribute",
        &format!("<p style='{value}' {value}={value}>乙"),
    );
    assert_eq!(source.blocks[0].column, 1_200_015);
    let line = quick("one line", &"<p>甲乙丙</p>".repeat(count));
    assert_eq!(line.blocks.last().map(|block| block.column), Some(999_994));
}

/// Pieces of which soup is made.
const PIECES: [&str; 66] = [
    "甲",
    "乙",
    "a",
    " b",
    "\n丙",
    "&nbsp;",
    "&lt;",
    "&amp;丁",
    "&#65;",
    "<",
    "</",
    "\r\n",
    "\t\u{3000}",
    "戊。",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<section>",
    "</section>",
    "<b>",
    "</b>",
    "<strong>",
    "</strong>",
    "<u>",
    "</u>",
    "<span>",
    "</span>",
    "<span style='font-weight:bold'>",
    "<i>",
    "</i>",
    "<o:p>",
    "</o:p>",
    "<br>",
    "<hr/>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "<td rowspan=2 colspan=2>",
    "</td>",
    "<th>",
    "<thead>",
    "<tbody>",
    "<caption>",
    "<pre>",
    "</pre>",
    "<!-- X -->",
    "<script>'<p>X'</script>",
    "<div hidden>X<p>X</p></div>",
    "<select><option>X</select>",
];

/// Pieces that hide and are not closed.
const VEILS: [&str; 10] = [
    "<div hidden>",
    "<span hidden>",
    "<p style='display:none'>",
    "<li hidden>",
    "<select>",
    "<td hidden>",
    "<tr hidden>",
    "<svg>",
    "<template>",
    "<table hidden>",
];

fn soup(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(pieces), 0..60)
        .prop_map(|pieces| pieces.concat())
}

/// The text tokens, those in scripts and hidden elements (all `X`) left out.
fn reference(html: &str) -> String {
    let mut text = String::new();
    let mut raw = false;
    for token in Tokenizer::new(html).flatten() {
        match token {
            html5gum::Token::StartTag(tag) => raw |= tag.name.as_slice() == b"script",
            html5gum::Token::EndTag(tag) => raw &= tag.name.as_slice() != b"script",
            html5gum::Token::String(string) if !raw => {
                text.push_str(&String::from_utf8_lossy(&string));
            }
            _ => {}
        }
    }
    squeezed(&text)
}

fn squeezed(text: &str) -> String {
    crate::text::squeeze(text).replace('X', "")
}

fn check(source: &Source) -> Result<(), TestCaseError> {
    let mut last = (0, 0);
    for block in &source.blocks {
        prop_assert!((block.number, block.column) > last, "{block:?}");
        last = (block.number, block.column);
        prop_assert!(!crate::text::squeeze(&block.text).is_empty());
        let mut at = (0, block.number);
        for &(offset, line) in &block.breaks {
            prop_assert!(offset > at.0 && line > at.1, "{block:?}");
            prop_assert!(block.text.is_char_boundary(offset as usize));
            at = (offset, line);
        }
        prop_assert!(at.1 >= last.0);
        last.0 = at.1;
        if !block.breaks.is_empty() {
            last.1 = 0;
        }
        let mut end = None;
        for &(start, stop) in &block.emphasis {
            prop_assert!(
                start < stop && end.is_none_or(|end| end < start),
                "{block:?}"
            );
            end = Some(stop);
        }
        prop_assert!(end.unwrap_or(0) as usize <= block.text.chars().count());
    }
    let mut end = 0;
    for grid in &source.tables {
        prop_assert!(grid.blocks.start >= end && grid.blocks.end <= source.blocks.len());
        end = grid.blocks.start;
        for cell in &grid.cells {
            prop_assert_eq!(cell.blocks.start, end);
            end = cell.blocks.end;
        }
        prop_assert_eq!(end, grid.blocks.end);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_shown_is_lost(html in soup(&PIECES)) {
        // A document that shows nothing at all is another matter.
        let html = format!("始{html}");
        let source = read(&html);
        check(&source)?;
        let text: String = source.blocks.iter().map(|block| block.text.as_str()).collect();
        prop_assert_eq!(squeezed(&text), reference(&html));
    }

    #[test]
    fn the_rest_is_never_hidden(
        before in soup(&PIECES), veil in proptest::sample::select(&VEILS), after in soup(&PIECES),
    ) {
        let source = read(&format!("{before}{veil}{after}</p><p>终"));
        check(&source)?;
        let last = source.blocks.last().map(|block| block.text.as_str());
        prop_assert!(last.is_some_and(|text| text.ends_with('终')), "{:?}", last);
    }

    #[test]
    fn any_text_gives_blocks(html in "\\PC*", markup in "[<>/!a-z&;='\" \n\r-]{0,80}") {
        check(&read(&html))?;
        check(&read(&markup))?;
        let _ = looks_like_html(&markup);
    }
}

#[track_caller]
fn html(text: &str, expected: bool) {
    assert_eq!(looks_like_html(text), expected, "{text}");
}

#[test]
fn html_is_told_from_text() {
    html("\u{feff}\n<!DOCTYPE HTML PUBLIC>甲", true);
    html("<?xml version='1.0'?><!-- 甲 -->\n<html lang=zh>", true);
    html("<p>甲</p>", true);
    html("<div class=a>甲<p>乙", true);
    html("隐私政策<p>甲</p><p>乙</p><p>丙</p>", true);
    html("", false);
    html("隐私政策\n当年龄<14时，见<用户协议>。", false);
    html("<隐私政策>\n第一条 <p>", false);
    html(
        "# 隐私政策\n\n<table><tr><td>甲</td><td>乙</td></tr></table>\n\n## 一",
        false,
    );
    html("甲<br>乙<br>丙<b>丁</b><u>戊</u><br><br>", false);
    html("<3 我们", false);
}
