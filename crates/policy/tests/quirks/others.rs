//! Quirks of further policies, of many companies.

use super::{clauses, headings, outline};
use zhiqing_policy::{parse, to_text};

const STATES: &str = "我们收集您填写的昵称，用于展示。";

#[test]
fn a_text_file_shown_by_a_page_is_read_as_that_file() {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>a.md</title></head>\n<body><pre>## 某某隐私政策\n\n**一、** **范围**\n{STATES}\n\n### 二、A &amp; B\n{STATES}\n</pre></body></html>"
    );
    let found = parse(&page);
    let lines: Vec<_> = found.outline.iter().map(|h| h.line).collect();
    assert_eq!(found.title.as_deref(), Some("某某隐私政策"));
    assert_eq!(lines, [3, 5, 8]);
    headings(
        &page,
        &[
            ("", "某某隐私政策", 0),
            ("一、", "范围", 1),
            ("二、", "A & B", 1),
        ],
    );
}

#[test]
fn an_address_may_stand_above_the_title() {
    let address =
        "https://privacy.example.com/policies/a-long-address/of-a-page/with-a-name/index.html";
    let found = parse(&format!("{address}\n\n某某隐私政策\n\n{STATES}"));
    assert_eq!(found.title.as_deref(), Some("某某隐私政策"));
}

#[test]
fn an_emphasised_head_counts_on_from_headings() {
    let text = format!("一、服务\n（一）论坛\n{STATES}\n**（二）邮件**。{STATES}\n{STATES}");
    let found = parse(&text);
    let outer = &found.outline[0].id;
    let last = found
        .clauses
        .last()
        .and_then(|clause| clause.section.as_ref());
    assert_eq!(last, Some(outer));
}

#[test]
fn an_appendix_has_a_number() {
    let text = format!("一、范围\n{STATES}\n附一、清单\n{STATES}");
    headings(&text, &[("一、", "范围", 1), ("附一、", "清单", 1)]);
}

#[test]
fn tags_alone_on_a_line_of_markdown_are_markup() {
    let text = format!("# 某某隐私政策\n\n<div class=\"a\">\n\n{STATES}\n\n<br/>\n");
    clauses(&text, &[(5, 5, STATES)]);
    let printed = to_text(&parse(&text));
    assert!(printed.contains("<div class=\"a\">") && printed.contains("<br/>"));
}

#[test]
fn names_in_brackets_head_what_follows_them() {
    let text = format!(
        "一、清单\n公司：某某\n【甲SDK（内含分享，登录）】\n用途：登录。\n【乙SDK】\n用途：推送。\n{STATES}"
    );
    let titles: Vec<_> = outline(&text)
        .into_iter()
        .map(|(_, title, _)| title)
        .collect();
    assert_eq!(titles, ["清单", "【甲SDK（内含分享，登录）】", "【乙SDK】"]);
}

#[test]
fn tags_around_a_line_of_markdown_are_signs_beside_it() {
    let text = format!(
        "### 一、权限\n<br>1.1 相机\n<br>{STATES}\n<br>**1.2 位置**\n<br>**<u>{STATES}</u>**\n<u>2. {STATES}</u>\n<u>我们，收集型号。</u>\n<u>我们，收集语言。</u>\n"
    );
    headings(
        &text,
        &[("一、", "权限", 1), ("1.1", "相机", 2), ("1.2", "位置", 2)],
    );
    clauses(
        &text,
        &[
            (3, 3, STATES),
            (5, 5, STATES),
            (6, 6, &format!("2. {STATES}")),
            (7, 7, "我们，收集型号。"),
            (8, 8, "我们，收集语言。"),
        ],
    );
    let document = parse(&text);
    assert_eq!(document.clauses[1].emphasis, [[0, 16]]);
    assert!(to_text(&document).contains(&format!("<br>**<u>{STATES}</u>**")));
}

#[test]
fn lines_of_a_list_are_not_one_sentence() {
    let items = ["相机（扫码，拍照）", "位置（地图，天气）"];
    let apart = [(2, 2, items[0]), (3, 3, items[1])];
    let [first, second] = items;
    let page = format!("<p>权限：</p>\n<ul><li>{first}</li>\n<li>{second}</li></ul>");
    clauses(&page, &[&[(1, 1, "权限：")], &apart[..]].concat());
    clauses(
        "<p>我们重视隐私。</p><ul><li>儿童指小孩。不满14</li><li>周岁的，都是儿童。</li></ul>",
        &[
            (1, 1, "我们重视隐私。"),
            (1, 1, "儿童指小孩。不满14周岁的，都是儿童。"),
        ],
    );
    let text = format!("权限：\n{first}\n{second}");
    clauses(&text, &[&[(1, 1, "权限：")], &apart[..]].concat());
    clauses(
        "我们承诺：\n敏感的信息，另外加密\n其他的信息，也会加密\n",
        &[
            (1, 1, "我们承诺："),
            (2, 2, "敏感的信息，另外加密"),
            (3, 3, "其他的信息，也会加密"),
        ],
    );
    clauses(
        "敏感的信息，我们会另外\n加密，其他的信息，我们也\n会加密，请您放心。\n",
        &[(
            1,
            3,
            "敏感的信息，我们会另外加密，其他的信息，我们也会加密，请您放心。",
        )],
    );
}

#[test]
fn code_is_told_apart_by_its_fences() {
    let text =
        format!("# 某某隐私政策\n\n```yaml\n# 日期\n版本，其一\n其二，其三。\n```\n\n{STATES}\n");
    headings(&text, &[("", "某某隐私政策", 0)]);
    clauses(
        &text,
        &[
            (4, 4, "# 日期"),
            (5, 5, "版本，其一"),
            (6, 6, "其二，其三。"),
            (9, 9, STATES),
        ],
    );
}

#[test]
fn the_front_matter_names_a_policy_that_has_no_title() {
    let text = |title: &str| format!("---\ntitle: {title}\n---\n\n## 一、范围\n\n{STATES}\n");
    let title = |text: String| parse(&text).title;
    assert_eq!(
        title(text("\"某某隐私政策\"")).as_deref(),
        Some("某某隐私政策")
    );
    assert_eq!(title(text("某某的主页")), None);
    let own = text("隐私政策").replace("## 一、", "# 某某应用隐私声明\n\n## 一、");
    assert_eq!(title(own).as_deref(), Some("某某应用隐私声明"));
}

#[test]
fn emphasised_words_before_a_colon_are_a_heading() {
    let page = |colon: &str| {
        format!(
            "<h2>一、变更</h2><p>{STATES}</p><p><strong>通知的方式</strong>{colon}</p><ul><li>{STATES}</li></ul>"
        )
    };
    for colon in ["", "：", ":"] {
        assert_eq!(outline(&page(colon)).len(), 2, "{colon}");
    }
    assert_eq!(outline(&page("：弹窗")).len(), 1);
    let leads = page("：").replace("通知的方式", "需要说明的是");
    assert_eq!(outline(&leads).len(), 1);
}
