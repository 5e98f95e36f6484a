//! Terms that the operator sets itself.
//!
//! The contract counts in natural and in working days. Weeks and hours are given where they come to
//! whole days (`两周内`, `72小时内`); months and years have no fixed number of days and are left out.
//! Of a range (`7至15个工作日`) the longer term is given, for it is the one that binds.

use super::passage::Passage;
use super::reach::{after, around, before, has, is_comma, is_filler, is_stop, starts};
use super::scan::{Found, Topic};
use super::spans::{counted, days_of, is_term};
use crate::document::{Deadline, Unit};
use crate::text::Glance;

/// Units, behind which a number of them is looked for.
pub(super) const WORDS: [&str; 15] = [
    "工作日",
    "工作天",
    "自然日",
    "自然天",
    "日历日",
    "日历天",
    "日曆日",
    "天",
    "日",
    "小时",
    "小時",
    "周内",
    "周之内",
    "星期内",
    "週內",
];

/// The unit of a word of [`WORDS`] and its days, or 0 for hours.
fn unit(word: u16) -> (Unit, u32) {
    match word {
        0 | 1 => (Unit::WorkingDay, 1),
        2..=8 => (Unit::Day, 1),
        9 | 10 => (Unit::Day, 0),
        _ => (Unit::Day, 7),
    }
}

const KEPT: [&str; 6] = ["保存", "存储", "留存", "保留", "储存", "儲存"];
/// The end of the service: looked for with the words of all extractors, for few clauses speak of it.
pub(super) const STOPS: [&str; 16] = [
    "停止运营",
    "终止运营",
    "停止营运",
    "终止服务",
    "停止服务",
    "终止经营",
    "停止经营",
    "停运",
    "停止營運",
    "不再运营",
    "不再提供",
    "停止提供",
    "停止向您提供",
    "终止提供",
    "关停",
    "下线",
];
const TOLD: [&str; 8] = [
    "提前", "通知", "公告", "告知", "告诉", "公示", "提示", "公布",
];
/// What changes or begins to hold: a term before it is one of notice.
const CHANGES: [&str; 12] = [
    "生效", "施行", "实施", "实行", "执行", "适用", "启用", "变更", "修改", "调整", "更新", "修订",
];
const ANSWERED: [&str; 18] = [
    "回复",
    "答复",
    "响应",
    "反馈",
    "回覆",
    "回復",
    "回应",
    "給予答覆",
    "作出解释",
    "与您联系",
    "与您取得联系",
    "联系您",
    "发送至您",
    "发送到您",
    "发送给您",
    "发至您",
    "发到您",
    "邮寄至您",
];
const COOLING: [&str; 4] = ["冷静期", "犹豫期", "反悔期", "等待期"];
const CLOSED: [&str; 2] = ["注销", "註銷"];
const CORRECTED: [&str; 2] = ["更正", "补充"];
/// One of these is in the sentence of every term.
const DUE: [&[&str]; 8] = [
    &TOLD, &KEPT, &ANSWERED, &DELETED, &HANDLED, &COOLING, &CLOSED, &CORRECTED,
];
/// Whether a character tells that a word of [`DUE`] may be there: one of these is in each of them.
fn may_be_due(c: char) -> bool {
    matches!(
        c,
        '提' | '知'
            | '告'
            | '示'
            | '布'
            | '存'
            | '留'
            | '回'
            | '答'
            | '响'
            | '馈'
            | '解'
            | '您'
            | '你'
            | '期'
            | '销'
            | '銷'
            | '正'
            | '补'
            | '删'
            | '清'
            | '匿'
            | '刪'
            | '处'
            | '受'
            | '查'
            | '实'
            | '處'
            | '由'
            | '因'
    )
}

const DELETED: [&str; 4] = ["删除", "清除", "匿名化", "刪除"];
const HANDLED: [&str; 16] = [
    "处理您的",
    "处理你的",
    "受理",
    "处理完",
    "予以处理",
    "核查",
    "核实",
    "完成处理",
    "进行处理",
    "作出处理",
    "做出处理",
    "處理",
    "解决",
    "说明理由",
    "说明原因",
    "告知理由",
];

/// Terms of one clause that are looked at; no clause that people wrote has as many.
const TRIES: usize = 1000;

/// The deadlines read so far.
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    found: Vec<Deadline>,
}

