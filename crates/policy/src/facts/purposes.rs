//! What a permission is for and what follows from its refusal, in the words of the text.

use super::cues::{Cue, cues, first_refusal};
use super::reach::{after, before, has, is_comma, is_stop, starts, tidy};

/// Longest purpose or refusal taken from a sentence, in bytes.
const LONGEST: usize = 300;

/// Words behind which a purpose begins; the flag keeps the word in the purpose.
const BEHIND: [(&str, bool); 21] = [
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
    ("以提供", true),
    ("以帮助", true),
    ("以保障", true),
    ("，进行", true),
    ("功能进行", true),
    ("从而", false),
];

/// The purpose that a sentence gives for what stands in it from `start` to `end`.
pub(super) fn purpose(sentence: &str, start: usize, end: usize) -> Option<&str> {
    let right = after(sentence, end, LONGEST);
    let behind = BEHIND
        .iter()
        .filter_map(|(word, keep)| right.find(word).map(|at| (at, word, *keep)))
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
    ahead(left)
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
        let part = part.rsplit(['：', ':', '）']).next().unwrap_or(part);
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
        None
    })
}

/// A purpose without the words around it; `None` where nothing is left.
pub(super) fn clean(text: &str) -> Option<&str> {
    let mut text = tidy(text);
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
    let text = tidy(text);
    // What points back to words that are not here is no purpose.
    let back = starts(text, &["这些", "上述", "该等", "前述", "此等", "此目的"]);
    (!back && text.chars().count() >= 2).then_some(text)
}

/// The text up to the end of its sentence or to a part that speaks of something else.
fn until_break(text: &str) -> &str {
    let text = &text[..text.find(is_stop).unwrap_or(text.len())];
    let mut end = 0;
    for part in text.split_inclusive([',', '，']) {
        if end > 0 && starts(part.trim_start(), cues(Cue::PurposeEnd)) {
            break;
        }
        end += part.len();
    }
    without_brackets(tidy(&text[..end]))
}

/// A text without the brackets at its end: what stands in them only explains.
pub(super) fn without_brackets(text: &str) -> &str {
    let open = text.rfind(['（', '(']).filter(|&open| open > 0);
    let closed = |open: &usize| text[*open..].contains(['）', ')']);
    let explains = |open: &usize| text.ends_with(['）', ')']) || !closed(open);
    &text[..open.filter(explains).unwrap_or(text.len())]
}

/// What the text says to follow from a refusal, to the end of its sentence.
pub(super) fn refusal(text: &str) -> Option<&str> {
    let mut base = 0;
    for sentence in text.split_inclusive(is_stop) {
        // 开启或关闭权限 offers a choice.
        let found = first_refusal(sentence, |at| !sentence[..at].ends_with(['或', '/', '、']));
        if let Some(at) = found {
            let part = sentence[at..].trim_end_matches(is_stop);
            if has(part, cues(Cue::Outcome)) {
                return Some(tidy(after(part, 0, LONGEST)));
            }
            // 您可以关闭。关闭后无法…: the outcome is the next sentence's.
            let next = after(text, base + sentence.len(), LONGEST);
            let next = next.split(is_stop).next().unwrap_or_default();
            if has(next, cues(Cue::Outcome))
                && has(
                    next,
                    &["关闭", "拒绝", "取消", "届时", "此时", "这将", "将"],
                )
            {
                return Some(next.trim());
            }
        }
        base += sentence.len();
    }
    None
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

    #[test]
    fn refusals_are_told_with_their_outcome() {
        assert_eq!(
            refusal("如您拒绝，将无法扫码。其他"),
            Some("如您拒绝，将无法扫码")
        );
        assert_eq!(
            refusal("您可拒绝。拒绝后无法扫码。"),
            Some("拒绝后无法扫码")
        );
        assert_eq!(
            refusal("关闭相应权限会影响导航。"),
            Some("关闭相应权限会影响导航")
        );
        assert_eq!(refusal("您可以拒绝。"), None);
        assert_eq!(refusal(""), None);
    }
}
