//! Changes as tables: one line a row.

use super::*;
use crate::parse;

mod revisions;

const BASE: &str = "某某应用隐私政策
更新日期：2026年10月15日
生效日期：2026年11月1日
一、我们如何收集和使用信息
1、注册登录：当您注册时，我们会收集您的手机号码，用于创建账号。
2、下单：当您下单时，我们会收集您的姓名、收货地址，用于配送商品。
二、我们如何共享信息
1、我们会将您的收货地址提供给快递公司，用于送货。
2、我们接入了云图地图SDK，由云图科技有限公司提供，用于显示地图。
三、信息的保存
1、我们将您的个人信息存储在中国境内的服务器上。
2、订单信息的保存期限为三年，到期后我们会删除。
四、您的权利
1、您可以查阅、复制、更正、删除您的个人信息。
2、您可以注销账号，在“我的—设置”页面办理。
3、我们会在15个工作日内答复您的请求。
五、未成年人
不满14周岁的未成年人须经监护人同意才能使用本应用。
六、Cookie
我们使用Cookie记住您的登录状态。
七、安全
我们采取加密等措施保护您的信息。
八、联系我们
某某科技有限公司运营本应用。
客服电话：400-123-4567，电子邮箱：privacy@mou.example。
";

fn told(old: &str, new: &str) -> Vec<String> {
    let diff = compare(&parse(old), &parse(new));
    let line = |place: &Option<Place>| {
        place
            .as_ref()
            .map_or("-".to_owned(), |place| place.line.to_string())
    };
    diff.changes
        .iter()
        .map(|change| {
            format!(
                "{} {} {} {}→{}",
                change.kind.name(),
                if change.material { "!" } else { "-" },
                change.nature.name(),
                line(&change.before),
                line(&change.after)
            )
        })
        .collect()
}

/// What comes of replacing these words by those.
#[track_caller]
fn case(from: &str, to: &str, expected: &[&str]) {
    assert!(BASE.contains(from), "{from}");
    assert_eq!(
        told(BASE, &BASE.replace(from, to)),
        expected,
        "{from} → {to}"
    );
}

#[test]
fn an_edited_clause_is_one_change_of_its_kind() {
    case(
        "收集您的手机号码，",
        "收集您的手机号码、人脸信息，",
        &["data ! added 5→5"],
    );
    case("姓名、收货地址", "收货地址", &["data - removed 6→6"]);
    case(
        "用于创建账号",
        "用于创建账号和向您推送广告",
        &["purpose ! added 5→5"],
    );
    case(
        "提供给快递公司",
        "提供给快递公司、保险公司",
        &["recipient ! added 8→8"],
    );
    case(
        "云图科技有限公司",
        "远望科技有限公司",
        &["recipient ! changed 9→9"],
    );
    case(
        "中国境内的服务器",
        "新加坡的服务器",
        &["third_country ! added 11→11"],
    );
    case("中国境内", "中国境外", &["third_country ! added 11→11"]);
    case("期限为三年", "期限为五年", &["retention ! longer 12→12"]);
    case("期限为三年", "期限为一年", &["retention - shorter 12→12"]);
    case(
        "查阅、复制、更正",
        "查阅、更正",
        &["rights ! removed 14→14"],
    );
    case("更正、删除", "更正、转移、删除", &["rights - added 14→14"]);
    case(
        "“我的—设置”",
        "“账号—安全中心”",
        &["rights ! changed 15→15"],
    );
    case("15个工作日", "30个工作日", &["rights ! longer 16→16"]);
    case("15个工作日", "7个工作日", &["rights - shorter 16→16"]);
    case("不满14周岁", "不满16周岁", &["minors ! changed 18→18"]);
    case(
        "使用Cookie记住",
        "使用Cookie和网络信标记住",
        &["technology ! added 20→20"],
    );
    case(
        "某某科技有限公司运营",
        "另外科技有限公司运营",
        &["controller ! changed 24→24"],
    );
    case("400-123-4567", "400-123-9999", &["contact ! changed 25→25"]);
    case("privacy@mou", "dpo@mou", &["contact ! changed 25→25"]);
}

#[test]
fn what_only_reads_otherwise_is_wording_or_nothing() {
    case(
        "采取加密等措施",
        "采用加密等手段",
        &["wording - reworded 22→22"],
    );
    case(
        "保护您的信息",
        "保户您的信息",
        &["wording - reworded 22→22"],
    );
    case(
        "手机号码，用于",
        "手机号玛，用于",
        &["wording - reworded 5→5"],
    );
    case("2026年11月1日", "2026年12月1日", &["wording - dated 3→3"]);
    case("，", ", ", &[]);
    case("：", ":", &[]);
    case("个人信息存储在", "个人信息\u{a0} 存储在", &[]);
    case("1、", "（1）", &["wording - renumbered 5→5"]);
    case("当您下单时，我们会收集", "当您下单时，\n我们会收集", &[]);
}

#[test]
fn added_and_removed_clauses_are_one_change_each() {
    case(
        "三、信息",
        "3、我们会将您的订单信息提供给支付机构。\n三、信息",
        &["recipient ! added -→10"],
    );
    case(
        "2、我们接入了云图地图SDK，由云图科技有限公司提供，用于显示地图。\n",
        "",
        &["recipient - removed 9→-"],
    );
    case(
        "二、我们如何共享",
        "3、语音搜索：我们会收集您的声纹信息，用于识别语音。\n二、我们如何共享",
        &["data ! added -→7"],
    );
    case(
        "2、您可以注销账号，在“我的—设置”页面办理。\n",
        "",
        &["rights ! removed 15→-"],
    );
    case(
        "五、未成年人\n不满14周岁的未成年人须经监护人同意才能使用本应用。\n",
        "",
        &["minors ! removed 17→-"],
    );
    case(
        "八、联系",
        "八、向境外提供\n预订境外酒店时，我们会将您的姓名传输至境外的酒店。\n九、联系",
        &["third_country ! added -→23"],
    );
    case(
        "二、我们如何共享",
        "3、我们会将您的手机号码用于向您发送营销短信。\n二、我们如何共享",
        &["purpose ! added -→7"],
    );
    case(
        "七、安全",
        "本页面欢迎您。\n七、安全",
        &["wording - added -→21"],
    );
}

