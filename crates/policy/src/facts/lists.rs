//! Lists of permissions: `权限（如蓝牙、位置、通知）`, `权限：相机、存储`, `相机、存储权限`.

use std::ops::Range;

use super::columns::{self, Column};
use super::reach::{after, before, ends, has, is_comma, is_filler, last_part, starts};
use super::scan::Hit;
use super::words;

/// What opens a list, and at the end what closes one.
pub(super) const WORDS: [&str; 15] = [
    "权限：",
    "权限:",
    "权限（",
    "权限(",
    "权限包括",
    "权限，包括",
    "权限信息包括",
    "权限信息，包括",
    "权限授权（",
    "权限授权(",
    "权限授权，包括",
    "权限，如",
    "权限，例如",
    "权限如",
    "权限",
];

/// Whether the word is one that closes a list.
pub(super) fn closes(hit: Hit) -> bool {
    usize::from(hit.word) == WORDS.len() - 1
}

/// Whether the word opens a list of permissions: behind 个人信息或权限： stand data as well.
pub(super) fn opens(text: &str, hit: Hit) -> bool {
    let label = before(text, hit.start() + "权限".len(), 75);
    let label = last_part(label, is_comma);
    !closes(hit) && columns::of_field(label) != Column::Data
}

/// Whether a list of permissions follows a passage: `下列权限…：`.
pub(super) fn follows(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(['：', ':']) && {
        let lead = before(text, text.len(), 240);
        lead.contains("权限") && !has(lead, &["员工", "人员", "控制", "管理制度"])
    }
}

/// What stands between the names of a list.
const APART: [char; 8] = ['、', '/', '和', '及', '或', '与', ',', '&'];

/// The permission that an item names, and the bytes before the name in it.
pub(super) fn name(item: &str) -> Option<(&'static str, usize)> {
    const LEADS: [&str; 25] = [
        "包括",
        "例如",
        "如",
        "您的",
        "：",
        ":",
        "以",
        "手机",
        "设备",
        "系统",
        "使用",
        "访问",
        "读取及写入",
        "读取和写入",
        "读取",
        "获取",
        "申请",
        "开启",
        "打开",
        "调用",
        "允许",
        "写入",
        "读写",
        "您",
        "安卓",
    ];
    const TAILS: [&str; 13] = [
        "等",
        "中的内容",
        "权限",
        "授权",
        "访问",
        "使用",
        "功能",
        "服务",
        "的",
        "读取",
        "读写",
        "写入",
        "获取",
    ];
    let mut word = item.trim_start_matches(is_filler);
    let mut lead = item.len() - word.len();
    word = word.trim_end_matches(is_filler);
    loop {
        let mut core = word;
        loop {
            if let Some(name) = words::item(core) {
                return Some((name, lead));
            }
            let tail = TAILS.iter().find_map(|tail| core.strip_suffix(tail));
            let Some(shorter) = tail else { break };
            core = shorter.trim_end_matches(is_filler);
        }
        let cut = LEADS.iter().find(|cut| word.starts_with(**cut))?.len();
        word = &word[cut..];
        lead += cut;
    }
}

