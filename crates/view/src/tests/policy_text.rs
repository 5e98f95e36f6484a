//! `[data-zq-document]` holds the policy and only its characters, every one of them in order.

use super::hostile_text::hostile;
use super::markup::content;
use super::sample::{document, notice};
use crate::{Texts, policy};
use proptest::collection::vec;
use proptest::prelude::*;
use zhiqing_policy::{
    Category, Clause, ContentsLine, Document, Heading, Kind, Table, Term, to_text,
};

/// The article and nothing around it.
#[track_caller]
fn article(html: &str) -> &str {
    let (_, inside) = html.split_once("data-zq-document>").expect("the document");
    inside.split_once("</article>").expect("its end").0
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is shown of a document: all its characters but Markdown's signs.
fn shown(document: &Document) -> String {
    let mut document = document.clone();
    document.outline.iter_mut().for_each(|h| h.markup = None);
    document.contents.iter_mut().for_each(|l| l.markup = None);
    document.clauses.iter_mut().for_each(|c| c.markup = None);
    bare(&to_text(&document).replace('\0', "\u{fffd}"))
}

fn headings() -> impl Strategy<Value = Heading> {
    (0..6u8, hostile(), hostile(), hostile(), 0..20u32).prop_map(
        |(level, id, label, title, line)| Heading {
            id,
            level,
            label,
            title,
            line,
            markup: Some(Box::default()),
            ..Heading::default()
        },
    )
}

/// Mostly a place in a short text, sometimes any number.
fn places() -> impl Strategy<Value = u32> {
    prop_oneof![9 => 0..14u32, 1 => any::<u32>()]
}

fn ranges() -> impl Strategy<Value = [u32; 2]> {
    [places(), places()]
}

/// Texts that a cell may say, and what could be taken for it.
fn cells() -> impl Strategy<Value = String> {
    let known = [
        "",
        "栏",
        "**栏**",
        "名：栏",
        "名：",
        "值",
        "名：值",
        "******",
    ];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => hostile(),
    ]
}

/// Terms, heads and emphasis stand where they say, or anywhere, or overlap: a document may come
/// from anybody's file.
fn clauses() -> impl Strategy<Value = Clause> {
    let spans = vec((places(), 0..6usize, any::<bool>(), any::<bool>()), 0..4);
    let texts = vec(prop_oneof![cells(), Just("**".to_owned())], 1..5);
    let ranges = (prop::option::of(ranges()), vec(ranges(), 0..4));
    let place = (0..20u32, 0..4u32);
    (hostile(), texts, spans, ranges, any::<bool>(), place).prop_map(
        |(id, texts, spans, (head, emphasis), sensitive, (line, column))| {
            let text = texts.concat();
            let term = |(start, length, sensitive, astray): (u32, usize, bool, bool)| Term {
                line,
                start,
                text: match astray {
                    true => "astray".into(),
                    false => text.chars().skip(start as usize).take(length).collect(),
                },
                category: Category::Biometric,
                sensitive,
            };
            let terms = spans.into_iter().map(term).collect();
            let kinds = sensitive.then_some(Kind::Sensitive).into_iter().collect();
            Clause {
                id,
                line,
                column,
                end_line: line,
                text,
                kinds,
                terms,
                head,
                emphasis,
                markup: Some(Box::new(["| ".into(), " |".into()])),
                ..Clause::default()
            }
        },
    )
}

/// Tables of any shape, on clauses that are there or not.
fn tables() -> impl Strategy<Value = Table> {
    let rows = vec(vec(cells(), 0..5), 0..4);
    (ranges(), vec(cells(), 0..6), rows).prop_map(|(clauses, header, rows)| Table {
        header,
        rows,
        clauses,
        ..Table::default()
    })
}

prop_compose! {
    /// Any document, its lines and tables in order or not.
    fn documents()(
        mut outline in vec(headings(), 0..5),
        mut contents in vec((0..20u32, hostile()), 0..3),
        mut clauses in vec(clauses(), 0..14),
        mut tables in vec(tables(), 0..4),
        sorted in prop::bool::weighted(0.8),
    ) -> Document {
        if sorted {
            outline.sort_by_key(|heading| heading.line);
            contents.sort_by_key(|(line, _)| *line);
            clauses.sort_by_key(|clause| (clause.line, clause.column));
            tables.sort_by_key(|table| table.clauses);
        }
        let contents = contents.into_iter().map(|(line, text)| ContentsLine {
            line,
            text,
            markup: Some(Box::new(["- ".into(), "\\".into()])),
            ..ContentsLine::default()
        });
        Document { outline, contents: contents.collect(), clauses, tables, ..Document::default() }
    }
}

proptest! {
    #[test]
    fn every_character_is_there_once_and_in_order(document in documents(), version in hostile()) {
        let html = policy(Texts::of(&notice()), &document, &version);
        content(html.as_str());
        let found = content(article(html.as_str()));
        prop_assert_eq!(bare(&found), shown(&document));
    }

    /// Blanks, too: no element of a clause's may bring any.
    #[test]
    fn whatever_its_ranges_say_a_clause_is_its_text(clause in clauses()) {
        let html = policy_of(clause.clone());
        prop_assert_eq!(content(article(&html)), clause.text.replace('\0', "\u{fffd}"));
    }
}

fn policy_of(clause: Clause) -> String {
    let clauses = vec![clause];
    let document = Document {
        clauses,
        ..Document::default()
    };
    policy(Texts::of(&notice()), &document, "1").into_string()
}

