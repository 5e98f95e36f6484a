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
