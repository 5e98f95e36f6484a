//! Who handles the data: the company that the text names as the one speaking.

use crate::structure::draft::Draft;

/// Longest company name, in characters.
const NAME: usize = 40;

/// Words just before the name that say this is the operator; what they follow is cut off.
const BEFORE: [&str; 16] = [
    "目前为",
    "现为",
    "名称为",
    "名称是",
    "经营者为",
    "经营者是",
    "运营者为",
    "运营者是",
    "运营方为",
    "运营方是",
    "我们是",
    "是由",
    "即由",
    "指由",
    "由",
    "是指",
];

/// Words just after the name that say so.
const AFTER: [&str; 14] = [
    "我们",
    "下称",
    "简称",
    "运营者",
    "经营者",
    "为您提供",
    "向您提供",
    "为你提供",
    "运营的",
    "开发并运营",
    "负责运营",
    "提供的",
    "尊重",
    "本公司",
];

/// The name of the operator, where the context says that it is one.
pub(super) fn find(drafts: &[&Draft]) -> Option<String> {
    drafts.iter().find_map(|draft| {
        let chars: Vec<char> = draft.text.chars().collect();
        (0..chars.len())
            .filter(|&at| chars[at] == '公')
            .find_map(|at| named(&chars, at))
    })
}

/// The operator whose name ends in the 公司 at `at`.
fn named(chars: &[char], at: usize) -> Option<String> {
    let tail: String = chars[at.saturating_sub(2)..(at + 2).min(chars.len())]
        .iter()
        .collect();
    if !matches!(
        tail.as_str(),
        "有限公司" | "责任公司" | "集团公司" | "股份公司"
    ) {
        return None;
    }
    let end = at + 2;
    let run: String = chars[start(chars, at)..end].iter().collect();
    let (cue, name) = BEFORE
        .iter()
        .filter_map(|word| run.rfind(word).map(|found| (found + word.len(), *word)))
        .filter(|(cut, word)| *word != "由" || !run[..*cut].ends_with("自由"))
        .max_by_key(|(cut, _)| *cut)
        .map_or((false, run.as_str()), |(cut, _)| (true, &run[cut..]));
    let label: String = chars[start(chars, at).saturating_sub(8)..start(chars, at)]
        .iter()
        .collect();
    let labelled = [
        "运营者：",
        "运营方：",
        "经营者：",
        "公司名称：",
        "处理者：",
        "运营主体：",
    ]
    .iter()
    .any(|word| label.ends_with(word));
    let after: String = chars[end..].iter().take(24).collect();
    let sentence = after.split(['。', '；']).next().unwrap_or_default();
    let group = sentence.starts_with("及其关联") && sentence.contains('称');
    let foreign = !group
        && sentence.starts_with(['和', '及', '或', '与', '、', '以'])
        && !sentence.starts_with("以下");
    let followed = AFTER.iter().any(|word| sentence.contains(word));
    let plausible = name.chars().count() >= 6;
    (plausible && !foreign && (labelled || (cue && !name.starts_with("第三方")) || followed))
        .then(|| name.to_owned())
}

/// Where the run of name characters before `at` begins; parts in brackets belong to it.
fn start(chars: &[char], at: usize) -> usize {
    let mut start = at;
    let mut depth = 0;
    while start > 0 && at - start < NAME {
        match chars[start - 1] {
            '）' | ')' => depth += 1,
            '（' | '(' if depth > 0 => depth -= 1,
            c if c.is_alphanumeric() || c == '·' => {}
            _ => break,
        }
        start -= 1;
    }
    if depth > 0 {
        // A bracket that opened before the name: the name begins behind its end.
        return chars[start..at]
            .iter()
            .rposition(|c| matches!(c, '）' | ')'))
            .map_or(start, |close| start + close + 1);
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: Option<&str>) {
        assert_eq!(over(text, find).as_deref(), expected, "{text}");
    }

    #[test]
    fn the_operator_is_the_company_that_speaks() {
        case(
            "某某（北京）技术有限公司及其关联方（下称“某某”）重视隐私。",
            Some("某某（北京）技术有限公司"),
        );
        case(
            "某某科技（北京）有限公司（以下简称“我们”）重视隐私。",
            Some("某某科技（北京）有限公司"),
        );
        case(
            "【商城】：商城的开办人，现为某某网络科技有限公司。",
            Some("某某网络科技有限公司"),
        );
        case(
            "某某充电技术有限公司向您提供充电服务",
            Some("某某充电技术有限公司"),
        );
        case(
            "本应用由某某华为家居有限公司开发。",
            Some("某某华为家居有限公司"),
        );
        case("运营者：某某信息有限公司", Some("某某信息有限公司"));
    }

    #[test]
    fn other_companies_are_not_the_operator() {
        case("不适用于某某集团有限公司和其关联公司的服务。", None);
        case("我们与关联公司共享信息。", None);
        case("支付由支付机构完成。", None);
        case("", None);
    }
}
