//! Which part of a sentence speaks of which permission: `申请相机权限以便扫码，并申请麦克风权限以便录音`.

use std::ops::Range;

use crate::facts::lists;
use crate::facts::reach::{after, ends, first_part, has, is_comma, last_part, starts};

/// What points back to the permission itself.
const SAME: [&str; 10] = [
    "该", "此", "上述", "以上", "这", "前述", "相应", "对应", "相关", "均",
];

/// Parts of the device that are asked for without 权限.
const PARTS: [&str; 16] = [
    "存储",
    "电话",
    "通知",
    "相机",
    "摄像头",
    "相册",
    "麦克风",
    "录音",
    "通讯录",
    "定位",
    "位置信息",
    "地理位置",
    "日历",
    "剪贴板",
    "剪切板",
    "蓝牙",
];

/// The bare name of a permission as it is written: `相机` of `相机权限`.
pub(super) fn name(word: &str) -> &str {
    word.strip_suffix("权限").unwrap_or(word)
}

/// Where the body of a sentence asks for the permission that its head names:
/// `基于相机的附加服务：您可在开启相机权限后扫码`.
pub(super) fn again(sentence: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let word = &sentence[start..end];
    if word.is_empty() || word.ends_with("权限") || sentence[end..].starts_with("权限") {
        return None;
    }
    let head = after(sentence, end, 60);
    let body = end + head.find(['：', ':'])?;
    if head[..body - end].contains(is_comma) {
        return None;
    }
    let near = after(sentence, body, 90);
    let mut places = near.match_indices(word).map(|(at, _)| body + at);
    let at = places.find(|at| sentence[at + word.len()..].starts_with("权限"))?;
    Some(at..at + word.len())
}

/// The half of an aim that is told of one of two permissions: `申请日历和相机权限，以分别实现提醒和扫码`. Where
/// more than two are joined it stays whole.
pub(super) fn share<'a>(aim: &'a str, left: &str, right: &str) -> &'a str {
    const JOINTS: [char; 3] = ['和', '与', '及'];
    let Some(both) = aim.strip_prefix("分别") else {
        return aim;
    };
    let both = ["用于", "用来", "实现", "是为了", "为了"]
        .iter()
        .find_map(|word| both.strip_prefix(word))
        .unwrap_or(both);
    let mut halves = both.split(JOINTS);
    let (Some(first), Some(second), None) = (halves.next(), halves.next(), halves.next()) else {
        return aim;
    };
    let left = last_part(left, is_comma).trim_end();
    let next = first_part(right, is_comma).trim_start();
    if aim.contains('、') || left.contains('、') || next.contains('、') {
        return aim;
    }
    match (left.ends_with(JOINTS), next.starts_with(JOINTS)) {
        (false, true) if !first.is_empty() => first,
        (true, false) if !second.is_empty() => second,
        _ => aim,
    }
}

/// Whether the purpose whose word stands at `at` behind the permission `name` is another one's:
/// that word's part asks for the other, or leads into a part that does.
pub(super) fn is_others(right: &str, (at, word): (usize, &str), name: &str) -> bool {
    let left = right[..at].trim_end_matches(is_comma);
    let start = if left.len() < at {
        at
    } else {
        let comma = left.char_indices().rev().find(|&(_, c)| is_comma(c));
        let Some((comma, c)) = comma else {
            return false;
        };
        comma + c.len_utf8()
    };
    let is_other = |part: &str| !part.contains(name) && !has(part, &SAME) && !names(part, name);
    let head = &right[start..at];
    if (asks_more(head) || is_name(head)) && is_other(head) {
        return true;
    }
    // 为了录音，申请麦克风权限
    let lead = matches!(word, "为了" | "以便" | "以便于" | "便于") && head.is_empty();
    let behind = after(right, at + word.len(), 150);
    let next = behind.split(is_comma).nth(1);
    lead && next.is_some_and(|next| next.contains("权限") && asks_more(next) && is_other(next))
}

/// Whether words are no more than the name of a permission: `麦克风权限`.
fn is_name(part: &str) -> bool {
    let part = part.trim_end_matches(['则', '主', '要', '仅', '只']);
    let name = part.trim().strip_suffix("权限");
    name.is_some_and(|name| name.len() <= 45 && lists::last_name(name).is_some())
}

/// Whether a part of a sentence opens with the name of a permission: `麦克风权限用于录音`.
pub(super) fn is_named(part: &str) -> bool {
    let open = after(part.trim_start(), 0, 60);
    open.split_once("权限")
        .is_some_and(|(name, rest)| !rest.is_empty() && lists::name(name).is_some())
}

/// Whether the permission in a part of a sentence is this one under another name: 定位 of 位置.
fn names(part: &str, name: &str) -> bool {
    let end = part.find("权限").unwrap_or(part.len());
    let other = lists::last_name(&part[..end]);
    other.is_some_and(|(other, _)| lists::name(name).is_some_and(|(name, _)| name == other))
}

/// Whether a part of a sentence asks for one more permission: `并申请麦克风权限`.
pub(in crate::facts) fn asks_more(part: &str) -> bool {
    const LEADS: [&str; 31] = [
        "并且",
        "并",
        "同时",
        "而且",
        "且",
        "另外",
        "另",
        "此外",
        "还",
        "以及",
        "也",
        "再",
        "又",
        "我们",
        "应用",
        "本应用",
        "App",
        "APP",
        "软件",
        "您",
        "你",
        "可能",
        "会",
        "将",
        "需要",
        "需",
        "要",
        "请",
        "向您",
        "向你",
        "可以",
    ];
    const ASKS: [&str; 16] = [
        "申请", "请求", "调用", "调取", "开启", "打开", "访问", "读取", "授权", "授予", "允许",
        "开通", "获取", "获得", "使用", "询问",
    ];
    // These are done to other things as well: 获取用车权限 is no asking.
    const WEAK: [&str; 3] = ["获取", "获得", "使用"];
    let open = part.trim_start();
    let mut rest = open;
    while let Some(cut) = LEADS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = cut.trim_start();
    }
    let led = rest.len() < open.len();
    let near = after(rest, 0, 60);
    let said = near.contains("权限");
    let device = || has(near, &PARTS);
    if starts(rest, &WEAK) {
        return said && device();
    }
    starts(rest, &ASKS) && (said || led && device())
}

/// The text before a permission from where the one before it has been asked for.
pub(super) fn since(left: &str) -> &str {
    let mut from = 0;
    let mut end = 0;
    for part in left.split_inclusive(is_comma) {
        end += part.len();
        let whole = part.trim_end_matches(is_comma);
        // 关闭权限后 and the like ask for nothing.
        let open = whole.len() == part.len() || ends(whole, &["时", "后", "的"]);
        let asks = || {
            whole.contains("权限") || has(whole, &["我们", "我方", "应用"]) && has(whole, &PARTS)
        };
        if !open && asks() {
            from = end;
        }
    }
    &left[from..]
}
