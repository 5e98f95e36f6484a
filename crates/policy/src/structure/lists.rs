//! Lines of a list, which no sentence goes through, though they have commas and no closing mark.

use crate::input::Hint;
use crate::input::lines::Line;
use crate::text::{ends_sentence, is_sentence_mark};

/// Longest name that an item begins with, in characters.
const NAME: usize = 12;

/// Whether two lines begin with a name of their own, set apart by the same sign: `位置权限（用于…）`
/// above `相机权限（用于…）`, `设备信息：…` above `日志信息：…`.
pub(super) fn are_alike(above: &str, below: &str) -> bool {
    let sign = |text: &str| {
        let mut chars = text.chars().take(NAME + 1).enumerate();
        let (at, sign) = chars.find(|&(_, c)| is_sentence_mark(c) || matches!(c, '（' | '('))?;
        let closed = match sign {
            '：' | ':' => true,
            '（' | '(' => text.ends_with(['）', ')']),
            _ => false,
        };
        (at >= 2 && closed).then_some(matches!(sign, '：' | ':'))
    };
    sign(above).is_some_and(|above| sign(below) == Some(above))
}

/// Whether a sentence that is broken over lines comes to an end in these: the lines of a list may
/// have no mark at all at theirs.
pub(super) fn come_to_an_end(lines: &[Line<'_>]) -> bool {
    const REACH: usize = 8;
    let first = lines.iter().take(1);
    let further = lines.iter().take(REACH).skip(1);
    let further = further.take_while(|line| {
        !line.gap && line.label.is_none() && line.hint == Hint::None && line.tags.is_none()
    });
    first.chain(further).any(|line| {
        let words = line.text.trim_end_matches(['*', '”', '）', ')']);
        line.text.contains('。')
            || words.ends_with(|c| ends_sentence(c) || matches!(c, '，' | '、' | ','))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    #[test]
    fn items_that_begin_alike_are_a_list() {
        for (above, below, alike) in [
            ("相机权限（扫码，拍照）", "位置权限（地图，天气）", true),
            ("设备信息：型号，语言", "日志信息：时间，地址", true),
            ("设备信息：型号，语言", "位置权限（地图，天气）", false),
            ("我们（以下称本公司）", "非常重视隐私，会尽力保护。", false),
            ("我们重视，提示：甲", "日志信息：时间，地址", false),
        ] {
            assert_eq!(are_alike(above, below), alike, "{above} {below}");
        }
    }

    #[test]
    fn sentences_end_and_lists_need_not() {
        for (text, ends) in [
            ("甲，乙。", true),
            ("甲，乙\n丙，丁\n戊。", true),
            ("甲，乙（丙！）", true),
            ("甲，乙。（丙）", true),
            ("甲，乙\n丙，丁", false),
            ("甲，乙\n\n丙，丁。", false),
            ("甲，乙\n1. 丙，丁。", false),
            ("", false),
        ] {
            assert_eq!(come_to_an_end(&lines::split(text)), ends, "{text}");
        }
    }
}
