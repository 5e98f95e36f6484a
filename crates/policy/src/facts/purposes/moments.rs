//! What a permission is for, told by the moment in which it is asked for: `您扫码时我们会申请`,
//! `在扫码场景中`, `扫码时需要`.

use super::ahead::{is_particular, since_head};
use super::{clean, is_consent, is_vague};
use crate::facts::reach::{after, has, is_comma, last_part, starts, tidy};

/// The purpose right before what it takes: `拍照用到相机`.
pub(super) fn taken(left: &str) -> Option<&str> {
    let part = last_part(left, is_comma);
    let part = ["需要用到", "会用到", "要用到", "将用到", "用到"]
        .iter()
        .find_map(|word| part.strip_suffix(word))?;
    let part = tidy(since_head(part));
    occasion(part).or_else(|| clean(part))
}

/// The moment that is told in the same part: `您使用扫码功能时我们会申请相机`.
pub(super) fn moment(left: &str) -> Option<&str> {
    const THEN: [&str; 14] = [
        "时我们",
        "时我方",
        "时应用",
        "时需",
        "时会",
        "时将",
        "时请",
        "时可能",
        "时申请",
        "时获取",
        "时调用",
        "时访问",
        "时读取",
        "时才",
    ];
    let whole = last_part(left, is_comma);
    let part = since_head(whole).trim_start();
    if let Some(aim) = used(part) {
        return Some(aim);
    }
    let part = ["例如", "比如", "如", "仅"]
        .iter()
        .find_map(|word| part.strip_prefix(word))
        .unwrap_or(part);
    let opens = ["当您", "当你", "在您", "在你", "您", "你"];
    let part = if starts(part, &opens) {
        part
    } else if starts(part, &["我们", "我方", "应用"]) {
        // 我们仅在您扫码时申请
        let glance = after(part, 0, 45);
        let inner = ["仅在您", "在您", "当您"];
        let at = inner.iter().find_map(|word| glance.find(word));
        let Some(at) = at else { return during(part) };
        &part[at..]
    } else {
        return needed(whole.rsplit(['：', ':', '】']).next().unwrap_or(whole));
    };
    let at = THEN.iter().filter_map(|word| part.find(word)).min()?;
    occasion(&part[..at + "时".len()])
}

/// What is used when the permission is needed for it: `在使用扫码功能时会使用到您的`.
pub(super) fn used(part: &str) -> Option<&str> {
    const NEEDS: [&str; 4] = ["会", "要", "将", "需"];
    const TAKES: [&str; 5] = ["使用到", "用到", "访问", "调用", "使用您"];
    const OPENS: [&str; 3] = ["在使用", "在您使用", "在你使用"];
    if !starts(part, &OPENS) {
        return None;
    }
    let mut ends = part.match_indices('时').map(|(at, _)| at + "时".len());
    let end = ends.find(|end| {
        let rest = &part[*end..];
        let rest = NEEDS.iter().find_map(|word| rest.strip_prefix(word));
        rest.is_some_and(|rest| starts(rest.trim_start_matches('要'), &TAKES))
    })?;
    occasion(&part[..end])
}

/// The named service that is used right after the permission is asked for: `在使用扫码功能前`.
fn before_use(part: &str) -> Option<&str> {
    let rest = ["之前", "以前", "前"]
        .iter()
        .find_map(|word| tidy(part).strip_suffix(word))?;
    let rest = [
        "在您选择使用",
        "在您使用",
        "在你使用",
        "在使用",
        "您在使用",
        "您使用",
    ]
    .iter()
    .find_map(|word| rest.strip_prefix(word))?;
    let whole = starts(rest, &["该", "此", "本", "上述", "相关", "相应", "我们"]);
    (!whole && is_particular(rest))
        .then(|| clean(rest))
        .flatten()
}

/// When the operator asks: `我们在整理书目的场景下会调用`.
fn during(part: &str) -> Option<&str> {
    const ENDS: [&str; 4] = ["场景下", "场景中", "过程中", "期间"];
    let open = after(part, 0, 45).find('在')?;
    let part = &part[open..];
    let end = ENDS
        .iter()
        .find_map(|end| Some(part.find(end)? + end.len()))?;
    at_moment(&part[..end], &part[end..])
}

/// What the part says to need the permission: `整理书目时需要获取您的`, `使用扫码功能需要开启`,
/// `书目功能依赖`.
fn needed(part: &str) -> Option<&str> {
    const NEEDS: [&str; 4] = ["需要", "需", "依赖", "会用到"];
    const ASKS: [&str; 23] = [
        "获取",
        "申请",
        "请求",
        "开启",
        "打开",
        "授权",
        "允许",
        "访问",
        "使用",
        "调用",
        "读取",
        "用到",
        "我们",
        "我方",
        "您的",
        "您",
        "手机",
        "设备",
        "系统",
        "的",
        "“",
        "会",
        "权限：",
    ];
    const VAGUE: [&str; 18] = [
        "其中", "部分", "某些", "该", "此", "这", "上述", "相关", "以上", "有些", "其他", "一些",
        "以下", "特定", "本", "各", "我们", "我方",
    ];
    let (at, word) = NEEDS
        .iter()
        .filter_map(|word| part.find(word).map(|at| (at, word)))
        .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))?;
    let mut rest = &part[at + word.len()..];
    while let Some(cut) = ASKS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = cut;
    }
    let head = part[..at].trim_end_matches(['则', '会', '均', '都', '还', '将']);
    let used = ["使用", "进行", "在"]
        .iter()
        .find_map(|word| head.strip_prefix(word));
    let done = head.strip_suffix('时');
    let aim = match (used, done) {
        (_, Some(done)) => used.map_or(done, |used| used.strip_suffix('时').unwrap_or(used)),
        (Some(used), None) => used,
        _ => Some(head).filter(|head| is_done(head))?,
    };
    // Another permission may stand between: 需要相机、
    let row = rest.is_empty() || rest.ends_with(['、', '/', '和', '及', '或', '与']);
    let plain = row
        && aim.len() >= 6
        && !starts(aim, &VAGUE)
        && !has(aim, &["我们", "不", "您", "同意", "授权"])
        && !is_vague(aim);
    plain.then(|| clean(aim)).flatten()
}

