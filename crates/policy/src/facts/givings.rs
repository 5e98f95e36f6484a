//! Recipients in the midst of sentences: `提供给物流公司`, `与支付机构共享`, `委托云服务商处理`,
//! `合作伙伴包括广告平台及其他供应商`.

mod except;
mod unknown;
mod verbs;

use super::authorities;
use super::classes::{
    has_end, is_chosen, is_court, is_nobody, is_vague, plain, without_owner, without_third,
};
use super::cues::{Cue, cues, denies_giving, of_us};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_filler, is_stop, starts};
use super::scan::Hit;
use super::words;
use crate::text::trim;
pub(super) use except::except;
pub(super) use unknown::is_party;
use unknown::unknown;
use verbs::{ENTRUSTED, HANDS, SHARES, gives_to, is_list, own_products, sends};
pub(super) use verbs::{is_list as goes_on, shared, with};

/// The class around the first of the words, which stands in the midst of a sentence, and where it
/// ends.
pub(super) fn inline<'a>(passage: &Passage<'a>, hits: &[Hit]) -> Option<(&'a str, usize)> {
    let hit = *hits.first()?;
    let text = passage.text;
    let left = before(
        text,
        hit.start(),
        90.min(hit.start() - passage.start.min(hit.start())),
    );
    let near = left.rsplit(is_comma).next().unwrap_or(left);
    let authority = words::is_recipient(hit.word, "authority");
    let verb = verb(near, passage.under.sharing || authority);
    // 合作伙伴包括 A、B 及 C; but 与合作伙伴（包括 A）共享 names the class itself.
    let list = listed(text, hit).filter(|_| !is_source(near));
    let list = list.map(|list| whole(text, near, hit, list));
    let give = words::is_recipient(hit.word, "give");
    if verb.is_none() && list.is_none() && !authority && !give {
        return None;
    }
    if denies_giving(near) {
        return None;
    }
    let sentence = before(text, hit.start(), 300);
    let sentence = sentence.rsplit(is_stop).next().unwrap_or(sentence);
    if never(sentence) {
        return None;
    }
    // A quarrel is what is put before a court.
    let put = || has(near, &["提交"]) || give && near.ends_with('提');
    if (authority || give) && put() && has(sentence, &["争议", "纠纷"]) {
        return None;
    }
    if give {
        return unknown(passage, hits, near);
    }
    let bracket = text[hit.end()..].starts_with(['（', '(']);
    if list.is_some() && !bracket {
        return list;
    }
    // 与支付机构（如…）共享: the bracket gives examples of whom it is shared with.
    if bracket
        && verb.is_none()
        && near.contains('与')
        && shared(text, hits, &SHARES[..3]).is_some()
    {
        return None;
    }
    verb.and_then(|verb| told(passage, hits, near, verb))
        .or(list)
        .or_else(|| authority.then(|| authorities::asking(passage, hit))?)
}

/// The class before a bracket, where the bracket says by many names or by names of bodies who belongs
/// to it: `有权机关（包括法院、某局及其授权机构）`.
fn whole<'a>(
    text: &'a str,
    near: &str,
    hit: Hit,
    (list, end): (&'a str, usize),
) -> (&'a str, usize) {
    let bracket = text[hit.end()..].starts_with(['（', '(']);
    let many = list.matches(['、', '及']).count() > 2 || has(list, &["及其", "和其"]);
    if bracket && many {
        let told = near.rsplit(['与', '向', '给']).next().unwrap_or(near);
        let told = if told.len() <= 12 && told.len() < near.len() {
            told.len()
        } else {
            0
        };
        (&text[hit.start() - told..hit.end()], end)
    } else {
        (list, end)
    }
}

/// Whether what is named next is where data comes from: `从合作伙伴（如…）处获取`.
fn is_source(near: &str) -> bool {
    let last = |words: &[&str]| words.iter().filter_map(|word| near.rfind(word)).max();
    let source = last(&["从", "来自", "来源于"]);
    source.is_some() && source > last(&["给", "向", "与", "至"])
}

