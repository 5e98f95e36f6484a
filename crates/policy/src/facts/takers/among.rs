//! Those among whom data goes around: `在我们的关联公司内共享`, `在本公司及附属公司之间进行共享`.

use super::super::cues::denies_giving;
use super::super::givings::shared;
use super::super::reach::{after, starts};
use super::super::scan::Hit;
use super::{begin, is_ours};

/// `您的信息可能会在我们的关联公司内共享`
pub(super) fn among(near: &str, hits: &[Hit], text: &str) -> Option<(usize, usize)> {
    const AMONG: [&str; 9] = [
        "内共享",
        "内部共享",
        "内分享",
        "内部分享",
        "内部进行共享",
        "内部进行分享",
        "内进行共享",
        "范围内共享",
        "范围内进行共享",
    ];
    const BETWEEN: [&str; 4] = ["之间共享", "之间分享", "之间进行共享", "之间进行分享"];
    // The operator itself is none of those who receive.
    const SELVES: [&str; 8] = [
        "我们",
        "我方",
        "我行",
        "我司",
        "本公司",
        "本行",
        "本集团",
        "公司",
    ];
    let open = near.rfind('在')? + "在".len();
    let led = &near[..open];
    // What a condition speaks of is no statement.
    let ours = is_ours(led) && !denies_giving(led) && !starts(led, &["如", "若"]);
    if !ours {
        return None;
    }
    let hit = *hits.first()?;
    let between = || starts(after(text, hit.end(), 24), &BETWEEN).then_some(hit.end());
    let end = between().or_else(|| shared(text, hits, &AMONG))?;
    let start = begin(near, open, hit);
    let list = &text[start..];
    let own = SELVES.iter().find_map(|own| list.strip_prefix(own));
    // 我行各分支机构及附属公司: its own branches are none either.
    let own = own.and_then(|rest| {
        let joints = ["以及", "及", "和", "与", "、"].iter();
        let parted = joints.filter_map(|joint| rest.split_once(joint));
        let (own, rest) = parted.min_by_key(|(own, _)| own.len())?;
        (own.is_empty() || own.starts_with('各')).then_some(rest)
    });
    let start = own.map_or(start, |rest| text.len() - rest.len());
    (start < hit.end()).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn a_group_shares_among_itself() {
        case(
            "您的花单会在我们的附属公司或关联公司、以及您挑选的第三方内共享，用于统计。",
            &["附属公司", "关联公司"],
        );
        case("您的花单不会在我们的附属公司或关联公司内共享。", &[]);
        for text in [
            "您的订单会在我们的关联公司之间共享。",
            "您的订单可能会在我司及关联公司内部进行共享，用于对账。",
            "您的订单会在本公司和关联公司之间进行分享。",
        ] {
            case(text, &["关联公司"]);
        }
        for own in ["我行", "我行各分支机构"] {
            let text = format!("您的订单会在{own}及附属公司内部共享。");
            case(&text, &["附属公司"]);
        }
        case("您的订单不会在关联公司之间共享。", &[]);
        case("如在关联公司之间共享，我们会另行告知。", &[]);
        case("这些功能会在关联公司之间轮换。", &[]);
    }
}
