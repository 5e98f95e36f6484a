//! What is used with a permission, and which mention of it tells what.

use super::case;

#[test]
fn what_is_used_is_told_before_the_permission() {
    for text in [
        "在使用花卉识别时会使用到您的相机，请您授权。",
        "Florist App在使用花卉识别时会使用到您的相机，请您授权。",
        "相机授权：Florist 在使用花卉识别时，要访问您的相机。",
        "相机授权：Florist 应用在使用花卉识别时，要使用到您的相机功能，请授权。",
    ] {
        case(text, &[("相机", Some("花卉识别"), None, 1)]);
    }
    for text in [
        "在您使用花卉识别功能前，需要开启您的相机权限。",
        "当您选择使用花卉识别功能前，需要开启您的相机权限。",
        "在使用花卉识别功能之前，请授权相机权限。",
    ] {
        case(text, &[("相机", Some("花卉识别功能"), None, 1)]);
    }
    for text in [
        "在使用我们的服务前，需要开启您的相机权限。",
        "在使用本功能前，需要开启您的相机权限。",
        "在收集您的信息前，我们会请求相机权限。",
        "相机授权：请您知悉，我们会访问您的相机。",
    ] {
        case(text, &[("相机", None, None, 1)]);
    }
}

#[test]
fn a_head_of_leave_names_the_permission() {
    case(
        "1、定位授权：Florist App在使用蓝牙配网时会使用到您的地理位置信息。\n2、蓝牙授权：Florist App在使用蓝牙耳机时，要使用到您的蓝牙功能。",
        &[
            ("位置", Some("蓝牙配网"), None, 1),
            ("蓝牙", Some("蓝牙耳机"), None, 2),
        ],
    );
    case("我们会记录定位授权状态。", &[]);
}

#[test]
fn what_does_not_work_before_leave_is_given_follows_from_refusing() {
    case(
        "录音需要麦克风权限，您授权之后才能正常使用录音功能。",
        &[(
            "麦克风",
            Some("录音"),
            Some("您授权之后才能正常使用录音功能"),
            1,
        )],
    );
    case(
        "录音需要麦克风权限，您登录后才能正常使用录音功能。",
        &[("麦克风", Some("录音"), None, 1)],
    );
}

#[test]
fn a_refusal_of_another_use_is_not_told_of_the_first() {
    case(
        "为了拍花，我们需要相机权限。\n\n其他说明。\n\n为了直播，我们需要相机权限。如您拒绝授权，将无法直播。",
        &[("相机", Some("拍花"), None, 1)],
    );
    case(
        "为了拍花，我们需要相机权限。\n\n其他说明。\n\n您可以关闭相机权限，关闭后无法拍花。",
        &[("相机", Some("拍花"), Some("关闭后无法拍花"), 1)],
    );
    case(
        "为了拍花，我们需要相机权限。\n\n其他说明。\n\n您可以关闭相机权限以达到撤回同意的目的，关闭后无法拍花。",
        &[("相机", Some("拍花"), Some("关闭后无法拍花"), 1)],
    );
    case(
        "我们会申请相机权限，用于拍花。如您拒绝第三方收集上述信息，将无法使用其服务。",
        &[("相机", Some("拍花"), None, 1)],
    );
}

#[test]
fn a_refusal_that_names_another_is_not_this_ones() {
    case(
        "我们会申请相册权限，您随时能关。请不要关闭存储信息，否则会影响浏览。",
        &[("相册", None, None, 1), ("存储", None, None, 1)],
    );
    case(
        "基于相册的上传功能：我们无需该功能，您可以关闭该权限。",
        &[],
    );
}

#[test]
fn words_in_running_text_ask_for_nothing() {
    case("我们会打开摄像头获取照片。", &[("摄像头", None, None, 1)]);
    case(
        "我们需要存储权限，用于缓存（包括花谱、修改图片或相册、日志）。",
        &[("存储", Some("缓存"), None, 1)],
    );
    case("您可以打开花谱，选择手机相册内图片。", &[]);
    case(
        "您打开摄像头扫花、访问通讯录的，视为您允许该第三方获取上述信息。",
        &[],
    );
    case("我们存储信息以便您打开花谱。", &[]);
    case(
        "如果您拒绝存储信息，将无法保存花谱。",
        &[("存储", None, Some("如果您拒绝存储信息，将无法保存花谱"), 1)],
    );
}
