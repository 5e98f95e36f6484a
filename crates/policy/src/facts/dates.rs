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
const FIRST: [&str; 9] = [
    "首次",
    "初次",
    "最初",
    "第一次",
    "首版",
    "初版",
    "原政策",
    "旧政策",
    "前一版",
];
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
mod tests;
