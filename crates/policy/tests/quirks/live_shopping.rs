//! What the text of one policy does, see `main.rs`.

use super::*;

#[test]
fn lost_bullets_head_sections() {
    headings(
        "一、收集\n我们出于以下目的收集：\n?\t提供账号\n为了遵守法律，我们会核验。\n?\t提供推荐\n1.我们会收集：",
        &[
            ("一、", "收集", 1),
            ("?", "提供账号", 2),
            ("?", "提供推荐", 2),
        ],
    );
}

#[test]
fn parts_hold_chapters() {
    headings(
        "第一部分 定义\n【平台】：平台的经营者。\n第二部分 政策\n一、收集\n我们会收集。",
        &[
            ("第一部分", "定义", 1),
            ("第二部分", "政策", 1),
            ("一、", "收集", 2),
        ],
    );
}

#[test]
fn bracketed_terms_are_defined() {
    let document = parse("第一部分 定义\n【平台】：平台的经营者，目前为某某网络科技有限公司。");
    assert_eq!(head_of(&document, 0).as_deref(), Some("【平台】"));
    assert_eq!(
        document.facts.operator.as_deref(),
        Some("某某网络科技有限公司")
    );
}

#[test]
fn contents_differ_from_the_headings() {
    let text = "第二部分 政策\n一、如何收集信息；\n二、如何保护你的信息。\n一、如何收集信息\n我们会收集。\n二、如何保护你的信息安全\n我们会保护。";
    assert_eq!(parse(text).contents.len(), 2);
    headings(
        text,
        &[
            ("第二部分", "政策", 1),
            ("一、", "如何收集信息", 2),
            ("二、", "如何保护你的信息安全", 2),
        ],
    );
}

#[test]
fn blanks_lead_a_heading() {
    headings(
        " 三、共享\n我们不会共享，但以下除外：",
        &[("三、", "共享", 1)],
    );
}

#[test]
fn one_count_has_two_widths() {
    let document = parse(
        "?\t推荐\n1.使用时，我们会收集：\n（1）浏览偏好；\n2．我们会把信息结合：\n（1）展示直播；",
    );
    let section = Some(document.outline[0].id.clone());
    assert!(
        document
            .clauses
            .iter()
            .all(|clause| clause.section == section)
    );
}

#[test]
fn what_the_text_does_not_say_is_null() {
    let document = parse("我们制定本《隐私政策》并提醒你：\n一、收集\n我们会收集。");
    assert_eq!(
        (document.effective_date, document.updated_date),
        (None, None)
    );
    assert_eq!(document.title.as_deref(), Some("隐私政策"));
}
