//! Texts that are no policies, hostile, cut off or long.

use crate::cases::SMALL;
use crate::support::{complete, drafted, sound};
use zhiqing_policy::parse;
use zhiqing_site::init::draft;

#[test]
fn a_text_that_is_no_policy_is_doubted_and_still_drafted() {
    for text in ["。", "一句话。", "天气预报\n明天晴，最高气温二十度。\n"] {
        let (draft, notice) = drafted(text);
        assert!(!draft.doubts.is_empty(), "{text}");
        let ids: Vec<&str> = notice.purposes.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["service", "analytics", "personalisation"]);
        assert!(draft.settings.contains("strike the purpose"));
        assert_eq!(notice.policy.version, "1");
    }
}

#[test]
fn hostile_text_stays_text() {
    for text in [
        "我们收集\u{7f}\"'''\"\"\"\\ 手机号 # [x]\n我们会收集您的人脸\u{1}信息\"]。\n",
        "某某隐私政策\n一、'''\"\"\"\n经您单独同意，我们收集人脸信息，用于\"'''\\u0000\\。拒绝的，\"#\\\n",
        "\u{202e}某某\u{1}隐私政策\u{feff}\n]]\n[[purpose]]\nid = \"service\"\n经您单独同意收集指纹信息。\n",
        "某某隐私政策\n一、第三方SDK\nSDK名称：\"]\\'''SDK\n使用目的：\"统计#\n收集信息：'''、\"\"\"、\\\n",
        "某某隐私政策\n一、权限\n相机权限\"\\：用于'''拍照\"\"\"；拒绝的，\\不能拍照\n",
        "某某隐私政策\n我们与\"合作伙伴\\'''共享信息，第三方\"商家\"\\、供应商'''。\n",
    ] {
        drafted(text);
    }
}

/// Pieces of which policies that are hard to draft from are made.
const PIECES: [&str; 32] = [
    "\n",
    "\n\n",
    "一、",
    "（一）",
    "我们如何收集信息",
    "我们如何共享信息",
    "您的权利",
    "：",
    "。",
    "；",
    "，",
    "、",
    "\"",
    "'''",
    "\\",
    "#",
    "]",
    "经您单独同意",
    "明示同意",
    "我们收集",
    "人脸信息",
    "位置信息",
    "手机号",
    "相机权限",
    "用于",
    "拒绝的，",
    "SDK名称：百度统计SDK",
    "提供给供应商",
    "联系方式：a@b.cn",
    "目的：",
    "方式：接口",
    "不向境外提供",
];

#[test]
fn no_text_is_too_strange() {
    // A linear congruential generator: the same texts every time.
    let mut state = 1_u64;
    for _ in 0..300 {
        let mut text = String::from("某某隐私政策\n");
        for _ in 0..40 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text += PIECES[(state >> 59) as usize];
        }
        let (_, notice) = drafted(&text);
        complete("strange", &parse(&text));
        sound(&text, &parse(&text), &notice);
    }
}

/// Every ending that cuts a text in two gives a draft that loads.
#[test]
fn a_text_may_end_anywhere() {
    for (end, _) in SMALL.char_indices().skip(1).step_by(7) {
        drafted(&SMALL[..end]);
    }
}

/// Time grows with the length of the text, however many facts and consents it has.
#[test]
fn a_long_text_is_drafted_at_once() {
    let mut text = String::from("某某隐私政策\n一、收集\n");
    for number in 0..5_000 {
        text += &format!(
            "经您单独同意，我们收集第{number}种人脸信息；相机权限用于拍摄{number}；与第{number}家供应商共享。\n"
        );
    }
    let document = parse(&text);
    let draft = draft(&document, "policy.txt", "long");
    assert!(draft.settings.matches("人脸信息").count() > 5_000);
}
