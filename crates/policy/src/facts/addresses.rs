//! Postal addresses: what follows `地址：`, or a line that is one.

use super::contacts::{is_datum, label};
use super::passage::Passage;
use super::reach::{after, before, ends, has, is_filler, starts};
use crate::numerals;
use crate::text::is_blank;

/// What ends an address inside a line: the label of something else.
const NEXT: [&str; 23] = [
    "邮编",
    "邮政编码",
    "联系",
    "电话",
    "客服",
    "邮箱",
    "收件人",
    "热线",
    "电子邮",
    "Email",
    "E-mail",
    "email",
    "邮件",
    "联络",
    "法定代表人",
    "统一社会",
    "以下称",
    "以下简称",
    "以下统称",
    "下称",
    "下亦",
    "下同",
    "简称",
];

/// The address behind a label that stands from `start` to `end`, as bytes of the text.
pub(super) fn labelled(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    if text[start..end].starts_with("位于") {
        return of_company(text, end);
    }
    let name = before(text, start, 18);
    let name = name
        .rsplit(['，', '。', '；', '：', ':', ' ', '（', '(', '、', '\t', ','])
        .next()
        .unwrap_or(name);
    // 常用 speaks of the reader's own places, but not where one works.
    if is_datum(name.trim_end_matches("常用办公")) {
        return None;
    }
    let right = after(text, end, 300);
    let colon = right
        .trim_start_matches(|c| is_filler(c) || matches!(c, '）' | ')' | '地'))
        .trim_start_matches(is_filler);
    let direct = starts(&text[start..end], &["寄", "总部位于"]);
    let value = [
        "：", ":", "为：", "为:", "是：", "为", "是", "位于", "在", "|",
    ]
    .iter()
    .find_map(|mark| colon.strip_prefix(mark))
    .or(direct.then_some(colon))?;
    let value = value.trim_start_matches(|c| is_filler(c) || matches!(c, '“' | '"' | '：' | ':'));
    // 寄至以下地址：…: the nearer label gives it.
    if direct
        && after(value, 0, 45)
            .split(['：', ':'])
            .next()
            .is_some_and(|led| led.ends_with("地址"))
    {
        return None;
    }
    let from = end + right.len() - value.len();
    let length = length(value);
    is_place(&value[..length]).then_some((from, from + length))
}

/// The place of a company that is named behind it: `位于某市某路1号的某某公司`.
fn of_company(text: &str, from: usize) -> Option<(usize, usize)> {
    let (place, name) = after(text, from, 240).split_once('的')?;
    let digits = place.bytes().any(|byte| byte.is_ascii_digit());
    let whole = digits && name.contains("公司") && length(place) == place.len();
    (whole && is_place(place)).then_some((from, from + place.len()))
}

/// A passage that is an address as a whole: below its label, or a short line of its own with
/// digits.
pub(super) fn alone(passage: &Passage<'_>, digits: bool) -> Option<(usize, usize)> {
    let text = passage.text;
    if text.len() > 300 {
        return None;
    }
    let below = is_below(passage.previous);
    let plain = digits
        && text.len() <= 180
        && !text.ends_with(['。', '；', '：'])
        && is_numbered(text)
        && !text.contains(['。', '；', '：'])
        && !has(
            text,
            &["您", "你", "我们", "地址", "住所", "总部", "、", "寄"],
        )
        && !speaks_of_data(text)
        // 京ICP备…号, 京网文…号: licences, numbered by regions.
        && !has(text, &["ICP", "备案", "网安备", "网文(", "网文（", "许可证"])
        && !starts(text, &["我", "如", "在", "当", "根据"]);
    if !below && !plain {
        return None;
    }
    let end = if below { length(text) } else { text.len() };
    let start = passage.start.min(end);
    let start = start + text[start..end].len() - text[start..end].trim_start().len();
    is_place(&text[start..end]).then_some((start, end))
}

/// Whether the passage before is the label of an address.
fn is_below(previous: &str) -> bool {
    const LABELS: [&str; 3] = ["地址", "住所", "住所地"];
    // Most passages end otherwise.
    let mark = |c: char| is_filler(c) || matches!(c, '：' | ':');
    let last = |c: char| matches!(c, '址' | '所' | '地') || mark(c);
    if !previous.ends_with(last) || !previous.trim_end_matches(mark).ends_with(last) {
        return false;
    }
    // 请发送至某邮箱，或邮寄至下列地址：
    let lead = previous.trim_end_matches(is_filler);
    let told = lead.strip_suffix(['：', ':']).filter(|lead| {
        let part = before(lead, lead.len(), 45);
        ends(part, &LABELS) && has(part, &["寄", "以下地址", "下列地址", "如下地址"])
    });
    let part = told.and_then(|told| told.rsplit(['，', '；', '。', '）', ')', '或']).next());
    let told = part.is_some_and(|part| !is_datum(part));
    told || label(previous, &LABELS) && !is_datum(previous)
}

