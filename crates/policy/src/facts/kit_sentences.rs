//! Kits that sentences open with: `某某SDK，收集…，提供…`, and companies that collect by a kit.

use super::columns::Column;
use super::fields::Field;
use super::kit_content::enumeration;
use super::kit_granted::granted;
use super::kit_names::{is_generic, is_kind, is_name, some};
use super::kit_parts as parts;
use super::kit_work::is_work;
use super::passage::Passage;
use super::reach::{after, ends, has, is_filler, is_stop, starts, value};
use super::scan::{Found, Topic};

/// What a sentence says of a kit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'a> {
    pub(super) name: &'a str,
    pub(super) purpose: Option<&'a str>,
    pub(super) data: Option<&'a str>,
    pub(super) line: u32,
}

/// Where the words of a passage begin, behind its numbering, quotes and marks of lists.
pub(super) fn begin(passage: &Passage<'_>) -> usize {
    let body = &passage.text[passage.start..];
    let words = body.trim_start_matches(|c| is_filler(c) || matches!(c, '“' | '"' | '·' | '•'));
    passage.text.len() - words.len()
}

/// A clause that opens with a kit's name: `某某SDK，收集…，提供…`.
pub(super) fn opening<'a>(passage: &Passage<'a>, found: &Found) -> Option<Told<'a>> {
    let start = begin(passage);
    let mut hits = found.of(Topic::Kit).iter();
    let hit = hits.find(|hit| hit.end() > start + 3)?;
    if hit.end() < start || hit.end() - start > 90 {
        return None;
    }
    let system = system(after(passage.text, hit.end(), 30));
    let name = &passage.text[start..hit.end() + system];
    // A quote that closes within the name has opened before it.
    let open = name.contains('”') && !name.contains('“') && passage.text[..start].ends_with('“');
    let start = start - if open { '“'.len_utf8() } else { 0 };
    let name = &passage.text[start..hit.end() + system];
    // `消息推送：甲SDK` says before what it is for.
    let first = name.split_once(['：', ':']);
    let (before, name) = match first {
        Some((work, name)) if is_work(work) => (Some(work), name.trim_start()),
        _ => (None, name),
    };
    // Some lists of data are very long.
    let behind = after(passage.text, hit.end() + system, 3000);
    let rest = behind_bracket(behind.trim_start_matches(['”', '"', '*', ' ', '】']));
    // What goes on otherwise speaks of the kit's makers, its rules or of several kits.
    let opens = !starts(
        rest,
        &[
            "的",
            "等",
            "、",
            "和",
            "及",
            "与",
            "或",
            "以及",
            "/",
            "》",
            "提供方",
            "提供商",
            "服务商",
            "供应商",
            "类",
            "前",
            "后",
            "时",
            "中",
            "未",
            "不",
            "开发",
            "合规",
            "隐私",
            "要求",
            "运营",
            "合作",
        ],
    );
    let wrong = name.contains(['，', '。', '：', '、', '；', ':', '|', '的'])
        || has(name, &["接入", "集成", "嵌入", "内置", "引入"])
        || before.is_some() && is_kind(name)
        || !is_name(name)
        || is_generic(name);
    if !opens
        || wrong
        || behind
            .trim_start_matches(['，', '：', '。', ':'])
            .is_empty()
    {
        return None;
    }
    // 当您使用某功能时 tells when, not what for.
    let tells = rest.trim_start_matches(['，', '：', ':', ',', ' ']);
    let tells = match tells.split_once('，') {
        Some((occasion, tells))
            if starts(occasion, &["当", "在您", "如您", "如果您"])
                && ends(occasion, &["时", "后", "的"]) =>
        {
            tells
        }
        _ => rest,
    };
    let list = rest.strip_prefix(['：', ':']).and_then(granted);
    let (purpose, data) = match list {
        Some(list) => (None, Some(list)),
        None => parts::tells(tells),
    };
    // The bracket behind the name may tell it: `甲SDK（消息推送）：型号、IP地址`.
    let inside = bracket(behind);
    let purpose = purpose
        .or_else(|| inside.filter(|inside| is_work(inside)))
        .or(before);
    let data = data.or_else(|| inside.and_then(enumeration));
    let purpose = purpose.or_else(|| parts::first(tells, data?));
    let told = purpose.is_some() || data.is_some();
    told.then(|| Told {
        name,
        purpose,
        data,
        line: passage.line_at(start),
    })
}

