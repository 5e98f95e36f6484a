//! What no policy looks like: nothing, one endless line, a million short ones, nesting without end.
//! Reading them ends, loses nothing and takes time that grows with their length.
//!
//! The tests only ask that reading ends. How the time grows is measured by hand:
//! `cargo test --release -p zhiqing-policy --test limits -- --ignored --nocapture`.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use zhiqing_policy::{Document, PolicyError, decode, parse, to_text};

/// A text of a shape that is as many bytes long, or a little more.
struct Shape {
    name: &'static str,
    build: fn(usize) -> String,
}

/// `unit` again and again; `{}` in it is counted up to 90,000 and from 1 again.
macro_rules! repeated {
    ($($name:literal: $unit:expr),* $(,)?) => {
        [$(Shape { name: $name, build: |bytes| repeat(bytes, "", $unit, "") }),*]
    };
    ($($name:literal: $before:expr, $unit:expr, $after:expr);* $(;)?) => {
        [$(Shape { name: $name, build: |bytes| repeat(bytes, $before, $unit, $after) }),*]
    };
}

fn repeat(bytes: usize, before: &str, unit: &str, after: &str) -> String {
    let mut text = String::with_capacity(bytes + unit.len() + 16);
    text.push_str(before);
    let mut parts = unit.split("{}");
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let mut count = 0_u32;
    while text.len() + after.len() < bytes {
        count = count % 90_000 + 1;
        text.push_str(first);
        for part in &rest {
            text.push_str(&count.to_string());
            text.push_str(part);
        }
    }
    text.push_str(after);
    text
}

/// One line.
const LINES: &[Shape] = &repeated![
    "a paragraph": "我们会收集您的位置信息，用于推荐附近的店；",
    "letters": "a",
    "digits": "7",
    "numbers": "{} ",
    "numbers of days": "{}天回复",
    "ages": "不满{}周岁",
    "dates": "2026年1月{}日更新",
    "half a date": "2026年1",
    "digits and blanks": "1               ",
    "公司": "公司",
    "有限公司": "有限公司",
    "由某有限公司": "由甲乙丙丁有限公司",
    "opening brackets": "（",
    "closing brackets": "）",
    "corner brackets": "【",
    "named brackets": "本《",
    "titles": "本《甲》",
    "stars": "*",
    "two stars": "**",
    "emphasis": "**甲**",
    "underscores": "__",
    "bars": "|",
    "escaped bars": "\\|",
    "cells": "|甲",
    "tabs": "甲\t",
    "bare tabs": "\t",
    "wide blanks": "甲     ",
    "blanks of any kind": "\u{3000}\u{feff}\u{a0}甲",
    "一、": "一、",
    "1.": "1.",
    "1.1.1": "1.1",
    "第": "第一",
    "number signs": "#",
    "number signs and blanks": "# ",
    "quotes": "> ",
    "dashes": "- ",
    "items in items": "- 一、",
    "back ticks": "`",
    "commas": "，",
    "enumeration commas": "、",
    "full stops": "。",
    "semicolons": "甲；",
    "colons": "：",
    "ellipses": "…",
    "at signs": "@",
    "mail addresses": "a{}@b.cn ",
    "half mail addresses": "a.b@",
    "one endless mail address": "@a.",
    "telephone numbers": "40012345{} ",
    "one endless telephone number": "-1",
    "addresses": "地址：某省某市某路{}号；",
    "half addresses": "地址：",
    "IP addresses": "IP地址：",
    "place words": "省市路1号",
    "definitions": "敏感个人信息：包括甲{}、乙{}等。",
    "openings of lists": "包括",
    "declarations": "甲{}属于敏感信息。",
    "half declarations": "属于",
    "permissions": "开启相机、麦克风、通讯录权限。",
    "refusals": "开启相机。如您不同意",
    "kits": "SDK，",
    "recipients": "与关联公司共享：",
    "cookies": "cookie ",
    "beacons in mails": "邮件pixel",
    "links": "[甲](#a)",
    "half links": "[",
    "signs of HTML": "<",
    "carriage returns": "甲\r",
    "characters beyond the first plane": "\u{20000}",
];

