//! Kits that a sentence lists: `第三方SDK，包括：甲SDK、乙分享`, `使用了甲SDK和乙SDK`, and
//! those that a bracket names as examples: `（如：甲SDK、乙SDK）`.

use super::kit_names::{KINDS, is_generic, is_name, names_sdk};
use super::kit_parts::part;
use super::kit_sentences::Told;
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_stop, starts, tidy};
use super::scan::{Found, Hit, Topic};

/// Calls `each` with every kit that a sentence lists, and with where it stands.
pub(super) fn listed<'a>(passage: &Passage<'a>, found: &Found, mut each: impl FnMut(Told<'a>)) {
    let text = passage.text;
    let mut last = 0;
    for hit in found.of(Topic::Kit) {
        if hit.start() < last {
            continue;
        }
        let Some((start, end)) = told(text, *hit).or_else(|| used(text, *hit)) else {
            continue;
        };
        last = end;
        let mut at = start;
        let members = text[start..end].split_inclusive(['、', '和', '及']);
        for member in members {
            let bare = member.trim_end_matches(['、', '和', '及', '以']);
            let name = bare.trim_end_matches("等第三方").trim_end_matches('等');
            let (name, purpose) = aimed(tidy(name));
            if is_member(name) {
                each(Told {
                    name,
                    purpose,
                    data: None,
                    line: passage.line_at(at),
                });
            }
            at += member.len();
        }
    }
}

/// A name without the bracket that says what for: `甲SDK（用于推送）`.
fn aimed(name: &str) -> (&str, Option<&str>) {
    let parted = name.split_once(['（', '(']).and_then(|(bare, inside)| {
        let aim = ["用于", "用来", "用以"]
            .iter()
            .find_map(|word| inside.strip_prefix(word))?;
        Some((bare, aim.trim_end_matches(['）', ')'])))
    });
    parted.map_or((name, None), |(bare, aim)| (tidy(bare), Some(aim)))
}

/// The list behind words for kits in general: `第三方SDK，包括了：甲SDK、乙分享。`
fn told(text: &str, hit: Hit) -> Option<(usize, usize)> {
    let left = before(text, hit.start(), 90);
    let near = left.rsplit(is_comma).next().unwrap_or(left);
    let right = after(text, hit.end(), 600);
    let open = right.trim_start_matches(['，', ',', ' ', '）', ')']);
    let openers = [
        "包括但不限于",
        "包括了",
        "包括",
        "包含了",
        "包含",
        "分别为",
        "分别是",
        "具体为",
        "有",
        "是",
        "：",
        ":",
    ];
    let list = openers.iter().find_map(|word| open.strip_prefix(word))?;
    let list = list.trim_start_matches(['：', ':', ' ']);
    let used = has(
        near,
        &["使用", "用到", "接入", "集成", "嵌入", "引入", "植入"],
    );
    if !used || is_denied(near) {
        return None;
    }
    let start = hit.end() + right.len() - list.len();
    let end = list.find(|c| is_comma(c) || matches!(c, '：' | ':'));
    let list = &list[..end.unwrap_or(list.len())];
    // Without a name of a kit it lists what kits do.
    let named = list
        .split(['、', '和'])
        .any(|name| names_sdk(name) && is_member(tidy(name)));
    (named && list.contains(['、', '和', '及'])).then_some((start, start + list.len()))
}

/// The list behind a verb, which ends with the kit: `使用了甲SDK和乙SDK`.
fn used(text: &str, hit: Hit) -> Option<(usize, usize)> {
    let left = before(text, hit.start(), 90);
    let near = left.rsplit(is_comma).next().unwrap_or(left);
    let verbs = ["使用了", "接入了", "集成了", "嵌入了", "引入了"];
    let open = verbs
        .iter()
        .filter_map(|verb| near.rfind(verb).map(|at| at + verb.len()))
        .max()?;
    let start = hit.start() - near.len() + open;
    let first = &text[start..hit.end()];
    if is_denied(near)
        || !first
            .split(['、', '和', '及'])
            .all(|name| is_member(tidy(name)))
    {
        return None;
    }
    // The kits that follow, each with the word.
    let right = after(text, hit.end(), 300);
    let right = right.split(is_comma).next().unwrap_or(right);
    let end = right.rfind("SDK").or_else(|| right.rfind("sdk"))? + "SDK".len();
    let more = starts(right, &["、", "和", "及", "以及"]);
    let list = &right[..end];
    let all = list
        .split(['、', '和', '及'])
        .skip(1)
        .all(|name| name == "以" || is_member(tidy(name.trim_end_matches('以'))));
    (more && all).then_some((start, hit.end() + end))
}

fn is_denied(near: &str) -> bool {
    has(near, &["不", "未", "没有", "如果", "可能"])
}

