use super::*;
use crate::facts::passage::Under;
use crate::facts::scan::{Found, Topic};
use crate::structure::draft::{Draft, Role};

#[track_caller]
fn case(text: &str, listed: bool, expected: Option<(&[&str], &str)>) {
    let draft = Draft::new(1, text, Role::Paragraph);
    let passage = Passage::clause(&draft, Under::default(), "");
    let mut found = Found::default();
    found.scan(text);
    let listed = Listed {
        plain: listed,
        ..Listed::default()
    };
    let item = read(&passage, found.of(Topic::Permission), listed);
    let item = item.map(|item| (item.names, &text[item.body..]));
    let expected = expected.map(|(names, body)| (names.to_vec(), body));
    assert_eq!(item, expected, "{text}");
}

#[test]
fn items_open_with_names() {
    case("位置——找门店", true, Some((&["位置"], "找门店")));
    case("位置——找门店", false, None);
    case("相机：用于扫码", false, Some((&["相机"], "用于扫码")));
    case("相机：像素很高", false, None);
    case(
        "剪贴板：您发帖时，我们会看剪贴板里有没有链接",
        false,
        Some((&["剪贴板"], "您发帖时，我们会看剪贴板里有没有链接")),
    );
    case("相机：您拍照时，光线要足", false, None);
    case("相机：您拍照时，我们不会调用麦克风", false, None);
    case("相机权限：扫码", false, Some((&["相机"], "扫码")));
    case(
        "【麦克风（录音）】用于通话",
        true,
        Some((&["麦克风"], "用于通话")),
    );
    case(
        "使用相册/存储: 保存海报",
        true,
        Some((&["相册", "存储"], "保存海报")),
    );
    case(
        "基于相机（摄像头）的功能：您可识别花草。",
        false,
        Some((&["相机"], "您可识别花草。")),
    );
    case("基于位置的服务：推荐门店", false, None);
    case("Face ID：用于登录", true, Some((&["面容"], "用于登录")));
    case("投屏录屏：讲解", true, Some((&["投屏录屏"], "讲解")));
    case("相机很好，位置：近", true, None);
    case("关闭方法：在设置里", true, None);
    case("相机：", true, None);
    case("健康：我们不收集", true, None);
}