/// Many lines.
const BLOCKS: &[Shape] = &repeated![
    "short lines": "甲\n",
    "blank lines": "\n",
    "blank lines and words": "甲\n\n",
    "headings": "一、范围{}\n",
    "headings and text": "一、范围{}\n正文在此，请看。\n",
    "the same heading": "一、范围\n正文在此，请看。\n",
    "headings of Markdown": "## 范围{}\n\n",
    "headings in headings": "# 甲{}\n## 乙{}\n### 丙{}\n#### 丁{}\n##### 戊{}\n###### 己{}\n",
    "counted headings": "{}. 范围\n正文在此，请看。\n",
    "counts in counts": "{}.{}.{}.{}.{} 范围\n",
    "items": "{}. 我们收集姓名；\n",
    "items without a mark": "{}、姓名\n",
    "every kind of number": "第{}部分 甲\n一、甲\n（一）甲\n1.甲\n1.1甲\n（1）甲\n1)甲\n①甲\na)甲\n- 甲\n",
    "broken sentences": "我们收集，\n",
    "indented sentences": "1.我们收集姓名与电话。\n\t\t用于联系您，也用于核对。\n",
    "lines with tabs": "甲\t乙\t丙\n",
    "rows and text": "甲\t乙\t丙\n丁\n",
    "pairs": "权限：甲{}     用途：乙{}\n",
    "permissions in rows": "权限：相机{}     用途：乙     影响：丙\n\n",
    "kits in rows": "SDK名称：甲{}     用途：乙     信息：丙\n\n",
    "one cell a line": "甲{}\n乙\n丙\n\n",
    "one cell a line, other widths": "甲\n乙\n丙\n\n丁\n戊\n\n",
    "tables of bars": "| 甲 | 乙 |\n|---|---|\n| 丙{} | 丁 |\n\n",
    "rows of dashes": "|---|\n",
    "heads and dashes": "甲|乙\n-|-\n",
    "rules": "---\n",
    "rules and words": "甲\n---\n",
    "contents": "- [范围{}](#a)\n",
    "the word for contents": "目录\n",
    "lines said twice": "1、甲乙丙丁戊\n2、己庚辛壬癸\n",
    "fences": "```\n甲\n",
    "captions": "下表：\n",
    "titles of policies": "隐私政策\n",
    "self names": "本《甲乙隐私政策\n",
    "definitions in lines": "敏感个人信息：包括甲{}、乙{}等。\n",
    "mail addresses in lines": "a{}@b.cn\n",
];

/// With something before or after what is repeated.
const FRAMED: &[Shape] = &repeated![
    "one table of bars": "| 甲 | 乙 |\n|---|---|\n", "| 丙{} | 丁 |\n", "";
    "one table of rows": "甲\t乙\t丙\n", "丁{}\t戊\t己\n", "";
    "one table of cells": "甲\n乙\n丙\n\n", "丁{}\n戊\n己\n\n", "";
    "one table of permissions": "| 权限 | 用途 |\n|---|---|\n", "| 甲{} | 丁 |\n", "";
    "one table of kits": "| SDK | 用途 | 信息 |\n|---|---|---|\n", "| 甲{} | 丁 | 戊 |\n", "";
    "empty rows of bars": "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n", "| | |\n", "";
    "contents and no end": "目录\n", "一、范围{}\n", "";
    "an item and blanks": "1.", " ", "甲";
    "a name without an end": "本《", "甲", "》";
    "names with one end": "", "本《", "》";
    "a long heading": "# ", "甲", "\n正文。";
    "a line of words after a title": "隐私政策\n", "甲乙丙丁", "";
];

/// Entries of contents and, far below, what they lead to.
fn contents(bytes: usize) -> String {
    let half = bytes / 2;
    repeat(half, "目录\n", "一、范围之{}\n", "")
        + &repeat(half, "", "一、范围之{}\n正文在此。\n", "")
}

