//! Technologies that the text names without using them.

use crate::facts::reach::{after, around, before, has, is_comma, is_stop, starts};

/// Whether the technology is one that others use for themselves, elsewhere: the text does not speak for
/// them.
pub(super) fn is_strangers(text: &str, start: usize) -> bool {
    const OTHERS: [&str; 6] = ["第三方", "他们", "其他公司", "其他网站", "外部网站", "它们"];
    // What works on the operator's own pages, or for him, is his.
    const HIS: [&str; 16] = [
        "我们网站",
        "我们的网站",
        "我们的网页",
        "我们的页面",
        "我们平台",
        "我们的平台",
        "我们的产品",
        "我们的服务",
        "我们的应用",
        "本网站",
        "本网页",
        "本站",
        "本平台",
        "为我们",
        "代表我们",
        "我们和",
    ];
    const OUTSIDE: [&str; 22] = [
        "不受我们控制",
        "不受我们的控制",
        "不受我们管控",
        "我们无法控制",
        "我们不能控制",
        "我们无法管控",
        "不受本政策",
        "不受本隐私",
        "不受本《",
        "不受本声明",
        "不受本协议",
        "不适用本",
        "不适用于本",
        "不在本政策",
        "和我们无关",
        "与我们无关",
        "与我司无关",
        "与本公司无关",
        "与本应用无关",
        "本身无关",
        "本政策不适用",
        "本隐私政策不适用",
    ];
    let sentence = around(text, start, (300, 300), is_stop);
    let left = &text[sentence.start..start];
    if !has(left, &OTHERS) || has(left, &HIS) && !has(left, &["链接", "跳转"]) {
        return false;
    }
    let near = before(left, left.len(), 60);
    let near = near.rsplit(is_comma).next().unwrap_or(near);
    let own = has(near, &["自己的", "自有的", "各自的", "自身的"]) && !left.contains("我们");
    own || has(&text[sentence], &OUTSIDE)
}

/// What denies the use of what follows.
const DENIALS: [&str; 24] = [
    "不使用",
    "不会使用",
    "未使用",
    "没有使用",
    "不再使用",
    "不采用",
    "不会采用",
    "未采用",
    "不设置",
    "不会设置",
    "不写入",
    "不用",
    "不收集",
    "不会收集",
    "未收集",
    "不读取",
    "不会读取",
    "不获取",
    "不会获取",
    "不存储",
    "不会存储",
    "不会写入",
    "沒有使用",
    "不會使用",
];

/// What denies that there is what follows at once.
const LACKS: [&str; 10] = [
    "没有",
    "沒有",
    "不涉及",
    "未涉及",
    "不存在",
    "不含",
    "不包含",
    "不设",
    "无任何",
    "无",
];

/// Whether the text says that the technology named here is not used at all.
pub(super) fn is_denied(text: &str, start: usize, end: usize) -> bool {
    let left = before(text, start, 120);
    let left = left.rsplit(is_comma).next().unwrap_or(left);
    let last = |words: &[&str]| {
        let places = words.iter();
        let places = places.filter_map(|word| left.rfind(word).map(|at| (at, at + word.len())));
        places.max()
    };
    let lack = || last(&LACKS).filter(|&(_, behind)| is_row(&left[behind..]));
    let (used, denial) = match last(&DENIALS) {
        Some(denial) => (true, denial),
        None => match lack() {
            Some(lack) => (false, lack),
            None => return false,
        },
    };
    let (at, behind) = denial;
    // What the reader may refuse is used. 不用于 and 不用来 deny a purpose.
    let others = [
        "您", "你", "用户", "如", "若", "可以", "选择", "当", "只要", "即使",
    ];
    let between = &left[behind..];
    if has(&left[..at], &others) || starts(between, &["于", "来", "担心"]) {
        return false;
    }
    // 不使用Cookie收集…: denied is what it would be used for, and perhaps no more than that.
    let right = after(text, end, 120);
    let (right, next) = right.split_at(right.find(is_comma).unwrap_or(right.len()));
    let right = right.trim();
    let whole = starts(
        right,
        &[
            "等", "和", "或", "、", "及", "与", "类", "技术", "同类", "（", "(",
        ],
    );
    if !used {
        // 没有Cookie，就无法…: what would be without it.
        let next = after(next, 0, 90);
        let using = matches!(right, "的使用" | "使用" | "的应用" | "的情况" | "的情形");
        let without = has(next, &["无法", "不能", "就", "则", "难以"])
            || text[..start - left.len() + at].ends_with(['有', '在']);
        return !without && (right.is_empty() || using || whole && !aims(right, right.len()));
    }
    let named = &text[start - between.len()..end];
    !aims(named, between.len()) && (right.is_empty() || whole && !aims(right, right.len()))
}

/// Whether nothing but names stands between a denial and the last of what it denies.
fn is_row(between: &str) -> bool {
    let verbs = [
        "您", "你", "我", "用", "同意", "通过", "把", "将", "对", "向", "在", "按", "提供", "得",
        "法", "需", "论", "痕", "授权", "启", "关", "许", "拒", "被", "改", "变", "会", "能",
    ];
    between.len() <= 60 && !has(between, &verbs)
}

/// Whether what begins before `until` says what something is for. 追踪 in 追踪技术 only says of which kind
/// it is.
fn aims(text: &str, until: usize) -> bool {
    const PURPOSES: [&str; 18] = [
        "收集", "跟踪", "追踪", "用于", "用作", "来", "以便", "存储", "记录", "获取", "识别",
        "进行", "实现", "之外", "以外", "中", "里", "的",
    ];
    const KINDS: [&str; 14] = [
        "跟踪", "追踪", "收集", "存储", "记录", "识别", "同类", "类似", "的", "性", "类", "型",
        "或", "和",
    ];
    const THINGS: [&str; 12] = [
        "技术", "工具", "手段", "器", "机制", "代码", "脚本", "标签", "像素", "信标", "cookie",
        "Cookie",
    ];
    let is_kind = |word: &str, at: usize| {
        if !KINDS.contains(&word) {
            return false;
        }
        let mut tail = &text[at + word.len()..];
        for _ in 0..4 {
            let shorter = KINDS.iter().find_map(|kind| tail.strip_prefix(kind));
            tail = shorter.unwrap_or(tail).trim_start();
        }
        starts(tail, &THINGS)
    };
    PURPOSES.iter().any(|word| {
        let mut found = text.match_indices(word).map(|(at, _)| at);
        found.any(|at| at < until && !is_kind(word, at))
    })
}

/// Whether a clause that opens with a technology goes on to say that it is not used, or no longer.
pub(super) fn is_given_up(text: &str) -> bool {
    let words = [
        "已经不用",
        "已不用",
        "已不再使用",
        "已经不再使用",
        "已停用",
        "已经停用",
        "已停止使用",
        "已弃用",
        "不使用它",
        "不使用这",
        "不使用该",
        "未使用它",
        "没有使用它",
    ];
    has(text, &words)
        && words.iter().filter_map(|word| text.find(word)).any(|at| {
            let part = &text[..at];
            let part = part.rsplit(is_comma).next().unwrap_or(part);
            !has(part, &["您", "你", "用户", "如", "若"])
        })
}
