//! Kits that a sentence names together: `甲SDK、乙SDK或丙SDK会收集…`, `使用甲、乙等SDK`, `广告SDK（甲、乙）`.

use super::kit_names::{is_generic, is_kind, is_name};
use super::reach::{after, before, has, is_comma, is_stop, starts, tidy};
use super::scan::Hit;

/// What stands between names, the longer before what it begins with.
const JOINTS: [&str; 9] = ["以及", "或者", "、", "和", "及", "或", "与", "/", "跟"];
/// Most bytes between the ends of two names of a run, and of a list.
const NEAR: usize = 120;
const LIST: usize = 240;

/// How many of the hits, of which the first is the first of these, end names that are joined.
pub(super) fn run(text: &str, hits: &[Hit]) -> usize {
    let joined = |pair: &&[Hit]| next(text, pair[0], pair[1]).is_some();
    1 + hits.windows(2).take_while(joined).count()
}

/// The name that ends with a hit and is joined to the one that ends with the hit before, behind the
/// names that stand between them.
pub(super) fn next(text: &str, last: Hit, hit: Hit) -> Option<&str> {
    let between = &text[last.end()..hit.end()];
    if between.len() > NEAR {
        return None;
    }
    let between = behind(between.trim_start_matches(['”', '"', ' ']));
    let joint = JOINTS.iter().find(|joint| between.starts_with(**joint))?;
    let name = between[joint.len()..].trim_start_matches(['“', '"', ' ']);
    let between = name.rsplit_once('、').map_or("", |(names, _)| names);
    let joined = !name.contains(is_comma)
        && !has(
            name,
            &["收集", "采集", "获取", "读取", "使用", "通过", "："],
        )
        && (between.is_empty() || between.split('、').all(is_member));
    joined.then_some(name)
}

/// The text behind a bracket that says what the word means: `SDK（软件开发工具包）（包括甲、乙）`.
fn behind_meaning(text: &str) -> &str {
    let text = text.trim_start_matches(' ');
    let rest = behind(text).trim_start_matches(' ');
    let meaning = &text[..text.len() - rest.len()];
    let means = rest.starts_with(['（', '(']) && has(meaning, &["开发包", "工具包", "Kit"]);
    if means { rest } else { text }
}

/// The text behind the bracket that it opens with, which closes.
fn behind(text: &str) -> &str {
    let inside = text.strip_prefix(['（', '(']);
    let close = inside.and_then(|inside| inside.split_once(['）', ')']));
    close.map_or(text, |(_, rest)| rest)
}

/// Whether a name is one kit's.
pub(super) fn is_own(name: &str) -> bool {
    (2..=30).contains(&name.chars().count())
        && is_name(name)
        && !is_generic(name)
        && !is_kind(name)
        && !name.starts_with(['其', '它'])
        && !has(
            name,
            &[
                "如果", "是否", "更新", "升级", "请以", "方SDK", "等SDK", "类SDK", "种SDK",
                "个SDK", "家SDK", "允许",
            ],
        )
}

/// The names of a list that has a word for kits at its end only: `使用甲、乙等SDK`, where the kit ends
/// with the hit. None where one of them is a kind of kits.
pub(super) fn closed(text: &str, hit: Hit) -> Option<Vec<&str>> {
    const CLOSES: [&str; 5] = ["等第三方", "等多个", "等多家", "等合作方", "等"];
    const VERBS: [&str; 12] = [
        "接入了",
        "接入",
        "集成了",
        "集成",
        "嵌入了",
        "嵌入",
        "引入了",
        "引入",
        "使用了",
        "使用",
        "采用",
        "通过",
    ];
    let left = before(text, hit.start(), LIST);
    let whole = left.rsplit(is_comma).next()?.trim_end();
    let left = whole.trim_end_matches([' ', '的']);
    let list = CLOSES.iter().find_map(|word| left.strip_suffix(word));
    // 嵌入的甲或乙的SDK
    let theirs = || whole.ends_with('的') && left.contains(['或', '和', '、']);
    let list = list.or_else(|| theirs().then_some(left))?;
    let verb = VERBS
        .iter()
        .filter_map(|verb| list.rfind(verb).map(|at| at + verb.len()))
        .max()?;
    let names = list[verb..].trim_start_matches('的');
    let names = members(names.trim_start_matches("第三方"))?;
    (names.len() > 1).then_some(names)
}