/// The class behind a verb of giving.
fn told<'a>(
    passage: &Passage<'a>,
    hits: &[Hit],
    near: &'a str,
    (open, verb): (usize, &str),
) -> Option<(&'a str, usize)> {
    let (text, hit) = (passage.text, hits[0]);
    let mut start = hit.start() - near.len() + open;
    let sharing = passage.under.sharing;
    let between = &near[open..];
    let inside = between
        .rfind(['（', '('])
        .filter(|&at| !between[at..].contains(['）', ')']));
    let end = match (verb, inside) {
        (_, Some(at)) => {
            // 提供给任何接收方（包括关联公司）: the bracket says who they are.
            let list = between[at..].trim_start_matches(['（', '(']);
            let opener = ["包括但不限于", "包括", "包含", "例如", "如"]
                .iter()
                .find(|word| list.starts_with(**word))?;
            let right = after(text, hit.end(), 150);
            let close = right.find(['）', ')'])?;
            let outside = right[close..].trim_start_matches(['）', ')']);
            let gives =
                verb == "给" && gives_to(&near[..open]) || sharing && starts(outside, &SHARES);
            if !gives {
                return None;
            }
            // 向履约方（例如快递公司）提供: the class stands before its examples.
            if has_end(&between[..at]) && !is_vague(trim(&between[..at])) {
                let close = right.len() - outside.len();
                let class = named(&between[..at]).filter(|class| !is_nobody(class));
                return class.map(|class| (class, hit.end() + close));
            }
            start = hit.start() - list.len() + opener.len();
            let more = has_end(plain(trim(&right[..close]))) && is_list(&right[..close]);
            hit.end() + if more { close } else { 0 }
        }
        (_, None) if verb != "委托" && is_yours(&near[..open]) => return None,
        ("给", _) if gives_to(&near[..open]) => {
            start += own_products(between);
            given(text, hit.end())?
        }
        ("发送", _) => given(text, hit.end())?,
        // Only under a heading about sharing: elsewhere 与 and 向 mean too much.
        ("与" | "向", _) if sharing => shared(text, hits, &SHARES)?,
        // What an authority is given is told anywhere.
        ("向", _) if has(near, &["信息", "数据", "资料"]) || near.starts_with('向') => {
            shared(text, hits, &HANDS)?
        }
        ("委托", _) if sharing => shared(text, hits, &ENTRUSTED)?,
        _ => return None,
    };
    let class = named(&text[start..end])?;
    // A copy goes to whomever the reader wants.
    let copy = is_chosen(class) && has(near, &["副本", "转移", "传输"]);
    (class.chars().count() <= 40 && !copy).then_some((class, end))
}

/// A class without what stands around it, if it says who it is.
fn named(text: &str) -> Option<&str> {
    let class = without_owner(trim(text));
    let class = plain(class.trim_start_matches(is_filler));
    let class = without_third(class);
    if is_chosen(class) {
        return Some(class);
    }
    // 提供给您选择的商家
    const CHOSEN: [&str; 11] = [
        "选择", "指定", "授权", "购买", "下单", "预订", "预约", "服务", "留存", "持有", "掌握",
    ];
    let told = class.rsplit_once('的');
    let yours = told.filter(|(told, _)| told.contains('您') && has(told, &CHOSEN));
    let class = yours.map_or(class, |(_, class)| class);
    let named = !class.contains(['，', '。', '“', '《', '（', '('])
        && !has(class, &["信息", "您", "如", "用于", "哪些", "该"]);
    (named && !is_vague(class) && !is_court(class) && class.len() >= 6).then_some(class)
}

/// Whether a sentence says before its end that nothing is given.
pub(super) fn never(sentence: &str) -> bool {
    sentence.contains("不会") && has(sentence, &["不会将", "不会把", "不会向", "不会与"])
}

/// Whether a text ends with the reader, who does what follows.
pub(super) fn ends_yours(near: &str) -> bool {
    ends(near, &["您", "你", "用户", "您主动"])
}

/// Whether the reader is the one who gives.
pub(super) fn is_yours(near: &str) -> bool {
    if ends_yours(near) {
        return true;
    }
    // All of them speak to the reader.
    if !near.chars().any(|c| matches!(c, '您' | '你' | '请')) {
        return false;
    }
    let acts = [
        "您可",
        "您应",
        "您需",
        "您须",
        "您有权",
        "您也",
        "您向",
        "您将",
        "你可",
        "你向",
        "你有权",
    ];
    // 请将您的请求发送给…; but not 申请.
    let asked = || {
        let mut asks = near.match_indices('请');
        asks.any(|(at, ask)| {
            let does = ["将", "把", "您", "你", "向", "直接", "自行", "先", "及时"];
            starts(&near[at + ask.len()..], &does) && !ends(&near[..at], &["申", "邀", "聘"])
        })
    };
    has(near, &acts) || asked()
}