/// Every line further in than the one above.
fn staircase(bytes: usize) -> String {
    let steps = (bytes * 2).isqrt();
    let mut text = String::with_capacity(bytes + steps * 8);
    for step in 0..steps {
        text.extend(std::iter::repeat_n(' ', step));
        text.push_str("- 甲\n");
    }
    text
}

/// A wide head above narrow rows.
fn wide_head(bytes: usize) -> String {
    let head = "| 甲 ".repeat(48) + "|\n" + &"|-".repeat(48) + "|\n";
    repeat(bytes.max(head.len()), &head, "| 乙 |\n", "")
}

/// A column whose name is as long as all its cells.
fn long_name(bytes: usize) -> String {
    let name = "甲".repeat(bytes / 6);
    repeat(
        bytes,
        &format!("| {name} | 乙 |\n|---|---|\n"),
        "| 丙 | 丁 |\n",
        "",
    )
}

/// A row whose first cell is most of the text.
fn long_key(bytes: usize) -> String {
    let head = "| 甲 ".repeat(48) + "|\n" + &"|-".repeat(48) + "|\n";
    let row = "| 乙 ".repeat(47);
    head + "| " + &"丙".repeat(bytes / 3) + " " + &row + "|\n"
}

/// 255 words of its own that all begin alike.
fn own_words(bytes: usize) -> String {
    let words: Vec<String> = (100..355).map(|n| format!("甲甲甲甲甲甲{n}")).collect();
    let definition = format!("敏感个人信息：包括{}等。\n", words.join("、"));
    repeat(bytes.max(definition.len()), &definition, "甲", "")
}

const BUILT: &[Shape] = &[
    Shape {
        name: "contents and headings",
        build: contents,
    },
    Shape {
        name: "a staircase",
        build: staircase,
    },
    Shape {
        name: "a wide head above narrow rows",
        build: wide_head,
    },
    Shape {
        name: "a long name of a column",
        build: long_name,
    },
    Shape {
        name: "a long first cell",
        build: long_key,
    },
    Shape {
        name: "words of its own",
        build: own_words,
    },
];

/// HTML, read as such once the crate does.
const MARKUP: &[Shape] = &repeated![
    "nested lists": "<!doctype html><html><body>", "<ul><li>", "甲";
    "nested lists with words": "<!doctype html><html><body>", "<ul><li>甲{}", "";
    "nested tables": "<!doctype html><html><body>", "<table><tr><td>甲", "";
    "nested blocks": "<!doctype html><html><body>", "<div>甲", "";
    "nested emphasis": "<!doctype html><html><body>", "<b>甲", "";
    "misnested emphasis": "<!doctype html><html><body>", "<b><p>甲</b></p>", "";
    "closing tags": "<!doctype html><html><body>", "甲</div></p>", "";
    "tags without an end": "<!doctype html><html><body>", "<p ", "";
    "attributes": "<!doctype html><html><body><p ", "a{}=1 ", ">甲";
    "the same attribute": "<!doctype html><html><body><p ", "a=1 ", ">甲";
    "a long value": "<!doctype html><html><body><p a='", "甲", "'>甲";
    "quotes without an end": "<!doctype html><html><body>", "<p a='\">甲", "";
    "styles": "<!doctype html><html><body>", "<p style='font-weight:bold;color:red'>甲", "";
    "comments without an end": "<!doctype html><html><body>", "<!-- 甲 ", "";
    "short comments": "<!doctype html><html><body>", "<!>甲<!---->", "";
    "scripts without an end": "<!doctype html><html><body>", "<script>甲", "";
    "half ends of a script": "<!doctype html><html><body><script>", "</scrip", "";
    "styles without an end": "<!doctype html><html><body>", "<style>甲", "";
    "a text area": "<!doctype html><html><body><textarea>", "</textare", "";
    "character references": "<!doctype html><html><body>", "&nbsp;&amp;&#19968;", "";
    "half references": "<!doctype html><html><body>", "&notit", "";
    "ampersands": "<!doctype html><html><body>", "&", "";
    "long numbers of characters": "<!doctype html><html><body>&#", "9", ";";
    "less-than signs": "<!doctype html><html><body>", "<", "";
    "endings without a name": "<!doctype html><html><body>", "</", "";
    "rows": "<!doctype html><html><body><table>", "<tr><td>甲{}<td>乙", "";
    "tables": "<!doctype html><html><body>", "<table><tr><th>甲<th>乙<tr><td>丙{}<td>丁</table>", "";
    "cells in one row": "<!doctype html><html><body><table><tr>", "<td>甲{}", "";
    "tall cells": "<!doctype html><html><body><table>", "<tr><td rowspan=65534>甲", "";
    "wide cells": "<!doctype html><html><body><table>", "<tr><td colspan=1000>甲", "";
    "tall and wide cells": "<!doctype html><html><body><table>", "<tr><td rowspan=65534 colspan=1000>甲", "";
    "a tall cell over many rows": "<!doctype html><html><body><table><tr><th>权限<th>用途<tr><td rowspan=65534>相机<td>甲", "<tr><td>甲{}", "";
    "kits under a tall cell": "<!doctype html><html><body><table><tr><th>SDK<th>用途<tr><td rowspan=65534>甲<td>乙", "<tr><td>甲{}", "";
    "items": "<!doctype html><html><body><ol>", "<li>甲{}", "";
    "paragraphs": "<!doctype html><html><body>", "<p>甲{}", "";
    "breaks": "<!doctype html><html><body><p>", "甲<br>", "";
    "headings": "<!doctype html><html><body>", "<h2>甲{}</h2>", "";
    "links": "<!doctype html><html><body>", "<a href='#a{}'>甲</a>", "";
    "hidden parts": "<!doctype html><html><body>", "<div hidden>甲", "";
    "templates": "<!doctype html><html><body>", "<template>甲", "";
    "drawings": "<!doctype html><html><body>", "<svg><p>甲", "";
    "selections": "<!doctype html><html><body>", "<select><option>甲", "";
    "heads": "<!doctype html>", "<html><head><title>甲", "";
];

