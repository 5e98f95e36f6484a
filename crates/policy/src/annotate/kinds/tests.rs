use super::*;
use Kind::*;

/// The kinds of the last clause of a text.
#[track_caller]
fn case(text: &str, expected: &[Kind]) {
    let document = crate::parse(text);
    let kinds = document
        .clauses
        .last()
        .map(|clause| clause.kinds.as_slice());
    assert_eq!(kinds.unwrap_or_default(), expected, "{text}");
}

#[test]
fn clauses_state_what_they_do() {
    case("我们会收集您的昵称信息。", &[Collection]);
    case(
        "经您单独同意，我们才把上述信息提供给第三方。",
        &[Sharing, SeparateConsent],
    );
    case("数据存储在中国境内，期限为一年。", &[Storage]);
    case("您继续使用即视为您同意本条款的全部内容。", &[DeemedConsent]);
    case("如您拒绝，将无法使用该功能。", &[Refusal]);
    case("您可以回复T退订广告。", &[Marketing]);
    case("由此产生的后果，我们不承担责任。", &[Liability]);
    case("下列情形无需征得您的同意：", &[Exception]);
    case("页面使用ETag。", &[Tracking]);
    case("欢迎光临。", &[]);
}

#[test]
fn a_contact_is_where_its_number_stands() {
    let text = "<p>我们收集您的手机号。</p><p>数据加密存储。</p><p>联系我们：400-000-0000</p>";
    let kinds: Vec<bool> = crate::parse(text)
        .clauses
        .iter()
        .map(|clause| clause.kinds.contains(&Contact))
        .collect();
    assert_eq!(kinds, [false, false, true]);
}