#[test]
fn a_moved_section_is_one_change_of_wording() {
    let (head, rest) = BASE.split_once("五、未成年人").expect("the section");
    let (minors, rest) = rest.split_once("六、Cookie").expect("the section");
    let (cookie, tail) = rest.split_once("七、安全").expect("the section");
    let moved = format!("{head}五、Cookie{cookie}六、未成年人{minors}七、安全{tail}");
    assert_eq!(told(BASE, &moved), ["wording - moved 19→17"]);
}

#[test]
fn the_same_words_in_many_places_are_one_change() {
    let twice = BASE.replace("一、我们如何", "客服电话：400-123-4567。\n一、我们如何");
    let new = twice.replace("400-123-4567", "400-999-0000");
    assert_eq!(told(&twice, &new), ["contact ! changed 4→4"]);
    let dates = BASE
        .replace("2026年11月1日", "2027年1月1日")
        .replace("2026年10月15日", "2026年12月1日");
    assert_eq!(told(BASE, &dates), ["wording - dated 2→2"]);
}

#[test]
fn a_document_is_as_it_is() {
    let document = parse(BASE);
    let diff = compare(&document, &document);
    assert!(!diff.material && diff.changes.is_empty());
    assert!(
        diff.rows
            .iter()
            .all(|row| row.change.is_none() && row.old.is_some() && row.new.is_some())
    );
}

#[test]
fn the_json_is_the_contracts() {
    let new = BASE.replace("期限为三年", "期限为五年");
    let json = serde_json::to_value(compare(&parse(BASE), &parse(&new))).expect("JSON");
    assert_eq!(
        json,
        serde_json::json!({
            "material": true,
            "changes": [{
                "kind": "retention",
                "material": true,
                "before": { "line": 12, "text": "2、订单信息的保存期限为三年，到期后我们会删除。" },
                "after": { "line": 12, "text": "2、订单信息的保存期限为五年，到期后我们会删除。" },
            }],
        })
    );
}

/// Pieces of which policies that are hard to compare are made.
const PIECES: [&str; 40] = [
    "\n",
    "\n一、",
    "\n二、",
    "\n1、",
    "\n2、",
    "\n（1）",
    "\n- ",
    "\n| ",
    " | ",
    " |\n|---|---|\n",
    "。",
    "；",
    "，",
    "：",
    "、",
    "“",
    "”",
    "（",
    "）",
    " ",
    "我们",
    "不",
    "不会",
    "收集",
    "您的",
    "位置信息",
    "手机号码",
    "用于",
    "推荐",
    "提供给",
    "甲乙有限公司",
    "合作伙伴",
    "境外",
    "保存",
    "三年",
    "15个工作日",
    "14周岁",
    "a@b.cn",
    "Cookie",
    "2026年1月1日",
];

mod any {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        let pieces = prop::collection::vec(0..PIECES.len(), 0..60);
        pieces.prop_map(|pieces| pieces.into_iter().map(|piece| PIECES[piece]).collect())
    }

    proptest! {
        #[test]
        fn a_document_differs_from_itself_in_nothing(text in text()) {
            let document = parse(&text);
            let diff = compare(&document, &document);
            prop_assert!(diff.changes.is_empty(), "{:#?}", diff.changes);
        }

        #[test]
        fn two_documents_differ_both_ways(old in text(), new in text()) {
            let (old, new) = (parse(&old), parse(&new));
            let (there, back) = (compare(&old, &new), compare(&new, &old));
            prop_assert_eq!(there.changes.is_empty(), back.changes.is_empty());
            prop_assert_eq!(there.material, there.changes.iter().any(|change| change.material));
            // Every passage of both texts stands in the rows once.
            for (document, left) in [(&old, true), (&new, false)] {
                let units = units::of(document);
                let mut lines: Vec<u32> = units.iter().map(|unit| unit.line).collect();
                let shown = there.rows.iter().filter_map(|row| if left { row.old.as_ref() } else { row.new.as_ref() });
                let mut shown: Vec<u32> = shown.map(|passage| passage.line).collect();
                lines.sort_unstable();
                shown.sort_unstable();
                lines.dedup();
                shown.dedup();
                prop_assert!(shown.iter().all(|line| lines.contains(line)));
            }
            for change in &there.changes {
                prop_assert!(change.before.is_some() || change.after.is_some());
            }
        }

        #[test]
        fn other_numbers_change_nothing_material(style in 0..4_usize, from in 1..9_usize) {
            let mut number = from;
            let renumbered: String = BASE
                .split_inclusive('\n')
                .map(|line| match line.strip_prefix(|c: char| c.is_ascii_digit()).and_then(|rest| rest.strip_prefix('、')) {
                    Some(rest) => {
                        number += 1;
                        match style {
                            0 => format!("{number}、{rest}"),
                            1 => format!("（{number}）{rest}"),
                            2 => format!("{number}. {rest}"),
                            _ => format!("{number}）{rest}"),
                        }
                    }
                    None => line.to_owned(),
                })
                .collect();
            let diff = compare(&parse(BASE), &parse(&renumbered));
            prop_assert!(!diff.material && diff.changes.len() <= 1, "{:#?}", diff.changes);
        }
    }
}
