//! Words in which a text asks for a permission or points back to it: they are no part of its purpose.

use super::purpose;
use crate::facts::reach::{after, around, ends, has, is_comma, is_filler, is_stop, starts, tidy};
use crate::text::Glance;

/// Words that point back to the permission of the passage.
const THIS: [&str; 8] = [
    "此权限",
    "该权限",
    "这个权限",
    "这项权限",
    "此项权限",
    "该项权限",
    "这一权限",
    "本权限",
];

/// Where the first sentences speak of the permission named above them: `此权限`.
fn place(text: &str) -> Option<(usize, usize)> {
    let glance = Glance::at(text);
    let found = THIS.iter();
    let found = found.filter_map(|word| glance.find(word).map(|at| (at, at + word.len())));
    found.min()
}

/// The purpose that a text gives for a permission which it only points back to:
/// `当您扫码时，应用会申请此权限`.
pub(in crate::facts) fn here(text: &str) -> Option<&str> {
    let (start, end) = place(text)?;
    let sentence = around(text, start, (400, 600), is_stop);
    let from = sentence.start;
    purpose(&text[sentence], start - from, end - from)
}

/// Whether the text points back to a permission without denying it.
pub(in crate::facts) fn points(text: &str) -> bool {
    place(text).is_some_and(|(start, _)| {
        let part = around(text, start, (120, 0), is_comma).start;
        !has(&text[part..start], &["不", "无需", "没有", "未"])
    })
}

/// The purpose that a sentence gives which opens with the permission or the function spoken of:
/// `此项功能将用于扫码`.
pub(in crate::facts) fn pointed(sentence: &str) -> Option<&str> {
    const AIMS: [&str; 8] = [
        "用于",
        "用来",
        "用以",
        "是为了",
        "目的是",
        "目的为",
        "目的在于",
        "旨在",
    ];
    let open = sentence.trim_start_matches(is_filler);
    let rest = ["该", "此", "这", "上述"]
        .iter()
        .find_map(|word| open.strip_prefix(word))?;
    let rest = rest.trim_start_matches(['项', '个', '等', '类', '些', '一']);
    let rest = ["权限", "功能", "授权"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let near = after(rest, 0, 36);
    let at = AIMS.iter().filter_map(|word| near.find(word)).min()?;
    let plain = !has(
        &near[..at],
        &["不", "非", "，", ",", "如", "若", "关闭", "拒绝"],
    );
    plain.then(|| purpose(rest, 0, 0)).flatten()
}

/// Whether a part of a sentence asks for something: `应用将会向您申请`.
pub(super) fn asks(part: &str) -> bool {
    const WHO: [&str; 17] = [
        "应用",
        "本应用",
        "App",
        "APP",
        "app",
        "软件",
        "本软件",
        "产品",
        "本产品",
        "平台",
        "本平台",
        "小程序",
        "本小程序",
        "系统",
        "会",
        "将会",
        "将向",
    ];
    const ASK: [&str; 16] = [
        "会申请",
        "会请求",
        "会向您申请",
        "会向您请求",
        "会询问",
        "会调用",
        "会获取",
        "会读取",
        "会访问",
        "将申请",
        "将请求",
        "将向您申请",
        "将向您请求",
        "需申请",
        "需请求",
        "依旧会",
    ];
    let part = part.trim_start();
    starts(part, &WHO) && has(after(part, 0, 60), &ASK)
}

/// An aim up to where the sentence goes on to ask without a comma: `为扫描条码您需要授权我们获取`.
pub(super) fn until_asked(aim: &str) -> &str {
    const ASK: [&str; 38] = [
        "而经",
        "而需",
        "而访问",
        "而申请",
        "而请求",
        "而获取",
        "而调用",
        "而向您",
        "您需要授权",
        "您需授权",
        "您需要开启",
        "您需开启",
        "您需要打开",
        "您需打开",
        "您需要允许",
        "您须授权",
        "您可授权",
        "您可以授权",
        "需要您",
        "需您",
        "请您授权",
        "请您开启",
        "请授权",
        "请开启",
        "请允许",
        "我们需",
        "我们请求",
        "我们申请",
        "我们会",
        "我们将",
        "我们可能",
        "应用会",
        "应用将",
        "应用需",
        "需要获取",
        "需要授权",
        "需要申请",
        "需要访问",
    ];
    let glance = Glance::at(aim);
    let places = ASK.iter().filter_map(|word| {
        let at = glance.find(word).filter(|at| *at > 0)?;
        // 我们会员 and 应用会议 are things.
        let thing = word.ends_with('会') && starts(&aim[at + word.len()..], &["员", "议"]);
        (!thing).then_some(at)
    });
    &aim[..places.min().unwrap_or(aim.len())]
}

/// What closes a condition.
pub(super) const BEHIND_CONDITIONS: [&str; 7] = [
    "之后",
    "后",
    "时",
    "的情况下",
    "的前提下",
    "的情形下",
    "的基础上",
];

/// Whether a part of a sentence is only the condition that the reader agrees: `经您同意后`.
pub(super) fn is_condition(part: &str) -> bool {
    let part = tidy(part);
    let rest = BEHIND_CONDITIONS
        .iter()
        .find_map(|word| part.strip_suffix(word));
    let Some(rest) = rest else { return false };
    let rest = without(
        rest,
        &[
            "仅在",
            "只有在",
            "在",
            "经过",
            "经",
            "当",
            "待",
            "如果",
            "如",
        ],
    );
    let rest = without(rest, &["获得", "征得", "取得", "得到"]);
    is_consent(rest)
}

/// A text without the word of these that it begins with.
fn without<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let rest = words.iter().find_map(|word| text.strip_prefix(word));
    rest.unwrap_or(text)
}

