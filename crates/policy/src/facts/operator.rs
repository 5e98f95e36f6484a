//! Who handles the data: the company, the body or the person that the text names as the one
//! speaking.

use super::cues::{Cue, cues};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_filler, starts, tidy};
use super::scan::{Found, Hit, Topic};
use super::{names, persons};

/// Endings of names: first those of companies, then of other bodies, which need a plainer context,
/// then English ones.
pub(super) const COMPANIES: [&str; 34] = [
    "有限公司",
    "责任公司",
    "責任公司",
    "集团公司",
    "股份公司",
    "有限合伙）",
    "有限合伙)",
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
    "Ltd",
    "Limited",
    "Inc.",
    "LLC",
    "Corporation",
    "GmbH",
];
/// The first of the English endings.
pub(super) const ENGLISH: u16 = 28;
/// The first of the endings of other bodies.
pub(super) const BODIES: u16 = 7;

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
        for hit in found.of(Topic::Company) {
            let named = if hit.word >= ENGLISH {
                persons::english(passage, *hit).map(|name| (Rank::English, name))
            } else {
                named(passage, *hit)
            };
            if let Some((rank, name)) = named {
                if rank == Rank::Said && self.leads(passage.text, hit.start()) {
                    self.settle();
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
            if hit.word == persons::WE {
                // The full name may come later.
                if let Some(name) = persons::running(passage, *hit) {
                    self.offer(Rank::Shown, name);
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
    let open = names::start(text, hit.end());
    let run = &text[open..end];
    // 指, 为, 是 behind a quoted 我们.
    let quoted = before(text, open, 3) == "”" || before(text, open, 3) == "」";
    let (cue, name) = names::cut(run, quoted);
    let name = names::first_of(names::without_years(name));
    // Offsets count from the words cut off: the name may end before the last of several.
    let start = end - names::tail(run, name);
    let left = before(text, open, 60);
    let label = left.trim_end_matches(|c| is_filler(c) || matches!(c, '“' | '"' | '《' | '「'));
    let colon = label.trim_end_matches(['：', ':']);
    let colon_label = colon.trim_end_matches(|c| is_filler(c) || matches!(c, '）' | ')' | '”'));
    let colon_label = colon_label
        .rsplit(is_mark)
        .next()
        .unwrap_or(colon_label)
        .trim();
    let alone = tidy(label).is_empty() && start == open;
    let is_label = |text: &str| {
        let text = tidy(text);
        text.len() <= 60
            && ends(text, cues(Cue::OperatorLabel))
            && !has(text, cues(Cue::OperatorOther))
    };
    let labelled = colon.len() < label.len() && is_label(colon_label)
        || alone && passage.previous.len() <= 60 && is_label(passage.previous);
    let right = after(text, end, 150).trim_start_matches(['”', '"', '」', '*', ' ']);
    let sentence = right.split(['。', '；']).next().unwrap_or_default();
    let near = after(sentence, 0, 72);
    let says = cue.is_some_and(|cue| cue.len() > 3 && ends(cue, &["为", "是"]));
    let group = sentence.starts_with("及其") && (says || sentence.contains('称'));
    let foreign = !group
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
            "贵",
            "某些",
            "相关",
            "各",
        ],
    );
    let bracket = right
        .strip_prefix(['（', '('])
        .or_else(|| group.then_some(sentence));
    let defined = bracket.is_some_and(|inside| {
        let inside = inside.split(['。', '；']).next().unwrap_or_default();
        has(
            inside,
            &["我们", "本公司", "我司", "公司”", "本平台", "平台运营"],
        ) && has(inside, &["称", "“我们", "\"我们", "我们”"])
    });
    // 您对某某公司（以下简称“我们”）的信任: only the bracket tells that the name begins later.
    let thanked = names::behind_you(name).filter(|_| defined);
    let (name, generic) = thanked.map_or((name, generic), |name| (name, false));
    if length < 6 && (company || length < 4) || foreign || generic {
        return None;
    }
    // “我们”是指“某某”: the name is in quotes of its own.
    let opened = ends(label, &["是指", "指", "为", "是", "系", "即"])
        && label.len() < left.len()
        && before(label, label.len(), 24).contains("我们");
    let we = opened
        || cue.is_some_and(|cue| cue.starts_with("我们"))
        || (quoted && before(text, open, 12).contains("我们"));
    if labelled || defined || we {
        return Some((Rank::Said, name));
    }
    if !company {
        return None;
    }
    let copyright =
        has(label, &["©", "Copyright", "copyright", "版权所有"]) || starts(sentence, &["版权所有"]);
    let titled = passage.is_title
        || (alone && passage.role.is_none() && has(sentence, &["政策", "声明", "指引"]));
    let followed = has(near, cues(Cue::OperatorAfter));
    let spoken = cue.is_some_and(|cue| cue != "欢迎使用" && cue != "作为") || followed;
    if copyright || titled || spoken {
        return Some((Rank::Shown, name));
    }
    let line = passage.role.is_some() && alone && tidy(right).is_empty();
    line.then_some((Rank::Alone, name))
}

#[cfg(test)]
mod tests {
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: Option<&str>) {
        assert_eq!(over(text).facts.operator.as_deref(), expected, "{text}");
    }

    #[test]
    fn the_operator_is_the_company_that_speaks() {
        case(
            "某某（北京）技术有限公司及其关联方（下称“某某”）重视隐私。",
            Some("某某（北京）技术有限公司"),
        );
        case(
            "某某科技（北京）有限公司（以下简称“我们”）重视隐私。",
            Some("某某科技（北京）有限公司"),
        );
        case(
            "【商城】：商城的开办人，现为某某网络科技有限公司。",
            Some("某某网络科技有限公司"),
        );
        case(
            "某某充电技术有限公司向您提供充电服务",
            Some("某某充电技术有限公司"),
        );
        case(
            "本应用由某某华为家居有限公司开发。",
            Some("某某华为家居有限公司"),
        );
        case(
            "“我们”指北京某某信息技术有限公司。",
            Some("北京某某信息技术有限公司"),
        );
        case(
            "注：“我们”是指“某某市某某委员会”，地址如下",
            Some("某某市某某委员会"),
        );
        case(
            "我们，即“某某科技股份有限公司”（以下称“我们”）",
            Some("某某科技股份有限公司"),
        );
        case(
            "某某有限公司北京分公司（以下简称“我们”）",
            Some("某某有限公司北京分公司"),
        );
    }

    #[test]
    fn labels_titles_and_copyrights_name_it() {
        case("运营者：某某信息有限公司", Some("某某信息有限公司"));
        case(
            "**公司全称**：某某信息有限责任公司",
            Some("某某信息有限责任公司"),
        );
        case("公司名称\n某某信息有限公司", Some("某某信息有限公司"));
        case("開發者：某某資訊股份有限公司", Some("某某資訊股份有限公司"));
        case("#某某信息有限公司隐私政策\n正文", Some("某某信息有限公司"));
        case("© 2026 某某信息有限公司 版权所有", Some("某某信息有限公司"));
        case("运营主体：某某市图书馆", Some("某某市图书馆"));
        case(
            "某某大学附属医院（以下简称“我们”）重视隐私",
            Some("某某大学附属医院"),
        );
        case("Developer: Example Works", Some("Example Works"));
        case("开发者：张三", Some("张三"));
        case(
            "Example Data Co., Ltd. (\"we\") respects privacy",
            Some("Example Data Co., Ltd."),
        );
        case("正文\n某某信息有限公司", Some("某某信息有限公司"));
    }

    #[test]
    fn the_plainest_statement_wins() {
        case(
            "登录由某某甲网络有限公司提供支持。\n某某乙网络有限公司（以下简称“我们”）重视隐私。",
            Some("某某乙网络有限公司"),
        );
    }

    #[test]
    fn the_first_of_several_is_given() {
        case(
            "某某甲科技有限公司和某某乙科技有限公司（以下合称“我们”）",
            Some("某某甲科技有限公司"),
        );
        case(
            "由某某甲科技有限公司出品。\n感谢您对某某甲科技有限公司、某某乙科技有限公司（统称“我们”）的信任",
            Some("某某甲科技有限公司"),
        );
        case(
            "某某遊戲有限公司（以下簡稱某某遊戲）為保障您的個人資料",
            Some("某某遊戲有限公司"),
        );
    }

    #[test]
    fn other_companies_are_not_the_operator() {
        case("不适用于某某集团有限公司和其关联公司的服务。", None);
        case("我们与关联公司共享信息。", None);
        case("支付由支付机构完成。", None);
        case(
            "SDK名称：某某推送\n公司名称：某某信息有限公司\n使用目的：推送",
            None,
        );
        case("我们与某某地图有限公司合作。", None);
        case("第三方公司名称：某某信息有限公司", None);
        case("开发者：我们", None);
        case("您可在客服中心、银行办理。", None);
        case("", None);
    }
}
