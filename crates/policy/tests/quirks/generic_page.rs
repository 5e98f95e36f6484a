//! What the text of one policy does, see `main.rs`.

use super::*;

#[test]
fn dates_stand_in_brackets() {
    let document =
        parse("隐私政策\n\n生效日期: [2026]年[03]月[09]日\n\n最新更新日期: [2026]年[03]月[01]日\n");
    assert_eq!(document.effective_date.as_deref(), Some("2026-03-09"));
    assert_eq!(document.updated_date.as_deref(), Some("2026-03-01"));
}

#[test]
fn contents_are_a_list_of_markdown() {
    let text = "您将了解:\n\n- 一、收集\n- 二、保护\n\n一、收集\n\n我们会收集。\n\n二、保护\n\n我们会保护。";
    let lines: Vec<u32> = parse(text)
        .contents
        .iter()
        .map(|entry| entry.line)
        .collect();
    assert_eq!(lines, [3, 4]);
    headings(text, &[("一、", "收集", 1), ("二、", "保护", 1)]);
}

#[test]
fn stars_emphasise() {
    let document = parse("您可以关闭权限。**请注意，各个系统有差异。**");
    let clause = &document.clauses[0];
    let [[start, end]] = clause.emphasis[..] else {
        panic!("{:?}", clause.emphasis);
    };
    let words: String = clause
        .text
        .chars()
        .take(end as usize)
        .skip(start as usize)
        .collect();
    assert_eq!(words, "请注意，各个系统有差异。");
}

#[test]
fn punctuation_changes_its_width() {
    clauses(
        "我们按原则收集,如您拒绝,将无法使用;拒绝其他的，不影响使用。",
        &[(
            1,
            1,
            "我们按原则收集,如您拒绝,将无法使用;拒绝其他的，不影响使用。",
        )],
    );
    headings(
        "(二) 转移\n随着发展，我们可能合并。",
        &[("(二)", "转移", 1)],
    );
}

#[test]
fn two_styles_of_numbers_are_mixed() {
    headings(
        "一、收集\n1、功能\n我们会收集。\n2、调整\n我们会调整。\n二、提供\n1. 交易。为履约，我们会提供。\n2. 获得您的同意，我们会提供。",
        &[
            ("一、", "收集", 1),
            ("1、", "功能", 2),
            ("2、", "调整", 2),
            ("二、", "提供", 1),
        ],
    );
}

#[test]
fn a_sentence_that_stops_short_is_a_clause() {
    clauses(
        "五、儿童\n请在征得监护人同意之后，\n\n六、更新\n我们会更新。",
        &[(2, 2, "请在征得监护人同意之后，"), (5, 5, "我们会更新。")],
    );
}

#[test]
fn the_last_line_need_not_end() {
    clauses("一、投诉\n您可以投诉。", &[(2, 2, "您可以投诉。")]);
}

#[test]
fn an_operator_without_a_name_is_none() {
    let document = parse("(“我们”)作为本产品的运营者非常注重保护用户的个人信息。");
    assert_eq!(document.facts.operator, None);
}

#[test]
fn a_blank_stands_before_the_unit() {
    let document = parse("我们将在 15 天内答复您的请求；");
    let due = &document.facts.deadlines[0];
    assert_eq!((due.what.as_str(), due.count), ("response", 15));
}
