//! What the text of one policy does, see `main.rs`.

use super::*;

#[test]
fn blank_lines_and_tabs_are_no_text() {
    let text =
        "\n\n\n隐私声明\n\n\t\t\t\n\n\t\t\t\t一、收集\n\t\t\t\n\n\t\t\t\t我们会收集。\n\t\t\t\n";
    headings(text, &[("", "隐私声明", 0), ("一、", "收集", 1)]);
    clauses(text, &[(11, 11, "我们会收集。")]);
}

#[test]
fn dates_follow_the_title() {
    let document = parse("隐私声明\n更新日期：2026年06月30日\n生效日期：2026年07月01日\n");
    assert_eq!(document.updated_date.as_deref(), Some("2026-06-30"));
    assert_eq!(document.effective_date.as_deref(), Some("2026-07-01"));
}

#[test]
fn sentences_are_broken_at_any_word() {
    clauses(
        "某某公司为您提供出行、\n\t\t\t\t租车等服务的平台（以下统称“我们”）\n\t\t\t\t非常重视隐私，我们会尽力保护。",
        &[(
            1,
            3,
            "某某公司为您提供出行、租车等服务的平台（以下统称“我们”）非常重视隐私，我们会尽力保护。",
        )],
    );
    clauses(
        "1.我们只面向成年人。\n\t\t\t\t对于经监护人同意的情况、\n\t\t\t\t我们只在许可的范围内使用。",
        &[(
            1,
            3,
            "1.我们只面向成年人。对于经监护人同意的情况、我们只在许可的范围内使用。",
        )],
    );
}

#[test]
fn cells_of_a_table_stand_one_a_line_and_go_on() {
    let text = "权限说明\n用途\n不授权影响\n\n\n定位\n1、判断偏移；\n\t\t\t\t\u{3000}2、确定区域；\n可能漏报；\n\n\n存储\n保存\n6.0之后无法保存\n\n一、其他\n正文。";
    let table = &parse(text).tables[0];
    assert_eq!((table.line, table.end_line), (1, 14));
    assert_eq!(table.header, ["权限说明", "用途", "不授权影响"]);
    assert_eq!(
        table.rows[0],
        ["定位", "1、判断偏移；2、确定区域；", "可能漏报；"]
    );
}

#[test]
fn a_cell_that_begins_like_a_number_is_a_cell() {
    let text = "权限说明\n用途\n不授权影响\n\n列表\n检测\n6.0之后没有权限\n";
    let document = parse(text);
    assert_eq!(document.tables[0].rows[0][2], "6.0之后没有权限");
    assert!(document.outline.is_empty());
}

#[test]
fn a_tab_follows_the_number_in_the_contents() {
    let text = "您将了解：\n\n一、\t收集\n二、\t保护\n\n\t\t一、收集\n\n我们会收集。\n\n\t\t二、保护\n\n我们会保护。";
    assert_eq!(parse(text).contents.len(), 2);
    headings(text, &[("一、", "收集", 1), ("二、", "保护", 1)]);
}

#[test]
fn the_title_is_said_twice() {
    let text = "隐私声明\n\n\n【某某】隐私声明\n更新日期：2026年06月30日\n\n正文在此。";
    headings(text, &[("", "隐私声明", 0), ("", "【某某】隐私声明", 0)]);
    assert_eq!(parse(text).title.as_deref(), Some("某某隐私声明"));
}
