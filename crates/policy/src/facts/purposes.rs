//! What a permission is for, in the words of the text.

mod ahead;
mod asking;

use ahead::ahead;
use asking::{asks, is_condition, is_consent, is_vague, until_asked};
pub(super) use asking::{here, pointed, points};

use super::cues::{Cue, cues};
use super::reach::{after, before, has, is_comma, is_stop, starts, tidy};
use super::refusals;
use crate::text::Glance;

/// Longest purpose or refusal taken from a sentence, in bytes.
pub(super) const LONGEST: usize = 300;

/// Words behind which a purpose begins; the flag keeps the word in the purpose.
const BEHIND: [(&str, bool); 28] = [
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
];

/// The purpose that a sentence gives for what stands in it from `start` to `end`.
pub(super) fn purpose(sentence: &str, start: usize, end: usize) -> Option<&str> {
    let right = after(sentence, end, LONGEST);
    let glance = Glance::at(right);
    let behind = BEHIND
        .iter()
        .filter_map(|(word, keep)| glance.find(word).map(|at| (at, *word, *keep)))
        .chain(aimed(right).map(|at| (at, "，以", false)))
        .min_by_key(|(at, word, _)| (*at, std::cmp::Reverse(word.len())));
    if let Some((at, word, keep)) = behind
        && !has(&right[..at], &["如您不", "拒绝", "不同意", "关闭"])
    {
        let from = if word.starts_with(['，', '功']) {
            let kept = word.starts_with('，') && word != "，以";
            at + if kept { 3 } else { 6 }
        } else if keep {
            at + "以".len()
        } else if word.ends_with("为了") && is_learning(&right[at + word.len()..]) {
            at + word.len() - "了".len()
        } else {
            at + word.len()
        };
        let found = until_break(parts_of(&sentence[end + from..]));
        let found = if word.ends_with("为了") {
            until_asked(found)
        } else {
            found
        };
        let found = clean(found);
        if found.is_some() {
            return found;
        }
    }
    let left = before(sentence, start, LONGEST);
    taken(left).or_else(|| ahead(left))
}

/// Whether 为了 is 为 and the begin of 了解 where this follows: 为了解您的偏好, but not 为了解决问题.
fn is_learning(rest: &str) -> bool {
    const OTHERS: [char; 14] = [
        '决', '答', '除', '锁', '读', '析', '释', '码', '密', '压', '绑', '冻', '约', '封',
    ];
    let rest = rest.strip_prefix('解');
    rest.is_some_and(|rest| !rest.starts_with(OTHERS))
}

/// Where a part of the sentence aims at something with no more than 以: `，以判断发音`. In 以下, 以书面形式
/// and the like it does not.
fn aimed(text: &str) -> Option<usize> {
    const DOES: [&str; 44] = [
        "判断", "向您", "向你", "验证", "核验", "核实", "校验", "完成", "保证", "确保", "保护",
        "维护", "获取", "识别", "分析", "支持", "满足", "展示", "显示", "推荐", "推送", "防止",
        "防范", "避免", "生成", "查询", "查找", "计算", "发送", "接收", "优化", "改善", "改进",
        "提升", "提高", "增强", "检测", "监测", "记录", "了解", "协助", "享受", "参与", "达到",
    ];
    let mut found = text.match_indices("，以").map(|(at, _)| at).take(4);
    found.find(|at| starts(&text[at + "，以".len()..], &DOES))
}

/// The purpose right before what it takes: `拍照用到相机`.
fn taken(left: &str) -> Option<&str> {
    let part = left.rsplit(is_comma).next().unwrap_or(left);
    let part = ["需要用到", "会用到", "要用到", "将用到", "用到"]
        .iter()
        .find_map(|word| part.strip_suffix(word))?;
    let part = part.rsplit(['：', ':', '】', '）']).next().unwrap_or(part);
    let part = tidy(part);
    occasion(part).or_else(|| clean(part))
}

/// What a part of a sentence is for that says when: `您扫码时`, `点“扫一扫”时询问`.
fn occasion(part: &str) -> Option<&str> {
    let part = tidy(part);
    let part = [
        "时询问",
        "时申请",
        "时请求",
        "时调用",
        "时使用",
        "时开启",
        "时授权",
        "时",
        "的过程中",
    ]
    .iter()
    .find_map(|word| part.strip_suffix(word))?;
    if is_consent(part) {
        return None;
    }
    let part = [
        "仅在您",
        "当您",
        "当你",
        "在您",
        "在你",
        "如您",
        "若您",
        "您在",
        "你在",
        "您",
        "你",
        "仅在",
        "在",
    ]
    .iter()
    .find_map(|word| part.strip_prefix(word))
    .unwrap_or(part);
    let part = [
        "需要使用",
        "选择使用",
        "使用",
        "通过",
        "点击",
        "点按",
        "点选",
        "点",
        "在使用",
        "需要",
        "选择",
    ]
    .iter()
    .find_map(|word| part.strip_prefix(word))
    .unwrap_or(part);
    clean(part)
}

/// What a list says behind a name and its colon: `扫描二维码。`, `您扫码时，可授权开启`.
pub(super) fn said(right: &str) -> Option<&str> {
    let right = right.split(is_stop).next().unwrap_or(right);
    let open = right.split(is_comma).next().unwrap_or(right);
    let right = if is_condition(open) {
        right[open.len()..].trim_start_matches(is_comma)
    } else {
        right
    };
    let body = right.trim_start_matches(super::reach::is_filler);
    if starts(body, &["我们不", "不"])
        || starts(body, &["如", "若", "拒", "关"]) && refusals::refusal(body).is_some()
    {
        return None;
    }
    let first = body.split(is_comma).next().unwrap_or(body);
    let stated = || {
        let asks_you = starts(body, &["您需", "您须", "你需", "请", "需"])
            && has(first, &["开启", "打开", "授权", "允许", "同意"]);
        let states =
            asks_you || asks(first) || starts(body, &["您可", "你可", "我们会", "我们将", "请您"]);
        clean(until(right, &REFUSED)).filter(|_| !states)
    };
    occasion(first)
        .or_else(|| ahead::wish(first, &body[first.len()..]))
        .or_else(|| offered(first))
        .or_else(|| led(body))
        .or_else(stated)
}

