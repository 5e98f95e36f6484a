use crate::facts::over;

#[track_caller]
fn case(text: &str, expected: Option<&str>) {
    assert_eq!(over(text).facts.operator.as_deref(), expected, "{text}");
}

#[test]
fn the_operator_is_the_company_that_speaks() {
    case(
        "某某（北京）技术有限公司及其关联方（下称“某某”）重视隐私。",
        Some("某某（北京）技术有限公司"),
    );
    case(
        "某某科技（北京）有限公司（以下简称“我们”）重视隐私。",
        Some("某某科技（北京）有限公司"),
    );
    case(
        "【商城】：商城的开办人，现为某某网络科技有限公司。",
        Some("某某网络科技有限公司"),
    );
    case(
        "某某充电技术有限公司向您提供充电服务",
        Some("某某充电技术有限公司"),
    );
    case(
        "本应用由某某华为家居有限公司开发。",
        Some("某某华为家居有限公司"),
    );
    case(
        "“我们”指北京某某信息技术有限公司。",
        Some("北京某某信息技术有限公司"),
    );
    case(
        "注：“我们”是指“某某市某某委员会”，地址如下",
        Some("某某市某某委员会"),
    );
    case(
        "我们，即“某某科技股份有限公司”（以下称“我们”）",
        Some("某某科技股份有限公司"),
    );
    case(
        "某某有限公司北京分公司（以下简称“我们”）",
        Some("某某有限公司北京分公司"),
    );
}

#[test]
fn labels_titles_and_copyrights_name_it() {
    case("运营者：某某信息有限公司", Some("某某信息有限公司"));
    case(
        "**公司全称**：某某信息有限责任公司",
        Some("某某信息有限责任公司"),
    );
    case("公司名称\n某某信息有限公司", Some("某某信息有限公司"));
    case("開發者：某某資訊股份有限公司", Some("某某資訊股份有限公司"));
    case("#某某信息有限公司隐私政策\n正文", Some("某某信息有限公司"));
    case("© 2026 某某信息有限公司 版权所有", Some("某某信息有限公司"));
    case("运营主体：某某市图书馆", Some("某某市图书馆"));
    case(
        "某某大学附属医院（以下简称“我们”）重视隐私",
        Some("某某大学附属医院"),
    );
    case("Developer: Example Works", Some("Example Works"));
    case("开发者：张三", Some("张三"));
    case(
        "Example Data Co., Ltd. (\"we\") respects privacy",
        Some("Example Data Co., Ltd."),
    );
    case("正文\n某某信息有限公司", Some("某某信息有限公司"));
}

#[test]
fn the_plainest_statement_wins() {
    case(
        "登录由某某甲网络有限公司提供支持。\n某某乙网络有限公司（以下简称“我们”）重视隐私。",
        Some("某某乙网络有限公司"),
    );
}

#[test]
fn the_first_of_several_is_given() {
    case(
        "某某甲科技有限公司和某某乙科技有限公司（以下合称“我们”）",
        Some("某某甲科技有限公司"),
    );
    case(
        "由某某甲科技有限公司出品。\n感谢您对某某甲科技有限公司、某某乙科技有限公司（统称“我们”）的信任",
        Some("某某甲科技有限公司"),
    );
    case(
        "某某遊戲有限公司（以下簡稱某某遊戲）為保障您的個人資料",
        Some("某某遊戲有限公司"),
    );
    case(
        "服务方：指研发并提供本产品的某某甲科技有限公司、某某乙科技有限公司以及某某丙科技有限公司（以下合称“我们”）。",
        Some("某某甲科技有限公司"),
    );
    case(
        "某某甲科技有限公司以及某某乙科技有限公司（以下合称“我们”）",
        Some("某某甲科技有限公司"),
    );
}

#[test]
fn a_name_stands_with_its_group_or_behind_what_it_offers() {
    let expected = Some("某某（上海）科技有限公司");
    case(
        "某某（上海）科技有限公司及关联公司（以下简称“某某”或“我们”）重视隐私。",
        expected,
    );
    case(
        "“我们”是指为您提供服务的某某（上海）科技有限公司。",
        expected,
    );
    case(
        "“我们”是指提供服务的某某美的制冷设备有限公司。",
        Some("某某美的制冷设备有限公司"),
    );
    case("“我们”是指某某（上海）科技有限公司及其关联公司。", expected);
    case(
        "文中的“我们”或“我方”，均意为给您提供网站、应用（以下合称“平台”）的某某（上海）科技有限公司（注册地址：某市）及其关联公司。",
        expected,
    );
    case(
        "由某某广播电视总台及其关联方（以下简称“我们”）拥有并运营",
        Some("某某广播电视总台"),
    );
    case("本应用由某某基金会运营。", Some("某某基金会"));
    case("捐款由某某基金会接收。", None);
}

#[test]
fn other_companies_are_not_the_operator() {
    case("不适用于某某集团有限公司和其关联公司的服务。", None);
    case("我们与关联公司共享信息。", None);
    case("支付由支付机构完成。", None);
    case(
        "SDK名称：某某推送\n公司名称：某某信息有限公司\n使用目的：推送",
        None,
    );
    case("我们与某某地图有限公司合作。", None);
    case("第三方公司名称：某某信息有限公司", None);
    case("开发者：我们", None);
    case("您可在客服中心、银行办理。", None);
    case("", None);
}

#[test]
fn a_verb_before_the_name_is_no_part_of_it() {
    let expected = Some("某某青禾科技有限公司");
    for text in [
        "青禾服务（以下简称：“本服务”）是某某青禾科技有限公司（“青禾”或“我们”）提供的服务。",
        "青禾云服务是某某青禾科技有限公司（“我们”）提供的服务。",
        "青禾云服务（本服务）为某某青禾科技有限公司（“我们”）提供的服务。",
        "本政策旨在介绍某某青禾科技有限公司（「我们」）如何处理信息。",
        "本政策适用于某某青禾科技有限公司（以下简称“我们”）的产品。",
        "青禾笔记（以下或称“我们”，指某某青禾科技有限公司）制定本政策。",
        "为此，我们（即某某青禾科技有限公司）制定本政策。",
    ] {
        case(text, expected);
    }
    // 是 and 为 may be a name's own.
    case(
        "求是有为科技有限公司（以下简称“我们”）重视隐私。",
        Some("求是有为科技有限公司"),
    );
    case(
        "我们的设备来自大有为技术有限公司。\n指北针青禾科技有限公司（“我们”）重视隐私。",
        Some("指北针青禾科技有限公司"),
    );
}

#[test]
fn who_provides_a_part_is_not_the_operator() {
    case(
        "部分功能由某某甲网络有限公司提供。\n青禾科技有限公司运营本应用。",
        Some("青禾科技有限公司"),
    );
    case("支付功能由某某甲网络有限公司提供。", None);
    case(
        "本应用的各项功能由某某甲网络有限公司提供。",
        Some("某某甲网络有限公司"),
    );
}
