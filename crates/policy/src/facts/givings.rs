//! Recipients in the midst of sentences: `提供给物流公司`, `与支付机构共享`, `委托云服务商处理`,
//! `合作伙伴包括广告平台及其他供应商`.

use super::cues::{Cue, cues};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_filler, is_stop, starts};
use super::recipients::{has_end, plain};
use super::scan::Hit;
use crate::text::trim;

/// Ways to say that something is given to somebody.
const GIVING: [&str; 9] = [
    "提供给",
    "共享给",
    "分享给",
    "披露给",
    "发送给",
    "传输给",
    "转移给",
    "告知给",
    "传递给",
];

/// The class around a word in the midst of a sentence, and where it ends.
pub(super) fn inline<'a>(passage: &Passage<'a>, hit: Hit) -> Option<(&'a str, usize)> {
    let text = passage.text;
    // 合作伙伴包括 A、B 及 C。
    let list = listed(text, hit);
    let left = before(text, hit.start(), 90);
    let near = left.rsplit(is_comma).next().unwrap_or(left);
    let verb = if list.is_some() {
        None
    } else {
        Some(verb(near, passage.under.sharing)?)
    };
    let sentence = before(text, hit.start(), 300);
    let sentence = sentence.rsplit(is_stop).next().unwrap_or(sentence);
    if has(near, cues(Cue::RecipientNot))
        || has(sentence, &["不会将", "不会把", "不会向", "不会与"])
    {
        return None;
    }
    if list.is_some() {
        return list;
    }
    let (open, verb) = verb?;
    let start = hit.start() - near.len() + open;
    let end = match verb {
        "给" if ends(&near[..open], &GIVING) => given(text, hit.end())?,
        // Only under a heading about sharing: elsewhere 与 and 向 mean too much.
        "与" | "向" if passage.under.sharing => shared(text, hit.end(), &SHARES)?,
        "委托" if passage.under.sharing => shared(text, hit.end(), &ENTRUSTED)?,
        _ => return None,
    };
    let class = trim(&text[start..end]);
    let class = class.strip_prefix("我们的").unwrap_or(class);
    let class = plain(class.trim_start_matches(is_filler));
    let third = class
        .strip_prefix("第三方")
        .is_some_and(|rest| rest.len() > 3);
    let vague = starts(class, cues(Cue::RecipientVague)) && !third;
    let named = class.chars().count() <= 40
        && !class.contains(['，', '。', '“', '《'])
        && !has(class, &["信息", "您", "如", "用于", "哪些"]);
    (named && !vague && class.len() >= 6).then_some((class, end))
}

/// The last verb of giving before a class, and where it ends.
fn verb(near: &str, sharing: bool) -> Option<(usize, &'static str)> {
    let ways: &[&'static str] = if sharing {
        &["给", "委托", "与", "向"]
    } else {
        &["给"]
    };
    let found = ways
        .iter()
        .filter_map(|word| near.rfind(word).map(|at| (at + word.len(), *word)));
    found.max()
}

/// What follows a class in `与…共享` and in `委托…处理`.
const SHARES: [&str; 9] = [
    "共享", "分享", "提供", "披露", "传输", "发送", "联合", "合作", "共同",
];
const ENTRUSTED: [&str; 12] = [
    "为", "处理", "向", "提供", "进行", "来", "代", "协助", "完成", "开展", "收集", "对",
];

/// Where the class that holds the word before `from` ends, if one of the verbs follows it: further
/// members of the list and an explanation in brackets may stand between.
fn shared(text: &str, from: usize, verbs: &[&str]) -> Option<usize> {
    let right = after(text, from, 300);
    let open = right.find(['（', '(']);
    let next = right
        .find(|c| is_comma(c) || c == '：')
        .unwrap_or(right.len());
    let (list, rest) = match open.filter(|&open| open < next) {
        Some(open) => {
            let close = right[open..].find(['）', ')'])?;
            (
                &right[..open],
                right[open + close..].trim_start_matches(['）', ')']),
            )
        }
        None => {
            // 合作 of 合作机构 is no verb.
            let is_verb = |at: usize, verb: &str| !has_end(after(right, at + verb.len(), 6));
            let first = verbs
                .iter()
                .filter_map(|verb| {
                    let mut places = right[..next].match_indices(verb);
                    places.find(|&(at, _)| is_verb(at, verb)).map(|(at, _)| at)
                })
                .min()?;
            (&right[..first], &right[first..])
        }
    };
    let rest = rest.trim_start_matches([' ', '等']);
    let rest = rest
        .strip_prefix("间")
        .or_else(|| rest.strip_prefix("之间"))
        .unwrap_or(rest);
    let list = list
        .trim_end()
        .trim_end_matches("进行")
        .trim_end_matches("进行联合");
    (starts(rest, verbs) && is_list(list)).then_some(from + list.trim_end().len())
}

/// Where the class that holds the word before `from` ends in `提供给…`.
fn given(text: &str, from: usize) -> Option<usize> {
    let right = after(text, from, 90);
    if right.starts_with('的') {
        return None;
    }
    let next = right
        .find(|c| is_comma(c) || matches!(c, '：' | '（' | '('))
        .unwrap_or(right.len());
    let more = starts(right, &["、", "和", "及", "或", "以及", "等"]) && is_list(&right[..next]);
    let ends = has_end(plain(trim(&right[..next])));
    Some(if more && ends { from + next } else { from })
}

/// Whether the text goes on with a list and says nothing else.
fn is_list(text: &str) -> bool {
    let text = trim(text);
    let opens = text.is_empty()
        || starts(
            text,
            &[
                "、", "和", "及", "或", "以及", "等", "与", "/", "间", "之间",
            ],
        );
    opens && text.len() <= 90 && !has(text, &["的", "将", "会", "为", "是", "我们", "您", "信息"])
}

/// `…包括A、B及C。` behind a recipient that the list explains.
fn listed(text: &str, hit: Hit) -> Option<(&str, usize)> {
    let right = after(text, hit.end(), 300);
    // All of them begin with one of these.
    if !right.starts_with(['主', '包', '有', '分', '类', '的', '（', '(']) {
        return None;
    }
    let open = [
        "主要包括",
        "包括但不限于",
        "包括",
        "包含",
        "主要有",
        "有以下",
        "分为",
        "类型包括",
        "的类型包括",
        "（包括",
        "（如",
        "(包括",
    ]
    .iter()
    .filter_map(|word| right.strip_prefix(word))
    .min_by_key(|rest| rest.len())?;
    let open = open.strip_prefix("但不限于").unwrap_or(open);
    let types = ["以下几类", "以下类型", "以下几种", "以下", "如下", "下列"]
        .iter()
        .find_map(|word| open.strip_prefix(word))
        .unwrap_or(open);
    let list = types.trim_start_matches(['：', ':', ' ']);
    let list = &list[..list
        .find(|c| is_stop(c) || matches!(c, '，' | '）' | ')' | '：'))
        .unwrap_or(list.len())];
    let class = plain(trim(list));
    let last = cues(Cue::RecipientLast)
        .iter()
        .any(|word| class.ends_with(word));
    let named = class.chars().count() <= 80
        && class.len() >= 6
        && last
        && !starts(class, cues(Cue::RecipientVague))
        && !has(class, &["您", "信息", "我们"]);
    named
        .then(|| {
            (
                class,
                hit.end() + right.len() - (open.len().min(right.len()))
                    + class.len().min(open.len()),
            )
        })
        .map(|(class, end)| (class, text.floor_char_boundary(end.min(text.len()))))
        .filter(|_| !ends(class, &["个人"]))
}
