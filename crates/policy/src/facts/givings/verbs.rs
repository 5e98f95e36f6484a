//! What stands behind a class that something is given to: the verb, and further members of a list.

use super::super::classes::{ITS, NEAR, has_end};
use super::super::reach::{after, ends, has, is_comma, starts};
use super::super::scan::Hit;
use super::super::words;
use crate::text::trim;

/// What follows a class in `与…共享` and in `委托…处理`.
pub(super) const SHARES: [&str; 12] = [
    "同步", "共享", "分享", "提供", "披露", "传输", "发送", "联合", "合作", "共同", "上报", "报送",
];
/// What follows an authority that is given data.
pub(super) const HANDS: [&str; 7] = ["同步", "提供", "披露", "移交", "共享", "核验", "核对"];
pub(super) const ENTRUSTED: [&str; 22] = [
    "为", "处理", "向", "提供", "进行", "来", "代", "协助", "完成", "开展", "收集", "对", "存储",
    "发送", "分析", "配送", "派送", "实施", "负责", "承担", "推送", "统计",
];

/// Whether a text ends with a verb of giving and the word for to whom: 提供给, 提交至, 同步到.
pub(super) fn gives_to(text: &str) -> bool {
    // The last characters of 共享, 披露, 发送, 传输, 传递 and others are enough.
    const GIVES: [&str; 15] = [
        "提供", "享", "露", "送", "输", "转移", "告知", "递", "同步", "交", "发", "转让", "反馈",
        "上报", "公开",
    ];
    let verb = ["给", "至", "到", "予"]
        .iter()
        .find_map(|to| text.strip_suffix(to));
    verb.is_some_and(|verb| ends(verb, &GIVES))
}

/// Whether a text ends with 发送 behind the data that is sent, so that the receiver follows:
/// `将您的户号发送收费单位`. 短信发送服务商 is a name.
pub(super) fn sends(text: &str) -> bool {
    const DATA: [&str; 6] = ["信息", "数据", "资料", "号", "号码", "记录"];
    let data = text.strip_suffix("发送").filter(|data| ends(data, &DATA));
    let object = data.and_then(|data| {
        let open = ["将", "把"].iter().filter_map(|word| data.rfind(word));
        Some(&data[open.max()?..])
    });
    object.is_some_and(|object| !object.contains(['给', '向', '与', '至', '由', '托']))
}

/// Bytes of the operator's own products, to which a class is joined that receives as well:
/// `提供给我司的应用以及关联公司的应用`.
pub(super) fn own_products(between: &str) -> usize {
    const OURS: [&str; 5] = ["本公司", "我们", "我司", "我方", "本平台"];
    const JOINTS: [&str; 6] = ["或者", "或", "以及", "及", "和", "、"];
    if !starts(between, &OURS) {
        return 0;
    }
    let own = ["产品", "服务", "应用"].iter().filter_map(|own| {
        let rest = &between[between.find(own)? + own.len()..];
        JOINTS.iter().find_map(|joint| rest.strip_prefix(joint))
    });
    own.map(|rest| between.len() - rest.len())
        .min()
        .unwrap_or(0)
}

/// Where the class that holds the first of the words ends, if one of the verbs follows it: further
/// members of the list and an explanation in brackets may stand between.
pub(in crate::facts) fn shared(text: &str, hits: &[Hit], verbs: &[&str]) -> Option<usize> {
    let from = hits.first()?.end();
    let right = after(text, from, 300);
    let open = right.find(['（', '(']);
    let next = right
        .find(|c| is_comma(c) || c == '：')
        .unwrap_or(right.len());
    // 合作 of 合作机构 and 提供 of 服务提供商 are no verbs.
    let within = |hit: &Hit, start: usize, end: usize| {
        let word = &text[hit.start()..hit.end()];
        let verb = words::is_recipient(hit.word, "give")
            || word.ends_with(['：', ':', '。'])
            || ends(word, &["共享", "分享"]);
        hit.start() <= start && hit.end() > end && !verb
    };
    let is_verb = |at: usize, verb: &str| {
        let (start, end) = (from + at, from + at + verb.len());
        !has_end(after(right, at + verb.len(), 6))
            && !hits.iter().take(NEAR).any(|hit| within(hit, start, end))
    };
    let open = open.filter(|&open| open < next);
    let until = open.unwrap_or(next);
    let first = verbs.iter().filter_map(|verb| {
        let mut places = right[..until].match_indices(verb);
        places.find(|&(at, _)| is_verb(at, verb)).map(|(at, _)| at)
    });
    let (list, rest) = match (first.min(), open) {
        // A bracket behind the verb speaks of what is given.
        (Some(first), _) => (&right[..first], &right[first..]),
        (None, Some(open)) => {
            let close = right[open..].find(['）', ')'])?;
            (
                &right[..open],
                right[open + close..].trim_start_matches(['）', ')']),
            )
        }
        (None, None) => return None,
    };
    let rest = rest.trim_start_matches([' ', '等']);
    let rest = rest
        .strip_prefix("间")
        .or_else(|| rest.strip_prefix("之间"))
        .unwrap_or(rest);
    // 与…进行合作 alone gives nothing.
    let works = rest.strip_prefix("合作").or(rest.strip_prefix("进行合作"));
    if works.is_some_and(|rest| rest.is_empty() || rest.starts_with(is_comma))
        && (rest.starts_with("进行") || list.trim_end().ends_with("进行"))
    {
        return None;
    }
    // 与…（甲公司）进行共享, 我们和…可能会共享
    let does = rest.strip_prefix("进行").filter(|does| starts(does, verbs));
    // 与…（如…）开展联合推广
    let does = does.or_else(|| {
        rest.strip_prefix("开展")
            .filter(|does| does.starts_with("联合"))
    });
    let rest = does.unwrap_or(rest);
    const WILL: [&str; 5] = ["可能会", "可能", "可以", "会", "将"];
    let will = WILL.iter().find_map(|will| list.strip_suffix(*will));
    let list = will.unwrap_or(list);
    let (list, rest) = shared_data(list, rest);
    let list = list
        .trim_end()
        .trim_end_matches("进行")
        .trim_end_matches("进行联合");
    let list = if rest.starts_with("联合") {
        list.trim_end_matches("开展")
    } else {
        list
    };
    let list = &list[..others(list).unwrap_or(list.len())];
    (starts(rest, verbs) && is_list(list)).then_some(from + list.trim_end().len())
}