/// What stands in the bracket that a text opens with.
fn bracket(text: &str) -> Option<&str> {
    let inside = text.trim_start().strip_prefix(['（', '('])?;
    Some(inside.split_once(['）', ')'])?.0)
}

/// The text behind the bracket that it opens with.
pub(super) fn behind_bracket(text: &str) -> &str {
    text.strip_prefix(['（', '(']).map_or(text, |inside| {
        inside.find(['）', ')']).map_or(inside, |close| {
            inside[close..].trim_start_matches(['）', ')'])
        })
    })
}

/// Bytes of the bracket that says for which system a kit is: on another one it is another kit.
fn system(text: &str) -> usize {
    const SYSTEMS: [&str; 6] = ["安卓", "Android", "iOS", "IOS", "鸿蒙", "HarmonyOS"];
    let bracket = text.strip_prefix(['（', '(']);
    let inside = bracket.and_then(|inside| inside.split(['）', ')']).next());
    let bytes = |inside: &str| {
        let open = text.chars().next().map_or(0, char::len_utf8);
        let close = text[open + inside.len()..].chars().next();
        open + inside.len() + close.map_or(0, char::len_utf8)
    };
    inside
        .filter(|inside| SYSTEMS.contains(&inside.trim_end_matches(['端', '版'])))
        .map_or(0, bytes)
}

