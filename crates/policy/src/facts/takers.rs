//! Recipients that no verb of giving stands before: `支付机构可能会收集您的…`,
//! `会与这些支付机构共享`, `您授权银行、征信机构等第三方向我们查询`.

mod among;
mod back;
mod called;

use std::cell::LazyCell;

use super::classes::{NEAR, apart, has_end, is_vague};
use super::cues::{denies_giving, of_us};
use super::engaged;
use super::enumerated::lists_data;
use super::givings::{self, is_yours, shared};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_stop, starts};
use super::scan::Hit;
use super::words;
use crate::text::trim;
use among::among;
use back::{serving, unnamed};
use called::called;

/// The classes around the first of the words, each by itself, and where they end.
pub(super) fn told<'a>(passage: &Passage<'a>, hits: &[Hit]) -> Option<(Vec<&'a str>, usize)> {
    let hit = *hits.first()?;
    if passage.foreign || passage.under.terms || words::is_recipient(hit.word, "give") {
        return None;
    }
    let text = passage.text;
    let room = hit.start().saturating_sub(passage.start);
    let left = before(text, hit.start(), 90.min(room));
    let near = left
        .rsplit(|c| is_comma(c) || c == '：')
        .next()
        .unwrap_or(left);
    if let Some((start, end)) = givings::except(near, text, hit) {
        let classes = apart(&text[start..end]);
        return (!classes.is_empty()).then_some((classes, end));
    }
    let right = after(text, hit.end(), 240);
    let sentence = right.split(is_stop).next().unwrap_or(right);
    let served = LazyCell::new(|| serving(near, hits, text));
    let range = if words::is_recipient(hit.word, "with") {
        with(near, text, hit)
    } else {
        takes(near, sentence, hits, text)
            .or_else(|| led_in(left, near, text, hit))
            .or_else(|| openly(passage, near, hits))
            .or_else(|| among(near, hits, text))
            .or_else(|| called(near, text, hit))
            .or_else(|| entitled(near, right, hit))
            .or_else(|| bound(near, sentence, hit))
            .or_else(|| engaged::find(near, text, hit))
            .or_else(|| unnamed(passage, near, hit))
            .or_else(|| entrusted(passage, near, sentence, hit))
            .or_else(|| served.map(|(start, end, _)| (start, end)))
    };
    let (start, end) = range?;
    let asks = right[right.split(is_stop).next().unwrap_or(right).len()..].starts_with(['？', '?']);
    let sentence = before(text, hit.start(), 300);
    let sentence = sentence.rsplit(is_stop).next().unwrap_or(sentence);
    if asks
        || denies_giving(near)
        || starts(near, &["如", "为避免"]) && !near.starts_with("如：")
        || givings::never(sentence)
    {
        return None;
    }
    let classes = apart(text.get(start..end)?);
    // 与这些商家共享 speaks of those who were just listed.
    let until = served.map_or(end, |(.., until)| until);
    (!classes.is_empty()).then_some((classes, until))
}

/// `我们会共享给以下第三方：物流公司、支付机构`: a list behind a colon.
fn led_in(left: &str, near: &str, text: &str, hit: Hit) -> Option<(usize, usize)> {
    const SAYS: [&str; 8] = ["您", "你", "会", "将", "为", "用于", "信息", "的"];
    let led = left[..left.len() - near.len()].strip_suffix('：')?;
    if !givings::leads(led) || lists_data(led) || of_us(near) || has(near, &SAYS) {
        return None;
    }
    let right = after(text, hit.end(), 150);
    let list = right.find(|c| is_comma(c) || matches!(c, '（' | '(' | '：'));
    let list = &right[..list.unwrap_or(right.len())];
    let more = if givings::goes_on(list) {
        list.len()
    } else {
        0
    };
    Some((hit.start() - near.len(), hit.end() + more))
}

