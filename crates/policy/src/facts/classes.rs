//! Names of classes of recipients: where they end, what they join and when they say the same.

use super::cues::{Cue, cues};
use super::reach::{ends, has, starts};
use crate::text::trim;

/// Words looked at around a class.
pub(super) const NEAR: usize = 32;

/// Whether a class is the one that was named before, perhaps in other words.
pub(super) fn is_again(class: &str, known: &str) -> bool {
    let bare = |text: &str| -> String {
        let apart = ['、', '和', '及', '或', '与', '以', '的'];
        text.chars().filter(|c| !apart.contains(c)).collect()
    };
    let (class, known) = (bare(class), bare(known));
    !known.is_empty() && (class.ends_with(&known) || known.ends_with(&class))
}

/// Whether a class ends as the one that the clause opens with, which it then only tells again.
pub(super) fn same_end(class: &str, said: &str) -> bool {
    const SERVICE: [&str; 5] = ["服务商", "提供商", "提供方", "提供者", "服务供应商"];
    let end = class.char_indices().rev().nth(2);
    let same = end.is_some_and(|(at, _)| said.ends_with(&class[at..]));
    !said.is_empty() && (same || ends(class, &SERVICE) && ends(said, &SERVICE))
}

/// Whether two classes are of one trade: 第三方物流服务商 and 第三方物流公司.
pub(super) fn same_trade(class: &str, said: &str) -> bool {
    let trade = |class: &'_ str| -> String {
        let bare = class.strip_prefix("第三方").unwrap_or(class);
        bare.chars().take(2).collect()
    };
    !said.is_empty() && trade(class) == trade(said)
}

/// Whether two classes are one told in two ways: 广告推广类合作方 and 广告推广类服务提供方.
pub(super) fn same_kind(class: &str, said: &str) -> bool {
    const PARTNERS: [&str; 14] = [
        "服务供应商",
        "服务提供商",
        "服务提供方",
        "服务提供者",
        "服务商",
        "供应商",
        "提供商",
        "提供方",
        "合作伙伴",
        "合作方",
        "合作商",
        "合作机构",
        "机构",
        "公司",
    ];
    let kind = |class: &str| -> Option<String> {
        let class = class.strip_prefix("第三方").unwrap_or(class);
        let kind = PARTNERS.iter().find_map(|end| class.strip_suffix(end))?;
        let kind = kind.trim_end_matches(['的', '类']);
        (kind.chars().count() >= 2).then(|| kind.to_owned())
    };
    kind(class).is_some_and(|class| kind(said) == Some(class))
}

/// The classes that a list joins, where each is one by itself: `供应商、承运商和其他合作伙伴`.
pub(super) fn members(class: &str) -> Option<Vec<&str>> {
    joined(class).or_else(|| listed(class))
}

/// The classes of a list with 、, where nothing that stands before the first of them is told of all.
fn listed(class: &str) -> Option<Vec<&str>> {
    let its: usize = ITS.iter().map(|its| class.matches(its).count()).sum();
    let told = class.matches('的').count() > class.matches("我们的").count() + its;
    let slashes = class.matches('/').count() > class.matches("和/或").count();
    if told || slashes || !class.contains('、') || class.contains(['\\', '（', '(']) {
        return None;
    }
    let mut classes = apart(class);
    // Who acts for another is called so without an ending.
    let last = class.rsplit(['、', '和', '及', '或', '与']).next();
    classes.extend(last.filter(|last| matches!(*last, "代理" | "代理人")));
    let known = |member: &&str| !starts(member, &["其他相关", "相关", "有关", "该", "此"]);
    (classes.len() > 1 && classes.iter().all(known)).then_some(classes)
}

/// The classes that a word joins.
fn joined(class: &str) -> Option<Vec<&str>> {
    // Who else may receive stands by itself: 关联公司或其他专业机构.
    if let Some((first, other)) = class.split_once('或')
        && let other = other.trim_start_matches('者')
        && other.starts_with("其他")
        && !class.contains(['、', '/', '\\', '（', '(', '的', '和', '及', '与'])
        && has_end(first)
        && has_end(other)
        && !is_vague(other)
    {
        return Some(vec![first, other]);
    }
    let slashes = ["和/或", "及/或"].iter();
    let slashes = slashes
        .map(|word| class.matches(word).count())
        .sum::<usize>();
    let marks = class.contains(['、', '\\', '（', '(']);
    if marks || class.matches('/').count() > slashes || !class.contains(['和', '或', '及', '与'])
    {
        return None;
    }
    let members: Vec<&str> = class
        .split(['和', '或', '及', '与', '/'])
        .map(|member| member.trim_start_matches('者').trim_end_matches('以'))
        .map(without_its)
        .filter(|member| !matches!(*member, "" | "第三方" | "其他第三方"))
        .collect();
    let known = |member: &&str| {
        has_end(member)
            && !is_nobody(member)
            && !member.contains('的')
            && !starts(member, &["其", "该", "此", "相关", "有关"])
    };
    (!members.is_empty() && members.iter().all(known)).then_some(members)
}

