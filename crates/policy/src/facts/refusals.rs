//! What follows from the refusal of a permission, in the words of the text.

use super::cues::{Cue, cues, each_refusal};
use super::lists;
use super::purposes::{LONGEST, asks_more, within};
use super::reach::{after, before, ends, first_part, has, is_comma, is_stop, last_part, tidy};

/// Longest sentence that is taken whole, in bytes.
const SENTENCE: usize = 900;

/// What the text says to follow from a refusal, to the end of its sentence.
pub(super) fn refusal(text: &str) -> Option<&str> {
    let mut base = 0;
    for sentence in text.split_inclusive(is_stop) {
        let refusal = Refusal::of(sentence);
        if let Some(at) = refusal.plain {
            let part = &sentence[at..];
            if has(part, cues(Cue::Outcome)) {
                return Some(whole(part));
            }
        }
        // 不允许的，改为手动输入: the way round it is what follows.
        if let Some(at) = refusal.way {
            return Some(whole(&sentence[at..]));
        }
        if refusal.plain.is_some() {
            // 您可以关闭。关闭后无法…: the outcome is the next sentence's.
            let next = after(text, base + sentence.len(), LONGEST);
            let next = next.split(is_stop).next().unwrap_or_default();
            if has(next, cues(Cue::Outcome))
                && has(
                    next,
                    &["关闭", "拒绝", "取消", "届时", "此时", "这将", "将"],
                )
            {
                // What stands before the refusal itself says something else.
                let within = Refusal::of(next).plain.filter(|&at| {
                    next[..at].ends_with(is_comma) && has(&next[at..], cues(Cue::Outcome))
                });
                let next = within.map_or(next, |at| &next[at..]).trim();
                let next = ["但是", "但"]
                    .iter()
                    .find_map(|but| next.strip_prefix(but))
                    .unwrap_or(next);
                return Some(tidy(next));
            }
        } else if let Some(at) = refusal.named {
            return Some(whole(&sentence[at..]));
        }
        base += sentence.len();
    }
    condition(text.split(is_stop).next()?)
}

/// What a sentence says not to work before leave is given: `需您授权后才能正常使用扫码`.
fn condition(sentence: &str) -> Option<&str> {
    const ONLY: [&str; 5] = ["才能正常", "方可正常", "方能正常", "才可正常", "才可以正常"];
    let mut places = sentence.match_indices("正常").map(|(at, _)| at);
    let at = places.find(|at| ends(&sentence[..at + "正常".len()], &ONLY))?;
    let start = at - last_part(&sentence[..at], is_comma).len();
    let part = first_part(&sentence[start..], is_comma);
    let given = &sentence[start..at];
    let leave = has(given, &["授权", "允许", "开启", "打开"]);
    let own = has(given, &["您", "你"]) && !has(given, &["不", "无", "协议", "政策"]);
    (leave && own).then(|| tidy(within(part)))
}

/// What a text says before its sentences come to a refusal.
pub(super) fn before_it(text: &str) -> &str {
    let told = refusal(text).and_then(|refusal| text.find(refusal));
    let told = told.map_or(text, |at| &text[..at]);
    let end = told.rfind(is_stop).filter(|_| told.len() < text.len());
    tidy(end.map_or(text, |at| &told[..at]))
}

/// The text from `at` on, at least `bytes` of it where it has them, to the end of a sentence.
pub(super) fn whole_sentences(text: &str, at: usize, bytes: usize) -> &str {
    let near = after(text, at, bytes);
    let rest = after(text, at + near.len(), SENTENCE);
    let end = rest.find(is_stop).unwrap_or(rest.len());
    &text[at..at + near.len() + end]
}

/// Where a sentence begins to speak of a refusal.
#[derive(Default)]
struct Refusal {
    plain: Option<usize>,
    /// With the way round it right behind.
    way: Option<usize>,
    /// With the name of the permission and what follows: `关闭定位权限不影响…`.
    named: Option<usize>,
}