/// Where a list goes over to a third party that is told by what it does: `及我们接入的第三方`.
fn others(list: &str) -> Option<usize> {
    let told = list.trim_end().strip_suffix("的第三方")?;
    let mut joins = told.rmatch_indices(['、', '及', '和', '或', '与']);
    joins.find_map(|(at, _)| {
        let list = list[..at].trim_end_matches('以');
        is_list(list).then_some(list.len())
    })
}

/// Behind the word that says with whom something is shared: 与, and 和, 同 or 跟 where these do not
/// join two data or belong to another word.
pub(in crate::facts) fn with(near: &str) -> Option<usize> {
    const WILL: [&str; 12] = [
        "会", "将", "可能", "可", "可以", "需", "需要", "须", "要", "仅", "只", "我们",
    ];
    const WORDS: [&str; 6] = ["同意", "同时", "同样", "同步", "同等", "同类"];
    let own = |at: usize, word: char| {
        let led = near[..at].trim_end();
        let data = || {
            word != '和'
                && has(led, &["将", "把"])
                && ends(
                    led,
                    &[
                        "信息", "数据", "资料", "号", "号码", "订单", "地址", "姓名", "记录",
                    ],
                )
        };
        !starts(&near[at..], &WORDS)
            && !ends(led, &["共", "合", "相", "不", "协", "等"])
            && (ends(led, &WILL) || data())
    };
    // Of each of them only the last is looked at.
    let mut seen = [false; 3];
    for (at, c) in near.char_indices().rev() {
        let seen = match c {
            '与' => return Some(at + c.len_utf8()),
            '和' => &mut seen[0],
            '同' => &mut seen[1],
            '跟' => &mut seen[2],
            _ => continue,
        };
        if !std::mem::replace(seen, true) && own(at, c) {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// A list and what follows it without what is shared between them: `与…进行必要信息的共享`.
fn shared_data<'a>(list: &'a str, rest: &'a str) -> (&'a str, &'a str) {
    let what = |text: &str| text.len() <= 60 && has(text, &["信息", "数据", "资料"]);
    if let Some((list, _)) = list.split_once("进行").filter(|(_, data)| what(data)) {
        return (list, rest);
    }
    let behind = rest.strip_prefix("进行").map(|rest| after(rest, 0, 75));
    let verb = ["共享", "分享", "同步"]
        .iter()
        .filter_map(|verb| behind?.find(verb))
        .min();
    match (behind, verb) {
        (Some(behind), Some(verb)) if what(&behind[..verb]) => (list, &behind[verb..]),
        _ => (list, rest),
    }
}

/// Whether the text goes on with a list and says nothing else.
pub(in crate::facts) fn is_list(text: &str) -> bool {
    let text = trim(text);
    let opens = text.is_empty()
        || starts(
            text,
            &[
                "、", "和", "及", "或", "以及", "等", "与", "/", "间", "之间",
            ],
        );
    let its: usize = ITS.iter().map(|its| text.matches(its).count()).sum();
    opens
        && text.len() <= 90
        && text.matches('的').count() == its
        && !has(text, &["将", "会", "为", "是", "我们", "您", "信息"])
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn what_is_done_together_may_be_begun() {
        case(
            "#共享\n节日期间，我们将与合作伙伴（如书店、影院）开展联合抽奖。",
            &["合作伙伴"],
        );
        case("#共享\n我们会与供应商开展合作。", &[]);
    }
}
