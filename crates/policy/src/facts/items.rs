//! Items that open with the name of a permission: `相机：用于扫码`, `**位置（可选）**——推荐门店`.

use std::borrow::Cow;

use super::passage::Passage;
use super::reach::{after, ends, first_part, has, is_comma, is_filler, is_stop, starts, tidy};
use super::scan::Hit;
use super::words::{self, Sure};
use super::{asked, lists};

/// Longest name of an item, in bytes.
const LONGEST: usize = 150;

/// How an item begins that denies what it names.
const DENIED: [&str; 10] = [
    "我们不",
    "我们无",
    "本应用不",
    "本小程序不",
    "不收集",
    "不读取",
    "不使用",
    "不申请",
    "不涉及",
    "无需",
];

/// An item: what it names, where the name begins and where what is said of it does.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item<'a> {
    pub(super) names: Vec<&'a str>,
    pub(super) start: usize,
    pub(super) body: usize,
    /// Whether it says itself that it is one of a list: `基于相机的功能：您可使用扫码`.
    pub(super) opens: bool,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Listed {
    /// In a list of permissions, where a name is enough.
    pub(super) plain: bool,
    /// Behind an item of such a list, where a name that is not known is one as well.
    pub(super) goes_on: bool,
    /// Where it says itself that something of the device is got.
    pub(super) gets: bool,
}

/// Reads an item. Outside a list of permissions the name must be one of a part of the device that is
/// said to be for something, or have 权限 in it.
pub(super) fn read<'a>(passage: &Passage<'a>, hits: &[Hit], listed: Listed) -> Option<Item<'a>> {
    let text = passage.text;
    let whole = after(text, passage.start, LONGEST);
    let open = whole.trim_start_matches(|c| is_filler(c) || matches!(c, '•' | '·' | '●' | '-'));
    let (open, gets) = if listed.plain {
        got(open)
    } else {
        (open, false)
    };
    let start = passage.start + whole.len() - open.len();
    let listed = Listed {
        goes_on: listed.goes_on || gets,
        gets,
        plain: listed.plain,
    };
    let (end, length) = mark(open).or_else(|| {
        let listed = listed.plain.then_some(listed)?;
        loose(open, listed).or_else(|| explained(open))
    })?;
    let body = start + end + length;
    let near = hits.iter().filter(|hit| hit.start() >= start);
    let mut near = near.take_while(|hit| hit.end() <= start + end);
    let constant = near.clone().next().filter(|hit| {
        let first = hit.start() <= start + "android.permission.".len();
        first && words::permission(hit.word).sure == Sure::Constant
    });
    let aims = starts(&text[body..], &asked::AIMS);
    let opens = is_based(&open[..end]) && starts(&text[body..], &["您可", "你可", "用于", "用来"]);
    let counts = listed.plain
        || opens
        || near.any(|hit| match words::permission(hit.word).sure {
            Sure::Own | Sure::Constant => true,
            Sure::Device => aims || reads(&text[body..], &text[hit.start()..hit.end()]),
            _ => false,
        });
    let rest = text[body..].trim_start_matches(is_filler);
    if !counts || rest.is_empty() || starts(rest, &DENIED) {
        return None;
    }
    let names = match (names(&open[..end]), constant) {
        (_, Some(hit)) => vec![asked::given(text, *hit)],
        (Some(names), None) => names,
        (None, None) if gets => vec![tidy(&open[..end])],
        (None, None) => vec![unknown(&open[..end]).filter(|_| listed.goes_on)?],
    };
    Some(Item {
        names,
        start,
        body,
        opens,
    })
}

