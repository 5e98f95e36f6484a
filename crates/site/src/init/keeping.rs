//! What a text says of how long data is kept: `最长保存六个月`, `网络日志——六个月`, `用完即弃`.

use super::fields::enumerated;
use super::sentences::{parts, refuses, sentences};
use super::words::{has, words};

/// Longer parts are no term, longer names no list of data, longer sentences no rule, in characters.
const LONGEST: usize = 60;
const LONGEST_NAMES: usize = 40;
const LONGEST_RULE: usize = 160;

/// Units of time, the longer names first.
const UNITS: [&str; 8] = ["个月", "小时", "分钟", "年", "月", "日", "天", "周"];

/// What a number is written with.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百半两".contains(c)
}

/// The parts of a text that say for how long something is kept, or that it is not kept. What follows
/// from refusing, and what a person can ask for, is no term.
pub(super) fn terms(text: &str) -> Vec<&str> {
    let mut terms = Vec::new();
    for sentence in sentences(text).filter(|sentence| !has(sentence, "kept-not")) {
        let mut told = parts(sentence);
        let told = told.by_ref().take_while(|part| !refuses(part)).map(plain);
        terms.extend(told.filter(|part| is_term(part)));
    }
    terms
}

fn is_term(part: &str) -> bool {
    let lasts = has(part, "kept") && has_duration(part);
    let is_dropped = has(part, "dropped") && !has(part, "kept-may");
    (lasts || is_dropped) && part.chars().count() <= LONGEST
}

/// A part without what joins it to the one before it.
fn plain(part: &str) -> &str {
    let mut part = part.trim_matches(|c: char| c.is_whitespace() || "，,。！？；;：".contains(c));
    while let Some(rest) = words("joining")
        .iter()
        .find_map(|word| part.strip_prefix(word))
    {
        part = rest;
    }
    part
}

/// An entry of a list of terms: the data, and for how long. Either labelled
/// (`信息种类：网络日志 保存期限：六个月`) or apart by a dash or a colon (`网络日志——六个月`).
pub(super) fn entry(text: &str) -> Option<(Vec<String>, String)> {
    labelled(text).or_else(|| {
        let apart = |mark: &&str| text.split_once(*mark);
        let (names, term) = ["——", "—", "：", ":"].iter().find_map(apart)?;
        let names = names.trim();
        let is_label = is_label(names);
        let fits = (2..=LONGEST_NAMES).contains(&names.chars().count());
        (fits && !is_label && is_end(term)).then(|| (enumerated(names), ended(term)))
    })
}

fn labelled(text: &str) -> Option<(Vec<String>, String)> {
    let mut names = None;
    let mut term = None;
    for part in text.split(|c: char| c.is_whitespace() || "；;。".contains(c)) {
        let Some((label, value)) = part.split_once(['：', ':']) else {
            continue;
        };
        if is_label(label) {
            term.get_or_insert(value);
        } else if words("field-data").iter().any(|word| label.ends_with(word)) {
            names.get_or_insert(value);
        }
    }
    let (names, term) = (names?, term?);
    is_end(term).then(|| (enumerated(names), ended(term)))
}

/// Whether a label or a column tells for how long: `保存期限`.
pub(super) fn is_label(label: &str) -> bool {
    let label = label.trim();
    words("field-term").iter().any(|word| label.ends_with(word))
}

/// Whether a value tells when the keeping ends. What a person may do at any time is no end.
pub(super) fn is_end(value: &str) -> bool {
    let fits = (1..=LONGEST).contains(&value.trim().chars().count());
    let ends = || has(value, "kept-until") && !has(value, "kept-may");
    fits && (has_duration(value) || ends())
}

/// A value without its full stop.
pub(super) fn ended(value: &str) -> String {
    let value = value.trim();
    value.trim_end_matches(['。', '；', ';']).to_owned()
}

/// What is said of all data: `仅在实现目的所必需的最短时间内留存`.
pub(super) fn in_general(text: &str) -> Option<&str> {
    let mut told = sentences(text);
    let told = told.find(|sentence| has(sentence, "kept") && has(sentence, "kept-shortest"))?;
    let told = match told.split_once(['：', ':']) {
        Some((label, rule)) if is_label(label) => rule,
        _ => told,
    };
    (told.chars().count() <= LONGEST_RULE).then_some(told.trim())
}

