//! Dates from which the policy applies and on which it was last changed.

use super::calendar::date;
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_comma, is_filler, tidy};
use super::scan::{Found, Topic};

/// How the year of a date begins: a policy in force today is of this century.
pub(super) const WORDS: [&str; 5] = ["20", "２０", "二〇", "二零", "二○"];

const EFFECTIVE: [&str; 9] = [
    "生效",
    "施行",
    "实施",
    "實施",
    "适用",
    "适用",
    "启用",
    "起执行",
    "effective",
];
const UPDATED: [&str; 10] = [
    "更新",
    "修订",
    "修訂",
    "修改",
    "修正",
    "改版",
    "版本日期",
    "updated",
    "revised",
    "modified",
];
/// Words of a date that is the change's only where no word of change comes.
const PUBLISHED: [&str; 9] = [
    "发布",
    "發布",
    "公布",
    "签发",
    "制定",
    "版本",
    "版",
    "published",
    "posted",
];
/// Dates of other things.
const OTHERS: [&str; 17] = [
    "成立",
    "注册",
    "登记",
    "出生",
    "创立",
    "备案",
    "许可证",
    "有效期",
    "截至",
    "截止",
    "历史版本",
    "上一版",
    "旧版",
    "法》",
    "条例》",
    "规定》",
    "办法》",
];
/// What makes a date that of an edition which others followed: it counts where no other date is told.
const FIRST: [&str; 6] = ["首次", "初次", "最初", "第一次", "首版", "初版"];
/// What makes a sentence one about the policy.
const POLICY: [&str; 13] = [
    "政策", "隐私", "隱私", "声明", "聲明", "协议", "指引", "规则", "本版", "条款", "版本",
    "policy", "notice",
];

/// By how much less plain the date of the first edition is.
const LATER: u8 = 4;

/// Lines that stand below a title and belong to it: a motto, the date, the name of the company.
const HEAD: u8 = 3;

/// The dates read so far, with how plainly they were stated (0 is plainest).
#[derive(Debug, Default)]
pub(super) struct Dates {
    effective: Option<(u8, String)>,
    updated: Option<(u8, String)>,
    /// One that stands on a line of its own below the title.
    bare: Option<String>,
    /// Passages below the title that may still belong to it.
    head: u8,
}

impl Dates {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let text = passage.text;
        self.head = match passage.role {
            None if passage.is_title => HEAD + 1,
            None => 0,
            Some(_) => self.head.saturating_sub(1),
        };
        let mut last = 0;
        for hit in found.of(Topic::Date) {
            if hit.start() < last {
                continue;
            }
            let Some((date, start, end)) = date(text, hit.start()) else {
                continue;
            };
            let left = before(text, start, 100.min(start - last.min(start)));
            last = end;
            let around = [&text[passage.start.min(start)..start], &text[end..]];
            if self.head > 0 && around.into_iter().all(is_frame) {
                self.bare.get_or_insert_with(|| date.clone());
            }
            self.sort(passage, &date, left, after(text, end, 60));
        }
    }

    /// Decides what a date is by the words on both sides.
    fn sort(&mut self, passage: &Passage<'_>, date: &str, left: &str, right: &str) {
        let whole = passage.text.len();
        let lead = left.trim_end_matches(is_filler);
        // Words on the other side of a comma belong to another date.
        let mut label = lead
            .rsplit(['，', '。', '；', '|', '\t', ',', ';'])
            .next()
            .unwrap_or_default();
        let alone = tidy(lead).is_empty();
        if alone && passage.previous.len() <= 60 {
            label = passage.previous;
        }
        if has(left, &OTHERS) || has(label, &OTHERS) {
            return;
        }
        let labelled = label.trim_end_matches(is_filler).ends_with(['：', ':'])
            || (alone && !label.is_empty());
        let rank = if labelled || whole <= 120 {
            0
        } else if has(
            before(
                passage.text,
                whole.min(240).min(floor(passage.text, 240)),
                240,
            ),
            &POLICY,
        ) || has(left, &POLICY)
            || has(right, &POLICY)
        {
            1
        } else {
            return;
        };
        let lower = label.to_ascii_lowercase();
        let mut side = nearest(&lower, false);
        let mut first = has(label, &FIRST);
        // 本版本自…起生效: the word for what it does comes behind.
        let opens = label.ends_with(['自', '从']) || ends(label, &["版本于", "版于"]);
        if side == Side::default() || opens && !side.effective && !side.updated {
            let until = right
                .find(|c| is_comma(c) || c.is_ascii_digit())
                .unwrap_or(right.len());
            let right = &right[..until];
            let behind = nearest(&right.to_ascii_lowercase(), true);
            side = if behind == Side::default() {
                side
            } else {
                behind
            };
            first |= has(right, &FIRST);
        }
        let rank = if first { rank + LATER } else { rank };
        if side.effective {
            set(&mut self.effective, rank, date);
        }
        if side.updated {
            set(&mut self.updated, rank, date);
        } else if side.published {
            set(&mut self.updated, rank + 2, date);
        }
    }

    pub(super) fn finish(self) -> (Option<String>, Option<String>) {
        let effective = self.effective.map(|(_, date)| date);
        let updated = self.updated.map(|(_, date)| date);
        // Where no other date is told, the one below the title is that of the text.
        let bare = self.bare.filter(|_| effective.is_none());
        (effective, updated.or(bare))
    }
}

