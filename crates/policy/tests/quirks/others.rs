//! Quirks of further policies, of many companies.

use super::{clauses, headings, outline};
use zhiqing_policy::{parse, to_text};

const STATES: &str = "我们收集您填写的昵称，用于展示。";

#[test]
fn a_text_file_shown_by_a_page_is_read_as_that_file() {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>a.md</title></head>\n<body><pre>## 某某隐私政策\n\n**一、** **范围**\n{STATES}\n\n### 二、A &amp; B\n{STATES}\n</pre></body></html>"
    );
    let found = parse(&page);
    let lines: Vec<_> = found.outline.iter().map(|h| h.line).collect();
    assert_eq!(found.title.as_deref(), Some("某某隐私政策"));
    assert_eq!(lines, [3, 5, 8]);
    headings(
        &page,
        &[
            ("", "某某隐私政策", 0),
            ("一、", "范围", 1),
            ("二、", "A & B", 1),
        ],
    );
}

#[test]
fn an_address_may_stand_above_the_title() {
    let address =
        "https://privacy.example.com/policies/a-long-address/of-a-page/with-a-name/index.html";
    let found = parse(&format!("{address}\n\n某某隐私政策\n\n{STATES}"));
    assert_eq!(found.title.as_deref(), Some("某某隐私政策"));
}

#[test]
fn an_emphasised_head_counts_on_from_headings() {
    let text = format!("一、服务\n（一）论坛\n{STATES}\n**（二）邮件**。{STATES}\n{STATES}");
    let found = parse(&text);
    let outer = &found.outline[0].id;
    let last = found
        .clauses
        .last()
        .and_then(|clause| clause.section.as_ref());
    assert_eq!(last, Some(outer));
}

#[test]
fn an_appendix_has_a_number() {
    let text = format!("一、范围\n{STATES}\n附一、清单\n{STATES}");
    headings(&text, &[("一、", "范围", 1), ("附一、", "清单", 1)]);
}

#[test]
fn tags_alone_on_a_line_of_markdown_are_markup() {
    let text = format!("# 某某隐私政策\n\n<div class=\"a\">\n\n{STATES}\n\n<br/>\n");
    clauses(&text, &[(5, 5, STATES)]);
    let printed = to_text(&parse(&text));
    assert!(printed.contains("<div class=\"a\">") && printed.contains("<br/>"));
}

#[test]
fn names_in_brackets_head_what_follows_them() {
    let text = format!(
        "一、清单\n公司：某某\n【甲SDK（内含分享，登录）】\n用途：登录。\n【乙SDK】\n用途：推送。\n{STATES}"
    );
    let titles: Vec<_> = outline(&text)
        .into_iter()
        .map(|(_, title, _)| title)
        .collect();
    assert_eq!(titles, ["清单", "【甲SDK（内含分享，登录）】", "【乙SDK】"]);
}
