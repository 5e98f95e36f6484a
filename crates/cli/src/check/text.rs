//! Findings for people, as a compiler tells them.

use std::fmt::Write as _;
use zhiqing_policy::check::{Excerpt, Finding, Locale, Severity};

/// Characters of the clause shown before and after the marked words.
const AROUND: usize = 16;
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
    let _ = writeln!(text, "{head}[{}]: {}", finding.rule.name(), finding.message);
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
        let (shown, before, marked) = cut(excerpt);
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

/// The clause cut around its words, and in cells: what stands before them, and they themselves.
fn cut(excerpt: &Excerpt) -> (String, usize, usize) {
    let chars: Vec<char> = excerpt.text.chars().map(visible).collect();
    let (start, end) = (
        excerpt.words.start.min(chars.len()),
        excerpt.words.end.min(chars.len()),
    );
    let from = start.saturating_sub(AROUND);
    let to = (end + AROUND).min(chars.len());
    let mut shown = String::new();
    if from > 0 {
        shown.push('…');
    }
    shown.extend(&chars[from..start]);
    let before = width(&shown);
    let words = &chars[start..end];
    let marked: String = if words.len() > LONGEST {
        let (head, tail) = (&words[..LONGEST / 2], &words[words.len() - LONGEST / 2..]);
        head.iter().chain(&['…']).chain(tail).collect()
    } else {
        words.iter().collect()
    };
    let length = width(&marked).max(1);
    shown.push_str(&marked);
    shown.extend(&chars[end..to]);
    if to < chars.len() {
        shown.push('…');
    }
    (shown, before, length)
}

/// Breaks and tabs of a clause as blanks.
fn visible(c: char) -> char {
    if c.is_control() { ' ' } else { c }
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
    fn case(text: &str, words: std::ops::Range<usize>, shown: &str, before: usize, length: usize) {
        let text = text.to_owned();
        let found = cut(&Excerpt { text, words });
        assert_eq!(found, (shown.to_owned(), before, length));
    }

    #[test]
    fn the_marker_stands_under_the_words() {
        case("甲乙app丙", 2..5, "甲乙app丙", 4, 3);
        case("甲乙，丙。", 2..4, "甲乙，丙。", 4, 4);
        case("甲\t乙", 2..3, "甲 乙", 3, 2);
        let long = "甲".repeat(100);
        let shown = format!("…{}…", "甲".repeat(34));
        case(&long, 50..52, &shown, 33, 4);
        let shown = format!("{0}…{0}{1}…", "甲".repeat(22), "甲".repeat(16));
        case(&long, 0..60, &shown, 0, 89);
    }
}