impl Refusal {
    fn of(sentence: &str) -> Self {
        let mut refusal = Self::default();
        each_refusal(sentence, |start, end, cue| {
            // 开启或关闭权限 offers a choice.
            let choice = sentence[..start].ends_with(['或', '/', '、']);
            let found = match cue {
                Cue::RefusalElse => &mut refusal.way,
                Cue::RefusalNamed => &mut refusal.named,
                _ => &mut refusal.plain,
            };
            let counts = match cue {
                Cue::Refusal if &sentence[start..end] == ELSE => is_else(sentence, start),
                // 若您不需要账号 is a wish.
                Cue::Refusal => !sentence[end..].starts_with("需要"),
                Cue::RefusalNamed => {
                    let right = after(sentence, end, LONGEST);
                    is_named(right) || sentence[..end].ends_with("拒绝") && is_leave(right)
                }
                _ => true,
            };
            if found.is_none() && counts && !choice {
                *found = Some(start);
            }
            refusal.plain.is_none()
        });
        if refusal.plain.is_some() && refusal.way.is_none() {
            let at = refusal.plain.unwrap_or_default();
            each_refusal(after(sentence, at, LONGEST), |start, _, cue| {
                let way = matches!(cue, Cue::RefusalElse);
                refusal.way = way.then_some(at + start);
                !way
            });
        }
        refusal
    }
}

/// What tells the outcome right behind what is asked for: `请授权相机，否则无法扫码`.
const ELSE: &str = "否则";

/// Whether that word stands behind what asks for a permission, and before what does not work without.
fn is_else(sentence: &str, start: usize) -> bool {
    let left = sentence[..start].trim_end_matches(is_comma);
    let asked = before(left, left.len(), 150);
    let asked = last_part(asked, is_comma);
    let right = after(sentence, start, 48);
    has(asked, &["需", "请", "须", "应"])
        && has(asked, &["授权", "允许", "开启", "打开", "权限", "启用"])
        && has(right, &["无法", "不能", "影响", "不可用", "受限"])
}

/// Whether the name of a permission and what follows from its refusal stand there.
fn is_named(right: &str) -> bool {
    let head = first_part(right, is_comma);
    let near = after(head, 0, 45);
    // 系统权限 are all of them.
    let named = near
        .find("权限")
        .filter(|at| !ends(&head[..*at], &["系统", "设备"]));
    // 关闭定位功能 closes it as well, but other functions are none.
    let located = || {
        let places = ["定位功能", "定位服务", "位置服务", "GPS"];
        places.iter().find_map(|word| near.find(word))
    };
    // 关闭定位后
    let done = || {
        let name = ["之后", "后"]
            .iter()
            .find_map(|end| head.strip_suffix(end))?;
        lists::name(name).map(|_| name.len())
    };
    named
        .or_else(located)
        .or_else(done)
        .is_some_and(|at| has(&right[at..], cues(Cue::Outcome)))
}

/// Whether what is refused is leave to use something, and what follows from it stands there:
/// `拒绝调用相机授权仅会使您无法扫码`.
fn is_leave(right: &str) -> bool {
    let head = first_part(right, is_comma);
    after(head, 0, 45)
        .find("授权")
        .is_some_and(|at| has(&right[at..], cues(Cue::Outcome)))
}

/// A refusal to the end of its sentence, or of the bracket that it stands in.
fn whole(part: &str) -> &str {
    let all = part.trim_end_matches(is_stop);
    let part = after(all, 0, SENTENCE);
    // What is too long ends where one of its parts does.
    let close = part.rfind(is_comma).filter(|_| part.len() < all.len());
    let part = &part[..close.unwrap_or(part.len())];
    let mut end = 0;
    let mut told = false;
    for written in part.split_inclusive(is_comma) {
        // What is asked for next is no outcome.
        if told && written.contains("权限") && asks_more(written) {
            break;
        }
        told |= has(written, cues(Cue::Outcome));
        end += written.len();
    }
    tidy(within(&part[..end]))
}

