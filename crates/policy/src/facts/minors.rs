//! Ages under which the text sets other rules.

use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_filler, number_before, starts};
use super::scan::{Found, Topic};
use crate::document::MinorsRule;

/// Units of age.
pub(super) const WORDS: [&str; 4] = ["周岁", "岁", "週歲", "歲"];

/// The limits read so far.
#[derive(Debug, Default)]
pub(super) struct Minors {
    found: Vec<MinorsRule>,
    /// Ages from which on alone the service is offered: the same limit, told from its other side.
    from: Vec<MinorsRule>,
}

impl Minors {
    /// Every age that the text uses as a limit, each once for a line. The age itself is within the
    /// limit only where the text says so: （含）, 及以下, 含本数.
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let text = passage.text;
        for hit in found.of(Topic::Age) {
            let left = before(text, hit.start(), 12);
            // 周岁 holds 岁.
            if left.ends_with(['周', '週']) {
                continue;
            }
            // （含18周岁） says only that the age itself is within.
            let told = left.trim_end_matches(|c: char| c.is_alphanumeric() && c != '含');
            if told.ends_with('含') && !told.ends_with("包含") {
                continue;
            }
            let kept = left.trim_end_matches(|c| is_filler(c) || matches!(c, '（' | '('));
            let end = hit.start() - left.len() + kept.len();
            let end = end - kept.len() + kept.trim_end_matches(['）', ')']).len();
            let Some((age, start)) = number_before(text, end) else {
                continue;
            };
            let left = before(text, start, 24);
            let left = left.trim_end_matches(|c| is_filler(c) || matches!(c, '（' | '('));
            let right = after(text, hit.end(), 60);
            let stop = right.find(['，', '。', '；', ',', ';']);
            let right = &right[..stop.unwrap_or(right.len())];
            let squeezed: String = right.chars().filter(|&c| !is_filler(c)).collect();
            let near = squeezed.split('）').next().unwrap_or_default();
            let below = [
                "以下",
                "及以下",
                "（含）以下",
                "(含)以下",
                "（不含）以下",
                "(不含)以下",
                "（含）及以下",
                "以內",
                "以内",
            ]
            .iter()
            .any(|word| squeezed.starts_with(word));
            let under = has(
                left,
                &[
                    "不满",
                    "未满",
                    "低于",
                    "小于",
                    "不足",
                    "不滿",
                    "未滿",
                    "不到",
                    "未年满",
                    "未达到",
                ],
            ) && !has(left, &["不低于", "不小于"]);
            let head = squeezed.chars().take(10).collect::<String>();
            let inclusive = (has(&head, &["（含", "(含", "及以下", "含本数"])
                || near.ends_with("含本数")
                || has(&squeezed, &["（含本数", "(含本数", "（含14", "（含十四"]))
                && !has(&head, &["不含"]);
            let Ok(age) = u8::try_from(age) else { continue };
            let rule = MinorsRule {
                age,
                inclusive,
                line: passage.line_at(start),
            };
            let same = |other: &&MinorsRule| other.line == rule.line;
            let known = self
                .found
                .iter()
                .rev()
                .take_while(same)
                .any(|other| *other == rule);
            if known || !(1..=21).contains(&age) {
                continue;
            }
            if below || under || is_range(left, &squeezed) {
                self.found.push(rule);
            } else if is_only_from(left, right) {
                // The age itself is on the other side.
                let inclusive = false;
                self.from.push(MinorsRule { inclusive, ..rule });
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<MinorsRule> {
        let mut ages: Vec<u8> = self.found.iter().map(|rule| rule.age).collect();
        for rule in self.from {
            if !ages.contains(&rule.age) {
                ages.push(rule.age);
                self.found.push(rule);
            }
        }
        self.found.sort_by_key(|rule| rule.line);
        self.found
    }
}

/// Whether an age ends the range in which minors are: 14至18周岁的青少年.
fn is_range(left: &str, right: &str) -> bool {
    let joins = ['至', '到', '-', '~', '～', '—', '–'];
    let from = left.trim_end_matches(joins);
    let from = from.trim_end_matches(is_filler);
    let from = ["周岁", "岁", "週歲", "歲"]
        .iter()
        .find_map(|unit| from.strip_suffix(unit))
        .unwrap_or(from);
    let who = right.trim_start_matches("之间").trim_start_matches('的');
    const MINORS: [&str; 6] = ["未成年", "青少年", "少年", "儿童", "孩子", "学生"];
    left.ends_with(joins) && number_before(from, from.len()).is_some() && starts(who, &MINORS)
}

/// Whether the words around an age say that the service is only for those who have reached it.
fn is_only_from(left: &str, right: &str) -> bool {
    let only = [
        "只供",
        "仅供",
        "只限",
        "仅限",
        "只面向",
        "仅面向",
        "只向",
        "仅向",
        "只对",
        "仅对",
        "只允许",
        "仅允许",
        "只接受",
        "仅接受",
    ];
    let left = left.trim_end_matches(is_filler);
    let part = left.rsplit(is_comma).next().unwrap_or(left);
    // 年满18周岁方可使用, 18周岁以上的用户才能使用
    let then = has(right, &["方可", "方能", "才可", "才能", "始可"])
        && !has(right, &["监护人", "家长", "父母"]);
    // 面向18周岁及以上的成年人
    let right = right.trim_start_matches(is_filler);
    let onwards = starts(
        right,
        &["及以上", "以上", "（含）以上", "(含)以上", "（含）及以上"],
    );
    let aimed = ["面向", "面向年满", "适用于", "针对", "提供给", "服务于"];
    if onwards && (then || ends(part, &aimed)) {
        return true;
    }
    let head = ["年满", "已满", "满", "年滿"]
        .iter()
        .find_map(|word| left.strip_suffix(word));
    // 您确认已年满18周岁, 您须年满18周岁, 用户应年满18周岁
    let bound = |head: &str| {
        let head = head.strip_suffix('已').unwrap_or(head);
        let bound = [
            "须", "必须", "应", "应当", "需", "需要", "确认", "保证", "承诺", "声明",
        ];
        ends(head, &bound) && !has(head, &["如", "若", "监护人", "家长"])
    };
    head.is_some_and(|head| has(head, &only) || then || bound(head))
}

#[cfg(test)]
mod tests {
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[(u8, bool)]) {
        let found = over(text).facts.minors;
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
        case("未满18周岁（含18周岁）的人", &[(18, true)]);
        case("14周岁（含）以下的儿童", &[(14, true)]);
        case("14周岁及以下的儿童", &[(14, true)]);
        case("十四周岁以下（含十四周岁）的儿童", &[(14, true)]);
        case("14周岁以下的儿童", &[(14, false)]);
        case("未满 18 周岁", &[(18, false)]);
        case(
            "未满【18】周岁，不满十四（14）周岁",
            &[(18, false), (14, false)],
        );
        case("年满14周岁未满18周岁", &[(18, false)]);
        case("未滿14歲之兒童", &[(14, false)]);
        case("年满18周岁方可使用", &[(18, false)]);
        case("您须年满18周岁。", &[(18, false)]);
        case("您确认已年满十六周岁。", &[(16, false)]);
        case("未年满18周岁者不得使用本应用。", &[(18, false)]);
        case(
            "画廊面向18周岁及以上的成年人。若您还是未成年人，请与监护人一起阅读。",
            &[(18, false)],
        );
        case("16周岁（含）以上的用户才能发帖。", &[(16, false)]);
        case("如您年满18周岁，可以开通会员。", &[]);
        case("如需年满18周岁的家长帮助，请联系客服。", &[]);
        case("监护人应年满18周岁。", &[]);
        case("年满18周岁的监护人才能代为注册。", &[]);
        case("18周岁以上的公民是成年人。", &[]);
        case("不低于18周岁", &[]);
        case("本服务只供年满16周岁的人使用。", &[(16, false)]);
        case(
            "仅面向年满十八周岁的用户。\n未满十八周岁的请离开。",
            &[(18, false)],
        );
        case("14天以下", &[]);
        case("14至18周岁的青少年应请家长阅读。", &[(18, false)]);
        case("14周岁到18周岁的未成年人", &[(18, false)]);
        case("14-18岁之间的学生", &[(18, false)]);
        case("18至60周岁的用户可以投保。", &[]);
        case("年满14周岁的青少年", &[]);
    }
}
