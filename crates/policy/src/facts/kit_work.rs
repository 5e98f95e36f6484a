//! What a kit's entry says that the kit does, where no word for an aim leads to it.

use super::kit_content::{is_member, parts};
use super::reach::{ends, has, starts, tidy};

/// What a kit does, where the words behind its name say it with no word for an aim: `为您推送消息`,
/// `帮助分析崩溃`, `消息推送`.
pub(super) fn work(text: &str) -> Option<&str> {
    let sentence = text.split('。').next().unwrap_or(text);
    parts(sentence).find_map(|(begin, end)| work_of(&sentence[begin..end]))
}

/// The work that one part of a sentence says.
fn work_of(part: &str) -> Option<&str> {
    const HELPS: [&str; 12] = [
        "主要", "能够", "可以", "可", "能", "会", "将", "是", "在", "来", "该SDK", "此SDK",
    ];
    const FOR: [&str; 11] = [
        "为您",
        "为你",
        "为用户",
        "为我们",
        "为本应用",
        "为APP",
        "为App",
        "向您",
        "向用户",
        "给您",
        "帮您",
    ];
    const VERBS: [&str; 12] = [
        "提供的",
        "提供",
        "实现",
        "进行",
        "完成",
        "支持",
        "协助",
        "帮助我们",
        "帮助您",
        "帮助",
        "方便您",
        "方便",
    ];
    let mut rest = tidy(part);
    while let Some(next) = HELPS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = next;
    }
    let yours = FOR.iter().find_map(|word| rest.split_once(word));
    // 认为您的 says no aim.
    let yours = yours.filter(|(left, _)| !left.ends_with(['认', '因', '作', '成', '称', '视']));
    let yours = yours.map(|(_, does)| does);
    let bare = yours.unwrap_or(rest);
    let does = VERBS.iter().find_map(|word| bare.strip_prefix(word));
    let what = tidy(does.unwrap_or(bare));
    let long = (2..=40).contains(&what.chars().count());
    if !long
        || has(part, &["不", "隐私", "政策", "未经", "详见", "http"])
        || starts(what, &["商", "方", "者", "给"])
    {
        return None;
    }
    let with = rest.starts_with('对') && rest.contains("进行");
    (with || (yours.is_some() || does.is_some()) && !is_member(what) || is_work(what))
        .then_some(what)
}

/// Whether a bare noun phrase names what kits do: 消息推送, 崩溃分析.
pub(super) fn is_work(what: &str) -> bool {
    const WORK: [&str; 43] = [
        "测试", "推送", "统计", "分析", "登录", "登陆", "支付", "分享", "定位", "导航", "地图",
        "广告", "客服", "直播", "通话", "识别", "认证", "验证", "核验", "检测", "监测", "监控",
        "风控", "作弊", "存储", "播放", "上报", "加固", "服务", "功能", "下载", "更新", "展示",
        "优化", "投放", "归因", "扫码", "聊天", "通讯", "翻译", "合成", "修复", "加速",
    ];
    let short = (4..=14).contains(&what.chars().count());
    short
        && ends(what, &WORK)
        && !has(
            what,
            &[
                "我们",
                "您",
                "第三方",
                "由",
                "SDK",
                "的",
                "如",
                "当",
                "使用",
                "用于",
                "用来",
            ],
        )
}

#[cfg(test)]
mod tests {
    use super::work;
    use crate::facts::kit_content::enumeration;

    #[track_caller]
    fn case(text: &str, data: Option<&str>, aim: Option<&str>) {
        assert_eq!((enumeration(text), work(text)), (data, aim), "{text}");
    }

    #[test]
    fn work_is_what_a_kit_is_for() {
        case("，为您推送消息，", None, Some("推送消息"));
        case(
            "：消息推送；设备标识、IP地址",
            Some("设备标识、IP地址"),
            Some("消息推送"),
        );
        case("，帮助我们分析崩溃", None, Some("分析崩溃"));
        case("提供的定位服务", None, Some("定位服务"));
        case("，对使用情况进行分析", None, Some("对使用情况进行分析"));
        case("的隐私政策", None, None);
        case("提供商为某某公司", None, None);
    }
}
