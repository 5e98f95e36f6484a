mod paired;
mod pointing;
mod told;
mod uses;
mod words;

use crate::facts::over;

type Row<'a> = (&'a str, Option<&'a str>, Option<&'a str>, u32);

#[track_caller]
fn case(text: &str, expected: &[Row<'_>]) {
    let found = over(text).facts.permissions;
    let found: Vec<Row<'_>> = found
        .iter()
        .map(|p| {
            (
                p.name.as_str(),
                p.purpose.as_deref(),
                p.refusal.as_deref(),
                p.line,
            )
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn permissions_are_read_with_purpose_and_refusal() {
    case(
        "扫码需要相机权限。如您不同意，将无法扫码。\n相机很好。",
        &[("相机", Some("扫码"), Some("如您不同意，将无法扫码"), 1)],
    );
    case(
        "我们会请求您授权麦克风权限，用于语音搜索。关闭该权限后无法使用语音。",
        &[(
            "麦克风",
            Some("语音搜索"),
            Some("关闭该权限后无法使用语音"),
            1,
        )],
    );
    case(
        "为确保功能实现，我们会调用权限，包括位置信息、相册。\n如您拒绝授权上述权限，将无法使用该功能。",
        &[
            (
                "位置",
                Some("确保功能实现"),
                Some("如您拒绝授权上述权限，将无法使用该功能"),
                1,
            ),
            (
                "相册",
                Some("确保功能实现"),
                Some("如您拒绝授权上述权限，将无法使用该功能"),
                1,
            ),
        ],
    );
    case(
        "通讯录权限：邀请好友。",
        &[("通讯录", Some("邀请好友"), None, 1)],
    );
    case(
        "android.permission.RECORD_AUDIO，用于语音通话",
        &[("android.permission.RECORD_AUDIO", Some("语音通话"), None, 1)],
    );
}

#[test]
fn items_of_a_list_of_permissions_are_named() {
    case(
        "您可以关闭系统权限（如蓝牙、位置和通知等），但可能影响部分功能。",
        &[
            ("蓝牙", None, None, 1),
            ("位置", None, None, 1),
            ("通知", None, None, 1),
        ],
    );
}

#[test]
fn pairs_and_headings_name_them_too() {
    case(
        "权限名称：相机；权限用途：扫码；拒绝的影响：无法扫码\n权限名称：日历\n使用目的：提醒",
        &[
            ("相机", Some("扫码"), Some("无法扫码"), 1),
            ("日历", Some("提醒"), None, 2),
        ],
    );
    case(
        "#设备权限\n#位置权限\n用于推荐附近的门店。如您拒绝，将无法推荐。",
        &[(
            "位置",
            Some("推荐附近的门店"),
            Some("如您拒绝，将无法推荐"),
            2,
        )],
    );
}

#[test]
fn data_and_staff_access_are_no_permissions() {
    case("我们会收集您的位置信息和照片。", &[]);
    case("我们严格控制员工的访问权限。", &[]);
    case("我们对数据库、文件和网络访问权限进行控制。", &[]);
    case("我们不会访问您的通讯录。", &[]);
    case("您上传的照片会公开显示。", &[]);
    case("允许会员提交宠物照片。", &[]);
    case("短信推送可以退订。", &[]);
}

#[test]
fn items_of_a_list_need_not_say_permission() {
    case(
        "#设备权限\n相机——拍摄封面；关了就用默认封面。\n通知：订单提醒",
        &[
            ("相机", Some("拍摄封面"), Some("关了就用默认封面"), 2),
            ("通知", Some("订单提醒"), None, 3),
        ],
    );
    case(
        "我们会申请下列权限：\n手机号码（敏感）：用于登录。不允许的，改用邮箱登录。\n使用日历: 写入提醒",
        &[
            ("手机号码", Some("登录"), Some("不允许的，改用邮箱登录"), 2),
            ("日历", Some("写入提醒"), None, 3),
        ],
    );
    case(
        "相机：用于扫描条码。不允许的，从相册选图。\n录音：用于配音。",
        &[("相机", Some("扫描条码"), Some("不允许的，从相册选图"), 1)],
    );
    case("会员资料：头像、手机号码\n手机号码：用于登录", &[]);
}

#[test]
fn labelled_items_below_a_heading_tell_of_it() {
    case(
        "设备权限：相机、日历等权限，拒绝授权仅影响对应功能。\n#相机权限\n• 使用目的：扫描条码；拍摄封面\n• 拒绝授权的后果：您将无法扫码\n#日历权限\n• 使用目的：提醒",
        &[
            ("相机", Some("扫描条码；拍摄封面"), Some("您将无法扫码"), 1),
            ("日历", Some("提醒"), Some("拒绝授权仅影响对应功能"), 1),
        ],
    );
}

#[test]
fn names_stand_in_a_row_and_brackets_explain_them() {
    case(
        "我们会请求您授权相机或文件访问权限，以便上传凭证。",
        &[
            ("相机", Some("上传凭证"), None, 1),
            ("存储", Some("上传凭证"), None, 1),
        ],
    );
    case(
        "发帖时需授权存储（相册和文件）、麦克风（录音）权限。",
        &[
            ("存储", Some("发帖"), None, 1),
            ("麦克风", Some("发帖"), None, 1),
        ],
    );
    case(
        "部分功能需要设备权限，例如日历、设备信息、手机号码等。",
        &[
            ("日历", None, None, 1),
            ("设备信息", None, None, 1),
            ("手机号码", None, None, 1),
        ],
    );
}

#[test]
fn purposes_are_told_around_the_permission() {
    // Before it, in the same part of the sentence.
    case(
        "录制配音用到麦克风权限。",
        &[("麦克风", Some("录制配音"), None, 1)],
    );
    // Up to the refusal.
    case(
        "我们在您点击晒单时访问相册，用于发表评价，不同意的，可以只写文字。",
        &[("相册", Some("发表评价"), Some("不同意的，可以只写文字"), 1)],
    );
    // On an occasion.
    case(
        "如您使用打卡功能，需授权定位权限。我们将收集步数用于统计。",
        &[("位置", Some("打卡功能"), None, 1)],
    );
    case(
        "点“添加同事”时，经您允许访问通讯录。",
        &[("通讯录", Some("添加同事"), None, 1)],
    );
    // With the datum, in the same section.
    case(
        "#位置\n精确定位：用于“同校”栏目；\n您可以在系统里撤回定位权限，不影响浏览。",
        &[(
            "位置",
            Some("“同校”栏目"),
            Some("撤回定位权限，不影响浏览"),
            3,
        )],
    );
    case(
        "为展示附近的书店，我们会收集以下信息：\n位置信息：经度和纬度。\n您可以关闭定位权限，关闭后不能展示。\n我们收集设备型号用于适配。",
        &[("位置", Some("展示附近的书店"), Some("关闭后不能展示"), 3)],
    );
    // In the next sentence, which names it again.
    case(
        "您可以开启定位服务。我们收集位置信息是为了推荐书店。",
        &[("位置", Some("推荐书店"), None, 1)],
    );
    // By what it is used with.
    case(
        "您开启设备定位功能并使用附近的服务时，我们会收集步数。",
        &[("位置", Some("附近的服务"), None, 1)],
    );
    // By the head of the clause.
    case(
        "添加同事：只读取您在通讯录里选中的一位。不同意的，手工填写。",
        &[("通讯录", Some("添加同事"), Some("不同意的，手工填写"), 1)],
    );
}

#[test]
fn data_that_share_a_label_with_permissions_are_none() {
    case(
        "使用目的：扫码支付\n收集个人信息类型或申请的权限：设备型号、手机号码、网络连接权限",
        &[("网络", Some("扫码支付"), None, 2)],
    );
}

#[test]
fn a_clause_about_something_else_completes_nothing() {
    case(
        "您可以在系统里关闭定位权限。\n注销账号：若您不想再用，可以注销，注销后无法恢复。",
        &[("位置", None, None, 1)],
    );
}

#[test]
fn two_permissions_may_share_a_label_or_a_name() {
    case(
        "权限名称：相机权限、相册权限；权限用途：扫码",
        &[
            ("相机权限", Some("扫码"), None, 1),
            ("相册权限", Some("扫码"), None, 1),
        ],
    );
}

#[test]
fn what_is_picked_or_denied_is_no_permission() {
    case("我们不读取 MAC 地址和通讯录。", &[]);
    case("我们将在7个日历天内答复您的访问请求。", &[]);
    case("您可以允许应用使用，也可以从相册选取。", &[]);
    case(
        "请授权保存图片到相册，以便分享。",
        &[("相册", Some("分享"), None, 1)],
    );
    case(
        "存储权限：您上传相册图片时，可授权开启存储权限。",
        &[("存储", Some("上传相册图片"), None, 1)],
    );
    case(
        "需您在“App 跟踪透明度”中授权；拒绝不影响浏览。",
        &[("跟踪", None, Some("拒绝不影响浏览"), 1)],
    );
}

#[test]
fn a_sentence_behind_a_list_speaks_of_all_its_items() {
    let refusal = Some("关闭权限即代表取消这些授权，我们无法提供对应的功能");
    case(
        "我们会申请下列权限：\n（a）相机权限：如您需要使用扫码功能，请开启相机权限。\n（b）日历权限：如您需要使用提醒功能，请开启日历权限。\n您关闭权限即代表取消这些授权，我们无法提供对应的功能。",
        &[
            ("相机", Some("扫码功能"), refusal, 2),
            ("日历", Some("提醒功能"), refusal, 3),
        ],
    );
    case(
        "1、位置信息获取\n2、日历信息获取\n您关闭权限即代表取消这些授权，我们无法提供对应的功能。",
        &[("位置", None, refusal, 1), ("日历", None, refusal, 2)],
    );
    case("1、位置信息获取\n其他说明。", &[]);
    case(
        "（a）扫码需要相机权限。\n（b）提醒需要日历权限。\n其他说明。\n如您关闭上述权限，将无法使用。",
        &[
            ("相机", Some("扫码"), None, 1),
            ("日历", Some("提醒"), None, 2),
        ],
    );
}

#[test]
fn the_next_item_speaks_of_something_else() {
    case(
        "1. 我们还需获取您的相机权限。\n2. 我们会读取您的登录记录，以便您能登录。",
        &[("相机", None, None, 1)],
    );
    case(
        "您可以启用地理位置信息。\n用于推荐好书的信息：您看过的书，以便推荐别的书。",
        &[("位置", None, None, 1)],
    );
    case(
        "1. 我们还需获取您的相机权限。\n该权限用于扫码。",
        &[("相机", Some("扫码"), None, 1)],
    );
    case(
        "• 相机权限\n• 使用目的：用于扫码",
        &[("相机", Some("扫码"), None, 1)],
    );
}

#[test]
fn functions_that_need_a_permission_are_items() {
    case(
        "（1）基于相机（摄像头）的功能：您可使用扫码、刷脸等服务。\n（2）Face ID：您可使用登录服务。\n（3）基于存储的功能：用于下载。\n上述功能需要您开启相机（摄像头）、Face ID、存储空间的访问权限，如您取消这些授权，将无法使用。",
        &[
            (
                "相机",
                Some("扫码、刷脸等服务"),
                Some("如您取消这些授权，将无法使用"),
                1,
            ),
            (
                "面容",
                Some("登录服务"),
                Some("如您取消这些授权，将无法使用"),
                2,
            ),
            (
                "存储",
                Some("下载"),
                Some("如您取消这些授权，将无法使用"),
                3,
            ),
        ],
    );
}

#[test]
fn what_a_kit_asks_for_is_its_own() {
    case(
        "（1）某某SDK：为了统计，我们使用了某某SDK，该SDK需要读取手机状态，用于统计。",
        &[],
    );
}

#[test]
fn a_remark_is_no_purpose() {
    case(
        "我们会申请相机权限。说明: 部分机型会默认授权读取应用列表权限，我们并未使用。",
        &[("相机", None, None, 1), ("应用列表", None, None, 1)],
    );
}
