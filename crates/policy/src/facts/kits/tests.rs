use crate::facts::over_table;
use crate::facts::testing::kits_are as case;

#[test]
fn kits_are_read_from_runs_of_pairs() {
    case(
        "1. SDK名称：某推送\n使用目的：消息推送\n收集的个人信息类型：设备标识\n隐私政策链接：https://a.example\n2. SDK名称：某地图\n使用目的：定位\n其他话。",
        &[
            ("某推送", Some("消息推送"), Some("设备标识"), 1),
            ("某地图", Some("定位"), None, 5),
        ],
    );
    case(
        "#第三方SDK清单\n名称：某推送；目的：推送；类型：设备标识",
        &[("某推送", Some("推送"), None, 2)],
    );
    case(
        "#第三方SDK目录\n#某支付SDK\n使用目的：支付\n收集信息：订单号",
        &[("某支付SDK", Some("支付"), Some("订单号"), 2)],
    );
    case("SDK名称：暂无\n使用目的：无", &[]);
}

#[test]
fn a_line_above_the_pairs_names_their_kit() {
    let pairs = "收集使用目的：用于收款\n收集信息类型或申请的权限：订单号、存储权限\n第三方机构名称：某某有限公司\n处理方式：加密";
    let kit = |name| [(name, Some("用于收款"), Some("订单号、存储权限"), 2)];
    for head in [
        "【甲付SDK】",
        "甲付SDK",
        "甲付SDK：",
        "#甲付SDK",
        "#【甲付SDK】",
    ] {
        case(&format!("第三方SDK：\n{head}\n{pairs}"), &kit("甲付SDK"));
    }
    case(
        &format!("清单：\n【甲付SDK（新版，内含乙付SDK）】\n{pairs}"),
        &kit("甲付SDK（新版，内含乙付SDK）"),
    );
    // One company may offer several.
    case(
        &format!("【甲付SDK】\n{pairs}\n【甲图SDK】\n使用目的：定位\n公司名称：某某有限公司"),
        &[
            ("甲付SDK", Some("用于收款"), Some("订单号、存储权限"), 1),
            ("甲图SDK", Some("定位"), None, 6),
        ],
    );
    case(
        "> 甲推送 SDK\nSDK名称：com.jia.push\n使用目的：推送\n乙统计 SDK\nSDK名称：统计大师\n使用目的：统计",
        &[
            ("甲推送 SDK", Some("推送"), None, 1),
            ("统计大师", Some("统计"), None, 5),
        ],
    );
    case(
        "甲推送SDK\n使用目的：推送\n申请权限：存储\n收集信息：设备标识",
        &[("甲推送SDK", Some("推送"), Some("设备标识"), 1)],
    );
}

#[test]
fn a_third_party_named_within_an_entry_is_its_maker() {
    case(
        "#清单\n甲图SDK(Android 端、iOS 端)\n第三方名称：甲图有限公司\n使用目的：定位",
        &[("甲图SDK(Android 端、iOS 端)", Some("定位"), None, 2)],
    );
    case(
        "SDK名称：甲付SDK\n第三方名称：甲付有限公司\n使用目的：收款\nSDK名称：乙付SDK\n使用目的：退款",
        &[
            ("甲付SDK", Some("收款"), None, 1),
            ("乙付SDK", Some("退款"), None, 4),
        ],
    );
}

#[test]
fn what_one_company_offers_is_told_apart() {
    case(
        "#第三方SDK目录\n公司名称：某某有限公司\n使用目的：推送\n公司名称：某某有限公司\n使用目的：地图",
        &[
            ("某某有限公司", Some("推送"), None, 2),
            ("某某有限公司", Some("地图"), None, 4),
        ],
    );
}

#[test]
fn kits_are_read_from_tables() {
    let found = over_table(
        "接入的第三方SDK如下：",
        &["SDK名称", "公司名称", "使用目的", "收集信息"],
        &[
            &["某推送SDK", "某某有限公司", "推送", "设备标识"],
            &["暂无", "无", "无", "无"],
        ],
    );
    let kits: Vec<_> = found
        .facts
        .sdks
        .iter()
        .map(|kit| (kit.name.as_str(), kit.line))
        .collect();
    assert_eq!(kits, [("某推送SDK", 6)]);
    assert_eq!(found.facts.sdks[0].purpose.as_deref(), Some("推送"));
    assert_eq!(found.facts.operator, None);
}

#[test]
fn what_a_kit_s_fields_open_with_is_of_no_account() {
    for first in [
        "服务提供商：某某科技有限公司",
        "官网：https://a.example",
        "包名：com.jia",
        "SDK类型：推送",
        "版本：2.0",
        "申请权限：存储",
        "合规说明：见链接",
    ] {
        for head in ["#甲光SDK", "（1）甲光SDK", "【甲光SDK】", "甲光SDK："] {
            case(
                &format!("#第三方SDK清单\n{head}\n{first}\n功能用途：推送\n采集项：型号"),
                &[("甲光SDK", Some("推送"), Some("型号"), 2)],
            );
        }
    }
    // Fields without a name above them tell of no kit.
    case(
        "我们提供以下服务。\n版本：2.0\n功能用途：推送\n采集项：型号",
        &[],
    );
}

