//! What real policies do to their text, one test a quirk, in sentences of our own. The names follow
//! the list of quirks of the five policies that the parser was begun with.

use zhiqing_policy::{Document, decode, parse, to_text};

/// Label, title and level of the headings.
fn outline(text: &str) -> Vec<(String, String, u8)> {
    let document = parse(text);
    let heading = |h: zhiqing_policy::Heading| (h.label, h.title, h.level);
    document.outline.into_iter().map(heading).collect()
}

#[track_caller]
fn headings(text: &str, expected: &[(&str, &str, u8)]) {
    let found = outline(text);
    let found: Vec<(&str, &str, u8)> = found
        .iter()
        .map(|(label, title, level)| (label.as_str(), title.as_str(), *level))
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// First line, last line and text of the clauses.
#[track_caller]
fn clauses(text: &str, expected: &[(u32, u32, &str)]) {
    let document = parse(text);
    let found: Vec<(u32, u32, &str)> = document
        .clauses
        .iter()
        .map(|clause| (clause.line, clause.end_line, clause.text.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

fn head_of(document: &Document, index: usize) -> Option<String> {
    let clause = &document.clauses[index];
    let [start, end] = clause.head?;
    let words = clause.text.chars().skip(start as usize);
    Some(words.take((end - start) as usize).collect())
}

mod local_life {
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
        let document = parse(
            "（一）共享\n1、我们不与他人共享，但以下除外：\n（1）您同意的；\n（2）法律要求的。",
        );
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
}

mod generic_page {
    use super::*;

    #[test]
    fn dates_stand_in_brackets() {
        let document = parse(
            "隐私政策\n\n生效日期: [2026]年[03]月[09]日\n\n最新更新日期: [2026]年[03]月[01]日\n",
        );
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
}

mod richest {
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
}

mod live_shopping {
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
}

mod car_hire {
    use super::*;

    #[test]
    fn blank_lines_and_tabs_are_no_text() {
        let text = "\n\n\n隐私声明\n\n\t\t\t\n\n\t\t\t\t一、收集\n\t\t\t\n\n\t\t\t\t我们会收集。\n\t\t\t\n";
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
}

#[test]
fn every_character_comes_back() {
    for text in [
        "## **一、范围** ##\n---\n| 甲 | 乙 |\n|--|--|\n| 丙 | **丁** |\n\n***\n1\\. 戊",
        "***\n甲",
        "#\n|\n||",
    ] {
        let squeeze = |text: &str| {
            text.chars()
                .filter(|c| !c.is_whitespace())
                .collect::<String>()
        };
        assert_eq!(squeeze(&to_text(&parse(text))), squeeze(text));
    }
}
