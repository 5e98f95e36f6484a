//! Whom a denial leaves out: `不会转让给除关联公司外的任何公司`, `除物流公司以外，我们不会与第三方共享`.

use super::super::cues::of_us;
use super::super::reach::{after, around, before, has, is_stop};
use super::super::scan::Hit;
use super::is_list as goes_on;

/// The classes that are given data, for all others are not.
pub(in crate::facts) fn except(near: &str, text: &str, hit: Hit) -> Option<(usize, usize)> {
    const THEIRS: [&str; 6] = ["我们的", "本公司的", "我司的", "本公司", "我们", "第三方"];
    let tail = before(near, near.len(), 24);
    let led = THEIRS.iter().find_map(|theirs| tail.strip_suffix(theirs));
    let named = led.unwrap_or(tail);
    if !named.ends_with('除') || named.ends_with("删除") {
        return None;
    }
    let right = after(text, hit.end(), 120);
    let (list, rest) = right.split_once('外')?;
    let list = list.strip_suffix(['以', '之']).unwrap_or(list);
    let sentence = &text[around(text, hit.start(), (300, 300), is_stop)];
    let denied = has(sentence, &["不会", "不向", "不与", "不将", "不把"])
        && has(sentence, &["共享", "分享", "提供", "转让", "披露", "透露"])
        && (of_us(sentence) || has(sentence, &["本公司", "我司", "本平台"]))
        && !has(sentence, &["要求", "您不会", "您不向"]);
    let outside = rest.starts_with(['的', '，', ',']);
    (denied && outside && goes_on(list)).then_some((hit.start(), hit.end() + list.len()))
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn whom_a_denial_leaves_out_is_given_data() {
        case(
            "我们不会把您的资料转让给除关联公司外的任何公司。",
            &["关联公司"],
        );
        case(
            "除物流公司、支付机构以外，我们不与任何第三方共享订单。",
            &["物流公司", "支付机构"],
        );
        case(
            "除我们的关联公司之外，我们不会向他人提供您的资料。",
            &["关联公司"],
        );
        case("除关联公司外，我们不会要求您向他人提供资料。", &[]);
        case("除关联公司外，您不会收到广告。", &[]);
        case("我们不会把您的资料转让给关联公司。", &[]);
        case("我们会删除关联公司外的资料，不会提供给他人。", &[]);
    }
}
