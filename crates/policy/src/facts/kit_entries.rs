//! Kits that are named before a colon or on a line of their own, where the text behind or below
//! speaks of them: `甲推送：该SDK用于…`.

use super::columns::{self, Column};
use super::kit_content::enumeration;
use super::kit_names::{is_generic, is_kind, is_name, names_sdk, some};
use super::kit_parts::{COLLECTS, tells as told};
use super::kit_sentences::{Told, begin};
use super::kit_stated::stated;
use super::kit_work::is_work;
use super::lists::last_name;
use super::passage::Passage;
use super::reach::{after, before, ends, has, starts, tidy, value};
use crate::text::Glance;

/// Most bytes of a kit's name.
const LONGEST: usize = 90;

/// A kit named before a colon, of which the text behind it speaks: `“甲推送”：该SDK由…提供，用于…`, and
/// in a section on kits `甲推送：用于…，收集…`, and there or behind another (`among`)
/// `甲推送：由…提供，用于…，收集…`.
pub(super) fn entry<'a>(passage: &Passage<'a>, among: bool) -> Option<Told<'a>> {
    let start = begin(passage);
    let body = &passage.text[start..];
    // The name is short, and few passages go on as an entry does.
    let colon = after(body, 0, LONGEST + 6).find(['：', ':'])?;
    let (head, rest) = after(body, 0, 900).split_at(colon);
    let rest = rest.trim_start_matches(['：', ':']).trim_start();
    let about = ["该SDK", "此SDK", "本SDK"]
        .iter()
        .find_map(|word| rest.strip_prefix(word));
    let offered = rest.starts_with('由') && after(rest, 0, 150).contains("提供，");
    let open = among || passage.under.sharing;
    let aims = ["用于", "用来", "用以", "主要用于", "提供", "为您提供"];
    let like = || among && starts(rest, &aims) && stated(&Glance::at(rest)).is_some();
    if about.is_none() && !(open && offered || passage.under.kits) && !like() {
        return None;
    }
    // Who offers it is no part of the name.
    let maker = |(_, inside): &(&str, &str)| ends(inside, &["公司）", "公司)"]);
    let bare = head.split_once(['（', '(']).filter(maker);
    let name = tidy(bare.map_or(head, |(bare, _)| bare));
    // `短信服务：由甲公司提供，…`: who offers it has the name, where the head says what it is for.
    let work = Some(name).filter(|name| offered && is_kind(name));
    let name = work.and_then(|_| provider(rest)).unwrap_or(name);
    if head.len() > LONGEST || !is_title(name) {
        return None;
    }
    let tells = about.unwrap_or(rest);
    let (purpose, data) = told(tells);
    let purpose = purpose.or(work);
    let data = match listed(tells) {
        Some("") | None => data,
        Some(list) => some(list),
    };
    let all = purpose.is_some() && (data.is_some() || listed(tells).is_some());
    let enough = all || offered && data.is_some() || about.is_some();
    (enough && (purpose.is_some() || data.is_some())).then(|| Told {
        name,
        purpose,
        data,
        line: passage.line_at(start),
    })
}

/// Who a text says offers what it is about.
fn provider(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('由')?.split_once("提供，")?;
    let name = tidy(name);
    (!has(name, &["我们", "第三方", "的", "，", "、"])).then_some(name)
}

/// What a kit collects, behind a colon: `需要收集的信息包括：…`; empty if lines below tell it.
fn listed(tells: &str) -> Option<&str> {
    let collects = COLLECTS.iter().filter_map(|verb| tells.rfind(verb)).max()?;
    let (what, list) = tells[collects..].split_once(['：', ':'])?;
    let lists = ends(what, &["包括", "包含", "如下", "为"]) && !what.contains(['，', '。']);
    lists.then(|| value(list.split('。').next().unwrap_or(list)))
}

/// Whether the lines below an entry tell what the kit collects.
pub(super) fn leads(text: &str) -> bool {
    let tail = before(text, text.len(), 150);
    listed(tail.trim_end()) == Some("")
}

