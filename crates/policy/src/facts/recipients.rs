//! Classes of recipients: `（2）与关联公司共享：…`, `供应商、服务提供商。…`.

use crate::document::RecipientFact;
use crate::structure::draft::Draft;

/// Who can be a recipient.
const WHO: [&str; 9] = [
    "合作伙伴",
    "供应商",
    "服务提供商",
    "服务商",
    "商家",
    "关联公司",
    "关联方",
    "第三方支付",
    "支付机构",
];

/// The classes that clauses open with.
pub(super) fn find(drafts: &[&Draft]) -> Vec<RecipientFact> {
    drafts.iter().filter_map(|draft| class(draft)).collect()
}

fn class(draft: &Draft) -> Option<RecipientFact> {
    let text = &draft.text[draft.label.map_or(0, |label| label.length)..];
    let end = text.find(['。', '：', ':', '，', '；'])?;
    let opening = crate::text::trim(&text[..end]);
    let open_end = text[end..].starts_with('，');
    // `与…共享：` names the class between the two words.
    let class = ["共享", "分享"]
        .iter()
        .find_map(|verb| opening.strip_suffix(verb))
        .and_then(|rest| rest.strip_prefix('与').or_else(|| rest.strip_prefix('向')))
        .map(|class| class.trim_end_matches('间'));
    let bare = class.is_none();
    let class = class.unwrap_or(opening);
    let last = WHO.iter().any(|who| class.ends_with(who));
    let says = [
        "我们", "您", "你", "如果", "包括", "可能", "不会", "对于", "通过", "将",
    ];
    let defined = text[end..]
        .trim_start_matches(['：', ':'])
        .starts_with(['指', '是']);
    let statement = defined || (bare && says.iter().any(|word| class.starts_with(word)));
    (last
        && !statement
        && class.chars().count() <= 30
        && !(open_end && bare && draft.label.is_none()))
    .then(|| RecipientFact {
        class: class.to_owned(),
        line: draft.line(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let found = over(text, find);
        assert_eq!(
            found
                .iter()
                .map(|fact| fact.class.as_str())
                .collect::<Vec<_>>(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn classes_are_what_clauses_open_with() {
        case("（2）与关联公司共享：为了方便您。", &["关联公司"]);
        case(
            "（1）广告服务类的合作伙伴。我们会提供信息。",
            &["广告服务类的合作伙伴"],
        );
        case("供应商、服务提供商。为了履约。", &["供应商、服务提供商"]);
        case("关联公司：指受同一方控制的公司。", &[]);
        case("我们有合作伙伴。", &[]);
        case("您的订单将交给商家。", &[]);
        case("", &[]);
    }
}
