//! What a permission is for, told before it: `为了…，`, `当您使用…时，`, `如您需…，我们需获取`.

use super::further::{more, passed};
use super::told::begun;
use super::{
    clean, is_consent, is_learning, is_vague, moments, occasion, until_asked, without_brackets,
    without_gloss,
};
use crate::facts::reach::{
    after, ends, first_part, has, is_comma, is_filler, is_stop, starts, tidy,
};

/// The purpose that stands before what it is for: `为了…，`, `当您使用…时，`, `由于我们需…，所以`.
pub(super) fn ahead(left: &str) -> Option<&str> {
    // Most sentences give no reason.
    let reasons = [("由于", "所以"), ("由于", "因此"), ("因", "故")];
    for (open, close) in reasons
        .into_iter()
        .filter(|_| left.contains('因') || left.contains('由'))
    {
        let Some((_, part)) = left.split_once(open) else {
            continue;
        };
        if let Some((part, _)) = part.split_once(close) {
            let part = tidy(part);
            let part = ["我们需要", "我们需", "需要", "我们"]
                .iter()
                .find_map(|word| part.strip_prefix(word))
                .unwrap_or(part);
            return clean(part);
        }
    }
    // 当您整理书目时，为了记下所在，: the aim says more than the occasion.
    let aim = left.split_once("，为了");
    let aim = aim.filter(|(occasion, _)| !occasion.contains("为了"));
    let aim = aim.map(|(occasion, _)| &left[occasion.len() + "，".len()..]);
    if let Some(aim) = aim.and_then(|aim| told(first_part(aim, is_comma), aim))
        && !has(
            aim,
            &["更好", "更优", "体验", "服务", "对应", "相应", "相关"],
        )
    {
        return Some(aim);
    }
    let mut end = 0;
    left.split_inclusive(is_comma).find_map(|written| {
        end += written.len();
        let part = written.trim_end_matches(is_comma);
        let part = part.trim_start_matches(is_filler);
        let behind = &left[end..];
        // A head that runs into the sentence is no part of it: `位置：如您需要…`.
        let body = part.rsplit(['：', ':']).next().unwrap_or(part).trim_start();
        let close = end - (written.len() - written.trim_end_matches(is_comma).len());
        wish(body, behind)
            .or_else(|| spread(body, &left[close - body.len()..]))
            .or_else(|| stage(part, behind))
            .or_else(|| served(body))
            .or_else(|| {
                let part = since_head(part);
                let also = ["另外", "此外", "同时", "而且", "并且"];
                let also = also.iter().find_map(|word| part.strip_prefix(word));
                let part = also.filter(|rest| rest.starts_with('为')).unwrap_or(part);
                // From the part to the end of all that stands before the permission.
                let open = &left[close - part.len()..];
                told(part, open)
                    .or_else(|| moments::at_moment(part, behind))
                    .or_else(|| begun(part, behind))
                    .or_else(|| moments::out_of(part))
            })
    })
}

/// A part of a sentence without the head before it; a bracket within what it tells stays:
/// `当您管理书目（如换书架）时`.
pub(super) fn since_head(part: &str) -> &str {
    let part = part.rsplit(['：', ':', '】']).next().unwrap_or(part);
    let part = without_app(part);
    let tells = ["为", "当", "在", "您", "你", "如", "若", "出于", "基于"];
    if starts(part.trim_start(), &tells) {
        part.trim_start()
    } else {
        part.rsplit('）').next().unwrap_or(part)
    }
}

/// A part without the name of the application in which something is used: `Florist App在使用…`.
fn without_app(part: &str) -> &str {
    let name = part.trim_start();
    let name = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == ' ');
    let rest = ["应用", "软件", "平台", "小程序"]
        .iter()
        .find_map(|word| name.strip_prefix(word))
        .unwrap_or(name);
    if rest.len() < part.len() && starts(rest, &["在使用", "在您使用", "在你使用"]) {
        rest
    } else {
        part
    }
}

