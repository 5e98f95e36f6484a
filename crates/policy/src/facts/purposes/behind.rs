//! What a permission is for, told behind it: `用于…`, `，以便…`, `目的是…`.

use super::{LONGEST, clean, own, parts_of, until_asked, until_break};
use crate::facts::reach::{after, first_part, has, is_comma, starts};
use crate::text::Glance;

/// Words behind which a purpose begins; the flag keeps the word in the purpose.
const BEHIND: [(&str, bool); 48] = [
    ("用于", false),
    ("以便于", false),
    ("以便", false),
    ("便于", false),
    ("以使得", false),
    ("以使您", false),
    ("以实现", false),
    ("来实现", false),
    ("从而实现", false),
    ("用以", false),
    ("用来", false),
    ("旨在", false),
    ("目的是为了", false),
    ("目的是", false),
    ("目的为", false),
    ("是为了", false),
    ("为了", false),
    ("以为您", false),
    ("以提供", true),
    ("以帮助", true),
    ("以保障", true),
    ("，进行", true),
    ("，列出", true),
    ("，显示", true),
    ("，为您", true),
    ("，方便", true),
    ("功能进行", true),
    ("从而", false),
    ("以方便", true),
    ("以供", true),
    ("目的在于", false),
    ("目的仅为", false),
    ("目的仅是", false),
    ("用途为", false),
    ("用途是", false),
    ("，帮助", true),
    ("，协助", true),
    ("，供您", true),
    ("，使您能", true),
    ("，让您能", true),
    ("，实现", false),
    ("，完成", true),
    ("，支持", true),
    ("，满足", true),
    ("，记录", true),
    ("，识别", true),
    ("，判断", true),
    ("，保证", true),
];

/// The purpose that stands in the rest of a sentence behind what it is for. One that is told of another
/// permission is left to that.
pub(super) fn behind<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    const OTHERS: usize = 4;
    let right = after(rest, 0, LONGEST);
    if let Some(at) = bare(right) {
        return clean(until_break(parts_of(&rest[at..])));
    }
    let mut from = 0;
    for _ in 0..OTHERS {
        let (at, word, keep) = aim(&right[from..])?;
        let at = from + at;
        if !own::is_others(right, (at, word), name) {
            return aimed_at(rest, right, (at, word, keep));
        }
        let part = at + word.len();
        from = part + right[part..].find(is_comma)?;
    }
    None
}

/// The first word behind which a purpose begins, and whether it is kept.
fn aim(right: &str) -> Option<(usize, &'static str, bool)> {
    let glance = Glance::at(right);
    BEHIND
        .iter()
        .filter_map(|(word, keep)| glance.find(word).map(|at| (at, *word, *keep)))
        .chain(aimed(right).map(|at| (at, "，以", false)))
        .min_by_key(|(at, word, _)| (*at, std::cmp::Reverse(word.len())))
}

/// The purpose that begins with a word in `right`, with which `rest` begins.
fn aimed_at<'a>(
    rest: &'a str,
    right: &str,
    (at, word, keep): (usize, &str, bool),
) -> Option<&'a str> {
    if has(&right[..at], &["如您不", "拒绝", "不同意", "关闭"]) {
        return None;
    }
    let from = if word.starts_with('，') && keep {
        at + "，".len()
    } else if word.starts_with('功') {
        at + "功能".len()
    } else if keep {
        at + "以".len()
    } else if word.ends_with("为了") && is_learning(&right[at + word.len()..]) {
        at + word.len() - "了".len()
    } else {
        at + word.len()
    };
    let found = until_break(parts_of(&rest[from..]));
    let found = if word.ends_with("为了") {
        until_asked(found)
    } else {
        found
    };
    clean(found)
}

/// Whether 为了 is 为 and the begin of 了解 where this follows: 为了解您的偏好, but not 为了解决问题.
pub(super) fn is_learning(rest: &str) -> bool {
    const OTHERS: [char; 14] = [
        '决', '答', '除', '锁', '读', '析', '释', '码', '密', '压', '绑', '冻', '约', '封',
    ];
    let rest = rest.strip_prefix('解');
    rest.is_some_and(|rest| !rest.starts_with(OTHERS))
}

/// Where the aim begins that stands in the part of the permission itself: `权限以扫描条码`,
/// `权限来扫描条码`, `剪贴板内容以判断口令`, `摄像头进行识别`.
fn bare(right: &str) -> Option<usize> {
    const THINGS: [&str; 6] = ["权限", "功能", "授权", "内容", "信息", "数据"];
    let mut rest = right;
    while let Some(cut) = THINGS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = cut;
    }
    let at = right.len() - rest.len();
    if rest.starts_with("进行")
        && rest.len() == right.len()
        && !starts(rest, &["进行权限", "进行设置", "进行管理"])
    {
        return Some(at);
    }
    let word = ["以", "来"].iter().find(|word| rest.starts_with(**word))?;
    let aim = &rest[word.len()..];
    let next = if *word == "以" {
        is_aim(aim)
    } else {
        !starts(aim, &["源", "自", "电", "说", "看"])
    };
    (next && !aim.is_empty()).then_some(at + word.len())
}

/// Whether 以 before this aims at something: in 以下, 以书面形式 and the like it does not.
fn is_aim(aim: &str) -> bool {
    const OTHERS: [&str; 38] = [
        "的", "下", "上", "外", "及", "内", "前", "后", "来", "往", "致", "书面", "邮件", "短信",
        "电", "弹", "公告", "通知", "任何", "您的", "你的", "本", "其", "此", "该", "法律", "匿名",
        "加密", "明", "各", "最", "便", "为", "使得", "使您", "实现", "方便", "供",
    ];
    // By what something is done, not what for.
    const MEANS: [&str; 5] = ["方式", "形式", "为准", "为限", "名义"];
    // 以会员身份 is by what, 以验证身份 what for.
    const PROVES: [&str; 8] = [
        "验证", "核实", "核验", "识别", "确认", "证明", "校验", "核对",
    ];
    let part = after(aim, 0, 90);
    let part = first_part(part, is_comma);
    let means = || has(part, &MEANS) || part.contains("身份") && !starts(part, &PROVES);
    !part.is_empty() && !starts(part, &OTHERS) && !means()
}

/// What the permission ensures, right behind it: `存储权限，确保播放流畅`. That data are kept safe is no use
/// of it.
pub(super) fn ensured(right: &str) -> Option<&str> {
    const CALLED: [&str; 8] = [
        "",
        "权限",
        "的权限",
        "等权限",
        "功能",
        "授权",
        "访问权限",
        "的访问权限",
    ];
    let open = first_part(after(right, 0, 30), is_comma);
    let aim = right[open.len()..].strip_prefix('，')?;
    let part = first_part(after(aim, 0, 90), is_comma);
    let other = has(
        part,
        &[
            "信息安全",
            "数据安全",
            "隐私",
            "信息的安全",
            "数据的安全",
            "此功能",
            "该功能",
            "权限",
        ],
    );
    let ensures = CALLED.contains(&open) && starts(part, &["确保", "保障"]) && !other;
    ensures.then(|| clean(until_break(parts_of(aim)))).flatten()
}

/// Where a part of the sentence aims at something with no more than 以: `，以判断发音`.
fn aimed(text: &str) -> Option<usize> {
    let mut found = text.match_indices("，以").map(|(at, _)| at).take(4);
    found.find(|at| is_aim(&text[at + "，以".len()..]))
}