/// Whether a member of a list names a kit and not a kind of them.
fn is_member(name: &str) -> bool {
    let bare = ["SDK", "sdk"]
        .iter()
        .find_map(|word| name.strip_suffix(word));
    let bare = bare.unwrap_or(name).trim_end();
    bare.chars().count() >= 2
        && name.chars().count() <= 24
        && !KINDS.contains(&bare)
        && !name.contains(['的', '：', ':', '。', '；'])
        && !bare.ends_with(['类', '种', '等', '方'])
        && !has(
            name,
            &[
                "信息",
                "权限",
                "功能",
                "服务商",
                "提供商",
                "公司",
                "数据",
                "情况",
            ],
        )
        && !name.chars().any(is_stop)
        && is_name(name)
        && !is_generic(name)
}

/// Kits that a bracket names as examples: `第三方组件（如：某某SDK、某某SDK）`.
pub(super) fn examples<'a>(passage: &Passage<'a>, found: &Found, mut each: impl FnMut(Told<'a>)) {
    for hit in found.of(Topic::Kit) {
        if let Some(name) = example(passage.text, *hit) {
            let right = after(passage.text, hit.end(), 300);
            let outside = right.find(['）', ')']).map_or("", |close| &right[close..]);
            let sentence = outside.split(is_stop).next().unwrap_or(outside);
            each(Told {
                name,
                purpose: part(sentence, &["用于", "以便", "以实现", "来实现"]),
                data: None,
                line: passage.line_at(hit.start()),
            });
        }
    }
}

/// The kit whose name ends with the hit, if it stands in a bracket of examples.
fn example(text: &str, hit: Hit) -> Option<&str> {
    let left = before(text, hit.end(), 240);
    let open = left.rfind(['（', '('])?;
    let (before_it, list) = left.split_at(open);
    let list = list.trim_start_matches(['（', '(']);
    let openers = ["例如", "比如", "包括但不限于", "包括", "包含", "如"];
    let list = openers.iter().find_map(|word| list.strip_prefix(word))?;
    if list.contains(['）', ')', '。', '；']) {
        return None;
    }
    let name = tidy(
        list.rsplit(['、', '，', ',', '：', ':', '和', '及', '或'])
            .next()?,
    );
    let right = after(text, hit.end(), 6);
    let ended = right.is_empty() || starts(right, &["、", "，", "）", ")", "等", "和", "及", "或"]);
    let clause = before_it.rsplit(is_stop).next().unwrap_or(before_it);
    let denied = has(
        clause,
        &["不会", "不接入", "未接入", "没有", "未集成", "未使用"],
    );
    let known = name.chars().count() > 4
        && !name.contains('的')
        && !ends(name, &["等SDK", "类SDK", "种SDK", "方SDK"])
        && is_name(name)
        && !is_generic(name);
    (ended && !denied && known).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::facts::over;
    use crate::facts::testing::kits_are;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let found = over(text).facts.sdks;
        let found: Vec<_> = found.iter().map(|kit| kit.name.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_sentence_lists_kits() {
        case(
            "我们接入了第三方SDK，包括：甲地图SDK、乙分享、丙统计SDK。",
            &["甲地图SDK", "乙分享", "丙统计SDK"],
        );
        case("我们使用第三方SDK，包括统计、推送。", &[]);
        case("我们未接入第三方SDK，包括甲地图SDK、乙分享SDK。", &[]);
        case("我们集成了第三方SDK，包括统计SDK、推送SDK。", &[]);
    }

    #[test]
    fn kits_behind_a_verb_are_two() {
        case(
            "本应用使用了甲乙统计SDK和丙丁+（网页）SDK，用于计数。",
            &["甲乙统计SDK", "丙丁+（网页）SDK"],
        );
        case("我们使用了第三方SDK和接口。", &[]);
    }

    #[test]
    fn what_has_an_entry_is_not_listed_again() {
        case(
            "我们接入了第三方SDK，包括：地图甲SDK、乙分享。\nSDK名称：某某地图甲SDK\n使用目的：定位",
            &["乙分享", "某某地图甲SDK"],
        );
    }

    #[test]
    fn brackets_name_kits_as_examples() {
        kits_are(
            "我们接入了成熟的组件（如：甲地图 SDK、乙支付SDK、短信服务）用于定位。",
            &[
                ("甲地图 SDK", Some("定位"), None, 1),
                ("乙支付SDK", Some("定位"), None, 1),
            ],
        );
        // An entry of its own says more.
        kits_are(
            "页面含有插件（例如甲地图SDK）。\nSDK名称：甲地图SDK\n使用目的：定位",
            &[("甲地图SDK", Some("定位"), None, 2)],
        );
        kits_are("我们没有接入组件（如甲地图SDK）。", &[]);
        kits_are("我们接入组件（如第三方SDK、统计类SDK）。", &[]);
    }
}
