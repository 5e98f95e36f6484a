//! Findings for people, as a compiler tells them.

use crate::terminal::{on_one_line, visible};
use std::fmt::Write as _;
use zhiqing_policy::check::{Excerpt, Finding, Locale, Severity};

/// Marked words longer than this are shown by their ends.
const LONGEST: usize = 44;

/// What is said in a language around the findings themselves.
struct Labels {
    why: &'static str,
    basis: &'static str,
    help: &'static str,
    /// What heads a finding, by severity.
    heads: [&'static str; 3],
    /// What is counted in the summary: one, and many.
    counted: [[&'static str; 2]; 3],
    nothing: &'static str,
    partial: &'static str,
}

const ENGLISH: Labels = Labels {
    why: "why",
    basis: "basis",
    help: "help",
    heads: ["error", "warning", "note"],
    counted: [
        ["error", "errors"],
        ["warning", "warnings"],
        ["note", "notes"],
    ],
    nothing: "nothing found",
    partial: "this does not read like a whole policy: what may be absent was not looked for",
};

const CHINESE: Labels = Labels {
    why: "原因",
    basis: "依据",
    help: "建议",
    heads: ["错误", "警告", "提示"],
    counted: [["项错误"; 2], ["项警告"; 2], ["项提示"; 2]],
    nothing: "未发现问题",
    partial: "这似乎不是完整的隐私政策，未检查是否有应写而未写的内容",
};

fn labels(locale: Locale) -> &'static Labels {
    match locale {
        Locale::En => &ENGLISH,
        Locale::ZhCn => &CHINESE,
    }
}

/// What a finding of this severity is called.
pub(super) fn severity(severity: Severity, locale: Locale) -> &'static str {
    head(severity, labels(locale))
}

/// What is said of a text that is no whole policy.
pub(super) fn partial(locale: Locale) -> &'static str {
    labels(locale).partial
}

/// Every finding, and a summary.
pub(super) fn of(findings: &[Finding], file: &str, locale: Locale) -> String {
    let labels = labels(locale);
    let file = &visible(file);
    let mut text = String::new();
    let mut told = Vec::new();
    for finding in findings {
        // Why is told once: a list of exceptions breaks one rule many times.
        let again = told.contains(&(finding.rule, finding.why));
        if !again {
            told.push((finding.rule, finding.why));
        }
        one(&mut text, finding, file, labels, again);
    }
    let _ = writeln!(text, "{file}: {}", summary(findings, labels));
    text
}

fn head(severity: Severity, labels: &Labels) -> &'static str {
    match severity {
        Severity::Error => labels.heads[0],
        Severity::Warning => labels.heads[1],
        Severity::Note => labels.heads[2],
    }
}

fn one(text: &mut String, finding: &Finding, file: &str, labels: &Labels, again: bool) {
    let head = head(finding.severity, labels);
    let message = on_one_line(&finding.message);
    let _ = writeln!(text, "{head}[{}]: {message}", finding.rule.name());
    let number = match finding.line {
        0 => " ".to_owned(),
        line => line.to_string(),
    };
    let gutter = " ".repeat(number.len());
    let _ = match (finding.span, finding.line) {
        (Some(span), line) => writeln!(text, "{gutter}--> {file}:{line}:{}", span.start),
        (None, 0) => writeln!(text, "{gutter}--> {file}"),
        (None, line) => writeln!(text, "{gutter}--> {file}:{line}"),
    };
    if let Some(excerpt) = &finding.excerpt {
        let (shown, before, marked) = line(excerpt);
        let (blanks, marker) = (" ".repeat(before), "^".repeat(marked));
        let _ = writeln!(text, "{gutter} |\n{number} | {shown}");
        let _ = writeln!(text, "{gutter} | {blanks}{marker}");
    }
    let _ = writeln!(text, "{gutter} |");
    if !again {
        let _ = writeln!(text, "{gutter} = {}: {}", labels.why, finding.why);
    }
    let _ = writeln!(text, "{gutter} = {}: {}", labels.basis, finding.basis);
    let _ = writeln!(text, "{gutter} = {}: {}\n", labels.help, finding.help);
}

/// The words among what stands around them, and in cells: what stands before them, and they themselves.
fn line(excerpt: &Excerpt) -> (String, usize, usize) {
    let dots = |cut: bool| if cut { "…" } else { "" };
    let [more_before, more_after] = excerpt.cut.map(dots);
    let before = format!("{more_before}{}", on_one_line(&excerpt.before));
    let mut words = on_one_line(&excerpt.words);
    if words.chars().count() > LONGEST {
        let chars: Vec<char> = words.chars().collect();
        let (head, tail) = (&chars[..LONGEST / 2], &chars[chars.len() - LONGEST / 2..]);
        words = head.iter().chain(&['…']).chain(tail).collect();
    }
    let after = format!("{}{more_after}", on_one_line(&excerpt.after));
    let (indent, length) = (width(&before), width(&words).max(1));
    (before + &words + &after, indent, length)
}

/// Cells that a terminal takes for a text.
fn width(text: &str) -> usize {
    text.chars().map(cells).sum()
}

/// Two for the wide characters of East Asian Width (UAX #11), none for those that join.
fn cells(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// `2 errors, 1 note`
fn summary(findings: &[Finding], labels: &Labels) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counts = severities.iter().zip(labels.counted);
    let counts: Vec<String> = counts
        .filter_map(|(&severity, [one, many])| {
            let same = |finding: &&Finding| finding.severity == severity;
            match findings.iter().filter(same).count() {
                0 => None,
                1 => Some(format!("1 {one}")),
                count => Some(format!("{count} {many}")),
            }
        })
        .collect();
    if counts.is_empty() {
        labels.nothing.to_owned()
    } else {
        counts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(parts: [&str; 3], cut: [bool; 2], shown: &str, before: usize, length: usize) {
        let [before_words, words, after] = parts.map(str::to_owned);
        let found = line(&Excerpt {
            before: before_words,
            words,
            after,
            cut,
        });
        assert_eq!(found, (shown.to_owned(), before, length));
    }

    #[test]
    fn the_marker_stands_under_the_words() {
        let whole = [false, false];
        case(["甲乙", "app", "丙"], whole, "甲乙app丙", 4, 3);
        case(["甲乙", "，丙", "。"], whole, "甲乙，丙。", 4, 4);
        case(["甲\t", "乙", ""], whole, "甲 乙", 3, 2);
        case(["甲", "乙", "丙"], [true, true], "…甲乙丙…", 3, 2);
        let half = "甲".repeat(22);
        let shown = format!("{half}…{half}乙");
        case(["", &"甲".repeat(60), "乙"], whole, &shown, 0, 89);
    }
}
