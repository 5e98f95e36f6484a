//! Who handles the data: the company, the body or the person that the text names as the one
//! speaking.

use super::cues::{Cue, cues};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_filler, starts, tidy};
use super::scan::{Found, Hit, Topic};
use super::{bodies, names, persons};

/// Endings of names: first those of companies, then of other bodies, which need a plainer context,
/// then English ones.
pub(super) const COMPANIES: [&str; 50] = [
    "有限公司",
    "责任公司",
    "責任公司",
    "集团公司",
    "股份公司",
    "有限合伙）",
    "有限合伙)",
    "株式会社",
    "工作室",
    "经营部",
    "事务所",
    "商行",
    "集团",
    "中心",
    "银行",
    "协会",
    "学会",
    "研究院",
    "研究所",
    "医院",
    "学校",
    "大学",
    "学院",
    "基金会",
    "图书馆",
    "博物馆",
    "出版社",
    "委员会",
    "联合社",
    "总台",
    "电视台",
    "管理局",
    "团队",
    "项目组",
    "服务部",
    "咨询部",
    "技术部",
    "经销部",
    "便利店",
    "商店",
    "书店",
    "药店",
    "网店",
    "贸行",
    "Ltd",
    "Limited",
    "Inc.",
    "LLC",
    "Corporation",
    "GmbH",
];
/// The first of the English endings.
pub(super) const ENGLISH: u16 = 44;
/// The first of the endings of other bodies.
pub(super) const BODIES: u16 = 8;
/// The first of the endings of bodies that may say nothing but their trade: 客服团队.
const TRADES: u16 = 32;

/// How plainly a name is the operator's; the first of the plainest is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Labelled, or defined as 我们.
    Said,
    /// In the title, a copyright line, or named as running the service.
    Shown,
    /// A line of its own.
    Alone,
    /// An English name.
    English,
}

/// The plainest name so far.
#[derive(Debug, Default)]
pub(super) struct Operator {
    best: Option<(Rank, String)>,
}

impl Operator {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        if passage.foreign || passage.under.kits || self.settled() {
            return;
        }
        let companies = found.of(Topic::Company);
        for (at, hit) in companies.iter().enumerate() {
            let named = if hit.word >= ENGLISH {
                persons::english(passage, *hit).map(|name| (Rank::English, name))
            } else {
                named(passage, *hit)
            };
            if let Some((rank, name)) = named {
                let first = || first_listed(passage.text, &companies[..at], *hit);
                if rank == Rank::Said && self.leads(passage.text, hit.start()) {
                    self.settle();
                } else if let Some(first) = first().filter(|_| rank <= Rank::Shown) {
                    self.offer(rank, first);
                } else {
                    self.offer(rank, name);
                }
                if self.settled() {
                    return;
                }
            }
        }
        if !passage.is_prose() {
            return;
        }
        for hit in found.of(Topic::Label) {
            if hit.word == persons::ALONE {
                if let Some((rank, name)) = persons::alone(passage, *hit) {
                    self.offer(rank, name);
                }
            } else if hit.word == persons::WE {
                // The full name may come later.
                if let Some((rank, name)) = persons::running(passage, *hit) {
                    self.offer(rank, name);
                }
            } else if let Some(name) = persons::labelled(passage, *hit) {
                self.offer(Rank::Said, name);
            }
        }
    }

    /// Whether the name known so far opens the list in which `at` stands: 甲公司、乙公司（统称“我们”）.
    fn leads(&self, text: &str, at: usize) -> bool {
        let left = before(text, at, 200);
        self.best.as_ref().is_some_and(|(_, name)| {
            let found = left.split_once(name.as_str());
            found.is_some_and(|(_, rest)| rest.starts_with('、') && !rest.contains('。'))
        })
    }

    fn settle(&mut self) {
        if let Some((rank, _)) = &mut self.best {
            *rank = Rank::Said;
        }
    }

    fn settled(&self) -> bool {
        matches!(self.best, Some((Rank::Said, _)))
    }

    fn offer(&mut self, rank: Rank, name: &str) {
        if self.best.as_ref().is_none_or(|(best, _)| rank < *best) {
            self.best = Some((rank, name.to_owned()));
        }
    }

    pub(super) fn finish(self) -> Option<String> {
        self.best.map(|(_, name)| name)
    }
}