/// `支付机构可能会收集您的…`: who takes the data is the subject.
fn takes(near: &str, sentence: &str, hits: &[Hit], text: &str) -> Option<(usize, usize)> {
    let hit = hits[0];
    const TAKES: [&str; 18] = [
        "收集",
        "获取",
        "使用",
        "采集",
        "获知",
        "读取",
        "访问",
        "接触到",
        "接触",
        "接收",
        "知悉",
        "获得",
        "查看",
        "查询",
        "存储",
        "了解",
        "记录",
        "处理",
    ];
    const YOURS: [&str; 3] = ["您", "你", "用户"];
    // 由支付机构收集您的…
    let verb = TAKES.iter().find_map(|verb| sentence.strip_prefix(verb));
    if verb.is_some_and(|rest| starts(rest, &YOURS))
        && let Some(tail) = near.strip_prefix('由')
    {
        return Some((hit.start() - tail.len(), hit.end()));
    }
    // 您的信息将由支付机构处理
    if starts(sentence, &["处理", "保管", "存储", "负责处理"])
        && let Some((led, tail)) = near.rsplit_once('由')
        && has(led, &["信息", "数据", "资料", "号"])
        && !of_us(led)
        && !led.contains('不')
    {
        return Some((hit.start() - tail.len(), hit.end()));
    }
    // 提供统计的伙伴，会收集您的…
    let told = sentence.strip_prefix('，');
    let sentence = told
        .filter(|told| starts(told, &["会", "可能", "将"]))
        .unwrap_or(sentence);
    let clause = sentence.split(is_comma).next().unwrap_or(sentence);
    let (at, modal) = modal(clause)?;
    let between = trim(&sentence[..at]);
    let joins = ["、", "和", "及", "或", "以及", "与", "等"];
    let where_ = ["在", "通过", "基于", "于", "不可避免"];
    if !(between.is_empty() || starts(between, &joins) || starts(between, &where_))
        || of_us(between)
        || has(&between.replace("不可避免", ""), &["不", "提供给", "共享"])
        || has(near, &["我们或", "我们和", "我们及", "我们以及"])
    {
        return None;
    }
    let acts = &sentence[at + modal..];
    let acts = after(acts, 0, 150);
    let ours = ["代我们", "替我们"]
        .iter()
        .find_map(|ours| acts.strip_prefix(ours));
    let acts = ours.unwrap_or(acts);
    let (verb, _) = TAKES
        .iter()
        .filter_map(|verb| {
            let mut places = acts.match_indices(verb);
            // 会向用户收集相关信息
            places.find(|(at, verb)| {
                let asked = has(&acts[..*at], &["向您", "向用户", "向我们的用户", "从您"]);
                asked || starts(&acts[at + verb.len()..], &YOURS)
            })
        })
        .min()?;
    let led = &acts[..verb];
    const OTHER: [&str; 8] = ["不", "要求", "停止", "允许", "拒绝", "协助", "为您", "由"];
    if of_us(&led.replace("我们的用户", ""))
        || has(led, &OTHER)
        || led.matches(is_comma).count() > 1
    {
        return None;
    }
    let weak = words::is_recipient(hit.word, "weak");
    let cut = |at: usize| (!weak || at < near.len()).then_some(at);
    let cut = near.rfind('的').and_then(|at| cut(at + "的".len()));
    let cut = cut.filter(|cut| !is_trade(lead_out(&near[..*cut])));
    let tail = lead_out(&near[cut.unwrap_or(0)..]);
    const RELATES: [&str; 13] = [
        "向", "给", "从", "对", "与", "由", "请", "要求", "您", "通过", "使用", "在", "委托",
    ];
    let start = hit.start() - tail.len();
    if of_us(tail)
        || has(tail, &RELATES)
        || is_vague(&text[start..hit.end()])
        || weak && tail.is_empty()
    {
        return None;
    }
    // The list goes on to the last word for somebody who receives.
    let until = hit.end() + at;
    let list = starts(between, &joins);
    let cut = where_.iter().filter_map(|word| between.find(word)).min();
    let whole = &between[..cut.unwrap_or(between.len())];
    if list && sentence.starts_with(between) && givings::goes_on(whole) && has_end(whole) {
        return Some((start, hit.end() + whole.len()));
    }
    let mut near = hits.iter().take(NEAR);
    let last = near.rfind(|other| list && other.end() <= until);
    Some((start, last.map_or(hit.end(), |last| last.end())))
}

