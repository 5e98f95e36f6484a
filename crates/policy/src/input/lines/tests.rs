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