/// A company that collects by a kit of its own, which has no other name: `某某有限公司，…；目的：…；
/// 方式：SDK采集；种类：…`.
pub(super) fn company<'a>(
    passage: &Passage<'a>,
    found: &Found,
    pairs: &[Field<'a>],
) -> Option<Told<'a>> {
    let collects = |field: &Field<'_>| {
        field.name.ends_with("方式")
            && field.column == Column::Other
            && !field.name.contains("联系")
            && (field.value.starts_with("SDK")
                || has(field.value, &["通过SDK", "以SDK", "嵌入SDK"]))
    };
    if !pairs.iter().any(collects) {
        return None;
    }
    let cell = |column: Column| {
        let field = pairs.iter().find(|field| field.column == column)?;
        some(value(field.value.split(is_stop).next()?))
    };
    let (purpose, data) = (cell(Column::Purpose), cell(Column::Data));
    let named = |field: &Field<'_>| matches!(field.column, Column::Kit | Column::Name);
    if pairs.iter().any(named) || purpose.or(data).is_none() {
        return None;
    }
    let start = begin(passage);
    let mut companies = found.of(Topic::Company).iter();
    let first = companies.find(|hit| hit.end() > start)?;
    if first.end() - start > 150 {
        return None;
    }
    let name = &passage.text[start..first.end()];
    let is_name = name.len() > 6 && !name.contains(['，', '。', '；', '：', ':', '、']);
    is_name.then(|| Told {
        name,
        purpose,
        data,
        line: passage.line_at(start),
    })
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::kits_are as case;

    #[test]
    fn kits_are_read_from_the_clauses_that_open_with_them() {
        case(
            "（1）某某推送SDK，需要收集设备标识，提供消息推送功能。\n我们使用SDK，保障安全。",
            &[("某某推送SDK", Some("消息推送功能"), Some("设备标识"), 1)],
        );
        case(
            "某某地图 SDK（提供方：某某公司）用于定位，会收集您的位置信息。",
            &[("某某地图 SDK", Some("定位"), Some("位置信息"), 1)],
        );
        case("第三方SDK，用于推送。", &[]);
    }

    #[test]
    fn a_colon_parts_a_name_from_what_the_kit_does() {
        case(
            "- 甲广告（乙/丙）SDK：用于展示广告；您不同意的，SDK 不会获取您的标识。",
            &[("甲广告（乙/丙）SDK", Some("展示广告"), None, 1)],
        );
        case(
            "甲客服SDK：用于在线咨询；收集信息：聊天记录",
            &[("甲客服SDK", Some("在线咨询"), Some("聊天记录"), 1)],
        );
        case(
            "甲光推送SDK：由甲公司提供，收集设备信息。",
            &[("甲光推送SDK", None, Some("设备信息"), 1)],
        );
        case(
            "“甲光推送”SDK：用于推送通知。",
            &[("“甲光推送”SDK", Some("推送通知"), None, 1)],
        );
        case("SDK：用于推送。", &[]);
        case(
            "第三方SDK：某某推送；使用目的：推送",
            &[("某某推送", Some("推送"), None, 1)],
        );
    }

    #[test]
    fn what_kits_are_is_no_name_of_one() {
        case("SDK：指由他人写成、供人嵌入的程序。", &[]);
        case(
            "9、SDK：Software Development Kit,写程序的工具包，一种能力。",
            &[],
        );
        case("第三方SDK：软件开发工具包。", &[]);
        case("SDK：是指写程序的工具。", &[]);
        case("第三方SDK：由第三方写成的程序。", &[]);
        case(
            "SDK：指北针推送；使用目的：推送",
            &[("指北针推送", Some("推送"), None, 1)],
        );
    }

    #[test]
    fn an_entry_may_tell_first_when_the_kit_collects() {
        case(
            "（2）甲证件SDK：当您提供证件照片时，需要采集您的姓名、证件号（含有效期）和照片并加密传输至后台，用于核对证件。",
            &[(
                "甲证件SDK",
                Some("核对证件"),
                Some("姓名、证件号（含有效期）和照片"),
                1,
            )],
        );
        case(
            "（2）甲盾SDK：我们使用乙公司所写的甲盾SDK，当您提现时，采集您的手机号、型号，用于防范风险。",
            &[("甲盾SDK", Some("防范风险"), Some("手机号、型号"), 1)],
        );
        case(
            "（3）甲证SDK：当您认证时，读取您的姓名、证件号上传至认证中心，用于核对证件。",
            &[("甲证SDK", Some("核对证件"), Some("姓名、证件号"), 1)],
        );
        case("第三方SDK类服务商：我们会对其进行审查。", &[]);
    }

    #[test]
    fn what_an_entry_says_is_known_by_what_it_is() {
        let each = Some("设备标识、IP地址");
        for text in [
            "1. 甲光SDK：可能有设备标识、IP地址，用于消息推送。",
            "1. 甲光SDK（消息推送）：设备标识、IP地址。",
            "1. 甲光SDK（设备标识、IP地址）用于消息推送。",
            "1. 甲光SDK，消息推送，设备标识、IP地址",
            "1. 甲光SDK：用于消息推送;信息类型为设备标识、IP地址;",
            "（1）甲光SDK——设备标识、IP地址——用于消息推送",
            "1. 甲光SDK：设备标识、IP地址，用途为消息推送。",
            "- 消息推送：甲光SDK（设备标识、IP地址）。",
            "1. 甲光SDK由甲公司提供，为您进行消息推送，处理的个人信息有设备标识、IP地址。",
            "1. 使用甲光SDK进行消息推送。该SDK运行时需要设备标识、IP地址。",
            "1. 甲光SDK：通过识别设备标识、IP地址，为您进行消息推送。",
        ] {
            case(text, &[("甲光SDK", Some("消息推送"), each, 1)]);
        }
        case(
            "1. 甲光SDK：用于推送，不强制获取位置信息。",
            &[("甲光SDK", Some("推送"), None, 1)],
        );
        case("1. 甲光SDK的隐私政策、个人信息、联系方式。", &[]);
        case("其他应用可能使用甲光SDK收集位置信息。", &[]);
        case("开发者应在接入甲光SDK前告知设备标识、IP地址。", &[]);
    }

    #[test]
    fn a_kit_of_another_system_is_another_kit() {
        case(
            "（1）甲测速SDK（安卓）：用于测速，收集网络类型。\n（2）甲测速SDK（iOS）：用于测速，收集系统版本。",
            &[
                ("甲测速SDK（安卓）", Some("测速"), Some("网络类型"), 1),
                ("甲测速SDK（iOS）", Some("测速"), Some("系统版本"), 2),
            ],
        );
    }

    #[test]
    fn companies_that_collect_by_a_kit_stand_for_it() {
        case(
            "（2）某某数据（上海）有限公司，联系方式：a@b.example；目的：统计；方式：SDK采集，含脚本；种类：【敏感】设备编号、点击；后果：无。",
            &[(
                "某某数据（上海）有限公司",
                Some("统计"),
                Some("【敏感】设备编号、点击"),
                1,
            )],
        );
        case(
            "某某速运（上海）有限公司，电话另告；目的：送货；方式：加密接口；种类：地址。",
            &[],
        );
    }
}
