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