/// Whether a passage that ends in a colon says that data is given in the cases that follow.
pub(super) fn leads(text: &str) -> bool {
    let tail = before(text, text.len(), 90);
    let tail = tail.rsplit('。').next().unwrap_or(tail);
    has(tail, &["披露", "提供", "共享", "分享", "转让"])
        && (of_us(tail) || has(tail, &["可能", "将会"]))
        && !has(tail, &["不", "无需", "除", "例外", "请您", "您可"])
}

/// Whether a passage that ends in a colon says that types of partners follow.
pub(super) fn types(text: &str) -> bool {
    let tail = before(text, text.len(), 60);
    if !has(tail, &["类型", "几类", "以下", "如下"]) {
        return false;
    }
    let partners = ["合作伙伴", "合作方", "合作商", "供应商", "服务商"];
    let told = partners.iter().filter_map(|word| tail.rsplit_once(word));
    let told = told.map(|(_, told)| told).min_by_key(|told| told.len());
    told.is_some_and(|told| {
        starts(
            told,
            &["包括", "主要包括", "分为", "有", "主要有", "类型", "的类型"],
        ) && has(told, &["类型", "几类", "以下", "如下"])
            && !has(told, &["信息", "数据", "，"])
    })
}

/// Who a bracket of examples names: `获得您的同意（例如…机构）`.
pub(super) fn example<'a>(passage: &Passage<'a>, hit: Hit) -> Option<(&'a str, usize)> {
    let text = passage.text;
    let left = before(text, hit.start(), 60);
    let inside = left
        .rsplit(['（', '('])
        .next()
        .filter(|inside| *inside != left)?;
    let openers = ["例如", "比如", "如"];
    let list = openers.iter().find_map(|word| inside.strip_prefix(word))?;
    let start = hit.start() - list.len();
    let right = after(text, hit.end(), 90);
    let end = hit.end() + right.find(['）', ')'])?;
    let class = named(&text[start..end])?;
    (has_end(class) && class.chars().count() <= 40).then_some((class, end))
}

/// The last verb of giving before a class, and where it ends.
fn verb(near: &str, sharing: bool) -> Option<(usize, &'static str)> {
    let with = with(near).filter(|_| sharing).map(|open| (open, "与"));
    way(near, sharing).into_iter().chain(with).max()
}

/// The last of the words that say to whom, but for 与. Of each of them only the last is looked at.
fn way(near: &str, sharing: bool) -> Option<(usize, &'static str)> {
    let (mut to, mut until, mut entrusted) = (false, false, false);
    for (at, c) in near.char_indices().rev() {
        let open = at + c.len_utf8();
        match c {
            '给' => return Some((open, "给")),
            '向' if sharing => return Some((open, "向")),
            '送' if sends(&near[..open]) => return Some((open, "发送")),
            '至' | '到' => {
                let seen = if c == '至' { &mut to } else { &mut until };
                if !std::mem::replace(seen, true) && gives_to(&near[..open]) {
                    return Some((open, "给"));
                }
            }
            '托' if sharing && near[..at].ends_with('委') => {
                // 向委托我们推广的合作伙伴, 受我们委托的服务商
                let rest = &near[open..];
                let other = rest.starts_with("我们") && !rest.starts_with("我们的");
                if !std::mem::replace(&mut entrusted, true) && !other && !rest.starts_with('的') {
                    return Some((open, "委托"));
                }
            }
            _ => {}
        }
    }
    None
}

/// Where the class that holds the word before `from` ends in `提供给…`.
fn given(text: &str, from: usize) -> Option<usize> {
    let right = after(text, from, 90);
    let product = ["的产品", "的服务", "的应用"];
    let product = product.iter().find_map(|word| right.strip_prefix(word));
    let theirs = product.is_some_and(|rest| rest.starts_with(is_comma))
        || starts(right, &["的系统", "的服务器", "的后台"]);
    if right.starts_with('的') && !theirs {
        return None;
    }
    let next = right
        .find(|c| is_comma(c) || matches!(c, '：' | '（' | '('))
        .unwrap_or(right.len());
    let more = starts(right, &["、", "和", "及", "或", "以及", "等"]) && is_list(&right[..next]);
    let ends = has_end(plain(trim(&right[..next])));
    Some(if more && ends { from + next } else { from })
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
        "主要指",
        "主要是指",
        "主要为",
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
        && !of_us(class)
        && !has(class, &["您", "信息"]);
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
