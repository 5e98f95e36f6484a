//! What a permission is for, in the words of the text.

mod ahead;
mod asking;
mod behind;
mod further;
mod marks;
mod moments;
mod opened;
mod own;
mod told;

use ahead::ahead;
use asking::{asks, is_condition, is_consent, is_vague, until_asked};
pub(super) use asking::{here, is_leave, pointed, points};
use behind::{behind, ensured, is_learning};
use marks::{quoted, without_gloss};
pub(super) use marks::{within, without_brackets};
pub(super) use moments::occasion;
use moments::{moment, taken};
pub(super) use opened::given;
pub(super) use opened::once;
use opened::{later, opened};
pub(super) use own::asks_more;

use super::columns::{self, Column};
use super::cues::{Cue, cues};
use super::reach::{after, before, ends, first_part, has, is_comma, is_stop, starts, tidy};
use super::refusals;

/// Longest purpose or refusal taken from a sentence, in bytes.
pub(super) const LONGEST: usize = 300;

/// The purpose that a sentence gives for what stands in it from `start` to `end`: what is aimed at, what
/// becomes possible, the occasion, and at last what is got.
pub(super) fn purpose(sentence: &str, start: usize, end: usize) -> Option<&str> {
    let again = own::again(sentence, start, end);
    let told = again.and_then(|spot| told_at(sentence, spot.start, spot.end));
    let aim = told.or_else(|| told_at(sentence, start, end))?;
    Some(own::share(
        aim,
        before(sentence, start, LONGEST),
        &sentence[end..],
    ))
}

/// What is told around this very place.
fn told_at(sentence: &str, start: usize, end: usize) -> Option<&str> {
    let left = before(sentence, start, LONGEST);
    let right = &sentence[end..];
    let near = own::since(left);
    let name = own::name(&sentence[start..end]);
    if let Some(aim) = once(near, right) {
        return Some(aim);
    }
    // 为了连接蓝牙耳机，我们需要蓝牙权限
    if let Some(spot) = told::around(left, right) {
        let from = start - left.len();
        let written = &sentence[from + spot.start..start];
        let length = spot.end - left.len();
        return clean(&sentence[start - written.len()..end + length]);
    }
    if let Some(aim) = told::fulfilled(left, right) {
        return Some(aim);
    }
    let aim = behind(right, name).filter(|aim| tells(aim));
    // 从而获取识别码，从而保护账号
    let further = aim.filter(|aim| is_getting(aim));
    let further = further.and_then(|aim| behind(aim, name));
    aim.filter(|aim| !is_getting(aim))
        .or(further)
        .or_else(|| opened(near, right).filter(|_| !near.contains('为')))
        .or_else(|| taken(left))
        .or_else(|| told::before_bracket(left))
        .or_else(|| told::function(left))
        .or_else(|| moment(left))
        .or_else(|| ahead(near))
        .or_else(|| (near.len() < left.len()).then(|| ahead(left))?)
        .or_else(|| opened(near, right))
        .or_else(|| later(right))
        .or_else(|| ensured(right))
        .or(aim)
}

/// What a label in front calls a purpose: 使用目的：….
fn without_label(aim: &str) -> &str {
    let open = after(aim, 0, 48);
    let label = open.find(['：', ':']);
    let named = label.filter(|&at| columns::of_field(&open[..at]) == Column::Purpose);
    named.map_or(aim, |at| aim[at..].trim_start_matches(['：', ':', ' ']))
}

/// Whether an aim only names what the permission gives: 以读取外置存储.
fn is_getting(aim: &str) -> bool {
    starts(aim, &["读取", "获取", "访问"])
}

/// Whether a purpose says what for: 提供对应功能 does not say which, and what ends in 时 is an occasion.
fn tells(aim: &str) -> bool {
    let rest = ["为您提供", "提供", "实现"]
        .iter()
        .find_map(|word| aim.strip_prefix(word));
    let which = rest
        .is_none_or(|rest| !(refusals::is_general(rest) && rest.len() <= "对应的业务功能".len()));
    // 对时 and the like are done.
    let short = aim.len() < "用于登录时".len();
    // 申请权限，完成后会…: what comes next is no aim.
    let next = starts(aim, &["完成后", "完成时"]);
    which
        && !next
        && (short || !aim.ends_with('时') || ends(aim, &["及时", "实时", "定时", "随时"]))
}

