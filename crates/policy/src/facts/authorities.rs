//! Authorities that are given what they ask for: `国家机关依法调取的，…只提供…`,
//! `根据司法机关的要求提供您的信息`.

use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_stop, starts};
use super::scan::Hit;

/// The authority around a word that asks for data and gets it, and where it ends.
pub(super) fn asking<'a>(passage: &Passage<'a>, hit: Hit) -> Option<(&'a str, usize)> {
    let text = passage.text;
    let right = after(text, hit.end(), 200);
    let sentence = right.split(is_stop).next().unwrap_or(right);
    let left = before(
        text,
        hit.start(),
        60.min(hit.start() - passage.start.min(hit.start())),
    );
    let near = left
        .rsplit(|c| is_comma(c) || c == '：')
        .next()
        .unwrap_or(left);
    let asked = is_summons(sentence) || has(near, &ON_DEMAND) && is_demand(sentence);
    if !asked {
        return None;
    }
    let start = hit.start() - qualifier(near).len();
    Some((&text[start..hit.end()], hit.end()))
}

/// What makes a demand the ground of giving.
const ON_DEMAND: [&str; 6] = ["根据", "按", "依据", "依照", "遵照", "应"];

/// `依法调取的，核验文书后只提供…`
fn is_summons(sentence: &str) -> bool {
    let Some((asks, answer)) = sentence.split_once('，') else {
        return false;
    };
    starts(asks, &["依法", "依照法", "依据法", "按照法", "根据法"])
        && has(asks, &["调取", "调阅", "索取", "查询", "要求"])
        && has(answer, &["提供", "披露", "交出", "只交", "移交", "交付"])
        && !has(answer, &["不提供", "不予", "拒绝", "不会"])
}

/// `的要求提供您的个人信息`
fn is_demand(sentence: &str) -> bool {
    let asks = sentence.strip_prefix('的').unwrap_or(sentence);
    let Some((at, word)) = ["要求", "命令", "指令", "请求"]
        .iter()
        .filter_map(|word| asks.find(word).map(|at| (at, *word)))
        .min()
    else {
        return false;
    };
    let answer = &asks[at + word.len()..];
    let answer = ["，", "而", "进行", "向其"]
        .iter()
        .find_map(|word| answer.strip_prefix(word))
        .unwrap_or(answer);
    let answer = answer.strip_prefix("对外").unwrap_or(answer);
    let given = ["提供", "披露", "移交", "交出", "共享"]
        .iter()
        .find_map(|verb| answer.strip_prefix(verb));
    at <= 24
        && given.is_some_and(|data| {
            starts(
                data,
                &["您", "你", "用户", "个人信息", "信息", "相关信息", "必要"],
            )
        })
}

/// What belongs to the name of an authority before the word for it: `行政、`, `相关政府、`, `有关`.
fn qualifier(near: &str) -> &str {
    const KINDS: [&str; 8] = [
        "政府", "行政", "司法", "公安", "监管", "检察", "机关", "部门",
    ];
    const WHICH: [&str; 7] = ["政府", "有关", "相关", "各级", "当地", "主管", "境外"];
    let mut start = near.len();
    if let Some(which) = WHICH.iter().find(|which| near.ends_with(**which)) {
        start -= which.len();
    }
    while let Some(list) = near[..start].strip_suffix('、')
        && ends(list, &KINDS)
    {
        let from = [
            "根据", "按照", "按", "依据", "依照", "应", "或", "和", "及", "、",
        ]
        .iter()
        .filter_map(|word| list.rfind(word).map(|at| at + word.len()))
        .max()
        .unwrap_or(0);
        // Longer than a name is the rest of a sentence.
        if list.len() - from > 24 {
            break;
        }
        start = from;
    }
    &near[start..]
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::recipients_are as case;

    #[test]
    fn authorities_are_given_what_they_lawfully_ask_for() {
        case(
            "（5）公安机关依法调取的，我们看过文书才交出所列部分。",
            &["公安机关"],
        );
        case(
            "行政、司法机关依法查询的，仅提供文书所列的记录。",
            &["行政、司法机关"],
        );
        case("司法机关依法查询的，我们不予保密。", &[]);
        case("国家机关依法履行职责。", &[]);
    }

    #[test]
    fn a_demand_is_the_ground_of_giving() {
        case(
            "我们根据法律或相关政府、司法机关的要求提供您的订单信息。",
            &["相关政府、司法机关"],
        );
        case("应监管部门的书面要求，披露您的信息。", &["监管部门"]);
        case(
            "我们按行政、司法机关依法提出的要求，对外共享您的订单。",
            &["行政、司法机关"],
        );
        case("我们按照监管部门的要求完成备案。", &[]);
        case("我们不会根据监管部门的要求提供您的信息。", &[]);
    }

    #[test]
    fn what_is_handed_to_an_authority_is_told_anywhere() {
        case(
            "我们将整理后的资料向有关部门或司法机关提供。",
            &["有关部门或司法机关"],
        );
        case("我们会将您的姓名信息向发证机关进行核验。", &["发证机关"]);
        case(
            "a.依照法律的规定，向第三方或者行政、司法机构披露；",
            &["行政、司法机构"],
        );
        case("您可向监管部门提供相关信息。", &[]);
        case("我们会向监管部门报告安全事件信息。", &[]);
        case(
            "#共享\n必要时共享信息（如向监管平台上报记录）。",
            &["监管平台"],
        );
    }
}