/// Whether nothing but marks and brackets stands beside a date.
fn is_frame(text: &str) -> bool {
    let text = tidy(text);
    text.trim_matches(['（', '）', '(', ')']).is_empty()
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

fn set(slot: &mut Option<(u8, String)>, rank: u8, date: &str) {
    if slot.as_ref().is_none_or(|(old, _)| rank < *old) {
        *slot = Some((rank, date.to_owned()));
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Side {
    effective: bool,
    updated: bool,
    published: bool,
}

/// What the nearest words say: the last of a label before the date, the first after it. Two words
/// joined by 和, 及, / and the like both count.
fn nearest(text: &str, first: bool) -> Side {
    let place = |words: &[&str]| {
        let found = words.iter().filter_map(|word| {
            let at = if first {
                text.find(word)
            } else {
                text.rfind(word)
            }?;
            Some((at, at + word.len()))
        });
        if first { found.min() } else { found.max() }
    };
    let spots = [place(&EFFECTIVE), place(&UPDATED), place(&PUBLISHED)];
    let pick = |left: &(usize, usize), right: &(usize, usize)| {
        if first {
            left.0.cmp(&right.0)
        } else {
            right.0.cmp(&left.0)
        }
    };
    let Some(best) = spots.iter().copied().flatten().min_by(pick) else {
        return Side::default();
    };
    let counts = |spot: Option<(usize, usize)>| {
        spot.is_some_and(|spot| {
            let between = if spot.0 <= best.0 {
                text.get(spot.1..best.0)
            } else {
                text.get(best.1..spot.0)
            };
            spot == best || between.is_some_and(joined)
        })
    };
    Side {
        effective: counts(spots[0]),
        updated: counts(spots[1]),
        published: counts(spots[2]),
    }
}

/// Whether nothing but joining words stands between two labels.
fn joined(between: &str) -> bool {
    let mut rest = between;
    let words = [
        "日期", "时间", "及", "和", "与", "并", "暨", "或", "、", "/", "／", "|", "（", "(", "&",
        "于", " ", "and", "即", "正式",
    ];
    while !rest.is_empty() {
        let Some(next) = words.iter().find_map(|word| rest.strip_prefix(word)) else {
            return false;
        };
        rest = next;
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, effective: Option<&str>, updated: Option<&str>) {
        let found = over(text);
        assert_eq!(
            (
                found.effective_date.as_deref(),
                found.updated_date.as_deref()
            ),
            (effective, updated),
            "{text}"
        );
    }

    #[test]
    fn dates_are_read_in_every_dress() {
        let march = Some("2026-03-09");
        case("生效日期：2026年3月9日", march, None);
        case("生效日期: [2026]年[03]月[09]日", march, None);
        case("生效日期：【2026】年【3】月【9】日", march, None);
        case("**生效日期：** 2026 年 3 月 9 日", march, None);
        case("**生效时间**：**2026.03.09**", march, None);
        case("生效日期：2026/3/9", march, None);
        case("生效日期：20260309", march, None);
        case("自二〇二六年三月九日起施行", march, None);
        case("Effective date: March 9, 2026", march, None);
        case("Last updated: 9 March 2026", None, march);
        case("版本更新日期：2026-03-09", None, march);
        case("本版本发布日期：2026年3月9日", None, march);
        case("最近更新：2026年03月09日", None, march);
    }

    #[test]
    fn each_date_goes_to_the_words_next_to_it() {
        let (first, later) = (Some("2026-03-01"), Some("2026-03-09"));
        case("更新日期：2026-03-01\n生效日期：2026-03-09", later, first);
        case(
            "更新日期：2026年3月1日  生效日期：2026年3月9日",
            later,
            first,
        );
        case(
            "本政策于2026年3月1日修订，自 2026 年 3 月 9 日起施行。",
            later,
            first,
        );
        case(
            "本政策更新于2026年3月1日并于2026年3月9日生效。",
            later,
            first,
        );
        case("更新及生效日期：2026年3月1日", first, first);
        case("更新/生效时间：2026年3月1日", first, first);
        case("生效日期\n2026年3月9日", later, None);
        case(
            "发布日期：2026年3月1日\n更新日期：2026年3月9日",
            None,
            later,
        );
        case("发布于二〇二六年三月一日", None, first);
        case(
            "本声明2026年3月1日首次生效，经2026年3月9日修订生效。",
            later,
            later,
        );
        case(
            "首次生效日期为2026年3月1日。现行版本自2026年3月9日起生效。",
            later,
            None,
        );
        case(
            "首次发布：2026年3月1日\n更新日期：2026年3月9日",
            None,
            later,
        );
        case("本政策自2026年3月1日首次施行。", first, None);
        case(
            "生效日期：2026年3月1日\n附件的生效日期：2026年3月9日",
            first,
            None,
        );
    }

    #[test]
    fn a_date_below_the_title_is_the_last_change_where_no_other_is_told() {
        let updated = |text: &str| crate::read(text).updated_date;
        let march = Some("2026-03-09".to_owned());
        assert_eq!(
            updated("隐私政策\n2026年3月9日\n\n一、总则\n正文。\n"),
            march
        );
        assert_eq!(
            updated("隐私政策\n请放心使用\n（2026.3.9）\n\n一、总则\n正文。\n"),
            march
        );
        assert_eq!(
            updated("隐私政策\n2026年3月9日\n\n生效日期：2026年4月1日\n\n一、总则\n"),
            None
        );
        assert_eq!(
            updated("隐私政策\n\n一、总则\n正文。\n2026年3月9日\n"),
            None
        );
    }

    #[test]
    fn what_is_no_date_of_the_policy_is_left_alone() {
        case("本公司成立于2021年1月1日。", None, None);
        case("生效日期：2026年13月1日", None, None);
        case("生效日期：2026年2月30日", None, None);
        case("生效日期：", None, None);
        case("生效日期：2026年3月", None, None);
        case(
            "《某某保护法》自2021年11月1日起施行，我们依照该法处理您的个人信息。",
            None,
            None,
        );
        case("标准 GB/T 00000-2020 已实施", None, None);
    }
}