/// What a line tells of one system: `Android版：设备标识、…`
pub(super) fn of_system<'a>(passage: &Passage<'a>) -> Option<&'a str> {
    const SYSTEMS: [&str; 6] = ["android", "ios", "安卓", "苹果", "鸿蒙", "harmonyos"];
    let body = &passage.text[begin(passage)..];
    let (system, data) = after(body, 0, 900).split_once(['：', ':'])?;
    let short = system.chars().count() <= 12;
    if !short || !starts(&system.to_lowercase(), &SYSTEMS) || some(value(data)).is_none() {
        return None;
    }
    let data = ["官方隐私", "隐私政策", "官网"]
        .iter()
        .filter_map(|word| body.find(word))
        .min();
    Some(value(after(body, 0, data.unwrap_or(900))))
}

/// What the passage says of the kit that the line above it names: `（1）甲统计` above `用于统计。`, and
/// `甲推送SDK` above what speaks of `该SDK` or is work or data as a whole.
pub(super) fn below<'a>(
    passage: &Passage<'a>,
    title: &str,
) -> Option<(Option<&'a str>, Option<&'a str>)> {
    const IT: [&str; 5] = ["该SDK", "此SDK", "本SDK", "其", "该第三方"];
    let body = after(passage.text, begin(passage), 900);
    let aims = starts(body, &["用于", "用来"]) && passage.under.kits;
    let speaks =
        || has(after(body, 0, 150), &IT) || is_data(passage).is_some() || is_work(tidy(body));
    let named = aims || names_sdk(title) && speaks();
    if !named || !is_title(title) {
        return None;
    }
    let (purpose, data) = told(body);
    (purpose.is_some() || data.is_some()).then_some((purpose, data))
}

/// The data that a passage is and nothing else.
pub(super) fn is_data<'a>(passage: &Passage<'a>) -> Option<&'a str> {
    let body = value(&passage.text[begin(passage)..]);
    if body.len() > 600 || !body.contains('、') || body.contains('。') || body.contains('：') {
        return None;
    }
    enumeration(body).filter(|data| data.len() == body.len())
}