/// The first company of the list that ends with the one found: 甲公司、乙公司（统称“我们”）.
fn first_listed<'a>(text: &'a str, earlier: &[Hit], last: Hit) -> Option<&'a str> {
    // No list of those who speak has more.
    let near = earlier[earlier.len().saturating_sub(24)..].iter();
    let ends = near.filter(|hit| hit.word < BODIES).map(|hit| hit.end());
    names::listed(text, ends, names::start(text, last.end()))
        .map(|name| name.strip_prefix("包括").unwrap_or(name))
        .filter(|name| name.chars().count() >= names::SHORTEST)
}

pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '；' | '：' | '、' | ',' | ';' | ':' | '|' | '\t' | '“' | '”' | '（' | '('
    )
}

/// The operator whose name ends with the words found.
fn named<'a>(passage: &Passage<'a>, hit: Hit) -> Option<(Rank, &'a str)> {
    let text = passage.text;
    let company = hit.word < BODIES;
    let end = hit.end() + names::branch(text, hit.end());
    // The ending of a longer one: 集团 of 集团有限公司.
    let rest = after(text, end, 24);
    if starts(rest, &["有限", "股份", "公司", "控股"]) || rest.starts_with("责任") {
        return None;
    }
    // The number of an item is no part of the name.
    let open = names::start(text, hit.end()).max(passage.start.min(hit.start()));
    let run = &text[open..end];
    // 指, 为, 是 behind a quoted 我们.
    let quoted = names::is_quoted(text, open, run);
    let (cue, name) = names::cut(run, quoted);
    let name = names::first_of(names::without_attribute(names::without_years(name)));
    let name = names::without_lead(before(text, open, 9), name);
    // Offsets count from the words cut off: the name may end before the last of several.
    let start = end - names::tail(run, name);
    let left = before(text, open, 60.min(open - passage.start.min(open)));
    let label = left.trim_end_matches(|c| is_filler(c) || matches!(c, '“' | '"' | '《' | '「'));
    let colon = label.trim_end_matches(['：', ':']);
    let colon_label = colon.trim_end_matches(|c| is_filler(c) || matches!(c, '）' | ')' | '”'));
    let colon_label = colon_label
        .rsplit(is_mark)
        .next()
        .unwrap_or(colon_label)
        .trim();
    let alone = tidy(label).is_empty() && start == open;
    // 【运营主体】某某公司
    let boxed = left.ends_with(['】', ']', '］']) && label.contains(['【', '[', '［']);
    let labelled = (colon.len() < label.len() || boxed) && names::is_label(colon_label)
        || alone && passage.previous.len() <= 60 && names::is_label(passage.previous);
    let right = after(text, end, 150).trim_start_matches(['”', '"', '」', '*', ' ']);
    let sentence = right.split(['。', '；']).next().unwrap_or_default();
    let near = after(sentence, 0, 72);
    let says = cue.is_some_and(|cue| cue.len() > 3 && ends(cue, &["为", "是", "指"]));
    let meant = means_we(text, open);
    let group =
        names::group(sentence) && (says || meant || has(sentence, &["称", "“我们", "「我们"]));
    // 我们为某某学校的用户提供…
    let serves = cue == Some("我们为") && !group && sentence.starts_with(char::is_alphanumeric);
    let foreign = serves
        || !group
            && sentence.starts_with(['和', '及', '或', '与', '、', '以'])
            && !sentence.starts_with("以下")
        || has(near, &["SDK", "接口", "插件", "第三方"]) && !has(near, &["我们", "称"])
        || has(
            run,
            &[
                "我们与",
                "我们和",
                "我们向",
                "我们委托",
                "第三方",
                "例如",
                "接入",
                "任何",
                "不适用于",
                "合作",
            ],
        )
        || has(
            left.rsplit(['。', '；']).next().unwrap_or(left),
            &["第三方", "SDK", "合作方", "不适用", "例如"],
        ) && !labelled;
    let length = name.chars().count();
    let generic = starts(
        name,
        &[
            "我们",
            "您",
            "任何",
            "其他",
            "该",
            "第三方",
            "上述",
            "本公司",
            "某些",
            "相关",
            "各",
        ],
    ) || names::is_yours(name);
    let bracket = right
        .strip_prefix(['（', '('])
        .or_else(|| group.then_some(sentence));
    let long = right
        .starts_with(['（', '('])
        .then(|| names::bracket(text, end));
    let bracket = long
        .flatten()
        .filter(|inside| inside.len() > 140)
        .or(bracket);
    let defined = bracket.is_some_and(|inside| {
        let inside = inside.split(['。', '；']).next().unwrap_or_default();
        has(
            inside,
            &[
                "我们",
                "本公司",
                "我公司",
                "我司",
                "公司”",
                "本平台",
                "平台运营",
            ],
        ) && has(
            inside,
            &["称", "“我们", "\"我们", "我们”", "「我们", "我们」"],
        )
    });
    // 您对某某公司（以下简称“我们”）的信任: only the bracket tells that the name begins later.
    let later = || names::behind_you(name).or_else(|| names::behind_verb(name));
    let later = defined.then(later).flatten();
    let (name, generic) = later.map_or((name, generic), |name| (name, false));
    // 该SDK由某某公司提供, but not 本SDK.
    let kit = || {
        let led = &run[..run.len() - names::tail(run, name)];
        let below = alone || start > open && tidy(label).is_empty();
        has(led, &["SDK", "插件"]) && !has(led, &["本SDK", "本插件", "我们"])
            || below && ends(passage.previous.trim_end(), &["SDK", "插件"])
    };
    let nobody = !company && hit.word >= TRADES && !bodies::is_body(name);
    if length < 6 && (company || length < 4) || foreign || generic || nobody || !defined && kit() {
        return None;
    }
    // “我们”是指“某某”: the name is in quotes of its own.
    let opened = ends(label, &["是指", "指", "为", "是", "系", "即"])
        && label.len() < left.len()
        && before(label, label.len(), 24).contains("我们");
    // 我们：指某某公司。
    let pointed =
        start > open && ends(left, &["我们：", "我们:", "我们，"]) && run.starts_with(['指', '即']);
    let we = opened
        || pointed
        || cue.is_some_and(|cue| cue.starts_with("我们"))
        || (quoted && before(text, open, 12).contains("我们"));
    if labelled || defined || we || meant {
        return Some((Rank::Said, name));
    }
    // A body is named in passing more often than a company.
    let runs = [
        "运营",
        "开发",
        "主办",
        "负责运营",
        "拥有并运营",
        "提供产品",
        "提供运营",
    ];
    let bracket = sentence.strip_prefix(['（', '(']);
    let acts = bracket.and_then(|inside| inside.split_once(['）', ')']));
    let acts = acts.map_or(sentence, |(_, acts)| acts);
    let run_by = cue.is_some_and(|cue| cue.ends_with('由')) && starts(acts, &runs);
    let partly = cue.is_some_and(|cue| cue.ends_with('由') && names::is_partial(run, cue));
    if !company && !run_by || partly {
        return None;
    }
    let copyright =
        has(label, &["©", "Copyright", "copyright", "版权所有"]) || starts(sentence, &["版权所有"]);
    let titled = passage.is_title
        || (alone && passage.role.is_none() && has(sentence, &["政策", "声明", "指引"]));
    let followed = has(near, cues(Cue::OperatorAfter));
    let spoken = cue.is_some_and(|cue| cue != "欢迎使用" && cue != "作为") || followed;
    // 本政策适用于某某公司旗下的产品
    let scope = || starts(run, &["本", "此"]) && has(run, &["政策", "声明", "指引"]);
    let scope = run.contains("适用于") && scope();
    if copyright || titled || spoken || scope {
        return Some((Rank::Shown, name));
    }
    // A heading of the contacts, or a line of its own, which labels of contacts may follow.
    let third = passage.under.sharing || passage.under.kits;
    let headed = || names::is_headed(after(text, end, 60)) && !third;
    // The date may stand behind the name that signs.
    let dated = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '.' | '/');
    let rest = tidy(right).trim_matches(|c: char| dated(c) || is_filler(c) || c == '-');
    let plain = rest.is_empty() && passage.start == 0;
    let plain = plain && (passage.role.is_some() || !third);
    let line = alone && (plain || passage.role.is_some() && headed());
    line.then_some((Rank::Alone, name))
}

/// Whether the words before a name say that it is what 我们 stands for: `“我们”时，均指提供服务的`.
fn means_we(text: &str, open: usize) -> bool {
    let left = before(text, open, 300);
    let left = left.rsplit('。').next().unwrap_or(left);
    let rest = ["我们”", "我们\"", "我们」"]
        .iter()
        .find_map(|word| left.rfind(word).map(|at| &left[at + word.len()..]));
    rest.is_some_and(|rest| {
        has(rest, &["均意为", "意为", "均指", "是指", "指的是"])
            && rest.ends_with(['的', '）', ')'])
    })
}

#[cfg(test)]
mod tests;
