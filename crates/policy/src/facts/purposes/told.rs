//! What a permission is for, told around it: in the clause that names it before it is asked for, before the
//! bracket that asks for it, or where something is begun.

use std::ops::Range;

use super::{clean, is_consent, is_vague};
use crate::facts::reach::{after, ends, first_part, has, is_comma, last_part, starts};

/// The purpose that names the permission before it is asked for:
/// `为了您可以使用蓝牙耳机，我们需要获取蓝牙权限`. What is asked for behind its comma is the permission.
pub(super) fn around(left: &str, right: &str) -> Option<Range<usize>> {
    const ASKS: [&str; 10] = [
        "我们",
        "我方",
        "应用",
        "本应用",
        "APP",
        "App",
        "本APP",
        "需",
        "会",
        "软件",
    ];
    let part = last_part(left, is_comma);
    let start = part.strip_prefix("另外").unwrap_or(part).trim_start();
    let aim = start.strip_prefix("为了")?;
    let first = first_part(right, is_comma);
    let next = after(right, first.len(), 60);
    let asks = starts(next, &["，", ","]) && starts(next.trim_start_matches(is_comma), &ASKS);
    let plain = !has(aim, &["我们", "需", "申请", "获取", "授权", "权限"]);
    (asks && plain && next.contains("权限") && !first.contains("权限"))
        .then(|| left.len() - aim.len()..left.len() + first.len())
}

/// What stands before the bracket in which the permission is asked for: `打卡提醒（需您授权通知权限）`.
pub(super) fn before_bracket(left: &str) -> Option<&str> {
    const ASKS: [&str; 8] = [
        "授权", "开启", "打开", "允许", "同意", "申请", "获取", "使用",
    ];
    let open = left.rfind(['（', '('])?;
    let inside = left[open..].trim_start_matches(['（', '(']);
    let asks = inside.len() <= 36
        && starts(inside, &["需", "须", "请", "可"])
        && has(inside, &ASKS)
        && !inside.contains(is_comma);
    let part = last_part(&left[..open], is_comma);
    let part = part.rsplit(['：', ':']).next().unwrap_or(part);
    (asks && part.len() >= 12 && !has(part, &ASKS[..5]) && !has(part, &["权限", "收集", "不"]))
        .then(|| clean(part))
        .flatten()
}

/// What is begun when the permission is asked for, without a word for when: `当您与好友互动，我们会申请`.
pub(super) fn begun<'a>(part: &'a str, behind: &str) -> Option<&'a str> {
    const OTHER: [&str; 13] = [
        "拒绝", "关闭", "撤回", "撤销", "取消", "注销", "删除", "不", "未", "停止", "退出", "同意",
        "授权",
    ];
    let first = ["您在首次使用", "您首次使用", "当您首次使用"];
    let first = first.iter().find_map(|word| part.strip_prefix(word));
    let first = first.filter(|rest| rest.contains("功能"));
    let when = || {
        ["当您", "当你"]
            .iter()
            .find_map(|word| part.strip_prefix(word))
    };
    let rest = first.or_else(when)?;
    let ask = after(behind, 0, 120);
    let asked = starts(ask, &["我们", "我方", "本", "应用"]) && has(ask, &["申请", "请求", "授权"]);
    let plain = rest.len() >= 12
        && !ends(rest, &["时", "后", "前", "的", "之际"])
        && !is_consent(rest)
        && !is_vague(rest)
        && !has(rest, &OTHER);
    (asked && plain).then(|| clean(rest)).flatten()
}

/// What is wished for, where the permission is said to bring it about:
/// `您希望把步数记到手表，则可以通过开启蓝牙功能实现`.
pub(super) fn fulfilled<'a>(left: &'a str, right: &str) -> Option<&'a str> {
    const GIVES: [&str; 6] = ["开启", "打开", "授权", "允许", "启用", "开通"];
    const WISHES: [&str; 6] = ["希望", "想要", "需要", "想", "需", "要"];
    let mut rest = right;
    while let Some(cut) = ["权限", "功能", "授权", "的", "来"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
    {
        rest = cut;
    }
    let done = ["实现", "完成", "达成"];
    let rest = done.iter().find_map(|word| rest.strip_prefix(word))?;
    if !rest.is_empty() && !rest.starts_with(is_comma) {
        return None;
    }
    let by = last_part(left, is_comma);
    let how = by.split_once("通过").map(|(_, how)| how)?;
    let part = last_part(
        left[..left.len() - by.len()].trim_end_matches(is_comma),
        is_comma,
    );
    let part = part.trim_start();
    let part = [
        "如果您",
        "如果你",
        "若您",
        "如您",
        "如你",
        "您",
        "你",
        "如果",
        "如",
    ]
    .iter()
    .find_map(|word| part.strip_prefix(word))
    .unwrap_or(part);
    let aim = WISHES.iter().find_map(|word| part.strip_prefix(word))?;
    // The word for the permission may hold the verb: 开启蓝牙.
    let opens = how.is_empty() || starts(how, &GIVES);
    opens.then(|| clean(aim)).flatten()
}

/// What is said to happen right before the function is named that asks for the permission:
/// `图标上会显示红点，此功能会获取红点权限`.
pub(super) fn function(left: &str) -> Option<&str> {
    const THIS: [&str; 4] = ["此功能", "该功能", "此项功能", "该项功能"];
    const ASKS: [&str; 6] = ["获取", "申请", "调用", "使用", "访问", "请求"];
    let asking = last_part(left, is_comma);
    let rest = THIS.iter().find_map(|word| asking.strip_prefix(word))?;
    let what = last_part(
        left[..left.len() - asking.len()].trim_end_matches(is_comma),
        is_comma,
    );
    let open = starts(rest, &["会", "将", "需", "可能"]) && has(after(rest, 0, 30), &ASKS);
    let told = [
        "我们会",
        "我们将",
        "则会",
        "会",
        "将",
        "可以",
        "您可以",
        "您可",
    ]
    .iter()
    .find_map(|word| what.strip_prefix(word))?;
    let plain = !has(
        told,
        &["权限", "拒绝", "不", "无法", "收集", "关闭", "开启"],
    );
    (open && plain && told.len() >= 12)
        .then(|| clean(told))
        .flatten()
}
