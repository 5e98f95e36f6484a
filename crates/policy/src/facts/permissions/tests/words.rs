//! The words in which permissions, their purposes and their refusals are told.

use super::case;

#[test]
fn names_say_in_many_ways_that_they_are_permissions() {
    case(
        "为了推荐书店，请开启位置使用权限。",
        &[("位置", Some("推荐书店"), None, 1)],
    );
    case(
        "请授予我们定位的访问权限。另请开启推送服务权限。",
        &[("位置", None, None, 1), ("通知", None, None, 1)],
    );
    case(
        "跑步时，我们需要照片的读取权限。",
        &[("照片", None, None, 1)],
    );
    case(
        "权限信息，包括位置信息、日历等。",
        &[("位置", None, None, 1), ("日历", None, None, 1)],
    );
    case(
        "经您授权获取您设备的运动健康信息，用于绘制轨迹。",
        &[("身体活动", Some("绘制轨迹"), None, 1)],
    );
    case("您向教练提交运动健康信息。", &[]);
    case("您在设置中启用地理位置信息。", &[("位置", None, None, 1)]);
}

#[test]
fn a_bracket_behind_a_name_is_another_name_of_it() {
    case("请开启摄像头（相机）权限。", &[("摄像头", None, None, 1)]);
    case(
        "我们需要您开启摄像头(相机)、日历以及麦克风（语音） 等访问权限。",
        &[
            ("摄像头", None, None, 1),
            ("日历", None, None, 1),
            ("麦克风", None, None, 1),
        ],
    );
    case(
        "请开启相机（需同时开启麦克风）权限。",
        &[("相机", None, None, 1), ("麦克风", None, None, 1)],
    );
}

#[test]
fn what_another_user_is_allowed_is_no_permission() {
    case("您授权另一位老师查看您的日历和相册。", &[]);
    case(
        "您授权其使用该应用。请授权相机权限。",
        &[("相机", None, None, 1)],
    );
}

#[test]
fn a_wish_stands_behind_a_head_too() {
    case(
        "为改进产品，我们会收集：\n位置信息：如您需要使用我们的签到服务，请开启位置使用权限。",
        &[("位置", Some("签到服务"), None, 2)],
    );
    case(
        "如您需要使用我们的服务，请开启相机权限。",
        &[("相机", None, None, 1)],
    );
    case(
        "针对附近的活动功能（如签到），我们会请求定位权限。",
        &[("位置", Some("附近的活动功能"), None, 1)],
    );
    case(
        "针对不同的功能，我们会请求定位权限。",
        &[("位置", None, None, 1)],
    );
    case("（a）相机：您需开启相机权限。", &[("相机", None, None, 1)]);
    case(
        "打开日历，以便记下考试，您还可以自选时间。",
        &[("日历", Some("记下考试"), None, 1)],
    );
}

#[test]
fn any_of_them_are_all_of_a_list() {
    let refusal = Some("一旦关闭任一权限，我们无法提供对应的功能");
    case(
        "1、相机权限：用于扫码。\n2、日历权限：用于提醒。\n您一旦关闭任一权限，我们无法提供对应的功能。",
        &[
            ("相机", Some("扫码"), refusal, 1),
            ("日历", Some("提醒"), refusal, 2),
        ],
    );
}

#[test]
fn a_numbered_passage_speaks_of_what_it_names_itself() {
    case(
        "我们会读取剪贴板，以便解析口令。\n3.2 我们会推送广告。在使用上述信息时会去标识化。如您拒绝推荐，不影响浏览。",
        &[("剪贴板", Some("解析口令"), None, 1)],
    );
}

#[test]
fn what_is_read_on_an_occasion_is_a_permission() {
    case(
        "剪切板：您在发帖时，剪切板里若有网址，我们会读取它。",
        &[("剪贴板", Some("发帖"), None, 1)],
    );
    case(
        "我们会收集您手机的通讯录，以便您找到同学。",
        &[("通讯录", Some("找到同学"), None, 1)],
    );
    case("我们不会收集您的通讯录。", &[]);
    case("第三方可能收集您的通讯录。", &[]);
    case("我们会收集您的通讯录好友名。", &[]);
}

#[test]
fn names_of_the_systems_are_known() {
    case(
        "为了查看前台应用，我们要用正在运行的应用程序的进程权限。",
        &[("应用进程", Some("查看前台应用"), None, 1)],
    );
    case(
        "登录时，我们会调用面容ID或指纹ID。",
        &[("面容", None, None, 1), ("指纹", None, None, 1)],
    );
    case(
        "请开启无障碍权限、附近设备权限。申请 SCHEDULE_EXACT_ALARM 和 FOREGROUND_SERVICE_LOCATION。",
        &[
            ("无障碍", None, None, 1),
            ("附近设备", None, None, 1),
            ("SCHEDULE_EXACT_ALARM", None, None, 1),
            ("FOREGROUND_SERVICE_LOCATION", None, None, 1),
        ],
    );
}

