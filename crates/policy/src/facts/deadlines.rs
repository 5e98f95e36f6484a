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
    let sentence = Glance::at(&text[around(text, start, (300, 300), is_stop)]);
    // Most numbers of days are no terms: nothing near them speaks of what is due.
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
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[(&str, u32, Unit)]) {
        let found = over(text).facts.deadlines;
        let found: Vec<_> = found
            .iter()
            .map(|d| (d.what.as_str(), d.count, d.unit))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn terms_are_read_with_what_they_are_for() {
        case(
            "收到后15个工作日内回复。",
            &[("response", 15, Unit::WorkingDay)],
        );
        case(
            "申请在9日内答复，投诉也在9日内答复。",
            &[("response", 9, Unit::Day)],
        );
        case(
            "副本会在24小时内发送至您的邮箱。",
            &[("response", 1, Unit::Day)],
        );
        case("账单每30天发送至您的邮箱。", &[]);
        case("我们在 15 天内答复您；", &[("response", 15, Unit::Day)]);
        case("一般在三十天内回复。", &[("response", 30, Unit::Day)]);
        case(
            "停止运营的，提前30日公告。",
            &[("shutdown_notice", 30, Unit::Day)],
        );
        case(
            "终止运营：至少提前30天用短信通知您。",
            &[("shutdown_notice", 30, Unit::Day)],
        );
        case("注销后保存90天再删除。", &[("retention", 90, Unit::Day)]);
        case("日志保存180日。", &[("retention", 180, Unit::Day)]);
        case(
            "我们收到您的注销申请后，将在15个工作日内完成注销。",
            &[("cancellation", 15, Unit::WorkingDay)],
        );
        case(
            "我们会在核实后１０日内删除您的信息",
            &[("deletion", 10, Unit::Day)],
        );
        case(
            "账号注销后，我们在20日内（最迟）清除相关资料。",
            &[("deletion", 20, Unit::Day)],
        );
        case(
            "账号一经注销后我们会尽快（一般不超过20日）匿名化留存资料。",
            &[("deletion", 20, Unit::Day)],
        );
        case(
            "收到注销申请后20日内删除账号并注销。",
            &[("cancellation", 20, Unit::Day)],
        );
        case(
            "无法办理的，也会在7日内说明理由。",
            &[("response", 7, Unit::Day)],
        );
    }

    #[test]
    fn notices_have_names_of_their_own() {
        case(
            "发生信息泄露的，我们在72小时内通知您",
            &[("breach_notice", 3, Unit::Day)],
        );
        case("变更前我们会提前30日公示", &[("notice", 30, Unit::Day)]);
        case("注销后有7天冷静期", &[("cooling_off", 7, Unit::Day)]);
        let ten: &[_] = &[("notice", 10, Unit::Day)];
        case("新规则生效前至少十日，以站内信告诉你。", ten);
        case("修改稿会至少在施行前10日用横幅公示", ten);
        case("调整前不少于 10 日发出通知", ten);
        case(
            "停止运营的，至少提前二十日用公告告知",
            &[("shutdown_notice", 20, Unit::Day)],
        );
    }

    #[test]
    fn numbers_are_counted_once_in_every_dress() {
        let fifteen: &[_] = &[("response", 15, Unit::WorkingDay)];
        case("将在十五（15）个工作日内答复", fifteen);
        case("将在15（十五）个工作日内答复", fifteen);
        case("将在【15】个工作日内答复", fifteen);
        case("将在 15 个 工作日 内答复", fifteen);
        case("将在7至15个工作日内答复", fifteen);
        case("将在7-15个工作日内答复", fifteen);
        case("将在7个工作日至15个工作日内答复", fifteen);
        case("将在七十二小时内回复", &[("response", 3, Unit::Day)]);
        case("将在72小时内回复", &[("response", 3, Unit::Day)]);
        case("将在两周内回复", &[("response", 14, Unit::Day)]);
        case(
            "7天内答复，30个自然日内删除",
            &[("response", 7, Unit::Day), ("deletion", 30, Unit::Day)],
        );
    }

    #[test]
    fn other_numbers_are_no_terms() {
        case("回复时间：2026年6月30日", &[]);
        case("答复满意率达50%。", &[]);
        case("连续签到7天可得奖励。", &[]);
        case("第七日回复", &[]);
        case("我们保存近30天的搜索记录", &[]);
        case("日志保存不少于六个月，答复在1年内", &[]);
        case("24小时客服会反馈", &[]);
        case(
            "48小时之后，我们会删除日志。",
            &[("deletion", 2, Unit::Day)],
        );
        case(
            "注销账户48小时之后，我们会停止服务，并删除您的信息。",
            &[("deletion", 2, Unit::Day)],
        );
        case("原则上于20日内作出处理。", &[("response", 20, Unit::Day)]);
        case(
            "专人会在3个工作日内与您联系。",
            &[("response", 3, Unit::WorkingDay)],
        );
        case("回复留言可得3日用品礼包", &[]);
        case("本政策生效前10日注册的用户", &[]);
    }
}
