//! The class that a bracket calls those who were listed by name: `与甲、乙、丙（“关联平台”）共享`.

use super::super::classes::has_end;
use super::super::cues::denies_giving;
use super::super::givings;
use super::super::reach::{after, before, ends, is_comma, starts};
use super::super::scan::Hit;
use super::is_ours;

const GIVES: [&str; 5] = ["共享", "分享", "提供", "披露", "进行共享"];

/// Where the quoted class stands.
pub(super) fn called(near: &str, text: &str, hit: Hit) -> Option<(usize, usize)> {
    let right = after(text, hit.end(), 30);
    let outside = right.strip_prefix(['”', '"'])?.strip_prefix(['）', ')'])?;
    if !starts(outside, &GIVES) {
        return None;
    }
    // A list of names may be long.
    let left = before(text, hit.start(), 300);
    let (led, class) = left.rsplit_once(['“', '"'])?;
    let led = led.trim_end_matches(['称', '为', '统', '合', '下', '简', '以', '：', '，']);
    let led = led.strip_suffix(['（', '('])?;
    let led = led.rsplit(is_comma).next().unwrap_or(led);
    let open = givings::with(led).or_else(|| Some(led.rfind('向')? + "向".len()))?;
    let list = led[open..].split(['、', '及', '和', '或', '与']);
    // A class that is told before the bracket has a name of its own.
    let names = |name: &str| {
        !name.is_empty()
            && (!has_end(name) || ends(name, &["有限公司", "股份公司", "有限责任公司"]))
    };
    let many = list.clone().count() > 1 && list.clone().all(names);
    let ours = is_ours(&led[..open]) && !denies_giving(&led[..open]) && !denies_giving(near);
    let bare = class.chars().count() <= 8;
    (many && ours && bare).then_some((hit.start() - class.len(), hit.end()))
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn a_bracket_calls_those_who_are_listed_by_name() {
        case(
            "为打通账号，我们会与甲聘、乙聘和丙聘（“关联平台”）分享您的头像。",
            &["关联平台"],
        );
        case(
            "我们会向甲科技有限公司、乙科技有限公司（以下统称“关联公司”）提供您的订单。",
            &["关联公司"],
        );
        case("我们不会与甲聘、乙聘（“关联平台”）共享您的头像。", &[]);
        case("您可以与甲聘、乙聘（“关联平台”）共享您的头像。", &[]);
        case("我们会与甲聘（“关联平台”）签约。", &[]);
        case(
            "我们会与物流公司、支付机构（“合作伙伴”）共享您的订单。",
            &["物流公司", "支付机构"],
        );
    }
}
