//! Whether a word that can name a permission does so where it stands.

use std::ops::Range;

use super::cues::{Cue, cues};
use super::passage::Passage;
use super::purposes;
use super::reach::{
    after, around, before, ends, first_part, has, is_comma, is_stop, last_part, starts,
};
use super::scan::Hit;
use super::words::{self, Sure};
use crate::text::trim;

mod taken;

use taken::{is_aside, is_denied, is_refusable, is_refused, is_taken};

/// Whether a word names a permission where it stands.
pub(super) fn counts(passage: &Passage<'_>, hit: Hit, sure: Sure) -> bool {
    let text = passage.text;
    let sentence = || &text[around(text, hit.start(), (200, 200), is_stop)];
    let named = match sure {
        Sure::Own | Sure::Constant => true,
        Sure::Device if is_aside(text, hit) => false,
        Sure::Device => {
            is_asked(sentence(), is_kept(hit)) || is_taken(text, hit) || is_refusable(text, hit)
        }
        // 存储信息 is a thing or something done.
        Sure::Data if text[..hit.end()].ends_with("存储信息") => is_refused(text, hit),
        _ => {
            let right = after(text, hit.end(), 18);
            let right = right.trim_start_matches(['”', '"', '」', '】', '*', ' ', '（']);
            let left = before(text, hit.start(), 48);
            let left = last_part(left, is_stop);
            // A picture that is uploaded is a datum, the album it comes from a permission.
            let sent = has(
                before(text, hit.start(), 18),
                &["上传", "拍摄", "证", "个人", "提交"],
            ) || ends(left, &["摄像头获取", "相机获取", "摄像头采集", "相机采集"]);
            is_called(right)
                || !sent && (has(left, cues(Cue::PermissionClose)) || left.ends_with("读取"))
                || !sent && passage.under.permissions && sentence().contains("权限")
                || is_listed(text, hit)
                || is_refusable(text, hit)
        }
    };
    let weak = !matches!(sure, Sure::Own | Sure::Constant);
    if is_thing(text, hit)
        || is_excepted(text, hit.end())
        || is_later(text, hit.start())
        || named
            && weak
            && (is_for_others(text, hit.start())
                || is_breach(text, hit.start())
                || is_denied(text, hit))
    {
        return false;
    }
    let part = around(text, hit.start(), (120, 0), is_comma).start;
    named && !has(&text[part..hit.start()], cues(Cue::PermissionNever))
}

/// Whether a sentence speaks of access to the device. What an application keeps itself, its users may
/// share: `您可以设置相册的分享权限` is no access.
fn is_asked(sentence: &str, kept: bool) -> bool {
    const SHARED: [&str; 11] = [
        "分享权限",
        "共享权限",
        "查看权限",
        "阅读权限",
        "编辑权限",
        "可见权限",
        "公开权限",
        "浏览权限",
        "发布权限",
        "进行权限设置",
        "进行权限管理",
    ];
    let asking = cues(Cue::PermissionAsking);
    if kept && has(sentence, &SHARED) && !has(sentence, &["手机", "系统", "设备"]) {
        let words = SHARED.iter();
        let rest = words.fold(sentence.to_owned(), |rest, word| rest.replace(word, ""));
        return has(&rest, asking);
    }
    has(sentence, asking)
}

/// Whether the word also names what an application may keep for its users.
fn is_kept(hit: Hit) -> bool {
    matches!(words::permission(hit.word).name, "日历" | "相册" | "通讯录")
}

/// Whether only what may come one day needs it: `如果以后更新的功能要获取通讯录，我们会另外问您`.
fn is_later(text: &str, start: usize) -> bool {
    let left = before(text, start, 150);
    if !left.contains('如') && !left.contains('若') {
        return false;
    }
    let left = last_part(left, is_stop);
    let part = ["如果", "如", "若"]
        .iter()
        .find_map(|word| Some(&left[left.rfind(word)?..]));
    part.is_some_and(|part| has(part, &["更新", "变更", "将来", "未来", "日后", "今后"]))
}

/// Whether an aside leaves out the permission that ends at `end`: `（除电话权限外）`.
fn is_excepted(text: &str, end: usize) -> bool {
    let right = after(text, end, 30);
    let right = right.strip_prefix("权限").unwrap_or(right);
    let tails = ["外）", "外)", "以外）", "之外）", "除外）", "除外)"];
    starts(right, &tails)
}

