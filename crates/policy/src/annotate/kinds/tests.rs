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

/// The kinds of each clause of a text, by its first characters.
#[track_caller]
fn clauses(text: &str, expected: &[(&str, &[Kind])]) {
    let document = crate::parse(text);
    for (start, kinds) in expected {
        let clause = document
            .clauses
            .iter()
            .find(|clause| clause.text.starts_with(start));
        let found = clause.map(|clause| clause.kinds.as_slice());
        assert_eq!(found, Some(*kinds), "{start}");
    }
}

#[test]
fn what_states_nothing_itself_has_it_from_its_list_or_its_heading() {
    clauses(
        "某某应用隐私政策\n\
         一、我们收集的信息\n\
         - 头像和昵称\n\
         - 订单备注\n\
         二、您的权利\n\
         在下列情形中，我们无法响应您的请求：\n\
         （1）与国家安全直接相关的；\n\
         （2）涉及商业秘密的。\n\
         三、例外\n\
         在下列情形中，我们处理您的信息无需征得您的同意：\n\
         （1）与国家安全直接相关的；\n",
        &[
            ("- 头像", &[Collection]),
            ("- 订单", &[Collection]),
            // Under the refusal of a request, not an exception.
            ("（2）", &[Rights]),
        ],
    );
    // A heading that denies speaks of nothing.
    clauses(
        "某某应用隐私政策\n一、我们不会收集的信息\n- 头像和昵称\n- 订单备注\n",
        &[("- 订单", &[])],
    );
    let document = crate::parse(
        "某某应用隐私政策\n\
         一、例外\n\
         在下列情形中，我们收集信息无需征得您的同意：\n\
         （1）与国家安全直接相关的；\n",
    );
    let last = document.clauses.last().map(|clause| clause.kinds.clone());
    assert_eq!(last, Some(vec![Exception]));
}

#[test]
fn what_stands_in_a_list_of_kits_is_of_the_kits() {
    clauses(
        "某某应用隐私政策\n\
         一、接入名单\n\
         SDK名称：甲推送SDK\n\
         使用目的：推送消息\n\
         SDK名称：乙支付SDK\n\
         使用目的：完成支付\n\
         SDK名称：丙地图SDK\n\
         官网：https://kit.example/\n",
        &[("使用目的：推送", &[Sdk]), ("官网", &[Sdk])],
    );
}
