//! `zhiqing check`.

mod explain;
mod sarif;
mod text;

use crate::args::{Check, Language, Report};
use crate::{parse, terminal};
use anyhow::{Context, Result};
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;
use zhiqing_policy::check::{self, Finding, Locale};

/// Something was found.
const FINDINGS: u8 = 1;

/// What `--format json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    findings: &'a [Finding],
}

pub(crate) fn run(args: &Check) -> Result<ExitCode> {
    let locale = match args.locale {
        Language::En => Locale::En,
        Language::ZhCn => Locale::ZhCn,
    };
    if let Some(name) = &args.explain {
        return parse::print(explain::of(name, locale)?.as_bytes());
    }
    let file = args.file.as_deref().context("no file is named")?;
    let source = parse::source(file)?;
    let document = zhiqing_policy::parse(&source);
    let findings = check::check(&document, &source, locale);
    if !check::is_whole(&document) {
        let file = terminal::visible(&name(file));
        eprintln!("zhiqing: {file}: {}", text::partial(locale));
    }
    let printed = printed(&findings, &name(file), args.format, locale)?;
    parse::print(printed.as_bytes())?;
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FINDINGS)
    })
}

fn printed(findings: &[Finding], file: &str, format: Report, locale: Locale) -> Result<String> {
    Ok(match format {
        Report::Text => text::of(findings, file, locale),
        Report::Json => serde_json::to_string_pretty(&Printed { findings })? + "\n",
        Report::Sarif => serde_json::to_string_pretty(&sarif::of(findings, file, locale))? + "\n",
    })
}

/// The file as it was named; standard input by a name of its own.
fn name(file: &Path) -> String {
    if file == Path::new("-") {
        "stdin".to_owned()
    } else {
        file.display().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhiqing_policy::check::Rule;

    /// Findings of each severity, one absent, one in a long line, two of one rule.
    const POLICY: &str = "\
云杉应用隐私政策
云杉示例科技有限公司（以下简称“我们”）重视您的个人信息，请您在使用前仔细阅读。一旦您开始使用，即视为您同意本政策，此后的每一次使用都是如此。
如您不同意本政策，请停止使用本应用。
以下情形中，我们处理您的个人信息无需征得您的同意：
1、与国家安全有关的；
2、为维护 App 服务的安全稳定运行所必需的；
3、法律、行政法规规定的其他情形。
订单信息保存【3】年，期限届满后删除。您有权查阅、复制、更正、删除您的个人信息，也可以撤回同意。
未成年人请在监护人陪同下使用。
本政策变更的，我们会重新取得您的同意。您可以发送邮件至privacy@example.com，我们将在三十日内答复您的请求。
";

    #[track_caller]
    fn shown(format: Report, locale: Locale) -> String {
        let document = zhiqing_policy::parse(POLICY);
        let findings = check::check(&document, POLICY, locale);
        printed(&findings, "policy.txt", format, locale).expect("a report")
    }

    #[test]
    fn findings_are_told_as_a_compiler_does() {
        insta::assert_snapshot!("text_en", shown(Report::Text, Locale::En));
        insta::assert_snapshot!("text_zh", shown(Report::Text, Locale::ZhCn));
    }

    #[test]
    fn findings_are_told_to_programs() {
        insta::assert_snapshot!("json", shown(Report::Json, Locale::En));
    }

    #[test]
    fn findings_are_told_to_code_review() {
        let log: serde_json::Value =
            serde_json::from_str(&shown(Report::Sarif, Locale::En)).expect("JSON");
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        assert_eq!(rules.as_array().map(Vec::len), Some(Rule::ALL.len()));
        for rule in rules.as_array().expect("rules") {
            for text in ["shortDescription", "fullDescription", "help"] {
                assert!(rule[text]["text"].as_str().is_some_and(|t| !t.is_empty()));
            }
        }
        let results = &log["runs"][0]["results"];
        for result in results.as_array().expect("results") {
            let index = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        insta::assert_snapshot!(
            "sarif",
            serde_json::to_string_pretty(results).expect("JSON")
        );
    }

    #[test]
    fn a_policy_without_findings_is_told_so() {
        let told = printed(&[], "policy.txt", Report::Text, Locale::En).expect("a report");
        assert_eq!(told, "policy.txt: nothing found\n");
        let told = printed(&[], "policy.txt", Report::Json, Locale::En).expect("a report");
        assert_eq!(told, "{\n  \"findings\": []\n}\n");
    }

    #[test]
    fn a_policy_does_not_steer_the_terminal() {
        let put_in = "\u{1b}[31m\u{202e}\u{2028}";
        let policy =
            format!("我们会申请云杉{put_in}权限。一旦{put_in}登录，即视为您{put_in}同意。\n");
        let document = zhiqing_policy::parse(&policy);
        let mut findings = check::check(&document, &policy, Locale::En);
        assert!(!findings.is_empty());
        for finding in &mut findings {
            finding.message += put_in;
        }
        let file = format!("{put_in}.txt");
        let told = printed(&findings, &file, Report::Text, Locale::En).expect("a report");
        let steers = |c: char| c != '\n' && c.is_control() || "\u{202e}\u{2028}".contains(c);
        assert!(!told.contains(steers), "{told:?}");
        assert!(
            told.contains("\u{fffd}[31m\u{fffd}\u{fffd}.txt"),
            "{told:?}"
        );
    }

    #[test]
    fn every_rule_is_explained_and_an_unknown_one_is_not() {
        for rule in Rule::ALL {
            for locale in [Locale::En, Locale::ZhCn] {
                let told = explain::of(rule.name(), locale).expect("an explanation");
                for part in [rule.why(locale), rule.basis(locale), rule.help(locale)] {
                    assert!(told.contains(part), "{told}");
                }
                for wording in [rule.unlawful(), rule.lawful()] {
                    assert!(wording.lines().all(|line| told.contains(line)), "{told}");
                }
            }
        }
        let refused = explain::of("no-contcat", Locale::En).expect_err("no such rule");
        let refused = refused.to_string();
        assert!(refused.contains("did you mean no-contact?"), "{refused}");
        assert!(Rule::ALL.iter().all(|rule| refused.contains(rule.name())));
    }
}