/// A tall cell with a long text over many rows: its text is in each.
fn tall_text(bytes: usize) -> String {
    let long = "甲".repeat(bytes / 6);
    let before = format!(
        "<!doctype html><html><body><table><tr><th>丙<th>丁<tr><td rowspan=65534>{long}<td>乙"
    );
    repeat(bytes, &before, "<tr><td>乙", "")
}

const BUILT_MARKUP: &[Shape] = &[Shape {
    name: "a tall cell with a long text",
    build: tall_text,
}];

fn all() -> impl Iterator<Item = &'static Shape> {
    [LINES, BLOCKS, FRAMED, BUILT, MARKUP, BUILT_MARKUP]
        .into_iter()
        .flatten()
}

#[test]
#[ignore = "takes minutes and tells times: to be read by somebody"]
fn growth() {
    let only = std::env::var("ONLY").unwrap_or_default();
    for shape in all().filter(|shape| shape.name.contains(&only)) {
        let mut bytes = 1 << 17;
        while time(&(shape.build)(bytes)) < Duration::from_millis(400) && bytes < 1 << 24 {
            bytes *= 2;
        }
        // The best of three: what else the machine does is no part of it.
        let best = |text: &str| (0..3).map(|_| time(text)).min().unwrap_or_default();
        let (half, whole) = ((shape.build)(bytes / 2), (shape.build)(bytes));
        let (first, second) = (best(&half).as_secs_f64(), best(&whole).as_secs_f64());
        let ratio = second / first;
        let mark = if ratio > 2.4 {
            "  ← more than twice"
        } else {
            ""
        };
        println!(
            "{:<40}{:>9} KB{:>9.0} ms{:>9.0} ns/B{ratio:>7.2}{mark}",
            shape.name,
            whole.len() / 1000,
            second * 1e3,
            second * 1e9 / whole.len() as f64,
        );
    }
}

fn time(text: &str) -> Duration {
    let start = Instant::now();
    let document = parse(text);
    let time = start.elapsed();
    drop(document);
    time
}

