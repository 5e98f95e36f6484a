use crate::facts::testing::kits_are as case;

#[test]
fn sentences_name_kits_in_their_midst() {
    let kit = [("甲友SDK", Some("统计"), Some("IMEI"), 1)];
    for text in [
        "我们接入的甲友SDK会收集IMEI，用于统计。",
        "当您使用推送时，甲友SDK会收集IMEI，用于统计。",
        "我们的甲友SDK需要收集您的IMEI，用于统计。",
        "4．推送服务。甲友SDK可能会收集IMEI，用于统计。",
        "我们集成甲友SDK，甲友SDK需要收集您的IMEI以便统计。",
        "我们接入了甲友SDK，该SDK会收集IMEI，用于统计。",
        "为了统计，我们接入的甲友SDK会收集IMEI。",
    ] {
        case(text, &kit);
    }
    case(
        "如您用的是某些手机，我们接入的上述手机厂商推送SDK需要收集标识（例如IMEI），并可能收集型号用于实现推送。",
        &[(
            "手机厂商推送SDK",
            Some("实现推送"),
            Some("标识（例如IMEI）"),
            1,
        )],
    );
    case(
        "我们在应用中嵌入关联公司开发的甲盾加固SDK收集您的设备信息、日志，并评估风险。",
        &[("甲盾加固SDK", None, Some("设备信息、日志"), 1)],
    );
    case(
        "我们嵌入甲宝SDK，用于支付。",
        &[("甲宝SDK", Some("支付"), None, 1)],
    );
}

#[test]
fn a_sentence_without_a_subject_goes_on_about_the_kits() {
    let told = |name| (name, Some("便于您支付"), Some("设备信息、型号"), 1);
    case(
        "为了便于您支付，我们使用甲友SDK、乙宝、丙满（丙）、丁联SDK。需要访问您的设备信息、型号、写入存储权限。",
        &[
            told("甲友SDK"),
            told("乙宝"),
            told("丙满（丙）"),
            told("丁联SDK"),
        ],
    );
    case(
        "为了统计，我们接入甲友SDK提供服务。会收集您的IMEI。",
        &[("甲友SDK", Some("统计"), Some("IMEI"), 1)],
    );
    case(
        "如您用的是甲手机，我们接入的甲友SDK将在您同意的情况下收集您的姓名，上述信息属于敏感信息。",
        &[("甲友SDK", None, Some("姓名"), 1)],
    );
    case(
        "我们接入了甲友SDK，用于推送。我们会收集您的IMEI。",
        &[("甲友SDK", Some("推送"), None, 1)],
    );
}

#[test]
fn joined_names_are_kits_each() {
    let pair = [
        ("甲友SDK", Some("统计"), Some("IMEI"), 1),
        ("Yi SDK", Some("统计"), Some("IMEI"), 1),
    ];
    for joint in ["、", "和", "或", "及", "以及", "与", "（安卓）和"] {
        case(
            &format!("我们通过甲友SDK{joint}Yi SDK收集IMEI，用于统计。"),
            &pair,
        );
        case(
            &format!("甲友SDK{joint}Yi SDK会在您打开应用时收集IMEI，进行统计。"),
            &pair,
        );
    }
    let names = |text: &str| {
        let found = crate::facts::over(text).facts.sdks;
        let names: Vec<String> = found.into_iter().map(|kit| kit.name).collect();
        names.join("|")
    };
    assert_eq!(
        names("启动后，甲SDK、乙SDK、丙SDK或丁SDK会收集您的型号。"),
        "甲SDK|乙SDK|丙SDK|丁SDK"
    );
    assert_eq!(names("我们不会通过甲友SDK、乙友SDK收集IMEI。"), "");
    assert_eq!(names("我们接入的统计SDK和甲友SDK会收集IMEI。"), "甲友SDK");
}

#[test]
fn what_kits_are_used_for_may_follow_at_once() {
    let kit = [("甲友SDK", Some("推荐广告"), None, 1)];
    for text in [
        "我们使用甲友SDK来推荐广告。",
        "我们使用甲友SDK来为您推荐广告，请知悉。",
        "我们接入了甲友SDK以推荐广告。",
    ] {
        case(text, &kit);
    }
    case(
        "我们使用甲友SDK、乙云SDK来推荐广告。",
        &[
            ("甲友SDK", Some("推荐广告"), None, 1),
            ("乙云SDK", Some("推荐广告"), None, 1),
        ],
    );
    case(
        "我们使用甲友SDK进行统计。",
        &[("甲友SDK", Some("统计"), None, 1)],
    );
    case(
        "当您登录时，甲友SDK会收集您的IMEI，我们收集上述信息是为了登录。",
        &[("甲友SDK", Some("登录"), Some("IMEI"), 1)],
    );
    case("我们使用甲友SDK，来源可查。", &[("甲友SDK", None, None, 1)]);
}

#[test]
fn lists_call_kits_so_as_a_whole() {
    let pair = [
        ("甲友", Some("推荐广告"), None, 1),
        ("yi", Some("推荐广告"), None, 1),
    ];
    for text in [
        "我们可能会使用程序化广告SDK（甲友、yi）来为你推荐广告。",
        "我们使用广告SDK(如甲友、yi等)用于推荐广告。",
        "我们接入了广告SDK，如甲友、yi，用于推荐广告。",
        "我们使用甲友、yi等SDK来推荐广告。",
        "我们集成了甲友、yi等第三方SDK，用于推荐广告。",
    ] {
        case(text, &pair);
    }
    case(
        "我们使用第三方SDK（甲友SDK）进行统计。",
        &[("甲友SDK", Some("统计"), None, 1)],
    );
    for text in [
        "我们使用第三方SDK（消息提醒、故障排查）。",
        "我们使用地图、支付等SDK。",
        "我们使用统计SDK（安卓）。",
        "我们使用统计SDK（以下简称“统计”）。",
        "我们使用推送SDK（用于推送）。",
        "我们未使用广告SDK（甲友、yi）。",
        "我们使用一键登录、数据分析等SDK。",
    ] {
        case(text, &[]);
    }
}

