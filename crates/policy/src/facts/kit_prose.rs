//! Kits named in the midst of sentences: `我们接入的甲SDK会收集…`, `嵌入甲SDK，用于…`.

use super::kit_names::{is_generic, is_name};
use super::kit_sentences::{Told, behind_bracket, part, without_use};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_stop, starts, tidy};
use super::scan::{Found, Hit, Topic};

const USED: [&str; 6] = ["接入", "集成", "嵌入", "引入", "植入", "使用"];
pub(super) const COLLECTS: [&str; 4] = ["收集", "采集", "获取", "读取"];
const FOR: [&str; 7] = [
    "用于",
    "用来",
    "以便",
    "以实现",
    "以提供",
    "为您提供",
    "向您提供",
];

/// Calls `each` with every kit that the sentences of a passage tell something of.
pub(super) fn within<'a>(passage: &Passage<'a>, found: &Found, mut each: impl FnMut(Told<'a>)) {
    let mut last = 0;
    for hit in found.of(Topic::Kit) {
        if hit.start() < last {
            continue;
        }
        if let Some(told) = told(passage, *hit) {
            last = hit.end();
            each(told);
        }
    }
}

fn told<'a>(passage: &Passage<'a>, hit: Hit) -> Option<Told<'a>> {
    let text = passage.text;
    let room = hit.end().saturating_sub(passage.start);
    let left = before(text, hit.end(), 300.min(room));
    let sentence = left.rsplit(is_stop).next().unwrap_or(left);
    let clause = sentence.rsplit(is_comma).next().unwrap_or(sentence);
    let name = name(clause)?;
    let led = &clause[..clause.len() - name.len()];
    let denied = [
        "不会",
        "不接入",
        "未",
        "没有",
        "无需",
        "不再",
        "例如",
        "包括",
    ];
    if has(led, &denied) || has(sentence, &["第三方应用", "第三方网站"]) {
        return None;
    }
    let rest = behind_bracket(after(text, hit.end(), 900).trim_start_matches(['”', '"', ' ']));
    let rest = rest.split('。').next().unwrap_or(rest);
    // `接入了甲SDK，该SDK会收集…`
    let again = rest.trim_start_matches(['，', ',']);
    let same = ["该SDK", "此SDK", "其"]
        .iter()
        .find_map(|word| again.strip_prefix(word));
    let tells = same.unwrap_or(rest);
    let data = does(tells)
        .and_then(|tells| part(tells, &COLLECTS))
        .map(without_use);
    let aim = part(rest, &FOR).or_else(|| purpose_before(sentence));
    let used = USED
        .iter()
        .any(|verb| ends(led.trim_end_matches(['的', '了']), &[verb]));
    let stated = used && starts(again, &FOR) && aim.is_some();
    (data.is_some() || stated).then(|| Told {
        name,
        purpose: aim,
        data,
        line: passage.line_at(hit.end() - name.len()),
    })
}

/// The name at the end of a part of a sentence that ends with the word for a kit.
fn name(clause: &str) -> Option<&str> {
    const LEADS: [&str; 16] = [
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
    ];
    const MARKS: [char; 12] = [
        '：', ':', '、', '（', '(', '）', ')', '“', '"', '《', '/', '“',
    ];
    let lead = LEADS
        .iter()
        .filter_map(|word| clause.rfind(word).map(|at| at + word.len()));
    let mark = clause
        .char_indices()
        .rev()
        .find(|(_, c)| MARKS.contains(c))
        .map(|(at, c)| at + c.len_utf8());
    let start = lead.chain(mark).max().unwrap_or(0);
    let name = clause[start..].trim_start();
    let fits = name.chars().count() <= 30
        && is_name(name)
        && !is_generic(name)
        && !is_kind(name)
        && !has(
            name,
            &[
                "如果", "是否", "方SDK", "等SDK", "类SDK", "种SDK", "个SDK", "家SDK",
            ],
        );
    fits.then_some(name)
}

/// Whether a name says no more than what such kits are for: 消息推送SDK.
pub(super) fn is_kind(name: &str) -> bool {
    const WORDS: [&str; 25] = [
        "应用",
        "SDK",
        "sdk",
        "消息",
        "推送",
        "统计",
        "分析",
        "支付",
        "地图",
        "分享",
        "登录",
        "定位",
        "广告",
        "客服",
        "直播",
        "音视频",
        "社交",
        "安全",
        "风控",
        "短信",
        "第三方",
        "相关",
        "服务",
        "功能",
        " ",
    ];
    let mut rest = name;
    while let Some(next) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = next;
    }
    rest.chars().count() < 2
}

/// The text from the verb of collecting on, if nothing but helping words stand before it.
fn does(rest: &str) -> Option<&str> {
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
mod tests {
    use crate::facts::testing::kits_are as case;

    #[test]
    fn sentences_name_kits_in_their_midst() {
        let kit = [("甲友SDK", Some("统计"), Some("IMEI"), 1)];
        for text in [
            "我们接入的甲友SDK会收集IMEI，用于统计。",
            "当您使用推送时，甲友SDK会收集IMEI，用于统计。",
            "我们的甲友SDK需要收集您的IMEI，用于统计。",
            "4．推送服务。甲友SDK可能会收集IMEI，用于统计。",
            "我们集成甲友SDK，甲友SDK需要收集您的IMEI以便统计。",
            "我们接入了甲友SDK，该SDK会收集IMEI，用于统计。",
            "为了统计，我们接入的甲友SDK会收集IMEI。",
        ] {
            case(text, &kit);
        }
        case(
            "如您用的是某些手机，我们接入的上述手机厂商推送SDK需要收集标识（例如IMEI），并可能收集型号用于实现推送。",
            &[(
                "手机厂商推送SDK",
                Some("实现推送"),
                Some("标识（例如IMEI）"),
                1,
            )],
        );
        case(
            "我们在应用中嵌入关联公司开发的甲盾加固SDK收集您的设备信息、日志，并评估风险。",
            &[("甲盾加固SDK", None, Some("设备信息、日志"), 1)],
        );
        case(
            "我们嵌入甲宝SDK，用于支付。",
            &[("甲宝SDK", Some("支付"), None, 1)],
        );
    }

    #[test]
    fn kits_in_general_are_not_named() {
        for text in [
            "我们接入的第三方SDK会收集IMEI，用于统计。",
            "我们接入的SDK会收集IMEI。",
            "我们使用的消息推送SDK会收集IMEI。",
            "我们不会通过甲友SDK收集IMEI。",
            "我们未接入甲友SDK，用于统计。",
            "请阅读甲友SDK的隐私政策。",
            "我们嵌入关联公司开发的应用安全SDK收集设备信息。",
            "这些SDK会收集IMEI。",
            "甲友SDK不会收集IMEI。",
        ] {
            case(text, &[]);
        }
    }

    #[test]
    fn an_entry_of_its_own_is_the_better_one() {
        case(
            "我们接入的地图甲SDK会收集IMEI。\nSDK名称：某某地图甲SDK\n使用目的：定位",
            &[("某某地图甲SDK", Some("定位"), None, 2)],
        );
    }
}