/// Where a word of what may or will be done begins, and its bytes.
fn modal(clause: &str) -> Option<(usize, usize)> {
    let mut avoided = false;
    clause.char_indices().find_map(|(at, c)| {
        let words: &[&str] = match c {
            '会' => &["会"],
            '将' => &["将"],
            '能' => &["能够", "能"],
            '可' => &["可能会", "可能", "可以", "可"],
            _ => return None,
        };
        let rest = &clause[at..];
        let word = words.iter().find(|word| rest.starts_with(**word))?;
        avoided |= rest.starts_with("可避免");
        (*word != "可" || !avoided).then_some((at, word.len()))
    })
}

/// A part of a sentence without what joins it to the part before.
fn lead_out(mut tail: &str) -> &str {
    for lead in [
        "此时", "例如", "如：", "此外", "其中", "因此", "同时", "并且", "而", "但", "且", "则",
        "还有",
    ] {
        tail = trim(tail.strip_prefix(lead).unwrap_or(tail));
    }
    tail
}

/// Whether what stands before a class says what it does: 提供统计服务的.
pub(super) fn is_trade(told: &str) -> bool {
    starts(told, &["提供", "从事", "负责", "承担"])
        && told.matches('的').count() == 1
        && !of_us(told)
        && !has(told, &["您", "该", "此", "上述"])
}

/// What follows a class that data is openly shared with, wherever it is told.
const SHARED: [&str; 7] = [
    "同步",
    "共享",
    "分享",
    "核对",
    "核验",
    "进行核对",
    "进行核验",
];

/// What follows a class that the reader's own data is handed to.
const HANDED: [&str; 13] = [
    "核验",
    "核实",
    "验证",
    "核对",
    "同步",
    "披露您",
    "提供您",
    "共享您",
    "分享您",
    "传输您",
    "发送您",
    "披露你",
    "提供你",
];

/// What follows a class to which what was named before is handed: `将您的订单向…提供`.
const PASSED: [&str; 9] = [
    "同步", "披露", "提供", "共享", "分享", "传输", "发送", "转让", "转移",
];

/// `我们可能会与支付机构共享…`, `需要向投诉人披露您的…`, `会将您的订单向供应商提供`
fn openly(passage: &Passage<'_>, near: &str, hits: &[Hit]) -> Option<(usize, usize)> {
    let text = passage.text;
    let with = givings::with(near).map(|open| (open, "与", &SHARED[..]));
    let to = near
        .rfind('向')
        .map(|at| (at + "向".len(), "向", &HANDED[..]));
    let (open, way, verbs) = with.into_iter().chain(to).max_by_key(|(open, ..)| *open)?;
    // 提供该服务的合作伙伴 is who was named before.
    let told = &near[open..];
    let again = told.rsplit_once('的');
    let again = again.is_some_and(|(told, _)| has(told, &["该", "此", "上述"]));
    // What a bracket explains was named before it.
    let inside = told.rfind(['（', '(']);
    let inside = inside.is_some_and(|open| !told[open..].contains(['）', ')']));
    // What is given may be a long list.
    let start = hits[0].start() - told.len();
    let room = start.saturating_sub(passage.start);
    let led = before(text, start, 450.min(room));
    let led = led
        .rsplit(|c| is_comma(c) || c == '：')
        .next()
        .unwrap_or(led);
    // `我们会收集…，并与…共享`: who does it was named before.
    let whole = || {
        let left = before(text, start, 450.min(room));
        let left = left.rsplit(is_stop).next().unwrap_or(left);
        let led = led.trim_start();
        let joined = starts(led, &["并", "且", "同时"]);
        // 我们会依据法律，按需向…提供您的…, 我们会…，或者与…共享
        let again = starts(led, &["或", "以及"]);
        let manner = led == way || starts(led, &["按", "根据", "依", "仅", "在", "为", "经"]);
        let goes_on = (again || manner && of_us(left)) && !denies_giving(left);
        (joined || goes_on) && is_ours(left) && !left.contains("要求")
    };
    if again || inside || !(is_ours(led) || whole()) || denies_giving(led) {
        return None;
    }
    let verbs = if way == "向" && is_object(led) {
        &PASSED[..]
    } else {
        verbs
    };
    let end = shared(text, hits, verbs)?;
    Some((begin(near, open, hits[0]), end))
}