/// Reads a text and looks whether all of it is there, in order, with ids of its own.
#[track_caller]
fn reads(name: &str, text: &str) -> Document {
    let document = parse(text);
    let visible = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
            .collect::<String>()
    };
    assert!(visible(&to_text(&document)) == visible(text), "{name}");
    let ids: HashSet<&str> = document.clauses.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids.len(), document.clauses.len(), "{name}");
    document
}

/// A text of nothing but rules.
fn is_rules(text: &str) -> bool {
    text.chars().all(|c| "*-_`\n ".contains(c))
}

#[test]
fn rules_alone_are_kept() {
    for text in ["---", "***", "```\n```", "\n- - -\n===\n", "\t\t==="] {
        reads(text, text);
    }
}

#[test]
fn every_shape_is_read_to_its_end() {
    let bytes = if cfg!(debug_assertions) {
        20_000
    } else {
        60_000
    };
    for shape in [LINES, BLOCKS, FRAMED, BUILT].into_iter().flatten() {
        let text = (shape.build)(bytes);
        if !is_rules(&text) {
            reads(shape.name, &text);
        }
    }
}

#[test]
fn every_shape_of_markup_is_read_to_its_end() {
    let bytes = if cfg!(debug_assertions) {
        20_000
    } else {
        60_000
    };
    for shape in [MARKUP, BUILT_MARKUP].into_iter().flatten() {
        let document = parse(&(shape.build)(bytes));
        let lines: Vec<u32> = document.clauses.iter().map(|c| c.line).collect();
        assert!(lines.is_sorted(), "{}", shape.name);
    }
}

#[test]
fn nothing_is_refused_in_one_sentence() {
    for bytes in [
        &b""[..],
        b"\n",
        b" \t\r\n",
        "\u{feff}\u{3000}\u{a0}\u{2028}".as_bytes(),
    ] {
        assert_eq!(decode(bytes), Err(PolicyError::Empty));
    }
    let blank = "\n".repeat(1_000_000);
    assert_eq!(decode(blank.as_bytes()), Err(PolicyError::Empty));
    assert_eq!(parse(&blank), Document::default());
    assert_eq!(parse(""), Document::default());
}

#[test]
fn what_is_no_text_is_refused_in_one_sentence() {
    let noise: Vec<u8> = (0..100_000_u32)
        .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    for bytes in [
        &noise[..],
        b"PK\x03\x04\0\0\0\0",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0",
        b"\x89PNG\r\n\x1a\n\0",
    ] {
        let error = decode(bytes).expect_err("must be refused").to_string();
        assert!(!error.contains('\n') && error.len() < 300, "{error}");
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "takes minutes without optimisation")]
fn ten_megabytes_on_one_line_are_read() {
    for unit in [
        "我们会收集您的位置信息，用于推荐附近的店；",
        "7",
        "公司",
        "（",
        "甲**",
        "|",
        "甲\t",
        "一、",
    ] {
        let document = reads(unit, &repeat(10_000_000, "", unit, ""));
        assert_eq!(document.passages().count(), 1, "{unit}");
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "takes minutes without optimisation")]
fn a_hundred_thousand_headings_and_a_million_lines_are_read() {
    let headings = "一、范围\n我们收集姓名，也收集电话。\n".repeat(100_000);
    assert_eq!(reads("headings", &headings).outline.len(), 100_000);
    let lines = "我们收集姓名。\n".repeat(1_000_000);
    assert_eq!(reads("lines", &lines).clauses.len(), 1_000_000);
}

#[test]
fn nesting_without_end_is_read() {
    let levels = 100_000;
    // As far in as a text of some megabytes allows, and a hundred thousand levels by signs alone.
    reads("a staircase", &staircase(4_000_000));
    reads("dashes", &("- ".repeat(levels) + "甲"));
    reads("quotes", &("> ".repeat(levels) + "甲"));
    reads(
        "brackets",
        &("（".repeat(levels) + "甲" + &"）".repeat(levels)),
    );
    reads("numbers", &("1.".repeat(levels) + "甲"));
    let open = "<ul><li>".repeat(levels);
    let document = parse(&format!("<!doctype html><html><body>{open}甲"));
    assert!(to_text(&document).contains('甲'));
}
