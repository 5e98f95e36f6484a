use super::*;
use crate::input::lines;

/// Headings are the lines without 。
#[track_caller]
fn case(text: &str, levels: &[u8]) {
    use crate::structure::outline::{Outline, Sign};
    let lines = lines::split(text);
    let heads: Vec<usize> = (0..lines.len())
        .filter(|&index| !lines[index].text.contains('。'))
        .collect();
    let ranks = of(&lines, &heads);
    let signs: Vec<Sign> = heads
        .iter()
        .zip(&ranks)
        .map(|(&index, &rank)| Sign::of(&lines[index], rank))
        .collect();
    let mut outline = Outline::new(signs.iter().copied());
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match heads.iter().position(|head| *head == index) {
            Some(at) => found.push(outline.heading(signs[at], index)),
            None => {
                outline.section(line.label, false);
            }
        }
    }
    assert_eq!(found, levels, "{text}");
}

#[test]
fn what_stands_directly_above_another_heads_it() {
    case("寄件\n填单\n文。\n取件\n文。\n查询\n文。", &[1, 2, 2, 1]);
    case(
        "寄件\n填写运单\n文。\n打印运单\n文。\n撕下运单\n文。\n查询\n文。",
        &[1, 2, 2, 2, 1],
    );
    case("寄件\n填单\n文。\n签收\n验货\n文。", &[1, 2, 1, 2]);
    case("寄件\n同城\n填单\n文。", &[1, 2, 3]);
    case("寄件\n同城\n填单\n取件\n文。", &[1, 1, 1, 1]);
    case(
        "运单\n填写运单\n文。\n打印运单\n文。\n撕下运单\n文。",
        &[1, 2, 2, 2],
    );
    case("寄件\n文。\n填单\n文。", &[1, 1]);
    case("一、寄件\n填单\n文。\n取件\n文。", &[1, 2, 2]);
}

#[test]
fn parts_of_a_policy_stand_above_what_is_between_them() {
    case(
        "我们如何收集您的信息\n寄件\n文。\n签收\n文。\n理赔\n文。\n我们如何共享、转让信息\n共享\n文。\n转让\n文。\n联系我们\n文。",
        &[1, 2, 2, 2, 1, 2, 2, 1],
    );
    // Where none stands directly above a section, nothing tells.
    case(
        "我们如何收集您的信息\n文。\n寄件\n文。\n联系我们\n文。",
        &[1, 1, 1],
    );
    case(
        "信息的共享、转让\n信息的共享\n文。\n信息的转让\n文。\n联系我们\n文。",
        &[1, 2, 2, 1],
    );
}

#[test]
fn parts_behind_a_count_stand_beside_it() {
    case("1. 定位\n文。\n2. 相机\n文。\n联系我们\n文。", &[1, 1, 1]);
    case(
        "1. 定位\n文。\n2. 相机\n文。\n脚本\n文。\n其他\n文。",
        &[1, 1, 1, 1],
    );
    case(
        "一、寄件\n文。\n二、签收\n文。\n附录：用语\n文。\n结语\n文。",
        &[1, 1, 1, 1],
    );
    case("1. 定位\n文。\n2. 相机\n文。\n拍照\n文。", &[1, 1, 2]);
    case(
        "1. 定位\n文。\n2. 相机\n文。\n拍照\n文。\n附录\n文。",
        &[1, 1, 2, 1],
    );
    case("1. 定位\n文。\n联系我们\n文。\n2. 相机\n文。", &[1, 2, 1]);
    case("1. 定位\n文。\n2. 投诉\n联系我们\n文。", &[1, 1, 2]);
    case(
        "1. 定位\n文。\n2. 相机\n文。\n我们如何共享信息\n1. 快递员\n文。",
        &[1, 1, 1, 2],
    );
}

#[test]
fn the_title_of_a_further_text_heads_it() {
    case(
        "一、定位\n文。\n二、相机\n文。\n\n甲乙服务协议\n\n概要\n文。\n一、寄件\n文。",
        &[1, 1, 1, 2, 2],
    );
    case(
        "一、定位\n文。\n相机\n文。\n\n甲乙服务协议\n文。\n二、寄件\n文。",
        &[1, 2, 2, 1],
    );
    case(
        "一、定位\n文。\n二、相机\n文。\n\n甲乙隐私政策\n\n概要\n文。\n一、寄件时我们记下地址。\n二、收件时也是。\n三、保管\n文。",
        &[1, 1, 1, 2, 2],
    );
    case(
        "一、定位\n文。\n二、相机\n文。\n\n甲乙隐私政策\n\n概要\n文。\n二、收件时也记下地址。\n三、保管\n文。",
        &[1, 1, 2, 3, 1],
    );
    case(
        "定位\n文。\n相机\n文。\n\n隐私政策\n文。\n寄件\n文。",
        &[1, 1, 1, 1],
    );
}

#[test]
fn words_behind_a_count_stand_beside_it_though_an_annex_follows() {
    case(
        "一、寄件\n文。\n二、派送\n（一）改签\n文。\n定义\n文。\n附件一：清单\n文。",
        &[1, 1, 2, 1, 1],
    );
}

#[test]
fn what_a_part_announces_is_inside_it() {
    for lead in ["信息不多。它们包括：", "这些信息用于以下用途。"] {
        case(
            &format!(
                "我们收集的信息\n{lead}\n您寄件时填写的内容\n文。\n· 定位\n文。\n快递员交来的内容\n文。\n我们如何使用信息\n文。"
            ),
            &[1, 2, 3, 2, 1],
        );
    }
    case(
        "我们收集的信息\n这些信息很少。\n您寄件时填写的内容\n文。\n我们如何使用信息\n文。",
        &[1, 1, 1],
    );
    case(
        "我们收集的信息\n信息不多。它们包括：\n您寄件时填写的内容\n文。\n快递员交来的内容\n文。",
        &[1, 1, 1],
    );
}

#[test]
fn words_alone_around_numbers_in_brackets_keep_their_ranks() {
    case(
        "我们是谁\n正文。\n收集哪些信息\n（1）注册\n正文。\n（2）购买\n正文。\n如何保存\n正文。\n\
         是否收集学生资料\n家长须知\n正文。\n老师须知\n正文。\n如何保护您的信息\n正文。",
        &[1, 1, 2, 2, 1, 1, 2, 2, 1],
    );
}

#[test]
fn a_date_right_below_a_name_tells_a_further_text() {
    let text = |below: &str| {
        format!(
            "一、寄件\n文。\n二、取件\n文。\n\n寄件与取件规则\n{below}一、填单\n文。\n二、签收\n文。"
        )
    };
    case(&text("生效日期：2026年3月1日。\n"), &[1, 1, 1, 2, 2]);
    case(&text("文。\n"), &[1, 1, 2, 3, 3]);
}