/// A table of `header` and `rows` on clauses of these texts: its elements, ids left out.
#[track_caller]
fn table(header: &[&str], rows: &[&[&str]], clauses: &[&str], expected: &str) {
    let texts = |row: &[&str]| row.iter().map(|&text| text.to_owned()).collect();
    let clause = |&text: &&str| Clause {
        id: "c".into(),
        text: text.into(),
        ..Clause::default()
    };
    let document = Document {
        clauses: clauses.iter().map(clause).collect(),
        tables: vec![Table {
            header: texts(header),
            rows: rows.iter().map(|row| texts(row)).collect(),
            clauses: [0, u32::try_from(clauses.len()).expect("small")],
            ..Table::default()
        }],
        ..Document::default()
    };
    let html = policy(Texts::of(&notice()), &document, "1").into_string();
    assert_eq!(bare(&content(article(&html))), bare(&clauses.concat()));
    assert_eq!(article(&html).replace(" id=\"c\"", ""), expected);
}

#[test]
fn a_cell_takes_its_clause_and_an_empty_cell_none() {
    table(
        &["名称", "用途"],
        &[&["相机", ""], &["相册", "头像"]],
        &["**名称**", "用途", "相机", "相册", "头像"],
        "<div class=\"scroll\" tabindex=\"0\"><table>\
         <tr><th scope=\"col\">**名称**</th><th scope=\"col\">用途</th></tr>\
         <tr><th scope=\"row\" data-name=\"名称\">相机</th><td></td></tr>\
         <tr><th scope=\"row\" data-name=\"名称\">相册</th><td data-name=\"用途\">头像</td></tr>\
         </table></div>",
    );
}

#[test]
fn a_cell_that_spans_others_has_their_place() {
    table(
        &["a", "b", "b", "d"],
        &[
            &["1", "2", "2", "3"],
            &["1", "2", "2", "4"],
            &["1", "5", "5", "5"],
        ],
        &["a", "b", "d", "1", "2", "3", "4", "5"],
        "<div class=\"scroll stack\" tabindex=\"0\"><table>\
         <tr><th scope=\"col\">a</th><th scope=\"col\" colspan=\"2\">b</th>\
         <th scope=\"col\">d</th></tr>\
         <tr><th scope=\"row\" data-name=\"a\" rowspan=\"3\">1</th>\
         <td data-name=\"b\" colspan=\"2\" rowspan=\"2\">2</td><td data-name=\"d\">3</td></tr>\
         <tr><td hidden data-name=\"b\" data-label=\"同上\"></td><td data-name=\"d\">4</td></tr>\
         <tr><td data-name=\"b\" colspan=\"3\">5</td></tr>\
         </table></div>",
    );
}

#[test]
fn cells_that_name_themselves_have_no_row_of_names() {
    table(
        &["权限", "用途"],
        &[&["相机", ""], &["相册", "头像：默认"]],
        &["权限：相机", "用途：", "权限： 相册", "用途：头像：默认"],
        "<div class=\"scroll\" tabindex=\"0\"><table>\
         <tr><th scope=\"row\">权限：相机</th><td>用途：</td></tr>\
         <tr><th scope=\"row\">权限： 相册</th><td>用途：头像：默认</td></tr>\
         </table></div>",
    );
}

#[test]
fn clauses_without_a_cell_are_paragraphs() {
    table(
        &["名称"],
        &[&["相机"], &["相册"]],
        &["名称", "相机", "别的", "相册"],
        "<div class=\"scroll\" tabindex=\"0\"><table>\
         <tr><th scope=\"col\">名称</th></tr>\
         <tr><th scope=\"row\" data-name=\"名称\">相机</th></tr>\
         </table></div><p>别的</p><p>相册</p>",
    );
    table(&[], &[], &["甲", "乙"], "<p>甲</p><p>乙</p>");
    table(&["丙", ""], &[&["丁"]], &["甲"], "<p>甲</p>");
}

#[test]
fn parts_of_a_clause_may_cross_and_stars_are_kept_out_of_sight() {
    let term = |start, text: &str| Term {
        line: 1,
        start,
        text: text.into(),
        category: Category::Biometric,
        sensitive: true,
    };
    let html = policy_of(Clause {
        text: "**人脸：用于**核验指纹**。".into(),
        head: Some([2, 4]),
        emphasis: vec![[2, 7], [11, 12]],
        terms: vec![term(3, "脸：用于**核验"), term(12, "纹")],
        ..Clause::default()
    });
    let sign = "<span class=\"md\" aria-hidden=\"true\">**</span>";
    let expected = [
        "<p id>",
        sign,
        "<span class=\"head\"><b>人</b></span>",
        "<span class=\"head\"><b><mark>脸</mark></b></span>",
        "<b><mark>：用于</mark></b>",
        "<mark>",
        sign,
        "核验</mark><b>指</b><mark>纹</mark>**。</p>",
    ];
    assert_eq!(
        article(&html).replace("</mark><mark>", ""),
        expected.concat()
    );
}

#[test]
fn only_sensitive_terms_are_marked() {
    let html = policy(Texts::of(&notice()), &document(), "1").into_string();
    let marks: Vec<&str> = html
        .split("<mark>")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("</mark>")?.0))
        .collect();
    assert_eq!(marks, ["人脸信息", "银行账户", "人脸信息"]);
}
