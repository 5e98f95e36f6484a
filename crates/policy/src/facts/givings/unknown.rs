//! Classes that no word list knows, told by how they end where words of giving stand beside them.

use super::super::classes::{NEAR, has_end, is_nobody};
use super::super::cues::of_us;
use super::super::passage::Passage;
use super::super::reach::{after, ends, has, is_comma};
use super::super::scan::Hit;
use super::super::words;
use super::{ends_yours, is_yours, named, with};

/// A class behind 提供给 or before 共享您的 that no word list knows, but that ends as such names do.
pub(super) fn unknown<'a>(
    passage: &Passage<'a>,
    hits: &[Hit],
    near: &'a str,
) -> Option<(&'a str, usize)> {
    let hit = hits[0];
    let (text, word) = (passage.text, &passage.text[hit.start()..hit.end()]);
    // 交给 of 提交给
    let verb = near.char_indices().next_back().map_or(0, |(at, _)| at);
    if is_yours(near) || ends_yours(&near[..verb]) {
        return None;
    }
    if !ends(word, &["给", "至", "到"]) {
        let to = near.rfind('向').map(|at| at + "向".len());
        let open = to.into_iter().chain(with(near)).max()?;
        let led = &near[..open];
        let ours = (of_us(led) || has(led, &["会", "将", "可能", "需", "须"])) && !is_yours(led);
        let class = named(&near[open..]).filter(|class| is_party(class))?;
        return ours.then_some((class, hit.end()));
    }
    let right = after(text, hit.end(), 75);
    let next = right.find(|c| is_comma(c) || matches!(c, '：' | '（' | '(' | '\n'))?;
    let end = hit.end() + next;
    let known = |other: &Hit| other.start() >= hit.end() && other.start() < end;
    if hits
        .iter()
        .take(NEAR)
        .any(|other| known(other) && !words::is_recipient(other.word, "give"))
    {
        return None;
    }
    let right = &right[..next];
    let cuts = right
        .char_indices()
        .filter(|&(at, c)| cuts(c, &right[at..]));
    let cuts = cuts.map(|(at, _)| at).chain([next]);
    let parties = cuts.filter_map(|at| named(&right[..at]).filter(|class| is_party(class)));
    let class = parties.min_by_key(|class| class.len())?;
    Some((class, end))
}

/// Whether what begins here may follow a class that something is given to: 用于, 以, 进行.
fn cuts(c: char, right: &str) -> bool {
    let word = match c {
        '以' | '核' | '来' | '并' | '为' | '由' | '供' | '后' | '时' | '查' => "",
        '用' => "用于",
        '进' => "进行",
        '使' => "使用",
        '完' => "完成",
        '审' => "审核",
        '处' => "处理",
        '保' => "保管",
        '存' => "存储",
        '开' => "开展",
        '比' => "比对",
        '确' => "确认",
        '的' => "的系统",
        _ => return false,
    };
    right.starts_with(word)
}

/// Whether a name no list knows is that of a class of others.
pub(in crate::facts) fn is_party(class: &str) -> bool {
    // 商品的提供者 is one by what it does.
    let told = class.rsplit_once('的').is_some_and(|(what, who)| {
        let does = ["提供者", "提供方", "销售者", "经营者", "发布者"].contains(&who);
        !(does && what.chars().count() >= 2 && !what.contains('的'))
    });
    has_end(class)
        && !is_nobody(class)
        && !told
        && !class.starts_with("中国")
        && class.chars().count() <= 24
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn a_party_is_told_by_its_ending_behind_any_verb_of_giving() {
        for (given, class) in [
            ("您的订单将交给商家。", "商家"),
            ("系统会将您的报名表提交给赛事主办方审核。", "赛事主办方"),
            (
                "我们会把人脸照片传递给第三方核验机构完成比对。",
                "第三方核验机构",
            ),
            ("您的航班号会透露给接机司机，以便其联系您。", "接机司机"),
            ("必要时，我们会把故障记录发给设备生产厂商。", "设备生产厂商"),
            ("您的信用数据会被提交到征信机构。", "征信机构"),
            ("订单内容会同步到配送公司的系统里。", "配送公司"),
            ("我们会把体检报告发送给您指定的医疗机构。", "医疗机构"),
        ] {
            case(given, &[class]);
        }
        case(
            "我们会向物业管理方、物业服务企业发送您的门禁记录。",
            &["物业管理方", "物业服务企业"],
        );
        case(
            "我们会将中奖信息提供给奖品赞助商和物流承运方。",
            &["奖品赞助商", "物流承运方"],
        );
        case("我们会将您的户号发送收费单位核对。", &["收费单位"]);
        case(
            "我们会将您的户号提供给短信发送服务商。",
            &["短信发送服务商"],
        );
        case("您可以将您的户号发送收费单位核对。", &[]);
        case(
            "为了统一登录，您的昵称将提供给我司的应用以及关联公司的应用。",
            &["关联公司"],
        );
        case("我们会向您提供关联公司的产品。", &[]);
        case("您可以把自己的资料提交给学校。", &[]);
        case("未经您同意，照片不交给广告公司或任何平台。", &[]);
        case("你提交给主办方的作品由其保管。", &[]);
        case("我们不会把您的资料交给任何广告公司。", &[]);
        case("双方发生争议的，应提交至某某区法院解决。", &[]);
        case("我们会在24小时内发送至您的邮箱。", &[]);
        case("您需要向主办方提供您的证件。", &[]);
    }
}
