use super::*;
use crate::input::lines;
use crate::structure::numbering;

fn sign(line: &Line<'_>) -> Sign {
    Sign::of(line, Rank::default())
}

#[track_caller]
fn case(headings: &[&str], levels: &[u8]) {
    let text = headings.join("\n");
    let lines = lines::split(&text);
    let mut outline = Outline::new(lines.iter().map(sign));
    let found: Vec<u8> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| outline.heading(sign(line), index))
        .collect();
    assert_eq!(found, levels, "{headings:?}");
}

#[test]
fn levels_follow_style_and_count() {
    case(
        &["一、甲", "（一）乙", "1. 丙", "（二）丁", "二、戊"],
        &[1, 2, 3, 2, 1],
    );
    case(
        &["第一部分 甲", "第二部分 乙", "一、丙", "二、丁"],
        &[1, 1, 2, 2],
    );
    case(
        &["提示", "一、甲", "（一）乙", "二、丙", "附件一：丁"],
        &[1, 1, 2, 1, 1],
    );
    case(&["提示", "一、甲", "说明", "（一）乙"], &[1, 1, 2, 3]);
    case(&["一、甲", "（一）乙", "（1）丙", "3.丁"], &[1, 2, 3, 3]);
    case(
        &["信息收集", "1. 甲", "2. 乙", "信息共享", "1. 丙"],
        &[1, 2, 2, 1, 2],
    );
    case(&["1. 甲", "1.1 乙", "1.2 丙", "2. 丁"], &[1, 2, 2, 1]);
    case(
        &[
            "1. 甲",
            "1.1 乙",
            "1.1.1 丙",
            "1.1.2 丁",
            "1.2 戊",
            "2. 己",
            "2.1 庚",
        ],
        &[1, 2, 3, 3, 2, 1, 2],
    );
}

#[test]
fn markup_tells_levels_where_it_differs() {
    case(&["# 甲", "## 乙", "## 丙", "# 丁"], &[1, 2, 2, 1]);
    case(
        &["## 一、甲", "### （一）乙", "### （二）丙", "## 二、丁"],
        &[1, 2, 2, 1],
    );
    case(
        &["## 前言", "## 一、甲", "### 说明", "## 二、乙"],
        &[1, 1, 2, 1],
    );
    case(
        &["# 1. 甲", "## 1. 乙", "## 2. 丙", "# 2. 丁"],
        &[1, 2, 2, 1],
    );
}

#[test]
fn a_count_goes_on_around_a_coarser_one() {
    case(
        &["1、甲", "（一）乙", "（二）丙", "2、丁", "3、戊"],
        &[1, 2, 2, 1, 1],
    );
    case(
        &[
            "• 甲",
            "（一）乙",
            "（二）丙",
            "• 丁",
            "（四）戊",
            "7. 己",
            "• 庚",
        ],
        &[1, 2, 2, 1, 2, 3, 1],
    );
    case(
        &["1、甲", "一、乙", "1、丙", "2、丁", "二、戊"],
        &[1, 1, 2, 2, 1],
    );
}

#[test]
fn what_has_no_markup_ends_where_markup_begins() {
    case(
        &[
            "【提示】",
            "## 一、甲",
            "1、乙",
            "## 附一、丙",
            "说明",
            "## 丁",
        ],
        &[1, 1, 2, 1, 2, 1],
    );
    case(&["一、甲", "## （一）乙", "## （二）丙"], &[1, 2, 2]);
}

#[test]
fn numbers_below_markup_count_inside_it() {
    case(
        &["## 甲", "### 乙", "1. 丙", "2. 丁", "### 戊", "## 己"],
        &[1, 2, 3, 3, 2, 1],
    );
}

#[test]
fn numbers_tell_levels_where_markup_is_all_the_same() {
    case(
        &["## 一、甲", "## （一）乙", "## （二）丙", "## 二、丁"],
        &[1, 2, 2, 1],
    );
    case(
        &["## 1. 甲", "## 1.1 乙", "## 1.2 丙", "## 2. 丁"],
        &[1, 2, 2, 1],
    );
}

#[test]
fn a_count_inside_a_count_returns_to_the_outer_one() {
    case(
        &["一、甲", "（一）乙", "（二）丙", "2. 丁", "（三）戊"],
        &[1, 2, 2, 3, 2],
    );
}