/// Where a text names a permission. Words that are also verbs or ways to reach somebody do so only where
/// they are called one: in `我们存储您的数据` nothing is asked for.
pub(super) fn mention(text: &str, name: &str) -> Option<usize> {
    if !matches!(name, "存储" | "通知" | "电话" | "短信" | "网络") {
        return text.find(name);
    }
    let mut places = text.match_indices(name).map(|(at, _)| at);
    places.find(|at| {
        let right = after(text, at + name.len(), 24);
        let right = first_part(right, is_comma);
        has(right, &["权限", "授权"]) || starts(right, &["空间", "卡", "功能", "状态"])
    })
}

/// Whether what follows a word calls it a permission: `照片的访问权限`.
fn is_called(right: &str) -> bool {
    let right = right.strip_prefix('的').unwrap_or(right);
    let right = ["使用", "访问", "读取", "服务"]
        .iter()
        .find_map(|word| right.strip_prefix(word))
        .unwrap_or(right);
    right.starts_with("权限")
}

/// Whether what stands at `spot` fills the bracket behind a name that ends at `end`: 摄像头（相机）.
pub(super) fn is_gloss(text: &str, end: usize, spot: &Range<usize>) -> bool {
    spot.start > end
        && spot.start - end <= 6
        && matches!(text[end..spot.start].trim(), "（" | "(")
        && after(text, spot.end, 9)
            .trim_start()
            .starts_with(['）', ')'])
}

/// Whether two names with a stroke between them are one permission: `相机/摄像头`.
pub(super) fn is_twin(text: &str, first: (&str, usize), second: (&str, usize)) -> bool {
    let pair = matches!((first.0, second.0), ("相机", "摄像头") | ("摄像头", "相机"));
    pair && second.1 > first.1 && matches!(text[first.1..second.1].trim(), "/" | "／")
}

/// Whether another user is the one who is allowed to: `您授权该房东访问您的日历`.
fn is_for_others(text: &str, start: usize) -> bool {
    const OTHERS: [&str; 11] = [
        "他",
        "她",
        "其他用户",
        "其他会员",
        "另一",
        "对方",
        "好友",
        "家人",
        "该会员",
        "该用户",
        "该共同",
    ];
    let left = before(text, start, 150);
    let left = last_part(left, is_stop);
    let allowed = left.rfind("授权").map(|at| &left[at + "授权".len()..]);
    let right = first_part(after(text, start, 240), is_stop);
    let third = [
        "您允许该第三方",
        "您授权该第三方",
        "您允许第三方",
        "您授权第三方",
    ];
    has(right, &third)
        || allowed.is_some_and(|rest| {
            starts(rest, &OTHERS) && has(rest, &["访问", "查看", "获取", "使用"])
        })
}

/// Whether a third party takes what it may not: `如第三方违法收集您的通讯录`.
fn is_breach(text: &str, start: usize) -> bool {
    let left = last_part(before(text, start, 240), is_stop);
    left.contains('违') && has(left, &["违法", "违规", "违反"]) && !left.contains("我们会")
}

/// Whether a kit asks for what the word names, in a passage that describes the kit: what it takes is its
/// own.
pub(super) fn is_kits(passage: &Passage<'_>, hit: Hit) -> bool {
    passage.foreign && is_of_kit(passage.text, hit.start())
}

/// Whether the sentence around `at` says what a kit does.
pub(super) fn is_of_kit(text: &str, at: usize) -> bool {
    const KITS: [&str; 8] = [
        "该SDK",
        "此SDK",
        "SDK需",
        "SDK 需",
        "SDK会",
        "SDK将",
        "SDK可能",
        "SDK涉及",
    ];
    let left = before(text, at, 300);
    has(last_part(left, is_stop), &KITS)
}