/// An item without the words that say that something of the device is got, and whether it has them:
/// `我们需要获取您手机的软件列表信息，用于…`.
fn got(open: &str) -> (&str, bool) {
    const GETS: [&str; 4] = ["获取", "读取", "访问", "调用"];
    // What a system has and gives only to those whom it permits.
    const DEVICE: [&str; 15] = [
        "列表", "状态", "网络", "WiFi", "Wi-Fi", "WIFI", "WLAN", "存储", "储存", "进程", "系统",
        "传感", "通知", "声音", "桌面",
    ];
    const LEADS: [&str; 16] = [
        "我们",
        "本应用",
        "应用",
        "需要",
        "需",
        "会",
        "将",
        "可能",
        "您的",
        "您",
        "你的",
        "你",
        "手机的",
        "设备的",
        "手机中的",
        "设备中的",
    ];
    let cut = |mut text: &'_ str| {
        let whole = text.len();
        while let Some(rest) = LEADS.iter().find_map(|lead| text.strip_prefix(lead)) {
            text = rest;
        }
        whole - text.len()
    };
    let lead = cut(open);
    let verb = GETS.iter().find(|word| open[lead..].starts_with(**word));
    let Some(verb) = verb else {
        return (open, false);
    };
    let mut rest = &open[lead + verb.len()..];
    rest = &rest[cut(rest)..];
    rest = rest.strip_prefix("手机的").unwrap_or(rest);
    let (name, aim) = rest.split_at(rest.find(is_comma).unwrap_or(rest.len()));
    let aims = starts(aim.trim_start_matches(is_comma), &asked::AIMS);
    if aims && name.len() <= 75 && has(name, &DEVICE) && !has(name, &["权限", "个人信息"]) {
        (rest, true)
    } else {
        (open, false)
    }
}

/// The permissions that the head of an item names.
fn names(head: &str) -> Option<Vec<&'static str>> {
    let head = without_brackets(head);
    let head = if is_based(&head) {
        let base = head.trim_start_matches("基于");
        let name = base.rsplit_once('的').map_or(base, |(name, _)| name);
        // 基于相册的图片上传的功能
        name.split_once('的').map_or(name, |(name, _)| name)
    } else {
        head.trim_end_matches(['-', ' '])
    };
    if let Some((name, _)) = lists::name(head) {
        return Some(vec![name]);
    }
    let parts = || head.split(['、', '/', '和', '及', '或', '与']);
    let known = |part: &str| lists::name(part).map(|(name, _)| name);
    // A name that is not known beside one that is, is another of the same: 相册/图片库
    let counts = parts().next().is_some_and(|part| known(part).is_some()) || head.contains('/');
    let names: Vec<_> = parts().filter_map(known).collect();
    (counts && !names.is_empty()).then_some(names)
}

/// The name of a permission that is not known, without the words around it: `访问护眼模式`.
pub(super) fn unknown(head: &str) -> Option<&str> {
    const SHORT: usize = 42;
    const LEADS: [&str; 10] = [
        "访问", "开启", "打开", "使用", "获取", "读取", "调用", "申请", "您的", "允许",
    ];
    // What the other lines of such a list are headed by.
    const OTHER: [&str; 64] = [
        "提示",
        "说明",
        "注意",
        "备注",
        "方式",
        "方法",
        "步骤",
        "路径",
        "目的",
        "用途",
        "场景",
        "影响",
        "后果",
        "拒绝",
        "关闭",
        "如何",
        "信息",
        "数据",
        "个人",
        "我们",
        "我方",
        "情形",
        "情况",
        "服务",
        "业务",
        "政策",
        "协议",
        "链接",
        "联系",
        "地址",
        "公司",
        "SDK",
        "第三方",
        "其他",
        "其它",
        "以上",
        "以下",
        "上述",
        "保护",
        "安全",
        "未成年",
        "问",
        "时机",
        "类型",
        "类别",
        "系统版本",
        "机型",
        "是否",
        "必要",
        "可选",
        "名称",
        "例如",
        "比如",
        "包括",
        "如下",
        "不",
        "邮箱",
        "时间",
        "时",
        "端",
        "原因",
        "内容",
        "撤回",
        "管理权限",
    ];
    let open = head.find(['（', '(']).unwrap_or(head.len());
    let mut name = tidy(&head[..open]).trim_end_matches(['-', ' ']);
    while let Some(rest) = LEADS.iter().find_map(|lead| name.strip_prefix(lead)) {
        name = rest;
    }
    let name = name.strip_suffix("权限").unwrap_or(name);
    let name = ["的", "使用", "访问"]
        .iter()
        .find_map(|tail| name.strip_suffix(tail))
        .unwrap_or(name);
    let counts = (2..=SHORT).contains(&name.len())
        && name.chars().count() > 1
        && !has(name, &OTHER)
        && !name.starts_with("基于")
        && !name.contains(|c| is_comma(c) || matches!(c, '：' | ':' | '。' | '@'));
    counts.then_some(name)
}