/// Whether what needs a permission is something done, and not who or what does it.
fn is_done(head: &str) -> bool {
    const OTHER: [&str; 28] = [
        "系统", "机型", "版本", "设备", "手机", "用户", "应用", "软件", "平台", "产品", "程序",
        "App", "APP", "SDK", "公司", "商", "者", "可能", "权限", "才", "只", "还", "因", "所以",
        "但", "同时", "另", "此外",
    ];
    head.ends_with("功能")
        || !has(head, &OTHER) && !starts(head, &["如", "若", "为", "在", "当", "也"])
}

/// What a part of a sentence is for that says when: `您扫码时`, `点“扫一扫”时询问`.
pub(in crate::facts) fn occasion(part: &str) -> Option<&str> {
    let part = tidy(part);
    let part = [
        "时询问",
        "时申请",
        "时请求",
        "时调用",
        "时使用",
        "时开启",
        "时授权",
        "时",
        "的过程中",
    ]
    .iter()
    .find_map(|word| part.strip_suffix(word))?;
    if is_consent(part) {
        return None;
    }
    let part = [
        "仅在您",
        "当您",
        "当你",
        "在您",
        "在你",
        "如您",
        "若您",
        "您在",
        "你在",
        "您",
        "你",
        "仅在",
        "在",
    ]
    .iter()
    .find_map(|word| part.strip_prefix(word))
    .unwrap_or(part);
    let part = [
        "在使用",
        "首次使用",
        "初次使用",
        "第一次使用",
        "首次",
        "需要使用",
        "选择使用",
        "使用",
        "通过",
        "点击",
        "点按",
        "点选",
        "点",
        "在使用",
        "需要",
        "选择",
    ]
    .iter()
    .find_map(|word| part.strip_prefix(word))
    .unwrap_or(part);
    if is_vague(part) { None } else { clean(part) }
}

/// What the reader does, or what is done, when the permission is asked for behind the comma:
/// `您上传封面时，我们会申请`, `在整理书目时，您的相机将会被调用`, `在拍照场景中，`.
pub(super) fn at_moment<'a>(part: &'a str, behind: &str) -> Option<&'a str> {
    const ENDS: [&str; 11] = [
        "的期间",
        "期间",
        "时",
        "的过程中",
        "过程中",
        "的场景下",
        "的场景中",
        "场景下",
        "场景中",
        "的场景",
        "场景",
    ];
    // On these occasions nothing is asked for.
    const OTHER: [&str; 15] = [
        "拒绝", "关闭", "撤回", "撤销", "取消", "注销", "删除", "不", "未", "停止", "退出", "卸载",
        "同意", "授权", "首次",
    ];
    const TAKES: [&str; 3] = ["要访问", "要使用到", "要用到"];
    const VAGUE: [&str; 10] = [
        "必要", "需要", "适当", "合适", "特定", "此", "某些", "以下", "具体", "相应",
    ];
    let rest = ["仅在", "在", "您", "你"]
        .iter()
        .find_map(|word| part.strip_prefix(word))?;
    let ask = after(behind, 0, 90);
    if let Some(aim) = before_use(part) {
        let asks = has(ask, &["需要", "需", "请", "会", "将"]);
        let asks = asks && has(ask, &["开启", "打开", "授权", "申请", "请求", "允许"]);
        return Some(aim).filter(|_| asks);
    }
    let rest = ENDS.iter().find_map(|end| tidy(rest).strip_suffix(end))?;
    let rest = ["您在", "你在", "您", "你", "在"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    // The first use of a function is one, the first of all is not.
    let first = ["首次使用时", "首次使用"];
    let first = first.iter().find_map(|word| rest.strip_prefix(word));
    let rest = first.filter(|rest| rest.contains("功能")).unwrap_or(rest);
    let rest = ["主动使用", "主动", "使用", "进行"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    // 在需要时 says nothing, 在需要导航时 does.
    let needs = rest
        .strip_prefix("需要")
        .filter(|rest| rest.len() > "使用".len());
    let rest = needs.unwrap_or(rest);
    let asked = (has(ask, &["我们", "我方", "需", "会", "将", "请"]) || starts(ask, &TAKES))
        && !has(ask, &["关闭", "撤回", "不"]);
    let nothing = is_consent(rest) || is_vague(rest) || starts(rest, &VAGUE) || has(rest, &OTHER);
    (asked && !nothing).then(|| clean(rest)).flatten()
}

/// The purpose that a part says to be one behind it: `出于核对身份的目的`, `基于核对身份的需要`.
pub(super) fn out_of(part: &str) -> Option<&str> {
    let rest = ["出于", "基于"]
        .iter()
        .find_map(|word| part.strip_prefix(word))?;
    let rest = [
        "之目的",
        "的目的",
        "目的",
        "的需要",
        "需要",
        "的需求",
        "需求",
        "的考虑",
        "考虑",
    ]
    .iter()
    .find_map(|end| tidy(rest).strip_suffix(end))?;
    (!starts(rest, &["以上", "上述", "以下", "此", "该"]))
        .then(|| clean(rest))
        .flatten()
}