#[test]
fn items_of_a_list_of_permissions_have_the_names_of_the_systems() {
    case(
        "我们会申请以下权限：\n1. 附近设备：用于连接手环。\n2. 闹钟：用于叫醒您。\n3. 正在运行的进程：用于查看前台应用。",
        &[
            ("附近设备", Some("连接手环"), None, 2),
            ("闹钟", Some("叫醒您"), None, 3),
            ("应用进程", Some("查看前台应用"), None, 4),
        ],
    );
}

#[test]
fn every_row_of_a_list_of_permissions_is_one() {
    case(
        "我们会申请以下权限：\n1. 音乐和音频：用于配乐。\n2. 灯带：用于照明。\n3. 位置：用于签到。",
        &[
            ("音频", Some("配乐"), None, 2),
            ("灯带", Some("照明"), None, 3),
            ("位置", Some("签到"), None, 4),
        ],
    );
    case(
        "我们会申请以下权限：\n（1）日历，用于提醒。\n（2）蓝牙，拿来连接手环。拒绝后无法连接。\n（3）灯带权限，允许程序点亮灯带，用于照明。\n（4）相机 - 扫码",
        &[
            ("日历", Some("提醒"), None, 2),
            ("蓝牙", Some("拿来连接手环"), Some("拒绝后无法连接"), 3),
            ("灯带", Some("照明"), None, 4),
            ("相机", Some("扫码"), None, 5),
        ],
    );
    case(
        "我们会申请以下权限：\n相机：用于扫码\n访问琴谱架：用于取谱\n温馨提示：您可以关闭。\n联系电话：在店里",
        &[
            ("相机", Some("扫码"), None, 2),
            ("琴谱架", Some("取谱"), None, 3),
        ],
    );
    case(
        "我们会申请以下权限：\n1. 日历：用于提醒。\n2. 您可以随时关闭。\n3. 位置：用于签到。",
        &[("日历", Some("提醒"), None, 2)],
    );
}

#[test]
fn a_permission_is_named_before_the_word_whatever_stands_between() {
    let aim = Some("整理书目");
    for (text, name) in [
        ("我们需要蓝牙的使用权限，用于整理书目。", "蓝牙"),
        ("我们需要Siri使用权限，用于整理书目。", "Siri"),
        ("请开启移动网络信息权限，用于整理书目。", "网络"),
        ("桌面角标权限用于整理书目。", "角标"),
    ] {
        case(text, &[(name, aim, None, 1)]);
    }
    case(
        "请开启蓝牙、灯带的访问权限，用于整理书目。",
        &[("蓝牙", aim, None, 1)],
    );
    case("我们不会获取通话权限。", &[]);
    case("店长有文件的编辑权限。", &[]);
    case("只有服务器有网络通讯权限，用于对账。", &[]);
}

#[test]
fn an_item_that_tells_of_its_refusal_needs_no_lead() {
    case(
        "（1）摄像头，用于扫描票据。拒绝授权后，无法扫描。\n（2）蓝牙，用于连接手环。拒绝授权后，无法连接。\n（3）灯带，用于照明。拒绝授权后，没有光，无法照明。",
        &[
            ("摄像头", Some("扫描票据"), Some("拒绝授权后，无法扫描"), 1),
            ("蓝牙", Some("连接手环"), Some("拒绝授权后，无法连接"), 2),
            (
                "灯带",
                Some("照明"),
                Some("拒绝授权后，没有光，无法照明"),
                3,
            ),
        ],
    );
    case("（1）蓝牙，用于连接手环。\n（2）灯带，用于照明。", &[]);
}

#[test]
fn a_permission_has_one_name_and_its_own_words() {
    case(
        "我们通过read_logs来读取系统日志，便于在闪退时查找原因。",
        &[("read_logs", Some("在闪退时查找原因"), None, 1)],
    );
    case(
        "我们会申请下列权限：\n\n1. 我们需要读取手机状态，用于统计装机量。\n\n2. 我们需要获取您手机的软件安装列表，用于判断能否支付；如您不授权此项权限，将无法支付。",
        &[
            ("电话状态", Some("统计装机量"), None, 3),
            (
                "应用列表",
                Some("判断能否支付"),
                Some("如您不授权此项权限，将无法支付"),
                5,
            ),
        ],
    );
    case(
        "为了借书，需要查看wifi状态权限、红点权限、修改手机声音权限。",
        &[
            ("网络状态", Some("借书"), None, 1),
            ("角标", Some("借书"), None, 1),
            ("音频设置", Some("借书"), None, 1),
        ],
    );
    case(
        "我们会获取您的开机启动权限，用于还书提醒。",
        &[("自启动", Some("还书提醒"), None, 1)],
    );
}

#[test]
fn what_only_sounds_like_a_permission_is_none() {
    case("为了实现辅助定位功能，我们会获取加速度传感器的数据。", &[]);
    case(
        "如书商违法违规处理您的信息（如未经授权收集您的通讯录），请与我们联系。",
        &[],
    );
    case(
        "您在拨打电话时，我们会申请悬浮窗权限，用于显示书名。",
        &[("悬浮窗", Some("显示书名"), None, 1)],
    );
}
