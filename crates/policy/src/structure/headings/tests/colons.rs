//! Colons and questions: what names a text, and what leads to it.

use super::case;

#[test]
fn a_colon_behind_a_kind_stands_in_a_heading() {
    let text = "您寄件时，我们会记下收件人的电话，用来派送。";
    for name in [
        "1、业务功能一：寄件",
        "（2）场景2：同城、异地",
        "（一）附加功能：开票",
    ] {
        case(&format!("{name}\n{text}"), &[name]);
    }
    for name in [
        "1、电话：客服热线",
        "（2）A2：同城",
        "（一）统一：开票，寄件",
    ] {
        case(&format!("{name}\n{text}"), &[]);
    }
}

#[test]
fn what_counts_a_kind_on_may_end_in_a_stop() {
    let text = "您寄件时，我们会记下收件人的电话，用来派送。";
    let case = |second: &str, expected: &[&str]| {
        let lines = format!("1、场景一：寄件\n{text}\n{second}\n{text}");
        case(&lines, expected);
    };
    let second = "2、场景二：查询运单、修改收件地址、预约上门取件时间。";
    case(second, &["1、场景一：寄件", second]);
    for other in [
        "2、场景二：您可以查询运单，也可以修改收件地址和预约上门时间。",
        "2、说明：查询运单、修改收件地址、预约上门取件时间都在首页。",
        "2、方式二：查询运单、修改收件地址、预约上门取件时间都在首页。",
    ] {
        case(other, &["1、场景一：寄件"]);
    }
}

#[test]
fn a_name_with_a_colon_counts_on_from_run_in_names() {
    let text = |second: &str| {
        format!("1.收藏：点击“收藏夹”，即可查看。\n2.{second}\n点击“我的”，长按即可删除。")
    };
    case(&text("评论、留言、晒单："), &["2.评论、留言、晒单："]);
    case(&text("下列内容："), &[]);
    case(&text("重大变更指："), &[]);
    case(&text("您的评论："), &[]);
    case(&text("评论：").replace('：', "，"), &[]);
}

#[test]
fn what_leads_to_the_text_below_is_no_heading() {
    for line in [
        "4、本政策主要向您说明：",
        "**本政策将帮助您了解：**",
        "4、重大变更指：",
    ] {
        case(&format!("{line}\n（1）收集；\n（2）使用。"), &[]);
    }
    case(
        "1、收集满一年，即删。\n3、改名：\n（1）换了名称；\n（2）换了住址。",
        &[],
    );
    case("1、包裹信息（见邮件\n寄送办法）：是指运单，面单。", &[]);
    case("**包裹信息（见邮件**\n寄送办法）：是指运单，面单。", &[]);
}

#[test]
fn between_two_parts_a_sentence_that_leads_is_one() {
    let text = |middle: &str| {
        format!(
            "（一）寄件\n正文在此。\n{middle}\n1、为了救人；\n2、为了破案。\n（三）保存\n正文在此。"
        )
    };
    let middle = "（二）您知晓，在下列情形中，我们无须征得同意：";
    case(&text(middle), &["（一）寄件", middle, "（三）保存"]);
    case(
        &text(&middle.replace('，', "。")),
        &["（一）寄件", "（三）保存"],
    );
    case(
        &format!("（一）寄件\n正文在此。\n{middle}\n1、为了救人；"),
        &["（一）寄件"],
    );
}

#[test]
fn tags_stand_between_no_two_lines() {
    let text = "满一年即删。\n<br>\n\n运单信息\n<br>\n\n我们把运单加密，只有快递员可以看到。";
    case(text, &["运单信息"]);
    let empty = "1.寄件\n我们上门。\n2.派送\n我们派送。\n3.改签\n您可以改签。\n4.退回\n5.理赔\n您可以索赔。";
    case(empty, &["1.寄件", "2.派送", "3.改签", "4.退回", "5.理赔"]);
}

#[test]
fn what_leads_to_a_heading_is_one() {
    let lead = "（一）为了派送包裹，我们需要下列信息：";
    case(
        &format!("{lead}\n1、运单信息\n我们记下地址。\n2、电话\n我们记下电话。"),
        &[lead, "1、运单信息", "2、电话"],
    );
    case(&format!("{lead}\n1、地址；\n2、电话。"), &[]);
    let lead = "2、派送时我们需要下列信息：";
    case(
        &format!("1、我们派送，您签收。\n{lead}\n（1）运单信息\n我们记下地址。"),
        &["（1）运单信息"],
    );
}

