//! What the text of one policy does, see `main.rs`.

use super::*;

#[test]
fn first_bytes_that_look_like_a_program_are_text() {
    let bytes = "\u{feff}隐私权政策\n正文在此。".as_bytes();
    assert_eq!(decode(bytes).as_deref(), Ok("隐私权政策\n正文在此。"));
    let bytes = "\u{9690}\u{79c1}\u{a0}\u{a0}\n".as_bytes();
    assert!(decode(bytes).is_ok());
}

#[test]
fn rows_of_no_break_spaces_are_blank() {
    let text = format!(
        "隐私权政策\n提示条款{}\n{}使用之前，请您阅读。",
        "\u{a0}".repeat(80),
        "\u{a0}".repeat(5)
    );
    headings(&text, &[("", "隐私权政策", 0), ("", "提示条款", 1)]);
    clauses(&text, &[(3, 3, "使用之前，请您阅读。")]);
}

#[test]
fn contents_come_again_as_headings() {
    let text = "您将了解：\n一、范围\n二、收集\n\u{a0}\n一、范围\n本政策适用于本应用。\n二、收集\n我们会收集。";
    assert_eq!(parse(text).contents.len(), 2);
    headings(text, &[("一、", "范围", 1), ("二、", "收集", 1)]);
}

#[test]
fn a_list_inside_a_sentence_stays_there() {
    let text = "这些信息包括：1．设备信息：我们会记录型号。2．日志信息：我们会记录时间。";
    clauses(text, &[(1, 1, text)]);
    let text = "您同意：1、我们会推出新功能；2、我们会另行说明。";
    clauses(text, &[(1, 1, text)]);
}

#[test]
fn a_count_changes_the_width_of_its_points() {
    let text = "（九）其他\n1．您须确保已取得授权。\n2．我们会事先征得同意。\n另行说明。\n3.例外\n以下情况无需同意：\n4.如停止运营，我们将通知您。";
    headings(text, &[("（九）", "其他", 1), ("3.", "例外", 2)]);
    let document = parse(text);
    let last = document.clauses.last().expect("a clause");
    assert_eq!(last.section, Some(document.outline[0].id.clone()));
}

#[test]
fn brackets_with_and_without_a_blank_count_together() {
    let document =
        parse("3.例外\n以下情况无需同意：\n(1)\u{a0}为订立合同所必需；\n(2)为履行义务所必需。");
    assert_eq!(document.outline.len(), 1);
    assert_eq!(document.clauses.len(), 3);
}

#[test]
fn a_missing_number_breaks_nothing() {
    let text = "（一）共享\n3.\u{a0}与伙伴共享。我们可能委托伙伴。\n5.\u{a0}处理争议。如涉诉讼，我们会提供。\n（二）转让\n我们不会转让。";
    headings(text, &[("（一）", "共享", 1), ("（二）", "转让", 1)]);
}

#[test]
fn letters_number_items() {
    let document = parse("（四）提示：\na)\u{a0}请您留意，不要公开。\nb)\u{a0}请用复杂密码。");
    assert_eq!(document.outline[0].label, "（四）");
    assert_eq!(document.clauses.len(), 2);
}

#[test]
fn bracketed_labels_are_heads_of_their_clause() {
    let document = parse("2.资料\n【基本资料】您可以填写性别，也可以不填。");
    assert_eq!(head_of(&document, 0).as_deref(), Some("【基本资料】"));
    assert_eq!(document.outline.len(), 1);
}

#[test]
fn rows_of_a_table_are_apart_by_no_break_spaces() {
    let gap = "\u{a0}".repeat(6);
    let text = format!(
        "权限名称：位置{gap}功能：定位{gap}权限用途：推荐城市。\n\n权限名称：电话{gap}功能：拨打{gap}权限用途：联系客服。"
    );
    let table = &parse(&text).tables[0];
    assert_eq!(table.header, ["权限名称", "功能", "权限用途"]);
    assert_eq!(
        table.rows,
        [
            ["位置", "定位", "推荐城市。"],
            ["电话", "拨打", "联系客服。"]
        ]
    );
}

#[test]
fn references_to_other_clauses_stay_in_their_sentence() {
    let text = "第二条第（六）款列出了工具包，第十节写明了联系方式。";
    clauses(text, &[(1, 1, text)]);
    assert!(outline("第十节中的联系方式可以找到我们，请您使用。").is_empty());
}