/// How a part begins that tells an occasion.
const OCCASIONS: [&str; 24] = [
    "当您选择使用",
    "当你选择使用",
    "在您选择使用",
    "在你选择使用",
    "如您选择使用",
    "若您选择使用",
    "如果您选择使用",
    "您选择使用",
    "你选择使用",
    "当你需要使用",
    "您需要使用",
    "你使用",
    "当您使用",
    "当你使用",
    "在您使用",
    "在你使用",
    "您使用",
    "您在使用",
    "如您使用",
    "当您需要使用",
    "当您选择",
    "当您",
    "当你",
    "在您",
];

/// What is done on an occasion that goes on behind a comma: `当您扫描条码，或者导入相片时，`. `open` is all
/// from the begin of its first part on.
fn spread<'a>(part: &str, open: &'a str) -> Option<&'a str> {
    const ELSE: [&str; 11] = [
        "我们",
        "请",
        "无法",
        "如果",
        "若",
        "为了",
        "在您",
        "当您",
        "您需",
        "应用会",
        "不",
    ];
    const PARTS: usize = 4;
    let lead = ["所以", "因此", "但是", "但", "而且", "此外", "另外", "仅"];
    let lead = lead.iter().find(|word| part.starts_with(**word));
    let lead = lead.map_or(0, |word| word.len());
    let head = OCCASIONS
        .iter()
        .find(|word| part[lead..].starts_with(**word))?;
    let closed = |part: &str| {
        let rest = ["时", "的过程中"]
            .iter()
            .find_map(|word| part.strip_suffix(word));
        rest.map(str::len)
    };
    let own = tidy(part);
    if closed(own).is_some() || own.ends_with(['后', '前']) {
        return None;
    }
    let mut end = part.len();
    let parts = open[end..].split_inclusive(['，', ',']);
    // The first piece is the comma behind the part itself.
    for written in parts.take(PARTS) {
        let part = written.trim_end_matches(['，', ',']);
        if written.len() == part.len() || has(part, &ELSE) || part.contains(is_stop) {
            return None;
        }
        if let Some(length) = closed(part) {
            let aim = &open[lead + head.len()..end + length];
            return if is_consent(aim) { None } else { clean(aim) };
        }
        end += written.len();
    }
    None
}

/// The purpose that one part tells; `open` is all from its begin on.
fn told<'a>(part: &'a str, open: &'a str) -> Option<&'a str> {
    if starts(part, &["点“", "点击“", "点按“", "点选“"])
        && let Some(purpose) = occasion(part)
    {
        return Some(purpose);
    }
    if let Some(rest) = part.strip_prefix("为了")
        && is_learning(rest)
    {
        let from = "为".len();
        return clean(&open[from..part.len() + more(&open[part.len()..])]);
    }
    for word in [
        "为了更好地",
        "为了",
        "为更好地",
        "为实现",
        "为确保",
        "为保障",
        "为提供",
        "为向您提供",
        "为帮助您",
        "为方便您",
        "为便于您",
        "为",
    ] {
        if let Some(rest) = part.strip_prefix(word) {
            if rest.starts_with(['此', '您', '了']) && word == "为" && !rest.starts_with("您提供")
            {
                return None;
            }
            // 为实现 and the like are part of what is aimed at, 为了 is not.
            let cut = if word.starts_with("为了") || word == "为" {
                word.len()
            } else {
                "为".len()
            };
            let behind = &open[part.len()..];
            let occasion = starts(part, &["为您", "为你", "为向", "为用户", "为他"]);
            let within = if occasion { 0 } else { passed(part, behind) };
            let end = part.len() + within;
            let aim = &open[cut..end + more(&open[end..])];
            // Without a comma the part goes on to ask.
            let last = part.len() == open.len();
            return clean(if last { until_asked(aim) } else { aim });
        }
    }
    for word in OCCASIONS {
        if let Some(rest) = part.strip_prefix(word)
            && let Some(rest) = rest
                .trim_end()
                .strip_suffix('时')
                .or_else(|| rest.trim_end().strip_suffix("的过程中"))
        {
            let nothing = is_consent(rest) || is_vague(rest);
            return if nothing { None } else { clean(rest) };
        }
    }
    // 如您使用扫码功能，需授权相机权限
    [
        "如您使用",
        "若您使用",
        "如果您使用",
        "如您需要使用",
        "当您使用",
    ]
    .iter()
    .find_map(|word| part.strip_prefix(word))
    .filter(|rest| ends(rest, &["功能"]) && !starts(rest, &["该", "此", "本", "相", "我们"]))
    .and_then(clean)
}