/// Whether the bracket behind the word for kits says who belongs to them: `SDK（包括甲、乙）`.
pub(super) fn includes(text: &str, hit: Hit) -> bool {
    let right = behind_meaning(after(text, hit.end(), LIST));
    let inside = right.strip_prefix(['（', '(']);
    inside.is_some_and(|inside| starts(inside, &["包括", "包含"]))
}

/// The names in the bracket behind a kind of kits, or behind 如 or a colon: `广告SDK（甲、乙）`,
/// `推送SDK，如甲、乙`; and the bytes up to the end of the list. Behind words for kits in general, one of
/// them has to call itself a kit: `第三方SDK（甲SDK、乙）`.
pub(super) fn bracketed(text: &str, hit: Hit) -> Option<(Vec<&str>, usize)> {
    const OPENS: [&str; 8] = [
        "包括但不限于",
        "例如",
        "比如",
        "譬如",
        "包括",
        "包含",
        "如",
        "：",
    ];
    let whole = after(text, hit.end(), LIST);
    let right = behind_meaning(whole);
    let skipped = whole.len() - right.len();
    let (list, end) = if let Some(inside) = right.strip_prefix(['（', '(']) {
        let close = inside.find(['）', ')'])?;
        let length = inside[close..].chars().next().map_or(0, char::len_utf8);
        (
            &inside[..close],
            right.len() - inside.len() + close + length,
        )
    } else {
        let list = right.trim_start_matches(['，', ',', ' ']);
        let list = OPENS.iter().find_map(|word| list.strip_prefix(word))?;
        let end = list.find(|c| is_comma(c) || matches!(c, '：' | ':'));
        let list = &list[..end.unwrap_or(list.len())];
        (
            list,
            list.as_ptr() as usize - right.as_ptr() as usize + list.len(),
        )
    };
    let list = OPENS
        .iter()
        .find_map(|word| list.strip_prefix(word))
        .unwrap_or(list);
    let more = list.find("等详见").or_else(|| list.find("等，详见"));
    let list = tidy(&list[..more.unwrap_or(list.len())]).trim_end_matches('等');
    Some((members(list)?, skipped + end))
}

/// The names of a list, if each can be one.
fn members(list: &str) -> Option<Vec<&str>> {
    if list.contains(is_stop) {
        return None;
    }
    let parts = list.split(['、', '，', ',', '/', '和', '及', '或', '与']);
    let names: Vec<&str> = parts
        .map(|name| tidy(name.trim_start_matches('者').trim_end_matches('以')))
        .filter(|name| !name.is_empty())
        .collect();
    let good = |name: &&str| is_member(name);
    (!names.is_empty() && names.len() <= 20 && names.iter().all(good)).then_some(names)
}

/// Whether a member of a list that may not call itself a kit can be one.
fn is_member(name: &str) -> bool {
    const OTHERS: [&str; 26] = [
        "信息",
        "权限",
        "功能",
        "服务商",
        "提供商",
        "公司",
        "数据",
        "情况",
        "标识",
        "以下",
        "简称",
        "下称",
        "详见",
        "参见",
        "的",
        "用于",
        "开发",
        "工具",
        "程序",
        "版",
        "系统",
        "地址",
        "用户",
        "方式",
        "目的",
        "：",
    ];
    const SYSTEMS: [&str; 6] = ["安卓", "Android", "iOS", "IOS", "鸿蒙", "HarmonyOS"];
    is_own(name)
        && name.chars().count() <= 16
        && !has(name, &OTHERS)
        && !SYSTEMS.contains(&name)
        && !starts(
            name,
            &["即", "指", "仅", "可", "由", "不", "见", "含", "下同"],
        )
        && !name.ends_with(['类', '种', '等', '方'])
}