/// Whether a name that does not call itself a kit can be one's: neither a column nor a kind.
fn is_title(name: &str) -> bool {
    let column = columns::of_field(name) != Column::Other;
    (2..=30).contains(&name.chars().count())
        && (names_sdk(name) || !column && !has(name, &["权限", "IMEI", "MAC", "标识", "地址"]))
        && !name.contains(['，', '。', '；', '、', '？'])
        && last_name(name).is_none()
        && is_name(name)
        && !is_generic(name)
        && !is_kind(name)
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::kits_are as case;

    #[test]
    fn what_stands_behind_a_colon_speaks_of_the_kit() {
        case(
            "1. “甲光推送”：该SDK由“某某甲科技有限公司”提供，用于推送通知，收集设备信息。",
            &[("甲光推送", Some("推送通知"), Some("设备信息"), 1)],
        );
        case(
            "“甲图定位SDK”：该SDK由“某某甲软件有限公司”提供，用于查找周边的服务。需要收集和使用手机型号。",
            &[("甲图定位SDK", Some("查找周边的服务"), Some("手机型号"), 1)],
        );
        case(
            "#第三方SDK\n1. 甲为推送：用于接收消息，收集设备信息。",
            &[("甲为推送", Some("接收消息"), Some("设备信息"), 2)],
        );
        // What follows such an entry is one too.
        case(
            "（1）“甲光”：该SDK由“甲公司”提供，用于推送，收集型号。\n（2）“乙牛”：由“乙公司”提供，用于存储。需要收集或使用的型号包括：\n（3）“乙方”是乙公司。",
            &[
                ("甲光", Some("推送"), Some("型号"), 1),
                ("乙牛", Some("存储"), Some("型号"), 2),
            ],
        );
        // Lines below may tell what it collects, and a list behind a colon does.
        case(
            "（1）“甲光”：该SDK由“甲公司”提供，用于在甲设备上，通过系统接收消息。需要收集和使用信息包括：\nios版：标识、型号\nAndroid版：地址、型号 官方隐私政策：https://a.example\n（2）“乙牛”：由“乙公司”提供，用于存储。需要收集的信息包括：暂无\n（3）“丙格”：由“丙公司”提供，用于统计。需要收集的信息包括：型号（甲、乙）、地址。",
            &[
                (
                    "甲光",
                    Some("在甲设备上，通过系统接收消息"),
                    Some("ios版：标识、型号；Android版：地址、型号"),
                    1,
                ),
                ("乙牛", Some("存储"), None, 4),
                ("丙格", Some("统计"), Some("型号（甲、乙）、地址"), 5),
            ],
        );
        case(
            "“甲图SDK”：该SDK由“甲公司”提供，用于定位。需要收集和使用信息包括：\nAndroid版：地址、型号。",
            &[("甲图SDK", Some("定位"), Some("Android版：地址、型号"), 1)],
        );
        case(
            "“甲光认证”：该SDK由“甲公司”提供，为APP赋予号码认证的能力。需要收集的信息包括：型号。",
            &[("甲光认证", Some("号码认证的能力"), Some("型号"), 1)],
        );
        case("“乙牛”：由“乙公司”提供，用于存储，收集型号。", &[]);
        case("#第三方SDK\n1. 设备信息：用于统计，收集标识。", &[]);
        case("1. 甲为推送：用于接收消息，收集设备信息。", &[]);
        case("#第三方SDK\n1. 相机：用于扫码，收集图像。", &[]);
        case("说明：该SDK收集信息的规则如下。", &[]);
    }

    #[test]
    fn who_offers_a_service_has_the_name() {
        case(
            "#第三方服务\n1. 短信验证服务：由甲云短信提供，仅传输手机号码用于发出提醒。\n2. 崩溃监测服务：由 Yi 提供，仅采集崩溃日志。\n3. 图片识别服务：由丙科技提供，会上传您拍摄的照片用于识别植物。",
            &[
                ("甲云短信", Some("发出提醒"), Some("手机号码"), 2),
                ("Yi", Some("崩溃监测服务"), Some("崩溃日志"), 3),
                ("丙科技", Some("识别植物"), Some("照片"), 4),
            ],
        );
        case(
            "#第三方服务\n1. 推送服务：由我们和第三方提供，收集型号。",
            &[],
        );
    }

    #[test]
    fn a_line_names_the_kit_of_the_line_below() {
        case(
            "#集成的第三方SDK\n（1）甲狐账号同步\n用于接入甲狐账号同步服务。",
            &[("甲狐账号同步", Some("接入甲狐账号同步服务"), None, 2)],
        );
        case("#集成的第三方SDK\n（1）消息推送\n用于推送消息。", &[]);
        case("（1）甲狐账号同步\n用于接入甲狐账号同步服务。", &[]);
        case(
            "#集成的第三方SDK\n（1）甲光SDK\n为实现消息推送，该SDK会使用型号、IP地址。\n（2）乙图SDK\n用于定位。\n位置、IP地址。",
            &[
                ("甲光SDK", Some("消息推送"), Some("型号、IP地址"), 2),
                ("乙图SDK", Some("定位"), Some("位置、IP地址"), 4),
            ],
        );
    }

    #[test]
    fn a_service_that_a_company_offers_is_one_without_the_word() {
        case(
            "#第三方服务\n1. 甲讯灯塔服务：由甲公司提供，收集型号、IP地址。",
            &[("甲讯灯塔服务", None, Some("型号、IP地址"), 2)],
        );
        case(
            "#第三方SDK\n1. 甲Q授权登录（甲公司）：通过收集昵称、头像实现快捷登录。",
            &[("甲Q授权登录", Some("快捷登录"), Some("昵称、头像"), 2)],
        );
        case(
            "#第三方SDK\n1. 退出方式：您可以关闭，我们会删除型号、位置。",
            &[],
        );
        case("#第三方服务\n1. 物流公司：用于配送，收集姓名、地址。", &[]);
    }
}