/// Bytes of the address at the start of `value`.
fn length(value: &str) -> usize {
    let mut depth = 0;
    let mut end = value.len();
    let mut blanks = 0;
    for (at, c) in value.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => {
                end = at;
                break;
            }
            '）' | ')' => depth -= 1,
            '。' | '；' | ';' | '\t' | '|' | '”' | '"' | '*' | '<' => {
                end = at;
                break;
            }
            _ => {}
        }
        blanks = if is_blank(c) { blanks + 1 } else { 0 };
        if blanks == 3 {
            end = at;
            break;
        }
    }
    // What comes behind a comma may be the next address with its owner.
    if let Some(comma) = value[..end].find('，')
        && value[comma..end].contains("地址")
    {
        end = comma;
    }
    for word in NEXT {
        if let Some(at) = value[..end].find(word) {
            end = at;
        }
    }
    // Who takes the letter is no part of the place.
    if let Some(comma) = value[..end].rfind(['，', ','])
        && is_receiver(&value[comma..end])
    {
        end = comma;
    }
    if let Some(blank) = value[..end].trim_end().rfind(is_blank)
        && is_person(&value[blank..end])
    {
        end = blank;
    }
    let cut = |c: char| is_filler(c) || matches!(c, '，' | ',' | '、' | '（' | '(' | '：' | ':');
    value[..end].trim_end_matches(cut).len()
}

/// Whether these words behind a comma say who takes a letter: `，法务部收`.
fn is_receiver(text: &str) -> bool {
    let text = text.trim_end_matches(is_filler);
    ends(text, &["收", "收启", "亲收", "亲启", "代收", "收件"])
        && text.chars().count() <= 20
        && !is_numbered(text)
}

/// Who protects data in person.
const PERSONS: [&str; 5] = ["专员", "负责人", "主管", "保护官", "经理"];

/// Whether these words behind a blank name such a person: ` 个人信息保护专员（收）`.
fn is_person(text: &str) -> bool {
    let bare = |c| is_filler(c) || matches!(c, '收' | '（' | '）' | '(' | ')');
    let text = text.trim_end_matches(bare);
    ends(text, &PERSONS) && text.contains("信息") && !is_numbered(text)
}

/// Whether a number stands before 号, 楼, 层, 室 or 座.
fn is_numbered(text: &str) -> bool {
    let numeral = |c| numerals::digit(c).is_some() || numerals::is_han(c);
    text.char_indices().any(|(at, c)| {
        let counted = matches!(c, '号' | '號' | '楼' | '层' | '室' | '座' | '弄');
        let before = || text[..at].trim_end_matches(is_blank).chars().next_back();
        counted && before().is_some_and(numeral)
    })
}

fn is_place(text: &str) -> bool {
    let region = text.contains(['省', '市', '区', '县', '區', '縣', '州', '港', '京']);
    let street = text.contains([
        '路', '街', '道', '巷', '村', '号', '號', '楼', '座', '厦', '园', '层', '镇', '室',
    ]);
    let digits = text.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'))
        || has(
            text,
            &["一号", "二号", "号", "楼", "大厦", "层", "室", "座"],
        );
    region
        && street
        && digits
        && text.chars().count() >= 6
        && !has(text, &["法院", "您", "我们"])
        && !speaks_of_data(text)
        && !ends(text, &["等", "的"])
}

/// Whether 信息 is said of data, and is not part of the name of a street, a building or of the
/// department behind the number that takes the letter: 个人信息保护办公室.
fn speaks_of_data(text: &str) -> bool {
    const PLACES: [&str; 14] = [
        "路", "大道", "街", "大厦", "产业", "科技", "技术", "园", "港", "谷", "城", "广场", "工程",
        "中心",
    ];
    const OFFICES: [&str; 8] = ["部", "部门", "办公室", "组", "处", "科", "小组", "中心"];
    let tail =
        text.trim_end_matches(|c| is_filler(c) || matches!(c, '收' | '（' | '）' | '(' | ')'));
    let mut offices = OFFICES.iter().chain(&PERSONS);
    let office = offices.find_map(|office| tail.strip_suffix(office));
    let office = office.map(|rest| {
        let last = rest.rfind(['号', '楼', '层', '室', '座', '厦', '园', '栋']);
        last.filter(|&last| text[last..].chars().count() <= 24)
    });
    let behind = |at: usize| office.flatten().is_some_and(|last| at > last);
    let mut places = text.match_indices("信息");
    places.any(|(at, word)| !starts(&text[at + word.len()..], &PLACES) && !behind(at))
}

