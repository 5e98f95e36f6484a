//! Where findings point, also in texts that no policy looks like.

use zhiqing_policy::check::Rule;

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
