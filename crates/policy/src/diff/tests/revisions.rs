//! What a reviser does to a policy whose practice stays the same, and what only looks like that.

use super::told;

const BASE: &str = "某某出行隐私政策
不清楚的地方，请拨打400-123-4567，我们的同事会慢慢讲给您听。
一、我们收集什么
1、扫码登录。您在对方页面上点头之后，我们取得您的昵称和头像。
2、语音点单。您按住话筒时，我们收集您的语音，转成文字后即删。
3、护照登记。预订出国线路时，我们收集您的护照号码。
4、听课记录不参与分析。
5、头像经您同意后，我们收集它用于制作名片。
二、我们提供给谁
（1）青禾票务（杭州）有限公司；联系方式：hi@qinghe.example；目的：出票；信息种类：姓名。
（2）远岭保险（成都）有限公司、北屿地图（上海）有限公司，方式均为接口传输。
三、存放多久
| 信息种类 | 保存期限 | 到期处理 |
|---|---|---|
| 昵称、头像 | 至注销 | 删除 |
| 语音 | 转写完成为止 | 删除 |
四、您的权利
1、注销账号：在“我的—设置”里提交，核对后办理。
2、您可以查阅、更正您的信息。
五、向境外提供
只有您预订日本线路时，我们才把护照号码传输给日本的旅馆（联系方式：hi@ryokan.example），目的是办理入住，方式为加密接口传输。
六、联系我们
某某出行有限公司，客服电话400-123-9999。
";

#[track_caller]
fn case(from: &str, to: &str, expected: &[&str]) {
    assert!(BASE.contains(from), "{from}");
    let told = told(BASE, &BASE.replacen(from, to, 1));
    assert_eq!(told, expected, "{from} → {to}");
}

#[test]
fn another_word_for_what_is_done_is_wording() {
    case(
        "点头之后，我们取得",
        "同意之后，我们收集",
        &["wording - reworded 4→4"],
    );
    case(
        "的语音，转成",
        "的语音，把它转成",
        &["wording - reworded 5→5"],
    );
}

#[test]
fn asking_first_is_a_right_and_asking_no_more_is_not() {
    case(
        "您按住话筒时",
        "经您单独同意，您按住话筒时",
        &["rights - added 5→5"],
    );
    case("头像经您同意后，", "头像", &["data ! added 8→8"]);
    case(
        "我们收集它用于制作名片",
        "经您同意，我们收集它用于制作名片",
        &["rights - added 8→8"],
    );
    // Consent that is refused or taken back is no condition.
    case(
        "转成文字后即删",
        "转成文字后即删，您不同意就用打字",
        &["wording - reworded 5→5"],
    );
}

#[test]
fn the_words_behind_the_denial_tell_what_is_done_now() {
    case("不参与分析", "也参与分析", &["purpose ! added 7→7"]);
    case(
        "听课记录不参与分析",
        "听课记录不提供给合作伙伴",
        &["recipient - removed 7→7"],
    );
}

#[test]
fn the_same_number_in_other_words_is_the_same_contact() {
    case(
        "不清楚的地方，请拨打400-123-4567，我们的同事会慢慢讲给您听。",
        "对本政策还有疑问，请拨打400-123-4567，客服为您逐条说明。",
        &["wording - reworded 2→2"],
    );
    case(
        "请拨打400-123-4567，我们的同事会慢慢讲给您听",
        "请拨打400-123-0000，我们的同事会慢慢讲给您听",
        &["contact ! changed 2→2"],
    );
}

#[test]
fn the_way_to_use_a_right_is_no_datum() {
    case(
        "在“我的—设置”里提交",
        "写信到客服邮箱申请",
        &["rights ! changed 18→18"],
    );
    case(
        "我们收集您的语音",
        "我们收集您的语音和邮箱",
        &["data ! added 5→5"],
    );
}

#[test]
fn an_entry_of_a_list_of_recipients_is_a_recipient() {
    case(
        "（2）远岭",
        "（2）云帆信用（上海）有限公司；联系方式：hi@yunfan.example；目的：评估信用；信息种类：姓名。\n（3）远岭",
        &["recipient ! added -→11"],
    );
    case(
        "（2）远岭保险（成都）有限公司、北屿地图（上海）有限公司，方式均为接口传输。\n",
        "",
        &["recipient - removed 11→-"],
    );
    // It has an entry of its own now; nobody got lost.
    case(
        "（2）远岭保险（成都）有限公司、北屿地图（上海）有限公司，方式均为接口传输。",
        "（2）远岭保险（成都）有限公司；目的：承保。\n（3）北屿地图（上海）有限公司，方式均为接口传输。",
        &["recipient ! added -→11", "wording - reworded 11→12"],
    );
}

#[test]
fn a_term_told_of_data_collected_before_is_retention() {
    case(
        "| 语音 | 转写",
        "| 护照信息 | 至离店，境外的旅馆也是如此 | 删除 |\n| 语音 | 转写",
        &["retention - added -→16"],
    );
    case(
        "| 昵称、头像 |",
        "| 昵称、头像、护照号码 |",
        &["retention - added 15→15"],
    );
    case(
        "| 昵称、头像 |",
        "| 昵称、头像、人脸信息 |",
        &["data ! added 15→15"],
    );
    case(
        "| 语音 | 转写",
        "| 银行卡号 | 至退款 | 删除 |\n| 语音 | 转写",
        &["data ! added -→16"],
    );
    case(
        "| 语音 | 转写完成为止 | 删除 |\n",
        "",
        &["retention ! removed 16→-"],
    );
}

#[test]
fn a_permission_asked_for_in_any_clause_is_data() {
    case(
        "您可以查阅、更正您的信息。",
        "您可以查阅、更正您的信息。我们会申请日历权限，用于写入行程。",
        &["data ! added 19→19"],
    );
}

#[test]
fn a_country_named_again_is_no_news_unless_data_go_there() {
    case(
        "办理入住",
        "办理日本线路的入住",
        &["wording - reworded 21→21"],
    );
    case(
        "我们收集您的护照号码",
        "我们收集您的护照号码，保存在新加坡的服务器上",
        &["third_country ! added 6→6"],
    );
}

#[test]
fn a_sentence_that_leads_in_a_list_tells_nothing_by_itself() {
    case(
        "二、我们提供给谁\n",
        "二、我们提供给谁\n下面几家各做各的事：\n",
        &["wording - added -→10"],
    );
}