/// Whether words only say that something is for, or bears on, what it belongs to.
pub(super) fn is_general(text: &str) -> bool {
    has(
        text,
        &[
            "对应功能",
            "对应的功能",
            "对应的业务功能",
            "相应功能",
            "相应的功能",
            "相关功能",
            "部分功能",
            "某些功能",
            "特定功能",
            "该功能",
            "此功能",
            "上述功能",
            "对应服务",
            "相应服务",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(
            refusal("您可以关闭定位功能，但可能无法导航。"),
            Some("关闭定位功能，但可能无法导航")
        );
        assert_eq!(refusal("您可以关闭推荐功能，但可能无法导航。"), None);
        assert_eq!(
            refusal("您可以关闭权限。但关闭后无法导航。"),
            Some("关闭后无法导航")
        );
        assert_eq!(
            refusal("您可以拒绝。日历是私人的，拒绝后无法提醒。"),
            Some("拒绝后无法提醒")
        );
        assert_eq!(refusal(""), None);
        assert_eq!(
            refusal("请允许我们访问相册，否则头像无法更换。"),
            Some("否则头像无法更换")
        );
        assert_eq!(refusal("除非您书面同意，否则我们不能公开您的照片。"), None);
        assert_eq!(refusal("请开启相机，否则请改用手机号。"), None);
    }

    #[test]
    fn ways_round_and_names_are_told_as_well() {
        assert_eq!(
            refusal("须经您同意；不同意的，手动输入门店。其他"),
            Some("不同意的，手动输入门店")
        );
        assert_eq!(
            refusal("随时可关；关了就只发文字。"),
            Some("关了就只发文字")
        );
        assert_eq!(
            refusal("可在设置中撤回日历权限，不影响浏览。"),
            Some("撤回日历权限，不影响浏览")
        );
        assert_eq!(
            refusal("（需您授权；拒绝不影响浏览）等"),
            Some("拒绝不影响浏览")
        );
        assert_eq!(
            refusal("您可以拒绝，拒绝后可手动输入桌号。"),
            Some("拒绝后可手动输入桌号")
        );
        assert_eq!(refusal("若您不需要账号，可以注销。我们将不能恢复。"), None);
        assert_eq!(refusal("您可以开启或关闭日历权限，不影响浏览。"), None);
        assert_eq!(refusal("关闭后，我们将不可逆地删除。"), None);
        assert_eq!(
            refusal("请授权。拒绝调用相机授权仅会使您无法扫码。"),
            Some("拒绝调用相机授权仅会使您无法扫码")
        );
        assert_eq!(
            refusal("当您取消该授权后，将无法扫码。"),
            Some("取消该授权后，将无法扫码")
        );
        assert_eq!(refusal("撤回对相机的授权不影响此前的处理。"), None);
        assert_eq!(
            refusal("您可在系统中关闭定位，关闭定位后，我们不再取得它，但并不影响购票。"),
            Some("关闭定位后，我们不再取得它，但并不影响购票")
        );
        assert_eq!(refusal("关闭弹窗后，不影响购票。"), None);
    }

    #[test]
    fn what_is_asked_for_next_is_no_outcome() {
        assert_eq!(
            refusal("如果您拒绝，您将无法留言，我们还会申请相机权限以便扫码"),
            Some("如果您拒绝，您将无法留言")
        );
        assert_eq!(
            refusal("如果您拒绝，请打开权限，否则无法留言，但不影响浏览"),
            Some("如果您拒绝，请打开权限，否则无法留言，但不影响浏览")
        );
    }

    #[test]
    fn sentences_are_taken_whole() {
        assert_eq!(whole_sentences("甲乙丙。丁。", 3, 3), "乙丙");
        assert_eq!(whole_sentences("甲", 0, 9), "甲");
        assert_eq!(whole_sentences("甲乙", 0, 4), "甲乙");
    }

    #[test]
    fn some_refusals_tell_nothing_of_one_permission() {
        assert!(is_general("拒绝后仅影响对应功能"));
        assert!(!is_general("拒绝后无法扫码"));
    }
}