#[test]
fn values_stand_on_the_lines_below_their_labels() {
    case(
        "#甲图SDK\n服务提供商：某某公司\n功能用途：\n- 展示地图\n- 导航\n收集的信息：\n- 位置\n- 型号\n\n其他话。",
        &[("甲图SDK", Some("展示地图；导航"), Some("位置；型号"), 1)],
    );
    case(
        "第三方SDK名称：\n甲图SDK\n公司名称：\n某某有限公司\n使用目的：\n定位\n收集信息：\n位置",
        &[("甲图SDK", Some("定位"), Some("位置"), 2)],
    );
    case(
        "#甲图SDK\n#使用目的\n定位\n#收集的个人信息\n位置",
        &[("甲图SDK", Some("定位"), Some("位置"), 1)],
    );
    // The next kit is no part of what is told of the one before.
    case(
        "#第三方SDK\n甲图SDK\n使用目的：\n定位\n乙付SDK\n使用目的：\n付款",
        &[
            ("甲图SDK", Some("定位"), None, 2),
            ("乙付SDK", Some("付款"), None, 5),
        ],
    );
}

#[test]
fn tables_may_leave_the_name_to_the_line_above() {
    let kits = |lead: &str, header: &[&str], rows: &[&[&str]]| {
        let found = over_table(lead, header, rows).facts.sdks.into_iter();
        let found = found.map(|kit| (kit.name, kit.purpose, kit.data));
        found.collect::<Vec<_>>()
    };
    let kit = |name: &str, purpose: &str, data: &str| {
        (
            name.to_owned(),
            Some(purpose.to_owned()),
            Some(data.to_owned()),
        )
    };
    assert_eq!(
        kits(
            "甲图SDK（com.jia）",
            &["收集的个人信息", "收集目的"],
            &[&["位置", "定位"], &["型号", "适配"], &["地址", "定位"]],
        ),
        [kit("甲图SDK（com.jia）", "定位；适配", "位置；型号；地址")]
    );
    assert_eq!(
        kits(
            "甲图SDK",
            &["项目", "内容"],
            &[&["使用目的", "定位"], &["收集信息", "位置"]]
        ),
        [kit("甲图SDK", "定位", "位置")]
    );
    // The name stands in a column that does not call itself one of names.
    assert_eq!(
        kits(
            "如下：",
            &["服务类型", "公司", "使用目的", "收集信息"],
            &[&["甲图SDK", "某某公司", "定位", "位置"]],
        ),
        [kit("甲图SDK", "定位", "位置")]
    );
    // Two rows of one name are two uses.
    assert_eq!(
        kits(
            "SDK如下：",
            &["SDK名称", "使用目的", "收集信息"],
            &[&["甲信SDK", "登录", "昵称"], &["甲信SDK", "付款", "订单"]],
        ),
        [
            kit("甲信SDK", "登录", "昵称"),
            kit("甲信SDK", "付款", "订单")
        ]
    );
    assert!(kits("我们收集如下：", &["信息", "目的"], &[&["位置", "定位"]]).is_empty());
}

#[test]
fn parts_of_a_sentence_tell_what_a_kit_collects() {
    case(
        "我们会使用甲光SDK，在您同意后获取设备编号、日志。",
        &[("甲光SDK", None, Some("设备编号、日志"), 1)],
    );
    case(
        "我们接入了甲光SDK用于推送，该SDK会收集您的设备编号。",
        &[("甲光SDK", Some("推送"), Some("设备编号"), 1)],
    );
    case(
        "例如：使用“甲图定位”SDK获取您的设备编号，用于找到门店。",
        &[("甲图定位SDK", Some("找到门店"), Some("设备编号"), 1)],
    );
    case(
        "我们使用甲光SDK时，收集您的设备编号的前提是您已经同意。",
        &[],
    );
    case(
        "我们使用的第三方SDK包括：甲光SDK（用于推送）、乙图SDK（用于定位）。",
        &[
            ("甲光SDK", Some("推送"), None, 1),
            ("乙图SDK", Some("定位"), None, 1),
        ],
    );
    // What the operator collects is not the kit's.
    case(
        "我们接入了甲光SDK，我们会收集您的设备编号。",
        &[("甲光SDK", None, None, 1)],
    );
    case(
        "（1）甲安SDK：为了提供崩溃信息采集功能，在您同意后获取设备编号。",
        &[("甲安SDK", Some("提供崩溃信息采集功能"), Some("设备编号"), 1)],
    );
    case(
        "- **甲光SDK**：消息推送（设备编号）",
        &[("甲光SDK", Some("消息推送"), None, 1)],
    );
    case(
        "我们接入了第三方SDK：\n（1）第三方名称：甲光SDK\n使用目的：推送\n数据类型：型号",
        &[("甲光SDK", Some("推送"), Some("型号"), 2)],
    );
}