/// Whether words say no more than that the reader agrees: `同意开启此项权限`, `明确授权`.
pub(super) fn is_consent(text: &str) -> bool {
    const AGREES: [&str; 10] = [
        "同意",
        "授权",
        "允许",
        "许可",
        "授予",
        "开启",
        "打开",
        "启用",
        "开通",
        "确认同意",
    ];
    let mut text = tidy(text);
    for word in [
        "仅在", "当", "在", "您", "你", "的", "明确", "单独", "主动", "明示", "书面", "首次",
        "选择",
    ] {
        text = without(text, &[word]);
    }
    starts(text, &AGREES)
        && (ends(text, &["权限", "授权", "同意", "许可", "允许"])
            || has(text, &["我们", "此项权限", "该项权限", "此权限", "该权限"]))
}

/// Whether a part of a sentence says that the reader is asked first: `经过您的授权`, `在征得您的同意后`.
pub(in crate::facts) fn is_leave(part: &str) -> bool {
    const ASKED: [&str; 8] = [
        "经过您",
        "经过你",
        "经您",
        "经你",
        "征得",
        "获得您",
        "获得你",
        "取得您",
    ];
    let part = part.trim_start();
    let part = part.strip_prefix('在').unwrap_or(part);
    starts(part, &ASKED) && has(part, &["同意", "授权", "许可", "允许"])
}

/// Whether words name the whole service and no function of it: `我们提供的服务`.
pub(super) fn is_vague(text: &str) -> bool {
    const SOME: [&str; 6] = ["一些", "某些", "部分", "特定", "相关", "其他"];
    const WHOLE: [&str; 6] = ["我们", "本", "该", "此", "上述", "前述"];
    const NAMES: [&str; 14] = [
        "服务",
        "产品",
        "平台",
        "网站",
        "应用",
        "软件",
        "产品和服务",
        "产品及服务",
        "产品或服务",
        "产品/服务",
        "产品与服务",
        "APP",
        "App",
        "小程序",
    ];
    let text = tidy(text);
    if text == "功能" || NAMES.contains(&text) {
        return true;
    }
    if SOME.iter().any(|some| {
        text.strip_prefix(some)
            .is_some_and(|rest| matches!(rest, "功能" | "服务"))
    }) {
        return true;
    }
    let Some(rest) = WHOLE.iter().find_map(|word| text.strip_prefix(word)) else {
        return false;
    };
    NAMES.contains(&without(rest, &["提供的", "的"]))
}