#[test]
fn counts_that_never_count_on_do_not_sink() {
    case(
        &[
            "1.甲",
            "（1）乙",
            "1.丙",
            "（1）丁",
            "1.戊",
            "（1）己",
            "1.庚",
            "（1）辛",
        ],
        &[1, 2, 3, 4, 3, 4, 3, 4],
    );
}

#[test]
fn a_clause_that_counts_on_from_a_heading_leaves_its_section() {
    let mut outline = Outline::default();
    let text = "一、甲\n1、乙";
    for (index, line) in lines::split(text).iter().enumerate() {
        outline.heading(sign(line), index);
    }
    assert_eq!(outline.section(None, false), Some(1));
    assert_eq!(
        outline.section(numbering::read("2、您可以联系我们。"), false),
        Some(0)
    );
    assert_eq!(
        outline.section(numbering::read("3、您可以投诉。"), false),
        Some(0)
    );
}

#[test]
fn a_clause_keeps_the_place_of_its_number() {
    let text = "1. 甲\n1.1 乙\n2. 丙\n2.1.1 丁\n2.1.2 戊\n2.2 己\n3. 庚";
    let lines = lines::split(text);
    let mut outline = Outline::new(lines.iter().map(sign));
    let mut levels = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index == 3 {
            let clause = numbering::read("2.1 您须提供如下信息：");
            assert_eq!(outline.section(clause, true), Some(2));
        }
        levels.push(outline.heading(sign(line), index));
        assert_eq!(outline.section(None, false), Some(index));
    }
    assert_eq!(levels, [1, 2, 1, 3, 3, 2, 1]);
}

#[test]
fn words_that_end_in_a_colon_stand_inside_what_leads_to_them() {
    case(&["甲", "乙：", "丙："], &[1, 2, 2]);
    case(&["甲", "乙：", "丙", "丁："], &[1, 2, 1, 2]);
    case(&["提示：", "甲", "乙"], &[1, 1, 1]);
    // With text between they are as likely of one rank.
    let lines = lines::split("**甲**\n**乙：**\n丙：");
    let mut outline = Outline::new(lines.iter().map(sign));
    let mut levels = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        levels.push(outline.heading(sign(line), index));
        outline.section(None, false);
    }
    assert_eq!(levels, [1, 1, 1]);
}

#[test]
fn a_count_that_outlives_the_one_it_begins_in_stands_outside() {
    case(
        &[
            "一、甲",
            "1、乙",
            "（一）丙",
            "2、丁",
            "3、戊",
            "（二）己",
            "（三）庚",
        ],
        &[1, 2, 2, 3, 3, 2, 2],
    );
    // Each has its own, or they are numbered through.
    case(
        &[
            "一、甲",
            "1、乙",
            "（一）丙",
            "（二）丁",
            "2、戊",
            "（一）己",
        ],
        &[1, 2, 3, 3, 2, 3],
    );
    case(
        &["一、甲", "1、乙", "（一）丙", "2、丁", "二、戊"],
        &[1, 2, 3, 2, 1],
    );
}

#[test]
fn what_no_markup_tells_stands_inside_what_it_does() {
    case(
        &["## 甲", "### 乙", "丙", "丁：", "### 戊", "己", "## 庚"],
        &[1, 2, 3, 4, 2, 3, 1],
    );
    // A title or two tell nothing of sections.
    case(&["## 甲", "丙", "丁"], &[1, 1, 1]);
}

#[test]
fn what_stands_above_the_title_heads_nothing_below() {
    let lines = lines::split("# 甲\n### 一、乙");
    let mut outline = Outline::new(lines.iter().map(sign));
    assert_eq!(outline.heading(sign(&lines[0]), 0), 1);
    outline.title(1);
    assert_eq!(outline.heading(sign(&lines[1]), 2), 1);
}

#[test]
fn numbers_in_brackets_stand_inside_words_alone() {
    case(
        &[
            "我们是谁",
            "收集哪些信息",
            "（1）注册",
            "（2）购买",
            "如何保存",
            "联系",
        ],
        &[1, 1, 2, 2, 1, 1],
    );
    // Without words before them they are the sections, and so are coarser ones.
    case(&["（1）注册", "（2）购买", "联系"], &[1, 1, 2]);
    case(&["提示", "一、注册", "二、购买"], &[1, 1, 1]);
}