impl Deadlines {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let text = passage.text;
        let stops = found.any(Topic::Stop);
        let mut last = 0;
        let mut tries = 0;
        for hit in found.of(Topic::Days) {
            // 个工作日 holds 日.
            if hit.start() < last {
                continue;
            }
            let Some((count, start)) = counted(text, hit.start()) else {
                continue;
            };
            let (unit, days) = unit(hit.word);
            let Some(count) = days_of(text, hit.end(), count, days) else {
                continue;
            };
            if !is_term(text, start, hit.end()) {
                continue;
            }
            last = hit.end();
            tries += 1;
            if tries > TRIES {
                return;
            }
            let what = what(text, start, hit.end(), stops);
            // A column of terms says once for all cells what they are for.
            if let Some(what) = what.or(passage.kept.then_some("retention")) {
                let deadline = Deadline {
                    what: what.to_owned(),
                    count,
                    unit,
                    line: passage.line_at(start),
                };
                // A line that says the same of two things sets one term.
                if self.found.last() != Some(&deadline) {
                    self.found.push(deadline);
                }
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Deadline> {
        self.found
    }
}

/// What is due. The words beside the term say it before those of the sentence do.
/// `stops` tells whether one of [`STOPS`] is in the text.
fn what(text: &str, start: usize, end: usize, stops: bool) -> Option<&'static str> {
    let sentence = &text[around(text, start, (300, 300), is_stop)];
    // Most numbers of days are no terms: nothing near them speaks of what is due.
    if !sentence.contains(may_be_due) {
        return None;
    }
    if takes_effect(text, start, end) {
        return Some("notice");
    }
    let sentence = Glance::at(sentence);
    if !DUE.iter().any(|words| sentence.sees(words)) {
        return None;
    }
    let part = Glance::at(&text[around(text, start, (150, 150), is_comma)]);
    let left = before(text, start, 36);
    let right = after(text, end, 60);
    let told = part.sees(&TOLD);
    if stops
        && sentence.sees(&STOPS)
        && (told || sentence.sees(&TOLD) && has(left, &["提前", "至少", "不少于"]))
    {
        return Some("shutdown_notice");
    }
    if has(left.rsplit(is_comma).next().unwrap_or(left), &KEPT)
        && !has(right, &["内删除", "后删除", "内回复"])
    {
        return Some("retention");
    }
    if part.sees(&COOLING) {
        return Some("cooling_off");
    }
    if told && sentence.sees(&["安全事件", "泄露", "泄漏"]) {
        return Some("breach_notice");
    }
    if told && left.contains("提前") {
        return Some("notice");
    }
    let next = right.split(is_stop).next().unwrap_or(right);
    if comes_before_change(left) && (told || has(next, &TOLD)) {
        return Some("notice");
    }
    // 注销后15日内删除, 注销24小时之后: the account is closed already when the term begins.
    let behind = starts(right, &["后", "之后", "以后", "後"]);
    let due = if behind {
        let rest = after(text, end, 150);
        rest.split(is_stop).next().unwrap_or(rest)
    } else {
        right.split(is_comma).next().unwrap_or(right)
    };
    if is_after_closing(before(text, start, 90), behind) && has(due, &DELETED) {
        return Some("deletion");
    }
    named(&part)
        .or_else(|| named(&Glance::at(next)))
        .or_else(|| named(&sentence))
}

/// Whether a term lies between what is told and when that begins to hold: `公布后的7日后生效`.
fn takes_effect(text: &str, start: usize, end: usize) -> bool {
    const HOLDS: [&str; 3] = ["生效", "施行", "实施"];
    let right = after(text, end, 36);
    let right = ["后", "之后", "以后", "届满后", "期满后", "期满", "届满"]
        .iter()
        .find_map(|behind| right.strip_prefix(behind));
    let holds = right.is_some_and(|right| {
        let right =
            right.trim_start_matches(['即', '正', '式', '将', '开', '始', '会', '自', '动']);
        starts(right, &HOLDS)
    });
    holds && {
        let left = before(text, start, 60);
        let part = left.rsplit(is_comma).next().unwrap_or(left);
        has(part, &["通知", "公布", "公告", "公示", "发布", "告知"]) && !has(part, &["不", "未"])
    }
}

/// Whether the words before a term tell that it ends where a change begins: `生效前至少`.
fn comes_before_change(left: &str) -> bool {
    let left = left.trim_end_matches(is_filler);
    let least = ["至少", "不少于", "最少", "不低于", "不短于", "提前"];
    let cut = least.iter().find_map(|word| left.strip_suffix(word));
    let left = cut.unwrap_or(left).trim_end_matches(is_filler);
    let part = left.rsplit(is_comma).next().unwrap_or(left);
    part.ends_with('前') && has(part, &CHANGES)
}

/// Whether the words before a term tell that the account is closed: after a mere request it is not.
/// `behind` tells whether the term itself says that it begins then.
fn is_after_closing(left: &str, behind: bool) -> bool {
    let closed = left
        .rfind("注销")
        .max(left.rfind("註銷"))
        .map(|at| &left[at..]);
    closed.is_some_and(|rest| {
        (behind || rest.contains(['后', '後']))
            && !has(rest, &["申请", "请求", "要求", "申請", "請求", "。"])
    })
}

fn named(text: &Glance<'_>) -> Option<&'static str> {
    if text.sees(&ANSWERED) {
        Some("response")
    } else if text.sees(&CLOSED) {
        Some("cancellation")
    } else if text.sees(&DELETED) {
        Some("deletion")
    } else if text.sees(&KEPT) {
        Some("retention")
    } else if text.sees(&CORRECTED) {
        Some("correction")
    } else if text.sees(&HANDLED) {
        Some("response")
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