#[cfg(test)]
mod tests {
    use crate::document::ContactKind;
    use crate::facts::contacts_of;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        assert_eq!(contacts_of(text, ContactKind::Address), expected, "{text}");
    }

    #[test]
    fn addresses_are_read_as_written() {
        case("地址：某省某市某路1号。", &["某省某市某路1号"]);
        case(
            "某市某区某街 9 号，法务部（收）",
            &["某市某区某街 9 号，法务部（收）"],
        );
        case(
            "通讯地址：某市某区某路1号A座，邮编：100000",
            &["某市某区某路1号A座"],
        );
        case("办公地址\n某市某区某路1号", &["某市某区某路1号"]);
        case(
            "某某有限公司（注册地址：某市某区某路1号2层，以下称“我们”）",
            &["某市某区某路1号2层"],
        );
        case(
            "某某有限公司（注册地址：某市某区某路1号2层，下亦称“我们”）",
            &["某市某区某路1号2层"],
        );
        case(
            "我们（地址：某市某区某路1号，下称“青禾”）",
            &["某市某区某路1号"],
        );
        case(
            "如有任何疑问或建议，可写信到我们的电子信箱（邮箱为a@example.com）或者邮寄至下列地址：\n某市某区某大厦 法务部",
            &["某市某区某大厦 法务部"],
        );
        case(
            "信件邮寄至某市某区某路1号，某某部",
            &["某市某区某路1号，某某部"],
        );
        case("地 址：某市某区某路1号", &["某市某区某路1号"]);
        case("注册地址为某市某区某路1号2层", &["某市某区某路1号2层"]);
        case(
            "某某有限公司（住所：某市某区某路1号，联系电话：400）",
            &["某市某区某路1号"],
        );
        case("常用办公地址：某市某区某路1号", &["某市某区某路1号"]);
        case(
            "请寄送至以下地址：某市某区某大厦8楼",
            &["某市某区某大厦8楼"],
        );
        case("请寄至：某市某区某大厦8楼", &["某市某区某大厦8楼"]);
        case(
            "注册地址位于某市某区某路1号2层，联系邮箱为：a@example.com",
            &["某市某区某路1号2层"],
        );
        case(
            "本应用由某某公司运营，总部位于某市某区某路1号，",
            &["某市某区某路1号"],
        );
        case("我们的总部位于某市", &[]);
        case("**联系地址**：某市某区某路1号", &["某市某区某路1号"]);
        case(
            "地址：某市某区某路1号三楼，用户信息安全组收。",
            &["某市某区某路1号三楼"],
        );
        for text in [
            "某省某市某路1号5号楼 个人信息保护办公室（收）",
            "某省某市某路1号 信息部",
            "某省某市某路1号个人信息保护负责人",
            "某省某市信息大道1号",
            "某市某区信息产业园2号楼",
        ] {
            case(&format!("地址：{text}"), &[text]);
        }
        case(
            "地址：某省某市某路1号 个人信息保护专员（收）",
            &["某省某市某路1号"],
        );
        case("地址：您所在的某市某区某路1号信息", &[]);
        case("地址：某市某区的街道、门牌号等位置信息", &[]);
        case(
            "地址：某市某区某路1号，2号楼前台代收",
            &["某市某区某路1号，2号楼前台代收"],
        );
    }

    #[test]
    fn other_addresses_are_none() {
        case("常用地址：某市某区某路1号", &[]);
        case("IP地址：某市某区路由1号", &[]);
        case("收货地址：包括省、市、区、街道、门牌号1", &[]);
        case("向被告住所地有管辖权的法院提起诉讼", &[]);
        case("您在某市某区某路1号附近时", &[]);
        for licence in [
            "京ICP备00000000号",
            "京ICP备00000000号 京网文(2026)0000-000号",
            "京公网安备 00000000000000号",
            "增值电信业务经营许可证 京B2-00000000号",
        ] {
            case(
                &format!("某市某区某路1号\n\n{licence}"),
                &["某市某区某路1号"],
            );
        }
        case("京华路网文化园2号楼，某区", &["京华路网文化园2号楼，某区"]);
    }
}
