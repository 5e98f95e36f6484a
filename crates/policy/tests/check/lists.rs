//! Lists of exceptions, and deadlines.

use zhiqing_policy::check::Rule;

use crate::findings;

/// How many items of a list are too wide.
#[track_caller]
fn exceptions(count: usize, text: &str) {
    let found = findings(text);
    let wide = found
        .iter()
        .filter(|found| found.rule == Rule::ExceptionTooWide);
    assert_eq!(wide.count(), count, "{text}: {found:#?}");
}

#[test]
fn exceptions_are_those_of_the_law() {
    let open = "以下情形中，我们处理您的个人信息无需征得您的同意：\n";
    for item in [
        "与国家安全有关的；",
        "与公共卫生、重大公共利益直接相关的；",
        "与犯罪侦查和审判有关的；",
        "为维护他人生命、财产等重大权益但很难得到您同意的；",
        "为维护云杉服务的安全稳定运行所必需的；",
        "为开展联合营销活动所必要的；",
        "为学术研究所必要的；",
        "您违反与我们的约定时；",
        // The law's cases, without their bounds.
        "信息是您自行向公众公开的；",
        "信息从合法公开的渠道取得的；",
        "用于新闻报道的；",
    ] {
        exceptions(1, &format!("{open}1、{item}\n2、法律规定的其他情形。"));
        // Elsewhere the words are harmless.
        exceptions(0, &format!("1、{item}"));
    }
    for item in [
        "为订立、履行您作为一方当事人的合同所必需；",
        "为履行法定职责或者法定义务所必需，例如与国家安全有关的义务；",
        "为应对突发公共卫生事件，或者紧急情况下为保护自然人的生命健康和财产安全所必需；",
        "为公共利益实施新闻报道、舆论监督等行为，在合理的范围内处理；",
        "在合理的范围内处理您自行公开或者其他已经合法公开的信息；",
        "法律、行政法规规定的其他情形。",
    ] {
        exceptions(0, &format!("{open}1、{item}\n2、法律规定的其他情形。"));
    }
}

#[test]
fn a_list_of_exceptions_is_found_in_every_dress() {
    // In one clause, under a heading, with bullets.
    exceptions(
        2,
        "下列情形无须取得您的授权同意：（1）与国防安全有关的；（2）与犯罪侦查有关的；（3）依法公开的。",
    );
    exceptions(
        1,
        "云杉隐私政策\n一、无需征得同意的情形\n（一）为维护我们的合法权益的；\n（二）法律规定的其他情形。\n二、安全\n我们维护服务的安全稳定运行。",
    );
    exceptions(
        1,
        "以下情形无需您的同意：\n- 与国家安全有关的\n- 法律规定的其他情形\n\n我们不断维护服务的安全稳定运行。",
    );
    // A bullet whose sign was lost.
    exceptions(
        1,
        "以下情形无需您的同意：\n?\t与国家安全有关。例如国防\n?\t法律规定的其他情形。",
    );
    // What is denied or left to the person opens none.
    exceptions(
        0,
        "未经您的同意，我们不会有下列行为：\n1、与国家安全有关的共享。",
    );
}

#[test]
fn a_paragraph_behind_a_list_is_no_case_of_it() {
    let list = "以下情形无需您的同意：\n1、与国家安全有关的；\n";
    let rest = "为维护云杉服务的安全稳定运行，会暂停服务。请您谅解。";
    for mark in [
        "一、",
        "十二、",
        "2.",
        "12）",
        "(2)",
        "b.",
        "iv、",
        "2．",
        "②",
        "- ",
        "? ",
    ] {
        exceptions(2, &format!("{list}{mark}{rest}"));
    }
    for start in ["一旦我们", "十分抱歉，", "App", "24小时内，", "SDK、"] {
        exceptions(1, &format!("{list}{start}{rest}"));
    }
}

#[test]
fn sharing_with_nobody_but_in_some_cases_is_a_list_too() {
    let open = "我们不会向他人提供您的信息。但下列情况除外：\n1、取得您的同意；\n";
    for case in [
        "只有分享您的订单信息，才能完成我们的服务；",
        "按照与您签订的文件约定提供；",
        "出于社会公共利益需要；",
        "为开展学术研究；",
    ] {
        exceptions(1, &format!("{open}2、{case}\n3、法律规定的其他情形。"));
        exceptions(0, &format!("2、{case}"));
    }
    for case in [
        "经您授权，按照约定提供；",
        "司法机关依照法律要求提供；",
        "为订立、履行您作为一方当事人的合同所必需；",
    ] {
        exceptions(0, &format!("{open}2、{case}\n3、法律规定的其他情形。"));
    }
    // In one sentence.
    exceptions(
        1,
        "我们不会与任何人共享信息，但以下情形除外：\n（1）取得您的同意；\n（2）为学术研究。",
    );
}

/// What a text with this answer is found guilty of.
#[track_caller]
fn answers(expected: &[(Rule, &str)], text: &str) {
    let found = findings(text);
    let found: Vec<(Rule, &str)> = found
        .iter()
        .filter(|f| matches!(f.rule, Rule::LateResponse | Rule::ConflictingDeadlines))
        .map(|found| (found.rule, found.basis))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn answers_come_within_fifteen_working_days_and_within_one_time() {
    const LATE: Rule = Rule::LateResponse;
    const TWO: Rule = Rule::ConflictingDeadlines;
    answers(&[(LATE, "practice")], "我们将在30天内答复您的查阅请求。");
    answers(
        &[(LATE, "practice")],
        "我们会在二十个工作日内回复您的请求。",
    );
    answers(
        &[(LATE, "认定方法 (App违法违规收集使用个人信息行为认定方法)")],
        "对于您的投诉，我们将在三十日内答复您的请求。",
    );
    for text in [
        "我们将在十五个工作日内答复您的请求。",
        "您的请求，我们在15天内答复。",
        "我们将在三周内联系您；停止运营的，提前三十日通知您。",
        "情况复杂的，我们将在三十日内答复您的请求。",
        "账号注销后三十日内，我们会删除您的信息。",
        "欧盟用户的请求，我们将在30天内答复。",
    ] {
        answers(&[], text);
    }
    // Each deadline is looked at for itself, with the conditions before it.
    const OF_COMPLAINTS: (Rule, &str) =
        (LATE, "认定方法 (App违法违规收集使用个人信息行为认定方法)");
    for first in ["7", "15"] {
        answers(
            &[OF_COMPLAINTS],
            &format!("我们将在{first}日内答复您的请求，投诉将在60日内答复。"),
        );
    }
    answers(&[OF_COMPLAINTS], "收到投诉后，我们将在60日内答复。");
    answers(
        &[(LATE, "practice")],
        "我们将在7日内答复您的投诉，其他请求将在60日内答复。",
    );
    answers(
        &[(LATE, "practice")],
        "我们将在60日内答复您的请求，情况复杂的可延长。",
    );
    answers(
        &[],
        "我们将在十五个工作日内答复您的请求，情况复杂的，可在三十日内答复。",
    );
    let two = "我们将在7天内答复您的请求。\n其余请求，我们最晚在十五个工作日内回复。";
    answers(&[(TWO, "practice"), (TWO, "practice")], two);
    let found = findings(two);
    assert!(found[0].message.contains("line 2") && found[0].line == 1);
    assert!(found[1].message.contains("line 1") && found[1].line == 2);
    // Each kind of request may have its own time.
    answers(
        &[],
        "我们将在7天内答复您的注销请求。\n我们将在十五个工作日内答复您的请求。",
    );
}
