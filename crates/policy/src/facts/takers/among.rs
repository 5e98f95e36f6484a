//! Those among whom data goes around: `在我们的关联公司内共享`.

use super::super::cues::denies_giving;
use super::super::givings::shared;
use super::super::reach::starts;
use super::super::scan::Hit;
use super::{begin, is_ours};

/// `您的信息可能会在我们的关联公司内共享`
pub(super) fn among(near: &str, hits: &[Hit], text: &str) -> Option<(usize, usize)> {
    const AMONG: [&str; 6] = [
        "内共享",
        "内部共享",
        "内分享",
        "内部分享",
        "范围内共享",
        "之间共享",
    ];
    let open = near.rfind('在')? + "在".len();
    let led = &near[..open];
    // What a condition speaks of is no statement.
    let ours = is_ours(led) && !denies_giving(led) && !starts(led, &["如", "若"]);
    let end = ours.then(|| shared(text, hits, &AMONG))??;
    Some((begin(near, open, hits[0]), end))
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn a_group_shares_among_itself() {
        case(
            "您的信息可能会在我们的附属公司或关联公司、以及您选择的第三方内共享，用于统计。",
            &["附属公司", "关联公司"],
        );
        case("您的信息不会在我们的附属公司或关联公司内共享。", &[]);
    }
}
