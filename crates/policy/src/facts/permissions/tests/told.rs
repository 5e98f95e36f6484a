//! What is told of one permission and not of another, and from how far away.

use super::case;

#[test]
fn a_refusal_is_told_of_the_permission_that_it_names() {
    case(
        "投稿时，我们会申请位置权限，如拒绝提供存储权限，您便不能下载。",
        &[
            ("位置", None, None, 1),
            ("存储", None, Some("如拒绝提供存储权限，您便不能下载"), 1),
        ],
    );
    case(
        "我们会申请相机权限。如拒绝麦克风权限，您将无法留言。如拒绝相机权限，您将无法扫码。",
        &[
            ("相机", None, Some("如拒绝相机权限，您将无法扫码"), 1),
            ("麦克风", None, Some("如拒绝麦克风权限，您将无法留言"), 1),
        ],
    );
    case(
        "我们会申请相机权限。如您拒绝摄像头权限，将无法扫码。",
        &[("相机", None, Some("如您拒绝摄像头权限，将无法扫码"), 1)],
    );
    case(
        "我们会申请相机、日历权限。如您拒绝相机或日历权限，将无法使用。",
        &[
            ("相机", None, Some("如您拒绝相机或日历权限，将无法使用"), 1),
            ("日历", None, Some("如您拒绝相机或日历权限，将无法使用"), 1),
        ],
    );
}

#[test]
fn what_stands_far_away_is_told_too() {
    case(
        "为了查明故障，我们需要调用日历权限，以便对时。我们还需要调用您设备的电话设备权限。",
        &[
            ("日历", Some("对时"), None, 1),
            ("电话", Some("查明故障"), None, 1),
        ],
    );
    let long = format!(
        "我们需要调用电话权限，{}以便核对。如您不同意上述授权，将无法登录。",
        "我们会记录型号。".repeat(60)
    );
    case(
        &long,
        &[("电话", None, Some("如您不同意上述授权，将无法登录"), 1)],
    );
}

#[test]
fn two_names_of_one_permission_are_one() {
    case(
        "基于相机/摄像头的附加服务：您可以开启相机权限。\n\n请开启摄像头（相机）、电话权限，电话状态权限用于登录。",
        &[("相机", None, None, 1), ("电话", Some("登录"), None, 3)],
    );
}

#[test]
fn twins_with_purposes_of_their_own_are_two() {
    case(
        "相机权限用于上传证件。摄像头权限用于扫码。",
        &[
            ("相机", Some("上传证件"), None, 1),
            ("摄像头", Some("扫码"), None, 1),
        ],
    );
}

#[test]
fn what_a_kit_is_refused_is_not_told_of_us() {
    case(
        "我们会申请位置权限，用于签到。\n\n我们重视您的信息。\n\n广告SDK会请求您的位置权限。关闭相应权限后无法推荐广告。",
        &[("位置", Some("签到"), None, 1)],
    );
}

#[test]
fn storing_is_no_permission_for_storage() {
    case(
        "请开启存储权限，用于保存图片。\n\n我们会收集、使用、存储、保护您的信息，如您不提供，将影响使用。",
        &[("存储", Some("保存图片"), None, 1)],
    );
}

#[test]
fn data_of_the_device_that_may_be_refused_need_a_permission() {
    case(
        "当您打卡时，我们需要收集您的位置信息。它是敏感信息，拒绝提供该信息只会使您不能打卡。",
        &[(
            "位置",
            Some("打卡"),
            Some("拒绝提供该信息只会使您不能打卡"),
            1,
        )],
    );
    case(
        "当你使用一些功能时，例如你在使用签到功能时我们会收集你的位置信息，拒绝提供这些信息将无法签到。",
        &[(
            "位置",
            Some("签到功能"),
            Some("拒绝提供这些信息将无法签到"),
            1,
        )],
    );
    case(
        "当您打卡时，我们需要收集您的位置信息。如您拒绝提供，您将无法打卡。",
        &[("位置", Some("打卡"), Some("如您拒绝提供，您将无法打卡"), 1)],
    );
    case("当您打卡时，我们需要收集您的位置信息。我们会加密。", &[]);
    case(
        "当您打卡时，我们需要收集您的姓名、位置信息。拒绝提供该信息将无法打卡。",
        &[],
    );
    case(
        "当您打卡时，店铺会收集您的位置信息。拒绝提供该信息将无法打卡。",
        &[],
    );
}
