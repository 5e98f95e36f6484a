use super::case;
use crate::facts::over_table;

#[test]
fn purpose_and_refusal_are_of_one_mention() {
    case(
        "扫码登录时需开启相机权限。如您不提供该权限，将无法扫码登录。\n当您拍花时，我们会申请相机权限，拒绝提供该权限将无法拍花。",
        &[(
            "相机",
            Some("扫码登录"),
            Some("如您不提供该权限，将无法扫码登录"),
            1,
        )],
    );
    case(
        "登录前请打开相机权限，否则无法登录。\n当您拍花时，我们会申请相机权限，拒绝提供该权限将无法拍花。",
        &[("相机", Some("拍花"), Some("拒绝提供该权限将无法拍花"), 1)],
    );
    case(
        "登录前请打开相机权限，否则无法登录。\n当您拍花时，我们会申请相机权限。",
        &[("相机", Some("拍花"), Some("否则无法登录"), 1)],
    );
}

#[test]
fn a_paragraph_below_headings_tells_of_all_that_stand_below_one_permission() {
    let refusal = Some("拒绝提供该权限将无法存花谱");
    case(
        "#存储权限\n##READ_EXTERNAL_STORAGE\n为了翻花谱，经过您的授权，我们会读取文件。\n##WRITE_EXTERNAL_STORAGE\n为了存花谱，我们会写入文件。\n拒绝提供该权限将无法存花谱。\n#相机权限\n为了拍花，我们会打开镜头。\n拒绝提供该权限将无法拍花。",
        &[
            ("READ_EXTERNAL_STORAGE", Some("翻花谱"), refusal, 2),
            ("WRITE_EXTERNAL_STORAGE", Some("存花谱"), refusal, 4),
            ("相机", Some("拍花"), Some("拒绝提供该权限将无法拍花"), 7),
        ],
    );
    case(
        "#相机权限\n为了拍花，我们会打开镜头。\n#麦克风权限\n为了问花名，我们会录音。\n拒绝提供该权限将无法问花名。",
        &[
            ("相机", Some("拍花"), None, 1),
            (
                "麦克风",
                Some("问花名"),
                Some("拒绝提供该权限将无法问花名"),
                3,
            ),
        ],
    );
}

#[test]
fn a_cell_asks_for_a_permission_where_no_column_names_any() {
    let found = over_table(
        "各项活动如下：",
        &["活动", "您的信息", "说明"],
        &[
            &["比步数", "步数", "您上传步数时，我们需要获取您的健康权限。"],
            &["看花", "位置权限", "相机权限很少用到。"],
        ],
    );
    let found = found.facts.permissions.iter();
    let found: Vec<_> = found
        .map(|p| (p.name.as_str(), p.purpose.as_deref()))
        .collect();
    assert_eq!(found, [("身体活动", Some("上传步数"))]);
}

#[test]
fn data_stand_for_a_permission_only_where_they_may_be_refused() {
    case(
        "当你使用「花径」功能时，我们会在你点头后，将你的地理位置信息用于量路程，目的是为了让它可用。拒绝提供该信息只会让你无法看路程。",
        &[(
            "位置",
            Some("量路程"),
            Some("拒绝提供该信息只会让你无法看路程"),
            1,
        )],
    );
    case(
        "当你使用「花径」功能时，我们会将你的地理位置信息用于量路程。",
        &[],
    );
    case("我们会收集自启动名单，来检查应用的权限。", &[]);
    case(
        "我们会申请自启动，用于提醒。",
        &[("自启动", Some("提醒"), None, 1)],
    );
    case("为让你在日历中看到花期，我们会获取好友的授权。", &[]);
}

#[test]
fn services_that_use_a_permission_may_be_enumerated() {
    case(
        "您可以开启设备定位功能、收藏功能并使用我们提供的相关服务（包括找花、计程），也可以关闭。",
        &[("位置", Some("找花、计程"), None, 1)],
    );
    case(
        "为便于您找花友，我们会展示同园的人。为此，我们会收集机型，其中精确位置需要您授权位置权限。",
        &[("位置", Some("便于您找花友"), None, 1)],
    );
}

#[test]
fn a_long_refusal_is_told_whole() {
    let more = "我们也会用别的办法为您找到花园的入口".repeat(8);
    let text = format!("为了导览，我们申请位置权限。如您拒绝，将无法导览，{more}。");
    let refusal = format!("如您拒绝，将无法导览，{more}");
    case(&text, &[("位置", Some("导览"), Some(&refusal), 1)]);
}