/// Whether a part of a sentence ends with the data that something is done with: `我们会将您的订单`.
fn is_object(led: &str) -> bool {
    const DATA: [&str; 10] = [
        "信息", "数据", "资料", "订单", "号", "姓名", "地址", "记录", "内容", "标识",
    ];
    const WHEN: [&str; 9] = ["在", "会", "按", "根据", "依", "通过", "经", "于", "仅"];
    let led = led.trim_end_matches('向');
    let found = ["将", "把"].iter().filter_map(|word| led.rfind(word));
    let object = found.max().map(|at| &led[at + "将".len()..]);
    object.is_some_and(|object| !starts(object, &WHEN) && (object == "其" || has(object, &DATA)))
}

/// `我们须与网约车公司共享…`: the word itself says that it is shared.
fn with(near: &str, text: &str, hit: Hit) -> Option<(usize, usize)> {
    let open = givings::with(near)?;
    let word = &text[hit.start()..hit.end()];
    let end = hit.end() - (word.len() - word.find("共享").or_else(|| word.find("分享"))?);
    is_ours(&near[..open]).then(|| (begin(near, open, hit), end))
}

/// Whether the operator is the one who shares.
pub(super) fn is_ours(near: &str) -> bool {
    let will = ["可能", "会", "将", "需要", "须"];
    (of_us(near) || has(near, &will)) && !is_yours(near)
}

/// Where the class begins: behind what is told of it.
pub(super) fn begin(near: &str, open: usize, hit: Hit) -> usize {
    let told = near[open..].rfind('的').map_or(0, |at| at + "的".len());
    let told = if is_trade(&near[open..open + told]) {
        0
    } else {
        told
    };
    let rest = &near[open + told..];
    let these = ["这些", "该等"]
        .iter()
        .find(|these| rest.starts_with(**these));
    hit.start() - rest.len() + these.map_or(0, |these| these.len())
}

/// `您授权银行、征信机构等第三方向我们查询`
fn entitled(near: &str, right: &str, hit: Hit) -> Option<(usize, usize)> {
    let open = near.rfind("授权")? + "授权".len();
    let asks = right.strip_prefix('等').unwrap_or(right);
    let asks = asks.strip_prefix("第三方").unwrap_or(asks);
    let asks = asks.strip_prefix("向我们")?;
    starts(asks, &["查询", "获取", "采集", "收集", "调取"])
        .then(|| (hit.start() - near.len() + open, hit.end()))
}

/// `部分功能由我们委托的服务提供商来提供`, where it is told with whom data is shared.
fn entrusted(
    passage: &Passage<'_>,
    near: &str,
    sentence: &str,
    hit: Hit,
) -> Option<(usize, usize)> {
    let bare = near.strip_suffix("第三方").unwrap_or(near);
    let by = bare.strip_suffix("委托的")?;
    let ours = ["由我们", "由本公司", "由我司"];
    let does = ["来", "为您", "向您", "提供", "处理", "负责", "代", "协助"];
    let told = passage.under.sharing && ends(by, &ours) && starts(sentence, &does);
    told.then(|| (hit.start() - (near.len() - bare.len()), hit.end()))
}

/// `在与交易的相关方签署协议后向其披露`
fn bound(near: &str, sentence: &str, hit: Hit) -> Option<(usize, usize)> {
    let open = near.rfind('与')? + "与".len();
    let gives = ["向其披露", "向其提供", "向其共享", "与其共享"];
    let binds = starts(sentence, &["签署", "签订"]) && has(sentence, &gives);
    let named = near[open..].trim_start_matches("前述");
    (binds && is_ours(&near[..open])).then(|| (hit.start() - named.len(), hit.end()))
}

#[cfg(test)]
mod tests;
