use super::*;

#[test]
fn lines_keep_their_numbers_whatever_ends_them() {
    let found: Vec<_> = split("甲\r\n\r\n\u{a0}乙 \r丙\n\u{feff}\n丁")
        .iter()
        .map(|l| (l.number, l.text.to_string(), l.column, l.gap))
        .collect();
    assert_eq!(
        found,
        [
            (1, "甲".to_owned(), 1, true),
            (3, "乙".to_owned(), 2, true),
            (4, "丙".to_owned(), 1, false),
            (6, "丁".to_owned(), 1, true),
        ]
    );
}

#[track_caller]
fn case(text: &str, words: &str, rest: &str, signs: [&str; 3], hint: Hint, bold: bool) {
    let lines = split(text);
    let line = &lines[0];
    assert_eq!(
        (line.words(), line.rest(), line.signs()),
        (words, rest, signs),
        "{text}"
    );
    assert_eq!((line.hint, line.bold), (hint, bold), "{text}");
}

#[test]
fn signs_of_markdown_are_told_from_the_words() {
    case(
        "一、范围",
        "一、范围",
        "范围",
        ["", "", ""],
        Hint::None,
        false,
    );
    case(
        "## 一、范围 ##",
        "一、范围",
        "范围",
        ["## ", "", " ##"],
        Hint::Heading(2),
        false,
    );
    case(
        "### **1. 范围**",
        "1. 范围",
        "范围",
        ["### **", " ", "**"],
        Hint::Heading(3),
        true,
    );
    case(
        "**范围**",
        "范围",
        "范围",
        ["**", "", "**"],
        Hint::None,
        true,
    );
    case(
        "1. **范围**",
        "1. **范围**",
        "范围",
        ["", " **", "**"],
        Hint::None,
        true,
    );
    case(
        "**甲**和**乙**",
        "**甲**和**乙**",
        "**甲**和**乙**",
        ["", "", ""],
        Hint::None,
        false,
    );
    case(
        "**1.** **范围**",
        "1.** **范围",
        "范围",
        ["**", "** **", "**"],
        Hint::None,
        true,
    );
    case("#话题", "#话题", "#话题", ["", "", ""], Hint::None, false);
    case("##", "##", "##", ["", "", ""], Hint::None, false);
    case("****", "****", "****", ["", "", ""], Hint::None, false);
}

#[test]
fn lines_below_words_make_headings() {
    let hints = |text: &str| split(text).iter().map(|line| line.hint).collect::<Vec<_>>();
    assert_eq!(
        hints("甲\n===\n\n乙\n----"),
        [Hint::Heading(1), Hint::None, Hint::Heading(2), Hint::None]
    );
    assert_eq!(hints("甲\n\n---\n---"), [Hint::None; 3]);
    assert_eq!(hints("甲|乙\n---"), [Hint::None; 2]);
    assert_eq!(hints("\n甲：乙\n---\n丙\n丁\n---"), [Hint::None; 5]);
}

#[test]
fn signs_without_a_blank_head_where_others_have_one() {
    #[track_caller]
    fn case(line: &str, expected: Hint) {
        let text = format!("# 甲\n\n## 乙\n\n正文。\n\n{line}\n\n正文。");
        let found = split(&text);
        assert_eq!(found[3].hint, expected, "{line}");
        let words = line.trim_start_matches('#');
        assert_eq!(found[3].words() == words, expected != Hint::None, "{line}");
        // Nothing else in the text has such signs.
        let text = format!("# 甲\n\n正文。\n\n{line}\n\n正文。");
        assert_eq!(split(&text)[2].hint, Hint::None, "{line}");
    }
    case("##用语", Hint::Heading(2));
    case("###标签和 Cookie", Hint::Heading(3));
    case("#别的网站", Hint::Heading(1));
    case("##用语，和别的话", Hint::None);
    case("##用语\n正文", Hint::None);
    case("#话题#", Hint::None);
    case("#甲 #乙", Hint::None);
    case("#1", Hint::None);
    case("#######用语", Hint::None);
    case("    #用语", Hint::None);
    let text = "# 甲\n\n## 乙\n\n##1.2 用语";
    assert!(split(text)[2].label.is_some());
}

#[test]
fn rules_are_rows_of_one_sign() {
    for (text, rule) in [
        ("---", true),
        ("* * *", true),
        ("=====", true),
        ("```", true),
        ("--", false),
        ("- 甲", false),
        ("<hr/>", true),
        ("</div> <br class=a>", true),
        ("<b>甲</b>", false),
        ("<https://example.com>", false),
        ("<3", false),
    ] {
        assert_eq!(split(text)[0].is_rule(), rule, "{text}");
    }
}
