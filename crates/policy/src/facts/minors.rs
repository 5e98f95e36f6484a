//! Ages under which the text sets other rules.

use crate::document::MinorsRule;
use crate::numerals;
use crate::structure::draft::Draft;

/// Every age that the text uses as a limit, each once for a line.
pub(super) fn find(drafts: &[&Draft]) -> Vec<MinorsRule> {
    let mut found: Vec<MinorsRule> = Vec::new();
    for draft in drafts {
        let chars: Vec<char> = draft.text.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let Some((age, length)) = numerals::read(&chars[at..]) else {
                at += 1;
                continue;
            };
            let before: String = chars[at.saturating_sub(3)..at]
                .iter()
                .filter(|c| !c.is_whitespace())
                .collect();
            let line = draft.line_at(at);
            at += length.max(1);
            let after: String = chars[at..]
                .iter()
                .filter(|c| !c.is_whitespace())
                .take(14)
                .collect();
            let Some(after) = after
                .strip_prefix("周岁")
                .or_else(|| after.strip_prefix('岁'))
            else {
                continue;
            };
            let below = ["以下", "及以下", "（含）以下", "(含)以下", "（不含）以下"]
                .iter()
                .any(|w| after.starts_with(w));
            let limit = below
                || before.ends_with("不满")
                || before.ends_with("未满")
                || before.ends_with("低于")
                || before.ends_with("小于");
            let head: String = after.chars().take(6).collect();
            let inclusive = ["（含）", "(含)", "（含", "(含", "及以下", "含本数"]
                .iter()
                .any(|word| head.contains(word))
                && !head.contains("不含");
            let Ok(age) = u8::try_from(age) else { continue };
            let rule = MinorsRule {
                age,
                inclusive,
                line,
            };
            if limit
                && (1..=21).contains(&age)
                && !found.iter().rev().take(4).any(|other| *other == rule)
            {
                found.push(rule);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[(u8, bool)]) {
        let found = over(text, find);
        let found: Vec<_> = found
            .iter()
            .map(|rule| (rule.age, rule.inclusive))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn ages_are_limits_only_where_the_text_says_so() {
        case("不满14周岁的儿童", &[(14, false)]);
        case("不满十四周岁的未成年人", &[(14, false)]);
        case("14岁以下（含）的儿童", &[(14, true)]);
        case("14周岁（含）以下的儿童", &[(14, true)]);
        case("未满 18 周岁", &[(18, false)]);
        case("年满18周岁方可使用", &[]);
        case("14天以下", &[]);
    }
}