/// The classes of a list, each by itself. What does not end as a class does belongs to the next one
/// (`行政、司法机关`), and behind the last one to nobody.
pub(super) fn apart(list: &str) -> Vec<&str> {
    let mut classes = Vec::new();
    let mut start = 0;
    let joins = ['、', '和', '及', '或', '与', '/'];
    for (end, join) in list.match_indices(joins).chain([(list.len(), "")]) {
        // 或者 is one word.
        let class = list[start..end].trim_start_matches('者');
        let class = trim(class.trim_end_matches('以'));
        let class = without_owner(class);
        let class = without_its(plain(class));
        // 律师、审计师等专业顾问: who is named is told by name.
        let named = class.split_once('等').map(|(named, _)| named);
        let class = named.filter(|named| has_end(named)).unwrap_or(class);
        if class.is_empty() || has_end(class) {
            start = end + join.len();
        }
        if class.len() >= 6
            && class.chars().count() <= 24
            && has_end(class)
            && !is_nobody(class)
            && !is_vague(class)
            && !class.contains(['（', '('])
        {
            classes.push(class);
        }
    }
    classes
}

/// Whether a class ends as such names do.
pub(super) fn has_end(class: &str) -> bool {
    ends(class, cues(Cue::RecipientLast))
}

/// Whether a cell that may as well name one company names a class of them.
pub(super) fn is_class(cell: &str) -> bool {
    let class = plain(cell);
    let last = [
        "服务商",
        "供应商",
        "提供商",
        "服务方",
        "提供方",
        "运营商",
        "代理商",
        "承包商",
        "合作伙伴",
        "合作方",
        "合作机构",
        "支付机构",
        "金融机构",
    ];
    class.chars().count() <= 20
        && ends(class, &last)
        && !starts(class, cues(Cue::RecipientVague))
        && !has(class, &["，", "：", "公司"])
        && class.len() > 9
}

/// A class without the brackets and the 等 behind it.
pub(super) fn plain(class: &str) -> &str {
    let class = class.strip_suffix("等第三方").unwrap_or(class);
    let class = class.trim_end_matches(['等', '类']);
    match class.rfind(['（', '(']) {
        Some(open) if open > 0 && class.ends_with(['）', ')']) => trim(&class[..open]),
        _ => class,
    }
}

/// Whether a name that ends as classes do says nothing of who it is.
pub(super) fn is_nobody(class: &str) -> bool {
    let last = [
        "对方",
        "双方",
        "各方",
        "接收方",
        "客户",
        "成员",
        "使用者",
        "信息主体",
        "数据主体",
        "我方",
    ];
    let alone = [
        "提供方",
        "服务方",
        "相关方",
        "有关方",
        "厂商",
        "机构",
        "公司",
        "平台",
    ];
    alone.contains(&class)
        || ends(class, &last)
        || class.ends_with("第三方") && !class.contains(['、', '或', '和', '及'])
}

/// Whether it is one court, told by its name: 某市第一人民法院.
pub(super) fn is_court(class: &str) -> bool {
    let place = ['省', '市', '县', '州', '区'];
    let general = ["的", "各", "有关", "相关", "管辖", "当地", "地区", "市级"];
    class.strip_suffix("法院").is_some_and(|name| {
        !has(name, &general)
            && (name.contains(place) || has(name, &["第一", "第二", "第三", "最高"]))
    })
}

/// Whether it is whom the reader chooses: `您授权的第三方`.
pub(super) fn is_chosen(class: &str) -> bool {
    let third = class.strip_suffix("第三方");
    let chosen = ["您授权的", "您指定的", "您同意的", "您选择的", "经您授权的"];
    third.is_some_and(|rest| chosen.contains(&rest))
}

/// A class without the words that say only that it is the operator's.
pub(super) fn without_owner(class: &str) -> &str {
    const OWNERS: [&str; 23] = [
        "我方的",
        "我方指定的",
        "由我们委托的",
        "APP的",
        "App的",
        "本APP的",
        "本App的",
        "本产品的",
        "我们的",
        "我们指定的",
        "我们选定的",
        "我们委托的",
        "本应用的",
        "本公司的",
        "本平台的",
        "我司的",
        "本应用",
        "本公司",
        "本平台",
        "本软件",
        "我司",
        "与我们合作的",
        "合作的",
    ];
    let bare = OWNERS.iter().find_map(|owner| class.strip_prefix(owner));
    // Qinghe的关联公司: a brand's affiliates are those of the class.
    let bare = bare.or_else(|| {
        let (brand, rest) = class.split_once('的')?;
        let named = brand.is_ascii() && starts(rest, &["关联", "附属", "子公司", "母公司"]);
        named.then_some(rest)
    });
    bare.filter(|bare| bare.len() >= 6).unwrap_or(class)
}

