//! Tables that are tables.

use super::*;

#[track_caller]
fn table(html: &str, expected: &[&[&str]]) {
    let source = read(html);
    let found: Vec<_> = source
        .tables
        .iter()
        .map(|grid| cells(grid, &source.blocks))
        .collect();
    assert_eq!(found, expected, "{html}");
}

#[test]
fn cells_take_their_slots() {
    table(
        "<table><caption>题</caption><thead><tr><td>权限<td>用途</thead><tr><td>相机<td>扫码</table>",
        &[&["0,0! 权限", "0,1! 用途", "1,0 相机", "1,1 扫码"]],
    );
    table(
        "<table><tr><th>甲</th><th colspan=2>乙</th></tr><tr><td rowspan=2>丙</td><td>丁</td><td></td>\
         </tr><tr><td>戊<p>己</p></td><td>庚</td></tr></table>",
        &[&[
            "0,0! 甲",
            "0,1+1+2! 乙",
            "1,0+2+1 丙",
            "1,1 丁",
            "1,2 ",
            "2,1 戊/己",
            "2,2 庚",
        ]],
    );
    // A row group ends what spans rows, and 0 means to its end.
    table(
        "<table><tbody><tr><td rowspan=9>a<td>b<tr><td>c<tbody><tr><td rowspan=0>d<td>e<tr><td>f</table>",
        &[&["0,0+2+1 a", "0,1 b", "1,1 c", "2,0+2+1 d", "2,1 e", "3,1 f"]],
    );
    table(
        "<table><td>a<td>b<tr><td hidden>x<td>c<td>d<tr hidden><td>y<td>z<tr><td>e<td>f</table>g",
        &[&["0,0 a", "0,1 b", "1,0 c", "1,1 d", "2,0 e", "2,1 f"]],
    );
    table(
        "<table><tr><td colspan=1000000 rowspan=1000000>a<td>b<tr><td>c</table>",
        &[&["0,0+2+256 a", "0,255 b", "1,255 c"]],
    );
}

#[test]
fn layout_is_no_table() {
    table("<table><tr><td>甲<tr><td>乙</table>", &[]);
    table("<table><tr><td><h1>甲</h1><p>乙<td>丙</table>", &[]);
    table("<table><tr><td>甲<td></table>", &[]);
    table("<table role=presentation><tr><td>甲<td>乙</table>", &[]);
    let page = format!("<table><tr><td>菜单<td>{}</table>", "<p>段".repeat(21));
    table(&page, &[]);
    table(
        "<table><tr><th><h4>甲</h4><th><h4>乙</h4><tr><td>丙<td>丁</table>",
        &[&["0,0! 甲", "0,1! 乙", "1,0 丙", "1,1 丁"]],
    );
}

#[test]
fn tables_in_tables_belong_to_one() {
    let inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>";
    table(
        &format!("<table><tr><td>{inner}</table>"),
        &[&["0,0 a", "0,1 b", "1,0 c", "1,1 d"]],
    );
    table(
        &format!("<table><tr><td>甲<td>{inner}<tr><td>乙<td>丙</table>丁"),
        &[&["0,0 甲", "0,1 a/b/c/d", "1,0 乙", "1,1 丙"]],
    );
    // A table between the cells of another ends it.
    table(
        &format!("<table><tr><td>甲<td>乙</tr>{inner}"),
        &[&["0,0 甲", "0,1 乙"], &["0,0 a", "0,1 b", "1,0 c", "1,1 d"]],
    );
}

#[test]
fn what_is_hidden_to_the_end_leaves_the_table_around_it_whole() {
    table(
        "<table><td>甲<td>乙<p>丙<table hidden>丁</p><p>戊",
        &[&["0,0 甲", "0,1 乙/丙/戊"]],
    );
    let inner = "<table><td>乙<td>丙</td>";
    table(
        &format!("<table><td>甲<td>{inner}<table hidden>丁</p><p>戊"),
        &[&["0,0 甲", "0,1 乙/丙/戊"]],
    );
}
