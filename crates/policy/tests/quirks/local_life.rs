//! What the text of one policy does, see `main.rs`.

use super::*;

#[test]
fn residue_of_a_word_processor_is_kept_as_text() {
    clauses(
        "[bookmark: _X1]本应用适用本政策。",
        &[(1, 1, "[bookmark: _X1]本应用适用本政策。")],
    );
}

#[test]
fn backslashes_separate_words() {
    headings(
        "一、产品\\服务的改进\n我们会改进产品\\服务。",
        &[("一、", "产品\\服务的改进", 1)],
    );
    let document = parse("预订\\下单：您预订时，需要填写姓名。");
    assert_eq!(head_of(&document, 0).as_deref(), Some("预订\\下单"));
}

#[test]
fn a_sentence_broken_over_two_lines_is_one_clause() {
    clauses(
        "【提示】请您先阅读《隐私政策》\n（要点已经加粗）再作选择。使用即表示理解。",
        &[(
            1,
            2,
            "【提示】请您先阅读《隐私政策》（要点已经加粗）再作选择。使用即表示理解。",
        )],
    );
}

#[test]
fn a_no_break_space_follows_a_number() {
    headings("4.\u{a0}其他\n我们会另行告知您。", &[("4.", "其他", 1)]);
}

#[test]
fn a_count_nested_in_a_count_returns_to_its_parents() {
    headings(
        "一、收集\n（一）注册\n说明。\n（二）服务\n1. 您给的\n说明。\n2. 我们得到的\n说明。\n\
         （一）日志。我们记下访问时间。\n（二）位置。我们读取位置。\n（三）改进\n说明。",
        &[
            ("一、", "收集", 1),
            ("（一）", "注册", 2),
            ("（二）", "服务", 2),
            ("1.", "您给的", 3),
            ("2.", "我们得到的", 3),
            ("（三）", "改进", 2),
        ],
    );
}

#[test]
fn a_number_without_a_second_is_a_number() {
    let document =
        parse("（一）共享\n1、我们不与他人共享，但以下除外：\n（1）您同意的；\n（2）法律要求的。");
    assert_eq!(document.outline.len(), 1);
    assert_eq!(document.clauses.len(), 3);
    assert!(
        document
            .clauses
            .iter()
            .all(|clause| clause.section == Some(document.outline[0].id.clone()))
    );
}

#[test]
fn half_width_brackets_number_as_well() {
    headings(
        "五、管理\n(一)您有权查询、更正您的信息，法律另有规定的除外。\n(二)撤回授权\n您可以撤回。",
        &[("五、", "管理", 1), ("(二)", "撤回授权", 2)],
    );
    clauses(
        "(1)我们统计访问量。\n(2)我们识别用户。",
        &[(1, 1, "(1)我们统计访问量。"), (2, 2, "(2)我们识别用户。")],
    );
}

#[test]
fn unnumbered_items_open_with_what_they_are_about() {
    let document = parse(
        "伙伴包括：\n供应商\\服务商。为了履约，我们会提供订单。\n商家。我们必须提供订单。\n法律有规定的；\n您主动发起的。",
    );
    let heads: Vec<Option<String>> = (0..5).map(|index| head_of(&document, index)).collect();
    let heads: Vec<Option<&str>> = heads.iter().map(Option::as_deref).collect();
    assert_eq!(
        heads,
        [None, Some("供应商\\服务商"), Some("商家"), None, None]
    );
    assert!(document.outline.is_empty());
}

#[test]
fn a_label_before_a_dash_is_a_head() {
    let document = parse("账户资料——您可以在设置里查询和更正。");
    assert_eq!(head_of(&document, 0).as_deref(), Some("账户资料"));
}
