use super::*;
use crate::input::lines;

mod colons;
mod words_alone;

#[track_caller]
fn case(text: &str, expected: &[&str]) {
    let lines = lines::split(text);
    let free: Vec<bool> = lines.iter().map(|line| !line.is_rule()).collect();
    let heads = find(&lines, &free, &vec![false; lines.len()]);
    let found: Vec<_> = (0..lines.len())
        .filter(|&index| heads[index])
        .map(|index| lines[index].words())
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn labels_without_sentence_marks_are_headings() {
    case(
        "一、范围\n正文在此。\n（一）对象\n正文在此。",
        &["一、范围", "（一）对象"],
    );
    case(
        "1、期限：我们只保存一年。\n2、地点\n在中国境内。",
        &["2、地点"],
    );
    case("（一）存储地点：\n在中国境内。", &["（一）存储地点："]);
    case("特别提示\n请您仔细阅读，谢谢。", &["特别提示"]);
    case("【特别提示】\n请您仔细阅读，谢谢。", &["【特别提示】"]);
    case("第三章\n正文在此。", &["第三章"]);
}

#[test]
fn what_stands_apart_names_what_follows() {
    case(
        "公司名称：某某公司\n【某推送SDK（内含统计，分享）】\n用途：推送。",
        &["【某推送SDK（内含统计，分享）】"],
    );
    case("【请您仔细阅读】\n正文，在此。", &[]);
    case("【敏感信息，另有说明】\n正文，在此。", &[]);
    let statement = "我们把您的订单交给您选的商家，由商家发货，也由商家售后。";
    case(&format!("转让：\n{statement}"), &["转让："]);
    case(&format!("下列信息会被收集：\n{statement}"), &[]);
    case(&format!("更新提示：\n{statement}"), &["更新提示："]);
    case("电话：\n400-000-0000", &[]);
    case(
        &format!("正文。\n\n附录：用语\n{statement}"),
        &["附录：用语"],
    );
    case("正文。\n\n附件：运单\n附件：发票", &[]);
    let name = "个人信息副本的查阅、复制、更正以及删除办法";
    case(&format!("正文。\n\n{name}\n\n正文，在此。"), &[name]);
    case(&format!("正文。\n{name}\n正文，在此。"), &[]);
    case("> 某推送SDK\n> 用途：推送。", &[]);
    case("相机\t1.直播\n2.拍照，录像。", &[]);
}

#[test]
fn colons_close_headings_and_open_lists() {
    let long = "（一）无须同意即可对外提供、委托、转让、公开披露信息的情形：";
    case(&format!("{long}\n（1）救人。"), &[long]);
    case(
        "1.更新在生效前告知，可以对照。\n2.重大变更指：\n（1）目的。\n3.再次询问您，您可以拒绝。",
        &[],
    );
    case("1.下列事宜我们不负责：\n1.1 甲。\n1.2 乙。", &[]);
    let statement = "我们把您的订单交给您选的商家，由商家发货，也由商家售后。";
    case(
        &format!(
            "4.1.1 经您同意，我们会提供；\n4.1.2 商家共享：\n{statement}\n4.1.3 依照法律，我们会提供。"
        ),
        &["4.1.2 商家共享："],
    );
    case(
        &format!("4.1.1 经您同意，我们会提供；\n4.1.2 商家：\n{statement}"),
        &[],
    );
    case(
        "• 支付信息：卡号\n• 行踪轨迹（如持续定位）\n正文在此。",
        &[],
    );
    case(
        "2.1 浏览。\n2.1.1 我们收集型号。\n2.2 互动\n2.2.1 我们收集留言。",
        &["2.1 浏览。", "2.2 互动"],
    );
}

#[test]
fn lists_and_values_are_clauses() {
    case("1.姓名\n2.电话\n3.住址", &[]);
    case("1.您要求的；\n2.法律规定的\n正文在此。", &[]);
    case("- 姓名\n- 电话\n完。", &[]);
    case("更新于2026年1月1日\n正文在此。", &[]);
    case("某市某区\n某街1号\n完", &[]);
    case(
        "请寄往如下地址：\n\n某市某区某街\n\n我们收到后，会答复您。",
        &[],
    );
    case(
        "请写明收件单位：\n\n某某法务部\n\n我们收到后，会答复您。",
        &[],
    );
    case(
        "本节有以下内容：\n\n设备信息\n\n我们收集型号，用于适配。",
        &["设备信息"],
    );
    case("（一）改动的事项包括：\n（1）目的的变更。", &[]);
    case("（一）如果您注销账号\n我们将删除信息。", &[]);
}

#[test]
fn markup_and_emphasis_make_headings() {
    case("## 范围\n正文。", &["范围"]);
    case("## 我们重视您的隐私。\n正文。", &[]);
    case("**范围与对象**\n\n正文。", &["范围与对象"]);
    case("**我们重视您的隐私，请放心。**\n正文。", &[]);
    case(
        "1. **范围**\n正文。\n2. **对象**\n正文。",
        &["1. **范围**", "2. **对象**"],
    );
}

#[test]
fn a_comma_is_allowed_beside_headings() {
    case(
        "一、范围\n正文。\n二、我们如何收集，使用和保存信息\n正文。",
        &["一、范围", "二、我们如何收集，使用和保存信息"],
    );
    case("二、我们收集，使用和保存信息\n正文。", &[]);
    case(
        "一、我们会收集哪些信息？\n正文。",
        &["一、我们会收集哪些信息？"],
    );
    case("附件一：名单\n正文。", &["附件一：名单"]);
}

#[test]
fn between_headings_of_its_count_a_line_is_one() {
    let text = |middle: &str| {
        format!("2.1 登录\n填写昵称即可。\n2.2 {middle}\n昵称与头像。\n2.3 其他用途\n统计访问量。")
    };
    for middle in [
        "您在下单时留下的信息：",
        "我们从快递员处得知的信息：",
        "配合检查，回应投诉",
        "我们可能收集以下信息：",
    ] {
        let heading = format!("2.2 {middle}");
        case(&text(middle), &["2.1 登录", &heading, "2.3 其他用途"]);
    }
    // With a statement on one side it may be another.
    case(
        "2.1 登录\n填写昵称即可。\n2.2 配合检查，回应投诉\n我们会配合。\n2.3 我们另行告知，您可以拒绝。",
        &["2.1 登录"],
    );
    let statement = "我们可能收集以下信息：";
    case(
        &text(statement).replace("其他用途", "其他，我们另行告知。"),
        &["2.1 登录"],
    );
}

#[test]
fn a_link_to_elsewhere_heads_nothing() {
    let heads = |block: &str| {
        let page = format!("<p>开头。</p>{block}<p>我们珍惜您的信任，请放心。</p>");
        let lines = lines::of_blocks(crate::input::html::read(&page).blocks);
        find(&lines, &[true; 3], &[false; 3])[1]
    };
    for link in [
        "<p><a href='/shop'>前往商城首页</a></p>",
        "<p><b><a href='https://example.com'><span>前往</span>商城</a>&nbsp;</b></p>",
    ] {
        assert!(!heads(link), "{link}");
    }
    for heading in [
        "<p>商城的范围</p>",
        "<p><a name='a'>商城的范围</a></p>",
        "<p><a href='#top'>商城的范围</a></p>",
        "<p>商城的<a href='/shop'>范围</a></p>",
        "<h2><a href='/shop'>商城的范围</a></h2>",
    ] {
        assert!(heads(heading), "{heading}");
    }
}

#[test]
fn names_of_one_kind_above_paragraphs_are_headings() {
    let text = |first: &str, second: &str| {
        format!(
            "{first}\n\n是指您的设备向商城的服务器发来的记录，例如时间。\n\n记录满一年即删。\n\n\
             {second}\n\n是指您在商城挑选与付款时留下的内容，例如地址。"
        )
    };
    case(
        &text("设备信息：", "订单信息："),
        &["设备信息：", "订单信息："],
    );
    case(&text("设备信息：", "例如："), &[]);
    case(&text("注册地址：", "办公地址："), &[]);
    case(&text("我们的信息：", "您的信息："), &[]);
    case(&text("包括下列信息：", "包括如下信息："), &[]);
    case(&text("设备信息：", "订单信息：").replace("\n\n", "\n"), &[]);
}

#[test]
fn names_above_one_another_are_headings() {
    let text = "我们把快递单号存在您的账号里，满一年即删。";
    let last = "以上是导言的全部内容。";
    for gap in ["\n", "\n\n"] {
        let stack = |names: &str| format!("{last}{gap}{names}{gap}{text}");
        case(
            &stack(&format!("寄件与收件{gap}填写运单")),
            &["寄件与收件", "填写运单"],
        );
        case(
            &stack(&format!("寄件与收件{gap}填写运单{gap}同城急送")),
            &["寄件与收件", "填写运单", "同城急送"],
        );
    }
    case(
        &format!("协议如下：\n\n寄件服务协议\n概要\n{text}"),
        &["寄件服务协议", "概要"],
    );
    // More of them are a list; so is what a colon leads to.
    case(&format!("{last}\n姓名\n电话\n住址\n邮编\n{text}"), &[]);
    case(&format!("请准备：\n寄件人\n收件人\n{text}"), &[]);
    // Cells are lines as well.
    case(&format!("{last}\n某推送SDK\n甲乙公司\n{text}"), &[]);
    case(
        &format!("{last}\n某推送\n甲乙中心\n用途：推送，统计。"),
        &[],
    );
    case(
        &format!("{last}\n寄件\n填写运单\n{text}\n\n收件\n查询运单\n{text}"),
        &["寄件", "填写运单", "收件", "查询运单"],
    );
    case(
        &format!("{last}\n寄件\n填写单号\n{text}\n收件\n查询快递\n{text}"),
        &[],
    );
}

#[test]
fn a_value_is_complete_and_a_long_line_is_a_paragraph() {
    let text = "快递员是指为我们上门取件的人，包括同城急送的骑手。";
    case(&format!("电话：010-1234-5678\n用语\n{text}"), &["用语"]);
    case(&format!("地址：某市某区\n某街一号\n{text}"), &[]);
    case("满一年即删。\n\n本机采集\n\nhttps://example.com/a", &[]);
    let bare = "与寄件有关的一切争议的解决均应适用本公司所在地的法律";
    case(
        &format!("满一年即删。\n\n争议\n\n{bare}\n\n另行商定。"),
        &["争议"],
    );
    case(
        &format!(
            "满一年即删。\n\n争议\n\n{}\n\n另行商定。",
            "寄件人的姓名与电话以及住址邮编收件人的姓名与电话以及住址邮编"
        ),
        &[],
    );
}

#[test]
fn a_dotted_number_behind_a_semicolon_may_head_a_text() {
    let text = "您可以把运单分享给收件人，对方无须登录即可查询。";
    let before = "2.1.3 我们用短信告知取件时间，短信里有查询的链接；";
    case(
        &format!("{before}\n2.1.4 与分享有关的提示\n{text}"),
        &["2.1.4 与分享有关的提示"],
    );
    case(
        &format!("{before}\n2.1.4 其他与查询有关的服务\n{text}"),
        &[],
    );
    case(&format!("{before}\n2.1.4 法律要求告知的\n{text}"), &[]);
    case(
        &format!("4、{}\n5、与分享有关的提示\n{text}", &before[5..]),
        &[],
    );
}

#[test]
fn a_colon_behind_the_reader_closes_a_heading_among_headings() {
    let text = |first: &str| {
        format!("一、信息\n{first}\n1．注册时留下的称呼。\n（2）快递员交来的信息\n包括签收时间。")
    };
    for first in ["（1）您的选择：", "（1）我们通过以下方式得到信息："] {
        case(&text(first), &["一、信息", first, "（2）快递员交来的信息"]);
    }
    for first in ["（1）我们收集以下信息：", "（1）您可以通过以下方式："] {
        case(&text(first), &["一、信息", "（2）快递员交来的信息"]);
    }
    case(
        "（1）您的选择：\n是否同城。\n（2）我们会告知，请放心。",
        &[],
    );
}

#[test]
fn a_name_with_a_comma_is_one_where_it_counts_on_from_headings() {
    let first = "（一）收集\n正文在此。\n";
    case(
        &format!("{first}（二）我们为下列目的，使用您的资料\n1、送货\n正文在此。"),
        &[
            "（一）收集",
            "（二）我们为下列目的，使用您的资料",
            "1、送货",
        ],
    );
    // A list that it announces, and a sentence that goes on.
    case(
        &format!("{first}（二）我们为下列目的，使用您的资料\n正文在此。"),
        &["（一）收集"],
    );
    case(
        &format!("{first}（二）我们为下列目的，使用您的资料：\n1、送货；\n2、开票。"),
        &["（一）收集"],
    );
    let text = "我们会记下您登录的时间，也会记下您登录的地方，别人登录时会告诉您。";
    let two = format!("（1）送货\n\n{text}\n\n（2）开票\n\n{text}\n\n");
    case(
        &format!("{two}（3）为了账号安全,防止他人登录\n\n{text}"),
        &["（1）送货", "（2）开票", "（3）为了账号安全,防止他人登录"],
    );
    case(
        &format!("{two}（3）为了账号安全，防止他人登录。\n\n{text}"),
        &["（1）送货", "（2）开票"],
    );
    case(
        &format!("（1）送货，我们记下地址\n\n{text}\n\n（2）为了账号安全，防止他人登录\n\n{text}"),
        &[],
    );
}

#[test]
fn a_count_of_marked_headings_goes_through_what_announces() {
    case(
        "### 2.1 资料会用于以下目的：\n- 送货；\n- 开票。\n### 2.2 保存\n正文在此。",
        &["2.1 资料会用于以下目的：", "2.2 保存"],
    );
    case(
        "### 资料会用于以下目的：\n- 送货；\n### 保存\n正文在此。",
        &["保存"],
    );
    case(
        "#### 2.1 资料会用于以下目的：\n- 送货；\n## 2.2 保存\n正文在此。",
        &["2.2 保存"],
    );
}

#[test]
fn a_date_is_no_heading_in_any_markup() {
    let text = "\n\n我们改了本政策，请您留意。";
    for line in [
        "更新日期：2026年1月1日",
        "发布（生效）日期：2026.01.01",
        "生效时间: 【2026】年【1】月【1】日",
    ] {
        case(&format!("# {line}{text}"), &[]);
    }
    for line in [
        "2026年1月1日版",
        "2026年1月1日",
        "存储时间：一年",
        "联系时间",
    ] {
        case(
            &format!("# {line}{text}"),
            &[format!("# {line}").trim_start_matches("# ")],
        );
    }
}

#[test]
fn a_stop_may_close_a_name_beside_headings() {
    let text = "我们把您的订单交给您选的商家，由商家发货，也由商家售后。";
    case(
        &format!("4.1 委托\n{text}\n4.2 移交。\n{text}\n4.3 公示，我们一概不做。"),
        &["4.1 委托", "4.2 移交。"],
    );
    for second in [
        "不适用。",
        "我们存档。",
        "运单、发票。",
        "商家会另行联系您核对。",
    ] {
        case(
            &format!("4.1 委托\n{text}\n4.2 {second}\n{text}"),
            &["4.1 委托"],
        );
    }
    case(&format!("{text}\n4.1 运单。\n4.2 发票。\n{text}"), &[]);
}