/// What the reader wants to do before he is asked for the permission: `如您需上传头像，我们需获取`.
pub(super) fn wish<'a>(part: &'a str, behind: &str) -> Option<&'a str> {
    const IF: [&str; 9] = [
        "如果您",
        "假如您",
        "如您",
        "若您",
        "当您",
        "如果你",
        "如果",
        "如",
        "若",
    ];
    const WANT: [&str; 14] = [
        "需要使用",
        "想要使用",
        "希望使用",
        "需使用",
        "想使用",
        "要使用",
        "需要",
        "需",
        "想要",
        "想",
        "希望",
        "选择使用",
        "拟使用",
        "拟",
    ];
    // What is no use of a permission but a way to be rid of it or to be told of it.
    const OTHER: [&str; 17] = [
        "撤回", "撤销", "关闭", "取消", "拒绝", "授权", "权限", "同意", "更改", "修改", "变更",
        "管理", "注销", "删除", "了解", "停止", "退出",
    ];
    let rest = IF.iter().find_map(|word| part.strip_prefix(word))?;
    let rest = without_gloss(rest);
    let word = WANT.iter().find(|word| rest.starts_with(**word))?;
    let aim = tidy(&rest[word.len()..]);
    let aim = aim.strip_suffix('时').unwrap_or(aim);
    let aim = ["功能前", "功能之前", "服务前", "服务之前"]
        .iter()
        .find_map(|tail| Some(&aim[..aim.strip_suffix(tail)?.len() + "功能".len()]))
        .unwrap_or(aim);
    let ask = after(behind, 0, 90);
    let asked = has(ask, &["请", "需", "会", "将", "须", "可授权", "可以授权"])
        && !has(ask, &["关闭", "撤回", "取消", "停止"]);
    let aim = ["我们提供的", "我们的"]
        .iter()
        .find_map(|word| aim.strip_prefix(word))
        .filter(|rest| is_particular(rest))
        .unwrap_or(aim);
    let points = starts(
        aim,
        &["该", "此", "本", "上述", "相关", "我们", "帮助", "协助"],
    );
    (asked && !points && !has(aim, &OTHER))
        .then(|| clean(aim))
        .flatten()
}

/// Whether a service of the operator's has a name or a kind of its own: `扫码服务`, not `产品和服务`.
pub(super) fn is_particular(service: &str) -> bool {
    let vague = [
        "服务",
        "产品",
        "平台",
        "网站",
        "应用",
        "软件",
        "功能",
        "APP",
        "App",
        "小程序",
        "客户端",
        "部分",
        "某",
        "特定",
        "其他",
        "以下",
        "下列",
        "全部",
        "各",
        "任何",
        "一些",
        "线上",
    ];
    !starts(service, &vague) && ends(service, &["服务", "功能"])
}

/// The service that a sentence is about: `针对附近的人功能，我们会获取`.
fn served(part: &str) -> Option<&str> {
    let about = without_brackets(part.strip_prefix("针对")?.trim_end());
    let vague = [
        "该", "此", "本", "上述", "前述", "以上", "这", "相关", "不同", "每", "各", "我们", "您",
    ];
    let counts = ends(about, &["服务", "功能"])
        && !starts(about, &vague)
        && is_particular(about)
        && !about.contains("权限");
    counts.then(|| clean(about)).flatten()
}

/// The step in which the permission is asked for: `部分课程会有跟读环节，我们需要`.
fn stage<'a>(part: &'a str, behind: &str) -> Option<&'a str> {
    let head = part.strip_suffix("环节")?;
    let step = ["会有", "涉及", "包含"]
        .iter()
        .find_map(|word| head.rfind(word).map(|at| &head[at + word.len()..]))?;
    has(after(behind, 0, 60), &["需", "会", "将", "请"])
        .then(|| clean(step))
        .flatten()
}
