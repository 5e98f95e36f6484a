use super::*;

#[track_caller]
fn case(sentence: &str, name: &str, expected: Option<&str>) {
    let start = sentence.find(name).expect("the name is in the sentence");
    assert_eq!(
        purpose(sentence, start, start + name.len()),
        expected,
        "{sentence}"
    );
}

#[test]
fn items_say_what_their_name_is_for() {
    assert_eq!(said("拍摄封面，如您拒绝则不能发布"), Some("拍摄封面"));
    assert_eq!(said("拍摄封面时询问，只拍一张"), Some("拍摄封面"));
    assert_eq!(
        said("当您复制暗号后，我们会打开它"),
        Some("当您复制暗号后，我们会打开它")
    );
    assert_eq!(said("我们不读取"), None);
    assert_eq!(said("您可以在设置中管理"), None);
    assert_eq!(said("您可使用扫码、转账等服务。"), Some("扫码、转账等服务"));
    assert_eq!(
        said("如您需要使用刷脸、扫码功能，请开启相机权限。"),
        Some("刷脸、扫码功能")
    );
    assert_eq!(leading("为展示门店，我们会收集："), Some("展示门店"));
    assert_eq!(leading("我们会收集："), None);
}

#[test]
fn purposes_stand_behind_or_before_what_they_are_for() {
    case(
        "我们申请相机权限，用于扫描二维码，如您不同意则无法扫码",
        "相机",
        Some("扫描二维码"),
    );
    case("打开相机，以便于您给宠物拍照", "相机", Some("给宠物拍照"));
    case(
        "读取位置信息，以实现我们为您规划路线的目的（如步行）",
        "位置信息",
        Some("为您规划路线"),
    );
    case(
        "为确保扫码功能的实现，我们会调用相机权限",
        "相机",
        Some("确保扫码功能的实现"),
    );
    case("为了扫码，我们会调用相机权限", "相机", Some("扫码"));
    case(
        "当您使用扫一扫时，我们会调用相机权限",
        "相机",
        Some("扫一扫"),
    );
    case(
        "由于我们需计算到校距离，所以请授权获取你的位置",
        "你的位置",
        Some("计算到校距离"),
    );
    case(
        "您可以用相机识别功能进行植物鉴定，得到名称",
        "相机",
        Some("进行植物鉴定，得到名称"),
    );
    case("我们会调用相机权限", "相机", None);
}

#[test]
fn aims_are_told_in_many_words() {
    case(
        "您开启定位功能后我们收集位置，以使得您不必输入城市",
        "定位功能",
        Some("不必输入城市"),
    );
    case(
        "我们会请求麦克风权限，以判断您的发音，如您不同意则不能跟读",
        "麦克风",
        Some("判断您的发音"),
    );
    case("您可以使用相机拍照", "相机", None);
    let many = format!("开启相机，用于{}，其他", "扫码，".repeat(40));
    let told = purpose(&many, 6, 12).unwrap_or_default();
    assert!(told.ends_with("扫码") && told.len() < LONGEST);
    case("我们会以书面形式请求麦克风权限，以下同", "麦克风", None);
    case(
        "开启位置权限，方便查找附近的车站",
        "位置权限",
        Some("方便查找附近的车站"),
    );
    case(
        "如您（或您的家人）需拍摄封面，我们还需获取您的相机权限",
        "相机",
        Some("拍摄封面"),
    );
    case("如您需要撤回授权，请在设置里找到相机权限", "相机", None);
    case(
        "课程中会有跟读环节，我们将需要获取麦克风权限",
        "麦克风",
        Some("跟读"),
    );
    case(
        "为了保护账户，方便您刷脸登录，因此需要您授权相机权限",
        "相机",
        Some("保护账户，方便您刷脸登录"),
    );
    case(
        "为了展示附近的店，以及推荐商品，我们会请求定位权限",
        "定位",
        Some("展示附近的店，以及推荐商品"),
    );
    case(
        "打开相册，以便您（或您的家人）上传头像",
        "相册",
        Some("上传头像"),
    );
}

#[test]
fn to_learn_is_told_from_to_solve() {
    case("为了解您的口味，我们需要位置", "位置", Some("了解您的口味"));
    case(
        "为了了解您的口味，我们需要位置",
        "位置",
        Some("了解您的口味"),
    );
    case("为了解决掉线，我们需要位置", "位置", Some("解决掉线"));
    case(
        "我们需要位置，是为了解您的口味",
        "位置",
        Some("了解您的口味"),
    );
    case("我们需要位置，是为了解锁单车", "位置", Some("解锁单车"));
}

#[test]
fn each_permission_has_the_purpose_of_its_own_part() {
    let two = "申请相机权限以便扫描工牌，并申请麦克风权限以便录下留言";
    case(two, "相机", Some("扫描工牌"));
    case(two, "麦克风", Some("录下留言"));
    let apart = "为了扫描工牌，申请相机权限，为了录下留言，申请麦克风权限";
    case(apart, "相机", Some("扫描工牌"));
    case(apart, "麦克风", Some("录下留言"));
    let told = "整理票据时，需要相机、日历权限，我们调用相机权限是为了拍下票据，我们调用日历权限是为了记下日期";
    case(told, "相机", Some("拍下票据"));
    case(told, "日历", Some("记下日期"));
    case(
        "请开启相机权限，并开启相册权限，用于上传封面",
        "相机",
        Some("上传封面"),
    );
    case(
        "开启相机权限，以便扫描工牌，并申请加入小组",
        "相机",
        Some("扫描工牌，并申请加入小组"),
    );
    case(
        "申请相机权限，上述权限是为了扫描工牌",
        "相机",
        Some("扫描工牌"),
    );
    case(
        "当您扫码时，申请相机权限，当您留言时，申请麦克风权限",
        "麦克风",
        Some("留言"),
    );
}

#[test]
fn aims_go_on_and_conditions_close() {
    case(
        "为方便阅读，使本应用更好用，我们可能需要相机",
        "相机",
        Some("方便阅读，使本应用更好用"),
    );
    case(
        "为保障账号安全，防止盗用，我们需要相机",
        "相机",
        Some("保障账号安全，防止盗用"),
    );
    case("为方便阅读，使用相机", "相机", Some("方便阅读"));
    case(
        "您选择使用刷脸登录时，我们将调用相机",
        "相机",
        Some("刷脸登录"),
    );
    case("相机拍的图用于投稿的，需要打开权限", "相机", Some("投稿"));
    case("相机用于省电目的", "相机", Some("省电目的"));
}

#[test]
fn the_next_permission_and_the_next_occasion_are_others() {
    let row = "日历权限用于提醒，麦克风权限用于留言";
    case(row, "日历", Some("提醒"));
    case(row, "麦克风", Some("留言"));
    let two = "您使用拍照答题时，我们会使用您的相机，您选择使用语音答题时，会使用麦克风";
    case(two, "相机", Some("拍照答题"));
    case(two, "麦克风", Some("语音答题"));
    case(
        "为提高效率，让搜索更准，我们需要相机",
        "相机",
        Some("提高效率，让搜索更准"),
    );
    case(
        "您首次使用日程功能时我们会申请日历",
        "日历",
        Some("日程功能"),
    );
    case("当您使用部分功能时我们会申请日历", "日历", None);
}