/// What a list says behind a name and its colon: `扫描二维码。`, `您扫码时，可授权开启`.
pub(super) fn said(right: &str) -> Option<&str> {
    let right = first_part(right, is_stop);
    let right = without_label(right);
    let open = first_part(right, is_comma);
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
    let first = first_part(body, is_comma);
    let stated = || {
        let asks_you = starts(body, &["您需", "您须", "你需", "请", "需"])
            && has(first, &["开启", "打开", "授权", "允许", "同意"]);
        let near = after(body, 0, LONGEST);
        let gets = has(
            near,
            &["我们需要收集", "我们需收集", "我们会收集", "我们将收集"],
        );
        let states = asks_you
            || gets
            || asks(first)
            || starts(body, &["您可", "你可", "我们会", "我们将", "请您"]);
        clean(until(right, &REFUSED)).filter(|_| !states)
    };
    let head = ahead::since_head(first);
    moments::used(head)
        .or_else(|| occasion(head.strip_prefix("在使用").map_or(first, |_| head)))
        .or_else(|| ahead::wish(first, &body[first.len()..]))
        .or_else(|| offered(first))
        .or_else(|| able(body))
        .or_else(|| led(body))
        .or_else(stated)
}

/// The purpose of an item that goes on as a sentence of its own: `为识别文字，您需要授权`.
fn led(body: &str) -> Option<&str> {
    let near = after(body, 0, LONGEST);
    let first = near.split_once(['，', ',']);
    let gets = || first.is_some_and(|(first, _)| has(first, &["需收集", "需要收集", "会收集"]));
    let led = starts(body, &["为", "当您", "当你", "在您", "在你"]) || gets();
    first
        .filter(|(_, rest)| led && !rest.is_empty())
        .and_then(|_| ahead(near))
}

/// What can be done with the permission itself is no use of it.
const OTHER: [&str; 22] = [
    "选择", "拒绝", "关闭", "撤回", "撤销", "取消", "修改", "更改", "变更", "管理", "不", "自主",
    "自行", "随时", "授权", "允许", "开启", "打开", "同意", "设置", "根据", "前往",
];

/// What an item says that the reader can do: `您可以通过打开日历权限来记下演出`, `您可以扫描票据`,
/// `通过开启存储权限，实现下载`.
fn able(body: &str) -> Option<&str> {
    const CAN: [&str; 10] = [
        "您可以",
        "您可",
        "您能够",
        "您能",
        "你可以",
        "你可",
        "我们可以",
        "我们能够",
        "可以",
        "能够",
    ];
    let near = until(after(body, 0, LONGEST), &REFUSED[..REFUSED.len() - 1]);
    let can = CAN.iter().find_map(|word| near.strip_prefix(word));
    let rest = can.unwrap_or(near);
    if let Some(means) = rest.strip_prefix("通过") {
        // Behind what it is done by.
        let ends = [
            "来实现",
            "以实现",
            "，实现",
            "权限来",
            "功能来",
            "，我们可以",
            "我们可以",
            "，可以",
            "，来",
            "来",
            "权限",
            "功能",
        ];
        let gets = starts(
            means,
            &[
                "开启", "打开", "获取", "授权", "允许", "访问", "读取", "使用",
            ],
        );
        let head = after(means, 0, 90);
        let end = ends
            .iter()
            .find_map(|word| head.find(word).map(|at| at + word.len()))
            .filter(|_| gets);
        if let Some(end) = end {
            return clean(&means[end..]);
        }
    }
    can?;
    let first = first_part(rest, is_comma);
    (!starts(first, &OTHER) && !has(first, &["设置中", "系统设置", "权限"]))
        .then(|| clean(rest))
        .flatten()
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
    let first = first_part(left, is_comma);
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
    // 用于转账的，需要…: the word closes the condition.
    let text = text
        .strip_suffix('的')
        .filter(|_| !text.ends_with("目的"))
        .unwrap_or(text);
    // What points back to words that are not here is no purpose.
    let back = starts(text, &["这些", "上述", "该等", "前述", "此等", "此目的"]);
    let alone = matches!(
        text,
        "实现" | "提供" | "使用" | "完成" | "服务" | "功能" | "以下"
    );
    // How something is handled does not say what for.
    let handled = starts(text, &["单次使用", "一次性使用", "单次处理", "一次性处理"]);
    (!back && !alone && !handled && text.chars().count() >= 2).then_some(text)
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
        let remarks = || {
            has(part, &["属于"])
                || starts(
                    part,
                    &[
                        "这",
                        "在这",
                        "在上述",
                        "在该",
                        "仅当",
                        "只有当",
                        "并收集",
                        "并会收集",
                    ],
                )
                || part.starts_with('在') && part.contains("我们")
        };
        let other =
            || asks(part) || asks_more(part) || is_leave(part) || own::is_named(part) || remarks();
        if end > 0 && (starts(part.trim_start(), words) || other()) {
            break;
        }
        end += part.len();
    }
    without_brackets(quoted(text, tidy(&text[..end])))
}

#[cfg(test)]
mod tests;
