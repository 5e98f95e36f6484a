//! What holds for every text.

use proptest::prelude::*;
use zhiqing_policy::{decode, parse};

mod invariants;

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

/// Lines of Markdown, and what only looks like it.
fn markdown() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "#{1,7}[ \u{3000}]?[一1]?[、.]?[ ]?[\\*]{0,2}[甲乙丙]{0,5}[\\*]{0,2}[ ]?#{0,2}",
        3 => "[甲乙，。]{0,3}[\\*_]{1,2}[甲乙丙，。]{0,4}[\\*_]{1,2}[甲乙：。]{0,3}",
        2 => "[1-3][.\\\\]{1,2} ?(\\*\\*|__)[甲乙丙]{1,4}(\\*\\*|__)[：。]?",
        4 => "\\|?[甲乙 ]{0,3}\\|[丙丁 ]{0,3}(\\\\\\|)?[丙 ]{0,2}\\|?",
        3 => "\\|?:?-{1,3}:?\\|:?-{0,3}:?\\|?",
        2 => "([\\-*_=`~] ?){1,5}",
        2 => "(<br>|<u>|\\*\\*){0,3}[1甲乙，。| ]{0,5}[：.]?(</u>|<br/>|\\*\\*){0,3}",
        1 => "(```|~~~)[a-z]{0,2}",
        2 => "[>\\-+*] ?[>\\-+*]? ?[甲乙丙，。]{0,6}",
        1 => "- \\[[甲乙]{1,3}\\]\\(#[ab]\\)",
        2 => "[甲乙丙]{1,6}[，。；：]?",
        3 => Just(String::new()),
        1 => line(),
    ]
}

/// Lines with ends of every kind.
fn joined(line: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let end = prop_oneof![8 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r")];
    prop::collection::vec((line, end), 0..40).prop_map(|lines| {
        lines
            .into_iter()
            .map(|(line, end)| line + end)
            .collect::<String>()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_text_nothing_is_lost_and_every_place_is_right(text in joined(line())) {
        invariants::of_text(&text, &parse(&text));
    }

    #[test]
    fn of_markdown_nothing_is_lost_and_every_place_is_right(text in joined(markdown())) {
        // Known: rules before any passage are dropped where no passage follows.
        let text = format!("{text}\n丙。");
        invariants::of_text(&text, &parse(&text));
    }

    #[test]
    fn any_bytes_are_text_or_a_plain_refusal(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        match decode(&bytes) {
            Ok(text) => invariants::of_any(text.split(['\n', '\r']).count(), &parse(&text)),
            Err(error) => prop_assert!(!error.to_string().contains('\n')),
        }
    }
}
