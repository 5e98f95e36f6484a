//! How far an aim goes on behind its comma.

use super::is_leave;
use crate::facts::reach::{ends, first_part, is_comma, starts};

/// Bytes of the next part where an aim has so far only said when, which no aim ends on:
/// `为便于您在出游的过程中，减少等候，`.
pub(super) fn passed(part: &str, behind: &str) -> usize {
    const WHEN: [&str; 6] = ["过程中", "期间", "场景中", "场景下", "之时", "时"];
    const ELSE: [&str; 17] = [
        "我们", "我方", "需", "会", "您", "你", "请", "应用", "本", "收集", "获取", "申请", "调用",
        "在", "当", "如", "若",
    ];
    let timely = ["及时", "实时", "定时", "随时"];
    let Some(next) = behind.strip_prefix(['，', ',']) else {
        return 0;
    };
    let when = ends(part, &WHEN) && !ends(part, &timely);
    let aim = first_part(next, is_comma);
    let closed = aim.len() < next.len();
    if when && closed && !starts(aim, &ELSE) && !is_leave(aim) {
        behind.len() - next.len() + aim.len()
    } else {
        0
    }
}

/// Bytes by which an aim goes on behind its comma: `为了保护账户，方便您登录，`.
pub(super) fn more(behind: &str) -> usize {
    const ASKS: [&str; 9] = ["我们", "我方", "需", "会", "您", "你", "请", "应用", "本"];
    const ALSO: [&str; 21] = [
        "方便",
        "便于",
        "以及",
        "并为",
        "并方便",
        "或者为",
        "以便",
        "同时为",
        "和",
        "让",
        "并使",
        "提升",
        "提高",
        "优化",
        "改善",
        "改进",
        "增强",
        "防止",
        "防范",
        "避免",
        "确保",
    ];
    const TAILS: [&str; 5] = ["等功能", "等服务", "等场景", "等操作", "等目的"];
    let mut end = 0;
    let mut close = 0;
    for written in behind.split_inclusive(is_comma) {
        let part = written.trim_end_matches(is_comma);
        if !part.is_empty() {
            // The last part may already be the one that asks.
            let makes =
                part.starts_with('使') && (!part.starts_with("使用") || part.starts_with("使用户"));
            // 提供存图，截图、分享等功能: one enumeration.
            let closes = ends(part, &TAILS) && part.contains('、') && !starts(part, &ASKS);
            if !(makes || closes || starts(part, &ALSO)) || part.len() == written.len() {
                break;
            }
            end = close + part.len();
        }
        close += written.len();
    }
    end
}