#[test]
fn behind_two_headings_a_sentence_that_leads_is_one() {
    let parts = "1. 寄件\n正文在此。\n2. 派送\n正文在此。";
    let last = "3. 以下是我们无须征得同意的情形：";
    case(
        &format!("{parts}\n{last}\n（1）为了救人；\n（2）为了破案。"),
        &["1. 寄件", "2. 派送", last],
    );
    let asks = "3. 请您知悉，以下情形无须您同意：";
    case(
        &format!("{parts}\n{asks}\n（1）为了救人；\n（2）为了破案。"),
        &["1. 寄件", "2. 派送"],
    );
    case(
        &format!("一、运单\n{parts}\n{last}\n（1）为了救人；\n（2）为了破案。"),
        &["一、运单", "1. 寄件", "2. 派送"],
    );
}

#[test]
fn a_name_with_a_colon_heads_a_list_of_paragraphs() {
    let long = "（1）为了把包裹送到您手中，我们会记下您的姓名、地址、电话与邮编，并在派送当天交给快递员，由他与您联系约定时间，派送完毕之后，我们在三天之内删去这些记录。";
    for name in ["本应用申请的权限：", "派送所需的信息："] {
        case(&format!("满一年即删。\n\n{name}\n\n{long}"), &[name]);
        case(
            &format!("满一年即删。\n\n{name}\n\n（1）地址；\n（2）电话。"),
            &[],
        );
    }
    case(
        &format!("满一年即删。\n\n我们收集以下信息：\n\n{long}"),
        &[],
    );
}

#[test]
fn what_tells_of_the_text_or_of_its_writer_is_no_heading() {
    let text = "我们把运单加密，只有快递员可以看到。";
    for line in [
        "快送科技有限公司",
        "本政策自公布之日起生效",
        "本声明仅适用于快送",
    ] {
        case(&format!("满一年即删。\n\n{line}\n\n{text}"), &[]);
        case(&format!("满一年即删。\n\n**{line}**\n\n{text}"), &[]);
    }
    for line in ["本政策的适用范围", "本政策如何生效"] {
        case(&format!("满一年即删。\n\n{line}\n\n{text}"), &[line]);
    }
    case(&format!("快送速递\n更新日期：2026年1月1日\n{text}"), &[]);
    case(
        &format!("我们取得了以下证书：\n\n《快递安全三级》\n\n{text}"),
        &[],
    );
}

#[test]
fn what_names_whose_information_it_is_may_be_longer() {
    let text = "是指您的设备向商城的服务器发来的记录，例如时间。";
    let names = [
        "我们在派送途中得知的个人信息：",
        "我们从快递员处得知的信息：",
    ];
    case(
        &format!("{}\n\n{text}\n\n{}\n\n{text}", names[0], names[1]),
        &names,
    );
    case(
        &format!("满一年即删。\n我们如何使用Cookie、标识符与相关技术\n{text}"),
        &["我们如何使用Cookie、标识符与相关技术"],
    );
}

#[test]
fn a_paragraph_that_asks_is_a_heading() {
    let text = "我们把运单加密，只有快递员可以看到。";
    for asked in ["我们如何保护您的运单？", "运单会保存多久？"] {
        case(&format!("满一年即删。\n\n{asked}\n\n{text}"), &[asked]);
        case(&format!("满一年即删。\n{asked}\n{text}"), &[asked]);
        case(&format!("满一年即删，但是\n{asked}\n{text}"), &[]);
    }
    for other in [
        "您同意吗？",
        "您想知道什么，为什么？",
        "请您看看运单在哪里？",
    ] {
        case(&format!("满一年即删。\n\n{other}\n\n{text}"), &[]);
    }
}

#[test]
fn marks_in_brackets_break_no_heading() {
    let text = "我们把运单加密，只有快递员可以看到。";
    for name in ["4、其他（如：改签）", "（二）相机（扫码，拍照）"] {
        case(&format!("{name}\n{text}"), &[name]);
    }
    for other in ["4、其他（我们加密。）", "4、加密（如：运单），另存"] {
        case(&format!("{other}\n{text}"), &[]);
    }
}
