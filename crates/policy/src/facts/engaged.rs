//! Recipients that the operator engages and of whom it is told next that data is shared with them:
//! `聘请顾问为我们提供支持，并会与其共享您的信息`.

use super::givings;
use super::reach::{after, ends, has, is_comma, starts};
use super::scan::Hit;
use super::takers::{begin, is_ours};

const ENGAGES: [&str; 6] = ["聘请", "聘用", "雇佣", "雇用", "选聘", "委托"];

/// What tells next that they receive data.
const GIVES: [&str; 13] = [
    "与其共享",
    "与其分享",
    "与之共享",
    "与他们共享",
    "与他们分享",
    "向其共享",
    "向其披露",
    "向其提供您",
    "向其提供必要",
    "向他们提供您",
    "向他们披露",
    "共享您",
    "披露您",
];

/// What is done with data by those who have it.
const WORKS: [&str; 9] = [
    "进行核验",
    "核验",
    "验证",
    "核实",
    "比对",
    "处理",
    "分析",
    "存储",
    "保管",
];

/// The list of those engaged.
pub(super) fn find(near: &str, text: &str, hit: Hit) -> Option<(usize, usize)> {
    if !has(near, &ENGAGES) {
        return None;
    }
    let engages = ENGAGES.iter().filter_map(|word| {
        let at = near.rfind(word)?;
        Some((at, at + word.len()))
    });
    let (at, open) = engages.max()?;
    let behind = after(text, hit.end(), 450);
    // 委托某机构核验您提供的证件信息 hands the data over by itself.
    let works = || {
        let part = behind.split(is_comma).next().unwrap_or(behind);
        let does = WORKS.iter().find_map(|does| part.strip_prefix(does));
        let yours = does.is_some_and(|what| starts(what, &["您", "你", "用户"]));
        yours && ends(part.trim_end(), &["信息", "数据", "资料", "证件"])
    };
    let told = GIVES.iter().any(|gives| {
        behind.split_once(gives).is_some_and(|(led, _)| {
            let clause = led.rsplit(is_comma).next().unwrap_or(led);
            !has(clause, &["不", "无需", "未经", "您"])
        })
    });
    if !(told || works()) || !is_ours(&near[..at]) || ends(&near[..at], &["您", "你", "用户", "被"])
    {
        return None;
    }
    let list = behind.find(|c| is_comma(c) || matches!(c, '（' | '(' | '：'));
    let list = &behind[..list.unwrap_or(behind.len())];
    let does = ["为", "来", "向", "协助", "帮助", "代", "提供", "处理", "等"];
    let does = does.iter().filter_map(|word| list.find(word)).min();
    let list = &list[..does.unwrap_or(list.len())];
    let more = if givings::goes_on(list) {
        list.len()
    } else {
        0
    };
    Some((begin(near, open, hit), hit.end() + more))
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn those_engaged_receive_what_is_told_next() {
        case(
            "我们可能聘请可靠的外部供应商、顾问或其他服务商（下称“伙伴”）维护系统。我们只会为此共享您的必要信息。",
            &["外部供应商", "顾问", "其他服务商"],
        );
        case(
            "我们会聘请第三方服务商为我们提供客服，并会与其共享您的订单。",
            &["第三方服务商"],
        );
        case(
            "我们会聘请第三方服务商维护系统，但不会与其共享您的订单。",
            &[],
        );
        case("我们会聘请第三方服务商维护系统。", &[]);
        case(
            "我们委托快递公司为您派件，会向其提供您的地址。",
            &["快递公司"],
        );
        case(
            "我们可能委托提供核身服务的第三方认证机构核验您提交的证件信息。",
            &["提供核身服务的第三方认证机构"],
        );
        case("我们会委托律师事务所处理您的投诉。", &[]);
        case("您可以委托认证机构核验您的证件信息。", &[]);
        case("您可能聘请供应商维护系统，并与其共享您的订单。", &[]);
    }
}