/// Where a list of permissions goes on behind a name with a mark that elsewhere only parts a sentence:
/// `相机，用于扫码`, `相机 - 扫码`, `相机权限。用于扫码`.
fn loose(open: &str, listed: Listed) -> Option<(usize, usize)> {
    // How what is said of a name begins that is not known.
    const SAYS: [&str; 14] = [
        "用于",
        "用来",
        "用以",
        "以便",
        "便于",
        "为了",
        "允许",
        "获取",
        "读取",
        "访问",
        "检测",
        "主要用于",
        "仅用于",
        "使用",
    ];
    // Blanks may also part the cells of a row.
    let apart = |c: char| is_comma(c) && c != '|' || c == '*' || matches!(c, ' ' | '-' | '－');
    let mut depth = 0;
    let marks = open.char_indices().filter(|&(_, c)| {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        depth == 0 && apart(c)
    });
    for (at, _) in marks.take(4) {
        let rest = &open[at..];
        let tail = rest.trim_start_matches(apart);
        let named = at > 0 && names(&open[..at]).is_some();
        let said = listed.goes_on && starts(tail, &SAYS);
        let said = said && (listed.gets || unknown(&open[..at]).is_some());
        if (named || said) && !tail.is_empty() {
            return Some((at, rest.len() - tail.len()));
        }
    }
    None
}

/// Where a bracket behind the name says what it is for: `存储权限（缓存书目）`.
fn explained(open: &str) -> Option<(usize, usize)> {
    const OTHER: [&str; 6] = ["可选", "必", "安卓", "Android", "iOS", "系统"];
    let at = open.find(['（', '(']).filter(|at| *at > 0)?;
    let inside = open[at..].trim_start_matches(['（', '(']);
    let length = open.len() - at - inside.len();
    let close = inside.find(['）', ')'])?;
    let behind = inside[close..].trim_start_matches(['）', ')']);
    let inside = &inside[..close];
    let says = (behind.is_empty() || behind.starts_with(is_stop))
        && inside.chars().count() > 3
        && !inside.contains(['（', '('])
        && !inside.is_ascii()
        && !has(inside, &OTHER)
        && names(inside).is_none();
    (says && names(&open[..at]).is_some()).then_some((at, length))
}

/// Whether a passage is an item of a few words before a colon and what is said of them.
pub(super) fn is_labelled(passage: &Passage<'_>) -> bool {
    const SHORT: usize = 45;
    let open = after(passage.text, passage.start, LONGEST);
    mark(open).is_some_and(|(end, length)| end <= SHORT && open.len() > end + length)
}

/// Whether an item says on what occasion what it names is read: `剪贴板：您发帖时，我们会读取`.
fn reads(body: &str, name: &str) -> bool {
    let near = after(body, 0, 180);
    let near = first_part(near, is_stop);
    let Some((first, rest)) = near.split_once(['，', ',']) else {
        return false;
    };
    let rest = after(rest, 0, 60);
    first.trim_end().ends_with('时')
        && first.contains(['您', '你'])
        && rest.contains("我们")
        && !rest.contains('不')
        && (rest.contains(name) || has(rest, &["调用", "读取", "访问"]))
}

/// Whether the name of an item is that of functions which need a permission: `基于相机的功能`.
fn is_based(head: &str) -> bool {
    let tails = [
        "的功能",
        "的附加功能",
        "的扩展功能",
        "的附加服务",
        "的扩展服务",
        "的业务功能",
    ];
    head.starts_with("基于") && ends(head, &tails)
}

/// Where the mark between the name and the rest begins, and its bytes.
fn mark(open: &str) -> Option<(usize, usize)> {
    let mut depth = 0;
    for (at, c) in open.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ if depth > 0 => {}
            '：' | ':' | '—' | '–' | '】' => {
                let rest = &open[at..];
                let tail = rest.trim_start_matches(|c| {
                    is_filler(c) || matches!(c, '：' | ':' | '—' | '–' | '】')
                });
                return Some((at, rest.len() - tail.len()));
            }
            c if is_comma(c) => return None,
            _ => {}
        }
    }
    None
}

/// A name without what explains it in brackets.
fn without_brackets(head: &str) -> Cow<'_, str> {
    if !head.contains(['（', '(', '）', ')', '“', '”', '「', '」', '"', '*']) {
        return Cow::Borrowed(head);
    }
    let mut depth = 0;
    let kept = head.chars().filter(|c| {
        let open = matches!(c, '（' | '(');
        let close = matches!(c, '）' | ')');
        depth += i32::from(open) - i32::from(close);
        depth == 0 && !close && !matches!(c, '“' | '”' | '「' | '」' | '"' | '*')
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests;
