//! Kits named in the midst of sentences: `我们接入的甲SDK会收集…`, `嵌入甲SDK，用于…`.

use super::kit_content::enumeration;
use super::kit_joined::{self as joined, is_own};
use super::kit_names::{is_generic, is_kind, names_sdk};
use super::kit_parts::{COLLECTS, aim, data, is_empty, states, tells as kit_tells};
use super::kit_sentences::{Told, behind_bracket};
use super::kit_stated::accessed;
use super::kit_work::work;
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_stop, starts, tidy};
use super::scan::{Found, Hit, Topic};
use crate::text::Glance;

const USED: [&str; 9] = [
    "接入", "集成", "嵌入", "引入", "植入", "内置", "调用", "使用", "采用",
];

/// What stands before a name in its sentence.
#[derive(Clone, Copy)]
struct Lead<'a> {
    sentence: &'a str,
    /// The last part of the sentence, up to the name.
    part: &'a str,
}

/// Calls `each` with every kit that the sentences of a passage tell something of.
pub(super) fn within<'a>(passage: &Passage<'a>, found: &Found, mut each: impl FnMut(Told<'a>)) {
    let hits = found.of(Topic::Kit);
    let mut at = 0;
    while let Some(hit) = hits.get(at) {
        let run = &hits[at..at + joined::run(passage.text, &hits[at..])];
        at += run.len();
        told(passage, run, &mut each);
        // What a kind is said to be used for is what the kits do that are named behind it.
        let last = run.last().unwrap_or(hit);
        listed(passage, *last, &mut each);
    }
}

/// The sentence up to a hit, and its last part.
fn sentence<'a>(passage: &Passage<'a>, hit: Hit) -> Lead<'a> {
    let room = hit.end().saturating_sub(passage.start);
    let left = before(passage.text, hit.end(), 450.min(room));
    let sentence = left.rsplit(is_stop).next().unwrap_or(left);
    let part = sentence.rsplit(is_comma).next().unwrap_or(sentence);
    Lead { sentence, part }
}

/// Kits that a sentence names one by one, joined, and of which it says what they do.
fn told<'a>(passage: &Passage<'a>, run: &[Hit], each: &mut impl FnMut(Told<'a>)) {
    let text = passage.text;
    let ([first, ..], [.., last]) = (run, run) else {
        return;
    };
    let Lead { sentence, part } = sentence(passage, *first);
    let own = name(part);
    let led = &part[..part.len() - own.map_or(0, str::len)];
    let mut names: Vec<(&str, usize)> = Vec::new();
    names.extend(own.map(|name| (name, first.end() - name.len())));
    for pair in run.windows(2) {
        let next = joined::next(text, pair[0], pair[1]).unwrap_or_default();
        // Those between have no word for a kit: `甲SDK、乙宝、丙SDK`.
        for name in next.split('、').filter(|name| is_own(name)) {
            names.push((name, name.as_ptr() as usize - text.as_ptr() as usize));
        }
    }
    if names.is_empty() || is_denied(led) || elsewhere(sentence) {
        return;
    }
    let Some((purpose, data)) = does(text, *last, led, sentence) else {
        return;
    };
    for (name, at) in names {
        each(Told {
            name,
            purpose,
            data,
            line: passage.line_at(at),
        });
    }
}

/// Kits in a list that calls them so as a whole: `使用甲、乙等SDK来…`, `广告SDK（甲、乙）用于…`.
fn listed<'a>(passage: &Passage<'a>, hit: Hit, each: &mut impl FnMut(Told<'a>)) {
    let text = passage.text;
    let Lead { sentence, part } = sentence(passage, hit);
    let glance = Glance::at(part);
    let used = USED.iter().filter_map(|verb| glance.last(verb)).max();
    let Some(used) = used.filter(|at| !is_denied(&part[..*at]) && !elsewhere(sentence)) else {
        return;
    };
    let named = joined::closed(text, hit).map(|names| (names, hit.end()));
    let named = named.or_else(|| {
        let verb = USED.iter().find(|verb| part[used..].starts_with(**verb));
        let kind = part[used + verb.map_or(0, |verb| verb.len())..].trim_start_matches(['了', ' ']);
        let general = is_generic(kind) || kind == "SDK";
        if !general && !is_kind(kind) {
            return None;
        }
        let (names, end) = joined::bracketed(text, hit)?;
        // 第三方SDK（统计、崩溃） are kinds, 第三方SDK（包括甲、乙） their names.
        let bare = matches!(kind, "SDK" | "第三方SDK") && joined::includes(text, hit);
        let sure = !general || bare || names.iter().any(|name| names_sdk(name));
        sure.then_some((names, hit.end() + end))
    });
    let Some((names, end)) = named else {
        return;
    };
    let rest = after(text, end, 900);
    let (rest, next) = rest.split_once('。').unwrap_or((rest, ""));
    let (purpose, data) = tells(rest, sentence);
    let data = data.or_else(|| handed(rest, sentence));
    let its = starts(next, &["这些信息", "上述信息", "该等信息", "以上信息"]) && data.is_some();
    let next = next.split('。').next().filter(|_| its);
    // 是为了用于推送
    let aimed = |aim: &'a str| aim.strip_prefix("用于").unwrap_or(aim);
    let aimed = || aim(next?).map(aimed).filter(|aim| !is_empty(aim));
    let purpose = purpose.or_else(aimed);
    for name in names {
        each(Told {
            name,
            purpose,
            data,
            line: passage.line_at(hit.start()),
        });
    }
}