/// Calls `found` with each item that names a permission and with its place; gives where the list
/// ends.
pub(super) fn each(
    text: &str,
    hit: Hit,
    mut found: impl FnMut(&'static str, Range<usize>),
) -> usize {
    let list = after(text, hit.end(), 300);
    let end = list
        .find(['。', '；', '）', ')', ';', '，'])
        .unwrap_or(list.len());
    let mut at = hit.end();
    let apart = ['、', '/', '和', '及', '或', ','];
    for part in list[..end].split_inclusive(apart) {
        let item = part.trim_end_matches(apart);
        if let Some((name, lead)) = name(item) {
            found(name, at + lead..at + item.len());
        }
        at += part.len();
    }
    hit.end() + end
}

/// The names in the row that ends at `end`, right before 权限, the last first; a single one only where it
/// is asked for. What stands in brackets behind a name only explains it; a name that is not known is
/// passed over.
pub(super) fn row(text: &str, end: usize) -> Vec<(&'static str, Range<usize>)> {
    const UNKNOWN: usize = 2;
    let left = before(text, end, 180);
    let base = end - left.len();
    let mut names = Vec::new();
    let mut unknown = 0;
    let mut until = left.len();
    loop {
        let (start, mark) = part(&left[..until]);
        let mark = mark.filter(|mark| APART.contains(mark));
        let alone = names.is_empty() && mark.is_none();
        if alone && !is_asked(&left[..until], &text[end..]) {
            break;
        }
        let item = &left[start..until];
        let bracket = item.find(['（', '(']);
        let item = &item[..bracket.unwrap_or(item.len())];
        // 及/或 are two marks.
        if let Some(mark) = mark.filter(|_| item.is_empty() && !names.is_empty()) {
            until = start - mark.len_utf8();
            continue;
        }
        let found = last_name(item);
        // 姓名、定位权限 are a datum and one permission.
        let strange = is_strange(item) && mark.is_some() && unknown < UNKNOWN;
        if found.is_none() && !strange {
            break;
        }
        // 设备信息（型号、系统）、定位权限 are data and one permission, and so are 收集设备信息、定位权限.
        let asked = || {
            let asks = ["申请", "请求", "授权", "开启", "打开", "授予", "允许"];
            let lead = before(left, until, 60);
            has(lead.rsplit(['：', ':']).next().unwrap_or(lead), &asks)
        };
        let datum = found.is_some_and(|(name, _)| matches!(name, "设备信息" | "手机号码"));
        if datum && (bracket.is_some() || !asked()) {
            break;
        }
        let mut leads = false;
        if let Some((name, at)) = found {
            names.push((name, base + start + at..base + start + item.len()));
            leads = at > 0 || is_data(text, base + start);
        } else {
            unknown += 1;
        }
        let Some(mark) = mark.filter(|_| !leads) else {
            break;
        };
        until = start - mark.len_utf8();
        // 以及 is one word.
        if mark == '及' {
            until = left[..until].strip_suffix('以').map_or(until, str::len);
        }
    }
    names
}

/// Whether what stands before `until` is behind a label of data: there only what calls itself a
/// permission is one.
fn is_data(text: &str, at: usize) -> bool {
    let left = before(text, at, 600);
    let left = left.rsplit('。').next().unwrap_or(left);
    let label = left.rsplit_once(['：', ':']);
    label.is_some_and(|(label, _)| {
        let label = last_part(label, is_comma);
        columns::of_field(label) == Column::Data
    })
}

/// Whether a permission that stands alone before 权限 is asked for, or said to be for something.
fn is_asked(left: &str, right: &str) -> bool {
    const ASKS: [&str; 16] = [
        "申请", "请求", "授权", "开启", "打开", "授予", "允许", "获取", "获得", "读取", "调用",
        "访问", "需要", "需", "使用", "关闭",
    ];
    let right = right.strip_prefix("权限").unwrap_or(right);
    let right = right.trim_start_matches(['，', '：', ' ']);
    let part = last_part(left, is_comma);
    has(part, &ASKS) || starts(right, &["用于", "用来", "以便", "用以"])
}

/// Whether an item may be the name of a permission that is not known.
fn is_strange(item: &str) -> bool {
    let item = item.trim();
    (4..=36).contains(&item.len())
        && !has(
            item,
            &[
                "信息",
                "数据",
                "姓名",
                "号",
                "标识",
                "名称",
                "地址",
                "型号",
                "昵称",
                "头像",
                "账户",
                "我们",
                "您",
                "如",
                "日志",
                "数据库",
                "服务器",
            ],
        )
}

/// Where the last item of a row begins, and the mark before it.
fn part(row: &str) -> (usize, Option<char>) {
    let mut depth = 0;
    for (at, c) in row.char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            '：' | ':' | '“' | '（' | '(' => return (at + c.len_utf8(), Some(c)),
            c if is_comma(c) || APART.contains(&c) => return (at + c.len_utf8(), Some(c)),
            _ => {}
        }
    }
    (0, None)
}

/// The permission on whose name the item ends, and where the name begins. What stands before it must
/// lead up to a name.
pub(super) fn last_name(item: &str) -> Option<(&'static str, usize)> {
    const LEADS: [&str; 28] = [
        "提供", "授予", "给予", "同意", "的", "您", "你", "授权", "开启", "访问", "使用", "请求",
        "申请", "获取", "调用", "打开", "读取", "允许", "关闭", "下", "如", "系统", "需要", "包括",
        "撤回", "拒绝", "设备", "手机",
    ];
    if let Some(found) = name(item) {
        return Some((found.0, 0));
    }
    let starts = item.char_indices().map(|(at, _)| at);
    let mut near = starts.skip_while(|at| item.len() - at > 40);
    near.find_map(|at| {
        let (name, lead) = name(&item[at..])?;
        ends(&item[..at + lead], &LEADS).then_some((name, at + lead))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let end = text.rfind("权限").expect("a row ends on the word");
        let mut names: Vec<_> = row(text, end).into_iter().map(|(name, _)| name).collect();
        names.reverse();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn names_before_the_word_are_a_row() {
        case("我们会申请您的相机和文件访问权限", &["相机", "存储"]);
        case(
            "需开启存储（照片、文档）、麦克风（录音）权限",
            &["存储", "麦克风"],
        );
        case("开启您的相机、录屏的访问权限", &["相机", "录屏"]);
        case("为了扫码，请授权相机权限", &["相机"]);
        case("为了播放，请授权移动网络信息的使用权限", &["网络"]);
        case("成员的通知管理权限", &[]);
        case("通知的权限", &[]);
        case("管理数据库、网络权限", &["网络"]);
        case("开启日历、蓝牙、灯带的访问权限", &["日历", "蓝牙"]);
        case("填写姓名、位置权限", &["位置"]);
        case(
            "开启录音（语音）、日历以及相册 等访问权限",
            &["麦克风", "日历", "相册"],
        );
        case("您可以管理权限", &[]);
        case("设备信息（型号、系统）、定位权限", &["位置"]);
        case("收集的信息：设备信息、定位权限", &["位置"]);
        case("申请设备信息、定位权限", &["设备信息", "位置"]);
    }

    #[test]
    fn items_are_named_without_the_words_around_them() {
        assert_eq!(name("手机号码"), Some(("手机号码", 0)));
        assert_eq!(name("如手机号码等"), Some(("手机号码", 3)));
        assert_eq!(name("使用相机"), Some(("相机", 6)));
        assert_eq!(name("使用说明"), None);
    }
}
