//! What holds for every text.

use std::collections::HashSet;

use proptest::prelude::*;
use zhiqing_policy::{Document, Passage, decode, parse, to_text};

fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .collect()
}

/// Lines as policies have them, and lines as nobody has them.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[一二三四五]、[我们如何收集使用信息Cookie]{1,9}[；。]?",
        3 => "[（(][一二三12][）)][甲乙丙丁，。：；]{0,8}",
        3 => "[1-5][.．、)][ \u{a0}]?[甲乙丙丁，。；]{0,8}",
        3 => "[\t\u{3000}\u{a0} ]{0,4}[您我们收集人脸信息位置不满14周岁儿童，、。]{1,20}",
        2 => Just(String::new()),
        2 => "[权限用途影响]{2,4}",
        1 => "[权限用途]{2}：[甲乙]{1,3}[\u{a0} ]{2,5}[功能]{2}：[丙丁]{1,3}",
        1 => "(敏感个人信息|个人敏感信息)[：指]{1,2}(包括)?[甲乙丙、]{1,9}等",
        1 => "(生效|更新)日期：\\[?20[0-9]{2}\\]?年[0-9]{1,2}月[0-9]{1,2}日",
        1 => "[0-9-]{1,14}(个?工作日|天|日)内回复",
        1 => "[a-z.@0-9]{1,12}[#\\-?*•][\t ]?",
        1 => "(某某)?[（(]?[北京]{0,2}[）)]?(科技)?有限公司(（以下简称“我们”）)?",
        1 => "第[一二十百0-9]{0,3}(部分|章|节|条)[ ：]?[总则]{0,2}",
        2 => "\\PC{0,40}",
        1 => any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..40).prop_map(|lines| lines.join("\n"))
}

fn lines_of(document: &Document) -> Vec<u32> {
    document
        .passages()
        .map(|passage| match passage {
            Passage::Heading(heading) => heading.line,
            Passage::Contents(line) => line.line,
            Passage::Clause(clause) => clause.line,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_character_is_lost_and_none_moves(text in text()) {
        let document = parse(&text);
        prop_assert_eq!(squeeze(&to_text(&document)), squeeze(&text));
        prop_assert!(lines_of(&document).is_sorted());
    }

    #[test]
    fn ids_are_unique_and_sections_exist(text in text()) {
        let document = parse(&text);
        let headings: HashSet<&str> = document.outline.iter().map(|h| h.id.as_str()).collect();
        let clauses: HashSet<&str> = document.clauses.iter().map(|c| c.id.as_str()).collect();
        prop_assert_eq!(headings.len(), document.outline.len());
        prop_assert_eq!(clauses.len(), document.clauses.len());
        for clause in &document.clauses {
            prop_assert!(clause.section.as_deref().is_none_or(|id| headings.contains(id)));
            prop_assert!(clause.line <= clause.end_line);
        }
    }

    #[test]
    fn terms_lie_in_their_clause_and_do_not_overlap(text in text()) {
        for clause in &parse(&text).clauses {
            let chars: Vec<char> = clause.text.chars().collect();
            let mut end = 0;
            for term in &clause.terms {
                let start = term.start as usize;
                let length = term.text.chars().count();
                prop_assert!(start >= end);
                prop_assert_eq!(chars[start..start + length].iter().collect::<String>(), term.text.clone());
                prop_assert!((clause.line..=clause.end_line).contains(&term.line));
                end = start + length;
            }
        }
    }

    #[test]
    fn rows_are_as_long_as_their_header(text in text()) {
        for table in &parse(&text).tables {
            prop_assert!(table.rows.iter().all(|row| row.len() == table.header.len()));
        }
    }

    #[test]
    fn an_edit_leaves_the_ids_of_other_clauses(
        paragraphs in prop::collection::hash_set("[甲乙丙丁戊己]{4,12}", 2..12),
        new in "[庚辛壬癸]{1,12}",
    ) {
        let mut paragraphs: Vec<String> = paragraphs.into_iter().map(|p| format!("{p}。")).collect();
        paragraphs.sort();
        let before = parse(&paragraphs.join("\n"));
        let at = paragraphs.len() / 2;
        paragraphs[at] = format!("{new}。");
        let after = parse(&paragraphs.join("\n"));
        prop_assert_eq!(before.clauses.len(), after.clauses.len());
        for (index, (old, new)) in before.clauses.iter().zip(&after.clauses).enumerate() {
            prop_assert_eq!(old.id == new.id, index != at);
        }
    }

    #[test]
    fn any_bytes_are_text_or_a_plain_refusal(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        match decode(&bytes) {
            Ok(text) => { parse(&text); }
            Err(error) => prop_assert!(!error.to_string().contains('\n')),
        }
    }
}