/// The purpose of an item that goes on as a sentence of its own: `为识别文字，您需要授权`.
fn led(body: &str) -> Option<&str> {
    let led = starts(body, &["为", "当您", "当你", "在您", "在你"]);
    let near = after(body, 0, LONGEST);
    let first = near.split_once(['，', ',']);
    first
        .filter(|(_, rest)| led && !rest.is_empty())
        .and_then(|_| ahead(near))
}

/// The services that an item offers: `您可使用扫码、转账等服务`.
fn offered(part: &str) -> Option<&str> {
    let open = [
        "您可使用",
        "您可以使用",
        "您能使用",
        "你可使用",
        "你可以使用",
    ];
    let services = open.iter().find_map(|word| part.strip_prefix(word))?;
    let services = tidy(services);
    let points = starts(
        services,
        &["该", "此", "本", "上述", "其他", "我们", "以下"],
    );
    (services.ends_with(['务', '能']) && !points)
        .then(|| clean(services))
        .flatten()
}

/// The purpose of a list in the words that lead into it: `为展示门店，我们会收集以下信息：`.
pub(super) fn leading(text: &str) -> Option<&str> {
    let left = before(text, text.len(), LONGEST);
    let left = &left[left.rfind(['。', '；']).map_or(0, |at| at + "。".len())..];
    let first = left.split(is_comma).next().unwrap_or(left);
    (first.len() < left.len() && first.starts_with('为'))
        .then(|| ahead(first))
        .flatten()
}

/// A purpose without the words around it; `None` where nothing is left.
pub(super) fn clean(text: &str) -> Option<&str> {
    let mut text = quoted(text, tidy(text));
    for word in ["于", "您能够", "我们为您", "我们", "向您", "您", "你"] {
        // 您的安全 is somebody's, 您登录 is something done.
        if let Some(rest) = text.strip_prefix(word)
            && !rest.starts_with('的')
        {
            text = match word {
                "我们为您" => &text["我们".len()..],
                "向您" | "您" | "你" => without_gloss(rest),
                _ => rest,
            };
            break;
        }
    }
    text = ["的目的", "之目的"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text);
    let text = quoted(text, tidy(text));
    // What points back to words that are not here is no purpose.
    let back = starts(text, &["这些", "上述", "该等", "前述", "此等", "此目的"]);
    (!back && text.chars().count() >= 2).then_some(text)
}

/// A text without the bracket that explains the word before it: 您（或您的孩子）.
fn without_gloss(text: &str) -> &str {
    let inside = text.strip_prefix(['（', '(']);
    let closed = inside.and_then(|inside| {
        let near = after(inside, 0, 60);
        near.find(['）', ')'])
    });
    match (inside, closed) {
        (Some(inside), Some(at)) => inside[at..].trim_start_matches(['）', ')']),
        _ => text,
    }
}

/// The tidied text with the quotation mark that opens it, where the one that closes it is still there.
fn quoted<'a>(text: &'a str, tidied: &'a str) -> &'a str {
    let Some(at) = text.find(tidied).filter(|at| text[..*at].ends_with('“')) else {
        return tidied;
    };
    let closed = tidied.find('”');
    let cut = closed.is_some_and(|close| !tidied[..close].contains('“'));
    if cut {
        &text[at - '“'.len_utf8()..at + tidied.len()]
    } else {
        tidied
    }
}

/// What begins the part of an item that speaks of its refusal.
const REFUSED: [&str; 9] = [
    "如果您",
    "如您",
    "如不",
    "若",
    "一旦",
    "拒绝",
    "关闭",
    "否则",
    "您可",
];

/// The whole parts of a sentence with which a text begins, as many as a purpose has room for.
fn parts_of(text: &str) -> &str {
    let near = after(text, 0, LONGEST);
    let cut = near.len() < text.len() && !near.contains(is_stop);
    let end = near.rfind(is_comma).filter(|_| cut);
    &near[..end.unwrap_or(near.len())]
}

/// The text up to the end of its sentence or to a part that speaks of something else.
fn until_break(text: &str) -> &str {
    until(text, cues(Cue::PurposeEnd))
}

/// The text up to the end of its sentence or to a part that begins with one of the words.
fn until<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let text = within(&text[..text.find(is_stop).unwrap_or(text.len())]);
    let mut end = 0;
    for part in text.split_inclusive([',', '，']) {
        if end > 0 && (starts(part.trim_start(), words) || asks(part)) {
            break;
        }
        end += part.len();
    }
    without_brackets(quoted(text, tidy(&text[..end])))
}

/// A text up to the end of the bracket that it stands in: `存储权限（用于缓存数据）`.
pub(super) fn within(text: &str) -> &str {
    let mut depth = 0;
    let end = text.find(|c| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        depth < 0
    });
    &text[..end.unwrap_or(text.len())]
}

/// A text without the brackets at its end: what stands in them only explains.
pub(super) fn without_brackets(text: &str) -> &str {
    let open = text.rfind(['（', '(']).filter(|&open| open > 0);
    let closed = |open: &usize| text[*open..].contains(['）', ')']);
    let explains = |open: &usize| text.ends_with(['）', ')']) || !closed(open);
    &text[..open.filter(explains).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests;