#[test]
fn kits_in_general_are_not_named() {
    for text in [
        "我们接入的第三方SDK会收集IMEI，用于统计。",
        "我们接入的SDK会收集IMEI。",
        "我们使用的消息推送SDK会收集IMEI。",
        "我们不会通过甲友SDK收集IMEI。",
        "我们未接入甲友SDK，用于统计。",
        "请阅读甲友SDK的隐私政策。",
        "我们嵌入关联公司开发的应用安全SDK收集设备信息。",
        "这些SDK会收集IMEI。",
        "甲友SDK不会收集IMEI。",
    ] {
        case(text, &[]);
    }
}

#[test]
fn an_entry_of_its_own_is_the_better_one() {
    case(
        "我们接入的地图甲SDK会收集IMEI。\nSDK名称：某某地图甲SDK\n使用目的：定位",
        &[("某某地图甲SDK", Some("定位"), None, 2)],
    );
}

#[test]
fn what_is_given_by_way_of_a_kit_is_its_data() {
    let kit = [("甲友SDK", None, Some("订单号、会员名"), 1)];
    for text in [
        "我们会将您的订单号、会员名通过甲友SDK共享给甲公司。",
        "我们会将订单号、会员名通过应用中嵌入的甲友SDK及其他安全方式与甲公司共享。",
        "我们把您的订单号、会员名通过甲友SDK传输至甲公司。",
    ] {
        case(text, &kit);
    }
    case(
        "我们将订单号通过嵌入的甲友软件工具开发包（简称“SDK”）与甲公司共享。",
        &[("甲友软件工具开发包", None, Some("订单号"), 1)],
    );
    for text in [
        "我们不会将您的订单号通过甲友SDK共享给甲公司。",
        "我们将继续通过甲友SDK提供服务。",
        "我们接入的软件开发工具包会收集IMEI。",
        "第三方软件开发工具包（SDK）：由他人写成，用于统计。",
        "我们将订单号通过支付SDK与甲公司共享。",
    ] {
        case(text, &[]);
    }
}

#[test]
fn kits_are_used_though_nothing_is_said_of_their_data() {
    case(
        "我们接入了甲光SDK、乙图SDK和丙信SDK。",
        &[
            ("甲光SDK", None, None, 1),
            ("乙图SDK", None, None, 1),
            ("丙信SDK", None, None, 1),
        ],
    );
    case(
        "App内置了乙图SDK，方便您查看周边。",
        &[("乙图SDK", Some("查看周边"), None, 1)],
    );
    case(
        "我们会调用甲信SDK、乙博SDK完成分享。",
        &[
            ("甲信SDK", Some("分享"), None, 1),
            ("乙博SDK", Some("分享"), None, 1),
        ],
    );
    case(
        "我们接入了甲虫SDK方便收集崩溃信息，使用中需要读取设备识别号，型号；",
        &[("甲虫SDK", Some("收集崩溃信息"), Some("设备识别号，型号"), 1)],
    );
    case("我们已停止使用甲光SDK。", &[]);
    case("若您的应用集成甲光SDK，请告知用户。", &[]);
    case("我们接入的SDK详见《甲光SDK隐私政策》。", &[]);
}

#[test]
fn kits_of_several_are_named_by_whose_they_are() {
    for text in [
        "订单号会通过在嵌入的支付宝或者甲信支付的SDK等方式与支付公司共享。",
        "我们使用支付宝和甲信支付的SDK。",
    ] {
        case(
            text,
            &[("支付宝", None, None, 1), ("甲信支付", None, None, 1)],
        );
    }
    case("我们使用推送和统计的SDK。", &[]);
    case("我们未使用支付宝或甲信支付的SDK。", &[]);
    case("我们使用第三方公司和合作伙伴的SDK。", &[]);
}

#[test]
fn a_bracket_behind_the_bare_word_names_kits() {
    case(
        "伙伴会使用 SDK （软件开发工具包）（包括甲播放器、和乙投屏等，详见清单）播放视频。",
        &[("甲播放器", None, None, 1), ("乙投屏", None, None, 1)],
    );
    case(
        "我们使用第三方SDK（包括甲川、乙推等），会收集机型。",
        &[
            ("甲川", None, Some("机型"), 1),
            ("乙推", None, Some("机型"), 1),
        ],
    );
    case(
        "伙伴会使用 SDK （包括甲川），可能收集机型。这些信息是为了用于分析功能的使用情况，以改进。",
        &[("甲川", Some("分析功能的使用情况"), Some("机型"), 1)],
    );
    case("我们使用SDK（消息提醒、故障排查）。", &[]);
    case("我们使用第三方SDK（如统计、推送等）。", &[]);
    case("我们使用SDK（包括设备信息、网络类型等）。", &[]);
    case("我们使用第三方SDK（包括其接口、插件等）。", &[]);
}

#[test]
fn what_is_handed_over_by_kits_of_a_list_is_their_data() {
    case(
        "我们会将您的订单号及金额通过嵌入的甲付或者乙付的SDK等方式与支付公司共享。",
        &[
            ("甲付", None, Some("订单号及金额"), 1),
            ("乙付", None, Some("订单号及金额"), 1),
        ],
    );
}
