//! Whether a datum that is collected stands for the permission that alone gives it.

use crate::facts::cues::{Cue, cues};
use crate::facts::reach::{after, before, ends, has, is_comma, is_stop, last_part, starts};
use crate::facts::scan::Hit;
use crate::facts::words;

/// Whether we collect the address book itself, for which it must be read: `我们会收集您的通讯录信息`.
pub(super) fn is_taken(text: &str, hit: Hit) -> bool {
    let left = before(text, hit.start(), 90);
    let left = last_part(left, is_comma);
    words::permission(hit.word).name == "通讯录"
        && left.contains("我们")
        && ends(
            left,
            &["收集您的", "收集你的", "收集您手机的", "收集您设备的"],
        )
        && !starts(after(text, hit.end(), 12), &["好友", "中", "里", "内"])
}

/// Whether what follows is told of refusing what the word names: `拒绝存储信息，将无法…`.
pub(super) fn is_refused(text: &str, hit: Hit) -> bool {
    let refused = ["拒绝", "关闭", "禁用", "禁止"];
    let right = || after(text, hit.end(), 90).split(is_stop).next();
    ends(&text[..hit.start()], &refused)
        && right().is_some_and(|right| has(right, cues(Cue::Outcome)))
}

/// Whether the item whose head names it denies it: `基于相册的功能：我们无需该功能`.
pub(super) fn is_denied(text: &str, hit: Hit) -> bool {
    let near = after(text, hit.end(), 150);
    let colon = near.find(|c| matches!(c, '：' | ':') || is_comma(c) || is_stop(c));
    colon.is_some_and(|at| {
        let body = near[at..].trim_start_matches(['：', ':', ' ']);
        starts(body, &["我们无需", "我们无该", "我们没有该", "我们不需要"])
    })
}

/// Whether the word stands in a bracket that only explains what another permission is for:
/// `我们需要存储权限用于缓存（包括书目、相册）`.
pub(super) fn is_aside(text: &str, hit: Hit) -> bool {
    let left = before(text, hit.start(), 300);
    let Some(open) = left.rfind(['（', '(']) else {
        return false;
    };
    let (head, aside) = left.split_at(open);
    let head = last_part(head, is_stop);
    !aside.contains(['）', ')'])
        && !aside.contains(is_stop)
        && head.contains("权限")
        && has(head, &["用于", "用来", "以便"])
        && !has(aside, cues(Cue::PermissionAsking))
        && !has(after(text, hit.end(), 24), &["权限", "授权"])
}

/// Whether a datum that only a permission gives is collected on an occasion and may be refused:
/// `您打卡时，我们会收集您的位置信息，拒绝提供该信息仅会使您无法打卡`.
pub(super) fn is_refusable(text: &str, hit: Hit) -> bool {
    const REFUSED: [&str; 6] = [
        "拒绝提供",
        "不提供",
        "不同意提供",
        "拒绝我们收集",
        "不同意我们收集",
        "不同意收集",
    ];
    if !matches!(words::permission(hit.word).name, "位置" | "通讯录") {
        return false;
    }
    let left = before(text, hit.start(), 300);
    let left = last_part(left, is_stop);
    let part = last_part(left, is_comma);
    let taken = ["收集", "获取", "采集", "记录"]
        .iter()
        .filter_map(|word| part.rfind(word).map(|at| &part[at + word.len()..]))
        .min_by_key(|rest| rest.len());
    // 将您的位置信息用于测距
    let used = || {
        let rest = after(text, hit.end(), 24);
        matches!(part, "将您的" | "将你的")
            && (rest.starts_with("用于") || rest.starts_with("信息用于"))
    };
    let own = taken
        .is_some_and(|rest| matches!(rest, "" | "您的" | "你的" | "您设备的" | "你设备的"))
        || used();
    let occasion = has(
        left,
        &[
            "当您",
            "当你",
            "在您",
            "在你",
            "您使用",
            "你使用",
            "您在",
            "你在",
        ],
    ) && left.contains('时');
    if !own || !occasion || !left.contains("我们") {
        return false;
    }
    let right = after(text, hit.end(), 300);
    let mut near = right.split(is_stop).take(3);
    near.any(|sentence| {
        let refused = REFUSED.iter();
        let end = refused.filter_map(|word| Some(sentence.find(word)? + word.len()));
        end.min().is_some_and(|end| {
            let rest = &sentence[end..];
            // 如您拒绝提供，…: what was just spoken of.
            let what = rest.starts_with(is_comma) || has(rest, &["信息", "位置", "通讯录"]);
            what && has(rest, cues(Cue::Outcome))
        })
    })
}