/// Whether the word is no access that is asked for: a day of the calendar, a picture of the album,
/// what is picked from it.
fn is_thing(text: &str, hit: Hit) -> bool {
    const RECORDS: [&str; 4] = ["名单", "版本", "次数", "状态"];
    let right = after(text, hit.end(), 18);
    match words::permission(hit.word) {
        // 自启动名单 is a datum.
        known if known.sure == Sure::Own && !text[..hit.end()].ends_with("权限") => {
            starts(right, &RECORDS)
        }
        known if matches!(known.sure, Sure::Own | Sure::Constant) => false,
        // 辅助定位功能 reckons with sensors, and while 拨打电话时 something else is asked for.
        known if known.name == "位置" && text[..hit.start()].ends_with("辅助") => true,
        known if known.name == "拨打电话" => right.starts_with('时'),
        // In a calendar of the application's own something can be seen.
        known if known.name == "日历" => {
            let seen = ["中看", "中查看", "里看", "里查看", "中显示"];
            right.starts_with(['天', '日', '月', '年'])
                || text[..hit.start()].ends_with('在') && has(after(text, hit.end(), 27), &seen)
        }
        known if matches!(known.name, "相册" | "照片") && !right.starts_with("权限") => {
            let left = before(text, hit.start(), 12);
            let picked = [
                "从",
                "从您的",
                "从手机",
                "从本地",
                "上传",
                "内的",
                "中的",
                "里的",
            ];
            let within = ["内", "里", "中"]
                .iter()
                .find_map(|word| right.strip_prefix(word))
                .unwrap_or(right);
            let within = within
                .strip_prefix('的')
                .filter(|_| within.len() < right.len())
                .unwrap_or(within);
            starts(within, &["图片", "照片", "视频"])
                && !ends(left, &["访问", "读取", "访问您的", "读取您的", "获取"])
                || ends(left, &picked)
                || left.ends_with(['将', '把'])
        }
        _ => false,
    }
}

/// Whether the word stands in a list that 权限： opens.
fn is_listed(text: &str, hit: Hit) -> bool {
    let list = before(text, hit.start(), 120);
    let list = last_part(list, is_stop);
    let open = list.rfind("权限").map(|at| &list[at + "权限".len()..]);
    open.is_some_and(|rest| {
        starts(
            rest,
            &[
                "：",
                ":",
                "（",
                "包括",
                "有",
                "如下",
                "，包括",
                "信息，包括",
                "信息包括",
            ],
        )
    })
}

/// The name to give: the list's, or a constant as written with what stands before it.
pub(super) fn given(text: &str, hit: Hit) -> &str {
    let known = words::permission(hit.word);
    if known.sure != Sure::Constant {
        return known.name;
    }
    let left = before(text, hit.start(), 20);
    let start = if left.ends_with("android.permission.") {
        hit.start() - "android.permission.".len()
    } else {
        hit.start()
    };
    &text[start..hit.end()]
}

/// What a list says right behind a name: `：扫描二维码。`, `——扫描二维码`.
pub(super) fn stated(right: &str) -> Option<&str> {
    let right = right.strip_prefix("权限").unwrap_or(right);
    let right = right.trim_start_matches(['】', '”', '*', ' ']);
    // 存储权限；用于缓存
    let aims = right.strip_prefix(['；', ';']);
    let aims = aims.filter(|rest| starts(rest.trim_start(), &AIMS));
    let rest = ["：", ":", "——", "】"]
        .iter()
        .find_map(|mark| right.strip_prefix(mark))
        .or(aims)?;
    purposes::purpose(rest.split(is_stop).next()?, 0, 0)
        .filter(|_| aims.is_some())
        .or_else(|| purposes::said(rest))
}

/// How what is said of a permission begins with its aim.
pub(super) const AIMS: [&str; 8] = [
    "用于",
    "用来",
    "用以",
    "以便",
    "便于",
    "为了",
    "主要用于",
    "仅用于",
];

/// The names in a cell or behind a label: each that says of itself to be one, `相机权限、相册权限`.
pub(super) fn names_of(cell: &str) -> Vec<&str> {
    let apart = |c| matches!(c, '、' | '/' | '；' | ';');
    let parts: Vec<&str> = cell.split(apart).map(trim).collect();
    let each = parts
        .iter()
        .all(|part| part.ends_with("权限") && part.len() > "权限".len() && name_of(part).is_some());
    if each {
        parts
    } else {
        name_of(cell).into_iter().collect()
    }
}

/// The name in a cell or behind a label; `None` where it says that there is none.
pub(super) fn name_of(cell: &str) -> Option<&str> {
    let name = trim(cell);
    let none = [
        "无需",
        "无法",
        "不采集",
        "不需要",
        "不涉及",
        "暂无",
        "不适用",
        "主动授权",
        "系统设置",
    ]
    .iter()
    .any(|word| name.contains(word));
    let empty = matches!(name, "" | "无" | "/" | "-" | "—" | "--" | "——" | "N/A");
    // A purpose behind a label that is itself a name: `手写板权限：用于签名`.
    let aims = starts(name, &AIMS);
    (!none && !empty && !aims && name.len() <= 180 && !name.contains('。')).then_some(name)
}