/// Whether the text holds a number of days, months or years. A day of the calendar is none, unless the
/// keeping lasts until it, nor is an age.
fn has_duration(text: &str) -> bool {
    let mut rest = text;
    while let Some(from) = rest.find(is_digit) {
        let (before, number) = rest.split_at(from);
        let unit = number.trim_start_matches(is_digit);
        let number = &number[..number.len() - unit.len()];
        let unit = unit.trim_start();
        if let Some(year) = unit
            .strip_prefix('年')
            .filter(|_| number.chars().count() == 4)
        {
            if before.trim_end().ends_with(['至', '到']) {
                return true;
            }
            rest = behind_date(year);
            continue;
        }
        let is_unit = UNITS.iter().any(|word| unit.starts_with(word));
        let is_other = ["周岁", "年龄", "日志", "月日"];
        let is_other = is_other.iter().any(|word| unit.starts_with(word));
        if is_unit && !is_other {
            return true;
        }
        rest = unit;
    }
    false
}

/// What follows month and day, where they stand behind a year.
fn behind_date(year: &str) -> &str {
    let mut rest = year;
    for marks in [&['月'][..], &['日', '号']] {
        let number = rest.trim_start();
        let unit = number.trim_start_matches(is_digit);
        match unit.trim_start().strip_prefix(marks) {
            Some(behind) if unit.len() < number.len() => rest = behind,
            _ => break,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_say_for_how_long() {
        #[track_caller]
        fn case(text: &str, told: &[&str]) {
            assert_eq!(terms(text), told, "{text}");
        }
        case(
            "读取位置，用来算距离，因此我们用完即弃，不保存轨迹。",
            &["用完即弃", "不保存轨迹"],
        );
        case("日志保存 6 个月。", &["日志保存 6 个月"]);
        case("您可以自设天数，最长三十日。", &["最长三十日"]);
        case("比对结束即刻删除图像。", &["比对结束即刻删除图像"]);
        case("我们保存订单，用于售后。", &[]);
        case("生效日期为2026年1月2日，我们保存订单。", &[]);
        case("我们于2025年11月将保存订单的服务器迁移至北京。", &[]);
        case("保存订单的服务器于 2025 年 11 月 3 日 启用。", &[]);
        case("保存订单的服务器于二〇二五年十一月启用。", &[]);
        case(
            "2025年11月起日志保存6个月。",
            &["2025年11月起日志保存6个月"],
        );
        case("订单保存至2027年12月31日。", &["订单保存至2027年12月31日"]);
        case("您可以立即删除。", &[]);
        case("未满十四周岁的，我们不收集其信息。", &[]);
        case("不同意的，填写的号码保存三年。", &[]);
        case("我们的评估报告至少保存三年。", &[]);
        case("您撤回同意的，我们立即删除。", &[]);
        case("", &[]);
    }

    #[test]
    fn entries_name_data_and_their_term() {
        #[track_caller]
        fn case(text: &str, names: &[&str], term: &str) {
            let told = entry(text).unwrap_or_default();
            assert_eq!(
                (told.0.as_slice(), told.1.as_str()),
                (
                    names
                        .iter()
                        .map(|name| (*name).to_owned())
                        .collect::<Vec<_>>()
                        .as_slice(),
                    term
                ),
                "{text}"
            );
        }
        case(
            "客服记录、网络日志——六个月；",
            &["客服记录", "网络日志"],
            "六个月",
        );
        case(
            "收货地址：您删除或注销时。",
            &["收货地址"],
            "您删除或注销时",
        );
        case(
            "信息种类：游记        保存期限：至您删除        到期处理：删除",
            &["游记"],
            "至您删除",
        );
        case("游记：您可以随时删除。", &[], "");
        case("游记：您可随时注销并删除", &[], "");
        case(
            "游记：您可以自设，最长三十日",
            &["游记"],
            "您可以自设，最长三十日",
        );
        case("保存期限：六个月", &[], "");
        case("保存地域：中国境内", &[], "");
        case("网络日志保存六个月", &[], "");
        case("", &[], "");
    }

    #[test]
    fn what_is_said_of_all_data() {
        #[track_caller]
        fn case(text: &str, told: Option<&str>) {
            assert_eq!(in_general(text), told, "{text}");
        }
        case(
            "1、保存期限：我们仅在必需的最短时间内留存您的信息。到期后删除。",
            Some("我们仅在必需的最短时间内留存您的信息"),
        );
        case(
            "我们只会在达成目的所需的期限内保留您的信息。",
            Some("我们只会在达成目的所需的期限内保留您的信息"),
        );
        case("我们在最短时间内通知您。", None);
        case("信息存储在中国境内。", None);
    }
}
