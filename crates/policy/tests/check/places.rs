//! Where findings point, also in texts that no policy looks like.

use zhiqing_policy::check::Rule;
use zhiqing_policy::parse;

use crate::findings;

#[test]
fn columns_tell_where_the_words_stand() {
    let text = "云杉隐私政策\n\t一旦您  登录，即视为您**同意**本政策。\n";
    let found = findings(text);
    let deemed = found.iter().find(|f| f.rule == Rule::DeemedConsent);
    let span = deemed.and_then(|found| found.span).expect("a span");
    let line: Vec<char> = text.lines().nth(1).unwrap().chars().collect();
    let words = &line[span.start as usize - 1..span.end as usize - 1];
    assert_eq!(span.line, 2);
    assert_eq!(
        words.iter().collect::<String>(),
        "一旦您  登录，即视为您**同意"
    );
}

/// How the time grows is measured by hand; here it only has to end.
#[test]
fn an_endless_line_and_endless_lines_are_checked() {
    let sentence = "您使用服务即视为同意，以下情形无需征得同意：与国家安全有关，";
    let line = findings(&sentence.repeat(5_000));
    assert!(line.iter().any(|found| found.rule == Rule::DeemedConsent));
    let lines = findings(&format!("{sentence}\n").repeat(5_000));
    assert!(lines.len() >= line.len());
}

/// Shapes in which something is looked for once for each of many others.
#[test]
fn what_is_told_often_is_not_looked_for_each_time() {
    const MANY: usize = 5_000;
    // A table of permissions without purposes, and sentences that tell what other things are for.
    let mut permissions = "云杉隐私政策\n| 权限名称 | 说明 |\n| --- | --- |\n".to_owned();
    for number in 0..MANY {
        permissions += &format!("| 云杉{number}权限 | 需要申请 |\n");
    }
    permissions += "\n";
    for number in 0..MANY {
        permissions += &format!("第{number}种数据用于订单。\n");
    }
    assert_eq!(parse(&permissions).facts.permissions.len(), MANY);
    findings(&permissions);
    findings(&"我们会申请通讯录权限，".repeat(MANY));
    // Deadlines, in one sentence, on one line and on lines of their own.
    for end in ["，", "。", "。\n"] {
        let answer = format!("我们将在60日内答复您的请求{end}");
        let late = findings(&answer.repeat(MANY));
        assert!(late.iter().any(|found| found.rule == Rule::LateResponse));
    }
    // Items of a list.
    let items = "为维护服务的安全稳定运行。请您谅解。\n".repeat(MANY);
    let found = findings(&format!("以下情形无需您的同意：\n{items}"));
    assert!(found.len() < MANY);
}