/// What a list says of a member that is of the one named before.
pub(super) const ITS: [&str; 5] = ["其指定的", "其委托的", "其授权的", "其选定的", "其聘请的"];

/// A member of a list without the words that it is of the one named before: 其指定的服务提供商. Whose
/// affiliates are meant, its name alone does not say.
fn without_its(member: &str) -> &str {
    const ITS: [&str; 6] = [
        "其指定的",
        "其委托的",
        "其授权的",
        "其选定的",
        "其聘请的",
        "其",
    ];
    const OWN: [&str; 7] = ["关联", "子公司", "分公司", "母公司", "附属", "下属", "他"];
    let its = ITS.iter().find_map(|its| member.strip_prefix(its));
    let bare = its.or_else(|| member.strip_prefix('其'));
    bare.filter(|bare| !starts(bare, &OWN)).unwrap_or(member)
}

/// A class without the 第三方 that it is joined to: 第三方或者司法机构.
pub(super) fn without_third(class: &str) -> &str {
    let joined = ["第三方或者", "第三方或", "第三方和", "第三方及"];
    let bare = joined.iter().find_map(|third| class.strip_prefix(third));
    bare.filter(|bare| bare.len() > 6).unwrap_or(class)
}

/// Whether a class speaks of somebody named before or of nobody in particular.
pub(super) fn is_vague(class: &str) -> bool {
    let third = class
        .strip_prefix("第三方")
        .is_some_and(|rest| rest.len() > 3);
    let other = class
        .strip_prefix("其他")
        .is_some_and(|rest| rest.len() > 6 && !rest.ends_with("第三方"));
    starts(class, cues(Cue::RecipientVague)) && !third && !other
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn joined_classes_are_two() {
        case("#与广告商和支付机构共享\n正文", &["广告商", "支付机构"]);
        case(
            "#共享\n我们会向关联方或物流公司提供订单。",
            &["关联方", "物流公司"],
        );
        case("订单会共享给关联方或第三方。", &["关联方"]);
        for class in [
            "关联公司或者服务提供商",
            "关联公司和/或服务提供商",
            "关联公司和/或其指定的服务提供商",
            "关联公司及其服务提供商",
            "关联公司和其服务提供商",
            "关联公司、其指定的服务提供商",
        ] {
            let expected = &["关联公司", "服务提供商"];
            case(&format!("#共享\n订单可能会与我们的{class}共享。"), expected);
            case(&format!("#共享\n我们会向{class}提供订单。"), expected);
        }
        case(
            "#共享\n我们会与合作伙伴及其关联公司共享订单。",
            &["合作伙伴及其关联公司"],
        );
        // 广告 is no class; a list shares its first and last words.
        case("#与广告和统计服务商共享\n正文", &["广告和统计服务商"]);
        for joint in ["和", "或", "或者", "以及"] {
            case(
                &format!("（1）供应商、承运商{joint}其他合作伙伴。正文"),
                &["供应商", "承运商", "其他合作伙伴"],
            );
        }
        case(
            "#共享\n我们会向供应商或者其他合作伙伴提供订单。",
            &["供应商", "其他合作伙伴"],
        );
    }

    #[test]
    fn the_operator_is_nobody_else() {
        case("我方会在间接取得您的订单前，要求该第三方说明其来源。", &[]);
        case("#共享\n我方会与我方的供应商共享订单。", &["供应商"]);
        case("除关联公司外，我方不把您的订单提供给他人。", &["关联公司"]);
        case("（1）将您的订单披露给Qinghe的附属公司；", &["附属公司"]);
        case("我方或供应商会收集您的订单。", &[]);
        case("您的订单会由我方及供应商处理。", &[]);
    }

    #[test]
    fn a_court_by_name_is_no_class() {
        for court in ["某省某市第二人民法院", "某市某区人民法院"] {
            case(&format!("您同意将投诉移交给{court}进行审理。"), &[]);
            case(&format!("我们会将投诉移交给{court}。"), &[]);
        }
        case("我们会将资料移交给法院。", &["法院"]);
        case("我们会将资料移交给地区法院。", &["地区法院"]);
    }

    #[test]
    fn a_heading_may_say_what_for_it_is_shared() {
        case("#为完成配送而与物流合作伙伴共享\n正文", &["物流合作伙伴"]);
        case(
            "#为完成配送而与物流公司共享\n我们会与物流公司共享订单。",
            &["物流公司"],
        );
    }
}
