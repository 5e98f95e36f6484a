//! What a permission makes possible, and the occasion told behind it: `开启相机权限后，您可以扫码`,
//! `授权位置权限才能导航`, `相机权限，仅在您扫码时使用`.

use super::asking::BEHIND_CONDITIONS;
use super::moments::at_moment;
use super::{LONGEST, OTHER, clean, until_break};
use crate::facts::reach::{after, before, has, is_comma, last_part, starts, tidy};

/// What is done to a permission so that something becomes possible.
const GIVES: [&str; 11] = [
    "开启", "打开", "授权", "允许", "同意", "启用", "授予", "开通", "获得", "获取", "使用",
];

/// What is done to a permission so that it is gone.
const TAKES: [&str; 7] = ["关闭", "拒绝", "撤回", "取消", "不", "未", "无"];

/// What becomes possible with the permission that stands between `left` and `right`.
pub(super) fn opened<'a>(left: &str, right: &'a str) -> Option<&'a str> {
    const ONLY: [&str; 11] = [
        "后您就可以",
        "后您可以",
        "后您可",
        "后即可",
        "后可以",
        "后才能",
        "才可以",
        "才能够",
        "才能",
        "方可",
        "方能",
    ];
    let part = last_part(left, is_comma);
    let part = before(part, part.len(), 60);
    if !has(part, &GIVES) || has(part, &TAKES) {
        return None;
    }
    let right = after(right, 0, LONGEST);
    let (first, rest) = right.split_at(right.find(is_comma).unwrap_or(right.len()));
    let rest = rest.trim_start_matches(is_comma);
    let only = ONLY
        .iter()
        .find_map(|word| Some(first.find(word)? + word.len()));
    if let Some(at) = only {
        return able(&right[at..]);
    }
    let first = ["权限", "授权", "功能", "服务", "的使用权限", "的访问权限"]
        .iter()
        .find_map(|word| first.strip_prefix(word))
        .unwrap_or(first);
    let first = tidy(first);
    // 开启相机和相册权限后: the others of the row.
    let others = first.starts_with(['和', '及', '或', '与', '、', '/']);
    let behind_row = || Some(&first[first.rfind("权限")? + "权限".len()..]);
    let first = if others {
        behind_row().unwrap_or(first)
    } else {
        first
    };
    let mut ends = BEHIND_CONDITIONS.iter().chain(&["的"]);
    let given = ends.find_map(|end| first.strip_suffix(end));
    // `为…，` comes before what it makes possible; without a word for when, only 才能 says so.
    let only = || starts(rest, &["才", "您才", "你才", "方可", "方能", "即可"]) && first.is_empty();
    let when = given.is_some_and(str::is_empty) || only();
    // 获取相机权限，授权之后您可以扫码
    let again = GIVES.iter().find_map(|word| rest.strip_prefix(word));
    let again = again.and_then(|rest| {
        let ends = ["之后", "后"].iter();
        let rest = ends
            .map(|end| rest.strip_prefix(end))
            .find_map(|rest| rest)?;
        Some(rest.trim_start_matches(is_comma))
    });
    let rest = again.unwrap_or(rest);
    let rest = CAN.iter().find_map(|word| rest.strip_prefix(word));
    rest.filter(|_| when || again.is_some()).and_then(able)
}

/// What is done once the permission is there, before any word of aim in it: `您可在开启相机权限后扫码`,
/// `在您开启相机权限后，您能够扫码，实现互动`.
pub(in crate::facts) fn once<'a>(left: &str, right: &'a str) -> Option<&'a str> {
    let near = after(right, 0, 60);
    let near = near.split(is_comma).next().unwrap_or(near);
    let at = near.find('后')?;
    let rest = &right[at + "后".len()..];
    if rest.starts_with(['，', ',']) {
        return opened(left, right);
    }
    let part = last_part(left, is_comma);
    let can = ["您可在", "您可以在", "你可在", "你可以在", "您能在"];
    let word = near[..at].trim_start_matches("权限");
    let points = starts(rest, &["使用该", "使用此", "使用上述", "使用这", "使用相"]);
    (word.is_empty() && !points && has(part, &can) && has(part, &GIVES) && !has(part, &TAKES))
        .then(|| able(rest))
        .flatten()
}

/// What becomes possible, in a sentence about what was named before it: `开启后，您可以扫码`.
pub(in crate::facts) fn given(text: &str) -> Option<&str> {
    let word = GIVES.iter().find(|word| text.starts_with(**word))?;
    opened(word, &text[word.len()..])
}

/// How it is said that something is possible.
const CAN: [&str; 24] = [
    "您就可以",
    "您即可",
    "您可以",
    "您才可以",
    "您才能",
    "您可",
    "您能够",
    "您能",
    "你就可以",
    "你可以",
    "你可",
    "你能",
    "我们可以",
    "我们才能",
    "我们能够",
    "我们可能",
    "我们会",
    "我们将",
    "才可以",
    "才能够",
    "才能",
    "方可",
    "即可",
    "可以",
];

/// What can be done, where that is no getting of data and nothing done to the permission itself.
fn able(aim: &str) -> Option<&str> {
    const GETS: [&str; 6] = ["收集", "采集", "获取", "读取", "访问", "调用"];
    (!starts(aim, &OTHER) && !starts(aim, &GETS))
        .then(|| clean(until_break(aim)))
        .flatten()
}

/// The occasion that is told behind a permission, in its part of the sentence or in the next.
pub(super) fn later(right: &str) -> Option<&str> {
    const PARTS: usize = 3;
    let right = after(right, 0, LONGEST);
    let mut parts = right.split(is_comma).take(PARTS);
    let found = parts.find_map(|part| {
        let at = part.find("仅在").or_else(|| part.find("在您"));
        let part = &part[at.filter(|at| *at <= 24).unwrap_or_default()..];
        let part = part.trim_start();
        if !starts(part, &["仅在", "在您", "在你", "当您", "当你"]) {
            return None;
        }
        let part = part.trim_start_matches('当');
        let (moment, tail) = part.split_at(part.rfind('时')? + '时'.len_utf8());
        let tail = tail.trim_start_matches(['才', '会', '被', '需', '要', '我', '们']);
        let plain = matches!(
            tail,
            "" | "使用" | "调用" | "开启" | "打开" | "申请" | "请求" | "询问" | "授权" | "获取"
        );
        plain.then(|| at_moment(moment, "会"))
    });
    found.flatten()
}