fn is_denied(led: &str) -> bool {
    const DENIED: [&str; 7] = ["不会", "不接入", "未", "没有", "无需", "不再", "包括"];
    // `例如：使用甲SDK` is an example of what is done, `例如甲SDK` one of what there is.
    let example = led.rfind("例如").is_some_and(|at| !has(&led[at..], &USED));
    example || has(led, &DENIED)
}

/// Whether a sentence is about the programs of others.
fn elsewhere(sentence: &str) -> bool {
    has(
        sentence,
        &[
            "第三方应用",
            "第三方网站",
            "其他应用",
            "某些应用",
            "其他App",
            "其他APP",
            "开发者",
        ],
    )
}

/// What the sentence says that kits are for and collect, if it says so of them.
fn does<'a>(
    text: &'a str,
    hit: Hit,
    led: &str,
    sentence: &'a str,
) -> Option<(Option<&'a str>, Option<&'a str>)> {
    let rest = behind_bracket(after(text, hit.end(), 900).trim_start_matches(['”', '"', ' ']));
    let rest = rest.split('。').next().unwrap_or(rest);
    let (purpose, data) = tells(rest, sentence);
    let next = text[hit.end()..]
        .split_once('。')
        .map_or("", |(_, next)| after(next, 0, 600));
    let next = next.trim_start().split('。').next().unwrap_or_default();
    // Where a sentence has no subject, it goes on with that of the one before.
    let goes = || collects(next).is_some() || accessed(next).is_some();
    let its = starts(next, &["该SDK", "此SDK", "上述SDK", "其", "它"]) && !next.starts_with("其他")
        || goes();
    let data = data
        .or_else(|| handed(rest, sentence))
        .or_else(|| its.then(|| accessed(next).or(kit_tells(next).1)).flatten());
    (data.is_some() || is_used(led, rest, sentence)).then_some((purpose, data))
}

/// Whether the operator says that it uses the kit: `我们接入了甲SDK`. What `you` or makers of other
/// programs use, and what may be, is not said of it.
fn is_used(led: &str, rest: &str, sentence: &str) -> bool {
    const OTHERS: [&str; 15] = [
        "您使用",
        "用户使用",
        "您接入",
        "您集成",
        "开发者",
        "如果",
        "如您",
        "若",
        "其他应用",
        "停止",
        "计划",
        "曾",
        "拟",
        "不",
        "请",
    ];
    // `甲SDK用于…` behind what says that it is there.
    if led.is_empty() && starts(rest, &["用于", "用来"]) {
        return true;
    }
    let glance = Glance::at(led);
    let Some(verb) = USED.iter().filter_map(|verb| glance.last(verb)).max() else {
        return false;
    };
    let near = led[verb..].chars().count() <= 24 && !led[verb..].contains(['《', '：', '、']);
    let goes = !starts(
        rest,
        &["的", "前", "时", "后", "提供者", "》", "合规", "服务商"],
    );
    near && goes && !has(led, &OTHERS) && !has(sentence, &["开发者", "您的应用", "您的App"])
}

/// What the words behind the name of a kit say.
fn tells<'a>(rest: &'a str, sentence: &'a str) -> (Option<&'a str>, Option<&'a str>) {
    let data = taken(rest)
        .and_then(data)
        .or_else(|| states(rest))
        .or_else(|| enumeration(rest));
    let says = |aim: &&str| !is_empty(aim);
    let purpose = comes(rest)
        .filter(says)
        .or_else(|| aim(rest).filter(says))
        .or_else(|| {
            work(
                rest.split(is_comma)
                    .find(|part| !part.is_empty())
                    .unwrap_or(rest),
            )
            .filter(says)
        })
        .or_else(|| purpose_before(sentence));
    (purpose, data)
}

/// The text from the verb of collecting on, in the first part of a sentence that says it of the kit:
/// `甲SDK会收集…`, `甲SDK，用于推送，该SDK收集…`, `甲SDK，获取…`.
fn taken(rest: &str) -> Option<&str> {
    const KIT: [&str; 8] = ["该SDK", "此SDK", "其", "它", "并且", "并", "同时", "从而"];
    let mut at = 0;
    for part in rest.split_inclusive(['，', ',']) {
        let bare = KIT.iter().find_map(|word| part.strip_prefix(word));
        let skipped = part.len() - bare.unwrap_or(part).len();
        if let Some(tells) = collects(&rest[at + skipped..]) {
            return Some(tells);
        }
        // Somebody else does what follows.
        if has(part, &["我们", "您", "用户", "第三方", "如果", "。", "；"]) {
            return None;
        }
        at += part.len();
    }
    None
}

