use super::*;
use crate::input::lines;

#[track_caller]
fn case(text: &str, expected: &[(Range<usize>, &[&str], usize)]) {
    let lines = lines::split(text);
    let found = find(&lines, &vec![false; lines.len()]);
    let found: Vec<_> = found
        .iter()
        .map(|span| {
            let header: Vec<&str> = span.header.iter().map(String::as_str).collect();
            (span.lines.clone(), header, span.rows.len())
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(lines, header, rows)| (lines.clone(), header.to_vec(), *rows))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn rows_of_one_cell_a_line_are_a_table() {
    let text = "名称\n用途\n影响\n\n\n相机\n扫码\n无法扫码\n\n下一段。";
    case(text, &[(0..6, &["名称", "用途", "影响"], 1)]);
    let text = "名称\n用途\n怎样拒绝，会怎样\n\n相机\n扫码\n无法扫码";
    case(text, &[(0..6, &["名称", "用途", "怎样拒绝，会怎样"], 1)]);
    let text = "名称\n用途\n\n相机\n1、扫码；\n\t\t2、拍照；\n\n相册\n头像";
    case(text, &[(0..7, &["名称", "用途"], 2)]);
}

#[test]
fn rows_of_pairs_are_a_table() {
    let gap = "\u{a0}".repeat(5);
    let text = format!("权限：相机{gap}用途：扫码\n\n权限：相册{gap}用途：头像");
    case(&text, &[(0..2, &["权限", "用途"], 2)]);
}

#[test]
fn rows_of_columns_are_a_table() {
    let text = "权限\t用途\t影响\n相机\t扫码\t无法扫码\n相册\t换头像，选图片\t无法换头像\n正文。";
    case(text, &[(0..3, &["权限", "用途", "影响"], 2)]);
    case("甲方    乙方\n某某    某某", &[]);
    case("甲方\t乙方\n某某\t某某\n某某\t某某", &[]);
    let text = "收集目的\t需要开启的权限\n扫码\t相机\n换头像，选图片\t相册（仅某系统）\n正文。";
    case(text, &[(0..3, &["收集目的", "需要开启的权限"], 2)]);
    case("收集目的\t需要开启的权限\n扫码\t相机\n正文。", &[]);
    case("收集目的    公司名称\n扫码\n相机", &[]);
    case(
        "序号\t权限名称\n1\t相机\n2\t位置\n\n公司名称\t联系地址\n甲\t一号\n乙\t二号",
        &[
            (0..3, &["序号", "权限名称"], 2),
            (3..6, &["公司名称", "联系地址"], 2),
        ],
    );
}

#[test]
fn paragraphs_are_none() {
    case("某某公司\n某年某月\n\n第一行。\n第二行。", &[]);
    case("甲，\n乙。\n\n丙，\n丁。", &[]);
    case("甲，子\n乙，丑\n丙\n\n丁\n戊\n己", &[]);
    case("名称\n用途\n影响\n\n相机\n扫码", &[]);
    case("", &[]);
}

#[test]
fn no_piece_is_empty() {
    let gap = "\u{3000}".repeat(3);
    let text = format!("{gap}甲{gap}乙");
    let found: Vec<&str> = pieces(&text)
        .into_iter()
        .map(|piece| &text[piece])
        .collect();
    assert_eq!(found, ["甲", "乙"]);
}

#[test]
fn a_cell_goes_on_below_and_one_between_tabs_may_be_empty() {
    let head = "SDK名称\t用途\t信息类型";
    case(
        &format!("{head}\n甲\t推送\t型号、\n版本\n乙\t统计\t版本（含\n语言）\n正文。"),
        &[(0..5, &["SDK名称", "用途", "信息类型"], 2)],
    );
    case(
        &format!("{head}\n甲\t推送\t型号\n乙\t\t版本\n丙\t地图\n正文。"),
        &[(0..4, &["SDK名称", "用途", "信息类型"], 3)],
    );
    case(
        &format!("{head}\n甲\t推送\t型号、\n\n版本。\n正文。"),
        &[(0..2, &["SDK名称", "用途", "信息类型"], 1)],
    );
}
