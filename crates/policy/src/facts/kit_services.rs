//! Kits without the word, told by the company that offers them and what they collect:
//! `我们使用甲有限公司提供的 Beacon 统计服务收集的报错日志`.

use super::cues::of_us;
use super::kit_content::is_member;
use super::kit_names::{is_kind, is_name};
use super::kit_sentences::Told;
use super::passage::Passage;
use super::reach::{
    after, before, ends, first_part, has, is_comma, is_stop, last_part, starts, tidy,
};
use super::scan::{Found, Hit, Topic};

/// Calls `each` with every such kit of a passage that names none by the word.
pub(super) fn services<'a>(passage: &Passage<'a>, found: &Found, mut each: impl FnMut(Told<'a>)) {
    let companies = found.of(Topic::Company).iter();
    companies
        .filter_map(|hit| service(passage, *hit))
        .for_each(&mut each);
}

fn service<'a>(passage: &Passage<'a>, hit: Hit) -> Option<Told<'a>> {
    let text = passage.text;
    let rest = after(text, hit.end(), 240).strip_prefix("提供的")?;
    let rest = rest.trim_start();
    // Only a name in another script is told from what it does.
    let foreign = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_');
    let end = rest.find(|c| !foreign(c))?;
    let name = rest[..end].trim_end();
    let (kind, list) = rest[end..].split_once("收集的")?;
    let kind = tidy(kind);
    let does = kind
        .strip_suffix("服务")
        .or_else(|| kind.strip_suffix("工具"))?;
    let sentence = last_part(before(text, hit.start(), 450), is_stop);
    let used = of_us(sentence) && has(sentence, &["使用", "接入", "集成", "采用"]);
    let denied = has(sentence, &["不", "您", "用户", "如果"]);
    let data = tidy(first_part(list, is_comma));
    let named = name.chars().count() >= 3
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && is_name(name)
        && (does.is_empty() || is_kind(does))
        && (is_member(data) || ends(data, &["信息", "数据"]))
        && !starts(data, &["上述", "以上"]);
    let purpose = Some(kind).filter(|_| !does.is_empty());
    (used && !denied && named).then_some(Told {
        name,
        purpose,
        data: Some(data),
        line: passage.line_at(hit.start()),
    })
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::kits_are as case;

    #[test]
    fn a_service_is_a_kit_by_its_maker_and_what_it_collects() {
        case(
            "为改进画面，我们采用甲有限公司提供的 Beacon 统计服务收集的卡顿数据，以及乙（上海）有限公司提供的 Log Hub 工具收集的报错日志。",
            &[
                ("Beacon", Some("统计服务"), Some("卡顿数据"), 1),
                ("Log Hub", None, Some("报错日志"), 1),
            ],
        );
        case("甲信息有限公司提供的服务收集的报错日志由其保管。", &[]);
        case(
            "甲信息有限公司提供的 Beacon 统计服务收集的报错日志由其保管。",
            &[],
        );
        case(
            "我们不使用甲有限公司提供的 Beacon 统计服务收集的报错日志。",
            &[],
        );
        case("我们使用甲有限公司提供的 Beacon 办公软件。", &[]);
    }
}