/// What a sentence says that is given by way of a kit: `将型号通过甲SDK共享给乙`.
fn handed<'a>(rest: &str, sentence: &'a str) -> Option<&'a str> {
    const GIVES: [&str; 9] = [
        "共享", "分享", "传输", "传送", "发送", "提供", "同步", "上传", "传递",
    ];
    const TO: [&str; 8] = ["与", "向", "同", "和", "给", "跟", "及其他", "等"];
    let near = rest.split(is_comma).next().unwrap_or(rest);
    let given = starts(near, &GIVES) && !near.starts_with("提供服务");
    let shared = starts(near, &TO) && has(near, &GIVES);
    if !given && !shared {
        return None;
    }
    let left = &sentence[..sentence.rfind("通过")?];
    let at = ["将", "把"]
        .iter()
        .filter_map(|word| left.rfind(word))
        .max()?;
    let what = tidy(&left[at + "将".len()..]);
    let yours = ["您的", "用户的", "你的"];
    let bare = yours.iter().find_map(|word| what.strip_prefix(word));
    let what = bare.unwrap_or(what);
    let denied = ends(&left[..at], &["不", "不会", "不得", "不再"])
        // 将 is rather `will`.
        || starts(what, &["继续", "会", "可", "在", "能", "采取", "仅", "以", "严格", "主要", "不"]);
    (!denied && what.chars().count() >= 2 && !what.contains(is_comma)).then_some(what)
}

/// What follows right behind a name: `甲SDK来推荐广告`, `甲SDK进行统计`.
fn comes(rest: &str) -> Option<&str> {
    let rest = rest
        .strip_prefix("来")
        .or_else(|| rest.strip_prefix("进行"))?;
    let yours = ["为您", "为你", "为用户", "向您", "向你"];
    let rest = yours
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let verbs = ["实现", "提供", "进行"];
    let rest = verbs
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let end = rest.find(is_comma).unwrap_or(rest.len());
    Some(tidy(&rest[..end])).filter(|aim| aim.chars().count() >= 2)
}

/// The name at the end of a part of a sentence that ends with the word for a kit.
fn name(clause: &str) -> Option<&str> {
    const LEADS: [&str; 22] = [
        "的",
        "接入了",
        "接入",
        "集成了",
        "集成",
        "嵌入了",
        "嵌入",
        "引入了",
        "引入",
        "植入",
        "使用了",
        "使用",
        "上述",
        "前述",
        "通过",
        "我们",
        "内置了",
        "内置",
        "调用",
        "采用了",
        "采用",
        "第三方",
    ];
    const MARKS: [char; 12] = [
        '：', ':', '、', '（', '(', '）', ')', '“', '"', '《', '/', '“',
    ];
    let glance = Glance::at(clause);
    let lead = LEADS
        .iter()
        .filter_map(|word| glance.last(word).map(|at| at + word.len()));
    let mark = clause
        .char_indices()
        .rev()
        .find(|(_, c)| MARKS.contains(c))
        .map(|(at, c)| at + c.len_utf8());
    let start = lead.chain(mark).max().unwrap_or(0);
    let name = clause[start..].trim_start();
    // `我们会检查SDK` names none.
    (is_own(name) && !name.starts_with('会')).then_some(name)
}

/// The text from the verb of collecting on, if nothing but helping words stand before it.
fn collects(rest: &str) -> Option<&str> {
    const HELPS: [&str; 12] = [
        "可能",
        "需要",
        "需",
        "会",
        "将",
        "还",
        "也",
        "在运行时",
        "自动",
        "向您",
        "要",
        " ",
    ];
    let mut tells = rest;
    while let Some(next) = HELPS.iter().find_map(|word| tells.strip_prefix(word)) {
        tells = next;
    }
    // 会在您打开应用时收集, 在您同意后获取
    for end in ["时", "后", "情况下", "前提下"] {
        if let Some((occasion, then)) = tells.split_once(end)
            && starts(occasion, &["在", "当", "经"])
            && occasion.chars().count() <= 30
            && !occasion.contains(is_comma)
            && starts(then, &COLLECTS)
        {
            tells = then;
            break;
        }
    }
    starts(tells, &COLLECTS).then_some(tells)
}

/// What a sentence says beforehand that a kit is for: `为了统计，…甲SDK会收集…`.
fn purpose_before(sentence: &str) -> Option<&str> {
    let mut parts = sentence.split('，');
    let aim = parts.find_map(|part| {
        let part = part.trim_start();
        part.strip_prefix("为了").or(part.strip_prefix("为"))
    })?;
    let fits = parts.next().is_some() && !starts(aim, &["您", "此"]) && aim.chars().count() >= 2;
    fits.then(|| tidy(aim))
}

#[cfg(test)]
mod tests;
