//! The parts that every privacy policy has, by the words of their headings.

/// What headings of parts are made of.
const WORDS: [&str; 78] = [
    "我们",
    "本公司",
    "公司",
    "您的",
    "您",
    "用户",
    "如何",
    "怎样",
    "会",
    "将",
    "对外",
    "对",
    "个人",
    "敏感",
    "信息",
    "资料",
    "数据",
    "隐私权",
    "隐私",
    "收集",
    "获取",
    "使用",
    "处理",
    "利用",
    "共享",
    "转让",
    "公开",
    "披露",
    "委托",
    "提供",
    "存储",
    "保存",
    "储存",
    "保护",
    "安全",
    "管理",
    "访问",
    "控制",
    "权利",
    "权益",
    "行使",
    "未成年人",
    "未成年",
    "儿童",
    "cookies",
    "cookie",
    "同类",
    "类似",
    "相关",
    "技术",
    "及其",
    "以及",
    "及",
    "和",
    "与",
    "或",
    "的",
    "、",
    "/",
    "更新",
    "修订",
    "变更",
    "调整",
    "修改",
    "变动",
    "通知",
    "本",
    "政策",
    "声明",
    "协议",
    "条款",
    "策略",
    "指引",
    "联系",
    "方式",
    "第三方",
    "等",
    " ",
];

/// What a policy says that it does with information.
const DEEDS: [&str; 12] = [
    "收集",
    "使用",
    "共享",
    "转让",
    "公开披露",
    "委托",
    "提供",
    "存储",
    "保存",
    "储存",
    "保护",
    "管理",
];

/// Whether words open what stands behind all parts.
pub(super) fn is_annex(words: &str) -> bool {
    ["附录", "附件", "附则", "附：", "附:", "结语"]
        .iter()
        .any(|word| words.starts_with(word))
}

/// Whether words name a part of a policy, and nothing besides.
pub(super) fn is_part(words: &str) -> bool {
    let words = words.trim_end_matches(['？', '?']).to_lowercase();
    let any = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if is_annex(&words) {
        return true;
    }
    if matches!(
        words.as_str(),
        "其他" | "其它" | "定义" | "适用范围" | "联系" | "联系我们" | "联系方式"
    ) {
        return true;
    }
    let mut rest = words.as_str();
    while !rest.is_empty() {
        let Some(left) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) else {
            return false;
        };
        rest = left;
    }
    let object = any(&["信息", "隐私", "资料", "数据", "cookie"]);
    let asks = any(&["如何", "怎样"]);
    let changes = any(&["更新", "修订", "变更", "调整", "修改", "变动"]);
    let policy = any(&["政策", "声明", "协议", "条款", "策略", "指引"]);
    any(&["未成年", "儿童"])
        || words.contains("权利") && any(&["您", "用户", "信息"])
        || asks && any(&["联系我们"])
        || object && (asks || any(&DEEDS))
        || policy && changes
}

/// Whether a part is told in a wider one: 信息的转让 in 信息的共享、转让. What asks 如何 is a part anew.
pub(super) fn is_within(words: &str, wider: &str) -> bool {
    let deeds = |text: &str| DEEDS.iter().filter(|deed| text.contains(**deed)).count();
    let all = DEEDS
        .iter()
        .filter(|deed| words.contains(**deed))
        .all(|deed| wider.contains(*deed));
    !words.contains("如何") && deeds(words) > 0 && deeds(words) < deeds(wider) && all
}

/// Whether two names begin or end with the same two characters, which say more than 我们.
pub(super) fn alike(a: &str, b: &str) -> bool {
    const COMMON: [&str; 6] = ["我们", "您的", "个人", "信息", "如何", "其他"];
    let first = |text: &str| text.chars().take(2).collect::<String>();
    let last = |text: &str| text.chars().rev().take(2).collect::<Vec<_>>();
    let backwards = |text: &str| COMMON.iter().any(|word| text.ends_with(word));
    first(a) == first(b) && !COMMON.contains(&first(a).as_str())
        || last(a) == last(b) && !backwards(a)
}
