//! What a permission is for, in the words of the text.

use super::cues::{Cue, cues};

use super::reach::{after, before, ends, has, is_comma, is_stop, starts, tidy};
use super::refusals;
use crate::text::Glance;

/// Longest purpose or refusal taken from a sentence, in bytes.
pub(super) const LONGEST: usize = 300;

/// Words behind which a purpose begins; the flag keeps the word in the purpose.
const BEHIND: [(&str, bool); 25] = [
    ("用于", false),
    ("以便于", false),
    ("以便", false),
    ("便于", false),
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
    ("功能进行", true),
    ("从而", false),
];

/// The purpose that a sentence gives for what stands in it from `start` to `end`.
pub(super) fn purpose(sentence: &str, start: usize, end: usize) -> Option<&str> {
    let right = after(sentence, end, LONGEST);
    let glance = Glance::at(right);
    let behind = BEHIND
        .iter()
        .filter_map(|(word, keep)| glance.find(word).map(|at| (at, word, *keep)))
        .min_by_key(|(at, word, _)| (*at, std::cmp::Reverse(word.len())));
    if let Some((at, word, keep)) = behind
        && !has(&right[..at], &["如您不", "拒绝", "不同意", "关闭"])
    {
        let from = if word.starts_with(['，', '功']) {
            at + if word.starts_with('，') { 3 } else { 6 }
        } else if keep {
            at + "以".len()
        } else {
            at + word.len()
        };
        let found = clean(until_break(&right[from..]));
        if found.is_some() {
            return found;
        }
    }
    let left = before(sentence, start, LONGEST);
    taken(left).or_else(|| ahead(left))
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
    let part = [
        "仅在您",
        "当您",
        "当你",
        "在您",
        "在你",
        "如您",
        "若您",
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
    let body = right.trim_start_matches(super::reach::is_filler);
    if starts(body, &["我们不", "不"])
        || starts(body, &["如", "若", "拒", "关"]) && refusals::refusal(body).is_some()
    {
        return None;
    }
    let first = body.split(is_comma).next().unwrap_or(body);
    let stated = || {
        let states = starts(body, &["您可", "你可", "我们会", "我们将", "请您"]);
        clean(until(right, &REFUSED)).filter(|_| !states)
    };
    occasion(first).or_else(stated)
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

/// The purpose that stands before what it is for: `为了…，`, `当您使用…时，`, `由于我们需…，所以`.
fn ahead(left: &str) -> Option<&str> {
    for (open, close) in [("由于", "所以"), ("由于", "因此"), ("因", "故")] {
        let Some((_, part)) = left.split_once(open) else {
            continue;
        };
        if let Some((part, _)) = part.split_once(close) {
            let part = tidy(part);
            let part = ["我们需要", "我们需", "需要", "我们"]
                .iter()
                .find_map(|word| part.strip_prefix(word))
                .unwrap_or(part);
            return clean(part);
        }
    }
    let mut parts = left
        .split(is_comma)
        .map(|part| part.trim_start_matches(super::reach::is_filler));
    parts.find_map(|part| {
        let part = part.rsplit(['：', ':', '）', '】']).next().unwrap_or(part);
        if starts(part, &["点“", "点击“", "点按“", "点选“"])
            && let Some(purpose) = occasion(part)
        {
            return Some(purpose);
        }
        for word in [
            "为了更好地",
            "为了",
            "为更好地",
            "为实现",
            "为确保",
            "为保障",
            "为提供",
            "为向您提供",
            "为帮助您",
            "为方便您",
            "为便于您",
            "为",
        ] {
            if let Some(rest) = part.strip_prefix(word) {
                if rest.starts_with(['此', '您', '了'])
                    && word == "为"
                    && !rest.starts_with("您提供")
                {
                    return None;
                }
                // 为实现 and the like are part of what is aimed at, 为了 is not.
                let kept = if word.starts_with("为了") || word == "为" {
                    rest
                } else {
                    &part["为".len()..]
                };
                return clean(kept);
            }
        }
        for word in [
            "当您使用",
            "当你使用",
            "在您使用",
            "在你使用",
            "您使用",
            "您在使用",
            "如您使用",
            "当您需要使用",
            "当您选择",
            "当您",
            "当你",
            "在您",
        ] {
            if let Some(rest) = part.strip_prefix(word)
                && let Some(rest) = rest
                    .trim_end()
                    .strip_suffix('时')
                    .or_else(|| rest.trim_end().strip_suffix("的过程中"))
            {
                return clean(rest);
            }
        }
        // 如您使用扫码功能，需授权相机权限
        [
            "如您使用",
            "若您使用",
            "如果您使用",
            "如您需要使用",
            "当您使用",
        ]
        .iter()
        .find_map(|word| part.strip_prefix(word))
        .filter(|rest| ends(rest, &["功能"]) && !starts(rest, &["该", "此", "本", "相", "我们"]))
        .and_then(clean)
    })
}

/// A purpose without the words around it; `None` where nothing is left.
pub(super) fn clean(text: &str) -> Option<&str> {
    let mut text = quoted(text, tidy(text));
    for word in ["于", "您能够", "我们为您", "我们", "向您", "您", "你"] {
        if let Some(rest) = text.strip_prefix(word) {
            text = if word == "我们为您" {
                &text["我们".len()..]
            } else {
                rest
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

/// The text up to the end of its sentence or to a part that speaks of something else.
fn until_break(text: &str) -> &str {
    until(text, cues(Cue::PurposeEnd))
}

/// The text up to the end of its sentence or to a part that begins with one of the words.
fn until<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let text = &text[..text.find(is_stop).unwrap_or(text.len())];
    let mut end = 0;
    for part in text.split_inclusive([',', '，']) {
        if end > 0 && starts(part.trim_start(), words) {
            break;
        }
        end += part.len();
    }
    without_brackets(quoted(text, tidy(&text[..end])))
}

/// A text without the brackets at its end: what stands in them only explains.
pub(super) fn without_brackets(text: &str) -> &str {
    let open = text.rfind(['（', '(']).filter(|&open| open > 0);
    let closed = |open: &usize| text[*open..].contains(['）', ')']);
    let explains = |open: &usize| text.ends_with(['）', ')']) || !closed(open);
    &text[..open.filter(explains).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(sentence: &str, name: &str, expected: Option<&str>) {
        let start = sentence.find(name).expect("the name is in the sentence");
        assert_eq!(
            purpose(sentence, start, start + name.len()),
            expected,
            "{sentence}"
        );
    }

    #[test]
    fn items_say_what_their_name_is_for() {
        assert_eq!(said("拍摄封面，如您拒绝则不能发布"), Some("拍摄封面"));
        assert_eq!(said("拍摄封面时询问，只拍一张"), Some("拍摄封面"));
        assert_eq!(
            said("当您复制暗号后，我们会打开它"),
            Some("当您复制暗号后，我们会打开它")
        );
        assert_eq!(said("我们不读取"), None);
        assert_eq!(said("您可以在设置中管理"), None);
        assert_eq!(leading("为展示门店，我们会收集："), Some("展示门店"));
        assert_eq!(leading("我们会收集："), None);
    }

    #[test]
    fn purposes_stand_behind_or_before_what_they_are_for() {
        case(
            "我们申请相机权限，用于扫描二维码，如您不同意则无法扫码",
            "相机",
            Some("扫描二维码"),
        );
        case("打开相机，以便于您给宠物拍照", "相机", Some("给宠物拍照"));
        case(
            "读取位置信息，以实现我们为您规划路线的目的（如步行）",
            "位置信息",
            Some("为您规划路线"),
        );
        case(
            "为确保扫码功能的实现，我们会调用相机权限",
            "相机",
            Some("确保扫码功能的实现"),
        );
        case("为了扫码，我们会调用相机权限", "相机", Some("扫码"));
        case(
            "当您使用扫一扫时，我们会调用相机权限",
            "相机",
            Some("扫一扫"),
        );
        case(
            "由于我们需计算到校距离，所以请授权获取你的位置",
            "你的位置",
            Some("计算到校距离"),
        );
        case(
            "您可以用相机识别功能进行植物鉴定，得到名称",
            "相机",
            Some("进行植物鉴定，得到名称"),
        );
        case("我们会调用相机权限", "相机", None);
    }
}
